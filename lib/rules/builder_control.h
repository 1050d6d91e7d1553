/* What a file asks of the builder's checks: the `# check=` directive or the build argument that
 * takes its place, and `check=` comments above instructions. */
#ifndef GDF_RULES_BUILDER_CONTROL_H
#define GDF_RULES_BUILDER_CONTROL_H

#include <godockerfile/build.h>

#include "base/arena.h"
#include "rules/rule_mask.h"

typedef struct gdf__check_options {
    gdf__rule_mask skipped;
    gdf__rule_mask experimental; /* asked for; off otherwise */
    bool is_error;               /* a warning ends the build */
} gdf__check_options;

typedef struct gdf__builder_control {
    const gdf_document *document;
    gdf__check_options file;
    gdf_str error;        /* the builder's refusal of the options of the file, or empty */
    uint32_t error_start; /* where they stand; 0, 0 for the build argument */
    uint32_t error_end;
    gdf_node instruction; /* the last one that was asked for, and its options */
    gdf__check_options own;
} gdf__builder_control;

/* Reads what holds for the whole file; the text of an error is put into `arena`. */
gdf__builder_control gdf__builder_control_of(const gdf_document *document, const gdf_build *build,
                                             gdf__arena *arena);

/* True when the builder does not give the warning. `instruction` is the one whose comments count, 0
 * for a check that does not look at comments. Cheap when asked again for the same instruction. */
bool gdf__builder_control_skips(gdf__builder_control *control, gdf_rule rule, gdf_node instruction);

/* True when the file asks for an experimental check, which is off otherwise. */
bool gdf__builder_control_wants(gdf__builder_control *control, gdf_rule rule, gdf_node instruction);

#endif
