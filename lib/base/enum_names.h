/* Names of an enum in a table, one for each value in their order. */
#ifndef GDF_BASE_ENUM_NAMES_H
#define GDF_BASE_ENUM_NAMES_H

#include <stddef.h>

/* The first two arguments for a table of that name. */
#define GDF__NAMES(table) (table), sizeof(table) / sizeof *(table)

/* The name at `index`; "" behind the table. */
const char *gdf__enum_name(const char *const *names, size_t count, size_t index);

/* The index of the name (ASCII case folded, NULL is no name), or `otherwise` when there is none. */
size_t gdf__enum_find(const char *const *names, size_t count, const char *name, size_t len,
                      size_t otherwise);

#endif
