/* Allocation through the caller's allocator. Every size computation is checked. */
#ifndef GDF_BASE_MEMORY_H
#define GDF_BASE_MEMORY_H

#include <stdbool.h>

#include <godockerfile/base.h>

/* malloc/realloc/free. */
extern const gdf_allocator gdf__default_allocator;

/* NULL stands for the default allocator. */
gdf_allocator gdf__allocator_or_default(const gdf_allocator *allocator);

void *gdf__allocate(const gdf_allocator *allocator, size_t size);
void *gdf__allocate_zeroed(const gdf_allocator *allocator, size_t size);
void gdf__release(const gdf_allocator *allocator, void *block);

/* `*product = a * b`; false on overflow. */
bool gdf__multiply(size_t a, size_t b, size_t *product);

#endif
