/**
 * @file project.h
 * The build context, as far as the caller tells of it: which files there are and what the ignore
 * file and go.mod say. Without a project the rules that need one are silent.
 */
#ifndef GODOCKERFILE_PROJECT_H
#define GODOCKERFILE_PROJECT_H

#include <godockerfile/options.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The files of a build context. Nothing may be added once it is used. */
typedef struct gdf_project gdf_project;

/** An empty context: the caller states that it was looked at and adds what is in it.
 * NULL when memory is short. Free with gdf_project_free(). */
GDF_API gdf_project *gdf_project_create(const gdf_options *options);
/** Frees the project; NULL is accepted. Copy sources made with it must be freed before. */
GDF_API void gdf_project_free(gdf_project *project);

/**
 * Adds a file by its path relative to the context root, `/` between the parts; for a path that is
 * there already, sets its content. Content may be empty, or NULL, when it does not matter; it is
 * copied. Do this before the project is used for a check.
 * @return GDF_ERROR_ARGUMENT for a path that leads to the root itself or out of it,
 *         GDF_ERROR_MEMORY.
 */
GDF_API gdf_status gdf_project_add_file(gdf_project *project, const char *path, size_t path_len,
                                        const char *content, size_t content_len);

/**
 * Adds the files below a directory of the file system: all paths (up to 100,000 entries, symbolic
 * links not followed, `.git` not entered) and the contents of ignore files, go.mod, go.work and
 * vendor/modules.txt.
 * @return GDF_ERROR_IO when something in it cannot be read (gdf_project_get_unreadable() names it,
 *         the rest is there, and errno says why), GDF_ERROR_LIMIT past the limit (what was read so
 *         far is kept), GDF_ERROR_ARGUMENT for NULL and "", GDF_ERROR_MEMORY.
 */
GDF_API gdf_status gdf_project_add_directory(gdf_project *project, const char *directory);
/** Path of the first thing that the last gdf_project_add_directory() could not read, from that
 * directory on; empty when it was the directory itself, or nothing. */
GDF_API gdf_str gdf_project_get_unreadable(const gdf_project *project);

/** Number of files; a path that was added twice counts once. */
GDF_API uint32_t gdf_project_count_files(const gdf_project *project);
/** Path of file `index` (0-based), in bytewise order. */
GDF_API gdf_str gdf_project_get_path(const gdf_project *project, uint32_t index);
/** 1 when the file is in the context. */
GDF_API int gdf_project_has_file(const gdf_project *project, const char *path, size_t len);
/** Content of a file, empty when it is unknown. */
GDF_API gdf_str gdf_project_get_content(const gdf_project *project, const char *path, size_t len);
/**
 * Path of the ignore file that a build of `dockerfile` (path relative to the root) uses:
 * `<dockerfile>.dockerignore`, else `.dockerignore`, else empty.
 */
GDF_API gdf_str gdf_project_find_ignore_file(const gdf_project *project, const char *dockerfile,
                                             size_t len);

#ifdef __cplusplus
}
#endif

#endif
