/* How thorough a run is. */
#ifndef GDF_TESTS_TEST_LEVEL_H
#define GDF_TESTS_TEST_LEVEL_H

#include <stdbool.h>

/* True when the environment variable GDF_TEST_LEVEL is "full". */
bool test_level_is_full(void);

/* Every how many inputs a long test shall take: 1 in full, `sanitized` in a short run of a build
 * with sanitizers, else `plain`. */
unsigned test_level_stride(unsigned plain, unsigned sanitized);

#endif
