/* Every allocation of every step fails, once and for good: the step then reports it, or gives the
 * same result as ever; nothing leaks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <godockerfile.h>

#include "support/counting_allocator.h"
#include "support/input_files.h"
#include "support/test_level.h"

/* In a short run all of the first failures are tried, and then a sample. */
enum { TRIED_ALWAYS = 24, SAMPLES_PLAIN = 40, SAMPLES_SANITIZED = 8 };

/* ---- one attempt ---- */

/* Everything that a step may need or make. All of it uses the counted allocator. */
typedef struct attempt {
    counting_allocator counter;
    gdf_str input;
    gdf_options *options;
    gdf_document *document;
    gdf_build *build;
    gdf_ruleset *ruleset;
    gdf_project *project;
    gdf_report *report;
    gdf_rewrite *rewrite;
    gdf_edits *edits;
    gdf_text *texts[3];
} attempt;

/* Steps in the order in which each builds on those before it. A step returns false when it was told
 * of short memory. */
typedef struct step {
    const char *name;
    bool (*run)(attempt *on);
    gdf_text *(*show)(const attempt *on); /* its result as text; NULL for texts[] */
} step;

static bool set_option_text(attempt *on, gdf_option option, const char *text)
{
    return gdf_options_set_text(on->options, option, text, strlen(text)) == GDF_OK;
}

static const char FOREIGN_IMAGE[] =
    "foreign.example/base:1={\"architecture\":\"s390x\",\"os\":\"linux\",\"config\":{}}";

static bool make_options(attempt *on)
{
    on->options = gdf_options_create(&on->counter.allocator);
    return on->options && set_option_text(on, GDF_OPTION_FILE_NAME, "build/Dockerfile") &&
           set_option_text(on, GDF_OPTION_BUILD_ARG, "VERSION=1.2.3") &&
           set_option_text(on, GDF_OPTION_BUILD_ARG, "TARGET=x") &&
           set_option_text(on, GDF_OPTION_PLATFORM, "linux/amd64") &&
           set_option_text(on, GDF_OPTION_IMAGE_CONFIG, FOREIGN_IMAGE) &&
           gdf_options_set_number(on->options, GDF_OPTION_FIX_SUGGESTED, 1) == GDF_OK;
}

static bool make_document(attempt *on)
{
    on->document = gdf_document_parse(on->input.ptr, on->input.len, on->options);
    return on->document != NULL;
}

static gdf_text *show_document(const attempt *on)
{
    return gdf_document_dump(on->document, GDF_DUMP_JSON);
}

static bool dump_document(attempt *on)
{
    static const gdf_dump_format FORMATS[] = {GDF_DUMP_TREE, GDF_DUMP_BUILDKIT, GDF_DUMP_JSON};
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++)
        on->texts[i] = gdf_document_dump(on->document, FORMATS[i]);
    return on->texts[0] && on->texts[1] && on->texts[2];
}

static bool make_build(attempt *on)
{
    on->build = gdf_build_create(on->document, on->options);
    return on->build != NULL;
}

static bool add_file(attempt *on, const char *path, const char *content)
{
    return gdf_project_add_file(on->project, path, strlen(path), content, strlen(content)) ==
           GDF_OK;
}

static bool make_project(attempt *on)
{
    on->project = gdf_project_create(on->options);
    return on->project && add_file(on, "go.mod", "module example.test/app\n\ngo 1.26\n") &&
           add_file(on, "go.sum", "") && add_file(on, "main.go", "package main\n") &&
           add_file(on, "cmd/server/main.go", "package main\n") && add_file(on, ".env", "A=b\n") &&
           add_file(on, "a/.dockerignore", "*\n!b\n");
}

static bool make_ruleset(attempt *on)
{
    on->ruleset = gdf_ruleset_create(on->options);
    for (gdf_rule rule = 1; on->ruleset && rule <= gdf_rule_count(); rule++)
        gdf_ruleset_enable(on->ruleset, rule, 1);
    return on->ruleset != NULL;
}

static bool make_report(attempt *on)
{
    on->report = gdf_report_create(on->document, on->ruleset, on->project, on->options);
    return on->report != NULL;
}

static gdf_text *show_report(const attempt *on)
{
    return gdf_report_render(on->report, GDF_REPORT_JSON, on->options);
}

static bool render_report(attempt *on)
{
    on->texts[0] = gdf_report_render(on->report, GDF_REPORT_TEXT, on->options);
    on->texts[1] = gdf_report_render(on->report, GDF_REPORT_JSON, on->options);
    return on->texts[0] && on->texts[1];
}

/* False only for short memory: that an edit is refused is no failure. */
static bool edit_instruction(attempt *on, gdf_node node)
{
    gdf_status statuses[] = {
        gdf_edits_set_flag(on->edits, node, "from", "other stage", strlen("other stage")),
        gdf_edits_set_image_tag(on->edits, node, "3.22", strlen("3.22")),
        gdf_edits_set_stage_name(on->edits, node, "stage", strlen("stage")),
        gdf_edits_set_pair(on->edits, node, "A", "new \"value\"", strlen("new \"value\"")),
        gdf_edits_remove_flag(on->edits, node, "chown"),
        gdf_edits_insert_before(on->edits, node, "# one\n# two", strlen("# one\n# two")),
        gdf_edits_insert_after(on->edits, node, "LABEL x=y", strlen("LABEL x=y")),
        gdf_edits_remove_instruction(on->edits, node)};
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
        if (statuses[i] == GDF_ERROR_MEMORY)
            return false;
    }
    return true;
}

static bool edit_document(attempt *on)
{
    bool good = true;
    on->edits = gdf_edits_create(on->document);
    for (uint32_t i = 0; i < gdf_document_count_instructions(on->document) && good; i++)
        good = edit_instruction(on, gdf_document_get_instruction(on->document, i));
    on->texts[0] = on->edits && good ? gdf_edits_apply(on->edits) : NULL;
    return on->texts[0] != NULL;
}

static bool make_rewrite(attempt *on)
{
    on->rewrite = gdf_rewrite_create(on->document, on->ruleset, on->project, on->options);
    return on->rewrite != NULL;
}

static gdf_text *show_rewrite(const attempt *on)
{
    return gdf_rewrite_render_diff(on->rewrite, on->options);
}

static bool render_diff(attempt *on)
{
    on->texts[0] = gdf_rewrite_render_diff(on->rewrite, on->options);
    return on->texts[0] != NULL;
}

static const step STEPS[] = {
    {"options", make_options, NULL},     {"parse", make_document, show_document},
    {"dump", dump_document, NULL},       {"build", make_build, NULL},
    {"project", make_project, NULL},     {"rule set", make_ruleset, NULL},
    {"check", make_report, show_report}, {"render", render_report, NULL},
    {"edit", edit_document, NULL},       {"rewrite", make_rewrite, show_rewrite},
    {"diff", render_diff, NULL},
};

enum { STEP_COUNT = sizeof STEPS / sizeof *STEPS };

static void free_texts(attempt *on)
{
    for (size_t i = 0; i < sizeof on->texts / sizeof *on->texts; i++) {
        gdf_text_free(on->texts[i]);
        on->texts[i] = NULL;
    }
}

static void free_attempt(attempt *on)
{
    free_texts(on);
    gdf_edits_free(on->edits);
    gdf_rewrite_free(on->rewrite);
    gdf_report_free(on->report);
    gdf_project_free(on->project);
    gdf_ruleset_free(on->ruleset);
    gdf_build_free(on->build);
    gdf_document_free(on->document);
    gdf_options_free(on->options);
}

/* ---- comparing results ---- */

static uint64_t add_to_hash(uint64_t hash, gdf_str text)
{
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return hash;
}

/* A number that stands for the step's result. */
static uint64_t take_result(const step *of, const attempt *on)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < sizeof on->texts / sizeof *on->texts; i++)
        hash = add_to_hash(hash, gdf_text_get(on->texts[i]));
    if (!of->show)
        return hash;
    gdf_text *shown = of->show(on);
    assert_non_null(shown);
    hash = add_to_hash(hash, gdf_text_get(shown));
    gdf_text_free(shown);
    return hash;
}

/* ---- failing ---- */

typedef struct tried {
    size_t requests; /* of the step */
    bool met_failure;
    bool succeeded;
    uint64_t result;
} tried;

/* Runs the steps before `index` well, and that one with its `nth` request failing; 0 for none. */
static tried try_step(size_t index, gdf_str input, size_t nth, bool for_good)
{
    attempt on = {.input = input};
    counting_allocator_init(&on.counter);
    for (size_t i = 0; i < index; i++) {
        assert_true(STEPS[i].run(&on));
        free_texts(&on);
    }
    size_t before = on.counter.requests;
    on.counter.fail_at = nth ? before + nth : 0;
    on.counter.fail_for_good = for_good;
    tried outcome = {.succeeded = STEPS[index].run(&on)};
    outcome.requests = on.counter.requests - before;
    outcome.met_failure = on.counter.failures > 0;
    on.counter.fail_at = 0;
    if (outcome.succeeded)
        outcome.result = take_result(&STEPS[index], &on);
    free_attempt(&on);
    counting_allocator_assert_no_leak(&on.counter);
    return outcome;
}

/* The failure to try behind the `nth` one. */
static size_t next_failure(size_t nth, size_t requests)
{
    size_t samples = test_level_stride(SAMPLES_PLAIN, SAMPLES_SANITIZED);
    if (samples == 1 || nth < TRIED_ALWAYS || requests < samples)
        return nth + 1;
    return nth + (requests + samples - 1) / samples;
}

static size_t fail_step(size_t index, const input_file *input)
{
    tried good = try_step(index, input->text, 0, false);
    size_t runs = 0;
    assert_true(good.succeeded);
    for (size_t nth = 1; nth <= good.requests; nth = next_failure(nth, good.requests)) {
        for (int for_good = 0; for_good <= 1; for_good++) {
            tried outcome = try_step(index, input->text, nth, for_good);
            runs++;
            if (!outcome.met_failure)
                fail_msg("%s: %s: request %zu is not made each time", input->name,
                         STEPS[index].name, nth);
            if (outcome.succeeded && outcome.result != good.result)
                fail_msg("%s: %s: request %zu failed, and the result is another one", input->name,
                         STEPS[index].name, nth);
        }
    }
    return runs;
}

static void a_failed_allocation_is_reported_or_does_no_harm(void **state)
{
    const input_files *inputs = *state;
    size_t runs = 0;
    for (size_t i = 0; i < inputs->count; i++) {
        for (size_t index = 0; index < STEP_COUNT; index++)
            runs += fail_step(index, &inputs->files[i]);
    }
    print_message("%zu files, %zu failures\n", inputs->count, runs);
}

static void check_rules_of(const input_file *input, bool *seen)
{
    attempt on = {.input = input->text};
    counting_allocator_init(&on.counter);
    assert_true(make_options(&on) && make_document(&on) && make_project(&on) && make_ruleset(&on) &&
                make_report(&on));
    for (gdf_finding finding = 1; finding <= gdf_report_count_findings(on.report); finding++)
        seen[gdf_finding_get_rule(on.report, finding)] = true;
    free_attempt(&on);
}

/* Rules that need another context than the one that make_project() tells of. */
static bool is_out_of_reach(gdf_rule rule)
{
    return strcmp(gdf_rule_get_code(rule), "CHK019") == 0;
}

static void the_inputs_break_every_rule(void **state)
{
    const input_files *inputs = *state;
    bool *seen = calloc(gdf_rule_count() + 1, sizeof *seen);
    assert_non_null(seen);
    for (size_t i = 0; i < inputs->count; i++)
        check_rules_of(&inputs->files[i], seen);
    uint32_t missing = 0;
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++) {
        bool is_missing = !seen[rule] && !is_out_of_reach(rule);
        if (is_missing)
            print_message("no input breaks %s\n", gdf_rule_get_code(rule));
        missing += is_missing;
    }
    free(seen);
    assert_int_equal(missing, 0);
}

static int read_inputs(void **state)
{
    static input_files inputs;
    *state = &inputs;
    return input_files_read(&inputs, GDF_INPUTS_DIR) ? 0 : -1;
}

static int free_inputs(void **state)
{
    input_files_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inputs_break_every_rule),
        cmocka_unit_test(a_failed_allocation_is_reported_or_does_no_harm),
    };
    return cmocka_run_group_tests(tests, read_inputs, free_inputs);
}
