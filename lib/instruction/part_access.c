/* The public readers of parts. */
#include "base/slice.h"
#include "instruction/instruction.h"

const gdf__part *gdf__document_part(const gdf_document *document, gdf_part id)
{
    if (!document || id == 0 || id > document->parts.count)
        return NULL;
    return GDF__AT(document->parts, gdf__part, id - 1);
}

/* ---- parts of an instruction ----------------------------------------------------------------- */

static bool belongs_to(const gdf_document *document, uint32_t index, gdf_node instruction)
{
    return index < document->parts.count &&
           GDF__AT(document->parts, gdf__part, index)->node == instruction;
}

/* Ids [first, end) of the instruction's parts; none for other nodes. Most instructions have few, so
 * the end is looked for in growing steps. */
static void part_range(const gdf_document *document, gdf_node id, gdf_part *first, gdf_part *end)
{
    const gdf__node *node = gdf__document_node(document, id);
    *first = node ? node->part : 0;
    *end = *first;
    if (*first == 0)
        return;
    uint32_t low = *first - 1;
    uint32_t step = 1;
    for (; belongs_to(document, low + step, id); step *= 2)
        low += step;
    while (step > 1) {
        step /= 2;
        if (belongs_to(document, low + step, id))
            low += step;
    }
    *end = low + 2;
}

uint32_t gdf_instruction_count_parts(const gdf_document *document, gdf_node instruction)
{
    gdf_part first = 0;
    gdf_part end = 0;
    part_range(document, instruction, &first, &end);
    return end - first;
}

gdf_part gdf_instruction_get_part(const gdf_document *document, gdf_node instruction,
                                  uint32_t index)
{
    const gdf__node *node = gdf__document_node(document, instruction);
    if (!node || node->part == 0 || index >= document->parts.count)
        return 0;
    const gdf__part *part = gdf__document_part(document, node->part + index);
    return part && part->node == instruction ? node->part + index : 0;
}

/* The `nth` part of the kind in [first, end). */
static gdf_part find_in(const gdf_document *document, gdf_part first, gdf_part end,
                        gdf_part_kind kind, uint32_t nth)
{
    for (gdf_part id = first; id < end; id++) {
        if (gdf__document_part(document, id)->kind == (uint16_t)kind && nth-- == 0)
            return id;
    }
    return 0;
}

gdf_part gdf_instruction_find_part(const gdf_document *document, gdf_node instruction,
                                   gdf_part_kind kind, uint32_t nth)
{
    gdf_part first = 0;
    gdf_part end = 0;
    part_range(document, instruction, &first, &end);
    return find_in(document, first, end, kind, nth);
}

gdf_part gdf__instruction_next_part(const gdf_document *document, gdf_node instruction,
                                    gdf_part_kind kind, gdf_part part)
{
    const gdf__node *node = gdf__document_node(document, instruction);
    if (!node || node->part == 0)
        return 0;
    for (gdf_part id = part ? part + 1 : node->part; id <= document->parts.count; id++) {
        const gdf__part *row = gdf__document_part(document, id);
        if (row->node != instruction)
            return 0;
        if (row->kind == (uint16_t)kind)
            return id;
    }
    return 0;
}

/* The part behind the keyword; 0 for other nodes. */
static gdf_part behind_keyword(const gdf_document *document, gdf_node instruction)
{
    const gdf__node *node = gdf__document_node(document, instruction);
    return node && node->part ? gdf__document_part(document, node->part)->next : 0;
}

/* The flag of that name at or behind `id`. Flags come first, behind the keyword; FLAG_NAME is the
 * first part inside a FLAG. */
static gdf_part find_flag(const gdf_document *document, gdf_part id, gdf_str name)
{
    const gdf__part *part = gdf__document_part(document, id);
    while (part && part->kind == GDF_PART_FLAG) {
        if (gdf__str_equal(gdf__part_value(gdf__document_part(document, id + 1)), name))
            return id;
        id = part->next;
        part = gdf__document_part(document, id);
    }
    return 0;
}

gdf_part gdf__instruction_next_flag(const gdf_document *document, gdf_node instruction,
                                    const char *name, gdf_part flag)
{
    gdf_part id =
        flag ? gdf__document_part(document, flag)->next : behind_keyword(document, instruction);
    return find_flag(document, id, gdf__str(name));
}

gdf_part gdf__part_next_inside(const gdf_document *document, gdf_part outer, gdf_part_kind kind,
                               gdf_part part)
{
    const gdf__part *row = gdf__document_part(document, outer);
    return row ? find_in(document, (part ? part : outer) + 1, row->next, kind, 0) : 0;
}

gdf_part gdf_instruction_find_flag(const gdf_document *document, gdf_node instruction,
                                   const char *name, uint32_t nth)
{
    gdf_part id = behind_keyword(document, instruction);
    if (gdf_part_get_kind(document, id) != GDF_PART_FLAG)
        return 0;
    gdf_str wanted = gdf__str(name);
    id = find_flag(document, id, wanted);
    for (; id && nth; nth--)
        id = find_flag(document, gdf__document_part(document, id)->next, wanted);
    return id;
}

gdf_part gdf_part_find(const gdf_document *document, gdf_part part, gdf_part_kind kind,
                       uint32_t nth)
{
    const gdf__part *outer = gdf__document_part(document, part);
    return outer ? find_in(document, part + 1, outer->next, kind, nth) : 0;
}

/* ---- one part -------------------------------------------------------------------------------- */

gdf_part_kind gdf_part_get_kind(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? (gdf_part_kind)part->kind : GDF_PART_NONE;
}

uint32_t gdf_part_get_start(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? part->start : 0;
}

uint32_t gdf_part_get_end(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? part->end : 0;
}

gdf_str gdf_part_get_value(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? gdf__part_value(part) : gdf__empty;
}

uint32_t gdf_part_get_flags(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? part->flags : 0;
}

gdf_part gdf_part_get_parent(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? part->parent : 0;
}

gdf_node gdf_part_get_instruction(const gdf_document *document, gdf_part id)
{
    const gdf__part *part = gdf__document_part(document, id);
    return part ? part->node : 0;
}

/* ---- names ----------------------------------------------------------------------------------- */

static const struct {
    gdf_part_kind kind;
    const char *name;
} NAMES[] = {
#define GDF_PART(id, value, name, summary) {GDF_PART_##id, name},
#include <godockerfile/parts.def>
#undef GDF_PART
};

const char *gdf_part_kind_name(gdf_part_kind kind)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (NAMES[i].kind == kind)
            return NAMES[i].name;
    }
    return "";
}

gdf_part_kind gdf_part_kind_find(const char *name, size_t len)
{
    gdf_str wanted = {name ? name : "", name ? len : 0};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (gdf__str_is(wanted, NAMES[i].name))
            return NAMES[i].kind;
    }
    return GDF_PART_NONE;
}
