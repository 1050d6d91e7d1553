/* Byte replacements on one text: sorted, never overlapping. */
#ifndef GDF_TEXT_EDIT_LIST_H
#define GDF_TEXT_EDIT_LIST_H

#include "base/builder.h"
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

/* Edit `index`, or NULL past the last. */
const gdf__edit *gdf__edit_list_at(const gdf__edit_list *list, uint32_t index);

/* Adds a replacement of [start, end); the text is copied. Inserting nothing adds nothing.
 * Insertions at one offset are kept in order of adding and do not conflict with each other, nor
 * with a replacement that starts or ends there (they come before a replacement that starts there).
 * GDF_ERROR_ARGUMENT when the range is not inside the text, GDF_ERROR_CONFLICT, GDF_ERROR_MEMORY;
 * they leave the list as it was. */
gdf_status gdf__edit_list_add(gdf__edit_list *list, uint32_t start, uint32_t end, gdf_str text);

/* The same with the text of a builder, which is freed in any case. */
gdf_status gdf__edit_list_add_built(gdf__edit_list *list, uint32_t start, uint32_t end,
                                    gdf__builder *builder);

/* Adds all edits of `more`, or none of them. Both lists use the same arena. */
gdf_status gdf__edit_list_add_all(gdf__edit_list *list, const gdf__edit_list *more);

/* True when any edit of `a` overlaps one of `b`; insertions at the same offset count as overlap,
 * one at the edge of a replacement does not. */
bool gdf__edit_lists_conflict(const gdf__edit_list *a, const gdf__edit_list *b);

/* The edited text appended to `out`. */
void gdf__edit_list_apply(const gdf__edit_list *list, gdf_str text, gdf__builder *out);

/* Where an offset of the old text lies in the new one: behind what is inserted there; offsets
 * inside a replaced range map to the replacement's end. */
uint32_t gdf__edit_list_map(const gdf__edit_list *list, uint32_t offset);

#endif
