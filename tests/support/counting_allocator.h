/* An allocator that counts what is alive and fails when told to. */
#ifndef GDF_TESTS_COUNTING_ALLOCATOR_H
#define GDF_TESTS_COUNTING_ALLOCATOR_H

#include <stdbool.h>

#include <godockerfile/base.h>

typedef struct counting_allocator {
    gdf_allocator allocator; /* hand this to the library */
    size_t live_blocks;
    size_t live_bytes;
    size_t peak_bytes;
    size_t requests;    /* allocations and reallocations so far, failed ones included */
    size_t failures;    /* how many of them failed */
    size_t fail_at;     /* the request that fails, counted from 1; 0 for never */
    bool fail_for_good; /* every request from fail_at on fails */
} counting_allocator;

/* Starts from zero, without failures. The allocator must not move while something uses it. */
void counting_allocator_init(counting_allocator *counter);

/* As init, then the `nth` request fails: that one only, or every one from there on. */
void counting_allocator_init_failing(counting_allocator *counter, size_t nth, bool for_good);

/* Fails the running cmocka test when a block is still alive. */
void counting_allocator_assert_no_leak(const counting_allocator *counter);

/* One run of the code under test: returns true when it reported success. It must free whatever it
 * created, also on failure. */
typedef bool (*counting_allocator_scenario)(const gdf_allocator *allocator, void *context);

/* Runs the scenario with the 1st, 2nd, 3rd… request failing, once and for good, until a run
 * succeeds without meeting the failing request. Fails the test on a leak. `must_report` demands
 * that a run that met a failure reports it. Returns the number of requests of a successful run. */
size_t counting_allocator_try_every_failure(counting_allocator_scenario scenario, void *context,
                                            bool must_report);

#endif
