/* Comments that silence rules: which findings a Dockerfile still gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/report.h>

#include "base/builder.h"
#include "base/slice.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* A Dockerfile, and what is reported of the rules that the cases use, as "CODE:line CODE:line". */
typedef struct silence_case {
    const char *text;
    const char *findings;
} silence_case;

static const char *const OBSERVED[] = {"CHK002", "CHK007", "SEC001"};

static bool is_observed(const char *code)
{
    for (size_t i = 0; i < ARRAY_LENGTH(OBSERVED); i++) {
        if (strcmp(code, OBSERVED[i]) == 0)
            return true;
    }
    return false;
}

static gdf_report *check(gdf_document *document, const gdf_options *options)
{
    gdf_report *report = gdf_report_create(document, NULL, NULL, options);
    assert_non_null(report);
    return report;
}

static void add_findings(const gdf_document *document, const gdf_report *report, gdf__builder *out)
{
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++) {
        const char *code = gdf_rule_get_code(gdf_finding_get_rule(report, id));
        if (!is_observed(code))
            continue;
        if (gdf__builder_get(out).len)
            gdf__builder_add_byte(out, ' ');
        gdf__builder_add_text(out, code);
        gdf__builder_add_byte(out, ':');
        gdf__builder_add_number(
            out, gdf_document_find_line(document, gdf_finding_get_start(report, id)));
    }
}

static void check_case(const silence_case *one, const gdf_options *options)
{
    gdf_document *document = gdf_document_parse(one->text, strlen(one->text), options);
    gdf_report *report = check(document, options);
    gdf__builder findings;
    gdf__builder_init(&findings, &gdf__default_allocator);
    add_findings(document, report, &findings);
    gdf_str got = gdf__builder_get(&findings);
    if (!gdf__str_is(got, one->findings))
        fail_msg("%s\ngets \"%.*s\", not \"%s\"", one->text, (int)got.len, got.ptr, one->findings);
    gdf__builder_free(&findings);
    gdf_report_free(report);
    gdf_document_free(document);
}

static void check_cases(const silence_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_case(&cases[i], NULL);
}

#define CHECK(cases) check_cases(cases, ARRAY_LENGTH(cases))

static void without_a_comment_all_is_reported(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"FROM alpine:3.22 as a\nCMD x\n", "CHK002:1 SEC001:1 CHK007:2"},
        {"# an ordinary comment\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
    };
    CHECK(CASES);
}

static void own_comments_silence_the_next_instruction(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# godockerfile ignore=CHK002\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2 CHK007:3"},
        {"# godockerfile ignore=CHK002,SEC001\nFROM alpine:3.22 as a\nCMD x\n", "CHK007:3"},
        {"# godockerfile ignore=CHK002, SEC001\nFROM alpine:3.22 as a\nCMD x\n", "CHK007:3"},
        {"#godockerfile   ignore = chk002 , sec001\nFROM alpine:3.22 as a\nCMD x\n", "CHK007:3"},
        {"# godockerfile ignore=CHK002 -- kept for the old tools, SEC001\n"
         "FROM alpine:3.22 as a\nCMD x\n",
         "SEC001:2 CHK007:3"},
        {"# godockerfile ignore=FromAsCasing,runs-as-root\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK007:3"},
        {"# godockerfile ignore=hadolint:DL3002,DD051\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK002:2 CHK007:3"},
        {"# godockerfile ignore=all\nFROM alpine:3.22 as a\nCMD x\n", "CHK007:3"},
        {"# godockerfile ignore=CHK002\n# why it is so\nFROM alpine:3.22 as a\nCMD x\n",
         "SEC001:3 CHK007:4"},
        {"# godockerfile ignore=CHK002\n# godockerfile ignore=SEC001\nFROM alpine:3.22 as a\n"
         "CMD x\n",
         "CHK007:4"},
        {"# godockerfile ignore=NOSUCH\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK002:2 SEC001:2 CHK007:3"},
        {"# godockerfile ignore=\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
    };
    CHECK(CASES);
}

static void a_blank_line_ends_them(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# godockerfile ignore=CHK002\n\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK002:3 SEC001:3 CHK007:4"},
        {"# hadolint ignore=DL3002\n\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK002:3 SEC001:3 CHK007:4"},
    };
    CHECK(CASES);
}

static void they_reach_one_instruction_only(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"FROM alpine:3.22 as a\n# godockerfile ignore=CHK007\nCMD x\nENTRYPOINT y\n",
         "CHK002:1 SEC001:1 CHK007:4"},
        {"FROM alpine:3.22 as a\n# godockerfile ignore=CHK007\nCMD x \\\n  y\n",
         "CHK002:1 SEC001:1"},
        {"FROM alpine:3.22 as a\nCMD x\n# godockerfile ignore=CHK007\n",
         "CHK002:1 SEC001:1 CHK007:2"},
    };
    CHECK(CASES);
}

static void own_comments_silence_a_stage(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# godockerfile stage-ignore=CHK007,SEC001\nFROM alpine:3.22\nCMD x\n"
         "FROM alpine:3.22\nCMD y\n",
         "SEC001:4 CHK007:5"},
        {"FROM alpine:3.22\n# godockerfile stage-ignore=CHK007\nCMD x\n", "SEC001:1 CHK007:3"},
    };
    CHECK(CASES);
}

static void own_comments_silence_a_file_from_anywhere(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# godockerfile file-ignore=CHK007\nFROM alpine:3.22\nCMD x\n", "SEC001:2"},
        {"FROM alpine:3.22\nCMD x\n# godockerfile file-ignore=CHK007,SEC001 -- no service\n", ""},
        {"FROM alpine:3.22\nCMD x\n\n# godockerfile file-ignore=all\n", ""},
    };
    CHECK(CASES);
}

static void hadolint_comments_silence_by_its_codes(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# hadolint ignore=DL3002\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 CHK007:3"},
        {"# hadolint ignore=DL3002 # the platform sets a user\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK002:2 CHK007:3"},
        {"FROM alpine:3.22\n# hadolint ignore=DL3003,DL3025\nCMD x\n", "SEC001:1"},
        {"# hadolint global ignore=DL3025\nFROM alpine:3.22\nCMD x\n", "SEC001:2"},
        {"# hadolint stage ignore=DL3025\nFROM alpine:3.22\nCMD x\nFROM alpine:3.22\nCMD y\n",
         "SEC001:2 SEC001:4 CHK007:5"},
        {"FROM alpine:3.22\n# hadolint ignore=CHK007\nCMD x\n", "SEC001:1 CHK007:3"},
        {"FROM alpine:3.22\n# hadolint ignored=DL3025\nCMD x\n", "SEC001:1 CHK007:3"},
    };
    CHECK(CASES);
}

static void scanner_comments_silence_by_their_codes(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# checkov:skip=CKV_DOCKER_8:a base image\nFROM alpine:3.22\nCMD x\n", "CHK007:3"},
        {"FROM alpine:3.22\nCMD x\n# checkov:skip=CKV_DOCKER_8: anywhere\n", "CHK007:2"},
        {"#trivy:ignore:DS-0002\nFROM alpine:3.22\nCMD x\n", "CHK007:3"},
        {"# trivy:ignore:DS-9999\nFROM alpine:3.22\nCMD x\n", "SEC001:2 CHK007:3"},
        {"# kics-scan ignore-line\nFROM alpine:3.22\nCMD x\n", "CHK007:3"},
    };
    CHECK(CASES);
}

static void the_builders_directive_silences_its_checks(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# check=skip=FromAsCasing\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2 CHK007:3"},
        {"# check=skip=FromAsCasing,JSONArgsRecommended;error=true\nFROM alpine:3.22 as a\n"
         "CMD x\n",
         "SEC001:2"},
        {"# CHECK = skip=all\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=error=true;skip=all\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=skip=fromascasing\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
        {"# check=skip=FromAsCasing;skip=JSONArgsRecommended\nFROM alpine:3.22 as a\nCMD x\n",
         "CHK002:2 SEC001:2"},
        {"# check=skip=CHK002\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
        {"# check=skip=ALL\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
        {"# check=skip=All\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
        {"# check=skip=all;skip=FromAsCasing\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=skip=FromAsCasing;skip=all\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=skip=all,FromAsCasing\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2 CHK007:3"},
    };
    CHECK(CASES);
}

/* Unicode's blanks are cut off texts and names; only U+0020 ends the value, and keys take no blank
 * but those of ASCII. */
static void blanks_of_unicode_around_the_builders_options_do_not_count(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"#\u00a0check=skip=all\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=skip=all\u00a0\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=\u2009skip\u00a0=\u3000all\nFROM alpine:3.22 as a\nCMD x\n", "SEC001:2"},
        {"# check=skip=FromAsCasing,\u00a0JSONArgsRecommended\nFROM alpine:3.22 as a\nCMD x\n",
         "SEC001:2"},
        {"# check=skip=FromAsCasing, JSONArgsRecommended\nFROM alpine:3.22 as a\nCMD x\n",
         "SEC001:2 CHK007:3"},
        {"# check\u00a0=skip=all\nFROM alpine:3.22 as a\nCMD x\n", "CHK002:2 SEC001:2 CHK007:3"},
        {"FROM alpine:3.22\n#\u00a0check=skip=all\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=all\u2028\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=\u3000JSONArgsRecommended\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=\u00a0\n# check=skip=all\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check= \n# check=skip=all\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n#\vcheck=skip=all\v\nCMD x\n", "SEC001:1"},
    };
    CHECK(CASES);
}

static void the_builders_comments_silence_one_instruction(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"FROM alpine:3.22\n# check=skip=JSONArgsRecommended\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=ALL\nCMD x\n", "SEC001:1 CHK007:3"},
        {"FROM alpine:3.22\n# CHECK=skip=all\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=all;skip=FromAsCasing\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=all // why\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=all\n\nCMD x\n", "SEC001:1"},
        {"FROM alpine:3.22\n# check=skip=all\n#\nCMD x\n", "SEC001:1 CHK007:4"},
        {"FROM alpine:3.22\n  # check=skip=all\nCMD x\n", "SEC001:1 CHK007:3"},
        {"FROM alpine:3.22\n# check=bogus\n# check=skip=all\nCMD x\n", "SEC001:1 CHK007:4"},
        {"FROM alpine:3.22\n# check=skip=FromAsCasing\n# check=skip=all\nCMD x\n",
         "SEC001:1 CHK007:4"},
        {"FROM alpine:3.22\n# check=error=maybe;skip=all\nCMD x\n", "SEC001:1 CHK007:3"},
        {"FROM alpine:3.22\n# check=skip=all\nCMD x\nENTRYPOINT y\n", "SEC001:1 CHK007:4"},
    };
    CHECK(CASES);
}

static void the_builders_argument_takes_the_place_of_its_directive(void **state)
{
    (void)state;
    static const char ARGUMENT[] = "BUILDKIT_DOCKERFILE_CHECK=skip=JSONArgsRecommended";
    static const silence_case ONE = {"# check=skip=FromAsCasing\nFROM alpine:3.22 as a\nCMD x\n",
                                     "CHK002:2 SEC001:2"};
    gdf_options *options = gdf_options_create(NULL);
    assert_int_equal(
        gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, ARGUMENT, strlen(ARGUMENT)), GDF_OK);
    check_case(&ONE, options);
    gdf_options_free(options);
}

static void line_ends_and_indentation_do_not_matter(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"# godockerfile ignore=SEC001\r\nFROM alpine:3.22\r\n# check=skip=all\r\nCMD x\r\n", ""},
        {"FROM alpine:3.22 as a\n  # godockerfile ignore=CHK007\nCMD x\n", "CHK002:1 SEC001:1"},
    };
    CHECK(CASES);
}

static void heredoc_bodies_and_continued_lines_hold_no_comments(void **state)
{
    (void)state;
    static const silence_case CASES[] = {
        {"FROM alpine:3.22\nRUN <<EOF\n# godockerfile file-ignore=all\nEOF\nCMD x\n",
         "SEC001:1 CHK007:5"},
    };
    CHECK(CASES);
}

static void silenced_findings_are_counted(void **state)
{
    (void)state;
    static const char TEXT[] = "# godockerfile ignore=CHK002,SEC001\nFROM alpine:3.22 as a\n"
                               "# godockerfile ignore=CHK007\nCMD x\n";
    gdf_document *document = gdf_document_parse(TEXT, strlen(TEXT), NULL);
    gdf_report *report = check(document, NULL);
    assert_int_equal(gdf_report_count_suppressed(report), 3);
    gdf_report_free(report);
    gdf_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_comment_all_is_reported),
        cmocka_unit_test(own_comments_silence_the_next_instruction),
        cmocka_unit_test(a_blank_line_ends_them),
        cmocka_unit_test(they_reach_one_instruction_only),
        cmocka_unit_test(own_comments_silence_a_stage),
        cmocka_unit_test(own_comments_silence_a_file_from_anywhere),
        cmocka_unit_test(hadolint_comments_silence_by_its_codes),
        cmocka_unit_test(scanner_comments_silence_by_their_codes),
        cmocka_unit_test(the_builders_directive_silences_its_checks),
        cmocka_unit_test(blanks_of_unicode_around_the_builders_options_do_not_count),
        cmocka_unit_test(the_builders_comments_silence_one_instruction),
        cmocka_unit_test(the_builders_argument_takes_the_place_of_its_directive),
        cmocka_unit_test(line_ends_and_indentation_do_not_matter),
        cmocka_unit_test(heredoc_bodies_and_continued_lines_hold_no_comments),
        cmocka_unit_test(silenced_findings_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
