#include "golang/environment.h"

#include "base/slice.h"
#include "golang/paths.h"

static const char *const NAMES[GDF__GO_VARIABLE_COUNT] = {
#define GDF_GO_VARIABLE(name) #name,
#include "golang/go_variables.def"
#undef GDF_GO_VARIABLE
};

static const uint32_t NO_GROUP = UINT32_MAX;

static gdf__go_setting unknown_setting(void)
{
    return (gdf__go_setting){GDF__SETTING_UNKNOWN, gdf__empty};
}

static gdf__go_setting from_build(const gdf_build *build, gdf_node instruction, const char *name)
{
    gdf__variable variable = gdf__build_find_variable(build, instruction, gdf__str(name));
    switch (variable.state) {
    case GDF__VARIABLE_SET:
        if (variable.flags & GDF__VALUE_UNKNOWN)
            return unknown_setting();
        return (gdf__go_setting){GDF__SETTING_KNOWN, variable.value};
    case GDF__VARIABLE_DECLARED:
        return variable.is_declared ? unknown_setting()
                                    : (gdf__go_setting){GDF__SETTING_UNSET, gdf__empty};
    case GDF__VARIABLE_UNSET:
    case GDF__VARIABLE_BASE: break;
    }
    return (gdf__go_setting){GDF__SETTING_UNSET, gdf__empty};
}

void gdf__environment_begin(gdf__environment *environment, const gdf_build *build,
                            gdf_node instruction, gdf__arena *arena)
{
    *environment = (gdf__environment){.build = build,
                                      .arena = arena,
                                      .instruction = instruction,
                                      .subshell_group = NO_GROUP,
                                      .outer_workdir = gdf__empty};
    for (int i = 0; i < GDF__GO_VARIABLE_COUNT; i++)
        environment->settings[i] = from_build(build, instruction, NAMES[i]);
    const gdf__image_state *state = gdf__build_state_before(build, instruction);
    environment->workdir =
        state->workdir.flags & GDF__VALUE_UNKNOWN ? gdf__empty : state->workdir.text;
}

/* The value of a shell word: literal, or one plain variable that the build knows. */
static gdf__go_setting shell_value(const gdf__environment *environment, gdf_str text, bool literal)
{
    if (literal || !gdf__str_has_byte(text, '$'))
        return (gdf__go_setting){gdf__str_has_byte(text, '`') && !literal ? GDF__SETTING_UNKNOWN
                                                                          : GDF__SETTING_KNOWN,
                                 text};
    gdf_str name = gdf__str_slice(text, 1, text.len);
    if (gdf__str_starts(text, "${") && gdf__str_ends(text, "}"))
        name = gdf__str_slice(text, 2, text.len - 1);
    gdf__variable variable =
        gdf__build_find_variable(environment->build, environment->instruction, name);
    if (text.ptr[0] != '$' || variable.state != GDF__VARIABLE_SET ||
        variable.flags & (GDF__VALUE_UNKNOWN | GDF__VALUE_AUTOMATIC))
        return unknown_setting();
    return (gdf__go_setting){GDF__SETTING_KNOWN, variable.value};
}

static void assign(gdf__environment *environment, const gdf__word *word)
{
    size_t equals = gdf__str_find(word->value, '=', 0);
    gdf_str name = gdf__str_slice(word->value, 0, equals);
    for (int i = 0; i < GDF__GO_VARIABLE_COUNT && equals < word->value.len; i++) {
        if (gdf__str_is(name, NAMES[i]))
            environment->settings[i] = shell_value(environment, gdf__word_assigned_value(word),
                                                   (word->flags & GDF_WORD_FLAG_LITERAL) != 0);
    }
}

/* Assignments in front of the command, and for `env` those among its arguments. */
static void assign_all(gdf__environment *environment, gdf_command command, bool arguments_too)
{
    const gdf__shell *shell = &environment->build->shell;
    const gdf__command *row = gdf__shell_command(shell, command);
    for (uint32_t i = 0; i < row->word_count; i++) {
        const gdf__word *word = gdf__shell_word(shell, row->first_word + i);
        if (word->role == GDF_WORD_ASSIGNMENT || (arguments_too && word->role == GDF_WORD_ARGUMENT))
            assign(environment, word);
    }
}

gdf__environment gdf__environment_for(const gdf__environment *environment, gdf_command command)
{
    gdf__environment own = *environment;
    const gdf__shell *shell = &environment->build->shell;
    const gdf__command *row = gdf__shell_command(shell, command);
    if (row->flags & GDF_COMMAND_FLAG_WRAPPED) {
        const gdf__command *wrapper = gdf__shell_command(shell, row->parent);
        for (gdf_command id = row->parent; wrapper && wrapper->flags & GDF_COMMAND_FLAG_WRAPPER;
             id = wrapper->parent, wrapper = gdf__shell_command(shell, id))
            assign_all(&own, id, gdf__str_is(gdf__shell_program(shell, id), "env"));
    }
    assign_all(&own, command, false);
    return own;
}

static void change_directory(gdf__environment *environment, gdf_command command)
{
    const gdf__word *target = gdf__shell_argument(&environment->build->shell, command, 1);
    gdf_str directory = gdf__empty;
    if (target)
        directory = gdf__paths_expand(environment->build, environment->instruction, target,
                                      environment->arena);
    environment->workdir =
        gdf__golang_absolute_path(environment->arena, environment->workdir, directory);
}

/* Keeps the state outside a subshell while its list runs, and returns to it behind. */
static void follow_groups(gdf__environment *environment, const gdf__command *row)
{
    bool inside = (row->flags & GDF_COMMAND_FLAG_SUBSHELL) != 0;
    if (inside && environment->subshell_group == NO_GROUP) {
        environment->subshell_group = row->group;
        environment->outer_workdir = environment->workdir;
        for (int i = 0; i < GDF__GO_VARIABLE_COUNT; i++)
            environment->outer_settings[i] = environment->settings[i];
    } else if (environment->subshell_group != NO_GROUP &&
               (!inside || row->group > environment->subshell_group)) {
        environment->workdir = environment->outer_workdir;
        for (int i = 0; i < GDF__GO_VARIABLE_COUNT; i++)
            environment->settings[i] = environment->outer_settings[i];
        environment->subshell_group = inside ? row->group : NO_GROUP;
    }
}

void gdf__environment_enter(gdf__environment *environment, gdf_command command)
{
    follow_groups(environment, gdf__shell_command(&environment->build->shell, command));
}

void gdf__environment_after(gdf__environment *environment, gdf_command command)
{
    const gdf__shell *shell = &environment->build->shell;
    const gdf__command *row = gdf__shell_command(shell, command);
    if (row->flags & GDF_COMMAND_FLAG_SUBSTITUTION)
        return;
    gdf_str program = gdf__shell_program(shell, command);
    if (gdf__str_is(program, "cd"))
        change_directory(environment, command);
    else if (gdf__str_is(program, "export"))
        assign_all(environment, command, true);
}

gdf__go_setting gdf__environment_get(const gdf__environment *environment, gdf__go_variable variable)
{
    return environment->settings[variable];
}
