/* lib/report: what readers give and how a report looks, on findings made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/slice.h"
#include "report/columns.h"
#include "report/report.h"
#include "report/width.h"
#include "rules/catalogue.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"
#include "syntax/document.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

typedef struct fixture {
    gdf_document *document;
    gdf_report report;
} fixture;

static void set_up(fixture *made, gdf_str source)
{
    gdf_options *options = gdf_options_create(NULL);
    gdf_str name = GDF__LITERAL("app/Dockerfile");
    assert_int_equal(gdf_options_set_text(options, GDF_OPTION_FILE_NAME, name.ptr, name.len),
                     GDF_OK);
    made->document = gdf_document_parse(source.ptr, source.len, options);
    gdf_options_free(options);
    assert_non_null(made->document);
    made->report = (gdf_report){.allocator = gdf__default_allocator, .document = made->document};
    gdf__arena_init(&made->report.analysis.arena, &gdf__default_allocator);
    gdf__findings_init(&made->report.analysis.findings, &made->report.analysis.arena);
}

static void tear_down(fixture *made)
{
    gdf__findings_free(&made->report.analysis.findings);
    gdf__arena_free(&made->report.analysis.arena);
    gdf_document_free(made->document);
}

static gdf__finding *add_finding(fixture *made, gdf_rule rule, uint32_t start, uint32_t end,
                                 gdf_str message)
{
    gdf__findings *findings = &made->report.analysis.findings;
    gdf__finding *finding = gdf__table_add(&findings->findings);
    assert_non_null(finding);
    *finding = (gdf__finding){
        .rule = rule,
        .start = start,
        .end = end,
        .first_related = findings->related.count,
        .first_fix = findings->fixes.count,
        .severity = (uint8_t)gdf_rule_get_severity(rule),
        .message = message,
        .note = gdf__empty,
    };
    return finding;
}

static void add_related(fixture *made, gdf__finding *finding, uint32_t start, uint32_t end,
                        gdf_str message)
{
    gdf__related *related = gdf__table_add(&made->report.analysis.findings.related);
    assert_non_null(related);
    *related = (gdf__related){start, end, message};
    finding->related_count++;
}

/* A fix with one edit. */
static void add_fix(fixture *made, gdf__finding *finding, gdf_fix_class fix_class, gdf_str title,
                    gdf__edit replacement)
{
    gdf__fix *fix = gdf__table_add(&made->report.analysis.findings.fixes);
    assert_non_null(fix);
    *fix = (gdf__fix){.fix_class = fix_class, .title = title, .file = gdf__empty};
    gdf__table_init(&fix->edits.edits, &gdf__default_allocator, sizeof(gdf__edit));
    gdf__edit *edit = gdf__table_add(&fix->edits.edits);
    assert_non_null(edit);
    *edit = replacement;
    finding->fix_count++;
}

static void assert_renders(const fixture *made, gdf_report_format format, const char *expected)
{
    gdf_text *text = gdf_report_render(&made->report, format, NULL);
    assert_non_null(text);
    assert_slice_is(gdf_text_get(text), expected);
    gdf_text_free(text);
}

/* ---- Readers --------------------------------------------------------------------------------- */

static void readers_give_what_the_rules_recorded(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("FROM a\nMAINTAINER me\n"));
    gdf__finding *finding =
        add_finding(&made, GDF__RULE_CHK008, 7, 20, GDF__LITERAL("Say it by a label"));
    finding->note = GDF__LITERAL("only if");
    add_related(&made, finding, 0, 4, GDF__LITERAL("here"));
    add_fix(&made, finding, GDF_FIX_SAFE, GDF__LITERAL("Write a label"),
            (gdf__edit){7, 17, GDF__LITERAL("LABEL")});
    made.report.analysis.findings.dropped = 3;
    made.report.analysis.findings.suppressed = 2;
    const gdf_report *report = &made.report;

    assert_int_equal(gdf_report_count_findings(report), 1);
    assert_int_equal(gdf_report_count_dropped(report), 3);
    assert_int_equal(gdf_report_count_suppressed(report), 2);
    assert_int_equal(gdf_report_get_worst(report), GDF_SEVERITY_WARNING);
    assert_int_equal(gdf_finding_get_rule(report, 1), GDF__RULE_CHK008);
    assert_int_equal(gdf_finding_get_severity(report, 1), GDF_SEVERITY_WARNING);
    assert_int_equal(gdf_finding_get_start(report, 1), 7);
    assert_int_equal(gdf_finding_get_end(report, 1), 20);
    assert_slice_is(gdf_finding_get_message(report, 1), "Say it by a label");
    assert_slice_is(gdf_finding_get_note(report, 1), "only if");
    assert_int_equal(gdf_finding_count_related(report, 1), 1);
    assert_int_equal(gdf_finding_get_related_start(report, 1, 0), 0);
    assert_int_equal(gdf_finding_get_related_end(report, 1, 0), 4);
    assert_slice_is(gdf_finding_get_related_message(report, 1, 0), "here");
    assert_int_equal(gdf_finding_count_fixes(report, 1), 1);
    gdf_fix fix = gdf_finding_get_fix(report, 1, 0);
    assert_int_equal(gdf_fix_get_class(report, fix), GDF_FIX_SAFE);
    assert_slice_is(gdf_fix_get_title(report, fix), "Write a label");
    assert_slice_is(gdf_fix_get_file(report, fix), "");
    assert_int_equal(gdf_fix_count_edits(report, fix), 1);
    assert_int_equal(gdf_fix_get_edit_start(report, fix, 0), 7);
    assert_int_equal(gdf_fix_get_edit_end(report, fix, 0), 17);
    assert_slice_is(gdf_fix_get_edit_text(report, fix, 0), "LABEL");
    tear_down(&made);
}

static void assert_neutral(const gdf_report *report, gdf_finding finding, uint32_t index)
{
    assert_int_equal(gdf_finding_get_related_start(report, finding, index), 0);
    assert_int_equal(gdf_finding_get_related_end(report, finding, index), 0);
    assert_slice_is(gdf_finding_get_related_message(report, finding, index), "");
    assert_int_equal(gdf_finding_get_fix(report, finding, index), 0);
    gdf_fix foreign = 7;
    assert_int_equal(gdf_fix_get_class(report, foreign), GDF_FIX_NONE);
    assert_slice_is(gdf_fix_get_title(report, foreign), "");
    assert_slice_is(gdf_fix_get_file(report, foreign), "");
    assert_int_equal(gdf_fix_count_edits(report, foreign), 0);
    assert_int_equal(gdf_fix_get_edit_start(report, foreign, 0), 0);
    assert_int_equal(gdf_fix_get_edit_end(report, foreign, 0), 0);
    assert_slice_is(gdf_fix_get_edit_text(report, foreign, 0), "");
}

static void assert_no_finding(const gdf_report *report, gdf_finding finding)
{
    assert_int_equal(gdf_finding_get_rule(report, finding), 0);
    assert_int_equal(gdf_finding_get_severity(report, finding), GDF_SEVERITY_NONE);
    assert_int_equal(gdf_finding_get_start(report, finding), 0);
    assert_int_equal(gdf_finding_get_end(report, finding), 0);
    assert_slice_is(gdf_finding_get_message(report, finding), "");
    assert_slice_is(gdf_finding_get_note(report, finding), "");
    assert_int_equal(gdf_finding_count_related(report, finding), 0);
    assert_int_equal(gdf_finding_count_fixes(report, finding), 0);
    assert_neutral(report, finding, 0);
}

static void readers_are_neutral_for_null_and_foreign_ids(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("FROM a\n"));
    add_finding(&made, GDF__RULE_GEN001, 0, 4, GDF__LITERAL("m"));
    assert_no_finding(&made.report, 0);
    assert_no_finding(&made.report, 2);
    assert_no_finding(&made.report, UINT32_MAX);
    assert_neutral(&made.report, 1, 0);
    assert_no_finding(NULL, 1);
    assert_int_equal(gdf_report_count_findings(NULL), 0);
    assert_int_equal(gdf_report_count_dropped(NULL), 0);
    assert_int_equal(gdf_report_count_suppressed(NULL), 0);
    assert_int_equal(gdf_report_get_worst(NULL), GDF_SEVERITY_NONE);
    assert_null(gdf_report_create(NULL, NULL, NULL, NULL));
    assert_null(gdf_report_render(NULL, GDF_REPORT_TEXT, NULL));
    assert_null(gdf_report_render(&made.report, (gdf_report_format)9, NULL));
    gdf_report_free(NULL);
    tear_down(&made);
}

/* ---- Text ------------------------------------------------------------------------------------ */

static void text_shows_place_excerpt_reason_and_fixes(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("FROM golang:1.26 AS build\nMAINTAINER me\n"));
    gdf__finding *finding =
        add_finding(&made, GDF__RULE_CHK008, 26, 39, GDF__LITERAL("Say it by a label"));
    add_related(&made, finding, 5, 16, GDF__LITERAL("the base"));
    add_fix(&made, finding, GDF_FIX_SAFE, GDF__LITERAL("Write a label"),
            (gdf__edit){26, 36, GDF__LITERAL("LABEL")});
    finding->note = GDF__LITERAL("the author field becomes empty");
    assert_renders(&made, GDF_REPORT_TEXT,
                   "app/Dockerfile:2:1: warning: Say it by a label [CHK008 MaintainerDeprecated]\n"
                   "  2 | MAINTAINER me\n"
                   "    | ^^^^^^^^^^^^^\n"
                   "  app/Dockerfile:1:6: see: the base\n"
                   "  1 | FROM golang:1.26 AS build\n"
                   "    |      ^^^^^^^^^^^\n"
                   "  why: The fix writes the label org.opencontainers.image.authors.\n"
                   "  fix (safe): Write a label\n"
                   "  note: the author field becomes empty\n"
                   "\n"
                   "app/Dockerfile: 1 warning; 1 fixable (1 safe)\n");
    tear_down(&made);
}

static void text_gives_the_reason_of_a_rule_once(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("a\nb\n"));
    add_finding(&made, GDF__RULE_GEN001, 0, 1, GDF__LITERAL("one"));
    add_finding(&made, GDF__RULE_GEN001, 2, 3, GDF__LITERAL("two"));
    assert_renders(&made, GDF_REPORT_TEXT,
                   "app/Dockerfile:1:1: error: one [GEN001 parse-error]\n"
                   "  1 | a\n"
                   "    | ^\n"
                   "  why: A build stops at the first such error.\n"
                   "\n"
                   "app/Dockerfile:2:1: error: two [GEN001 parse-error]\n"
                   "  2 | b\n"
                   "    | ^\n"
                   "\n"
                   "app/Dockerfile: 2 errors\n");
    tear_down(&made);
}

static void text_of_a_clean_file_says_so(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("FROM scratch\n"));
    assert_renders(&made, GDF_REPORT_TEXT, "app/Dockerfile: no findings\n");
    made.report.analysis.findings.suppressed = 2;
    made.report.analysis.findings.dropped = 1;
    assert_renders(&made, GDF_REPORT_TEXT,
                   "app/Dockerfile: no findings; 2 suppressed, 1 not shown\n");
    tear_down(&made);
}

/* The excerpt of one finding at [start, end): what lies between the heading and the reason. */
typedef struct excerpt_case {
    const char *about;
    gdf_str source;
    uint32_t start;
    uint32_t end;
    const char *excerpt;
} excerpt_case;

#define TEN "0123456789"
#define NINETY TEN TEN TEN TEN TEN TEN TEN TEN TEN

static const excerpt_case EXCERPTS[] = {
    {"an empty range has one caret", {"ab\n", 3}, 1, 1, "  1 | ab\n    |  ^\n"},
    {"at the end of the line", {"ab\n", 3}, 2, 3, "  1 | ab\n    |   ^\n"},
    {"at the end of the input", {"ab\n", 3}, 3, 3, "  2 |\n    | ^\n"},
    {"past the end of the input", {"ab", 2}, 90, 99, "  1 | ab\n    |   ^\n"},
    {"empty input", {"", 0}, 0, 0, "  1 |\n    | ^\n"},
    {"CR LF is not shown", {"ab\r\ncd\r\n", 8}, 0, 4, "  1 | ab\n    | ^^\n"},
    {"a TAB reaches to its stop", {"a\tb\tc", 5}, 2, 5, "  1 | a   b   c\n    |     ^^^^^\n"},
    {"wide characters take two columns",
     {"\xe6\x97\xa5\xe6\x9c\xac x", 8},
     3,
     6,
     "  1 | \xe6\x97\xa5\xe6\x9c\xac x\n    |   ^^\n"},
    {"combining marks take none", {"e\xcc\x81x", 4}, 3, 4, "  1 | e\xcc\x81x\n    |  ^\n"},
    {"control characters have pictures",
     {"a\x1b[1m\0b", 7},
     1,
     2,
     "  1 | a\xe2\x90\x9b[1m\xe2\x90\x80"
     "b\n    |  ^\n"},
    {"invalid bytes are replaced",
     {"\xff\xfe!", 3},
     1,
     2,
     "  1 | \xef\xbf\xbd\xef\xbf\xbd!\n    |  ^\n"},
    {"every line of a range",
     {"RUN a \\\n    b\nX", 15},
     0,
     13,
     "  1 | RUN a \\\n    | ^^^^^^^\n  2 |     b\n    |     ^\n"},
    {"blank lines of a range have no carets",
     {"a\n\nb\n", 5},
     0,
     4,
     "  1 | a\n    | ^\n  2 |\n  3 | b\n    | ^\n"},
    {"the middle of a long range is left out",
     {"1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n", 20},
     2,
     20,
     "   2 | 2\n     | ^\n   3 | 3\n     | ^\n   4 | 4\n     | ^\n    ...\n  10 | 0\n     | ^\n"},
    {"a long line is cut behind the range",
     {NINETY TEN TEN, 110},
     3,
     5,
     "  1 | " NINETY TEN "\xe2\x80\xa6\n    |    ^^\n"},
    {"a long line is cut on both sides of the range",
     {NINETY NINETY NINETY, 270},
     100,
     102,
     "  1 | \xe2\x80\xa6" NINETY
     "012345678\xe2\x80\xa6\n    |                                ^^\n"},
};

static void excerpts_mark_exactly_the_range(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(EXCERPTS); i++) {
        const excerpt_case *row = &EXCERPTS[i];
        fixture made;
        set_up(&made, row->source);
        add_finding(&made, GDF__RULE_GEN001, row->start, row->end, GDF__LITERAL("m"));
        gdf_text *text = gdf_report_render(&made.report, GDF_REPORT_TEXT, NULL);
        gdf_str rendered = gdf_text_get(text);
        size_t first = gdf__str_find(rendered, '\n', 0) + 1;
        gdf_str rest = gdf__str_slice(rendered, first, rendered.len);
        gdf_str excerpt = gdf__str_slice(rest, 0, strlen(row->excerpt));
        if (!gdf__str_is(excerpt, row->excerpt) ||
            !gdf__str_starts(gdf__str_slice(rest, excerpt.len, rest.len), "  why: "))
            fail_msg("%s: expected\n%sgot\n%s", row->about, row->excerpt, rest.ptr);
        gdf_text_free(text);
        tear_down(&made);
    }
}

static void messages_cannot_move_the_cursor(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("x\n"));
    add_finding(&made, GDF__RULE_GEN001, 0, 1, GDF__LITERAL("bad \033[2J\xff\n"));
    gdf_text *text = gdf_report_render(&made.report, GDF_REPORT_TEXT, NULL);
    assert_true(gdf__str_contains(gdf_text_get(text),
                                  "error: bad \xe2\x90\x9b[2J\xef\xbf\xbd\xe2\x90\x8a [GEN001"));
    assert_false(gdf__str_has_byte(gdf_text_get(text), '\033'));
    gdf_text_free(text);
    tear_down(&made);
}

static void colours_come_only_when_asked_for(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("x\n"));
    add_finding(&made, GDF__RULE_GEN001, 0, 1, GDF__LITERAL("m"));
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_number(options, GDF_OPTION_COLOR, 1);
    gdf_text *text = gdf_report_render(&made.report, GDF_REPORT_TEXT, options);
    assert_true(gdf__str_contains(gdf_text_get(text), "\033[1;31merror\033[0m: m"));
    assert_true(gdf__str_contains(gdf_text_get(text), "\033[1;31m^\033[0m\n"));
    gdf_text_free(text);
    gdf_options_free(options);
    tear_down(&made);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void json_holds_every_member(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("FROM \xe6\x97\xa5\xff:x\nMAINTAINER me\n"));
    gdf__finding *finding =
        add_finding(&made, GDF__RULE_SEC002, 8, 9, GDF__LITERAL("a \"b\"\n\xff"));
    add_related(&made, finding, 12, 22, GDF__LITERAL("here"));
    add_fix(&made, finding, GDF_FIX_SAFE, GDF__LITERAL("Do it"),
            (gdf__edit){8, 9, GDF__LITERAL("y")});
    add_fix(&made, finding, GDF_FIX_SUGGESTED, GDF__LITERAL("Or that"),
            (gdf__edit){0, 0, GDF__LITERAL("#\n")});
    gdf_text *help = NULL;
    gdf__builder expected;
    gdf__builder_init(&expected, &gdf__default_allocator);
    gdf__builder_add_text(
        &expected,
        "{\"version\":\"" GDF_VERSION_STRING "\",\"file\":\"app/Dockerfile\",\"findings\":[\n"
        "{\"code\":\"SEC002\",\"name\":\"user-non-numeric\",\"severity\":\"info\","
        "\"category\":\"security\",\"message\":\"a \\\"b\\\"\\n\xef\xbf\xbd\","
        "\"start\":8,\"end\":9,\"line\":1,\"column\":7,\"endLine\":1,\"endColumn\":8,"
        "\"aliases\":[\"hadolint:DL3066\"],\"help\":");
    gdf__builder_add_json(&expected, gdf__str(gdf_rule_get_help(GDF__RULE_SEC002)));
    gdf__builder_add_text(
        &expected,
        ",\"note\":\"\",\"related\":[{\"message\":\"here\",\"start\":12,\"end\":22,\"line\":2,"
        "\"column\":1,\"endLine\":2,\"endColumn\":11}],\"fixes\":[{\"class\":\"safe\","
        "\"title\":\"Do it\",\"file\":\"\",\"edits\":[{\"start\":8,\"end\":9,\"text\":\"y\"}]},"
        "{\"class\":\"suggested\",\"title\":\"Or that\",\"file\":\"\",\"edits\":[{\"start\":0,"
        "\"end\":0,\"text\":\"#\\n\"}]}]}\n],\"summary\":{\"findings\":1,\"error\":0,"
        "\"warning\":0,\"info\":1,\"style\":0,\"fixable\":1,\"dropped\":0,\"suppressed\":0}}\n");
    help = gdf__builder_finish(&expected);
    assert_renders(&made, GDF_REPORT_JSON, gdf_text_get(help).ptr);
    gdf_text_free(help);
    tear_down(&made);
}

static void json_of_a_clean_file_has_an_empty_list(void **state)
{
    (void)state;
    fixture made;
    set_up(&made, GDF__LITERAL("FROM scratch\n"));
    assert_renders(&made, GDF_REPORT_JSON,
                   "{\"version\":\"" GDF_VERSION_STRING
                   "\",\"file\":\"app/Dockerfile\",\"findings\":[],\"summary\":{\"findings\":0,"
                   "\"error\":0,\"warning\":0,\"info\":0,\"style\":0,\"fixable\":0,\"dropped\":0,"
                   "\"suppressed\":0}}\n");
    tear_down(&made);
}

/* ---- Places and widths ----------------------------------------------------------------------- */

/* Stages that need each other are an error in several places. */
static void json_of_the_builder_has_all_places_of_its_error(void **state)
{
    (void)state;
    static const char SOURCE[] = "FROM a AS x\nCOPY --from=y b c\n"
                                 "FROM d AS y\nCOPY --from=x \\\n e f\n";
    gdf_document *document = gdf_document_parse(SOURCE, strlen(SOURCE), NULL);
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    gdf_ruleset_use_profile(ruleset, "buildkit", strlen("buildkit"));
    gdf_report *report = gdf_report_create(document, ruleset, NULL, NULL);
    gdf_text *text = gdf_report_render(report, GDF_REPORT_BUILDKIT, NULL);
    assert_slice_is(
        gdf_text_get(text),
        "{\"warnings\":[],\"buildError\":{\"message\":\"circular dependency detected on "
        "stage: x\",\"location\":{\"ranges\":[{\"start\":{\"line\":2},\"end\":{\"line\":2}},"
        "{\"start\":{\"line\":4},\"end\":{\"line\":5}}]}}}\n");
    gdf_text_free(text);
    gdf_report_free(report);
    gdf_ruleset_free(ruleset);
    gdf_document_free(document);
}

static void columns_agree_with_the_document(void **state)
{
    (void)state;
    char source[4000];
    for (size_t i = 0; i < sizeof source; i++)
        source[i] = "a\xc3\xa9\xf0\x9f\x98\x80\xff\xe6\x97\n"[i % 11];
    for (size_t i = 1000; i < 3000; i++) /* a line longer than the distance of two marks */
        source[i] = source[i] == '\n' ? 'b' : source[i];
    fixture made;
    set_up(&made, (gdf_str){source, sizeof source});
    gdf__columns columns;
    assert_true(gdf__columns_init(&columns, &made.document->source, &gdf__default_allocator));
    for (uint32_t offset = 0; offset <= sizeof source + 2; offset++) {
        gdf__place place = gdf__columns_find(&columns, offset);
        assert_int_equal(place.line, gdf_document_find_line(made.document, offset));
        assert_int_equal(place.column,
                         gdf_document_find_column(made.document, offset, GDF_COLUMN_CODE_POINTS));
    }
    gdf__columns_free(&columns);
    tear_down(&made);
}

static void widths_are_those_of_a_terminal(void **state)
{
    (void)state;
    static const uint32_t NARROW[] = {'a', 0xe9, 0x3b1, 0x2400, 0xfffd, 0x10ffff};
    static const uint32_t WIDE[] = {0x1100, 0x3042, 0x65e5, 0xac00, 0xff21, 0x1f600, 0x20000};
    static const uint32_t NONE[] = {0x300, 0x36f, 0x20dd, 0x1160, 0xfe0f, 0xe0100};
    for (size_t i = 0; i < ARRAY_LENGTH(NARROW); i++)
        assert_int_equal(gdf__rune_width(NARROW[i]), 1);
    for (size_t i = 0; i < ARRAY_LENGTH(WIDE); i++)
        assert_int_equal(gdf__rune_width(WIDE[i]), 2);
    for (size_t i = 0; i < ARRAY_LENGTH(NONE); i++)
        assert_int_equal(gdf__rune_width(NONE[i]), 0);
}

/* ---- Memory ---------------------------------------------------------------------------------- */

typedef struct render_scenario {
    fixture made;
    gdf_report_format format;
} render_scenario;

static bool render(const gdf_allocator *allocator, void *context)
{
    render_scenario *scenario = context;
    scenario->made.report.allocator = *allocator;
    gdf_text *text = gdf_report_render(&scenario->made.report, scenario->format, NULL);
    gdf_text_free(text);
    return text != NULL;
}

static void rendering_survives_every_failed_allocation(void **state)
{
    (void)state;
    render_scenario scenario;
    char message[2 * GDF__BUILDER_ROOM]; /* needs memory of its own wherever it is written */
    memset(message, 'm', sizeof message);
    set_up(&scenario.made, GDF__LITERAL("FROM a\n"));
    add_finding(&scenario.made, GDF__RULE_GEN001, 0, 4, (gdf_str){message, sizeof message});
    scenario.format = GDF_REPORT_TEXT;
    assert_true(counting_allocator_try_every_failure(render, &scenario, false) > 3);
    scenario.format = GDF_REPORT_JSON;
    assert_true(counting_allocator_try_every_failure(render, &scenario, false) > 2);
    tear_down(&scenario.made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_give_what_the_rules_recorded),
        cmocka_unit_test(readers_are_neutral_for_null_and_foreign_ids),
        cmocka_unit_test(text_shows_place_excerpt_reason_and_fixes),
        cmocka_unit_test(text_gives_the_reason_of_a_rule_once),
        cmocka_unit_test(text_of_a_clean_file_says_so),
        cmocka_unit_test(excerpts_mark_exactly_the_range),
        cmocka_unit_test(messages_cannot_move_the_cursor),
        cmocka_unit_test(colours_come_only_when_asked_for),
        cmocka_unit_test(json_holds_every_member),
        cmocka_unit_test(json_of_a_clean_file_has_an_empty_list),
        cmocka_unit_test(json_of_the_builder_has_all_places_of_its_error),
        cmocka_unit_test(columns_agree_with_the_document),
        cmocka_unit_test(widths_are_those_of_a_terminal),
        cmocka_unit_test(rendering_survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
