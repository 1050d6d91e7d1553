/* PRC001, PRC008, PRC015: how the program is started and watched. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/exec_form.h"

/* ---- PRC001 ---------------------------------------------------------------------------------- */

static bool names_shell(gdf_str path)
{
    static const char *const SHELLS[] = {"ash", "bash", "busybox", "dash", "sh"};
    return GDF__IS_ONE_OF(gdf__path_base(path), SHELLS);
}

/* A tree copied there may hold /bin/sh; a program of the build may not. */
static bool may_hold_shell(const gdf__check *check, gdf_node copy, gdf_str to, gdf_str source)
{
    static const char *const PLACES[] = {"/", "/bin", "/usr", "/usr/bin"};
    if (to.len && !GDF__IS_ONE_OF(to, PLACES))
        return false;
    gdf_str path = gdf__support_text(check, gdf__str_is(to, "/") ? "%S%S" : "%S/%S", to,
                                     gdf__path_base(source));
    return !gdf__golang_find_artefact(check->golang, gdf_build_find_stage(check->build, copy),
                                      path);
}

static bool copies_shell(const gdf__check *check, gdf_node copy)
{
    gdf_instruction_kind instruction = gdf_node_get_instruction(check->document, copy);
    if (instruction != GDF_INSTRUCTION_COPY && instruction != GDF_INSTRUCTION_ADD)
        return false;
    uint32_t count = gdf_instruction_count_parts(check->document, copy);
    gdf_str to = gdf__support_destination(check, copy);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(check->document, copy, i);
        gdf_part_kind kind = gdf_part_get_kind(check->document, part);
        gdf_str path = gdf_part_get_value(check->document, part);
        if (kind == GDF_PART_DESTINATION && names_shell(path))
            return true;
        if (kind == GDF_PART_SOURCE && (names_shell(path) || may_hold_shell(check, copy, to, path)))
            return true;
    }
    return false;
}

/* The shell that SHELL names; `sh` is what the image makes of it. */
static gdf__shell_family resolve_shell(const gdf__go_stage *row, gdf_str name)
{
    if (gdf__str_is(name, "bash"))
        return GDF__SHELL_PROGRAM_BASH;
    if (gdf__str_is(name, "dash"))
        return GDF__SHELL_PROGRAM_DASH;
    if (gdf__str_is(name, "ash"))
        return GDF__SHELL_PROGRAM_ASH;
    return gdf__str_is(name, "sh") ? row->facts.shell : GDF__SHELL_PROGRAM_UNKNOWN;
}

static bool runs_exec(const gdf__check *check, gdf_node node)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    for (uint32_t i = 0; i < step->command_count; i++) {
        if (gdf__str_is(gdf__shell_program(&check->build->shell, step->first_command + i), "exec"))
            return true;
    }
    return false;
}

static const char *keyword_of(const gdf__check *check, gdf_node node)
{
    return gdf_instruction_kind_name(gdf_node_get_instruction(check->document, node));
}

static void report_without_shell(gdf__check *check, gdf_stage stage, gdf_node node)
{
    gdf__report_node(check, GDF__RULE_PRC001, node);
    gdf__say(check, "%s in shell form, and %S has no shell: the container cannot start",
             keyword_of(check, node), gdf__support_base_text(check, stage));
    gdf__set_severity(check, GDF_SEVERITY_ERROR);
    gdf__exec_form_fix(check, node, GDF_FIX_BUGFIX, true);
}

static void report_without_signals(gdf__check *check, gdf_node node, gdf_str shell,
                                   bool replaces_itself)
{
    gdf__report_node(check, GDF__RULE_PRC001, node);
    if (replaces_itself) {
        gdf__say(check, "%s in shell form: %S is process 1 until it replaces itself by the program",
                 keyword_of(check, node), shell);
        gdf__set_severity(check, GDF_SEVERITY_INFO);
    } else {
        gdf__say(check,
                 "%s in shell form: %S stays process 1 and the program gets no SIGTERM, so it is "
                 "killed after the grace period",
                 keyword_of(check, node), shell);
    }
    gdf__exec_form_fix(check, node, GDF_FIX_SAFE, false);
}

/* Where CHK007 does not report: SHELL is set. bash and busybox ash replace themselves by the
 * program that ends the text, dash does not. */
static void check_signals(gdf__check *check, gdf_node node, const gdf__go_stage *row)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    gdf_str shell = gdf__path_base(gdf__build_get_shell_word(check->build, node, 0));
    gdf__shell_family family = resolve_shell(row, shell);
    if (step->understood && step->command_count && family > GDF__SHELL_PROGRAM_NONE &&
        !runs_exec(check, node))
        report_without_signals(check, node, shell,
                               family != GDF__SHELL_PROGRAM_DASH &&
                                   gdf__exec_form_ends_simple(check, node));
}

void gdf__check_shell_form(gdf__check *check)
{
    gdf__chain_search shells = gdf__support_search_chains(check, copies_shell);
    uint32_t count = gdf_build_count_stages(check->build);
    for (gdf_stage stage = 1; stage <= count; stage++) {
        const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
        gdf_node node = row->entrypoint ? row->entrypoint : row->command;
        if (!row->is_runtime || !node || gdf_build_find_stage(check->build, node) != stage ||
            gdf__build_stage(check->build, stage)->is_windows ||
            gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON)
            continue;
        bool no_shell =
            gdf__build_is_scratch(check->build, stage) || row->facts.has_shell == GDF__FACT_NO;
        if (gdf__build_count_shell_words(check->build, node))
            check_signals(check, node, row);
        else if (no_shell && !gdf__support_chain_has(&shells, stage))
            report_without_shell(check, stage, node);
    }
}

/* ---- PRC008 ---------------------------------------------------------------------------------- */

static bool exposes(const gdf__check *check, gdf_node node)
{
    return gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_EXPOSE;
}

static gdf_node find_expose(const gdf__check *check, gdf_stage stage)
{
    for (uint32_t i = gdf_stage_count_instructions(check->build, stage); i-- > 1;) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        if (exposes(check, node))
            return node;
    }
    return 0;
}

/* The framework of the program that the stage starts, when go.mod requires one; else empty. */
static gdf_str find_framework(const gdf__check *check, gdf_stage stage)
{
    const gdf__artefact *artefact = gdf__golang_started_artefact(check->golang, stage);
    bool own = artefact && !gdf__golang_command(check->golang, artefact->go_command)->versioned;
    return own ? check->golang->requirements.server : gdf__empty;
}

static void report_healthcheck(gdf__check *check, gdf_stage stage, gdf_str framework)
{
    gdf_node expose = find_expose(check, stage);
    gdf_node from = gdf_stage_get_instruction(check->build, stage);
    if (expose)
        gdf__report_node(check, GDF__RULE_PRC008, expose);
    else
        gdf__report_part(check, GDF__RULE_PRC008,
                         gdf_instruction_find_part(check->document, from, GDF_PART_IMAGE, 0));
    if (framework.len)
        gdf__say(check,
                 "a service (go.mod requires %S) without HEALTHCHECK: nothing notices when it "
                 "hangs",
                 framework);
    else
        gdf__say(check, "a service without HEALTHCHECK: nothing notices when it hangs");
    gdf__note(check, "give the program a health subcommand and run it by HEALTHCHECK CMD "
                     "[\"/program\", \"healthcheck\"]");
}

void gdf__check_healthcheck_missing(gdf__check *check)
{
    gdf__chain_search services = gdf__support_search_chains(check, exposes);
    uint32_t count = gdf_build_count_stages(check->build);
    for (gdf_stage stage = 1; stage <= count; stage++) {
        const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
        if (!row->is_runtime || row->healthcheck)
            continue;
        bool exposed = gdf__support_chain_has(&services, stage);
        gdf_str framework = exposed ? gdf__empty : find_framework(check, stage);
        if (exposed || framework.len)
            report_healthcheck(check, stage, framework);
    }
}

/* ---- PRC015 ---------------------------------------------------------------------------------- */

/* The elements of an exec form. More than any program is given are not read. */
enum { MAX_ARGUMENTS = 256 };

typedef struct elements {
    gdf_str words[MAX_ARGUMENTS];
    uint32_t count; /* MAX_ARGUMENTS: or more */
} elements;

static void read_elements(const gdf__check *check, gdf_node node, elements *result)
{
    uint32_t count = gdf_instruction_count_parts(check->document, node);
    result->count = 0;
    for (uint32_t i = 0; i < count && result->count < MAX_ARGUMENTS; i++) {
        gdf_part part = gdf_instruction_get_part(check->document, node, i);
        if (gdf_part_get_kind(check->document, part) == GDF_PART_EXEC_ARGUMENT)
            result->words[result->count++] = gdf_part_get_value(check->document, part);
    }
}

static gdf_str array_of(const gdf__check *check, const elements *program, uint32_t first,
                        uint32_t end)
{
    gdf_str array = gdf__empty;
    gdf__edit_json_array(gdf__support_arena(check), program->words + first, end - first, &array);
    return array;
}

/* A second CMD of the stage, which would then give the arguments; and comments between the lines of
 * the instruction, which would be lost. */
static const char *refuse_command_fix(const gdf__check *check, gdf_stage stage, gdf_node node)
{
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    for (uint32_t i = 1; i < count; i++) {
        gdf_node other = gdf__support_instruction(check, stage, i);
        if (other != node &&
            gdf_node_get_instruction(check->document, other) == GDF_INSTRUCTION_CMD)
            return "the stage has another CMD: remove it first";
    }
    return gdf__support_has_inner_comments(check, node)
               ? "comments stand inside the instruction: split it by hand"
               : NULL;
}

static void fix_command(gdf__check *check, gdf_stage stage, gdf_node node, const elements *program)
{
    const char *refusal = refuse_command_fix(check, stage, node);
    if (refusal) {
        gdf__note(check, "%s", refusal);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Make the program the ENTRYPOINT and its arguments the CMD");
    gdf_part keyword = gdf_instruction_find_part(check->document, node, GDF_PART_KEYWORD, 0);
    gdf_str entrypoint = gdf__edit_keyword(&fix->edits, check->document, "ENTRYPOINT");
    if (program->count == 1) {
        gdf__fix_end(check, gdf__edit_set_part(&fix->edits, check->document, keyword, entrypoint));
        return;
    }
    gdf_str lines = gdf__support_text(
        check, "%S %S\n%S %S", entrypoint, array_of(check, program, 0, 1),
        gdf_part_get_value(check->document, keyword), array_of(check, program, 1, program->count));
    gdf__fix_end(check, gdf__edit_replace_instruction(&fix->edits, check->document, node, lines));
}

/* True when the comment above says that the command is there to be replaced. */
static bool is_meant_to_be_replaced(const gdf__check *check, gdf_node node)
{
    const gdf__logical_line *line = gdf__document_line(check->document, node);
    for (gdf_node comment = line->comments; comment && comment < node;
         comment = gdf__document_node(check->document, comment)->next) {
        gdf_str text = gdf_node_get_value(check->document, comment);
        if (gdf__str_contains(text, "verrid") || gdf__str_contains(text, "verwrit"))
            return true;
    }
    return false;
}

/* An image outside the tables, or a server's, may have an ENTRYPOINT of its own. */
static bool base_may_have_entrypoint(const gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    return !gdf__build_is_scratch(check->build, stage) &&
           (row->facts.family == GDF__IMAGE_UNKNOWN || row->facts.family == GDF__IMAGE_OFFICIAL);
}

/* In an image of several programs CMD says which of them runs by default. */
static bool has_other_program(const gdf__check *check, gdf_stage stage,
                              const gdf__artefact *started)
{
    for (uint32_t i = 0; i < check->golang->artefacts.count; i++) {
        const gdf__artefact *row = GDF__AT(check->golang->artefacts, gdf__artefact, i);
        const gdf__go_command *go = gdf__golang_command(check->golang, row->go_command);
        if (row->stage == stage && row != started && !go->versioned &&
            !gdf__str_equal(row->path, started->path))
            return true;
    }
    return false;
}

void gdf__check_binary_in_cmd(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf_node node = row->command;
    if (!row->is_runtime || row->entrypoint || !node ||
        gdf_build_find_stage(check->build, node) != stage ||
        !(gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON) ||
        base_may_have_entrypoint(check, stage) || is_meant_to_be_replaced(check, node))
        return;
    elements program;
    read_elements(check, node, &program);
    gdf_str started = gdf__golang_started_program(check->golang, node);
    const gdf__artefact *artefact = gdf__golang_started_artefact(check->golang, stage);
    if (program.count == 0 || program.count == MAX_ARGUMENTS ||
        !gdf__str_equal(program.words[0], started) || !artefact ||
        has_other_program(check, stage, artefact))
        return;
    gdf__report_node(check, GDF__RULE_PRC015, node);
    gdf__say(check,
             "%S stands in CMD: arguments of `docker run` replace the program instead of being "
             "given to it",
             started);
    fix_command(check, stage, node, &program);
}
