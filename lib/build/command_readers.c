/* The public readers of commands and words. */
#include "base/slice.h"
#include "build/build.h"

static const gdf__command *command_at(const gdf_build *build, gdf_command command)
{
    return build ? gdf__shell_command(&build->shell, command) : NULL;
}

static const gdf__word *word_at(const gdf_build *build, gdf_word word)
{
    return build ? gdf__shell_word(&build->shell, word) : NULL;
}

uint32_t gdf_build_count_commands(const gdf_build *build)
{
    return build ? build->shell.commands.count : 0;
}

/* The row of the instruction itself; other nodes have no commands. */
static const gdf__step *own_step(const gdf_build *build, gdf_node instruction)
{
    if (!build || gdf_node_get_kind(build->document, instruction) != GDF_NODE_INSTRUCTION)
        return NULL;
    return gdf__build_step(build, instruction);
}

gdf_command gdf_build_find_command(const gdf_build *build, gdf_node instruction)
{
    const gdf__step *step = own_step(build, instruction);
    return step ? step->first_command : 0;
}

uint32_t gdf_build_count_instruction_commands(const gdf_build *build, gdf_node instruction)
{
    const gdf__step *step = own_step(build, instruction);
    return step ? step->command_count : 0;
}

int gdf_build_is_shell_understood(const gdf_build *build, gdf_node instruction)
{
    const gdf__step *step = own_step(build, instruction);
    return step && step->understood;
}

/* ---- commands -------------------------------------------------------------------------------- */

gdf_node gdf_command_get_instruction(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? row->instruction : 0;
}

uint32_t gdf_command_get_start(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? row->start : 0;
}

uint32_t gdf_command_get_end(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? row->end : 0;
}

gdf_str gdf_command_get_program(const gdf_build *build, gdf_command command)
{
    return build ? gdf__shell_program(&build->shell, command) : gdf__empty;
}

gdf_command gdf_command_get_parent(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? row->parent : 0;
}

gdf_operator gdf_command_get_operator(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? (gdf_operator)row->before : GDF_OPERATOR_NONE;
}

uint32_t gdf_command_get_flags(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? row->flags : 0;
}

uint32_t gdf_command_count_words(const gdf_build *build, gdf_command command)
{
    const gdf__command *row = command_at(build, command);
    return row ? row->word_count : 0;
}

gdf_word gdf_command_get_word(const gdf_build *build, gdf_command command, uint32_t index)
{
    const gdf__command *row = command_at(build, command);
    return row && index < row->word_count ? row->first_word + index : 0;
}

/* ---- words ----------------------------------------------------------------------------------- */

uint32_t gdf_word_get_start(const gdf_build *build, gdf_word word)
{
    const gdf__word *row = word_at(build, word);
    return row ? row->start : 0;
}

uint32_t gdf_word_get_end(const gdf_build *build, gdf_word word)
{
    const gdf__word *row = word_at(build, word);
    return row ? row->end : 0;
}

gdf_word_role gdf_word_get_role(const gdf_build *build, gdf_word word)
{
    const gdf__word *row = word_at(build, word);
    return row ? (gdf_word_role)row->role : GDF_WORD_ARGUMENT;
}

uint32_t gdf_word_get_flags(const gdf_build *build, gdf_word word)
{
    const gdf__word *row = word_at(build, word);
    return row ? row->flags : 0;
}

gdf_str gdf_word_get_value(const gdf_build *build, gdf_word word)
{
    const gdf__word *row = word_at(build, word);
    return row ? row->value : gdf__empty;
}
