/* Fixes that were not applied although the options allow them. */
#ifndef GDF_REWRITE_WITHHELD_H
#define GDF_REWRITE_WITHHELD_H

#include <godockerfile/rules.h>

#include "base/arena.h"
#include "base/table.h"

typedef struct gdf__withheld {
    gdf_rule rule;
    uint32_t place; /* where its finding starts in the present text */
    gdf_str title;
    gdf_str reason;
} gdf__withheld;

/* True when the table holds that fix. */
bool gdf__withheld_has(const gdf__table *withheld, gdf_rule rule, uint32_t place, gdf_str title);

/* Adds a row in the order of places; its texts are borrowed. */
void gdf__withheld_add(gdf__table *withheld, gdf__withheld row);

/* Moves the places after the edits (table of gdf__edit) were applied. */
void gdf__withheld_move(gdf__table *withheld, const gdf__table *edits);

#endif
