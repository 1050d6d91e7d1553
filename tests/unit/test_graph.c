/* The stage graph as text, JSON and Graphviz. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/graph.h>

#include "support/assertions.h"
#include "support/build_of.h"
#include "support/counting_allocator.h"

static const char FILE_TEXT[] = "ARG V\n"
                                "FROM --platform=linux/amd64 golang:1.25 AS Build\n"
                                "FROM example:$V AS tools\n"
                                "FROM build AS test\n"
                                "FROM scratch\n"
                                "ENV D=/out\n"
                                "COPY --from=build $D/app /etc/x \\\n"
                                "  /\n"
                                "COPY local /\n"
                                "COPY --from=nginx:1 /c /\n"
                                "RUN --mount=type=bind,from=nginx:1,source=/s --mount=from=0 a\n";

static void check(const char *text, gdf_graph_format format, const char *expected)
{
    build_of it = build_of_text(text);
    gdf_text *graph = gdf_build_render_graph(it.build, format);
    assert_non_null(graph);
    assert_slice_is(gdf_text_get(graph), expected);
    gdf_text_free(graph);
    build_of_free(&it);
}

static void text_lists_the_sources_of_each_stage(void **state)
{
    (void)state;
    check(FILE_TEXT, GDF_GRAPH_TEXT,
          "0 build\n"
          "    line 2: FROM --platform=linux/amd64 golang:1.25\n"
          "1 tools (not reached)\n"
          "    line 3: FROM example:$V (not known)\n"
          "2 test (not reached)\n"
          "    line 4: FROM build (stage 0)\n"
          "3 (target)\n"
          "    line 5: FROM scratch\n"
          "    line 7: COPY --from=build (stage 0): /out/app /etc/x\n"
          "    line 10: COPY --from=nginx:1 (image): /c\n"
          "    line 11: RUN --mount=from=nginx:1 (image): /s\n"
          "    line 11: RUN --mount=from=0 (image)\n");
}

static void text_says_what_the_builder_refuses(void **state)
{
    (void)state;
    check("FROM scratch AS a\nCOPY --from=7 x /\nCOPY --from=a x /\nCOPY --from=b x /\n"
          "FROM scratch AS b\n",
          GDF_GRAPH_TEXT,
          "0 a (not reached)\n"
          "    line 1: FROM scratch\n"
          "    line 2: COPY --from=7 (no such stage): x\n"
          "    line 3: COPY --from=a (stage 0, itself): x\n"
          "    line 4: COPY --from=b (stage 1, which comes later): x\n"
          "1 b (target)\n"
          "    line 5: FROM scratch\n");
}

static void nothing_of_the_input_moves_the_cursor(void **state)
{
    (void)state;
    check("FROM a\033[31m\n", GDF_GRAPH_TEXT, "0 (target)\n    line 1: FROM a\xe2\x90\x9b[31m\n");
}

static void json_holds_everything(void **state)
{
    (void)state;
    check(FILE_TEXT, GDF_GRAPH_JSON,
          "{\"file\":\"\",\"target\":3,\"stages\":[\n"
          "{\"stage\":0,\"name\":\"build\",\"base\":\"golang:1.25\",\"baseStage\":null,"
          "\"baseKnown\":true,\"platform\":\"linux/amd64\",\"target\":false,\"reached\":true,"
          "\"line\":2,\"edges\":[{\"kind\":\"base\",\"reference\":\"golang:1.25\","
          "\"origin\":\"image\",\"source\":null,\"line\":2,\"paths\":[]}]},\n"
          "{\"stage\":1,\"name\":\"tools\",\"base\":\"example:$V\",\"baseStage\":null,"
          "\"baseKnown\":false,\"platform\":\"\",\"target\":false,\"reached\":false,\"line\":3,"
          "\"edges\":[{\"kind\":\"base\",\"reference\":\"example:$V\",\"origin\":\"image\","
          "\"source\":null,\"line\":3,\"paths\":[]}]},\n"
          "{\"stage\":2,\"name\":\"test\",\"base\":\"build\",\"baseStage\":0,\"baseKnown\":true,"
          "\"platform\":\"\",\"target\":false,\"reached\":false,\"line\":4,\"edges\":[{\"kind\":"
          "\"base\",\"reference\":\"build\",\"origin\":\"stage\",\"source\":0,\"line\":4,"
          "\"paths\":[]}]},\n"
          "{\"stage\":3,\"name\":\"\",\"base\":\"scratch\",\"baseStage\":null,\"baseKnown\":true,"
          "\"platform\":\"\",\"target\":true,\"reached\":true,\"line\":5,\"edges\":["
          "{\"kind\":\"copy\",\"reference\":\"build\",\"origin\":\"stage\",\"source\":0,\"line\":7,"
          "\"paths\":[\"/out/app\",\"/etc/x\"]},"
          "{\"kind\":\"copy\",\"reference\":\"nginx:1\",\"origin\":\"image\",\"source\":null,"
          "\"line\":10,\"paths\":[\"/c\"]},"
          "{\"kind\":\"mount\",\"reference\":\"nginx:1\",\"origin\":\"image\",\"source\":null,"
          "\"line\":11,\"paths\":[\"/s\"]},"
          "{\"kind\":\"mount\",\"reference\":\"0\",\"origin\":\"image\",\"source\":null,"
          "\"line\":11,\"paths\":[]}]}]}\n");
}

static void dot_draws_each_image_once(void **state)
{
    (void)state;
    check(FILE_TEXT, GDF_GRAPH_DOT,
          "digraph stages {\n"
          "  rankdir=LR;\n"
          "  node [shape=box];\n"
          "  stage0 [label=\"0 build\"];\n"
          "  stage1 [label=\"1 tools\", style=dashed];\n"
          "  stage2 [label=\"2 test\", style=dashed];\n"
          "  stage3 [label=\"3\", peripheries=2];\n"
          "  image0 [label=\"golang:1.25\", shape=ellipse];\n"
          "  image0 -> stage0 [label=\"FROM\"];\n"
          "  image1 [label=\"example:$V\", shape=ellipse];\n"
          "  image1 -> stage1 [label=\"FROM\"];\n"
          "  stage0 -> stage2 [label=\"FROM\"];\n"
          "  stage0 -> stage3 [label=\"COPY /out/app /etc/x\"];\n"
          "  image2 [label=\"nginx:1\", shape=ellipse];\n"
          "  image2 -> stage3 [label=\"COPY /c\"];\n"
          "  image2 -> stage3 [label=\"RUN /s\", style=dotted];\n"
          "  image3 [label=\"0\", shape=ellipse];\n"
          "  image3 -> stage3 [label=\"RUN\", style=dotted];\n"
          "}\n");
}

static void dot_quotes_what_the_file_holds(void **state)
{
    (void)state;
    check("FROM a\nCOPY --from=b \\\"x\\\\y /\n", GDF_GRAPH_DOT,
          "digraph stages {\n"
          "  rankdir=LR;\n"
          "  node [shape=box];\n"
          "  stage0 [label=\"0\", peripheries=2];\n"
          "  image0 [label=\"a\", shape=ellipse];\n"
          "  image0 -> stage0 [label=\"FROM\"];\n"
          "  image1 [label=\"b\", shape=ellipse];\n"
          "  image1 -> stage0 [label=\"COPY \\\"x\\\\y\"];\n"
          "}\n");
}

static void a_file_without_stages_has_an_empty_graph(void **state)
{
    (void)state;
    check("RUN a\n", GDF_GRAPH_TEXT, "");
    check("RUN a\n", GDF_GRAPH_JSON, "{\"file\":\"\",\"target\":null,\"stages\":[]}\n");
    check("RUN a\n", GDF_GRAPH_DOT, "digraph stages {\n  rankdir=LR;\n  node [shape=box];\n}\n");
}

static void there_is_no_graph_of_nothing_or_in_an_unknown_form(void **state)
{
    (void)state;
    assert_null(gdf_build_render_graph(NULL, GDF_GRAPH_TEXT));
    build_of it = build_of_text("FROM a\n");
    assert_null(gdf_build_render_graph(it.build, (gdf_graph_format)99));
    build_of_free(&it);
}

static bool render_all(const gdf_allocator *allocator, void *context)
{
    gdf_options *options = gdf_options_create(allocator);
    gdf_build *build = options ? gdf_build_create(context, options) : NULL;
    bool done = build != NULL;
    for (int format = GDF_GRAPH_TEXT; done && format <= GDF_GRAPH_DOT; format++) {
        gdf_text *text = gdf_build_render_graph(build, (gdf_graph_format)format);
        done = text != NULL;
        gdf_text_free(text);
    }
    gdf_build_free(build);
    gdf_options_free(options);
    return done;
}

static void missing_memory_gives_no_graph(void **state)
{
    (void)state;
    gdf_document *document = gdf_document_parse(FILE_TEXT, strlen(FILE_TEXT), NULL);
    assert_non_null(document);
    counting_allocator_try_every_failure(render_all, document, true);
    gdf_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_lists_the_sources_of_each_stage),
        cmocka_unit_test(text_says_what_the_builder_refuses),
        cmocka_unit_test(nothing_of_the_input_moves_the_cursor),
        cmocka_unit_test(json_holds_everything),
        cmocka_unit_test(dot_draws_each_image_once),
        cmocka_unit_test(dot_quotes_what_the_file_holds),
        cmocka_unit_test(a_file_without_stages_has_an_empty_graph),
        cmocka_unit_test(there_is_no_graph_of_nothing_or_in_an_unknown_form),
        cmocka_unit_test(missing_memory_gives_no_graph),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
