/* What the fuzz targets share. The first byte of an input chooses options: its low six bits, so
 * that seeds start with a printable byte from `@` (none) on. */
#ifndef GDF_TESTS_FUZZ_SUPPORT_H
#define GDF_TESTS_FUZZ_SUPPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <godockerfile.h>

typedef struct fuzz_input {
    unsigned choices;
    gdf_str text;
} fuzz_input;

fuzz_input fuzz_read(const uint8_t *data, size_t size);

/* True when choice `bit` (0 to 5) is made. */
bool fuzz_has_choice(fuzz_input input, unsigned bit);

/* Ends the process with the name of the promise when one is broken. */
void fuzz_demand(const char *broken);

/* The same with a condition. */
void fuzz_demand_that(bool holds, const char *promise);

#endif
