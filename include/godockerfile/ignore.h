/**
 * @file ignore.h
 * Ignore files (.dockerignore): their patterns, and what they leave out of the build context.
 */
#ifndef GODOCKERFILE_IGNORE_H
#define GODOCKERFILE_IGNORE_H

#include <godockerfile/options.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An ignore file as the builder reads it. */
typedef struct gdf_ignore gdf_ignore;

/**
 * Reads an ignore file of `len` bytes, fewer than 2^32. The bytes are copied; any bytes are
 * accepted, NULL only with `len` 0.
 * @return NULL when memory is short or the text is too long. Free with gdf_ignore_free().
 */
GDF_API gdf_ignore *gdf_ignore_parse(const char *text, size_t len, const gdf_options *options);
/** Frees the ignore file; NULL is accepted. */
GDF_API void gdf_ignore_free(gdf_ignore *ignore);

/** Why the builder refuses the file, in its words, or empty. A file that is refused leaves nothing
 * out; its patterns in front of the fault are there all the same. */
GDF_API gdf_str gdf_ignore_get_error(const gdf_ignore *ignore);

/** Number of patterns; comments and blank lines are none. */
GDF_API uint32_t gdf_ignore_count_patterns(const gdf_ignore *ignore);
/** Pattern `index` (0-based) as the builder compares it: clean, no slash in front, no `!`. */
GDF_API gdf_str gdf_ignore_get_pattern(const gdf_ignore *ignore, uint32_t index);
/** 1 when the pattern begins with `!`: it brings paths back. */
GDF_API int gdf_ignore_is_exception(const gdf_ignore *ignore, uint32_t index);
/** Range of pattern `index` in the text, blanks around it left out. */
GDF_API uint32_t gdf_ignore_get_pattern_start(const gdf_ignore *ignore, uint32_t index);
/** End of that range. */
GDF_API uint32_t gdf_ignore_get_pattern_end(const gdf_ignore *ignore, uint32_t index);
/** Line of the pattern, from 1; 0 past the last pattern. */
GDF_API uint32_t gdf_ignore_get_pattern_line(const gdf_ignore *ignore, uint32_t index);

/**
 * 1 when the file or directory is left out of the context: the last pattern that matches it or one
 * of its parent directories decides. `path` is relative to the context, without `.` and `..`.
 */
GDF_API int gdf_ignore_match(const gdf_ignore *ignore, const char *path, size_t len);
/** Index of the pattern that decides on the path; the number of patterns when none matches. */
GDF_API uint32_t gdf_ignore_find_pattern(const gdf_ignore *ignore, const char *path, size_t len);

#ifdef __cplusplus
}
#endif

#endif
