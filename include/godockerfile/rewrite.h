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

/** What became of a document by its fixes. It never changes. */
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
/** Frees the rewrite; NULL is accepted. */
GDF_API void gdf_rewrite_free(gdf_rewrite *rewrite);

/** The text before the fixes. */
GDF_API gdf_str gdf_rewrite_get_original(const gdf_rewrite *rewrite);
/** The text after the fixes; the text before when none was applied. */
GDF_API gdf_str gdf_rewrite_get_text(const gdf_rewrite *rewrite);
/** 1 when the text changed. */
GDF_API int gdf_rewrite_is_changed(const gdf_rewrite *rewrite);

/** Number of fixes that were applied, in order. */
GDF_API uint32_t gdf_rewrite_count_applied(const gdf_rewrite *rewrite);
/** The rule whose finding fix `index` (0-based) removed. */
GDF_API gdf_rule gdf_rewrite_get_applied_rule(const gdf_rewrite *rewrite, uint32_t index);
/** What that fix promises. */
GDF_API gdf_fix_class gdf_rewrite_get_applied_class(const gdf_rewrite *rewrite, uint32_t index);
/** What that fix does, one imperative sentence. */
GDF_API gdf_str gdf_rewrite_get_applied_title(const gdf_rewrite *rewrite, uint32_t index);
/** Number of fixes that were not applied because their proof failed. */
GDF_API uint32_t gdf_rewrite_count_withheld(const gdf_rewrite *rewrite);
/** The rule of withheld fix `index` (0-based). */
GDF_API gdf_rule gdf_rewrite_get_withheld_rule(const gdf_rewrite *rewrite, uint32_t index);
/** What its proof failed on. */
GDF_API gdf_str gdf_rewrite_get_withheld_reason(const gdf_rewrite *rewrite, uint32_t index);

/** Number of new files that fixes want in the build context (an ignore file). */
GDF_API uint32_t gdf_rewrite_count_files(const gdf_rewrite *rewrite);
/** Path of new file `index` (0-based) from the root of the build context. */
GDF_API gdf_str gdf_rewrite_get_file_name(const gdf_rewrite *rewrite, uint32_t index);
/** Content of new file `index`. */
GDF_API gdf_str gdf_rewrite_get_file_content(const gdf_rewrite *rewrite, uint32_t index);

/** Unified diff from the original to the result, three lines of context; empty when nothing
 * changed. NULL when memory is short. Free with gdf_text_free(). */
GDF_API gdf_text *gdf_rewrite_render_diff(const gdf_rewrite *rewrite, const gdf_options *options);

#ifdef __cplusplus
}
#endif

#endif
