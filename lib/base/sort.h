/* Sorting without recursion, extra memory or a slow case: heapsort. Not stable: make `compare`
 * tell apart what must keep its order. */
#ifndef GDF_BASE_SORT_H
#define GDF_BASE_SORT_H

#include "base/table.h"

/* <0, 0, >0. */
typedef int (*gdf__compare)(const void *a, const void *b);

void gdf__table_sort(gdf__table *table, gdf__compare compare);

#endif
