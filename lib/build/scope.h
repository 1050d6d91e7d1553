/* Variables of a scope and the expansion of words in it. */
#ifndef GDF_BUILD_SCOPE_H
#define GDF_BUILD_SCOPE_H

#include "build/build.h"

/* Where a word stands: which variables it sees. */
typedef struct gdf__scope {
    const gdf_build *build;
    uint32_t variables; /* version */
    gdf_stage stage;    /* whose base image may set variables; 0: none does */
    bool is_open;       /* without a FROM anything may be set */
} gdf__scope;

gdf__variable gdf__scope_find(const gdf__scope *scope, gdf_str name);
/* The same for an entry of the build's `variable_names`. */
gdf__variable gdf__scope_find_entry(const gdf__scope *scope, const gdf__name_entry *entry);

/* The place of a set variable in the builder's list, as a number to compare: what base stages set
 * by ARG, then the environment of the base image in the order of its Env, `others` names of which
 * no ENV of the file sets, then what the stage sets, the last value of each. */
uint64_t gdf__scope_order(const gdf__scope *scope, const gdf__name_entry *entry, uint32_t others);
/* The same for name `index` of those others. */
uint64_t gdf__scope_order_of_base(uint32_t index);
/* True for what the stage itself sets. */
bool gdf__scope_is_own(const gdf__scope *scope, const gdf__name_entry *entry);

/* The ENV of that name alone. `environment` is the version of the ENV list. */
gdf__variable gdf__scope_find_environment(const gdf__scope *scope, uint32_t environment,
                                          gdf_str name);

/* The scope of a part: each pair of an ARG sees those in front of it. */
gdf__scope gdf__scope_before_part(const gdf_build *build, gdf_part part);

gdf__expansion gdf__scope_expand(const gdf__scope *scope, gdf_str text, unsigned mode, char escape,
                                 gdf__arena *arena);

/* Expands and splits into words as EXPOSE does: `*words` gets them, the text stays empty. */
gdf__expansion gdf__scope_split(const gdf__scope *scope, gdf_str text, gdf__arena *arena,
                                gdf__word_list *words);

/* How many bytes values may add to `text`: a share of one allowance for the whole build, and a
 * multiple of its own length. So all expansions together stay linear in the document. */
size_t gdf__growth_limit(const gdf_build *build, gdf_str text);

/* How the builder expands `text` with values from `environment`, within these limits. */
gdf__word_rules gdf__rules_for(const gdf_build *build, gdf_str text,
                               gdf__word_environment environment);

/* The scope of a word in the instruction of `step`, and the one at the end of a stage. */
gdf__scope gdf__scope_before(const gdf_build *build, gdf_node node);
gdf__scope gdf__scope_at_end(const gdf_build *build, gdf_stage stage);

/* Begins a stage: no ENV is covered yet. */
void gdf__scope_begin_stage(gdf_build *build);

/* The version of the scope that stages based on the one that ends in `state` begin with: the
 * builder sets the ENV of the image again, and an ARG that covered one is forgotten. */
uint32_t gdf__scope_for_children(gdf_build *build, const gdf__image_state *state);

/* Begins the scope of `state`, the first of the build, with assignments of different names. */
void gdf__scope_start(gdf_build *build, gdf__image_state *state, const gdf__assignment *rows,
                      uint32_t count);

/* Puts an assignment or a declaration into the scope of `state`, whose row is changed. A
 * declaration leaves an earlier value in force. */
void gdf__scope_assign(gdf_build *build, gdf__image_state *state, gdf__assignment assignment);

#endif
