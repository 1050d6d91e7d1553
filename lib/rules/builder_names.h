/* What the fixes of the builder's checks ask about names: who declares them, and who uses them.
 * Read from the document once, when the first fix asks. */
#ifndef GDF_RULES_BUILDER_NAMES_H
#define GDF_RULES_BUILDER_NAMES_H

#include "base/name_map.h"
#include "build/build.h"

/* A name that an ARG or ENV declares, or that the image of a FROM is made of. */
typedef struct gdf__builder_name {
    gdf_part default_pair;   /* of an ARG that gives it a value, or 0 */
    bool defaults_differ;    /* another one gives another value */
    gdf_node empty_argument; /* in front of the first FROM, without a value; 0: none */
    uint32_t global_count;   /* declarations in front of the first FROM */
    gdf_part image;          /* of a FROM that uses it, or 0 */
    bool images_differ;      /* another one has another text */
} gdf__builder_name;

/* An instruction of a stage with the name of a secret as a word of its own, in any part of its
 * text. */
typedef struct gdf__builder_use {
    uint32_t secret; /* what `secrets` has for the name */
    gdf_stage root;
    gdf_node node;
} gdf__builder_use;

typedef struct gdf__builder_names {
    const gdf_build *build;
    gdf__arena *arena;
    bool is_read;
    gdf__name_map map;     /* → index into rows */
    gdf__table rows;       /* of gdf__builder_name */
    gdf__name_map secrets; /* names of secrets that ARG or ENV declares, numbered */
    gdf__table uses;       /* of gdf__builder_use, sorted by secret, root and node */
    bool *runs_apk;        /* by root stage: a stage of that image does */
} gdf__builder_names;

void gdf__builder_names_init(gdf__builder_names *names, const gdf_build *build, gdf__arena *arena);
/* Fails the arena when memory was short. */
void gdf__builder_names_free(gdf__builder_names *names);

/* The row of a name, or NULL. */
const gdf__builder_name *gdf__builder_names_find(gdf__builder_names *names, gdf_str name);

/* True for a name that the builder takes for that of a secret. */
bool gdf__builder_is_secret(gdf_str name);

/* The `index`th use of a secret's name in stages of that root, or NULL. */
const gdf__builder_use *gdf__builder_names_use(gdf__builder_names *names, gdf_str name,
                                               gdf_stage root, uint32_t index);

/* True when a stage with the same image at its root runs apk: it is an Alpine. */
bool gdf__builder_names_runs_apk(gdf__builder_names *names, gdf_stage stage);

#endif
