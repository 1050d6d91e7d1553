/* What a recorded row gives the library: options, images, the ignore file; and the report of it. */
#ifndef GDF_TESTS_GOLDEN_INPUTS_H
#define GDF_TESTS_GOLDEN_INPUTS_H

#include <stdbool.h>

#include <godockerfile/report.h>
#include <jansson.h>

/* The row's `opts` and `images`. Free with gdf_options_free(). */
gdf_options *golden_options(const json_t *row);

/* A report of a row's text in profile buildkit, and what it was made from. */
typedef struct golden_report {
    gdf_options *options;
    gdf_document *document;
    gdf_ruleset *ruleset;
    gdf_project *project; /* holds the row's ignore file; NULL without one */
    gdf_report *report;
} golden_report;

/* The builder's check looks at all stages; a build at what the last one needs, unless the row has a
 * target. Free with golden_report_free(). */
golden_report golden_report_of_check(gdf_str text, const json_t *row);
golden_report golden_report_of_build(gdf_str text, const json_t *row);
void golden_report_free(golden_report *report);

/* The error that the builder ends in, as the report has it; empty for none. */
gdf_str golden_report_error(const golden_report *report);

/* The builder does not choose among equally near names: the text in front of the suggestion. */
gdf_str without_suggestion(gdf_str text);

/* True for the same names in any order behind `lint violation found for rules: `, which the builder
 * lists at random. */
bool same_rule_list(gdf_str got, gdf_str expected);

#endif
