/* The builder's own checks (CHK…): one walk over the document in the builder's order, so that the
 * findings come in the order of its warnings.
 *
 * In profile buildkit the walk ends where the builder does, at its first error; otherwise it goes
 * on to the end. Functions that return bool say false where the builder refuses the file. */
#ifndef GDF_RULES_BUILDER_CHECKS_H
#define GDF_RULES_BUILDER_CHECKS_H

#include "build/scope.h"
#include "project/ignore.h"
#include "rules/builder_images.h"
#include "rules/builder_names.h"
#include "rules/support.h"

/* The instructions of a stage of which only the last counts. */
typedef enum gdf__single {
    GDF__SINGLE_CMD,
    GDF__SINGLE_ENTRYPOINT,
    GDF__SINGLE_HEALTHCHECK
} gdf__single;
enum { GDF__SINGLE_COUNT = GDF__SINGLE_HEALTHCHECK + 1 };

typedef struct gdf__builder_walk {
    gdf__check *check;
    const gdf_document *document; /* of the commands: the trigger's while one of an image runs */
    const gdf_build *build;
    gdf__arena *arena;
    gdf__builder_images images;
    const gdf__builder_image *image; /* at the root of the stage that runs, or NULL */
    bool needs_all;                  /* all stages are built: no target was asked for */
    int64_t comparisons;             /* bytes of names that may still be compared for suggestions */
    gdf__ignore ignore;              /* of the context; without patterns when it is not known */
    size_t ignore_len;               /* of its text, in bytes */
    size_t pattern_bytes;            /* of it that sources may still be compared with */
    gdf__builder_names names;        /* for fixes */
    size_t trigger_bytes;            /* of triggers that may still run */
    bool is_limited;                 /* a limit was met, and told */
    gdf_stage stage;                 /* that runs, and how many of its commands have run */
    uint32_t command_count;
    uint32_t mount_values; /* of the command that may still be expanded in front of its error */
    gdf__table references; /* of gdf__builder_reference, by stage */
    gdf_node last_single[GDF__SINGLE_COUNT]; /* of the stage; 0: none yet */
} gdf__builder_walk;

/* Where a stage is named: FROM, COPY --from, RUN --mount=from=. */
typedef struct gdf__builder_reference {
    gdf_stage stage;
    gdf_part image;
    bool is_base; /* FROM */
} gdf__builder_reference;

/* An instruction that runs: one of the stage, or a trigger of its base stage's ONBUILD, which the
 * builder shows at the FROM. */
typedef struct gdf__builder_command {
    gdf_node node;
    gdf_node place;
    gdf_node control; /* whose comments count: itself, none for a trigger */
    bool is_trigger;
    gdf_instruction_kind kind;
    gdf_str keyword; /* as typed */
    gdf__scope scope;
    const gdf__image_state *state; /* before it */
} gdf__builder_command;

/* ---- the walk (builder_checks.c) ------------------------------------------------------------- */

void gdf__builder_checks(gdf__check *check);

/* The `index`th ARGUMENT node of an instruction, or 0. */
gdf_node gdf__builder_argument(const gdf__builder_walk *walk, gdf_node node, uint32_t index);

/* Begins a finding at a command; a trigger's instruction becomes a related place by
 * gdf__builder_relate(). */
void gdf__builder_report(gdf__builder_walk *walk, gdf__rule_id rule,
                         const gdf__builder_command *command);
/* Points at the trigger's instruction; nothing for one of the stage itself. */
void gdf__builder_relate(gdf__builder_walk *walk, const gdf__builder_command *command);
/* The name in the scope that the builder would suggest for `name`, or the empty text. A stage's
 * variables must be set, global arguments need not. */
gdf_str gdf__builder_suggest(gdf__builder_walk *walk, const gdf__scope *scope, gdf_str name);

/* Tells of a limit that is met at a command; once in a document. The builder knows none of them. */
void gdf__builder_meet_limit(gdf__builder_walk *walk, const gdf__builder_command *command,
                             const char *limit);

/* True when the suggested name is long enough for a few letters to be a slip of the pen. */
bool gdf__builder_trusts(gdf_str suggestion);

/* ---- lines (builder_checks_lines.c) ---------------------------------------------------------- */

void gdf__builder_check_empty_lines(gdf__builder_walk *walk);
void gdf__builder_check_keyword_case(gdf__builder_walk *walk);
/* The comment above ARG or FROM. */
void gdf__builder_check_description(gdf__builder_walk *walk, gdf_node node);

/* ---- stages (builder_checks_stages.c) -------------------------------------------------------- */

void gdf__builder_read_references(gdf__builder_walk *walk);
/* Words of a FROM, before the builder looks whether they are valid. */
void gdf__builder_check_stage_words(gdf__builder_walk *walk, gdf_node from);
void gdf__builder_check_stage_names(gdf__builder_walk *walk);

/* ---- images (builder_checks_images.c) -------------------------------------------------------- */

void gdf__builder_check_default_images(gdf__builder_walk *walk);
/* The ARGs in front of the first FROM. */
bool gdf__builder_accepts_global_arguments(gdf__builder_walk *walk);
bool gdf__builder_check_from(gdf__builder_walk *walk, gdf_stage stage);
void gdf__builder_check_image_platforms(gdf__builder_walk *walk);
/* The names of all images that FROM and COPY --from ask for. */
bool gdf__builder_accepts_images(gdf__builder_walk *walk);

/* What FROM lacks (builder_fixes_from.c), for the finding that is open: a fix or a note. ARG in
 * front of the first FROM; */
void gdf__builder_declare_argument(gdf__builder_walk *walk, gdf_part part,
                                   const gdf__word_reference *reference);
/* a default for the arguments of an image that has no name without them. */
void gdf__builder_give_default(gdf__builder_walk *walk, gdf_node from);

/* ---- variables (builder_checks_variables.c) -------------------------------------------------- */

/* Every word of the command that the builder expands; ARG is left to the next one. */
bool gdf__builder_check_words(gdf__builder_walk *walk, const gdf__builder_command *command);
void gdf__builder_check_arg(gdf__builder_walk *walk, const gdf__builder_command *command);
void gdf__builder_check_env(gdf__builder_walk *walk, const gdf__builder_command *command);

/* A word that the builder expands. */
typedef struct gdf__builder_word {
    gdf_str text;
    gdf_part part;    /* that it is the value of, or 0 */
    gdf_part heredoc; /* the `<<EOF` that it is the body of, or 0 */
    unsigned mode;
    char escape;
    bool is_script;   /* of a heredoc: it begins with `#!` or goes to a file `.sh` */
    bool is_of_shell; /* quotes around the delimiter would change nothing but unset variables */
} gdf__builder_word;

/* Fills the last two fields for a word that is the body of a heredoc (builder_fixes_heredocs.c). */
void gdf__builder_judge_heredoc(gdf__builder_walk *walk, const gdf__builder_command *command,
                                gdf__builder_word *body);
/* For an undefined `name` in the body of an unquoted heredoc: a fix or a note of the open finding.
 */
void gdf__builder_quote_heredoc(gdf__builder_walk *walk, const gdf__builder_word *word,
                                gdf_str name);

/* For a secret in a pair of ARG or ENV (builder_fixes_secrets.c): a fix or a note of the open
 * finding. */
void gdf__builder_move_secret(gdf__builder_walk *walk, const gdf__builder_command *command,
                              gdf_part key);

/* ---- commands (builder_checks_commands.c, builder_checks_legacy.c) --------------------------- */

void gdf__builder_check_maintainer(gdf__builder_walk *walk, gdf_node node);
void gdf__builder_check_command(gdf__builder_walk *walk, const gdf__builder_command *command);
void gdf__builder_check_legacy_pair(gdf__builder_walk *walk, const gdf__builder_command *command);

/* ---- files and ports (builder_checks_files.c, builder_checks_ports.c) ------------------------ */

/* Fills walk->ignore. */
bool gdf__builder_read_ignore_file(gdf__builder_walk *walk);
void gdf__builder_check_sources(gdf__builder_walk *walk, const gdf__builder_command *command);
bool gdf__builder_check_ports(gdf__builder_walk *walk, const gdf__builder_command *command);

#endif
