/* Lines and columns of the public API. */
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/document.h"

static const uint32_t FIRST_SUPPLEMENTARY = 0x10000; /* two UTF-16 units from here on */

static uint32_t units_of(gdf__rune rune, gdf_column_unit unit)
{
    if (unit == GDF_COLUMN_BYTES)
        return rune.len;
    return unit == GDF_COLUMN_UTF16 && rune.value >= FIRST_SUPPLEMENTARY ? 2 : 1;
}

uint32_t gdf_document_count_lines(const gdf_document *document)
{
    return document ? document->source.lines.count : 0;
}

uint32_t gdf_document_get_line_start(const gdf_document *document, uint32_t line)
{
    return document ? gdf__source_line_start(&document->source, line) : 0;
}

gdf_str gdf_document_get_line_text(const gdf_document *document, uint32_t line)
{
    if (!document || line == 0 || line > document->source.lines.count)
        return gdf__empty;
    return gdf__source_slice(&document->source, gdf__source_line_start(&document->source, line),
                             gdf__source_line_end(&document->source, line));
}

uint32_t gdf_document_find_line(const gdf_document *document, uint32_t offset)
{
    return document ? gdf__source_line_at(&document->source, offset) : 0;
}

uint32_t gdf_document_find_column(const gdf_document *document, uint32_t offset,
                                  gdf_column_unit unit)
{
    if (!document)
        return 0;
    if (offset > document->source.len)
        offset = document->source.len;
    uint32_t line = gdf__source_line_at(&document->source, offset);
    uint32_t at = gdf__source_line_start(&document->source, line);
    if (unit == GDF_COLUMN_BYTES)
        return offset - at + 1;
    gdf_str text = gdf__source_text(&document->source);
    uint32_t column = 1;
    while (at < offset) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (at + rune.len > offset)
            break;
        column += units_of(rune, unit);
        at += rune.len;
    }
    return column;
}

uint32_t gdf_document_find_offset(const gdf_document *document, uint32_t line, uint32_t column,
                                  gdf_column_unit unit)
{
    if (!document)
        return 0;
    if (line == 0)
        line = 1;
    uint32_t at = gdf__source_line_start(&document->source, line);
    if (line > document->source.lines.count)
        return at;
    uint32_t end = gdf__source_line_end(&document->source, line);
    if (unit == GDF_COLUMN_BYTES && column)
        return column - 1 < end - at ? at + (column - 1) : end;
    gdf_str text = gdf__source_text(&document->source);
    uint32_t current = 1;
    while (at < end) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        current += units_of(rune, unit);
        if (current > column)
            break;
        at += rune.len;
    }
    return at;
}
