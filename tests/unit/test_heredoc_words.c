#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "support/counting_allocator.h"
#include "syntax/heredoc_words.h"

/* Every heredoc as `descriptor:name`, `~` before the name for chomp and `!` for a quoted one, then
 * `@` and its word; joined by `, `. */
static void assert_heredocs(const char *line, const char *expected)
{
    gdf__arena arena;
    gdf__heredoc_list list;
    gdf__builder shown;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__builder_init(&shown, &gdf__default_allocator);
    gdf__heredoc_words_find(&list, gdf__str(line), &arena);
    for (uint32_t i = 0; i < list.words.count; i++) {
        const gdf__heredoc_word *word = GDF__AT(list.words, gdf__heredoc_word, i);
        gdf__builder_add_text(&shown, i ? ", " : "");
        gdf__builder_add_number(&shown, word->file_descriptor);
        gdf__builder_add_text(&shown, word->chomp ? ":~" : ":");
        gdf__builder_add_text(&shown, word->expand ? "" : "!");
        gdf__builder_add(&shown, word->name);
        gdf__builder_add_byte(&shown, '@');
        gdf__builder_add(&shown, gdf__str_slice(gdf__str(line), word->start, word->end));
    }
    gdf_str got = gdf__builder_get(&shown);
    if (!gdf__str_is(got, expected) || list.error.len)
        fail_msg("%s: expected <%s>, got <%.*s>", line, expected, (int)got.len, got.ptr);
    gdf__heredoc_words_free(&list);
    gdf__builder_free(&shown);
    gdf__arena_free(&arena);
}

static void names_are_read_from_their_words(void **state)
{
    (void)state;
    assert_heredocs("RUN <<EOF", "0:EOF@<<EOF");
    assert_heredocs("COPY <<a <<b /x/", "0:a@<<a, 0:b@<<b");
    assert_heredocs("RUN cat <<-END >out", "0:~END@<<-END");
    assert_heredocs("RUN (cat <<E)", "0:E)@<<E)");
    assert_heredocs("RUN cat <<E>out", "0:E>out@<<E>out");
    assert_heredocs("RUN echo 1<<2", "1:2@1<<2");
}

static void quoted_names_switch_expansion_off(void **state)
{
    (void)state;
    assert_heredocs("RUN <<'E'", "0:!E@<<'E'");
    assert_heredocs("RUN <<\"E F\"", "0:!E F@<<\"E F\"");
    assert_heredocs("RUN <<E\"O\"F", "0:!EOF@<<E\"O\"F");
    assert_heredocs("RUN <<\\'E", "0:'E@<<\\'E");
}

static void blanks_may_follow_the_operator(void **state)
{
    (void)state;
    assert_heredocs("RUN << E x", "0:E@<< E");
    assert_heredocs("RUN << -E", "0:-E@<< -E");
    assert_heredocs("RUN <<- E", "");
}

static void variables_stay_in_names(void **state)
{
    (void)state;
    assert_heredocs("RUN <<$E <<${F}", "0:$E@<<$E, 0:${F}@<<${F}");
    assert_heredocs("RUN <<E${x:-y}", "");
}

static void other_words_are_no_heredocs(void **state)
{
    (void)state;
    assert_heredocs("RUN cat<<E", "");
    assert_heredocs("RUN cat <<<E", "");
    assert_heredocs("RUN cat <<\"\"", "");
    assert_heredocs("RUN cat <<", "");
    assert_heredocs("RUN cat '<<E'", "");
}

static void a_line_that_the_lexer_refuses_has_none(void **state)
{
    (void)state;
    assert_heredocs("RUN echo it's <<E", "");
    assert_heredocs("RUN echo ${ <<E", "");
}

static void descriptors_stop_at_the_largest_number(void **state)
{
    (void)state;
    assert_heredocs("RUN 007<<E", "7:E@007<<E");
    assert_heredocs("RUN 18446744073709551615<<E",
                    "18446744073709551615:E@18446744073709551615<<E");
    assert_heredocs("RUN 18446744073709551616<<E",
                    "18446744073709551615:E@18446744073709551616<<E");
}

static bool find_heredocs(const gdf_allocator *allocator, void *context)
{
    gdf__arena arena;
    gdf__heredoc_list list;
    gdf__arena_init(&arena, allocator);
    gdf__heredoc_words_find(&list, *(const gdf_str *)context, &arena);
    bool is_done = !arena.failed;
    assert_true(!is_done || list.words.count == 2);
    gdf__heredoc_words_free(&list);
    gdf__arena_free(&arena);
    return is_done;
}

static void short_memory_fails_the_arena(void **state)
{
    (void)state;
    gdf__builder line; /* longer than what a builder holds without memory of its own */
    gdf__builder_init(&line, &gdf__default_allocator);
    gdf__builder_add_text(&line, "RUN cat <<E <<-'F' ");
    gdf__builder_add_repeated(&line, '-', (size_t)2 * GDF__BUILDER_ROOM);
    gdf_str text = gdf__builder_get(&line);
    assert_true(counting_allocator_try_every_failure(find_heredocs, &text, true) > 5);
    gdf__builder_free(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_from_their_words),
        cmocka_unit_test(quoted_names_switch_expansion_off),
        cmocka_unit_test(blanks_may_follow_the_operator),
        cmocka_unit_test(variables_stay_in_names),
        cmocka_unit_test(other_words_are_no_heredocs),
        cmocka_unit_test(a_line_that_the_lexer_refuses_has_none),
        cmocka_unit_test(descriptors_stop_at_the_largest_number),
        cmocka_unit_test(short_memory_fails_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
