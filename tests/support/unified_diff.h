/* A reader of unified diffs, to check those of the library by what they do. */
#ifndef GDF_TESTS_UNIFIED_DIFF_H
#define GDF_TESTS_UNIFIED_DIFF_H

#include <stdbool.h>

#include <godockerfile/base.h>

/* True when `diff`, uncoloured, is well formed and patches `before` to exactly `after`. The empty
 * diff changes nothing. */
bool unified_diff_leads_to(gdf_str before, gdf_str diff, gdf_str after);

#endif
