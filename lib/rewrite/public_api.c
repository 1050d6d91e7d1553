/* gdf_rewrite_create() and the readers of a rewrite. */
#include "base/slice.h"
#include "rewrite/rewrite.h"

/* What one call was given, for its analyser. */
typedef struct inputs {
    const gdf_ruleset *ruleset;
    const gdf_project *project;
    const gdf_options *options;
} inputs;

static bool run_analysis(const void *context, const gdf_document *document, gdf__analysis *analysis)
{
    const inputs *given = context;
    return gdf__analysis_run(analysis, document, given->ruleset, given->project, given->options);
}

gdf_rewrite *gdf_rewrite_create(const gdf_document *document, const gdf_ruleset *ruleset,
                                const gdf_project *project, const gdf_options *options)
{
    if (!document)
        return NULL;
    inputs given = {ruleset, project, options};
    gdf__analyser analyser = {run_analysis, gdf__analysis_free, &given};
    return gdf__rewrite_run(document, options, &analyser);
}

void gdf_rewrite_free(gdf_rewrite *rewrite)
{
    if (!rewrite)
        return;
    gdf_allocator allocator = rewrite->allocator;
    gdf__table_free(&rewrite->applied);
    gdf__table_free(&rewrite->withheld);
    gdf__table_free(&rewrite->files);
    gdf__arena_free(&rewrite->arena);
    gdf__release(&allocator, rewrite);
}

/* ---- texts ----------------------------------------------------------------------------------- */

gdf_str gdf_rewrite_get_original(const gdf_rewrite *rewrite)
{
    return rewrite ? rewrite->original : gdf__empty;
}

gdf_str gdf_rewrite_get_text(const gdf_rewrite *rewrite)
{
    return rewrite ? rewrite->text : gdf__empty;
}

int gdf_rewrite_is_changed(const gdf_rewrite *rewrite)
{
    return rewrite && !gdf__str_equal(rewrite->original, rewrite->text);
}

/* ---- fixes ----------------------------------------------------------------------------------- */

static const gdf__applied *get_applied(const gdf_rewrite *rewrite, uint32_t index)
{
    return index < gdf_rewrite_count_applied(rewrite)
               ? GDF__AT(rewrite->applied, gdf__applied, index)
               : NULL;
}

uint32_t gdf_rewrite_count_applied(const gdf_rewrite *rewrite)
{
    return rewrite ? rewrite->applied.count : 0;
}

gdf_rule gdf_rewrite_get_applied_rule(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__applied *row = get_applied(rewrite, index);
    return row ? row->rule : 0;
}

gdf_fix_class gdf_rewrite_get_applied_class(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__applied *row = get_applied(rewrite, index);
    return row ? row->fix_class : GDF_FIX_NONE;
}

gdf_str gdf_rewrite_get_applied_title(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__applied *row = get_applied(rewrite, index);
    return row ? row->title : gdf__empty;
}

static const gdf__withheld *get_withheld(const gdf_rewrite *rewrite, uint32_t index)
{
    return index < gdf_rewrite_count_withheld(rewrite)
               ? GDF__AT(rewrite->withheld, gdf__withheld, index)
               : NULL;
}

uint32_t gdf_rewrite_count_withheld(const gdf_rewrite *rewrite)
{
    return rewrite ? rewrite->withheld.count : 0;
}

gdf_rule gdf_rewrite_get_withheld_rule(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__withheld *row = get_withheld(rewrite, index);
    return row ? row->rule : 0;
}

gdf_str gdf_rewrite_get_withheld_reason(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__withheld *row = get_withheld(rewrite, index);
    return row ? row->reason : gdf__empty;
}

/* ---- files ----------------------------------------------------------------------------------- */

static const gdf__new_file *get_file(const gdf_rewrite *rewrite, uint32_t index)
{
    return index < gdf_rewrite_count_files(rewrite) ? GDF__AT(rewrite->files, gdf__new_file, index)
                                                    : NULL;
}

uint32_t gdf_rewrite_count_files(const gdf_rewrite *rewrite)
{
    return rewrite ? rewrite->files.count : 0;
}

gdf_str gdf_rewrite_get_file_name(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__new_file *row = get_file(rewrite, index);
    return row ? row->name : gdf__empty;
}

gdf_str gdf_rewrite_get_file_content(const gdf_rewrite *rewrite, uint32_t index)
{
    const gdf__new_file *row = get_file(rewrite, index);
    return row ? row->content : gdf__empty;
}
