/* A build as the builder itself goes about it, to the first error or to the image config: the
 * global arguments, the stages and the images they ask for, the triggers of ONBUILD, then every
 * instruction of every stage that the target needs. One file a step. They go on when memory is
 * short: the config is looked at once at the end. */
#ifndef GDF_BUILD_DISPATCH_H
#define GDF_BUILD_DISPATCH_H

#include "base/builder.h"
#include "base/name_map.h"
#include "build/config.h"
#include "build/versions.h"
#include "instruction/platform.h"
#include "syntax/word.h"

/* ---- rows ------------------------------------------------------------------------------------ */

/* A variable's value. */
typedef struct gdf__dispatch_value {
    gdf_str text;
    uint32_t environment; /* id of the value that ENV gave last: what a child stage starts with */
    bool is_environment;
} gdf__dispatch_value;

/* The config of an image as the options give it. */
typedef struct gdf__base_config {
    gdf_str reference;
    gdf_str json;
    bool is_missing; /* the registry has no such image */
    bool is_read;
    bool is_good; /* the text is the config of an image */
    gdf__platform platform;
    uint32_t environment; /* version: its Env */
    gdf_str workdir;
    uint32_t first_trigger; /* its OnBuild: ids of gdf__trigger */
    uint32_t trigger_count;
} gdf__base_config;

/* What ONBUILD asks for: of a stage or of an image. */
typedef struct gdf__trigger {
    gdf_str text;
    const gdf_document *document; /* of the text, once it has run; owned by the config */
} gdf__trigger;

/* An instruction to run in a state. */
typedef struct gdf__dispatch_command {
    const gdf_document *document;
    gdf_node node;
    gdf__line_range lines;
    uint32_t first_source; /* into `sources`: the states that COPY --from and the mounts name */
} gdf__dispatch_command;

/* Why a state needs another one. */
typedef struct gdf__dispatch_need {
    uint32_t source; /* state */
    uint32_t command;
    uint32_t next; /* of the same state, or 0 */
} gdf__dispatch_need;

/* A stage, or an image that COPY --from or a mount names. Ids count from 1: the builder numbers
 * them from 0 in the same order. */
typedef struct gdf__dispatch_state {
    gdf_stage stage;       /* 0: an image */
    uint32_t base;         /* state, or 0 */
    gdf_str base_name;     /* FROM after expansion, or the image */
    gdf_str name;          /* for messages; empty for images */
    gdf__line_range lines; /* first 0: the builder gives none */
    gdf__platform platform;
    bool has_platform;

    uint32_t first_need; /* ids */
    uint32_t last_need;
    uint32_t seen_by; /* the state that last was found to need this one, and its need */
    uint32_t seen_need;

    uint32_t first_command; /* its own instructions */
    uint32_t command_count;
    uint32_t first_triggered; /* those of the triggers that run first */
    uint32_t triggered_count;
    uint32_t first_trigger; /* what it leaves to the stages based on it */
    uint32_t trigger_count;

    uint32_t base_config; /* id of gdf__base_config, or 0 */
    uint32_t reached_at;  /* place among what the target needs, counted from 1 */
    bool is_reachable;    /* the target needs it */
    bool is_resolved;
    bool is_dispatched;
    bool is_image_kept; /* the target is this state or based on it */

    uint32_t environment;       /* version, while and after it runs */
    uint32_t child_environment; /* version, for the stages based on it */
    gdf_str workdir;
    bool is_windows;
} gdf__dispatch_state;

/* ---- the work -------------------------------------------------------------------------------- */

typedef struct gdf__dispatch {
    const gdf_build *build;
    const gdf_document *document;
    const gdf_options *options;
    gdf_config *config;
    gdf__arena *arena; /* the config's */

    gdf__name_map names; /* of variables → index into versions */
    gdf__table values;   /* of gdf__dispatch_value; id = index + 1 */
    gdf__versions versions;
    uint32_t version_size;
    uint32_t global_environment;
    gdf__platform target_platform;

    gdf__table states; /* of gdf__dispatch_state */
    gdf__table commands;
    gdf__table sources;  /* of uint32_t: states */
    gdf__table needs;    /* id = index + 1 */
    gdf__table triggers; /* of gdf__trigger */
    gdf__table bases;    /* of gdf__base_config */
    gdf__name_map base_references;
    gdf__name_map image_references; /* what a registry is asked for */

    /* The image of the target so far. */
    gdf__name_map environment_places; /* name → index into the Env list */
    gdf__name_map labels;             /* name → index into label_values */
    gdf__table label_values;
    gdf__name_map ports;
    gdf__name_map volumes;
    gdf__name_map argument_places; /* ARGs that RUN shows in the history */
    gdf__table arguments;          /* of gdf__argument */

    /* Where it stands. */
    uint32_t state; /* the one that runs, or 0 */
    uint32_t environment;
    bool is_in_front; /* of the stages: the builder's own arguments are variables */
    const gdf__dispatch_command *command;
    gdf__line_range lines;     /* of what is looked at: where an error is shown */
    uint32_t values_of_mounts; /* expanded by the command so far */
    gdf__table shadowed;       /* of uint32_t: variables whose ENV an ARG of the state covers */
    bool sets_command;         /* the state has a CMD */
    bool looks_at_all;         /* also at states that the target does not need, without triggers */
    bool stopped;              /* an error or a limit ended the work */
    gdf_str late_error;        /* found when all else is done */

    size_t budget;        /* bytes that texts may still take */
    size_t trigger_bytes; /* of triggers that may still run */
} gdf__dispatch;

typedef struct gdf__argument {
    gdf_str name;
    gdf_str value; /* for a variable that is not in the environment */
} gdf__argument;

static inline gdf__dispatch_state *gdf__dispatch_state_at(const gdf__dispatch *work, uint32_t id)
{
    return id ? GDF__AT(work->states, gdf__dispatch_state, id - 1) : NULL;
}

/* True for a state that runs. */
static inline bool gdf__dispatch_is_wanted(const gdf__dispatch *work,
                                           const gdf__dispatch_state *state)
{
    return state->is_reachable || work->looks_at_all;
}

/* The state that runs. */
static inline gdf__dispatch_state *gdf__dispatch_current(const gdf__dispatch *work)
{
    return gdf__dispatch_state_at(work, work->state);
}

/* ---- errors and limits (dispatch.c) ---------------------------------------------------------- */

/* Ends the work with the builder's error at `work->lines`; always false. */
bool gdf__dispatch_fail(gdf__dispatch *work, gdf_str message);
/* The same with a text that is being built. */
bool gdf__dispatch_fail_with(gdf__dispatch *work, gdf__builder *message);
/* One more place of the error. */
void gdf__dispatch_add_place(gdf__dispatch *work, gdf__line_range lines);

/* A builder on the config's memory. */
gdf__builder gdf__dispatch_text(const gdf__dispatch *work);

/* Takes bytes off the budget; false, and the end of the work, when it is used up. */
bool gdf__dispatch_spend(gdf__dispatch *work, size_t bytes);
/* Ends the work because of a limit: of `what`, static words. Always false. */
bool gdf__dispatch_give_up(gdf__dispatch *work, const char *what);
/* The same for a word that expands to too much. */
bool gdf__dispatch_give_up_word(gdf__dispatch *work);

/* ---- variables (dispatch_variables.c) -------------------------------------------------------- */

void gdf__dispatch_set_variable(gdf__dispatch *work, gdf_str name, gdf_str value,
                                bool is_environment);
bool gdf__dispatch_find_variable(const gdf__dispatch *work, gdf_str name, gdf_str *value);
/* The same in the scope in front of the first FROM, for the ARG of a stage. */
bool gdf__dispatch_find_global(gdf__dispatch *work, gdf_str name, gdf_str *value);
/* Names of that scope, the builder's own first, in the arena. Returns how many. */
size_t gdf__dispatch_list_globals(gdf__dispatch *work, const gdf_str **names);

/* What the builder's lexer makes of a word with the variables in force. */
gdf__word_expansion gdf__dispatch_evaluate(gdf__dispatch *work, gdf_str text, unsigned mode,
                                           char escape);

/* Expands a word against the variables in force; false when the builder refuses it. */
bool gdf__dispatch_expand(gdf__dispatch *work, gdf_str text, gdf_str *result);
/* The same with lexer modes and another escape character. */
bool gdf__dispatch_expand_with(gdf__dispatch *work, gdf_str text, unsigned mode, char escape,
                               gdf_str *result);

/* The environment that the stages based on the running one start with. */
uint32_t gdf__dispatch_child_environment(gdf__dispatch *work);

/* The ARGs in front of the first FROM; `work->global_environment` is their scope. */
bool gdf__dispatch_global_arguments(gdf__dispatch *work);

/* ---- stages (dispatch_stages.c) -------------------------------------------------------------- */

/* FROM of every stage, then the stage to build; 0 for an error. */
bool gdf__dispatch_add_stages(gdf__dispatch *work);
uint32_t gdf__dispatch_find_target(gdf__dispatch *work);

/* Commands of all stages and what they need. */
bool gdf__dispatch_add_commands(gdf__dispatch *work);

/* Adds one command to state `id`, with its sources. False when the builder refuses --from. */
bool gdf__dispatch_add_command(gdf__dispatch *work, uint32_t id,
                               const gdf__dispatch_command *command);

/* The instruction that an ONBUILD leaves to its children. */
gdf_str gdf__dispatch_trigger_text(gdf__dispatch *work, const gdf_document *document,
                                   gdf_node node);

/* The value of a flag of the instruction; empty when it has none. */
gdf_str gdf__dispatch_flag(const gdf_document *document, gdf_node node, const char *name);

/* Goes through the values of RUN's --mount: `*id` is 0 at first. */
bool gdf__dispatch_next_mount(const gdf_document *document, gdf_node node, gdf_part *id,
                              gdf_str *value);

/* ---- images and triggers (dispatch_images.c) ------------------------------------------------- */

/* Takes in the configs that the options give. */
void gdf__dispatch_read_bases(gdf__dispatch *work);

/* Marks what the target needs, asks for its images and adds the commands of triggers. */
bool gdf__dispatch_resolve(gdf__dispatch *work, uint32_t target);

/* base_config.c: takes in what every state based on the image needs, once. */
void gdf__base_config_read(gdf__dispatch *work, uint32_t id);
/* Fills the config with all that the image has. */
void gdf__base_config_keep(gdf__dispatch *work, uint32_t id);

/* ---- running (dispatch_state.c) -------------------------------------------------------------- */

bool gdf__dispatch_run_states(gdf__dispatch *work);

/* Joins the path of a WORKDIR to the directory in force. */
void gdf__dispatch_enter_directory(gdf__dispatch *work, gdf_str path);

/* ---- the image of the target (dispatch_image.c) ------------------------------------------------
 * A state that is no part of it changes nothing. */

/* True when the running state is part of the target's image. */
bool gdf__dispatch_keeps_image(const gdf__dispatch *work);

void gdf__dispatch_set_text(gdf__dispatch *work, gdf_config_field field, gdf_str text);
void gdf__dispatch_add_item(gdf__dispatch *work, gdf_config_field field, gdf_str text);
void gdf__dispatch_clear_list(gdf__dispatch *work, gdf_config_field field);
void gdf__dispatch_replace_list(gdf__dispatch *work, gdf_config_field field,
                                const gdf__table *words);
/* NAME=VALUE of the Env list, and a label. */
void gdf__dispatch_list_environment(gdf__dispatch *work, gdf_str name, gdf_str value);
void gdf__dispatch_set_label(gdf__dispatch *work, gdf_str name, gdf_str value);

/* Puts the names into a list of the config, sorted. */
void gdf__dispatch_list_sorted(gdf__dispatch *work, const gdf__name_map *map,
                               gdf_config_field field);
/* Sorts labels, ports and volumes into their lists. */
void gdf__dispatch_finish_image(gdf__dispatch *work);

/* A line of the history: begins it, adds Go's %v or %q of a list of strings, ends it. */
gdf__builder gdf__dispatch_begin_line(const gdf__dispatch *work, const char *name);
void gdf__dispatch_add_plain_words(gdf__builder *line, const gdf__table *words);
void gdf__dispatch_add_quoted_words(gdf__builder *line, const gdf__table *words);
void gdf__dispatch_commit(gdf__dispatch *work, gdf__builder *line, bool is_layer);

/* ---- words of the running instruction (dispatch_image.c) ------------------------------------- */

/* Tables of gdf_str. */
void gdf__dispatch_init_words(gdf__dispatch *work, gdf__table *words);
void gdf__dispatch_add_word(gdf__table *words, gdf_str text);
void gdf__dispatch_free_words(gdf__dispatch *work, gdf__table *words);

/* The values of all parts of that kind, or of the first. */
void gdf__dispatch_add_parts(gdf__dispatch *work, gdf__table *words, gdf_part_kind kind);
gdf_str gdf__dispatch_part(const gdf__dispatch *work, gdf_part_kind kind);

bool gdf__dispatch_is_exec_form(const gdf__dispatch *work);
/* The shell in force in front of `command`. */
void gdf__dispatch_add_shell_form(gdf__dispatch *work, gdf__table *words, gdf_str command);

/* ---- instructions with a file of their own --------------------------------------------------- */

bool gdf__dispatch_copy(gdf__dispatch *work);
bool gdf__dispatch_run_command(gdf__dispatch *work);
bool gdf__dispatch_mounts(gdf__dispatch *work);
bool gdf__dispatch_expose(gdf__dispatch *work);
bool gdf__dispatch_healthcheck(gdf__dispatch *work);

#endif
