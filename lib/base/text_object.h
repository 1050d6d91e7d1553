/* The owned text of the public API. */
#ifndef GDF_BASE_TEXT_OBJECT_H
#define GDF_BASE_TEXT_OBJECT_H

#include <godockerfile/base.h>

/* A copy of `bytes`; NULL when memory is short. */
gdf_text *gdf__text_create(const gdf_allocator *allocator, gdf_str bytes);

#endif
