#include "support/shell_dump.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/slice.h"

static const char *const operator_texts[] = {"-", "&&", "||", ";", "|", "&"};

static const char *const problem_texts[] = {"fine",          "open quote",      "open expansion",
                                            "open compound", "missing command", "unexpected",
                                            "too deep"};

static const struct flag_text {
    uint16_t flag;
    const char *text;
} word_flags[] = {{GDF_WORD_FLAG_QUOTED, "'"},
                  {GDF_WORD_FLAG_VARIABLE, "$"},
                  {GDF_WORD_FLAG_SUBSTITUTION, "!"},
                  {GDF_WORD_FLAG_GLOB, "*"}},
  command_flags[] = {{GDF_COMMAND_FLAG_SUBSHELL, " subshell"},
                     {GDF_COMMAND_FLAG_SUBSTITUTION, " substitution"},
                     {GDF_COMMAND_FLAG_CONDITIONAL, " conditional"},
                     {GDF_COMMAND_FLAG_LOOP, " loop"},
                     {GDF_COMMAND_FLAG_NEGATED, " negated"},
                     {GDF_COMMAND_FLAG_WRAPPED, " wrapped"},
                     {GDF_COMMAND_FLAG_WRAPPER, " wrapper"},
                     {GDF_COMMAND_FLAG_FUNCTION, " function"},
                     {GDF_COMMAND_FLAG_EXEC_FORM, " exec"},
                     {GDF_COMMAND_FLAG_HEREDOC, " heredoc"},
                     {GDF_COMMAND_FLAG_HEADER, " header"}};

static void add_range(gdf__builder *dump, uint32_t start, uint32_t end)
{
    gdf__builder_add_text(dump, " @");
    gdf__builder_add_number(dump, start);
    gdf__builder_add_byte(dump, '-');
    gdf__builder_add_number(dump, end);
}

static void add_value(gdf__builder *dump, const gdf__word *word, bool bare)
{
    if (!bare)
        gdf__builder_add_byte(dump, '[');
    gdf__builder_add(dump, word->value);
    if (!bare)
        gdf__builder_add_byte(dump, ']');
    for (size_t i = 0; i < sizeof word_flags / sizeof word_flags[0]; i++) {
        if (word->flags & word_flags[i].flag)
            gdf__builder_add_text(dump, word_flags[i].text);
    }
    if (!(word->flags & (GDF_WORD_FLAG_QUOTED | GDF_WORD_FLAG_EXACT)))
        gdf__builder_add_byte(dump, '~');
}

static void add_operator_of(gdf__builder *dump, const gdf__shell *shell, const gdf__command *row,
                            gdf_word target, gdf_str source)
{
    for (uint32_t i = 0; i < row->redirection_count; i++) {
        const gdf__redirection *redirection =
            GDF__AT(shell->redirections, gdf__redirection, row->first_redirection + i);
        if (redirection->target == target)
            gdf__builder_add(dump, gdf__str_slice(source, redirection->start, redirection->end));
    }
}

static void add_word(gdf__builder *dump, const gdf__shell *shell, const gdf__command *row,
                     gdf_word id, gdf_str source)
{
    const gdf__word *word = gdf__shell_word(shell, id);
    gdf__builder_add_byte(dump, ' ');
    if (word->role == GDF_WORD_ASSIGNMENT)
        gdf__builder_add_text(dump, "env:");
    if (word->role == GDF_WORD_REDIRECTION)
        add_operator_of(dump, shell, row, id, source);
    add_value(dump, word, id == row->name || word->role == GDF_WORD_ASSIGNMENT);
}

static void add_command(gdf__builder *dump, const gdf__shell *shell, gdf_command id,
                        gdf_command first, gdf_str source)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    gdf__builder_add_repeated(dump, ' ', (size_t)row->depth * 2);
    gdf__builder_add_text(dump, operator_texts[row->before]);
    for (uint32_t i = 0; i < row->word_count; i++)
        add_word(dump, shell, row, row->first_word + i, source);
    add_range(dump, row->start, row->end);
    if (row->parent) {
        gdf__builder_add_text(dump, " ^");
        gdf__builder_add_number(dump, row->parent - first + 1);
    }
    for (size_t i = 0; i < sizeof command_flags / sizeof command_flags[0]; i++) {
        if (row->flags & command_flags[i].flag)
            gdf__builder_add_text(dump, command_flags[i].text);
    }
    gdf__builder_add_byte(dump, '\n');
}

void shell_dump(gdf__builder *dump, const gdf__shell *shell, gdf__script script, gdf_str source)
{
    for (uint32_t i = 0; i < script.command_count; i++)
        add_command(dump, shell, script.first_command + i, script.first_command, source);
    if (script.errexit)
        gdf__builder_add_text(dump, "errexit\n");
    if (script.pipefail)
        gdf__builder_add_text(dump, "pipefail\n");
    if (script.pure_and_chain)
        gdf__builder_add_text(dump, "chain\n");
    if (!script.understood) {
        gdf__builder_add_text(dump, problem_texts[script.problem]);
        add_range(dump, script.problem_start, script.problem_end);
        gdf__builder_add_byte(dump, '\n');
    }
}

static void check_case(const shell_case *row)
{
    static const gdf__segment segment = {0, 0};
    gdf_str text = gdf__str(row->text);
    gdf__fragment fragment = {text, &segment, 1};
    gdf__arena arena;
    gdf__shell shell;
    gdf__builder dump;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__shell_init(&shell, &arena);
    gdf__builder_init(&dump, &gdf__default_allocator);
    gdf__script script = gdf__shell_read(&shell, 1, &fragment, 0, text.len, 0, 64);
    shell_dump(&dump, &shell, script, text);
    bool failed = gdf__shell_failed(&shell) || dump.failed;
    gdf_str got = gdf__builder_get(&dump);
    bool right = gdf__str_is(got, row->expected);
    if (!right)
        print_error("%s\nshould give\n%sbut gives\n%.*s", row->text, row->expected, (int)got.len,
                    got.ptr);
    gdf__builder_free(&dump);
    gdf__shell_free(&shell);
    gdf__arena_free(&arena);
    assert_false(failed);
    assert_true(right);
}

void shell_check_cases(const shell_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_case(&cases[i]);
}
