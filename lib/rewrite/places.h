/* Where places of the old text lie in the edited one. */
#ifndef GDF_REWRITE_PLACES_H
#define GDF_REWRITE_PLACES_H

#include "text/edit_list.h"

/* Follows ascending offsets, so that a whole walk costs one pass over the edits. */
typedef struct gdf__places {
    const gdf__table *edits; /* of gdf__edit, sorted, not overlapping */
    uint32_t next;           /* first edit that is not wholly before the last offset */
    uint64_t added;          /* bytes that the edits before it put in and took out */
    uint64_t removed;
} gdf__places;

void gdf__places_init(gdf__places *places, const gdf__table *edits);

/* The new place of `offset`, which is not less than the one before: behind what is inserted there;
 * inside a replaced range the start of the replacement. */
uint32_t gdf__places_map(gdf__places *places, uint32_t offset);

/* Fills `inverse` (of gdf__edit) with the edits that lead back from the edited text. */
void gdf__places_invert(const gdf__table *edits, gdf_str text, gdf__table *inverse);

#endif
