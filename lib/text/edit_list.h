/* Byte replacements on one text: sorted, never overlapping. */
#ifndef GDF_TEXT_EDIT_LIST_H
#define GDF_TEXT_EDIT_LIST_H

#include "base/arena.h"
#include "base/table.h"

typedef struct gdf__edit {
    uint32_t start;
    uint32_t end;
    gdf_str text;
} gdf__edit;

typedef struct gdf__edit_list {
    gdf__arena *arena; /* where the texts are copied */
    gdf__table edits;  /* of gdf__edit, sorted by start; equal starts in the order of adding */
    uint32_t limit;    /* length of the text that is edited */
} gdf__edit_list;

void gdf__edit_list_init(gdf__edit_list *list, gdf__arena *arena, uint32_t limit);
void gdf__edit_list_free(gdf__edit_list *list);

/* Adds a replacement of [start, end). Insertions at one offset are kept in order of adding and do not
 * conflict with each other, nor with a replacement that starts or ends there (they come before a
 * replacement that starts there). GDF_ERROR_CONFLICT leaves the list as it was. */
gdf_status gdf__edit_list_add(gdf__edit_list *list, uint32_t start, uint32_t end, gdf_str text);

/* True when any edit of `a` overlaps one of `b`; insertions at the same offset count as overlap. */
bool gdf__edit_lists_conflict(const gdf__edit_list *a, const gdf__edit_list *b);

/* The edited text appended to `out`. */
struct gdf__builder;
void gdf__edit_list_apply(const gdf__edit_list *list, gdf_str text, struct gdf__builder *out);

/* Where an offset of the old text lies in the new one (offsets inside a replaced range map to the
 * replacement's end). */
uint32_t gdf__edit_list_map(const gdf__edit_list *list, uint32_t offset);

#endif
