#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "syntax/word_pattern.h"

enum { STEPS = 1 << 30, NO_MATCH = -1 };

static void start(gdf__matcher *matcher, const char *pattern, gdf_str subject, bool reversed)
{
    gdf__matcher_init(matcher, &gdf__default_allocator, STEPS);
    assert_true(gdf__matcher_compile(matcher, gdf__str(pattern), reversed));
    gdf__matcher_load(matcher, subject, reversed);
}

/* Where the match at the start ends. */
static int prefix(const char *pattern, const char *subject, bool longest)
{
    gdf__matcher matcher;
    uint32_t end = 0;
    start(&matcher, pattern, gdf__str(subject), false);
    bool is_found = gdf__matcher_prefix(&matcher, longest, &end);
    gdf__matcher_free(&matcher);
    return is_found ? (int)end : NO_MATCH;
}

static void assert_found(const char *pattern, const char *subject, int from, int to)
{
    gdf__matcher matcher;
    gdf__match match = {0, 0};
    start(&matcher, pattern, gdf__str(subject), false);
    bool is_found = gdf__matcher_find(&matcher, 0, &match);
    assert_int_equal(is_found ? (int)match.start : NO_MATCH, from);
    assert_int_equal(is_found ? (int)match.end : NO_MATCH, to);
    gdf__matcher_free(&matcher);
}

static void stars_match_as_short_or_as_long_as_asked(void **state)
{
    (void)state;
    assert_int_equal(prefix("*b", "abab", false), 2);
    assert_int_equal(prefix("*b", "abab", true), 4);
    assert_int_equal(prefix("a*", "abab", false), 1);
    assert_int_equal(prefix("a*", "abab", true), 4);
    assert_int_equal(prefix("*a*b", "aabab", true), 5);
    assert_int_equal(prefix("b*", "abab", true), NO_MATCH);
    assert_int_equal(prefix("", "abab", true), 0);
}

static void wildcards_stop_at_newlines(void **state)
{
    (void)state;
    assert_int_equal(prefix("*", "ab\nc", true), 2);
    assert_int_equal(prefix("*c", "ab\nc", true), NO_MATCH);
    assert_int_equal(prefix("*\n*", "ab\nc", true), 4);
    assert_int_equal(prefix("ab?c", "ab\nc", true), NO_MATCH);
}

static void the_leftmost_match_is_found(void **state)
{
    (void)state;
    assert_found("b*", "aXbYb\nb", 2, 5);
    assert_found("b*c", "b\nbxc", 2, 5);
    assert_found("*c", "ab\nxxc", 3, 6);
    assert_found("a\n*b", "a\nc\na\nxb", 4, 8);
    assert_found("z", "abc", NO_MATCH, NO_MATCH);
    assert_found("", "abc", 0, 0);
}

static void reversed_patterns_keep_their_escapes(void **state)
{
    (void)state;
    gdf__matcher matcher;
    uint32_t end = 0;
    start(&matcher, "\\*b", gdf__str("ab*b"), true);
    assert_true(gdf__matcher_prefix(&matcher, true, &end));
    assert_int_equal(end, 2);
    gdf__matcher_free(&matcher);
}

static void other_escapes_are_refused(void **state)
{
    (void)state;
    gdf__matcher matcher;
    gdf__matcher_init(&matcher, &gdf__default_allocator, STEPS);
    assert_true(gdf__matcher_compile(&matcher, gdf__str("\\*\\?\\\\\\}\\/"), false));
    assert_false(gdf__matcher_compile(&matcher, gdf__str("a\\n"), false));
    assert_int_equal(matcher.bad_escape, 'n');
    assert_false(gdf__matcher_compile(&matcher, gdf__str("a\\"), false));
    assert_int_equal(matcher.bad_escape, 0xFFFD);
    gdf__matcher_free(&matcher);
}

static void spent_steps_end_the_search(void **state)
{
    (void)state;
    gdf__matcher matcher;
    gdf__match match;
    gdf__matcher_init(&matcher, &gdf__default_allocator, 20);
    assert_true(gdf__matcher_compile(&matcher, gdf__str("aab"), false));
    gdf__matcher_load(&matcher, gdf__str("aaaaaaaaaaaab"), false);
    assert_false(gdf__matcher_find(&matcher, 0, &match));
    assert_true(matcher.exhausted);
    gdf__matcher_free(&matcher);
}

/* Steps of finding every match of `pattern` in `count` copies of `unit`. */
static size_t steps_for(const char *pattern, const char *unit, size_t count)
{
    gdf__builder subject;
    gdf__builder_init(&subject, &gdf__default_allocator);
    for (size_t i = 0; i < count; i++)
        gdf__builder_add_text(&subject, unit);
    gdf__matcher matcher;
    gdf__match match;
    start(&matcher, pattern, gdf__builder_get(&subject), false);
    for (uint32_t from = 0; from <= matcher.subject.count;) {
        if (!gdf__matcher_find(&matcher, from, &match))
            break;
        from = match.end > from ? match.end : from + 1;
    }
    size_t steps = STEPS - matcher.steps;
    gdf__matcher_free(&matcher);
    gdf__builder_free(&subject);
    return steps;
}

static void cost_grows_with_the_subject_and_no_faster(void **state)
{
    (void)state;
    static const char *const PATTERNS[] = {"a*a*a*a*b", "*b",   "a*b",  "?*?*?*x",
                                           "a\n*a\n*b", "a*\n", "*a*b", "aaaaab"};
    static const char *const UNITS[] = {"a", "ab", "a\n", "aab\n", "aaaaaaaaaaaaaaa\n"};
    for (size_t p = 0; p < sizeof PATTERNS / sizeof *PATTERNS; p++) {
        for (size_t u = 0; u < sizeof UNITS / sizeof *UNITS; u++) {
            size_t once = steps_for(PATTERNS[p], UNITS[u], 2000);
            size_t twice = steps_for(PATTERNS[p], UNITS[u], 4000);
            assert_in_range(twice, once, once * 2 + once / 10);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stars_match_as_short_or_as_long_as_asked),
        cmocka_unit_test(wildcards_stop_at_newlines),
        cmocka_unit_test(the_leftmost_match_is_found),
        cmocka_unit_test(reversed_patterns_keep_their_escapes),
        cmocka_unit_test(other_escapes_are_refused),
        cmocka_unit_test(spent_steps_end_the_search),
        cmocka_unit_test(cost_grows_with_the_subject_and_no_faster),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
