/* The builder's checks against its recorded answers: which rule, where, in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/report.h>

#include "base/slice.h"
#include "base/sort.h"
#include "conformance/golden_rows.h"
#include "conformance/packed_files.h"
#include "conformance/typed_answers.h"
#include "report/report.h"
#include "rules/catalogue.h"

enum { MAX_SHOWN = 400, MAX_SUFFIX = 64 };

typedef struct tally {
    size_t rows;
    size_t stopped;          /* rows where the builder ended in an error */
    size_t nondeterministic; /* rows that the builder answers differently from run to run */
    size_t warnings;
    size_t different;
    size_t other_errors; /* rows with another error, or without one, or with one too many */
} tally;

static int compare_orders(const void *left, const void *right)
{
    const gdf__finding *a = left;
    const gdf__finding *b = right;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The builder's warnings among the findings, in its order. */
static void read_warnings(const gdf_report *report, gdf__table *warnings)
{
    const gdf__table *findings = &report->analysis.findings.findings;
    for (uint32_t i = 0; i < findings->count; i++) {
        const gdf__finding *finding = GDF__AT(*findings, gdf__finding, i);
        gdf__finding *row =
            gdf__rule_is_builder_check(finding->rule) ? gdf__table_add(warnings) : NULL;
        if (row)
            *row = *finding;
    }
    assert_false(warnings->failed);
    gdf__table_sort(warnings, compare_orders);
}

/* The builder does not choose among equally near names: the suggestion is left out. */
static gdf_str without_suggestion(gdf_str text)
{
    for (size_t at = 0; at < text.len; at++) {
        if (gdf__str_starts(gdf__str_slice(text, at, text.len), " (did you mean "))
            return gdf__str_slice(text, 0, at);
    }
    return text;
}

static bool same_detail(gdf_str got, const json_t *expected, bool is_random)
{
    if (!is_random)
        return same_text(got, expected);
    return gdf__str_equal(without_suggestion(got),
                          without_suggestion(golden_string(expected, NULL)));
}

static bool same_lines(const gdf__finding *row, const json_t *lines)
{
    size_t count = json_array_size(lines);
    return count == row->last_line - row->first_line + 1 &&
           json_integer_value(json_array_get(lines, 0)) == row->first_line &&
           json_integer_value(json_array_get(lines, count - 1)) == row->last_line;
}

static bool same_warning(const gdf__finding *row, const json_t *expected, bool is_random)
{
    return gdf__str_is(golden_string(expected, "rule"), gdf_rule_get_name(row->rule)) &&
           same_detail(row->message, json_object_get(expected, "detail"), is_random) &&
           same_lines(row, json_object_get(expected, "lines"));
}

/* Each answer is one of the warnings, and the next one unless the order is random. */
static bool same_warnings(gdf__table *warnings, const json_t *expected, bool is_random)
{
    size_t count = json_array_size(expected);
    if (count != warnings->count)
        return false;
    for (size_t i = 0; i < count; i++) {
        uint32_t last = is_random ? warnings->count : (uint32_t)i + 1;
        bool found = false;
        for (uint32_t k = is_random ? 0 : (uint32_t)i; k < last && !found; k++) {
            gdf__finding *row = GDF__AT(*warnings, gdf__finding, k);
            found = same_warning(row, json_array_get(expected, i), is_random);
            if (found)
                row->first_line = row->last_line = UINT32_MAX / 2;
        }
        if (!found)
            return false;
    }
    return true;
}

static void show(const gdf__table *warnings, const json_t *expected)
{
    for (size_t i = 0; i < json_array_size(expected); i++) {
        char *text = json_dumps(json_array_get(expected, i), JSON_COMPACT);
        print_error("    builder: %s\n", text);
        free(text);
    }
    for (uint32_t i = 0; i < warnings->count; i++) {
        const gdf__finding *row = GDF__AT(*warnings, gdf__finding, i);
        print_error("    library: %s %u-%u %.*s\n", gdf_rule_get_name(row->rule), row->first_line,
                    row->last_line, (int)row->message.len, row->message.ptr);
    }
}

/* `build-arg:NAME`, `target`, `platform` of a row. */
static gdf_options *read_options(const json_t *values)
{
    static const char ARGUMENT[] = "build-arg:";
    gdf_options *options = gdf_options_create(NULL);
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach((json_t *)(uintptr_t)values, key, value)
    {
        char pair[256];
        bool is_argument = strncmp(key, ARGUMENT, strlen(ARGUMENT)) == 0;
        gdf_option option = is_argument                  ? GDF_OPTION_BUILD_ARG
                            : strcmp(key, "target") == 0 ? GDF_OPTION_TARGET
                                                         : GDF_OPTION_PLATFORM;
        int len = is_argument ? snprintf(pair, sizeof pair, "%s=%s", key + strlen(ARGUMENT),
                                         json_string_value(value))
                              : snprintf(pair, sizeof pair, "%s", json_string_value(value));
        assert_int_equal(gdf_options_set_text(options, option, pair, (size_t)len), GDF_OK);
    }
    return options;
}

/* Images of the row: `REFERENCE` is one that the registry lacks. */
static void read_images(gdf_options *options, const json_t *images)
{
    const char *reference = NULL;
    json_t *config = NULL;
    json_object_foreach((json_t *)(uintptr_t)images, reference, config)
    {
        char text[2048];
        bool is_missing = strcmp(json_string_value(config), "error") == 0;
        int len = snprintf(text, sizeof text, "%s%s%s", reference, is_missing ? "" : "=",
                           is_missing ? "" : json_string_value(config));
        assert_int_equal(gdf_options_set_text(options, GDF_OPTION_IMAGE_CONFIG, text, (size_t)len),
                         GDF_OK);
    }
}

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

static gdf_str error_of(const gdf_report *report)
{
    const gdf__table *findings = &report->analysis.findings.findings;
    for (uint32_t i = 0; i < findings->count; i++) {
        const gdf__finding *finding = GDF__AT(*findings, gdf__finding, i);
        if (finding->rule == GDF__RULE_GEN001)
            return finding->message;
    }
    return gdf__empty;
}

/* Which of several rules or stages comes first is random in the builder. */
static void compare_errors(gdf_str name, const gdf_report *report, const json_t *expected,
                           bool is_random, tally *result)
{
    gdf_str got = error_of(report);
    gdf_str wanted =
        golden_string(expected, json_object_get(expected, "fatal") ? "fatal" : "error");
    bool same = is_random ? (got.len > 0) == (wanted.len > 0)
                          : gdf__str_equal(without_suggestion(got), without_suggestion(wanted));
    if (!same && result->other_errors++ < MAX_SHOWN)
        print_error("another error: %.*s\n    builder: %.*s\n    library: %.*s\n", (int)name.len,
                    name.ptr, (int)wanted.len, wanted.ptr, (int)got.len, got.ptr);
}

static void compare_report(gdf_str name, const gdf_report *report, const json_t *row, tally *result)
{
    const json_t *expected = json_object_get(row, "expect");
    const json_t *answers = json_object_get(expected, "warnings");
    bool is_random = json_is_true(json_object_get(row, "nondeterministic")) ||
                     json_is_true(json_object_get(row, "order_nondeterministic"));
    gdf__table warnings;
    gdf__table_init(&warnings, &gdf__default_allocator, sizeof(gdf__finding));
    read_warnings(report, &warnings);
    result->rows++;
    result->nondeterministic += is_random;
    result->stopped += json_object_get(expected, "error") || json_object_get(expected, "fatal");
    result->warnings += json_array_size(answers);
    if (!same_warnings(&warnings, answers, is_random) && result->different++ < MAX_SHOWN) {
        print_error("other warnings: %.*s %s\n", (int)name.len, name.ptr,
                    golden_string(expected, "error").ptr);
        show(&warnings, answers);
    }
    gdf__table_free(&warnings);
    compare_errors(name, report, expected, is_random, result);
}

/* A report of a row's text with the row's options, images and ignore file. */
typedef struct checked_row {
    gdf_options *options;
    gdf_document *document;
    gdf_ruleset *ruleset;
    gdf_project *project;
    gdf_report *report;
} checked_row;

static checked_row check_row(gdf_str text, const json_t *row)
{
    checked_row checked = {.options = read_options(json_object_get(row, "opts")),
                           .project = read_project(row)};
    read_images(checked.options, json_object_get(row, "images"));
    checked.document = gdf_document_parse(text.ptr, text.len, checked.options);
    checked.ruleset = gdf_ruleset_create(checked.options);
    assert_int_equal(gdf_ruleset_use_profile(checked.ruleset, "buildkit", strlen("buildkit")),
                     GDF_OK);
    checked.report =
        gdf_report_create(checked.document, checked.ruleset, checked.project, checked.options);
    assert_non_null(checked.report);
    return checked;
}

static void free_row(checked_row *checked)
{
    gdf_report_free(checked->report);
    gdf_project_free(checked->project);
    gdf_ruleset_free(checked->ruleset);
    gdf_document_free(checked->document);
    gdf_options_free(checked->options);
}

static void compare_row(gdf_str name, gdf_str text, const json_t *row, tally *result)
{
    checked_row checked = check_row(text, row);
    compare_report(name, checked.report, row, result);
    free_row(&checked);
}

static void assert_all_same(const char *what, const tally *result)
{
    print_message("%s: %zu rows, %zu of them stopped by an error, %zu answered at random; %zu "
                  "warnings; %zu rows have other warnings, %zu another error\n",
                  what, result->rows, result->stopped, result->nondeterministic, result->warnings,
                  result->different, result->other_errors);
    assert_true(result->warnings > 0);
    assert_int_equal(result->different, 0);
    assert_int_equal(result->other_errors, 0);
}

static void recorded_inputs_get_the_builders_warnings(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/lint.jsonl"))
        skip();
    tally result = {0};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        compare_row(golden_string(row, "id"), golden_input(row, &arena), row, &result);
        gdf__arena_free(&arena);
        json_decref(row);
    }
    golden_close(&rows);
    assert_all_same("recorded inputs", &result);
}

static void real_files_get_the_builders_warnings(void **state)
{
    (void)state;
    golden_rows rows;
    packed_files files;
    if (!packed_files_open(&files, "corpus/files.tar") ||
        !golden_open(&rows, "corpus/buildkit-lint.jsonl"))
        skip();
    tally result = {0};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        char path[64];
        gdf_str name = golden_string(row, "sha16");
        gdf_str text = gdf__empty;
        int len = snprintf(path, sizeof path, "files/%.*s.Dockerfile", (int)name.len, name.ptr);
        assert_true(packed_files_find(&files, (gdf_str){path, (size_t)len}, &text));
        compare_row(name, text, row, &result);
        json_decref(row);
    }
    golden_close(&rows);
    packed_files_close(&files);
    assert_all_same("real files", &result);
}

/* ---- the builder's own tests ----------------------------------------------------------------- */

static bool same_member(const json_t *warning, const char *member, const json_t *expected,
                        const char *name)
{
    return json_equal(json_object_get(warning, member), json_object_get(expected, name));
}

static size_t count_other_warnings(const json_t *warnings, const json_t *expected)
{
    size_t count = json_array_size(expected);
    size_t others = json_array_size(warnings) != count;
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(expected, i);
        bool found = false;
        for (size_t k = 0; k < json_array_size(warnings) && !found; k++) {
            const json_t *warning = json_array_get(warnings, k);
            found = same_member(warning, "ruleName", one, "RuleName") &&
                    same_member(warning, "description", one, "Description") &&
                    same_member(warning, "url", one, "URL") &&
                    same_member(warning, "detail", one, "Detail");
        }
        others += !found;
    }
    return others;
}

static void compare_case(const json_t *one, tally *result)
{
    checked_row checked = check_row(golden_string(one, "dockerfile"), one);
    const json_t *of_check = json_object_get(one, "unmarshal_warnings");
    const json_t *expected = of_check ? of_check : json_object_get(one, "warnings");
    gdf_text *text = gdf_report_render(checked.report, GDF_REPORT_BUILDKIT, NULL);
    gdf_str bytes = gdf_text_get(text);
    json_t *rendered = json_loadb(bytes.ptr, bytes.len, 0, NULL);
    assert_non_null(rendered);
    result->rows++;
    result->warnings += json_array_size(expected);
    if (count_other_warnings(json_object_get(rendered, "warnings"), expected)) {
        result->different++;
        print_error("other warnings: %s#%lld\n", golden_string(one, "test").ptr,
                    (long long)json_integer_value(json_object_get(one, "index")));
    }
    json_decref(rendered);
    gdf_text_free(text);
    free_row(&checked);
}

/* Descriptions and addresses are those of the builder's tests. A build looks at fewer stages than a
 * check does: `unmarshal_warnings` are the check's where they differ. */
static void the_builders_own_cases_come_out_in_its_json(void **state)
{
    (void)state;
    tally result = {0};
    golden_rows rows;
    if (!golden_open(&rows, "golden/fixtures/lint_cases.json"))
        skip();
    json_t *cases = json_loadf(rows.stream, 0, NULL);
    assert_non_null(cases);
    for (size_t i = 0; i < json_array_size(cases); i++)
        compare_case(json_array_get(cases, i), &result);
    json_decref(cases);
    golden_close(&rows);
    assert_all_same("the builder's own cases", &result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_inputs_get_the_builders_warnings),
        cmocka_unit_test(real_files_get_the_builders_warnings),
        cmocka_unit_test(the_builders_own_cases_come_out_in_its_json),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/lint.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
