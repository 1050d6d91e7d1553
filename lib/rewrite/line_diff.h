/* Which lines of two texts differ. */
#ifndef GDF_REWRITE_LINE_DIFF_H
#define GDF_REWRITE_LINE_DIFF_H

#include "base/table.h"

/* Lines [old_start, old_end) become lines [new_start, new_end); counted from 0. */
typedef struct gdf__line_change {
    uint32_t old_start;
    uint32_t old_end;
    uint32_t new_start;
    uint32_t new_end;
} gdf__line_change;

/* Adds the lines of `text` to `lines` (of gdf_str), each with its line end. */
void gdf__lines_split(gdf_str text, gdf__table *lines);

/* Adds to `changes` (of gdf__line_change) what turns the old lines into the new ones, in order and
 * apart from each other: as few lines as possible (Myers, O(ND)) while they are not too many for
 * that, else one block from the first to the last difference. A failed table says that memory was
 * short. */
void gdf__lines_compare(const gdf__table *old_lines, const gdf__table *new_lines,
                        gdf__table *changes);

#endif
