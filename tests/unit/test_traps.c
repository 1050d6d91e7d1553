/* What surprises in the builder's language: one test for each trap of the specification, in its
 * order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/config.h>
#include <godockerfile/report.h>

#include "base/builder.h"
#include "base/slice.h"
#include "support/assertions.h"

/* ---- asking ---------------------------------------------------------------------------------- */

static gdf_document *parse(const char *text)
{
    gdf_document *document = gdf_document_parse(text, strlen(text), NULL);
    assert_non_null(document);
    return document;
}

static void assert_dump(const char *text, const char *expected)
{
    gdf_document *document = parse(text);
    gdf_text *dump = gdf_document_dump(document, GDF_DUMP_BUILDKIT);
    assert_slice_is(gdf_text_get(dump), expected);
    gdf_text_free(dump);
    gdf_document_free(document);
}

/* The error of a build and its first line, as "line message"; empty for none. */
static void assert_error(const char *text, const char *expected)
{
    gdf_document *document = parse(text);
    gdf_build *build = gdf_build_create(document, NULL);
    gdf_config *config = gdf_config_create(build, NULL);
    gdf__builder got;
    gdf__builder_init(&got, &gdf__default_allocator);
    if (gdf_config_get_error(config).len) {
        gdf__builder_add_number(&got, gdf_config_get_error_first_line(config, 0));
        gdf__builder_add_byte(&got, ' ');
        gdf__builder_add(&got, gdf_config_get_error(config));
    }
    if (!gdf__str_is(gdf__builder_get(&got), expected))
        fail_msg("%.200s: %.*s", text, (int)gdf__builder_get(&got).len, gdf__builder_get(&got).ptr);
    gdf__builder_free(&got);
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
}

/* The items of a field of the image config, each followed by a blank. */
static void assert_config(const char *text, gdf_config_field field, const char *expected)
{
    gdf_document *document = parse(text);
    gdf_build *build = gdf_build_create(document, NULL);
    gdf_config *config = gdf_config_create(build, NULL);
    gdf__builder got;
    gdf__builder_init(&got, &gdf__default_allocator);
    assert_slice_is(gdf_config_get_error(config), "");
    for (uint32_t i = 0; i < gdf_config_count_items(config, field); i++) {
        if (gdf__str_starts(gdf_config_get_item(config, field, i), "PATH="))
            continue;
        gdf__builder_add(&got, gdf_config_get_item(config, field, i));
        gdf__builder_add_byte(&got, ' ');
    }
    assert_slice_is(gdf__builder_get(&got), expected);
    gdf__builder_free(&got);
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
}

/* What the builder's check warns of, as "Rule:line " each. */
static void assert_warnings(const char *text, const char *expected)
{
    gdf_document *document = parse(text);
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    gdf_ruleset_use_profile(ruleset, "buildkit", strlen("buildkit"));
    gdf_report *report = gdf_report_create(document, ruleset, NULL, NULL);
    gdf__builder got;
    gdf__builder_init(&got, &gdf__default_allocator);
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++) {
        gdf__builder_add_text(&got, gdf_rule_get_name(gdf_finding_get_rule(report, id)));
        gdf__builder_add_byte(&got, ':');
        gdf__builder_add_number(
            &got, gdf_document_find_line(document, gdf_finding_get_start(report, id)));
        gdf__builder_add_byte(&got, ' ');
    }
    if (!gdf__str_is(gdf__builder_get(&got), expected))
        fail_msg("%s: %.*s", text, (int)gdf__builder_get(&got).len, gdf__builder_get(&got).ptr);
    gdf__builder_free(&got);
    gdf_report_free(report);
    gdf_ruleset_free(ruleset);
    gdf_document_free(document);
}

/* ---- the traps ------------------------------------------------------------------------------- */

static void trap_1_flags_are_read_byte_by_byte(void **state)
{
    (void)state;
    assert_dump("COPY --chown=\u00e9 a b\n", "(copy [\"--chown=\u00c3\u00a9\"] \"a\" \"b\")\n");
    assert_dump("COPY --from=\u00e0 x\n", "(copy [\"--from=\u00c3\"] \"x\")\n");
    assert_dump("COPY --from=\"a b\" --x=\\y z\n", "(copy [\"--from=a b\" \"--x=y\"] \"z\")\n");
}

static void trap_2_errors_of_directives_are_one_line_too_low(void **state)
{
    (void)state;
    assert_error("# syntax=a\n# escape=x\nFROM a\n",
                 "1 invalid escape token 'x' does not match ` or \\");
    assert_error("# escape=x\nFROM a\n", "0 invalid escape token 'x' does not match ` or \\");
    assert_error("# check=skip=all\n# syntax=a\n# SYNTAX=b\nFROM a\n",
                 "2 only one syntax parser directive can be used");
}

static void trap_3_blank_lines_do_not_detach_comments(void **state)
{
    (void)state;
    assert_warnings("FROM a\n# check=skip=JSONArgsRecommended\n\nCMD x\n", "");
    assert_warnings("FROM a\n  # check=skip=JSONArgsRecommended\nCMD x\n",
                    "JSONArgsRecommended:3 ");
    assert_warnings("# check=experimental=all\n# A is this\n\nARG A\n# other\n\nARG B\nFROM a\n",
                    "InvalidDefinitionDescription:7 ");
}

static void trap_4_heredocs_ignore_the_escape_directive_and_odd_quotes_end_them(void **state)
{
    (void)state;
    assert_error("# escape=`\nFROM a\nRUN cat <<\"\\E\"\nx\n\\E\n", "");
    assert_error("FROM a\nRUN echo it's <<E\nx\nE\n",
                 "3 dockerfile parse error on line 3: unknown instruction: x");
    assert_error("FROM a\nRUN cat<<E\nx\nE\n",
                 "3 dockerfile parse error on line 3: unknown instruction: x");
    assert_error("FROM a\nRUN 3<<E cat\nx\nE\n", "");
    assert_error("FROM a\nRUN echo $((1 << 2))\n", "2 unterminated heredoc");
}

static void trap_5_copy_loses_bodies_and_their_backslashes(void **state)
{
    (void)state;
    assert_dump("COPY << E /x\nlost\nE\n", "(copy \"<<\" \"E\" \"/x\")\n");
    assert_warnings("FROM a\nCOPY <<E <<E /x/\n$first\nE\nnothing\nE\n", "");
    assert_warnings("FROM a\nCOPY <<E <<E /x/\nnothing\nE\n$last\nE\n",
                    "UndefinedVar:2 UndefinedVar:2 ");
    assert_warnings("FROM a\nCOPY <<E /x\n\\$a '$b'\nE\n", "UndefinedVar:2 ");
}

static void trap_6_some_instructions_take_any_flag(void **state)
{
    (void)state;
    assert_error("FROM a\nARG --x A\nSTOPSIGNAL --y 9\nHEALTHCHECK --z NONE\n", "");
    assert_error("FROM a\nONBUILD FOO --bar\nONBUILD COPY\n", "");
    assert_error("FROM a\nUSER --x u\n", "2 dockerfile parse error on line 2: unknown flag: --x");
}

static void trap_7_numbers_of_copy_count_images_too(void **state)
{
    (void)state;
    assert_error("FROM a\nCOPY --from=nginx x y\nFROM b\nCOPY --from=2 c d\n", "");
    assert_error("FROM a\nCOPY --from=nginx x y\nFROM b\nCOPY --from=3 c d\n",
                 "0 invalid stage index 3");
}

static void trap_8_names_of_stages_have_a_case_for_from_alone(void **state)
{
    (void)state;
    assert_config("FROM a AS base\nFROM b\nCOPY --from=BASE x y\n", GDF_CONFIG_IMAGES,
                  "docker.io/library/a:latest docker.io/library/b:latest ");
    assert_error("FROM a AS base\nFROM BASE\n",
                 "2 failed to parse stage name \"BASE\": invalid reference format: repository name "
                 "(library/BASE) must be lowercase");
}

static void trap_9_replacements_are_templates_and_globs_stay_on_their_line(void **state)
{
    (void)state;
    assert_config("FROM scratch\nENV V=aXb\nENV W=${V//X/'[$0]'}\n", GDF_CONFIG_ENV,
                  "V=aXb W=a[X]b ");
    assert_config("FROM scratch\nENV V=aXb\nENV W=${V/X/'[$0]'}\n", GDF_CONFIG_ENV,
                  "V=aXb W=a[$0]b ");
    static const char LINES[] = "V=a\nb";
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, LINES, strlen(LINES));
    gdf_document *document = parse("FROM scratch\nARG V\nENV W=${V#*b} X=${V#a}\n");
    gdf_build *build = gdf_build_create(document, options);
    gdf_config *config = gdf_config_create(build, options);
    assert_slice_is(gdf_config_get_item(config, GDF_CONFIG_ENV, 1), "W=a\nb");
    assert_slice_is(gdf_config_get_item(config, GDF_CONFIG_ENV, 2), "X=\nb");
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
    gdf_options_free(options);
}

static void trap_10_mounts_are_looked_at_when_they_run_and_in_order(void **state)
{
    (void)state;
    assert_error("FROM a\nRUN --mount=bad x\nFROM b\n", "");
    assert_error("FROM a\nRUN --mount=bad x\n", "2 invalid field 'bad' must be a key=value pair");
    assert_error("FROM a\nRUN --mount=type=tmpfs,target=/t,size=1k x\n", "");
    assert_error("FROM a\nRUN --mount=size=1k,type=tmpfs,target=/t x\n",
                 "2 unexpected key 'size' for mount type 'bind'");
}

static void trap_11_some_warnings_point_at_another_line(void **state)
{
    (void)state;
    assert_warnings("FROM a\nRUN x \\\n\n  y \\\n  z\n", "NoEmptyContinuation:5 ");
    assert_warnings("FROM a\nCMD [\"x\"]\nCMD [\"y\"]\n", "MultipleInstructionsDisallowed:2 ");
}

static void trap_12_names_of_arguments_stay_as_written_and_the_last_one_wins(void **state)
{
    (void)state;
    assert_config("FROM scratch\nARG \"A\"=1\nENV B=$A\n", GDF_CONFIG_ENV, "B= ");
    assert_config("FROM scratch\nENV A=1\nARG A=2\nENV B=$A\n", GDF_CONFIG_ENV, "A=1 B=2 ");
}

static void trap_13_other_errors_come_before_that_of_a_long_line(void **state)
{
    (void)state;
    enum { LENGTH = 70000 };
    static const char *const CASES[][2] = {
        {"FROM a\nFOO\n#", "2 dockerfile line greater than max allowed size of 65535"},
        {"FROM a\nENV x\n#", "2 ENV must have two arguments"},
        {"#", "0 file with no instructions"},
        {"FROM a\nRUN <<E\n", "2 unterminated heredoc"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        gdf__builder text;
        gdf__builder_init(&text, &gdf__default_allocator);
        gdf__builder_add_text(&text, CASES[i][0]);
        for (int k = 0; k < LENGTH; k++)
            gdf__builder_add_byte(&text, 'x');
        gdf__builder_add_byte(&text, '\0');
        assert_error(gdf__builder_get(&text).ptr, CASES[i][1]);
        gdf__builder_free(&text);
    }
}

static void trap_14_modifiers_drop_what_stands_in_front_of_them(void **state)
{
    (void)state;
    assert_config("FROM scratch\nEXPOSE 80${X:-80}\n", GDF_CONFIG_EXPOSED_PORTS, "80/tcp ");
    assert_config("FROM scratch\nEXPOSE 80${X}\n", GDF_CONFIG_EXPOSED_PORTS, "80/tcp ");
    assert_config("FROM scratch\nEXPOSE 1${X:-2}3\n", GDF_CONFIG_EXPOSED_PORTS, "23/tcp ");
    assert_config("FROM scratch\nENV A=1${X:-2}3\n", GDF_CONFIG_ENV, "A=123 ");
}

static void trap_15_two_letters_of_unicode_pass_as_ascii(void **state)
{
    (void)state;
    assert_error("FROM a\nHEALTHCHEC\u212a NONE\n", "");
    assert_error("FROM a a\u017f b\nFROM b\nCOPY --from=b x y\n", "");
    assert_error("FROM a\nU\u017fER u\n",
                 "2 dockerfile parse error on line 2: unknown instruction: U\u017fER (did you mean "
                 "user?)");
}

static void trap_16_the_manual_says_otherwise(void **state)
{
    (void)state;
    assert_warnings("FROM a\nWORKDIR /x/$undefined\n", "UndefinedVar:2 ");
    assert_warnings("FROM a\nARG A 1\nENV B 2\n", "LegacyKeyValueFormat:3 ");
    assert_config("FROM scratch\nENV A=abc\nENV B=${A/b/x} C=${A#a} D=${A%c}\n", GDF_CONFIG_ENV,
                  "A=abc B=axc C=bc D=ab ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trap_1_flags_are_read_byte_by_byte),
        cmocka_unit_test(trap_2_errors_of_directives_are_one_line_too_low),
        cmocka_unit_test(trap_3_blank_lines_do_not_detach_comments),
        cmocka_unit_test(trap_4_heredocs_ignore_the_escape_directive_and_odd_quotes_end_them),
        cmocka_unit_test(trap_5_copy_loses_bodies_and_their_backslashes),
        cmocka_unit_test(trap_6_some_instructions_take_any_flag),
        cmocka_unit_test(trap_7_numbers_of_copy_count_images_too),
        cmocka_unit_test(trap_8_names_of_stages_have_a_case_for_from_alone),
        cmocka_unit_test(trap_9_replacements_are_templates_and_globs_stay_on_their_line),
        cmocka_unit_test(trap_10_mounts_are_looked_at_when_they_run_and_in_order),
        cmocka_unit_test(trap_11_some_warnings_point_at_another_line),
        cmocka_unit_test(trap_12_names_of_arguments_stay_as_written_and_the_last_one_wins),
        cmocka_unit_test(trap_13_other_errors_come_before_that_of_a_long_line),
        cmocka_unit_test(trap_14_modifiers_drop_what_stands_in_front_of_them),
        cmocka_unit_test(trap_15_two_letters_of_unicode_pass_as_ascii),
        cmocka_unit_test(trap_16_the_manual_says_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
