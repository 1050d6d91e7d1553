#include "base/text_object.h"

#include <string.h>

#include "base/memory.h"
#include "base/slice.h"

struct gdf_text {
    gdf_allocator allocator;
    size_t len;
    char bytes[];
};

gdf_text *gdf__text_create(const gdf_allocator *allocator, gdf_str bytes)
{
    if (bytes.len > SIZE_MAX - sizeof(gdf_text) - 1)
        return NULL;
    gdf_text *text = gdf__allocate(allocator, sizeof *text + bytes.len + 1);
    if (!text)
        return NULL;
    text->allocator = *allocator;
    text->len = bytes.len;
    memcpy(text->bytes, bytes.ptr, bytes.len);
    text->bytes[bytes.len] = '\0';
    return text;
}

gdf_str gdf_text_get(const gdf_text *text)
{
    return text ? (gdf_str){text->bytes, text->len} : gdf__empty;
}

void gdf_text_free(gdf_text *text)
{
    if (!text)
        return;
    gdf_allocator allocator = text->allocator;
    gdf__release(&allocator, text);
}
