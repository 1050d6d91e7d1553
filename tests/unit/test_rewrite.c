/* lib/rewrite: which fixes are applied, in which order, and which fail their proof. The findings
 * come from scripted rules: each occurrence of a text is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "base/sort.h"
#include "rewrite/rewrite.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---- scripted rules -------------------------------------------------------------------------- */

typedef struct edit_script {
    const char *find; /* its first occurrence at or behind the finding, or NULL */
    const char *replace;
} edit_script;

typedef struct rule_script {
    const char *code;
    gdf_severity severity;
    const char *find;        /* each occurrence is a finding */
    const char *only_with;   /* only when the text has this, too */
    edit_script edit;        /* of the preferred fix; without `find` the finding's own text */
    edit_script edit_2;      /* second edit of the same fix */
    const char *instead;     /* what the second alternative writes for the finding's text */
    gdf_fix_class fix_class; /* 0: safe */
    bool structural;
    const char *file;
} rule_script;

typedef struct rule_scripts {
    const rule_script *rules;
    size_t count;
    bool dropped;   /* every analysis says that it left findings out */
    uint32_t *runs; /* how many analyses were asked for, or NULL */
} rule_scripts;

/* False when the text of the edit is not there. */
static bool add_edit(gdf__fix *fix, gdf_str text, uint32_t start, const char *own,
                     const edit_script *edit)
{
    if (!edit->replace)
        return true;
    const char *find = edit->find ? edit->find : own;
    gdf_str rest = gdf__str_slice(text, start, text.len);
    for (uint32_t at = 0; at < rest.len; at++) {
        if (!gdf__str_starts(gdf__str_slice(rest, at, rest.len), find))
            continue;
        gdf__edit_list_add(&fix->edits, start + at, start + at + (uint32_t)strlen(find),
                           gdf__str(edit->replace));
        return true;
    }
    return false;
}

static gdf__fix *add_fix(gdf__findings *findings, const rule_script *rule, uint32_t limit,
                         const char *title)
{
    gdf__fix *fix = gdf__table_add(&findings->fixes);
    if (!fix)
        return NULL;
    *fix = (gdf__fix){.fix_class = rule->fix_class ? rule->fix_class : GDF_FIX_SAFE,
                      .structural = rule->structural,
                      .title = gdf__str(title),
                      .file = gdf__str(rule->file)};
    gdf__edit_list_init(&fix->edits, findings->arena, limit);
    return fix;
}

static void drop_last_fix(gdf__findings *findings)
{
    gdf__edit_list_free(&GDF__AT(findings->fixes, gdf__fix, findings->fixes.count - 1)->edits);
    findings->fixes.count--;
}

static void add_finding(gdf__findings *findings, const rule_script *rule, gdf_str text,
                        uint32_t start)
{
    gdf__finding finding = {.rule = gdf_rule_find(rule->code, strlen(rule->code)),
                            .start = start,
                            .end = start + (uint32_t)strlen(rule->find),
                            .first_fix = findings->fixes.count,
                            .severity = (uint8_t)rule->severity,
                            .message = gdf__str(rule->find),
                            .note = gdf__empty};
    assert_int_not_equal(finding.rule, 0);
    gdf__fix *fix = NULL;
    if (rule->edit.replace && (fix = add_fix(findings, rule, (uint32_t)text.len, "first choice"))) {
        if (!add_edit(fix, text, start, rule->find, &rule->edit) ||
            !add_edit(fix, text, start, rule->find, &rule->edit_2))
            drop_last_fix(findings);
    }
    edit_script instead = {.replace = rule->instead};
    if (rule->instead && (fix = add_fix(findings, rule, (uint32_t)text.len, "second choice")))
        add_edit(fix, text, start, rule->find, &instead);
    finding.fix_count = findings->fixes.count - finding.first_fix;
    gdf__finding *row = gdf__table_add(&findings->findings);
    if (row)
        *row = finding;
}

static bool has_text(gdf_str text, const char *part)
{
    return !part || gdf__str_contains(text, part);
}

static bool run_script(const void *context, const gdf_document *document, gdf__analysis *analysis)
{
    const rule_scripts *script = context;
    gdf_str text = gdf_document_get_text(document);
    gdf__arena_init(&analysis->arena, &document->arena.allocator);
    gdf__findings_init(&analysis->findings, &analysis->arena);
    if (script->runs)
        ++*script->runs;
    for (uint32_t at = 0; at < text.len; at++) {
        for (size_t i = 0; i < script->count; i++) {
            const rule_script *rule = &script->rules[i];
            if (gdf__str_starts(gdf__str_slice(text, at, text.len), rule->find) &&
                has_text(text, rule->only_with))
                add_finding(&analysis->findings, rule, text, at);
        }
    }
    analysis->findings.dropped = script->dropped;
    return !gdf__findings_failed(&analysis->findings);
}

static void free_script(gdf__analysis *analysis)
{
    gdf__findings_free(&analysis->findings);
    gdf__arena_free(&analysis->arena);
}

static gdf_rewrite *rewrite_with(gdf_str text, const rule_scripts *script,
                                 const gdf_options *options)
{
    gdf__analyser analyser = {run_script, free_script, script};
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_rewrite *rewrite = document ? gdf__rewrite_run(document, options, &analyser) : NULL;
    gdf_document_free(document);
    return rewrite;
}

static gdf_rewrite *rewrite_text(gdf_str text, const rule_script *rules, size_t count,
                                 const gdf_options *options, uint32_t *runs)
{
    rule_scripts script = {.rules = rules, .count = count, .runs = runs};
    return rewrite_with(text, &script, options);
}

#define REWRITE(text, rules) rewrite_text(gdf__str(text), (rules), ARRAY_LENGTH(rules), NULL, NULL)

/* The result is `expected`, with that many fixes applied and withheld. Frees the rewrite. */
static void expect(gdf_rewrite *rewrite, const char *expected, uint32_t applied, uint32_t withheld)
{
    assert_non_null(rewrite);
    assert_slice_is(gdf_rewrite_get_text(rewrite), expected);
    assert_int_equal(gdf_rewrite_count_applied(rewrite), applied);
    assert_int_equal(gdf_rewrite_count_withheld(rewrite), withheld);
    gdf_rewrite_free(rewrite);
}

/* Nothing changed, because the only fix failed its proof with that reason. Frees the rewrite. */
static void expect_withheld(gdf_rewrite *rewrite, const char *reason)
{
    assert_non_null(rewrite);
    assert_int_equal(gdf_rewrite_is_changed(rewrite), 0);
    assert_slice_equal(gdf_rewrite_get_text(rewrite), gdf_rewrite_get_original(rewrite));
    assert_int_equal(gdf_rewrite_count_applied(rewrite), 0);
    assert_int_equal(gdf_rewrite_count_withheld(rewrite), 1);
    assert_slice_is(gdf_rewrite_get_withheld_reason(rewrite, 0), reason);
    gdf_rewrite_free(rewrite);
}

/* ---- what is applied ------------------------------------------------------------------------- */

static void fixes_apart_are_applied_in_one_round(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK002",
         .severity = GDF_SEVERITY_WARNING,
         .find = " as ",
         .edit = {.replace = " AS "}},
        {.code = "CHK001",
         .severity = GDF_SEVERITY_WARNING,
         .find = "Base",
         .edit = {.replace = "base"}},
    };
    uint32_t runs = 0;
    gdf_rewrite *rewrite =
        rewrite_text(GDF__LITERAL("FROM alpine as Base\nRUN true\nCOPY --from=Base /a /b\n"), RULES,
                     2, NULL, &runs);
    assert_slice_is(gdf_rewrite_get_text(rewrite),
                    "FROM alpine AS base\nRUN true\nCOPY --from=base /a /b\n");
    assert_int_equal(gdf_rewrite_is_changed(rewrite), 1);
    assert_int_equal(gdf_rewrite_count_applied(rewrite), 3);
    assert_int_equal(gdf_rewrite_get_applied_rule(rewrite, 0), gdf_rule_find("CHK002", 6));
    assert_int_equal(gdf_rewrite_get_applied_rule(rewrite, 1), gdf_rule_find("CHK001", 6));
    assert_int_equal(gdf_rewrite_get_applied_class(rewrite, 1), GDF_FIX_SAFE);
    assert_slice_is(gdf_rewrite_get_applied_title(rewrite, 1), "first choice");
    assert_int_equal(runs, 2);
    gdf_rewrite_free(rewrite);
}

static void of_two_that_overlap_the_first_goes_first_and_the_other_is_looked_at_again(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "BLD001", .severity = GDF_SEVERITY_INFO, .find = "b c", .edit = {.replace = "y"}},
        {.code = "CHK001", .severity = GDF_SEVERITY_INFO, .find = "a b", .edit = {.replace = "x"}},
        {.code = "BLD003", .severity = GDF_SEVERITY_STYLE, .find = "x c", .edit = {.replace = "z"}},
    };
    expect(REWRITE("FROM scratch\nRUN a b c\n", RULES), "FROM scratch\nRUN z\n", 2, 0);
}

static void insertions_at_one_place_take_turns(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN one",
         .edit = {"RUN one", "RUN two"}},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN one",
         .edit = {"RUN one", "RUN six"}},
    };
    gdf_rewrite *rewrite = REWRITE("FROM scratch\nRUN one\n", RULES);
    expect(rewrite, "FROM scratch\nRUN two\n", 1, 0);
}

static void edits_of_one_fix_stay_together(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "AS Base",
         .edit = {.replace = "AS base"},
         .edit_2 = {"=Base", "=base"}},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "FROM x",
         .edit = {.replace = "FROM y"},
         .edit_2 = {"=Base", "=other"}},
    };
    expect(REWRITE("FROM x AS Base\nCOPY --from=Base /a /b\n", RULES),
           "FROM y AS Base\nCOPY --from=other /a /b\n", 1, 0);
}

static void structural_fixes_wait_until_no_local_one_is_left(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a\n",
         .edit = {.replace = "RUN a1\nRUN a2\n"},
         .structural = true},
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "b", .edit = {.replace = "c"}},
    };
    gdf_rewrite *rewrite = REWRITE("FROM scratch\nRUN a\nRUN b\n", RULES);
    assert_int_equal(gdf_rewrite_get_applied_rule(rewrite, 0), gdf_rule_find("CHK002", 6));
    assert_int_equal(gdf_rewrite_get_applied_rule(rewrite, 1), gdf_rule_find("CHK001", 6));
    expect(rewrite, "FROM scratch\nRUN a1\nRUN a2\nRUN c\n", 2, 0);
}

static void other_bytes_stay_as_they_are(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "as", .edit = {.replace = "AS"}},
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "USER root\r\n",
         .edit = {.replace = ""}},
    };
    expect(REWRITE("\xEF\xBB\xBF# escape=`\r\n\r\n  FROM alpine as x  \r\nUSER root\r\n"
                   "# \xFF c\r\nRUN <<E\r\nas\r\nE\r\n",
                   RULES),
           "\xEF\xBB\xBF# escape=`\r\n\r\n  FROM alpine AS x  \r\n"
           "# \xFF c\r\nRUN <<E\r\nAS\r\nE\r\n",
           3, 0);
}

static void lines_may_be_added_around_an_instruction(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {"RUN b", "USER c\nRUN B"},
         .structural = true},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "CMD x",
         .edit = {"CMD x", "CMD [\"x\"]\nUSER d"}},
    };
    expect(REWRITE("FROM a\nRUN b\nRUN d\nCMD x", RULES),
           "FROM a\nUSER c\nRUN B\nRUN d\nCMD [\"x\"]\nUSER d", 2, 0);
}

static void an_instruction_that_was_swallowed_may_come_back(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "true \\\n",
         .edit = {.replace = "true\n"}},
    };
    expect(REWRITE("FROM a\nRUN true \\\nCMD x\n", RULES), "FROM a\nRUN true\nCMD x\n", 1, 0);
}

/* ---- what is withheld ------------------------------------------------------------------------ */

static void a_result_that_the_builder_refuses_is_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "COPY a b",
         .edit = {.replace = "COPY a"}},
    };
    expect_withheld(
        REWRITE("FROM scratch\nCOPY a b\n", RULES),
        "the builder would refuse the result: COPY requires at least two arguments, but "
        "only one was provided. Destination could not be determined");
}

static void an_error_that_was_there_before_does_no_harm(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {.replace = "USER x\nRUN c"}},
    };
    expect(REWRITE("FROM scratch\nRUN b\nCOPY a\n", RULES), "FROM scratch\nUSER x\nRUN c\nCOPY a\n",
           1, 0);
}

static void a_fix_that_reaches_another_instruction_is_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {.replace = "RUN c \\"}},
    };
    expect_withheld(REWRITE("FROM scratch\nRUN b\nRUN d\n", RULES),
                    "another instruction would change");
}

static void a_line_before_a_parser_directive_is_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "# syntax=",
         .edit = {"", "# a comment\n"}},
    };
    expect_withheld(REWRITE("# syntax=docker/dockerfile:1\nFROM scratch\n", RULES),
                    "another instruction would change");
}

static void a_comment_must_not_become_a_directive(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "# first\n",
         .edit = {.replace = ""}},
    };
    expect_withheld(REWRITE("# first\n# check=skip=all\nFROM scratch\n", RULES),
                    "another line would become an instruction");
}

static void a_fix_without_effect_is_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {.replace = "RUN b"}},
    };
    expect_withheld(REWRITE("FROM scratch\nRUN b\n", RULES), "it changes nothing");
}

static void a_fix_whose_finding_stays_is_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {.replace = "RUN bb"}},
    };
    expect_withheld(REWRITE("FROM scratch\nRUN b\n", RULES), "its finding would stay");
}

static void a_new_finding_must_be_milder(void **state)
{
    (void)state;
    static const rule_script SAME[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_WARNING,
         .find = "RUN b",
         .edit = {.replace = "RUN c"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_WARNING, .find = "RUN c"},
    };
    expect_withheld(REWRITE("FROM scratch\nRUN b\n", SAME), "it would bring a new finding: RUN c");
    static const rule_script MILDER[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_WARNING,
         .find = "RUN b",
         .edit = {.replace = "RUN c"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "RUN c"},
    };
    expect(REWRITE("FROM scratch\nRUN b\n", MILDER), "FROM scratch\nRUN c\n", 1, 0);
}

static void findings_that_only_move_are_not_new(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001", .severity = GDF_SEVERITY_INFO, .find = "a", .edit = {.replace = "bb"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_ERROR, .find = "x"},
    };
    expect(REWRITE("FROM x\nRUN a x a\nRUN x\n", RULES), "FROM x\nRUN bb x bb\nRUN x\n", 2, 0);
}

static void a_cycle_ends(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_ERROR,
         .find = "RUN a",
         .edit = {.replace = "RUN b"}},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_WARNING,
         .find = "RUN b",
         .edit = {.replace = "RUN c"}},
        {.code = "CHK007",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN c",
         .edit = {.replace = "RUN a"}},
    };
    gdf_rewrite *rewrite = REWRITE("FROM scratch\nRUN a\n", RULES);
    assert_slice_is(gdf_rewrite_get_withheld_reason(rewrite, 0),
                    "it would lead back to an earlier text");
    assert_int_equal(gdf_rewrite_get_withheld_rule(rewrite, 0), gdf_rule_find("CHK007", 6));
    expect(rewrite, "FROM scratch\nRUN c\n", 2, 1);
    expect_withheld(REWRITE("FROM scratch\nRUN c\n", RULES), "it would bring a new finding: RUN a");
}

static void only_the_guilty_fix_of_a_round_is_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a",
         .edit = {.replace = "RUN b"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "x", .edit = {.replace = "y \\"}},
    };
    gdf_rewrite *rewrite = REWRITE("FROM scratch\nRUN a\nRUN x\nRUN a\nRUN a\n", RULES);
    assert_slice_is(gdf_rewrite_get_withheld_reason(rewrite, 0),
                    "another instruction would change");
    assert_int_equal(gdf_rewrite_get_withheld_rule(rewrite, 0), gdf_rule_find("CHK002", 6));
    expect(rewrite, "FROM scratch\nRUN b\nRUN x\nRUN b\nRUN b\n", 3, 1);
}

static void a_guilty_fix_far_from_the_harm_is_found(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a",
         .edit = {.replace = "RUN b"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "x", .edit = {.replace = "y"}},
        {.code = "CHK007", .severity = GDF_SEVERITY_ERROR, .find = "CMD", .only_with = "y"},
    };
    gdf_rewrite *rewrite =
        REWRITE("FROM scratch\nRUN a x\nRUN a\nRUN a\nRUN a\nRUN a\nCMD z\n", RULES);
    assert_slice_is(gdf_rewrite_get_withheld_reason(rewrite, 0),
                    "it would bring a new finding: CMD");
    expect(rewrite, "FROM scratch\nRUN b x\nRUN b\nRUN b\nRUN b\nRUN b\nCMD z\n", 5, 1);
}

static void the_second_choice_takes_the_place_of_one_withheld(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {.replace = "NONSENSE"},
         .instead = "RUN c"},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN x",
         .edit = {.replace = "RUN x"},
         .instead = "RUN y"},
    };
    gdf_rewrite *rewrite = REWRITE("FROM scratch\nRUN b\nRUN x\n", RULES);
    assert_slice_is(gdf_rewrite_get_applied_title(rewrite, 0), "second choice");
    assert_slice_is(gdf_rewrite_get_applied_title(rewrite, 1), "second choice");
    assert_int_equal(gdf_rewrite_count_applied(rewrite), 2);
    assert_slice_is(gdf_rewrite_get_text(rewrite), "FROM scratch\nRUN c\nRUN y\n");
    gdf_rewrite_free(rewrite);
}

static void a_fix_withheld_early_is_tried_again_on_the_last_text(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "foo",
         .edit = {.replace = "bar"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_ERROR, .find = "bar", .only_with = "baz"},
        {.code = "CHK007",
         .severity = GDF_SEVERITY_INFO,
         .find = "baz",
         .edit = {.replace = "qux"},
         .structural = true},
    };
    expect(REWRITE("FROM scratch\nRUN foo\nRUN baz\n", RULES), "FROM scratch\nRUN bar\nRUN qux\n",
           2, 0);
}

/* ---- options --------------------------------------------------------------------------------- */

static gdf_rewrite *rewrite_with_rule(const char *name, const rule_script *rules, size_t count)
{
    gdf_options *options = gdf_options_create(NULL);
    gdf_options_set_text(options, GDF_OPTION_FIX_RULE, name, strlen(name));
    gdf_rewrite *rewrite =
        rewrite_text(GDF__LITERAL("FROM a\nRUN b\nRUN c\n"), rules, count, options, NULL);
    gdf_options_free(options);
    return rewrite;
}

static void only_named_rules_fix_when_there_are_any(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK008",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN b",
         .edit = {.replace = "RUN x"}},
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN c",
         .edit = {.replace = "RUN y"}},
    };
    static const char *const NAMES[] = {"CHK008", "chk008", "MaintainerDeprecated", "DL4000",
                                        "hadolint:DL4000"};
    for (size_t i = 0; i < ARRAY_LENGTH(NAMES); i++)
        expect(rewrite_with_rule(NAMES[i], RULES, 2), "FROM a\nRUN x\nRUN c\n", 1, 0);
    expect(rewrite_with_rule("no-such-rule", RULES, 2), "FROM a\nRUN b\nRUN c\n", 0, 0);
    expect(rewrite_with_rule("", RULES, 2), "FROM a\nRUN b\nRUN c\n", 0, 0);
}

static gdf_rewrite *rewrite_with_number(gdf_option option, uint64_t value, const char *text,
                                        const rule_script *rules, size_t count)
{
    gdf_options *options = gdf_options_create(NULL);
    assert_int_equal(gdf_options_set_number(options, option, value), GDF_OK);
    gdf_rewrite *rewrite = rewrite_text(gdf__str(text), rules, count, options, NULL);
    gdf_options_free(options);
    return rewrite;
}

static void the_options_choose_the_classes(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "a",
         .edit = {.replace = "1"},
         .fix_class = GDF_FIX_SAFE},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "b",
         .edit = {.replace = "2"},
         .fix_class = GDF_FIX_BUGFIX},
        {.code = "CHK007",
         .severity = GDF_SEVERITY_INFO,
         .find = "c",
         .edit = {.replace = "3"},
         .fix_class = GDF_FIX_SUGGESTED},
    };
    static const char TEXT[] = "FROM x\nRUN a\nRUN b\nRUN c\n";
    expect(REWRITE(TEXT, RULES), "FROM x\nRUN 1\nRUN 2\nRUN c\n", 2, 0);
    expect(rewrite_with_number(GDF_OPTION_FIX_BUGFIX, 0, TEXT, RULES, 3),
           "FROM x\nRUN 1\nRUN b\nRUN c\n", 1, 0);
    expect(rewrite_with_number(GDF_OPTION_FIX_SUGGESTED, 1, TEXT, RULES, 3),
           "FROM x\nRUN 1\nRUN 2\nRUN 3\n", 3, 0);
}

static void rounds_are_limited(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a b",
         .edit = {.replace = "RUN c b"}},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "b\n",
         .edit = {.replace = "d\n"}},
    };
    gdf_rewrite *rewrite =
        rewrite_with_number(GDF_OPTION_MAX_FIX_ROUNDS, 1, "FROM x\nRUN a b\n", RULES, 2);
    assert_slice_is(gdf_rewrite_get_withheld_reason(rewrite, 0),
                    "the limit of rounds was reached before it");
    expect(rewrite, "FROM x\nRUN c b\n", 1, 1);
    expect(rewrite_with_number(GDF_OPTION_MAX_FIX_ROUNDS, 2, "FROM x\nRUN a b\n", RULES, 2),
           "FROM x\nRUN c d\n", 2, 0);
    expect(REWRITE("FROM x\nRUN a b\n", RULES), "FROM x\nRUN c d\n", 2, 0);
}

static void the_size_limit_holds_for_the_result(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a",
         .edit = {.replace = "RUN bcdefghijkl"}},
    };
    expect_withheld(
        rewrite_with_number(GDF_OPTION_MAX_DOCUMENT_SIZE, 16, "FROM x\nRUN a\n", RULES, 1),
        "the result would be over the limit of the document's size");
}

static void findings_left_out_leave_nothing_to_prove(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001", .severity = GDF_SEVERITY_INFO, .find = "a", .edit = {.replace = "b"}},
    };
    rule_scripts script = {.rules = RULES, .count = 1, .dropped = true};
    expect_withheld(rewrite_with(GDF__LITERAL("FROM x\nRUN a\n"), &script, NULL),
                    "there are more findings than the option max-findings allows to compare");
}

/* ---- files ----------------------------------------------------------------------------------- */

static void new_files_are_collected_once(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "COPY .",
         .edit = {"", "/.git\n"},
         .file = ".dockerignore"},
        {.code = "CHK002",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a",
         .edit = {.replace = "RUN b"}},
    };
    gdf_rewrite *rewrite = REWRITE("FROM x\nRUN a\nCOPY . .\nCOPY . /b\n", RULES);
    assert_int_equal(gdf_rewrite_count_files(rewrite), 1);
    assert_slice_is(gdf_rewrite_get_file_name(rewrite, 0), ".dockerignore");
    assert_slice_is(gdf_rewrite_get_file_content(rewrite, 0), "/.git\n");
    assert_slice_is(gdf_rewrite_get_file_name(rewrite, 1), "");
    expect(rewrite, "FROM x\nRUN b\nCOPY . .\nCOPY . /b\n", 1, 0);
}

/* ---- cost and memory ------------------------------------------------------------------------- */

static gdf_str many_lines(gdf__builder *text, uint32_t count)
{
    gdf__builder_init(text, &gdf__default_allocator);
    gdf__builder_add_text(text, "FROM scratch\n");
    for (uint32_t i = 0; i < count; i++)
        gdf__builder_add_text(text, i == count / 2 ? "RUN x\n" : "RUN a\n");
    return gdf__builder_get(text);
}

static void a_guilty_fix_among_many_costs_few_trials(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a",
         .edit = {.replace = "RUN b"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "x", .edit = {.replace = "y \\"}},
    };
    gdf__builder text;
    uint32_t runs = 0;
    gdf_rewrite *rewrite = rewrite_text(many_lines(&text, 2000), RULES, 2, NULL, &runs);
    assert_int_equal(gdf_rewrite_count_applied(rewrite), 1999);
    assert_int_equal(gdf_rewrite_count_withheld(rewrite), 1);
    assert_in_range(runs, 2, 4);
    gdf_rewrite_free(rewrite);
    gdf__builder_free(&text);
}

static void fixes_that_all_fail_cost_a_bounded_number_of_trials(void **state)
{
    (void)state;
    static const rule_script RULES[] = {
        {.code = "CHK001",
         .severity = GDF_SEVERITY_INFO,
         .find = "RUN a",
         .edit = {.replace = "RUN ab"}},
    };
    gdf__builder text;
    uint32_t runs = 0;
    gdf_rewrite *rewrite = rewrite_text(many_lines(&text, 1000), RULES, 1, NULL, &runs);
    assert_int_equal(gdf_rewrite_is_changed(rewrite), 0);
    assert_int_equal(gdf_rewrite_count_withheld(rewrite), 999);
    assert_in_range(runs, 1, 300);
    gdf_rewrite_free(rewrite);
    gdf__builder_free(&text);
}

static bool rewrite_with_allocator(const gdf_allocator *allocator, void *context)
{
    (void)context;
    static const rule_script RULES[] = {
        {.code = "CHK001", .severity = GDF_SEVERITY_INFO, .find = "a", .edit = {.replace = "b"}},
        {.code = "CHK002", .severity = GDF_SEVERITY_INFO, .find = "x", .edit = {.replace = "y \\"}},
        {.code = "CHK007",
         .severity = GDF_SEVERITY_INFO,
         .find = "COPY",
         .edit = {"", "f"},
         .file = "file"},
    };
    gdf_options *options = gdf_options_create(allocator);
    if (!options)
        return false;
    bool named = gdf_options_set_text(options, GDF_OPTION_FIX_RULE, "CHK001", 6) == GDF_OK &&
                 gdf_options_set_text(options, GDF_OPTION_FIX_RULE, "CHK002", 6) == GDF_OK &&
                 gdf_options_set_text(options, GDF_OPTION_FIX_RULE, "CHK007", 6) == GDF_OK;
    gdf_rewrite *rewrite =
        named ? rewrite_text(GDF__LITERAL("FROM scratch\nRUN a\nRUN x\nCOPY . .\nRUN a\n"), RULES,
                             3, options, NULL)
              : NULL;
    gdf_text *diff = rewrite ? gdf_rewrite_render_diff(rewrite, options) : NULL;
    bool done = diff != NULL;
    gdf_text_free(diff);
    gdf_rewrite_free(rewrite);
    gdf_options_free(options);
    return done;
}

static void short_memory_gives_null_and_no_leak(void **state)
{
    (void)state;
    counting_allocator_try_every_failure(rewrite_with_allocator, NULL, false);
}

static void null_gives_neutral_values(void **state)
{
    (void)state;
    assert_null(gdf_rewrite_create(NULL, NULL, NULL, NULL));
    assert_null(gdf_rewrite_render_diff(NULL, NULL));
    assert_int_equal(gdf_rewrite_count_applied(NULL), 0);
    assert_int_equal(gdf_rewrite_is_changed(NULL), 0);
    assert_slice_is(gdf_rewrite_get_text(NULL), "");
    assert_int_equal(gdf_rewrite_get_withheld_rule(NULL, 0), 0);
    assert_slice_is(gdf_rewrite_get_file_content(NULL, 0), "");
    gdf_rewrite_free(NULL);
}

/* ---- whatever the rules want ----------------------------------------------------------------- */

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static const char *pick(uint32_t *seed, const char *const *from, size_t count)
{
    return from[next_random(seed) % count];
}

static void a_second_rewrite_changes_nothing(void **state)
{
    (void)state;
    static const char *const LINES[] = {
        "FROM a AS b\n",  "RUN c d\n",           "RUN <<E\nc\nE\n", "COPY a b\n",    "# c\n", "\n",
        "RUN c \\\n d\n", "ENV a=\"b c\" d=e\n", "CMD [\"c\"]\n",   "LABEL a=b\r\n", "d e\n"};
    static const char *const FINDS[] = {"a", "b", "c d", "\n", "RUN c", "E\n", "d", "\"", "\\\n"};
    static const char *const REPLACEMENTS[] = {"a",     "b",         "",    "e",
                                               "RUN f", "\nRUN g\n", " \\", "<<E"};
    static const char *const CODES[] = {"CHK001", "CHK002", "CHK007", "CHK008"};
    uint32_t seed = 1;
    uint32_t changed = 0;
    for (int round = 0; round < 400; round++) {
        rule_script rules[5];
        for (size_t i = 0; i < ARRAY_LENGTH(rules); i++) {
            rules[i] = (rule_script){.code = pick(&seed, CODES, ARRAY_LENGTH(CODES))};
            rules[i].severity = (gdf_severity)(1 + next_random(&seed) % 4);
            rules[i].find = pick(&seed, FINDS, ARRAY_LENGTH(FINDS));
            rules[i].edit.replace = pick(&seed, REPLACEMENTS, ARRAY_LENGTH(REPLACEMENTS));
            rules[i].structural = next_random(&seed) % 4 == 0;
        }
        gdf__builder text;
        gdf__builder_init(&text, &gdf__default_allocator);
        gdf__builder_add_text(&text, LINES[0]);
        for (int i = 0; i < 6; i++)
            gdf__builder_add_text(&text, pick(&seed, LINES, ARRAY_LENGTH(LINES)));
        gdf_rewrite *first =
            rewrite_text(gdf__builder_get(&text), rules, ARRAY_LENGTH(rules), NULL, NULL);
        gdf_str result = gdf_rewrite_get_text(first);
        gdf_rewrite *second = rewrite_text(result, rules, ARRAY_LENGTH(rules), NULL, NULL);
        changed += gdf_rewrite_is_changed(first) != 0;
        assert_slice_equal(gdf_rewrite_get_text(second), result);
        assert_int_equal(gdf_rewrite_count_applied(second), 0);
        gdf_rewrite_free(second);
        gdf_rewrite_free(first);
        gdf__builder_free(&text);
    }
    assert_in_range(changed, 100, 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixes_apart_are_applied_in_one_round),
        cmocka_unit_test(of_two_that_overlap_the_first_goes_first_and_the_other_is_looked_at_again),
        cmocka_unit_test(insertions_at_one_place_take_turns),
        cmocka_unit_test(edits_of_one_fix_stay_together),
        cmocka_unit_test(structural_fixes_wait_until_no_local_one_is_left),
        cmocka_unit_test(other_bytes_stay_as_they_are),
        cmocka_unit_test(lines_may_be_added_around_an_instruction),
        cmocka_unit_test(an_instruction_that_was_swallowed_may_come_back),
        cmocka_unit_test(a_result_that_the_builder_refuses_is_withheld),
        cmocka_unit_test(an_error_that_was_there_before_does_no_harm),
        cmocka_unit_test(a_fix_that_reaches_another_instruction_is_withheld),
        cmocka_unit_test(a_line_before_a_parser_directive_is_withheld),
        cmocka_unit_test(a_comment_must_not_become_a_directive),
        cmocka_unit_test(a_fix_without_effect_is_withheld),
        cmocka_unit_test(a_fix_whose_finding_stays_is_withheld),
        cmocka_unit_test(a_new_finding_must_be_milder),
        cmocka_unit_test(findings_that_only_move_are_not_new),
        cmocka_unit_test(a_cycle_ends),
        cmocka_unit_test(only_the_guilty_fix_of_a_round_is_withheld),
        cmocka_unit_test(a_guilty_fix_far_from_the_harm_is_found),
        cmocka_unit_test(the_second_choice_takes_the_place_of_one_withheld),
        cmocka_unit_test(a_fix_withheld_early_is_tried_again_on_the_last_text),
        cmocka_unit_test(only_named_rules_fix_when_there_are_any),
        cmocka_unit_test(the_options_choose_the_classes),
        cmocka_unit_test(rounds_are_limited),
        cmocka_unit_test(the_size_limit_holds_for_the_result),
        cmocka_unit_test(findings_left_out_leave_nothing_to_prove),
        cmocka_unit_test(new_files_are_collected_once),
        cmocka_unit_test(a_guilty_fix_among_many_costs_few_trials),
        cmocka_unit_test(fixes_that_all_fail_cost_a_bounded_number_of_trials),
        cmocka_unit_test(short_memory_gives_null_and_no_leak),
        cmocka_unit_test(null_gives_neutral_values),
        cmocka_unit_test(a_second_rewrite_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
