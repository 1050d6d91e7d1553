/* How a build is worked out, one step after the other; each fills tables of the build. They go on
 * when memory is short: gdf_build_create() looks once at the end. */
#ifndef GDF_BUILD_WORK_H
#define GDF_BUILD_WORK_H

#include "build/scope.h"

/* ---- instructions and their parts (build.c) -------------------------------------------------- */

/* The first ARGUMENT node of an instruction at or behind node `from` (0: from its start); 0. */
gdf_node gdf__next_argument(const gdf_document *document, gdf_node instruction, gdf_node from);

/* The first part of an instruction; the others follow while their `node` is the same. NULL when it
 * has none. `*id` gets its id. */
const gdf__part *gdf__first_part(const gdf_document *document, gdf_node instruction, gdf_part *id);
/* The part behind part `*id` of the same instruction, or NULL. */
const gdf__part *gdf__next_part(const gdf_document *document, gdf_part *id);

/* A PAIR part of ARG, ENV or LABEL taken apart. */
typedef struct gdf__pair {
    gdf_part part;
    gdf_str key;
    gdf_str value;
    bool has_value;
} gdf__pair;

/* The pairs of an instruction, one after the other (states.c). */
typedef struct gdf__pairs {
    const gdf_document *document;
    const gdf__part *next;
    gdf_part id; /* of `next` */
} gdf__pairs;

gdf__pairs gdf__pairs_of(const gdf_document *document, gdf_node instruction);
/* False when there is none left. */
bool gdf__pairs_next(gdf__pairs *pairs, gdf__pair *pair);

/* In lower case, as Go's strings.ToLower; in the arena unless it is so already. */
gdf_str gdf__to_lower(gdf_str text, gdf__arena *arena);

/* The instruction that an ONBUILD leaves to the image's children, or 0: also for other nodes. */
gdf_node gdf__trigger_of(const gdf_document *document, gdf_node onbuild);

/* The HEREDOC node of a HEREDOC part; 0 for other parts. */
gdf_node gdf__heredoc_of_part(const gdf_document *document, gdf_part part);

/* ---- limits (triggers.c) --------------------------------------------------------------------- */

/* Keeps the first instruction that a limit was met at. */
void gdf__build_note_limit(gdf_build *build, gdf_node node, const char *what);

/* ---- triggers (triggers.c) ------------------------------------------------------------------- */

/* Finds the triggers of all stages. */
void gdf__read_triggers(gdf_build *build);
/* Gives every expansion its share of what they may add; again when the triggers are known. */
void gdf__share_expansions(gdf_build *build);
/* The instruction inside the `index`th ONBUILD of the stage. */
gdf_node gdf__build_trigger(const gdf_build *build, const gdf__stage *stage, uint32_t index);
/* Bytes of triggers that may run in children, in all. */
size_t gdf__build_trigger_allowance(const gdf_build *build);
/* Takes a trigger from what is left of them; false when that was the end. */
bool gdf__build_spend_trigger(const gdf_build *build, gdf_node trigger, size_t *left);

/* ---- steps ----------------------------------------------------------------------------------- */

/* scope.c */
void gdf__scope_init(gdf_build *build);

/* inputs.c: build arguments, named contexts, platform, automatic arguments. */
void gdf__read_inputs(gdf_build *build, const gdf_options *options);
/* The value given to the build, or NULL. */
const gdf_str *gdf__find_build_argument(const gdf_build *build, gdf_str name);
/* True when the caller supplies a context of that name or image. */
bool gdf__is_named_context(const gdf_build *build, gdf_str name);

/* stages.c: needs the global scope. */
void gdf__read_stages(gdf_build *build, uint32_t first_instruction);
gdf_stage gdf__find_stage_by_name(const gdf_build *build, gdf_str name, gdf__arena *arena);

/* edges.c */
void gdf__read_edges(gdf_build *build);
void gdf__mark_reachable(gdf_build *build);

/* states.c: the instructions [first, end) of document->instructions, of a stage or, with stage 0,
 * in front of the first. */
void gdf__read_global_states(gdf_build *build, uint32_t end);
void gdf__read_stage_states(gdf_build *build, gdf_stage id);

/* commands.c: the shell text of an instruction, in `state`. */
void gdf__read_commands(gdf_build *build, gdf_node instruction, const gdf__image_state *state);

/* The body of a heredoc, at `source` of the input, without the TABs that `<<-` takes from the start
 * of its lines. */
gdf__fragment gdf__chomped_fragment(gdf__arena *arena, gdf_str body, uint32_t source);

/* shell_words.c */

/* Options in front of a shell's text, taken in word by word. */
typedef struct gdf__shell_options {
    bool errexit;
    bool pipefail;
    bool names_option; /* the next word is the name behind -o */
} gdf__shell_options;

void gdf__shell_option(gdf__shell_options *options, gdf_str word);

/* Takes in a SHELL instruction. */
void gdf__use_shell(const gdf_document *document, gdf_node instruction, gdf__image_state *state);

#endif
