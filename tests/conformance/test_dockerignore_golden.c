/* Ignore files against the builder's recorded answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"
#include "conformance/golden_rows.h"
#include "project/ignore.h"

static bool same_patterns(const gdf__ignore *ignore, const json_t *expected)
{
    size_t count = json_array_size(expected);
    if (ignore->error.len ? ignore->count > count : ignore->count != count)
        return false;
    for (uint32_t i = 0; i < ignore->count; i++) {
        if (!gdf__str_equal(ignore->patterns[i].text,
                            golden_string(json_array_get(expected, i), NULL)))
            return false;
    }
    return true;
}

static gdf_str expected_error(const json_t *expected)
{
    gdf_str error = golden_string(expected, "error");
    return error.len ? error : golden_string(expected, "matcher_error");
}

/* How many things differ. */
static size_t compare_row(json_t *row)
{
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf_str text = golden_string(row, "dockerignore");
    json_t *expected = json_object_get(row, "expect");
    gdf__ignore ignore = gdf__ignore_parse(text, &arena);
    size_t different = !gdf__str_equal(ignore.error, expected_error(expected));
    different += !same_patterns(&ignore, json_object_get(expected, "patterns"));
    const char *path;
    json_t *answer;
    json_object_foreach(json_object_get(expected, "match"), path, answer)
    {
        if (gdf__ignore_match(&ignore, gdf__str(path)) == json_is_true(answer))
            continue;
        print_error("%.*s: %s should %smatch\n", (int)text.len, text.ptr, path,
                    json_is_true(answer) ? "" : "not ");
        different++;
    }
    gdf__arena_free(&arena);
    return different;
}

static void recorded_files_match_as_the_builder_says(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/dockerignore.jsonl"))
        skip();
    size_t compared = 0;
    size_t different = 0;
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        compared++;
        different += compare_row(row) > 0;
        json_decref(row);
    }
    golden_close(&rows);
    print_message("ignore files: %zu compared, %zu differ\n", compared, different);
    assert_true(compared > 0);
    assert_int_equal(different, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_files_match_as_the_builder_says),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/dockerignore.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
