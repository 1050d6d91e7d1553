/* Checks of FROM's words: the names of stages and the AS in front of them. */
#include "base/name_map.h"
#include "base/slice.h"
#include "base/sort.h"
#include "base/unicode_case.h"
#include "build/work.h"
#include "instruction/values.h"
#include "rules/builder_checks.h"

/* ---- references ------------------------------------------------------------------------------ */

static int compare_references(const void *left, const void *right)
{
    const gdf__builder_reference *a = left;
    const gdf__builder_reference *b = right;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    return a->image < b->image ? -1 : a->image > b->image;
}

void gdf__builder_read_references(gdf__builder_walk *walk)
{
    for (uint32_t i = 0; i < walk->build->edges.count; i++) {
        const gdf__edge *edge = gdf__build_edge(walk->build, i);
        bool is_base = edge->kind == GDF_EDGE_BASE;
        if (!edge->source || edge->is_index || edge->is_trigger)
            continue;
        gdf_part image =
            is_base ? edge->part : gdf_part_find(walk->document, edge->part, GDF_PART_IMAGE, 0);
        gdf__builder_reference *row = gdf__table_add(&walk->references);
        if (row)
            *row = (gdf__builder_reference){edge->source, image, is_base};
    }
    gdf__table_sort(&walk->references, compare_references);
}

/* Index of the first reference to the stage. */
static uint32_t first_reference(const gdf__builder_walk *walk, gdf_stage stage)
{
    uint32_t low = 0;
    uint32_t high = walk->references.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (GDF__AT(walk->references, gdf__builder_reference, middle)->stage < stage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The `index`th reference when it is one to the stage; else NULL. */
static const gdf__builder_reference *reference_to(const gdf__builder_walk *walk, gdf_stage stage,
                                                  uint32_t index)
{
    if (index >= walk->references.count)
        return NULL;
    const gdf__builder_reference *row = GDF__AT(walk->references, gdf__builder_reference, index);
    return row->stage == stage ? row : NULL;
}

/* ---- CHK001 StageNameCasing ------------------------------------------------------------------ */

/* FROM finds no name that has capitals: its references are in lower case. */
static gdf_status lower_references(gdf__builder_walk *walk, gdf__fix *fix, gdf_stage stage)
{
    gdf_status status = GDF_OK;
    uint32_t at = first_reference(walk, stage);
    const gdf__builder_reference *row = reference_to(walk, stage, at);
    for (; row && status == GDF_OK; row = reference_to(walk, stage, ++at)) {
        gdf_str name = gdf_part_get_value(walk->document, row->image);
        bool exact = gdf_part_get_flags(walk->document, row->image) & GDF_PART_FLAG_EXACT;
        if (row->image && !row->is_base && exact && gdf__utf8_changes_when_lowered(name))
            status = gdf__edit_set_case(&fix->edits, walk->document, row->image, false);
    }
    return status;
}

static void check_stage_name(gdf__builder_walk *walk, gdf_node from)
{
    gdf__check *check = walk->check;
    gdf_node third = gdf__builder_argument(walk, from, 2);
    gdf_str name = gdf_node_get_value(walk->document, third);
    if (!third || gdf__builder_argument(walk, from, 3) || !gdf__utf8_changes_when_lowered(name))
        return;
    gdf__report_check(check, GDF__RULE_CHK001, from, from);
    gdf__say(check, "Stage name '%S' should be lowercase", name);
    gdf_part part = gdf_instruction_find_part(walk->document, from, GDF_PART_STAGE_NAME, 0);
    if (!gdf__stage_name_is_valid(name)) {
        gdf__note(check,
                  "the builder refuses the name in any case, and expands no variables in it");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE,
                                   "Write the name and all references to it in lower case");
    gdf_status status = gdf__edit_set_case(&fix->edits, walk->document, part, false);
    if (status == GDF_OK)
        status = lower_references(walk, fix, gdf_build_find_stage(walk->build, from));
    gdf__fix_end(check, status);
}

/* ---- CHK002 FromAsCasing --------------------------------------------------------------------- */

static void check_as(gdf__builder_walk *walk, gdf_node from)
{
    gdf__check *check = walk->check;
    gdf_str keyword = gdf_node_get_value(walk->document, from);
    gdf_str as = gdf_node_get_value(walk->document, gdf__builder_argument(walk, from, 1));
    bool upper = !gdf__utf8_changes_when_uppered(keyword);
    bool lower = !gdf__utf8_changes_when_lowered(keyword);
    bool differs = upper ? gdf__utf8_changes_when_uppered(as) : gdf__utf8_changes_when_lowered(as);
    if (!gdf__builder_argument(walk, from, 2) || (!upper && !lower) || !differs)
        return;
    gdf__report_check(check, GDF__RULE_CHK002, from, from);
    gdf__say(check, "'%S' and '%S' keywords' casing do not match", as, keyword);
    gdf_part part = gdf_instruction_find_part(walk->document, from, GDF_PART_AS, 0);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "Write AS in the case of FROM");
    gdf__fix_end(check, gdf__edit_set_case(&fix->edits, walk->document, part, upper));
}

void gdf__builder_check_stage_words(gdf__builder_walk *walk, gdf_node from)
{
    check_stage_name(walk, from);
    check_as(walk, from);
}

/* ---- CHK006 ReservedStageName ---------------------------------------------------------------- */

/* `<name>-stage`, with a number when that is taken. */
static gdf_str free_name(const gdf__builder_walk *walk, gdf_str name)
{
    enum { MAX_NUMBER = 100 };
    gdf_str wanted = gdf__support_text(walk->check, "%S-stage", name);
    for (int i = 2; i < MAX_NUMBER && gdf__name_map_find(&walk->build->stage_names, wanted); i++)
        wanted = gdf__support_text(walk->check, "%S-stage%d", name, i);
    return wanted;
}

static void rename_stage(gdf__builder_walk *walk, gdf_stage stage, gdf_node from)
{
    gdf_str name = free_name(walk, gdf_stage_get_name(walk->build, stage));
    gdf_part part = gdf_instruction_find_part(walk->document, from, GDF_PART_STAGE_NAME, 0);
    gdf__fix *fix =
        gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED, "Rename the stage and all references to it");
    gdf_status status = gdf__edit_set_part(&fix->edits, walk->document, part, name);
    uint32_t at = first_reference(walk, stage);
    const gdf__builder_reference *row = reference_to(walk, stage, at);
    for (; row && status == GDF_OK; row = reference_to(walk, stage, ++at))
        status = gdf__edit_set_part(&fix->edits, walk->document, row->image, name);
    gdf__fix_end(walk->check, status);
}

static void check_reserved(gdf__builder_walk *walk, gdf_stage stage, gdf_node from)
{
    gdf_str name = gdf_stage_get_name(walk->build, stage);
    if (!gdf__str_is(name, "scratch") && !gdf__str_is(name, "context"))
        return;
    gdf__report_check(walk->check, GDF__RULE_CHK006, from, 0);
    gdf__say(walk->check, "Stage name should not use the same name as reserved stage %q", name);
    rename_stage(walk, stage, from);
}

/* ---- CHK005 DuplicateStageName --------------------------------------------------------------- */

static void check_duplicate(gdf__builder_walk *walk, gdf__name_map *names, gdf_stage stage,
                            gdf_node from)
{
    gdf_str name = gdf_stage_get_name(walk->build, stage);
    if (name.len == 0)
        return;
    const gdf__name_entry *entry = gdf__name_map_add(names, name, stage);
    if (!entry || entry->value == stage)
        return;
    gdf_node earlier = gdf_stage_get_instruction(walk->build, entry->value);
    gdf__report_check(walk->check, GDF__RULE_CHK005, from, 0);
    gdf__say(walk->check, "Duplicate stage name %q, stage names should be unique", name);
    gdf__relate(walk->check, gdf_node_get_start(walk->document, earlier),
                gdf_node_get_end(walk->document, earlier), "the first stage of that name");
}

void gdf__builder_check_stage_names(gdf__builder_walk *walk)
{
    gdf__name_map names;
    gdf__name_map_init(&names, &walk->arena->allocator);
    uint32_t count = gdf_build_count_stages(walk->build);
    for (gdf_stage stage = 1; stage <= count; stage++) {
        gdf_node from = gdf_stage_get_instruction(walk->build, stage);
        check_reserved(walk, stage, from);
        check_duplicate(walk, &names, stage, from);
    }
    walk->arena->failed = walk->arena->failed || gdf__name_map_failed(&names);
    gdf__name_map_free(&names);
}
