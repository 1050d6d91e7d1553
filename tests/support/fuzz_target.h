/* The function that a fuzz target consists of, as libFuzzer calls it. */
#ifndef GDF_TESTS_FUZZ_TARGET_H
#define GDF_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/* Uses the input; aborts when a promise is broken. Always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
