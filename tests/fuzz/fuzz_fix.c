/* Any file can be checked; fixes apply, rewriting keeps its promises. */
#include <string.h>

#include "fuzz/fuzz_support.h"
#include "support/fuzz_target.h"
#include "support/promises.h"

/* Choices, by bit. */
enum { FIX_SUGGESTED, NO_BUGFIX, EVERY_RULE, WITH_PROJECT, FEW_FINDINGS, BUILD_INPUTS };
enum { MAX_FEW_FINDINGS = 2 };

typedef struct checker {
    fuzz_input input;
    gdf_options *options;
    gdf_ruleset *ruleset;
    gdf_project *project;
} checker;

static void set_text(gdf_options *options, gdf_option option, const char *text)
{
    gdf_options_set_text(options, option, text, strlen(text));
}

static gdf_options *make_options(fuzz_input input)
{
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_FIX_SUGGESTED,
                           fuzz_has_choice(input, FIX_SUGGESTED));
    gdf_options_set_number(options, GDF_OPTION_FIX_BUGFIX, !fuzz_has_choice(input, NO_BUGFIX));
    if (fuzz_has_choice(input, FEW_FINDINGS))
        gdf_options_set_number(options, GDF_OPTION_MAX_FINDINGS, MAX_FEW_FINDINGS);
    if (fuzz_has_choice(input, BUILD_INPUTS)) {
        set_text(options, GDF_OPTION_BUILD_ARG, "A=golang:1.27");
        set_text(options, GDF_OPTION_PLATFORM, "linux/arm64");
        set_text(options, GDF_OPTION_NAMED_CONTEXT, "context");
        set_text(options, GDF_OPTION_TARGET, "build");
    }
    return options;
}

static void add_file(gdf_project *project, const char *path, const char *content)
{
    gdf_project_add_file(project, path, strlen(path), content, strlen(content));
}

static gdf_project *make_project(const gdf_options *options)
{
    gdf_project *project = gdf_project_create(options);
    add_file(project, "go.mod", "module example.test/app\n\ngo 1.26\n");
    add_file(project, "go.sum", "");
    add_file(project, "main.go", "package main\n");
    add_file(project, "cmd/server/main.go", "package main\n");
    add_file(project, ".env", "");
    return project;
}

static checker make_checker(fuzz_input input)
{
    checker made = {.input = input, .options = make_options(input)};
    made.ruleset = gdf_ruleset_create(made.options);
    if (fuzz_has_choice(input, EVERY_RULE)) {
        for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++)
            gdf_ruleset_enable(made.ruleset, rule, 1);
    }
    if (fuzz_has_choice(input, WITH_PROJECT))
        made.project = make_project(made.options);
    return made;
}

static void free_checker(checker *made)
{
    gdf_project_free(made->project);
    gdf_ruleset_free(made->ruleset);
    gdf_options_free(made->options);
}

static void check_report(const checker *with, const gdf_document *document)
{
    gdf_report *report = gdf_report_create(document, with->ruleset, with->project, with->options);
    fuzz_demand_that(report != NULL, "every document can be checked");
    fuzz_demand(promises_broken_by_report(report, document));
    gdf_text *text = gdf_report_render(report, GDF_REPORT_TEXT, with->options);
    gdf_text *json = gdf_report_render(report, GDF_REPORT_JSON, with->options);
    fuzz_demand_that(text && json, "every report can be rendered");
    gdf_text_free(text);
    gdf_text_free(json);
    gdf_report_free(report);
}

static void check_rewrite(const checker *with, const gdf_document *document)
{
    gdf_rewrite *rewrite =
        gdf_rewrite_create(document, with->ruleset, with->project, with->options);
    fuzz_demand_that(rewrite != NULL, "every document can be rewritten");
    fuzz_demand(promises_broken_by_rewrite(rewrite, with->ruleset, with->project, with->options));
    gdf_rewrite_free(rewrite);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    checker with = make_checker(fuzz_read(data, size));
    gdf_str text = with.input.text;
    gdf_document *document = gdf_document_parse(text.ptr, text.len, with.options);
    fuzz_demand_that(document != NULL, "every text has a document");
    check_report(&with, document);
    check_rewrite(&with, document);
    gdf_document_free(document);
    free_checker(&with);
    return 0;
}
