/* Stages, their bases and roots, edges, reachability. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"
#include "support/assertions.h"
#include "support/build_of.h"
#include "support/counting_allocator.h"

/* ---- stages ---------------------------------------------------------------------------------- */

static void stages_are_numbered_and_named_in_file_order(void **state)
{
    (void)state;
    build_of it =
        build_of_text("ARG V=1\nFROM golang AS Build\nRUN a\nRUN b\nFROM scratch\nCOPY a b\n");
    assert_int_equal(gdf_build_count_stages(it.build), 2);
    assert_slice_is(gdf_stage_get_name(it.build, 1), "build");
    assert_slice_is(gdf_stage_get_name(it.build, 2), "");
    assert_int_equal(gdf_stage_count_instructions(it.build, 1), 3);
    assert_int_equal(gdf_stage_get_instruction(it.build, 1), build_of_instruction(&it, 1));
    assert_int_equal(gdf_stage_get_instruction_at(it.build, 1, 2), build_of_instruction(&it, 3));
    assert_int_equal(gdf_stage_get_instruction_at(it.build, 1, 3), 0);
    assert_int_equal(gdf_build_find_stage(it.build, build_of_instruction(&it, 0)), 0);
    assert_int_equal(gdf_build_find_stage(it.build, build_of_instruction(&it, 3)), 1);
    assert_int_equal(gdf_build_find_stage(it.build, build_of_instruction(&it, 5)), 2);
    build_of_free(&it);
}

static void every_node_of_an_instruction_has_its_stage(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM a\nONBUILD RUN x\n");
    gdf_node outer = build_of_instruction(&it, 1);
    for (gdf_node node = outer; node <= gdf_document_count_nodes(it.document); node++)
        assert_int_equal(gdf_build_find_stage(it.build, node), 1);
    assert_int_equal(gdf_build_find_stage(it.build, 1), 0);
    build_of_free(&it);
}

static void stages_are_found_by_name_in_any_case_and_by_index(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM x AS one\nFROM x AS two\nFROM x AS one\n");
    static const struct {
        const char *name;
        gdf_stage stage;
    } CASES[] = {{"two", 2}, {"TWO", 2}, {"one", 3}, {"0", 1}, {"+2", 3},
                 {"3", 0},   {"-1", 0},  {"tw", 0},  {"", 0},  {"twoo", 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(
            gdf_build_find_stage_by_name(it.build, CASES[i].name, strlen(CASES[i].name)),
            CASES[i].stage);
    build_of_free(&it);
}

static void from_finds_earlier_stages_by_their_exact_name(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gdf_stage base; /* of the last stage */
    } CASES[] = {
        {"FROM x AS b\nFROM b", 1},
        {"FROM x AS B\nFROM b", 1},
        {"FROM x AS b\nFROM B", 0},
        {"FROM b\nFROM x AS b", 0},
        {"FROM b AS b", 0},
        {"FROM x AS b\nFROM b AS b\nFROM b", 2},
        {"FROM x AS b\nFROM y AS b\nFROM b AS b\nFROM b", 3},
        {"FROM x AS scratch\nFROM scratch", 1},
        {"ARG S=b\nFROM x AS b\nFROM $S", 1},
        {"FROM x AS b\nFROM 0", 0},
        {"FROM x AS b\nFROM b:latest", 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        gdf_stage last = gdf_build_count_stages(it.build);
        assert_int_equal(gdf_stage_get_base_stage(it.build, last), CASES[i].base);
        build_of_free(&it);
    }
}

static void the_root_of_a_chain_is_its_image(void **state)
{
    (void)state;
    build_of it =
        build_of_text("ARG V=1.22\nFROM reg.example.org:5000/team/golang:$V-alpine@sha256:"
                      "0000000000000000000000000000000000000000000000000000000000000000"
                      " AS a\nFROM a AS b\nFROM b\n");
    const gdf__stage *stage = gdf__build_stage(it.build, 3);
    assert_int_equal(stage->root, 1);
    assert_slice_is(stage->base, "b");
    assert_slice_is(stage->image.registry, "reg.example.org:5000");
    assert_slice_is(stage->image.repository, "team/golang");
    assert_slice_is(stage->image.tag, "1.22-alpine");
    assert_int_equal(stage->image.digest.len, 71);
    assert_slice_equal(gdf_stage_get_root_image(it.build, 3), gdf_stage_get_base(it.build, 1));
    build_of_free(&it);
}

static void scratch_is_no_image(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM scratch AS a\nFROM a\nFROM SCRATCH\nFROM scratch:latest\n");
    assert_true(gdf__build_is_scratch(it.build, 1));
    assert_true(gdf__build_is_scratch(it.build, 2));
    assert_false(gdf__build_is_scratch(it.build, 3));
    assert_false(gdf__build_is_scratch(it.build, 4));
    assert_int_equal(gdf_build_count_edges(it.build), 3);
    build_of_free(&it);
}

static void a_base_is_unknown_without_a_value_for_its_argument(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int unknown;
        const char *base;
    } CASES[] = {
        {"FROM golang", 0, "golang"},
        {"ARG V\nFROM golang:$V", 1, "golang:"},
        {"ARG V=1\nFROM golang:$V", 0, "golang:1"},
        {"ARG V\nFROM golang:${V:-1.2}", 0, "golang:1.2"},
        {"ARG V\nFROM golang:1${V:+-$V}", 1, "golang:1"},
        {"FROM golang:$V", 0, "golang:"},
        {"ARG A=$B\nARG B=x\nFROM $A", 0, ""},
        {"ARG B\nARG A=x$B\nFROM $A", 1, "x"},
        {"FROM ${V?no}", 1, ""},
        {"FROM --platform=$BUILDPLATFORM golang", 0, "golang"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        build_of it = build_of_text(CASES[i].text);
        if (gdf_stage_is_base_unknown(it.build, 1) != CASES[i].unknown)
            fail_msg("%s", CASES[i].text);
        assert_slice_is(gdf_stage_get_base(it.build, 1), CASES[i].base);
        build_of_free(&it);
    }
}

static void an_unknown_tag_leaves_what_holds_for_all_tags(void **state)
{
    (void)state;
    build_of it = build_of_text("ARG V\nARG I\nFROM golang:$V\nFROM ${I}:1\nFROM golang:1.22\n");
    assert_int_equal(gdf__build_find_image(it.build, 1).is_go_toolchain, GDF__FACT_YES);
    assert_int_equal(gdf__build_find_image(it.build, 2).family, GDF__IMAGE_UNKNOWN);
    assert_int_equal(gdf__build_find_image(it.build, 3).go_minor, 22);
    assert_slice_is(gdf_stage_get_root_image(it.build, 1), "");
    build_of_free(&it);
}

static void platforms_are_expanded(void **state)
{
    (void)state;
    build_of it =
        build_of_text("ARG P=linux/arm64\nFROM --platform=$P a\nFROM --platform=$BUILDPLATFORM a\n"
                      "FROM a\n");
    assert_slice_is(gdf_stage_get_platform(it.build, 1), "linux/arm64");
    assert_slice_is(gdf_stage_get_platform(it.build, 2), "linux/amd64");
    assert_slice_is(gdf_stage_get_platform(it.build, 3), "");
    assert_int_equal(gdf__build_stage(it.build, 2)->platform_flags, GDF__VALUE_AUTOMATIC);
    build_of_free(&it);
}

static void a_file_without_from_has_no_stage(void **state)
{
    (void)state;
    build_of it = build_of_text("RUN apt-get update\nUSER app\n");
    assert_int_equal(gdf_build_count_stages(it.build), 0);
    assert_int_equal(gdf_build_get_target(it.build), 0);
    assert_int_equal(gdf_build_count_commands(it.build), 1);
    assert_slice_is(gdf__build_state_at_end(it.build, 0)->user.text, "app");
    build_of_free(&it);
}

/* ---- edges ----------------------------------------------------------------------------------- */

typedef struct edge_case {
    const char *text;
    uint32_t index; /* of the edge */
    gdf_edge_kind kind;
    gdf_stage source;
    const char *reference;
    bool is_forward;
    bool is_invalid;
} edge_case;

static void check_edge(const edge_case *row)
{
    build_of it = build_of_text(row->text);
    const gdf__edge *edge = gdf__build_edge(it.build, row->index);
    if (!edge || edge->source != row->source || edge->is_forward != row->is_forward ||
        edge->is_invalid != row->is_invalid)
        fail_msg("%s", row->text);
    assert_int_equal(gdf_build_get_edge_kind(it.build, row->index), row->kind);
    assert_int_equal(gdf_build_get_edge_source(it.build, row->index), row->source);
    assert_slice_is(gdf_build_get_edge_reference(it.build, row->index), row->reference);
    build_of_free(&it);
}

static void copies_and_mounts_find_stages_by_name(void **state)
{
    (void)state;
    static const edge_case CASES[] = {
        {"FROM x AS a\nFROM y\nCOPY --from=a / /", 2, GDF_EDGE_COPY, 1, "a", false, false},
        {"FROM x AS a\nFROM y\nCOPY --from=A / /", 2, GDF_EDGE_COPY, 1, "A", false, false},
        {"FROM x AS a\nFROM y\nCOPY --from=nginx / /", 2, GDF_EDGE_COPY, 0, "nginx", false, false},
        {"FROM x\nCOPY --from=a / /\nFROM y AS a", 1, GDF_EDGE_COPY, 2, "a", true, false},
        {"FROM x AS a\nCOPY --from=a / /", 1, GDF_EDGE_COPY, 1, "a", true, false},
        {"FROM x AS a\nFROM y AS a\nFROM z\nCOPY --from=a / /", 3, GDF_EDGE_COPY, 2, "a", false,
         false},
        {"FROM x AS a\nFROM y\nRUN --mount=from=a,target=/a x", 2, GDF_EDGE_MOUNT, 1, "a", false,
         false},
        {"FROM x AS a\nFROM y\nRUN --mount=target=/a,From=A x", 2, GDF_EDGE_MOUNT, 1, "A", false,
         false},
        {"FROM x AS a\nFROM y\nRUN --mount=from=b,from=a x", 2, GDF_EDGE_MOUNT, 1, "a", false,
         false},
        {"FROM x AS a\nFROM y\nRUN --mount=from=0 x", 2, GDF_EDGE_MOUNT, 0, "0", false, false},
        {"FROM x AS a\nFROM y\nRUN --mount=type=cache,target=/c --mount=from=a x", 2,
         GDF_EDGE_MOUNT, 1, "a", false, false},
        {"FROM x AS a\nFROM a", 1, GDF_EDGE_BASE, 1, "a", false, false},
        {"ARG I=img\nFROM $I", 0, GDF_EDGE_BASE, 0, "img", false, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check_edge(&CASES[i]);
}

static void copy_by_number_counts_as_the_builder_does(void **state)
{
    (void)state;
    static const edge_case CASES[] = {
        {"FROM x\nFROM y\nCOPY --from=0 / /", 2, GDF_EDGE_COPY, 1, "0", false, false},
        {"FROM x\nFROM y\nCOPY --from=+0 / /", 2, GDF_EDGE_COPY, 1, "+0", false, false},
        {"FROM x\nCOPY --from=1 / /\nFROM y", 1, GDF_EDGE_COPY, 2, "1", true, false},
        {"FROM x\nCOPY --from=1 / /", 1, GDF_EDGE_COPY, 0, "1", false, true},
        {"FROM x\nCOPY --from=-1 / /", 1, GDF_EDGE_COPY, 0, "-1", false, true},
        {"FROM x\nCOPY --from=img / /\nCOPY --from=1 / /", 2, GDF_EDGE_COPY, 0, "img", false,
         false},
        {"FROM x\nRUN --mount=type=cache,target=/c x\nCOPY --from=1 / /", 1, GDF_EDGE_COPY, 0,
         "scratch", false, false},
        {"FROM x AS a\nCOPY --from=a / /\nCOPY --from=1 / /", 2, GDF_EDGE_COPY, 0, "1", false,
         true},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        check_edge(&CASES[i]);
}

static void edges_know_their_stage_and_instruction(void **state)
{
    (void)state;
    build_of it = build_of_text("FROM x AS a\nFROM y\nRUN --mount=from=a --mount=from=z v\n");
    assert_int_equal(gdf_build_count_edges(it.build), 4);
    assert_int_equal(gdf_build_get_edge_stage(it.build, 3), 2);
    assert_int_equal(gdf_build_get_edge_instruction(it.build, 3), build_of_instruction(&it, 2));
    assert_int_equal(gdf__build_stage(it.build, 2)->first_edge, 1);
    assert_int_equal(gdf__build_stage(it.build, 2)->edge_count, 3);
    assert_int_equal(gdf_part_get_kind(it.document, gdf__build_edge(it.build, 3)->part),
                     GDF_PART_OPTION);
    build_of_free(&it);
}

/* ---- reachability ---------------------------------------------------------------------------- */

typedef struct reach_case {
    const char *text;
    const char *target;
    const char *reached; /* a letter a stage: y or n */
} reach_case;

static void the_target_reaches_what_it_needs(void **state)
{
    (void)state;
    static const reach_case CASES[] = {
        {"FROM x AS a\nFROM y AS b\nFROM z", "", "nny"},
        {"FROM x AS a\nFROM a AS b\nFROM z\nCOPY --from=b / /", "", "yyy"},
        {"FROM x AS a\nFROM y AS b\nFROM z\nRUN --mount=from=a x", "", "yny"},
        {"FROM x AS a\nFROM y AS b\nFROM z AS c", "B", "nyn"},
        {"FROM x AS a\nCOPY --from=b / /\nFROM y AS b\nCOPY --from=a / /", "", "yy"},
        {"FROM x AS a\nFROM y", "nosuch", "nn"},
        {"FROM x AS a\nFROM y", "0", "nn"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const char *const options[][2] = {{"target", CASES[i].target}, {NULL, NULL}};
        build_of it = build_of_text_with(CASES[i].text, options);
        for (gdf_stage stage = 1; stage <= gdf_build_count_stages(it.build); stage++)
            assert_int_equal(gdf_stage_is_reachable(it.build, stage),
                             CASES[i].reached[stage - 1] == 'y');
        build_of_free(&it);
    }
}

static void named_contexts_stand_for_images_and_stages(void **state)
{
    (void)state;
    static const char *const OPTIONS[][2] = {{"named-context", "docker.io/library/alpine:latest"},
                                             {"named-context", "deps::linux/amd64"},
                                             {"named-context", "scratch"},
                                             {NULL, NULL}};
    build_of it = build_of_text_with("FROM alpine AS a\nFROM b AS deps\nCOPY --from=a / /\n"
                                     "FROM scratch\nCOPY --from=deps / /\nCOPY --from=alpine / /\n",
                                     OPTIONS);
    assert_true(gdf__build_stage(it.build, 1)->is_context);
    assert_true(gdf__build_stage(it.build, 2)->is_replaced);
    assert_true(gdf__build_is_scratch(it.build, 3));
    assert_true(gdf_stage_is_reachable(it.build, 2));
    assert_false(gdf_stage_is_reachable(it.build, 1));
    uint32_t last = gdf_build_count_edges(it.build) - 1;
    assert_true(gdf__build_edge(it.build, last)->is_context);
    assert_int_equal(gdf__build_find_image(it.build, 1).family, GDF__IMAGE_UNKNOWN);
    build_of_free(&it);
}

/* ---- edges of the API ------------------------------------------------------------------------ */

static void readers_of_nothing_are_neutral(void **state)
{
    (void)state;
    assert_null(gdf_build_create(NULL, NULL));
    gdf_build_free(NULL);
    build_of it = build_of_text("FROM a\n");
    const gdf_build *const BUILDS[] = {NULL, it.build};
    for (size_t i = 0; i < 2; i++) {
        const gdf_build *build = BUILDS[i];
        assert_int_equal(gdf_stage_get_instruction(build, 9), 0);
        assert_int_equal(gdf_stage_count_instructions(build, 9), 0);
        assert_slice_is(gdf_stage_get_name(build, 9), "");
        assert_slice_is(gdf_stage_get_base(build, 0), "");
        assert_slice_is(gdf_stage_get_root_image(build, 9), "");
        assert_slice_is(gdf_stage_get_platform(build, 9), "");
        assert_slice_is(gdf_stage_get_user(build, 9), "");
        assert_slice_is(gdf_stage_get_workdir(build, 9), "");
        assert_int_equal(gdf_stage_count_environment(build, 9), 0);
        assert_slice_is(gdf_stage_get_environment_name(build, 9, 0), "");
        assert_slice_is(gdf_stage_get_environment_value(build, 1, 0), "");
        assert_int_equal(gdf_stage_get_base_stage(build, 9), 0);
        assert_int_equal(gdf_stage_is_reachable(build, 9), 0);
        assert_int_equal(gdf_stage_is_base_unknown(build, 9), 0);
        assert_int_equal(gdf_build_get_edge_kind(build, 9), GDF_EDGE_NONE);
        assert_int_equal(gdf_build_get_edge_stage(build, 9), 0);
        assert_slice_is(gdf_build_get_edge_reference(build, 9), "");
        assert_int_equal(gdf_build_find_stage(build, 99), 0);
        assert_int_equal(gdf_build_find_command(build, 99), 0);
        assert_int_equal(gdf_build_is_shell_understood(build, 99), 0);
        assert_int_equal(gdf_command_get_instruction(build, 9), 0);
        assert_slice_is(gdf_command_get_program(build, 9), "");
        assert_slice_is(gdf_word_get_value(build, 9), "");
    }
    assert_int_equal(gdf_build_count_stages(NULL), 0);
    assert_int_equal(gdf_build_count_commands(NULL), 0);
    assert_int_equal(gdf_build_find_stage_by_name(NULL, "a", 1), 0);
    build_of_free(&it);
}

static void text_that_is_refused_gives_a_build_too(void **state)
{
    (void)state;
    static const char *const TEXTS[] = {
        "",
        "FROM",
        "FROM a b c d",
        "FROM a AS",
        "COPY --from a b",
        "ENV",
        "ENV a",
        "ARG =x",
        "FROM a\nUSER\nWORKDIR\nENV =\nSHELL x\nSHELL []\nENTRYPOINT []\nHEALTHCHECK\nONBUILD\n",
        "FROM a\nRUN --mount\nRUN --mount=\nRUN --mount=from\nCOPY --from= a b\n",
        "FROM a\nONBUILD ONBUILD RUN x",
        "FROM a\nRUN <<E\nx",
        "FROM a\nRUN\nCMD\nHEALTHCHECK CMD\nHEALTHCHECK --x CMD y\nONBUILD x\n",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++) {
        build_of it = build_of_text(TEXTS[i]);
        for (uint32_t k = 0; k < gdf_document_count_instructions(it.document); k++)
            gdf__build_state_after(it.build, build_of_instruction(&it, k));
        build_of_free(&it);
    }
}

/* ---- memory ---------------------------------------------------------------------------------- */

static bool build_something(const gdf_allocator *allocator, void *context)
{
    const gdf_document *document = context;
    gdf_options *options = gdf_options_create(allocator);
    bool ready = options && gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, "V=2", 3) == GDF_OK;
    gdf_build *build = ready ? gdf_build_create(document, options) : NULL;
    ready = build != NULL;
    gdf_build_free(build);
    gdf_options_free(options);
    return ready;
}

static void missing_memory_gives_no_build(void **state)
{
    (void)state;
    static const char TEXT[] =
        "ARG V=1\nFROM golang:$V AS Build\nENV A=1 B=$A\nARG V\nWORKDIR a\nWORKDIR b\n"
        "SHELL [\"/bin/bash\", \"-ec\"]\nRUN --mount=from=x go build && echo \"$(date)\"\n"
        "RUN <<-E\n\techo hi\n\tE\nRUN sh <<A && bash <<B\necho a\nA\necho b\nB\n"
        "ONBUILD RUN c\nFROM Build\nCOPY --from=Build /a /b\nUSER $A\nENTRYPOINT [\"/b\", \"c\"]\n";
    gdf_document *document = gdf_document_parse(TEXT, strlen(TEXT), NULL);
    assert_non_null(document);
    counting_allocator_try_every_failure(build_something, document, true);
    gdf_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stages_are_numbered_and_named_in_file_order),
        cmocka_unit_test(every_node_of_an_instruction_has_its_stage),
        cmocka_unit_test(stages_are_found_by_name_in_any_case_and_by_index),
        cmocka_unit_test(from_finds_earlier_stages_by_their_exact_name),
        cmocka_unit_test(the_root_of_a_chain_is_its_image),
        cmocka_unit_test(scratch_is_no_image),
        cmocka_unit_test(a_base_is_unknown_without_a_value_for_its_argument),
        cmocka_unit_test(an_unknown_tag_leaves_what_holds_for_all_tags),
        cmocka_unit_test(platforms_are_expanded),
        cmocka_unit_test(a_file_without_from_has_no_stage),
        cmocka_unit_test(copies_and_mounts_find_stages_by_name),
        cmocka_unit_test(copy_by_number_counts_as_the_builder_does),
        cmocka_unit_test(edges_know_their_stage_and_instruction),
        cmocka_unit_test(the_target_reaches_what_it_needs),
        cmocka_unit_test(named_contexts_stand_for_images_and_stages),
        cmocka_unit_test(readers_of_nothing_are_neutral),
        cmocka_unit_test(text_that_is_refused_gives_a_build_too),
        cmocka_unit_test(missing_memory_gives_no_build),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
