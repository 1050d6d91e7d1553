/* The word lexer against the builder's recorded answers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/slice.h"
#include "conformance/golden_rows.h"
#include "syntax/word.h"

enum { MAX_VARIABLES = 64, MAX_SHOWN = 20, LIMIT = 1 << 20 };

typedef struct mode_name {
    const char *name;
    unsigned mode;
    char escape;
} mode_name;

static const mode_name MODES[] = {
    {"default", 0, '\\'},
    {"escape_backtick", 0, '`'},
    {"RawQuotes+SkipUnsetEnv", GDF__WORD_RAW_QUOTES | GDF__WORD_SKIP_UNSET, '\\'},
    {"RawQuotes+RawEscapes+SkipUnsetEnv (heredoc line)",
     GDF__WORD_RAW_QUOTES | GDF__WORD_RAW_ESCAPES | GDF__WORD_SKIP_UNSET, '\\'},
    {"SkipProcessQuotes (heredoc body)", GDF__WORD_SKIP_QUOTES, '\\'},
};

typedef struct variables {
    gdf_str names[MAX_VARIABLES];
    gdf_str values[MAX_VARIABLES];
    size_t count;
} variables;

typedef struct tally {
    size_t compared;
    size_t different;
} tally;

static bool find_variable(void *context, gdf_str name, gdf_str *value)
{
    const variables *all = context;
    for (size_t i = all->count; i > 0; i--) {
        if (gdf__str_equal(all->names[i - 1], name)) {
            *value = all->values[i - 1];
            return true;
        }
    }
    return false;
}

static void set_variable(variables *all, gdf_str name, gdf_str value)
{
    assert_true(all->count < MAX_VARIABLES);
    all->names[all->count] = name;
    all->values[all->count++] = value;
}

/* Sets a variable from `NAME=VALUE`. */
static void set_assignment(variables *all, gdf_str text)
{
    size_t equals = gdf__str_find(text, '=', 0);
    assert_true(equals < text.len);
    set_variable(all, gdf__str_slice(text, 0, equals), gdf__str_slice(text, equals + 1, text.len));
}

static gdf__word_rules rules_of(variables *all, unsigned mode, char escape)
{
    return (gdf__word_rules){.environment = {find_variable, all},
                             .limit = LIMIT,
                             .steps = LIMIT,
                             .mode = mode,
                             .escape = escape};
}

static void count(tally *result, bool is_same, const char *where, gdf_str text)
{
    result->compared++;
    if (!is_same && result->different++ < MAX_SHOWN)
        print_error("differs (%s): %.*s\n", where, (int)text.len, text.ptr);
}

static void assert_all_same(const char *what, tally result)
{
    print_message("%s: %zu compared, %zu differ\n", what, result.compared, result.different);
    assert_true(result.compared > 0);
    assert_int_equal(result.different, 0);
}

/* ---- recorded rows --------------------------------------------------------------------------- */

static bool has_name(const json_t *names, gdf_str name)
{
    size_t i;
    json_t *item;
    json_array_foreach(names, i, item)
    {
        if (gdf__str_equal(golden_string(item, NULL), name))
            return true;
    }
    return false;
}

/* Every distinct name is in its list, and the lists have no others. */
static bool same_references(const json_t *expected, gdf__word_references references)
{
    const json_t *matched = json_object_get(expected, "matched");
    const json_t *unmatched = json_object_get(expected, "unmatched");
    size_t distinct = 0;
    for (uint32_t i = 0; i < references.count; i++) {
        const gdf__word_reference *reference = &references.items[i];
        if (!has_name(reference->is_set ? matched : unmatched, reference->name))
            return false;
        distinct += !reference->is_repeated;
    }
    return distinct == json_array_size(matched) + json_array_size(unmatched);
}

static bool same_expansion(const json_t *expected, const gdf__word_expansion *got)
{
    if (json_object_get(expected, "word_error"))
        return got->status == GDF__WORD_REFUSED &&
               gdf__str_equal(got->error, golden_string(expected, "word_error"));
    return got->status == GDF__WORD_OK &&
           gdf__str_equal(got->text, golden_string(expected, "word")) &&
           same_references(expected, got->references);
}

static bool same_words(const json_t *expected, const gdf__word_list *got)
{
    if (json_object_get(expected, "words_error"))
        return got->status == GDF__WORD_REFUSED &&
               gdf__str_equal(got->error, golden_string(expected, "words_error"));
    const json_t *words = json_object_get(expected, "words");
    if (got->status != GDF__WORD_OK || got->count != json_array_size(words))
        return false;
    for (uint32_t i = 0; i < got->count; i++) {
        if (!gdf__str_equal(got->words[i].text, golden_string(json_array_get(words, i), NULL)))
            return false;
    }
    return same_references(expected, got->references);
}

static void compare_row(const json_t *row, variables *all, tally *result)
{
    gdf_str word = golden_string(row, "word");
    for (size_t i = 0; i < sizeof MODES / sizeof *MODES; i++) {
        const json_t *expected = json_object_get(json_object_get(row, "modes"), MODES[i].name);
        assert_non_null(expected);
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__word_rules rules = rules_of(all, MODES[i].mode, MODES[i].escape);
        gdf__word_expansion expansion = gdf__word_expand(&rules, word, &arena);
        gdf__word_list list = gdf__word_split(&rules, word, &arena);
        count(result, same_expansion(expected, &expansion) && same_words(expected, &list),
              MODES[i].name, word);
        gdf__arena_free(&arena);
    }
}

static void recorded_words_come_out_as_the_builder_has_them(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/shell.jsonl"))
        skip();
    variables all = {.count = 0};
    json_t *first = golden_next(&rows);
    assert_non_null(first);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(first, "env"), i, item)
        set_assignment(&all, golden_string(item, NULL));
    tally result = {0, 0};
    for (json_t *row = golden_next(&rows); row; row = golden_next(&rows)) {
        compare_row(row, &all, &result);
        json_decref(row);
    }
    json_decref(first);
    golden_close(&rows);
    assert_all_same("recorded words", result);
}

/* ---- the builder's own test inputs ----------------------------------------------------------- */

/* `KINDS|input|expected`, A for all systems and U for Linux; `error` expects a refusal. */
static void compare_expansion_case(gdf_str line, variables *all, tally *result)
{
    size_t first = gdf__str_find(line, '|', 0);
    size_t second = gdf__str_find(line, '|', first + 1);
    gdf_str kind = gdf__str_trim(gdf__str_slice(line, 0, first));
    if (second == line.len || !(gdf__str_is(kind, "A") || gdf__str_is(kind, "U")))
        return;
    gdf_str input = gdf__str_trim(gdf__str_slice(line, first + 1, second));
    gdf_str expected = gdf__str_trim(gdf__str_slice(line, second + 1, line.len));
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__word_rules rules = rules_of(all, 0, '\\');
    gdf__word_expansion got = gdf__word_expand(&rules, input, &arena);
    bool is_same = gdf__str_is(expected, "error")
                       ? got.status == GDF__WORD_REFUSED
                       : got.status == GDF__WORD_OK && gdf__str_equal(got.text, expected);
    count(result, is_same, "envVarTest", input);
    gdf__arena_free(&arena);
}

static gdf_str without_comment(gdf_str line)
{
    return gdf__str_slice(line, 0, gdf__str_starts(line, "#") ? 0 : line.len);
}

static void fixture_words_expand_as_expected(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/fixtures/envVarTest"))
        skip();
    variables all = {.count = 0};
    set_assignment(&all, GDF__LITERAL("PWD=/home"));
    set_assignment(&all, GDF__LITERAL("SHELL=bash"));
    set_assignment(&all, GDF__LITERAL("KOREAN=\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4"));
    set_assignment(&all, GDF__LITERAL("NULL="));
    tally result = {0, 0};
    gdf_str line;
    while (golden_next_line(&rows, &line))
        compare_expansion_case(without_comment(line), &all, &result);
    golden_close(&rows);
    assert_all_same("fixture expansions", result);
}

/* True when the words are those of the comma-separated list. */
static bool words_are(const gdf__word_list *got, gdf_str expected)
{
    size_t at = 0;
    for (uint32_t i = 0; i < got->count; i++) {
        size_t comma = gdf__str_find(expected, ',', at);
        if (at > expected.len ||
            !gdf__str_equal(got->words[i].text, gdf__str_slice(expected, at, comma)))
            return false;
        at = comma + 1;
    }
    return at == expected.len + 1;
}

/* `input | word,word`. */
static void compare_split_case(gdf_str line, variables *all, tally *result)
{
    size_t bar = gdf__str_find(line, '|', 0);
    gdf_str input = gdf__str_trim(gdf__str_slice(line, 0, bar));
    gdf_str expected = gdf__str_slice(line, bar + 1, line.len);
    while (expected.len && expected.ptr[0] == ' ')
        expected = gdf__str_slice(expected, 1, expected.len);
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__word_rules rules = rules_of(all, 0, '\\');
    gdf__word_list got = gdf__word_split(&rules, input, &arena);
    bool is_same = gdf__str_is(expected, "error")
                       ? got.status == GDF__WORD_REFUSED
                       : got.status == GDF__WORD_OK && words_are(&got, expected);
    count(result, is_same, "wordsTest", input);
    gdf__arena_free(&arena);
}

static void fixture_texts_split_as_expected(void **state)
{
    (void)state;
    golden_rows rows;
    if (!golden_open(&rows, "golden/fixtures/wordsTest"))
        skip();
    variables all = {.count = 0};
    gdf__arena names;
    gdf__arena_init(&names, &gdf__default_allocator);
    tally result = {0, 0};
    gdf_str line;
    while (golden_next_line(&rows, &line)) {
        line = without_comment(line);
        if (gdf__str_starts(line, "ENV "))
            set_assignment(&all, gdf__arena_copy(&names, gdf__str_slice(line, 4, line.len)));
        else if (gdf__str_has_byte(line, '|'))
            compare_split_case(line, &all, &result);
    }
    golden_close(&rows);
    gdf__arena_free(&names);
    assert_all_same("fixture splits", result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_words_come_out_as_the_builder_has_them),
        cmocka_unit_test(fixture_words_expand_as_expected),
        cmocka_unit_test(fixture_texts_split_as_expected),
    };
    golden_rows rows;
    bool is_absent = !golden_open(&rows, "golden/shell.jsonl");
    golden_close(&rows);
    return is_absent ? GOLDEN_SKIPPED : cmocka_run_group_tests(tests, NULL, NULL);
}
