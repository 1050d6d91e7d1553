#include "conformance/golden_inputs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "conformance/golden_rows.h"
#include "report/report.h"
#include "rules/catalogue.h"

/* ---- options --------------------------------------------------------------------------------- */

static void add_pair(gdf_options *options, gdf_option option, const char *name, gdf_str value)
{
    gdf__builder text;
    gdf__builder_init(&text, &gdf__default_allocator);
    gdf__builder_add_text(&text, name);
    gdf__builder_add_byte(&text, '=');
    gdf__builder_add(&text, value);
    gdf_str pair = gdf__builder_get(&text);
    assert_int_equal(gdf_options_set_text(options, option, pair.ptr, pair.len), GDF_OK);
    gdf__builder_free(&text);
}

/* An image is given as its config, or as "error" when the registry has none. */
static void add_images(gdf_options *options, const json_t *images)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)images, name, value)
    {
        gdf_str config = golden_string(value, NULL);
        if (gdf__str_is(config, "error"))
            gdf_options_set_text(options, GDF_OPTION_IMAGE_CONFIG, name, strlen(name));
        else
            add_pair(options, GDF_OPTION_IMAGE_CONFIG, name, config);
    }
}

gdf_options *golden_options(const json_t *row)
{
    static const char ARGUMENT[] = "build-arg:";
    gdf_options *options = gdf_options_create(NULL);
    assert_non_null(options);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)json_object_get(row, "opts"), name, value)
    {
        gdf_str text = golden_string(value, NULL);
        if (strncmp(name, ARGUMENT, strlen(ARGUMENT)) == 0)
            add_pair(options, GDF_OPTION_BUILD_ARG, name + strlen(ARGUMENT), text);
        else
            gdf_options_set_text(options, gdf_option_find(name, strlen(name)), text.ptr, text.len);
    }
    add_images(options, json_object_get(row, "images"));
    return options;
}

/* ---- reports --------------------------------------------------------------------------------- */

static gdf_project *read_project(const json_t *row)
{
    static const char NAME[] = ".dockerignore";
    gdf_str text = golden_string(row, "dockerignore");
    if (!json_is_string(json_object_get(row, "dockerignore")))
        return NULL;
    gdf_project *project = gdf_project_create(NULL);
    assert_int_equal(gdf_project_add_file(project, NAME, strlen(NAME), text.ptr, text.len), GDF_OK);
    return project;
}

static golden_report create_report(gdf_str text, const json_t *row, gdf_options *options)
{
    golden_report made = {.options = options, .project = read_project(row)};
    made.document = gdf_document_parse(text.ptr, text.len, options);
    made.ruleset = gdf_ruleset_create(options);
    assert_int_equal(gdf_ruleset_use_profile(made.ruleset, "buildkit", strlen("buildkit")), GDF_OK);
    made.report = gdf_report_create(made.document, made.ruleset, made.project, options);
    assert_non_null(made.report);
    return made;
}

golden_report golden_report_of_check(gdf_str text, const json_t *row)
{
    return create_report(text, row, golden_options(row));
}

golden_report golden_report_of_build(gdf_str text, const json_t *row)
{
    gdf_options *options = golden_options(row);
    if (gdf_options_count_texts(options, GDF_OPTION_TARGET) == 0)
        gdf_options_set_text(options, GDF_OPTION_TARGET, "", 0);
    return create_report(text, row, options);
}

void golden_report_free(golden_report *report)
{
    gdf_report_free(report->report);
    gdf_project_free(report->project);
    gdf_ruleset_free(report->ruleset);
    gdf_document_free(report->document);
    gdf_options_free(report->options);
}

gdf_str golden_report_error(const golden_report *report)
{
    const gdf__table *findings = &report->report->analysis.findings.findings;
    for (uint32_t i = 0; i < findings->count; i++) {
        const gdf__finding *finding = GDF__AT(*findings, gdf__finding, i);
        if (finding->rule == GDF__RULE_GEN001)
            return finding->message;
    }
    return gdf__empty;
}

/* ---- texts ----------------------------------------------------------------------------------- */

gdf_str without_suggestion(gdf_str text)
{
    for (size_t at = 0; at < text.len; at++) {
        if (gdf__str_starts(gdf__str_slice(text, at, text.len), " (did you mean "))
            return gdf__str_slice(text, 0, at);
    }
    return text;
}

static bool has_name(gdf_str list, gdf_str name)
{
    for (size_t at = 0; at < list.len;) {
        size_t end = gdf__str_find(list, ',', at);
        if (gdf__str_equal(gdf__str_slice(list, at, end), name))
            return true;
        at = end + strlen(", ");
    }
    return false;
}

bool same_rule_list(gdf_str got, gdf_str expected)
{
    static const char BEGIN[] = "lint violation found for rules: ";
    if (got.len != expected.len || !gdf__str_starts(got, BEGIN) ||
        !gdf__str_starts(expected, BEGIN))
        return false;
    got = gdf__str_slice(got, strlen(BEGIN), got.len);
    expected = gdf__str_slice(expected, strlen(BEGIN), expected.len);
    for (size_t at = 0; at < got.len;) {
        size_t end = gdf__str_find(got, ',', at);
        if (!has_name(expected, gdf__str_slice(got, at, end)))
            return false;
        at = end + strlen(", ");
    }
    return true;
}
