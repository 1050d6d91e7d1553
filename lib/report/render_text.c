/* The report for people. */
#include "base/ascii.h"
#include "base/slice.h"
#include "report/columns.h"
#include "report/excerpt.h"
#include "report/report.h"
#include "syntax/document.h"

typedef struct text_report {
    const gdf_report *report;
    gdf__printer printer;
    gdf__columns columns;
    gdf_str file;
    char *explained; /* by rule: 1 once its reason was printed */
} text_report;

static const gdf__style SEVERITY_STYLES[GDF__SEVERITIES] = {
    [GDF_SEVERITY_NONE] = GDF__STYLE_STRONG, [GDF_SEVERITY_STYLE] = GDF__STYLE_STRONG,
    [GDF_SEVERITY_INFO] = GDF__STYLE_INFO,   [GDF_SEVERITY_WARNING] = GDF__STYLE_WARNING,
    [GDF_SEVERITY_ERROR] = GDF__STYLE_ERROR,
};

static void print_place(text_report *text, uint32_t offset)
{
    gdf__printer *printer = &text->printer;
    gdf__place place = gdf__columns_find(&text->columns, offset);
    gdf__print_style(printer, GDF__STYLE_STRONG);
    gdf__print_input(printer, text->file);
    gdf__print(printer, ":");
    gdf__print_number(printer, place.line);
    gdf__print(printer, ":");
    gdf__print_number(printer, place.column);
    gdf__print(printer, ": ");
    gdf__print_plain(printer);
}

static void print_heading(text_report *text, gdf_finding finding, gdf__style style)
{
    gdf__printer *printer = &text->printer;
    gdf_rule rule = gdf_finding_get_rule(text->report, finding);
    print_place(text, gdf_finding_get_start(text->report, finding));
    gdf__print_styled(printer, style,
                      gdf_severity_name(gdf_finding_get_severity(text->report, finding)));
    gdf__print(printer, ": ");
    gdf__print_input(printer, gdf_finding_get_message(text->report, finding));
    gdf__print_style(printer, GDF__STYLE_FAINT);
    gdf__print(printer, " [");
    gdf__print(printer, gdf_rule_get_code(rule));
    gdf__print(printer, " ");
    gdf__print(printer, gdf_rule_get_name(rule));
    gdf__print(printer, "]");
    gdf__print_plain(printer);
    gdf__print(printer, "\n");
}

static void print_related(text_report *text, gdf_finding finding)
{
    uint32_t count = gdf_finding_count_related(text->report, finding);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = gdf_finding_get_related_start(text->report, finding, i);
        uint32_t end = gdf_finding_get_related_end(text->report, finding, i);
        gdf__print(&text->printer, "  ");
        print_place(text, start);
        gdf__print_styled(&text->printer, GDF__STYLE_LABEL, "see");
        gdf__print(&text->printer, ": ");
        gdf__print_input(&text->printer, gdf_finding_get_related_message(text->report, finding, i));
        gdf__print(&text->printer, "\n");
        gdf__print_excerpt(&text->printer, &text->report->document->source, start, end,
                           GDF__STYLE_LABEL);
    }
}

/* Up to the first full stop that ends a sentence: one with a blank and a capital, a digit or a
 * quoted word behind it. */
static gdf_str first_sentence(gdf_str text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        char next = text.ptr[i + 2];
        if (text.ptr[i] == '.' && text.ptr[i + 1] == ' ' &&
            (gdf__ascii_is_upper(next) || gdf__ascii_is_digit(next) || next == '`'))
            return gdf__str_slice(text, 0, i + 1);
    }
    return text;
}

static void print_line(text_report *text, gdf__style style, const char *label, gdf_str line)
{
    gdf__print(&text->printer, "  ");
    gdf__print_styled(&text->printer, style, label);
    gdf__print(&text->printer, ": ");
    gdf__print_input(&text->printer, line);
    gdf__print(&text->printer, "\n");
}

static void print_reason(text_report *text, gdf_rule rule)
{
    gdf_str reason = first_sentence(gdf__str(gdf_rule_get_rationale(rule)));
    if (rule > gdf_rule_count() || text->explained[rule] || reason.len == 0)
        return;
    text->explained[rule] = 1;
    print_line(text, GDF__STYLE_LABEL, "why", reason);
}

static void print_fixes(text_report *text, gdf_finding finding)
{
    gdf__printer *printer = &text->printer;
    uint32_t count = gdf_finding_count_fixes(text->report, finding);
    for (uint32_t i = 0; i < count; i++) {
        gdf_fix fix = gdf_finding_get_fix(text->report, finding, i);
        gdf__print(printer, "  ");
        gdf__print_style(printer, GDF__STYLE_GOOD);
        gdf__print(printer, "fix (");
        gdf__print(printer, gdf_fix_class_name(gdf_fix_get_class(text->report, fix)));
        gdf__print(printer, ")");
        gdf__print_plain(printer);
        gdf__print(printer, ": ");
        gdf__print_input(printer, gdf_fix_get_title(text->report, fix));
        gdf_str file = gdf_fix_get_file(text->report, fix);
        if (file.len) {
            gdf__print(printer, " (new file ");
            gdf__print_input(printer, file);
            gdf__print(printer, ")");
        }
        gdf__print(printer, "\n");
    }
}

static void print_finding(text_report *text, gdf_finding finding)
{
    uint32_t severity = (uint32_t)gdf_finding_get_severity(text->report, finding);
    gdf__style style = SEVERITY_STYLES[severity < GDF__SEVERITIES ? severity : 0];
    print_heading(text, finding, style);
    gdf__print_excerpt(&text->printer, &text->report->document->source,
                       gdf_finding_get_start(text->report, finding),
                       gdf_finding_get_end(text->report, finding), style);
    print_related(text, finding);
    print_reason(text, gdf_finding_get_rule(text->report, finding));
    print_fixes(text, finding);
    gdf_str note = gdf_finding_get_note(text->report, finding);
    if (note.len)
        print_line(text, GDF__STYLE_LABEL, "note", note);
    gdf__print(&text->printer, "\n");
}

/* ", 2 warnings" */
static void print_count(gdf__printer *printer, const char **separator, uint32_t count,
                        const char *name, const char *plural)
{
    if (count == 0)
        return;
    gdf__print(printer, *separator);
    gdf__print_number(printer, count);
    gdf__print(printer, " ");
    gdf__print(printer, name);
    if (count > 1)
        gdf__print(printer, plural);
    *separator = ", ";
}

static void print_severities(gdf__printer *printer, const gdf__summary *summary)
{
    const char *separator = "";
    print_count(printer, &separator, summary->by_severity[GDF_SEVERITY_ERROR], "error", "s");
    print_count(printer, &separator, summary->by_severity[GDF_SEVERITY_WARNING], "warning", "s");
    print_count(printer, &separator, summary->by_severity[GDF_SEVERITY_INFO], "info", "");
    print_count(printer, &separator, summary->by_severity[GDF_SEVERITY_STYLE], "style", "");
    if (summary->findings == 0)
        gdf__print(printer, "no findings");
}

static void print_fixable(gdf__printer *printer, const gdf__summary *summary)
{
    const char *separator = " (";
    if (summary->fixable == 0)
        return;
    gdf__print(printer, "; ");
    gdf__print_number(printer, summary->fixable);
    gdf__print(printer, " fixable");
    for (uint32_t i = GDF_FIX_SAFE; i < GDF__FIX_CLASSES; i++)
        print_count(printer, &separator, summary->by_class[i], gdf_fix_class_name((gdf_fix_class)i),
                    "");
    gdf__print(printer, ")");
}

static void print_summary(text_report *text)
{
    gdf__printer *printer = &text->printer;
    gdf__summary summary = gdf__report_summarize(text->report);
    const char *separator = "; ";
    gdf__print_style(printer, GDF__STYLE_STRONG);
    gdf__print_input(printer, text->file);
    gdf__print_plain(printer);
    gdf__print(printer, ": ");
    print_severities(printer, &summary);
    print_fixable(printer, &summary);
    print_count(printer, &separator, gdf_report_count_suppressed(text->report), "suppressed", "");
    print_count(printer, &separator, gdf_report_count_dropped(text->report), "not shown", "");
    gdf__print(printer, "\n");
}

bool gdf__render_text(const gdf_report *report, const gdf_options *options, gdf__builder *out)
{
    bool color = gdf_options_get_number(options, GDF_OPTION_COLOR) != 0;
    text_report text = {
        .report = report,
        .printer = {.out = out, .color = color},
        .file = gdf_document_get_file_name(report->document),
        .explained = gdf__allocate_zeroed(&out->allocator, (size_t)gdf_rule_count() + 1),
    };
    if (text.file.len == 0)
        text.file = GDF__LITERAL("Dockerfile");
    bool done = gdf__columns_init(&text.columns, &report->document->source, &out->allocator) &&
                text.explained;
    if (done) {
        uint32_t count = gdf_report_count_findings(report);
        for (gdf_finding finding = 1; finding <= count; finding++)
            print_finding(&text, finding);
        print_summary(&text);
    }
    gdf__columns_free(&text.columns);
    gdf__release(&out->allocator, text.explained);
    return done;
}
