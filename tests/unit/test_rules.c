/* The catalogue, rule sets and their profiles, and how a rule says what it found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"
#include "rules/engine.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

static gdf_rule find(const char *name)
{
    return gdf_rule_find(name, strlen(name));
}

/* ---- the catalogue --------------------------------------------------------------------------- */

static void every_rule_has_all_its_texts(void **state)
{
    (void)state;
    static const char *const CATEGORIES[] = {
        "correctness", "security",   "performance",     "size",  "reproducibility",
        "portability", "operations", "maintainability", "style", "deprecated"};
    assert_true(gdf_rule_count() > 0);
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++) {
        gdf_str category = gdf__str(gdf_rule_get_category(rule));
        bool known = false;
        for (size_t i = 0; i < ARRAY_LENGTH(CATEGORIES); i++)
            known = known || gdf__str_is(category, CATEGORIES[i]);
        assert_true(known);
        assert_true(gdf__str_ends(gdf__str(gdf_rule_get_summary(rule)), "."));
        assert_true(gdf__str_ends(gdf__str(gdf_rule_get_rationale(rule)), "."));
        assert_true(gdf__str_contains(gdf__str(gdf_rule_get_help(rule)), "://"));
        assert_in_range(gdf_rule_get_severity(rule), GDF_SEVERITY_STYLE, GDF_SEVERITY_ERROR);
        assert_in_range(gdf_rule_get_fix_class(rule), GDF_FIX_NONE, GDF_FIX_SUGGESTED);
    }
}

static void codes_rise_and_are_found(void **state)
{
    (void)state;
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++) {
        assert_int_equal(find(gdf_rule_get_code(rule)), rule);
        assert_int_equal(find(gdf_rule_get_name(rule)), rule);
        if (rule > 1)
            assert_true(strcmp(gdf_rule_get_code(rule - 1), gdf_rule_get_code(rule)) < 0);
    }
}

static void names_are_found_in_any_case_and_with_their_tool(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *code;
    } CASES[] = {
        {"sec001", "SEC001"},          {"RUNS-AS-ROOT", "SEC001"},    {"DL3002", "SEC001"},
        {"dl3002", "SEC001"},          {"hadolint:DL3002", "SEC001"}, {"trivy:DS-0002", "SEC001"},
        {"stagenamecasing", "CHK001"}, {"DL4000", "CHK008"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++)
        assert_string_equal(gdf_rule_get_code(find(CASES[i].name)), CASES[i].code);
    static const char *const FOREIGN[] = {"",      "SEC",     "SEC0011", "trivy:DL3002",
                                          "DL300", "hadolint"};
    for (size_t i = 0; i < ARRAY_LENGTH(FOREIGN); i++)
        assert_int_equal(find(FOREIGN[i]), 0);
    assert_int_equal(gdf_rule_find(NULL, 5), 0);
}

static void a_foreign_rule_has_neutral_values(void **state)
{
    (void)state;
    const gdf_rule FOREIGN[] = {0, gdf_rule_count() + 1, UINT32_MAX};
    for (size_t i = 0; i < ARRAY_LENGTH(FOREIGN); i++) {
        assert_string_equal(gdf_rule_get_code(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_name(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_category(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_summary(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_rationale(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_help(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_aliases(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_example(FOREIGN[i]), "");
        assert_string_equal(gdf_rule_get_fixed_example(FOREIGN[i]), "");
        assert_int_equal(gdf_rule_get_severity(FOREIGN[i]), GDF_SEVERITY_NONE);
        assert_int_equal(gdf_rule_get_fix_class(FOREIGN[i]), GDF_FIX_NONE);
    }
}

static void severities_have_names_both_ways(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"none", "style", "info", "warning", "error"};
    for (int i = 0; i < (int)ARRAY_LENGTH(NAMES); i++) {
        assert_string_equal(gdf_severity_name((gdf_severity)i), NAMES[i]);
        assert_int_equal(gdf_severity_find(NAMES[i], strlen(NAMES[i])), i);
    }
    assert_int_equal(gdf_severity_find("Warning", 7), GDF_SEVERITY_WARNING);
    assert_int_equal(gdf_severity_find("warn", 4), GDF_SEVERITY_NONE);
    assert_int_equal(gdf_severity_find(NULL, 4), GDF_SEVERITY_NONE);
    assert_string_equal(gdf_severity_name((gdf_severity)5), "");
    assert_string_equal(gdf_fix_class_name(GDF_FIX_NONE), "none");
    assert_string_equal(gdf_fix_class_name(GDF_FIX_SAFE), "safe");
    assert_string_equal(gdf_fix_class_name(GDF_FIX_BUGFIX), "bugfix");
    assert_string_equal(gdf_fix_class_name(GDF_FIX_SUGGESTED), "suggested");
    assert_string_equal(gdf_fix_class_name((gdf_fix_class)4), "");
}

/* ---- rule sets ------------------------------------------------------------------------------- */

/* A rule in a profile; severity NONE: off. */
typedef struct profile_case {
    const char *profile;
    const char *code;
    gdf_severity severity;
} profile_case;

static const profile_case PROFILE_CASES[] = {
    {"base", "SEC001", GDF_SEVERITY_WARNING},       {"base", "SEC002", GDF_SEVERITY_INFO},
    {"base", "STG001", GDF_SEVERITY_WARNING},       {"base", "PRC008", GDF_SEVERITY_NONE},
    {"base", "PRC015", GDF_SEVERITY_NONE},          {"base", "CHK007", GDF_SEVERITY_WARNING},
    {"production", "SEC001", GDF_SEVERITY_ERROR},   {"production", "SEC002", GDF_SEVERITY_WARNING},
    {"production", "STG001", GDF_SEVERITY_ERROR},   {"production", "PRC008", GDF_SEVERITY_INFO},
    {"production", "PRC015", GDF_SEVERITY_INFO},    {"dev", "SEC001", GDF_SEVERITY_NONE},
    {"dev", "SEC002", GDF_SEVERITY_NONE},           {"dev", "STG001", GDF_SEVERITY_NONE},
    {"dev", "PRC015", GDF_SEVERITY_NONE},           {"dev", "PRC001", GDF_SEVERITY_WARNING},
    {"kubernetes", "SEC002", GDF_SEVERITY_WARNING}, {"kubernetes", "PRC008", GDF_SEVERITY_NONE},
    {"kubernetes", "SEC001", GDF_SEVERITY_WARNING}, {"buildkit", "CHK007", GDF_SEVERITY_WARNING},
    {"buildkit", "SEC001", GDF_SEVERITY_NONE},      {"buildkit", "GEN001", GDF_SEVERITY_ERROR},
};

static void profiles_choose_rules_and_severities(void **state)
{
    (void)state;
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    for (size_t i = 0; i < ARRAY_LENGTH(PROFILE_CASES); i++) {
        const profile_case *one = &PROFILE_CASES[i];
        gdf_rule rule = find(one->code);
        assert_int_equal(gdf_ruleset_use_profile(ruleset, one->profile, strlen(one->profile)),
                         GDF_OK);
        int enabled = one->severity != GDF_SEVERITY_NONE;
        if (gdf_ruleset_is_enabled(ruleset, rule) != enabled)
            fail_msg("%s in profile %s", one->code, one->profile);
        if (enabled)
            assert_int_equal(gdf_ruleset_get_severity(ruleset, rule), one->severity);
    }
    gdf_ruleset_free(ruleset);
}

static void a_new_rule_set_has_profile_production(void **state)
{
    (void)state;
    gdf_ruleset *fresh = gdf_ruleset_create(NULL);
    gdf_ruleset *production = gdf_ruleset_create(NULL);
    assert_int_equal(gdf_ruleset_use_profile(production, "Production", 10), GDF_OK);
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++) {
        assert_int_equal(gdf_ruleset_is_enabled(fresh, rule),
                         gdf_ruleset_is_enabled(production, rule));
        assert_int_equal(gdf_ruleset_get_severity(fresh, rule),
                         gdf_ruleset_get_severity(production, rule));
    }
    gdf_ruleset_free(fresh);
    gdf_ruleset_free(production);
}

static void an_unknown_profile_changes_nothing(void **state)
{
    (void)state;
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    gdf_rule rule = find("SEC001");
    assert_int_equal(gdf_ruleset_enable(ruleset, rule, 0), GDF_OK);
    assert_int_equal(gdf_ruleset_use_profile(ruleset, "staging", 7), GDF_ERROR_UNKNOWN);
    assert_int_equal(gdf_ruleset_use_profile(ruleset, NULL, 7), GDF_ERROR_UNKNOWN);
    assert_false(gdf_ruleset_is_enabled(ruleset, rule));
    assert_int_equal(gdf_ruleset_use_profile(ruleset, "base", 4), GDF_OK);
    assert_true(gdf_ruleset_is_enabled(ruleset, rule));
    gdf_ruleset_free(ruleset);
}

static void bad_arguments_are_refused(void **state)
{
    (void)state;
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    gdf_rule rule = find("SEC001");
    assert_int_equal(gdf_ruleset_enable(ruleset, 0, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_enable(ruleset, gdf_rule_count() + 1, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_enable(NULL, rule, 1), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_set_severity(ruleset, rule, GDF_SEVERITY_NONE),
                     GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_set_severity(ruleset, rule, (gdf_severity)9), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_set_severity(NULL, rule, GDF_SEVERITY_INFO), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_use_profile(NULL, "base", 4), GDF_ERROR_ARGUMENT);
    assert_int_equal(gdf_ruleset_get_severity(ruleset, rule), GDF_SEVERITY_ERROR);
    assert_false(gdf_ruleset_is_enabled(ruleset, 0));
    gdf_ruleset_free(ruleset);
    gdf_ruleset_free(NULL);
}

static bool make_rule_set(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    gdf_ruleset *ruleset = options ? gdf_ruleset_create(options) : NULL;
    bool made = ruleset != NULL;
    gdf_ruleset_free(ruleset);
    gdf_options_free(options);
    return made;
}

static void lack_of_memory_gives_null(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(make_rule_set, NULL, true) > 0);
}

/* ---- the engine ------------------------------------------------------------------------------ */

typedef struct engine {
    gdf_document *document;
    gdf_build *build;
    gdf_ruleset *ruleset;
    gdf__arena arena;
    gdf__findings findings;
    gdf__suppressions suppressions;
    gdf__check check;
} engine;

static void set_up(engine *made, const char *text)
{
    made->document = gdf_document_parse(text, strlen(text), NULL);
    made->build = gdf_build_create(made->document, NULL);
    made->ruleset = gdf_ruleset_create(NULL);
    gdf__arena_init(&made->arena, &gdf__default_allocator);
    gdf__findings_init(&made->findings, &made->arena);
    assert_true(gdf__suppressions_init(&made->suppressions, made->document, made->build));
    made->check = (gdf__check){.document = made->document,
                               .build = made->build,
                               .ruleset = made->ruleset,
                               .suppressions = &made->suppressions,
                               .findings = &made->findings,
                               .max_findings = 2};
    gdf__edit_list_init(&made->check.discarded_fix.edits, &made->arena, 0);
}

static void tear_down(engine *made)
{
    gdf__edit_list_free(&made->check.discarded_fix.edits);
    gdf__suppressions_free(&made->suppressions);
    gdf__findings_free(&made->findings);
    gdf__arena_free(&made->arena);
    gdf_ruleset_free(made->ruleset);
    gdf_build_free(made->build);
    gdf_document_free(made->document);
}

static gdf__finding *finding_at(engine *made, uint32_t index)
{
    return GDF__AT(made->findings.findings, gdf__finding, index);
}

static void assert_text(gdf_str got, const char *expected)
{
    if (!gdf__str_is(got, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)got.len, got.ptr, expected);
}

static void messages_are_put_together_from_all_verbs(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "FROM scratch\n");
    gdf__report(&made.check, GDF__RULE_SEC001, 0, 4);
    gdf__say(&made.check, "%s|%S|%q|%d|%d|%%|%S", "c", GDF__LITERAL("slice"),
             GDF__LITERAL("a\"b\n"), 42, -7, gdf__empty);
    gdf__note(&made.check, "note %d", 0);
    assert_text(finding_at(&made, 0)->message, "c|slice|\"a\\\"b\\n\"|42|-7|%|");
    assert_text(finding_at(&made, 0)->note, "note 0");
    tear_down(&made);
}

static void a_finding_has_the_severity_of_its_rule_set(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "FROM scratch\n");
    gdf__report(&made.check, GDF__RULE_SEC001, 0, 4);
    assert_int_equal(finding_at(&made, 0)->severity, GDF_SEVERITY_ERROR);
    gdf__set_severity(&made.check, GDF_SEVERITY_INFO);
    assert_int_equal(finding_at(&made, 0)->severity, GDF_SEVERITY_INFO);
    tear_down(&made);
}

static void a_severity_that_the_user_set_wins(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "FROM scratch\n");
    assert_int_equal(gdf_ruleset_set_severity(made.ruleset, GDF__RULE_SEC001, GDF_SEVERITY_STYLE),
                     GDF_OK);
    gdf__report(&made.check, GDF__RULE_SEC001, 0, 4);
    gdf__set_severity(&made.check, GDF_SEVERITY_ERROR);
    assert_int_equal(finding_at(&made, 0)->severity, GDF_SEVERITY_STYLE);
    tear_down(&made);
}

/* Says everything that a rule may say; nothing of it may reach another finding. */
static void say_all(gdf__check *check)
{
    gdf__say(check, "lost");
    gdf__note(check, "lost");
    gdf__relate(check, 0, 1, "lost");
    gdf__set_severity(check, GDF_SEVERITY_STYLE);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "lost");
    (void)gdf__edit_list_add(&fix->edits, 0, 0, GDF__LITERAL("x"));
    gdf__fix_end(check, GDF_OK);
}

static void assert_untouched(engine *made, uint32_t count)
{
    assert_int_equal(made->findings.findings.count, count);
    assert_int_equal(made->findings.related.count, 0);
    assert_int_equal(made->findings.fixes.count, 0);
    for (uint32_t i = 0; i < count; i++) {
        assert_text(finding_at(made, i)->message, "");
        assert_int_equal(finding_at(made, i)->severity, GDF_SEVERITY_ERROR);
    }
}

static void what_is_said_of_a_rule_that_is_off_goes_nowhere(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "FROM scratch\n");
    gdf__report(&made.check, GDF__RULE_SEC001, 0, 4);
    assert_int_equal(gdf_ruleset_enable(made.ruleset, GDF__RULE_SEC002, 0), GDF_OK);
    gdf__report(&made.check, GDF__RULE_SEC002, 0, 4);
    say_all(&made.check);
    assert_untouched(&made, 1);
    tear_down(&made);
}

static void what_is_said_of_a_silenced_finding_goes_nowhere(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "# godockerfile ignore=SEC001\nFROM scratch\n");
    gdf__report(&made.check, GDF__RULE_SEC001, 30, 34);
    say_all(&made.check);
    assert_untouched(&made, 0);
    assert_int_equal(made.findings.suppressed, 1);
    tear_down(&made);
}

static void findings_over_the_limit_are_counted(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "FROM scratch\n");
    for (int i = 0; i < 5; i++)
        gdf__report(&made.check, GDF__RULE_SEC001, 0, 4);
    say_all(&made.check);
    assert_untouched(&made, 2);
    assert_int_equal(made.findings.dropped, 3);
    tear_down(&made);
}

static void a_fix_that_fails_or_does_nothing_is_taken_back(void **state)
{
    (void)state;
    engine made;
    set_up(&made, "FROM scratch\n");
    gdf__report(&made.check, GDF__RULE_SEC001, 0, 4);
    gdf__fix *fix = gdf__fix_begin(&made.check, GDF_FIX_SAFE, "conflict");
    assert_int_equal(gdf__edit_list_add(&fix->edits, 0, 1, GDF__LITERAL("x")), GDF_OK);
    gdf__fix_end(&made.check, GDF_ERROR_CONFLICT);
    (void)gdf__fix_begin(&made.check, GDF_FIX_SAFE, "empty");
    gdf__fix_end(&made.check, GDF_OK);
    assert_int_equal(finding_at(&made, 0)->fix_count, 0);
    fix = gdf__fix_begin(&made.check, GDF_FIX_SAFE, "good");
    assert_int_equal(gdf__edit_list_add(&fix->edits, 0, 1, GDF__LITERAL("x")), GDF_OK);
    gdf__fix_end(&made.check, GDF_OK);
    assert_int_equal(finding_at(&made, 0)->fix_count, 1);
    assert_text(GDF__AT(made.findings.fixes, gdf__fix, 0)->title, "good");
    tear_down(&made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_has_all_its_texts),
        cmocka_unit_test(codes_rise_and_are_found),
        cmocka_unit_test(names_are_found_in_any_case_and_with_their_tool),
        cmocka_unit_test(a_foreign_rule_has_neutral_values),
        cmocka_unit_test(severities_have_names_both_ways),
        cmocka_unit_test(profiles_choose_rules_and_severities),
        cmocka_unit_test(a_new_rule_set_has_profile_production),
        cmocka_unit_test(an_unknown_profile_changes_nothing),
        cmocka_unit_test(bad_arguments_are_refused),
        cmocka_unit_test(lack_of_memory_gives_null),
        cmocka_unit_test(messages_are_put_together_from_all_verbs),
        cmocka_unit_test(a_finding_has_the_severity_of_its_rule_set),
        cmocka_unit_test(a_severity_that_the_user_set_wins),
        cmocka_unit_test(what_is_said_of_a_rule_that_is_off_goes_nowhere),
        cmocka_unit_test(what_is_said_of_a_silenced_finding_goes_nowhere),
        cmocka_unit_test(findings_over_the_limit_are_counted),
        cmocka_unit_test(a_fix_that_fails_or_does_nothing_is_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
