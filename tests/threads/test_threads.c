/* After creation a document, build, project, rule set, report and rewrite never change: many
 * threads read one of each at once, make new ones from it, and all see the same. */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
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

enum { THREADS = 8, ROUNDS_SHORT = 2, ROUNDS_FULL = 20 };

/* What the threads share; made by one, freed by one. */
typedef struct shared {
    gdf_str text;
    gdf_options *options;
    gdf_document *document;
    gdf_build *build;
    gdf_ruleset *ruleset;
    gdf_project *project;
    gdf_report *report;
    gdf_rewrite *rewrite;
    gdf_text *json; /* the report as one thread wrote it */
    gdf_text *diff;
} shared;

static void make_project(shared *all)
{
    static const char *const PATHS[] = {"z.go", "main.go", "go.mod", ".env", "a/b.go", "go.sum"};
    all->project = gdf_project_create(all->options);
    for (size_t i = 0; i < sizeof PATHS / sizeof *PATHS; i++)
        assert_int_equal(gdf_project_add_file(all->project, PATHS[i], strlen(PATHS[i]), "", 0),
                         GDF_OK);
}

/* The project is new to the first thread that uses it, and so are the others. */
static shared make_shared(gdf_str text)
{
    shared all = {.text = text, .options = gdf_options_create(NULL)};
    gdf_options_set_number(all.options, GDF_OPTION_FIX_SUGGESTED, 1);
    make_project(&all);
    all.ruleset = gdf_ruleset_create(all.options);
    all.document = gdf_document_parse(text.ptr, text.len, all.options);
    all.build = gdf_build_create(all.document, all.options);
    all.report = gdf_report_create(all.document, all.ruleset, NULL, all.options);
    all.rewrite = gdf_rewrite_create(all.document, all.ruleset, NULL, all.options);
    all.json = gdf_report_render(all.report, GDF_REPORT_JSON, all.options);
    all.diff = gdf_rewrite_render_diff(all.rewrite, all.options);
    assert_true(all.document && all.build && all.ruleset && all.report && all.rewrite);
    assert_true(all.json && all.diff);
    return all;
}

static void free_shared(shared *all)
{
    gdf_text_free(all->diff);
    gdf_text_free(all->json);
    gdf_rewrite_free(all->rewrite);
    gdf_report_free(all->report);
    gdf_build_free(all->build);
    gdf_document_free(all->document);
    gdf_ruleset_free(all->ruleset);
    gdf_project_free(all->project);
    gdf_options_free(all->options);
}

static const char *compare_and_free(gdf_text *text, const gdf_text *expected, const char *broken)
{
    gdf_str a = gdf_text_get(text);
    gdf_str b = gdf_text_get(expected);
    bool same = text && a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
    gdf_text_free(text);
    return same ? NULL : broken;
}

static const char *read_all(const shared *all)
{
    const char *broken = promises_broken_by_document(all->document, all->text);
    if (!broken)
        broken = promises_broken_by_build(all->build, all->document);
    if (!broken)
        broken = promises_broken_by_report(all->report, all->document);
    if (!broken)
        broken = compare_and_free(gdf_report_render(all->report, GDF_REPORT_JSON, all->options),
                                  all->json, "all threads render the same report");
    if (!broken)
        broken = compare_and_free(gdf_rewrite_render_diff(all->rewrite, all->options), all->diff,
                                  "all threads render the same diff");
    return broken;
}

/* New roots from what is shared. */
static const char *make_more(const shared *all)
{
    gdf_report *report = gdf_report_create(all->document, all->ruleset, all->project, all->options);
    gdf_rewrite *rewrite = gdf_rewrite_create(all->document, all->ruleset, NULL, all->options);
    const char *broken = report ? promises_broken_by_report(report, all->document) : "memory";
    if (!broken)
        broken = compare_and_free(gdf_rewrite_render_diff(rewrite, all->options), all->diff,
                                  "all threads rewrite the same");
    if (!broken && gdf_project_count_files(all->project) &&
        gdf_project_get_path(all->project, 0).len == 0)
        broken = "all threads see the project";
    gdf_rewrite_free(rewrite);
    gdf_report_free(report);
    return broken;
}

static void *work(void *argument)
{
    const shared *all = argument;
    int rounds = test_level_is_full() ? ROUNDS_FULL : ROUNDS_SHORT;
    const char *broken = NULL;
    for (int i = 0; i < rounds && !broken; i++) {
        broken = make_more(all);
        if (!broken)
            broken = read_all(all);
    }
    return (void *)(uintptr_t)broken;
}

static const char *run_threads(shared *all)
{
    pthread_t threads[THREADS];
    const char *broken = NULL;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work, all), 0);
    for (int i = 0; i < THREADS; i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        if (result)
            broken = result;
    }
    return broken;
}

static void threads_share_what_was_made(void **state)
{
    (void)state;
    input_files inputs;
    assert_true(input_files_read(&inputs, GDF_INPUTS_DIR));
    for (size_t i = 0; i < inputs.count; i++) {
        shared all = make_shared(inputs.files[i].text);
        const char *broken = run_threads(&all);
        free_shared(&all);
        if (broken)
            fail_msg("%s: %s", inputs.files[i].name, broken);
    }
    input_files_free(&inputs);
}

/* Roots of different threads share nothing: no global state. */
static void *work_alone(void *argument)
{
    const input_files *inputs = argument;
    const char *broken = NULL;
    for (size_t i = 0; i < inputs->count && !broken; i++) {
        gdf_str text = inputs->files[i].text;
        gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
        gdf_rewrite *rewrite = gdf_rewrite_create(document, NULL, NULL, NULL);
        broken = rewrite ? promises_broken_by_rewrite(rewrite, NULL, NULL, NULL) : "memory";
        gdf_rewrite_free(rewrite);
        gdf_document_free(document);
    }
    return (void *)(uintptr_t)broken;
}

static void threads_work_on_their_own(void **state)
{
    (void)state;
    input_files inputs;
    pthread_t threads[THREADS];
    assert_true(input_files_read(&inputs, GDF_INPUTS_DIR));
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, work_alone, &inputs), 0);
    for (int i = 0; i < THREADS; i++) {
        void *result = NULL;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_null(result);
    }
    input_files_free(&inputs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_share_what_was_made),
        cmocka_unit_test(threads_work_on_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
