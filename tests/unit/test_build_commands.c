/* Which shell text of an instruction is read, and how its commands are found again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/memory.h"
#include "base/slice.h"
#include "support/assertions.h"
#include "support/build_of.h"

/* The programs of all commands, a blank behind each. */
static gdf_str programs(build_of *it)
{
    gdf__builder names;
    gdf__builder_init(&names, &gdf__default_allocator);
    for (gdf_command id = 1; id <= gdf_build_count_commands(it->build); id++) {
        gdf__builder_add(&names, gdf_command_get_program(it->build, id));
        gdf__builder_add_byte(&names, ' ');
    }
    return gdf__builder_to_arena(&names, &it->arena);
}

typedef struct text_case {
    const char *text;
    const char *programs;
    bool understood; /* the last instruction */
} text_case;

static void check_texts(const text_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        build_of it = build_of_text(cases[i].text);
        gdf_node last = build_of_instruction(&it, gdf_document_count_instructions(it.document) - 1);
        gdf_str got = programs(&it);
        if (!gdf__str_is(got, cases[i].programs) ||
            gdf_build_is_shell_understood(it.build, last) != cases[i].understood)
            fail_msg("%s: %.*s", cases[i].text, (int)got.len, got.ptr);
        build_of_free(&it);
    }
}

#define CHECK(cases) check_texts(cases, sizeof(cases) / sizeof *(cases))

static void instructions_that_run_something_have_commands(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"FROM x\nRUN a && b", "a b ", true},
        {"FROM x\nRUN --mount=type=cache,target=/c a", "a ", true},
        {"FROM x\nRUN [\"a\", \"b\"]", "a ", true},
        {"FROM x\nRUN [\"/bin/sh\", \"-c\", \"a; b\"]", "sh a b ", true},
        {"FROM x\nCMD a b", "a ", true},
        {"FROM x\nENTRYPOINT exec a", "exec a ", true},
        {"FROM x\nHEALTHCHECK --interval=5s CMD  a || exit 1", "a exit ", true},
        {"FROM x\nHEALTHCHECK cmd [\"a\", \"b\"]", "a ", true},
        {"FROM x\nHEALTHCHECK NONE", "", false},
        {"FROM x\nONBUILD RUN a | b", "a b ", false},
        {"FROM x\nRUN", "", true},
        {"FROM x\nCMD []", "", true},
        {"FROM x\nCOPY a b", "", false},
        {"FROM x\nRUN \\\n  a \\\n# c\n  && b", "a b ", true},
        {"RUN a", "a ", true},
        {"FROM x\nRUN a '", "a ", false},
    };
    CHECK(CASES);
}

static void heredocs_are_scripts_of_the_shell_that_reads_them(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"FROM x\nRUN <<E\na\nb\nE", "a b ", true},
        {"FROM x\nRUN <<-E\n\ta\n\t\tb\n\tE", "a b ", true},
        {"FROM x\nRUN <<'E'\n#!/bin/bash -e\na\nE", "a ", true},
        {"FROM x\nRUN <<E\n#!/usr/bin/env -S bash\na\nE", "a ", true},
        {"FROM x\nRUN <<E\n#!/usr/bin/env python3\nprint(1)\nE", "", false},
        {"FROM x\nRUN <<E\nE", "", true},
        {"FROM x\nRUN bash <<E\na\nE", "bash a ", true},
        {"FROM x\nRUN bash -eo pipefail <<E\na\nE", "bash a ", true},
        {"FROM x\nRUN sh -s x <<E\na\nE", "sh a ", true},
        {"FROM x\nRUN sh x <<E\na\nE", "sh ", true},
        {"FROM x\nRUN cat <<E >f\na\nE", "cat ", true},
        {"FROM x\nRUN python3 <<E\na\nE", "python3 ", true},
        {"FROM x\nRUN cat <<A && sh <<B\na\nA\nb\nB", "cat sh b ", true},
        {"FROM x\nRUN <<A <<B\na\nA\nb\nB", " ", true},
        {"FROM x\nONBUILD RUN <<E\na\nE", "a ", false},
    };
    CHECK(CASES);
}

static void text_for_other_shells_is_left_alone(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"FROM x\nSHELL [\"powershell\", \"-Command\"]\nRUN a", "", false},
        {"FROM x\nSHELL [\"cmd\", \"/S\", \"/C\"]\nRUN [\"a\"]", "a ", true},
        {"FROM x\nSHELL [\"C:\\\\Program Files\\\\bash.exe\", \"-c\"]\nRUN a", "a ", true},
        {"FROM x\nSHELL [\"/usr/bin/env\", \"bash\", \"-c\"]\nRUN a", "a ", true},
        {"FROM x AS a\nSHELL [\"pwsh\"]\nFROM a\nRUN a", "", false},
        {"FROM x AS a\nSHELL [\"pwsh\"]\nFROM x\nRUN a", "a ", true},
        {"# escape=`\nFROM x\nRUN a", "", false},
        {"# escape=`\nFROM alpine\nRUN a `\n && b", "a b ", true},
        {"# escape=`\nFROM x\nSHELL [\"sh\", \"-c\"]\nRUN a", "a ", true},
        {"FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN a", "", false},
        {"FROM golang:1.22-windowsservercore\nRUN a", "", false},
        {"FROM --platform=windows/amd64 x\nRUN a", "", false},
        {"FROM x\nSHELL [\"pwsh\"]\nRUN <<E\n#!/bin/sh\na\nE", "a ", true},
    };
    CHECK(CASES);
}

static void commands_stand_where_their_text_stands(void **state)
{
    (void)state;
    static const char TEXT[] = "FROM x\nRUN aa \\\n  && bb\nRUN <<-E\n\tcc dd\n\tE\n";
    build_of it = build_of_text(TEXT);
    static const char *const WANTED[] = {"aa", "bb", "cc dd"};
    for (gdf_command id = 1; id <= 3; id++) {
        uint32_t start = gdf_command_get_start(it.build, id);
        gdf_str text = {TEXT + start, gdf_command_get_end(it.build, id) - start};
        assert_slice_is(text, WANTED[id - 1]);
    }
    assert_int_equal(gdf_command_get_flags(it.build, 3) & GDF_COMMAND_FLAG_HEREDOC,
                     GDF_COMMAND_FLAG_HEREDOC);
    assert_int_equal(gdf_command_get_operator(it.build, 2), GDF_OPERATOR_AND);
    gdf_word word = gdf_command_get_word(it.build, 3, 1);
    assert_slice_is(gdf_word_get_value(it.build, word), "dd");
    assert_int_equal(gdf_word_get_role(it.build, word), GDF_WORD_ARGUMENT);
    assert_int_equal(gdf_word_get_end(it.build, word) - gdf_word_get_start(it.build, word), 2);
    assert_int_equal(gdf_command_count_words(it.build, 3), 2);
    assert_int_equal(gdf_command_get_word(it.build, 3, 2), 0);
    build_of_free(&it);
}

static void commands_of_an_instruction_follow_each_other(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM x\nRUN a; b\nRUN c && sh <<E && d\ne\nE\n");
    gdf_node second = build_of_instruction(&it, 2);
    gdf_command first = gdf_build_find_command(it.build, second);
    assert_int_equal(first, 3);
    assert_int_equal(gdf_build_count_instruction_commands(it.build, second), 4);
    for (gdf_command id = first; id < first + 4; id++)
        assert_int_equal(gdf_command_get_instruction(it.build, id), second);
    assert_slice_is(gdf_command_get_program(it.build, 6), "e");
    assert_int_equal(gdf_command_get_parent(it.build, 6), 4);
    assert_int_equal(gdf_build_find_command(it.build, build_of_instruction(&it, 0)), 0);
    build_of_free(&it);
}

static void options_of_the_shell_are_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool errexit;
        bool pipefail;
    } CASES[] = {
        {"FROM x\nRUN a", false, false},
        {"FROM x\nRUN set -e; a", true, false},
        {"FROM x\nSHELL [\"bash\", \"-euo\", \"pipefail\", \"-c\"]\nRUN a", true, true},
        {"FROM x\nSHELL [\"bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a", false, true},
        {"FROM x\nSHELL [\"bash\", \"-c\"]\nRUN set -o pipefail && a", false, true},
        {"FROM x\nSHELL [\"/bin/ash\", \"-e\", \"-c\"]\nRUN <<E\na\nE", true, false},
        {"FROM x\nRUN <<E\n#!/bin/bash -e\na\nE", true, false},
        {"FROM x\nRUN <<E\nset -e\na\nE", true, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_node last = build_of_instruction(&it, gdf_document_count_instructions(it.document) - 1);
        const gdf__step *step = gdf__build_step(it.build, last);
        if (step->errexit != CASES[i].errexit || step->pipefail != CASES[i].pipefail)
            fail_msg("%s", CASES[i].text);
        build_of_free(&it);
    }
}

static void steps_tell_their_form(void **state)
{
    (void)state;
    build_of it =
        build_of_text("FROM x\nRUN a && b\nCMD [\"a\"]\nRUN <<E\na\nE\nRUN cat <<E\na\nE\n");
    const gdf__step *shell = gdf__build_step(it.build, build_of_instruction(&it, 1));
    const gdf__step *exec = gdf__build_step(it.build, build_of_instruction(&it, 2));
    const gdf__step *script = gdf__build_step(it.build, build_of_instruction(&it, 3));
    const gdf__step *input = gdf__build_step(it.build, build_of_instruction(&it, 4));
    assert_true(shell->pure_and_chain);
    assert_false(shell->is_exec_form);
    assert_true(exec->is_exec_form);
    assert_int_equal(gdf_node_get_kind(it.document, script->heredoc), GDF_NODE_HEREDOC);
    assert_int_equal(input->heredoc, 0);
    assert_false(gdf__build_step(it.build, build_of_instruction(&it, 0))->has_text);
    build_of_free(&it);
}

static void shells_are_told_from_other_programs(void **state)
{
    (void)state;
    static const struct {
        const char *program;
        bool is_posix;
    } CASES[] = {{"sh", true},          {"/bin/bash", true},   {"C:\\git\\SH.EXE", true},
                 {"/busybox/sh", true}, {"busybox", true},     {"fish", false},
                 {"cmd", false},        {"powershell", false}, {"", false},
                 {"bash5", false},      {".exe", false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(gdf__is_posix_shell(gdf__str(CASES[i].program)), CASES[i].is_posix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instructions_that_run_something_have_commands),
        cmocka_unit_test(heredocs_are_scripts_of_the_shell_that_reads_them),
        cmocka_unit_test(text_for_other_shells_is_left_alone),
        cmocka_unit_test(commands_stand_where_their_text_stands),
        cmocka_unit_test(commands_of_an_instruction_follow_each_other),
        cmocka_unit_test(options_of_the_shell_are_known),
        cmocka_unit_test(steps_tell_their_form),
        cmocka_unit_test(shells_are_told_from_other_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
