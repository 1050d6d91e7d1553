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

#include "base/builder.h"
#include "base/slice.h"
#include "conformance/golden_rows.h"
#include "conformance/typed_answers.h"

enum { MAX_SHOWN = 20 };

typedef enum aspect { FATAL, LINES, CONFIG, HISTORY, IMAGES } aspect;

static const char *const ASPECT_NAMES[] = {"error", "error lines", "config", "history", "images"};

enum { ASPECT_COUNT = sizeof ASPECT_NAMES / sizeof *ASPECT_NAMES };

typedef struct tally {
    size_t compared[ASPECT_COUNT];
    size_t different[ASPECT_COUNT];
    size_t left_out;
    gdf_str row; /* the name of the row being compared */
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

/* ---- the inputs of a row ----------------------------------------------------------------------
 */

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

static gdf_options *options_of(const json_t *row)
{
    static const char ARGUMENT[] = "build-arg:";
    gdf_options *options = gdf_options_create(NULL);
    assert_non_null(options);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)member(row, "opts"), name, value)
    {
        gdf_str text = golden_string(value, NULL);
        if (strncmp(name, ARGUMENT, strlen(ARGUMENT)) == 0)
            add_pair(options, GDF_OPTION_BUILD_ARG, name + strlen(ARGUMENT), text);
        else
            gdf_options_set_text(options, gdf_option_find(name, strlen(name)), text.ptr, text.len);
    }
    add_images(options, member(row, "images"));
    return options;
}

/* ---- comparing --------------------------------------------------------------------------------
 */

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

/* What needs more than the file and the options: the ignore file, the findings of the checks. */
static bool is_beyond(gdf_str fatal)
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

static void compare_answer(const gdf_config *config, const json_t *expected, tally *result)
{
    const json_t *fatal = member(expected, "fatal");
    gdf_str got = gdf_config_get_error(config);
    if (fatal && is_beyond(golden_string(fatal, NULL))) {
        result->left_out++;
        assert_int_equal(got.len, 0);
        return;
    }
    bool is_same = same_text(got, fatal);
    count(result, FATAL, is_same);
    if (!is_same) {
        print_error("  got: %.*s\n", (int)got.len, got.ptr);
        return;
    }
    if (fatal)
        count(result, LINES, same_places(config, member(expected, "error_sources")));
    else
        compare_image(config, expected, result);
    count(result, IMAGES, same_list(config, GDF_CONFIG_IMAGES, member(expected, "refs")));
}

static void compare_row(gdf_str text, const json_t *row, tally *result)
{
    gdf_options *options = options_of(row);
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_build *build = gdf_build_create(document, options);
    gdf_config *config = gdf_config_create(build, options);
    assert_non_null(config);
    assert_true(gdf_config_is_complete(config));
    if (json_is_true(member(row, "nondeterministic")))
        result->left_out++;
    else
        compare_answer(config, member(row, "expect"), result);
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
    print_message("%zu rows left out\n", result->left_out);
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
