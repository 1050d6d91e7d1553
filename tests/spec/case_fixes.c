#include "case_fixes.h"

#include "base/slice.h"

enum { MAX_ROUNDS = 8 };

static bool may_apply(const case_setup *setup, gdf_fix_class fix_class)
{
    return fix_class != GDF_FIX_NONE && !(setup->safe_only && fix_class == GDF_FIX_SUGGESTED);
}

static void keep_file(const gdf_report *report, gdf_fix fix, case_result *result)
{
    gdf__builder_clear(&result->file_name);
    gdf__builder_clear(&result->file);
    gdf__builder_add(&result->file_name, gdf_fix_get_file(report, fix));
    gdf__builder_add(&result->file, gdf_fix_get_edit_text(report, fix, 0));
}

static bool in_range(gdf_edits *edits, const gdf_report *report, gdf_fix fix, uint32_t i)
{
    uint32_t start = gdf_fix_get_edit_start(report, fix, i);
    for (uint32_t k = 0; k < gdf_edits_count(edits); k++) {
        if (start < gdf_edits_get_end(edits, k) &&
            gdf_fix_get_edit_end(report, fix, i) > gdf_edits_get_start(edits, k))
            return true;
        if (start == gdf_edits_get_start(edits, k))
            return true;
    }
    return false;
}

/* Adds the fix when it touches nothing that an earlier one of the round does. */
static bool add_fix(gdf_edits *edits, const gdf_report *report, gdf_fix fix)
{
    uint32_t count = gdf_fix_count_edits(report, fix);
    for (uint32_t i = 0; i < count; i++) {
        if (in_range(edits, report, fix, i))
            return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        gdf_str text = gdf_fix_get_edit_text(report, fix, i);
        (void)gdf_edits_replace(edits, gdf_fix_get_edit_start(report, fix, i),
                                gdf_fix_get_edit_end(report, fix, i), text.ptr, text.len);
    }
    return true;
}

/* One round: true when the text changed. */
static bool apply_round(const case_setup *setup, gdf_rule rule, const gdf_document *document,
                        case_result *result)
{
    gdf_report *report =
        gdf_report_create(document, setup->ruleset, setup->project, setup->options);
    gdf_edits *edits = gdf_edits_create(document);
    bool changed = false;
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++) {
        gdf_fix fix = gdf_finding_get_fix(report, id, 0);
        if (gdf_finding_get_rule(report, id) != rule ||
            !may_apply(setup, gdf_fix_get_class(report, fix)))
            continue;
        if (gdf_fix_get_file(report, fix).len)
            keep_file(report, fix, result);
        else
            changed = add_fix(edits, report, fix) || changed;
    }
    if (changed) {
        gdf_text *text = gdf_edits_apply(edits);
        gdf__builder_clear(&result->text);
        gdf__builder_add(&result->text, gdf_text_get(text));
        gdf_text_free(text);
    }
    gdf_edits_free(edits);
    gdf_report_free(report);
    return changed;
}

void case_apply_fixes(const case_setup *setup, gdf_rule rule, gdf_str text, case_result *result)
{
    *result = (case_result){.problem = gdf__empty};
    gdf__builder_init(&result->text, &gdf__default_allocator);
    gdf__builder_init(&result->file_name, &gdf__default_allocator);
    gdf__builder_init(&result->file, &gdf__default_allocator);
    gdf__builder_add(&result->text, text);
    uint32_t problems = 0;
    for (int round = 0; round <= MAX_ROUNDS; round++) {
        gdf_str current = gdf__builder_get(&result->text);
        gdf_document *document = gdf_document_parse(current.ptr, current.len, setup->options);
        uint32_t count = gdf_document_count_problems(document);
        bool changed = apply_round(setup, rule, document, result);
        gdf_document_free(document);
        if (round == 0)
            problems = count;
        if (count > problems)
            result->problem = GDF__LITERAL("the builder refuses the fixed text");
        if (!changed)
            return;
    }
    result->problem = GDF__LITERAL("the fixes never come to an end");
}

void case_result_free(case_result *result)
{
    gdf__builder_free(&result->text);
    gdf__builder_free(&result->file_name);
    gdf__builder_free(&result->file);
}
