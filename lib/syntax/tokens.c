#include <string.h>

#include "syntax/parser.h"

void gdf__token_add(gdf_document *document, uint32_t start, gdf_token_kind kind)
{
    gdf__token *token = gdf__table_add(&document->tokens);
    if (token)
        *token = (gdf__token){start, kind};
}

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

void gdf__tokens_begin(gdf__parser *parser, const gdf__fragment *fragment)
{
    parser->fragment = fragment;
    parser->token_offset = 0;
    parser->token_segment = 0;
}

static uint32_t segment_end(const gdf__fragment *fragment, uint32_t segment)
{
    return segment + 1 < fragment->segment_count ? fragment->segments[segment + 1].text
                                                 : (uint32_t)fragment->text.len;
}

/* Steps over the gap behind the current segment when its text is used up. */
static void next_segment(gdf__parser *parser)
{
    const gdf__fragment *fragment = parser->fragment;
    const gdf__segment *segment = &fragment->segments[parser->token_segment];
    uint32_t from = segment->source + (parser->token_offset - segment->text);
    gap(parser->document, from, segment[1].source);
    parser->token_segment++;
}

void gdf__tokens_until(gdf__parser *parser, size_t end, gdf_token_kind kind)
{
    const gdf__fragment *fragment = parser->fragment;
    if (fragment->segment_count == 1 && parser->token_offset < end) {
        gdf__token_add(parser->document, fragment->segments->source + parser->token_offset, kind);
        parser->token_offset = (uint32_t)end;
    }
    while (parser->token_offset < end) {
        uint32_t stop = segment_end(fragment, parser->token_segment);
        if (stop == parser->token_offset) {
            next_segment(parser);
            continue;
        }
        const gdf__segment *segment = &fragment->segments[parser->token_segment];
        gdf__token_add(parser->document, segment->source + (parser->token_offset - segment->text),
                       kind);
        parser->token_offset = stop < end ? stop : (uint32_t)end;
    }
}

void gdf__tokens_finish(gdf__parser *parser, uint32_t end)
{
    const gdf__fragment *fragment = parser->fragment;
    gdf__tokens_until(parser, fragment->text.len, GDF_TOKEN_WHITESPACE);
    while (parser->token_segment + 1 < fragment->segment_count)
        next_segment(parser);
    const gdf__segment *segment = &fragment->segments[parser->token_segment];
    gap(parser->document, segment->source + (parser->token_offset - segment->text), end);
}
