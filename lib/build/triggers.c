/* The ONBUILD instructions of the stages: where they are and how much of them may run. A file can
 * make every stage run all triggers of another one: what that costs is bounded by the bytes of the
 * triggers, not by their number. */
#include "base/slice.h"
#include "build/work.h"

/* Bytes of triggers that all stages of a file together may run, beyond the length of the file. */
static const size_t TRIGGER_ALLOWANCE = (size_t)1 << 18;

/* Bytes that all expansions of a build may add beyond multiples of their own length. */
static const size_t EXPANSION_ALLOWANCE = (size_t)64 << 20;

const char *const gdf__word_limit_text =
    "a word expands to more than the options max-expansion and max-regex-steps allow";
const char *const gdf__trigger_limit_text = "the stages run more of ONBUILD than is followed";

void gdf__build_note_limit(gdf_build *build, gdf_node node, const char *what)
{
    if (build->limited)
        return;
    build->limited = node;
    build->limit = what;
}

size_t gdf__build_trigger_allowance(const gdf_build *build)
{
    return TRIGGER_ALLOWANCE + build->document->source.len;
}

gdf_node gdf__build_trigger(const gdf_build *build, const gdf__stage *stage, uint32_t index)
{
    gdf_node outer = *GDF__AT(build->triggers, gdf_node, stage->first_trigger + index);
    return gdf__trigger_of(build->document, outer);
}

bool gdf__build_spend_trigger(const gdf_build *build, gdf_node trigger, size_t *left)
{
    const gdf__node *outer =
        gdf__document_node(build->document, gdf_node_get_parent(build->document, trigger));
    size_t cost = outer->end - outer->start;
    *left = cost <= *left ? *left - cost : 0;
    return *left > 0;
}

static void read_stage(gdf_build *build, gdf__stage *stage)
{
    const gdf_document *document = build->document;
    stage->first_trigger = build->triggers.count;
    for (uint32_t i = 0; i < stage->instruction_count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, stage->first_instruction + i);
        gdf_node trigger = gdf__trigger_of(document, node);
        gdf_node *row = trigger ? gdf__table_add(&build->triggers) : NULL;
        if (!row)
            continue;
        *row = node;
        stage->trigger_parts += gdf_instruction_count_parts(document, trigger);
    }
    stage->trigger_count = build->triggers.count - stage->first_trigger;
}

void gdf__share_expansions(gdf_build *build)
{
    uint64_t parts = (uint64_t)build->document->parts.count + 1;
    for (uint32_t i = 0; i < build->stages.count; i++) {
        const gdf__stage *stage = GDF__AT(build->stages, gdf__stage, i);
        const gdf__stage *base = gdf__build_stage(build, stage->base_stage);
        parts += base ? base->trigger_parts : 0;
    }
    build->expansion_share = (size_t)(EXPANSION_ALLOWANCE / parts);
}

void gdf__read_triggers(gdf_build *build)
{
    for (uint32_t i = 0; i < build->stages.count && !build->triggers.failed; i++)
        read_stage(build, GDF__AT(build->stages, gdf__stage, i));
    gdf__share_expansions(build);
    build->trigger_bytes = gdf__build_trigger_allowance(build);
}
