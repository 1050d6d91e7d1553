#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"
#include "syntax/word.h"

enum { LIMIT = 1 << 16, STEPS = 1 << 20 };

typedef struct example {
    const char *input;
    const char *expected; /* an error without its prefix starts with `!` */
} example;

static const char *const VARIABLES[][2] = {
    {"NAME", "server"},
    {"PATH", "/usr/bin:/bin"},
    {"EMPTY", ""},
    {"LINES", "one two\nthree"},
    {"ACCENT", "\xc3\xa9t\xc3\xa9"},
    {"BYTES", "a\xff"
              "b"},
    {"TEMPLATE", "<$0>"},
    {"LIST", "a-b-c"},
};

static bool find_variable(void *context, gdf_str name, gdf_str *value)
{
    (void)context;
    for (size_t i = 0; i < sizeof VARIABLES / sizeof *VARIABLES; i++) {
        if (gdf__str_is(name, VARIABLES[i][0])) {
            *value = gdf__str(VARIABLES[i][1]);
            return true;
        }
    }
    return false;
}

static gdf__word_rules rules(unsigned mode)
{
    return (gdf__word_rules){.environment = {find_variable, NULL},
                             .limit = LIMIT,
                             .steps = STEPS,
                             .mode = mode,
                             .escape = '\\'};
}

static void assert_str(gdf_str got, const char *expected, const char *input)
{
    if (!gdf__str_is(got, expected))
        fail_msg("%s: expected <%s>, got <%.*s>", input, expected, (int)got.len, got.ptr);
}

/* The full error text: the builder puts the quoted input in front. */
static void assert_error(gdf_str got, const char *expected, gdf_str input)
{
    gdf__builder full;
    gdf__builder_init(&full, &gdf__default_allocator);
    gdf__builder_add_text(&full, "failed to process ");
    gdf__builder_add_go_quoted(&full, input);
    gdf__builder_add_text(&full, ": ");
    gdf__builder_add_text(&full, expected);
    if (!gdf__str_equal(got, gdf__builder_get(&full)))
        fail_msg("expected error <%s>, got <%.*s>", expected, (int)got.len, got.ptr);
    gdf__builder_free(&full);
}

static void check_with(const gdf__word_rules *with, const example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *expected = examples[i].expected;
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__word_expansion got = gdf__word_expand(with, gdf__str(examples[i].input), &arena);
        if (expected[0] == '!') {
            assert_int_equal(got.status, GDF__WORD_REFUSED);
            assert_error(got.error, expected + 1, gdf__str(examples[i].input));
        } else {
            assert_str(got.text, expected, examples[i].input);
            assert_int_equal(got.status, GDF__WORD_OK);
        }
        gdf__arena_free(&arena);
    }
}

#define CHECK(mode, ...)                                                 \
    do {                                                                 \
        const example examples[] = {__VA_ARGS__};                        \
        gdf__word_rules with = rules(mode);                              \
        check_with(&with, examples, sizeof examples / sizeof *examples); \
    } while (0)

/* The words joined by `|`. */
static void check_split(const gdf__word_rules *with, const char *input, const char *expected)
{
    gdf__arena arena;
    gdf__builder joined;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__builder_init(&joined, &gdf__default_allocator);
    gdf__word_list got = gdf__word_split(with, gdf__str(input), &arena);
    for (uint32_t i = 0; i < got.count; i++) {
        gdf__builder_add_text(&joined, i ? "|" : "");
        gdf__builder_add(&joined, got.words[i].text);
    }
    assert_int_equal(got.status, GDF__WORD_OK);
    assert_str(gdf__builder_get(&joined), expected, input);
    gdf__builder_free(&joined);
    gdf__arena_free(&arena);
}

/* ---- expanding ------------------------------------------------------------------------------- */

static void a_plain_word_is_returned_without_a_copy(void **state)
{
    (void)state;
    counting_allocator counter;
    counting_allocator_init(&counter);
    gdf__arena arena;
    gdf__arena_init(&arena, &counter.allocator);
    gdf__word_rules with = rules(0);
    gdf_str text = GDF__LITERAL("/go/bin:1.26,x{y}");
    gdf__word_expansion got = gdf__word_expand(&with, text, &arena);
    assert_ptr_equal(got.text.ptr, text.ptr);
    assert_int_equal(got.text.len, text.len);
    assert_int_equal(counter.requests, 0);
    gdf__arena_free(&arena);
}

static void quotes_and_escapes_are_removed(void **state)
{
    (void)state;
    CHECK(0, {"", ""}, {"a\\ b", "a b"}, {"'a b'c", "a bc"}, {"'a\\'", "a\\"}, {"\"a\\b\"", "a\\b"},
          {"\"a\\\"b\\\\\"", "a\"b\\"}, {"\"\\$NAME\"", "$NAME"}, {"\\$NAME", "$NAME"},
          {"end\\", "end"}, {"\"'\"", "'"}, {"'$NAME'", "$NAME"},
          {"'a", "!unexpected end of statement while looking for matching single-quote"},
          {"\"a", "!unexpected end of statement while looking for matching double-quote"},
          {"\"a\\", "!unexpected end of statement while looking for matching double-quote"});
}

static void the_escape_character_may_be_a_backtick(void **state)
{
    (void)state;
    gdf__word_rules with = rules(0);
    with.escape = '`';
    const example examples[] = {{"C:\\bin", "C:\\bin"}, {"`$NAME", "$NAME"}, {"\"`\"\\\"", "\"\\"}};
    check_with(&with, examples, sizeof examples / sizeof *examples);
}

static void modes_keep_quotes_and_escapes(void **state)
{
    (void)state;
    CHECK(GDF__WORD_RAW_QUOTES, {"'a'\"b\"\\c", "'a'\"b\"c"});
    CHECK(GDF__WORD_RAW_ESCAPES, {"a\\b\\", "a\\b\\"}, {"\"\\$\"", "\\$"});
    CHECK(GDF__WORD_SKIP_QUOTES, {"it's \"$NAME\"\\n", "it's \"server\"n"});
}

static void raw_escapes_come_out_twice_in_double_quotes(void **state)
{
    (void)state;
    CHECK(GDF__WORD_RAW_ESCAPES, {"\"\\a\"", "\\\\a"}, {"\"\\\\\"", "\\\\"});
}

static void names_are_letters_digits_or_one_special_character(void **state)
{
    (void)state;
    CHECK(0, {"$NAME-x", "server-x"}, {"$NAMEx", ""}, {"a$.b", "a$.b"}, {"$(ls)", "$(ls)"},
          {"$\"a\"", "$a"}, {"$", "$"}, {"$$NAME", "NAME"}, {"$12ab", "ab"}, {"$@x", "x"},
          {"$\xc3\xa9.", "."}, {"${ACCENT}", "\xc3\xa9t\xc3\xa9"});
}

static void defaults_and_alternatives_depend_on_the_variable(void **state)
{
    (void)state;
    CHECK(0, {"${NAME-w}", "server"}, {"${EMPTY-w}", ""}, {"${NONE-w}", "w"},
          {"${NAME:-w}", "server"}, {"${EMPTY:-w}", "w"}, {"${NONE:-w}", "w"}, {"${NAME+w}", "w"},
          {"${EMPTY+w}", "w"}, {"${NONE+w}", ""}, {"${NAME:+w}", "w"}, {"${EMPTY:+w}", ""},
          {"${NONE:+w}", ""}, {"${NAME?m}", "server"}, {"${EMPTY?m}", ""}, {"${NAME:?m}", "server"},
          {"a${NONE:-${NAME}-'}'}z", "aserver-}z"}, {"${NONE:-a\\}b}", "a}b"});
}

static void missing_variables_can_be_refused(void **state)
{
    (void)state;
    CHECK(0, {"${NONE?}x", "!NONE: is not allowed to be unset"},
          {"${NONE:?give $NAME}x", "!NONE: give server"},
          {"${EMPTY:?}x", "!EMPTY: is not allowed to be empty"}, {"${EMPTY:?m}x", "!EMPTY: m"});
}

static void prefixes_and_suffixes_are_cut(void **state)
{
    (void)state;
    CHECK(0, {"${PATH#*/}", "usr/bin:/bin"}, {"${PATH##*/}", "bin"}, {"${PATH%/*}", "/usr/bin:"},
          {"${PATH%%/*}", ""}, {"${PATH%%:*}", "/usr/bin"}, {"${NAME#x}", "server"},
          {"${NAME#?}", "erver"}, {"${ACCENT%?}", "\xc3\xa9t"}, {"${LINES#*e*}", " two\nthree"},
          {"${LINES##*e*}", "\nthree"}, {"${LINES%%*}", "one two\n"}, {"${NONE#x}", ""},
          {"${BYTES%b}", "a\xef\xbf\xbd"},
          {"${BYTES#a}", "\xff"
                         "b"});
}

static void patterns_are_replaced(void **state)
{
    (void)state;
    CHECK(0, {"${LIST/-/+}", "a+b-c"}, {"${LIST//-/+}", "a+b+c"}, {"${LIST//?/x}", "xxxxx"},
          {"${LIST/*-/}", "c"}, {"${LIST//[ab]/x}", "a-b-c"}, {"${LIST//b/\\}}", "a-\\}-c"},
          {"${PATH//\\//_}", "_usr_bin:_bin"}, {"${LIST//nope/x}", "a-b-c"},
          {"${LIST///.}", ".a.-.b.-.c."}, {"${LINES//*/x}", "x\nx"}, {"${NONE//a/b}", ""});
}

static void replacing_all_reads_a_template(void **state)
{
    (void)state;
    CHECK(0, {"${LIST//b/$TEMPLATE}", "a-<b>-c"}, {"${LIST/b/$TEMPLATE}", "a-<$0>-c"},
          {"${LIST//b/'${0}$$'}", "a-b$-c"}, {"${LIST//b/'[$1$x${00}]'}", "a-[]-c"},
          {"${LIST//b/'$.${'}", "a-$.${-c"});
}

static void what_cannot_be_substituted_is_refused(void **state)
{
    (void)state;
    CHECK(0, {"${", "!syntax error: missing '}'"}, {"${}", "!syntax error: bad substitution"},
          {"${{x}}", "!syntax error: bad substitution"},
          {"${:x}", "!syntax error: bad substitution"},
          {"${NAME", "!unsupported modifier (\xef\xbf\xbd) in substitution"},
          {"${NAME=x}", "!unsupported modifier (=) in substitution"},
          {"${NAME:=x}", "!unsupported modifier (:=) in substitution"},
          {"${NAME:#x}", "!unsupported modifier (:#) in substitution"},
          {"${NAME\xff}", "!unsupported modifier (\xef\xbf\xbd) in substitution"},
          {"${1a}", "!unsupported modifier (a) in substitution"},
          {"${NAME#\\s}", "!invalid pattern (\\s) in substitution: invalid escape '\\s'"},
          {"${NAME%\\sx}", "!invalid pattern (x\\s) in substitution: invalid escape '\\s'"},
          {"${NAME:-x", "!syntax error: missing '}'"},
          {"${NAME/x", "!syntax error: missing '/' in ${}"},
          {"${NAME/x/y", "!syntax error: missing '}'"});
}

static void at_the_end_the_outermost_reference_names_the_error(void **state)
{
    (void)state;
    CHECK(0, {"${NAME/x${NONE:-'}", "!syntax error: missing '/' in ${}"},
          {"${NAME:-${NONE?m}", "!syntax error: missing '}'"}, {"${NAME:-${NONE?m}}", "!NONE: m"});
}

static void unset_references_may_stay_as_text(void **state)
{
    (void)state;
    CHECK(GDF__WORD_SKIP_UNSET, {"$NONE ${NONE} $NAME", "$NONE ${NONE} server"},
          {"${NONE:-$NAME}", "${NONE:-server}"}, {"${NONE//a/b}", "${NONE/a/b}"},
          {"${NONE%x}${EMPTY:-y}", "${NONE%x}y"});
}

static void a_leading_mark_is_dropped_and_bad_bytes_are_replaced(void **state)
{
    (void)state;
    CHECK(0,
          {"\xef\xbb\xbf\xef\xbb\xbf"
           "a",
           "\xef\xbb\xbf"
           "a"},
          {"a\xff'\xc3'", "a\xef\xbf\xbd\xef\xbf\xbd"}, {"\\\xff", "\xef\xbf\xbd"},
          {"$BYTES", "a\xff"
                     "b"});
}

static void references_are_listed_in_order(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__word_rules with = rules(0);
    gdf_str text = GDF__LITERAL("$NAME-${NONE:-$NAME}$NONE");
    gdf__word_references got = gdf__word_expand(&with, text, &arena).references;
    const gdf__word_reference expected[] = {{GDF__LITERAL("NAME"), 0, 5, true, true, false},
                                            {GDF__LITERAL("NONE"), 6, 20, false, true, false},
                                            {GDF__LITERAL("NAME"), 14, 19, true, true, true},
                                            {GDF__LITERAL("NONE"), 20, 25, false, true, true}};
    assert_int_equal(got.count, 4);
    for (uint32_t i = 0; i < got.count; i++) {
        assert_true(gdf__str_equal(got.items[i].name, expected[i].name));
        assert_int_equal(got.items[i].start, expected[i].start);
        assert_int_equal(got.items[i].end, expected[i].end);
        assert_int_equal(got.items[i].is_set, expected[i].is_set);
        assert_int_equal(got.items[i].is_repeated, expected[i].is_repeated);
    }
    gdf__arena_free(&arena);
}

static void a_refused_text_lists_what_was_evaluated(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"${a", ""},           {"${a-$b", "b "},      {"${a-${b-}", "b "}, {"$a${b=}", "a "},
        {"${a/${a/b/}", "a "}, {"${a-}$b\"", "a b "}, {"${a?}$b", "a "},   {"${a:}", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__word_rules with = rules(0);
        gdf__word_expansion got = gdf__word_expand(&with, gdf__str(CASES[i][0]), &arena);
        gdf__builder names;
        gdf__builder_init(&names, &gdf__default_allocator);
        for (uint32_t k = 0; k < got.references.count; k++) {
            gdf__builder_add(&names, got.references.items[k].name);
            gdf__builder_add_byte(&names, ' ');
            assert_false(got.references.items[k].is_repeated);
        }
        assert_int_equal(got.status, GDF__WORD_REFUSED);
        assert_slice_is(gdf__builder_get(&names), CASES[i][1]);
        gdf__builder_free(&names);
        gdf__arena_free(&arena);
    }
}

/* ---- splitting ------------------------------------------------------------------------------- */

static void texts_split_at_unquoted_white_space(void **state)
{
    (void)state;
    gdf__word_rules with = rules(0);
    check_split(&with, "", "");
    check_split(&with, " a  b\t", "a|b");
    check_split(&with, "a\\ b 'c d'\"e f\"", "a b|c de f");
    check_split(&with, "x${LINES}y", "xone|two|threey");
    check_split(&with, "x\"${LINES}\"y", "xone two\nthreey");
    check_split(&with,
                "a\xe2\x80\x83"
                "b\xc2\xa0"
                "c",
                "a|b|c");
    check_split(&with, "\"\" '' $EMPTY a", "a");
    check_split(&with, "$BYTES",
                "a\xef\xbf\xbd"
                "b");
}

static void blanks_behind_a_heredoc_operator_stay_in_the_word(void **state)
{
    (void)state;
    gdf__word_rules with = rules(0);
    check_split(&with, "a << \tE b", "a|<< \tE|b");
    check_split(&with, "a < b <<- E", "a|<|b|<<-|E");
    check_split(&with, "a <<\nE", "a|<<|E");
}

static void a_modifier_drops_the_word_so_far(void **state)
{
    (void)state;
    gdf__word_rules with = rules(0);
    check_split(&with, "80${NONE:-81}82", "8182");
    check_split(&with, "a 80\"${NONE:-81}\"", "a|81");
    check_split(&with, "80${NONE:+81} b", "b");
    check_split(&with, "80${NAME}82", "80server82");
}

static void words_know_their_place_in_the_text(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__word_rules with = rules(0);
    gdf__word_list got =
        gdf__word_split(&with, GDF__LITERAL("ab  'c d'e $LINES <<  E x\\ y pre${NONE-z}"), &arena);
    const size_t expected[][2] = {{0, 2},   {4, 10},  {11, 17}, {11, 17},
                                  {11, 17}, {18, 23}, {24, 28}, {32, 41}};
    assert_int_equal(got.count, sizeof expected / sizeof *expected);
    for (uint32_t i = 0; i < got.count; i++) {
        assert_int_equal(got.words[i].start, expected[i][0]);
        assert_int_equal(got.words[i].end, expected[i][1]);
    }
    gdf__arena_free(&arena);
}

/* ---- limits and memory ----------------------------------------------------------------------- */

static gdf__word_status status_with_limit(const char *text, size_t limit)
{
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__word_rules with = rules(0);
    with.limit = limit;
    gdf__word_status status = gdf__word_expand(&with, gdf__str(text), &arena).status;
    assert_false(arena.failed);
    gdf__arena_free(&arena);
    return status;
}

static void values_count_against_the_limit(void **state)
{
    (void)state;
    assert_int_equal(status_with_limit("long text $NAME$NAME", 12), GDF__WORD_OK);
    assert_int_equal(status_with_limit("long text $NAME$NAME", 11), GDF__WORD_LIMIT);
    assert_int_equal(status_with_limit("${NAME+$NAME}", 5), GDF__WORD_LIMIT);
    assert_int_equal(status_with_limit("${LIST//?/long}", 19), GDF__WORD_LIMIT);
}

/* Reading the pattern and the value costs a step a rune, and so does each comparison. */
static void patterns_count_against_the_steps(void **state)
{
    (void)state;
    static const size_t ENOUGH[] = {8, 13};
    static const char *const TEXTS[] = {"${NAME#x}", "${NAME//x/y}"};
    for (size_t i = 0; i < 2; i++) {
        for (size_t less = 0; less < 2; less++) {
            gdf__arena arena;
            gdf__arena_init(&arena, &gdf__default_allocator);
            gdf__word_rules with = rules(0);
            with.steps = ENOUGH[i] - less;
            assert_int_equal(gdf__word_expand(&with, gdf__str(TEXTS[i]), &arena).status,
                             less ? GDF__WORD_LIMIT : GDF__WORD_OK);
            gdf__arena_free(&arena);
        }
    }
}

/* `count` times the unit, then `count` times the closing part. */
static char *nest(const char *unit, const char *closing, size_t count)
{
    char *text = malloc(count * (strlen(unit) + strlen(closing)) + 1);
    assert_non_null(text);
    char *end = text;
    for (size_t i = 0; i < 2 * count; i++)
        end += sprintf(end, "%s", i < count ? unit : closing);
    return text;
}

static void nesting_is_followed_and_bounded(void **state)
{
    (void)state;
    char *deep = nest("${NONE:-", "}", 10000);
    assert_int_equal(status_with_limit(deep, LIMIT), GDF__WORD_OK);
    free(deep);
    deep = nest("${NONE:-", "}", 10001);
    assert_int_equal(status_with_limit(deep, LIMIT), GDF__WORD_LIMIT);
    free(deep);
    deep = nest("\"${NONE:-", "}\"", 100000);
    assert_int_equal(status_with_limit(deep, LIMIT), GDF__WORD_LIMIT);
    free(deep);
}

static bool expand_and_split(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf__arena arena;
    gdf__arena_init(&arena, allocator);
    gdf__word_rules with = rules(0);
    gdf_str text = GDF__LITERAL("a \"${NAME%r*}\" ${LIST//-/+} $NAME ${NONE:-'x'} $LINES");
    gdf__word_expansion expansion = gdf__word_expand(&with, text, &arena);
    gdf__word_list list = gdf__word_split(&with, text, &arena);
    gdf__word_expansion refused =
        gdf__word_expand(&with, GDF__LITERAL("$NAME$NAME${NONE?give it}!"), &arena);
    bool is_done = expansion.status == GDF__WORD_OK && list.status == GDF__WORD_OK &&
                   refused.status == GDF__WORD_REFUSED;
    assert_int_equal(is_done, !arena.failed);
    assert_true(is_done || refused.status == GDF__WORD_MEMORY);
    gdf__arena_free(&arena);
    return is_done;
}

static void short_memory_fails_the_arena(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(expand_and_split, NULL, true) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_word_is_returned_without_a_copy),
        cmocka_unit_test(quotes_and_escapes_are_removed),
        cmocka_unit_test(the_escape_character_may_be_a_backtick),
        cmocka_unit_test(modes_keep_quotes_and_escapes),
        cmocka_unit_test(raw_escapes_come_out_twice_in_double_quotes),
        cmocka_unit_test(names_are_letters_digits_or_one_special_character),
        cmocka_unit_test(defaults_and_alternatives_depend_on_the_variable),
        cmocka_unit_test(missing_variables_can_be_refused),
        cmocka_unit_test(prefixes_and_suffixes_are_cut),
        cmocka_unit_test(patterns_are_replaced),
        cmocka_unit_test(replacing_all_reads_a_template),
        cmocka_unit_test(what_cannot_be_substituted_is_refused),
        cmocka_unit_test(at_the_end_the_outermost_reference_names_the_error),
        cmocka_unit_test(unset_references_may_stay_as_text),
        cmocka_unit_test(a_leading_mark_is_dropped_and_bad_bytes_are_replaced),
        cmocka_unit_test(references_are_listed_in_order),
        cmocka_unit_test(a_refused_text_lists_what_was_evaluated),
        cmocka_unit_test(texts_split_at_unquoted_white_space),
        cmocka_unit_test(blanks_behind_a_heredoc_operator_stay_in_the_word),
        cmocka_unit_test(a_modifier_drops_the_word_so_far),
        cmocka_unit_test(words_know_their_place_in_the_text),
        cmocka_unit_test(values_count_against_the_limit),
        cmocka_unit_test(patterns_count_against_the_steps),
        cmocka_unit_test(nesting_is_followed_and_bounded),
        cmocka_unit_test(short_memory_fails_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
