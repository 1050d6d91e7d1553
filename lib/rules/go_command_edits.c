#include "rules/go_command_edits.h"

#include "base/slice.h"

void gdf__report_go(gdf__check *check, gdf__rule_id rule, const gdf__go_command *go)
{
    const gdf__word *name = gdf__shell_word(&check->build->shell, go->name_word);
    const gdf__word *subcommand = gdf__shell_word(&check->build->shell, go->subcommand_word);
    if (name && subcommand)
        gdf__report(check, rule, name->start, subcommand->end);
}

/* `go build ./...` compiles several packages and writes none of their programs. */
static bool only_compiles(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__word *package = gdf__shell_word(&check->build->shell, go->first_package);
    return gdf__str_is(go->subcommand, "build") && go->output.len == 0 && package &&
           (go->package_count > 1 || gdf__str_ends(package->value, "...")) &&
           !gdf__str_ends(package->value, ".go");
}

bool gdf__go_makes_runtime_program(const gdf__check *check, const gdf__go_command *go)
{
    return gdf__go_command_builds(go) && go->understood && go->runtime &&
           (go->started || !go->versioned) && !only_compiles(check, go);
}

gdf_word gdf__go_find_flag(const gdf__check *check, const gdf__go_command *go, const char *name)
{
    const gdf__shell *shell = &check->build->shell;
    uint32_t count = gdf__shell_count_arguments(shell, go->command);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, go->command, i);
        gdf_word id = gdf__shell_word_id(shell, word);
        if (id == go->first_package)
            return 0;
        gdf_str text = word->value;
        if (!gdf__str_starts(text, "-"))
            continue;
        text = gdf__str_slice(text, gdf__str_starts(text, "--") ? 2 : 1, text.len);
        if (gdf__str_is(gdf__str_slice(text, 0, gdf__str_find(text, '=', 0)), name))
            return id;
    }
    return 0;
}

gdf_str gdf__go_program_name(const gdf__check *check, const gdf__go_command *go)
{
    for (uint32_t i = 0; i < check->golang->artefacts.count; i++) {
        const gdf__artefact *row = GDF__AT(check->golang->artefacts, gdf__artefact, i);
        if (gdf__golang_command(check->golang, row->go_command) == go &&
            row->stage == go->runtime && !row->any_name)
            return row->path;
    }
    return GDF__LITERAL("the program");
}

/* ---- edits ----------------------------------------------------------------------------------- */

/* True when the command stands inside a quoted word of its parent. */
static bool is_inside_quotes(const gdf__shell *shell, const gdf__command *parent, uint32_t offset)
{
    for (uint32_t i = 0; i < parent->word_count; i++) {
        const gdf__word *word = gdf__shell_word(shell, parent->first_word + i);
        if (word->start < offset && offset < word->end)
            return (word->flags & GDF_WORD_FLAG_QUOTED) != 0;
    }
    return false;
}

bool gdf__go_is_editable(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__step *step = gdf__build_step(check->build, go->instruction);
    const gdf__command *row = gdf__shell_command(shell, go->command);
    if (!step->understood || row->flags & GDF_COMMAND_FLAG_EXEC_FORM)
        return false;
    for (const gdf__command *parent = gdf__shell_command(shell, row->parent); parent;
         parent = gdf__shell_command(shell, parent->parent)) {
        if (is_inside_quotes(shell, parent, row->start))
            return false;
    }
    return true;
}

/* Wrappers that hand the environment on; `env` takes assignments itself. */
static const char *const TRANSPARENT[] = {"command", "exec", "ionice", "nice",
                                          "nohup",   "time", "timeout"};

gdf_status gdf__go_insert_assignment(gdf__check *check, gdf__edit_list *edits,
                                     const gdf__go_command *go, const char *assignment)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__command *row = gdf__shell_command(shell, go->command);
    uint32_t start = row->start;
    gdf_command parent = row->parent;
    while (row->flags & GDF_COMMAND_FLAG_WRAPPED && parent) {
        row = gdf__shell_command(shell, parent);
        gdf_str program = gdf__shell_program(shell, parent);
        if (GDF__IS_ONE_OF(program, TRANSPARENT))
            start = row->start;
        else if (gdf__str_is(program, "env") || gdf__is_posix_shell(program))
            break;
        else
            return GDF_ERROR_ARGUMENT;
        parent = row->parent;
    }
    return gdf__edit_insert_word_before(edits, check->document, start, gdf__str(assignment));
}
