#include "instruction/span.h"

#include "base/slice.h"

/* True when `inner` lies in `outer`; `*offset` tells where. */
static bool lies_in(gdf_str inner, gdf_str outer, uint32_t *offset)
{
    uintptr_t start = (uintptr_t)outer.ptr;
    uintptr_t at = (uintptr_t)inner.ptr;
    if (at < start || at - start > outer.len || inner.len > outer.len - (at - start))
        return false;
    *offset = (uint32_t)(at - start);
    return true;
}

/* A span whose text lies at `offset` of the fragment, its range still missing; without the fragment
 * when it lies in one piece. */
static gdf__span in_fragment(const gdf__fragment *fragment, gdf_str text, uint32_t offset)
{
    gdf__span span = {.text = text, .offset = offset, .fragment = fragment, .mapped = true};
    if (fragment->segment_count == 1 ||
        gdf__fragment_is_contiguous(fragment, offset, offset + text.len)) {
        span.offset = gdf__fragment_start(fragment, offset);
        span.fragment = NULL;
    }
    return span;
}

gdf__span gdf__span_of_node(const gdf_document *document, const gdf__logical_line *line,
                            const gdf__node *node)
{
    gdf_str value = gdf__node_value(node);
    uint32_t offset = 0;
    if (value.len && lies_in(value, line->fragment.text, &offset)) {
        gdf__span piece = in_fragment(&line->fragment, value, offset);
        piece.start = node->start;
        piece.end = node->end;
        return piece;
    }
    gdf_str written = gdf__source_slice(&document->source, node->start, node->end);
    gdf__span span = {value, node->start, node->end, node->start, NULL, false};
    span.mapped = gdf__str_equal(value, written);
    return span;
}

bool gdf__node_is_exact(const gdf_document *document, const gdf__logical_line *line,
                        const gdf__node *node)
{
    gdf_str value = gdf__node_value(node);
    uint32_t offset = 0;
    if (node->end - node->start != value.len)
        return false;
    return lies_in(value, line->fragment.text, &offset) ||
           gdf__str_equal(value, gdf__source_slice(&document->source, node->start, node->end));
}

/* The value stands as it is in the range, perhaps with a quote on each side. */
static bool is_written(const gdf_document *document, const gdf__part *part, uint32_t quotes)
{
    gdf_str value = {part->value, part->value_len};
    gdf_str written = gdf__source_slice(&document->source, part->start, part->end);
    return written.len == value.len + 2 * (size_t)quotes &&
           gdf__str_equal(gdf__str_slice(written, quotes, quotes + value.len), value);
}

gdf__span gdf__span_of_part(const gdf_document *document, const gdf__part *part)
{
    const gdf__logical_line *line = gdf__document_line(document, part->node);
    gdf_str value = {part->value, part->value_len};
    gdf__span span = {value, part->start, part->end, part->start, NULL, true};
    uint32_t offset = 0;
    if (is_written(document, part, 0))
        return span;
    if (line && value.len && lies_in(value, line->fragment.text, &offset)) {
        gdf__span piece = in_fragment(&line->fragment, value, offset);
        piece.start = part->start;
        piece.end = part->end;
        return piece;
    }
    span.mapped = is_written(document, part, 1);
    span.offset += span.mapped;
    return span;
}

gdf__span gdf__span_of_line(const gdf__logical_line *line, uint32_t start, uint32_t end)
{
    const gdf__fragment *fragment = &line->fragment;
    gdf_str text = gdf__str_slice(fragment->text, start, end);
    gdf__span span = in_fragment(fragment, text, start);
    span.start = gdf__fragment_start(fragment, start);
    span.end = text.len ? gdf__fragment_end(fragment, start + text.len) : span.start;
    return span;
}

gdf__span gdf__span_between(const gdf_document *document, const gdf__logical_line *line,
                            const gdf__node *first, const gdf__node *last)
{
    gdf_str text = line->fragment.text;
    uint32_t start = 0;
    uint32_t end = 0;
    if (lies_in(gdf__node_value(first), text, &start) &&
        lies_in(gdf__node_value(last), text, &end) && start <= end) {
        gdf__span span = gdf__span_of_line(line, start, end + last->value_len);
        span.start = first->start;
        span.end = last->end;
        return span;
    }
    gdf_str written = gdf__source_slice(&document->source, first->start, last->end);
    return (gdf__span){written, first->start, last->end, first->start, NULL, true};
}

/* Where an empty piece stands: behind the byte before it, so that it never lies behind the span. */
static uint32_t empty_place(const gdf__span *span, uint32_t offset)
{
    return offset == span->offset ? span->start : gdf__fragment_end(span->fragment, offset);
}

gdf__span gdf__span_slice(const gdf__span *span, size_t start, size_t end)
{
    gdf__span piece = *span;
    piece.text = gdf__str_slice(span->text, start, end);
    if (!span->mapped)
        return piece;
    uint32_t from = span->offset + (uint32_t)(piece.text.ptr - span->text.ptr);
    uint32_t len = (uint32_t)piece.text.len;
    piece.offset = from;
    piece.start = span->fragment ? gdf__fragment_start(span->fragment, from) : from;
    piece.end = piece.start + len;
    if (span->fragment && len)
        piece.end = gdf__fragment_end(span->fragment, from + len);
    else if (span->fragment)
        piece.start = piece.end = empty_place(span, from);
    return piece;
}

gdf__span gdf__span_piece(const gdf__span *span, gdf_str text)
{
    size_t start = (size_t)(text.ptr - span->text.ptr);
    return gdf__span_slice(span, start, start + text.len);
}

bool gdf__span_is_exact(const gdf__span *span)
{
    return span->end - span->start == span->text.len && (span->mapped || span->text.len == 0);
}
