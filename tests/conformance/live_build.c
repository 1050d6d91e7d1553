/* What the library makes of a Dockerfile as a build, as buildkit/build.go says it. */
#include <string.h>

#include <godockerfile/config.h>

#include "base/slice.h"
#include "conformance/live_lines.h"
#include "report/report.h"
#include "rules/catalogue.h"

/* ---- the check ------------------------------------------------------------------------------- */

static void add_place(gdf__builder *out, uint32_t first, uint32_t last)
{
    if (first)
        live_add_lines(out, first, last);
}

static void answer_error_of_check(const gdf_report *report, const gdf__finding *finding,
                                  gdf__builder *out)
{
    const gdf__source *source = &report->document->source;
    live_begin(out, "check-error");
    live_add_text(out, finding->message);
    add_place(out, finding->first_line, finding->last_line);
    for (uint32_t i = 0; i < finding->related_count; i++) {
        const gdf__related *place =
            GDF__AT(report->analysis.findings.related, gdf__related, finding->first_related + i);
        add_place(out, gdf__source_line_at(source, place->start),
                  gdf__source_line_at(source, place->end));
    }
    live_end(out);
}

static void answer_finding(const gdf_report *report, const gdf__finding *finding, gdf__builder *out)
{
    if (finding->rule == GDF__RULE_GEN001) {
        answer_error_of_check(report, finding, out);
        return;
    }
    live_begin(out, "lint");
    live_add_text(out, gdf__str(gdf_rule_get_name(finding->rule)));
    live_add_text(out, finding->message);
    add_place(out, finding->first_line, finding->last_line);
    live_end(out);
}

static gdf_report *create_report(const gdf_document *document, const gdf_options *options,
                                 gdf__builder *out)
{
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    gdf_ruleset_use_profile(ruleset, "buildkit", strlen("buildkit"));
    gdf_report *report = gdf_report_create(document, ruleset, NULL, options);
    out->failed = out->failed || !report;
    gdf_ruleset_free(ruleset);
    return report;
}

static void answer_check(const gdf_document *document, const gdf_options *options,
                         gdf__builder *out)
{
    gdf_report *report = create_report(document, options, out);
    for (uint32_t i = 0; i < gdf_report_count_findings(report); i++)
        answer_finding(report, GDF__AT(report->analysis.findings.findings, gdf__finding, i), out);
    gdf_report_free(report);
}

/* ---- the build ------------------------------------------------------------------------------- */

/* A violation of the file's own checks is known to the report alone. Its options ask for the last
 * stage, as a build does. False when there is none. */
static bool answer_violation(const gdf_document *document, const gdf_options *options,
                             gdf__builder *out)
{
    gdf_report *report = create_report(document, options, out);
    bool found = false;
    for (uint32_t i = 0; i < gdf_report_count_findings(report) && !found; i++) {
        const gdf__finding *finding = GDF__AT(report->analysis.findings.findings, gdf__finding, i);
        found = finding->rule == GDF__RULE_GEN001;
        if (found)
            live_line(out, "build-error", finding->message);
    }
    gdf_report_free(report);
    return found;
}

static void answer_error(const gdf_config *config, gdf__builder *out)
{
    live_begin(out, "build-error");
    live_add_text(out, gdf_config_get_error(config));
    for (uint32_t i = 0; i < gdf_config_count_error_places(config); i++)
        add_place(out, gdf_config_get_error_first_line(config, i),
                  gdf_config_get_error_last_line(config, i));
    live_end(out);
}

static void answer_text(const gdf_config *config, const char *name, gdf_config_field field,
                        gdf__builder *out)
{
    live_line(out, name, gdf_config_get_text(config, field));
}

static void answer_list(const gdf_config *config, const char *name, gdf_config_field field,
                        gdf__builder *out)
{
    live_begin(out, name);
    for (uint32_t i = 0; i < gdf_config_count_items(config, field); i++)
        live_add_text(out, gdf_config_get_item(config, field, i));
    live_end(out);
}

static void answer_platform(const gdf_config *config, gdf__builder *out)
{
    live_begin(out, "platform");
    live_add_text(out, gdf_config_get_text(config, GDF_CONFIG_OS));
    live_add_text(out, gdf_config_get_text(config, GDF_CONFIG_ARCHITECTURE));
    live_add_text(out, gdf_config_get_text(config, GDF_CONFIG_VARIANT));
    live_end(out);
}

static void answer_labels(const gdf_config *config, gdf__builder *out)
{
    for (uint32_t i = 0; i < gdf_config_count_items(config, GDF_CONFIG_LABELS); i++) {
        live_begin(out, "label");
        live_add_text(out, gdf_config_get_item(config, GDF_CONFIG_LABELS, i));
        live_add_text(out, gdf_config_get_label_value(config, i));
        live_end(out);
    }
}

static void answer_healthcheck(const gdf_config *config, gdf__builder *out)
{
    static const gdf_config_field TIMES[] = {
        GDF_CONFIG_HEALTHCHECK_INTERVAL, GDF_CONFIG_HEALTHCHECK_TIMEOUT,
        GDF_CONFIG_HEALTHCHECK_START_PERIOD, GDF_CONFIG_HEALTHCHECK_START_INTERVAL,
        GDF_CONFIG_HEALTHCHECK_RETRIES};
    if (gdf_config_count_items(config, GDF_CONFIG_HEALTHCHECK_TEST) == 0)
        return;
    answer_list(config, "health", GDF_CONFIG_HEALTHCHECK_TEST, out);
    live_begin(out, "times");
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++)
        live_add_number(out, gdf_config_get_number(config, TIMES[i]));
    live_end(out);
}

static void answer_history(const gdf_config *config, gdf__builder *out)
{
    for (uint32_t i = 0; i < gdf_config_count_items(config, GDF_CONFIG_HISTORY); i++) {
        live_begin(out, "history");
        live_add_text(out, gdf_config_get_item(config, GDF_CONFIG_HISTORY, i));
        live_add_bool(out, gdf_config_is_layer(config, i));
        live_end(out);
    }
}

static void answer_image(const gdf_config *config, gdf__builder *out)
{
    answer_platform(config, out);
    answer_text(config, "author", GDF_CONFIG_AUTHOR, out);
    answer_text(config, "user", GDF_CONFIG_USER, out);
    answer_text(config, "workdir", GDF_CONFIG_WORKING_DIR, out);
    answer_text(config, "signal", GDF_CONFIG_STOP_SIGNAL, out);
    answer_list(config, "env", GDF_CONFIG_ENV, out);
    answer_list(config, "entrypoint", GDF_CONFIG_ENTRYPOINT, out);
    answer_list(config, "cmd", GDF_CONFIG_CMD, out);
    answer_list(config, "ports", GDF_CONFIG_EXPOSED_PORTS, out);
    answer_list(config, "volumes", GDF_CONFIG_VOLUMES, out);
    answer_labels(config, out);
    answer_list(config, "onbuild", GDF_CONFIG_ON_BUILD, out);
    answer_list(config, "shell", GDF_CONFIG_SHELL, out);
    answer_healthcheck(config, out);
    answer_history(config, out);
    answer_list(config, "asked", GDF_CONFIG_IMAGES, out);
}

void live_answer_build(gdf_str text, gdf__builder *out)
{
    static const char PLATFORM[] = "linux/amd64";
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_text(options, GDF_OPTION_PLATFORM, PLATFORM, strlen(PLATFORM));
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_build *build = gdf_build_create(document, options);
    gdf_config *config = gdf_config_create(build, options);
    out->failed = out->failed || !config;
    answer_check(document, options, out);
    gdf_options_set_text(options, GDF_OPTION_TARGET, "", 0);
    gdf_str error = gdf_config_get_error(config);
    bool is_late = gdf__str_starts(error, "failed to marshal ");
    if (error.len && !(is_late && answer_violation(document, options, out)))
        answer_error(config, out);
    else if (!error.len && !answer_violation(document, options, out))
        answer_image(config, out);
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
    gdf_options_free(options);
}
