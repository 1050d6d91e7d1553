/* Questions about go commands, and edits of them, that the rules of building and of cgo share. */
#ifndef GDF_RULES_GO_COMMAND_EDITS_H
#define GDF_RULES_GO_COMMAND_EDITS_H

#include "rules/support.h"

/* Reports at `go build` of the command. */
void gdf__report_go(gdf__check *check, gdf__rule_id rule, const gdf__go_command *go);

/* True for a go build or go install whose program runs in a runtime target. Of foreign programs
 * (path@version) only those that one starts: the others are tools of a build or of people. */
bool gdf__go_makes_runtime_program(const gdf__check *check, const gdf__go_command *go);

/* The flag of that name ("race") in front of the packages, or 0. */
gdf_word gdf__go_find_flag(const gdf__check *check, const gdf__go_command *go, const char *name);

/* What the program is called in messages: its path in the runtime image, else "the program". */
gdf_str gdf__go_program_name(const gdf__check *check, const gdf__go_command *go);

/* True when words can be inserted as they are: not in a JSON array, not inside quotes, and the text
 * around was understood. */
bool gdf__go_is_editable(const gdf__check *check, const gdf__go_command *go);

/* Adds `NAME=value` to the environment of the command. */
gdf_status gdf__go_insert_assignment(gdf__check *check, gdf__edit_list *edits,
                                     const gdf__go_command *go, const char *assignment);

#endif
