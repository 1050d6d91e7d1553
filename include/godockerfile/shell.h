/**
 * @file shell.h
 * The commands that an instruction runs, found without running anything.
 *
 * Shell text of RUN, CMD, ENTRYPOINT, HEALTHCHECK and ONBUILD bodies, heredocs included, is read as
 * POSIX shell (plus what bash, dash and busybox ash add). Simple commands are found at any depth:
 * lists, pipes, groups, subshells, compound commands, substitutions, and behind wrappers such as
 * `env`, `exec`, `time`, `sh -c '…'`. Commands and words are ids inside a gdf_build (build.h).
 */
#ifndef GODOCKERFILE_SHELL_H
#define GODOCKERFILE_SHELL_H

#include <godockerfile/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A simple command: an id from 1 inside one build; 0 = none. */
typedef uint32_t gdf_command;
/** A word of a simple command: an id from 1 inside one build; 0 = none. */
typedef uint32_t gdf_word;

/** What stands between a command and the one before it in the same list. */
typedef enum gdf_operator {
    GDF_OPERATOR_NONE = 0,      /**< the first of its list */
    GDF_OPERATOR_AND = 1,       /**< && */
    GDF_OPERATOR_OR = 2,        /**< || */
    GDF_OPERATOR_SEMICOLON = 3, /**< ; or a newline */
    GDF_OPERATOR_PIPE = 4,      /**< | or |& */
    GDF_OPERATOR_BACKGROUND = 5 /**< & */
} gdf_operator;

/** Bits that say where a command stands. */
typedef enum gdf_command_flag {
    GDF_COMMAND_FLAG_SUBSHELL = 1,     /**< in ( … ) */
    GDF_COMMAND_FLAG_SUBSTITUTION = 2, /**< in $( … ), `…`, <( … ) */
    GDF_COMMAND_FLAG_CONDITIONAL =
        4,                           /**< may not run: after || or in the body of if, while, case */
    GDF_COMMAND_FLAG_LOOP = 8,       /**< in the body of for, while or until */
    GDF_COMMAND_FLAG_NEGATED = 16,   /**< after ! */
    GDF_COMMAND_FLAG_WRAPPED = 32,   /**< run by the wrapper command that is its parent */
    GDF_COMMAND_FLAG_WRAPPER = 64,   /**< runs another command that is listed too (its child) */
    GDF_COMMAND_FLAG_FUNCTION = 128, /**< in the body of a function */
    GDF_COMMAND_FLAG_EXEC_FORM = 256, /**< from a JSON array, no shell in between */
    GDF_COMMAND_FLAG_HEREDOC = 512,   /**< in the body of a heredoc of the instruction */
    GDF_COMMAND_FLAG_HEADER = 1024    /**< no program: the head of for, select or case, its words
                                           up to the list; the keyword is its name */
} gdf_command_flag;

/** What a word is in its command. */
typedef enum gdf_word_role {
    GDF_WORD_ARGUMENT = 0,   /**< the name or an argument */
    GDF_WORD_ASSIGNMENT = 1, /**< NAME=value in front of the name */
    GDF_WORD_REDIRECTION = 2 /**< target of a redirection; the operator is not part of it */
} gdf_word_role;

/** Bits that say how a word is written. */
typedef enum gdf_word_flag {
    GDF_WORD_FLAG_LITERAL = 1,      /**< no $ or backtick expansion: its value is certain */
    GDF_WORD_FLAG_QUOTED = 2,       /**< holds a quote or an escape */
    GDF_WORD_FLAG_VARIABLE = 4,     /**< holds $name, ${…} or $((…)) */
    GDF_WORD_FLAG_SUBSTITUTION = 8, /**< holds $(…) or `…` */
    GDF_WORD_FLAG_GLOB = 16,        /**< holds an unquoted * ? [ */
    GDF_WORD_FLAG_EXACT = 32        /**< its bytes in the file are its value: no quotes, no gap */
} gdf_word_flag;

/* ---- Names of the enums ---------------------------------------------------------------------- */

/** "none", "and", "or", "semicolon", "pipe", "background"; static storage; "" for a foreign value.
 */
GDF_API const char *gdf_operator_name(gdf_operator kind);
/** The operator with that name, in any case; NONE when there is none. */
GDF_API gdf_operator gdf_operator_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
