/**
 * @file copy_sources.h
 * Which files of the build context a COPY or ADD takes, and which of its sources take none.
 */
#ifndef GODOCKERFILE_COPY_SOURCES_H
#define GODOCKERFILE_COPY_SOURCES_H

#include <godockerfile/build.h>
#include <godockerfile/instruction.h>
#include <godockerfile/project.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The sources of one instruction in one build context. */
typedef struct gdf_copy_sources gdf_copy_sources;

/** Where a source of COPY or ADD lies. */
typedef enum gdf_source_kind {
    GDF_SOURCE_NONE = 0,
    GDF_SOURCE_CONTEXT = 1, /**< files of the build context */
    GDF_SOURCE_STAGE = 2,   /**< --from: a stage, an image or a named context */
    GDF_SOURCE_HEREDOC = 3, /**< text in the Dockerfile itself */
    GDF_SOURCE_REMOTE = 4,  /**< a URL or a git repository; COPY refuses it */
    GDF_SOURCE_UNKNOWN = 5  /**< its path is not certain: a variable without a known value, or in
                                 ONBUILD */
} gdf_source_kind;

/**
 * Looks for the sources of an instruction as the builder does: wildcards as Go's filepath.Match,
 * directories with all that is in them, --exclude and --parents; what the ignore file leaves out is
 * not there. A malformed pattern of --exclude or --parents, which the builder refuses, takes
 * nothing. The Dockerfile's path from the root of the context (GDF_OPTION_CONTEXT_PATH, or else
 * GDF_OPTION_FILE_NAME) decides which ignore file counts. Cost: files times sources and patterns
 * of --exclude and the ignore file.
 * @param build and `project` must outlive the result; NULL for `project` is an empty context.
 * @return NULL when memory is short or `build` is NULL. Other instructions have no sources. Free
 *         with gdf_copy_sources_free().
 */
GDF_API gdf_copy_sources *gdf_copy_sources_create(const gdf_build *build,
                                                  const gdf_project *project, gdf_node instruction);
/** Frees the result; NULL is accepted. */
GDF_API void gdf_copy_sources_free(gdf_copy_sources *sources);

/** Number of sources, in the order in which they are written; not the destination. */
GDF_API uint32_t gdf_copy_sources_count(const gdf_copy_sources *sources);
/** Where source `index` (0-based) lies; NONE past the last. */
GDF_API gdf_source_kind gdf_copy_sources_get_kind(const gdf_copy_sources *sources, uint32_t index);
/** The SOURCE part of source `index`, and its expanded text. */
GDF_API gdf_part gdf_copy_sources_get_part(const gdf_copy_sources *sources, uint32_t index);
/** The text of source `index` after expansion. */
GDF_API gdf_str gdf_copy_sources_get_text(const gdf_copy_sources *sources, uint32_t index);
/** 1 when a source of kind CONTEXT is or holds a file of the context. */
GDF_API int gdf_copy_sources_is_found(const gdf_copy_sources *sources, uint32_t index);
/** 1 when the builder fails unless the source is there: kind CONTEXT without a wildcard. (A context
 * that is known as files alone does not tell of empty directories.) */
GDF_API int gdf_copy_sources_is_required(const gdf_copy_sources *sources, uint32_t index);

/** Files that are taken, each once, in the bytewise order of their paths from the context root. */
GDF_API uint32_t gdf_copy_sources_count_files(const gdf_copy_sources *sources);
/** Path of file `index` (0-based) from the context root, without a slash in front. */
GDF_API gdf_str gdf_copy_sources_get_file(const gdf_copy_sources *sources, uint32_t index);
/** The first source, as an index, that takes the file. */
GDF_API uint32_t gdf_copy_sources_get_file_source(const gdf_copy_sources *sources, uint32_t index);

/* ---- Names of the enums ---------------------------------------------------------------------- */

/** "context", "stage", "heredoc", "remote", "unknown", "none"; static storage; "" for a foreign
 * value. */
GDF_API const char *gdf_source_kind_name(gdf_source_kind kind);
/** The kind of source with that name, in any case; NONE when there is none. */
GDF_API gdf_source_kind gdf_source_kind_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
