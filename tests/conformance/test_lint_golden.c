/* The builder's checks against its recorded answers: which rule, where, in which words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/report.h>

#include "base/slice.h"
#include "base/table.h"
#include "conformance/golden_rows.h"
#include "conformance/packed_files.h"
#include "conformance/typed_answers.h"

/* The checks that the library has; the others' answers are left out. */
static const char *const CHECKED[] = {"FromAsCasing", "JSONArgsRecommended", "LegacyKeyValueFormat",
                                      "MaintainerDeprecated", "StageNameCasing"};

enum { MAX_SHOWN = 20 };

/* A warning that the library gives. */
typedef struct warning {
    const char *rule;
    gdf_str detail;
    uint32_t first_line;
    uint32_t last_line;
    bool is_expected;
} warning;

typedef struct tally {
    size_t rows;
    size_t stopped; /* rows where the builder ended in an error: not compared */
    size_t special; /* rows with images of their own: not compared */
    size_t warnings;
    size_t different;
} tally;

static bool is_checked(gdf_str rule)
{
    for (size_t i = 0; i < sizeof CHECKED / sizeof *CHECKED; i++) {
        if (gdf__str_is(rule, CHECKED[i]))
            return true;
    }
    return false;
}

static uint32_t line_of(const gdf_document *document, uint32_t offset)
{
    return gdf_document_find_line(document, offset);
}

static void read_warnings(const gdf_document *document, const gdf_report *report,
                          gdf__table *warnings)
{
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++) {
        const char *rule = gdf_rule_get_name(gdf_finding_get_rule(report, id));
        if (!is_checked(gdf__str(rule)))
            continue;
        warning *row = gdf__table_add(warnings);
        assert_non_null(row);
        *row = (warning){rule, gdf_finding_get_message(report, id),
                         line_of(document, gdf_finding_get_start(report, id)),
                         line_of(document, gdf_finding_get_end(report, id)), false};
    }
}

static bool same_lines(const warning *row, const json_t *lines)
{
    size_t count = json_array_size(lines);
    return count == row->last_line - row->first_line + 1 &&
           json_integer_value(json_array_get(lines, 0)) == row->first_line &&
           json_integer_value(json_array_get(lines, count - 1)) == row->last_line;
}

/* Finds the expected warning among those not found yet. */
static bool take_warning(gdf__table *warnings, const json_t *expected)
{
    gdf_str rule = golden_string(expected, "rule");
    for (uint32_t i = 0; i < warnings->count; i++) {
        warning *row = GDF__AT(*warnings, warning, i);
        if (!row->is_expected && gdf__str_is(rule, row->rule) &&
            same_text(row->detail, json_object_get(expected, "detail")) &&
            same_lines(row, json_object_get(expected, "lines"))) {
            row->is_expected = true;
            return true;
        }
    }
    return false;
}

static size_t count_differences(gdf__table *warnings, const json_t *expected, tally *result)
{
    size_t missing = 0;
    size_t found = 0;
    for (size_t i = 0; i < json_array_size(expected); i++) {
        const json_t *one = json_array_get(expected, i);
        if (!is_checked(golden_string(one, "rule")))
            continue;
        result->warnings++;
        if (take_warning(warnings, one))
            found++;
        else
            missing++;
    }
    return missing + (warnings->count - found);
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

static void compare_row(gdf_str name, gdf_str text, const json_t *row, tally *result)
{
    const json_t *expected = json_object_get(row, "expect");
    result->rows++;
    if (json_object_get(expected, "error") || json_object_get(expected, "fatal")) {
        result->stopped++;
        return;
    }
    gdf_options *options = read_options(json_object_get(row, "opts"));
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_ruleset *ruleset = gdf_ruleset_create(options);
    assert_int_equal(gdf_ruleset_use_profile(ruleset, "buildkit", strlen("buildkit")), GDF_OK);
    gdf_report *report = gdf_report_create(document, ruleset, NULL, options);
    assert_non_null(report);
    gdf__table warnings;
    gdf__table_init(&warnings, &gdf__default_allocator, sizeof(warning));
    read_warnings(document, report, &warnings);
    if (count_differences(&warnings, json_object_get(expected, "warnings"), result) &&
        result->different++ < MAX_SHOWN)
        print_error("other warnings: %.*s\n", (int)name.len, name.ptr);
    gdf__table_free(&warnings);
    gdf_report_free(report);
    gdf_ruleset_free(ruleset);
    gdf_document_free(document);
    gdf_options_free(options);
}

static void assert_all_same(const char *what, const tally *result)
{
    print_message("%s: %zu rows, %zu stopped by an error, %zu with images; %zu warnings compared, "
                  "%zu rows differ\n",
                  what, result->rows, result->stopped, result->special, result->warnings,
                  result->different);
    assert_true(result->warnings > 0);
    assert_int_equal(result->different, 0);
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
        if (json_object_get(row, "images"))
            result.special++;
        else
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_inputs_get_the_builders_warnings),
        cmocka_unit_test(real_files_get_the_builders_warnings),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/lint.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
