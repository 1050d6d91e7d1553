/* Comments that silence rules: ours, hadolint's, and those of scanners. The builder's `check=` is
 * read in builder_control.h. */
#ifndef GDF_RULES_SUPPRESSION_H
#define GDF_RULES_SUPPRESSION_H

#include <godockerfile/build.h>

#include "base/table.h"
#include "rules/rule_mask.h"

typedef struct gdf__suppressions {
    gdf__rule_mask file;
    gdf__table stages;       /* of gdf__suppression, by stage, sorted by start */
    gdf__table instructions; /* of gdf__suppression, by instruction, sorted by start */
} gdf__suppressions;

typedef struct gdf__suppression {
    uint32_t start; /* findings that start in [start, end) */
    uint32_t end;
    gdf__rule_mask mask;
} gdf__suppression;

/* Reads all comments of the document. False when memory is short; free it all the same. */
bool gdf__suppressions_init(gdf__suppressions *suppressions, const gdf_document *document,
                            const gdf_build *build);
void gdf__suppressions_free(gdf__suppressions *suppressions);

/* True when a finding of the rule that starts at `offset` is silenced. */
bool gdf__suppressions_cover(const gdf__suppressions *suppressions, gdf_rule rule, uint32_t offset);

#endif
