/* IMG001: base images that are not pinned to a version. */
#include "base/slice.h"
#include "facts/tags.h"
#include "rules/support.h"

typedef struct image_use {
    gdf_part part;     /* the IMAGE part, or what stands for it */
    gdf_stage stage;   /* that uses it */
    gdf_str reference; /* expanded */
    bool certain;
} image_use;

static gdf_str moves_how(gdf__tag_movement movement)
{
    switch (movement) {
    case GDF__TAG_MISSING: return GDF__LITERAL("has no tag, which means latest");
    case GDF__TAG_LATEST: return GDF__LITERAL("is whatever is newest on the day of the build");
    case GDF__TAG_FAMILY:
        return GDF__LITERAL("moves from release to release without a change of the file");
    default: return gdf__empty;
    }
}

static void suggest(gdf__check *check, const image_use *use, gdf_str repository, gdf_str tag)
{
    gdf__image_suggestion suggestion =
        gdf__facts_suggest_image(repository, tag, gdf__support_now(check));
    gdf_str new_tag = gdf__short_text_get(&suggestion.tag);
    gdf_str new_repository = gdf__short_text_get(&suggestion.repository);
    if (!gdf__facts_has_suggestion(&suggestion) || new_tag.len == 0) {
        gdf__note(check, "no supported tag of this image is in the tables (%s)", GDF__FACTS_DATE);
        return;
    }
    if (gdf_part_get_flags(check->document, use->part) & GDF_PART_FLAG_VARIABLE) {
        gdf__note(check, "the reference comes from a variable: set its default to a tag such as %S",
                  new_tag);
        return;
    }
    gdf_str title = gdf__support_text(check, "Pin it to %S:%S (tables of %s)", new_repository,
                                      new_tag, GDF__FACTS_DATE);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = title;
    gdf__fix_end(check, gdf__edit_set_tag(&fix->edits, check->document, use->part, new_tag));
}

static void check_image(gdf__check *check, const image_use *use)
{
    gdf__image_reference image = gdf__image_reference_split(use->reference);
    bool valid = gdf__image_reference_check(use->reference, gdf__support_arena(check)).len == 0;
    if (!use->certain || !valid || image.digest.len)
        return;
    gdf_str repository = gdf__facts_join_name(image.registry, image.repository);
    gdf__tag_movement movement = gdf__facts_judge_tag(repository, image.tag);
    gdf_str how = moves_how(movement);
    if (how.len == 0)
        return;
    gdf__report_part(check, GDF__RULE_IMG001, use->part);
    gdf__say(check, "%S %S", use->reference, how);
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, use->stage);
    if (movement == GDF__TAG_FAMILY && stage && !stage->in_runtime_chain)
        gdf__set_severity(check, GDF_SEVERITY_INFO);
    suggest(check, use, repository, image.tag);
}

void gdf__check_unpinned_image(gdf__check *check)
{
    for (uint32_t i = 0; i < check->build->edges.count; i++) {
        const gdf__edge *edge = gdf__build_edge(check->build, i);
        const gdf__stage *stage = gdf__build_stage(check->build, edge->stage);
        if (edge->source || edge->is_context || edge->is_index || edge->is_invalid ||
            edge->is_trigger ||
            (edge->kind == GDF_EDGE_BASE && (!stage || stage->is_replaced || stage->is_scratch)))
            continue;
        gdf_part part = edge->part;
        if (gdf_part_get_kind(check->document, part) != GDF_PART_IMAGE)
            part = gdf_part_find(check->document, part, GDF_PART_IMAGE, 0);
        image_use use = {.part = part,
                         .stage = edge->stage,
                         .reference = edge->reference,
                         .certain = part && !(edge->flags & GDF__VALUE_UNKNOWN)};
        check_image(check, &use);
    }
}
