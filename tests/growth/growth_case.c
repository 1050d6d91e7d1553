/* Does everything that the library does to one generated text: growth_case NAME MULTIPLE [STEP]
 * The text has MULTIPLE times the count of its row. Without a step all of parse, build, check,
 * render, rewrite; with one those up to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <godockerfile.h>

#include "base/builder.h"

typedef struct growth_text {
    const char *name;
    unsigned count;
    const char *before;
    const char *opening;
    const char *between;
    const char *closing;
    const char *after;
} growth_text;

static const growth_text TEXTS[] = {
#define GROWTH_CASE(name, count, before, opening, between, closing, after) \
    {#name, count, before, opening, between, closing, after},
#include "growth/cases.def"
#undef GROWTH_CASE
};

static const char *const STEPS[] = {"parse", "build", "check", "rewrite", "diff"};
enum { PARSE, BUILD, CHECK, REWRITE, DIFF };

static void add_numbered(gdf__builder *text, const char *piece, unsigned number)
{
    for (; *piece; piece++) {
        if (*piece == '@')
            gdf__builder_add_number(text, number);
        else if (*piece == '^')
            gdf__builder_add_number(text, (uint64_t)number + 1);
        else
            gdf__builder_add_byte(text, *piece);
    }
}

static void generate(gdf__builder *text, const growth_text *of, unsigned count)
{
    gdf__builder_add_text(text, of->before);
    for (unsigned i = 0; i < count; i++)
        add_numbered(text, of->opening, i);
    gdf__builder_add_text(text, of->between);
    for (unsigned i = 0; i < count; i++)
        add_numbered(text, of->closing, i);
    gdf__builder_add_text(text, of->after);
}

static void add_file(gdf_project *project, const char *path, const char *content)
{
    gdf_project_add_file(project, path, strlen(path), content, strlen(content));
}

/* Rules that look at the build context have one. */
static gdf_project *make_project(const gdf_options *options)
{
    gdf_project *project = gdf_project_create(options);
    add_file(project, "go.mod", "module example.test/app\n\ngo 1.26\n");
    add_file(project, "main.go", "package main\n");
    return project;
}

static bool check(const gdf_document *document, const gdf_options *options)
{
    gdf_project *project = make_project(options);
    gdf_report *report = gdf_report_create(document, NULL, project, options);
    gdf_text *text = gdf_report_render(report, GDF_REPORT_TEXT, options);
    gdf_text *json = gdf_report_render(report, GDF_REPORT_JSON, options);
    bool good = report && text && json;
    gdf_text_free(text);
    gdf_text_free(json);
    gdf_report_free(report);
    gdf_project_free(project);
    return good;
}

static bool rewrite(const gdf_document *document, const gdf_options *options)
{
    gdf_rewrite *result = gdf_rewrite_create(document, NULL, NULL, options);
    gdf_rewrite_free(result);
    return result != NULL;
}

/* A diff looks for few changes; it is linear once there are too many for that. */
static bool compare(const gdf_document *document, const gdf_options *options)
{
    gdf_rewrite *result = gdf_rewrite_create(document, NULL, NULL, options);
    gdf_text *diff = gdf_rewrite_render_diff(result, options);
    gdf_text_free(diff);
    gdf_rewrite_free(result);
    return diff != NULL;
}

static bool run_steps(gdf_str text, int last)
{
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_FIX_SUGGESTED, 1);
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_build *build = last >= BUILD ? gdf_build_create(document, options) : NULL;
    bool good = document && (build || last < BUILD) && (last < CHECK || check(document, options)) &&
                (last < REWRITE || rewrite(document, options)) &&
                (last < DIFF || compare(document, options));
    gdf_build_free(build);
    gdf_document_free(document);
    gdf_options_free(options);
    return good;
}

/* Without a name everything but the diff, which only cases of that name are about. */
static int find_step(const growth_text *of, const char *name)
{
    int step = DIFF;
    if (!name)
        return strncmp(of->name, "diff_", strlen("diff_")) == 0 ? DIFF : REWRITE;
    while (step > PARSE && strcmp(STEPS[step], name) != 0)
        step--;
    return step;
}

static const growth_text *find_text(const char *name)
{
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        if (strcmp(TEXTS[i].name, name) == 0)
            return &TEXTS[i];
    }
    return NULL;
}

int main(int count, char **arguments)
{
    const growth_text *of = count >= 3 ? find_text(arguments[1]) : NULL;
    if (!of) {
        fprintf(stderr, "usage: growth_case NAME MULTIPLE [parse|build|check|rewrite|diff]\n");
        return EXIT_FAILURE;
    }
    unsigned multiple = (unsigned)strtoul(arguments[2], NULL, 10);
    gdf__builder text;
    gdf__builder_init(&text, &gdf__default_allocator);
    generate(&text, of, of->count * multiple);
    bool good = !text.failed &&
                run_steps(gdf__builder_get(&text), find_step(of, count > 3 ? arguments[3] : NULL));
    gdf__builder_free(&text);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
