/* A report: what one analysis found. */
#ifndef GDF_REPORT_REPORT_H
#define GDF_REPORT_REPORT_H

#include <godockerfile/report.h>

#include "base/builder.h"
#include "rules/analysis.h"

struct gdf_report {
    gdf_allocator allocator;
    const gdf_document *document;
    gdf__analysis analysis;
};

enum { GDF__SEVERITIES = GDF_SEVERITY_ERROR + 1, GDF__FIX_CLASSES = GDF_FIX_SUGGESTED + 1 };

/* How many findings of which kind. */
typedef struct gdf__summary {
    uint32_t findings;
    uint32_t by_severity[GDF__SEVERITIES];
    uint32_t fixable;                    /* findings that offer a fix */
    uint32_t by_class[GDF__FIX_CLASSES]; /* of those, by the class of the preferred fix */
} gdf__summary;

gdf__summary gdf__report_summarize(const gdf_report *report);

/* The forms of gdf_report_render(). False when memory is short; a failed builder says so too.
 */
bool gdf__render_text(const gdf_report *report, const gdf_options *options, gdf__builder *out);
bool gdf__render_json(const gdf_report *report, const gdf_options *options, gdf__builder *out);
bool gdf__render_buildkit(const gdf_report *report, const gdf_options *options, gdf__builder *out);

#endif
