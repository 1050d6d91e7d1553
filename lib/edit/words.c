/* Removing, replacing and inserting words in continued lines. */
#include "base/ascii.h"
#include "base/slice.h"
#include "edit/edit.h"
#include "edit/rows.h"

/* A removal at work: ranges of one logical line, and the edits they become. */
typedef struct removal {
    gdf__rows rows;
    gdf__edit_list edits;
    const gdf__edit_range *ranges;
    uint32_t count;
    uint32_t limit; /* ranges count up to here: what follows is done */
    gdf_status status;
} removal;

static char byte_at(const removal *work, uint32_t offset)
{
    return work->rows.document->source.bytes[offset];
}

static void erase(removal *work, uint32_t start, uint32_t end)
{
    if (work->status == GDF_OK)
        work->status = gdf__edit_list_add(&work->edits, start, end, gdf__empty);
}

/* ---- what is left of a row ------------------------------------------------------------------- */

/* The first range that ends behind `offset`. */
static uint32_t first_range(const removal *work, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = work->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (work->ranges[middle].end > offset)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* The piece of range `index` in the row; false when it does not reach it. */
static bool piece_of(const removal *work, const gdf__row *row, uint32_t index,
                     gdf__edit_range *piece)
{
    if (index >= work->count)
        return false;
    gdf__edit_range range = work->ranges[index];
    if (range.end > work->limit)
        range.end = work->limit;
    if (range.start >= row->end || range.start >= range.end || range.end <= row->start)
        return false;
    const gdf_document *document = work->rows.document;
    bool runs_on = range.end > row->end;
    piece->start = range.start > row->start ? range.start
                                            : gdf__edit_skip_blanks(document, row->start, row->end);
    piece->end = runs_on ? gdf__edit_trim_blanks(document, row->start, row->end) : range.end;
    if (piece->end < piece->start)
        piece->end = piece->start;
    return true;
}

/* End of the last text in the row that stays; false when none does. */
static bool kept_end(const removal *work, const gdf__row *row, uint32_t *end)
{
    const gdf_document *document = work->rows.document;
    gdf__edit_range piece;
    uint32_t at = row->start;
    bool kept = false;
    uint32_t index = first_range(work, row->start);
    for (;; index++) {
        bool more = piece_of(work, row, index, &piece);
        uint32_t stop = more ? piece.start : row->end;
        if (gdf__edit_skip_blanks(document, at, stop) < stop) {
            kept = true;
            *end = gdf__edit_trim_blanks(document, at, stop);
        }
        if (!more)
            return kept;
        at = piece.end;
    }
}

/* ---- the end of the logical line ------------------------------------------------------------- */

/* True when only blanks follow the ranges; `last` is then the last row of all. */
static bool reaches_end(const removal *work, gdf__row row, gdf__row *last)
{
    const gdf_document *document = work->rows.document;
    uint32_t at = work->ranges[work->count - 1].end;
    do {
        if (gdf__edit_skip_blanks(document, at, row.end) < row.end)
            return false;
        *last = row;
        at = gdf__rows_next(&work->rows, &row) ? row.start : row.end;
    } while (row.segment != last->segment || row.number != last->number);
    return true;
}

static void erase_rows(removal *work, gdf__row row, const gdf__row *last)
{
    while (row.number < last->number && gdf__rows_next(&work->rows, &row))
        erase(work, row.start, row.next);
}

/* Removes all behind the last text that stays, so that no continuation is left there. */
static void erase_end(removal *work, gdf__row row, const gdf__row *last)
{
    uint32_t end = 0;
    while (!kept_end(work, &row, &end)) {
        if (!gdf__rows_previous(&work->rows, &row)) {
            erase(work, row.start, row.next);
            erase_rows(work, row, last);
            work->limit = 0;
            return;
        }
    }
    work->limit = end;
    bool gapless =
        work->rows.line ? last->number - row.number == last->segment - row.segment : true;
    if (gapless) {
        erase(work, end, last->content_end);
    } else if (work->rows.has_heredocs) {
        work->status = GDF_ERROR_ARGUMENT;
    } else {
        erase(work, end, row.content_end);
        erase_rows(work, row, last);
    }
}

/* ---- rows that go on ------------------------------------------------------------------------- */

/* A row that would start with `#` would become a comment. */
static bool becomes_comment(const removal *work, const gdf__row *row, uint32_t first)
{
    return work->rows.line && first < row->end && byte_at(work, first) == '#' &&
           !gdf__rows_is_first(&work->rows, row);
}

/* True when blanks in front of `offset` may go without joining it to the word before. */
static bool parts_words(const removal *work, uint32_t offset)
{
    char byte = byte_at(work, offset);
    return gdf__ascii_is_blank(byte) || byte == ';' || byte == ')';
}

/* True when only the blanks behind the first word of the row part the row before from what follows.
 */
static bool needs_blanks(const removal *work, const gdf__row *row, uint32_t first_word)
{
    gdf__row before = *row;
    return first_word == row->start && gdf__rows_previous(&work->rows, &before) &&
           gdf__row_continues(&before) && before.end > before.start &&
           !gdf__ascii_is_blank(byte_at(work, before.end - 1));
}

static void erase_pieces(removal *work, const gdf__row *row)
{
    const gdf_document *document = work->rows.document;
    gdf__edit_range piece;
    uint32_t at = row->start;
    bool kept = false;
    uint32_t kept_to = row->start;
    for (uint32_t index = first_range(work, row->start); piece_of(work, row, index, &piece);
         index++) {
        if (gdf__edit_skip_blanks(document, at, piece.start) < piece.start) {
            kept = true;
            kept_to = gdf__edit_trim_blanks(document, at, piece.start);
        }
        uint32_t start = piece.start;
        at = piece.end;
        if (!kept && !needs_blanks(work, row, piece.start))
            at = gdf__edit_skip_blanks(document, piece.end, row->end);
        else if (kept && at < row->end && parts_words(work, at))
            start = kept_to;
        gdf__edit_range after;
        if (!kept && piece_of(work, row, index + 1, &after) && after.start < at)
            at = after.start;
        if (start < piece.end)
            erase(work, start, at);
        if (kept)
            kept_to = at;
        else if (becomes_comment(work, row, at))
            work->status = GDF_ERROR_ARGUMENT;
    }
}

/* Keeps words apart when the row between them goes. */
static void part_neighbours(removal *work, gdf__row first, gdf__row last)
{
    if (!gdf__rows_previous(&work->rows, &first) || !gdf__rows_next(&work->rows, &last) ||
        !gdf__row_continues(&first))
        return;
    bool apart = (first.end > first.start && gdf__ascii_is_blank(byte_at(work, first.end - 1))) ||
                 (last.end > last.start && gdf__ascii_is_blank(byte_at(work, last.start)));
    if (!apart && work->status == GDF_OK)
        work->status = gdf__edit_list_add(&work->edits, last.start, last.start, GDF__LITERAL(" "));
}

static void erase_in_rows(removal *work, gdf__row row)
{
    gdf__edit_range piece;
    gdf__row first_gone = row;
    bool gone = false;
    uint32_t end = work->ranges[work->count - 1].end;
    end = end < work->limit ? end : work->limit;
    for (bool more = row.start < end; more && row.start < end && work->status == GDF_OK;
         more = gdf__rows_next(&work->rows, &row)) {
        uint32_t kept = 0;
        bool cut = piece_of(work, &row, first_range(work, row.start), &piece);
        bool goes = cut && !kept_end(work, &row, &kept);
        if (goes && !gone)
            first_gone = row;
        gdf__row previous = row;
        if (gone && !goes && gdf__rows_previous(&work->rows, &previous))
            part_neighbours(work, first_gone, previous);
        gone = goes;
        if (goes)
            erase(work, row.start, row.next);
        else if (cut)
            erase_pieces(work, &row);
        if (gone && row.next >= end)
            part_neighbours(work, first_gone, row);
    }
}

/* True when `offset` stands behind `<` and what may follow it in a heredoc operator. */
static bool follows_operator(const removal *work, uint32_t offset)
{
    while (offset &&
           (gdf__ascii_is_blank(byte_at(work, offset - 1)) || byte_at(work, offset - 1) == '-'))
        offset--;
    return offset && byte_at(work, offset - 1) == '<';
}

/* A heredoc operator cannot go without its body. */
static bool holds_heredoc(const removal *work)
{
    for (uint32_t i = 0; work->rows.has_heredocs && i < work->count; i++) {
        gdf__edit_range range = work->ranges[i];
        if (follows_operator(work, range.start) ||
            gdf__str_contains(
                gdf__source_slice(&work->rows.document->source, range.start, range.end), "<<"))
            return true;
    }
    return false;
}

static bool is_sorted(const gdf__edit_range *ranges, uint32_t count, uint32_t limit)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (ranges[i].start < at || ranges[i].end <= ranges[i].start || ranges[i].end > limit)
            return false;
        at = ranges[i].end;
    }
    return count > 0;
}

/* Turns the ranges into edits. */
static gdf_status remove_all(removal *work)
{
    gdf__row first;
    gdf__row end_row;
    gdf__row last;
    gdf__rows end_rows;
    const gdf_document *document = work->rows.document;
    uint32_t end = work->ranges[work->count - 1].end;
    if (!gdf__rows_find(&end_rows, &end_row, document, end - 1) ||
        !gdf__rows_find(&work->rows, &first, document, work->ranges[0].start) ||
        end_rows.line != work->rows.line || end > end_row.end || holds_heredoc(work))
        return GDF_ERROR_ARGUMENT;
    if (work->rows.line &&
        gdf__rows_fragment_offset(&work->rows, &first, work->ranges[0].start) == 0)
        return GDF_ERROR_ARGUMENT;
    work->rows.joined_end = end;
    work->limit = end;
    if (reaches_end(work, end_row, &last))
        erase_end(work, end_row, &last);
    if (work->status == GDF_OK)
        erase_in_rows(work, first);
    return work->status;
}

gdf_status gdf__edit_remove_ranges(gdf__edit_list *list, const gdf_document *document,
                                   const gdf__edit_range *ranges, uint32_t count)
{
    if (!is_sorted(ranges, count, list->limit))
        return GDF_ERROR_ARGUMENT;
    removal work = {.rows = {.document = document}, .ranges = ranges, .count = count};
    gdf__edit_list_init(&work.edits, list->arena, list->limit);
    gdf_status status = remove_all(&work);
    if (status == GDF_OK)
        status = gdf__edit_list_add_all(list, &work.edits);
    gdf__edit_list_free(&work.edits);
    return status;
}

gdf_status gdf__edit_remove_words(gdf__edit_list *list, const gdf_document *document,
                                  gdf__edit_range words)
{
    return gdf__edit_remove_ranges(list, document, &words, 1);
}

/* ---- replacing and inserting ----------------------------------------------------------------- */

/* The text with the file's line ends, in the list's arena. */
static gdf_str own_lines(gdf__edit_list *list, const gdf_document *document, gdf_str text)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__edit_add_lines(&builder, document, gdf__empty, text);
    return gdf__builder_to_arena(&builder, list->arena);
}

/* A text at the start of a continued row must not make it a comment. */
static bool may_stand_at(const gdf__rows *rows, const gdf__row *row, uint32_t offset, gdf_str text)
{
    return !rows->line || text.len == 0 || text.ptr[0] != '#' ||
           gdf__edit_skip_blanks(rows->document, row->start, offset) < offset ||
           gdf__rows_is_first(rows, row);
}

/* Replaces text that runs over several rows: the first one takes the new text. */
static gdf_status replace_over_rows(gdf__edit_list *list, const gdf_document *document,
                                    const gdf__rows *rows, gdf__row row, gdf__edit_range range,
                                    gdf_str text)
{
    gdf__edit_list edits;
    gdf__edit_list_init(&edits, list->arena, list->limit);
    uint32_t end = gdf__edit_trim_blanks(document, range.start, row.end);
    gdf_status status = gdf__edit_list_add(&edits, range.start, end, text);
    gdf__edit_range rest = {range.end, range.end};
    if (gdf__rows_next(rows, &row))
        rest.start = gdf__edit_skip_blanks(document, row.start, row.end);
    while (rest.start == row.end && rest.start < range.end && gdf__rows_next(rows, &row))
        rest.start = gdf__edit_skip_blanks(document, row.start, row.end);
    if (status == GDF_OK && rest.start < rest.end)
        status = gdf__edit_remove_words(&edits, document, rest);
    if (status == GDF_OK)
        status = gdf__edit_list_add_all(list, &edits);
    gdf__edit_list_free(&edits);
    return status;
}

gdf_status gdf__edit_replace_text(gdf__edit_list *list, const gdf_document *document,
                                  gdf__edit_range range, gdf_str text)
{
    gdf__rows rows;
    gdf__row row;
    if (range.start > range.end || range.end > list->limit ||
        !gdf__rows_find(&rows, &row, document, range.start) ||
        !may_stand_at(&rows, &row, range.start, text))
        return GDF_ERROR_ARGUMENT;
    if (text.len == 0 && range.end > range.start)
        return gdf__edit_remove_words(list, document, range);
    text = own_lines(list, document, text);
    if (range.end <= row.end)
        return gdf__edit_list_add(list, range.start, range.end, text);
    return replace_over_rows(list, document, &rows, row, range, text);
}

gdf_status gdf__edit_put_built(gdf__edit_list *list, const gdf_document *document,
                               gdf__edit_range range, gdf__builder *builder)
{
    if (range.start == range.end)
        return gdf__edit_list_add_built(list, range.start, range.end, builder);
    gdf_status status =
        builder->failed ? GDF_ERROR_MEMORY
                        : gdf__edit_replace_text(list, document, range, gdf__builder_get(builder));
    gdf__builder_free(builder);
    return list->arena->failed ? GDF_ERROR_MEMORY : status;
}

static gdf_status insert_word(gdf__edit_list *list, const gdf_document *document, uint32_t offset,
                              const char *before, gdf_str text, const char *after)
{
    gdf__rows rows;
    gdf__row row;
    if (text.len == 0 || !gdf__rows_find(&rows, &row, document, offset) ||
        (*before == '\0' && !may_stand_at(&rows, &row, offset, text)))
        return GDF_ERROR_ARGUMENT;
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__builder_add_text(&builder, before);
    gdf__edit_add_lines(&builder, document, gdf__empty, text);
    gdf__builder_add_text(&builder, after);
    return gdf__edit_list_add_built(list, offset, offset, &builder);
}

gdf_status gdf__edit_insert_word_before(gdf__edit_list *list, const gdf_document *document,
                                        uint32_t offset, gdf_str text)
{
    return insert_word(list, document, offset, "", text, " ");
}

gdf_status gdf__edit_insert_word_after(gdf__edit_list *list, const gdf_document *document,
                                       uint32_t offset, gdf_str text)
{
    return insert_word(list, document, offset, " ", text, "");
}
