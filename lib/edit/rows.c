#include "edit/rows.h"

#include "base/ascii.h"
#include "base/slice.h"

gdf_node gdf__edit_instruction_at(const gdf_document *document, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = document->instructions.count;
    if (high == 0)
        return 0;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        gdf_node id = *GDF__AT(document->instructions, gdf_node, middle);
        if (gdf__document_node(document, id)->start <= offset)
            low = middle;
        else
            high = middle;
    }
    gdf_node found = *GDF__AT(document->instructions, gdf_node, low);
    const gdf__node *node = gdf__document_node(document, found);
    return node->start <= offset && offset <= node->end ? found : 0;
}

uint32_t gdf__edit_skip_blanks(const gdf_document *document, uint32_t start, uint32_t end)
{
    while (start < end && gdf__ascii_is_space(document->source.bytes[start]))
        start++;
    return start;
}

uint32_t gdf__edit_trim_blanks(const gdf_document *document, uint32_t start, uint32_t end)
{
    const char *bytes = document->source.bytes;
    uint32_t at = end;
    while (at > start && gdf__ascii_is_space(bytes[at - 1]))
        at--;
    bool escaped =
        at > start && at < end && (bytes[at - 1] == '\\' || bytes[at - 1] == document->escape);
    return escaped ? at + 1 : at;
}

/* ---- one row --------------------------------------------------------------------------------- */

/* The physical line `number`, its text not yet known. */
static gdf__row physical_line(const gdf_document *document, uint32_t number)
{
    const gdf__source *source = &document->source;
    gdf__row row = {.number = number,
                    .start = gdf__source_line_start(source, number),
                    .next = gdf__source_line_start(source, number + 1)};
    row.content_end = row.next;
    while (row.content_end > row.start && (source->bytes[row.content_end - 1] == '\n' ||
                                           source->bytes[row.content_end - 1] == '\r'))
        row.content_end--;
    row.end = row.content_end;
    return row;
}

static gdf__row segment_row(const gdf_document *document, const gdf__fragment *fragment,
                            uint32_t segment)
{
    const gdf__segment *at = &fragment->segments[segment];
    bool last = segment + 1 == fragment->segment_count;
    uint32_t text_end = last ? (uint32_t)fragment->text.len : at[1].text;
    gdf__row row = physical_line(document, gdf__source_line_at(&document->source, at->source));
    row.segment = segment;
    row.start = at->source;
    row.end = at->source + (text_end - at->text);
    return row;
}

static gdf__row body_row(const gdf_document *document, uint32_t number)
{
    gdf__row row = physical_line(document, number);
    uint32_t marks = 0;
    while (row.end - marks > row.start && document->source.bytes[row.end - marks - 1] == '\\')
        marks++;
    if (marks % 2 == 1)
        row.end--;
    return row;
}

bool gdf__row_continues(const gdf__row *row)
{
    return row->end < row->content_end;
}

/* ---- finding --------------------------------------------------------------------------------- */

static bool holds(const gdf__row *row, uint32_t offset)
{
    return row->start <= offset && offset <= row->end;
}

static bool find_in_line(const gdf__rows *rows, gdf__row *row, uint32_t offset)
{
    const gdf__fragment *fragment = &rows->line->fragment;
    uint32_t low = 0;
    uint32_t high = fragment->segment_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (fragment->segments[middle].source <= offset)
            low = middle;
        else
            high = middle;
    }
    *row = segment_row(rows->document, fragment, low);
    return holds(row, offset);
}

static bool find_in_body(gdf__rows *rows, gdf__row *row, gdf_node instruction, uint32_t offset)
{
    const gdf_document *document = rows->document;
    for (gdf_node id = gdf_node_get_first_child(document, instruction); id;
         id = gdf_node_get_next_sibling(document, id)) {
        const gdf__node *node = gdf__document_node(document, id);
        if (node->kind != GDF_NODE_HEREDOC)
            continue;
        gdf_str body = GDF__AT(document->heredocs, gdf__heredoc, node->detail)->body;
        rows->body_start = node->start;
        rows->body_end = node->start + (uint32_t)body.len;
        if (offset < rows->body_start || offset > rows->body_end || body.len == 0)
            continue;
        *row = body_row(document, gdf__source_line_at(&document->source, offset));
        return offset < rows->body_end && holds(row, offset);
    }
    return false;
}

gdf__row gdf__rows_last(const gdf_document *document, gdf_node instruction)
{
    const gdf__fragment *fragment = &gdf__document_line(document, instruction)->fragment;
    return segment_row(document, fragment, fragment->segment_count - 1);
}

bool gdf__rows_find(gdf__rows *rows, gdf__row *row, const gdf_document *document, uint32_t offset)
{
    gdf_node instruction = gdf__edit_instruction_at(document, offset);
    if (!instruction)
        return false;
    gdf__row last = gdf__rows_last(document, instruction);
    *rows = (gdf__rows){.document = document, .joined_start = offset, .joined_end = offset};
    if (offset >= last.next && last.next > last.content_end)
        return find_in_body(rows, row, instruction, offset);
    rows->line = gdf__document_line(document, instruction);
    rows->has_heredocs = gdf__document_node(document, instruction)->end > last.content_end;
    return find_in_line(rows, row, offset);
}

bool gdf__rows_next(const gdf__rows *rows, gdf__row *row)
{
    if (rows->line) {
        if (row->segment + 1 >= rows->line->fragment.segment_count)
            return false;
        *row = segment_row(rows->document, &rows->line->fragment, row->segment + 1);
        return true;
    }
    if (row->next >= rows->body_end || (!gdf__row_continues(row) && row->next >= rows->joined_end))
        return false;
    *row = body_row(rows->document, row->number + 1);
    return true;
}

bool gdf__rows_previous(const gdf__rows *rows, gdf__row *row)
{
    if (rows->line) {
        if (row->segment == 0)
            return false;
        *row = segment_row(rows->document, &rows->line->fragment, row->segment - 1);
        return true;
    }
    if (row->start <= rows->body_start)
        return false;
    gdf__row previous = body_row(rows->document, row->number - 1);
    if (!gdf__row_continues(&previous) && row->start <= rows->joined_start)
        return false;
    *row = previous;
    return true;
}

bool gdf__rows_is_first(const gdf__rows *rows, const gdf__row *row)
{
    gdf__row copy = *row;
    return !gdf__rows_previous(rows, &copy);
}

uint32_t gdf__rows_fragment_offset(const gdf__rows *rows, const gdf__row *row, uint32_t offset)
{
    const gdf__segment *segment = &rows->line->fragment.segments[row->segment];
    return segment->text + (offset - segment->source);
}
