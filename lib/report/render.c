/* The common part of all forms of a report. */
#include "base/options.h"
#include "report/report.h"

typedef bool (*render_function)(const gdf_report *, const gdf_options *, gdf__builder *);

static const render_function RENDERERS[] = {
    [GDF_REPORT_TEXT] = gdf__render_text,
    [GDF_REPORT_JSON] = gdf__render_json,
    [GDF_REPORT_BUILDKIT] = gdf__render_buildkit,
};

gdf_text *gdf_report_render(const gdf_report *report, gdf_report_format format,
                            const gdf_options *options)
{
    if (!report || (size_t)format >= sizeof RENDERERS / sizeof *RENDERERS)
        return NULL;
    gdf__builder out;
    gdf_allocator allocator = options ? gdf__options_allocator(options) : report->allocator;
    gdf__builder_init(&out, &allocator);
    if (!RENDERERS[format](report, options, &out))
        out.failed = true;
    return gdf__builder_finish(&out);
}

gdf__summary gdf__report_summarize(const gdf_report *report)
{
    gdf__summary summary = {.findings = gdf_report_count_findings(report)};
    for (gdf_finding finding = 1; finding <= summary.findings; finding++) {
        uint32_t severity = (uint32_t)gdf_finding_get_severity(report, finding);
        if (severity < GDF__SEVERITIES)
            summary.by_severity[severity]++;
        gdf_fix fix = gdf_finding_get_fix(report, finding, 0);
        if (!fix)
            continue;
        summary.fixable++;
        uint32_t fix_class = (uint32_t)gdf_fix_get_class(report, fix);
        if (fix_class < GDF__FIX_CLASSES)
            summary.by_class[fix_class]++;
    }
    return summary;
}
