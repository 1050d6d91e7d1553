#include "support/assertions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

void assert_slice_equal_at(gdf_str actual, gdf_str expected, const char *file, int line)
{
    if (actual.len == expected.len && memcmp(actual.ptr, expected.ptr, actual.len) == 0)
        return;
    print_error("got      \"%.*s\" (%zu bytes)\nexpected \"%.*s\" (%zu bytes)\n", (int)actual.len,
                actual.ptr, actual.len, (int)expected.len, expected.ptr, expected.len);
    _fail(file, line);
}

void assert_slice_is_at(gdf_str actual, const char *expected, const char *file, int line)
{
    assert_slice_equal_at(actual, (gdf_str){expected, strlen(expected)}, file, line);
}
