/* Real files: each is read, checked and rewritten; every promise holds for all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <godockerfile.h>

#include "conformance/golden_rows.h"
#include "conformance/packed_files.h"
#include "corpus/untouched.h"
#include "support/promises.h"

enum { SHOWN_FAILURES = 20, CLASSES = GDF_FIX_SUGGESTED + 1 };

/* Both kinds of rewriting: what is safe or repairs, and everything. */
enum { CAREFUL, SUGGESTED, KINDS };

typedef struct tally {
    uint32_t files;
    uint32_t failures;
    uint32_t *findings; /* by rule */
    uint32_t *applied;  /* by rule */
    uint32_t *withheld; /* by rule */
    uint32_t by_class[KINDS][CLASSES];
    uint32_t fixes_tried[CLASSES]; /* one by one */
    uint32_t changed_files[KINDS];
    uint32_t withheld_fixes[KINDS];
    gdf_options *options[KINDS];
} tally;

static void note_failure(tally *all, const packed_file *file, const char *what)
{
    if (all->failures++ < SHOWN_FAILURES)
        print_message("%.*s: %s\n", (int)file->name.len, file->name.ptr, what);
}

static void demand(tally *all, const packed_file *file, const char *broken)
{
    if (broken)
        note_failure(all, file, broken);
}

/* ---- one fix alone ---- */

static gdf_document *apply_alone(const gdf_document *document, const gdf_report *report,
                                 gdf_fix fix, const gdf_options *options)
{
    gdf_edits *edits = gdf_edits_create(document);
    for (uint32_t i = 0; i < gdf_fix_count_edits(report, fix); i++) {
        gdf_str text = gdf_fix_get_edit_text(report, fix, i);
        gdf_edits_replace(edits, gdf_fix_get_edit_start(report, fix, i),
                          gdf_fix_get_edit_end(report, fix, i), text.ptr, text.len);
    }
    gdf_text *text = gdf_edits_apply(edits);
    gdf_edits_free(edits);
    gdf_str result = gdf_text_get(text);
    gdf_document *after = gdf_document_parse(result.ptr, result.len, options);
    gdf_text_free(text);
    return after;
}

static void try_fix(tally *all, const packed_file *file, const gdf_document *document,
                    const gdf_report *report, gdf_fix fix)
{
    gdf_fix_class class = gdf_fix_get_class(report, fix);
    if (gdf_fix_get_file(report, fix).len)
        return;
    gdf_document *after = apply_alone(document, report, fix, all->options[CAREFUL]);
    all->fixes_tried[class]++;
    if (!after || !untouched_instructions_remain(document, report, fix, fix, after))
        note_failure(all, file, gdf_fix_get_title(report, fix).ptr);
    if (gdf_document_count_problems(after) > gdf_document_count_problems(document))
        note_failure(all, file, "a fix gives the builder something to refuse");
    gdf_document_free(after);
}

static void try_fixes(tally *all, const packed_file *file, const gdf_document *document,
                      const gdf_report *report)
{
    for (gdf_finding finding = 1; finding <= gdf_report_count_findings(report); finding++) {
        all->findings[gdf_finding_get_rule(report, finding)]++;
        for (uint32_t i = 0; i < gdf_finding_count_fixes(report, finding); i++)
            try_fix(all, file, document, report, gdf_finding_get_fix(report, finding, i));
    }
}

static gdf_fix count_fixes(const gdf_report *report)
{
    gdf_fix last = 0;
    for (gdf_finding finding = 1; finding <= gdf_report_count_findings(report); finding++) {
        for (uint32_t i = 0; i < gdf_finding_count_fixes(report, finding); i++) {
            gdf_fix fix = gdf_finding_get_fix(report, finding, i);
            last = fix > last ? fix : last;
        }
    }
    return last;
}

/* ---- a whole file ---- */

static void check_reading(tally *all, const packed_file *file, const gdf_document *document)
{
    gdf_build *build = gdf_build_create(document, NULL);
    demand(all, file, promises_broken_by_document(document, file->text));
    demand(all, file, build ? promises_broken_by_build(build, document) : "memory");
    gdf_build_free(build);
}

static void check_report(tally *all, const packed_file *file, const gdf_document *document)
{
    gdf_report *report = gdf_report_create(document, NULL, NULL, NULL);
    gdf_text *text = gdf_report_render(report, GDF_REPORT_TEXT, NULL);
    gdf_text *json = gdf_report_render(report, GDF_REPORT_JSON, NULL);
    demand(all, file, report && text && json ? NULL : "memory");
    demand(all, file, promises_broken_by_report(report, document));
    try_fixes(all, file, document, report);
    gdf_text_free(text);
    gdf_text_free(json);
    gdf_report_free(report);
}

static void count_rewrite(tally *all, const gdf_rewrite *rewrite, int kind)
{
    all->changed_files[kind] += gdf_rewrite_is_changed(rewrite) != 0;
    all->withheld_fixes[kind] += gdf_rewrite_count_withheld(rewrite);
    for (uint32_t i = 0; i < gdf_rewrite_count_applied(rewrite); i++) {
        all->by_class[kind][gdf_rewrite_get_applied_class(rewrite, i)]++;
        if (kind == SUGGESTED)
            all->applied[gdf_rewrite_get_applied_rule(rewrite, i)]++;
    }
    for (uint32_t i = 0; i < gdf_rewrite_count_withheld(rewrite); i++) {
        if (kind == SUGGESTED)
            all->withheld[gdf_rewrite_get_withheld_rule(rewrite, i)]++;
    }
}

/* True when the rewrite applied fixes that only an earlier fix made possible. */
static bool went_further(const gdf_report *report, const gdf_rewrite *rewrite)
{
    int64_t *left = calloc((size_t)gdf_rule_count() + 1, sizeof *left);
    assert_non_null(left);
    for (gdf_finding finding = 1; finding <= gdf_report_count_findings(report); finding++)
        left[gdf_finding_get_rule(report, finding)] += gdf_finding_count_fixes(report, finding) > 0;
    bool further = false;
    for (uint32_t i = 0; i < gdf_rewrite_count_applied(rewrite); i++)
        further |= --left[gdf_rewrite_get_applied_rule(rewrite, i)] < 0;
    free(left);
    return further;
}

/* What no fix of the first report touches is still there. */
static void check_extent(tally *all, const packed_file *file, const gdf_document *document,
                         const gdf_rewrite *rewrite)
{
    gdf_str text = gdf_rewrite_get_text(rewrite);
    gdf_report *report = gdf_report_create(document, NULL, NULL, NULL);
    gdf_document *after = gdf_document_parse(text.ptr, text.len, NULL);
    if (!went_further(report, rewrite) &&
        !untouched_instructions_remain(document, report, 1, count_fixes(report), after))
        note_failure(all, file, "instructions changed that no fix touches");
    gdf_document_free(after);
    gdf_report_free(report);
}

static void check_rewrite(tally *all, const packed_file *file, const gdf_document *document,
                          int kind)
{
    gdf_rewrite *rewrite = gdf_rewrite_create(document, NULL, NULL, all->options[kind]);
    demand(all, file,
           rewrite ? promises_broken_by_rewrite(rewrite, NULL, NULL, all->options[kind])
                   : "memory");
    check_extent(all, file, document, rewrite);
    count_rewrite(all, rewrite, kind);
    gdf_rewrite_free(rewrite);
}

static void check_file(tally *all, const packed_file *file)
{
    gdf_document *document = gdf_document_parse(file->text.ptr, file->text.len, NULL);
    assert_non_null(document);
    all->files++;
    check_reading(all, file, document);
    check_report(all, file, document);
    check_rewrite(all, file, document, CAREFUL);
    check_rewrite(all, file, document, SUGGESTED);
    gdf_document_free(document);
}

/* ---- the numbers ---- */

static void print_rules(const tally *all)
{
    print_message("%-8s %9s %9s %9s\n", "rule", "findings", "applied", "withheld");
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++) {
        if (all->findings[rule] || all->applied[rule] || all->withheld[rule])
            print_message("%-8s %9u %9u %9u\n", gdf_rule_get_code(rule), all->findings[rule],
                          all->applied[rule], all->withheld[rule]);
    }
}

static void print_kind(const tally *all, int kind, const char *name)
{
    const uint32_t *by_class = all->by_class[kind];
    print_message("%s: %u files changed; %u safe, %u bugfix, %u suggested fixes applied, "
                  "%u withheld\n",
                  name, all->changed_files[kind], by_class[GDF_FIX_SAFE], by_class[GDF_FIX_BUGFIX],
                  by_class[GDF_FIX_SUGGESTED], all->withheld_fixes[kind]);
}

static void print_tally(const tally *all)
{
    print_rules(all);
    print_message("%u files; fixes tried alone: %u safe, %u bugfix, %u suggested\n", all->files,
                  all->fixes_tried[GDF_FIX_SAFE], all->fixes_tried[GDF_FIX_BUGFIX],
                  all->fixes_tried[GDF_FIX_SUGGESTED]);
    print_kind(all, CAREFUL, "safe and bugfix");
    print_kind(all, SUGGESTED, "with suggested");
}

static void init_tally(tally *all)
{
    size_t rules = (size_t)gdf_rule_count() + 1;
    *all = (tally){.findings = calloc(rules, sizeof(uint32_t)),
                   .applied = calloc(rules, sizeof(uint32_t)),
                   .withheld = calloc(rules, sizeof(uint32_t)),
                   .options = {gdf_options_create(NULL), gdf_options_create(NULL)}};
    assert_true(all->findings && all->applied && all->withheld);
    assert_true(all->options[CAREFUL] && all->options[SUGGESTED]);
    gdf_options_set_number(all->options[SUGGESTED], GDF_OPTION_FIX_SUGGESTED, 1);
}

static void free_tally(tally *all)
{
    free(all->findings);
    free(all->applied);
    free(all->withheld);
    gdf_options_free(all->options[CAREFUL]);
    gdf_options_free(all->options[SUGGESTED]);
}

static void every_file_keeps_the_promises(void **state)
{
    const packed_files *corpus = *state;
    tally all;
    init_tally(&all);
    for (uint32_t i = 0; i < corpus->files.count; i++)
        check_file(&all, GDF__AT(corpus->files, packed_file, i));
    print_tally(&all);
    uint32_t failures = all.failures;
    free_tally(&all);
    assert_int_equal(failures, 0);
}

int main(void)
{
    packed_files corpus;
    if (!packed_files_open(&corpus, "corpus/files.tar"))
        return GOLDEN_SKIPPED;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(every_file_keeps_the_promises, &corpus)};
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    packed_files_close(&corpus);
    return failed;
}
