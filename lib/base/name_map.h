/* Texts to numbers. A tree that branches where texts first differ: whatever the texts are, a
 * look-up costs no more than their length, and there is no hash that an input could aim at. */
#ifndef GDF_BASE_NAME_MAP_H
#define GDF_BASE_NAME_MAP_H

#include "base/table.h"

typedef struct gdf__name_map {
    gdf__table entries;  /* of gdf__name_entry, in the order of adding */
    gdf__table branches; /* inner nodes of the tree */
    int32_t root;        /* a branch, or ~ of an entry */
} gdf__name_map;

typedef struct gdf__name_entry {
    gdf_str name;
    uint32_t value;
} gdf__name_entry;

void gdf__name_map_init(gdf__name_map *map, const gdf_allocator *allocator);
void gdf__name_map_free(gdf__name_map *map);
bool gdf__name_map_failed(const gdf__name_map *map);

/* The entry with that name, or NULL. Valid until the next add. */
gdf__name_entry *gdf__name_map_find(const gdf__name_map *map, gdf_str name);

/* The entry whose name is `name` with its ASCII letters in lower case, or NULL. */
gdf__name_entry *gdf__name_map_find_lower(const gdf__name_map *map, gdf_str name);

/* The entry with that name, added with `value` when there is none. The bytes of the name are
 * borrowed and must outlive the map. NULL when memory is short. */
gdf__name_entry *gdf__name_map_add(gdf__name_map *map, gdf_str name, uint32_t value);

/* The names in bytewise order: how many come before `name`, and the entry with `rank` others before
 * it (NULL when there are not so many). */
uint32_t gdf__name_map_rank(const gdf__name_map *map, gdf_str name);
gdf__name_entry *gdf__name_map_at_rank(const gdf__name_map *map, uint32_t rank);

#endif
