/* A rewrite: what was applied, what was withheld and why, and the text that came out. */
#ifndef GDF_REWRITE_REWRITE_H
#define GDF_REWRITE_REWRITE_H

#include <godockerfile/rewrite.h>

#include "rewrite/trial.h"

typedef struct gdf__applied {
    gdf_rule rule;
    gdf_fix_class fix_class;
    gdf_str title;
} gdf__applied;

typedef struct gdf__new_file {
    gdf_str name;
    gdf_str content;
} gdf__new_file;

struct gdf_rewrite {
    gdf_allocator allocator;
    gdf__arena arena; /* every text below */
    gdf_str original;
    gdf_str text;
    gdf_str file_name;   /* the document's, or empty */
    gdf__table applied;  /* of gdf__applied, in order of applying */
    gdf__table withheld; /* of gdf__withheld, by place in the text */
    gdf__table files;    /* of gdf__new_file */
};

/* gdf_rewrite_create() with the findings of `analyser`. */
gdf_rewrite *gdf__rewrite_run(const gdf_document *document, const gdf_options *options,
                              const gdf__analyser *analyser);

#endif
