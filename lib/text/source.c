#include "text/source.h"

#include <string.h>

#include "base/slice.h"

/* As many bytes as a counter of one byte can count, a whole number of vector registers. */
static const size_t COUNTED_AT_ONCE = 192;

/* Counters of one byte let the compiler count in as many lanes as a register has bytes. */
static uint32_t count_lines(gdf_str text)
{
    uint32_t newlines = 0;
    for (size_t start = 0; start < text.len; start += COUNTED_AT_ONCE) {
        gdf_str block = gdf__str_slice(text, start, start + COUNTED_AT_ONCE);
        uint8_t found = 0;
        for (size_t i = 0; i < block.len; i++)
            found = (uint8_t)(found + (block.ptr[i] == '\n'));
        newlines += found;
    }
    return newlines + 1;
}

/* Takes note of the line [start, end), its newline not included. True when it continues. */
static bool note_shape(gdf__line_shapes *shapes, const char *bytes, uint32_t start, uint32_t end,
                       bool continued)
{
    if (end > start && bytes[end - 1] == '\r') {
        end--;
        shapes->crlf++;
    }
    if (end == start) {
        shapes->blank++;
        return false;
    }
    shapes->comments += bytes[start] == '#';
    bool continues = bytes[end - 1] == '\\' || bytes[end - 1] == '`';
    shapes->continued += continues;
    if (continued || continues)
        shapes->joined += end - start;
    return continues;
}

static void find_lines(gdf__source *source)
{
    const char *bytes = source->bytes;
    uint32_t *line_start = source->lines.items;
    uint32_t start = 0;
    bool continues = false;
    for (uint32_t newlines = source->lines.count - 1; newlines; newlines--) {
        const char *newline = memchr(bytes + start, '\n', source->len - start);
        uint32_t end = (uint32_t)(newline - bytes);
        *line_start++ = start;
        continues = note_shape(&source->shapes, bytes, start, end, continues);
        start = end + 1;
    }
    *line_start = start;
    if (continues)
        source->shapes.joined += source->len - start;
}

bool gdf__source_init(gdf__source *source, gdf_str text, const gdf_allocator *allocator)
{
    *source = (gdf__source){.allocator = *allocator, .len = (uint32_t)text.len};
    uint32_t lines = count_lines(text);
    size_t starts_size = 0;
    if (!gdf__multiply(lines, sizeof(uint32_t), &starts_size) || text.len > SIZE_MAX - starts_size)
        return false;
    source->lines.items = gdf__allocate(allocator, starts_size + text.len);
    if (!source->lines.items)
        return false;
    source->lines.count = lines;
    source->bytes = (char *)source->lines.items + starts_size;
    if (text.len)
        memcpy(source->bytes, text.ptr, text.len);
    find_lines(source);
    return true;
}

void gdf__source_free(gdf__source *source)
{
    gdf__release(&source->allocator, source->lines.items);
    source->lines.items = NULL;
    source->lines.count = 0;
    source->bytes = NULL;
}

gdf_str gdf__source_text(const gdf__source *source)
{
    return (gdf_str){source->bytes, source->len};
}

gdf_str gdf__source_slice(const gdf__source *source, uint32_t start, uint32_t end)
{
    return gdf__str_slice(gdf__source_text(source), start, end);
}

uint32_t gdf__source_line_at(const gdf__source *source, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = source->lines.count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->lines.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low + 1;
}

uint32_t gdf__source_line_start(const gdf__source *source, uint32_t line)
{
    if (line == 0 || line > source->lines.count)
        return source->len;
    return source->lines.items[line - 1];
}

uint32_t gdf__source_line_end(const gdf__source *source, uint32_t line)
{
    uint32_t start = gdf__source_line_start(source, line);
    uint32_t end = gdf__source_line_start(source, line + 1);
    if (end > start && source->bytes[end - 1] == '\n')
        end--;
    if (end > start && source->bytes[end - 1] == '\r')
        end--;
    return end;
}
