/* FROM: names, bases and roots of the stages. */
#include "base/slice.h"
#include "build/work.h"

gdf_stage gdf__find_stage_by_name(const gdf_build *build, gdf_str name, gdf__arena *arena)
{
    const gdf__name_entry *entry =
        gdf__name_map_find(&build->stage_names, gdf__to_lower(name, arena));
    return entry ? entry->value : 0;
}

static gdf_str part_value(const gdf_document *document, gdf_node node, gdf_part_kind kind)
{
    return gdf_part_get_value(document, gdf_instruction_find_part(document, node, kind, 0));
}

static gdf__expansion expand_global(gdf_build *build, gdf_str text)
{
    gdf__scope scope = {.build = build, .variables = build->global_variables};
    return gdf__scope_expand(&scope, text, 0, build->document->escape, &build->arena);
}

static gdf_str platform_flag(const gdf_document *document, gdf_node from)
{
    gdf_part flag = gdf_instruction_find_flag(document, from, "platform", 0);
    return gdf_part_get_value(document, gdf_part_find(document, flag, GDF_PART_FLAG_VALUE, 0));
}

/* Images of Windows as the registries name them. */
static bool is_windows_image(gdf_str image)
{
    static const char *const SIGNS[] = {"windowsservercore", "nanoserver", "windows/servercore",
                                        "mcr.microsoft.com/windows"};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (gdf__str_contains(image, SIGNS[i]))
            return true;
    }
    return false;
}

/* A backtick as escape character is what files for Windows need; on an image that the tables know
 * to be Linux it says nothing. */
static bool is_windows(const gdf_build *build, const gdf__stage *stage, gdf_stage id)
{
    if (gdf__str_starts(stage->platform, "windows") || is_windows_image(stage->base))
        return true;
    return build->document->escape == '`' && !stage->is_scratch &&
           gdf__build_find_image(build, id).family == GDF__IMAGE_UNKNOWN;
}

/* What holds for every tag of an image of which only the name is certain. */
static gdf__image_facts facts_of_any_tag(const gdf_build *build, const gdf__stage *root)
{
    gdf_str written = part_value(build->document, root->instruction, GDF_PART_IMAGE);
    gdf__image_reference image = gdf__image_reference_split(written);
    gdf_str name = gdf__facts_join_name(image.registry, image.repository);
    if (gdf__str_has_byte(name, '$'))
        name = gdf__empty;
    return gdf__facts_find_image(name, GDF__LITERAL("?"));
}

static gdf__image_facts facts_of_root(const gdf_build *build, const gdf__stage *root)
{
    if (root->is_scratch || root->is_context)
        return gdf__facts_find_image(gdf__empty, gdf__empty);
    if (root->is_base_unknown)
        return facts_of_any_tag(build, root);
    gdf_str name = gdf__facts_join_name(root->image.registry, root->image.repository);
    bool only_digest = root->image.tag.len == 0 && root->image.digest.len > 0;
    return gdf__facts_find_image(name, only_digest ? GDF__LITERAL("?") : root->image.tag);
}

static void describe_root(gdf_build *build, gdf__stage *stage)
{
    stage->is_context = gdf__is_named_context(build, stage->base);
    stage->is_base_unknown = (stage->base_flags & GDF__VALUE_UNKNOWN) != 0;
    stage->is_scratch = !stage->is_base_unknown && gdf__str_is(stage->base, "scratch");
    if (!stage->is_context && !stage->is_base_unknown && !stage->is_scratch)
        stage->image = gdf__image_reference_split(stage->base);
    stage->facts = facts_of_root(build, stage);
}

static void inherit_root(const gdf_build *build, gdf__stage *stage)
{
    const gdf__stage *base = gdf__build_stage(build, stage->base_stage);
    stage->root = base->root;
    stage->image = base->image;
    stage->is_scratch = base->is_scratch;
    stage->is_context = base->is_context;
    stage->is_base_unknown = base->is_base_unknown;
    stage->is_windows = base->is_windows;
}

static void find_base(gdf_build *build, gdf_stage id)
{
    gdf__stage *stage = GDF__AT(build->stages, gdf__stage, id - 1);
    if (stage->name.len && gdf__is_named_context(build, stage->name)) {
        stage->is_replaced = true;
        stage->is_context = true;
        stage->facts = facts_of_root(build, stage);
        return;
    }
    const gdf__name_entry *entry = gdf__name_map_find(&build->stage_names, stage->base);
    stage->base_stage = entry ? entry->value : 0;
    if (stage->base_stage) {
        inherit_root(build, stage);
        return;
    }
    describe_root(build, stage);
    stage->is_windows = is_windows(build, stage, id);
}

static void name_stage(gdf_build *build, gdf_stage id)
{
    gdf_str name = GDF__AT(build->stages, gdf__stage, id - 1)->name;
    gdf__name_entry *entry = name.len ? gdf__name_map_add(&build->stage_names, name, id) : NULL;
    if (entry)
        entry->value = id;
}

static void begin_stage(gdf_build *build, gdf_node from, uint32_t index)
{
    const gdf_document *document = build->document;
    gdf__stage *stage = gdf__table_add(&build->stages);
    if (!stage)
        return;
    gdf_stage id = build->stages.count;
    gdf_str name = part_value(document, from, GDF_PART_STAGE_NAME);
    gdf__expansion base = expand_global(build, part_value(document, from, GDF_PART_IMAGE));
    gdf__expansion platform = expand_global(build, platform_flag(document, from));
    if (base.is_limited || platform.is_limited)
        gdf__build_note_limit(build, from, gdf__word_limit_text);
    *stage = (gdf__stage){.instruction = from,
                          .first_instruction = index,
                          .name = gdf__to_lower(name, &build->arena),
                          .base = base.text,
                          .base_flags = base.flags,
                          .platform = platform.text,
                          .platform_flags = platform.flags,
                          .root = id,
                          .image = {gdf__empty, gdf__empty, gdf__empty, gdf__empty}};
    find_base(build, id);
    name_stage(build, id);
}

void gdf__read_stages(gdf_build *build, uint32_t first_instruction)
{
    const gdf_document *document = build->document;
    for (uint32_t i = first_instruction; i < document->instructions.count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        if (gdf_node_get_instruction(document, node) == GDF_INSTRUCTION_FROM)
            begin_stage(build, node, i);
        if (build->stages.failed)
            return;
        GDF__AT(build->stages, gdf__stage, build->stages.count - 1)->instruction_count++;
    }
}

/* ---- for the layers above -------------------------------------------------------------------- */

const gdf__stage *gdf__build_stage(const gdf_build *build, gdf_stage stage)
{
    if (!build || stage == 0 || stage > build->stages.count)
        return NULL;
    return GDF__AT(build->stages, gdf__stage, stage - 1);
}

bool gdf__build_is_scratch(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row && row->is_scratch && !row->is_context;
}

gdf__image_facts gdf__build_find_image(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return row ? gdf__build_stage(build, row->root)->facts
               : gdf__facts_find_image(gdf__empty, gdf__empty);
}
