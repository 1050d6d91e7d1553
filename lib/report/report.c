#include "report/report.h"

#include "base/options.h"
#include "base/slice.h"

gdf_report *gdf_report_create(const gdf_document *document, const gdf_ruleset *ruleset,
                              const gdf_project *project, const gdf_options *options)
{
    if (!document)
        return NULL;
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf_report *report = gdf__allocate(&allocator, sizeof *report);
    if (!report)
        return NULL;
    *report = (gdf_report){.allocator = allocator, .document = document};
    if (!gdf__analysis_run(&report->analysis, document, ruleset, project, options)) {
        gdf_report_free(report);
        return NULL;
    }
    return report;
}

void gdf_report_free(gdf_report *report)
{
    if (!report)
        return;
    gdf_allocator allocator = report->allocator;
    gdf__analysis_free(&report->analysis);
    gdf__release(&allocator, report);
}

/* ---- Findings -------------------------------------------------------------------------------- */

static const gdf__finding *get_finding(const gdf_report *report, gdf_finding finding)
{
    if (!report || finding == 0 || finding > report->analysis.findings.findings.count)
        return NULL;
    return GDF__AT(report->analysis.findings.findings, gdf__finding, finding - 1);
}

static const gdf__related *get_related(const gdf_report *report, gdf_finding finding,
                                       uint32_t index)
{
    const gdf__finding *row = get_finding(report, finding);
    if (!row || index >= row->related_count)
        return NULL;
    return GDF__AT(report->analysis.findings.related, gdf__related, row->first_related + index);
}

uint32_t gdf_report_count_findings(const gdf_report *report)
{
    return report ? report->analysis.findings.findings.count : 0;
}

uint32_t gdf_report_count_dropped(const gdf_report *report)
{
    return report ? report->analysis.findings.dropped : 0;
}

uint32_t gdf_report_count_suppressed(const gdf_report *report)
{
    return report ? report->analysis.findings.suppressed : 0;
}

gdf_severity gdf_report_get_worst(const gdf_report *report)
{
    gdf_severity worst = GDF_SEVERITY_NONE;
    uint32_t count = gdf_report_count_findings(report);
    for (gdf_finding finding = 1; finding <= count; finding++) {
        gdf_severity severity = gdf_finding_get_severity(report, finding);
        if (severity > worst)
            worst = severity;
    }
    return worst;
}

gdf_rule gdf_finding_get_rule(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->rule : 0;
}

gdf_severity gdf_finding_get_severity(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? (gdf_severity)row->severity : GDF_SEVERITY_NONE;
}

uint32_t gdf_finding_get_start(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->start : 0;
}

uint32_t gdf_finding_get_end(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->end : 0;
}

gdf_str gdf_finding_get_message(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->message : gdf__empty;
}

gdf_str gdf_finding_get_note(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->note : gdf__empty;
}

uint32_t gdf_finding_count_related(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->related_count : 0;
}

uint32_t gdf_finding_get_related_start(const gdf_report *report, gdf_finding finding,
                                       uint32_t index)
{
    const gdf__related *row = get_related(report, finding, index);
    return row ? row->start : 0;
}

uint32_t gdf_finding_get_related_end(const gdf_report *report, gdf_finding finding, uint32_t index)
{
    const gdf__related *row = get_related(report, finding, index);
    return row ? row->end : 0;
}

gdf_str gdf_finding_get_related_message(const gdf_report *report, gdf_finding finding,
                                        uint32_t index)
{
    const gdf__related *row = get_related(report, finding, index);
    return row ? row->message : gdf__empty;
}

/* ---- Fixes ----------------------------------------------------------------------------------- */

static const gdf__fix *get_fix(const gdf_report *report, gdf_fix fix)
{
    if (!report || fix == 0 || fix > report->analysis.findings.fixes.count)
        return NULL;
    return GDF__AT(report->analysis.findings.fixes, gdf__fix, fix - 1);
}

static const gdf__edit *get_edit(const gdf_report *report, gdf_fix fix, uint32_t index)
{
    const gdf__fix *row = get_fix(report, fix);
    if (!row || index >= row->edits.edits.count)
        return NULL;
    return GDF__AT(row->edits.edits, gdf__edit, index);
}

uint32_t gdf_finding_count_fixes(const gdf_report *report, gdf_finding finding)
{
    const gdf__finding *row = get_finding(report, finding);
    return row ? row->fix_count : 0;
}

gdf_fix gdf_finding_get_fix(const gdf_report *report, gdf_finding finding, uint32_t index)
{
    const gdf__finding *row = get_finding(report, finding);
    return row && index < row->fix_count ? row->first_fix + index + 1 : 0;
}

gdf_fix_class gdf_fix_get_class(const gdf_report *report, gdf_fix fix)
{
    const gdf__fix *row = get_fix(report, fix);
    return row ? (gdf_fix_class)row->fix_class : GDF_FIX_NONE;
}

gdf_str gdf_fix_get_title(const gdf_report *report, gdf_fix fix)
{
    const gdf__fix *row = get_fix(report, fix);
    return row ? row->title : gdf__empty;
}

gdf_str gdf_fix_get_file(const gdf_report *report, gdf_fix fix)
{
    const gdf__fix *row = get_fix(report, fix);
    return row ? row->file : gdf__empty;
}

uint32_t gdf_fix_count_edits(const gdf_report *report, gdf_fix fix)
{
    const gdf__fix *row = get_fix(report, fix);
    return row ? row->edits.edits.count : 0;
}

uint32_t gdf_fix_get_edit_start(const gdf_report *report, gdf_fix fix, uint32_t index)
{
    const gdf__edit *row = get_edit(report, fix, index);
    return row ? row->start : 0;
}

uint32_t gdf_fix_get_edit_end(const gdf_report *report, gdf_fix fix, uint32_t index)
{
    const gdf__edit *row = get_edit(report, fix, index);
    return row ? row->end : 0;
}

gdf_str gdf_fix_get_edit_text(const gdf_report *report, gdf_fix fix, uint32_t index)
{
    const gdf__edit *row = get_edit(report, fix, index);
    return row ? row->text : gdf__empty;
}
