/* Variables and the state of the image at every instruction. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "build/work.h"
#include "support/assertions.h"
#include "support/build_of.h"

/* ---- expansion ------------------------------------------------------------------------------- */

typedef struct expansion_case {
    const char *text;
    uint32_t instruction; /* in front of which the word stands */
    const char *word;
    const char *expected;
    unsigned flags;
} expansion_case;

static void check_expansions(const expansion_case *cases, size_t count,
                             const char *const options[][2])
{
    for (size_t i = 0; i < count; i++) {
        const expansion_case *row = &cases[i];
        build_of it = build_of_text_with(row->text, options);
        gdf__expansion got = build_of_expand(&it, row->instruction, row->word);
        if (!gdf__str_is(got.text, row->expected) || got.flags != row->flags)
            fail_msg("%s: %s: %.*s, flags %u", row->text, row->word, (int)got.text.len,
                     got.text.ptr, got.flags);
        assert_int_equal(got.certain, !(row->flags & GDF__VALUE_UNKNOWN));
        build_of_free(&it);
    }
}

#define CHECK(cases, options) check_expansions(cases, sizeof(cases) / sizeof *(cases), options)

enum {
    UNKNOWN = GDF__VALUE_UNKNOWN,
    ARGUMENT = GDF__VALUE_ARGUMENT,
    AUTOMATIC = GDF__VALUE_AUTOMATIC,
    IMAGE = GDF__VALUE_IMAGE
};

static void a_word_sees_the_variables_in_front_of_it(void **state)
{
    (void)state;
    static const expansion_case CASES[] = {
        {"FROM scratch\nENV A=1\nUSER u", 2, "$A", "1", 0},
        {"FROM scratch\nUSER u\nENV A=1", 1, "$A", "", 0},
        {"FROM scratch\nENV A=1\nENV A=2\nUSER u", 3, "$A", "2", 0},
        {"FROM scratch\nENV A=1\nARG A=2\nUSER u", 3, "$A", "2", ARGUMENT},
        {"FROM scratch\nARG A=2\nENV A=1\nUSER u", 3, "$A", "1", 0},
        {"FROM scratch\nENV A=1\nARG A\nUSER u", 3, "$A", "1", 0},
        {"FROM scratch\nENV A=1 B=$A\nUSER u", 2, "$B", "", 0},
        {"FROM scratch\nARG A=1 B=$A\nUSER u", 2, "$B", "1", ARGUMENT},
        {"FROM scratch\nENV A=1\nENV A=$A$A\nUSER u", 3, "x${A}y", "x11y", 0},
        {"FROM scratch\nENV A b c\nUSER u", 2, "$A", "b c", 0},
        {"FROM scratch\nENV A='$B'\nUSER u", 2, "$A", "$B", 0},
        {"FROM scratch\nENV A=K\nENV $A=v\nUSER u", 3, "$K", "v", 0},
        {"FROM scratch\nARG \"A\"=v\nUSER u", 2, "$A", "", 0},
        {"FROM scratch\nLABEL A=1\nUSER u", 2, "$A", "", 0},
        {"FROM scratch\nRUN A=1\nUSER u", 2, "$A", "", 0},
    };
    CHECK(CASES, NULL);
}

static void stages_take_global_arguments_only_when_they_ask(void **state)
{
    (void)state;
    static const expansion_case CASES[] = {
        {"ARG V=1\nFROM a$V", 1, "$V", "1", ARGUMENT},
        {"ARG V=1\nFROM scratch\nUSER u", 2, "$V", "", 0},
        {"ARG V=1\nFROM scratch\nARG V\nUSER u", 3, "$V", "1", ARGUMENT},
        {"ARG V=1\nFROM scratch\nARG V=2\nUSER u", 3, "$V", "2", ARGUMENT},
        {"ARG V=1\nFROM scratch\nARG V=$V\nUSER u", 3, "$V", "", ARGUMENT},
        {"ARG V\nFROM scratch\nARG V\nUSER u", 3, "$V", "", UNKNOWN},
        {"FROM scratch\nARG V\nUSER u", 2, "$V", "", UNKNOWN},
        {"FROM scratch\nARG V\nUSER u", 2, "${V:-x}", "x", ARGUMENT},
        {"FROM scratch\nARG V\nENV W=$V\nUSER u", 3, "a$W", "a", UNKNOWN},
        {"FROM scratch\nARG V=1\nFROM scratch\nUSER u", 3, "$V", "", 0},
        {"ARG A=1\nARG B=$A.2\nFROM x:$B", 2, "$B", "1.2", ARGUMENT},
    };
    CHECK(CASES, NULL);
}

static void stages_inherit_the_variables_of_their_base_stage(void **state)
{
    (void)state;
    static const expansion_case CASES[] = {
        {"FROM scratch AS a\nENV A=1\nFROM a\nUSER u", 3, "$A", "1", 0},
        {"FROM scratch AS a\nARG A=1\nFROM a\nUSER u", 3, "$A", "1", ARGUMENT},
        {"FROM scratch AS a\nARG A\nFROM a\nUSER u", 3, "$A", "", UNKNOWN},
        {"FROM scratch AS a\nENV A=1\nFROM a AS b\nENV A=2\nFROM a\nUSER u", 5, "$A", "1", 0},
        {"FROM scratch AS a\nENV A=1\nFROM a AS b\nFROM b\nUSER u", 4, "$A", "1", 0},
        {"FROM scratch AS a\nENV A=1\nFROM scratch\nUSER u", 3, "$A", "", 0},
    };
    CHECK(CASES, NULL);
}

static void what_the_base_image_may_set_is_not_certain(void **state)
{
    (void)state;
    static const expansion_case CASES[] = {
        {"FROM example.org/x\nUSER u", 1, "$A", "", UNKNOWN},
        {"FROM example.org/x\nENV A=$PATH:/x\nUSER u", 2, "$A", ":/x", UNKNOWN},
        {"FROM example.org/x\nENV A=1\nUSER u", 2, "$A", "1", 0},
        {"FROM golang:1.22\nUSER u", 1, "$GOPATH", "/go", IMAGE},
        {"FROM golang:1.22\nENV GOPATH=/x\nUSER u", 2, "$GOPATH", "/x", 0},
        {"FROM golang:1.22\nARG GOPATH\nUSER u", 2, "$GOPATH", "/go", IMAGE},
        {"FROM golang:1.22 AS a\nFROM a\nENV P=$GOPATH/bin\nUSER u", 3, "$P", "/go/bin", IMAGE},
        {"FROM golang:1.22\nUSER u", 1, "$GOLANG_VERSION", "", UNKNOWN},
        {"FROM scratch\nUSER u", 1, "$PATH",
         "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", IMAGE},
        {"USER u", 0, "$A", "", UNKNOWN},
    };
    CHECK(CASES, NULL);
}

static void the_builder_gives_platform_arguments(void **state)
{
    (void)state;
    static const expansion_case CASES[] = {
        {"FROM a", 0, "$TARGETPLATFORM $BUILDPLATFORM", "linux/amd64 linux/amd64", AUTOMATIC},
        {"FROM a", 0, "$TARGETOS-$TARGETARCH-$TARGETVARIANT-$TARGETOSVERSION", "linux-amd64--",
         AUTOMATIC},
        {"FROM a AS x\nFROM b AS Y", 0, "$TARGETSTAGE", "y", 0},
        {"FROM a", 0, "$TARGETSTAGE", "default", 0},
        {"FROM scratch\nUSER u", 1, "$TARGETARCH", "", 0},
        {"FROM scratch\nARG TARGETARCH\nUSER u", 2, "$TARGETARCH", "amd64", AUTOMATIC},
        {"FROM scratch\nARG TARGETARCH=arm64\nUSER u", 2, "$TARGETARCH", "arm64", ARGUMENT},
    };
    CHECK(CASES, NULL);
    static const char *const OPTIONS[][2] = {{"platform", "linux/arm/v7"},
                                             {"build-arg", "BUILDARCH=riscv64"},
                                             {"target", "T"},
                                             {NULL, NULL}};
    static const expansion_case CHOSEN[] = {
        {"FROM a AS t", 0, "$TARGETPLATFORM $TARGETARCH$TARGETVARIANT", "linux/arm/v7 armv7", 0},
        {"FROM a AS t", 0, "$BUILDOS/$BUILDARCH", "linux/riscv64", AUTOMATIC},
        {"FROM a AS t", 0, "$TARGETSTAGE", "T", 0},
    };
    CHECK(CHOSEN, OPTIONS);
}

static void build_arguments_replace_defaults(void **state)
{
    (void)state;
    static const char *const OPTIONS[][2] = {
        {"build-arg", "V=old"}, {"build-arg", "V=new=er"}, {"build-arg", "EMPTY"}, {NULL, NULL}};
    static const expansion_case CASES[] = {
        {"ARG V=1\nFROM a:$V", 1, "$V", "new=er", 0},
        {"ARG V\nFROM scratch\nARG V=2\nUSER u", 3, "$V", "new=er", 0},
        {"FROM scratch\nARG V\nUSER u", 2, "$V", "new=er", 0},
        {"FROM scratch\nUSER u", 1, "$V", "", 0},
        {"FROM scratch\nARG EMPTY=x\nUSER u", 2, "$EMPTY", "", 0},
        {"FROM scratch\nARG V=${X?none}\nUSER u", 2, "$V", "new=er", 0},
    };
    CHECK(CASES, OPTIONS);
}

static void a_refused_word_has_the_builders_error(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch\nENV A=${X:?gone}\nUSER u\n");
    gdf__expansion got = build_of_expand(&it, 2, "${X:?gone}");
    assert_slice_is(got.error, "failed to process \"${X:?gone}\": X: gone");
    assert_false(got.certain);
    assert_int_equal(build_of_variable(&it, 2, "A").flags, UNKNOWN);
    build_of_free(&it);
}

static void heredoc_bodies_keep_their_quotes(void **state)
{
    (void)state;
    build_of it = build_of_text("# escape=`\nFROM scratch\nENV A=1\nUSER u\n");
    gdf__expansion got =
        gdf__build_expand_with(it.build, build_of_instruction(&it, 2), GDF__LITERAL("'$A' \\$A"),
                               GDF__WORD_SKIP_QUOTES, '\\', &it.arena);
    assert_slice_is(got.text, "'1' $A");
    assert_true(got.has_variables);
    assert_int_equal(got.references.count, 1);
    build_of_free(&it);
}

/* ---- variables ------------------------------------------------------------------------------- */

static void a_variable_tells_where_it_comes_from(void **state)
{
    (void)state;
    build_of it = build_of_text("ARG V=1\nFROM scratch\nARG V\nENV W=2\nARG N\nUSER u\n");
    gdf__variable v = build_of_variable(&it, 5, "V");
    assert_int_equal(v.state, GDF__VARIABLE_SET);
    assert_int_equal(v.node, build_of_instruction(&it, 2));
    assert_int_equal(gdf_part_get_instruction(it.document, v.part), build_of_instruction(&it, 2));
    assert_int_equal(gdf_part_get_instruction(it.document, v.source), build_of_instruction(&it, 0));
    assert_true(v.is_declared);
    assert_false(v.is_environment);
    gdf__variable w = build_of_variable(&it, 5, "W");
    assert_true(w.is_environment);
    assert_false(w.is_declared);
    assert_int_equal(build_of_variable(&it, 5, "N").state, GDF__VARIABLE_DECLARED);
    assert_int_equal(build_of_variable(&it, 5, "X").state, GDF__VARIABLE_UNSET);
    assert_int_equal(build_of_variable(&it, 4, "N").state, GDF__VARIABLE_UNSET);
    build_of_free(&it);
}

static void commands_see_what_their_moment_has(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch\nARG A=1\nENV B=1\nRUN a\nCMD b\nENV B=2\n");
    gdf_command run = gdf_build_find_command(it.build, build_of_instruction(&it, 3));
    gdf_command cmd = gdf_build_find_command(it.build, build_of_instruction(&it, 4));
    gdf_str a = GDF__LITERAL("A");
    gdf_str b = GDF__LITERAL("B");
    assert_slice_is(gdf__build_shell_value(it.build, run, a).value, "1");
    assert_slice_is(gdf__build_shell_value(it.build, run, b).value, "1");
    assert_int_equal(gdf__build_shell_value(it.build, cmd, a).state, GDF__VARIABLE_UNSET);
    assert_slice_is(gdf__build_shell_value(it.build, cmd, b).value, "2");
    build_of_free(&it);
}

static void the_environment_is_the_env_list_without_arguments(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM golang AS a\nENV A=1 B=2\nARG A=x C=y\nENV D=$C\n"
                                "FROM a\nENV B=3\nENV E=4\nFROM a\n");
    static const char *const NAMES[] = {"A", "B", "D", "E"};
    static const char *const VALUES[] = {"1", "3", "y", "4"};
    assert_int_equal(gdf_stage_count_environment(it.build, 2), 4);
    for (uint32_t i = 0; i < 4; i++) {
        assert_slice_is(gdf_stage_get_environment_name(it.build, 2, i), NAMES[i]);
        assert_slice_is(gdf_stage_get_environment_value(it.build, 2, i), VALUES[i]);
    }
    assert_int_equal(gdf_stage_count_environment(it.build, 3), 3);
    assert_slice_is(gdf_stage_get_environment_value(it.build, 3, 1), "2");
    assert_slice_is(gdf__build_find_environment(it.build, 1, GDF__LITERAL("A")).value, "1");
    assert_slice_is(gdf__build_find_variable_at_end(it.build, 1, GDF__LITERAL("A")).value, "x");
    build_of_free(&it);
}

static void growing_values_are_given_up(void **state)
{
    (void)state;
    enum { LINES = 64 };
    static const char HEAD[] = "FROM scratch\nENV A=xxxxxxxxxxxxxxxx\n";
    static const char LINE[] = "ENV A=$A$A\n";
    char text[sizeof HEAD + sizeof LINE * LINES + 16];
    strcpy(text, HEAD);
    for (size_t i = 0; i < LINES; i++)
        strcat(text, LINE);
    strcat(text, "USER u\n");
    build_of it = build_of_text(text);
    assert_int_equal(build_of_variable(&it, LINES + 2, "A").flags & UNKNOWN, UNKNOWN);
    assert_slice_is(gdf_stage_get_user(it.build, 1), "u");
    build_of_free(&it);
}

/* ---- the state of the image ------------------------------------------------------------------ */

static void a_relative_workdir_goes_on_from_the_one_before(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *expected;
        unsigned flags;
    } CASES[] = {
        {"FROM scratch\nWORKDIR /a", "/a", 0},
        {"FROM scratch\nWORKDIR /a/./b//c/", "/a/./b//c/", 0},
        {"FROM scratch\nWORKDIR /a/./b\nWORKDIR c/../d", "/a/b/d", 0},
        {"FROM scratch\nWORKDIR a", "/a", IMAGE},
        {"FROM scratch\nWORKDIR /a\nWORKDIR ../../..", "/", 0},
        {"FROM scratch\nENV D=/srv\nWORKDIR $D/app\nWORKDIR x", "/srv/app/x", 0},
        {"FROM golang:1.22\nWORKDIR src", "/go/src", IMAGE},
        {"FROM golang:1.22\nWORKDIR $GOPATH/src/app", "/go/src/app", IMAGE},
        {"FROM example.org/x\nWORKDIR src", "/src", UNKNOWN},
        {"FROM example.org/x\nWORKDIR /src\nWORKDIR a", "/src/a", 0},
        {"FROM scratch AS a\nWORKDIR /w\nFROM a\nWORKDIR x", "/w/x", 0},
        {"FROM scratch\nARG D\nWORKDIR /$D", "/", UNKNOWN},
        {"FROM scratch", "/", IMAGE},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_stage last = gdf_build_count_stages(it.build);
        gdf__image_setting workdir = gdf__build_state_at_end(it.build, last)->workdir;
        assert_slice_is(workdir.text, CASES[i].expected);
        assert_int_equal(workdir.flags, CASES[i].flags);
        bool is_known = !(CASES[i].flags & UNKNOWN);
        assert_slice_is(gdf_stage_get_workdir(it.build, last), is_known ? CASES[i].expected : "");
        build_of_free(&it);
    }
}

static void the_user_is_the_last_one_or_the_images(void **state)
{
    (void)state;
    build_of it =
        build_of_text("FROM example.org/x AS a\nFROM a AS b\nUSER 1\nUSER app:app\nFROM b\n"
                      "FROM gcr.io/distroless/static:nonroot\nFROM golang:1.22\n");
    assert_slice_is(gdf_stage_get_user(it.build, 1), "");
    assert_int_equal(gdf__build_state_at_end(it.build, 1)->user.flags, UNKNOWN);
    assert_slice_is(gdf_stage_get_user(it.build, 3), "app:app");
    gdf__image_setting user = gdf__build_state_at_end(it.build, 4)->user;
    assert_int_equal(user.node, 0);
    assert_int_equal(user.flags, IMAGE);
    assert_true(user.text.len > 0);
    assert_slice_is(gdf_stage_get_user(it.build, 5), "");
    assert_int_equal(gdf__build_state_at_end(it.build, 5)->user.flags, IMAGE);
    gdf_node second = build_of_instruction(&it, 3);
    assert_slice_is(gdf__build_state_before(it.build, second)->user.text, "1");
    assert_slice_is(gdf__build_state_after(it.build, second)->user.text, "app:app");
    build_of_free(&it);
}

static void an_entrypoint_takes_back_an_inherited_command(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM x AS a\nCMD [\"a\"]\nFROM a AS b\nENTRYPOINT [\"b\"]\n"
                                "FROM a AS c\nCMD [\"c\"]\nENTRYPOINT [\"d\"]\nFROM a\n");
    assert_int_equal(gdf__build_state_at_end(it.build, 1)->command, build_of_instruction(&it, 1));
    assert_int_equal(gdf__build_state_at_end(it.build, 2)->command, 0);
    assert_int_equal(gdf__build_state_at_end(it.build, 3)->command, build_of_instruction(&it, 5));
    assert_int_equal(gdf__build_state_at_end(it.build, 4)->command, build_of_instruction(&it, 1));
    assert_int_equal(gdf__build_state_at_end(it.build, 2)->entrypoint,
                     build_of_instruction(&it, 3));
    build_of_free(&it);
}

static void other_settings_are_inherited_too(void **state)
{
    (void)state;
    build_of it =
        build_of_text("FROM x AS a\nHEALTHCHECK NONE\nSTOPSIGNAL 9\n"
                      "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nWORKDIR /w\nFROM a\n");
    const gdf__image_state *end = gdf__build_state_at_end(it.build, 2);
    assert_int_equal(end->healthcheck, build_of_instruction(&it, 1));
    assert_int_equal(end->stop_signal, build_of_instruction(&it, 2));
    assert_int_equal(end->shell, build_of_instruction(&it, 3));
    assert_true(end->has_workdir);
    assert_true(end->pipefail);
    assert_false(end->errexit);
    gdf_node after = build_of_instruction(&it, 4);
    assert_int_equal(gdf__build_count_shell_words(it.build, after), 4);
    assert_slice_is(gdf__build_get_shell_word(it.build, after, 2), "pipefail");
    assert_slice_is(gdf__build_get_shell_word(it.build, after, 4), "");
    assert_int_equal(gdf__build_count_shell_words(it.build, build_of_instruction(&it, 1)), 0);
    build_of_free(&it);
}

static void triggers_see_the_end_of_their_stage(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch\nENV A=1\nONBUILD RUN $A\nENV A=2\nUSER u\n");
    gdf_node outer = build_of_instruction(&it, 2);
    gdf_node inner = outer + 1;
    while (gdf_node_get_kind(it.document, inner) != GDF_NODE_INSTRUCTION)
        inner++;
    gdf_str name = GDF__LITERAL("A");
    assert_slice_is(gdf__build_find_variable(it.build, outer, name).value, "1");
    assert_slice_is(gdf__build_find_variable(it.build, inner, name).value, "2");
    assert_slice_is(gdf__build_state_before(it.build, inner)->user.text, "u");
    assert_slice_is(gdf__build_state_after(it.build, inner)->user.text, "u");
    build_of_free(&it);
}

/* What the last stage ends with, as "USER WORKDIR $V". */
static void assert_end_is(const char *text, const char *expected)
{
    build_of it = build_of_text(text);
    gdf_stage last = gdf_build_count_stages(it.build);
    const gdf__image_state *end = gdf__build_state_at_end(it.build, last);
    gdf__variable variable = gdf__build_find_environment(it.build, last, GDF__LITERAL("V"));
    gdf__builder got;
    gdf__builder_init(&got, &gdf__default_allocator);
    gdf__builder_add(&got, end->user.text);
    gdf__builder_add_byte(&got, ' ');
    gdf__builder_add(&got, end->workdir.text);
    gdf__builder_add_byte(&got, ' ');
    gdf__builder_add(&got, variable.value);
    if (!gdf__str_is(gdf__builder_get(&got), expected))
        fail_msg("%s: %.*s", text, (int)gdf__builder_get(&got).len, gdf__builder_get(&got).ptr);
    gdf__builder_free(&got);
    build_of_free(&it);
}

static void triggers_run_in_front_of_the_child_stage(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"FROM scratch AS a\nONBUILD USER u\nONBUILD WORKDIR /w\nONBUILD ENV V=1\n", " / "},
        {"FROM scratch AS a\nONBUILD USER u\nONBUILD WORKDIR /w\nONBUILD ENV V=1\nFROM a\n",
         "u /w 1"},
        {"FROM scratch AS a\nONBUILD USER u\nFROM a\nUSER v\n", "v / "},
        {"FROM scratch AS a\nUSER t\nONBUILD USER u\nUSER v\nFROM a\n", "u / "},
        {"FROM scratch AS a\nONBUILD WORKDIR w\nWORKDIR /x\nFROM a\nWORKDIR y\n", " /x/w/y "},
        {"FROM scratch AS a\nONBUILD ENV V=1\nONBUILD ENV V=${V}2\nFROM a\nENV V=${V}3\n",
         " / 123"},
        {"FROM scratch AS a\nONBUILD USER $V\nENV V=1\nFROM a\n", "1 / 1"},
        {"FROM scratch AS a\nONBUILD ARG A=7\nFROM a\nENV V=$A\n", " / 7"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_end_is(CASES[i][0], CASES[i][1]);
}

static void triggers_run_in_children_alone(void **state)
{
    (void)state;
    assert_end_is("FROM scratch AS a\nONBUILD ENV V=${V}1\nFROM a AS b\nFROM b\n", " / 1");
    assert_end_is("FROM scratch AS a\nONBUILD ENV V=${V}1\nFROM a AS b\n"
                  "ONBUILD ENV V=${V}2\nFROM b AS c\nFROM c\n",
                  " / 12");
    assert_end_is("FROM scratch AS a\nONBUILD ENV V=1\nFROM scratch\n", " / ");
}

static void the_first_instruction_of_a_stage_sees_what_triggers_left(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch AS a\nONBUILD USER u\nONBUILD ENV V=1\n"
                                "FROM a\nRUN x\n");
    gdf_node from = build_of_instruction(&it, 3);
    gdf_node run = build_of_instruction(&it, 4);
    assert_slice_is(gdf__build_state_before(it.build, run)->user.text, "u");
    assert_slice_is(gdf__build_state_after(it.build, from)->user.text, "u");
    assert_slice_is(gdf__build_find_variable(it.build, run, GDF__LITERAL("V")).value, "1");
    assert_int_equal(gdf__build_state_before(it.build, run)->user.node,
                     gdf__trigger_of(it.document, build_of_instruction(&it, 1)));
    build_of_free(&it);
}

/* An ARG that covers an ENV is forgotten; other ARGs stay. */
static void a_child_stage_begins_with_the_environment_of_the_image(void **state)
{
    (void)state;
    static const expansion_case CASES[] = {
        {"FROM scratch AS a\nENV A=1\nARG A=2\nFROM a\nUSER u", 4, "$A", "1", 0},
        {"FROM scratch AS a\nENV A=1\nARG A=2\nFROM a AS b\nFROM b\nUSER u", 5, "$A", "1", 0},
        {"FROM scratch AS a\nENV A=1\nARG A=2\nENV A=3\nFROM a\nUSER u", 5, "$A", "3", 0},
        {"FROM scratch AS a\nARG A=2\nFROM a\nUSER u", 3, "$A", "2", ARGUMENT},
        {"FROM scratch AS a\nENV A=1\nFROM a AS b\nARG A=2\nFROM a\nUSER u", 5, "$A", "1", 0},
        {"FROM scratch AS a\nENV A=1\nONBUILD ENV B=$A\nARG A=2\nFROM a\nUSER u", 5, "$B", "1", 0},
    };
    CHECK(CASES, NULL);
}

static void the_scope_of_an_argument_is_found_behind_triggers(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch AS a\nARG A=1 B=$A\nONBUILD ARG C=2 D=$C\n"
                                "FROM a AS b\nARG E=3 F=$E\nFROM a AS c\nARG G=4 H=$G\n");
    static const uint32_t INSTRUCTIONS[] = {1, 4, 6};
    static const char *const NAMES[] = {"A", "E", "G"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        gdf_node node = build_of_instruction(&it, INSTRUCTIONS[i]);
        gdf_part first = gdf_instruction_find_part(it.document, node, GDF_PART_PAIR, 0);
        gdf_part second = gdf_instruction_find_part(it.document, node, GDF_PART_PAIR, 1);
        gdf__scope before_first = gdf__scope_before_part(it.build, first);
        gdf__scope before_second = gdf__scope_before_part(it.build, second);
        gdf_str name = gdf__str(NAMES[i]);
        assert_int_equal(gdf__scope_find(&before_first, name).state, GDF__VARIABLE_UNSET);
        assert_int_equal(gdf__scope_find(&before_second, name).state, GDF__VARIABLE_SET);
    }
    build_of_free(&it);
}

static void the_state_before_from_is_the_global_one(void **state)
{
    (void)state;
    build_of it = build_of_text("ARG A=1\nFROM x\nUSER u\nFROM y\n");
    gdf_node from = build_of_instruction(&it, 3);
    assert_slice_is(gdf__build_state_before(it.build, from)->user.text, "");
    assert_int_equal(gdf__build_state_before(it.build, from)->user.node, 0);
    assert_int_equal(gdf__build_state_after(it.build, from), gdf__build_state_at_end(it.build, 2));
    assert_int_equal(gdf__build_state_after(it.build, build_of_instruction(&it, 2))->user.node,
                     build_of_instruction(&it, 2));
    build_of_free(&it);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(triggers_run_in_front_of_the_child_stage),
        cmocka_unit_test(triggers_run_in_children_alone),
        cmocka_unit_test(the_first_instruction_of_a_stage_sees_what_triggers_left),
        cmocka_unit_test(a_child_stage_begins_with_the_environment_of_the_image),
        cmocka_unit_test(the_scope_of_an_argument_is_found_behind_triggers),
        cmocka_unit_test(a_word_sees_the_variables_in_front_of_it),
        cmocka_unit_test(stages_take_global_arguments_only_when_they_ask),
        cmocka_unit_test(stages_inherit_the_variables_of_their_base_stage),
        cmocka_unit_test(what_the_base_image_may_set_is_not_certain),
        cmocka_unit_test(the_builder_gives_platform_arguments),
        cmocka_unit_test(build_arguments_replace_defaults),
        cmocka_unit_test(a_refused_word_has_the_builders_error),
        cmocka_unit_test(heredoc_bodies_keep_their_quotes),
        cmocka_unit_test(a_variable_tells_where_it_comes_from),
        cmocka_unit_test(commands_see_what_their_moment_has),
        cmocka_unit_test(the_environment_is_the_env_list_without_arguments),
        cmocka_unit_test(growing_values_are_given_up),
        cmocka_unit_test(a_relative_workdir_goes_on_from_the_one_before),
        cmocka_unit_test(the_user_is_the_last_one_or_the_images),
        cmocka_unit_test(an_entrypoint_takes_back_an_inherited_command),
        cmocka_unit_test(other_settings_are_inherited_too),
        cmocka_unit_test(triggers_see_the_end_of_their_stage),
        cmocka_unit_test(the_state_before_from_is_the_global_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
