/* cmocka assertions for slices; a failure names the line of the test and both texts. */
#ifndef GDF_TESTS_ASSERTIONS_H
#define GDF_TESTS_ASSERTIONS_H

#include <godockerfile/base.h>

/* Both slices hold the same bytes. */
#define assert_slice_equal(actual, expected) \
    assert_slice_equal_at((actual), (expected), __FILE__, __LINE__)

/* The slice holds the bytes of a C string. */
#define assert_slice_is(actual, expected) \
    assert_slice_is_at((actual), (expected), __FILE__, __LINE__)

void assert_slice_equal_at(gdf_str actual, gdf_str expected, const char *file, int line);
void assert_slice_is_at(gdf_str actual, const char *expected, const char *file, int line);

#endif
