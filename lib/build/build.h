/* A build of a document as the layers above see it: stages, edges, the state of the image and the
 * variables at every instruction, and the commands of its shell text.
 *
 * "Before an instruction" is what it sees itself; "at the end of a stage" is what the image and the
 * stages based on it get. An instruction is an INSTRUCTION node; every other node stands for the
 * instruction that it lies in. The instruction inside ONBUILD sees the end of its stage, since it
 * runs in the image's children; those of the file begin with what it does there. Nothing here
 * changes once gdf_build_create() has returned. */
#ifndef GDF_BUILD_BUILD_H
#define GDF_BUILD_BUILD_H

#include <godockerfile/build.h>

#include "base/name_map.h"
#include "build/versions.h"
#include "facts/images.h"
#include "instruction/instruction.h"
#include "shell/shell.h"
#include "syntax/word.h"

/* ---- values ---------------------------------------------------------------------------------- */

/* What an expanded text depends on; bits. Without UNKNOWN the text is certain. */
typedef enum gdf__value_flag {
    GDF__VALUE_UNKNOWN = 1,   /* on something that nobody knows here: the text lacks it */
    GDF__VALUE_ARGUMENT = 2,  /* on the default of an ARG, which a build argument may replace */
    GDF__VALUE_AUTOMATIC = 4, /* on an automatic platform argument (TARGETARCH…) */
    GDF__VALUE_IMAGE = 8      /* on what the tables know of the base image */
} gdf__value_flag;

typedef enum gdf__variable_state {
    GDF__VARIABLE_UNSET = 0,    /* nothing sets it: it expands to nothing, for certain */
    GDF__VARIABLE_SET = 1,      /* see the flags for how certain the value is */
    GDF__VARIABLE_DECLARED = 2, /* ARG without default: only a build argument gives a value */
    GDF__VARIABLE_BASE = 3      /* the base image may set it, or sets it to what is not known */
} gdf__variable_state;

typedef struct gdf__variable {
    gdf__variable_state state;
    unsigned flags;  /* gdf__value_flag of the value */
    gdf_str value;   /* empty unless SET */
    gdf_node node;   /* the ARG or ENV that assigned or declared it last; 0: the base image or the
                        builder itself */
    gdf_part part;   /* its PAIR part, or 0 */
    gdf_part source; /* the PAIR part that the value is written in, a global ARG's for an ARG that
                        takes its value from there; 0: a build argument, the builder, the image */
    bool is_environment; /* the value comes from ENV, of this stage or the base image */
    bool is_declared;    /* an ARG of the scope names it, whoever gave the value */
} gdf__variable;

typedef struct gdf__expansion {
    gdf_str text;  /* the builder's result, unknown variables expanding to nothing */
    gdf_str error; /* the builder's refusal, or empty; `text` is then empty */
    unsigned flags;
    bool certain;       /* neither UNKNOWN nor refused nor over a limit */
    bool is_limited;    /* over a limit */
    bool has_variables; /* a variable was looked up */
    gdf__word_references references;
} gdf__expansion;

/* An assignment by ARG or ENV, or a declaration. */
typedef struct gdf__assignment {
    gdf_str name;
    gdf_str value;
    gdf_node node;
    gdf_part part;
    gdf_part source; /* as of gdf__variable */
    gdf_part pair;   /* the pair that made this row; rows are in its order, 0 comes first */
    uint32_t before; /* version of the scope in front of it */
    uint32_t set_by; /* id of the row that gave the value: this one, or an earlier one that it only
                        declares */
    uint8_t state;   /* SET or DECLARED */
    uint8_t flags;   /* gdf__value_flag */
    bool is_environment;
    bool is_declared; /* by this ARG, or by an earlier one in the scope */
} gdf__assignment;

/* ---- the state of the image ------------------------------------------------------------------ */

/* A text that an instruction set, or that the base image's facts give. */
typedef struct gdf__image_setting {
    gdf_str text;   /* expanded */
    gdf_node node;  /* the instruction, perhaps of a base stage; 0: the base image decides */
    unsigned flags; /* gdf__value_flag; with node 0: UNKNOWN, or IMAGE when the tables know it */
} gdf__image_setting;

/* One row for every instruction that changes something. Nodes are 0 when the base image decides. */
typedef struct gdf__image_state {
    gdf__image_setting user;    /* with node 0 and IMAGE an empty text is root */
    gdf__image_setting workdir; /* absolute; joined with "/" when the base's own is UNKNOWN */
    gdf_node shell;             /* SHELL in force */
    gdf_node entrypoint;        /* ENTRYPOINT in force */
    gdf_node command;           /* CMD in force; an ENTRYPOINT takes back an inherited one */
    gdf_node healthcheck;       /* HEALTHCHECK in force, NONE included */
    gdf_node stop_signal;       /* STOPSIGNAL in force */
    uint32_t variables;         /* version of the scope: gdf__scope_find() */
    uint32_t environment;       /* version of the ENV list */
    uint32_t environment_count;
    bool reads_posix;  /* the shell form is for a POSIX shell, as far as can be told */
    bool errexit;      /* SHELL has -e */
    bool pipefail;     /* SHELL has -o pipefail */
    bool sets_command; /* the stage itself has a CMD so far */
    bool has_workdir;  /* a WORKDIR of the stage or a base stage was seen */
} gdf__image_state;

/* ---- rows ------------------------------------------------------------------------------------ */

typedef struct gdf__stage {
    gdf_node instruction;       /* the FROM */
    uint32_t first_instruction; /* index into document->instructions */
    uint32_t instruction_count;
    gdf_str name; /* lower case, or empty */
    gdf_str base; /* expanded; empty when it is refused */
    unsigned base_flags;
    gdf_str platform; /* expanded, or empty */
    unsigned platform_flags;
    gdf_stage base_stage; /* an earlier stage, or 0 */
    gdf_stage root;       /* the first stage of the chain, this one when it has no base stage */
    gdf__image_reference image; /* pieces of the image at the root; all empty for scratch, a context
                                   and an unknown base */
    gdf__image_facts facts;     /* of a root */
    bool is_scratch;            /* the root is scratch */
    bool is_context;            /* the caller's named context stands for the root */
    bool is_replaced;           /* a named context has the stage's own name and takes its place */
    bool is_base_unknown;       /* of the root */
    bool is_windows;            /* shell text is not for a POSIX shell unless SHELL says so */
    bool is_reachable;
    uint32_t first_trigger; /* index into triggers */
    uint32_t trigger_count;
    size_t trigger_parts; /* parts of these triggers */
    uint32_t first_edge;  /* index */
    uint32_t edge_count;
    uint32_t image_state; /* index into states: as the base leaves it; another row behind each of
                             the base stage's triggers that ran */
    uint32_t first_state; /* behind FROM and what its base stage's triggers did */
    uint32_t last_state;  /* at the end */
    uint32_t first_assignment; /* id; those before it are of base stages */
    uint32_t child_variables;  /* version of the scope that stages based on it begin with */
} gdf__stage;

typedef struct gdf__edge {
    uint32_t kind; /* gdf_edge_kind */
    gdf_stage stage;
    gdf_stage source; /* 0: an image, a named context, or nothing that exists */
    gdf_str reference;
    unsigned flags; /* gdf__value_flag of the reference of FROM */
    gdf_node instruction;
    gdf_part part;   /* IMAGE of FROM, FLAG of COPY, OPTION of a mount */
    bool is_index;   /* COPY --from is a number */
    bool is_invalid; /* a number without a stage: the builder refuses it */
    bool is_forward; /* the source is this stage or a later one: the builder refuses it */
    bool is_context; /* a named context of the caller */
    bool is_trigger; /* an ONBUILD of the base stage needs it */
} gdf__edge;

/* One row for each instruction, nested ones included, in the order of document->lines. */
typedef struct gdf__step {
    gdf_stage stage;
    uint32_t state; /* index into states: before the instruction */
    gdf_command first_command;
    uint32_t command_count;
    gdf_node heredoc; /* the RUN is this heredoc's body alone, or 0 */
    bool has_text;    /* it has shell text or a JSON array that is run */
    bool understood;
    bool errexit;  /* by `set -e` in front, by SHELL, or by the options of a #! line */
    bool pipefail; /* by `set -o pipefail` in front or by SHELL */
    bool pure_and_chain;
    bool is_exec_form;
    bool is_global; /* FROM and what stands before the first one: sees the global scope */
} gdf__step;

struct gdf_build {
    gdf__arena arena;
    const gdf_document *document;
    gdf__table stages;      /* of gdf__stage; id = index + 1 */
    gdf__table edges;       /* of gdf__edge, in file order */
    gdf__table triggers;    /* of gdf_node: the ONBUILD instructions, in file order */
    gdf__table steps;       /* of gdf__step; index as in document->lines */
    gdf__table states;      /* of gdf__image_state; 0: before the first instruction */
    gdf__table assignments; /* of gdf__assignment */
    gdf__table bindings;    /* see scope.c */
    gdf__table covered;     /* the same */
    gdf__versions versions;
    gdf__name_map variable_names;
    gdf__name_map stage_names; /* lower case → the last stage of that name */
    gdf__name_map contexts;
    gdf__name_map build_arguments;
    gdf__table build_argument_values; /* of gdf_str */
    gdf__table extra_references;      /* of gdf_str: what the builder numbers behind the stages */
    gdf__shell shell;
    uint32_t global_variables; /* version of the scope that FROM sees */
    uint32_t global_state;     /* index into states: in front of the first FROM */
    gdf_stage target;
    bool ignores_tables; /* as the builder's check: of variables base images bring PATH and what
                            the caller tells; triggers run in what the target needs alone */
    bool is_fragment;    /* there is no FROM: any variable may be set */
    gdf_str platform;    /* the target platform; default linux/amd64 */
    bool has_platform;   /* the caller chose it */
    uint32_t max_depth;
    size_t expansion_limit;
    size_t step_limit;      /* of patterns, for one text */
    size_t trigger_bytes;   /* of triggers that may still run in children */
    size_t expansion_share; /* what each expansion may add whatever its length */
    gdf_node limited;       /* the first instruction of which a limit cut what it does; or 0 */
    const char *limit;      /* in words */
};

/* ---- making ---------------------------------------------------------------------------------- */

/* gdf_build_create(), but with the variables of images that nobody has described: PATH and nothing
 * else, whatever the tables know; and with triggers only where the builder's check runs them, in
 * the stages that the target needs. */
gdf_build *gdf__build_create_without_tables(const gdf_document *document,
                                            const gdf_options *options);

/* What is said of a word that expands to too much, and of triggers that are too many. */
extern const char *const gdf__word_limit_text;
extern const char *const gdf__trigger_limit_text;

/* ---- stages ---------------------------------------------------------------------------------- */

/* NULL for 0 and foreign ids. Walk a chain by `base_stage`. */
const gdf__stage *gdf__build_stage(const gdf_build *build, gdf_stage stage);
const gdf__edge *gdf__build_edge(const gdf_build *build, uint32_t index);

/* What the tables know of the image at the root of the stage; all unknown for scratch, a context or
 * an unknown base. A tag that is not certain counts as unknown. */
gdf__image_facts gdf__build_find_image(const gdf_build *build, gdf_stage stage);

/* True when nothing but the file decides what is in the stage at first: scratch. */
bool gdf__build_is_scratch(const gdf_build *build, gdf_stage stage);

/* ---- instructions ---------------------------------------------------------------------------- */

/* The row of the instruction that holds `node`, or NULL. */
const gdf__step *gdf__build_step(const gdf_build *build, gdf_node node);

/* State before an instruction, after it, and at the end of a stage. Never NULL: without an
 * instruction or stage it is the state before the first instruction. */
const gdf__image_state *gdf__build_state_before(const gdf_build *build, gdf_node node);
const gdf__image_state *gdf__build_state_after(const gdf_build *build, gdf_node node);
const gdf__image_state *gdf__build_state_at_end(const gdf_build *build, gdf_stage stage);

/* ---- variables ------------------------------------------------------------------------------- */

/* The variable as an expansion in `node` sees it: for FROM and what stands before it the global
 * scope, else the stage's. Cost: the logarithm of the number of assignments. */
gdf__variable gdf__build_find_variable(const gdf_build *build, gdf_node node, gdf_str name);

/* The variable after the last instruction of the stage. */
gdf__variable gdf__build_find_variable_at_end(const gdf_build *build, gdf_stage stage,
                                              gdf_str name);

/* The ENV of that name at the end of the stage, ARG left aside: what a container gets. */
gdf__variable gdf__build_find_environment(const gdf_build *build, gdf_stage stage, gdf_str name);

/* The ENV list at the end of a stage: `index` below environment_count of its state; or NULL. */
const gdf__assignment *gdf__build_environment_at(const gdf_build *build, gdf_stage stage,
                                                 uint32_t index);

/* The variable in the environment of a command when its instruction starts: ENV and ARG for RUN,
 * the ENV at the end of the stage for CMD, ENTRYPOINT, HEALTHCHECK. Assignments of the shell text
 * itself are not looked at. */
gdf__variable gdf__build_shell_value(const gdf_build *build, gdf_command command, gdf_str name);

/* Expands a word of an instruction as the builder does, quotes and escapes resolved, against the
 * variables before the instruction. The result lives in `arena`, the document and the build. */
gdf__expansion gdf__build_expand(const gdf_build *build, gdf_node node, gdf_str text,
                                 gdf__arena *arena);

/* The same with some lexer modes (gdf__word_mode) and another escape character: heredoc bodies of
 * COPY take GDF__WORD_SKIP_QUOTES and '\\'. */
gdf__expansion gdf__build_expand_with(const gdf_build *build, gdf_node node, gdf_str text,
                                      unsigned mode, char escape, gdf__arena *arena);

/* ---- shell ----------------------------------------------------------------------------------- */

/* The words of the SHELL in force before `node`: word `index`, and how many; 0 when the base
 * image's shell is in force. */
uint32_t gdf__build_count_shell_words(const gdf_build *build, gdf_node node);
gdf_str gdf__build_get_shell_word(const gdf_build *build, gdf_node node, uint32_t index);

/* True for the base name (or path) of a program that reads POSIX shell text: sh, bash, dash… */
bool gdf__is_posix_shell(gdf_str program);

/* ---- paths ----------------------------------------------------------------------------------- */

/* Go's path.Join(directory, path), or `path` as it is when absolute or `directory` when empty: what
 * WORKDIR does. The result is in the arena or one of the arguments. */
gdf_str gdf__workdir_join(gdf_str directory, gdf_str path, gdf__arena *arena);

#endif
