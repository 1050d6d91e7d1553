/* Columns of many places of one text at a cost that does not depend on the length of its lines. */
#ifndef GDF_REPORT_COLUMNS_H
#define GDF_REPORT_COLUMNS_H

#include "base/table.h"
#include "text/source.h"

typedef struct gdf__columns {
    const gdf__source *source;
    gdf__table marks; /* of code points counted so far, one mark every few hundred bytes */
} gdf__columns;

/* Where a place lies, both from 1; the column counts code points, an invalid byte as one. */
typedef struct gdf__place {
    uint32_t line;
    uint32_t column;
} gdf__place;

/* Reads the source once. False when memory is short; free it all the same. */
bool gdf__columns_init(gdf__columns *columns, const gdf__source *source,
                       const gdf_allocator *allocator);
void gdf__columns_free(gdf__columns *columns);

/* An offset inside a character has the column of that character; offsets are clamped to the end. */
gdf__place gdf__columns_find(const gdf__columns *columns, uint32_t offset);

#endif
