/* Paths inside an image. */
#ifndef GDF_GOLANG_PATHS_H
#define GDF_GOLANG_PATHS_H

#include "build/build.h"

/* `path` made absolute against `workdir` (absolute, or empty when unknown) and cleaned of `.`, `..`
 * and double slashes; a trailing slash goes. Empty when it cannot be told. */
gdf_str gdf__golang_absolute_path(gdf__arena *arena, gdf_str workdir, gdf_str path);

/* The text of a shell word when it is known: literal, or with variables that the build knows. */
gdf_str gdf__paths_expand(const gdf_build *build, gdf_node instruction, const gdf__word *word,
                          gdf__arena *arena);

/* The last part of a path: "server" of "/app/server"; empty for "/". */
gdf_str gdf__path_base(gdf_str path);
/* What stands before the last part: "/app" of "/app/server", "/" of "/server", "" without a slash.
 */
gdf_str gdf__path_directory(gdf_str path);
/* True when `path` is `directory` or lies below it. Both absolute and clean. */
bool gdf__path_is_below(gdf_str path, gdf_str directory);

#endif
