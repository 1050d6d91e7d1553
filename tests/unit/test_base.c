/* lib/base: memory, slices, UTF-8, growing texts, options. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/builder.h"
#include "base/options.h"
#include "base/slice.h"
#include "base/table.h"
#include "base/text_object.h"
#include "base/utf8.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

static void assert_text(gdf_str actual, gdf_str expected)
{
    if (!gdf__str_equal(actual, expected))
        fail_msg("got \"%.*s\", expected \"%.*s\"", (int)actual.len, actual.ptr, (int)expected.len,
                 expected.ptr);
}

static void assert_literal(gdf_str actual, const char *expected)
{
    assert_text(actual, gdf__str(expected));
}

/* ---- version, status, memory ---- */

static void library_and_headers_have_one_version(void **state)
{
    (void)state;
    assert_string_equal(gdf_version(), GDF_VERSION_STRING);
}

static void every_status_has_its_own_message(void **state)
{
    (void)state;
    for (int a = GDF_OK; a <= GDF_ERROR_UNKNOWN; a++) {
        assert_string_not_equal(gdf_status_message((gdf_status)a), "unknown status");
        for (int b = GDF_OK; b < a; b++)
            assert_string_not_equal(gdf_status_message((gdf_status)a),
                                    gdf_status_message((gdf_status)b));
    }
    assert_string_equal(gdf_status_message((gdf_status)1000), "unknown status");
}

static void multiplication_reports_overflow(void **state)
{
    (void)state;
    size_t product = 7;
    assert_true(gdf__multiply(6, 7, &product));
    assert_int_equal(product, 42);
    assert_true(gdf__multiply(SIZE_MAX, 1, &product));
    assert_true(product == SIZE_MAX);
    assert_true(gdf__multiply(SIZE_MAX, 0, &product));
    assert_int_equal(product, 0);
    assert_false(gdf__multiply(SIZE_MAX / 2 + 1, 2, &product));
}

static void zeroed_memory_is_zero(void **state)
{
    (void)state;
    unsigned char *block = gdf__allocate_zeroed(&gdf__default_allocator, 64);
    assert_non_null(block);
    for (size_t i = 0; i < 64; i++)
        assert_int_equal(block[i], 0);
    gdf__release(&gdf__default_allocator, block);
}

/* ---- arena ---- */

static void arena_blocks_are_aligned_and_apart(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf__arena arena;
    gdf__arena_init(&arena, &memory.allocator);
    char *previous_end = NULL;
    for (size_t size = 1; size < 3000; size += 7) {
        char *text = gdf__arena_take_bytes(&arena, 3);
        char *block = gdf__arena_take(&arena, size);
        assert_non_null(text);
        assert_non_null(block);
        assert_int_equal((uintptr_t)block % alignof(max_align_t), 0);
        assert_true(block >= text + 3 || block + size <= text);
        assert_true(previous_end == NULL || text >= previous_end || text < block);
        memset(block, 0xAB, size);
        previous_end = block + size;
    }
    assert_false(arena.failed);
    gdf__arena_free(&arena);
    counting_allocator_assert_no_leak(&memory);
}

static void arena_keeps_what_it_gave(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf_str first = gdf__arena_copy(&arena, GDF__LITERAL("FROM scratch"));
    for (int i = 0; i < 1000; i++)
        memset(gdf__arena_take_bytes(&arena, 100), 'x', 100);
    assert_literal(first, "FROM scratch");
    assert_int_equal(gdf__arena_copy(&arena, gdf__empty).len, 0);
    gdf__arena_free(&arena);
}

static void arena_takes_few_chunks_for_many_blocks(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf__arena arena;
    gdf__arena_init(&arena, &memory.allocator);
    for (int i = 0; i < 100000; i++)
        gdf__arena_take(&arena, 16);
    assert_true(memory.requests < 20);
    gdf__arena_free(&arena);
    counting_allocator_assert_no_leak(&memory);
}

static void arena_stays_failed(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init_failing(&memory, 1, false);
    gdf__arena arena;
    gdf__arena_init(&arena, &memory.allocator);
    assert_null(gdf__arena_take(&arena, 8));
    assert_true(arena.failed);
    assert_null(gdf__arena_take(&arena, 8));
    assert_null(gdf__arena_take_bytes(&arena, 8));
    gdf_str copy = gdf__arena_copy(&arena, GDF__LITERAL("text"));
    assert_int_equal(copy.len, 0);
    assert_non_null(copy.ptr);
    gdf__arena_free(&arena);
    counting_allocator_assert_no_leak(&memory);
}

static void arena_refuses_a_size_that_overflows(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    assert_non_null(gdf__arena_take(&arena, 1));
    assert_null(gdf__arena_take(&arena, SIZE_MAX - 8));
    assert_true(arena.failed);
    gdf__arena_free(&arena);
}

/* ---- table ---- */

static void table_keeps_items_in_order(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf__table table;
    gdf__table_init(&table, &memory.allocator, sizeof(uint32_t));
    for (uint32_t i = 0; i < 10000; i++) {
        uint32_t *item = gdf__table_add(&table);
        assert_non_null(item);
        *item = i * 3;
    }
    assert_int_equal(table.count, 10000);
    for (uint32_t i = 0; i < 10000; i++)
        assert_int_equal(*GDF__AT(table, uint32_t, i), i * 3);
    assert_true(memory.requests < 40);
    gdf__table_free(&table);
    assert_int_equal(table.count, 0);
    counting_allocator_assert_no_leak(&memory);
}

static void trimmed_table_gives_memory_back(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf__table table;
    gdf__table_init(&table, &memory.allocator, sizeof(uint64_t));
    gdf__table_reserve(&table, 1000);
    assert_int_equal(memory.live_bytes, 1000 * sizeof(uint64_t));
    *(uint64_t *)gdf__table_add(&table) = 42;
    gdf__table_trim(&table);
    assert_int_equal(memory.live_bytes, sizeof(uint64_t));
    assert_int_equal(*GDF__AT(table, uint64_t, 0), 42);
    gdf__table_free(&table);
    counting_allocator_assert_no_leak(&memory);
}

static bool fill_table(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf__table table;
    gdf__table_init(&table, allocator, sizeof(uint32_t));
    for (uint32_t i = 0; i < 500; i++) {
        uint32_t *item = gdf__table_add(&table);
        assert_true(item != NULL || table.failed);
        if (item != NULL)
            *item = i;
    }
    bool done = !table.failed && table.count == 500;
    gdf__table_free(&table);
    return done;
}

static void table_reports_every_failed_allocation(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(fill_table, NULL, true) > 3);
}

static void reserving_may_fail_without_harm(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init_failing(&memory, 1, false);
    gdf__table table;
    gdf__table_init(&table, &memory.allocator, sizeof(uint32_t));
    gdf__table_reserve(&table, 100);
    assert_false(table.failed);
    assert_non_null(gdf__table_add(&table));
    gdf__table_free(&table);
    counting_allocator_assert_no_leak(&memory);
}

/* ---- slices ---- */

static void slices_compare_like_bytes(void **state)
{
    (void)state;
    assert_true(gdf__str_equal(GDF__LITERAL("a\0b"), GDF__LITERAL("a\0b")));
    assert_false(gdf__str_equal(GDF__LITERAL("a\0b"), GDF__LITERAL("a\0c")));
    assert_false(gdf__str_is(GDF__LITERAL("RUN"), "RU"));
    assert_true(gdf__str_is(gdf__str(NULL), ""));
    assert_true(gdf__str_compare(GDF__LITERAL("a"), GDF__LITERAL("b")) < 0);
    assert_true(gdf__str_compare(GDF__LITERAL("ab"), GDF__LITERAL("a")) > 0);
    assert_true(gdf__str_compare(GDF__LITERAL("\xff"), GDF__LITERAL("a")) > 0);
    assert_int_equal(gdf__str_compare(GDF__LITERAL("a"), GDF__LITERAL("a")), 0);
}

static void case_folding_is_ascii_only(void **state)
{
    (void)state;
    assert_true(gdf__str_is_nocase(GDF__LITERAL("FrOm"), "from"));
    assert_false(gdf__str_is_nocase(GDF__LITERAL("FRO"), "from"));
    assert_false(gdf__str_equal_nocase(GDF__LITERAL("\xC3\x84"), GDF__LITERAL("\xC3\xA4")));
    assert_false(gdf__str_equal_nocase(GDF__LITERAL("@["), GDF__LITERAL("`{")));
}

static void slices_find_parts(void **state)
{
    (void)state;
    gdf_str text = GDF__LITERAL("COPY . /app");
    assert_true(gdf__str_starts(text, "COPY"));
    assert_false(gdf__str_starts(text, "COPY . /app/"));
    assert_true(gdf__str_ends(text, "/app"));
    assert_false(gdf__str_ends(GDF__LITERAL("pp"), "/app"));
    assert_true(gdf__str_has_byte(text, '.'));
    assert_false(gdf__str_has_byte(text, '\0'));
    assert_true(gdf__str_contains(text, ". /"));
    assert_true(gdf__str_contains(text, ""));
    assert_false(gdf__str_contains(text, "./"));
    assert_int_equal(gdf__str_find(text, ' ', 0), 4);
    assert_int_equal(gdf__str_find(text, ' ', 5), 6);
    assert_int_equal(gdf__str_find(text, '#', 0), text.len);
    assert_int_equal(gdf__str_find(text, ' ', 100), text.len);
}

static void cutting_is_clamped(void **state)
{
    (void)state;
    gdf_str text = GDF__LITERAL("abcdef");
    assert_literal(gdf__str_slice(text, 1, 3), "bc");
    assert_literal(gdf__str_slice(text, 4, 100), "ef");
    assert_literal(gdf__str_slice(text, 5, 2), "");
    assert_literal(gdf__str_slice(text, 100, 200), "");
    assert_literal(gdf__str_trim(GDF__LITERAL(" \t\r\n\v\fx y ")), "x y");
    assert_literal(gdf__str_trim(GDF__LITERAL(" \n ")), "");
}

/* ---- UTF-8 ---- */

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
        {{"\xE0\x80\xAF", 3}, 0xFFFD, 1, false},         /* overlong */
        {{"\xF0\x80\x80\xAF", 4}, 0xFFFD, 1, false},     /* overlong */
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
    assert_literal(gdf__utf8_trim(GDF__LITERAL("\xC2\xA0 \xE3\x80\x80x y\xC2\x85\n")), "x y");
    assert_literal(gdf__utf8_trim(GDF__LITERAL(" \xFF ")), "\xFF");
    assert_literal(gdf__utf8_trim(GDF__LITERAL("\xE2\x80\x83")), "");
    assert_literal(gdf__utf8_trim_left(GDF__LITERAL("  x ")), "x ");
}

/* ---- builder ---- */

typedef void (*add_function)(gdf__builder *builder, gdf_str text);

static void assert_builds(add_function add, gdf_str input, const char *expected)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    add(&builder, input);
    assert_literal(gdf__builder_get(&builder), expected);
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
    assert_literal(gdf__builder_get(&builder), "");
    gdf__builder_add_text(&builder, "line ");
    gdf__builder_add_number(&builder, 0);
    gdf__builder_add_byte(&builder, '/');
    gdf__builder_add_number(&builder, UINT64_MAX);
    gdf__builder_add_repeated(&builder, '.', 3);
    gdf__builder_add_repeated(&builder, '!', 0);
    gdf__builder_add(&builder, gdf__empty);
    assert_literal(gdf__builder_get(&builder), "line 0/18446744073709551615...");
    gdf__builder_clear(&builder);
    gdf__builder_add(&builder, GDF__LITERAL("\0x"));
    assert_text(gdf__builder_get(&builder), GDF__LITERAL("\0x"));
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
    assert_text(gdf_text_get(text), GDF__LITERAL("a\0b"));
    assert_int_equal(gdf_text_get(text).ptr[3], '\0');
    gdf_text_free(text);
    gdf_text_free(NULL);
    assert_int_equal(gdf_text_get(NULL).len, 0);
    assert_non_null(gdf_text_get(NULL).ptr);
}

/* ---- options ---- */

static void options_start_at_their_defaults(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary)        \
    assert_int_equal(gdf_options_get_number(options, GDF_OPTION_##id), initial); \
    assert_int_equal(gdf_options_get_number(NULL, GDF_OPTION_##id), initial);
#define GDF_OPTION_TEXT(id, value, name, repeats, summary)                  \
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_##id), 0); \
    assert_int_equal(gdf_options_get_text(NULL, GDF_OPTION_##id, 0).len, 0);
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
    gdf_options_free(options);
    gdf_options_free(NULL);
}

static void numbers_outside_their_range_are_refused(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_MAX_FIX_ROUNDS, 1000), GDF_OK);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_MAX_FIX_ROUNDS, 0),
                     GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_MAX_FIX_ROUNDS, 1001),
                     GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_get_number(options, GDF_OPTION_MAX_FIX_ROUNDS), 1000);
    gdf_options_free(options);
}

static void options_of_the_other_kind_are_refused(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_TARGET, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_number(options, (gdf_option)9999, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_COLOR, "1", 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, NULL, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_text(NULL, GDF_OPTION_TARGET, "x", 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_number(NULL, GDF_OPTION_COLOR, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_get_number(options, GDF_OPTION_TARGET), 0);
    gdf_options_free(options);
}

static void single_texts_replace_and_repeatable_ones_append(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    char name[] = "first";
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, name, 5), GDF_OK);
    memcpy(name, "xxxxx", 5);
    assert_literal(gdf_options_get_text(options, GDF_OPTION_TARGET, 0), "first");
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, "last", 4), GDF_OK);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, "A=1", 3), GDF_OK);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, NULL, 0), GDF_OK);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, "B\0", 2), GDF_OK);
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_TARGET), 1);
    assert_literal(gdf_options_get_text(options, GDF_OPTION_TARGET, 0), "last");
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_BUILD_ARG), 3);
    assert_literal(gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, 0), "A=1");
    assert_text(gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, 2), GDF__LITERAL("B\0"));
    assert_literal(gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, 3), "");
    gdf_options_free(options);
}

static void option_names_lead_back_to_their_option(void **state)
{
    (void)state;
#define CHECK_NAME(id, name)                                                    \
    assert_int_equal(gdf_option_find(name, sizeof(name) - 1), GDF_OPTION_##id); \
    assert_string_equal(gdf_option_get_name(GDF_OPTION_##id), name);            \
    assert_string_not_equal(gdf_option_get_summary(GDF_OPTION_##id), "");
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary) CHECK_NAME(id, name)
#define GDF_OPTION_TEXT(id, value, name, repeats, summary) CHECK_NAME(id, name)
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
#undef CHECK_NAME
    assert_int_equal(gdf_option_find("no-such-option", 14), GDF_OPTION_NONE);
    assert_int_equal(gdf_option_find(NULL, 3), GDF_OPTION_NONE);
    assert_int_equal(gdf_option_find("target-x", 6), GDF_OPTION_TARGET);
    assert_string_equal(gdf_option_get_name((gdf_option)9999), "");
    assert_string_equal(gdf_option_get_summary((gdf_option)9999), "");
}

static bool set_options(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    bool done = options != NULL;
    for (int i = 0; done && i < 40; i++) {
        gdf_status status =
            gdf_options_set_text(options, GDF_OPTION_BUILD_ARG,
                                 "a name of some length, so that the arena has to grow=1", 54);
        assert_true(status == GDF_OK || status == GDF_ERROR_MEMORY);
        size_t expected = (size_t)i + (status == GDF_OK ? 1 : 0);
        assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_BUILD_ARG), expected);
        done = status == GDF_OK;
    }
    gdf_options_free(options);
    return done;
}

static void options_report_every_failed_allocation(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(set_options, NULL, true);
}

static void options_hand_on_their_allocator(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf_options *options = gdf_options_create(&memory.allocator);
    assert_ptr_equal(gdf__options_allocator(options).context, &memory);
    assert_true(gdf__options_allocator(NULL).allocate == gdf__default_allocator.allocate);
    gdf_options_free(options);
    counting_allocator_assert_no_leak(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(library_and_headers_have_one_version),
        cmocka_unit_test(every_status_has_its_own_message),
        cmocka_unit_test(multiplication_reports_overflow),
        cmocka_unit_test(zeroed_memory_is_zero),
        cmocka_unit_test(arena_blocks_are_aligned_and_apart),
        cmocka_unit_test(arena_keeps_what_it_gave),
        cmocka_unit_test(arena_takes_few_chunks_for_many_blocks),
        cmocka_unit_test(arena_stays_failed),
        cmocka_unit_test(arena_refuses_a_size_that_overflows),
        cmocka_unit_test(table_keeps_items_in_order),
        cmocka_unit_test(trimmed_table_gives_memory_back),
        cmocka_unit_test(table_reports_every_failed_allocation),
        cmocka_unit_test(reserving_may_fail_without_harm),
        cmocka_unit_test(slices_compare_like_bytes),
        cmocka_unit_test(case_folding_is_ascii_only),
        cmocka_unit_test(slices_find_parts),
        cmocka_unit_test(cutting_is_clamped),
        cmocka_unit_test(decoding_gives_gos_runes),
        cmocka_unit_test(decoding_backwards_mirrors_forwards),
        cmocka_unit_test(encoding_then_decoding_is_the_identity),
        cmocka_unit_test(impossible_runes_are_encoded_as_replacement),
        cmocka_unit_test(rune_classes_are_as_large_as_gos),
        cmocka_unit_test(unicode_trimming_stops_at_invalid_bytes),
        cmocka_unit_test(go_quoting_is_strconv_quote),
        cmocka_unit_test(json_strings_are_valid_json),
        cmocka_unit_test(builder_joins_all_kinds_of_parts),
        cmocka_unit_test(builder_refuses_a_size_that_overflows),
        cmocka_unit_test(builder_reports_every_failed_allocation),
        cmocka_unit_test(owned_text_ends_with_a_nul),
        cmocka_unit_test(options_start_at_their_defaults),
        cmocka_unit_test(numbers_outside_their_range_are_refused),
        cmocka_unit_test(options_of_the_other_kind_are_refused),
        cmocka_unit_test(single_texts_replace_and_repeatable_ones_append),
        cmocka_unit_test(option_names_lead_back_to_their_option),
        cmocka_unit_test(options_report_every_failed_allocation),
        cmocka_unit_test(options_hand_on_their_allocator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
