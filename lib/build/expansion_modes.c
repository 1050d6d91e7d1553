/* Which parts the builder expands, and how. */
#include <godockerfile/expansion.h>

#include "base/slice.h"
#include "build/work.h"

typedef struct mode_row {
    gdf_instruction_kind instruction;
    gdf_part_kind part;
    const char *flag;
    const char *option;
    gdf_expansion_mode mode;
} mode_row;

static const mode_row MODES[] = {
#define GDF_EXPANSION_MODE(instruction, part, flag, option, mode) \
    {GDF_INSTRUCTION_##instruction, GDF_PART_##part, flag, option, GDF_EXPANSION_##mode},
#include "build/expansion_modes.def"
#undef GDF_EXPANSION_MODE
};

/* The value of the inner part of that kind of the outer part that holds `part`. */
static gdf_str name_of_outer(const gdf_document *document, gdf_part part, gdf_part_kind outer,
                             gdf_part_kind name)
{
    while (part && gdf_part_get_kind(document, part) != outer)
        part = gdf_part_get_parent(document, part);
    return gdf_part_get_value(document, gdf_part_find(document, part, name, 0));
}

static bool fits(const mode_row *row, const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    if (!part || row->part != (gdf_part_kind)part->kind ||
        row->instruction != gdf_node_get_instruction(document, part->node))
        return false;
    if (row->flag[0] &&
        !gdf__str_is(name_of_outer(document, id, GDF_PART_FLAG, GDF_PART_FLAG_NAME), row->flag))
        return false;
    return !row->option[0] ||
           gdf__str_is_nocase(name_of_outer(document, id, GDF_PART_OPTION, GDF_PART_OPTION_KEY),
                              row->option);
}

static gdf_expansion_mode find_mode(const gdf_document *document, gdf_part part)
{
    for (; part; part = gdf_part_get_parent(document, part)) {
        for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
            if (fits(&MODES[i], document, part))
                return MODES[i].mode;
        }
    }
    return GDF_EXPANSION_NONE;
}

/* What stands behind a quoted name, and the word that names a heredoc, are taken as they are. */
static bool is_literal_heredoc(const gdf_document *document, gdf_part part)
{
    if (gdf_part_get_kind(document, part) != GDF_PART_HEREDOC)
        return (gdf_part_get_flags(document, part) & GDF_PART_FLAG_HEREDOC) != 0;
    gdf_node node = gdf__heredoc_of_part(document, part);
    return (gdf_node_get_flags(document, node) & GDF_NODE_FLAG_QUOTED) != 0;
}

static bool is_in_trigger(const gdf_document *document, gdf_part part)
{
    gdf_node outer = gdf_node_get_parent(document, gdf_part_get_instruction(document, part));
    return gdf_node_get_kind(document, outer) == GDF_NODE_INSTRUCTION;
}

/* The heredocs come last in an instruction: each is a node with its body, and two parts. */
gdf_node gdf__heredoc_of_part(const gdf_document *document, gdf_part part)
{
    enum { NODES = 2, PARTS = 2 };
    gdf_node instruction = gdf_part_get_instruction(document, part);
    const gdf__node *row = gdf__document_node(document, instruction);
    if (!row)
        return 0;
    gdf_part end = row->part + gdf_instruction_count_parts(document, instruction);
    gdf_node node = row->next - ((end - 1 - part) / PARTS + 1) * NODES;
    bool is_heredoc = node > instruction && gdf_node_get_kind(document, node) == GDF_NODE_HEREDOC;
    return is_heredoc ? node : 0;
}

gdf_expansion_mode gdf_part_get_expansion_mode(const gdf_document *document, gdf_part part)
{
    gdf_expansion_mode mode = find_mode(document, part);
    if (mode == GDF_EXPANSION_NONE || mode == GDF_EXPANSION_SHELL)
        return mode;
    if (is_literal_heredoc(document, part))
        return GDF_EXPANSION_NONE;
    return is_in_trigger(document, part) ? GDF_EXPANSION_LATER : mode;
}
