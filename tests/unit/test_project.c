/* The build context: files, order, directories, ignore files, the file system. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/slice.h"
#include "project/project.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"
#include "support/test_level.h"

static gdf_status add(gdf_project *project, const char *path, const char *content)
{
    return gdf_project_add_file(project, path, strlen(path), content,
                                content ? strlen(content) : 0);
}

static bool has(const gdf_project *project, const char *path)
{
    return gdf_project_has_file(project, path, strlen(path)) == 1;
}

static void files_are_found_by_their_clean_path(void **state)
{
    (void)state;
    gdf_project *project = gdf_project_create(NULL);
    assert_int_equal(add(project, "./cmd//app/../app/main.go", "package main"), GDF_OK);
    assert_int_equal(add(project, "/go.mod", "module x"), GDF_OK);
    assert_true(has(project, "cmd/app/main.go"));
    assert_true(has(project, "./cmd/app/main.go"));
    assert_true(has(project, "/go.mod"));
    assert_false(has(project, "cmd/app"));
    assert_false(has(project, "go.sum"));
    assert_slice_is(gdf_project_get_content(project, "go.mod", 6), "module x");
    assert_slice_is(gdf_project_get_content(project, "go.sum", 6), "");
    gdf_project_free(project);
}

static void paths_outside_the_context_are_refused(void **state)
{
    (void)state;
    static const char *const REFUSED[] = {"", ".", "..", "../a", "/", "a/../..", "./"};
    gdf_project *project = gdf_project_create(NULL);
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++)
        assert_int_equal(add(project, REFUSED[i], ""), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_project_add_file(project, NULL, 0, "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_project_add_file(project, "a", 1, NULL, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_project_add_file(NULL, "a", 1, "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_project_count_files(project), 0);
    assert_int_equal(add(project, "..a", ""), GDF_OK);
    gdf_project_free(project);
}

static void a_file_added_twice_has_the_newer_content(void **state)
{
    (void)state;
    gdf_project *project = gdf_project_create(NULL);
    add(project, "a", "old");
    add(project, "./a", "new");
    assert_int_equal(gdf_project_count_files(project), 1);
    assert_slice_is(gdf_project_get_content(project, "a", 1), "new");
    gdf_project_free(project);
}

static void unknown_content_is_not_empty_content(void **state)
{
    (void)state;
    gdf_project *project = gdf_project_create(NULL);
    add(project, "known", "");
    add(project, "unknown", NULL);
    assert_true(gdf__project_find(project, GDF__LITERAL("known"))->has_content);
    assert_false(gdf__project_find(project, GDF__LITERAL("unknown"))->has_content);
    gdf_project_free(project);
}

static void files_are_listed_in_bytewise_order(void **state)
{
    (void)state;
    static const char *const SORTED[] = {"A", "a", "a.b", "a/b", "ab", "b", "ba", "\xC3\xA9"};
    static const size_t ORDER[] = {5, 2, 7, 0, 3, 6, 1, 4};
    enum { COUNT = sizeof SORTED / sizeof *SORTED };
    gdf_project *project = gdf_project_create(NULL);
    for (size_t i = 0; i < COUNT; i++)
        add(project, SORTED[ORDER[i]], NULL);
    for (uint32_t i = 0; i < COUNT; i++)
        assert_slice_is(gdf_project_get_path(project, i), SORTED[i]);
    assert_slice_is(gdf_project_get_path(project, COUNT), "");
    assert_int_equal(gdf__project_lower_bound(project, GDF__LITERAL("a/")), 3);
    assert_int_equal(gdf__project_lower_bound(project, GDF__LITERAL("a/b")), 3);
    assert_int_equal(gdf__project_lower_bound(project, GDF__LITERAL("")), 0);
    assert_int_equal(gdf__project_lower_bound(project, GDF__LITERAL("zz")), 7);
    assert_int_equal(gdf__project_lower_bound(project, GDF__LITERAL("\xFF")), COUNT);
    gdf_project_free(project);
}

static void a_directory_is_where_files_lie_below(void **state)
{
    (void)state;
    gdf_project *project = gdf_project_create(NULL);
    assert_false(gdf__project_has_directory(project, GDF__LITERAL(".")));
    add(project, "cmd/app/main.go", NULL);
    add(project, "cmd.txt", NULL);
    assert_true(gdf__project_has_directory(project, GDF__LITERAL(".")));
    assert_true(gdf__project_has_directory(project, GDF__LITERAL("")));
    assert_true(gdf__project_has_directory(project, GDF__LITERAL("cmd")));
    assert_true(gdf__project_has_directory(project, GDF__LITERAL("./cmd/app/")));
    assert_false(gdf__project_has_directory(project, GDF__LITERAL("cm")));
    assert_false(gdf__project_has_directory(project, GDF__LITERAL("cmd.txt")));
    gdf_project_free(project);
}

static void the_ignore_file_of_the_dockerfile_wins(void **state)
{
    (void)state;
    gdf_project *project = gdf_project_create(NULL);
    assert_slice_is(gdf_project_find_ignore_file(project, "Dockerfile", 10), "");
    add(project, ".dockerignore", "*\n");
    add(project, "build/Dockerfile.dockerignore", "bin\n!bin/x\n");
    assert_slice_is(gdf_project_find_ignore_file(project, "Dockerfile", 10), ".dockerignore");
    assert_slice_is(gdf_project_find_ignore_file(project, "./build/Dockerfile", 18),
                    "build/Dockerfile.dockerignore");
    assert_slice_is(gdf_project_find_ignore_file(project, "build/Docker", 12), ".dockerignore");
    assert_slice_is(gdf_project_find_ignore_file(project, NULL, 0), ".dockerignore");
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf_str path;
    gdf__ignore ignore =
        gdf__project_read_ignore_file(project, GDF__LITERAL("build/Dockerfile"), &arena, &path);
    assert_slice_is(path, "build/Dockerfile.dockerignore");
    assert_int_equal(ignore.count, 2);
    assert_true(gdf__ignore_match(&ignore, GDF__LITERAL("bin/y")));
    gdf__arena_free(&arena);
    gdf_project_free(project);
}

static void readers_of_nothing_are_neutral(void **state)
{
    (void)state;
    assert_int_equal(gdf_project_count_files(NULL), 0);
    assert_slice_is(gdf_project_get_path(NULL, 0), "");
    assert_int_equal(gdf_project_has_file(NULL, "a", 1), 0);
    assert_slice_is(gdf_project_get_content(NULL, "a", 1), "");
    assert_slice_is(gdf_project_find_ignore_file(NULL, "a", 1), "");
    gdf_project_free(NULL);
}

/* ---- the file system ------------------------------------------------------------------------- */

enum { LONGEST_PATH = 1024 };

static void join(char name[LONGEST_PATH], const char *root, const char *path)
{
    int len = snprintf(name, LONGEST_PATH, "%s/%s", root, path);
    assert_in_range(len, 1, LONGEST_PATH - 1);
}

static void write_file(const char *root, const char *path, const char *content)
{
    char name[LONGEST_PATH];
    join(name, root, path);
    FILE *file = fopen(name, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(content, 1, strlen(content), file), strlen(content));
    assert_int_equal(fclose(file), 0);
}

static void make_directory(const char *root, const char *path)
{
    char name[LONGEST_PATH];
    join(name, root, path);
    assert_int_equal(mkdir(name, 0700), 0);
}

static int make_tree(void **state)
{
    static char root[] = "/tmp/test_project_XXXXXX";
    if (!mkdtemp(root))
        return -1;
    *state = root;
    make_directory(root, "cmd");
    make_directory(root, "cmd/app");
    make_directory(root, "vendor");
    make_directory(root, ".git");
    write_file(root, "cmd/app/main.go", "package main\n");
    write_file(root, "go.mod", "module example.org/app\n");
    write_file(root, "vendor/modules.txt", "# a v1\n");
    write_file(root, "Dockerfile.dockerignore", "bin\n");
    write_file(root, ".git/config", "x");
    char link[512];
    snprintf(link, sizeof link, "%s/loop", root);
    return symlink("..", link);
}

static int remove_tree(void **state)
{
    static const char *const NAMES[] = {"cmd/app/main.go",
                                        "go.mod",
                                        "vendor/modules.txt",
                                        "Dockerfile.dockerignore",
                                        ".git/config",
                                        "loop",
                                        "cmd/app",
                                        "cmd",
                                        "vendor",
                                        ".git",
                                        ""};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        char name[512];
        snprintf(name, sizeof name, "%s/%s", (const char *)*state, NAMES[i]);
        if (remove(name) != 0)
            return -1;
    }
    return 0;
}

static void a_directory_gives_its_files(void **state)
{
    gdf_project *project = gdf_project_create(NULL);
    assert_int_equal(gdf_project_add_directory(project, *state), GDF_OK);
    static const char *const FILES[] = {"Dockerfile.dockerignore", "cmd/app/main.go", "go.mod",
                                        "loop", "vendor/modules.txt"};
    assert_int_equal(gdf_project_count_files(project), sizeof FILES / sizeof *FILES);
    for (uint32_t i = 0; i < sizeof FILES / sizeof *FILES; i++)
        assert_slice_is(gdf_project_get_path(project, i), FILES[i]);
    gdf_project_free(project);
}

static void only_the_contents_that_matter_are_read(void **state)
{
    gdf_project *project = gdf_project_create(NULL);
    gdf_project_add_directory(project, *state);
    assert_slice_is(gdf_project_get_content(project, "go.mod", 6), "module example.org/app\n");
    assert_slice_is(gdf_project_get_content(project, "vendor/modules.txt", 18), "# a v1\n");
    assert_slice_is(gdf_project_get_content(project, "Dockerfile.dockerignore", 23), "bin\n");
    assert_false(gdf__project_find(project, GDF__LITERAL("cmd/app/main.go"))->has_content);
    gdf_project_free(project);
}

static void a_directory_that_cannot_be_read_is_told(void **state)
{
    gdf_project *project = gdf_project_create(NULL);
    char name[512];
    snprintf(name, sizeof name, "%s/nowhere", (const char *)*state);
    assert_int_equal(gdf_project_add_directory(project, name), GDF_ERROR_IO);
    assert_int_equal(gdf_project_get_unreadable(project).len, 0);
    assert_int_equal(gdf_project_add_directory(project, NULL), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_project_add_directory(project, ""), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_project_add_directory(NULL, "."), GDF_ERROR_ARGUMENT);
    gdf_project_free(project);
}

static gdf_status status_of_directory(const char *directory, uint32_t *files)
{
    gdf_project *project = gdf_project_create(NULL);
    gdf_status status = gdf_project_add_directory(project, directory);
    *files = gdf_project_count_files(project);
    gdf_project_free(project);
    return status;
}

static void entries_over_the_limit_are_left_out(void **state)
{
    enum { MOST = 100000 };
    char directory[512];
    char path[600];
    uint32_t files = 0;
    if (!test_level_is_full())
        skip();
    make_directory(*state, "many");
    snprintf(directory, sizeof directory, "%s/many", (const char *)*state);
    for (int i = 0; i <= MOST; i++) {
        snprintf(path, sizeof path, "many/%d", i);
        if (i == MOST) {
            assert_int_equal(status_of_directory(directory, &files), GDF_OK);
            assert_int_equal(files, MOST);
        }
        write_file(*state, path, "");
    }
    assert_int_equal(status_of_directory(directory, &files), GDF_ERROR_LIMIT);
    assert_int_equal(files, MOST);
    for (int i = 0; i <= MOST; i++) {
        snprintf(path, sizeof path, "%s/%d", directory, i);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(remove(directory), 0);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static bool fill_project(const gdf_allocator *allocator, void *context)
{
    gdf_options *options = gdf_options_create(allocator);
    gdf_project *project = options ? gdf_project_create(options) : NULL;
    bool ready = project && add(project, "a/../b", "text") == GDF_OK &&
                 add(project, "c", "text") == GDF_OK &&
                 gdf_project_add_directory(project, context) == GDF_OK;
    gdf_project_free(project);
    gdf_options_free(options);
    return ready;
}

static void missing_memory_is_told(void **state)
{
    counting_allocator_try_every_failure(fill_project, *state, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_are_found_by_their_clean_path),
        cmocka_unit_test(paths_outside_the_context_are_refused),
        cmocka_unit_test(a_file_added_twice_has_the_newer_content),
        cmocka_unit_test(unknown_content_is_not_empty_content),
        cmocka_unit_test(files_are_listed_in_bytewise_order),
        cmocka_unit_test(a_directory_is_where_files_lie_below),
        cmocka_unit_test(the_ignore_file_of_the_dockerfile_wins),
        cmocka_unit_test(readers_of_nothing_are_neutral),
        cmocka_unit_test(a_directory_gives_its_files),
        cmocka_unit_test(only_the_contents_that_matter_are_read),
        cmocka_unit_test(a_directory_that_cannot_be_read_is_told),
        cmocka_unit_test(entries_over_the_limit_are_left_out),
        cmocka_unit_test(missing_memory_is_told),
    };
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
