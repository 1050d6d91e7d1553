/* Every prefix of a file is a file: what is broken off keeps all promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/input_files.h"
#include "support/promises.h"
#include "support/test_level.h"

enum { PLAIN_STRIDE = 1, SANITIZED_STRIDE = 3, REWRITE_STRIDE = 4 };

/* The prefix in a block of its own, so that a sanitizer sees a read behind its end. */
static char *copy_prefix(gdf_str text, size_t len)
{
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    memcpy(copy, text.ptr, len);
    return copy;
}

static const char *broken_by_rewriting(const gdf_document *document, const gdf_options *options)
{
    gdf_rewrite *rewrite = gdf_rewrite_create(document, NULL, NULL, options);
    const char *broken =
        rewrite ? promises_broken_by_rewrite(rewrite, NULL, NULL, options) : "memory";
    gdf_rewrite_free(rewrite);
    return broken;
}

static const char *broken_by_checking(const gdf_document *document, const gdf_options *options)
{
    gdf_build *build = gdf_build_create(document, options);
    gdf_report *report = gdf_report_create(document, NULL, NULL, options);
    const char *broken = build && report ? promises_broken_by_build(build, document) : "memory";
    if (!broken)
        broken = promises_broken_by_report(report, document);
    gdf_report_free(report);
    gdf_build_free(build);
    return broken;
}

static const char *broken_by_prefix(gdf_str text, const gdf_options *options, bool rewrites)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    const char *broken = document ? promises_broken_by_document(document, text) : "memory";
    if (!broken)
        broken = broken_by_checking(document, options);
    if (!broken && rewrites)
        broken = broken_by_rewriting(document, options);
    gdf_document_free(document);
    return broken;
}

static void check_prefixes(const input_file *input, const gdf_options *options, size_t stride)
{
    size_t number = 0;
    for (size_t len = 0; len <= input->text.len; len += stride, number++) {
        char *copy = copy_prefix(input->text, len);
        bool rewrites = stride == 1 || number % REWRITE_STRIDE == 0;
        const char *broken = broken_by_prefix((gdf_str){copy, len}, options, rewrites);
        free(copy);
        if (broken)
            fail_msg("the first %zu bytes of %s: %s", len, input->name, broken);
    }
}

static void every_prefix_keeps_the_promises(void **state)
{
    (void)state;
    input_files inputs;
    assert_true(input_files_read(&inputs, GDF_INPUTS_DIR));
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_FIX_SUGGESTED, 1);
    for (size_t i = 0; i < inputs.count; i++)
        check_prefixes(&inputs.files[i], options,
                       test_level_stride(PLAIN_STRIDE, SANITIZED_STRIDE));
    gdf_options_free(options);
    input_files_free(&inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_prefix_keeps_the_promises)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
