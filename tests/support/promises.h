/* What the library promises for every input, checked from outside through the public API. Each
 * function gives NULL when all of it holds, else the broken promise in words (static storage). */
#ifndef GDF_TESTS_PROMISES_H
#define GDF_TESTS_PROMISES_H

#include <godockerfile.h>

/* The tokens tile the text, lines and positions agree, nodes nest and lie in the text, the parts of
 * each instruction lie in it, problems lie in the text. */
const char *promises_broken_by_document(const gdf_document *document, gdf_str text);

/* Stages and edges name each other; commands and words lie in their instruction. */
const char *promises_broken_by_build(const gdf_build *build, const gdf_document *document);

/* Findings are in order and lie in the text; the edits of each fix are sorted, apart, inside, and
 * apply. */
const char *promises_broken_by_report(const gdf_report *report, const gdf_document *document);

/* What was done was allowed and told; the diff turns the original into the result; the builder
 * accepts the result when it accepted the original; rewriting the result changes nothing. The other
 * arguments are those that the rewrite was made with. */
const char *promises_broken_by_rewrite(const gdf_rewrite *rewrite, const gdf_ruleset *ruleset,
                                       const gdf_project *project, const gdf_options *options);

#endif
