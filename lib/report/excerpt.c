#include "report/excerpt.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "report/width.h"

/* A longer range than MOST_LINES is shown as its first FIRST_LINES lines and its last one. */
enum { MOST_LINES = 5, FIRST_LINES = 3 };

/* Columns of a line that are shown, and how many of them in front of the range when it is cut. */
enum { WIDEST = 100, LEAD = 30 };

/* Characters without width do not use up columns, so they are counted, too. */
enum { MOST_CHARACTERS = 4 * WIDEST };

static const char ELLIPSIS[] = "\xe2\x80\xa6";

/* One line of the source, what of it is shown, and what of it is marked. */
typedef struct excerpt_line {
    gdf_str text; /* of the whole source up to the line's end */
    uint32_t number;
    uint32_t start;
    uint32_t shown_start;
    uint32_t mark_start;
    uint32_t mark_end;
    bool has_mark;
} excerpt_line;

/* Columns that the character takes at most. */
static uint32_t width_at(gdf_str text, uint32_t at, uint32_t *len)
{
    gdf__rune rune = gdf__utf8_decode(text, at);
    *len = rune.len;
    return rune.value == '\t' ? GDF__TAB_STOP : gdf__rune_width(rune.value);
}

/* True when the characters in [from, to) take at most WIDEST columns. */
static bool fits(gdf_str text, uint32_t from, uint32_t to)
{
    uint32_t columns = 0;
    uint32_t characters = 0;
    while (from < to && columns <= WIDEST && characters < MOST_CHARACTERS) {
        uint32_t len = 0;
        columns += width_at(text, from, &len);
        characters++;
        from += len;
    }
    return from >= to && columns <= WIDEST;
}

/* Where to begin so that about LEAD columns stand in front of `mark`. */
static uint32_t step_back(gdf_str text, uint32_t start, uint32_t mark)
{
    uint32_t at = mark;
    uint32_t columns = 0;
    for (uint32_t i = 0; i < MOST_CHARACTERS && columns < LEAD && at > start; i++) {
        uint32_t len = 0;
        at -= gdf__utf8_decode_last(text, at).len;
        columns += width_at(text, at, &len);
    }
    return at < start ? start : at;
}

static uint32_t clamp(uint32_t value, uint32_t least, uint32_t most)
{
    return value < least ? least : value > most ? most : value;
}

static excerpt_line make_line(const gdf__source *source, uint32_t number, uint32_t start,
                              uint32_t end)
{
    excerpt_line line = {.number = number, .start = gdf__source_line_start(source, number)};
    uint32_t line_end = gdf__source_line_end(source, number);
    line.text = gdf__source_slice(source, 0, line_end);
    line.mark_start = clamp(start, line.start, line_end);
    line.mark_end = clamp(end, line.mark_start, line_end);
    bool is_first = start >= line.start;
    while (!is_first && line.mark_start < line.mark_end &&
           gdf__ascii_is_blank(line.text.ptr[line.mark_start]))
        line.mark_start++;
    line.has_mark = is_first || line.mark_start < line.mark_end;
    line.shown_start = line.start;
    if (!fits(line.text, line.start, line_end) && !fits(line.text, line.start, line.mark_end))
        line.shown_start = step_back(line.text, line.start, line.mark_start);
    return line;
}

static void print_gutter(gdf__printer *printer, uint32_t number, uint32_t digits)
{
    gdf__print_style(printer, GDF__STYLE_GUTTER);
    uint32_t used = 0;
    for (uint32_t rest = number; rest; rest /= 10)
        used++;
    gdf__builder_add_repeated(printer->out, ' ', digits + 2 - used);
    if (number)
        gdf__print_number(printer, number);
    gdf__print(printer, " |");
    gdf__print_plain(printer);
}

/* Prints the shown part; gives the columns where the mark starts and ends. */
static void print_text(gdf__printer *printer, const excerpt_line *line, uint32_t *mark_column,
                       uint32_t *mark_end_column)
{
    uint32_t column = 0;
    if (line->shown_start > line->start) {
        gdf__print_styled(printer, GDF__STYLE_FAINT, ELLIPSIS);
        column++;
    }
    bool begun = false;
    uint32_t at = line->shown_start;
    for (uint32_t i = 0; at < line->text.len && column < WIDEST && i < MOST_CHARACTERS; i++) {
        uint32_t width = 0;
        if (!begun && at >= line->mark_start) {
            begun = true;
            *mark_column = column;
        }
        uint32_t before = at;
        at += gdf__print_character(printer, line->text, at, column, &width);
        column += width;
        if (!begun && at > line->mark_start) {
            begun = true;
            *mark_column = column - width;
        }
        if (before < line->mark_end)
            *mark_end_column = column;
    }
    if (!begun)
        *mark_column = column;
    if (at < line->text.len)
        gdf__print_styled(printer, GDF__STYLE_FAINT, ELLIPSIS);
}

static void print_line(gdf__printer *printer, const excerpt_line *line, uint32_t digits,
                       gdf__style mark_style)
{
    uint32_t mark_column = 0;
    uint32_t mark_end_column = 0;
    print_gutter(printer, line->number, digits);
    if (line->text.len > line->start) {
        gdf__builder_add_byte(printer->out, ' ');
        print_text(printer, line, &mark_column, &mark_end_column);
    }
    gdf__builder_add_byte(printer->out, '\n');
    if (!line->has_mark)
        return;
    print_gutter(printer, 0, digits);
    gdf__builder_add_repeated(printer->out, ' ', mark_column + 1);
    gdf__print_style(printer, mark_style);
    uint32_t width = mark_end_column > mark_column ? mark_end_column - mark_column : 1;
    gdf__builder_add_repeated(printer->out, '^', width);
    gdf__print_plain(printer);
    gdf__builder_add_byte(printer->out, '\n');
}

static uint32_t count_digits(uint32_t number)
{
    uint32_t digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

void gdf__print_excerpt(gdf__printer *printer, const gdf__source *source, uint32_t start,
                        uint32_t end, gdf__style mark_style)
{
    start = clamp(start, 0, source->len);
    end = clamp(end, start, source->len);
    uint32_t first = gdf__source_line_at(source, start);
    uint32_t last = gdf__source_line_at(source, end > start ? end - 1 : end);
    uint32_t digits = count_digits(last);
    bool cut = last - first >= MOST_LINES;
    for (uint32_t number = first; number <= last; number++) {
        if (cut && number == first + FIRST_LINES) {
            gdf__builder_add_repeated(printer->out, ' ', digits + 2);
            gdf__print_styled(printer, GDF__STYLE_GUTTER, "...");
            gdf__builder_add_byte(printer->out, '\n');
            number = last;
        }
        excerpt_line line = make_line(source, number, start, end);
        print_line(printer, &line, digits, mark_style);
    }
}
