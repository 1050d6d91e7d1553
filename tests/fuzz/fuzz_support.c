#include "fuzz/fuzz_support.h"

#include <stdio.h>
#include <stdlib.h>

enum { CHOICE_BITS = 0x3f };

fuzz_input fuzz_read(const uint8_t *data, size_t size)
{
    if (size == 0)
        return (fuzz_input){0, {"", 0}};
    return (fuzz_input){data[0] & CHOICE_BITS, {(const char *)data + 1, size - 1}};
}

bool fuzz_has_choice(fuzz_input input, unsigned bit)
{
    return (input.choices >> bit) & 1u;
}

void fuzz_demand(const char *broken)
{
    if (!broken)
        return;
    fprintf(stderr, "broken promise: %s\n", broken);
    abort();
}

void fuzz_demand_that(bool holds, const char *promise)
{
    fuzz_demand(holds ? NULL : promise);
}
