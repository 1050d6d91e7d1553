/* Arrays of numbers of which every version stays readable: setting one number gives a new version
 * that shares all the rest with the old one. Time and memory of a set: the logarithm of the size.
 */
#ifndef GDF_BUILD_VERSIONS_H
#define GDF_BUILD_VERSIONS_H

#include "base/table.h"

typedef struct gdf__versions {
    gdf__table nodes; /* of the inner nodes' two children; id = index + 1 */
    unsigned depth;
} gdf__versions;

/* For indexes below `size`. */
void gdf__versions_init(gdf__versions *versions, const gdf_allocator *allocator, uint32_t size);
void gdf__versions_free(gdf__versions *versions);

/* The number at `index`, 0 when it was never set. Version 0 is the empty array. */
uint32_t gdf__versions_get(const gdf__versions *versions, uint32_t version, uint32_t index);

/* The version that differs from `version` at `index`. Meaningless once the table has failed. */
uint32_t gdf__versions_set(gdf__versions *versions, uint32_t version, uint32_t index,
                           uint32_t value);

/* The version with the numbers first, first + 1… at the indexes from 0 to count - 1 and no others,
 * at a fraction of what setting each would cost. Meaningless once the table has failed. */
uint32_t gdf__versions_start(gdf__versions *versions, uint32_t first, uint32_t count);

#endif
