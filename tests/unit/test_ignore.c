/* Ignore files: patterns, what they match, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/slice.h"
#include "project/ignore.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

typedef struct match_case {
    const char *patterns;
    const char *path;
    bool is_left_out;
} match_case;

static bool is_left_out(const char *patterns, const char *path)
{
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__ignore ignore = gdf__ignore_parse(gdf__str(patterns), &arena);
    bool result = gdf__ignore_match(&ignore, gdf__str(path));
    gdf__arena_free(&arena);
    return result;
}

static void check_cases(const match_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_left_out(cases[i].patterns, cases[i].path) != cases[i].is_left_out)
            fail_msg("%s: %s", cases[i].patterns, cases[i].path);
    }
}

#define CHECK(cases) check_cases(cases, sizeof(cases) / sizeof *(cases))

static void a_pattern_without_wildcards_is_a_path_from_the_root(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"bin", "bin", true},          {"bin", "bin/app", true}, {"bin", "cmd/bin", false},
        {"bin", "binary", false},      {"/bin", "bin", true},    {"./bin/", "bin/app", true},
        {"a//b/../c", "a/c/d", true},  {"../bin", "bin", false}, {".", "bin", false},
        {"web.app", "webxapp", false},
    };
    CHECK(CASES);
}

static void one_star_stays_in_its_directory(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"*.log", "run.log", true},
        {"*.log", "logs/run.log", false},
        {"*.log", ".log", true},
        {"*/dist", "web/dist", true},
        {"*/dist", "dist", false},
        {"*/dist", "a/b/dist", false},
        {"cmd/*/main.go", "cmd/x/main.go", true},
        {"cmd/*/main.go", "cmd/x/y/main.go", false},
        {"*", "a/b/c", true},
        {"a*c", "abbbc", true},
        {"a*c", "abbb", false},
        {"*a*a*a*a*b", "aaaaaaaaaaaa", false},
    };
    CHECK(CASES);
}

static void two_stars_cross_directories(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"**/*.md", "README.md", true},
        {"**/*.md", "doc/a/b.md", true},
        {"**/tmp", "tmp/x", true},
        {"**/tmp", "a/b/tmp", true},
        {"**/tmp", "a/mytmp", false},
        {"**tmp", "a/mytmp", true},
        {"doc/**", "doc", false},
        {"doc/**", "doc/a/b", true},
        {"a/**/z", "a/z", true},
        {"a/**/z", "a/b/c/z", true},
        {"a/**/z", "a/bz", false},
        {"**", "anything/at/all", true},
        {"**/a/**/b/**", "x/a/y/b/z", true},
        {"***/x", "a/b/x", true},
    };
    CHECK(CASES);
}

static void question_marks_and_classes_stand_for_one_code_point(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"?", "\xC3\xA9", true},
        {"?", "/", false},
        {"v?", "v1", true},
        {"v?", "v12", false},
        {"[a-c]", "b", true},
        {"[a-c]", "d", false},
        {"[^a-c]", "d", true},
        {"[^a-c]", "b", false},
        {"[\xC3\xA0-\xC3\xBC]", "\xC3\xA9", true},
        {"x[.]y", "x.y", true},
        {"x[.]y", "x,y", false},
        {"[a\\]]", "]", true},
        {"[ab]*", "bxyz", true},
        {"?\xFF", "a\xFE", true},
    };
    CHECK(CASES);
}

static void escapes_are_those_of_the_builders_expressions(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"\\*", "*", true},
        {"\\*", "x", false},
        {"a\\?b", "a?b", true},
        {"\\#x", "#x", true},
        {"v\\d", "v7", true},
        {"v\\d", "vd", false},
        {"v\\D", "vd", true},
        {"\\wx", "_x", true},
        {"bin\\obj", "binobj", false},
        {"bin\\obj", "bin/obj", false},
        {"^*", "abc", true},
        {"a*^", "a^", false},
    };
    CHECK(CASES);
}

static void the_last_pattern_that_matches_decides(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"*\n!cmd", "cmd/main.go", false},
        {"*\n!cmd", "web/x", true},
        {"!cmd\n*", "cmd/main.go", true},
        {"vendor\n!vendor/a\nvendor/a/b", "vendor/a/b/c", true},
        {"vendor\n!vendor/a", "vendor/a/x", false},
        {"vendor\n!vendor/a", "vendor/b", true},
        {"!cmd", "cmd", false},
        {"*\n! /go.mod", "go.mod", false},
    };
    CHECK(CASES);
}

static void comments_blanks_and_marks_are_left_aside(void **state)
{
    (void)state;
    static const match_case CASES[] = {
        {"# a\na", "a", true},
        {"#a", "#a", false},
        {" #a", "#a", true},
        {"\xEF\xBB\xBF"
         "a",
         "a", true},
        {"b\n\xEF\xBB\xBF"
         "a",
         "a", false},
        {"  a\t\r\n", "a", true},
        {"\n\n  \n", "a", false},
        {"", "a", false},
    };
    CHECK(CASES);
}

static void refuse(const char *text, const char *error, uint32_t patterns)
{
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__ignore ignore = gdf__ignore_parse(gdf__str(text), &arena);
    assert_slice_is(ignore.error, error);
    assert_int_equal(ignore.count, patterns);
    assert_false(gdf__ignore_match(&ignore, GDF__LITERAL("a")));
    gdf__arena_free(&arena);
}

static void bad_patterns_are_refused_in_the_builders_words(void **state)
{
    (void)state;
    refuse("a\n!", "illegal exclusion pattern: \"!\"", 1);
    refuse("! /", "illegal exclusion pattern: \"!\"", 0);
    static const char *const FAULTY[] = {"[",   "[]",  "[a",  "[a-",     "[a-]",  "[]a]",
                                         "[^]", "a\\", "[\\", "[a\xFF]", "a[b/c", "[-a]"};
    for (size_t i = 0; i < sizeof FAULTY / sizeof *FAULTY; i++)
        refuse(FAULTY[i], "syntax error in pattern", 0);
}

static void a_line_over_the_builders_limit_is_refused(void **state)
{
    (void)state;
    enum { LEN = 65536 };
    char *text = malloc(LEN + 1);
    memset(text, 'a', LEN);
    text[LEN] = '\0';
    refuse(text, "bufio.Scanner: token too long", 0);
    text[LEN - 1] = '\0';
    refuse(text, "", 1);
    free(text);
}

static void patterns_tell_their_place_and_text(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__ignore ignore = gdf__ignore_parse(GDF__LITERAL("# c\n  ! ./x/ \n*\n"), &arena);
    assert_int_equal(ignore.count, 2);
    assert_true(ignore.has_exceptions);
    assert_slice_is(ignore.patterns[0].text, "!x");
    assert_slice_is(ignore.patterns[0].glob, "x");
    assert_int_equal(ignore.patterns[0].line, 2);
    assert_int_equal(ignore.patterns[0].start, 6);
    assert_int_equal(ignore.patterns[0].end, 12);
    assert_int_equal(gdf__ignore_find(&ignore, GDF__LITERAL("x")), 1);
    assert_int_equal(gdf__ignore_find(&ignore, GDF__LITERAL("")), 1);
    assert_true(gdf__ignore_excludes_all(&ignore));
    gdf__arena_free(&arena);
}

static void only_whole_wildcards_leave_out_everything(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool all;
    } CASES[] = {{"*", true},   {"**", true}, {"**/*", true}, {"*.go", false},
                 {"!*", false}, {"a", false}, {"*/", true},   {"a\n**/", true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__ignore ignore = gdf__ignore_parse(gdf__str(CASES[i].text), &arena);
        assert_int_equal(gdf__ignore_excludes_all(&ignore), CASES[i].all);
        gdf__arena_free(&arena);
    }
}

/* Backtracking would not end. */
static void hostile_patterns_are_matched_at_once(void **state)
{
    (void)state;
    enum { STARS = 3000, LEN = 9000 };
    char *pattern = malloc(2 * STARS + 2);
    char *path = malloc(LEN + 1);
    for (size_t i = 0; i < STARS; i++)
        memcpy(pattern + 2 * i, "a*", 2);
    memcpy(pattern + (size_t)2 * STARS, "b", 2);
    memset(path, 'a', LEN);
    path[LEN] = '\0';
    assert_false(is_left_out(pattern, path));
    path[LEN - 1] = 'b';
    assert_true(is_left_out(pattern, path));
    free(path);
    free(pattern);
}

static bool parse_and_match(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf__arena arena;
    gdf__arena_init(&arena, allocator);
    gdf__ignore ignore =
        gdf__ignore_parse(GDF__LITERAL("a//b\n!**/x[a-c]*\nc?\n./d/../e\n"), &arena);
    gdf__ignore_match(&ignore, GDF__LITERAL("a/b/xa"));
    bool ready = !arena.failed;
    gdf__arena_free(&arena);
    return ready;
}

static void missing_memory_is_told(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(parse_and_match, NULL, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pattern_without_wildcards_is_a_path_from_the_root),
        cmocka_unit_test(one_star_stays_in_its_directory),
        cmocka_unit_test(two_stars_cross_directories),
        cmocka_unit_test(question_marks_and_classes_stand_for_one_code_point),
        cmocka_unit_test(escapes_are_those_of_the_builders_expressions),
        cmocka_unit_test(the_last_pattern_that_matches_decides),
        cmocka_unit_test(comments_blanks_and_marks_are_left_aside),
        cmocka_unit_test(bad_patterns_are_refused_in_the_builders_words),
        cmocka_unit_test(a_line_over_the_builders_limit_is_refused),
        cmocka_unit_test(patterns_tell_their_place_and_text),
        cmocka_unit_test(only_whole_wildcards_leave_out_everything),
        cmocka_unit_test(hostile_patterns_are_matched_at_once),
        cmocka_unit_test(missing_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
