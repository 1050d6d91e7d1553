/* The report for programs. */
#include "base/slice.h"
#include "report/columns.h"
#include "report/json_writer.h"
#include "report/report.h"
#include "syntax/document.h"

typedef struct json_report {
    const gdf_report *report;
    gdf__builder *out;
    gdf__columns columns;
} json_report;

static void add_range(json_report *json, uint32_t start, uint32_t end)
{
    gdf__place first = gdf__columns_find(&json->columns, start);
    gdf__place last = gdf__columns_find(&json->columns, end);
    gdf__json_number(json->out, "start", start);
    gdf__json_number(json->out, "end", end);
    gdf__json_number(json->out, "line", first.line);
    gdf__json_number(json->out, "column", first.column);
    gdf__json_number(json->out, "endLine", last.line);
    gdf__json_number(json->out, "endColumn", last.column);
}

/* The comma separated list as an array. */
static void add_aliases(json_report *json, gdf_str aliases)
{
    gdf__json_key(json->out, "aliases");
    gdf__builder_add_byte(json->out, '[');
    for (size_t start = 0; start < aliases.len;) {
        size_t end = gdf__str_find(aliases, ',', start);
        gdf__json_item(json->out);
        gdf__builder_add_json(json->out, gdf__str_slice(aliases, start, end));
        start = end + 1;
    }
    gdf__builder_add_byte(json->out, ']');
}

static void add_related(json_report *json, gdf_finding finding)
{
    const gdf_report *report = json->report;
    uint32_t count = gdf_finding_count_related(report, finding);
    gdf__json_key(json->out, "related");
    gdf__builder_add_byte(json->out, '[');
    for (uint32_t i = 0; i < count; i++) {
        gdf__json_item(json->out);
        gdf__builder_add_byte(json->out, '{');
        gdf__json_text(json->out, "message", gdf_finding_get_related_message(report, finding, i));
        add_range(json, gdf_finding_get_related_start(report, finding, i),
                  gdf_finding_get_related_end(report, finding, i));
        gdf__builder_add_byte(json->out, '}');
    }
    gdf__builder_add_byte(json->out, ']');
}

static void add_edits(json_report *json, gdf_fix fix)
{
    const gdf_report *report = json->report;
    uint32_t count = gdf_fix_count_edits(report, fix);
    gdf__json_key(json->out, "edits");
    gdf__builder_add_byte(json->out, '[');
    for (uint32_t i = 0; i < count; i++) {
        gdf__json_item(json->out);
        gdf__builder_add_byte(json->out, '{');
        gdf__json_number(json->out, "start", gdf_fix_get_edit_start(report, fix, i));
        gdf__json_number(json->out, "end", gdf_fix_get_edit_end(report, fix, i));
        gdf__json_text(json->out, "text", gdf_fix_get_edit_text(report, fix, i));
        gdf__builder_add_byte(json->out, '}');
    }
    gdf__builder_add_byte(json->out, ']');
}

static void add_fixes(json_report *json, gdf_finding finding)
{
    const gdf_report *report = json->report;
    uint32_t count = gdf_finding_count_fixes(report, finding);
    gdf__json_key(json->out, "fixes");
    gdf__builder_add_byte(json->out, '[');
    for (uint32_t i = 0; i < count; i++) {
        gdf_fix fix = gdf_finding_get_fix(report, finding, i);
        gdf__json_item(json->out);
        gdf__builder_add_byte(json->out, '{');
        gdf__json_text(json->out, "class",
                       gdf__str(gdf_fix_class_name(gdf_fix_get_class(report, fix))));
        gdf__json_text(json->out, "title", gdf_fix_get_title(report, fix));
        gdf__json_text(json->out, "file", gdf_fix_get_file(report, fix));
        add_edits(json, fix);
        gdf__builder_add_byte(json->out, '}');
    }
    gdf__builder_add_byte(json->out, ']');
}

static void add_finding(json_report *json, gdf_finding finding)
{
    const gdf_report *report = json->report;
    gdf_rule rule = gdf_finding_get_rule(report, finding);
    gdf__json_item_on_line(json->out);
    gdf__builder_add_byte(json->out, '{');
    gdf__json_text(json->out, "code", gdf__str(gdf_rule_get_code(rule)));
    gdf__json_text(json->out, "name", gdf__str(gdf_rule_get_name(rule)));
    gdf__json_text(json->out, "severity",
                   gdf__str(gdf_severity_name(gdf_finding_get_severity(report, finding))));
    gdf__json_text(json->out, "category", gdf__str(gdf_rule_get_category(rule)));
    gdf__json_text(json->out, "message", gdf_finding_get_message(report, finding));
    add_range(json, gdf_finding_get_start(report, finding), gdf_finding_get_end(report, finding));
    add_aliases(json, gdf__str(gdf_rule_get_aliases(rule)));
    gdf__json_text(json->out, "help", gdf__str(gdf_rule_get_help(rule)));
    gdf__json_text(json->out, "note", gdf_finding_get_note(report, finding));
    add_related(json, finding);
    add_fixes(json, finding);
    gdf__builder_add_byte(json->out, '}');
}

static void add_summary(json_report *json)
{
    gdf__summary summary = gdf__report_summarize(json->report);
    gdf__json_key(json->out, "summary");
    gdf__builder_add_byte(json->out, '{');
    gdf__json_number(json->out, "findings", summary.findings);
    for (int severity = GDF_SEVERITY_ERROR; severity > GDF_SEVERITY_NONE; severity--)
        gdf__json_number(json->out, gdf_severity_name((gdf_severity)severity),
                         summary.by_severity[severity]);
    gdf__json_number(json->out, "fixable", summary.fixable);
    gdf__json_number(json->out, "dropped", gdf_report_count_dropped(json->report));
    gdf__json_number(json->out, "suppressed", gdf_report_count_suppressed(json->report));
    gdf__builder_add_byte(json->out, '}');
}

bool gdf__render_json(const gdf_report *report, const gdf_options *options, gdf__builder *out)
{
    (void)options;
    json_report json = {.report = report, .out = out};
    if (!gdf__columns_init(&json.columns, &report->document->source, &out->allocator)) {
        gdf__columns_free(&json.columns);
        return false;
    }
    gdf__builder_add_byte(out, '{');
    gdf__json_text(out, "version", gdf__str(gdf_version()));
    gdf__json_text(out, "file", gdf_document_get_file_name(report->document));
    gdf__json_key(out, "findings");
    gdf__builder_add_byte(out, '[');
    uint32_t count = gdf_report_count_findings(report);
    for (gdf_finding finding = 1; finding <= count; finding++)
        add_finding(&json, finding);
    gdf__builder_add_text(out, count ? "\n]" : "]");
    add_summary(&json);
    gdf__builder_add_byte(out, '}');
    gdf__builder_add_byte(out, '\n');
    gdf__columns_free(&json.columns);
    return true;
}
