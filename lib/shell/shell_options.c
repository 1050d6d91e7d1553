/* `set -e` and `set -o pipefail` in front of everything else. */
#include "base/slice.h"
#include "shell/reader.h"

static void set_letter(gdf__script *script, char letter, bool on)
{
    if (letter == 'e')
        script->errexit = on;
}

static void set_name(gdf__script *script, gdf_str name, bool on)
{
    if (gdf__str_is(name, "errexit"))
        script->errexit = on;
    else if (gdf__str_is(name, "pipefail"))
        script->pipefail = on;
}

static void read_set(gdf__shell_reader *reader, gdf_command id)
{
    const gdf__word *word = NULL;
    for (uint32_t i = 1; (word = gdf__shell_argument(reader->shell, id, i)) != NULL; i++) {
        gdf_str value = word->value;
        if (value.len < 2 || (value.ptr[0] != '-' && value.ptr[0] != '+') ||
            gdf__str_is(value, "--"))
            return;
        bool on = value.ptr[0] == '-';
        for (size_t at = 1; at < value.len; at++) {
            set_letter(&reader->script, value.ptr[at], on);
            const gdf__word *name =
                value.ptr[at] == 'o' ? gdf__shell_argument(reader->shell, id, i + 1) : NULL;
            if (name) {
                set_name(&reader->script, name->value, on);
                i++;
            }
        }
    }
}

/* Commands that may stand in front of `set`: they do not fail. */
static bool sets_the_scene(gdf_str program)
{
    return gdf__str_is(program, "export") || gdf__str_is(program, "umask") ||
           gdf__str_is(program, "shopt") || gdf__str_is(program, "echo") ||
           gdf__str_is(program, ":") || gdf__str_is(program, "true");
}

void gdf__leading_command(gdf__shell_reader *reader, gdf_command id)
{
    const gdf__command *row = gdf__command_row(reader, id);
    gdf_str program = gdf__shell_program(reader->shell, id);
    if (!reader->leading)
        return;
    bool in_order = row->before == GDF_OPERATOR_NONE || row->before == GDF_OPERATOR_AND ||
                    row->before == GDF_OPERATOR_SEMICOLON;
    if (in_order && gdf__str_is(program, "set"))
        read_set(reader, id);
    else if (!in_order || (row->name && !sets_the_scene(program)))
        reader->leading = false;
}
