/* lib/shell: places in the source, exec forms, questions about commands, limits, any bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/slice.h"
#include "shell/shell.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"
#include "support/shell_dump.h"
#include "syntax/document.h"

enum { MAX_DEPTH = 64 };

typedef struct shell_reading {
    gdf__arena arena;
    gdf__shell shell;
    gdf__script script;
} shell_reading;

static void reading_init(shell_reading *reading)
{
    gdf__arena_init(&reading->arena, &gdf__default_allocator);
    gdf__shell_init(&reading->shell, &reading->arena);
}

static void reading_free(shell_reading *reading)
{
    gdf__shell_free(&reading->shell);
    gdf__arena_free(&reading->arena);
}

static void read_fragment(shell_reading *reading, const gdf__fragment *fragment, uint16_t flags,
                          uint32_t max_depth)
{
    reading_init(reading);
    reading->script =
        gdf__shell_read(&reading->shell, 1, fragment, 0, fragment->text.len, flags, max_depth);
}

static void read_text(shell_reading *reading, gdf_str text)
{
    static const gdf__segment segment = {0, 0};
    gdf__fragment fragment = {text, &segment, 1};
    read_fragment(reading, &fragment, 0, MAX_DEPTH);
}

static void assert_dump(const shell_reading *reading, gdf_str source, const char *expected)
{
    gdf__builder dump;
    gdf__builder_init(&dump, &gdf__default_allocator);
    shell_dump(&dump, &reading->shell, reading->script, source);
    assert_slice_is(gdf__builder_get(&dump), expected);
    gdf__builder_free(&dump);
}

/* ---- places ---------------------------------------------------------------------------------- */

static void words_keep_their_place_across_continuations(void **state)
{
    (void)state;
    const char *source = "RUN go bu\\\nild && sh -c 'a \\\nb'";
    static const gdf__segment segments[] = {{0, 4}, {5, 11}, {21, 29}};
    gdf__fragment fragment = {GDF__LITERAL("go build && sh -c 'a b'"), segments, 3};
    shell_reading reading;
    read_fragment(&reading, &fragment, 0, MAX_DEPTH);
    assert_dump(&reading, gdf__str(source),
                "- go [build]~ @4-14\n"
                "&& sh [-c] [a b]' @18-31 wrapper\n"
                "  - a [b] @25-30 ^2 wrapped\n"
                "chain\n");
    reading_free(&reading);
}

static void continuations_in_a_heredoc_body_are_gaps(void **state)
{
    (void)state;
    gdf_str text = GDF__LITERAL("go bu\\\nild \\\n -o \"a\\\nb\" 'c\\\nd'\n");
    static const gdf__segment segment = {0, 100};
    gdf__fragment fragment = {text, &segment, 1};
    shell_reading reading;
    read_fragment(&reading, &fragment, GDF_COMMAND_FLAG_HEREDOC, MAX_DEPTH);
    assert_dump(&reading, text,
                "- go [build]~ [-o] [ab]' [c\\\nd]' @100-130 heredoc\n"
                "chain\n");
    reading_free(&reading);
}

static void part_of_a_fragment_can_be_read(void **state)
{
    (void)state;
    static const gdf__segment segment = {0, 0};
    gdf__fragment fragment = {GDF__LITERAL("RUN a b 'c"), &segment, 1};
    shell_reading reading;
    reading_init(&reading);
    reading.script = gdf__shell_read(&reading.shell, 1, &fragment, 4, 7, 0, MAX_DEPTH);
    assert_dump(&reading, fragment.text, "- a [b] @4-7\nchain\n");
    reading_free(&reading);
}

static void texts_share_one_table(void **state)
{
    (void)state;
    static const gdf__segment segment = {0, 0};
    gdf__fragment first = {GDF__LITERAL("a; b $(c)"), &segment, 1};
    gdf__fragment second = {GDF__LITERAL("d $(e)"), &segment, 1};
    shell_reading reading;
    reading_init(&reading);
    gdf__script one = gdf__shell_read(&reading.shell, 1, &first, 0, first.text.len, 0, MAX_DEPTH);
    gdf__script two = gdf__shell_read(&reading.shell, 2, &second, 0, second.text.len, 0, MAX_DEPTH);
    assert_int_equal(one.first_command, 1);
    assert_int_equal(one.command_count, 3);
    assert_int_equal(two.first_command, 4);
    assert_int_equal(two.command_count, 2);
    assert_int_equal(gdf__shell_command(&reading.shell, 5)->parent, 4);
    assert_int_equal(gdf__shell_command(&reading.shell, 5)->instruction, 2);
    assert_int_equal(gdf__shell_command(&reading.shell, 5)->group, 1);
    reading_free(&reading);
}

/* ---- lists ----------------------------------------------------------------------------------- */

static void commands_know_their_list_and_both_neighbours(void **state)
{
    (void)state;
    shell_reading reading;
    read_text(&reading, GDF__LITERAL("a && (b; c) || d; for i in x; do e; done | f &"));
    static const struct {
        uint32_t group;
        uint16_t before;
        uint16_t after;
        uint32_t operator_start;
        uint32_t operator_end;
    } expected[] = {
        {0, GDF_OPERATOR_NONE, GDF_OPERATOR_AND, 0, 0},
        {1, GDF_OPERATOR_NONE, GDF_OPERATOR_SEMICOLON, 0, 0},
        {1, GDF_OPERATOR_SEMICOLON, GDF_OPERATOR_NONE, 7, 8},
        {0, GDF_OPERATOR_OR, GDF_OPERATOR_SEMICOLON, 12, 14},
        {0, GDF_OPERATOR_SEMICOLON, GDF_OPERATOR_PIPE, 16, 17},
        {2, GDF_OPERATOR_NONE, GDF_OPERATOR_NONE, 0, 0},
        {0, GDF_OPERATOR_PIPE, GDF_OPERATOR_BACKGROUND, 41, 42},
    };
    assert_int_equal(reading.script.command_count, 7);
    for (uint32_t i = 0; i < 7; i++) {
        const gdf__command *row = gdf__shell_command(&reading.shell, i + 1);
        assert_int_equal(row->group, expected[i].group);
        assert_int_equal(row->before, expected[i].before);
        assert_int_equal(row->after, expected[i].after);
        assert_int_equal(row->operator_start, expected[i].operator_start);
        assert_int_equal(row->operator_end, expected[i].operator_end);
    }
    reading_free(&reading);
}

/* ---- questions ------------------------------------------------------------------------------- */

static void arguments_skip_assignments_and_redirections(void **state)
{
    (void)state;
    shell_reading reading;
    read_text(&reading, GDF__LITERAL("A=1 >x B=2 A='3 4' /usr/bin/go 2>y build B=5"));
    const gdf__shell *shell = &reading.shell;
    assert_int_equal(gdf__shell_count_arguments(shell, 1), 3);
    assert_slice_is(gdf__shell_argument(shell, 1, 0)->value, "/usr/bin/go");
    assert_slice_is(gdf__shell_argument(shell, 1, 1)->value, "build");
    assert_slice_is(gdf__shell_argument(shell, 1, 2)->value, "B=5");
    assert_null(gdf__shell_argument(shell, 1, 3));
    assert_slice_is(gdf__shell_program(shell, 1), "go");
    assert_slice_is(gdf__word_assigned_value(gdf__shell_assignment(shell, 1, "A")), "3 4");
    assert_slice_is(gdf__word_assigned_value(gdf__shell_assignment(shell, 1, "B")), "2");
    assert_null(gdf__shell_assignment(shell, 1, "AB"));
    assert_null(gdf__shell_assignment(shell, 1, ""));
    reading_free(&reading);
}

static void foreign_ids_have_no_commands_and_words(void **state)
{
    (void)state;
    shell_reading reading;
    read_text(&reading, GDF__LITERAL("A=1"));
    const gdf__shell *shell = &reading.shell;
    assert_null(gdf__shell_command(shell, 0));
    assert_null(gdf__shell_command(shell, 2));
    assert_null(gdf__shell_word(shell, 0));
    assert_null(gdf__shell_word(shell, 2));
    assert_null(gdf__shell_argument(shell, 1, 0));
    assert_null(gdf__shell_argument(shell, 2, 0));
    assert_int_equal(gdf__shell_count_arguments(shell, 2), 0);
    assert_null(gdf__shell_assignment(shell, 2, "A"));
    assert_slice_is(gdf__shell_program(shell, 1), "");
    assert_slice_is(gdf__shell_program(shell, 0), "");
    reading_free(&reading);
}

static void a_program_that_is_not_literal_has_no_name(void **state)
{
    (void)state;
    shell_reading reading;
    read_text(&reading, GDF__LITERAL("$GO build; ${A}/go x; 'go' y; bin/; go"));
    static const char *const programs[] = {"", "", "go", "", "go"};
    for (uint32_t i = 0; i < 5; i++)
        assert_slice_is(gdf__shell_program(&reading.shell, i + 1), programs[i]);
    reading_free(&reading);
}

/* ---- exec form ------------------------------------------------------------------------------- */

static void assert_exec(const char *source, const char *expected)
{
    gdf_document *document = gdf_document_parse(source, strlen(source), NULL);
    assert_non_null(document);
    gdf_node instruction = 0;
    gdf_node arguments[16];
    uint32_t count = 0;
    for (gdf_node id = 1; id <= document->nodes.count; id++) {
        const gdf__node *node = gdf__document_node(document, id);
        if (node->kind == GDF_NODE_INSTRUCTION)
            instruction = id;
        if (node->kind == GDF_NODE_ARGUMENT && count < 16)
            arguments[count++] = id;
    }
    shell_reading reading;
    reading_init(&reading);
    reading.script =
        gdf__shell_read_exec(&reading.shell, document, instruction, arguments, count, MAX_DEPTH);
    assert_dump(&reading, gdf__str(source), expected);
    reading_free(&reading);
    gdf_document_free(document);
}

static void words_of_an_exec_form_are_a_command(void **state)
{
    (void)state;
    assert_exec("CMD [\"/bin/server\", \"-x y\", \"$A\"]",
                "- /bin/server' [-x y]' [$A]' @5-32 exec\n");
    assert_exec("CMD []", "");
    assert_exec("CMD [\"tini\", \"--\", \"a\", \"b\"]",
                "- tini' [--]' [a]' [b]' @5-27 wrapper exec\n"
                "  - a' [b]' @19-27 ^1 wrapped exec\n");
}

static void a_script_in_an_exec_form_is_read_where_it_stands(void **state)
{
    (void)state;
    assert_exec("CMD [\"sh\", \"-c\", \"a && b 'c'\"]",
                "- sh' [-c]' [a && b 'c']' @5-29 wrapper exec\n"
                "  - a @18-19 ^1 wrapped\n"
                "  && b [c]' @23-28 ^1 wrapped\n");
    assert_exec("CMD [\"sh\", \"-c\", \"a \\\"b\\\"\"]",
                "- sh' [-c]' [a \"b\"]' @5-26 wrapper exec\n"
                "  - a~ [b]' @17-26 ^1 wrapped\n");
    assert_exec("CMD [\"sudo\", \"bash\", \"-ec\", \"sh -c 'x y'\"]",
                "- sudo' [bash]' [-ec]' [sh -c 'x y']' @5-41 wrapper exec\n"
                "  - bash' [-ec]' [sh -c 'x y']' @13-41 ^1 wrapped wrapper exec\n"
                "    - sh [-c] [x y]' @29-40 ^2 wrapped wrapper\n"
                "      - x [y] @36-39 ^3 wrapped\n");
}

/* ---- limits ---------------------------------------------------------------------------------- */

static void deeper_text_than_allowed_is_not_understood(void **state)
{
    (void)state;
    static const gdf__segment segment = {0, 0};
    gdf__fragment fragment = {GDF__LITERAL("a $(b $(c (d)))"), &segment, 1};
    shell_reading reading;
    read_fragment(&reading, &fragment, 0, 1);
    assert_int_equal(reading.script.problem, GDF__SHELL_TOO_DEEP);
    assert_int_equal(reading.script.command_count, 2);
    reading_free(&reading);
    gdf__fragment wrappers = {GDF__LITERAL("sudo sudo sudo a"), &segment, 1};
    read_fragment(&reading, &wrappers, 0, 3);
    assert_true(reading.script.understood);
    assert_int_equal(reading.script.command_count, 4);
    reading_free(&reading);
    read_fragment(&reading, &wrappers, 0, 2);
    assert_false(reading.script.understood);
    reading_free(&reading);
}

static gdf_str repeat(const char *unit, size_t len)
{
    size_t unit_len = strlen(unit);
    size_t count = len / unit_len;
    char *text = malloc(count * unit_len + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * unit_len, unit, unit_len);
    return (gdf_str){text, count * unit_len};
}

static double seconds_for(const char *unit, size_t len)
{
    gdf_str text = repeat(unit, len);
    clock_t start = clock();
    shell_reading reading;
    read_text(&reading, text);
    assert_false(gdf__shell_failed(&reading.shell));
    reading_free(&reading);
    free((void *)(uintptr_t)text.ptr);
    return (double)(clock() - start) / (double)CLOCKS_PER_SEC;
}

/* A cost that grows with the square would be some hundred times the bound. */
static void cost_is_linear_whatever_is_repeated(void **state)
{
    (void)state;
    static const char *const units[] = {"\"",
                                        "'",
                                        "`",
                                        "\\`",
                                        "$(",
                                        "(",
                                        ";",
                                        "a;",
                                        "a",
                                        "{",
                                        "${",
                                        "${a:-",
                                        "$((",
                                        "((",
                                        "\"$(",
                                        "x=(",
                                        "[[ ",
                                        "if ",
                                        "case x in ",
                                        "f()",
                                        "<<a ",
                                        "<<a\n",
                                        "a|",
                                        "! ",
                                        "$[",
                                        "@(",
                                        "sudo ",
                                        "sh -c '",
                                        "eval ",
                                        "find . -exec a \\; ",
                                        "a $(b) ",
                                        "`\\`",
                                        "'a'",
                                        "$'\\x41'",
                                        "2>a ",
                                        "\\\n",
                                        "sudo a $(b;c) ",
                                        "time ",
                                        "((a);",
                                        "$((a) ",
                                        "<(",
                                        "function ",
                                        "#",
                                        "\n",
                                        "a[=(",
                                        "for i in a;do "};
    const size_t len = 200000;
    double bound = 40 * seconds_for("a b;", len) + 0.2;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        double seconds = seconds_for(units[i], len);
        if (seconds > bound)
            fail_msg("%s takes %.3f s, more than %.3f s", units[i], seconds, bound);
    }
}

/* ---- faults and any bytes -------------------------------------------------------------------- */

static const char *const seeds[] = {
    "if a; then b \"$(c 'd')\" >x; elif e; then f; else g; fi && h",
    "for i in a \"$b\" `c`; do d $i || exit 1; done | e &",
    "case $x in (a|b) c;; *) d;; esac; while read y; do z; done <w",
    "f() { a; }; [[ $x =~ ^(a|b c)$ && -f y ]] || ((i++)); x=(1 \"2\") y",
    "sudo -u a sh -ec \"b \\\"c d\\\" \\$e\" && find . -exec rm {} \\; -exec sh -c 'x' \\;",
    "cat <<EOF >x\na $b\nEOF\ncat <<-'F' | y\n\tz\n\tF\nw",
    "echo $((1+(2))) $((a);b) ${x:-\"$(y)\"} \"${z%'}'}\" $'a\\'\\n' <(b) >&2",
    "set -eux; A=1 B=\"c d\" env C=e go build -o /out ./... # f",
    "eval \"a `b \\`c\\``\" && xargs -n1 timeout 5 nice rm -rf /a/* {b,c}",
};

static bool read_all_seeds(const gdf_allocator *allocator, void *context)
{
    (void)context;
    static const gdf__segment segment = {0, 0};
    gdf__arena arena;
    gdf__shell shell;
    gdf__arena_init(&arena, allocator);
    gdf__shell_init(&shell, &arena);
    for (size_t i = 0; i < sizeof seeds / sizeof seeds[0]; i++) {
        gdf__fragment fragment = {gdf__str(seeds[i]), &segment, 1};
        gdf__shell_read(&shell, 1, &fragment, 0, fragment.text.len, 0, MAX_DEPTH);
    }
    bool failed = gdf__shell_failed(&shell);
    gdf__shell_free(&shell);
    gdf__arena_free(&arena);
    return !failed;
}

static void short_memory_is_reported_and_nothing_leaks(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(read_all_seeds, NULL, true) > 10);
}

static uint32_t random_below(uint32_t *state, uint32_t bound)
{
    *state = *state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(*state >> 4) * bound) >> 28);
}

static uint32_t mutate(uint32_t *random, const char *seed, char *text, uint32_t capacity)
{
    static const char bytes[] = "\"'`$(){}[];&|<>=\\\n #!a1*?~+@-:/\0\xff";
    uint32_t len = (uint32_t)strlen(seed);
    memcpy(text, seed, len);
    for (uint32_t changes = random_below(random, 4) + 1; changes > 0; changes--) {
        uint32_t at = random_below(random, len + 1);
        char byte = bytes[random_below(random, sizeof bytes - 1)];
        uint32_t kind = random_below(random, 4);
        if (kind == 0 && at < len) {
            text[at] = byte;
        } else if (kind == 1 && at < len) {
            memmove(text + at, text + at + 1, len - at - 1);
            len--;
        } else if (kind == 2 && len < capacity) {
            memmove(text + at + 1, text + at, len - at);
            text[at] = byte;
            len++;
        } else {
            len = at;
        }
    }
    return len;
}

static void assert_sane_word(const gdf__word *word, gdf_str source)
{
    assert_true(word->start <= word->end && word->end <= source.len);
    if (word->flags & GDF_WORD_FLAG_EXACT)
        assert_slice_equal(gdf__str_slice(source, word->start, word->end), word->value);
}

static void assert_sane(const shell_reading *reading, gdf_str source)
{
    const gdf__shell *shell = &reading->shell;
    uint32_t start = 0;
    for (gdf_command id = 1; id <= shell->commands.count; id++) {
        const gdf__command *row = gdf__shell_command(shell, id);
        assert_true(row->parent < id);
        assert_true(row->start >= start && row->start <= row->end && row->end <= source.len);
        assert_true(row->first_word + row->word_count - 1 <= shell->words.count);
        assert_true(row->first_redirection + row->redirection_count <= shell->redirections.count);
        for (uint32_t i = 0; i < row->word_count; i++)
            assert_sane_word(gdf__shell_word(shell, row->first_word + i), source);
        start = row->start;
    }
    assert_true(reading->script.problem_end <= source.len);
}

/* The text as a source whose every seventh byte has a continuation in front. */
static void check_mutant(gdf_str text)
{
    enum { PIECE = 7, CAPACITY = 512 };
    char source[CAPACITY];
    gdf__segment segments[CAPACITY / PIECE];
    uint32_t count = 0;
    uint32_t len = 0;
    for (uint32_t at = 0; at == 0 || at < text.len; at += PIECE) {
        if (at > 0) {
            memcpy(source + len, "\\\n", 2);
            len += 2;
        }
        segments[count++] = (gdf__segment){at, len};
        gdf_str piece = gdf__str_slice(text, at, at + PIECE);
        memcpy(source + len, piece.ptr, piece.len);
        len += (uint32_t)piece.len;
    }
    gdf__fragment fragment = {text, segments, count};
    shell_reading reading;
    read_fragment(&reading, &fragment, 0, MAX_DEPTH);
    assert_false(gdf__shell_failed(&reading.shell));
    assert_sane(&reading, (gdf_str){source, len});
    reading_free(&reading);
}

static void any_bytes_give_sane_rows(void **state)
{
    (void)state;
    enum { ROUNDS = 100000, CAPACITY = 256 };
    uint32_t random = 1;
    for (uint32_t round = 0; round < ROUNDS; round++) {
        char text[CAPACITY];
        const char *seed = seeds[round % (sizeof seeds / sizeof seeds[0])];
        uint32_t len = mutate(&random, seed, text, CAPACITY);
        char *exact = malloc(len + 1); /* so that a sanitizer sees a read past the end */
        assert_non_null(exact);
        memcpy(exact + 1, text, len);
        check_mutant((gdf_str){exact + 1, len});
        free(exact);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_keep_their_place_across_continuations),
        cmocka_unit_test(continuations_in_a_heredoc_body_are_gaps),
        cmocka_unit_test(part_of_a_fragment_can_be_read),
        cmocka_unit_test(texts_share_one_table),
        cmocka_unit_test(commands_know_their_list_and_both_neighbours),
        cmocka_unit_test(arguments_skip_assignments_and_redirections),
        cmocka_unit_test(foreign_ids_have_no_commands_and_words),
        cmocka_unit_test(a_program_that_is_not_literal_has_no_name),
        cmocka_unit_test(words_of_an_exec_form_are_a_command),
        cmocka_unit_test(a_script_in_an_exec_form_is_read_where_it_stands),
        cmocka_unit_test(deeper_text_than_allowed_is_not_understood),
        cmocka_unit_test(cost_is_linear_whatever_is_repeated),
        cmocka_unit_test(short_memory_is_reported_and_nothing_leaks),
        cmocka_unit_test(any_bytes_give_sane_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
