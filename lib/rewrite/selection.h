/* Which fixes of a version are applied next. */
#ifndef GDF_REWRITE_SELECTION_H
#define GDF_REWRITE_SELECTION_H

#include <godockerfile/rules.h>

#include "rewrite/withheld.h"
#include "text/finding.h"

/* A finding and the alternative of its fixes that is to be applied. */
typedef struct gdf__candidate {
    const gdf__finding *finding;
    const gdf__fix *fix;
    uint32_t order; /* index of the finding */
} gdf__candidate;

/* What the options allow. */
typedef struct gdf__permission {
    bool classes[GDF_FIX_SUGGESTED + 1];
    gdf__table rules; /* of bool, by rule; empty when every rule may fix */
} gdf__permission;

void gdf__permission_init(gdf__permission *permission, const gdf_options *options,
                          const gdf_allocator *allocator);
void gdf__permission_free(gdf__permission *permission);

/* Adds to `candidates` (of gdf__candidate) the first alternative of each finding that is allowed
 * and not withheld, sorted by the start of its first edit. */
void gdf__candidates_collect(gdf__table *candidates, const gdf__findings *findings,
                             const gdf__permission *permission, const gdf__table *withheld);

/* Keeps those that can be applied together: local ones when there are any, else structural ones; of
 * two that overlap the one that starts first. */
void gdf__candidates_reconcile(gdf__table *candidates);

/* True when the fix replaces every range by what is there. */
bool gdf__fix_is_empty(const gdf__fix *fix, gdf_str text);

/* An edit and the candidate (index) that it belongs to. */
typedef struct gdf__piece {
    gdf__edit edit;
    uint32_t owner;
    uint32_t index; /* in the owner's edits */
} gdf__piece;

/* Adds all edits of the candidates to `pieces`, in the order of the text; insertions come before a
 * replacement at the same place. */
void gdf__pieces_collect(gdf__table *pieces, const gdf__table *candidates);

#endif
