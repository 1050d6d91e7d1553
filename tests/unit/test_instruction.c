/* lib/instruction: the parts of instructions, and what the builder refuses in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/document.h>
#include <godockerfile/instruction.h>

#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- parts ----------------------------------------------------------------------------------- */

static void show_part(const gdf_document *document, gdf_part part, gdf__builder *shown)
{
    gdf_str text = gdf_document_get_text(document);
    uint32_t start = gdf_part_get_start(document, part);
    uint32_t end = gdf_part_get_end(document, part);
    gdf_str source = gdf__str_slice(text, start, end);
    gdf_str value = gdf_part_get_value(document, part);
    for (gdf_part outer = part; outer; outer = gdf_part_get_parent(document, outer))
        gdf__builder_add_byte(shown, ' ');
    gdf__builder_add_text(shown, gdf_part_kind_name(gdf_part_get_kind(document, part)));
    gdf__builder_add_text(shown,
                          gdf_part_get_flags(document, part) & GDF_PART_FLAG_EXACT ? "=" : "~");
    gdf__builder_add(shown, source);
    if (!(gdf_part_get_flags(document, part) & GDF_PART_FLAG_EXACT)) {
        gdf__builder_add_text(shown, " -> ");
        gdf__builder_add(shown, value);
    } else {
        assert_slice_equal(source, value);
    }
    gdf__builder_add_byte(shown, '\n');
}

/* Every part behind the keyword on a line of its own: kind, `=` (exact) or `~`, the bytes in its
 * range, and its value when it is not exact. Nesting is shown by blanks. `nth` is the instruction
 * node, nested ones included. */
static void assert_parts(const char *source, uint32_t nth, const char *expected)
{
    gdf_document *document = gdf_document_parse(source, strlen(source), NULL);
    assert_non_null(document);
    gdf_node node = 0;
    for (gdf_node id = 1; id <= gdf_document_count_nodes(document) && !node; id++) {
        if (gdf_node_get_kind(document, id) == GDF_NODE_INSTRUCTION && nth-- == 0)
            node = id;
    }
    gdf__builder shown;
    gdf__builder_init(&shown, &gdf__default_allocator);
    for (uint32_t i = 1; i < gdf_instruction_count_parts(document, node); i++)
        show_part(document, gdf_instruction_get_part(document, node, i), &shown);
    assert_slice_is(gdf__builder_get(&shown), expected);
    gdf__builder_free(&shown);
    gdf_document_free(document);
}

static void from_has_platform_image_and_stage_name(void **state)
{
    (void)state;
    assert_parts(
        "FROM --platform=$BUILDPLATFORM quay.example/golang:${V}-alpine@sha256:ab AS build\n", 0,
        " flag=--platform=$BUILDPLATFORM\n"
        "  flag-name=platform\n"
        "  flag-value=$BUILDPLATFORM\n"
        "   platform=$BUILDPLATFORM\n"
        " image=quay.example/golang:${V}-alpine@sha256:ab\n"
        "  image-registry=quay.example\n"
        "  image-repository=golang\n"
        "  image-tag=${V}-alpine\n"
        "  image-digest=sha256:ab\n"
        " as=AS\n"
        " stage-name=build\n");
}

static void a_quoted_image_has_no_pieces(void **state)
{
    (void)state;
    assert_parts("FROM \"golang:1\"\n", 0, " image=\"golang:1\"\n");
}

static void words_of_a_wrong_from_are_plain_arguments(void **state)
{
    (void)state;
    assert_parts("FROM a b c d\n", 0,
                 " image=a\n  image-repository=a\n argument=b\n argument=c\n argument=d\n");
}

static void copy_has_sources_destination_and_flag_pieces(void **state)
{
    (void)state;
    assert_parts("FROM a\nCOPY --from=golang:1.22 --chown=app:grp x y \\\n  z/\n", 1,
                 " flag=--from=golang:1.22\n"
                 "  flag-name=from\n"
                 "  flag-value=golang:1.22\n"
                 "   image=golang:1.22\n"
                 "    image-repository=golang\n"
                 "    image-tag=1.22\n"
                 " flag=--chown=app:grp\n"
                 "  flag-name=chown\n"
                 "  flag-value=app:grp\n"
                 "   user-name=app\n"
                 "   group-name=grp\n"
                 " source=x\n"
                 " source=y\n"
                 " destination=z/\n");
}

static void quotes_around_a_flag_value_leave_its_pieces_exact(void **state)
{
    (void)state;
    assert_parts("ADD --chown=\"app:${G:-x}\" a b\n", 0,
                 " flag~--chown=\"app:${G:-x}\" -> --chown=app:${G:-x}\n"
                 "  flag-name=chown\n"
                 "  flag-value~\"app:${G:-x}\" -> app:${G:-x}\n"
                 "   user-name=app\n"
                 "   group-name=${G:-x}\n"
                 " source=a\n"
                 " destination=b\n");
}

static void pieces_of_a_changed_flag_value_get_its_whole_range(void **state)
{
    (void)state;
    assert_parts("COPY --chown=\xc3\xa9:g a b\n", 0,
                 " flag~--chown=\xc3\xa9:g -> --chown=\xc3\x83\xc2\xa9:g\n"
                 "  flag-name=chown\n"
                 "  flag-value~\xc3\xa9:g -> \xc3\x83\xc2\xa9:g\n"
                 "   user-name~\xc3\xa9:g -> \xc3\x83\xc2\xa9\n"
                 "   group-name~\xc3\xa9:g -> g\n"
                 " source=a\n"
                 " destination=b\n");
}

static void json_arguments_keep_their_quotes_in_the_range(void **state)
{
    (void)state;
    assert_parts("COPY [\"a b\", \"c\\u0041\"]\n", 0,
                 " source~\"a b\" -> a b\n destination~\"c\\u0041\" -> cA\n");
    assert_parts("CMD [\"x\"]\n", 0, " exec-argument~\"x\" -> x\n");
}

static void run_has_mount_options_and_its_command(void **state)
{
    (void)state;
    assert_parts("RUN --mount=type=cache,target=/go,ro --network=none go build \\\n ./...\n", 0,
                 " flag=--mount=type=cache,target=/go,ro\n"
                 "  flag-name=mount\n"
                 "  flag-value=type=cache,target=/go,ro\n"
                 "   option=type=cache\n"
                 "    option-key=type\n"
                 "    option-value=cache\n"
                 "   option=target=/go\n"
                 "    option-key=target\n"
                 "    option-value=/go\n"
                 "   option=ro\n"
                 "    option-key=ro\n"
                 " flag=--network=none\n"
                 "  flag-name=network\n"
                 "  flag-value=none\n"
                 " command~go build \\\n ./... -> go build  ./...\n");
}

static void mount_options_know_quotes_and_images(void **state)
{
    (void)state;
    assert_parts("RUN --mount='\"from=a:1\",\"x=\"\"y\"' z\n", 0,
                 " flag~--mount='\"from=a:1\",\"x=\"\"y\"' -> --mount=\"from=a:1\",\"x=\"\"y\"\n"
                 "  flag-name=mount\n"
                 "  flag-value~'\"from=a:1\",\"x=\"\"y\"' -> \"from=a:1\",\"x=\"\"y\"\n"
                 "   option~\"from=a:1\" -> from=a:1\n"
                 "    option-key=from\n"
                 "    option-value=a:1\n"
                 "     image=a:1\n"
                 "      image-repository=a\n"
                 "      image-tag=1\n"
                 "   option~\"x=\"\"y\" -> x=\"y\n"
                 "    option-key~\"x=\"\"y\" -> x\n"
                 "    option-value~\"x=\"\"y\" -> \"y\n"
                 " command=z\n");
}

static void heredocs_are_parts_behind_the_command(void **state)
{
    (void)state;
    assert_parts("RUN <<-\"E F\" cat\nbody\n\tE F\n", 0,
                 " command=<<-\"E F\" cat\n"
                 " heredoc-name~\"E F\" -> E F\n"
                 " heredoc=body\n\n");
}

static void pairs_have_keys_and_values(void **state)
{
    (void)state;
    assert_parts("ENV a=b c=\"d e\"\n", 0,
                 " pair=a=b\n  key=a\n  value=b\n pair=c=\"d e\"\n  key=c\n  value=\"d e\"\n");
    assert_parts("LABEL old some value\n", 0,
                 " pair=old some value\n  key=old\n  value=some value\n");
    assert_parts("ARG A B=$A\n", 0, " pair=A\n  key=A\n pair=B=$A\n  key=B\n  value=$A\n");
    assert_parts("ENV broken\n", 0, " argument=broken\n");
}

static void the_other_instructions_have_their_own_kinds(void **state)
{
    (void)state;
    assert_parts("USER app:grp\n", 0, " user-name=app\n group-name=grp\n");
    assert_parts("EXPOSE 127.0.0.1:80:90/udp $P\n", 0,
                 " port=127.0.0.1:80:90/udp\n  port-number=90\n  port-protocol=udp\n"
                 " port=$P\n  port-number=$P\n");
    assert_parts("VOLUME /a /b\n", 0, " path=/a\n path=/b\n");
    assert_parts("WORKDIR /a b\n", 0, " path=/a b\n");
    assert_parts("STOPSIGNAL SIGTERM\n", 0, " signal=SIGTERM\n");
    assert_parts("MAINTAINER me\n", 0, " author=me\n");
    assert_parts("SHELL [\"a\"]\n", 0, " exec-argument~\"a\" -> a\n");
    assert_parts("HEALTHCHECK CMD a b\n", 0, " healthcheck-type=CMD\n command=a b\n");
    assert_parts("HEALTHCHECK NONE\n", 0, " healthcheck-type=NONE\n");
    assert_parts("FOO a b\n", 0, " argument=a b\n");
}

static void a_trigger_has_the_parts_of_its_instruction(void **state)
{
    (void)state;
    static const char SOURCE[] = "ONBUILD COPY --from=x a b\n";
    assert_parts(SOURCE, 0, " trigger=COPY --from=x a b\n");
    assert_parts(SOURCE, 1,
                 " flag=--from=x\n  flag-name=from\n  flag-value=x\n   image=x\n"
                 "    image-repository=x\n source=a\n destination=b\n");
}

static void parts_are_found_by_kind_flag_and_parent(void **state)
{
    (void)state;
    static const char SOURCE[] = "FROM a:1\nRUN --mount=id=x --mount=id=y,from=b:2 c\n";
    gdf_document *document = gdf_document_parse(SOURCE, sizeof SOURCE - 1, NULL);
    gdf_node from = gdf_document_get_instruction(document, 0);
    gdf_node run = gdf_document_get_instruction(document, 1);
    gdf_part tag = gdf_instruction_find_part(document, from, GDF_PART_IMAGE_TAG, 0);
    assert_slice_is(gdf_part_get_value(document, tag), "1");
    assert_int_equal(gdf_part_get_instruction(document, tag), from);
    assert_int_equal(gdf_instruction_find_part(document, from, GDF_PART_IMAGE_TAG, 1), 0);
    gdf_part second = gdf_instruction_find_flag(document, run, "mount", 1);
    gdf_part id = gdf_part_find(document, second, GDF_PART_OPTION_VALUE, 0);
    assert_slice_is(gdf_part_get_value(document, id), "y");
    assert_slice_is(
        gdf_part_get_value(document, gdf_part_find(document, second, GDF_PART_IMAGE_TAG, 0)), "2");
    assert_int_equal(gdf_part_find(document, second, GDF_PART_COMMAND, 0), 0);
    assert_int_equal(gdf_instruction_find_flag(document, run, "mount", 2), 0);
    assert_int_equal(gdf_instruction_find_flag(document, run, "Mount", 0), 0);
    assert_int_equal(gdf_part_kind_find("image-tag", 9), GDF_PART_IMAGE_TAG);
    assert_int_equal(gdf_part_kind_find("x", 1), GDF_PART_NONE);
    gdf_document_free(document);
}

static void readers_of_nothing_give_neutral_values(void **state)
{
    (void)state;
    gdf_document *document = gdf_document_parse("FROM a\n", 7, NULL);
    assert_int_equal(gdf_instruction_count_parts(NULL, 1), 0);
    assert_int_equal(gdf_instruction_count_parts(document, 1), 0);
    assert_int_equal(gdf_instruction_count_parts(document, 999), 0);
    assert_int_equal(gdf_instruction_get_part(document, 2, 3), 0);
    assert_int_equal(gdf_instruction_get_part(document, 2, UINT32_MAX), 0);
    assert_int_equal(gdf_instruction_find_flag(document, 2, NULL, 0), 0);
    assert_int_equal(gdf_part_get_kind(document, 0), GDF_PART_NONE);
    assert_slice_is(gdf_part_get_value(document, 999), "");
    assert_int_equal(gdf_part_find(NULL, 1, GDF_PART_IMAGE, 0), 0);
    assert_string_equal(gdf_part_kind_name((gdf_part_kind)999), "");
    gdf_document_free(document);
}

static void every_part_of_an_instruction_is_counted(void **state)
{
    (void)state;
    enum { MOST = 70 };
    gdf__builder text;
    gdf__builder_init(&text, &gdf__default_allocator);
    for (uint32_t count = 1; count <= MOST; count++) {
        gdf__builder_add_text(&text, "EXPOSE");
        for (uint32_t i = 0; i < count; i++)
            gdf__builder_add_text(&text, " $A");
        gdf__builder_add_byte(&text, '\n');
    }
    gdf_str source = gdf__builder_get(&text);
    gdf_document *document = gdf_document_parse(source.ptr, source.len, NULL);
    for (uint32_t count = 1; count <= MOST; count++) {
        gdf_node expose = gdf_document_get_instruction(document, count - 1);
        uint32_t parts = gdf_instruction_count_parts(document, expose);
        gdf_part last = gdf_instruction_get_part(document, expose, parts - 1);
        assert_true(parts > count);
        assert_int_equal(gdf_part_get_instruction(document, last), expose);
        assert_int_equal(gdf_instruction_get_part(document, expose, parts), 0);
        assert_int_not_equal(gdf_instruction_find_part(document, expose, GDF_PART_PORT, count - 1),
                             0);
        assert_int_equal(gdf_instruction_find_part(document, expose, GDF_PART_PORT, count), 0);
    }
    gdf_document_free(document);
    gdf__builder_free(&text);
}

static void every_keyword_is_found_in_either_case(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        gdf_instruction_kind kind;
    } KEYWORDS[] = {
#define GDF_INSTRUCTION(id, value, name, summary) {name, GDF_INSTRUCTION_##id},
#include <godockerfile/instructions.def>
#undef GDF_INSTRUCTION
    };
    for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++) {
        char lower[16];
        size_t len = strlen(KEYWORDS[i].name);
        for (size_t at = 0; at < len; at++)
            lower[at] = gdf__ascii_lower(KEYWORDS[i].name[at]);
        assert_int_equal(gdf_instruction_kind_find(KEYWORDS[i].name, len), KEYWORDS[i].kind);
        assert_int_equal(gdf_instruction_kind_find(lower, len), KEYWORDS[i].kind);
        assert_int_equal(gdf_instruction_kind_find(lower, len - 1), GDF_INSTRUCTION_UNKNOWN);
    }
    assert_int_equal(gdf_instruction_kind_find("HEALTHCHECKS", 12), GDF_INSTRUCTION_UNKNOWN);
    assert_int_equal(gdf_instruction_kind_find("", 0), GDF_INSTRUCTION_UNKNOWN);
    assert_int_equal(gdf_instruction_kind_find(NULL, 3), GDF_INSTRUCTION_UNKNOWN);
}

/* ---- problems -------------------------------------------------------------------------------- */

/* The problems of an instruction behind `FROM a` (line 1), without the builder's prefix, each with
 * the bytes it is shown at: `text @ bytes`. */
static void assert_problems(const char *instruction, const char *expected)
{
    static const char PREFIX[] = "dockerfile parse error on line 2: ";
    gdf__builder text;
    gdf__builder_init(&text, &gdf__default_allocator);
    gdf__builder_add_text(&text, "FROM a\n");
    gdf__builder_add_text(&text, instruction);
    gdf_str source = gdf__builder_get(&text);
    gdf_document *document = gdf_document_parse(source.ptr, source.len, NULL);
    gdf__builder shown;
    gdf__builder_init(&shown, &gdf__default_allocator);
    for (uint32_t i = 0; i < gdf_document_count_problems(document); i++) {
        gdf_str message = gdf_document_get_problem_message(document, i);
        if (gdf__str_starts(message, PREFIX))
            message = gdf__str_slice(message, sizeof PREFIX - 1, message.len);
        gdf__builder_add(&shown, message);
        gdf__builder_add_text(&shown, " @ ");
        gdf__builder_add(&shown, gdf__str_slice(source, gdf_document_get_problem_start(document, i),
                                                gdf_document_get_problem_end(document, i)));
        gdf__builder_add_byte(&shown, '\n');
    }
    assert_slice_is(gdf__builder_get(&shown), expected);
    gdf__builder_free(&shown);
    gdf__builder_free(&text);
    gdf_document_free(document);
}

static void accepted_instructions_have_no_problems(void **state)
{
    (void)state;
    static const char *const ACCEPTED[] = {
        "CMD",
        "RUN",
        "ENTRYPOINT []",
        "ARG --anything=x A",
        "STOPSIGNAL --x 9",
        "HEALTHCHECK --nonsense NONE",
        "HEALTHCHECK --interval=0 --timeout= --retries=+3 cmd x",
        "ONBUILD COPY --nosuch x",
        "COPY --link --parents=TRUE --exclude= --exclude=a a b",
        "RUN --mount=from=x$ --device=vendor/class=dev,required a",
        "FROM b aS Name-1_.x",
    };
    for (size_t i = 0; i < ARRAY_LENGTH(ACCEPTED); i++)
        assert_problems(ACCEPTED[i], "");
}

static void missing_arguments_are_refused(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"COPY x", "COPY requires at least two arguments, but only one was provided. Destination "
                   "could not be determined @ x\n"},
        {"ADD", "ADD requires at least two arguments, but only one was provided. Destination could "
                "not be determined @ ADD\n"},
        {"arg", "ARG requires at least one argument @ arg\n"},
        {"ENV", "ENV requires at least one argument @ ENV\n"},
        {"LABEL", "LABEL requires at least one argument @ LABEL\n"},
        {"EXPOSE", "EXPOSE requires at least one argument @ EXPOSE\n"},
        {"VOLUME", "VOLUME requires at least one argument @ VOLUME\n"},
        {"VOLUME [\"\"]", "VOLUME specified can not be an empty string @ \"\"\n"},
        {"USER", "USER requires exactly one argument @ USER\n"},
        {"WORKDIR", "WORKDIR requires exactly one argument @ WORKDIR\n"},
        {"MAINTAINER", "MAINTAINER requires exactly one argument @ MAINTAINER\n"},
        {"STOPSIGNAL", "STOPSIGNAL requires exactly one argument @ STOPSIGNAL\n"},
        {"SHELL []", "SHELL requires at least one argument @ []\n"},
        {"SHELL sh -c", "SHELL requires the arguments to be in JSON form @ sh -c\n"},
        {"ONBUILD", "ONBUILD requires at least one argument @ ONBUILD\n"},
        {"HEALTHCHECK", "HEALTHCHECK requires at least one argument @ HEALTHCHECK\n"},
        {"FROM a b", "FROM requires either one or three arguments @ a b\n"},
        {"FROM a is b", "FROM requires either one or three arguments @ a is b\n"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++)
        assert_problems(CASES[i][0], CASES[i][1]);
}

static void bad_names_are_refused(void **state)
{
    (void)state;
    assert_problems("FROM b AS 1b", "invalid name for build stage: \"1b\", name can't start with a "
                                    "number or contain symbols @ 1b\n");
    assert_problems("ARG =x y =z",
                    "ARG names can not be blank @ =x\nARG names can not be blank @ =z\n");
    assert_problems("ENV =x", "ENV names can not be blank @ =x\n");
    assert_problems("LABEL a=b =c", "LABEL names can not be blank @ =c\n");
    assert_problems("COPY a <<E\nE\n", "COPY cannot accept a heredoc as a destination @ <<E\n");
}

static void all_bad_flags_are_refused(void **state)
{
    (void)state;
    assert_problems("COPY --frm=a --from --link=1 --link --chown= --chown=b a b",
                    "unknown flag: --frm (did you mean from?) @ frm\n"
                    "missing a value on flag: --from @ --from\n"
                    "expecting boolean value for flag --link, not: 1 @ 1\n"
                    "duplicate flag specified: --link @ --link\n"
                    "duplicate flag specified: --chown @ --chown=b\n");
    assert_problems("ADD --link= a b", "missing a value on flag: --link @ --link=\n");
    assert_problems("USER --x=y root", "unknown flag: --x @ x\n");
}

static void run_flags_are_checked(void **state)
{
    (void)state;
    assert_problems("RUN --network=lan --security=x y", "invalid network mode \"lan\" @ lan\n"
                                                        "security \"x\" is not valid @ x\n");
    assert_problems("RUN --mount= x", "failed to parse csv mounts: EOF @ \n");
    assert_problems("RUN --mount=a\\\"b x",
                    "failed to parse csv mounts: parse error on line 1, column 2: bare \" in "
                    "non-quoted-field @ a\\\"b\n");
    assert_problems("RUN --mount=type=bind,From=$x y",
                    "'from' doesn't support variable expansion, define alias stage instead @ "
                    "From=$x\n");
    assert_problems("RUN --device=a,b --device=name=x,name=y --device=required=x "
                    "--device=a,Nme=x --device=a,b=c z",
                    "invalid field 'b' must be a key=value pair @ b\n"
                    "device name already set to x @ name=y\n"
                    "invalid value for required: x @ required=x\n"
                    "unexpected key 'nme' in 'Nme=x' (did you mean name?) @ Nme=x\n"
                    "unexpected key 'b' in 'b=c' @ b=c\n");
}

static void healthchecks_are_checked(void **state)
{
    (void)state;
    assert_problems("HEALTHCHECK none x", "HEALTHCHECK NONE takes no arguments @ none x\n");
    assert_problems("HEALTHCHECK CMD", "Missing command after HEALTHCHECK CMD @ CMD\n");
    assert_problems("HEALTHCHECK CMD []", "Missing command after HEALTHCHECK CMD @ CMD\n");
    assert_problems("HEALTHCHECK f\xc3\xa9 x",
                    "Unknown type \"F\xc3\x89\" in HEALTHCHECK (try CMD) @ f\xc3\xa9\n");
    assert_problems("HEALTHCHECK --interval=1d --timeout=5 --start-period=1us --retries=-1 CMD x",
                    "time: unknown unit \"d\" in duration \"1d\" @ 1d\n"
                    "time: missing unit in duration \"5\" @ 5\n"
                    "Interval \"start-period\" cannot be less than 1ms @ 1us\n"
                    "--retries cannot be negative (-1) @ -1\n");
    assert_problems("HEALTHCHECK --retries=a CMD x",
                    "strconv.ParseInt: parsing \"a\": invalid syntax @ a\n");
    assert_problems("HEALTHCHECK --retries=2147483648 CMD x",
                    "strconv.ParseInt: parsing \"2147483648\": value out of range @ 2147483648\n");
}

static void forbidden_triggers_are_refused(void **state)
{
    (void)state;
    assert_problems("ONBUILD onbuild RUN x",
                    "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed @ onbuild\n");
    assert_problems("ONBUILD ONBUILD\u3000 x",
                    "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed @ ONBUILD\u3000\n");
    assert_problems("ONBUILD FROM x", "FROM isn't allowed as an ONBUILD trigger @ FROM\n");
    assert_problems("ONBUILD MAINTAINER x",
                    "MAINTAINER isn't allowed as an ONBUILD trigger @ MAINTAINER\n");
}

static void unknown_instructions_are_refused(void **state)
{
    (void)state;
    assert_problems("RUUN x", "unknown instruction: RUUN (did you mean RUN?) @ RUUN\n");
    assert_problems("Coppy x", "unknown instruction: Coppy (did you mean copy?) @ Coppy\n");
    assert_problems("FOOBARBAZ", "unknown instruction: FOOBARBAZ @ FOOBARBAZ\n");
}

/* The builder's first error of a whole file, and how many problems there are. */
static void assert_first(const char *source, const char *expected, uint32_t count)
{
    gdf_document *document = gdf_document_parse(source, strlen(source), NULL);
    uint32_t first = gdf_document_find_builder_error(document);
    assert_slice_is(gdf_document_get_problem_message(document, first), expected);
    assert_int_equal(gdf_document_count_problems(document), count);
    gdf_document_free(document);
}

static void stages_must_come_first(void **state)
{
    (void)state;
    assert_first("RUN a\nRUN b\n", "no build stage in current context", 1);
    assert_first("ARG a\nARG b\n", "dockerfile contains no stages to build", 1);
    assert_first("RUN --x a\n", "dockerfile parse error on line 1: unknown flag: --x", 2);
    assert_first("FORM a\nRUN b\n",
                 "dockerfile parse error on line 1: unknown instruction: FORM (did you mean FROM?)",
                 1);
    assert_first("FROM a b\nRUN c\n",
                 "dockerfile parse error on line 1: FROM requires either one or three arguments",
                 1);
}

static void the_builders_first_error_is_known_among_many(void **state)
{
    (void)state;
    assert_first("FROM a\n\nEXPOSE --x\nENV b\nFOO\n", "ENV must have two arguments", 4);
    assert_first("FROM a\n\nEXPOSE --x\nFOO\n",
                 "dockerfile parse error on line 3: EXPOSE requires at least one argument", 3);
    assert_first("FROM a\nHEALTHCHECK --retries=x --timeout=y CMD z\n",
                 "dockerfile parse error on line 2: time: invalid duration \"y\"", 2);
}

/* ---- memory ---------------------------------------------------------------------------------- */

static bool parse_everything(const gdf_allocator *allocator, void *context)
{
    static const char SOURCE[] =
        "FROM --platform=x a:1 AS b\nCOPY --chown=\xc3\xa9 <<E /x\ny\nE\n"
        "RUN --mount='\"a=\"\"b\"',from=$x --device=a,Nme=b c \\\n d\n"
        "HEALTHCHECK --interval=1d f\xc3\xa9\nONBUILD ONBUILD ENV a=b\nFOO [\n";
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    if (!options)
        return false;
    gdf_document *document = gdf_document_parse(SOURCE, sizeof SOURCE - 1, options);
    gdf_options_free(options);
    gdf_document_free(document);
    return document != NULL;
}

static void no_failed_allocation_leaks_or_crashes(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(parse_everything, NULL, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_has_platform_image_and_stage_name),
        cmocka_unit_test(a_quoted_image_has_no_pieces),
        cmocka_unit_test(words_of_a_wrong_from_are_plain_arguments),
        cmocka_unit_test(copy_has_sources_destination_and_flag_pieces),
        cmocka_unit_test(quotes_around_a_flag_value_leave_its_pieces_exact),
        cmocka_unit_test(pieces_of_a_changed_flag_value_get_its_whole_range),
        cmocka_unit_test(json_arguments_keep_their_quotes_in_the_range),
        cmocka_unit_test(run_has_mount_options_and_its_command),
        cmocka_unit_test(mount_options_know_quotes_and_images),
        cmocka_unit_test(heredocs_are_parts_behind_the_command),
        cmocka_unit_test(pairs_have_keys_and_values),
        cmocka_unit_test(the_other_instructions_have_their_own_kinds),
        cmocka_unit_test(a_trigger_has_the_parts_of_its_instruction),
        cmocka_unit_test(parts_are_found_by_kind_flag_and_parent),
        cmocka_unit_test(readers_of_nothing_give_neutral_values),
        cmocka_unit_test(every_part_of_an_instruction_is_counted),
        cmocka_unit_test(every_keyword_is_found_in_either_case),
        cmocka_unit_test(accepted_instructions_have_no_problems),
        cmocka_unit_test(missing_arguments_are_refused),
        cmocka_unit_test(bad_names_are_refused),
        cmocka_unit_test(all_bad_flags_are_refused),
        cmocka_unit_test(run_flags_are_checked),
        cmocka_unit_test(healthchecks_are_checked),
        cmocka_unit_test(forbidden_triggers_are_refused),
        cmocka_unit_test(unknown_instructions_are_refused),
        cmocka_unit_test(stages_must_come_first),
        cmocka_unit_test(the_builders_first_error_is_known_among_many),
        cmocka_unit_test(no_failed_allocation_leaks_or_crashes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
