/* The public readers of stages and edges. */
#include "base/slice.h"
#include "build/build.h"
#include "instruction/values.h"

uint32_t gdf_build_count_stages(const gdf_build *build)
{
    return build ? build->stages.count : 0;
}

gdf_stage gdf_build_get_target(const gdf_build *build)
{
    return build ? build->target : 0;
}

gdf_stage gdf_build_find_stage(const gdf_build *build, gdf_node instruction)
{
    const gdf__step *step = gdf__build_step(build, instruction);
    return step ? step->stage : 0;
}

gdf_stage gdf_build_find_stage_by_name(const gdf_build *build, const char *name, size_t len)
{
    if (!build || !name)
        return 0;
    gdf_str text = {name, len};
    int64_t index = 0;
    if (gdf__number_parse(text, 64, &index) == GDF__NUMBER_OK)
        return index >= 0 && index < build->stages.count ? (gdf_stage)index + 1 : 0;
    const gdf__name_entry *entry = gdf__name_map_find_lower(&build->stage_names, text);
    return entry ? entry->value : 0;
}

/* ---- stages ---------------------------------------------------------------------------------- */

gdf_node gdf_stage_get_instruction(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? row->instruction : 0;
}

uint32_t gdf_stage_count_instructions(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? row->instruction_count : 0;
}

gdf_node gdf_stage_get_instruction_at(const gdf_build *build, gdf_stage stage, uint32_t index)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    if (!row || index >= row->instruction_count)
        return 0;
    return *GDF__AT(build->document->instructions, gdf_node, row->first_instruction + index);
}

gdf_str gdf_stage_get_name(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? row->name : gdf__empty;
}

gdf_str gdf_stage_get_base(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? row->base : gdf__empty;
}

gdf_stage gdf_stage_get_base_stage(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? row->base_stage : 0;
}

gdf_str gdf_stage_get_root_image(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    const gdf__stage *root = row ? gdf__build_stage(build, row->root) : NULL;
    return root && !root->is_base_unknown ? root->base : gdf__empty;
}

gdf_str gdf_stage_get_platform(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? row->platform : gdf__empty;
}

int gdf_stage_is_reachable(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row && row->is_reachable;
}

int gdf_stage_is_base_unknown(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row && (row->base_flags & GDF__VALUE_UNKNOWN);
}

/* ---- their end ------------------------------------------------------------------------------- */

static gdf_str known_text(gdf__image_setting setting)
{
    return setting.flags & GDF__VALUE_UNKNOWN ? gdf__empty : setting.text;
}

gdf_str gdf_stage_get_user(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? known_text(gdf__build_state_at_end(build, stage)->user) : gdf__empty;
}

gdf_str gdf_stage_get_workdir(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? known_text(gdf__build_state_at_end(build, stage)->workdir) : gdf__empty;
}

uint32_t gdf_stage_count_environment(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? gdf__build_state_at_end(build, stage)->environment_count : 0;
}

static const gdf__assignment *environment_at(const gdf_build *build, gdf_stage stage,
                                             uint32_t index)
{
    return gdf__build_stage(build, stage) ? gdf__build_environment_at(build, stage, index) : NULL;
}

gdf_str gdf_stage_get_environment_name(const gdf_build *build, gdf_stage stage, uint32_t index)
{
    const gdf__assignment *row = environment_at(build, stage, index);
    return row ? row->name : gdf__empty;
}

gdf_str gdf_stage_get_environment_value(const gdf_build *build, gdf_stage stage, uint32_t index)
{
    const gdf__assignment *row = environment_at(build, stage, index);
    return row ? row->value : gdf__empty;
}

/* ---- edges ----------------------------------------------------------------------------------- */

uint32_t gdf_build_count_edges(const gdf_build *build)
{
    return build ? build->edges.count : 0;
}

gdf_edge_kind gdf_build_get_edge_kind(const gdf_build *build, uint32_t index)
{
    const gdf__edge *edge = gdf__build_edge(build, index);
    return edge ? (gdf_edge_kind)edge->kind : GDF_EDGE_NONE;
}

gdf_stage gdf_build_get_edge_stage(const gdf_build *build, uint32_t index)
{
    const gdf__edge *edge = gdf__build_edge(build, index);
    return edge ? edge->stage : 0;
}

gdf_stage gdf_build_get_edge_source(const gdf_build *build, uint32_t index)
{
    const gdf__edge *edge = gdf__build_edge(build, index);
    return edge ? edge->source : 0;
}

gdf_str gdf_build_get_edge_reference(const gdf_build *build, uint32_t index)
{
    const gdf__edge *edge = gdf__build_edge(build, index);
    return edge ? edge->reference : gdf__empty;
}

gdf_node gdf_build_get_edge_instruction(const gdf_build *build, uint32_t index)
{
    const gdf__edge *edge = gdf__build_edge(build, index);
    return edge ? edge->instruction : 0;
}
