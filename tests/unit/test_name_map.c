/* Maps from names to numbers, clean paths, arrays with versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/name_map.h"
#include "base/path.h"
#include "base/slice.h"
#include "build/versions.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

/* ---- names ----------------------------------------------------------------------------------- */

static void names_are_found_byte_for_byte(void **state)
{
    (void)state;
    static const gdf_str NAMES[] = {{"a", 1},   {"ab", 2},  {"", 0},         {"a\0", 2},
                                    {"\0", 1},  {"b", 1},   {"\xFF\xFE", 2}, {"\xFF", 1},
                                    {"abc", 3}, {"abd", 3}, {"A", 1}};
    enum { COUNT = sizeof NAMES / sizeof *NAMES };
    gdf__name_map map;
    gdf__name_map_init(&map, &gdf__default_allocator);
    assert_null(gdf__name_map_find(&map, NAMES[0]));
    for (uint32_t i = 0; i < COUNT; i++)
        assert_int_equal(gdf__name_map_add(&map, NAMES[i], i)->value, i);
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(gdf__name_map_find(&map, NAMES[i])->value, i);
        assert_int_equal(gdf__name_map_add(&map, NAMES[i], 99)->value, i);
    }
    assert_null(gdf__name_map_find(&map, GDF__LITERAL("abe")));
    assert_null(gdf__name_map_find(&map, GDF__LITERAL("B")));
    assert_int_equal(gdf__name_map_find_lower(&map, GDF__LITERAL("ABC"))->value, 8);
    assert_null(gdf__name_map_find_lower(&map, GDF__LITERAL("ABE")));
    gdf__name_map_free(&map);
}

static void ranks_are_those_of_the_sorted_names(void **state)
{
    (void)state;
    enum { COUNT = 997, STEP = 610 };
    static char texts[COUNT][8];
    gdf__name_map map;
    gdf__name_map_init(&map, &gdf__default_allocator);
    for (uint32_t i = 0; i < COUNT; i++) {
        uint32_t number = i * STEP % COUNT;
        snprintf(texts[number], sizeof texts[number], "%04u", (unsigned)number);
        gdf__name_map_add(&map, gdf__str(texts[number]), number);
    }
    for (uint32_t i = 0; i < COUNT; i++) {
        assert_int_equal(gdf__name_map_rank(&map, gdf__str(texts[i])), i);
        assert_int_equal(gdf__name_map_at_rank(&map, i)->value, i);
    }
    assert_int_equal(gdf__name_map_rank(&map, GDF__LITERAL("0500x")), 501);
    assert_int_equal(gdf__name_map_rank(&map, GDF__LITERAL("05")), 500);
    assert_int_equal(gdf__name_map_rank(&map, GDF__LITERAL("~")), COUNT);
    assert_int_equal(gdf__name_map_rank(&map, GDF__LITERAL("")), 0);
    assert_null(gdf__name_map_at_rank(&map, COUNT));
    gdf__name_map_free(&map);
}

static bool fill_map(const gdf_allocator *allocator, void *context)
{
    static const char *const NAMES[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                        "j", "k", "l", "m", "n", "o", "p", "q", "r"};
    (void)context;
    gdf__name_map map;
    gdf__name_map_init(&map, allocator);
    for (uint32_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++)
        gdf__name_map_add(&map, gdf__str(NAMES[i]), i);
    bool ready = !gdf__name_map_failed(&map);
    for (uint32_t i = 0; i < map.entries.count; i++)
        assert_non_null(gdf__name_map_at_rank(&map, i));
    gdf__name_map_free(&map);
    return ready;
}

static void a_map_without_memory_keeps_what_it_has(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(fill_map, NULL, true);
}

/* ---- paths ----------------------------------------------------------------------------------- */

static void paths_are_cleaned_as_go_does(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"", "."},
        {".", "."},
        {"/", "/"},
        {"//", "/"},
        {"a", "a"},
        {"a/", "a"},
        {"./a", "a"},
        {"a/./b", "a/b"},
        {"a//b", "a/b"},
        {"a/b/..", "a"},
        {"a/..", "."},
        {"..", ".."},
        {"../a", "../a"},
        {"a/../..", ".."},
        {"../../a", "../../a"},
        {"/..", "/"},
        {"/../a", "/a"},
        {"/a/../../b", "/b"},
        {"a/../../b/c/..", "../b"},
        {"...", "..."},
        {"/a/b/", "/a/b"},
        {"a/..b/.c", "a/..b/.c"},
        {"./", "."},
        {"/.", "/"},
    };
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_slice_is(gdf__path_clean(gdf__str(CASES[i][0]), &arena), CASES[i][1]);
    gdf__arena_free(&arena);
}

static void joined_paths_leave_out_what_is_empty(void **state)
{
    (void)state;
    static const char *const CASES[][3] = {
        {"", "", ""},          {"a", "", "a"},       {"", "a/", "a"},      {"a", "b", "a/b"},
        {"/a/", "/b", "/a/b"}, {"/a", "../b", "/b"}, {"a", "../..", ".."},
    };
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_slice_is(gdf__path_join(gdf__str(CASES[i][0]), gdf__str(CASES[i][1]), &arena),
                        CASES[i][2]);
    gdf__arena_free(&arena);
}

/* ---- versions -------------------------------------------------------------------------------- */

static void every_version_stays_readable(void **state)
{
    (void)state;
    enum { SIZE = 100 };
    gdf__versions versions;
    gdf__versions_init(&versions, &gdf__default_allocator, SIZE);
    uint32_t history[SIZE + 1] = {0};
    for (uint32_t i = 0; i < SIZE; i++)
        history[i + 1] = gdf__versions_set(&versions, history[i], i, i + 1);
    uint32_t branch = gdf__versions_set(&versions, history[50], 10, 7);
    for (uint32_t version = 0; version <= SIZE; version++) {
        for (uint32_t i = 0; i < SIZE; i++)
            assert_int_equal(gdf__versions_get(&versions, history[version], i),
                             i < version ? i + 1 : 0);
    }
    assert_int_equal(gdf__versions_get(&versions, branch, 10), 7);
    assert_int_equal(gdf__versions_get(&versions, branch, 11), 12);
    assert_int_equal(gdf__versions_get(&versions, branch, 50), 0);
    gdf__versions_free(&versions);
}

static void a_version_starts_with_numbers_in_a_row(void **state)
{
    (void)state;
    enum { SIZE = 40, FIRST = 7 };
    for (uint32_t count = 0; count <= SIZE; count++) {
        gdf__versions versions;
        gdf__versions_init(&versions, &gdf__default_allocator, SIZE);
        uint32_t start = gdf__versions_start(&versions, FIRST, count);
        uint32_t changed = gdf__versions_set(&versions, start, SIZE - 1, 1000);
        for (uint32_t i = 0; i < SIZE; i++) {
            uint32_t expected = i < count ? FIRST + i : 0;
            assert_int_equal(gdf__versions_get(&versions, start, i), expected);
            assert_int_equal(gdf__versions_get(&versions, changed, i),
                             i == SIZE - 1 ? 1000 : expected);
        }
        gdf__versions_free(&versions);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_found_byte_for_byte),
        cmocka_unit_test(ranks_are_those_of_the_sorted_names),
        cmocka_unit_test(a_map_without_memory_keeps_what_it_has),
        cmocka_unit_test(paths_are_cleaned_as_go_does),
        cmocka_unit_test(joined_paths_leave_out_what_is_empty),
        cmocka_unit_test(every_version_stays_readable),
        cmocka_unit_test(a_version_starts_with_numbers_in_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
