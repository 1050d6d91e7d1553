/* Which files of the context COPY and ADD take. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/copy_sources.h>

#include "base/slice.h"
#include "support/assertions.h"
#include "support/build_of.h"
#include "support/counting_allocator.h"

static gdf_project *project_of(const char *const *paths, const char *ignore)
{
    gdf_project *project = gdf_project_create(NULL);
    assert_non_null(project);
    for (size_t i = 0; paths[i]; i++)
        assert_int_equal(gdf_project_add_file(project, paths[i], strlen(paths[i]), "", 0), GDF_OK);
    if (ignore)
        assert_int_equal(gdf_project_add_file(project, ".dockerignore", strlen(".dockerignore"),
                                              ignore, strlen(ignore)),
                         GDF_OK);
    return project;
}

static const char *const FILES[] = {
    "a",       "a-b/x",      "b.txt",          "cmd/app/main.go", "cmd/app/main_test.go",
    "cmd/x",   "docs/a.txt", "docs/b/a.txt",   "docs/b/c.md",     "go.mod",
    "go.sum",  "[odd]/f",    "web/b2/c/d/e/f", "web/b2/c/g",      "web/b3/c/d/e/f",
    "z/app/z", NULL,
};

/* The files with a space between them, then "!" and the text of each required source that is not
 * there, "?" and that of a wildcard that matches nothing. */
static void describe(const gdf_copy_sources *sources, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < gdf_copy_sources_count_files(sources); i++) {
        gdf_str path = gdf_copy_sources_get_file(sources, i);
        used += (size_t)snprintf(out + used, size - used, "%s%.*s", i ? " " : "", (int)path.len,
                                 path.ptr);
    }
    for (uint32_t i = 0; i < gdf_copy_sources_count(sources); i++) {
        gdf_str text = gdf_copy_sources_get_text(sources, i);
        if (gdf_copy_sources_get_kind(sources, i) == GDF_SOURCE_CONTEXT &&
            !gdf_copy_sources_is_found(sources, i))
            used += (size_t)snprintf(out + used, size - used, " %c%.*s",
                                     gdf_copy_sources_is_required(sources, i) ? '!' : '?',
                                     (int)text.len, text.ptr);
    }
    assert_true(used < size);
}

typedef struct copy_case {
    const char *instruction;
    const char *files;
} copy_case;

static void check_cases(const char *ignore, const copy_case *cases, size_t count)
{
    gdf_project *project = project_of(FILES, ignore);
    for (size_t i = 0; i < count; i++) {
        char text[256];
        snprintf(text, sizeof text, "FROM scratch\nENV DIR=docs\n%s\n", cases[i].instruction);
        build_of it = build_of_text(text);
        gdf_copy_sources *sources =
            gdf_copy_sources_create(it.build, project, build_of_instruction(&it, 2));
        char actual[1024];
        describe(sources, actual, sizeof actual);
        if (strcmp(actual, cases[i].files) != 0)
            fail_msg("%s: '%s'", cases[i].instruction, actual);
        gdf_copy_sources_free(sources);
        build_of_free(&it);
    }
    gdf_project_free(project);
}

#define CHECK(ignore, cases) check_cases(ignore, cases, sizeof(cases) / sizeof *(cases))

static void a_path_takes_a_file_or_all_of_a_directory(void **state)
{
    (void)state;
    static const copy_case CASES[] = {
        {"COPY go.mod go.sum /", "go.mod go.sum"},
        {"COPY a /", "a"},
        {"COPY cmd /", "cmd/app/main.go cmd/app/main_test.go cmd/x"},
        {"COPY ./cmd/../cmd//app/ /", "cmd/app/main.go cmd/app/main_test.go"},
        {"COPY /cmd/x /", "cmd/x"},
        {"COPY ../../a /", "a"},
        {"COPY cm /", " !cm"},
        {"COPY a/x /", " !a/x"},
        {"ADD $DIR/b /", "docs/b/a.txt docs/b/c.md"},
        {"COPY docs/b docs/b/c.md nothing /", "docs/b/a.txt docs/b/c.md !nothing"},
        {"COPY [\"docs/b\", \"/\"]", "docs/b/a.txt docs/b/c.md"},
    };
    CHECK(NULL, CASES);
}

static void the_root_takes_everything(void **state)
{
    (void)state;
    static const copy_case CASES[] = {{"COPY . /", "a b/c"},
                                      {"COPY ./ /", "a b/c"},
                                      {"COPY / /", "a b/c"},
                                      {"COPY .. /", "a b/c"}};
    static const char *const TWO[] = {"a", "b/c", NULL};
    gdf_project *project = project_of(TWO, NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[256];
        snprintf(text, sizeof text, "FROM scratch\n%s\n", CASES[i].instruction);
        build_of it = build_of_text(text);
        gdf_copy_sources *sources =
            gdf_copy_sources_create(it.build, project, build_of_instruction(&it, 1));
        char actual[64];
        describe(sources, actual, sizeof actual);
        assert_string_equal(actual, CASES[i].files);
        gdf_copy_sources_free(sources);
        build_of_free(&it);
    }
    gdf_project_free(project);
}

static void wildcards_match_component_by_component(void **state)
{
    (void)state;
    static const copy_case CASES[] = {
        {"COPY go.* /", "go.mod go.sum"},
        {"COPY *.txt /", "b.txt"},
        {"COPY docs/*.txt /", "docs/a.txt"},
        {"COPY doc? /", "docs/a.txt docs/b/a.txt docs/b/c.md"},
        {"COPY */app /", "cmd/app/main.go cmd/app/main_test.go z/app/z"},
        {"COPY */*.txt /", "docs/a.txt"},
        {"COPY **/*.txt /", "docs/a.txt"},
        {"COPY [a-b] /", "a"},
        {"COPY [^a].txt /", "b.txt"},
        {"COPY a[-]b /", " ?a[-]b"},
        {"COPY a[\\\\-]b /", "a-b/x"},
        {"COPY go.\\\\[ms]* /", " ?go.\\[ms]*"},
        {"COPY [[]odd] /", "[odd]/f"},
        {"COPY [odd /", " ?[odd"},
        {"COPY x* /", " ?x*"},
        {"COPY x*/../y /", " !x*/../y"},
        {"COPY cmd/*/main*.go cmd/* /", "cmd/app/main.go cmd/app/main_test.go cmd/x"},
    };
    CHECK(NULL, CASES);
}

static void exclude_looks_inside_the_sources(void **state)
{
    (void)state;
    static const copy_case CASES[] = {
        {"COPY --exclude=*.txt docs /", "docs/b/a.txt docs/b/c.md"},
        {"COPY --exclude=**/*.txt docs /", "docs/b/c.md"},
        {"COPY --exclude=b docs /", "docs/a.txt"},
        {"COPY --exclude=*.txt *.txt /", "b.txt"},
        {"COPY --exclude=app --exclude=x cmd /", ""},
        {"COPY --exclude=app --exclude=!app/main.go cmd /", "cmd/app/main.go cmd/x"},
        {"COPY --exclude=app cmd cmd/app /", "cmd/app/main.go cmd/app/main_test.go cmd/x"},
        {"COPY --exclude=[ a /", " !a"},
        {"COPY --exclude=/app cmd /", "cmd/app/main.go cmd/app/main_test.go cmd/x"},
    };
    CHECK(NULL, CASES);
}

static void with_parents_the_pattern_may_go_through_directories(void **state)
{
    (void)state;
    static const copy_case CASES[] = {
        {"COPY --parents docs/b/c.md /", "docs/b/c.md"},
        {"COPY --parents **/a.txt /", "docs/a.txt docs/b/a.txt"},
        {"COPY --parents docs/./b /", "docs/b/a.txt docs/b/c.md"},
        {"COPY --parents web/b*/./c/**/e /", "web/b2/c/d/e/f web/b3/c/d/e/f"},
        {"COPY --parents --exclude=docs/b docs /", "docs/a.txt"},
        {"COPY --parents --exclude=b docs/./ /", " !docs/./"},
        {"COPY --parents docs/none /", " !docs/none"},
        {"COPY --parents cmd*/./x /", "cmd/x"},
        {"COPY --parents b*/./[ /", " ?b*/./["},
        {"COPY --parents docs/none* /", " ?docs/none*"},
        {"COPY --parents=false docs/b/./c.md /", "docs/b/c.md"},
    };
    CHECK(NULL, CASES);
}

static void what_the_ignore_file_leaves_out_is_not_there(void **state)
{
    (void)state;
    static const copy_case CASES[] = {
        {"COPY docs /", "docs/b/a.txt"},
        {"COPY docs/a.txt /", " !docs/a.txt"},
        {"COPY cmd go.mod /", "go.mod !cmd"},
        {"COPY *.txt /", " ?*.txt"},
    };
    CHECK("cmd\n**/*.txt\n!docs/b/a.txt\n**/*.md\n", CASES);
}

static void sources_that_are_no_files_of_the_context(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gdf_source_kind kind;
    } CASES[] = {
        {"FROM scratch\nCOPY a /", GDF_SOURCE_CONTEXT},
        {"FROM scratch\nCOPY --from=x a /", GDF_SOURCE_STAGE},
        {"FROM scratch\nCOPY <<E /\nE", GDF_SOURCE_HEREDOC},
        {"FROM scratch\nADD https://example.org/a /", GDF_SOURCE_REMOTE},
        {"FROM scratch\nADD git@example.org:a/b.git /", GDF_SOURCE_REMOTE},
        {"FROM scratch\nADD git://example.org/a /", GDF_SOURCE_REMOTE},
        {"FROM scratch\nADD a@b /", GDF_SOURCE_CONTEXT},
        {"FROM scratch\nARG A\nCOPY a$A /", GDF_SOURCE_UNKNOWN},
        {"FROM scratch\nCOPY ${a /", GDF_SOURCE_UNKNOWN},
        {"FROM scratch\nRUN a b", GDF_SOURCE_NONE},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        uint32_t last = gdf_document_count_instructions(it.document) - 1;
        gdf_copy_sources *sources =
            gdf_copy_sources_create(it.build, NULL, build_of_instruction(&it, last));
        assert_non_null(sources);
        if (gdf_copy_sources_get_kind(sources, 0) != CASES[i].kind)
            fail_msg("%s", CASES[i].text);
        gdf_copy_sources_free(sources);
        build_of_free(&it);
    }
}

static void a_trigger_runs_in_another_context(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch\nONBUILD COPY a /\n");
    gdf_node inner = build_of_instruction(&it, 1);
    while (gdf_node_get_instruction(it.document, inner) != GDF_INSTRUCTION_COPY)
        inner++;
    gdf_copy_sources *sources = gdf_copy_sources_create(it.build, NULL, inner);
    assert_int_equal(gdf_copy_sources_get_kind(sources, 0), GDF_SOURCE_UNKNOWN);
    gdf_copy_sources_free(sources);
    build_of_free(&it);
}

static void a_file_is_listed_once_with_its_first_source(void **state)
{
    (void)state;
    gdf_project *project = project_of(FILES, NULL);
    build_of it = build_of_text("FROM scratch\nCOPY go.mod go.* docs/../go.sum /\n");
    gdf_copy_sources *sources =
        gdf_copy_sources_create(it.build, project, build_of_instruction(&it, 1));
    assert_int_equal(gdf_copy_sources_count(sources), 3);
    assert_int_equal(gdf_copy_sources_count_files(sources), 2);
    assert_slice_is(gdf_copy_sources_get_file(sources, 1), "go.sum");
    assert_int_equal(gdf_copy_sources_get_file_source(sources, 0), 0);
    assert_int_equal(gdf_copy_sources_get_file_source(sources, 1), 1);
    assert_true(gdf_copy_sources_is_found(sources, 2));
    gdf_part part = gdf_copy_sources_get_part(sources, 1);
    assert_slice_is(gdf_part_get_value(it.document, part), "go.*");
    gdf_copy_sources_free(sources);
    build_of_free(&it);
    gdf_project_free(project);
}

static void readers_of_nothing_are_neutral(void **state)
{
    (void)state;
    assert_null(gdf_copy_sources_create(NULL, NULL, 1));
    gdf_copy_sources_free(NULL);
    assert_int_equal(gdf_copy_sources_count(NULL), 0);
    assert_int_equal(gdf_copy_sources_get_kind(NULL, 0), GDF_SOURCE_NONE);
    assert_int_equal(gdf_copy_sources_get_part(NULL, 0), 0);
    assert_slice_is(gdf_copy_sources_get_text(NULL, 0), "");
    assert_int_equal(gdf_copy_sources_count_files(NULL), 0);
    assert_slice_is(gdf_copy_sources_get_file(NULL, 0), "");
    build_of it = build_of_text("FROM a\n");
    gdf_copy_sources *sources = gdf_copy_sources_create(it.build, NULL, 1000);
    assert_int_equal(gdf_copy_sources_count(sources), 0);
    gdf_copy_sources_free(sources);
    build_of_free(&it);
}

typedef struct memory_case {
    const gdf_document *document;
    const gdf_project *project;
} memory_case;

static bool find_sources(const gdf_allocator *allocator, void *context)
{
    const memory_case *it = context;
    gdf_options *options = gdf_options_create(allocator);
    gdf_build *build = options ? gdf_build_create(it->document, options) : NULL;
    gdf_node copy = gdf_document_get_instruction(it->document, 2);
    gdf_copy_sources *sources = gdf_copy_sources_create(build, it->project, copy);
    bool done = sources != NULL;
    gdf_copy_sources_free(sources);
    gdf_build_free(build);
    gdf_options_free(options);
    return done;
}

static void missing_memory_gives_no_sources(void **state)
{
    (void)state;
    static const char TEXT[] =
        "FROM scratch\nENV A=docs\nCOPY --exclude=*.md --parents ./$A//b/./* [a-b] ./x /\n";
    gdf_project *project = project_of(FILES, "cmd\n!cmd/*\n");
    memory_case it = {gdf_document_parse(TEXT, strlen(TEXT), NULL), project};
    counting_allocator_try_every_failure(find_sources, &it, true);
    gdf_document_free((gdf_document *)(uintptr_t)it.document);
    gdf_project_free(project);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_takes_a_file_or_all_of_a_directory),
        cmocka_unit_test(the_root_takes_everything),
        cmocka_unit_test(wildcards_match_component_by_component),
        cmocka_unit_test(exclude_looks_inside_the_sources),
        cmocka_unit_test(with_parents_the_pattern_may_go_through_directories),
        cmocka_unit_test(what_the_ignore_file_leaves_out_is_not_there),
        cmocka_unit_test(sources_that_are_no_files_of_the_context),
        cmocka_unit_test(a_trigger_runs_in_another_context),
        cmocka_unit_test(a_file_is_listed_once_with_its_first_source),
        cmocka_unit_test(readers_of_nothing_are_neutral),
        cmocka_unit_test(missing_memory_gives_no_sources),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
