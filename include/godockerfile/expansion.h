/**
 * @file expansion.h
 * What a word expands to where it stands, and where its variables get their values.
 *
 * The builder expands some fields of an instruction itself (a FROM's image, a COPY's paths), leaves
 * others to the shell (the text of RUN) and takes the rest as written.
 * gdf_part_get_expansion_mode() tells which; a gdf_expansion tells what comes out, and what each
 * `$…` in it stands for.
 */
#ifndef GODOCKERFILE_EXPANSION_H
#define GODOCKERFILE_EXPANSION_H

#include <godockerfile/build.h>
#include <godockerfile/instruction.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One expanded text. */
typedef struct gdf_expansion gdf_expansion;

/** What the builder does with the variables of a part. */
typedef enum gdf_expansion_mode {
    GDF_EXPANSION_NONE = 0,   /**< nothing: the text is taken as written */
    GDF_EXPANSION_WORD = 1,   /**< expanded to one text, quotes and escapes resolved */
    GDF_EXPANSION_WORDS = 2,  /**< expanded and split at white space: EXPOSE */
    GDF_EXPANSION_BODY = 3,   /**< a heredoc of COPY or ADD: expanded, quotes are ordinary text and
                                   the escape character is always a backslash */
    GDF_EXPANSION_SHELL = 4,  /**< nothing: the shell expands it when it runs */
    GDF_EXPANSION_LATER = 5,  /**< nothing now: inside ONBUILD, expanded when a child is built */
    GDF_EXPANSION_REFUSED = 6 /**< must be free of variables: COPY --from, a mount's from */
} gdf_expansion_mode;

/** Whether a variable has a value at some place. */
typedef enum gdf_variable_state {
    GDF_VARIABLE_UNSET = 0,    /**< nothing sets it: it expands to nothing, for certain */
    GDF_VARIABLE_SET = 1,      /**< it has a value that is known */
    GDF_VARIABLE_DECLARED = 2, /**< ARG without default: only a build argument would give a value */
    GDF_VARIABLE_BASE = 3      /**< the base image may set it, or sets it to what is not known */
} gdf_variable_state;

/** Who gives a variable its value. */
typedef enum gdf_variable_origin {
    GDF_ORIGIN_NONE = 0,           /**< nobody: unset, or declared without a value */
    GDF_ORIGIN_ENVIRONMENT = 1,    /**< ENV of this stage or of one that it is based on */
    GDF_ORIGIN_ARG_DEFAULT = 2,    /**< the default of an ARG, perhaps of a global one */
    GDF_ORIGIN_BUILD_ARGUMENT = 3, /**< the caller: GDF_OPTION_BUILD_ARG */
    GDF_ORIGIN_AUTOMATIC = 4,      /**< the builder: TARGETARCH and its like */
    GDF_ORIGIN_BASE_IMAGE = 5      /**< the base image, or the PATH that every image gets */
} gdf_variable_origin;

/** What the builder does with the variables of a part; NONE for a part that only holds others
 * (FLAG, OPTION, PAIR). A piece of a field (a tag, a user name) goes as its field does. */
GDF_API gdf_expansion_mode gdf_part_get_expansion_mode(const gdf_document *document, gdf_part part);

/* ---- Expansions ------------------------------------------------------------------------------ */

/**
 * Expands a part of the document of `build` as the builder does: against the variables in front of
 * its instruction; a pair of ARG sees the earlier pairs, too, and is expanded even when a build
 * argument replaces its default. A piece of a field is expanded by itself.
 * @param build must outlive the expansion.
 * @return NULL when memory is short or `build` is NULL. An unknown part gives the empty text. Free
 *         with gdf_expansion_free().
 */
GDF_API gdf_expansion *gdf_expansion_create(const gdf_build *build, gdf_part part);

/**
 * Expands any text as a WORD in front of an instruction (for FROM and what stands before the first
 * one, against the global ARGs). The text is copied; references have ranges in it.
 * @return as of gdf_expansion_create(); NULL also for a NULL text with a length.
 */
GDF_API gdf_expansion *gdf_expansion_create_text(const gdf_build *build, gdf_node instruction,
                                                 const char *text, size_t len);
/** Frees the expansion; NULL is accepted. */
GDF_API void gdf_expansion_free(gdf_expansion *expansion);

/** What the builder does here; WORD for gdf_expansion_create_text(). */
GDF_API gdf_expansion_mode gdf_expansion_get_mode(const gdf_expansion *expansion);
/** The result. Variables without a known value expand to nothing; the words of WORDS stand with one
 * space between them; NONE, SHELL, LATER and REFUSED give the text as written. Empty when the
 * builder refuses the text or it grows over GDF_OPTION_MAX_EXPANSION. */
GDF_API gdf_str gdf_expansion_get_text(const gdf_expansion *expansion);
/** 1 when the text does not hang on something that is not known here (a value that only a build
 * argument or the base image has), is not refused and not over the limit. What ARG gives by default
 * counts as known. */
GDF_API int gdf_expansion_is_certain(const gdf_expansion *expansion);
/** The builder's refusal in its words, or empty. */
GDF_API gdf_str gdf_expansion_get_error(const gdf_expansion *expansion);
/** Number of words: those of WORDS; one, the text, for the others. */
GDF_API uint32_t gdf_expansion_count_words(const gdf_expansion *expansion);
/** Word `index` (0-based), or empty. */
GDF_API gdf_str gdf_expansion_get_word(const gdf_expansion *expansion, uint32_t index);

/* ---- References: each `$name` and `${name…}` that was evaluated ------------------------------ */

/** Number of references, in text order, outer ones before inner ones; 0 for text that the builder
 * does not expand. When the builder refuses the text, those in front of the fault. */
GDF_API uint32_t gdf_expansion_count_references(const gdf_expansion *expansion);
/** Name of the variable of reference `index` (0-based). */
GDF_API gdf_str gdf_expansion_get_reference_name(const gdf_expansion *expansion, uint32_t index);
/** Range in the file, from the `$` to the end of the name or behind the `}`; the range of the whole
 * part where escapes were resolved around it. */
GDF_API uint32_t gdf_expansion_get_reference_start(const gdf_expansion *expansion, uint32_t index);
/** End of that range. */
GDF_API uint32_t gdf_expansion_get_reference_end(const gdf_expansion *expansion, uint32_t index);
/** Whether the variable has a value there. */
GDF_API gdf_variable_state gdf_expansion_get_reference_state(const gdf_expansion *expansion,
                                                             uint32_t index);
/** Value of the variable, before a modifier such as `:-word` is applied; empty unless SET. */
GDF_API gdf_str gdf_expansion_get_reference_value(const gdf_expansion *expansion, uint32_t index);
/** Who gives the variable its value. */
GDF_API gdf_variable_origin gdf_expansion_get_reference_origin(const gdf_expansion *expansion,
                                                               uint32_t index);
/** The PAIR of the ENV or ARG that the value is written in; 0 when it is not in the file. */
GDF_API gdf_part gdf_expansion_get_reference_origin_part(const gdf_expansion *expansion,
                                                         uint32_t index);
/** The PAIR of the ENV or ARG that assigned or declared the name last, also where the value comes
 * from elsewhere (a build argument, a global ARG); 0 when there is none. */
GDF_API gdf_part gdf_expansion_get_reference_declaration(const gdf_expansion *expansion,
                                                         uint32_t index);

/* ---- One variable, by name ------------------------------------------------------------------- */

/** Whether the variable has a value for an expansion in front of `instruction`; as for the
 * references. `name` is a name without `$`. */
GDF_API gdf_variable_state gdf_build_get_variable_state(const gdf_build *build,
                                                        gdf_node instruction, const char *name,
                                                        size_t len);
/** Its value; empty unless SET. */
GDF_API gdf_str gdf_build_get_variable_value(const gdf_build *build, gdf_node instruction,
                                             const char *name, size_t len);
/** Who gives it its value. */
GDF_API gdf_variable_origin gdf_build_get_variable_origin(const gdf_build *build,
                                                          gdf_node instruction, const char *name,
                                                          size_t len);
/** The PAIR that the value is written in, or 0. */
GDF_API gdf_part gdf_build_get_variable_origin_part(const gdf_build *build, gdf_node instruction,
                                                    const char *name, size_t len);
/** The PAIR that assigned or declared the name last, or 0. */
GDF_API gdf_part gdf_build_get_variable_declaration(const gdf_build *build, gdf_node instruction,
                                                    const char *name, size_t len);

/* ---- Names of the enums ---------------------------------------------------------------------- */

/** "none", "word", "words", "body", "shell", "later", "refused"; static storage; "" for a foreign
 * value. */
GDF_API const char *gdf_expansion_mode_name(gdf_expansion_mode mode);
/** The mode with that name, in any case; NONE when there is none. */
GDF_API gdf_expansion_mode gdf_expansion_mode_find(const char *name, size_t len);
/** "unset", "set", "declared", "base"; static storage; "" for a foreign value. */
GDF_API const char *gdf_variable_state_name(gdf_variable_state state);
/** The state with that name, in any case; UNSET when there is none. */
GDF_API gdf_variable_state gdf_variable_state_find(const char *name, size_t len);
/** "none", "environment", "arg-default", "build-argument", "automatic", "base-image"; static
 * storage; "" for a foreign value. */
GDF_API const char *gdf_variable_origin_name(gdf_variable_origin origin);
/** The origin with that name, in any case; NONE when there is none. */
GDF_API gdf_variable_origin gdf_variable_origin_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
