#include "rewrite/selection.h"

#include "base/slice.h"
#include "base/sort.h"
#include "rules/catalogue.h"

/* ---- what the options allow ------------------------------------------------------------------ */

static bool is_named(gdf_rule rule, const gdf_options *options)
{
    size_t count = gdf_options_count_texts(options, GDF_OPTION_FIX_RULE);
    for (size_t i = 0; i < count; i++) {
        gdf_str name = gdf_options_get_text(options, GDF_OPTION_FIX_RULE, i);
        if (gdf__rule_has_name(rule, name, NULL))
            return true;
    }
    return false;
}

void gdf__permission_init(gdf__permission *permission, const gdf_options *options,
                          const gdf_allocator *allocator)
{
    *permission = (gdf__permission){.classes = {[GDF_FIX_SAFE] = true}};
    permission->classes[GDF_FIX_BUGFIX] = gdf_options_get_number(options, GDF_OPTION_FIX_BUGFIX);
    permission->classes[GDF_FIX_SUGGESTED] =
        gdf_options_get_number(options, GDF_OPTION_FIX_SUGGESTED);
    gdf__table_init(&permission->rules, allocator, sizeof(bool));
    if (gdf_options_count_texts(options, GDF_OPTION_FIX_RULE) == 0)
        return;
    for (gdf_rule rule = 0; rule <= gdf_rule_count(); rule++) {
        bool *row = gdf__table_add(&permission->rules);
        if (row)
            *row = rule && is_named(rule, options);
    }
}

void gdf__permission_free(gdf__permission *permission)
{
    gdf__table_free(&permission->rules);
}

static bool allows(const gdf__permission *permission, gdf_rule rule, const gdf__fix *fix)
{
    if (fix->fix_class > GDF_FIX_SUGGESTED || !permission->classes[fix->fix_class])
        return false;
    const gdf__table *rules = &permission->rules;
    return rules->count == 0 || (rule < rules->count && *GDF__AT(*rules, bool, rule));
}

/* ---- candidates ------------------------------------------------------------------------------ */

static uint32_t start_of(const gdf__fix *fix)
{
    return fix->edits.edits.count ? GDF__AT(fix->edits.edits, gdf__edit, 0)->start : 0;
}

static int compare_candidates(const void *left, const void *right)
{
    const gdf__candidate *a = left;
    const gdf__candidate *b = right;
    uint32_t a_start = start_of(a->fix);
    uint32_t b_start = start_of(b->fix);
    if (a_start != b_start)
        return a_start < b_start ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static const gdf__fix *choose_fix(const gdf__findings *findings, const gdf__finding *finding,
                                  const gdf__permission *permission, const gdf__table *withheld)
{
    for (uint32_t i = 0; i < finding->fix_count; i++) {
        const gdf__fix *fix = GDF__AT(findings->fixes, gdf__fix, finding->first_fix + i);
        if (allows(permission, finding->rule, fix) &&
            !gdf__withheld_has(withheld, finding->rule, finding->start, fix->title))
            return fix;
    }
    return NULL;
}

void gdf__candidates_collect(gdf__table *candidates, const gdf__findings *findings,
                             const gdf__permission *permission, const gdf__table *withheld)
{
    for (uint32_t i = 0; i < findings->findings.count; i++) {
        const gdf__finding *finding = GDF__AT(findings->findings, gdf__finding, i);
        const gdf__fix *fix =
            finding->suppressed ? NULL : choose_fix(findings, finding, permission, withheld);
        gdf__candidate *row = fix ? gdf__table_add(candidates) : NULL;
        if (row)
            *row = (gdf__candidate){.finding = finding, .fix = fix, .order = i};
    }
    gdf__table_sort(candidates, compare_candidates);
}

bool gdf__fix_is_empty(const gdf__fix *fix, gdf_str text)
{
    for (uint32_t i = 0; i < fix->edits.edits.count; i++) {
        const gdf__edit *edit = GDF__AT(fix->edits.edits, gdf__edit, i);
        if (!gdf__str_equal(gdf__str_slice(text, edit->start, edit->end), edit->text))
            return false;
    }
    return true;
}

/* ---- pieces ---------------------------------------------------------------------------------- */

static bool is_insertion(const gdf__edit *edit)
{
    return edit->start == edit->end;
}

static int compare_pieces(const void *left, const void *right)
{
    const gdf__piece *a = left;
    const gdf__piece *b = right;
    if (a->edit.start != b->edit.start)
        return a->edit.start < b->edit.start ? -1 : 1;
    if (is_insertion(&a->edit) != is_insertion(&b->edit))
        return is_insertion(&a->edit) ? -1 : 1;
    if (a->owner != b->owner)
        return a->owner < b->owner ? -1 : 1;
    return a->index < b->index ? -1 : a->index > b->index;
}

void gdf__pieces_collect(gdf__table *pieces, const gdf__table *candidates)
{
    for (uint32_t owner = 0; owner < candidates->count; owner++) {
        const gdf__table *edits = &GDF__AT(*candidates, gdf__candidate, owner)->fix->edits.edits;
        for (uint32_t i = 0; i < edits->count; i++) {
            gdf__piece *piece = gdf__table_add(pieces);
            if (piece)
                *piece = (gdf__piece){*GDF__AT(*edits, gdf__edit, i), owner, i};
        }
    }
    gdf__table_sort(pieces, compare_pieces);
}

/* ---- what can be applied together ------------------------------------------------------------ */

static bool overlap(const gdf__edit *a, const gdf__edit *b)
{
    if (is_insertion(a) && is_insertion(b))
        return a->start == b->start;
    return a->start < b->end && b->start < a->end;
}

static void drop(gdf__table *candidates, uint32_t index)
{
    GDF__AT(*candidates, gdf__candidate, index)->fix = NULL;
}

/* Sweeps over the edits and drops the later fix of every pair that overlaps. The first fix always
 * stays. */
static void drop_overlapping(gdf__table *candidates, const gdf__table *pieces)
{
    const gdf__piece *active = NULL;
    for (uint32_t i = 0; i < pieces->count; i++) {
        const gdf__piece *piece = GDF__AT(*pieces, gdf__piece, i);
        if (!GDF__AT(*candidates, gdf__candidate, piece->owner)->fix)
            continue;
        bool conflicts = active && active->owner != piece->owner &&
                         GDF__AT(*candidates, gdf__candidate, active->owner)->fix &&
                         overlap(&active->edit, &piece->edit);
        if (conflicts && active->owner < piece->owner) {
            drop(candidates, piece->owner);
            continue;
        }
        if (conflicts)
            drop(candidates, active->owner);
        active = piece;
    }
}

static void remove_dropped(gdf__table *candidates)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < candidates->count; i++) {
        gdf__candidate candidate = *GDF__AT(*candidates, gdf__candidate, i);
        if (candidate.fix)
            *GDF__AT(*candidates, gdf__candidate, kept++) = candidate;
    }
    candidates->count = kept;
}

static void prefer_local(gdf__table *candidates)
{
    bool any_local = false;
    for (uint32_t i = 0; i < candidates->count && !any_local; i++)
        any_local = !GDF__AT(*candidates, gdf__candidate, i)->fix->structural;
    for (uint32_t i = 0; i < candidates->count && any_local; i++) {
        if (GDF__AT(*candidates, gdf__candidate, i)->fix->structural)
            drop(candidates, i);
    }
    remove_dropped(candidates);
}

void gdf__candidates_reconcile(gdf__table *candidates)
{
    prefer_local(candidates);
    gdf__table pieces;
    gdf__table_init(&pieces, &candidates->allocator, sizeof(gdf__piece));
    gdf__pieces_collect(&pieces, candidates);
    drop_overlapping(candidates, &pieces);
    remove_dropped(candidates);
    candidates->failed |= pieces.failed;
    gdf__table_free(&pieces);
}
