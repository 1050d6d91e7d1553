/* Slash-separated paths as Go's package path treats them. No file system is asked. */
#ifndef GDF_BASE_PATH_H
#define GDF_BASE_PATH_H

#include "base/arena.h"

/* Go's path.Clean: no empty, `.` or inner `..` component, no slash at the end; "" gives ".". A
 * slice of `path` when that is clean, else text in the arena. */
gdf_str gdf__path_clean(gdf_str path, gdf__arena *arena);

/* Go's path.Join of two elements: empty ones are left out, the result is clean; "" of two empty. */
gdf_str gdf__path_join(gdf_str directory, gdf_str path, gdf__arena *arena);

/* True for a path that begins with a slash. */
static inline bool gdf__path_is_absolute(gdf_str path)
{
    return path.len > 0 && path.ptr[0] == '/';
}

#endif
