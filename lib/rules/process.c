/* PRC001, PRC008, PRC015: how the program is started and watched. */
#include "base/slice.h"
#include "rules/exec_form.h"

/* ---- PRC001 ---------------------------------------------------------------------------------------- */

/* True when something that could be a shell is copied into the stage. */
static bool copies_shell(const gdf__check *check, gdf_stage stage)
{
    static const char *const SHELLS[] = {"ash", "bash", "busybox", "dash", "sh"};
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    for (uint32_t i = 1; i < count; i++) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_DESTINATION, 0);
        gdf_part source = gdf_instruction_find_part(check->document, node, GDF_PART_SOURCE, 0);
        gdf_str to = gdf_part_get_value(check->document, part);
        gdf_str from = gdf_part_get_value(check->document, source);
        if (part && (gdf__str_is(to, "/") || gdf__str_is(to, "/bin") || gdf__str_is(to, "/bin/") ||
                     gdf__is_one_of(gdf__path_base(to), SHELLS, sizeof SHELLS / sizeof *SHELLS) ||
                     gdf__is_one_of(gdf__path_base(from), SHELLS, sizeof SHELLS / sizeof *SHELLS)))
            return true;
    }
    return false;
}

/* bash and busybox ash replace themselves by a program that ends the text; dash never does. */
static bool hands_over(const gdf__check *check, gdf_node node, gdf_str shell)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    if (gdf__str_is(shell, "dash") || gdf__str_is(shell, "sh") || !step->command_count)
        return false;
    const gdf__command *last = gdf__shell_command(&check->build->shell, step->first_command +
                                                                            step->command_count - 1);
    return (step->command_count == 1 || step->pure_and_chain) && last->after == GDF_OPERATOR_NONE;
}

static bool starts_with_exec(const gdf__check *check, gdf_node node)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    for (uint32_t i = 0; i < step->command_count; i++) {
        if (gdf__str_is(gdf__shell_program(&check->build->shell, step->first_command + i), "exec"))
            return true;
    }
    return false;
}

static void report_without_shell(gdf__check *check, gdf_node node)
{
    gdf__report_node(check, GDF__RULE_PRC001, node);
    gdf__say(check, "%s in shell form on an image without a shell: the container cannot start",
             gdf_instruction_kind_name(gdf_node_get_instruction(check->document, node)));
    gdf__set_severity(check, GDF_SEVERITY_ERROR);
    gdf__exec_form_fix(check, node, GDF_FIX_BUGFIX, true);
}

static void report_without_signals(gdf__check *check, gdf_node node, gdf_str shell)
{
    gdf__report_node(check, GDF__RULE_PRC001, node);
    gdf__say(check,
             "%s in shell form: %S stays process 1 and the program gets no SIGTERM, so it is "
             "killed after the grace period",
             gdf_instruction_kind_name(gdf_node_get_instruction(check->document, node)), shell);
    gdf__exec_form_fix(check, node, GDF_FIX_SAFE, false);
}

void gdf__check_shell_form(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf_node node = row->entrypoint ? row->entrypoint : row->command;
    if (!row->is_runtime || !node || gdf_build_find_stage(check->build, node) != stage ||
        gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON)
        return;
    bool no_shell =
        gdf__build_is_scratch(check->build, stage) || row->facts.has_shell == GDF__FACT_NO;
    uint32_t shell_words = gdf__build_count_shell_words(check->build, node);
    if (no_shell && !shell_words) {
        if (!copies_shell(check, stage))
            report_without_shell(check, node);
        return;
    }
    const gdf__step *step = gdf__build_step(check->build, node);
    gdf_str shell = gdf__path_base(gdf__build_get_shell_word(check->build, node, 0));
    if (shell_words && gdf__is_posix_shell(shell) && step->understood && step->command_count &&
        !starts_with_exec(check, node) && !hands_over(check, node, shell))
        report_without_signals(check, node, shell);
}

/* ---- PRC008 ---------------------------------------------------------------------------------------- */

static gdf_node find_expose(const gdf__check *check, gdf_stage stage)
{
    for (uint32_t i = gdf_stage_count_instructions(check->build, stage); i-- > 1;) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        if (gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_EXPOSE)
            return node;
    }
    return 0;
}

void gdf__check_healthcheck_missing(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf_node expose = find_expose(check, stage);
    if (!row->is_runtime || row->healthcheck || !expose)
        return;
    gdf__report_node(check, GDF__RULE_PRC008, expose);
    gdf__say(check, "a service without HEALTHCHECK: nothing notices when it hangs");
    gdf__note(check, "give the program a health subcommand and run it by HEALTHCHECK CMD "
                     "[\"/program\", \"healthcheck\"]");
}

/* ---- PRC015 ---------------------------------------------------------------------------------------- */

/* The elements of the exec form as JSON, from `first` on. */
static gdf_str elements(gdf__check *check, gdf_node node, uint32_t first, uint32_t last)
{
    gdf_str *words = gdf__arena_take(gdf__support_arena(check), (last - first) * sizeof *words);
    gdf_str array = gdf__empty;
    if (!words)
        return array;
    for (uint32_t i = first; i < last; i++)
        words[i - first] = gdf_part_get_value(
            check->document,
            gdf_instruction_find_part(check->document, node, GDF_PART_EXEC_ARGUMENT, i));
    gdf__edit_json_array(gdf__support_arena(check), words, last - first, &array);
    return array;
}

static void fix_command(gdf__check *check, gdf_node node, uint32_t count)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Make the program the ENTRYPOINT and its arguments the CMD");
    gdf_part keyword = gdf_instruction_find_part(check->document, node, GDF_PART_KEYWORD, 0);
    gdf_str entrypoint = gdf__edit_keyword(&fix->edits, check->document, "ENTRYPOINT");
    if (count == 1) {
        gdf__fix_end(check, gdf__edit_set_part(&fix->edits, check->document, keyword, entrypoint));
        return;
    }
    gdf_str lines = gdf__support_text(check, "%S %S\n%S %S", entrypoint,
                                      elements(check, node, 0, 1),
                                      gdf_part_get_value(check->document, keyword),
                                      elements(check, node, 1, count));
    gdf__fix_end(check, gdf__edit_replace_instruction(&fix->edits, check->document, node, lines));
}

/* More arguments than any program is given. */
enum { MAX_ARGUMENTS = 256 };

static uint32_t count_elements(const gdf__check *check, gdf_node node)
{
    uint32_t count = 0;
    while (count < MAX_ARGUMENTS && gdf_instruction_find_part(check->document, node,
                                                              GDF_PART_EXEC_ARGUMENT, count))
        count++;
    return count;
}

void gdf__check_binary_in_cmd(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf_node node = row->command;
    if (!row->is_runtime || row->entrypoint || !node ||
        gdf_build_find_stage(check->build, node) != stage ||
        !(gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON))
        return;
    uint32_t count = count_elements(check, node);
    gdf_str program = gdf_part_get_value(
        check->document,
        gdf_instruction_find_part(check->document, node, GDF_PART_EXEC_ARGUMENT, 0));
    gdf_str started = gdf__golang_started_program(check->golang, node);
    if (count == 0 || count == MAX_ARGUMENTS || !gdf__str_equal(program, started) ||
        !gdf__golang_started_artefact(check->golang, stage))
        return;
    gdf__report_node(check, GDF__RULE_PRC015, node);
    gdf__say(check,
             "%S stands in CMD: arguments of `docker run` replace the program instead of being "
             "given to it",
             program);
    fix_command(check, node, count);
}
