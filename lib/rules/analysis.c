#include "rules/analysis.h"

#include "base/options.h"
#include "base/slice.h"
#include "base/sort.h"
#include "build/config.h"
#include "rules/dispatch.h"

static int compare_findings(const void *left, const void *right)
{
    const gdf__finding *a = left;
    const gdf__finding *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    if (a->rule != b->rule)
        return a->rule < b->rule ? -1 : 1;
    return gdf__str_compare(a->message, b->message);
}

/* True when the error of the build is asked for. In a file that the builder cannot read that is one
 * of the document's problems, unless the builder's checks end there. */
static bool wants_config(const gdf__analysis *analysis, const gdf_ruleset *ruleset, bool is_builder)
{
    return is_builder || (gdf_ruleset_is_enabled(ruleset, GDF__RULE_GEN001) &&
                          !analysis->document->unparsed && analysis->document->problems.count == 0);
}

static bool run_rules(gdf__analysis *analysis, const gdf_ruleset *ruleset,
                      const gdf_project *project, const gdf_options *options)
{
    gdf__suppressions suppressions;
    bool ready = gdf__suppressions_init(&suppressions, analysis->document, analysis->build);
    gdf__builder_control control =
        gdf__builder_control_of(analysis->document, analysis->build, &analysis->arena);
    bool is_builder = gdf__ruleset_is_builder(ruleset);
    bool needs_config = wants_config(analysis, ruleset, is_builder);
    gdf_config *config =
        needs_config ? gdf__config_create_for_check(analysis->build, options) : NULL;
    gdf__check check = {.document = analysis->document,
                        .build = analysis->build,
                        .golang = &analysis->golang,
                        .project = project,
                        .ruleset = ruleset,
                        .options = options,
                        .suppressions = &suppressions,
                        .control = &control,
                        .config = config,
                        .is_builder = is_builder,
                        .findings = &analysis->findings,
                        .max_findings = gdf_options_get_number(options, GDF_OPTION_MAX_FINDINGS)};
    gdf__edit_list_init(&check.discarded_fix.edits, &analysis->arena, 0);
    ready = ready && (config || !needs_config);
    if (ready)
        gdf__dispatch(&check);
    gdf_config_free(config);
    gdf__edit_list_free(&check.discarded_fix.edits);
    gdf__suppressions_free(&suppressions);
    return ready && !gdf__findings_failed(&analysis->findings) && !analysis->golang.arena.failed;
}

bool gdf__analysis_run(gdf__analysis *analysis, const gdf_document *document,
                       const gdf_ruleset *ruleset, const gdf_project *project,
                       const gdf_options *options)
{
    *analysis = (gdf__analysis){.document = document};
    gdf__arena_init(&analysis->arena, &document->arena.allocator);
    gdf__findings_init(&analysis->findings, &analysis->arena);
    analysis->build = gdf__ruleset_is_builder(ruleset)
                          ? gdf__build_create_without_tables(document, options)
                          : gdf_build_create(document, options);
    if (!analysis->build || !gdf__golang_init(&analysis->golang, analysis->build, project))
        return false;
    gdf_ruleset *production = ruleset ? NULL : gdf_ruleset_create(options);
    bool done = (ruleset || production) &&
                run_rules(analysis, ruleset ? ruleset : production, project, options);
    gdf_ruleset_free(production);
    gdf__table_sort(&analysis->findings.findings, compare_findings);
    return done;
}

void gdf__analysis_free(gdf__analysis *analysis)
{
    if (analysis->build)
        gdf__golang_free(&analysis->golang);
    gdf_build_free(analysis->build);
    gdf__findings_free(&analysis->findings);
    gdf__arena_free(&analysis->arena);
}
