/* gdf_build_render_graph: the stage graph, and how its pieces are read. */
#include "report/graph.h"

#include <godockerfile/graph.h>

#include "base/slice.h"

typedef void (*graph_function)(const gdf__graph *);

static const graph_function FORMS[] = {
    [GDF_GRAPH_TEXT] = gdf__graph_text,
    [GDF_GRAPH_JSON] = gdf__graph_json,
    [GDF_GRAPH_DOT] = gdf__graph_dot,
};

static const char *const ORIGINS[GDF__ORIGIN_COUNT] = {
    [GDF__ORIGIN_STAGE] = "stage",
    [GDF__ORIGIN_IMAGE] = "image",
    [GDF__ORIGIN_CONTEXT] = "context",
    [GDF__ORIGIN_NOTHING] = "nothing",
};

gdf__graph_origin gdf__graph_origin_of(const gdf__edge *edge)
{
    if (edge->is_invalid || edge->is_forward)
        return GDF__ORIGIN_NOTHING;
    if (edge->source)
        return GDF__ORIGIN_STAGE;
    return edge->is_context ? GDF__ORIGIN_CONTEXT : GDF__ORIGIN_IMAGE;
}

const char *gdf__graph_origin_name(gdf__graph_origin origin)
{
    return ORIGINS[origin];
}

const char *gdf__graph_keyword(const gdf__graph *graph, const gdf__edge *edge)
{
    return gdf_instruction_kind_name(
        gdf_node_get_instruction(graph->build->document, edge->instruction));
}

uint32_t gdf__graph_line(const gdf__graph *graph, const gdf__edge *edge)
{
    const gdf_document *document = graph->build->document;
    uint32_t start = edge->part ? gdf_part_get_start(document, edge->part)
                                : gdf_node_get_start(document, edge->instruction);
    return gdf_document_find_line(document, start);
}

gdf_str gdf__graph_base(const gdf__graph *graph, const gdf__stage *stage)
{
    const gdf_document *document = graph->build->document;
    if (stage->base.len && !(stage->base_flags & GDF__VALUE_UNKNOWN))
        return stage->base;
    return gdf_part_get_value(
        document, gdf_instruction_find_part(document, stage->instruction, GDF_PART_IMAGE, 0));
}

gdf_str gdf__graph_reference(const gdf__graph *graph, const gdf__edge *edge)
{
    return edge->kind == GDF_EDGE_BASE
               ? gdf__graph_base(graph, gdf__build_stage(graph->build, edge->stage))
               : edge->reference;
}

/* ---- paths ----------------------------------------------------------------------------------- */

static bool is_source_key(gdf_str key)
{
    return gdf__str_is_nocase(key, "source") || gdf__str_is_nocase(key, "src");
}

/* The value of the last `source` of the mount that holds `option`, or 0. */
static gdf_part find_mount_source(const gdf_document *document, gdf_part option)
{
    gdf_part flag = option;
    while (flag && gdf_part_get_kind(document, flag) != GDF_PART_FLAG)
        flag = gdf_part_get_parent(document, flag);
    const gdf__part *outer = gdf__document_part(document, flag);
    gdf_part found = 0;
    for (gdf_part id = flag; outer && id < outer->next; id++) {
        const gdf__part *part = gdf__document_part(document, id);
        if (part->kind == GDF_PART_OPTION_KEY && is_source_key(gdf__part_value(part)))
            found = gdf_part_find(document, part->parent, GDF_PART_OPTION_VALUE, 0);
    }
    return found;
}

static gdf_part next_source(const gdf_document *document, gdf_node copy, gdf_part part)
{
    gdf_part id = part ? part + 1 : gdf_instruction_get_part(document, copy, 0);
    while (id && gdf_part_get_instruction(document, id) == copy) {
        if (gdf_part_get_kind(document, id) == GDF_PART_SOURCE)
            return id;
        id++;
    }
    return 0;
}

bool gdf__graph_next_path(const gdf__graph *graph, const gdf__edge *edge, gdf_part *part,
                          gdf_str *path)
{
    const gdf_document *document = graph->build->document;
    if (edge->kind == GDF_EDGE_COPY)
        *part = next_source(document, edge->instruction, *part);
    else if (edge->kind == GDF_EDGE_MOUNT && !*part)
        *part = find_mount_source(document, edge->part);
    else
        *part = 0;
    if (!*part)
        return false;
    gdf_str written = gdf_part_get_value(document, *part);
    gdf__expansion expansion =
        gdf__build_expand(graph->build, edge->instruction, written, graph->arena);
    *path = expansion.certain ? expansion.text : written;
    return true;
}

/* ---- the text -------------------------------------------------------------------------------- */

gdf_text *gdf_build_render_graph(const gdf_build *build, gdf_graph_format format)
{
    if (!build || (size_t)format >= sizeof FORMS / sizeof *FORMS)
        return NULL;
    gdf__builder out;
    gdf__arena arena;
    gdf__builder_init(&out, &build->arena.allocator);
    gdf__arena_init(&arena, &build->arena.allocator);
    gdf__graph graph = {build, &out, &arena};
    FORMS[format](&graph);
    bool failed = arena.failed;
    gdf__arena_free(&arena);
    if (!failed)
        return gdf__builder_finish(&out);
    gdf__builder_free(&out);
    return NULL;
}
