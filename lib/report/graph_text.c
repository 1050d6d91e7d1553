/* The stage graph for people. */
#include "base/slice.h"
#include "report/graph.h"
#include "report/printer.h"

static void print_line_number(gdf__printer *printer, uint32_t line)
{
    gdf__print(printer, "    line ");
    gdf__print_number(printer, line);
    gdf__print(printer, ": ");
}

static void print_stage_number(gdf__printer *printer, gdf_stage stage)
{
    gdf__print(printer, "stage ");
    gdf__print_number(printer, stage - 1);
}

/* Why the builder refuses the edge. */
static void print_fault(gdf__printer *printer, const gdf__edge *edge)
{
    if (!edge->source) {
        gdf__print(printer, "no such stage");
        return;
    }
    print_stage_number(printer, edge->source);
    gdf__print(printer, edge->source == edge->stage ? ", itself" : ", which comes later");
}

static void print_origin(gdf__printer *printer, const gdf__edge *edge)
{
    gdf__print(printer, " (");
    switch (gdf__graph_origin_of(edge)) {
    case GDF__ORIGIN_STAGE: print_stage_number(printer, edge->source); break;
    case GDF__ORIGIN_NOTHING: print_fault(printer, edge); break;
    case GDF__ORIGIN_CONTEXT: gdf__print(printer, "named context"); break;
    default: gdf__print(printer, "image"); break;
    }
    gdf__print(printer, ")");
}

static void print_edge(const gdf__graph *graph, gdf__printer *printer, const gdf__edge *edge)
{
    print_line_number(printer, gdf__graph_line(graph, edge));
    gdf__print(printer, edge->is_trigger ? "ONBUILD " : "");
    gdf__print(printer, gdf__graph_keyword(graph, edge));
    gdf__print(printer, edge->kind == GDF_EDGE_MOUNT ? " --mount=from=" : " --from=");
    gdf__print_input(printer, edge->reference);
    print_origin(printer, edge);
    gdf_part part = 0;
    gdf_str path;
    const char *separator = ": ";
    while (gdf__graph_next_path(graph, edge, &part, &path)) {
        gdf__print(printer, separator);
        gdf__print_input(printer, path);
        separator = " ";
    }
    gdf__print(printer, "\n");
}

static void print_from(const gdf__graph *graph, gdf__printer *printer, const gdf__stage *stage)
{
    const gdf_document *document = graph->build->document;
    uint32_t start = gdf_node_get_start(document, stage->instruction);
    print_line_number(printer, gdf_document_find_line(document, start));
    gdf__print(printer, "FROM ");
    if (stage->platform.len) {
        gdf__print(printer, "--platform=");
        gdf__print_input(printer, stage->platform);
        gdf__print(printer, " ");
    }
    gdf__print_input(printer, gdf__graph_base(graph, stage));
    if (stage->base_stage) {
        gdf__print(printer, " (");
        print_stage_number(printer, stage->base_stage);
        gdf__print(printer, ")");
    } else if (stage->is_context) {
        gdf__print(printer, " (named context)");
    } else if (stage->base_flags & GDF__VALUE_UNKNOWN) {
        gdf__print(printer, " (not known)");
    }
    gdf__print(printer, "\n");
}

static void print_stage(const gdf__graph *graph, gdf__printer *printer, gdf_stage id)
{
    const gdf__stage *stage = gdf__build_stage(graph->build, id);
    gdf__print_number(printer, id - 1);
    gdf__print(printer, stage->name.len ? " " : "");
    gdf__print_input(printer, stage->name);
    if (id == graph->build->target)
        gdf__print(printer, " (target)");
    else if (!stage->is_reachable)
        gdf__print(printer, " (not reached)");
    gdf__print(printer, "\n");
    print_from(graph, printer, stage);
    for (uint32_t i = 0; i < stage->edge_count; i++) {
        const gdf__edge *edge = gdf__build_edge(graph->build, stage->first_edge + i);
        if (edge->kind != GDF_EDGE_BASE)
            print_edge(graph, printer, edge);
    }
}

void gdf__graph_text(const gdf__graph *graph)
{
    gdf__printer printer = {graph->out, false};
    uint32_t count = gdf_build_count_stages(graph->build);
    for (gdf_stage id = 1; id <= count; id++)
        print_stage(graph, &printer, id);
}
