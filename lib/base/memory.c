#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static void *default_allocate(void *context, size_t size)
{
    (void)context;
    return malloc(size);
}

static void *default_reallocate(void *context, void *block, size_t size)
{
    (void)context;
    return realloc(block, size);
}

static void default_release(void *context, void *block)
{
    (void)context;
    free(block);
}

const gdf_allocator gdf__default_allocator = {default_allocate, default_reallocate, default_release,
                                              NULL};

gdf_allocator gdf__allocator_or_default(const gdf_allocator *allocator)
{
    return allocator ? *allocator : gdf__default_allocator;
}

void *gdf__allocate(const gdf_allocator *allocator, size_t size)
{
    return allocator->allocate(allocator->context, size ? size : 1);
}

void *gdf__allocate_zeroed(const gdf_allocator *allocator, size_t size)
{
    void *block = gdf__allocate(allocator, size);
    if (block)
        memset(block, 0, size);
    return block;
}

void gdf__release(const gdf_allocator *allocator, void *block)
{
    if (block)
        allocator->release(allocator->context, block);
}

bool gdf__multiply(size_t a, size_t b, size_t *product)
{
    if (b != 0 && a > SIZE_MAX / b)
        return false;
    *product = a * b;
    return true;
}
