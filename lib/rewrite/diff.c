/* The unified diff of a rewrite. */
#include "base/options.h"
#include "base/slice.h"
#include "rewrite/line_diff.h"
#include "rewrite/rewrite.h"

enum { CONTEXT_LINES = 3 };
enum { FIRST_PRINTABLE = 0x20, DELETE = 0x7f };

typedef enum diff_style { STYLE_HEADER, STYLE_HUNK, STYLE_REMOVED, STYLE_ADDED } diff_style;

static const char *const STYLES[] = {[STYLE_HEADER] = "\033[1m",
                                     [STYLE_HUNK] = "\033[36m",
                                     [STYLE_REMOVED] = "\033[31m",
                                     [STYLE_ADDED] = "\033[32m"};
static const char PLAIN[] = "\033[0m";

typedef struct differ {
    gdf__builder out;
    gdf__table old_lines; /* of gdf_str */
    gdf__table new_lines;
    gdf__table changes; /* of gdf__line_change */
    bool color;
} differ;

/* ---- pieces of the output -------------------------------------------------------------------- */

static void begin_style(differ *diff, diff_style style)
{
    if (diff->color)
        gdf__builder_add_text(&diff->out, STYLES[style]);
}

static void end_style(differ *diff)
{
    if (diff->color)
        gdf__builder_add_text(&diff->out, PLAIN);
}

static bool needs_quotes(gdf_str name)
{
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];
        if (byte < FIRST_PRINTABLE || byte == DELETE || byte == '"' || byte == '\\')
            return true;
    }
    return false;
}

static void add_octal(gdf__builder *out, unsigned char byte)
{
    gdf__builder_add_byte(out, '\\');
    for (int shift = 6; shift >= 0; shift -= 3)
        gdf__builder_add_byte(out, (char)('0' + ((byte >> shift) & 7)));
}

/* In C's quotes where patch could not read the name else. */
static void add_name(gdf__builder *out, gdf_str name)
{
    if (!needs_quotes(name)) {
        gdf__builder_add(out, name);
        if (gdf__str_has_byte(name, ' '))
            gdf__builder_add_byte(out, '\t');
        return;
    }
    gdf__builder_add_byte(out, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (needs_quotes(gdf__str_slice(name, i, i + 1)))
            add_octal(out, (unsigned char)name.ptr[i]);
        else
            gdf__builder_add_byte(out, name.ptr[i]);
    }
    gdf__builder_add_byte(out, '"');
}

static void add_header(differ *diff, const char *sign, gdf_str name)
{
    begin_style(diff, STYLE_HEADER);
    gdf__builder_add_text(&diff->out, sign);
    add_name(&diff->out, name);
    end_style(diff);
    gdf__builder_add_byte(&diff->out, '\n');
}

static void add_range(gdf__builder *out, char sign, uint32_t start, uint32_t end)
{
    uint32_t count = end - start;
    gdf__builder_add_byte(out, sign);
    gdf__builder_add_number(out, count ? (uint64_t)start + 1 : start);
    if (count != 1) {
        gdf__builder_add_byte(out, ',');
        gdf__builder_add_number(out, count);
    }
}

static void add_line(differ *diff, char sign, gdf_str line)
{
    bool ended = gdf__str_ends(line, "\n");
    if (sign != ' ')
        begin_style(diff, sign == '-' ? STYLE_REMOVED : STYLE_ADDED);
    gdf__builder_add_byte(&diff->out, sign);
    gdf__builder_add(&diff->out, gdf__str_slice(line, 0, line.len - ended));
    if (sign != ' ')
        end_style(diff);
    gdf__builder_add_text(&diff->out, ended ? "\n" : "\n\\ No newline at end of file\n");
}

static void add_lines(differ *diff, char sign, const gdf__table *lines, uint32_t start,
                      uint32_t end)
{
    for (uint32_t i = start; i < end; i++)
        add_line(diff, sign, *GDF__AT(*lines, gdf_str, i));
}

/* ---- hunks ----------------------------------------------------------------------------------- */

static const gdf__line_change *change_at(const differ *diff, uint32_t index)
{
    return GDF__AT(diff->changes, gdf__line_change, index);
}

/* The change behind the last one that shares context with `first` and those that follow. */
static uint32_t find_hunk_end(const differ *diff, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < diff->changes.count &&
           change_at(diff, end)->old_start - change_at(diff, end - 1)->old_end <= 2 * CONTEXT_LINES)
        end++;
    return end;
}

static gdf__line_change hunk_range(const differ *diff, uint32_t first, uint32_t end)
{
    const gdf__line_change *head = change_at(diff, first);
    const gdf__line_change *tail = change_at(diff, end - 1);
    uint32_t before = head->old_start < CONTEXT_LINES ? head->old_start : CONTEXT_LINES;
    uint32_t left = diff->old_lines.count - tail->old_end;
    uint32_t behind = left < CONTEXT_LINES ? left : CONTEXT_LINES;
    return (gdf__line_change){head->old_start - before, tail->old_end + behind,
                              head->new_start - before, tail->new_end + behind};
}

static void add_hunk(differ *diff, uint32_t first, uint32_t end)
{
    gdf__line_change range = hunk_range(diff, first, end);
    begin_style(diff, STYLE_HUNK);
    gdf__builder_add_text(&diff->out, "@@ ");
    add_range(&diff->out, '-', range.old_start, range.old_end);
    gdf__builder_add_byte(&diff->out, ' ');
    add_range(&diff->out, '+', range.new_start, range.new_end);
    gdf__builder_add_text(&diff->out, " @@");
    end_style(diff);
    gdf__builder_add_byte(&diff->out, '\n');
    uint32_t at = range.old_start;
    for (; first < end; first++) {
        const gdf__line_change *change = change_at(diff, first);
        add_lines(diff, ' ', &diff->old_lines, at, change->old_start);
        add_lines(diff, '-', &diff->old_lines, change->old_start, change->old_end);
        add_lines(diff, '+', &diff->new_lines, change->new_start, change->new_end);
        at = change->old_end;
    }
    add_lines(diff, ' ', &diff->old_lines, at, range.old_end);
}

/* ---- the whole ------------------------------------------------------------------------------- */

static gdf_str choose_name(const gdf_rewrite *rewrite, const gdf_options *options)
{
    gdf_str name = gdf_options_get_text(options, GDF_OPTION_FILE_NAME, 0);
    if (!name.len)
        name = rewrite->file_name;
    return name.len ? name : GDF__LITERAL("Dockerfile");
}

static void add_diff(differ *diff, gdf_str name)
{
    if (!diff->changes.count)
        return;
    add_header(diff, "--- ", name);
    add_header(diff, "+++ ", name);
    for (uint32_t first = 0; first < diff->changes.count;) {
        uint32_t end = find_hunk_end(diff, first);
        add_hunk(diff, first, end);
        first = end;
    }
}

gdf_text *gdf_rewrite_render_diff(const gdf_rewrite *rewrite, const gdf_options *options)
{
    if (!rewrite)
        return NULL;
    gdf_allocator allocator = gdf__options_allocator(options);
    differ diff = {.color = gdf_options_get_number(options, GDF_OPTION_COLOR)};
    gdf__builder_init(&diff.out, &allocator);
    gdf__table_init(&diff.old_lines, &allocator, sizeof(gdf_str));
    gdf__table_init(&diff.new_lines, &allocator, sizeof(gdf_str));
    gdf__table_init(&diff.changes, &allocator, sizeof(gdf__line_change));
    gdf__lines_split(rewrite->original, &diff.old_lines);
    gdf__lines_split(rewrite->text, &diff.new_lines);
    if (!diff.old_lines.failed && !diff.new_lines.failed)
        gdf__lines_compare(&diff.old_lines, &diff.new_lines, &diff.changes);
    if (!diff.changes.failed)
        add_diff(&diff, choose_name(rewrite, options));
    diff.out.failed |= diff.old_lines.failed || diff.new_lines.failed || diff.changes.failed;
    gdf__table_free(&diff.old_lines);
    gdf__table_free(&diff.new_lines);
    gdf__table_free(&diff.changes);
    return gdf__builder_finish(&diff.out);
}
