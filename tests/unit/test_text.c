#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <godockerfile/base.h>

static void version_of_library_is_version_of_headers(void **state)
{
    (void)state;
    assert_string_equal(gdf_version(), GDF_VERSION_STRING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(version_of_library_is_version_of_headers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
