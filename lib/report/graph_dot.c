/* The stage graph for Graphviz: an arrow leads from a source to the stage that uses it. */
#include "base/slice.h"
#include "report/graph.h"
#include "report/printer.h"

/* Numbers of the images and contexts that were drawn. */
typedef struct drawing {
    const gdf__graph *graph;
    gdf__printer printer;
    gdf__name_map outside;
} drawing;

/* Inside a quoted string of the language. */
static void add_quoted(drawing *work, gdf_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t width = 0;
        if (text.ptr[at] == '"' || text.ptr[at] == '\\')
            gdf__print(&work->printer, "\\");
        at += gdf__print_character(&work->printer, text, at, 0, &width);
    }
}

static void add_stage_id(drawing *work, gdf_stage stage)
{
    gdf__print(&work->printer, "stage");
    gdf__print_number(&work->printer, stage - 1);
}

static void add_outside_id(drawing *work, uint32_t number)
{
    gdf__print(&work->printer, "image");
    gdf__print_number(&work->printer, number);
}

static void add_stage(drawing *work, gdf_stage id)
{
    const gdf_build *build = work->graph->build;
    const gdf__stage *stage = gdf__build_stage(build, id);
    gdf__print(&work->printer, "  ");
    add_stage_id(work, id);
    gdf__print(&work->printer, " [label=\"");
    gdf__print_number(&work->printer, id - 1);
    gdf__print(&work->printer, stage->name.len ? " " : "");
    add_quoted(work, stage->name);
    gdf__print(&work->printer, "\"");
    if (id == build->target)
        gdf__print(&work->printer, ", peripheries=2");
    else if (!stage->is_reachable)
        gdf__print(&work->printer, ", style=dashed");
    gdf__print(&work->printer, "];\n");
}

/* The number of the image or context; its node is drawn when it comes up first. */
static uint32_t draw_outside(drawing *work, gdf_str reference)
{
    uint32_t fresh = work->outside.entries.count;
    gdf__name_entry *entry = gdf__name_map_add(&work->outside, reference, fresh);
    uint32_t number = entry ? entry->value : fresh;
    if (number != fresh)
        return number;
    gdf__print(&work->printer, "  ");
    add_outside_id(work, number);
    gdf__print(&work->printer, " [label=\"");
    add_quoted(work, reference);
    gdf__print(&work->printer, "\", shape=ellipse];\n");
    return number;
}

static void add_label(drawing *work, const gdf__edge *edge)
{
    gdf_part part = 0;
    gdf_str path;
    gdf__print(&work->printer, " [label=\"");
    gdf__print(&work->printer, gdf__graph_keyword(work->graph, edge));
    while (gdf__graph_next_path(work->graph, edge, &part, &path)) {
        gdf__print(&work->printer, " ");
        add_quoted(work, path);
    }
    gdf__print(&work->printer, "\"");
    if (edge->kind == GDF_EDGE_MOUNT)
        gdf__print(&work->printer, ", style=dotted");
    if (gdf__graph_origin_of(edge) == GDF__ORIGIN_NOTHING)
        gdf__print(&work->printer, ", color=red");
    gdf__print(&work->printer, "];\n");
}

static void add_edge(drawing *work, const gdf__edge *edge)
{
    uint32_t number =
        edge->source ? 0 : draw_outside(work, gdf__graph_reference(work->graph, edge));
    gdf__print(&work->printer, "  ");
    if (edge->source)
        add_stage_id(work, edge->source);
    else
        add_outside_id(work, number);
    gdf__print(&work->printer, " -> ");
    add_stage_id(work, edge->stage);
    add_label(work, edge);
}

void gdf__graph_dot(const gdf__graph *graph)
{
    drawing work = {.graph = graph, .printer = {graph->out, false}};
    gdf__name_map_init(&work.outside, &graph->arena->allocator);
    gdf__print(&work.printer, "digraph stages {\n  rankdir=LR;\n  node [shape=box];\n");
    uint32_t count = gdf_build_count_stages(graph->build);
    for (gdf_stage id = 1; id <= count; id++)
        add_stage(&work, id);
    for (uint32_t i = 0; i < gdf_build_count_edges(graph->build); i++)
        add_edge(&work, gdf__build_edge(graph->build, i));
    gdf__print(&work.printer, "}\n");
    if (gdf__name_map_failed(&work.outside))
        graph->arena->failed = true;
    gdf__name_map_free(&work.outside);
}
