/* The public readers of an ignore file; what patterns match is test_ignore.c's business. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/ignore.h>

#include "base/slice.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

static gdf_ignore *parse(const char *text)
{
    gdf_ignore *ignore = gdf_ignore_parse(text, strlen(text), NULL);
    assert_non_null(ignore);
    return ignore;
}

static void patterns_have_their_text_and_place(void **state)
{
    (void)state;
    static const char TEXT[] = "# comment\n\n /bin/ \r\n! bin//keep\n";
    gdf_ignore *ignore = parse(TEXT);
    assert_int_equal(gdf_ignore_count_patterns(ignore), 2);
    assert_slice_is(gdf_ignore_get_pattern(ignore, 0), "bin");
    assert_false(gdf_ignore_is_exception(ignore, 0));
    assert_int_equal(gdf_ignore_get_pattern_line(ignore, 0), 3);
    assert_int_equal(gdf_ignore_get_pattern_start(ignore, 0), 12);
    assert_int_equal(gdf_ignore_get_pattern_end(ignore, 0), 17);
    assert_slice_is(gdf_ignore_get_pattern(ignore, 1), "bin/keep");
    assert_true(gdf_ignore_is_exception(ignore, 1));
    assert_int_equal(gdf_ignore_get_pattern_line(ignore, 1), 4);
    gdf_ignore_free(ignore);
}

static void the_last_pattern_that_matches_decides(void **state)
{
    (void)state;
    gdf_ignore *ignore = parse("*.log\nbin\n!bin/app\n");
    static const struct {
        const char *path;
        int left_out;
        uint32_t pattern;
    } CASES[] = {{"a.log", 1, 0},     {"bin", 1, 1},     {"bin/x", 1, 1}, {"bin/app", 0, 2},
                 {"bin/app/y", 0, 2}, {"main.go", 0, 3}, {"", 0, 3}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *path = CASES[i].path;
        assert_int_equal(gdf_ignore_match(ignore, path, strlen(path)), CASES[i].left_out);
        assert_int_equal(gdf_ignore_find_pattern(ignore, path, strlen(path)), CASES[i].pattern);
    }
    gdf_ignore_free(ignore);
}

static void a_refused_file_leaves_nothing_out(void **state)
{
    (void)state;
    gdf_ignore *ignore = parse("bin\n!\n");
    assert_slice_is(gdf_ignore_get_error(ignore), "illegal exclusion pattern: \"!\"");
    assert_int_equal(gdf_ignore_count_patterns(ignore), 1);
    assert_false(gdf_ignore_match(ignore, "bin", 3));
    assert_int_equal(gdf_ignore_find_pattern(ignore, "bin", 3), 1);
    gdf_ignore_free(ignore);
}

static void the_text_is_copied(void **state)
{
    (void)state;
    char text[] = "bin";
    gdf_ignore *ignore = gdf_ignore_parse(text, strlen(text), NULL);
    memset(text, 'x', strlen(text));
    assert_slice_is(gdf_ignore_get_pattern(ignore, 0), "bin");
    assert_int_equal(gdf_ignore_get_error(ignore).len, 0);
    gdf_ignore_free(ignore);
}

static void readers_of_nothing_are_neutral(void **state)
{
    (void)state;
    gdf_ignore_free(NULL);
    assert_null(gdf_ignore_parse(NULL, 1, NULL));
    assert_int_equal(gdf_ignore_count_patterns(NULL), 0);
    assert_slice_is(gdf_ignore_get_pattern(NULL, 0), "");
    assert_slice_is(gdf_ignore_get_error(NULL), "");
    assert_false(gdf_ignore_match(NULL, "a", 1));
    assert_int_equal(gdf_ignore_find_pattern(NULL, "a", 1), 0);
    gdf_ignore *empty = gdf_ignore_parse(NULL, 0, NULL);
    assert_int_equal(gdf_ignore_count_patterns(empty), 0);
    assert_int_equal(gdf_ignore_get_pattern_line(empty, 0), 0);
    assert_false(gdf_ignore_match(empty, NULL, 0));
    gdf_ignore_free(empty);
}

static bool parse_something(const gdf_allocator *allocator, void *context)
{
    (void)context;
    static const char TEXT[] = "./a*[b]\n!c//d\n**/x\n";
    gdf_options *options = gdf_options_create(allocator);
    gdf_ignore *ignore = options ? gdf_ignore_parse(TEXT, strlen(TEXT), options) : NULL;
    bool done = ignore != NULL;
    gdf_ignore_free(ignore);
    gdf_options_free(options);
    return done;
}

static void missing_memory_gives_no_ignore_file(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(parse_something, NULL, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_have_their_text_and_place),
        cmocka_unit_test(the_last_pattern_that_matches_decides),
        cmocka_unit_test(a_refused_file_leaves_nothing_out),
        cmocka_unit_test(the_text_is_copied),
        cmocka_unit_test(readers_of_nothing_are_neutral),
        cmocka_unit_test(missing_memory_gives_no_ignore_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
