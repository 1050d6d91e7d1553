/* Shell text to commands and words, every one with its range in the file. */
#ifndef GDF_SHELL_SHELL_H
#define GDF_SHELL_SHELL_H

#include <godockerfile/document.h>
#include <godockerfile/shell.h>

#include "base/arena.h"
#include "base/builder.h"
#include "base/table.h"
#include "text/fragment.h"

typedef struct gdf__word {
    uint32_t start; /* range in the source, quotes included */
    uint32_t end;
    gdf_str raw;             /* as written, the fragment's continuations gone */
    gdf_str value;           /* quotes and escapes resolved; expansions stay as written */
    uint16_t role;           /* gdf_word_role */
    uint16_t flags;          /* gdf_word_flag */
    uint32_t targets_before; /* words of role REDIRECTION in front of it in its command */
} gdf__word;

typedef struct gdf__redirection {
    gdf_word target; /* 0 when missing; for a heredoc its delimiter word */
    uint32_t start;  /* range of the operator with its descriptor, e.g. `2>` */
    uint32_t end;
} gdf__redirection;

typedef struct gdf__command {
    gdf_node instruction; /* the INSTRUCTION node whose text it stands in */
    uint32_t start; /* range in the source: first assignment or word to last word/redirection */
    uint32_t end;
    gdf_word first_word; /* its words in text order: assignments, name, arguments, and targets of
                            redirections, told apart by role; contiguous ids */
    uint32_t word_count;
    gdf_word name;   /* the first ARGUMENT word, or 0 (assignments or redirections only) */
    gdf_str program; /* base name of a literal name ("/usr/bin/go" gives "go"), or empty */
    uint32_t first_redirection; /* index into `redirections` */
    uint32_t redirection_count;
    gdf_command parent; /* the command whose substitution, wrapper or script holds it, or 0 */
    uint32_t group;     /* the list it stands in: same number = same list, 0-based per shell text */
    uint16_t before;    /* gdf_operator to the previous command of its list */
    uint16_t after;     /* gdf_operator to the next one; NONE when it is the last, except that a
                           trailing & is told */
    uint32_t operator_start; /* range of the operator in front of it; empty when none */
    uint32_t operator_end;
    uint16_t flags; /* gdf_command_flag */
    uint16_t depth; /* nesting of groups, substitutions and wrappers */
} gdf__command;

/* Grows over all instructions of a build. */
typedef struct gdf__shell {
    gdf__arena *arena;   /* for texts that are not in the source */
    gdf__table commands; /* of gdf__command; id = index + 1; in text order, outer before inner */
    gdf__table words;    /* of gdf__word; id = index + 1 */
    gdf__table redirections; /* of gdf__redirection */
    /* Working memory of the reader, kept from one text to the next (reader.h). */
    gdf__table frames;
    gdf__table inputs;
    gdf__table held_words;
    gdf__table held_redirections;
    gdf__table heredocs;
    gdf__table segments;
    gdf__builder values;
} gdf__shell;

void gdf__shell_init(gdf__shell *shell, gdf__arena *arena);
void gdf__shell_free(gdf__shell *shell);
bool gdf__shell_failed(const gdf__shell *shell);

/* Why a text is not understood. */
typedef enum gdf__shell_problem {
    GDF__SHELL_FINE,
    GDF__SHELL_OPEN_QUOTE,      /* ' or " without its second one; the range starts there */
    GDF__SHELL_OPEN_EXPANSION,  /* $(, ${, backtick, array… without its end */
    GDF__SHELL_OPEN_COMPOUND,   /* if without fi, ( without ), … */
    GDF__SHELL_MISSING_COMMAND, /* nothing behind the operator of the range */
    GDF__SHELL_UNEXPECTED,      /* the word or operator of the range cannot stand there */
    GDF__SHELL_TOO_DEEP         /* more than max_depth: the text itself may be right */
} gdf__shell_problem;

/* Result of reading one text. */
typedef struct gdf__script {
    gdf_command first_command; /* ids [first, first + count) */
    uint32_t command_count;
    bool understood;  /* false: something no shell of ours accepts; commands found so far are kept,
                         but no rule may edit this text */
    uint16_t problem; /* gdf__shell_problem: the first one, when not understood */
    uint32_t problem_start; /* range in the source */
    uint32_t problem_end;
    bool errexit;  /* `set -e` (or -eu…, -o errexit) is in force from its first commands on */
    bool pipefail; /* `set -o pipefail` is in force from its first commands on */
    bool pure_and_chain; /* the whole text is commands joined by && only, no group or compound */
} gdf__script;

/* Commands that stand in the text are listed in text order, outer before inner. A word of a wrapper
 * belongs to the wrapper and to the command that it runs: both rows share it. for, select and case
 * have a row with their head's words (GDF_COMMAND_FLAG_HEADER), [[ … ]] and ((…)) are commands;
 * other compound commands and their redirections have no row. A script that holds variables
 * (`sh -c "a $b"`) is read too, its expansions stay expansions; what is wrong in it is no problem.
 *
 * Reads shell text [start, end) of `fragment`. `flags` (gdf_command_flag) are given to every
 * command. `max_depth` bounds nesting; deeper text is skipped and `understood` becomes false.
 * Iterative: input never controls recursion depth beyond max_depth. Linear in the text. */
gdf__script gdf__shell_read(gdf__shell *shell, gdf_node instruction, const gdf__fragment *fragment,
                            size_t start, size_t end, uint16_t flags, uint32_t max_depth);

/* An exec-form (JSON) command: its words are ready. `arguments` are ARGUMENT nodes of `document`.
 * When the program is a shell with -c, its text is read too, as a child (ranges then cover the
 * JSON element as a whole when it has escapes, exact places when it has none). */
gdf__script gdf__shell_read_exec(gdf__shell *shell, const gdf_document *document,
                                 gdf_node instruction, const gdf_node *arguments, uint32_t count,
                                 uint32_t max_depth);

const gdf__command *gdf__shell_command(const gdf__shell *shell, gdf_command id); /* NULL for 0 */
const gdf__word *gdf__shell_word(const gdf__shell *shell, gdf_word id);          /* NULL for 0 */
/* Id of a word of the table. */
static inline gdf_word gdf__shell_word_id(const gdf__shell *shell, const gdf__word *word)
{
    return (gdf_word)(word - GDF__AT(shell->words, gdf__word, 0)) + 1;
}
/* Argument word `index` (0 = the name), or NULL; skips assignments and redirections. */
const gdf__word *gdf__shell_argument(const gdf__shell *shell, gdf_command id, uint32_t index);
uint32_t gdf__shell_count_arguments(const gdf__shell *shell, gdf_command id);
/* `program` of the command; empty for 0. */
gdf_str gdf__shell_program(const gdf__shell *shell, gdf_command id);
/* The last assignment of `name` in front of the command, or NULL; value behind `=`. */
const gdf__word *gdf__shell_assignment(const gdf__shell *shell, gdf_command id, const char *name);
/* Value part of an assignment word. */
gdf_str gdf__word_assigned_value(const gdf__word *word);

#endif
