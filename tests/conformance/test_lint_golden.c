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
#include "conformance/golden_inputs.h"
#include "conformance/golden_rows.h"
#include "conformance/packed_files.h"
#include "conformance/typed_answers.h"
#include "report/report.h"
#include "rules/catalogue.h"

enum { MAX_SHOWN = 400 };

typedef struct tally {
    size_t rows;
    size_t stopped;          /* rows where the builder ended in an error */
    size_t nondeterministic; /* rows that the builder answers differently from run to run */
    size_t warnings;
    size_t different;
    size_t other_errors; /* rows with another error, or without one, or with one too many */
    size_t error_lines;  /* errors with lines, which are compared, too */
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

/* An answer of the builder: a warning of its check, or a line of a build's log. */
typedef struct answer {
    gdf_str rule;
    gdf_str detail;
    const json_t *lines; /* NULL or empty: it names none */
} answer;

/* A build says `RULE: DETAIL (line N)`. */
static answer read_answer(const json_t *warning)
{
    gdf_str log = golden_string(warning, "msg");
    const json_t *lines = json_object_get(warning, "lines");
    if (log.len == 0)
        return (answer){golden_string(warning, "rule"), golden_string(warning, "detail"), lines};
    size_t colon = gdf__str_find(log, ':', 0);
    size_t end = log.len;
    while (json_array_size(lines) && end > 0 && log.ptr[end - 1] != '(')
        end--;
    size_t mark = json_array_size(lines) ? strlen(" (") : 0;
    return (answer){gdf__str_slice(log, 0, colon),
                    gdf__str_slice(log, colon + strlen(": "), end - mark), lines};
}

static bool same_detail(gdf_str got, gdf_str expected, bool is_random)
{
    json_t *text = json_stringn(expected.ptr, expected.len);
    bool same = is_random ? gdf__str_equal(without_suggestion(got), without_suggestion(expected))
                          : same_text(got, text);
    json_decref(text);
    return same;
}

static bool same_lines(const gdf__finding *row, const json_t *lines)
{
    size_t count = json_array_size(lines);
    if (count == 0)
        return row->first_line == 0;
    bool same = count == row->last_line - row->first_line + 1;
    for (size_t i = 0; i < count && same; i++)
        same = json_integer_value(json_array_get(lines, i)) == row->first_line + (json_int_t)i;
    return same;
}

static bool same_warning(const gdf__finding *row, const json_t *expected, bool is_random)
{
    answer wanted = read_answer(expected);
    return gdf__str_is(wanted.rule, gdf_rule_get_name(row->rule)) &&
           same_detail(row->message, wanted.detail, is_random) && same_lines(row, wanted.lines);
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

/* ---- errors ---------------------------------------------------------------------------------- */

static const gdf__finding *find_error(const gdf_report *report)
{
    const gdf__table *findings = &report->analysis.findings.findings;
    for (uint32_t i = 0; i < findings->count; i++) {
        const gdf__finding *finding = GDF__AT(*findings, gdf__finding, i);
        if (finding->rule == GDF__RULE_GEN001)
            return finding;
    }
    return NULL;
}

static bool is_range(const json_t *range, uint32_t first, uint32_t last)
{
    return json_integer_value(json_array_get(range, 0)) == first &&
           json_integer_value(json_array_get(range, 1)) == last;
}

/* A check gives the lines of all places of the error as ranges of one line or of more. */
static bool same_ranges(const gdf_report *report, const gdf__finding *error, const json_t *ranges)
{
    const gdf__source *source = &report->document->source;
    size_t next = 0;
    if (json_array_size(ranges) == 0)
        return error->first_line == 0;
    for (uint32_t i = 0; i <= error->related_count; i++) {
        const gdf__related *place = i ? GDF__AT(report->analysis.findings.related, gdf__related,
                                                error->first_related + i - 1)
                                      : NULL;
        uint32_t first = place ? gdf__source_line_at(source, place->start) : error->first_line;
        uint32_t last = place ? gdf__source_line_at(source, place->end) : error->last_line;
        if (first == 0)
            return next == 0 && is_range(json_array_get(ranges, 0), 0, 0);
        if (is_range(json_array_get(ranges, next), first, last)) {
            next++;
            continue;
        }
        for (uint32_t line = first; line <= last; line++) {
            if (!is_range(json_array_get(ranges, next++), line, line))
                return false;
        }
    }
    return next == json_array_size(ranges);
}

/* Of the lists of lines that a build shows the first; line 0 in front of them is not in the file.
 */
static const json_t *find_place(const json_t *lists)
{
    size_t i = 0;
    while (i < json_array_size(lists) &&
           json_integer_value(json_array_get(json_array_get(lists, i), 0)) == 0)
        i++;
    return json_array_get(lists, i);
}

/* Rows of real files have no lines to compare with. */
static bool same_error_lines(const gdf_report *report, const gdf__finding *error,
                             const json_t *expected)
{
    const json_t *ranges = json_object_get(expected, "error_ranges");
    const json_t *lists = json_object_get(expected, "error_sources");
    if (ranges)
        return same_ranges(report, error, ranges);
    return !lists || same_lines(error, find_place(lists));
}

/* Which of several rules or stages comes first is random in the builder. */
static bool same_error(const gdf_report *report, const gdf__finding *error, const json_t *expected,
                       bool is_random, tally *result)
{
    gdf_str got = error ? error->message : gdf__empty;
    gdf_str wanted =
        golden_string(expected, json_object_get(expected, "fatal") ? "fatal" : "error");
    if (is_random)
        return (got.len > 0) == (wanted.len > 0);
    if (!gdf__str_equal(without_suggestion(got), without_suggestion(wanted)))
        return false;
    result->error_lines += error && error->first_line;
    return !error || same_error_lines(report, error, expected);
}

static void compare_errors(gdf_str name, const gdf_report *report, const json_t *expected,
                           bool is_random, tally *result)
{
    const gdf__finding *error = find_error(report);
    if (same_error(report, error, expected, is_random, result) ||
        result->other_errors++ >= MAX_SHOWN)
        return;
    char *wanted = json_dumps(expected, JSON_COMPACT);
    print_error("another error: %.*s\n    builder: %s\n    library: %u-%u %.*s\n", (int)name.len,
                name.ptr, wanted, error ? error->first_line : 0, error ? error->last_line : 0,
                error ? (int)error->message.len : 0, error ? error->message.ptr : "");
    free(wanted);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static void compare_report(gdf_str name, const gdf_report *report, const json_t *row,
                           const json_t *expected, tally *result)
{
    const json_t *answers = json_object_get(expected, "warnings");
    bool is_random = json_is_true(json_object_get(row, "nondeterministic")) ||
                     json_is_true(json_object_get(row, "order_nondeterministic"));
    gdf__table warnings;
    gdf__table_init(&warnings, &gdf__default_allocator, sizeof(gdf__finding));
    read_warnings(report, &warnings);
    result->rows++;
    result->nondeterministic += is_random;
    result->stopped += find_error(report) != NULL;
    result->warnings += json_array_size(answers);
    if (!same_warnings(&warnings, answers, is_random) && result->different++ < MAX_SHOWN) {
        print_error("other warnings: %.*s %s\n", (int)name.len, name.ptr,
                    golden_string(expected, "error").ptr);
        show(&warnings, answers);
    }
    gdf__table_free(&warnings);
    compare_errors(name, report, expected, is_random, result);
}

static void compare_check(gdf_str name, gdf_str text, const json_t *row, const json_t *expected,
                          tally *result)
{
    golden_report checked = golden_report_of_check(text, row);
    compare_report(name, checked.report, row, expected, result);
    golden_report_free(&checked);
}

/* Builds that a report, which is the answer of a check, does not tell. */
static const struct {
    const char *row;
    const char *reason;
} OF_BUILDS[] = {
    {"b00316", "a check expects the builder's own platform, a build the one that was asked for"},
    {"b00805", "an error of writing the definition, which a check does not; see test_build_golden"},
    {"b00966", "an error of writing the definition, which a check does not; see test_build_golden"},
    {"b01539", "an error of writing the definition, which a check does not; see test_build_golden"},
};

enum { OF_BUILDS_COUNT = sizeof OF_BUILDS / sizeof *OF_BUILDS };

static bool is_of_build(gdf_str name)
{
    for (size_t i = 0; i < OF_BUILDS_COUNT; i++) {
        if (gdf__str_is(name, OF_BUILDS[i].row))
            return true;
    }
    return false;
}

static void compare_build(gdf_str name, gdf_str text, const json_t *row, const json_t *expected,
                          tally *result)
{
    if (is_of_build(name))
        return;
    golden_report checked = golden_report_of_build(text, row);
    compare_report(name, checked.report, row, expected, result);
    golden_report_free(&checked);
}

static void assert_all_same(const char *what, const tally *result)
{
    print_message("%s: %zu rows, %zu of them stopped by an error (%zu with lines), %zu answered at "
                  "random; %zu warnings; %zu rows have other warnings, %zu another error\n",
                  what, result->rows, result->stopped, result->error_lines,
                  result->nondeterministic, result->warnings, result->different,
                  result->other_errors);
    assert_true(result->warnings > 0);
    assert_int_equal(result->different, 0);
    assert_int_equal(result->other_errors, 0);
}

typedef void comparison(gdf_str name, gdf_str text, const json_t *row, const json_t *expected,
                        tally *result);

static void compare_recorded(const char *file, comparison *compare)
{
    golden_rows rows;
    if (!golden_open(&rows, file))
        skip();
    tally result = {0};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        compare(golden_string(row, "id"), golden_input(row, &arena), row,
                json_object_get(row, "expect"), &result);
        gdf__arena_free(&arena);
        json_decref(row);
    }
    golden_close(&rows);
    assert_all_same(file, &result);
}

static void recorded_inputs_get_the_builders_warnings(void **state)
{
    (void)state;
    compare_recorded("golden/lint.jsonl", compare_check);
}

static void recorded_builds_get_the_builders_warnings(void **state)
{
    (void)state;
    compare_recorded("golden/build.jsonl", compare_build);
    print_message("%d rows left out:\n", (int)OF_BUILDS_COUNT);
    for (size_t i = 0; i < OF_BUILDS_COUNT; i++)
        print_message("  %s: %s\n", OF_BUILDS[i].row, OF_BUILDS[i].reason);
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
        compare_check(name, text, row, json_object_get(row, "expect"), &result);
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

static json_int_t line_of(const json_t *range, const char *name)
{
    return json_integer_value(json_object_get(json_object_get(range, name), "line"));
}

static void compare_case(const json_t *one, tally *result)
{
    golden_report checked = golden_report_of_check(golden_string(one, "dockerfile"), one);
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
    golden_report_free(&checked);
}

/* The answers of a check or a build to a case, the error as rows have it. */
static json_t *as_expected(const json_t *answers)
{
    json_t *expected = json_copy((json_t *)(uintptr_t)answers);
    const json_t *error = json_object_get(answers, "error");
    if (!json_is_object(error))
        return expected;
    json_t *ranges = json_array();
    const json_t *found = json_object_get(json_object_get(error, "location"), "ranges");
    for (size_t i = 0; i < json_array_size(found); i++) {
        const json_t *range = json_array_get(found, i);
        json_array_append_new(ranges,
                              json_pack("[I,I]", line_of(range, "start"), line_of(range, "end")));
    }
    json_object_set(expected, "error", json_object_get(error, "message"));
    json_object_set_new(expected, "error_ranges", ranges);
    return expected;
}

/* The recorded answers to a case have its lines. */
static void compare_answers(const json_t *one, const char *name, comparison *compare, tally *result)
{
    json_t *expected = as_expected(json_object_get(json_object_get(one, "oracle"), name));
    compare(golden_string(one, "test"), golden_string(one, "dockerfile"), one, expected, result);
    json_decref(expected);
}

/* Descriptions and addresses are those of the builder's tests. A build looks at fewer stages than a
 * check does: `unmarshal_warnings` are the check's where they differ. */
static void the_builders_own_cases_come_out_in_its_json(void **state)
{
    (void)state;
    tally rendered = {0};
    tally checks = {0};
    tally builds = {0};
    golden_rows rows;
    if (!golden_open(&rows, "golden/fixtures/lint_cases.json"))
        skip();
    json_t *cases = json_loadf(rows.stream, 0, NULL);
    assert_non_null(cases);
    for (size_t i = 0; i < json_array_size(cases); i++) {
        const json_t *one = json_array_get(cases, i);
        compare_case(one, &rendered);
        compare_answers(one, "lint", compare_check, &checks);
        compare_answers(one, "build", compare_build, &builds);
    }
    json_decref(cases);
    golden_close(&rows);
    assert_all_same("the builder's own cases", &rendered);
    assert_all_same("the builder's own cases, checks", &checks);
    assert_all_same("the builder's own cases, builds", &builds);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_inputs_get_the_builders_warnings),
        cmocka_unit_test(recorded_builds_get_the_builders_warnings),
        cmocka_unit_test(real_files_get_the_builders_warnings),
        cmocka_unit_test(the_builders_own_cases_come_out_in_its_json),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/lint.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
