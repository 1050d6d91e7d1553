/* lib/text: the source and its lines, fragments and their way back to the source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/slice.h"
#include "support/counting_allocator.h"
#include "text/fragment.h"
#include "text/source.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

static gdf__source make_source(gdf_str text)
{
    gdf__source source;
    assert_true(gdf__source_init(&source, text, &gdf__default_allocator));
    return source;
}

static void source_keeps_its_own_copy_of_any_bytes(void **state)
{
    (void)state;
    char bytes[] = "FROM a\0\xff\n";
    gdf__source source = make_source((gdf_str){bytes, 9});
    memset(bytes, 'x', 9);
    assert_true(gdf__str_equal(gdf__source_text(&source), GDF__LITERAL("FROM a\0\xff\n")));
    assert_true(gdf__str_equal(gdf__source_slice(&source, 5, 8), GDF__LITERAL("a\0\xff")));
    assert_int_equal(gdf__source_slice(&source, 8, 5).len, 0);
    assert_int_equal(gdf__source_slice(&source, 7, 500).len, 2);
    gdf__source_free(&source);
}

static void the_shapes_of_lines_are_counted(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gdf__line_shapes shapes;
    } CASES[] = {
        {"", {.crlf = 0}},
        {"# a\n\nRUN a\n", {.blank = 1, .comments = 1}},
        {"# a\r\n\r\nRUN a\r\n", {.crlf = 3, .blank = 1, .comments = 1}},
        {"RUN a \\\n  b\nRUN c", {.continued = 1, .joined = 10}},
        {"RUN a `\r\n  b \\\r\n c", {.crlf = 2, .continued = 2, .joined = 14}},
        {"\r\n\\\n\n", {.crlf = 1, .blank = 2, .continued = 1, .joined = 1}},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf__source source = make_source(gdf__str(CASES[i].text));
        assert_memory_equal(&source.shapes, &CASES[i].shapes, sizeof source.shapes);
        gdf__source_free(&source);
    }
}

static void lines_are_found_at_any_distance(void **state)
{
    (void)state;
    char text[300];
    for (uint32_t len = 0; len < sizeof text; len++) {
        memset(text, 'x', sizeof text);
        text[len] = '\n';
        text[len / 2] = '\n';
        gdf__source source = make_source((gdf_str){text, len + 1});
        assert_int_equal(source.lines.count, len / 2 == len ? 2 : 3);
        assert_int_equal(gdf__source_line_start(&source, 2), len / 2 + 1);
        assert_int_equal(gdf__source_line_start(&source, source.lines.count), len + 1);
        gdf__source_free(&source);
    }
}

typedef struct line_case {
    gdf_str text;
    uint32_t count;
    uint32_t bounds[6][2]; /* start and end of each line, without its line end */
} line_case;

static void lines_end_at_newlines_only(void **state)
{
    (void)state;
    static const line_case CASES[] = {
        {{"", 0}, 1, {{0, 0}}},
        {{"a", 1}, 1, {{0, 1}}},
        {{"a\n", 2}, 2, {{0, 1}, {2, 2}}},
        {{"a\nbc", 4}, 2, {{0, 1}, {2, 4}}},
        {{"\n\n", 2}, 3, {{0, 0}, {1, 1}, {2, 2}}},
        {{"a\r\nb\r\n", 6}, 3, {{0, 1}, {3, 4}, {6, 6}}},
        {{"a\rb\n", 4}, 2, {{0, 3}, {4, 4}}},
        {{"\r\n\r", 3}, 2, {{0, 0}, {2, 2}}},
        {{"a\r\r\n", 4}, 2, {{0, 2}, {4, 4}}},
        {{"a\0\nb", 4}, 2, {{0, 2}, {3, 4}}},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf__source source = make_source(CASES[i].text);
        assert_int_equal(source.lines.count, CASES[i].count);
        for (uint32_t line = 1; line <= CASES[i].count; line++) {
            assert_int_equal(gdf__source_line_start(&source, line), CASES[i].bounds[line - 1][0]);
            assert_int_equal(gdf__source_line_end(&source, line), CASES[i].bounds[line - 1][1]);
        }
        gdf__source_free(&source);
    }
}

static void lines_outside_the_source_lie_at_its_end(void **state)
{
    (void)state;
    gdf__source source = make_source(GDF__LITERAL("a\nb"));
    assert_int_equal(gdf__source_line_start(&source, 0), 3);
    assert_int_equal(gdf__source_line_start(&source, 3), 3);
    assert_int_equal(gdf__source_line_end(&source, 3), 3);
    assert_int_equal(gdf__source_line_start(&source, UINT32_MAX - 1), 3);
    gdf__source_free(&source);
}

static void offsets_lead_to_their_line(void **state)
{
    (void)state;
    gdf__source source = make_source(GDF__LITERAL("ab\n\ncd\n"));
    static const uint32_t LINES[] = {1, 1, 1, 2, 3, 3, 3, 4};
    for (uint32_t offset = 0; offset < ARRAY_LENGTH(LINES); offset++)
        assert_int_equal(gdf__source_line_at(&source, offset), LINES[offset]);
    assert_int_equal(gdf__source_line_at(&source, UINT32_MAX), 4);
    gdf__source_free(&source);
}

static void every_offset_lies_between_start_of_its_line_and_the_next(void **state)
{
    (void)state;
    enum { LENGTH = 20000 };
    char *bytes = malloc(LENGTH);
    assert_non_null(bytes);
    for (uint32_t i = 0; i < LENGTH; i++)
        bytes[i] = i * i % 13 == 4 ? '\n' : 'x';
    gdf__source source = make_source((gdf_str){bytes, LENGTH});
    for (uint32_t offset = 0; offset < LENGTH; offset++) {
        uint32_t line = gdf__source_line_at(&source, offset);
        assert_true(gdf__source_line_start(&source, line) <= offset);
        assert_true(gdf__source_line_start(&source, line + 1) > offset);
    }
    gdf__source_free(&source);
    free(bytes);
}

static bool load_source(const gdf_allocator *allocator, void *context)
{
    gdf_str *text = context;
    gdf__source source;
    bool done = gdf__source_init(&source, *text, allocator);
    gdf__source_free(&source);
    return done;
}

static void source_reports_every_failed_allocation(void **state)
{
    (void)state;
    gdf_str texts[] = {{"", 0}, {"FROM scratch\n", 13}};
    for (size_t i = 0; i < ARRAY_LENGTH(texts); i++)
        counting_allocator_try_every_failure(load_source, &texts[i], false);
    char newlines[500];
    memset(newlines, '\n', sizeof newlines);
    gdf_str many = {newlines, sizeof newlines};
    size_t requests = counting_allocator_try_every_failure(load_source, &many, false);
    assert_true(requests >= 1);
}

static void source_without_its_copy_is_refused(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init_failing(&memory, 1, false);
    gdf__source source;
    assert_false(gdf__source_init(&source, GDF__LITERAL("FROM scratch"), &memory.allocator));
    gdf__source_free(&source);
    counting_allocator_assert_no_leak(&memory);
}

/* The source "RUN a \<newline>  b \<newline>c" read as "RUN a   b c". */
static const gdf__segment SEGMENTS[] = {{0, 0}, {6, 8}, {10, 14}};
static const gdf__fragment JOINED = {{"RUN a   b c", 11}, SEGMENTS, ARRAY_LENGTH(SEGMENTS)};

static void fragment_offsets_lead_back_to_the_source(void **state)
{
    (void)state;
    static const uint32_t STARTS[] = {0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 14, 15};
    for (size_t offset = 0; offset < ARRAY_LENGTH(STARTS); offset++)
        assert_int_equal(gdf__fragment_start(&JOINED, offset), STARTS[offset]);
}

static void a_range_does_not_reach_over_the_gap_behind_it(void **state)
{
    (void)state;
    assert_int_equal(gdf__fragment_end(&JOINED, 0), 0);
    assert_int_equal(gdf__fragment_end(&JOINED, 5), 5);
    assert_int_equal(gdf__fragment_end(&JOINED, 6), 6);
    assert_int_equal(gdf__fragment_start(&JOINED, 6), 8);
    assert_int_equal(gdf__fragment_end(&JOINED, 10), 12);
    assert_int_equal(gdf__fragment_end(&JOINED, 11), 15);
}

static void ranges_know_whether_a_gap_cuts_them(void **state)
{
    (void)state;
    assert_true(gdf__fragment_is_contiguous(&JOINED, 0, 6));
    assert_false(gdf__fragment_is_contiguous(&JOINED, 0, 7));
    assert_true(gdf__fragment_is_contiguous(&JOINED, 6, 10));
    assert_false(gdf__fragment_is_contiguous(&JOINED, 9, 11));
    assert_true(gdf__fragment_is_contiguous(&JOINED, 10, 11));
    assert_true(gdf__fragment_is_contiguous(&JOINED, 6, 6));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_keeps_its_own_copy_of_any_bytes),
        cmocka_unit_test(lines_end_at_newlines_only),
        cmocka_unit_test(the_shapes_of_lines_are_counted),
        cmocka_unit_test(lines_are_found_at_any_distance),
        cmocka_unit_test(lines_outside_the_source_lie_at_its_end),
        cmocka_unit_test(offsets_lead_to_their_line),
        cmocka_unit_test(every_offset_lies_between_start_of_its_line_and_the_next),
        cmocka_unit_test(source_reports_every_failed_allocation),
        cmocka_unit_test(source_without_its_copy_is_refused),
        cmocka_unit_test(fragment_offsets_lead_back_to_the_source),
        cmocka_unit_test(a_range_does_not_reach_over_the_gap_behind_it),
        cmocka_unit_test(ranges_know_whether_a_gap_cuts_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
