/* What a fix must leave alone, worked out without the library's own proof. */
#ifndef GDF_TESTS_UNTOUCHED_H
#define GDF_TESTS_UNTOUCHED_H

#include <stdbool.h>

#include <godockerfile.h>

/* True when every instruction of `before` that no edit of the fixes from `first` to `last` overlaps
 * or adjoins is in `after`, the text with fixes applied, in the same order and byte for byte. */
bool untouched_instructions_remain(const gdf_document *before, const gdf_report *report,
                                   gdf_fix first, gdf_fix last, const gdf_document *after);

#endif
