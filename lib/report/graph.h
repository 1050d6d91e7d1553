/* What the forms of the stage graph share. */
#ifndef GDF_REPORT_GRAPH_H
#define GDF_REPORT_GRAPH_H

#include "base/builder.h"
#include "build/build.h"

/* What the source of an edge is. */
typedef enum gdf__graph_origin {
    GDF__ORIGIN_STAGE = 0,
    GDF__ORIGIN_IMAGE,
    GDF__ORIGIN_CONTEXT, /* a named context of the caller */
    GDF__ORIGIN_NOTHING, /* the builder refuses the number, or the stage that comes later */
    GDF__ORIGIN_COUNT
} gdf__graph_origin;

/* The stages [1, count] of a build, and their edges as paths are read from them. */
typedef struct gdf__graph {
    const gdf_build *build;
    gdf__builder *out;
    gdf__arena *arena; /* of expanded paths */
} gdf__graph;

gdf__graph_origin gdf__graph_origin_of(const gdf__edge *edge);

/* "stage", "image", "context", "nothing". */
const char *gdf__graph_origin_name(gdf__graph_origin origin);

/* The instruction of an edge as its keyword: FROM, COPY, RUN; and the line it stands on. */
const char *gdf__graph_keyword(const gdf__graph *graph, const gdf__edge *edge);
uint32_t gdf__graph_line(const gdf__graph *graph, const gdf__edge *edge);

/* What the edge refers to: for FROM as gdf__graph_base(). */
gdf_str gdf__graph_reference(const gdf__graph *graph, const gdf__edge *edge);

/* The paths that an edge takes, one after the other: those of COPY, the `source` of a mount. Start
 * with `*part` 0; false when there are no more. */
bool gdf__graph_next_path(const gdf__graph *graph, const gdf__edge *edge, gdf_part *part,
                          gdf_str *path);

/* What FROM names: expanded, or as written when it is not known. */
gdf_str gdf__graph_base(const gdf__graph *graph, const gdf__stage *stage);

void gdf__graph_text(const gdf__graph *graph);
void gdf__graph_json(const gdf__graph *graph);
void gdf__graph_dot(const gdf__graph *graph);

#endif
