/* lib/base: versions, statuses, memory, arenas, tables, slices. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/byte_mask.h"
#include "base/slice.h"
#include "base/table.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

/* ---- version, status, memory ----------------------------------------------------------------- */

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

/* ---- arena ----------------------------------------------------------------------------------- */

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
        assert_int_equal((uintptr_t)block % alignof(uint64_t), 0);
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
    assert_slice_is(first, "FROM scratch");
    assert_int_equal(gdf__arena_copy(&arena, gdf__empty).len, 0);
    gdf__arena_free(&arena);
}

static void arena_has_a_place_for_no_bytes(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    assert_non_null(gdf__arena_take_bytes(&arena, 0));
    assert_false(arena.failed);
    gdf__arena_free(&arena);
}

static void arena_fills_a_chunk_to_its_end(void **state)
{
    (void)state;
    char room[8];
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__arena_lend(&arena, room, sizeof room);
    assert_ptr_equal(gdf__arena_take_bytes(&arena, sizeof room), room);
    assert_ptr_equal(gdf__arena_take_bytes(&arena, 0), room + sizeof room);
    char *more = gdf__arena_take_bytes(&arena, 1);
    assert_true(more < room || more > room + sizeof room);
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

static void arena_has_room_for_a_block_of_any_size(void **state)
{
    (void)state;
    for (size_t size = 1000; size < 1100; size++) {
        counting_allocator memory;
        counting_allocator_init(&memory);
        gdf__arena arena;
        gdf__arena_init(&arena, &memory.allocator);
        assert_non_null(gdf__arena_take(&arena, size));
        assert_true(memory.live_bytes > size);
        size_t requests = memory.requests;
        assert_non_null(gdf__arena_take(&arena, 100));
        assert_true(memory.requests > requests || memory.live_bytes >= size + 100);
        gdf__arena_free(&arena);
        counting_allocator_assert_no_leak(&memory);
    }
}

static void a_reserved_arena_takes_blocks_from_one_chunk(void **state)
{
    (void)state;
    enum { COUNT = 100, SIZE = 1000 };
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf__arena arena;
    gdf__arena_init(&arena, &memory.allocator);
    gdf__arena_reserve(&arena, (size_t)COUNT * SIZE);
    for (int i = 0; i < COUNT; i++)
        assert_non_null(gdf__arena_take_bytes(&arena, SIZE));
    assert_int_equal(memory.requests, 1);
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

/* ---- table ----------------------------------------------------------------------------------- */

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

static void table_leaves_a_lent_room_that_is_too_small(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    uint64_t room[3];
    gdf__table table;
    gdf__table_init(&table, &memory.allocator, sizeof(uint64_t));
    gdf__table_lend(&table, room, 3);
    for (uint64_t i = 0; i < 3; i++)
        *(uint64_t *)gdf__table_add(&table) = i;
    assert_ptr_equal(table.items, room);
    assert_int_equal(memory.live_blocks, 0);
    for (uint64_t i = 3; i < 100; i++)
        *(uint64_t *)gdf__table_add(&table) = i;
    assert_ptr_not_equal(table.items, room);
    for (uint32_t i = 0; i < 100; i++)
        assert_int_equal(*GDF__AT(table, uint64_t, i), i);
    gdf__table_free(&table);
    counting_allocator_assert_no_leak(&memory);
}

static void lent_rooms_are_not_released(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    uint64_t room[4];
    gdf__table table;
    gdf__table_init(&table, &memory.allocator, sizeof(uint64_t));
    gdf__table_lend(&table, room, 4);
    gdf__table_free(&table);
    gdf__arena arena;
    gdf__arena_init(&arena, &memory.allocator);
    gdf__arena_lend(&arena, room, sizeof room);
    assert_ptr_equal(gdf__arena_take(&arena, 8), room);
    assert_int_equal(memory.live_blocks, 0);
    assert_non_null(gdf__arena_take(&arena, sizeof room));
    assert_int_equal(memory.live_blocks, 1);
    gdf__arena_free(&arena);
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

/* ---- slices ---------------------------------------------------------------------------------- */

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
    assert_slice_is(gdf__str_slice(text, 1, 3), "bc");
    assert_slice_is(gdf__str_slice(text, 4, 100), "ef");
    assert_slice_is(gdf__str_slice(text, 5, 2), "");
    assert_slice_is(gdf__str_slice(text, 100, 200), "");
    assert_slice_is(gdf__str_trim(GDF__LITERAL(" \t\r\n\v\fx y ")), "x y");
    assert_slice_is(gdf__str_trim(GDF__LITERAL(" \n ")), "");
}

/* ---- byte masks ------------------------------------------------------------------------------ */

static void a_mask_has_a_bit_for_every_place_of_the_byte(void **state)
{
    (void)state;
    /* Neighbours of the byte, its high-bit twin and zero are what arithmetic on words gets wrong.
     */
    static const char NEAR[] = {'\n', '\n' - 1, '\n' + 1, (char)('\n' | 0x80), '\0', '\xff'};
    uint64_t pattern = UINT64_C(0x9E3779B97F4A7C15);
    for (int round = 0; round < 500; round++) {
        char bytes[GDF__MASK_BYTES];
        uint64_t expected = 0;
        for (unsigned i = 0; i < GDF__MASK_BYTES; i++) {
            pattern = pattern * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            bytes[i] = NEAR[(pattern >> 33) % sizeof NEAR];
            if (bytes[i] == '\n')
                expected |= UINT64_C(1) << i;
        }
        assert_true(gdf__byte_mask(bytes, '\n') == expected);
        assert_true(gdf__byte_mask_portable(bytes, '\n') == expected);
        if (expected)
            assert_int_equal(bytes[gdf__mask_first(expected)], '\n');
    }
}

static void a_mask_can_be_of_any_byte(void **state)
{
    (void)state;
    for (int byte = 0; byte <= UINT8_MAX; byte++) {
        char bytes[GDF__MASK_BYTES];
        memset(bytes, ~byte, sizeof bytes);
        bytes[byte % GDF__MASK_BYTES] = (char)byte;
        uint64_t expected = UINT64_C(1) << byte % GDF__MASK_BYTES;
        assert_true(gdf__byte_mask(bytes, (char)byte) == expected);
        assert_true(gdf__byte_mask_portable(bytes, (char)byte) == expected);
    }
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
        cmocka_unit_test(arena_has_a_place_for_no_bytes),
        cmocka_unit_test(arena_fills_a_chunk_to_its_end),
        cmocka_unit_test(arena_takes_few_chunks_for_many_blocks),
        cmocka_unit_test(arena_has_room_for_a_block_of_any_size),
        cmocka_unit_test(a_reserved_arena_takes_blocks_from_one_chunk),
        cmocka_unit_test(arena_stays_failed),
        cmocka_unit_test(arena_refuses_a_size_that_overflows),
        cmocka_unit_test(table_keeps_items_in_order),
        cmocka_unit_test(table_leaves_a_lent_room_that_is_too_small),
        cmocka_unit_test(lent_rooms_are_not_released),
        cmocka_unit_test(table_reports_every_failed_allocation),
        cmocka_unit_test(reserving_may_fail_without_harm),
        cmocka_unit_test(slices_compare_like_bytes),
        cmocka_unit_test(case_folding_is_ascii_only),
        cmocka_unit_test(slices_find_parts),
        cmocka_unit_test(cutting_is_clamped),
        cmocka_unit_test(a_mask_has_a_bit_for_every_place_of_the_byte),
        cmocka_unit_test(a_mask_can_be_of_any_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
