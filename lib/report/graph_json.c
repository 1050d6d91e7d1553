/* The stage graph for programs. Stages count from 0, as COPY --from counts. */
#include "base/slice.h"
#include "report/graph.h"
#include "report/json_writer.h"

static void add_boolean(gdf__builder *out, const char *key, bool value)
{
    gdf__json_key(out, key);
    gdf__builder_add_text(out, value ? "true" : "false");
}

/* null for no stage. */
static void add_stage_number(gdf__builder *out, const char *key, gdf_stage stage)
{
    gdf__json_key(out, key);
    if (stage)
        gdf__builder_add_number(out, stage - 1);
    else
        gdf__builder_add_text(out, "null");
}

static void add_paths(const gdf__graph *graph, const gdf__edge *edge)
{
    gdf_part part = 0;
    gdf_str path;
    gdf__json_key(graph->out, "paths");
    gdf__builder_add_byte(graph->out, '[');
    while (gdf__graph_next_path(graph, edge, &part, &path)) {
        gdf__json_item(graph->out);
        gdf__builder_add_json(graph->out, path);
    }
    gdf__builder_add_byte(graph->out, ']');
}

static void add_edge(const gdf__graph *graph, const gdf__edge *edge)
{
    gdf__builder *out = graph->out;
    gdf__json_item(out);
    gdf__builder_add_byte(out, '{');
    gdf__json_text(out, "kind", gdf__str(gdf_edge_kind_name((gdf_edge_kind)edge->kind)));
    gdf__json_text(out, "reference", gdf__graph_reference(graph, edge));
    gdf__json_text(out, "origin", gdf__str(gdf__graph_origin_name(gdf__graph_origin_of(edge))));
    add_stage_number(out, "source", edge->source);
    gdf__json_number(out, "line", gdf__graph_line(graph, edge));
    add_paths(graph, edge);
    gdf__builder_add_byte(out, '}');
}

static void add_stage(const gdf__graph *graph, gdf_stage id)
{
    gdf__builder *out = graph->out;
    const gdf_document *document = graph->build->document;
    const gdf__stage *stage = gdf__build_stage(graph->build, id);
    gdf__json_item_on_line(out);
    gdf__builder_add_byte(out, '{');
    gdf__json_number(out, "stage", id - 1);
    gdf__json_text(out, "name", stage->name);
    gdf__json_text(out, "base", gdf__graph_base(graph, stage));
    add_stage_number(out, "baseStage", stage->base_stage);
    add_boolean(out, "baseKnown", !(stage->base_flags & GDF__VALUE_UNKNOWN));
    gdf__json_text(out, "platform", stage->platform);
    add_boolean(out, "target", id == graph->build->target);
    add_boolean(out, "reached", stage->is_reachable);
    gdf__json_number(
        out, "line",
        gdf_document_find_line(document, gdf_node_get_start(document, stage->instruction)));
    gdf__json_key(out, "edges");
    gdf__builder_add_byte(out, '[');
    for (uint32_t i = 0; i < stage->edge_count; i++)
        add_edge(graph, gdf__build_edge(graph->build, stage->first_edge + i));
    gdf__builder_add_text(out, "]}");
}

void gdf__graph_json(const gdf__graph *graph)
{
    gdf__builder *out = graph->out;
    gdf__builder_add_byte(out, '{');
    gdf__json_text(out, "file", gdf_document_get_file_name(graph->build->document));
    add_stage_number(out, "target", graph->build->target);
    gdf__json_key(out, "stages");
    gdf__builder_add_byte(out, '[');
    uint32_t count = gdf_build_count_stages(graph->build);
    for (gdf_stage id = 1; id <= count; id++)
        add_stage(graph, id);
    gdf__builder_add_text(out, "]}\n");
}
