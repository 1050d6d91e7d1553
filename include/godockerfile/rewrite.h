/**
 * @file rewrite.h
 * Applying fixes. Every applied fix carries a proof: the result was parsed again, what lies outside
 * the fix is the same to the builder and to the byte, the finding is gone, nothing as bad appeared.
 */
#ifndef GODOCKERFILE_REWRITE_H
#define GODOCKERFILE_REWRITE_H

#include <godockerfile/report.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gdf_rewrite gdf_rewrite;

/**
 * Applies the fixes that the options allow: safe ones, bug fixes unless GDF_OPTION_FIX_BUGFIX is 0,
 * suggested ones when GDF_OPTION_FIX_SUGGESTED is 1; only of the rules in GDF_OPTION_FIX_RULE when
 * there are any. Compatible fixes are applied together, the result is checked again, and so on
 * until nothing changes (at most GDF_OPTION_MAX_FIX_ROUNDS times). A fix whose proof fails is
 * withheld. Arguments and lifetimes as for gdf_report_create(), but the document need not outlive
 * the rewrite.
 * @return NULL when memory is short or `document` is NULL. Free with gdf_rewrite_free().
 */
GDF_API gdf_rewrite *gdf_rewrite_create(const gdf_document *document, const gdf_ruleset *ruleset,
                                        const gdf_project *project, const gdf_options *options);
GDF_API void gdf_rewrite_free(gdf_rewrite *rewrite);

/** The text before and after. */
GDF_API gdf_str gdf_rewrite_get_original(const gdf_rewrite *rewrite);
GDF_API gdf_str gdf_rewrite_get_text(const gdf_rewrite *rewrite);
/** 1 when the text changed. */
GDF_API int gdf_rewrite_is_changed(const gdf_rewrite *rewrite);

/** Fixes that were applied, in order, and those withheld. */
GDF_API uint32_t gdf_rewrite_count_applied(const gdf_rewrite *rewrite);
GDF_API gdf_rule gdf_rewrite_get_applied_rule(const gdf_rewrite *rewrite, uint32_t index);
GDF_API gdf_fix_class gdf_rewrite_get_applied_class(const gdf_rewrite *rewrite, uint32_t index);
GDF_API gdf_str gdf_rewrite_get_applied_title(const gdf_rewrite *rewrite, uint32_t index);
GDF_API uint32_t gdf_rewrite_count_withheld(const gdf_rewrite *rewrite);
GDF_API gdf_rule gdf_rewrite_get_withheld_rule(const gdf_rewrite *rewrite, uint32_t index);
GDF_API gdf_str gdf_rewrite_get_withheld_reason(const gdf_rewrite *rewrite, uint32_t index);

/** New files that fixes want beside the Dockerfile (an ignore file): name and content. */
GDF_API uint32_t gdf_rewrite_count_files(const gdf_rewrite *rewrite);
GDF_API gdf_str gdf_rewrite_get_file_name(const gdf_rewrite *rewrite, uint32_t index);
GDF_API gdf_str gdf_rewrite_get_file_content(const gdf_rewrite *rewrite, uint32_t index);

/** Unified diff from the original to the result, three lines of context; empty when nothing
 * changed. NULL when memory is short. Free with gdf_text_free(). */
GDF_API gdf_text *gdf_rewrite_render_diff(const gdf_rewrite *rewrite, const gdf_options *options);

#ifdef __cplusplus
}
#endif

#endif
