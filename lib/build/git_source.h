/* Sources of ADD and COPY that are no files of the build context. */
#ifndef GDF_BUILD_GIT_SOURCE_H
#define GDF_BUILD_GIT_SOURCE_H

#include "base/arena.h"

/* What the builder reads out of a source. */
typedef struct gdf__git_source {
    bool is_git;   /* it names a repository */
    bool is_local; /* …in the form `github.com/…`, which ADD takes for a path */
    gdf_str error; /* what is wrong with its query, or empty */
    gdf_str checksum;
    bool has_keep_git_dir;
    bool keep_git_dir;
} gdf__git_source;

gdf__git_source gdf__git_source_read(gdf_str text, gdf__arena *arena);

/* True for the URL of a file: http:// or https:// in front, and no repository, or one whose query
 * is wrong. */
bool gdf__is_http_source(gdf_str text, gdf__arena *arena);

#endif
