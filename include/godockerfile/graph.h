/**
 * @file graph.h
 * The stages of a build and what each takes from where, as text.
 */
#ifndef GODOCKERFILE_GRAPH_H
#define GODOCKERFILE_GRAPH_H

#include <godockerfile/build.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Form of gdf_build_render_graph(). */
typedef enum gdf_graph_format {
    GDF_GRAPH_TEXT = 0, /**< for people: each stage, then a line for FROM and each source */
    GDF_GRAPH_JSON = 1, /**< one object: stages with their edges; stages count from 0 */
    GDF_GRAPH_DOT = 2   /**< for Graphviz: images and stages, an arrow from a source to its user */
} gdf_graph_format;

/**
 * The graph of the build's stages: FROM, COPY --from and RUN --mount=from=, with the paths that are
 * taken; the target and the stages that it does not reach are marked.
 * @return NULL when memory is short, `build` is NULL or the format is unknown. Free with
 *         gdf_text_free().
 */
GDF_API gdf_text *gdf_build_render_graph(const gdf_build *build, gdf_graph_format format);

#ifdef __cplusplus
}
#endif

#endif
