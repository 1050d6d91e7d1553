/* lib/rewrite: the unified diff, read back by an applier of our own and by the patch program. */
#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "rewrite/line_diff.h"
#include "rewrite/rewrite.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"
#include "support/read_file.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

static gdf_text *diff_with(gdf_str before, gdf_str after, const gdf_options *options)
{
    gdf_rewrite rewrite = {.original = before, .text = after, .file_name = gdf__empty};
    return gdf_rewrite_render_diff(&rewrite, options);
}

static gdf_text *diff_of(gdf_str before, gdf_str after)
{
    return diff_with(before, after, NULL);
}

static void expect(const char *before, const char *after, const char *expected)
{
    gdf_text *diff = diff_of(gdf__str(before), gdf__str(after));
    assert_non_null(diff);
    assert_slice_is(gdf_text_get(diff), expected);
    gdf_text_free(diff);
}

/* ---- the form -------------------------------------------------------------------------------- */

static void equal_texts_have_an_empty_diff(void **state)
{
    (void)state;
    expect("", "", "");
    expect("FROM a\n", "FROM a\n", "");
}

static void a_change_comes_with_three_lines_around_it(void **state)
{
    (void)state;
    expect("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
           "--- Dockerfile\n+++ Dockerfile\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

static void changes_six_lines_apart_share_a_hunk(void **state)
{
    (void)state;
    expect("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
           "--- Dockerfile\n+++ Dockerfile\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n "
           "6\n-b\n+B\n");
    expect("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
           "--- Dockerfile\n+++ Dockerfile\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
           "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

static void lines_are_added_and_removed(void **state)
{
    (void)state;
    expect("", "a\n", "--- Dockerfile\n+++ Dockerfile\n@@ -0,0 +1 @@\n+a\n");
    expect("a\n", "", "--- Dockerfile\n+++ Dockerfile\n@@ -1 +0,0 @@\n-a\n");
    expect("a\nc\n", "a\nb\nc\n", "--- Dockerfile\n+++ Dockerfile\n@@ -1,2 +1,3 @@\n a\n+b\n c\n");
}

static void a_missing_line_end_is_told(void **state)
{
    (void)state;
    expect("a\nb", "a\nb\n",
           "--- Dockerfile\n+++ Dockerfile\n@@ -1,2 +1,2 @@\n a\n-b\n"
           "\\ No newline at end of file\n+b\n");
    expect("a\nb", "c\nb",
           "--- Dockerfile\n+++ Dockerfile\n@@ -1,2 +1,2 @@\n-a\n+c\n b\n"
           "\\ No newline at end of file\n");
}

static void carriage_returns_stay(void **state)
{
    (void)state;
    expect("a\r\nb\r\n", "a\r\nc\r\n",
           "--- Dockerfile\n+++ Dockerfile\n@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n");
}

static void the_name_comes_from_the_option_and_is_quoted_where_needed(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {{"app/Dockerfile", "--- app/Dockerfile\n"},
                                           {"my file", "--- my file\t\n"},
                                           {"a\"b\\\n", "--- \"a\\042b\\134\\012\"\n"}};
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf_options *options = gdf_options_create(NULL);
        gdf_options_set_text(options, GDF_OPTION_FILE_NAME, CASES[i][0], strlen(CASES[i][0]));
        gdf_text *diff = diff_with(GDF__LITERAL("a\n"), GDF__LITERAL("b\n"), options);
        assert_true(gdf__str_starts(gdf_text_get(diff), CASES[i][1]));
        gdf_text_free(diff);
        gdf_options_free(options);
    }
}

static void colours_come_on_request(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_COLOR, 1);
    gdf_text *diff = diff_with(GDF__LITERAL("a\nb\n"), GDF__LITERAL("a\nc\n"), options);
    assert_slice_is(gdf_text_get(diff),
                    "\033[1m--- Dockerfile\033[0m\n\033[1m+++ Dockerfile\033[0m\n"
                    "\033[36m@@ -1,2 +1,2 @@\033[0m\n a\n\033[31m-b\033[0m\n\033[32m+c\033[0m\n");
    gdf_text_free(diff);
    gdf_options_free(options);
}

/* ---- applying -------------------------------------------------------------------------------- */

/* The lines of a diff, or of the text that it is applied to. */
typedef struct line_reader {
    gdf_str text;
    size_t at;
} line_reader;

static gdf_str take_line(line_reader *reader)
{
    size_t end = gdf__str_find(reader->text, '\n', reader->at);
    gdf_str line = gdf__str_slice(reader->text, reader->at, end + (end < reader->text.len));
    reader->at += line.len;
    return line;
}

/* Line of the diff without its sign, and without its line end when the diff says that it has none.
 */
static gdf_str content_of(gdf_str line, const line_reader *diff)
{
    bool bare = diff->at < diff->text.len && diff->text.ptr[diff->at] == '\\';
    return gdf__str_slice(line, 1, line.len - bare);
}

/* Copies the lines of `from` in front of line `line` (from 1) to `out`. */
static void copy_until(line_reader *from, uint32_t *next, uint32_t line, gdf__builder *out)
{
    for (; *next < line; ++*next)
        gdf__builder_add(out, take_line(from));
}

/* Applies `diff`, which must fit exactly. */
static void apply(gdf_str before, gdf_str diff_text, gdf__builder *out)
{
    line_reader diff = {diff_text, 0};
    line_reader from = {before, 0};
    uint32_t next = 1;
    while (diff.at < diff.text.len) {
        gdf_str line = take_line(&diff);
        if (gdf__str_starts(line, "--- Dockerfile") || gdf__str_starts(line, "+++ Dockerfile"))
            continue;
        unsigned start = 0;
        if (gdf__str_starts(line, "@@ ")) {
            assert_int_equal(sscanf(line.ptr, "@@ -%u", &start), 1);
            bool behind = gdf__str_contains(line, ",0 +");
            copy_until(&from, &next, start + behind, out);
        } else if (line.ptr[0] == '+') {
            gdf__builder_add(out, content_of(line, &diff));
        } else if (line.ptr[0] != '\\') {
            gdf_str old = take_line(&from);
            assert_slice_equal(content_of(line, &diff), old);
            next++;
            if (line.ptr[0] == ' ')
                gdf__builder_add(out, old);
        }
    }
    gdf__builder_add(out, gdf__str_slice(from.text, from.at, from.text.len));
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void add_random_line(gdf__builder *text, uint32_t *seed, uint32_t words)
{
    gdf__builder_add_text(text, "w");
    gdf__builder_add_number(text, next_random(seed) % words);
    gdf__builder_add_text(text, next_random(seed) % 8 ? "\n" : "\r\n");
}

/* A text, and another that comes from it by a few changes of lines. */
static void make_pair(uint32_t *seed, gdf__builder *before, gdf__builder *after)
{
    uint32_t words = 2 + next_random(seed) % 30;
    uint32_t rarity = 1 + next_random(seed) % 8;
    gdf__builder_init(before, &gdf__default_allocator);
    gdf__builder_init(after, &gdf__default_allocator);
    uint32_t count = next_random(seed) % 40;
    for (uint32_t i = 0; i < count; i++) {
        size_t start = before->len;
        add_random_line(before, seed, words);
        gdf_str line = gdf__str_slice(gdf__builder_get(before), start, before->len);
        if (next_random(seed) % rarity)
            gdf__builder_add(after, line);
        if (next_random(seed) % rarity == 0)
            add_random_line(after, seed, words);
    }
    if (next_random(seed) % 4 == 0)
        gdf__builder_add_text(before, "end");
    if (next_random(seed) % 4 == 0)
        gdf__builder_add_text(after, "end");
}

static void applying_the_diff_gives_the_new_text(void **state)
{
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        gdf__builder before;
        gdf__builder after;
        gdf__builder result;
        make_pair(&seed, &before, &after);
        gdf__builder_init(&result, &gdf__default_allocator);
        gdf_text *diff = diff_of(gdf__builder_get(&before), gdf__builder_get(&after));
        apply(gdf__builder_get(&before), gdf_text_get(diff), &result);
        assert_slice_equal(gdf__builder_get(&result), gdf__builder_get(&after));
        gdf_text_free(diff);
        gdf__builder_free(&before);
        gdf__builder_free(&after);
        gdf__builder_free(&result);
    }
}

/* ---- as short as possible -------------------------------------------------------------------- */

/* Lines of both texts that are in no longest common subsequence, by the table of all prefixes. */
static uint32_t fewest_edits(const gdf__table *a, const gdf__table *b)
{
    uint32_t width = b->count + 1;
    uint32_t *longest = calloc((size_t)(a->count + 1) * width, sizeof *longest);
    assert_non_null(longest);
    for (uint32_t i = 1; i <= a->count; i++) {
        for (uint32_t j = 1; j <= b->count; j++) {
            uint32_t up = longest[(i - 1) * width + j];
            uint32_t left = longest[i * width + j - 1];
            bool equal = gdf__str_equal(*GDF__AT(*a, gdf_str, i - 1), *GDF__AT(*b, gdf_str, j - 1));
            longest[i * width + j] =
                equal ? longest[(i - 1) * width + j - 1] + 1 : (up > left ? up : left);
        }
    }
    uint32_t edits = a->count + b->count - 2 * longest[a->count * width + b->count];
    free(longest);
    return edits;
}

static uint32_t count_edits(const gdf__table *changes)
{
    uint32_t edits = 0;
    for (uint32_t i = 0; i < changes->count; i++) {
        const gdf__line_change *change = GDF__AT(*changes, gdf__line_change, i);
        edits += change->old_end - change->old_start + change->new_end - change->new_start;
    }
    return edits;
}

static void the_diff_names_as_few_lines_as_possible(void **state)
{
    (void)state;
    uint32_t seed = 99;
    for (int round = 0; round < 1000; round++) {
        gdf__builder before;
        gdf__builder after;
        make_pair(&seed, &before, &after);
        gdf__table a;
        gdf__table b;
        gdf__table changes;
        gdf__table_init(&a, &gdf__default_allocator, sizeof(gdf_str));
        gdf__table_init(&b, &gdf__default_allocator, sizeof(gdf_str));
        gdf__table_init(&changes, &gdf__default_allocator, sizeof(gdf__line_change));
        gdf__lines_split(gdf__builder_get(&before), &a);
        gdf__lines_split(gdf__builder_get(&after), &b);
        gdf__lines_compare(&a, &b, &changes);
        assert_int_equal(count_edits(&changes), fewest_edits(&a, &b));
        gdf__table_free(&a);
        gdf__table_free(&b);
        gdf__table_free(&changes);
        gdf__builder_free(&before);
        gdf__builder_free(&after);
    }
}

static void many_lines(gdf__builder *text, const char *first, uint32_t count)
{
    gdf__builder_init(text, &gdf__default_allocator);
    gdf__builder_add_text(text, "same\n");
    for (uint32_t i = 0; i < count; i++) {
        gdf__builder_add_text(text, first);
        gdf__builder_add_number(text, i);
        gdf__builder_add_text(text, i % 2 ? "\n" : "\nsame\n");
    }
}

static void too_many_differences_become_one_block(void **state)
{
    (void)state;
    gdf__builder before;
    gdf__builder after;
    gdf__builder result;
    many_lines(&before, "a", 3000);
    many_lines(&after, "b", 3000);
    gdf__builder_init(&result, &gdf__default_allocator);
    gdf_text *diff = diff_of(gdf__builder_get(&before), gdf__builder_get(&after));
    assert_true(
        gdf__str_contains(gdf_text_get(diff), "@@ -1,4501 +1,4501 @@\n same\n-a0\n-same\n"));
    apply(gdf__builder_get(&before), gdf_text_get(diff), &result);
    assert_slice_equal(gdf__builder_get(&result), gdf__builder_get(&after));
    gdf_text_free(diff);
    gdf__builder_free(&before);
    gdf__builder_free(&after);
    gdf__builder_free(&result);
}

/* ---- patch ----------------------------------------------------------------------------------- */

static void write_file(const char *path, gdf_str text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fclose(file), 0);
}

static void patch_applies(gdf_str before, gdf_str after)
{
    gdf_text *diff = diff_of(before, after);
    write_file("Dockerfile", before);
    write_file("change.diff", gdf_text_get(diff));
    assert_int_equal(system("patch --quiet --binary --fuzz=0 Dockerfile change.diff"), 0);
    gdf_str result;
    assert_true(read_file("Dockerfile", &result));
    assert_slice_equal(result, after);
    read_file_free(result);
    gdf_text_free(diff);
}

static void the_patch_program_applies_the_diff(void **state)
{
    (void)state;
    if (system("patch --version >patch.txt 2>&1") != 0)
        skip();
    patch_applies(GDF__LITERAL("FROM a\r\nRUN b\r\n"), GDF__LITERAL("FROM a\r\nRUN c\r\n"));
    patch_applies(GDF__LITERAL("FROM a\nRUN b"), GDF__LITERAL("FROM a\nRUN b\nCMD c"));
    patch_applies(GDF__LITERAL("--- a\n+++ b\n"), GDF__LITERAL("--- a\n--- c\n+++ b\n-- d\n"));
    uint32_t seed = 3;
    for (int round = 0; round < 20; round++) {
        gdf__builder before;
        gdf__builder after;
        make_pair(&seed, &before, &after);
        gdf__builder_add_text(&before, "\nlast");
        gdf__builder_add_text(&after, "\nlast one");
        patch_applies(gdf__builder_get(&before), gdf__builder_get(&after));
        gdf__builder_free(&before);
        gdf__builder_free(&after);
    }
}

static int enter_scratch_directory(void **state)
{
    static char path[] = "/tmp/gdf-diff-XXXXXX";
    *state = mkdtemp(path);
    return *state ? chdir(path) : -1;
}

static int leave_scratch_directory(void **state)
{
    static const char *const FILES[] = {"Dockerfile", "Dockerfile.orig", "change.diff",
                                        "patch.txt"};
    for (size_t i = 0; i < ARRAY_LENGTH(FILES); i++)
        remove(FILES[i]);
    return chdir("/") || rmdir(*state);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static bool render_with(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    if (!options)
        return false;
    gdf_text *diff = diff_with(GDF__LITERAL("a\nb\nc\nd\n"), GDF__LITERAL("x\nb\ny\nd\n"), options);
    bool done = diff != NULL;
    gdf_text_free(diff);
    gdf_options_free(options);
    return done;
}

static void short_memory_gives_null_and_no_leak(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(render_with, NULL, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_have_an_empty_diff),
        cmocka_unit_test(a_change_comes_with_three_lines_around_it),
        cmocka_unit_test(changes_six_lines_apart_share_a_hunk),
        cmocka_unit_test(lines_are_added_and_removed),
        cmocka_unit_test(a_missing_line_end_is_told),
        cmocka_unit_test(carriage_returns_stay),
        cmocka_unit_test(the_name_comes_from_the_option_and_is_quoted_where_needed),
        cmocka_unit_test(colours_come_on_request),
        cmocka_unit_test(applying_the_diff_gives_the_new_text),
        cmocka_unit_test(the_diff_names_as_few_lines_as_possible),
        cmocka_unit_test(too_many_differences_become_one_block),
        cmocka_unit_test_setup_teardown(the_patch_program_applies_the_diff, enter_scratch_directory,
                                        leave_scratch_directory),
        cmocka_unit_test(short_memory_gives_null_and_no_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
