/* Who needs whom: FROM, COPY --from, RUN --mount=from=, and what the target reaches. */
#include "base/slice.h"
#include "build/work.h"
#include "instruction/values.h"

/* `stage` runs the instruction `node`: its own, or one that ONBUILD of its base stage left. */
static gdf__edge *add_edge(gdf_build *build, gdf_edge_kind kind, gdf_stage stage, gdf_node node)
{
    gdf__edge *edge = gdf__table_add(&build->edges);
    if (!edge)
        return NULL;
    *edge = (gdf__edge){.kind = kind,
                        .stage = stage,
                        .instruction = node,
                        .reference = gdf__empty,
                        .is_trigger = gdf_node_get_parent(build->document, node) != 1};
    GDF__AT(build->stages, gdf__stage, stage - 1)->edge_count++;
    return edge;
}

static void set_source(const gdf_build *build, gdf__edge *edge, gdf_stage source)
{
    edge->source = source;
    edge->is_forward = source >= edge->stage;
    edge->is_context = !source && gdf__is_named_context(build, edge->reference);
}

static void add_base(gdf_build *build, gdf_stage id)
{
    const gdf__stage *stage = gdf__build_stage(build, id);
    if (!stage->base_stage && gdf__build_is_scratch(build, id))
        return;
    gdf__edge *edge = add_edge(build, GDF_EDGE_BASE, id, stage->instruction);
    if (!edge)
        return;
    edge->reference = stage->base;
    edge->flags = stage->base_flags;
    edge->source = stage->base_stage;
    edge->is_context = !stage->base_stage && stage->is_context;
    edge->part = gdf_instruction_find_part(build->document, stage->instruction, GDF_PART_IMAGE, 0);
}

/* The builder numbers what is no stage behind the stages, in file order. */
static void number_extra(gdf_build *build, gdf_str reference)
{
    gdf_str *row = gdf__table_add(&build->extra_references);
    if (row)
        *row = reference;
}

/* COPY --from=N: a stage, or an image that was met before. Which images are met before a trigger
 * runs is not followed. */
static void find_by_index(const gdf_build *build, gdf__edge *edge, int64_t index)
{
    uint64_t stages = build->stages.count;
    edge->is_index = true;
    if (index >= 0 && (uint64_t)index < stages)
        set_source(build, edge, (gdf_stage)index + 1);
    else if (index < 0 || (uint64_t)index >= stages + build->extra_references.count)
        edge->is_invalid = !edge->is_trigger;
    else if (!edge->is_trigger)
        edge->reference =
            *GDF__AT(build->extra_references, gdf_str, (uint32_t)((uint64_t)index - stages));
}

static void add_copy(gdf_build *build, gdf_stage stage, gdf_node node)
{
    const gdf_document *document = build->document;
    gdf_part flag = gdf_instruction_find_flag(document, node, "from", 0);
    gdf_str from =
        gdf_part_get_value(document, gdf_part_find(document, flag, GDF_PART_FLAG_VALUE, 0));
    gdf__edge *edge = from.len ? add_edge(build, GDF_EDGE_COPY, stage, node) : NULL;
    if (!edge)
        return;
    int64_t index = 0;
    edge->reference = from;
    edge->part = flag;
    if (gdf__number_parse(from, 64, &index) == GDF__NUMBER_OK) {
        find_by_index(build, edge, index);
        return;
    }
    set_source(build, edge, gdf__find_stage_by_name(build, from, &build->arena));
    if (!edge->source && !edge->is_trigger)
        number_extra(build, from);
}

static void add_mount(gdf_build *build, gdf_stage stage, gdf_node node, gdf_part option,
                      gdf_str from)
{
    gdf__edge *edge = add_edge(build, GDF_EDGE_MOUNT, stage, node);
    if (!edge)
        return;
    edge->reference = from;
    edge->part = option;
    set_source(build, edge, gdf__find_stage_by_name(build, from, &build->arena));
    if (!edge->source && !edge->is_trigger)
        number_extra(build, from);
}

/* The last `from` of a mount counts. */
typedef struct mount {
    gdf_part flag; /* 0: none is open */
    gdf_part option;
    gdf_str from;
    bool is_from; /* the option being read */
} mount;

/* A mount without `from` counts as one of an image of nothing. */
static void end_mount(gdf_build *build, gdf_stage stage, gdf_node node, const mount *work)
{
    if (work->flag && work->from.len)
        add_mount(build, stage, node, work->option, work->from);
    else if (work->flag && gdf_node_get_parent(build->document, node) == 1 &&
             !gdf__name_map_find(&build->stage_names, GDF__LITERAL("scratch")))
        number_extra(build, GDF__LITERAL("scratch"));
}

static void read_mount_part(mount *work, const gdf__part *part)
{
    gdf_str value = gdf__part_value(part);
    if (part->kind == GDF_PART_OPTION_KEY) {
        work->is_from = gdf__str_is_nocase(value, "from");
        if (work->is_from) {
            work->option = part->parent;
            work->from = gdf__empty;
        }
    } else if (part->kind == GDF_PART_OPTION_VALUE && work->is_from) {
        work->from = value;
    }
}

static void add_mounts(gdf_build *build, gdf_stage stage, gdf_node node)
{
    const gdf_document *document = build->document;
    mount work = {.from = gdf__empty};
    gdf_part id = 0;
    for (const gdf__part *part = gdf__first_part(document, node, &id); part;
         part = gdf__next_part(document, &id)) {
        if (part->kind == GDF_PART_FLAG) {
            end_mount(build, stage, node, &work);
            work = (mount){.from = gdf__empty};
        } else if (part->kind == GDF_PART_FLAG_NAME &&
                   gdf__str_is(gdf__part_value(part), "mount")) {
            work.flag = part->parent;
        } else if (work.flag) {
            read_mount_part(&work, part);
        }
    }
    end_mount(build, stage, node, &work);
}

static void read_instruction(gdf_build *build, gdf_stage id, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(build->document, node);
    if (kind == GDF_INSTRUCTION_COPY)
        add_copy(build, id, node);
    else if (kind == GDF_INSTRUCTION_RUN)
        add_mounts(build, id, node);
}

/* What ONBUILD of the base stage runs in this one; `left` bounds what all stages run. */
static void read_triggers(gdf_build *build, gdf_stage id, size_t *left)
{
    const gdf__stage *base = gdf__build_stage(build, gdf__build_stage(build, id)->base_stage);
    for (uint32_t i = 0; base && i < base->trigger_count; i++) {
        gdf_node trigger = gdf__build_trigger(build, base, i);
        if (!gdf__build_spend_trigger(build, trigger, left))
            return;
        read_instruction(build, id, trigger);
    }
}

static void read_stage(gdf_build *build, gdf_stage id, size_t *left)
{
    const gdf_document *document = build->document;
    gdf__stage stage = *gdf__build_stage(build, id);
    GDF__AT(build->stages, gdf__stage, id - 1)->first_edge = build->edges.count;
    add_base(build, id);
    read_triggers(build, id, left);
    for (uint32_t i = 1; i < stage.instruction_count; i++)
        read_instruction(build, id,
                         *GDF__AT(document->instructions, gdf_node, stage.first_instruction + i));
}

void gdf__read_edges(gdf_build *build)
{
    size_t left = gdf__build_trigger_allowance(build);
    for (gdf_stage id = 1; id <= build->stages.count; id++)
        read_stage(build, id, &left);
}

/* ---- reachability ---------------------------------------------------------------------------- */

static void reach(gdf_build *build, gdf__table *pending, gdf_stage id)
{
    gdf__stage *stage = id ? GDF__AT(build->stages, gdf__stage, id - 1) : NULL;
    if (!stage || stage->is_reachable)
        return;
    stage->is_reachable = true;
    gdf_stage *row = gdf__table_add(pending);
    if (row)
        *row = id;
}

void gdf__mark_reachable(gdf_build *build)
{
    gdf__table pending; /* of gdf_stage */
    gdf__table_init(&pending, &build->arena.allocator, sizeof(gdf_stage));
    reach(build, &pending, build->target);
    while (pending.count) {
        gdf_stage id = *GDF__AT(pending, gdf_stage, --pending.count);
        const gdf__stage *stage = gdf__build_stage(build, id);
        for (uint32_t i = 0; i < stage->edge_count && !stage->is_replaced; i++)
            reach(build, &pending, GDF__AT(build->edges, gdf__edge, stage->first_edge + i)->source);
    }
    if (pending.failed)
        build->arena.failed = true;
    gdf__table_free(&pending);
}

const gdf__edge *gdf__build_edge(const gdf_build *build, uint32_t index)
{
    return build && index < build->edges.count ? GDF__AT(build->edges, gdf__edge, index) : NULL;
}
