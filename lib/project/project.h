/* The build context as the layers above see it. */
#ifndef GDF_PROJECT_PROJECT_H
#define GDF_PROJECT_PROJECT_H

#include <godockerfile/project.h>

#include "base/arena.h"
#include "base/name_map.h"
#include "project/ignore.h"

typedef struct gdf__project_file {
    gdf_str path; /* clean: no leading "/", no "." or ".." */
    gdf_str content;
    bool has_content; /* false: only the path is known */
} gdf__project_file;

struct gdf_project {
    gdf__arena arena;
    gdf__table files;      /* of gdf__project_file, in the order of adding */
    gdf__name_map by_path; /* path → index into files */
    gdf_str unreadable;    /* see gdf_project_get_unreadable() */
};

/* The file with that path, or NULL. A leading "/" or "./" is left aside; clean other paths first
 * (base/path.h). */
const gdf__project_file *gdf__project_find(const gdf_project *project, gdf_str path);

/* File `index` in the bytewise order of paths, or NULL. */
const gdf__project_file *gdf__project_file_at(const gdf_project *project, uint32_t index);

/* Index of the first file whose path is not before `path`. Files below a directory stand together,
 * from "directory/" on. */
uint32_t gdf__project_lower_bound(const gdf_project *project, gdf_str path);

/* True when a file lies below the directory. "", "." and "/" are the root. */
bool gdf__project_has_directory(const gdf_project *project, gdf_str path);

/* The patterns of the ignore file that a build of `dockerfile` uses; the list is empty (and valid)
 * without such a file. It lives as long as `arena` and the project. `*path` gets the ignore file's
 * path, empty when there is none; NULL is accepted. */
gdf__ignore gdf__project_read_ignore_file(const gdf_project *project, gdf_str dockerfile,
                                          gdf__arena *arena, gdf_str *path);

#endif
