#include "text/source.h"

#include <string.h>

#include "base/slice.h"

/* Guess for the first size of the line table: shorter than the average line of real files. */
static const uint32_t BYTES_PER_LINE = 24;

static bool find_lines(gdf__source *source)
{
    gdf__table_reserve(&source->lines, source->len / BYTES_PER_LINE + 4);
    uint32_t start = 0;
    for (;;) {
        uint32_t *line = gdf__table_add(&source->lines);
        if (!line)
            return false;
        *line = start;
        const char *newline =
            start < source->len ? memchr(source->bytes + start, '\n', source->len - start) : NULL;
        if (!newline)
            return true;
        start = (uint32_t)(newline - source->bytes) + 1;
    }
}

bool gdf__source_init(gdf__source *source, gdf_str text, const gdf_allocator *allocator)
{
    *source = (gdf__source){.allocator = *allocator, .len = (uint32_t)text.len};
    gdf__table_init(&source->lines, allocator, sizeof(uint32_t));
    source->bytes = gdf__allocate(allocator, text.len);
    if (!source->bytes)
        return false;
    if (text.len)
        memcpy(source->bytes, text.ptr, text.len);
    return find_lines(source);
}

void gdf__source_free(gdf__source *source)
{
    gdf__release(&source->allocator, source->bytes);
    source->bytes = NULL;
    gdf__table_free(&source->lines);
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
        if (*GDF__AT(source->lines, uint32_t, middle) <= offset)
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
    return *GDF__AT(source->lines, uint32_t, line - 1);
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
