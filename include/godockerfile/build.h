/**
 * @file build.h
 * What a build of the document would do: stages and the edges between them, the effective user,
 * working directory and environment, and the commands that its shell text runs.
 *
 * A build is made from a document and the inputs in the options (build arguments, target, platform,
 * named contexts). Nothing is executed or fetched.
 */
#ifndef GODOCKERFILE_BUILD_H
#define GODOCKERFILE_BUILD_H

#include <godockerfile/document.h>
#include <godockerfile/shell.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What a build of one document would do. It never changes. */
typedef struct gdf_build gdf_build;

/** A stage of one build, numbered from 1 in file order; 0 = none. */
typedef uint32_t gdf_stage;

/** Why one stage needs another, or an image. */
typedef enum gdf_edge_kind {
    GDF_EDGE_NONE = 0,
    GDF_EDGE_BASE = 1, /**< FROM */
    GDF_EDGE_COPY = 2, /**< COPY --from */
    GDF_EDGE_MOUNT = 3 /**< RUN --mount=from= */
} gdf_edge_kind;

/**
 * Works out the build of `document`, which must outlive it and is not changed.
 * @return NULL when memory is short or `document` is NULL. Free with gdf_build_free().
 */
GDF_API gdf_build *gdf_build_create(const gdf_document *document, const gdf_options *options);
/** Frees the build; NULL is accepted. Configs, expansions and copy sources made from it must be
 * freed before. */
GDF_API void gdf_build_free(gdf_build *build);

/* ---- Stages ---------------------------------------------------------------------------------- */

/** Number of stages; ids run from 1 to this, in file order. */
GDF_API uint32_t gdf_build_count_stages(const gdf_build *build);
/** The stage that is built: the one named by GDF_OPTION_TARGET, else the last; 0 when none. */
GDF_API gdf_stage gdf_build_get_target(const gdf_build *build);
/** The stage that an instruction belongs to; 0 before the first FROM. */
GDF_API gdf_stage gdf_build_find_stage(const gdf_build *build, gdf_node instruction);
/** The stage with that name (any case) or decimal index from 0, as COPY --from looks it up. */
GDF_API gdf_stage gdf_build_find_stage_by_name(const gdf_build *build, const char *name,
                                               size_t len);

/** The FROM instruction of a stage. */
GDF_API gdf_node gdf_stage_get_instruction(const gdf_build *build, gdf_stage stage);
/** Number of instructions of the stage, FROM included. */
GDF_API uint32_t gdf_stage_count_instructions(const gdf_build *build, gdf_stage stage);
/** Instruction `index` (0-based) of the stage, FROM being the first; 0 past the last. */
GDF_API gdf_node gdf_stage_get_instruction_at(const gdf_build *build, gdf_stage stage,
                                              uint32_t index);
/** Name in lower case as the builder keeps it; empty when the stage has none. */
GDF_API gdf_str gdf_stage_get_name(const gdf_build *build, gdf_stage stage);
/** What FROM names after expansion of global ARGs: a stage name, an image reference, "scratch". */
GDF_API gdf_str gdf_stage_get_base(const gdf_build *build, gdf_stage stage);
/** The stage that FROM names, or 0 for an image. */
GDF_API gdf_stage gdf_stage_get_base_stage(const gdf_build *build, gdf_stage stage);
/** The image at the root of the chain of FROMs, after expansion; empty when it is not known. */
GDF_API gdf_str gdf_stage_get_root_image(const gdf_build *build, gdf_stage stage);
/** --platform after expansion, or empty. */
GDF_API gdf_str gdf_stage_get_platform(const gdf_build *build, gdf_stage stage);
/** 1 when a build of the target evaluates the stage. */
GDF_API int gdf_stage_is_reachable(const gdf_build *build, gdf_stage stage);
/** 1 when something in the base reference has no known value (an ARG without default). */
GDF_API int gdf_stage_is_base_unknown(const gdf_build *build, gdf_stage stage);

/** Effective USER at the end of the stage after expansion, inherited or not; empty when the base
 * image decides and is not known. */
GDF_API gdf_str gdf_stage_get_user(const gdf_build *build, gdf_stage stage);
/** Effective WORKDIR at the end of the stage, an absolute path; empty as for gdf_stage_get_user().
 */
GDF_API gdf_str gdf_stage_get_workdir(const gdf_build *build, gdf_stage stage);
/** Number of variables (ENV, not ARG) at the end of the stage, without what only the base image
 * sets. */
GDF_API uint32_t gdf_stage_count_environment(const gdf_build *build, gdf_stage stage);
/** Name of variable `index` (0-based). */
GDF_API gdf_str gdf_stage_get_environment_name(const gdf_build *build, gdf_stage stage,
                                               uint32_t index);
/** Value of variable `index` (0-based), expanded. */
GDF_API gdf_str gdf_stage_get_environment_value(const gdf_build *build, gdf_stage stage,
                                                uint32_t index);

/* ---- Edges ----------------------------------------------------------------------------------- */

/**
 * Number of edges, stage by stage: FROM (unless it is scratch), then those of the base stage's
 * ONBUILD instructions, then those of the stage's own, in file order. An edge of an ONBUILD is
 * there once for every stage that runs it; its instruction is the one inside.
 */
GDF_API uint32_t gdf_build_count_edges(const gdf_build *build);
/** Why the stage of edge `index` (0-based) needs its source. */
GDF_API gdf_edge_kind gdf_build_get_edge_kind(const gdf_build *build, uint32_t index);
/** The stage that needs something. */
GDF_API gdf_stage gdf_build_get_edge_stage(const gdf_build *build, uint32_t index);
/** The stage it needs, or 0 when it is an image or a named context. */
GDF_API gdf_stage gdf_build_get_edge_source(const gdf_build *build, uint32_t index);
/** The reference as expanded: stage name, index, image. */
GDF_API gdf_str gdf_build_get_edge_reference(const gdf_build *build, uint32_t index);
/** The instruction that makes the edge: a FROM, COPY or RUN. */
GDF_API gdf_node gdf_build_get_edge_instruction(const gdf_build *build, uint32_t index);

/* ---- Commands (shell.h) ---------------------------------------------------------------------- */

/** Number of commands; ids run from 1 to this, in file order, outer commands before inner ones. */
GDF_API uint32_t gdf_build_count_commands(const gdf_build *build);
/** First command of an instruction, or 0; those of one instruction have ids that follow. */
GDF_API gdf_command gdf_build_find_command(const gdf_build *build, gdf_node instruction);
/** Number of commands of an instruction, those inside others included. */
GDF_API uint32_t gdf_build_count_instruction_commands(const gdf_build *build, gdf_node instruction);
/** 1 when the shell text of the instruction was understood as a whole. */
GDF_API int gdf_build_is_shell_understood(const gdf_build *build, gdf_node instruction);

/** The instruction whose text the command stands in. */
GDF_API gdf_node gdf_command_get_instruction(const gdf_build *build, gdf_command command);
/** Range of the command in the input, from its first word to its last one. */
GDF_API uint32_t gdf_command_get_start(const gdf_build *build, gdf_command command);
/** End of that range. */
GDF_API uint32_t gdf_command_get_end(const gdf_build *build, gdf_command command);
/** Base name of the program, when it is literal: "go" for `/usr/local/go/bin/go`; else empty. */
GDF_API gdf_str gdf_command_get_program(const gdf_build *build, gdf_command command);
/** The command whose wrapper, substitution or script holds this one, or 0. */
GDF_API gdf_command gdf_command_get_parent(const gdf_build *build, gdf_command command);
/** What stands between it and the command before it in its list. */
GDF_API gdf_operator gdf_command_get_operator(const gdf_build *build, gdf_command command);
/** Bits of gdf_command_flag. */
GDF_API uint32_t gdf_command_get_flags(const gdf_build *build, gdf_command command);
/** Number of words, in text order: assignments, name, arguments, targets of redirections (see the
 * role). */
GDF_API uint32_t gdf_command_count_words(const gdf_build *build, gdf_command command);
/** Word `index` (0-based) of the command, or 0. */
GDF_API gdf_word gdf_command_get_word(const gdf_build *build, gdf_command command, uint32_t index);

/** Range of the word in the input, quotes included. */
GDF_API uint32_t gdf_word_get_start(const gdf_build *build, gdf_word word);
/** End of that range. */
GDF_API uint32_t gdf_word_get_end(const gdf_build *build, gdf_word word);
/** What the word is in its command. */
GDF_API gdf_word_role gdf_word_get_role(const gdf_build *build, gdf_word word);
/** Bits of gdf_word_flag. */
GDF_API uint32_t gdf_word_get_flags(const gdf_build *build, gdf_word word);
/** Quotes and escapes resolved, expansions left as written. */
GDF_API gdf_str gdf_word_get_value(const gdf_build *build, gdf_word word);

/* ---- Names of the enums ---------------------------------------------------------------------- */

/** "base", "copy", "mount", "none"; static storage; "" for a foreign value. */
GDF_API const char *gdf_edge_kind_name(gdf_edge_kind kind);
/** The kind of edge with that name, in any case; NONE when there is none. */
GDF_API gdf_edge_kind gdf_edge_kind_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
