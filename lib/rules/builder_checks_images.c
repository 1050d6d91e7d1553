/* Checks of what FROM asks for: image and platform, as the arguments of the file make them. */
#include "base/name_map.h"
#include "base/slice.h"
#include "build/work.h"
#include "instruction/platform.h"
#include "rules/builder_checks.h"

static gdf_str image_text(const gdf__builder_walk *walk, gdf_node from)
{
    return gdf_part_get_value(walk->document,
                              gdf_instruction_find_part(walk->document, from, GDF_PART_IMAGE, 0));
}

static gdf_part platform_part(const gdf__builder_walk *walk, gdf_node from)
{
    gdf_part flag = gdf_instruction_find_flag(walk->document, from, "platform", 0);
    return gdf_part_find(walk->document, flag, GDF_PART_FLAG_VALUE, 0);
}

/* ---- the arguments in front of the first FROM ------------------------------------------------ */

/* Their values, with or without what is given to the build. */
typedef struct globals {
    const gdf__builder_walk *walk;
    gdf__scope automatic;
    gdf__name_map names; /* → index into values */
    gdf__table values;   /* of gdf_str */
    bool uses_given;
} globals;

static void globals_init(globals *scope, const gdf__builder_walk *walk, bool uses_given)
{
    const gdf__image_state *first = GDF__AT(walk->build->states, gdf__image_state, 0);
    *scope = (globals){.walk = walk,
                       .automatic = {.build = walk->build, .variables = first->variables},
                       .uses_given = uses_given};
    gdf__name_map_init(&scope->names, &walk->arena->allocator);
    gdf__table_init(&scope->values, &walk->arena->allocator, sizeof(gdf_str));
}

static void globals_free(globals *scope)
{
    if (gdf__name_map_failed(&scope->names) || scope->values.failed)
        scope->walk->arena->failed = true;
    gdf__name_map_free(&scope->names);
    gdf__table_free(&scope->values);
}

static bool find_global(void *context, gdf_str name, gdf_str *value)
{
    const globals *scope = context;
    const gdf__name_entry *entry = gdf__name_map_find(&scope->names, name);
    if (entry && entry->value < scope->values.count) {
        *value = *GDF__AT(scope->values, gdf_str, entry->value);
        return true;
    }
    gdf__variable variable = gdf__scope_find(&scope->automatic, name);
    *value = variable.value;
    return variable.state == GDF__VARIABLE_SET;
}

static gdf__word_expansion expand_global(globals *scope, gdf_str text)
{
    gdf__word_rules rules =
        gdf__rules_for(scope->walk->build, text, (gdf__word_environment){find_global, scope});
    return gdf__word_expand(&rules, text, scope->walk->arena);
}

static void set_global(globals *scope, gdf_str name, gdf_str value)
{
    gdf__name_entry *entry = gdf__name_map_add(&scope->names, name, 0);
    gdf_str *row = gdf__table_add(&scope->values);
    if (!entry || !row)
        return;
    *row = value;
    entry->value = scope->values.count - 1;
}

/* Takes in one ARG; false when the builder refuses a value. */
static bool read_global(globals *scope, gdf_node node)
{
    const gdf_document *document = scope->walk->document;
    uint32_t count = gdf_instruction_count_parts(document, node);
    gdf_part first = count ? gdf_instruction_get_part(document, node, 0) : 0;
    for (gdf_part part = first; part < first + count; part++) {
        if (gdf_part_get_kind(document, part) != GDF_PART_PAIR)
            continue;
        gdf_str name = gdf_part_get_value(document, gdf_part_find(document, part, GDF_PART_KEY, 0));
        gdf_part value = gdf_part_find(document, part, GDF_PART_VALUE, 0);
        const gdf_str *given =
            scope->uses_given ? gdf__find_build_argument(scope->walk->build, name) : NULL;
        if (given) {
            set_global(scope, name, *given);
        } else if (value) {
            gdf__word_expansion word = expand_global(scope, gdf_part_get_value(document, value));
            if (word.status != GDF__WORD_OK)
                return false;
            set_global(scope, name, word.text);
        }
    }
    return true;
}

static bool read_globals(globals *scope)
{
    const gdf_document *document = scope->walk->document;
    const gdf__stage *stage = gdf__build_stage(scope->walk->build, 1);
    for (uint32_t i = 0; stage && i < stage->first_instruction; i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        if (gdf_node_get_instruction(document, node) == GDF_INSTRUCTION_ARG &&
            !read_global(scope, node))
            return false;
    }
    return true;
}

bool gdf__builder_accepts_global_arguments(gdf__builder_walk *walk)
{
    globals scope;
    globals_init(&scope, walk, true);
    bool accepted = read_globals(&scope);
    globals_free(&scope);
    return accepted;
}

/* ---- CHK017 InvalidDefaultArgInFrom ---------------------------------------------------------- */

static void report_default_image(gdf__builder_walk *walk, gdf_node from, gdf_str text)
{
    gdf__report_check(walk->check, GDF__RULE_CHK017, from, 0);
    gdf__say(walk->check, "Default value for ARG %S results in empty or invalid base image name",
             text);
    gdf__builder_give_default(walk, from);
}

void gdf__builder_check_default_images(gdf__builder_walk *walk)
{
    globals scope;
    globals_init(&scope, walk, false);
    uint32_t count = read_globals(&scope) ? gdf_build_count_stages(walk->build) : 0;
    for (gdf_stage stage = 1; stage <= count; stage++) {
        gdf_node from = gdf_stage_get_instruction(walk->build, stage);
        gdf_str text = image_text(walk, from);
        gdf__word_expansion word = expand_global(&scope, text);
        if (word.status != GDF__WORD_OK)
            break;
        if (gdf__image_reference_check(word.text, walk->arena).len)
            report_default_image(walk, from, text);
    }
    globals_free(&scope);
}

/* ---- CHK009 UndefinedArgInFrom --------------------------------------------------------------- */

/* The text of the reference in the file, when the part stands there as it is. */
static bool find_reference(const gdf__builder_walk *walk, gdf_part part,
                           const gdf__word_reference *reference, gdf__edit_range *range)
{
    gdf_str text = gdf_part_get_value(walk->document, part);
    if (!(gdf_part_get_flags(walk->document, part) & GDF_PART_FLAG_EXACT))
        return false;
    range->start =
        gdf_part_get_start(walk->document, part) + (uint32_t)(reference->name.ptr - text.ptr);
    range->end = range->start + (uint32_t)reference->name.len;
    return true;
}

static void report_undeclared(gdf__builder_walk *walk, gdf_node from, gdf_part part,
                              const gdf__word_reference *reference, const gdf__scope *scope)
{
    gdf__check *check = walk->check;
    gdf__edit_range range;
    gdf_str suggestion = gdf__builder_suggest(walk, scope, reference->name);
    gdf__report_check(check, GDF__RULE_CHK009, from, from);
    if (suggestion.len == 0) {
        gdf__say(check, "FROM argument '%S' is not declared", reference->name);
        gdf__builder_declare_argument(walk, part, reference);
        return;
    }
    gdf__say(check, "FROM argument '%S' is not declared (did you mean %S?)", reference->name,
             suggestion);
    if (!gdf__builder_trusts(suggestion) || !find_reference(walk, part, reference, &range)) {
        gdf__builder_declare_argument(walk, part, reference);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Use the argument that is declared");
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, walk->document, range, suggestion));
}

static gdf__expansion check_undeclared(gdf__builder_walk *walk, gdf_node from, gdf_part part)
{
    gdf__scope scope = gdf__scope_before(walk->build, from);
    gdf_str text = gdf_part_get_value(walk->document, part);
    gdf__expansion word = gdf__build_expand(walk->build, from, text, walk->arena);
    for (uint32_t i = 0; i < word.references.count; i++) {
        const gdf__word_reference *reference = &word.references.items[i];
        if (!reference->is_set && !reference->is_repeated &&
            !gdf__scope_find(&scope, reference->name).is_declared)
            report_undeclared(walk, from, part, reference, &scope);
    }
    return word;
}

/* ---- CHK015 RedundantTargetPlatform ---------------------------------------------------------- */

static void check_redundant_platform(gdf__builder_walk *walk, gdf_node from, gdf_part part,
                                     const gdf__expansion *word)
{
    static const gdf_str NAME = {"TARGETPLATFORM", 14};
    for (uint32_t i = 0; i < word->references.count; i++) {
        const gdf__word_reference *reference = &word->references.items[i];
        if (!reference->is_set || !gdf__str_equal(reference->name, NAME))
            return;
    }
    gdf__variable target = gdf__build_find_variable(walk->build, from, NAME);
    if (word->references.count == 0 || !gdf__str_equal(word->text, target.value))
        return;
    gdf__report_check(walk->check, GDF__RULE_CHK015, from, from);
    gdf__say(walk->check,
             "Setting platform to predefined %S in FROM is redundant as this is the default "
             "behavior",
             gdf_part_get_value(walk->document, part));
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SAFE, "Remove the flag");
    gdf__fix_end(walk->check, gdf__edit_remove_flag(&fix->edits, walk->document, from, "platform"));
}

/* ---- CHK018 FromPlatformFlagConstDisallowed -------------------------------------------------- */

static bool contains(gdf_str text, gdf_str piece)
{
    for (size_t at = 0; at + piece.len <= text.len; at++) {
        if (gdf__str_equal(gdf__str_slice(text, at, at + piece.len), piece))
            return true;
    }
    return false;
}

/* True when a comment above the FROM speaks of the platform. */
static bool comment_names(const gdf__builder_walk *walk, gdf_node from,
                          const gdf__platform *platform)
{
    gdf_node id = gdf__document_line(walk->document, from)->comments;
    for (; id && id < from; id = gdf__document_node(walk->document, id)->next) {
        gdf_str text = gdf_node_get_value(walk->document, id);
        if (gdf_node_get_kind(walk->document, id) == GDF_NODE_COMMENT &&
            (contains(text, platform->architecture) || contains(text, GDF__LITERAL("platform"))))
            return true;
    }
    return false;
}

static void check_constant_platform(gdf__builder_walk *walk, gdf_stage stage, gdf_node from,
                                    const gdf__expansion *word, const gdf__platform *platform)
{
    gdf_str name = gdf_stage_get_name(walk->build, stage);
    if (word->references.count || contains(name, platform->os) ||
        contains(name, platform->architecture))
        return;
    gdf__report_check(walk->check, GDF__RULE_CHK018, from, from);
    gdf__say(walk->check, "FROM --platform flag should not use constant value %q", word->text);
    if (comment_names(walk, from, platform)) {
        gdf__note(walk->check, "the comment above names the platform: it seems to be meant");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED, "Remove the flag");
    gdf__fix_end(walk->check, gdf__edit_remove_flag(&fix->edits, walk->document, from, "platform"));
}

/* ---- FROM ------------------------------------------------------------------------------------ */

static bool check_platform(gdf__builder_walk *walk, gdf_stage stage, gdf_node from, gdf_part part)
{
    gdf__platform host = {GDF__LITERAL("linux"), gdf__empty, GDF__LITERAL("amd64"), gdf__empty};
    gdf__platform platform;
    gdf__expansion word = check_undeclared(walk, from, part);
    if (word.error.len)
        return false;
    check_redundant_platform(walk, from, part, &word);
    if (word.text.len == 0 || gdf__platform_parse(word.text, &host, &platform, walk->arena).len)
        return false;
    check_constant_platform(walk, stage, from, &word, &platform);
    return true;
}

bool gdf__builder_check_from(gdf__builder_walk *walk, gdf_stage stage)
{
    gdf_node from = gdf_stage_get_instruction(walk->build, stage);
    gdf_part image = gdf_instruction_find_part(walk->document, from, GDF_PART_IMAGE, 0);
    gdf__expansion word = check_undeclared(walk, from, image);
    if (word.error.len || word.text.len == 0)
        return false;
    gdf_part platform = platform_part(walk, from);
    return gdf_part_get_value(walk->document, platform).len == 0 ||
           check_platform(walk, stage, from, platform);
}

/* ---- images ---------------------------------------------------------------------------------- */

bool gdf__builder_accepts_images(gdf__builder_walk *walk)
{
    for (uint32_t i = 0; i < walk->build->edges.count; i++) {
        const gdf__edge *edge = gdf__build_edge(walk->build, i);
        if (edge->source || edge->is_context || edge->is_invalid || edge->is_trigger ||
            gdf__str_is(edge->reference, "scratch"))
            continue;
        if (gdf__image_reference_check(edge->reference, walk->arena).len)
            return false;
    }
    return true;
}

/* ---- CHK014 InvalidBaseImagePlatform --------------------------------------------------------- */

/* What the image should be for: the platform of FROM, else that of the build. The builder's check
 * does not look at the one it is asked to build for. */
static gdf__platform expected_platform(const gdf__builder_walk *walk, const gdf__edge *edge)
{
    gdf__platform host = {GDF__LITERAL("linux"), gdf__empty, GDF__LITERAL("amd64"), gdf__empty};
    gdf__platform platform = host;
    const gdf__stage *stage = gdf__build_stage(walk->build, edge->stage);
    gdf_str text = edge->kind == GDF_EDGE_BASE ? stage->platform : gdf__empty;
    if (text.len == 0 && !walk->check->is_builder)
        text = walk->build->platform;
    if (text.len == 0 || gdf__platform_parse(text, &host, &platform, walk->arena).len)
        return host;
    return platform;
}

static gdf_str platform_name(const gdf__builder_walk *walk, const gdf__platform *platform)
{
    return gdf__support_text(walk->check, "%S/%S%s%S", platform->os, platform->architecture,
                             platform->variant.len ? "/" : "", platform->variant);
}

static void check_image_platform(gdf__builder_walk *walk, const gdf__edge *edge)
{
    const gdf__builder_image *image = gdf__builder_images_find(&walk->images, edge->reference);
    if (!image || edge->source || edge->is_context || edge->is_trigger)
        return;
    gdf__platform expected = expected_platform(walk, edge);
    if (gdf__str_equal(image->platform.os, expected.os) &&
        gdf__str_equal(image->platform.architecture, expected.architecture))
        return;
    gdf__report_check(walk->check, GDF__RULE_CHK014, edge->instruction, 0);
    gdf__say(
        walk->check, "Base image %S was pulled with platform %q, expected %q for current build",
        edge->reference, platform_name(walk, &image->platform), platform_name(walk, &expected));
}

void gdf__builder_check_image_platforms(gdf__builder_walk *walk)
{
    for (uint32_t i = 0; i < walk->build->edges.count && walk->images.images.count; i++) {
        const gdf__edge *edge = gdf__build_edge(walk->build, i);
        if (walk->needs_all || gdf_stage_is_reachable(walk->build, edge->stage))
            check_image_platform(walk, edge);
    }
}
