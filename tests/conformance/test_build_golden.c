/* The predicted image config against the builder's recorded answers: the config, the lines of the
 * history, the first error and its lines, and the images that are asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/config.h>

#include "base/slice.h"
#include "conformance/golden_inputs.h"
#include "conformance/golden_rows.h"
#include "conformance/typed_answers.h"

enum { MAX_SHOWN = 20 };

typedef enum aspect { FATAL, LINES, CONFIG, HISTORY, IMAGES } aspect;

static const char *const ASPECT_NAMES[] = {"error", "error lines", "config", "history", "images"};

enum { ASPECT_COUNT = sizeof ASPECT_NAMES / sizeof *ASPECT_NAMES };

typedef struct tally {
    size_t compared[ASPECT_COUNT];
    size_t different[ASPECT_COUNT];
    size_t of_report; /* errors that only a report knows */
    size_t random;    /* rows of RANDOM_ROWS */
    gdf_str row;      /* the name of the row being compared */
} tally;

static void count(tally *result, aspect what, bool is_same)
{
    result->compared[what]++;
    if (!is_same && result->different[what]++ < MAX_SHOWN)
        print_error("%s differs: %.*s\n", ASPECT_NAMES[what], (int)result->row.len,
                    result->row.ptr);
}

static const json_t *member(const json_t *object, const char *name)
{
    return json_object_get(object, name);
}

/* ---- comparing ------------------------------------------------------------------------------- */

static bool same_list(const gdf_config *config, gdf_config_field field, const json_t *expected)
{
    uint32_t len = gdf_config_count_items(config, field);
    bool is_same = len == json_array_size(expected);
    for (uint32_t i = 0; i < len && is_same; i++)
        is_same = same_text(gdf_config_get_item(config, field, i), json_array_get(expected, i));
    return is_same;
}

/* A range of lines against the list of them. */
static bool same_place(const gdf_config *config, uint32_t index, const json_t *lines)
{
    size_t len = json_array_size(lines);
    uint32_t first = gdf_config_get_error_first_line(config, index);
    uint32_t last = gdf_config_get_error_last_line(config, index);
    return len == last - first + 1 &&
           (uint32_t)json_integer_value(json_array_get(lines, 0)) == first &&
           (uint32_t)json_integer_value(json_array_get(lines, len - 1)) == last;
}

/* The builder may name a place twice, no lines, and line 0 in front of the first. */
static bool same_places(const gdf_config *config, const json_t *expected)
{
    uint32_t compared = 0;
    for (size_t i = 0; i < json_array_size(expected); i++) {
        const json_t *lines = json_array_get(expected, i);
        if (json_integer_value(json_array_get(lines, 0)) == 0 ||
            (i > 0 && json_equal(lines, json_array_get(expected, i - 1))))
            continue;
        if (!same_place(config, compared++, lines))
            return false;
    }
    return compared == gdf_config_count_error_places(config);
}

/* What the config of an image does not know, but a report does, which has the ignore file and the
 * findings of the checks. */
static bool is_of_report(gdf_str fatal)
{
    return gdf__str_starts(fatal, "lint violation found for rules: ") ||
           gdf__str_is(fatal, "syntax error in pattern") ||
           gdf__str_is(fatal, "illegal exclusion pattern: \"!\"");
}

/* The config alone: without platform and history. */
static json_t *config_object(const gdf_config *config)
{
    gdf_text *text = gdf_config_render_json(config);
    gdf_str bytes = gdf_text_get(text);
    json_error_t error;
    json_t *image = json_loadb(bytes.ptr, bytes.len, JSON_ALLOW_NUL, &error);
    if (!image)
        fail_msg("no JSON: %s", error.text);
    json_t *object = json_incref(json_object_get(image, "config"));
    json_decref(image);
    gdf_text_free(text);
    return object;
}

static void compare_image(const gdf_config *config, const json_t *expected, tally *result)
{
    json_t *object = config_object(config);
    bool is_same = json_equal(object, member(expected, "config")) == 1;
    count(result, CONFIG, is_same);
    if (!is_same) {
        char *text = json_dumps(object, JSON_COMPACT);
        print_error("  got: %s\n", text);
        free(text);
    }
    json_decref(object);
    count(result, HISTORY, same_list(config, GDF_CONFIG_HISTORY, member(expected, "history")));
}

/* ---- rows that the builder answers at random ------------------------------------------------- */

typedef enum chance { NAMES, ERRORS, SUGGESTION, ORDER } chance;

/* What is compared all the same. */
static const char *const CHANCES[] = {
    [NAMES] = "rules in the order of a map: compared as a set",
    [ERRORS] = "two stages are refused at the same time: that there is an error",
    [SUGGESTION] = "equally near names: compared without the suggestion",
    [ORDER] = "warnings in the order of a map: everything here; the warnings in test_lint_golden",
};

static const struct {
    const char *row;
    chance chance;
} RANDOM_ROWS[] = {
    {"b00162", ORDER},      {"b00258", NAMES},  {"b00259", NAMES},  {"b00416", NAMES},
    {"b00852", SUGGESTION}, {"b01038", ERRORS}, {"b01052", ERRORS}, {"b01086", ERRORS},
    {"b01134", ERRORS},     {"b01258", ERRORS}, {"b01366", ERRORS}, {"b01520", ERRORS},
    {"b01565", NAMES},      {"b01593", NAMES},  {"b01652", NAMES},  {"b01669", ORDER},
    {"b01693", ORDER},
};

enum { RANDOM_ROW_COUNT = sizeof RANDOM_ROWS / sizeof *RANDOM_ROWS };

/* What is random in the row; NULL for nothing. Each row so marked must be in the table. */
static const chance *chance_of(const json_t *row)
{
    bool is_marked = json_is_true(member(row, "nondeterministic")) ||
                     json_is_true(member(row, "order_nondeterministic"));
    for (size_t i = 0; i < RANDOM_ROW_COUNT && is_marked; i++) {
        if (gdf__str_is(golden_string(row, "id"), RANDOM_ROWS[i].row))
            return &RANDOM_ROWS[i].chance;
    }
    assert_false(is_marked);
    return NULL;
}

static bool same_error(gdf_str got, gdf_str expected, const chance *random)
{
    json_t *text = json_stringn(expected.ptr, expected.len);
    bool is_same = same_text(got, text);
    json_decref(text);
    if (is_same || !random)
        return is_same;
    switch (*random) {
    case NAMES: return same_rule_list(got, expected);
    case ERRORS: return got.len && expected.len;
    case SUGGESTION: return gdf__str_equal(without_suggestion(got), without_suggestion(expected));
    default: return false;
    }
}

/* ---- comparing ------------------------------------------------------------------------------- */

static bool compare_error(gdf_str got, const json_t *row, tally *result)
{
    gdf_str wanted = golden_string(member(row, "expect"), "fatal");
    bool is_same = same_error(got, wanted, chance_of(row));
    count(result, FATAL, is_same);
    if (!is_same)
        print_error("  got: %.*s\n", (int)got.len, got.ptr);
    return is_same;
}

static void compare_report(gdf_str text, const json_t *row, tally *result)
{
    golden_report checked = golden_report_of_build(text, row);
    result->of_report++;
    compare_error(golden_report_error(&checked), row, result);
    golden_report_free(&checked);
}

static void compare_answer(const gdf_config *config, const json_t *row, tally *result)
{
    const json_t *expected = member(row, "expect");
    const chance *random = chance_of(row);
    result->random += random != NULL;
    if (!compare_error(gdf_config_get_error(config), row, result))
        return;
    if (!member(expected, "fatal"))
        compare_image(config, expected, result);
    else if (!random || *random == SUGGESTION)
        count(result, LINES, same_places(config, member(expected, "error_sources")));
    if (!random || *random != ERRORS)
        count(result, IMAGES, same_list(config, GDF_CONFIG_IMAGES, member(expected, "refs")));
}

static void compare_row(gdf_str text, const json_t *row, tally *result)
{
    if (is_of_report(golden_string(member(row, "expect"), "fatal"))) {
        compare_report(text, row, result);
        return;
    }
    gdf_options *options = golden_options(row);
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_build *build = gdf_build_create(document, options);
    gdf_config *config = gdf_config_create(build, options);
    assert_non_null(config);
    assert_true(gdf_config_is_complete(config));
    compare_answer(config, row, result);
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
    gdf_options_free(options);
}

static void report(const tally *result)
{
    size_t different = 0;
    for (size_t i = 0; i < ASPECT_COUNT; i++) {
        print_message("%s: %zu compared, %zu differ\n", ASPECT_NAMES[i], result->compared[i],
                      result->different[i]);
        different += result->different[i];
    }
    print_message(
        "errors of reports: %zu; answered at random: %zu, listed in RANDOM_ROWS; no row is "
        "left out\n",
        result->of_report, result->random);
    for (size_t i = 0; i < RANDOM_ROW_COUNT; i++)
        print_message("  %s: %s\n", RANDOM_ROWS[i].row, CHANCES[RANDOM_ROWS[i].chance]);
    assert_true(result->compared[FATAL] > 0);
    assert_int_equal(different, 0);
}

static void a_build_ends_as_the_builder_has_it(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/build.jsonl"))
        skip();
    tally result = {.row = gdf__empty};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        result.row = golden_string(row, "id");
        compare_row(golden_input(row, &arena), row, &result);
        gdf__arena_free(&arena);
        json_decref(row);
    }
    golden_close(&rows);
    report(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_build_ends_as_the_builder_has_it),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/build.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
