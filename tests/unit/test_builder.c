/* lib/base: UTF-8 and growing texts, with the quoting of Go and of JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "base/text_object.h"
#include "base/utf8.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- UTF-8 ----------------------------------------------------------------------------------- */

static void decoding_gives_gos_runes(void **state)
{
    (void)state;
    static const struct {
        gdf_str bytes;
        uint32_t value;
        uint8_t len;
        bool valid;
    } CASES[] = {
        {{"A", 1}, 'A', 1, true},
        {{"\0", 1}, 0, 1, true},
        {{"\xC2\x80", 2}, 0x80, 2, true},
        {{"\xE2\x82\xAC!", 4}, 0x20AC, 3, true},
        {{"\xF0\x9F\x98\x80", 4}, 0x1F600, 4, true},
        {{"\xEF\xBF\xBD", 3}, 0xFFFD, 3, true},
        {{"\xF4\x8F\xBF\xBF", 4}, 0x10FFFF, 4, true},
        {{"\x80", 1}, 0xFFFD, 1, false},                 /* continuation first */
        {{"\xC0\xAF", 2}, 0xFFFD, 1, false},             /* overlong */
        {{"\xE0\x9F\xBF", 3}, 0xFFFD, 1, false},         /* overlong */
        {{"\xF0\x8F\xBF\xBF", 4}, 0xFFFD, 1, false},     /* overlong */
        {{"\xED\xA0\x80", 3}, 0xFFFD, 1, false},         /* surrogate */
        {{"\xF4\x90\x80\x80", 4}, 0xFFFD, 1, false},     /* above U+10FFFF */
        {{"\xF8\x88\x80\x80\x80", 5}, 0xFFFD, 1, false}, /* no such lead */
        {{"\xE2\x82", 2}, 0xFFFD, 1, false},             /* cut off */
        {{"\xE2\x28\xAC", 3}, 0xFFFD, 1, false},         /* no continuation */
        {{"", 0}, 0xFFFD, 0, false},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf__rune rune = gdf__utf8_decode(CASES[i].bytes, 0);
        assert_int_equal(rune.value, CASES[i].value);
        assert_int_equal(rune.len, CASES[i].len);
        assert_int_equal(rune.valid, CASES[i].valid);
    }
    assert_int_equal(gdf__utf8_decode(GDF__LITERAL("a"), 5).len, 0);
}

static void decoding_backwards_mirrors_forwards(void **state)
{
    (void)state;
    gdf_str text = GDF__LITERAL("a\xE2\x82\xAC\xF0\x9F\x98\x80\x80z");
    static const struct {
        size_t end;
        uint32_t value;
        uint8_t len;
    } CASES[] = {{10, 'z', 1},   {9, 0xFFFD, 1}, {8, 0x1F600, 4}, {7, 0xFFFD, 1},
                 {4, 0x20AC, 3}, {3, 0xFFFD, 1}, {1, 'a', 1},     {0, 0xFFFD, 0}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf__rune rune = gdf__utf8_decode_last(text, CASES[i].end);
        assert_int_equal(rune.value, CASES[i].value);
        assert_int_equal(rune.len, CASES[i].len);
    }
}

static void encoding_then_decoding_is_the_identity(void **state)
{
    (void)state;
    for (uint32_t rune = 0; rune <= 0x10FFFF; rune++) {
        if (rune >= 0xD800 && rune <= 0xDFFF)
            continue;
        char bytes[4];
        size_t len = gdf__utf8_encode(rune, bytes);
        gdf__rune back = gdf__utf8_decode((gdf_str){bytes, len}, 0);
        if (!back.valid || back.value != rune || back.len != len)
            fail_msg("U+%04X came back as U+%04X", rune, back.value);
    }
}

static void impossible_runes_are_encoded_as_replacement(void **state)
{
    (void)state;
    char bytes[4];
    assert_int_equal(gdf__utf8_encode(0xD800, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    assert_int_equal(gdf__utf8_encode(0x110000, bytes), 3);
    assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}

static uint32_t count_runes(bool (*is_member)(uint32_t))
{
    uint32_t count = 0;
    for (uint32_t rune = 0; rune <= 0x10FFFF; rune++)
        count += is_member(rune);
    return count;
}

/* The numbers are those of Go's unicode 15.0 tables. */
static void rune_classes_are_as_large_as_gos(void **state)
{
    (void)state;
    assert_int_equal(count_runes(gdf__utf8_is_printable), 148998);
    assert_int_equal(count_runes(gdf__utf8_is_letter), 136104);
    assert_int_equal(count_runes(gdf__utf8_is_space), 25);
}

static void unicode_trimming_stops_at_invalid_bytes(void **state)
{
    (void)state;
    assert_slice_is(gdf__utf8_trim(GDF__LITERAL("\xC2\xA0 \xE3\x80\x80x y\xC2\x85\n")), "x y");
    assert_slice_is(gdf__utf8_trim(GDF__LITERAL(" \xFF ")), "\xFF");
    assert_slice_is(gdf__utf8_trim(GDF__LITERAL("\xE2\x80\x83")), "");
    assert_slice_is(gdf__utf8_trim_left(GDF__LITERAL("  x ")), "x ");
}

/* ---- builder --------------------------------------------------------------------------------- */

typedef void (*add_function)(gdf__builder *builder, gdf_str text);

static void assert_builds(add_function add, gdf_str input, const char *expected)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    add(&builder, input);
    assert_slice_is(gdf__builder_get(&builder), expected);
    gdf__builder_free(&builder);
}

static void go_quoting_is_strconv_quote(void **state)
{
    (void)state;
    static const struct {
        gdf_str input;
        const char *expected;
    } CASES[] = {
        {{"", 0}, "\"\""},
        {{"a\0b", 3}, "\"a\\x00b\""},
        {{"\a\b\f\n\r\t\v", 7}, "\"\\a\\b\\f\\n\\r\\t\\v\""},
        {{"\"\\'", 3}, "\"\\\"\\\\'\""},
        {{"\x7f", 1}, "\"\\x7f\""},
        {{"\xff", 1}, "\"\\xff\""},
        {{"\xc3\xa9", 2}, "\"\xc3\xa9\""},
        {{"\xef\xbf\xbd", 3}, "\"\xef\xbf\xbd\""},
        {{"\xc2\xa0\xc2\xad", 4}, "\"\\u00a0\\u00ad\""},
        {{"\xe2\x80\xa8", 3}, "\"\\u2028\""},
        {{"\xf3\xa0\x80\x81", 4}, "\"\\U000e0001\""},
        {{"\xf0\x9f\x98\x80", 4}, "\"\xf0\x9f\x98\x80\""},
        {{"\xed\xa0\x80", 3}, "\"\\xed\\xa0\\x80\""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++)
        assert_builds(gdf__builder_add_go_quoted, CASES[i].input, CASES[i].expected);
}

static void json_strings_are_valid_json(void **state)
{
    (void)state;
    static const struct {
        gdf_str input;
        const char *expected;
    } CASES[] = {
        {{"", 0}, "\"\""},
        {{"C:\\dir \"x\"/", 11}, "\"C:\\\\dir \\\"x\\\"/\""},
        {{"\b\f\n\r\t", 5}, "\"\\b\\f\\n\\r\\t\""},
        {{"\0\x01\x1f", 3}, "\"\\u0000\\u0001\\u001f\""},
        {{"\xc3\xa9\xf0\x9f\x98\x80", 6}, "\"\xc3\xa9\xf0\x9f\x98\x80\""},
        {{"a\xff\xe2\x82z", 5}, "\"a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz\""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++)
        assert_builds(gdf__builder_add_json, CASES[i].input, CASES[i].expected);
}

static void builder_joins_all_kinds_of_parts(void **state)
{
    (void)state;
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    assert_slice_is(gdf__builder_get(&builder), "");
    gdf__builder_add_text(&builder, "line ");
    gdf__builder_add_number(&builder, 0);
    gdf__builder_add_byte(&builder, '/');
    gdf__builder_add_number(&builder, UINT64_MAX);
    gdf__builder_add_repeated(&builder, '.', 3);
    gdf__builder_add_repeated(&builder, '!', 0);
    gdf__builder_add(&builder, gdf__empty);
    assert_slice_is(gdf__builder_get(&builder), "line 0/18446744073709551615...");
    gdf__builder_clear(&builder);
    gdf__builder_add(&builder, GDF__LITERAL("\0x"));
    assert_slice_equal(gdf__builder_get(&builder), GDF__LITERAL("\0x"));
    gdf__builder_free(&builder);
}

static void builder_refuses_a_size_that_overflows(void **state)
{
    (void)state;
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    gdf__builder_add_text(&builder, "x");
    gdf__builder_add_repeated(&builder, 'x', SIZE_MAX);
    assert_true(builder.failed);
    assert_null(gdf__builder_finish(&builder));
}

static void builder_keeps_its_text_when_it_needs_more_room(void **state)
{
    (void)state;
    for (size_t len = GDF__BUILDER_ROOM - 2; len <= GDF__BUILDER_ROOM + 2; len++) {
        gdf__builder builder;
        gdf__builder_init(&builder, &gdf__default_allocator);
        gdf__builder_add_text(&builder, "<");
        gdf__builder_add_repeated(&builder, 'x', len - 2);
        gdf__builder_add_text(&builder, ">");
        gdf_str text = gdf__builder_get(&builder);
        assert_int_equal(text.len, len);
        assert_int_equal(text.ptr[0], '<');
        assert_int_equal(text.ptr[1], 'x');
        assert_int_equal(text.ptr[len - 2], 'x');
        assert_int_equal(text.ptr[len - 1], '>');
        gdf__builder_free(&builder);
    }
}

static bool build_long_text(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf__builder builder;
    gdf__builder_init(&builder, allocator);
    for (int i = 0; i < 300; i++)
        gdf__builder_add_go_quoted(&builder, GDF__LITERAL("0123456789"));
    gdf_text *text = gdf__builder_finish(&builder);
    bool whole = gdf_text_get(text).len == 3600;
    assert_true(whole || text == NULL);
    gdf_text_free(text);
    return whole;
}

static bool build_into_arena(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf__arena arena;
    gdf__arena_init(&arena, allocator);
    gdf__builder builder;
    gdf__builder_init(&builder, allocator);
    gdf__builder_add_repeated(&builder, 'x', 5000);
    gdf_str copy = gdf__builder_to_arena(&builder, &arena);
    bool done = !arena.failed;
    assert_true(copy.len == (done ? 5000 : 0));
    gdf__arena_free(&arena);
    return done;
}

static void builder_reports_every_failed_allocation(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(build_long_text, NULL, true);
    counting_allocator_try_every_failure(build_into_arena, NULL, true);
}

static void owned_text_ends_with_a_nul(void **state)
{
    (void)state;
    gdf_text *text = gdf__text_create(&gdf__default_allocator, GDF__LITERAL("a\0b"));
    assert_slice_equal(gdf_text_get(text), GDF__LITERAL("a\0b"));
    assert_int_equal(gdf_text_get(text).ptr[3], '\0');
    gdf_text_free(text);
    gdf_text_free(NULL);
    assert_int_equal(gdf_text_get(NULL).len, 0);
    assert_non_null(gdf_text_get(NULL).ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoding_gives_gos_runes),
        cmocka_unit_test(decoding_backwards_mirrors_forwards),
        cmocka_unit_test(encoding_then_decoding_is_the_identity),
        cmocka_unit_test(impossible_runes_are_encoded_as_replacement),
        cmocka_unit_test(rune_classes_are_as_large_as_gos),
        cmocka_unit_test(unicode_trimming_stops_at_invalid_bytes),
        cmocka_unit_test(go_quoting_is_strconv_quote),
        cmocka_unit_test(json_strings_are_valid_json),
        cmocka_unit_test(builder_joins_all_kinds_of_parts),
        cmocka_unit_test(builder_keeps_its_text_when_it_needs_more_room),
        cmocka_unit_test(builder_refuses_a_size_that_overflows),
        cmocka_unit_test(builder_reports_every_failed_allocation),
        cmocka_unit_test(owned_text_ends_with_a_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
