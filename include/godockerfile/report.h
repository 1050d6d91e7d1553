/**
 * @file report.h
 * Checking a document: findings, each with its place, its reason and its fixes.
 */
#ifndef GODOCKERFILE_REPORT_H
#define GODOCKERFILE_REPORT_H

#include <godockerfile/document.h>
#include <godockerfile/project.h>
#include <godockerfile/rules.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The findings of one check. It never changes. */
typedef struct gdf_report gdf_report;

/** A finding of one report, from 1 in order of line, column, code; 0 = none. */
typedef uint32_t gdf_finding;
/** A fix of one report; 0 = none. */
typedef uint32_t gdf_fix;

/**
 * Checks `document`. NULL for `ruleset` means profile production; NULL for `project` means that
 * nothing is known of the build context. The document must outlive the report; rule set, project
 * and options need not.
 * @return NULL when memory is short or `document` is NULL. Free with gdf_report_free().
 */
GDF_API gdf_report *gdf_report_create(const gdf_document *document, const gdf_ruleset *ruleset,
                                      const gdf_project *project, const gdf_options *options);
/** Frees the report; NULL is accepted. */
GDF_API void gdf_report_free(gdf_report *report);

/* ---- Findings -------------------------------------------------------------------------------- */

/** Number of findings; ids run from 1 to this. */
GDF_API uint32_t gdf_report_count_findings(const gdf_report *report);
/** Findings left out because of GDF_OPTION_MAX_FINDINGS. */
GDF_API uint32_t gdf_report_count_dropped(const gdf_report *report);
/** Findings silenced by comments of the file; they are not among the findings. */
GDF_API uint32_t gdf_report_count_suppressed(const gdf_report *report);
/** The worst severity among the findings; NONE without any. */
GDF_API gdf_severity gdf_report_get_worst(const gdf_report *report);

/** The rule that is broken; 0 for a foreign id. */
GDF_API gdf_rule gdf_finding_get_rule(const gdf_report *report, gdf_finding finding);
/** How bad it is, by the rule set and the circumstances. */
GDF_API gdf_severity gdf_finding_get_severity(const gdf_report *report, gdf_finding finding);
/** Range of what is wrong in the document. */
GDF_API uint32_t gdf_finding_get_start(const gdf_report *report, gdf_finding finding);
/** End of that range. */
GDF_API uint32_t gdf_finding_get_end(const gdf_report *report, gdf_finding finding);
/** What is wrong, with the words of the file. For the builder's checks and errors: its exact text.
 */
GDF_API gdf_str gdf_finding_get_message(const gdf_report *report, gdf_finding finding);
/** Why no fix is offered although the rule has one, or empty. */
GDF_API gdf_str gdf_finding_get_note(const gdf_report *report, gdf_finding finding);
/** Number of other places that matter, each with a range and a text. */
GDF_API uint32_t gdf_finding_count_related(const gdf_report *report, gdf_finding finding);
/** Range of place `index` (0-based) in the document. */
GDF_API uint32_t gdf_finding_get_related_start(const gdf_report *report, gdf_finding finding,
                                               uint32_t index);
/** End of that range. */
GDF_API uint32_t gdf_finding_get_related_end(const gdf_report *report, gdf_finding finding,
                                             uint32_t index);
/** What the place has to do with the finding. */
GDF_API gdf_str gdf_finding_get_related_message(const gdf_report *report, gdf_finding finding,
                                                uint32_t index);

/* ---- Fixes ----------------------------------------------------------------------------------- */

/** Number of alternative fixes; the first is preferred. */
GDF_API uint32_t gdf_finding_count_fixes(const gdf_report *report, gdf_finding finding);
/** Fix `index` (0-based) of a finding, or 0. */
GDF_API gdf_fix gdf_finding_get_fix(const gdf_report *report, gdf_finding finding, uint32_t index);
/** What the fix promises. */
GDF_API gdf_fix_class gdf_fix_get_class(const gdf_report *report, gdf_fix fix);
/** What the fix does, one imperative sentence. */
GDF_API gdf_str gdf_fix_get_title(const gdf_report *report, gdf_fix fix);
/** Path, from the root of the build context, of the new file that the fix writes instead of editing
 * the Dockerfile, or empty; the file's content is then the text of edit 0. */
GDF_API gdf_str gdf_fix_get_file(const gdf_report *report, gdf_fix fix);
/** Number of replacements, sorted, not overlapping. All of a fix belong together. */
GDF_API uint32_t gdf_fix_count_edits(const gdf_report *report, gdf_fix fix);
/** Range of the document that edit `index` (0-based) replaces. */
GDF_API uint32_t gdf_fix_get_edit_start(const gdf_report *report, gdf_fix fix, uint32_t index);
/** End of that range; the start again for an insertion. */
GDF_API uint32_t gdf_fix_get_edit_end(const gdf_report *report, gdf_fix fix, uint32_t index);
/** What edit `index` writes in its place. */
GDF_API gdf_str gdf_fix_get_edit_text(const gdf_report *report, gdf_fix fix, uint32_t index);

/* ---- Output ---------------------------------------------------------------------------------- */

/** Form of gdf_report_render(). */
typedef enum gdf_report_format {
    GDF_REPORT_TEXT = 0, /**< for people: source excerpts with carets, colour by GDF_OPTION_COLOR */
    GDF_REPORT_JSON = 1, /**< one object; see the README for its members */
    GDF_REPORT_BUILDKIT = 2 /**< the JSON of the builder's own check: its warnings in its order, and
                               its error; for reports of profile buildkit */
} gdf_report_format;

/** The report as text. Of the options GDF_OPTION_COLOR counts; they may be NULL. The result is NULL
 * when memory is short, `report` is NULL or the format is unknown. Free with gdf_text_free(). */
GDF_API gdf_text *gdf_report_render(const gdf_report *report, gdf_report_format format,
                                    const gdf_options *options);

#ifdef __cplusplus
}
#endif

#endif
