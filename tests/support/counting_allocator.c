#include "support/counting_allocator.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Kept in front of every block. */
typedef union block_header {
    size_t size;
    max_align_t alignment;
} block_header;

static bool request_fails(counting_allocator *counter)
{
    counter->requests++;
    if (counter->fail_at == 0 || counter->requests < counter->fail_at)
        return false;
    if (counter->requests > counter->fail_at && !counter->fail_for_good)
        return false;
    counter->failures++;
    return true;
}

static void count_bytes(counting_allocator *counter, size_t size)
{
    counter->live_bytes += size;
    if (counter->live_bytes > counter->peak_bytes)
        counter->peak_bytes = counter->live_bytes;
}

static void *counted_allocate(void *context, size_t size)
{
    counting_allocator *counter = context;
    if (request_fails(counter) || size > SIZE_MAX - sizeof(block_header))
        return NULL;
    block_header *header = malloc(sizeof(block_header) + size);
    if (header == NULL)
        return NULL;
    header->size = size;
    counter->live_blocks++;
    count_bytes(counter, size);
    return header + 1;
}

static void *counted_reallocate(void *context, void *block, size_t size)
{
    if (block == NULL)
        return counted_allocate(context, size);
    counting_allocator *counter = context;
    if (request_fails(counter) || size > SIZE_MAX - sizeof(block_header))
        return NULL;
    block_header *header = (block_header *)block - 1;
    size_t old_size = header->size;
    header = realloc(header, sizeof(block_header) + size);
    if (header == NULL)
        return NULL;
    header->size = size;
    counter->live_bytes -= old_size;
    count_bytes(counter, size);
    return header + 1;
}

static void counted_release(void *context, void *block)
{
    if (block == NULL)
        return;
    counting_allocator *counter = context;
    block_header *header = (block_header *)block - 1;
    counter->live_blocks--;
    counter->live_bytes -= header->size;
    free(header);
}

void counting_allocator_init(counting_allocator *counter)
{
    *counter = (counting_allocator){
        .allocator = {counted_allocate, counted_reallocate, counted_release, counter}};
}

void counting_allocator_init_failing(counting_allocator *counter, size_t nth, bool for_good)
{
    counting_allocator_init(counter);
    counter->fail_at = nth;
    counter->fail_for_good = for_good;
}

void counting_allocator_assert_no_leak(const counting_allocator *counter)
{
    if (counter->live_blocks != 0 || counter->live_bytes != 0)
        fail_msg("%zu blocks (%zu bytes) leaked after %zu requests, %zu of them failed",
                 counter->live_blocks, counter->live_bytes, counter->requests, counter->failures);
}

static size_t try_failures(counting_allocator_scenario scenario, void *context, bool must_report,
                           bool for_good)
{
    for (size_t nth = 1;; nth++) {
        counting_allocator counter;
        counting_allocator_init_failing(&counter, nth, for_good);
        bool succeeded = scenario(&counter.allocator, context);
        counting_allocator_assert_no_leak(&counter);
        if (counter.failures == 0) {
            if (!succeeded)
                fail_msg("the run without any failed allocation did not succeed");
            return counter.requests;
        }
        if (must_report && succeeded)
            fail_msg("allocation %zu failed %s, and nobody was told", nth,
                     for_good ? "for good" : "once");
    }
}

size_t counting_allocator_try_every_failure(counting_allocator_scenario scenario, void *context,
                                            bool must_report)
{
    try_failures(scenario, context, must_report, true);
    return try_failures(scenario, context, must_report, false);
}
