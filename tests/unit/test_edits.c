/* lib/edit: a Dockerfile, an edit, the Dockerfile that comes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <godockerfile/edits.h>

#include "base/slice.h"
#include "edit/edit.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* What an edit works on. */
typedef struct edit_subject {
    const gdf_document *document;
    gdf__arena arena;
    gdf__edit_list list;
    gdf_edits *edits; /* the public list, for edits that have a public function */
} edit_subject;

struct edit_case;
typedef gdf_status (*edit_function)(edit_subject *subject, gdf_node node,
                                    const struct edit_case *test);

/* `at` is the index of the instruction, `a` and `b` are texts for the edit. `expected` NULL: the
 * edit is refused and the list stays empty. */
typedef struct edit_case {
    const char *input;
    edit_function edit;
    uint32_t at;
    const char *a;
    const char *b;
    const char *expected;
} edit_case;

static gdf_document *parse(const char *text)
{
    gdf_document *document = gdf_document_parse(text, strlen(text), NULL);
    assert_non_null(document);
    return document;
}

static gdf__edit_range find_text(const gdf_document *document, const char *text)
{
    gdf_str source = gdf_document_get_text(document);
    size_t len = strlen(text);
    for (uint32_t at = 0; at + len <= source.len; at++) {
        if (memcmp(source.ptr + at, text, len) == 0)
            return (gdf__edit_range){at, at + (uint32_t)len};
    }
    fail_msg("no \"%s\" in the input", text);
    return (gdf__edit_range){0, 0};
}

static void subject_init(edit_subject *subject, const gdf_document *document)
{
    subject->document = document;
    gdf__arena_init(&subject->arena, &gdf__default_allocator);
    gdf__edit_list_init(&subject->list, &subject->arena,
                        (uint32_t)gdf_document_get_text(document).len);
    subject->edits = gdf_edits_create(document);
    assert_non_null(subject->edits);
}

static void subject_free(edit_subject *subject)
{
    gdf_edits_free(subject->edits);
    gdf__edit_list_free(&subject->list);
    gdf__arena_free(&subject->arena);
}

static gdf_text *result_of(const edit_subject *subject)
{
    if (gdf_edits_count(subject->edits))
        return gdf_edits_apply(subject->edits);
    gdf__builder builder;
    gdf__builder_init(&builder, &gdf__default_allocator);
    gdf__edit_list_apply(&subject->list, gdf_document_get_text(subject->document), &builder);
    return gdf__builder_finish(&builder);
}

/* True when the edit gives what the case says. */
static bool case_holds(const edit_case *test)
{
    gdf_document *document = parse(test->input);
    edit_subject subject;
    subject_init(&subject, document);
    gdf_status status =
        test->edit(&subject, gdf_document_get_instruction(document, test->at), test);
    gdf_text *result = result_of(&subject);
    gdf_str text = gdf_text_get(result);
    bool holds = status == (test->expected ? GDF_OK : GDF_ERROR_ARGUMENT) &&
                 gdf__str_is(text, test->expected ? test->expected : test->input);
    if (!holds)
        print_error("----\n%s---- with \"%s\": status %d\n%.*s---- instead of\n%s", test->input,
                    test->a ? test->a : "", status, (int)text.len, text.ptr,
                    test->expected ? test->expected : "a refusal\n");
    gdf_text_free(result);
    subject_free(&subject);
    gdf_document_free(document);
    return holds;
}

static void run_cases(const edit_case *cases, size_t count)
{
    size_t failed = 0;
    for (size_t i = 0; i < count; i++)
        failed += !case_holds(&cases[i]);
    assert_int_equal(failed, 0);
}

/* ---- the edits, as the cases call them ------------------------------------------------------- */

static size_t length(const char *text)
{
    return text ? strlen(text) : 0;
}

static gdf_status set_tag(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_set_image_tag(subject->edits, node, test->a, length(test->a));
}

static gdf_status set_digest(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_set_image_digest(subject->edits, node, test->a, length(test->a));
}

static gdf_status set_image(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_set_image(
        &subject->list, subject->document,
        gdf_instruction_find_part(subject->document, node, GDF_PART_IMAGE, 0), gdf__str(test->a));
}

static gdf_status set_stage_name(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_set_stage_name(subject->edits, node, test->a, length(test->a));
}

static gdf_status set_flag(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_set_flag(subject->edits, node, test->a, test->b, length(test->b));
}

static gdf_status add_flag(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_add_flag(&subject->list, subject->document, node, test->a, gdf__str(test->b));
}

static gdf_status remove_flag(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_remove_flag(subject->edits, node, test->a);
}

static gdf_status set_pair(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_set_pair(subject->edits, node, test->a, test->b, length(test->b));
}

static gdf_status insert_before(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_insert_before(subject->edits, node, test->a, length(test->a));
}

static gdf_status insert_after(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf_edits_insert_after(subject->edits, node, test->a, length(test->a));
}

static gdf_status insert_comment(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_insert_comment(&subject->list, subject->document, node, gdf__str(test->a));
}

static gdf_status append(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)node;
    return gdf__edit_append(&subject->list, subject->document, gdf__str(test->a));
}

static gdf_status replace_instruction(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_replace_instruction(&subject->list, subject->document, node,
                                         gdf__str(test->a));
}

static gdf_status remove_instruction(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)test;
    return gdf_edits_remove_instruction(subject->edits, node);
}

static gdf_status remove_block(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)test;
    return gdf__edit_remove_block(&subject->list, subject->document, node);
}

/* The other instruction's index is in `a`. */
static gdf_node other_instruction(const edit_subject *subject, const edit_case *test)
{
    return gdf_document_get_instruction(subject->document, (uint32_t)atoi(test->a));
}

static gdf_status move_before(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_move_before(&subject->list, subject->document, node,
                                 other_instruction(subject, test));
}

static gdf_status move_after(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_move_after(&subject->list, subject->document, node,
                                other_instruction(subject, test));
}

static gdf_status move_to_comment(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_move_to_comment(&subject->list, subject->document, node,
                                     find_text(subject->document, test->a).start);
}

static gdf_status remove_words(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)node;
    return gdf__edit_remove_words(&subject->list, subject->document,
                                  find_text(subject->document, test->a));
}

static gdf_status remove_two_words(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)node;
    gdf__edit_range ranges[] = {find_text(subject->document, test->a),
                                find_text(subject->document, test->b)};
    return gdf__edit_remove_ranges(&subject->list, subject->document, ranges, 2);
}

static gdf_status replace_text(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)node;
    return gdf__edit_replace_text(&subject->list, subject->document,
                                  find_text(subject->document, test->a), gdf__str(test->b));
}

static gdf_status insert_word_before(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)node;
    return gdf__edit_insert_word_before(&subject->list, subject->document,
                                        find_text(subject->document, test->a).start,
                                        gdf__str(test->b));
}

static gdf_status insert_word_after(edit_subject *subject, gdf_node node, const edit_case *test)
{
    (void)node;
    return gdf__edit_insert_word_after(&subject->list, subject->document,
                                       find_text(subject->document, test->a).end,
                                       gdf__str(test->b));
}

/* The shell text of an instruction: its heredoc's body when it has one. */
static gdf__script read_shell(gdf__shell *shell, const gdf_document *document, gdf_node node)
{
    const gdf__logical_line *line = gdf__document_line(document, node);
    for (gdf_node id = gdf_node_get_first_child(document, node); id;
         id = gdf_node_get_next_sibling(document, id)) {
        if (gdf_node_get_kind(document, id) != GDF_NODE_HEREDOC)
            continue;
        gdf__segment segment = {0, gdf_node_get_start(document, id)};
        gdf__fragment body = {gdf_node_get_value(document, id + 1), &segment, 1};
        return gdf__shell_read(shell, node, &body, 0, body.text.len, 0, 8);
    }
    return gdf__shell_read(shell, node, &line->fragment, line->arguments_start, line->arguments_end,
                           0, 8);
}

static gdf_command find_command(const gdf__shell *shell, const gdf_document *document,
                                const char *text)
{
    gdf__edit_range range = find_text(document, text);
    for (gdf_command id = 1; id <= shell->commands.count; id++) {
        if (GDF__AT(shell->commands, gdf__command, id - 1)->start == range.start)
            return id;
    }
    fail_msg("no command \"%s\"", text);
    return 0;
}

/* Removes the commands from the one that starts with `a` to the one that starts with `b`. */
static gdf_status remove_commands(edit_subject *subject, gdf_node node, const edit_case *test)
{
    gdf__shell shell;
    gdf__shell_init(&shell, &subject->arena);
    read_shell(&shell, subject->document, node);
    gdf_command first = find_command(&shell, subject->document, test->a);
    gdf_command last = test->b ? find_command(&shell, subject->document, test->b) : first;
    gdf__edit_commands commands = gdf__edit_commands_of(&shell, first, last);
    gdf_status status = gdf__edit_remove_commands(&subject->list, subject->document, &commands);
    gdf__shell_free(&shell);
    return status;
}

/* Sets the part whose kind is named `a`. */
static gdf_status set_part(edit_subject *subject, gdf_node node, const edit_case *test)
{
    gdf_part part = gdf_instruction_find_part(subject->document, node,
                                              gdf_part_kind_find(test->a, strlen(test->a)), 0);
    return gdf_edits_set_part(subject->edits, part, test->b, length(test->b));
}

static gdf_status lower(edit_subject *subject, gdf_node node, const edit_case *test)
{
    gdf_part part = gdf_instruction_find_part(subject->document, node,
                                              gdf_part_kind_find(test->a, strlen(test->a)), 0);
    return gdf__edit_set_case(&subject->list, subject->document, part, false);
}

static gdf_status upper(edit_subject *subject, gdf_node node, const edit_case *test)
{
    gdf_part part = gdf_instruction_find_part(subject->document, node,
                                              gdf_part_kind_find(test->a, strlen(test->a)), 0);
    return gdf__edit_set_case(&subject->list, subject->document, part, true);
}

/* The argument or pair with the value or name `text`. */
static gdf_node argument_named(const edit_subject *subject, gdf_node node, const char *text)
{
    gdf__edit_range range = find_text(subject->document, text);
    for (gdf_node id = gdf_node_get_first_child(subject->document, node); id;
         id = gdf_node_get_next_sibling(subject->document, id)) {
        if (gdf_node_get_kind(subject->document, id) != GDF_NODE_KEYWORD &&
            gdf_node_get_start(subject->document, id) <= range.start &&
            range.end <= gdf_node_get_end(subject->document, id))
            return id;
    }
    return 0;
}

static gdf_status remove_argument(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_remove_argument(&subject->list, subject->document,
                                     argument_named(subject, node, test->a));
}

static gdf_status insert_argument_before(edit_subject *subject, gdf_node node,
                                         const edit_case *test)
{
    return gdf__edit_insert_argument_before(&subject->list, subject->document,
                                            argument_named(subject, node, test->a),
                                            gdf__str(test->b));
}

static gdf_status insert_argument_after(edit_subject *subject, gdf_node node, const edit_case *test)
{
    return gdf__edit_insert_argument_after(&subject->list, subject->document,
                                           argument_named(subject, node, test->a),
                                           gdf__str(test->b));
}

/* ---- images and stages ----------------------------------------------------------------------- */

#define DIGEST "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void image_references_change_piece_by_piece(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"FROM golang\n", set_tag, 0, "1.26", NULL, "FROM golang:1.26\n"},
        {"FROM golang:1.2 AS b\n", set_tag, 0, "1.26", NULL, "FROM golang:1.26 AS b\n"},
        {"FROM golang:1.2@" DIGEST "\n", set_tag, 0, "1.26", NULL, "FROM golang:1.26\n"},
        {"FROM golang@" DIGEST " as b", set_tag, 0, "1.26", NULL, "FROM golang:1.26 as b"},
        {"FROM localhost:5000/a/go\r\n", set_tag, 0, "1", NULL, "FROM localhost:5000/a/go:1\r\n"},
        {"FROM --platform=$P \\\n  go:1 \\\n  AS b\n", set_tag, 0, "2", NULL,
         "FROM --platform=$P \\\n  go:2 \\\n  AS b\n"},
        {"FROM $REGISTRY/go\n", set_tag, 0, "1", NULL, "FROM $REGISTRY/go:1\n"},
        {"FROM $BASE\n", set_tag, 0, "1", NULL, NULL},
        {"FROM ${A}:$TAG\n", set_tag, 0, "$NEW", NULL, "FROM ${A}:$NEW\n"},
        {"FROM golang\n", set_tag, 0, "a b", NULL, NULL},
        {"FROM golang\n", set_tag, 0, "-a", NULL, NULL},
        {"FROM golang\n", set_tag, 0, "", NULL, NULL},
        {"FROM \"golang\"\n", set_tag, 0, "1", NULL, NULL},
        {"RUN golang\n", set_tag, 0, "1", NULL, NULL},
        {"FROM golang:1\n", set_digest, 0, DIGEST, NULL, "FROM golang:1@" DIGEST "\n"},
        {"FROM golang@sha256:x\n", set_digest, 0, DIGEST, NULL, "FROM golang@" DIGEST "\n"},
        {"FROM golang:1@" DIGEST "\n", set_digest, 0, "$D", NULL, "FROM golang:1@$D\n"},
        {"FROM golang:1\n", set_digest, 0, "sha256:12", NULL, NULL},
        {"FROM a:1 AS b\n", set_image, 0, "c/d:2", NULL, "FROM c/d:2 AS b\n"},
        {"COPY --from=a:1 x y\n", set_image, 0, "b", NULL, "COPY --from=b x y\n"},
        {"FROM a:1\n", set_image, 0, "b c", NULL, NULL},
        {"FROM a:1\n", set_image, 0, "b\\", NULL, NULL},
        {"FROM a:1\n", set_image, 0, "", NULL, NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

static void stages_get_names_in_the_case_of_their_keyword(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"FROM a\n", set_stage_name, 0, "build", NULL, "FROM a AS build\n"},
        {"from a", set_stage_name, 0, "build", NULL, "from a as build"},
        {"FROM a as X\n", set_stage_name, 0, "build", NULL, "FROM a as build\n"},
        {"FROM a AS\n", set_stage_name, 0, "build", NULL, NULL},
        {"FROM a\n", set_stage_name, 0, "1b", NULL, NULL},
        {"FROM a\n", set_stage_name, 0, "b c", NULL, NULL},
        {"FROM a AS Bx\n", lower, 0, "stage-name", NULL, "FROM a AS bx\n"},
        {"FROM a AS b\n", lower, 0, "as", NULL, "FROM a as b\n"},
        {"from a as b\n", upper, 0, "keyword", NULL, "FROM a as b\n"},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- parts ----------------------------------------------------------------------------------- */

static void parts_take_values_that_can_stand_there(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"WORKDIR app\n", set_part, 0, "path", "/a b", "WORKDIR /a b\n"},
        {"WORKDIR app\n", set_part, 0, "path", "/a ", NULL},
        {"WORKDIR app\n", set_part, 0, "path", "/a\n", NULL},
        {"VOLUME a b\n", set_part, 0, "path", "/a b", NULL},
        {"VOLUME [\"a\", \"b\"]\n", set_part, 0, "path", "/a \"b",
         "VOLUME [\"/a \\\"b\", \"b\"]\n"},
        {"CMD [\"a\"]\n", set_part, 0, "exec-argument", "\xff", NULL},
        {"USER a:b\n", set_part, 0, "user-name", "1", "USER 1:b\n"},
        {"EXPOSE 80/tcp\n", set_part, 0, "port-number", "8080", "EXPOSE 8080/tcp\n"},
        {"COPY a b\n", set_part, 0, "source", "--x", NULL},
        {"COPY a b\n", set_part, 0, "source", "<<x", NULL},
        {"COPY a b\n", set_part, 0, "source", "", NULL},
        {"COPY --chown=1 a b\n", set_part, 0, "flag-value", "2:2", "COPY --chown=2:2 a b\n"},
        {"COPY --chown=1 a b\n", set_part, 0, "flag-value", "\"", NULL},
        {"RUN a\\\n b\n", set_part, 0, "command", "c", NULL},
        {"RUN a && b\n", set_part, 0, "command", "c d", "RUN c d\n"},
        {"ENV A=1 B=2\n", set_part, 0, "value", "'x y'", "ENV A='x y' B=2\n"},
        {"ENV A=1 B=2\n", set_part, 0, "value", "x y", NULL},
        {"STOPSIGNAL 9\r\n", set_part, 0, "signal", "SIGTERM", "STOPSIGNAL SIGTERM\r\n"},
        {"STOPSIGNAL 9\n", set_part, 0, "path", "x", NULL},
        {"MAINTAINER x\n", set_part, 0, "keyword", "LABEL", "LABEL x\n"},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- flags ----------------------------------------------------------------------------------- */

static void flags_are_set_added_and_removed(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"COPY a b\n", set_flag, 0, "chown", "1:1", "COPY --chown=1:1 a b\n"},
        {"COPY --link a b\n", set_flag, 0, "chown", "1", "COPY --link --chown=1 a b\n"},
        {"COPY --chown=1 --link a b\n", set_flag, 0, "chown", "2", "COPY --chown=2 --link a b\n"},
        {"COPY --chown a b\n", set_flag, 0, "chown", "2", "COPY --chown=2 a b\n"},
        {"COPY a b\n", set_flag, 0, "link", NULL, "COPY --link a b\n"},
        {"COPY \\\n  a b\n", set_flag, 0, "link", NULL, "COPY --link \\\n  a b\n"},
        {"COPY a b\n", set_flag, 0, "x", "a b\"\\", "COPY --x=\"a b\\\"\\\\\" a b\n"},
        {"# escape=`\nCOPY a b\n", set_flag, 0, "x", "a` b\\",
         "# escape=`\nCOPY --x=\"a`` b\\\" a b\n"},
        {"COPY --ch\\\nown=1 a b\n", set_flag, 0, "chown", "2", "COPY --chown=2\\\n a b\n"},
        {"COPY a b\n", set_flag, 0, "x", "a\nb", NULL},
        {"COPY a b\n", set_flag, 0, "x y", "a", NULL},
        {"COPY a b\n", set_flag, 0, "x", "\xc3\xa9", NULL},
        {"ONBUILD COPY a b\n", set_flag, 0, "x", "1", "ONBUILD --x=1 COPY a b\n"},
        {"RUN --mount=type=ssh x\n", add_flag, 0, "mount", "type=tmpfs,target=/t",
         "RUN --mount=type=ssh --mount=type=tmpfs,target=/t x\n"},
        {"FROM --platform=$X a\n", remove_flag, 0, "platform", NULL, "FROM a\n"},
        {"COPY --x=1 --link --x=2 a b\n", remove_flag, 0, "x", NULL, "COPY --link a b\n"},
        {"COPY --x=1 --x=2 a b\n", remove_flag, 0, "x", NULL, "COPY a b\n"},
        {"COPY --x=1 \\\n  --link \\\n  a b\n", remove_flag, 0, "link", NULL,
         "COPY --x=1 \\\n  a b\n"},
        {"COPY --x=1 \\\n  a b\n", remove_flag, 0, "x", NULL, "COPY \\\n  a b\n"},
        {"COPY --x=1\\\n  a b\n", remove_flag, 0, "x", NULL, "COPY \\\n  a b\n"},
        {"COPY --\"x\"=1 a b\n", remove_flag, 0, "x", NULL, "COPY a b\n"},
        {"COPY a b\n", remove_flag, 0, "x", NULL, "COPY a b\n"},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- pairs ----------------------------------------------------------------------------------- */

static void pairs_are_quoted_for_the_builder(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"ENV A=1 B=2\n", set_pair, 0, "B", "/x", "ENV A=1 B=/x\n"},
        {"ENV A=1 B=2\n", set_pair, 0, "A", "x y", "ENV A=\"x y\" B=2\n"},
        {"ENV A=1 A=2\n", set_pair, 0, "A", "3", "ENV A=1 A=3\n"},
        {"ENV A=1\n", set_pair, 0, "A", "", "ENV A=\"\"\n"},
        {"ENV A=\n", set_pair, 0, "A", "1", "ENV A=1\n"},
        {"ENV A one two\n", set_pair, 0, "A", "x y", "ENV A \"x y\"\n"},
        {"LABEL \"a.b\"='c'\n", set_pair, 0, "a.b", "\"$\\", "LABEL \"a.b\"=\"\\\"\\$\\\\\"\n"},
        {"# escape=`\nLABEL a=b\n", set_pair, 0, "a", "\"$\\`",
         "# escape=`\nLABEL a=\"`\"`$\\``\"\n"},
        {"ENV A=1 \\\n  # c\n  B=2\n", set_pair, 0, "B", "x", "ENV A=1 \\\n  # c\n  B=x\n"},
        {"ENV A=\"1 \\\n  2\" B=3\n", set_pair, 0, "A", "x", "ENV A=x \\\n  B=3\n"},
        {"ARG A\n", set_pair, 0, "A", "1", "ARG A=1\n"},
        {"ARG A=0 B\n", set_pair, 0, "A", "1", "ARG A=1 B\n"},
        {"ENV A=1\n", set_pair, 0, "B", "1", NULL},
        {"ENV A=1\n", set_pair, 0, "A", "a\nb", NULL},
        {"ENV A=1\n", set_pair, 0, "A", "\xff", NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void lines_go_above_the_comment_block(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"FROM a\nRUN b\n", insert_before, 1, "USER x", NULL, "FROM a\nUSER x\nRUN b\n"},
        {"FROM a\n# one\n# two\nRUN b\n", insert_before, 1, "USER x", NULL,
         "FROM a\nUSER x\n# one\n# two\nRUN b\n"},
        {"# licence\n\n# stage\nFROM a\n", insert_before, 0, "ARG X", NULL,
         "# licence\n\nARG X\n\n# stage\nFROM a\n"},
        {"FROM a\n# check=skip=all\n\n# c\nRUN b\n", insert_before, 1, "USER x", NULL,
         "FROM a\nUSER x\n# check=skip=all\n\n# c\nRUN b\n"},
        {"# syntax=x\nFROM a\n", insert_before, 0, "ARG X", NULL, "# syntax=x\nARG X\nFROM a\n"},
        {"\xef\xbb\xbf"
         "FROM a\n",
         insert_before, 0, "ARG X", NULL,
         "\xef\xbb\xbf"
         "ARG X\nFROM a\n"},
        {"\xef\xbb\xbf# c\nFROM a\n", insert_before, 0, "ARG X", NULL,
         "\xef\xbb\xbf"
         "ARG X\n# c\nFROM a\n"},
        {"FROM a\r\nRUN b\r\n", insert_before, 1, "RUN c \\\n d", NULL,
         "FROM a\r\nRUN c \\\r\n d\r\nRUN b\r\n"},
        {"FROM a\n  RUN b\n", insert_before, 1, "USER x\r\nUSER y", NULL,
         "FROM a\n  USER x\n  USER y\n  RUN b\n"},
        {"FROM a\n  RUN b\n", insert_before, 1, "RUN <<E\nx\nE", NULL,
         "FROM a\nRUN <<E\nx\nE\n  RUN b\n"},
        {"FROM a\n", insert_before, 0, "ARG A", NULL, "ARG A\nFROM a\n"},
        {"FROM a\n", insert_before, 0, "ARG A \\", NULL, NULL},
        {"FROM a\n", insert_before, 7, "ARG A", NULL, NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

static void lines_go_below_the_whole_instruction(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"FROM a\nRUN b\n", insert_after, 0, "USER x", NULL, "FROM a\nUSER x\nRUN b\n"},
        {"FROM a", insert_after, 0, "USER x", NULL, "FROM a\nUSER x"},
        {"FROM a\r\nRUN b", insert_after, 1, "USER x\nUSER y", NULL,
         "FROM a\r\nRUN b\r\nUSER x\r\nUSER y"},
        {"RUN <<E\nUSER y\nE\nRUN b\n", insert_after, 0, "USER x", NULL,
         "RUN <<E\nUSER y\nE\nUSER x\nRUN b\n"},
        {"RUN <<E\nUSER y\nE", insert_after, 0, "USER x", NULL, "RUN <<E\nUSER y\nE\nUSER x"},
        {"RUN <<E\nUSER y\n", insert_after, 0, "USER x", NULL, NULL},
        {"RUN a \\\n  # c\n  b\n# d\nRUN c\n", insert_after, 0, "USER x", NULL,
         "RUN a \\\n  # c\n  b\nUSER x\n# d\nRUN c\n"},
        {"RUN a \\\n", insert_after, 0, "USER x", NULL, NULL},
        {"RUN a \\\n# c\n", insert_after, 0, "USER x", NULL, NULL},
        {"FROM a\n", append, 0, "CMD x", NULL, "FROM a\nCMD x\n"},
        {"FROM a\n# end", append, 0, "CMD x", NULL, "FROM a\n# end\nCMD x"},
        {"", append, 0, "FROM x", NULL, "FROM x\n"},
        {"FROM a\r\n", append, 0, "CMD x", NULL, "FROM a\r\nCMD x\r\n"},
        {"RUN <<E\n", append, 0, "CMD x", NULL, NULL},
        {"FROM a\n# c\nRUN b\n", insert_comment, 1, "# d", NULL, "FROM a\n# c\n# d\nRUN b\n"},
        {"FROM a\n", insert_comment, 0, "# escape=`", NULL, NULL},
        {"# check=x\nFROM a\n", insert_comment, 0, "# escape=`", NULL, NULL},
        {"FROM a\n", insert_comment, 0, "USER x", NULL, NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

static void instructions_go_with_their_lines(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"FROM a\n# c\nRUN b \\\n  # d\n  c\nCMD d\n", remove_instruction, 1, NULL, NULL,
         "FROM a\n# c\nCMD d\n"},
        {"FROM a\n  RUN b", remove_instruction, 1, NULL, NULL, "FROM a\n"},
        {"\xef\xbb\xbf"
         "FROM a\r\nRUN b\r\n",
         remove_instruction, 0, NULL, NULL, "\xef\xbb\xbfRUN b\r\n"},
        {"RUN <<A <<B\na\nA\nb\nB\nCMD x\n", remove_instruction, 0, NULL, NULL, "CMD x\n"},
        {"ARG a\n# escape=`\nFROM a\n", remove_instruction, 0, NULL, NULL, NULL},
        {"FROM a\n# c\nRUN b\nCMD d\n", remove_block, 1, NULL, NULL, "FROM a\nCMD d\n"},
        {"FROM a\n# c\n\nRUN b\n", remove_block, 1, NULL, NULL, "FROM a\n# c\n\n"},
        {"FROM a\n  MAINTAINER b", replace_instruction, 1, "LABEL \\\n  a=b", NULL,
         "FROM a\n  LABEL \\\n    a=b"},
        {"RUN <<E\nx\nE\nCMD x\n", replace_instruction, 0, "RUN x", NULL, "RUN x\nCMD x\n"},
        {"RUN x\n", replace_instruction, 0, "", NULL, NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

static void instructions_move_with_their_comments(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"FROM a\n# b\nCOPY b b\nRUN c\n", move_after, 1, "2", NULL,
         "FROM a\nRUN c\n# b\nCOPY b b\n"},
        {"FROM a\nCOPY b b\nRUN c", move_after, 1, "2", NULL, "FROM a\nRUN c\nCOPY b b"},
        {"FROM a\n# x\nCOPY b b\n# y\nRUN c", move_before, 2, "1", NULL,
         "FROM a\n# y\nRUN c\n# x\nCOPY b b\n"},
        {"FROM a\r\nCOPY b b\r\nRUN c", move_after, 1, "2", NULL, "FROM a\r\nRUN c\r\nCOPY b b"},
        {"RUN <<E\nx\nE\nRUN c\n", move_after, 0, "1", NULL, "RUN c\nRUN <<E\nx\nE\n"},
        {"RUN a\nRUN b\n", move_before, 0, "1", NULL, "RUN a\nRUN b\n"},
        {"RUN a\nRUN b\n", move_before, 1, "1", NULL, NULL},
        {"RUN a\nRUN <<E\n", move_before, 1, "0", NULL, NULL},
        {"EXPOSE 80 # http port\n", move_to_comment, 0, "# http", NULL, "# http port\nEXPOSE 80\n"},
        {"FROM a\n  EXPOSE 80 http \\\n    port\r\n", move_to_comment, 1, "http", NULL,
         "FROM a\n  # http     port\n  EXPOSE 80\r\n"},
        {"FROM a # escape=`\n", move_to_comment, 0, "# e", NULL, NULL},
        {"COPY a b <<E\nE\n", move_to_comment, 0, "<<E", NULL, NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- words ----------------------------------------------------------------------------------- */

static void words_go_and_continuations_stay_valid(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"RUN x a b\n", remove_words, 0, " a", NULL, "RUN x b\n"},
        {"RUN x aa b\n", remove_words, 0, "aa", NULL, "RUN x b\n"},
        {"RUN x a  b\n", remove_words, 0, "a", NULL, "RUN x  b\n"},
        {"RUN x a b", remove_words, 0, "b", NULL, "RUN x a"},
        {"RUN x a \\\n  b\n", remove_words, 0, "a", NULL, "RUN x \\\n  b\n"},
        {"RUN x a\\\n  b\n", remove_words, 0, "a", NULL, "RUN x \\\n  b\n"},
        {"RUN x \\\n  a \\\n  b\n", remove_words, 0, "a", NULL, "RUN x \\\n  b\n"},
        {"RUN x \\\r\n  a \\\r\n  b\r\n", remove_words, 0, "b", NULL, "RUN x \\\r\n  a\r\n"},
        {"RUN x \\\n  a \\\n  b", remove_words, 0, "b", NULL, "RUN x \\\n  a"},
        {"RUN x \\\n  a \\\n  # c\n  b\nCMD y\n", remove_words, 0, "b\n", NULL, NULL},
        {"RUN x \\\n  a \\\n  # c\n  bb\nCMD y\n", remove_words, 0, "bb", NULL,
         "RUN x \\\n  a\n  # c\nCMD y\n"},
        {"RUN x \\\n  # c\n  a \\\n  b\n", remove_words, 0, "a", NULL, "RUN x \\\n  # c\n  b\n"},
        {"RUN x \\\n  a b \\\n  c\n", remove_words, 0, "a", NULL, "RUN x \\\n  b \\\n  c\n"},
        {"RUN x \\\n  a b \\\n  c\n", remove_words, 0, "a b \\\n  c", NULL, "RUN x\n"},
        {"RUN x \\\n  a b \\\n  c d\n", remove_words, 0, "b \\\n  c", NULL,
         "RUN x \\\n  a \\\n  d\n"},
        {"RUN x\\\n a \\\nb\n", remove_words, 0, "a", NULL, "RUN x\\\n b\n"},
        {"RUN x\\ aa\n", remove_words, 0, "aa", NULL, "RUN x\\ \n"},
        {"# escape=`\nRUN x `\n  a `\n  b\n", remove_words, 0, "a `\n  b", NULL,
         "# escape=`\nRUN x\n"},
        {"RUN x \\\n  a #b \\\n  c\n", remove_words, 0, "a", NULL, NULL},
        {"RUN x a <<E\nE\n", remove_words, 0, "a", NULL, "RUN x <<E\nE\n"},
        {"RUN x a <<E\nE\n", remove_words, 0, "<<E", NULL, NULL},
        {"RUN x a <<-E\nE\n", remove_words, 0, "E", NULL, NULL},
        {"RUN x <<E \\\n  # c\n  aa\nE\n", remove_words, 0, "aa", NULL, NULL},
        {"RUN x <<E \\\n  aa\nE\n", remove_words, 0, "aa", NULL, "RUN x <<E\nE\n"},
        {"RUN x\n", remove_words, 0, "RUN", NULL, NULL},
        {"RUN x \\\n# comment\n  y\n", remove_words, 0, "comment", NULL, NULL},
        {"RUN <<E\nx aa \\\n  bb\ny\nE\n", remove_words, 0, "bb", NULL, "RUN <<E\nx aa\ny\nE\n"},
        {"RUN <<E\nx aa\ny\nE\n", remove_words, 0, "x aa", NULL, "RUN <<E\ny\nE\n"},
        {"RUN x a \\\n  bb\n", remove_two_words, 0, "a", "bb", "RUN x\n"},
        {"RUN x a b c\n", remove_two_words, 0, "a", "b", "RUN x c\n"},
        {"RUN x \\\n  a b \\\n  c\n", remove_two_words, 0, "a", "b", "RUN x \\\n  c\n"},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

static void words_are_replaced_and_inserted(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"RUN x aa b\n", replace_text, 0, "aa", "cc dd", "RUN x cc dd b\n"},
        {"RUN aa \\\n  # c\n  bb \\\n  cc\n", replace_text, 0, "aa \\\n  # c\n  bb", "y",
         "RUN y \\\n  # c\n  cc\n"},
        {"RUN aa \\\n  bb && c\n", replace_text, 0, "aa \\\n  bb", "y", "RUN y \\\n  && c\n"},
        {"RUN x && aa \\\r\n  bb\r\n", replace_text, 0, "aa \\\r\n  bb", "y \\\n  z",
         "RUN x && y \\\r\n  z\r\n"},
        {"RUN x aa\n", replace_text, 0, "aa", "", "RUN x\n"},
        {"RUN x \\\n  aa\n", replace_text, 0, "aa", "#y", NULL},
        {"RUN x aa\n", insert_word_after, 0, "x", "-y", "RUN x -y aa\n"},
        {"RUN x\\\n aa\n", insert_word_after, 0, "x", "-y", "RUN x -y\\\n aa\n"},
        {"RUN x \\\n  aa\n", insert_word_before, 0, "aa", "-y", "RUN x \\\n  -y aa\n"},
        {"RUN x \\\n  aa\n", insert_word_before, 0, "aa", "#y", NULL},
        {"RUN <<E\nx aa\nE\n", insert_word_after, 0, "x", "-y", "RUN <<E\nx -y aa\nE\n"},
        {"RUN x\n# comment\n", insert_word_after, 0, "comm", "-y", NULL},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

static void arguments_go_and_come_in_both_forms(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"COPY a bb c\n", remove_argument, 0, "bb", NULL, "COPY a c\n"},
        {"EXPOSE 80 \\\n  90\n", remove_argument, 0, "90", NULL, "EXPOSE 80\n"},
        {"EXPOSE 80\n", remove_argument, 0, "80", NULL, NULL},
        {"ENV A=1 BB=2\n", remove_argument, 0, "BB", NULL, "ENV A=1\n"},
        {"ENV AA=1 \\\n    BB=2\n", remove_argument, 0, "AA", NULL, "ENV \\\n    BB=2\n"},
        {"CMD [\"a\", \"b\", \"c\"]\n", remove_argument, 0, "\"a\"", NULL, "CMD [\"b\", \"c\"]\n"},
        {"CMD [\"a\", \"b\", \"c\"]\n", remove_argument, 0, "\"b\"", NULL, "CMD [\"a\", \"c\"]\n"},
        {"CMD [\"a\", \\\n  \"b\"]\n", remove_argument, 0, "\"b\"", NULL, "CMD [\"a\"]\n"},
        {"CMD [\"a\", \\\n# c\n  \"b\"]\n", remove_argument, 0, "\"b\"", NULL, NULL},
        {"CMD [\"a\"]\n", remove_argument, 0, "\"a\"", NULL, NULL},
        {"COPY go.mod ./\n", insert_argument_after, 0, "go.mod", "go.sum",
         "COPY go.mod go.sum ./\n"},
        {"COPY [\"a\", \"b/\"]\n", insert_argument_after, 0, "\"a\"", "x y",
         "COPY [\"a\", \"x y\", \"b/\"]\n"},
        {"CMD [\"a\"]\n", insert_argument_before, 0, "\"a\"", "tini", "CMD [\"tini\", \"a\"]\n"},
        {"COPY x y\n", insert_argument_before, 0, "y", "c", "COPY x c y\n"},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- commands -------------------------------------------------------------------------------- */

static void chains_stay_valid_without_a_command(void **state)
{
    (void)state;
    static const edit_case CASES[] = {
        {"RUN a1 && b2 && c3\n", remove_commands, 0, "a1", NULL, "RUN b2 && c3\n"},
        {"RUN a1 && b2 && c3\n", remove_commands, 0, "b2", NULL, "RUN a1 && c3\n"},
        {"RUN a1 && b2 && c3\n", remove_commands, 0, "c3", NULL, "RUN a1 && b2\n"},
        {"RUN a1 && b2 && c3\n", remove_commands, 0, "a1", "b2", "RUN c3\n"},
        {"RUN a1 && b2 && c3\n", remove_commands, 0, "b2", "c3", "RUN a1\n"},
        {"RUN a1\n", remove_commands, 0, "a1", NULL, NULL},
        {"RUN a1; b2 && c3\n", remove_commands, 0, "b2", NULL, "RUN a1; c3\n"},
        {"RUN a1 && b2; c3\n", remove_commands, 0, "b2", NULL, "RUN a1; c3\n"},
        {"RUN a1 && \\\n    b2 && \\\n    c3\n", remove_commands, 0, "a1", NULL,
         "RUN b2 && \\\n    c3\n"},
        {"RUN a1 && \\\n    b2 && \\\n    c3\n", remove_commands, 0, "b2", NULL,
         "RUN a1 && \\\n    c3\n"},
        {"RUN a1 && \\\n    b2 && \\\n    c3\n", remove_commands, 0, "c3", NULL,
         "RUN a1 && \\\n    b2\n"},
        {"RUN a1 \\\n && b2 \\\n && c3\n", remove_commands, 0, "a1", NULL, "RUN b2 \\\n && c3\n"},
        {"RUN a1 \\\n && b2 \\\n && c3\n", remove_commands, 0, "b2", NULL, "RUN a1 \\\n && c3\n"},
        {"RUN a1 \\\n && b2 \\\n && c3", remove_commands, 0, "c3", NULL, "RUN a1 \\\n && b2"},
        {"RUN a1 \\\n && b2 x \\\n    y \\\n && c3\n", remove_commands, 0, "b2", NULL,
         "RUN a1 \\\n && c3\n"},
        {"RUN a1 \\\n # c\n && b2 \\\n # d\n && c3\n", remove_commands, 0, "a1", NULL,
         "RUN \\\n # c\n b2 \\\n # d\n && c3\n"},
        {"RUN a1 \\\n # c\n && b2 \\\n # d\n && c3\n", remove_commands, 0, "b2", NULL,
         "RUN a1 \\\n # c\n # d\n && c3\n"},
        {"RUN a1 \\\n # c\n && b2 \\\n # d\n && c3\n", remove_commands, 0, "c3", NULL,
         "RUN a1 \\\n # c\n && b2\n # d\n"},
        {"RUN a1 \\\r\n && b2\r\n", remove_commands, 0, "b2", NULL, "RUN a1\r\n"},
        {"# escape=`\nRUN a1 && `\n  b2\n", remove_commands, 0, "b2", NULL, "# escape=`\nRUN a1\n"},
        {"RUN --mount=x a1 && b2\n", remove_commands, 0, "a1", NULL, "RUN --mount=x b2\n"},
        {"RUN a1 && (b2 && c3)\n", remove_commands, 0, "b2", NULL, "RUN a1 && (c3)\n"},
        {"RUN a1 && (b2 && c3)\n", remove_commands, 0, "c3", NULL, "RUN a1 && (b2)\n"},
        {"RUN <<E\na1 &&\n  b2\nc3\nE\n", remove_commands, 0, "a1", NULL, "RUN <<E\nb2\nc3\nE\n"},
        {"RUN <<E\na1 && \\\n  b2\nc3\nE\n", remove_commands, 0, "b2", NULL,
         "RUN <<E\na1\nc3\nE\n"},
    };
    run_cases(CASES, ARRAY_LENGTH(CASES));
}

/* ---- style and quoting ----------------------------------------------------------------------- */

static void keywords_follow_the_majority(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"FROM a\nRUN b\n", "COPY"},        {"from a\nrun b\nRUN c\n", "copy"},
        {"from a\nRUN b\n", "COPY"},        {"arg a\narg b\narg c\nFROM a\n", "COPY"},
        {"From a\nRun b\nrun b\n", "copy"}, {"", "COPY"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf_document *document = parse(CASES[i][0]);
        edit_subject subject;
        subject_init(&subject, document);
        assert_slice_is(gdf__edit_keyword(&subject.list, document, "COPY"), CASES[i][1]);
        subject_free(&subject);
        gdf_document_free(document);
    }
}

static void words_become_a_json_array(void **state)
{
    (void)state;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    const gdf_str words[] = {{"/app", 4}, {"a \"b\"\n\\", 7}, {"\xff", 1}};
    gdf_str array;
    assert_true(gdf__edit_json_array(&arena, words, 2, &array));
    assert_slice_is(array, "[\"/app\", \"a \\\"b\\\"\\n\\\\\"]");
    assert_true(gdf__edit_json_array(&arena, words, 0, &array));
    assert_slice_is(array, "[]");
    assert_false(gdf__edit_json_array(&arena, words, 3, &array));
    assert_slice_is(array, "");
    gdf__arena_free(&arena);
}

/* ---- the public list ------------------------------------------------------------------------- */

static void edits_of_one_list_come_out_together(void **state)
{
    (void)state;
    gdf_document *document = parse("FROM golang\nCOPY a b\nCMD x\n");
    gdf_edits *edits = gdf_edits_create(document);
    gdf_node copy = gdf_document_get_instruction(document, 1);
    assert_int_equal(gdf_edits_set_flag(edits, copy, "chown", "1", 1), GDF_OK);
    assert_int_equal(gdf_edits_insert_after(edits, copy, "USER 1", 6), GDF_OK);
    assert_int_equal(gdf_edits_insert_after(edits, copy, "USER 2", 6), GDF_OK);
    assert_int_equal(
        gdf_edits_set_image_tag(edits, gdf_document_get_instruction(document, 0), "1", 1), GDF_OK);
    assert_int_equal(gdf_edits_set_flag(edits, copy, "link", NULL, 0), GDF_OK);
    assert_int_equal(gdf_edits_count(edits), 5);
    assert_int_equal(gdf_edits_get_start(edits, 0), 11);
    assert_int_equal(gdf_edits_get_end(edits, 0), 11);
    assert_slice_is(gdf_edits_get_text(edits, 0), ":1");
    assert_slice_is(gdf_edits_get_text(edits, 5), "");
    gdf_text *text = gdf_edits_apply(edits);
    assert_slice_is(gdf_text_get(text), "FROM golang:1\nCOPY --chown=1 --link a b\nUSER 1\nUSER "
                                        "2\nCMD x\n");
    gdf_text_free(text);
    gdf_edits_free(edits);
    gdf_document_free(document);
}

static void conflicts_leave_the_list_as_it_was(void **state)
{
    (void)state;
    gdf_document *document = parse("FROM a\nCOPY --x=1 --y=2 --x=3 a b\nCMD x\n");
    gdf_edits *edits = gdf_edits_create(document);
    gdf_node copy = gdf_document_get_instruction(document, 1);
    assert_int_equal(gdf_edits_replace(edits, 30, 31, "A", 1), GDF_OK);
    assert_int_equal(gdf_edits_remove_instruction(edits, copy), GDF_ERROR_CONFLICT);
    assert_int_equal(gdf_edits_replace(edits, 24, 28, "", 0), GDF_OK);
    assert_int_equal(gdf_edits_remove_flag(edits, copy, "x"), GDF_ERROR_CONFLICT);
    assert_int_equal(gdf_edits_count(edits), 2);
    assert_int_equal(gdf_edits_replace(edits, 2, 1, "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_edits_replace(edits, 2, 400, "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_edits_count(edits), 2);
    gdf_edits_free(edits);
    gdf_document_free(document);
}

static void without_a_list_nothing_happens(void **state)
{
    (void)state;
    assert_null(gdf_edits_create(NULL));
    assert_null(gdf_edits_apply(NULL));
    assert_int_equal(gdf_edits_count(NULL), 0);
    assert_int_equal(gdf_edits_get_start(NULL, 0), 0);
    assert_int_equal(gdf_edits_get_end(NULL, 0), 0);
    assert_int_equal(gdf_edits_get_text(NULL, 0).len, 0);
    assert_int_equal(gdf_edits_replace(NULL, 0, 0, "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_edits_set_part(NULL, 1, "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_edits_set_flag(NULL, 1, "a", "", 0), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_edits_remove_instruction(NULL, 2), GDF_ERROR_ARGUMENT);
    gdf_edits_free(NULL);
}

/* ---- lack of memory -------------------------------------------------------------------------- */

static const char ALL_KINDS[] =
    "FROM golang AS b\nRUN a && \\\n  b c \\\n  d\nENV A=1\nCOPY --x=1 a b\n";

static bool edit_everything(gdf_edits *edits, const gdf_document *document)
{
    gdf_node from = gdf_document_get_instruction(document, 0);
    gdf_node env = gdf_document_get_instruction(document, 2);
    gdf_node copy = gdf_document_get_instruction(document, 3);
    return gdf_edits_set_image_tag(edits, from, "1", 1) == GDF_OK &&
           gdf_edits_set_stage_name(edits, from, "c", 1) == GDF_OK &&
           gdf_edits_insert_before(edits, env, "USER x", 6) == GDF_OK &&
           gdf_edits_set_pair(edits, env, "A", "x y", 3) == GDF_OK &&
           gdf_edits_remove_flag(edits, copy, "x") == GDF_OK &&
           gdf_edits_insert_after(edits, copy, "CMD x", 5) == GDF_OK;
}

static bool edit_with_little_memory(const gdf_allocator *allocator, void *context)
{
    (void)context;
    bool done = false;
    gdf_options *options = gdf_options_create(allocator);
    gdf_document *document =
        options ? gdf_document_parse(ALL_KINDS, sizeof ALL_KINDS - 1, options) : NULL;
    gdf_edits *edits = gdf_edits_create(document);
    gdf_text *text = NULL;
    if (edits && edit_everything(edits, document))
        text = gdf_edits_apply(edits);
    if (text) {
        done = true;
        assert_slice_is(gdf_text_get(text),
                        "FROM golang:1 AS c\nRUN a && \\\n  b c \\\n  d\nUSER x\nENV A=\"x "
                        "y\"\nCOPY a b\nCMD x\n");
    }
    gdf_text_free(text);
    gdf_edits_free(edits);
    gdf_document_free(document);
    gdf_options_free(options);
    return done;
}

static void lack_of_memory_is_told_and_leaks_nothing(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(edit_with_little_memory, NULL, false) > 8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(image_references_change_piece_by_piece),
        cmocka_unit_test(stages_get_names_in_the_case_of_their_keyword),
        cmocka_unit_test(parts_take_values_that_can_stand_there),
        cmocka_unit_test(flags_are_set_added_and_removed),
        cmocka_unit_test(pairs_are_quoted_for_the_builder),
        cmocka_unit_test(lines_go_above_the_comment_block),
        cmocka_unit_test(lines_go_below_the_whole_instruction),
        cmocka_unit_test(instructions_go_with_their_lines),
        cmocka_unit_test(instructions_move_with_their_comments),
        cmocka_unit_test(words_go_and_continuations_stay_valid),
        cmocka_unit_test(words_are_replaced_and_inserted),
        cmocka_unit_test(arguments_go_and_come_in_both_forms),
        cmocka_unit_test(chains_stay_valid_without_a_command),
        cmocka_unit_test(keywords_follow_the_majority),
        cmocka_unit_test(words_become_a_json_array),
        cmocka_unit_test(edits_of_one_list_come_out_together),
        cmocka_unit_test(conflicts_leave_the_list_as_it_was),
        cmocka_unit_test(without_a_list_nothing_happens),
        cmocka_unit_test(lack_of_memory_is_told_and_leaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
