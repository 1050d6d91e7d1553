/* Everything that one check works out about a document: the build, the Go model, the findings. */
#ifndef GDF_RULES_ANALYSIS_H
#define GDF_RULES_ANALYSIS_H

#include <godockerfile/project.h>
#include <godockerfile/rules.h>

#include "golang/golang.h"
#include "text/finding.h"

typedef struct gdf__analysis {
    gdf__arena arena; /* texts of findings and fixes */
    const gdf_document *document;
    gdf_build *build;
    gdf__golang golang;
    gdf__findings findings; /* sorted by start, end, rule code once the run is done */
} gdf__analysis;

/* Runs the rules of `ruleset` (NULL: profile production) over the document, which must outlive the
 * analysis. `project` and `options` may be NULL. False when memory is short; free it all the same.
 */
bool gdf__analysis_run(gdf__analysis *analysis, const gdf_document *document,
                       const gdf_ruleset *ruleset, const gdf_project *project,
                       const gdf_options *options);
void gdf__analysis_free(gdf__analysis *analysis);

#endif
