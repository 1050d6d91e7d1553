/* Parsing and typing against the builder's recorded answers: dump, nodes, warnings, typed
 * instructions, first error and its lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/document.h>
#include <godockerfile/instruction.h>

#include "base/builder.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "conformance/golden_rows.h"
#include "conformance/packed_files.h"
#include "conformance/typed_answers.h"
#include "syntax/document.h"

enum { MAX_SHOWN = 20 };

/* What is compared, and how often it was and differed. */
typedef enum aspect { DUMP, NODES, COMMENTS, WARNINGS, ESCAPE, ERROR, ERROR_LINES, TYPED } aspect;

static const char *const ASPECT_NAMES[] = {"dump",   "nodes", "comments",    "warnings",
                                           "escape", "error", "error lines", "typed"};

enum { ASPECT_COUNT = sizeof ASPECT_NAMES / sizeof *ASPECT_NAMES };

typedef struct tally {
    size_t compared[ASPECT_COUNT];
    size_t different[ASPECT_COUNT];
    gdf_str row; /* the name of the row being compared */
} tally;

static void count(tally *result, aspect what, bool is_same)
{
    result->compared[what]++;
    if (!is_same && result->different[what]++ < MAX_SHOWN)
        print_error("%s differs: %.*s\n", ASPECT_NAMES[what], (int)result->row.len,
                    result->row.ptr);
}

static void assert_all_same(const char *what, const tally *result)
{
    size_t different = 0;
    for (size_t i = 0; i < ASPECT_COUNT; i++) {
        print_message("%s, %s: %zu compared, %zu differ\n", what, ASPECT_NAMES[i],
                      result->compared[i], result->different[i]);
        different += result->different[i];
    }
    assert_true(result->compared[DUMP] > 0);
    assert_int_equal(different, 0);
}

static const json_t *member(const json_t *object, const char *name)
{
    return json_object_get(object, name);
}

/* ---- nodes ----------------------------------------------------------------------------------- */

/* Steps through an expected list. */
typedef struct list_cursor {
    const json_t *list;
    size_t next;
    bool is_same;
} list_cursor;

static const json_t *take(list_cursor *cursor)
{
    return json_array_get(cursor->list, cursor->next++);
}

static void take_text(list_cursor *cursor, gdf_str got)
{
    const json_t *expected = take(cursor);
    cursor->is_same = cursor->is_same && expected && same_text(got, expected);
}

static bool same_end(const list_cursor *cursor)
{
    return cursor->is_same && cursor->next == json_array_size(cursor->list);
}

static void take_pair(list_cursor *cursor, const gdf_document *document, gdf_node pair)
{
    gdf_node name = gdf_node_get_first_child(document, pair);
    bool legacy = gdf_node_get_flags(document, pair) & GDF_NODE_FLAG_LEGACY;
    take_text(cursor, gdf_node_get_value(document, name));
    take_text(cursor, gdf_node_get_value(document, gdf_node_get_next_sibling(document, name)));
    take_text(cursor, legacy ? gdf__empty : GDF__LITERAL("="));
}

static bool same_heredoc(const gdf_document *document, gdf_node node, const json_t *expected)
{
    uint32_t flags = gdf_node_get_flags(document, node);
    gdf_node body = gdf_node_get_first_child(document, node);
    return same_text(gdf_node_get_value(document, node), member(expected, "Name")) &&
           same_text(gdf_node_get_value(document, body), member(expected, "Content")) &&
           (double)gdf_node_get_file_descriptor(document, node) ==
               json_number_value(member(expected, "FileDescriptor")) &&
           json_is_true(member(expected, "Chomp")) == ((flags & GDF_NODE_FLAG_CHOMP) != 0) &&
           json_is_true(member(expected, "Expand")) == ((flags & GDF_NODE_FLAG_QUOTED) == 0);
}

/* What an instruction and the ones inside it have in common with the answer; `*inner` is the nested
 * instruction, `*inner_expected` its answer. */
static bool same_instruction(const gdf_document *document, gdf_node node, const json_t *expected,
                             gdf_node *inner, const json_t **inner_expected)
{
    list_cursor flags = {member(expected, "flags"), 0, true};
    list_cursor arguments = {member(expected, "args"), 0, true};
    list_cursor heredocs = {member(expected, "heredocs"), 0, true};
    *inner = 0;
    for (gdf_node child = gdf_node_get_first_child(document, node); child;
         child = gdf_node_get_next_sibling(document, child)) {
        gdf_node_kind kind = gdf_node_get_kind(document, child);
        if (kind == GDF_NODE_FLAG) {
            take_text(&flags, gdf_node_get_value(document, child));
        } else if (kind == GDF_NODE_ARGUMENT) {
            take_text(&arguments, gdf_node_get_value(document, child));
        } else if (kind == GDF_NODE_PAIR) {
            take_pair(&arguments, document, child);
        } else if (kind == GDF_NODE_INSTRUCTION) {
            *inner = child;
            *inner_expected = take(&arguments);
        } else if (kind == GDF_NODE_HEREDOC) {
            heredocs.is_same = heredocs.is_same && same_heredoc(document, child, take(&heredocs));
        }
    }
    bool is_json = gdf_node_get_flags(document, node) & GDF_NODE_FLAG_JSON;
    return same_text(gdf_node_get_value(document, node), member(expected, "value")) &&
           is_json == json_is_true(member(expected, "json")) && same_end(&flags) &&
           same_end(&arguments) && same_end(&heredocs);
}

static bool same_top_node(const gdf_document *document, gdf_node node, const json_t *expected)
{
    const gdf__logical_line *line = gdf__document_line(document, node);
    bool is_same =
        json_number_value(member(expected, "start")) == gdf_node_get_first_line(document, node) &&
        json_number_value(member(expected, "end")) == gdf_node_get_last_line(document, node) &&
        same_text(line->fragment.text, member(expected, "original"));
    while (is_same && node) {
        gdf_node inner = 0;
        const json_t *inner_expected = NULL;
        is_same = same_instruction(document, node, expected, &inner, &inner_expected);
        node = inner;
        expected = inner_expected;
    }
    return is_same;
}

static bool same_nodes(const gdf_document *document, const json_t *expected)
{
    uint32_t count_of_nodes = gdf_document_count_instructions(document);
    if (count_of_nodes != json_array_size(expected))
        return false;
    for (uint32_t i = 0; i < count_of_nodes; i++) {
        if (!same_top_node(document, gdf_document_get_instruction(document, i),
                           json_array_get(expected, i)))
            return false;
    }
    return true;
}

/* The builder keeps a comment without the first byte of its line, trimmed. */
static gdf_str description(const gdf_document *document, gdf_node comment)
{
    uint32_t line = gdf_node_get_first_line(document, comment);
    gdf_str text = gdf_document_get_line_text(document, line);
    size_t mark = gdf__str_starts(text, "\xef\xbb\xbf") && line == 1 ? 3 : 0;
    return gdf__utf8_trim(gdf__str_slice(text, mark + 1, text.len));
}

static bool same_comments(const gdf_document *document, const json_t *expected)
{
    for (uint32_t i = 0; i < gdf_document_count_instructions(document); i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        gdf_node comment = gdf__document_line(document, node)->comments;
        list_cursor comments = {member(json_array_get(expected, i), "comments"), 0, true};
        for (; comment && comment != node; comment = gdf_node_get_next_sibling(document, comment)) {
            if (gdf_node_get_kind(document, comment) == GDF_NODE_COMMENT)
                take_text(&comments, description(document, comment));
        }
        if (!same_end(&comments))
            return false;
    }
    return true;
}

static bool same_warnings(const gdf_document *document, const json_t *expected)
{
    list_cursor cursor = {expected, 0, true};
    for (uint32_t i = 0; i < gdf_document_count_instructions(document); i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        if (!(gdf_node_get_flags(document, node) & GDF_NODE_FLAG_EMPTY_LINE))
            continue;
        gdf__builder message;
        gdf__builder_init(&message, &gdf__default_allocator);
        gdf__builder_add_text(&message, "Empty continuation line found in: ");
        gdf__builder_add(&message, gdf__document_line(document, node)->fragment.text);
        const json_t *warning = take(&cursor);
        cursor.is_same =
            cursor.is_same && same_text(gdf__builder_get(&message), json_array_get(warning, 0));
        gdf__builder_free(&message);
    }
    return same_end(&cursor);
}

/* ---- errors ---------------------------------------------------------------------------------- */

/* The text without ` (did you mean …?)`. */
static gdf_str without_suggestion(gdf_str text)
{
    static const char MARK[] = " (did you mean ";
    for (size_t i = 0; gdf__str_ends(text, "?)") && i + sizeof MARK <= text.len; i++) {
        if (memcmp(text.ptr + i, MARK, sizeof MARK - 1) == 0)
            return gdf__str_slice(text, 0, i);
    }
    return text;
}

static bool same_error(gdf_str got, const json_t *expected, bool is_deterministic)
{
    if (is_deterministic || !expected)
        return same_text(got, expected);
    gdf_str text = without_suggestion(golden_string(expected, NULL));
    json_t *cut = json_stringn_nocheck(text.ptr, text.len);
    bool is_same = same_text(without_suggestion(got), cut);
    json_decref(cut);
    return is_same;
}

/* The answer is a list with one list of lines, or nothing. */
static bool same_lines(const gdf__problem *problem, const json_t *expected)
{
    const json_t *lines = json_array_get(expected, 0);
    size_t len = json_array_size(lines);
    return len == problem->last_line - problem->first_line + 1 &&
           json_number_value(json_array_get(lines, 0)) == problem->first_line &&
           json_number_value(json_array_get(lines, len - 1)) == problem->last_line;
}

/* The typing phase itself accepts a file without stages; what runs next does not. */
static bool is_without_stages(gdf_str got, const json_t *expected)
{
    const json_t *stages = member(expected, "stages");
    return stages && json_array_size(stages) == 0 &&
           gdf__str_is(got, "dockerfile contains no stages to build");
}

static void compare_error(const gdf_document *document, const json_t *row, const json_t *expected,
                          tally *result)
{
    bool in_parse = member(expected, "parse_error") != NULL;
    const json_t *error = member(expected, in_parse ? "parse_error" : "instr_error");
    uint32_t index = gdf_document_find_builder_error(document);
    gdf_str got = gdf_document_get_problem_message(document, index);
    bool is_same = same_error(got, error, !json_is_true(member(row, "nondeterministic"))) ||
                   is_without_stages(got, expected);
    count(result, ERROR, is_same);
    if (!is_same)
        print_error("  got: %.*s\n", (int)got.len, got.ptr);
    const json_t *lines = member(expected, in_parse ? "parse_error_lines" : "instr_error_lines");
    if (!lines || index >= gdf_document_count_problems(document))
        return;
    const gdf__problem *problem = GDF__AT(document->problems, gdf__problem, index);
    is_same = same_lines(problem, lines);
    count(result, ERROR_LINES, is_same);
    if (!is_same)
        print_error("  got: %u to %u\n", problem->first_line, problem->last_line);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static bool same_dump(const gdf_document *document, const json_t *expected)
{
    gdf_text *dump = gdf_document_dump(document, GDF_DUMP_BUILDKIT);
    gdf_str text = gdf_text_get(dump);
    while (gdf__str_ends(text, "\n"))
        text.len--;
    bool is_same = same_text(text, expected);
    gdf_text_free(dump);
    return is_same;
}

static void compare_row(gdf_str text, const json_t *row, const json_t *expected, tally *result)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
    assert_non_null(document);
    compare_error(document, row, expected, result);
    if (member(expected, "dump")) {
        const char escape[] = {gdf_document_get_escape(document), '\0'};
        const json_t *nodes = member(expected, "nodes");
        count(result, DUMP, same_dump(document, member(expected, "dump")));
        count(result, NODES, same_nodes(document, nodes));
        count(result, COMMENTS, same_comments(document, nodes));
        count(result, WARNINGS, same_warnings(document, member(expected, "warnings")));
        count(result, ESCAPE, same_text(gdf__str(escape), member(expected, "escape")));
    }
    if (member(expected, "stages")) {
        size_t compared = 0;
        bool is_same = same_typed_answers(document, expected, &compared);
        result->compared[TYPED] += compared ? compared - 1 : 0;
        count(result, TYPED, is_same);
    }
    gdf_document_free(document);
}

static void recorded_inputs_parse_as_the_builder_has_them(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/parse.jsonl"))
        skip();
    tally result = {{0}, {0}, gdf__empty};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        result.row = golden_string(row, "id");
        gdf_str text = golden_input(row, &arena);
        compare_row(text, row, member(row, "expect"), &result);
        gdf__arena_free(&arena);
        json_decref(row);
    }
    golden_close(&rows);
    assert_all_same("recorded inputs", &result);
}

static void real_files_parse_as_the_builder_has_them(void **state)
{
    (void)state;
    golden_rows rows;
    packed_files files;
    if (!packed_files_open(&files, "corpus/files.tar") ||
        !golden_open(&rows, "corpus/buildkit.jsonl"))
        skip();
    tally result = {{0}, {0}, gdf__empty};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        char name[64];
        gdf_str text = gdf__empty;
        result.row = golden_string(row, "sha16");
        int len = snprintf(name, sizeof name, "files/%.*s.Dockerfile", (int)result.row.len,
                           result.row.ptr);
        assert_true(packed_files_find(&files, (gdf_str){name, (size_t)len}, &text));
        compare_row(text, row, member(row, "expect"), &result);
        json_decref(row);
    }
    golden_close(&rows);
    packed_files_close(&files);
    assert_all_same("real files", &result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_inputs_parse_as_the_builder_has_them),
        cmocka_unit_test(real_files_parse_as_the_builder_has_them),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/parse.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
