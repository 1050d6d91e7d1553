#include "text/source.h"

#include <string.h>

#include "base/byte_mask.h"
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

/* Takes note of the line [start, end) in front of a newline. True when it continues. Lines are too
 * different for a branch to be foreseen: none depends on them here. */
static bool note_shape(gdf__line_shapes *shapes, const char *bytes, uint32_t start, uint32_t end,
                       bool continued)
{
    bool crlf = bytes[end - (end > start)] == '\r';
    end -= crlf;
    char last = bytes[end - (end > start)];
    bool continues = (last == '\\') | (last == '`');
    shapes->crlf += crlf;
    shapes->blank += end == start;
    shapes->comments += bytes[start] == '#';
    shapes->continued += continues;
    shapes->joined += (end - start) * (continued | continues);
    return continues;
}

/* The newlines of 64 bytes, fewer at the end of the text. */
static uint64_t newlines_at(gdf_str text, uint32_t at)
{
    if (text.len - at >= GDF__MASK_BYTES)
        return gdf__byte_mask(text.ptr + at, '\n');
    char rest[GDF__MASK_BYTES] = {0};
    memcpy(rest, text.ptr + at, text.len - at);
    return gdf__byte_mask(rest, '\n');
}

static void find_lines(gdf__source *source)
{
    const char *bytes = source->bytes;
    gdf_str text = gdf__source_text(source);
    uint32_t *line_start = source->lines.items;
    uint32_t start = 0;
    bool continues = false;
    *line_start = 0;
    for (uint32_t at = 0; at < source->len; at += GDF__MASK_BYTES) {
        for (uint64_t newlines = newlines_at(text, at); newlines; newlines &= newlines - 1) {
            uint32_t end = at + gdf__mask_first(newlines);
            continues = note_shape(&source->shapes, bytes, start, end, continues);
            start = end + 1;
            *++line_start = start;
        }
    }
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
