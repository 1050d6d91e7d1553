/* Shell texts and what was found in them, as text that a test can show. */
#ifndef GDF_TESTS_SHELL_DUMP_H
#define GDF_TESTS_SHELL_DUMP_H

#include "base/builder.h"
#include "shell/shell.h"

/* One line a command, outer before inner, two blanks of indentation for each level of depth:
 *
 *     && go [build] [-o] [/out dir]' env:CGO_ENABLED=0 2>[x] @12-34 ^1 conditional
 *
 * the operator in front (`-` for none), the words in text order, the range, the number of the
 * parent among the text's commands, flags. The name stands without brackets. Behind a word: '
 * quoted or escaped, $ a variable in it, ! a substitution, * a glob, ~ bytes differ from the value
 * without a quote. A last line tells what holds for the text: `errexit`, `pipefail`, `chain` (only
 * commands joined by &&), or the problem and its range. `source` is what ranges refer to. */
void shell_dump(gdf__builder *dump, const gdf__shell *shell, gdf__script script, gdf_str source);

typedef struct shell_case {
    const char *text;
    const char *expected; /* the dump */
} shell_case;

/* Fails the running test at the first case whose dump differs; shows text and dump. */
void shell_check_cases(const shell_case *cases, size_t count);

#endif
