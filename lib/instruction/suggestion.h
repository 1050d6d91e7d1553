/* "did you mean …?" as the builder answers it. */
#ifndef GDF_INSTRUCTION_SUGGESTION_H
#define GDF_INSTRUCTION_SUGGESTION_H

#include "base/builder.h"

/* The first of the options that is fewer than three edits (of code points) away from `typed` and
 * nearer than those before it; empty when there is none or when `typed` is itself an option. */
gdf_str gdf__suggestion_find(gdf_str typed, const gdf_str *options, size_t count);

/* The same without regard to case, for options in ASCII. */
gdf_str gdf__suggestion_find_nocase(gdf_str typed, const gdf_str *options, size_t count);

/* Adds ` (did you mean X?)` for a suggestion that is not empty. */
void gdf__suggestion_add(gdf__builder *builder, gdf_str suggestion);

/* Adds the suggestion in the case of what was typed: upper when that has no lower-case letter,
 * lower otherwise. */
void gdf__suggestion_add_recased(gdf__builder *builder, gdf_str suggestion, gdf_str typed);

#endif
