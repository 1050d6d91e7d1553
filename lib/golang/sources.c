/* What COPY takes from the context, and what an image starts. */
#include "base/slice.h"
#include "golang/model.h"

/* Directories that usually hold Go packages. */
static const char *const SOURCE_DIRECTORIES[] = {"api",      "app", "cmd",    "internal", "lib",
                                                 "packages", "pkg", "server", "services", "src"};

/* Programs that start another one and stay in front of it. */
static const char *const INIT_PROGRAMS[] = {"dumb-init", "tini", "docker-init", "catatonit"};

static bool is_context_root(gdf_str source)
{
    return gdf__str_is(source, ".") || gdf__str_is(source, "./") || gdf__str_is(source, "/") ||
           gdf__str_is(source, "*") || gdf__str_is(source, "./*") || gdf__str_is(source, "./.");
}

static bool holds_go_files(gdf_str source)
{
    if (gdf__str_starts(source, "./"))
        source = gdf__str_slice(source, 2, source.len);
    if (gdf__str_ends(source, ".go"))
        return gdf__str_has_byte(source, '*');
    gdf_str first = gdf__str_slice(source, 0, gdf__str_find(source, '/', 0));
    return GDF__IS_ONE_OF(first, SOURCE_DIRECTORIES) && !gdf__str_contains(source, ".");
}

/* Calls `test` for every source of a COPY or ADD from the context. */
static bool any_source(const gdf__golang *golang, gdf_node instruction, bool (*test)(gdf_str))
{
    const gdf_document *document = golang->build->document;
    gdf_instruction_kind kind = gdf_node_get_instruction(document, instruction);
    if ((kind != GDF_INSTRUCTION_COPY && kind != GDF_INSTRUCTION_ADD) ||
        gdf_instruction_find_flag(document, instruction, "from", 0))
        return false;
    uint32_t count = gdf_instruction_count_parts(document, instruction);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(document, instruction, i);
        if (gdf_part_get_kind(document, part) == GDF_PART_SOURCE &&
            !(gdf_part_get_flags(document, part) & GDF_PART_FLAG_HEREDOC) &&
            test(gdf_part_get_value(document, part)))
            return true;
    }
    return false;
}

static bool is_broad(gdf_str source)
{
    return is_context_root(source) || holds_go_files(source);
}

bool gdf__golang_copies_context_root(const gdf__golang *golang, gdf_node instruction)
{
    return any_source(golang, instruction, is_context_root);
}

bool gdf__golang_is_broad_copy(const gdf__golang *golang, gdf_node instruction)
{
    return any_source(golang, instruction, is_broad);
}

/* The program behind an init: `tini -- /server`. */
static gdf_str behind_init(const gdf__shell *shell, gdf_command command)
{
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, command, i);
        if (!gdf__str_starts(word->value, "-"))
            return word->flags & GDF_WORD_FLAG_LITERAL ? word->value : gdf__empty;
    }
    return gdf__empty;
}

gdf_str gdf__golang_started_program(const gdf__golang *golang, gdf_node instruction)
{
    const gdf__step *step = gdf__build_step(golang->build, instruction);
    if (!step || !step->understood || !step->command_count)
        return gdf__empty;
    const gdf__shell *shell = &golang->build->shell;
    for (uint32_t i = step->command_count; i-- > 0;) {
        gdf_command command = step->first_command + i;
        const gdf__command *row = gdf__shell_command(shell, command);
        const uint16_t inner = GDF_COMMAND_FLAG_SUBSTITUTION | GDF_COMMAND_FLAG_FUNCTION;
        if (row->flags & inner ||
            (row->flags & GDF_COMMAND_FLAG_WRAPPER && i + 1 < step->command_count))
            continue;
        const gdf__word *name = gdf__shell_word(shell, row->name);
        if (!name || !(name->flags & GDF_WORD_FLAG_LITERAL))
            return gdf__empty;
        return GDF__IS_ONE_OF(gdf__path_base(name->value), INIT_PROGRAMS)
                   ? behind_init(shell, command)
                   : name->value;
    }
    return gdf__empty;
}
