/* lib/text/edit_list and lib/edit: promises that hold for every document, tried on many broken
 * ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <godockerfile/edits.h>

#include "base/slice.h"
#include "edit/edit.h"
#include "support/assertions.h"
#include "syntax/word.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

enum { ROUNDS = 4000, EDITS = 6, LONGEST = 400, LONGEST_VALUE = 12, WORD_LIMIT = 4096 };

/* ---- chance ---------------------------------------------------------------------------------- */

static uint32_t chance_state = 1;

/* A number below `limit`, the same sequence in every run. */
static uint32_t chance(uint32_t limit)
{
    chance_state = chance_state * 1664525u + 1013904223u;
    return limit ? (chance_state >> 8) % limit : 0;
}

static const char *const SEEDS[] = {
    "# syntax=docker/dockerfile:1\n\n# stage\nFROM golang:1.26 AS build\nWORKDIR /src\nCOPY go.mod "
    "go.sum ./\nRUN --mount=type=cache,target=/x go mod download\nCOPY . .\n",
    "FROM a\nRUN apt-get update && \\\n    # tools\n    apt-get install -y a b \\\n      c && \\\n "
    "   "
    "rm -rf /x\nENV A=1 B=\"x y\" \\\n    C=3\n",
    "from alpine\r\nrun apk add \\\r\n  a \\\r\n  b\r\nlabel a=b\r\ncmd [\"x\", \"y\"]\r\n",
    "# escape=`\nFROM a\nRUN x `\n  y && z\nCOPY a b c/\n",
    "\xef\xbb\xbf"
    "FROM a\nRUN <<E\nx && y\nz \\\n  w\nE\nCOPY <<F /x\nf\nF\nUSER x",
    "ONBUILD COPY --x=1 a b\nEXPOSE 80 90 \\\n 91\n\n# c\n\nSTOPSIGNAL 9\n",
};

static const char *const PIECES[] = {"\n",    "\r\n", "\\\n", " \\\n",       "#",      " ",
                                     "\t",    "\"",   "'",    "`",           "--x=1 ", "<<E",
                                     "\nE\n", "&&",   ";",    "\nRUN a b\n", "\xff",   "# c\n",
                                     "=",     "$",    "[",    "COPY a b\n",  "\r",     "\xc2\xa0"};

typedef struct mutant_text {
    char bytes[2 * LONGEST];
    size_t len;
} mutant_text;

static void splice(mutant_text *mutant, size_t at, size_t removed, const char *text)
{
    size_t len = strlen(text);
    if (mutant->len - removed + len > sizeof mutant->bytes)
        return;
    memmove(mutant->bytes + at + len, mutant->bytes + at + removed, mutant->len - at - removed);
    memcpy(mutant->bytes + at, text, len);
    mutant->len += len - removed;
}

static gdf_document *parse_mutant(mutant_text *text)
{
    const char *seed = SEEDS[chance(ARRAY_LENGTH(SEEDS))];
    text->len = strlen(seed);
    memcpy(text->bytes, seed, text->len);
    for (uint32_t i = chance(4); i > 0; i--) {
        size_t at = chance((uint32_t)text->len + 1);
        size_t removed = chance(4);
        if (removed > text->len - at)
            removed = text->len - at;
        splice(text, at, removed, PIECES[chance(ARRAY_LENGTH(PIECES))]);
    }
    gdf_document *document = gdf_document_parse(text->bytes, text->len, NULL);
    assert_non_null(document);
    return document;
}

/* ---- edits by chance ------------------------------------------------------------------------- */

static gdf_node any_instruction(const gdf_document *document)
{
    return gdf_document_get_instruction(document,
                                        chance(gdf_document_count_instructions(document)));
}

static gdf__edit_range any_range(const gdf_document *document)
{
    uint32_t len = (uint32_t)gdf_document_get_text(document).len;
    uint32_t start = chance(len + 1);
    uint32_t end = start + chance(12);
    return (gdf__edit_range){start, end < len ? end : len};
}

static gdf_status edit_by_chance(gdf__edit_list *list, const gdf_document *document)
{
    gdf_node node = any_instruction(document);
    gdf_node other = any_instruction(document);
    gdf__edit_range range = any_range(document);
    gdf_str word = gdf__str(PIECES[chance(ARRAY_LENGTH(PIECES))]);
    gdf_node inner = 1 + chance(gdf_document_count_nodes(document));
    gdf_part part = 1 + chance(document->parts.count);
    gdf__edit_commands commands = {range, {0, 0}, {range.end, range.end + 2}};
    switch (chance(24)) {
    case 0: return gdf__edit_insert_before(list, document, node, GDF__LITERAL("LABEL a=b"));
    case 1: return gdf__edit_insert_after(list, document, node, GDF__LITERAL("LABEL a=b"));
    case 2: return gdf__edit_insert_comment(list, document, node, GDF__LITERAL("# c"));
    case 3: return gdf__edit_append(list, document, GDF__LITERAL("CMD x"));
    case 4: return gdf__edit_replace_instruction(list, document, node, GDF__LITERAL("USER x"));
    case 5: return gdf__edit_remove_instruction(list, document, node);
    case 6: return gdf__edit_remove_block(list, document, node);
    case 7: return gdf__edit_move_before(list, document, node, other);
    case 8: return gdf__edit_move_after(list, document, node, other);
    case 9: return gdf__edit_move_to_comment(list, document, node, range.start);
    case 10: return gdf__edit_remove_words(list, document, range);
    case 11: return gdf__edit_replace_text(list, document, range, word);
    case 12: return gdf__edit_insert_word_before(list, document, range.start, word);
    case 13: return gdf__edit_insert_word_after(list, document, range.start, word);
    case 14: return gdf__edit_remove_commands(list, document, &commands);
    case 15: return gdf__edit_set_part(list, document, part, word);
    case 16: return gdf__edit_set_case(list, document, part, chance(2));
    case 17: return gdf__edit_set_tag(list, document, part, GDF__LITERAL("1"));
    case 18: return gdf__edit_set_stage_name(list, document, node, GDF__LITERAL("s"));
    case 19: return gdf__edit_set_flag(list, document, inner, "x", word);
    case 20: return gdf__edit_remove_flag(list, document, inner, "x");
    case 21: return gdf__edit_remove_argument(list, document, inner);
    case 22: return gdf__edit_insert_argument_after(list, document, inner, word);
    default: return gdf__edit_set_pair(list, document, inner, GDF__LITERAL("A"), word);
    }
}

static gdf_str apply(const gdf__edit_list *list, const gdf_document *document, gdf__arena *arena)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    gdf__edit_list_apply(list, gdf_document_get_text(document), &builder);
    return gdf__builder_to_arena(&builder, arena);
}

/* Sorted, inside the text, not overlapping. */
static void assert_in_order(const gdf__edit_list *list)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < list->edits.count; i++) {
        const gdf__edit *edit = gdf__edit_list_at(list, i);
        assert_true(edit->start >= at && edit->end >= edit->start && edit->end <= list->limit);
        at = edit->end;
    }
}

/* Every byte that no edit replaces stands in the new text where the mapping says. */
static void assert_other_bytes_stay(const gdf__edit_list *list, gdf_str old, gdf_str new)
{
    uint32_t next = 0;
    for (uint32_t offset = 0; offset < old.len; offset++) {
        const gdf__edit *edit = gdf__edit_list_at(list, next);
        while (edit && edit->end <= offset)
            edit = gdf__edit_list_at(list, ++next);
        uint32_t place = gdf__edit_list_map(list, offset);
        assert_true(place <= new.len);
        if (!edit || edit->start > offset)
            assert_true(place < new.len &&new.ptr[place] == old.ptr[offset]);
    }
    assert_int_equal(gdf__edit_list_map(list, (uint32_t)old.len), new.len);
}

/* A list and the text that it gives. */
typedef struct edit_outcome {
    gdf__arena arena;
    gdf__edit_list list;
    gdf_str text;
} edit_outcome;

static void outcome_init(edit_outcome *outcome, const gdf_document *document)
{
    gdf__arena_init(&outcome->arena, &gdf__default_allocator);
    gdf__edit_list_init(&outcome->list, &outcome->arena,
                        (uint32_t)gdf_document_get_text(document).len);
}

static void outcome_free(edit_outcome *outcome)
{
    gdf__edit_list_free(&outcome->list);
    gdf__arena_free(&outcome->arena);
}

static void edits_change_the_bytes_they_name_and_no_other(void **state)
{
    (void)state;
    uint32_t done = 0;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        mutant_text text;
        gdf_document *document = parse_mutant(&text);
        edit_outcome outcome;
        outcome_init(&outcome, document);
        for (uint32_t i = 0; i < EDITS; i++) {
            gdf_str before = apply(&outcome.list, document, &outcome.arena);
            gdf_status status = edit_by_chance(&outcome.list, document);
            outcome.text = apply(&outcome.list, document, &outcome.arena);
            done += status == GDF_OK;
            if (status != GDF_OK)
                assert_slice_equal(outcome.text, before);
            assert_in_order(&outcome.list);
        }
        assert_other_bytes_stay(&outcome.list, gdf_document_get_text(document), outcome.text);
        outcome_free(&outcome);
        gdf_document_free(document);
    }
    assert_true(done > ROUNDS);
}

/* ---- what the tree says afterwards ----------------------------------------------------------- */

static gdf_str joined_text(const gdf_document *document, uint32_t index)
{
    gdf_node node = gdf_document_get_instruction(document, index);
    gdf_str text = gdf__document_line(document, node)->fragment.text;
    return gdf__str_trim(text);
}

static void report(const char *what, gdf_str old, gdf_str new)
{
    print_error("%s:\n%.*s\n---- became\n%.*s\n", what, (int)old.len, old.ptr, (int)new.len,
                new.ptr);
}

/* The instructions of `new` are those of `old`, but for `removed` at `at` that became `added`. */
static bool same_but(const gdf_document *old, const gdf_document *new, uint32_t at,
                     uint32_t removed, uint32_t added)
{
    uint32_t count = gdf_document_count_instructions(old);
    if (gdf_document_count_instructions(new) != count - removed + added)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        bool kept = i < at || i >= at + removed;
        if (kept && !gdf__str_equal(joined_text(old, i),
                                    joined_text(new, i < at ? i : i - removed + added)))
            return false;
    }
    return true;
}

/* One edit and the change it may make to the list of instructions. */
typedef struct structural_edit {
    const char *name;
    gdf_status (*edit)(gdf__edit_list *list, const gdf_document *document, uint32_t at);
    uint32_t offset; /* of the changed instructions behind the one that is given */
    uint32_t removed;
    uint32_t added;
} structural_edit;

static gdf_status before_it(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_insert_before(list, document, gdf_document_get_instruction(document, at),
                                   GDF__LITERAL("LABEL a=b"));
}

static gdf_status behind_it(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_insert_after(list, document, gdf_document_get_instruction(document, at),
                                  GDF__LITERAL("LABEL a=b"));
}

static gdf_status without_it(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_remove_instruction(list, document, gdf_document_get_instruction(document, at));
}

static gdf_status in_its_place(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_replace_instruction(list, document, gdf_document_get_instruction(document, at),
                                         GDF__LITERAL("USER x"));
}

static gdf_status with_flag(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_set_flag(list, document, gdf_document_get_instruction(document, at), "flag",
                              GDF__LITERAL("v w"));
}

static gdf_status without_flag(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_remove_flag(list, document, gdf_document_get_instruction(document, at), "x");
}

static gdf_status without_argument(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    gdf_node node = gdf_document_get_instruction(document, at);
    gdf_node argument = gdf_node_get_first_child(document, node);
    for (uint32_t skipped = chance(4); argument && skipped; skipped--)
        argument = gdf_node_get_next_sibling(document, argument);
    return gdf__edit_remove_argument(list, document, argument);
}

static gdf_status with_pair(gdf__edit_list *list, const gdf_document *document, uint32_t at)
{
    return gdf__edit_set_pair(list, document, gdf_document_get_instruction(document, at),
                              GDF__LITERAL("A"), GDF__LITERAL("new \"value\\"));
}

static const structural_edit STRUCTURAL[] = {
    {"insert before", before_it, 0, 0, 1}, {"insert after", behind_it, 1, 0, 1},
    {"remove", without_it, 0, 1, 0},       {"replace", in_its_place, 0, 1, 1},
    {"set flag", with_flag, 0, 1, 1},      {"remove flag", without_flag, 0, 1, 1},
    {"set pair", with_pair, 0, 1, 1},      {"remove argument", without_argument, 0, 1, 1},
};

static bool structure_holds(const structural_edit *row, const gdf_document *document, uint32_t at)
{
    edit_outcome outcome;
    outcome_init(&outcome, document);
    bool holds = true;
    if (row->edit(&outcome.list, document, at) == GDF_OK) {
        outcome.text = apply(&outcome.list, document, &outcome.arena);
        gdf_document *edited = gdf_document_parse(outcome.text.ptr, outcome.text.len, NULL);
        assert_non_null(edited);
        holds = same_but(document, edited, at + row->offset, row->removed, row->added);
        if (!holds)
            report(row->name, gdf_document_get_text(document), outcome.text);
        gdf_document_free(edited);
    }
    outcome_free(&outcome);
    return holds;
}

/* A `<<` that an open quote hides from the builder may come to life by an edit of its line. */
static bool hides_heredoc(const gdf_document *document)
{
    for (uint32_t i = 0; i < gdf_document_count_instructions(document); i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        bool has_heredoc = false;
        for (gdf_node id = gdf_node_get_first_child(document, node); id;
             id = gdf_node_get_next_sibling(document, id))
            has_heredoc = has_heredoc || gdf_node_get_kind(document, id) == GDF_NODE_HEREDOC;
        if (!has_heredoc && gdf__str_contains(joined_text(document, i), "<<"))
            return true;
    }
    return false;
}

static void an_edit_leaves_the_other_instructions_as_they_are(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        mutant_text text;
        gdf_document *document = parse_mutant(&text);
        uint32_t count = gdf_document_count_instructions(document);
        const structural_edit *row = &STRUCTURAL[chance(ARRAY_LENGTH(STRUCTURAL))];
        if (count && !hides_heredoc(document))
            assert_true(structure_holds(row, document, chance(count)));
        gdf_document_free(document);
    }
}

/* ---- values ---------------------------------------------------------------------------------- */

static gdf_str any_value(char *bytes)
{
    static const char ALPHABET[] = "ab \"'\\`$={}#<\t\xc3\xa9";
    size_t len = chance(LONGEST_VALUE);
    for (size_t i = 0; i < len; i++)
        bytes[i] = ALPHABET[chance(sizeof ALPHABET - 1)];
    return (gdf_str){bytes, len};
}

static void a_quoted_value_expands_to_itself(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char bytes[LONGEST_VALUE];
        gdf_str value = any_value(bytes);
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__word_rules rules = {
            .limit = WORD_LIMIT, .steps = WORD_LIMIT, .escape = chance(2) ? '\\' : '`'};
        gdf_str quoted;
        if (gdf__edit_quote_value(&arena, rules.escape, value, &quoted)) {
            gdf__word_expansion expansion = gdf__word_expand(&rules, quoted, &arena);
            assert_int_equal(expansion.status, GDF__WORD_OK);
            assert_slice_equal(expansion.text, value);
        }
        gdf__arena_free(&arena);
    }
}

static void a_flag_value_reads_as_it_was_given(void **state)
{
    (void)state;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char bytes[LONGEST_VALUE];
        gdf_str value = any_value(bytes);
        const char *input = chance(2) ? "COPY a b\n" : "# escape=`\nCOPY --f=1 \\\n a b\n";
        gdf_document *document = gdf_document_parse(input, strlen(input), NULL);
        edit_outcome outcome;
        outcome_init(&outcome, document);
        if (gdf__edit_set_flag(&outcome.list, document, gdf_document_get_instruction(document, 0),
                               "f", value) == GDF_OK) {
            outcome.text = apply(&outcome.list, document, &outcome.arena);
            gdf_document *edited = gdf_document_parse(outcome.text.ptr, outcome.text.len, NULL);
            gdf_node copy = gdf_document_get_instruction(edited, 0);
            gdf_part flag = gdf_instruction_find_flag(edited, copy, "f", 0);
            gdf_part part = gdf_part_find(edited, flag, GDF_PART_FLAG_VALUE, 0);
            assert_slice_equal(gdf_part_get_value(edited, part), value);
            gdf_document_free(edited);
        }
        outcome_free(&outcome);
        gdf_document_free(document);
    }
}

/* ---- the list alone -------------------------------------------------------------------------- */

static void insertions_keep_their_order_and_touch_replacements(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__edit_list list;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__edit_list_init(&list, &arena, 6);
    assert_int_equal(gdf__edit_list_add(&list, 2, 4, GDF__LITERAL("XY")), GDF_OK);
    assert_int_equal(gdf__edit_list_add(&list, 2, 2, GDF__LITERAL("1")), GDF_OK);
    assert_int_equal(gdf__edit_list_add(&list, 4, 4, GDF__LITERAL("3")), GDF_OK);
    assert_int_equal(gdf__edit_list_add(&list, 2, 2, GDF__LITERAL("2")), GDF_OK);
    assert_int_equal(gdf__edit_list_add(&list, 4, 5, GDF__LITERAL("Z")), GDF_OK);
    assert_int_equal(gdf__edit_list_add(&list, 3, 3, GDF__LITERAL("-")), GDF_ERROR_CONFLICT);
    assert_int_equal(gdf__edit_list_add(&list, 1, 3, GDF__LITERAL("-")), GDF_ERROR_CONFLICT);
    assert_int_equal(gdf__edit_list_add(&list, 2, 3, GDF__LITERAL("-")), GDF_ERROR_CONFLICT);
    assert_int_equal(gdf__edit_list_add(&list, 0, 6, GDF__LITERAL("-")), GDF_ERROR_CONFLICT);
    assert_int_equal(gdf__edit_list_add(&list, 5, 7, GDF__LITERAL("-")), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf__edit_list_add(&list, 0, 0, gdf__empty), GDF_OK);
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    gdf__edit_list_apply(&list, GDF__LITERAL("abcdef"), &builder);
    assert_slice_is(gdf__builder_get(&builder), "ab12XY3Zf");
    static const uint32_t PLACES[] = {0, 1, 6, 6, 8, 8, 9};
    for (uint32_t offset = 0; offset < ARRAY_LENGTH(PLACES); offset++)
        assert_int_equal(gdf__edit_list_map(&list, offset), PLACES[offset]);
    gdf__builder_free(&builder);
    gdf__edit_list_free(&list);
    gdf__arena_free(&arena);
}

static void lists_conflict_where_their_edits_overlap(void **state)
{
    (void)state;
    static const struct {
        uint32_t a[2];
        uint32_t b[2];
        bool conflict;
    } CASES[] = {
        {{1, 3}, {3, 5}, false}, {{1, 3}, {2, 5}, true},  {{1, 5}, {2, 2}, true},
        {{1, 5}, {1, 1}, false}, {{1, 5}, {5, 5}, false}, {{2, 2}, {2, 2}, true},
        {{2, 2}, {3, 3}, false}, {{1, 3}, {1, 3}, true},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf__arena arena;
        gdf__edit_list a;
        gdf__edit_list b;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__edit_list_init(&a, &arena, 9);
        gdf__edit_list_init(&b, &arena, 9);
        gdf__edit_list_add(&a, CASES[i].a[0], CASES[i].a[1], GDF__LITERAL("x"));
        gdf__edit_list_add(&b, CASES[i].b[0], CASES[i].b[1], GDF__LITERAL("x"));
        gdf__edit_list_add(&b, 8, 9, GDF__LITERAL("x"));
        assert_int_equal(gdf__edit_lists_conflict(&a, &b), CASES[i].conflict);
        assert_int_equal(gdf__edit_lists_conflict(&b, &a), CASES[i].conflict);
        gdf__edit_list_free(&a);
        gdf__edit_list_free(&b);
        gdf__arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_change_the_bytes_they_name_and_no_other),
        cmocka_unit_test(an_edit_leaves_the_other_instructions_as_they_are),
        cmocka_unit_test(a_quoted_value_expands_to_itself),
        cmocka_unit_test(a_flag_value_reads_as_it_was_given),
        cmocka_unit_test(insertions_keep_their_order_and_touch_replacements),
        cmocka_unit_test(lists_conflict_where_their_edits_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
