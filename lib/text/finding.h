/* Findings, their related places and their fixes, as one set of tables. Filled by rules/, read by
 * rewrite/ and report/. Ids are index + 1. */
#ifndef GDF_TEXT_FINDING_H
#define GDF_TEXT_FINDING_H

#include "base/arena.h"
#include "base/table.h"
#include "text/edit_list.h"

typedef struct gdf__finding {
    uint32_t rule; /* gdf_rule */
    uint32_t start;
    uint32_t end;
    uint32_t first_line; /* the builder's location in lines; 0 when only the range counts */
    uint32_t last_line;
    uint32_t first_related; /* index */
    uint32_t related_count;
    uint32_t first_fix; /* index; alternatives, preferred first */
    uint32_t fix_count;
    uint32_t order;   /* when it was reported; the builder's checks come in the builder's order */
    uint8_t severity; /* gdf_severity */
    uint8_t suppressed;
    gdf_str message;
    gdf_str note; /* why no fix is offered, or empty */
} gdf__finding;

typedef struct gdf__related {
    uint32_t start;
    uint32_t end;
    gdf_str message;
} gdf__related;

typedef struct gdf__fix {
    uint32_t fix_class;  /* gdf_fix_class */
    uint32_t structural; /* 1: moves or splits instructions; applied after local fixes */
    gdf_str title;
    gdf_str file;         /* name of a new file to write instead of editing, or empty */
    gdf__edit_list edits; /* its table uses the findings' allocator, its texts the arena */
} gdf__fix;

typedef struct gdf__findings {
    gdf__arena *arena;
    gdf__table findings; /* of gdf__finding */
    gdf__table related;  /* of gdf__related */
    gdf__table fixes;    /* of gdf__fix */
    uint32_t dropped;    /* over the limit */
    uint32_t suppressed; /* silenced by comments; they are not in the table */
} gdf__findings;

void gdf__findings_init(gdf__findings *findings, gdf__arena *arena);
void gdf__findings_free(gdf__findings *findings);
bool gdf__findings_failed(const gdf__findings *findings);

#endif
