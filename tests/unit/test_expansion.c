/* What words expand to where they stand, and where the values come from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/expansion.h>

#include "base/builder.h"
#include "base/slice.h"
#include "support/assertions.h"
#include "support/build_of.h"
#include "support/counting_allocator.h"

/* The `nth` part of the kind in the last instruction. */
static gdf_part last_part(const build_of *it, gdf_part_kind kind, uint32_t nth)
{
    uint32_t count = gdf_document_count_instructions(it->document);
    return gdf_instruction_find_part(it->document, build_of_instruction(it, count - 1), kind, nth);
}

static gdf_expansion *expand_last(const build_of *it, gdf_part_kind kind, uint32_t nth)
{
    gdf_part part = last_part(it, kind, nth);
    assert_int_not_equal(part, 0);
    gdf_expansion *expansion = gdf_expansion_create(it->build, part);
    assert_non_null(expansion);
    return expansion;
}

/* ---- which fields are expanded --------------------------------------------------------------- */

typedef struct mode_case {
    const char *text;
    gdf_part_kind kind;
    uint32_t nth;
    gdf_expansion_mode mode;
} mode_case;

static void each_field_goes_as_the_builder_treats_it(void **state)
{
    (void)state;
    static const mode_case CASES[] = {
        {"FROM $A", GDF_PART_IMAGE, 0, GDF_EXPANSION_WORD},
        {"FROM a:$A", GDF_PART_IMAGE_TAG, 0, GDF_EXPANSION_WORD},
        {"FROM --platform=$A a", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_WORD},
        {"FROM --platform=$A a", GDF_PART_FLAG, 0, GDF_EXPANSION_NONE},
        {"FROM a AS b", GDF_PART_STAGE_NAME, 0, GDF_EXPANSION_NONE},
        {"ARG A=$B", GDF_PART_VALUE, 0, GDF_EXPANSION_WORD},
        {"ARG A=$B", GDF_PART_KEY, 0, GDF_EXPANSION_NONE},
        {"ARG A=$B", GDF_PART_PAIR, 0, GDF_EXPANSION_NONE},
        {"FROM a\nENV $A=$B", GDF_PART_KEY, 0, GDF_EXPANSION_WORD},
        {"FROM a\nENV $A=$B", GDF_PART_VALUE, 0, GDF_EXPANSION_WORD},
        {"FROM a\nLABEL $A=$B", GDF_PART_KEY, 0, GDF_EXPANSION_WORD},
        {"FROM a\nCOPY $A $B", GDF_PART_SOURCE, 0, GDF_EXPANSION_WORD},
        {"FROM a\nCOPY $A $B", GDF_PART_DESTINATION, 0, GDF_EXPANSION_WORD},
        {"FROM a\nCOPY --chown=$A:$B a b", GDF_PART_GROUP_NAME, 0, GDF_EXPANSION_WORD},
        {"FROM a\nCOPY --chmod=$A a b", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_WORD},
        {"FROM a\nCOPY --exclude=$A a b", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_NONE},
        {"FROM a\nCOPY --from=$A a b", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_REFUSED},
        {"FROM a\nCOPY --from=a:$A a b", GDF_PART_IMAGE_TAG, 0, GDF_EXPANSION_REFUSED},
        {"FROM a\nADD --checksum=$A a b", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_WORD},
        {"FROM a\nCOPY <<E b\n$A\nE", GDF_PART_HEREDOC, 0, GDF_EXPANSION_BODY},
        {"FROM a\nCOPY <<E b\n$A\nE", GDF_PART_SOURCE, 0, GDF_EXPANSION_NONE},
        {"FROM a\nCOPY <<'E' b\n$A\nE", GDF_PART_HEREDOC, 0, GDF_EXPANSION_NONE},
        {"FROM a\nRUN <<E\n$A\nE", GDF_PART_HEREDOC, 0, GDF_EXPANSION_SHELL},
        {"FROM a\nRUN echo $A", GDF_PART_COMMAND, 0, GDF_EXPANSION_SHELL},
        {"FROM a\nRUN [\"$A\"]", GDF_PART_EXEC_ARGUMENT, 0, GDF_EXPANSION_NONE},
        {"FROM a\nRUN --mount=target=$A a", GDF_PART_OPTION_VALUE, 0, GDF_EXPANSION_WORD},
        {"FROM a\nRUN --mount=FROM=$A a", GDF_PART_OPTION_VALUE, 0, GDF_EXPANSION_REFUSED},
        {"FROM a\nRUN --network=$A a", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_NONE},
        {"FROM a\nCMD $A", GDF_PART_COMMAND, 0, GDF_EXPANSION_SHELL},
        {"FROM a\nHEALTHCHECK CMD $A", GDF_PART_COMMAND, 0, GDF_EXPANSION_SHELL},
        {"FROM a\nHEALTHCHECK --timeout=$A CMD a", GDF_PART_FLAG_VALUE, 0, GDF_EXPANSION_NONE},
        {"FROM a\nEXPOSE $A/tcp", GDF_PART_PORT, 0, GDF_EXPANSION_WORDS},
        {"FROM a\nEXPOSE $A/tcp", GDF_PART_PORT_NUMBER, 0, GDF_EXPANSION_WORDS},
        {"FROM a\nUSER $A:$B", GDF_PART_GROUP_NAME, 0, GDF_EXPANSION_WORD},
        {"FROM a\nWORKDIR $A", GDF_PART_PATH, 0, GDF_EXPANSION_WORD},
        {"FROM a\nVOLUME [\"$A\"]", GDF_PART_PATH, 0, GDF_EXPANSION_WORD},
        {"FROM a\nSTOPSIGNAL $A", GDF_PART_SIGNAL, 0, GDF_EXPANSION_WORD},
        {"FROM a\nMAINTAINER $A", GDF_PART_AUTHOR, 0, GDF_EXPANSION_NONE},
        {"FROM a\nSHELL [\"$A\"]", GDF_PART_EXEC_ARGUMENT, 0, GDF_EXPANSION_NONE},
        {"FROM a\nONBUILD USER $A", GDF_PART_TRIGGER, 0, GDF_EXPANSION_LATER},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_part part = last_part(&it, CASES[i].kind, CASES[i].nth);
        if (!part || gdf_part_get_expansion_mode(it.document, part) != CASES[i].mode)
            fail_msg("%s: %s", CASES[i].text, gdf_part_kind_name(CASES[i].kind));
        build_of_free(&it);
    }
}

static void what_onbuild_holds_is_expanded_later(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM a\nENV A=1\nONBUILD USER $A\n");
    gdf_node inner = build_of_instruction(&it, 2);
    while (gdf_node_get_instruction(it.document, inner) != GDF_INSTRUCTION_USER)
        inner++;
    gdf_part name = gdf_instruction_find_part(it.document, inner, GDF_PART_USER_NAME, 0);
    gdf_expansion *expansion = gdf_expansion_create(it.build, name);
    assert_int_equal(gdf_expansion_get_mode(expansion), GDF_EXPANSION_LATER);
    assert_slice_is(gdf_expansion_get_text(expansion), "$A");
    assert_false(gdf_expansion_is_certain(expansion));
    gdf_expansion_free(expansion);
    build_of_free(&it);
}

/* ---- results --------------------------------------------------------------------------------- */

typedef struct text_case {
    const char *text;
    gdf_part_kind kind;
    uint32_t nth;
    const char *expanded;
    int certain;
} text_case;

static void parts_expand_in_the_scope_of_their_place(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"ARG V=1.22\nFROM golang:$V", GDF_PART_IMAGE, 0, "golang:1.22", 1},
        {"ARG V=1.22\nFROM golang:$V", GDF_PART_IMAGE_TAG, 0, "1.22", 1},
        {"ARG V\nFROM golang:$V", GDF_PART_IMAGE, 0, "golang:", 0},
        {"ARG V=1\nFROM scratch\nUSER u$V", GDF_PART_USER_NAME, 0, "u", 1},
        {"FROM who/knows\nUSER u$V", GDF_PART_USER_NAME, 0, "u", 0},
        {"FROM scratch\nENV A=1\nENV A=2 B=$A", GDF_PART_VALUE, 1, "1", 1},
        {"FROM scratch\nENV A=1\nENV A 2 $A", GDF_PART_VALUE, 0, "2 1", 1},
        {"FROM scratch\nENV P=\"a b\"\nVOLUME [\"/$P\", \"/c\"]", GDF_PART_PATH, 0, "/a b", 1},
        {"FROM scratch\nENV A=x\nCOPY --chown=\"$A:y\" a /", GDF_PART_FLAG_VALUE, 0, "x:y", 1},
        {"FROM scratch\nENV A=x\nRUN --mount=type=bind,target=/$A a", GDF_PART_OPTION_VALUE, 1,
         "/x", 1},
        {"FROM scratch\nENV A=x\nCOPY <<E /b\n\"$A\" \\$A\nE", GDF_PART_HEREDOC, 0, "\"x\" $A\n",
         1},
        {"FROM scratch\nENV A=x\nCOPY <<-E /b\n\t\t$A\n\tb\n\tE", GDF_PART_HEREDOC, 0, "x\nb\n", 1},
        {"# escape=`\nFROM scratch\nENV A=x\nCOPY <<E /b\n`$A\nE", GDF_PART_HEREDOC, 0, "`x\n", 1},
        {"FROM scratch\nCMD echo $A", GDF_PART_COMMAND, 0, "echo $A", 1},
        {"FROM scratch\nCOPY --exclude=$A a b", GDF_PART_FLAG_VALUE, 0, "$A", 1},
        {"FROM scratch\nCOPY --from=b a b", GDF_PART_FLAG_VALUE, 0, "b", 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_expansion *expansion = expand_last(&it, CASES[i].kind, CASES[i].nth);
        assert_slice_is(gdf_expansion_get_text(expansion), CASES[i].expanded);
        if (gdf_expansion_is_certain(expansion) != CASES[i].certain)
            fail_msg("%s", CASES[i].text);
        assert_int_equal(gdf_expansion_get_error(expansion).len, 0);
        gdf_expansion_free(expansion);
        build_of_free(&it);
    }
}

static void a_pair_of_arg_sees_the_earlier_ones(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"ARG A=1 B=$A", GDF_PART_VALUE, 1, "1", 1},
        {"ARG B=$A A=1", GDF_PART_VALUE, 0, "", 1},
        {"ARG A=1\nARG A=2 B=$A A=3", GDF_PART_VALUE, 1, "2", 1},
        {"ARG A=1\nARG A=2$A A=3$A A=4$A", GDF_PART_VALUE, 0, "21", 1},
        {"ARG A=1\nARG A=2$A A=3$A A=4$A", GDF_PART_VALUE, 1, "321", 1},
        {"ARG A=1\nARG A=2$A A=3$A A=4$A", GDF_PART_VALUE, 2, "4321", 1},
        {"ARG A=1\nARG A=2$A A", GDF_PART_VALUE, 0, "21", 1},
        {"ARG G=g\nFROM scratch\nARG A=1 G B=$A$G", GDF_PART_VALUE, 1, "1g", 1},
        {"FROM scratch\nENV A=1\nARG A=$A B=$A", GDF_PART_VALUE, 1, "1", 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_expansion *expansion = expand_last(&it, CASES[i].kind, CASES[i].nth);
        if (!gdf__str_is(gdf_expansion_get_text(expansion), CASES[i].expanded))
            fail_msg("%s", CASES[i].text);
        gdf_expansion_free(expansion);
        build_of_free(&it);
    }
}

static void expose_gives_words(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch\nENV P=\"80 443/udp\"\nEXPOSE $P\n");
    gdf_expansion *expansion = expand_last(&it, GDF_PART_PORT, 0);
    assert_int_equal(gdf_expansion_count_words(expansion), 2);
    assert_slice_is(gdf_expansion_get_word(expansion, 0), "80");
    assert_slice_is(gdf_expansion_get_word(expansion, 1), "443/udp");
    assert_slice_is(gdf_expansion_get_word(expansion, 2), "");
    assert_slice_is(gdf_expansion_get_text(expansion), "80 443/udp");
    gdf_expansion_free(expansion);
    build_of_free(&it);
}

static void every_other_text_is_one_word(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch\nENV P=\"80 443\"\nUSER $P\n");
    gdf_expansion *expansion = expand_last(&it, GDF_PART_USER_NAME, 0);
    assert_int_equal(gdf_expansion_count_words(expansion), 1);
    assert_slice_is(gdf_expansion_get_word(expansion, 0), "80 443");
    gdf_expansion_free(expansion);
    build_of_free(&it);
}

static void refusals_are_in_the_words_of_the_builder(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gdf_part_kind kind;
        const char *error;
    } CASES[] = {
        {"FROM scratch\nUSER ${A", GDF_PART_USER_NAME,
         "failed to process \"${A\": unsupported modifier (\xef\xbf\xbd) in substitution"},
        {"FROM scratch\nWORKDIR ${A:?no such}", GDF_PART_PATH,
         "failed to process \"${A:?no such}\": A: no such"},
        {"FROM scratch\nEXPOSE ${}", GDF_PART_PORT,
         "failed to process \"${}\": syntax error: bad substitution"},
        {"FROM scratch\nCOPY --from=$A a b", GDF_PART_FLAG_VALUE,
         "variable expansion is not supported for --from, define a new stage with FROM using ARG "
         "from global scope as a workaround"},
        {"FROM scratch\nCOPY --from=a$ a b", GDF_PART_FLAG_VALUE, ""},
        {"FROM scratch\nRUN --mount=from=a$A a", GDF_PART_OPTION_VALUE,
         "dockerfile parse error on line 2: 'from' doesn't support variable expansion, define "
         "alias stage instead"},
        {"FROM scratch\nRUN --mount=from=a$ a", GDF_PART_OPTION_VALUE, ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_expansion *expansion = expand_last(&it, CASES[i].kind, 0);
        assert_slice_is(gdf_expansion_get_error(expansion), CASES[i].error);
        assert_int_equal(gdf_expansion_is_certain(expansion), CASES[i].error[0] == '\0');
        gdf_expansion_free(expansion);
        build_of_free(&it);
    }
}

/* ---- references ------------------------------------------------------------------------------ */

/* "name=text of its range" of all references. */
static void describe_references(const build_of *it, const gdf_expansion *expansion, char *out,
                                size_t size)
{
    gdf_str file = gdf_document_get_text(it->document);
    size_t used = 0;
    out[0] = '\0';
    for (uint32_t i = 0; i < gdf_expansion_count_references(expansion); i++) {
        gdf_str name = gdf_expansion_get_reference_name(expansion, i);
        gdf_str text = gdf__str_slice(file, gdf_expansion_get_reference_start(expansion, i),
                                      gdf_expansion_get_reference_end(expansion, i));
        used += (size_t)snprintf(out + used, size - used, "%.*s=[%.*s]", (int)name.len, name.ptr,
                                 (int)text.len, text.ptr);
        assert_true(used < size);
    }
}

static void references_have_their_range_in_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gdf_part_kind kind;
        uint32_t nth;
        const char *references;
    } CASES[] = {
        {"FROM a\nUSER $A", GDF_PART_USER_NAME, 0, "A=[$A]"},
        {"FROM a\nWORKDIR x$A/${B}y", GDF_PART_PATH, 0, "A=[$A]B=[${B}]"},
        {"FROM a\nWORKDIR ${A:-${B:-$C}d}/e", GDF_PART_PATH, 0,
         "A=[${A:-${B:-$C}d}]B=[${B:-$C}]C=[$C]"},
        {"FROM a\nWORKDIR ${A#x}${B/x/${C}}z", GDF_PART_PATH, 0,
         "A=[${A#x}]B=[${B/x/${C}}]C=[${C}]"},
        {"FROM a\nWORKDIR \"x\\$N'$A\"", GDF_PART_PATH, 0, "A=[$A]"},
        {"FROM a\nCOPY a \\\n  $A/\\\n$B", GDF_PART_DESTINATION, 0, "A=[$A]B=[$B]"},
        {"FROM a\nENV X=\"$A\" Y=$B", GDF_PART_VALUE, 1, "B=[$B]"},
        {"FROM a\nCOPY --chown=\"$A\" a b", GDF_PART_FLAG_VALUE, 0, "A=[$A]"},
        {"FROM a\nVOLUME [\"/a\", \"/$A\"]", GDF_PART_PATH, 1, "A=[$A]"},
        {"FROM a\nVOLUME [\"/\\u0061$A\"]", GDF_PART_PATH, 0, "A=[\"/\\u0061$A\"]"},
        {"FROM a\nCOPY <<-E b\n\t\tx$A\n\t$B\n\tE", GDF_PART_HEREDOC, 0, "A=[$A]B=[$B]"},
        {"FROM a\nEXPOSE ${A:-1}$B", GDF_PART_PORT, 0, "A=[${A:-1}]B=[$B]"},
        {"FROM a\nRUN echo $A", GDF_PART_COMMAND, 0, ""},
        {"FROM a\nUSER $A${B?no}", GDF_PART_USER_NAME, 0, "A=[$A]B=[${B?no}]"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_expansion *expansion = expand_last(&it, CASES[i].kind, CASES[i].nth);
        char references[256];
        describe_references(&it, expansion, references, sizeof references);
        assert_string_equal(references, CASES[i].references);
        gdf_expansion_free(expansion);
        build_of_free(&it);
    }
}

typedef struct origin_case {
    const char *text; /* its last instruction is USER $X */
    gdf_variable_state state;
    gdf_variable_origin origin;
    const char *value;
    const char *origin_pair; /* as written; "" for none */
    const char *declaration;
} origin_case;

static gdf_str part_text(const build_of *it, gdf_part part)
{
    return gdf__str_slice(gdf_document_get_text(it->document),
                          gdf_part_get_start(it->document, part),
                          gdf_part_get_end(it->document, part));
}

static void check_origin(const origin_case *row)
{
    static const char *const OPTIONS[][2] = {{"build-arg", "GIVEN=yes"}, {NULL, NULL}};
    build_of it = build_of_text_with(row->text, OPTIONS);
    gdf_expansion *expansion = expand_last(&it, GDF_PART_USER_NAME, 0);
    assert_int_equal(gdf_expansion_count_references(expansion), 1);
    if (gdf_expansion_get_reference_state(expansion, 0) != row->state ||
        gdf_expansion_get_reference_origin(expansion, 0) != row->origin)
        fail_msg("%s", row->text);
    assert_slice_is(gdf_expansion_get_reference_value(expansion, 0), row->value);
    assert_slice_is(part_text(&it, gdf_expansion_get_reference_origin_part(expansion, 0)),
                    row->origin_pair);
    assert_slice_is(part_text(&it, gdf_expansion_get_reference_declaration(expansion, 0)),
                    row->declaration);
    gdf_expansion_free(expansion);
    build_of_free(&it);
}

static void a_reference_knows_where_its_value_comes_from(void **state)
{
    (void)state;
    static const origin_case CASES[] = {
        {"FROM scratch\nENV A=1 B=2\nUSER $B", GDF_VARIABLE_SET, GDF_ORIGIN_ENVIRONMENT, "2", "B=2",
         "B=2"},
        {"FROM scratch AS a\nENV A=1\nFROM a\nUSER $A", GDF_VARIABLE_SET, GDF_ORIGIN_ENVIRONMENT,
         "1", "A=1", "A=1"},
        {"FROM scratch\nARG A=1\nUSER $A", GDF_VARIABLE_SET, GDF_ORIGIN_ARG_DEFAULT, "1", "A=1",
         "A=1"},
        {"ARG A=1\nFROM scratch\nARG A\nUSER $A", GDF_VARIABLE_SET, GDF_ORIGIN_ARG_DEFAULT, "1",
         "A=1", "A"},
        {"FROM scratch\nARG GIVEN=no\nUSER $GIVEN", GDF_VARIABLE_SET, GDF_ORIGIN_BUILD_ARGUMENT,
         "yes", "", "GIVEN=no"},
        {"ARG GIVEN\nFROM scratch\nARG GIVEN\nUSER $GIVEN", GDF_VARIABLE_SET,
         GDF_ORIGIN_BUILD_ARGUMENT, "yes", "", "GIVEN"},
        {"FROM scratch\nUSER $GIVEN", GDF_VARIABLE_UNSET, GDF_ORIGIN_NONE, "", "", ""},
        {"FROM scratch\nARG TARGETARCH\nUSER $TARGETARCH", GDF_VARIABLE_SET, GDF_ORIGIN_AUTOMATIC,
         "amd64", "", "TARGETARCH"},
        {"FROM scratch\nUSER $TARGETARCH", GDF_VARIABLE_UNSET, GDF_ORIGIN_NONE, "", "", ""},
        {"FROM scratch\nARG A\nUSER $A", GDF_VARIABLE_DECLARED, GDF_ORIGIN_NONE, "", "", "A"},
        {"FROM who/knows\nUSER $A", GDF_VARIABLE_BASE, GDF_ORIGIN_BASE_IMAGE, "", "", ""},
        {"FROM scratch\nUSER $PATH", GDF_VARIABLE_SET, GDF_ORIGIN_BASE_IMAGE,
         "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check_origin(&CASES[i]);
}

static void variables_are_read_by_name(void **state)
{
    (void)state;
    build_of it = build_of_text("ARG G=g\nFROM scratch\nARG G\nENV A=1\nENV A=2\n");
    const gdf_build *build = it.build;
    gdf_node last = build_of_instruction(&it, 4);
    assert_int_equal(gdf_build_get_variable_state(build, last, "A", 1), GDF_VARIABLE_SET);
    assert_slice_is(gdf_build_get_variable_value(build, last, "A", 1), "1");
    assert_int_equal(gdf_build_get_variable_origin(build, last, "A", 1), GDF_ORIGIN_ENVIRONMENT);
    assert_slice_is(part_text(&it, gdf_build_get_variable_origin_part(build, last, "G", 1)), "G=g");
    assert_slice_is(part_text(&it, gdf_build_get_variable_declaration(build, last, "G", 1)), "G");
    assert_int_equal(gdf_build_get_variable_state(build, last, "X", 1), GDF_VARIABLE_UNSET);
    build_of_free(&it);
}

/* ---- any text -------------------------------------------------------------------------------- */

static void any_text_expands_in_front_of_an_instruction(void **state)
{
    (void)state;
    build_of it = build_of_text("ARG V=1\nFROM scratch\nENV A=x\nRUN a\n");
    static const struct {
        uint32_t instruction;
        const char *expanded;
    } CASES[] = {{0, "-/"}, {1, "-/1"}, {2, "-/"}, {3, "-x/"}};
    static const char TEXT[] = "-$A/${V}";
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        gdf_node node = build_of_instruction(&it, CASES[i].instruction);
        gdf_expansion *expansion = gdf_expansion_create_text(it.build, node, TEXT, strlen(TEXT));
        assert_slice_is(gdf_expansion_get_text(expansion), CASES[i].expanded);
        assert_int_equal(gdf_expansion_get_mode(expansion), GDF_EXPANSION_WORD);
        assert_int_equal(gdf_expansion_get_reference_start(expansion, 1), 4);
        assert_int_equal(gdf_expansion_get_reference_end(expansion, 1), 8);
        gdf_expansion_free(expansion);
    }
    build_of_free(&it);
}

static void growth_over_the_limit_is_not_certain(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_MAX_EXPANSION, 8);
    static const char TEXT[] = "FROM scratch\nENV A=12345678\nUSER $A$A\n";
    build_of it = {.document = gdf_document_parse(TEXT, strlen(TEXT), options)};
    it.build = gdf_build_create(it.document, options);
    gdf__arena_init(&it.arena, &gdf__default_allocator);
    gdf_expansion *expansion = expand_last(&it, GDF_PART_USER_NAME, 0);
    assert_slice_is(gdf_expansion_get_text(expansion), "");
    assert_slice_is(gdf_expansion_get_error(expansion), "");
    assert_false(gdf_expansion_is_certain(expansion));
    gdf_expansion_free(expansion);
    gdf_options_free(options);
    build_of_free(&it);
}

static void readers_of_nothing_are_neutral(void **state)
{
    (void)state;
    assert_null(gdf_expansion_create(NULL, 1));
    assert_null(gdf_expansion_create_text(NULL, 1, "a", 1));
    gdf_expansion_free(NULL);
    assert_slice_is(gdf_expansion_get_text(NULL), "");
    assert_slice_is(gdf_expansion_get_error(NULL), "");
    assert_int_equal(gdf_expansion_get_mode(NULL), GDF_EXPANSION_NONE);
    assert_int_equal(gdf_expansion_count_words(NULL), 0);
    assert_slice_is(gdf_expansion_get_reference_name(NULL, 0), "");
    assert_int_equal(gdf_expansion_get_reference_origin(NULL, 0), GDF_ORIGIN_NONE);
    assert_int_equal(gdf_part_get_expansion_mode(NULL, 1), GDF_EXPANSION_NONE);
    assert_int_equal(gdf_build_get_variable_origin(NULL, 1, "A", 1), GDF_ORIGIN_NONE);
    build_of it = build_of_text("FROM a\n");
    assert_int_equal(gdf_part_get_expansion_mode(it.document, 1000), GDF_EXPANSION_NONE);
    assert_null(gdf_expansion_create_text(it.build, 1, NULL, 1));
    assert_slice_is(gdf_build_get_variable_value(it.build, 1000, NULL, 0), "");
    gdf_expansion *nothing = gdf_expansion_create(it.build, 1000);
    assert_slice_is(gdf_expansion_get_text(nothing), "");
    assert_slice_is(gdf_expansion_get_reference_value(nothing, 7), "");
    gdf_expansion_free(nothing);
    build_of_free(&it);
}

/* More than the document has. */
enum { MANY_PARTS = 50 };

static bool expand_everything(const gdf_allocator *allocator, void *context)
{
    gdf_options *options = gdf_options_create(allocator);
    gdf_build *build = options ? gdf_build_create(context, options) : NULL;
    bool done = build != NULL;
    for (gdf_part part = 1; done && part <= MANY_PARTS; part++) {
        gdf_expansion *expansion = gdf_expansion_create(build, part);
        done = expansion != NULL;
        gdf_expansion_free(expansion);
    }
    gdf_build_free(build);
    gdf_options_free(options);
    return done;
}

static void missing_memory_gives_no_expansion(void **state)
{
    (void)state;
    static const char TEXT[] = "ARG V=1 W=$V\nFROM scratch\nENV A=x$V\nEXPOSE $A ${V:-2}\n"
                               "COPY --from=$A --chown=$A a$A b\nRUN --mount=from=$A,target=$A a\n"
                               "COPY <<-E /c\n\t$A${A?x}\n\tE\n";
    gdf_document *document = gdf_document_parse(TEXT, strlen(TEXT), NULL);
    assert_non_null(document);
    counting_allocator_try_every_failure(expand_everything, document, true);
    gdf_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_field_goes_as_the_builder_treats_it),
        cmocka_unit_test(what_onbuild_holds_is_expanded_later),
        cmocka_unit_test(parts_expand_in_the_scope_of_their_place),
        cmocka_unit_test(a_pair_of_arg_sees_the_earlier_ones),
        cmocka_unit_test(expose_gives_words),
        cmocka_unit_test(every_other_text_is_one_word),
        cmocka_unit_test(refusals_are_in_the_words_of_the_builder),
        cmocka_unit_test(references_have_their_range_in_the_file),
        cmocka_unit_test(a_reference_knows_where_its_value_comes_from),
        cmocka_unit_test(variables_are_read_by_name),
        cmocka_unit_test(any_text_expands_in_front_of_an_instruction),
        cmocka_unit_test(growth_over_the_limit_is_not_certain),
        cmocka_unit_test(readers_of_nothing_are_neutral),
        cmocka_unit_test(missing_memory_gives_no_expansion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
