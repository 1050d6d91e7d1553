/* Questions that several rule families ask. */
#ifndef GDF_RULES_SUPPORT_H
#define GDF_RULES_SUPPORT_H

#include "facts/dates.h"
#include "rules/hooks.h"

/* The day that dated facts are judged by. */
gdf__date gdf__support_now(const gdf__check *check);

/* Reports at a part, at a word of shell text. */
void gdf__report_part(gdf__check *check, gdf__rule_id rule, gdf_part part);
void gdf__report_word(gdf__check *check, gdf__rule_id rule, gdf_word word);

/* Reports that a limit cut off what an instruction does: no rule knows what follows from it. */
void gdf__report_limit(gdf__check *check, gdf_node node, const char *limit);

/* The `index`th instruction (0-based) of a stage, FROM first; 0 past the last. */
gdf_node gdf__support_instruction(const gdf__check *check, gdf_stage stage, uint32_t index);
/* Position of an instruction in its stage. */
uint32_t gdf__support_position(const gdf__check *check, gdf_node node);

/* True when the RUN has a --mount of that type ("cache", "bind"; NULL for any) whose target is
 * `path` or a parent of it, once expanded. */
bool gdf__support_has_mount(const gdf__check *check, gdf_node run, const char *type, gdf_str path);

/* The flags of an instruction as written, with a blank behind each: "--chown=a:b --link ". Without
 * flags the empty text. */
gdf_str gdf__support_flags_text(const gdf__check *check, gdf_node node);

/* True when an argument of the instruction holds a `$`. */
bool gdf__support_has_variables(const gdf__check *check, gdf_node node);

/* The text of the instruction's source bytes. */
gdf_str gdf__support_source_text(const gdf__check *check, gdf_node node);

/* True when the build context is known and has no such file; false when it is not known. */
bool gdf__support_lacks_file(const gdf__check *check, const char *path);

/* An absolute path of the stage at an instruction for a COPY destination or WORKDIR text; empty
 * when it cannot be told. */
gdf_str gdf__support_destination(const gdf__check *check, gdf_node copy);

/* True for the instruction inside an ONBUILD, which runs in the image's children. */
bool gdf__support_is_nested(const gdf__check *check, gdf_node node);

/* True when comment lines stand between the lines of the instruction. */
bool gdf__support_has_inner_comments(const gdf__check *check, gdf_node node);

/* The argument word behind `word` in its command, the command's name for NULL; NULL at the end.
 * Walks a command in linear time, whatever stands between its words. */
const gdf__word *gdf__support_next_argument(const gdf__shell *shell, gdf_command command,
                                            const gdf__word *word);

/* Whether an instruction behind the FROM of a stage, or of one that it is built on, fits. `fits` is
 * asked once for each instruction at most, and only for those that an answer depends on. */
typedef struct gdf__chain_search {
    const gdf__check *check;
    bool (*fits)(const gdf__check *check, gdf_node instruction);
    char *answers; /* by stage - 1, in the findings' arena; NULL when memory is short */
} gdf__chain_search;

gdf__chain_search gdf__support_search_chains(const gdf__check *check,
                                             bool (*fits)(const gdf__check *check,
                                                          gdf_node instruction));
/* True when one fits, or when memory is short. */
bool gdf__support_chain_has(const gdf__chain_search *search, gdf_stage stage);

/* The base image of a stage as a message names it: the root of its chain, or, when that is not
 * known, the text of its own FROM. */
gdf_str gdf__support_base_text(const gdf__check *check, gdf_stage stage);

/* The arena of the findings, for texts that fixes hold. */
static inline gdf__arena *gdf__support_arena(const gdf__check *check)
{
    return check->findings->arena;
}

/* A text put together in the arena; the format of gdf__say(). */
gdf_str gdf__support_text(const gdf__check *check, const char *format, ...);

#endif
