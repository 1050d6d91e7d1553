#include <string.h>

#include "syntax/parser.h"

void gdf__tokens_newline(gdf_document *document, uint32_t from, uint32_t to)
{
    if (from < to)
        gdf__token_add(document, from, GDF_TOKEN_NEWLINE);
}

/* End of the physical line's content in [from, to): before all its trailing CR and LF. */
static uint32_t content_end(const char *bytes, uint32_t from, uint32_t to)
{
    while (to > from && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r'))
        to--;
    return to;
}

/* Tokens of one physical line [from, to) that a continuation skips: blank, or a comment. */
static void skipped_line(gdf_document *document, uint32_t from, uint32_t to)
{
    const char *bytes = document->source.bytes;
    uint32_t end = content_end(bytes, from, to);
    uint32_t mark = from;
    while (mark < end && bytes[mark] != '#')
        mark++;
    if (mark > from)
        gdf__token_add(document, from, GDF_TOKEN_WHITESPACE);
    if (mark < end)
        gdf__token_add(document, mark, GDF_TOKEN_COMMENT);
    gdf__tokens_newline(document, end, to);
}

/* Tokens of what lies between two segments, or behind the last: rest of a line, skipped lines. */
static void gap(gdf_document *document, uint32_t from, uint32_t to)
{
    if (from >= to)
        return;
    const gdf__source *source = &document->source;
    if (to - from == 1 && source->bytes[from] == '\n') {
        gdf__token_add(document, from, GDF_TOKEN_NEWLINE);
        return;
    }
    uint32_t line_to = from;
    while (line_to < to && source->bytes[line_to++] != '\n')
        continue;
    uint32_t end = content_end(source->bytes, from, line_to);
    if (end > from) {
        bool continues = source->bytes[from] == document->escape;
        gdf__token_add(document, from, continues ? GDF_TOKEN_CONTINUATION : GDF_TOKEN_WHITESPACE);
    }
    gdf__tokens_newline(document, end, line_to);
    while (line_to < to) {
        uint32_t start = line_to;
        const char *newline = memchr(source->bytes + start, '\n', to - start);
        line_to = newline ? (uint32_t)(newline - source->bytes) + 1 : to;
        skipped_line(document, start, line_to);
    }
}

static void enter_segment(gdf__parser *parser, uint32_t index)
{
    const gdf__fragment *fragment = parser->fragment;
    const gdf__segment *segment = &fragment->segments[index];
    bool last = index + 1 == fragment->segment_count;
    parser->token_segment = index;
    parser->token_stop = last ? (uint32_t)fragment->text.len : segment[1].text;
    parser->token_shift = segment->source - segment->text;
}

void gdf__tokens_begin(gdf__parser *parser, const gdf__fragment *fragment)
{
    parser->fragment = fragment;
    parser->token_offset = 0;
    enter_segment(parser, 0);
}

/* Steps over the gap behind the current segment when its text is used up. */
static void next_segment(gdf__parser *parser)
{
    uint32_t next = parser->token_segment + 1;
    gap(parser->document, parser->token_offset + parser->token_shift,
        parser->fragment->segments[next].source);
    enter_segment(parser, next);
}

void gdf__tokens_over_gaps(gdf__parser *parser, size_t end, gdf_token_kind kind)
{
    while (end > parser->token_stop) {
        gdf__tokens_in_segment(parser, parser->token_stop, kind);
        next_segment(parser);
    }
    gdf__tokens_in_segment(parser, end, kind);
}

void gdf__tokens_finish(gdf__parser *parser, uint32_t end)
{
    const gdf__fragment *fragment = parser->fragment;
    gdf__tokens_until(parser, fragment->text.len, GDF_TOKEN_WHITESPACE);
    while (parser->token_segment + 1 < fragment->segment_count)
        next_segment(parser);
    gap(parser->document, parser->token_offset + parser->token_shift, end);
}
