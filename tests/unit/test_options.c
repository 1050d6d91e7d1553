/* Options: kinds, ranges, names, memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/options.h"
#include "base/slice.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

static void options_start_at_their_defaults(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary)        \
    assert_int_equal(gdf_options_get_number(options, GDF_OPTION_##id), initial); \
    assert_int_equal(gdf_options_get_number(NULL, GDF_OPTION_##id), initial);
#define GDF_OPTION_TEXT(id, value, name, repeats, summary)                  \
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_##id), 0); \
    assert_int_equal(gdf_options_get_text(NULL, GDF_OPTION_##id, 0).len, 0);
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
    gdf_options_free(options);
    gdf_options_free(NULL);
}

static void numbers_outside_their_range_are_refused(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_MAX_FIX_ROUNDS, 1000), GDF_OK);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_MAX_FIX_ROUNDS, 0),
                     GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_MAX_FIX_ROUNDS, 1001),
                     GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_get_number(options, GDF_OPTION_MAX_FIX_ROUNDS), 1000);
    gdf_options_free(options);
}

static void options_of_the_other_kind_are_refused(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_TARGET, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_number(options, (gdf_option)9999, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_COLOR, "1", 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, NULL, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_text(NULL, GDF_OPTION_TARGET, "x", 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_set_number(NULL, GDF_OPTION_COLOR, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_get_number(options, GDF_OPTION_TARGET), 0);
    gdf_options_free(options);
}

static void single_texts_replace_and_repeatable_ones_append(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    char name[] = "first";
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, name, 5), GDF_OK);
    memcpy(name, "xxxxx", 5);
    assert_slice_is(gdf_options_get_text(options, GDF_OPTION_TARGET, 0), "first");
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, "last", 4), GDF_OK);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, "A=1", 3), GDF_OK);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, NULL, 0), GDF_OK);
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, "B\0", 2), GDF_OK);
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_TARGET), 1);
    assert_slice_is(gdf_options_get_text(options, GDF_OPTION_TARGET, 0), "last");
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_BUILD_ARG), 3);
    assert_slice_is(gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, 0), "A=1");
    assert_slice_equal(gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, 2), GDF__LITERAL("B\0"));
    assert_slice_is(gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, 3), "");
    gdf_options_free(options);
}

static void option_names_lead_back_to_their_option(void **state)
{
    (void)state;
#define CHECK_NAME(id, name)                                                    \
    assert_int_equal(gdf_option_find(name, sizeof(name) - 1), GDF_OPTION_##id); \
    assert_string_equal(gdf_option_get_name(GDF_OPTION_##id), name);            \
    assert_string_not_equal(gdf_option_get_summary(GDF_OPTION_##id), "");
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary) CHECK_NAME(id, name)
#define GDF_OPTION_TEXT(id, value, name, repeats, summary) CHECK_NAME(id, name)
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
#undef CHECK_NAME
    assert_int_equal(gdf_option_find("no-such-option", 14), GDF_OPTION_NONE);
    assert_int_equal(gdf_option_find(NULL, 3), GDF_OPTION_NONE);
    assert_int_equal(gdf_option_find("target-x", 6), GDF_OPTION_TARGET);
    assert_string_equal(gdf_option_get_name((gdf_option)9999), "");
    assert_string_equal(gdf_option_get_summary((gdf_option)9999), "");
}

static gdf_status add_image(gdf_options *options, const char *reference, const char *content)
{
    return gdf_options_add_image_config(options, reference, strlen(reference), content,
                                        strlen(content));
}

static void an_image_config_is_looked_at(void **state)
{
    (void)state;
    static const char *const GOOD[] = {
        "{\"architecture\":\"arm\",\"os\":\"linux\"}",
        " [ {\"architecture\":\"arm\",\"os\":\"linux\"} ]\n",
    };
    static const char *const BAD[] = {
        "",
        "{",
        "null",
        "[]",
        "{\"schemaVersion\":2,\"config\":{}}",
        "{\"architecture\":\"arm\",\"os\":\"linux\"} x",
        "[{\"architecture\":\"arm\",\"os\":\"linux\"},{\"architecture\":\"arm\",\"os\":\"linux\"}]",
        "[{\"architecture\":\"arm\",\"os\":\"linux\"}",
    };
    for (size_t i = 0; i < sizeof GOOD / sizeof *GOOD; i++) {
        gdf_options *options = gdf_options_create(NULL);
        assert_int_equal(add_image(options, "a:1", GOOD[i]), GDF_OK);
        assert_slice_is(gdf_options_get_text(options, GDF_OPTION_IMAGE_CONFIG, 0),
                        "a:1={\"architecture\":\"arm\",\"os\":\"linux\"}");
        assert_int_equal(add_image(options, "a=1", GOOD[i]), GDF_ERROR_ARGUMENT);
        assert_int_equal(add_image(options, "", GOOD[i]), GDF_ERROR_ARGUMENT);
        assert_int_equal(add_image(NULL, "a", GOOD[i]), GDF_ERROR_ARGUMENT);
        assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_IMAGE_CONFIG), 1);
        gdf_options_free(options);
    }
    gdf_options *options = gdf_options_create(NULL);
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++)
        assert_int_equal(add_image(options, "a", BAD[i]), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_IMAGE_CONFIG), 0);
    gdf_options_free(options);
}

static bool set_options(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    bool done = options != NULL;
    for (int i = 0; done && i < 40; i++) {
        gdf_status status =
            gdf_options_set_text(options, GDF_OPTION_BUILD_ARG,
                                 "a name of some length, so that the arena has to grow=1", 54);
        assert_true(status == GDF_OK || status == GDF_ERROR_MEMORY);
        size_t expected = (size_t)i + (status == GDF_OK ? 1 : 0);
        assert_int_equal(gdf_options_count_texts(options, GDF_OPTION_BUILD_ARG), expected);
        done = status == GDF_OK;
    }
    gdf_options_free(options);
    return done;
}

static bool add_image_with_escapes(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    gdf_status status =
        options ? add_image(options, "a", "{\"\\u006fs\":1,\"architecture\":2}") : GDF_ERROR_MEMORY;
    assert_true(status == GDF_OK || status == GDF_ERROR_MEMORY);
    gdf_options_free(options);
    return status == GDF_OK;
}

static void options_report_every_failed_allocation(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(set_options, NULL, true);
    counting_allocator_try_every_failure(add_image_with_escapes, NULL, true);
}

static void options_work_again_after_memory_was_short(void **state)
{
    (void)state;
    for (size_t nth = 2; nth <= 3; nth++) {
        counting_allocator memory;
        counting_allocator_init_failing(&memory, nth, false);
        gdf_options *options = gdf_options_create(&memory.allocator);
        assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, "first", 5),
                         GDF_ERROR_MEMORY);
        assert_int_equal(gdf_options_set_text(options, GDF_OPTION_TARGET, "again", 5), GDF_OK);
        assert_slice_is(gdf_options_get_text(options, GDF_OPTION_TARGET, 0), "again");
        gdf_options_free(options);
        counting_allocator_assert_no_leak(&memory);
    }
}

static void options_hand_on_their_allocator(void **state)
{
    (void)state;
    counting_allocator memory;
    counting_allocator_init(&memory);
    gdf_options *options = gdf_options_create(&memory.allocator);
    assert_ptr_equal(gdf__options_allocator(options).context, &memory);
    assert_true(gdf__options_allocator(NULL).allocate == gdf__default_allocator.allocate);
    gdf_options_free(options);
    counting_allocator_assert_no_leak(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_start_at_their_defaults),
        cmocka_unit_test(numbers_outside_their_range_are_refused),
        cmocka_unit_test(options_of_the_other_kind_are_refused),
        cmocka_unit_test(single_texts_replace_and_repeatable_ones_append),
        cmocka_unit_test(option_names_lead_back_to_their_option),
        cmocka_unit_test(an_image_config_is_looked_at),
        cmocka_unit_test(options_report_every_failed_allocation),
        cmocka_unit_test(options_work_again_after_memory_was_short),
        cmocka_unit_test(options_hand_on_their_allocator),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
