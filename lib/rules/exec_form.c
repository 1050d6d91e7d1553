#include "rules/exec_form.h"

#include "base/slice.h"

/* Words that a shell runs itself: there is no such program to execute. */
static const char *const BUILTINS[] = {":",      ".",    "[",     "alias", "bg",    "break", "cd",
                                       "eval",   "exec", "exit",  "export", "fg",   "jobs",  "read",
                                       "return", "set",  "shift", "source", "test", "times", "trap",
                                       "type",   "ulimit", "umask", "unset", "wait"};

static bool is_builtin(gdf_str name)
{
    return gdf__is_one_of(name, BUILTINS, sizeof BUILTINS / sizeof *BUILTINS);
}

static gdf_part command_part(const gdf__check *check, gdf_node node)
{
    return gdf_instruction_find_part(check->document, node, GDF_PART_COMMAND, 0);
}

/* The words of a single command that a shell would pass on as they are. */
static gdf_str plain_words(gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    gdf_command command = step->first_command;
    const gdf__command *row = gdf__shell_command(shell, command);
    if (step->command_count != 1 || row->redirection_count || !row->name ||
        row->first_word != row->name || row->after != GDF_OPERATOR_NONE ||
        row->flags & (GDF_COMMAND_FLAG_SUBSHELL | GDF_COMMAND_FLAG_NEGATED |
                      GDF_COMMAND_FLAG_CONDITIONAL | GDF_COMMAND_FLAG_LOOP))
        return gdf__empty;
    size_t size = 0;
    if (!gdf__multiply(row->word_count, sizeof(gdf_str), &size))
        return gdf__empty;
    gdf_str *words = gdf__arena_take(gdf__support_arena(check), size);
    for (uint32_t i = 0; words && i < row->word_count; i++) {
        const gdf__word *word = gdf__shell_word(shell, row->first_word + i);
        const unsigned wanted = GDF_WORD_FLAG_LITERAL;
        const unsigned refused = GDF_WORD_FLAG_GLOB | GDF_WORD_FLAG_QUOTED;
        if ((word->flags & wanted) != wanted || word->flags & refused ||
            gdf__str_starts(word->value, "~"))
            return gdf__empty;
        words[i] = word->value;
    }
    gdf_str array = gdf__empty;
    if (!words || is_builtin(words[0]) ||
        !gdf__edit_json_array(gdf__support_arena(check), words, row->word_count, &array))
        return gdf__empty;
    return array;
}

/* Where `exec ` goes: in front of the last command of a plain list; UINT32_MAX when it must not. */
static uint32_t exec_place(const gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__command *last =
        gdf__shell_command(shell, step->first_command + step->command_count - 1);
    bool simple = step->command_count == 1 || step->pure_and_chain;
    bool chained = last->before == GDF_OPERATOR_NONE || last->before == GDF_OPERATOR_AND;
    gdf_str program =
        gdf__shell_program(shell, step->first_command + step->command_count - 1);
    if (!simple || !chained || last->after != GDF_OPERATOR_NONE || !last->name ||
        last->first_word != last->name || last->flags & GDF_COMMAND_FLAG_WRAPPED ||
        is_builtin(program))
        return UINT32_MAX;
    return last->start;
}

/* `["/bin/sh", "-c", "… exec program"]`. */
static gdf_str through_shell(gdf__check *check, gdf_node node, const gdf__step *step)
{
    gdf_part part = command_part(check, node);
    gdf_str text = gdf_part_get_value(check->document, part);
    uint32_t start = gdf_part_get_start(check->document, part);
    uint32_t place = exec_place(check, step);
    bool exact = gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_EXACT;
    if (place == UINT32_MAX || !exact || step->command_count == 0)
        return gdf__empty;
    size_t at = place - start;
    gdf_str words[] = {GDF__LITERAL("/bin/sh"), GDF__LITERAL("-c"),
                       gdf__support_text(check, "%Sexec %S", gdf__str_slice(text, 0, at),
                                         gdf__str_slice(text, at, text.len))};
    gdf_str array = gdf__empty;
    gdf__edit_json_array(gdf__support_arena(check), words, sizeof words / sizeof *words, &array);
    return array;
}

gdf__exec_form gdf__exec_form_of(gdf__check *check, gdf_node node)
{
    gdf__exec_form form = {.array = gdf__empty};
    const gdf__step *step = gdf__build_step(check->build, node);
    gdf_part part = command_part(check, node);
    if (!step || !part || !step->understood || step->command_count == 0)
        return form;
    form.start = gdf_part_get_start(check->document, part);
    form.end = gdf_part_get_end(check->document, part);
    form.array = plain_words(check, step);
    form.is_plain = form.array.len > 0;
    if (!form.is_plain)
        form.array = through_shell(check, node, step);
    return form;
}

void gdf__exec_form_fix(gdf__check *check, gdf_node node, gdf_fix_class plain_class,
                        bool plain_only)
{
    gdf__exec_form form = gdf__exec_form_of(check, node);
    if (form.array.len == 0 || (plain_only && !form.is_plain)) {
        gdf__note(check, "the command uses the shell: write it as a JSON array by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, form.is_plain ? plain_class : GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Write it as %S", form.array);
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document,
                                               (gdf__edit_range){form.start, form.end},
                                               form.array));
}
