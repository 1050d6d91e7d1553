/* Checks a text in memory, as an editor or a server would: a rule set of its own, options for
 * limits, findings one by one. No file is opened. */
#include <stdio.h>
#include <string.h>

#include <godockerfile.h>

static const char SOURCE[] = "FROM golang:latest AS Build\n"
                             "MAINTAINER somebody@example.com\n"
                             "RUN echo unfinished \\\n";

/* The builder's own checks, but a deprecated instruction is an error here. */
static gdf_ruleset *make_ruleset(const gdf_options *options)
{
    static const char PROFILE[] = "buildkit";
    static const char STRICT[] = "MaintainerDeprecated";
    gdf_ruleset *ruleset = gdf_ruleset_create(options);
    gdf_ruleset_use_profile(ruleset, PROFILE, strlen(PROFILE));
    gdf_ruleset_set_severity(ruleset, gdf_rule_find(STRICT, strlen(STRICT)), GDF_SEVERITY_ERROR);
    return ruleset;
}

static void print_finding(const gdf_document *document, const gdf_report *report,
                          gdf_finding finding)
{
    uint32_t start = gdf_finding_get_start(report, finding);
    gdf_str message = gdf_finding_get_message(report, finding);
    printf("%u:%u %s %s: %.*s\n", gdf_document_find_line(document, start),
           gdf_document_find_column(document, start, GDF_COLUMN_UTF16),
           gdf_severity_name(gdf_finding_get_severity(report, finding)),
           gdf_rule_get_code(gdf_finding_get_rule(report, finding)), (int)message.len, message.ptr);
    for (uint32_t i = 0; i < gdf_finding_count_fixes(report, finding); i++) {
        gdf_fix fix = gdf_finding_get_fix(report, finding, i);
        gdf_str title = gdf_fix_get_title(report, fix);
        printf("    %s: %.*s\n", gdf_fix_class_name(gdf_fix_get_class(report, fix)), (int)title.len,
               title.ptr);
    }
}

int main(void)
{
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_MAX_FINDINGS, 100);
    gdf_ruleset *ruleset = make_ruleset(options);
    gdf_document *document = gdf_document_parse(SOURCE, strlen(SOURCE), options);
    gdf_report *report = gdf_report_create(document, ruleset, NULL, options);
    for (gdf_finding finding = 1; finding <= gdf_report_count_findings(report); finding++)
        print_finding(document, report, finding);
    int status = report ? 0 : 2;
    gdf_report_free(report);
    gdf_document_free(document);
    gdf_ruleset_free(ruleset);
    gdf_options_free(options);
    return status;
}
