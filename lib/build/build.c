/* gdf_build_create: the order in which a build is worked out. */
#include "build/build.h"

#include "base/builder.h"
#include "base/options.h"
#include "base/rooms.h"
#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "build/work.h"

/* ---- instructions and their parts ------------------------------------------------------------ */

gdf_node gdf__next_argument(const gdf_document *document, gdf_node instruction, gdf_node from)
{
    const gdf__node *outer = gdf__document_node(document, instruction);
    gdf_node node = from ? from : instruction + 1;
    while (outer && node < outer->next) {
        const gdf__node *row = gdf__document_node(document, node);
        if (row->kind == GDF_NODE_ARGUMENT && row->parent == instruction)
            return node;
        node = row->parent == instruction ? row->next : node + 1;
    }
    return 0;
}

const gdf__part *gdf__first_part(const gdf_document *document, gdf_node instruction, gdf_part *id)
{
    const gdf__node *node = gdf__document_node(document, instruction);
    *id = node ? node->part : 0;
    const gdf__part *part = gdf__document_part(document, *id);
    return part && part->node == instruction ? part : NULL;
}

const gdf__part *gdf__next_part(const gdf_document *document, gdf_part *id)
{
    const gdf__part *part = gdf__document_part(document, *id);
    const gdf__part *next = gdf__document_part(document, ++*id);
    return next && next->node == part->node ? next : NULL;
}

gdf_node gdf__trigger_of(const gdf_document *document, gdf_node onbuild)
{
    if (gdf_node_get_instruction(document, onbuild) != GDF_INSTRUCTION_ONBUILD)
        return 0;
    gdf_node inner = gdf_node_get_first_child(document, onbuild);
    while (inner && gdf_node_get_kind(document, inner) != GDF_NODE_INSTRUCTION)
        inner = gdf_node_get_next_sibling(document, inner);
    return inner;
}

gdf_str gdf__to_lower(gdf_str text, gdf__arena *arena)
{
    if (!gdf__utf8_changes_when_lowered(text))
        return text;
    gdf__builder lower;
    gdf__builder_init(&lower, &arena->allocator);
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        char bytes[4];
        gdf__builder_add(&lower,
                         (gdf_str){bytes, gdf__utf8_encode(gdf__utf8_lower(rune.value), bytes)});
        at += rune.len;
    }
    return gdf__builder_to_arena(&lower, arena);
}

/* ---- making ---------------------------------------------------------------------------------- */

/* More than the builder gives to every build. */
enum { AUTOMATIC_NAMES = 16 };

/* How many names and ENV places there can be at most. */
static uint32_t count_assignments(const gdf_document *document)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < document->parts.count; i++)
        count += GDF__AT(document->parts, gdf__part, i)->kind == GDF_PART_PAIR;
    return count;
}

static void init_tables(gdf_build *build)
{
    const gdf_allocator *allocator = &build->arena.allocator;
    gdf__table_init(&build->stages, allocator, sizeof(gdf__stage));
    gdf__table_init(&build->edges, allocator, sizeof(gdf__edge));
    gdf__table_init(&build->triggers, allocator, sizeof(gdf_node));
    gdf__table_init(&build->steps, allocator, sizeof(gdf__step));
    gdf__table_init(&build->states, allocator, sizeof(gdf__image_state));
    gdf__table_init(&build->assignments, allocator, sizeof(gdf__assignment));
    gdf__table_init(&build->build_argument_values, allocator, sizeof(gdf_str));
    gdf__table_init(&build->extra_references, allocator, sizeof(gdf_str));
    gdf__scope_init(build);
    gdf__versions_init(&build->versions, allocator,
                       count_assignments(build->document) + AUTOMATIC_NAMES);
    gdf__name_map_init(&build->variable_names, allocator);
    gdf__name_map_init(&build->stage_names, allocator);
    gdf__name_map_init(&build->contexts, allocator);
    gdf__name_map_init(&build->build_arguments, allocator);
    gdf__shell_init(&build->shell, &build->arena);
}

static bool has_failed(const gdf_build *build)
{
    return build->arena.failed || build->stages.failed || build->edges.failed ||
           build->triggers.failed || build->steps.failed || build->states.failed ||
           build->assignments.failed || build->build_argument_values.failed ||
           build->extra_references.failed || build->bindings.failed || build->covered.failed ||
           build->versions.nodes.failed || gdf__name_map_failed(&build->variable_names) ||
           gdf__name_map_failed(&build->stage_names) || gdf__name_map_failed(&build->contexts) ||
           gdf__name_map_failed(&build->build_arguments) || gdf__shell_failed(&build->shell);
}

static void lend_rooms(gdf_build *build)
{
    enum { FEW = 4, SEVERAL = 16 };
    enum { BYTES_PER_WORD = 24, BYTES_PER_COMMAND = 96 };
    uint32_t names = count_assignments(build->document) + AUTOMATIC_NAMES;
    uint32_t lines = build->document->lines.count;
    uint32_t bytes = build->document->source.len;
    gdf__shell *shell = &build->shell;
    gdf__room rooms[] = {
        {&build->stages, FEW},
        {&build->edges, FEW},
        {&build->steps, lines},
        {&build->states, lines + 1},
        {&build->assignments, names},
        {&build->bindings, names},
        {&build->versions.nodes, names * build->versions.depth},
        {&build->variable_names.entries, names},
        {&build->variable_names.branches, names},
        {&build->stage_names.entries, FEW},
        {&build->stage_names.branches, FEW},
        {&shell->commands, bytes / BYTES_PER_COMMAND},
        {&shell->words, bytes / BYTES_PER_WORD},
        {&shell->redirections, FEW},
        {&shell->frames, SEVERAL},
        {&shell->inputs, FEW},
        {&shell->held_words, SEVERAL},
        {&shell->held_redirections, FEW},
        {&shell->segments, SEVERAL},
    };
    gdf__rooms_lend(rooms, sizeof rooms / sizeof *rooms, &build->arena);
}

/* Rows of the tables that the walk fills by index. */
static void add_rows(gdf_build *build)
{
    for (uint32_t i = 0; i < build->document->lines.count; i++) {
        gdf__step *step = gdf__table_add(&build->steps);
        if (!step)
            return;
        *step = (gdf__step){.is_global = true};
    }
    gdf__image_state *state = gdf__table_add(&build->states);
    if (state)
        *state = (gdf__image_state){
            .user = {gdf__empty, 0, GDF__VALUE_UNKNOWN},
            .workdir = {GDF__LITERAL("/"), 0, GDF__VALUE_UNKNOWN},
            .reads_posix = build->document->escape != '`',
        };
}

static uint32_t find_first_stage(const gdf_document *document)
{
    uint32_t index = 0;
    while (index < document->instructions.count &&
           gdf_node_get_instruction(document, *GDF__AT(document->instructions, gdf_node, index)) !=
               GDF_INSTRUCTION_FROM)
        index++;
    return index;
}

static void find_target(gdf_build *build, const gdf_options *options)
{
    gdf_str name = gdf_options_get_text(options, GDF_OPTION_TARGET, 0);
    build->target =
        name.len ? gdf__find_stage_by_name(build, name, &build->arena) : build->stages.count;
}

static void work_out(gdf_build *build, const gdf_options *options)
{
    uint32_t first_stage = find_first_stage(build->document);
    build->is_fragment = first_stage == build->document->instructions.count;
    gdf__read_inputs(build, options);
    gdf__read_global_states(build, first_stage);
    gdf__read_stages(build, first_stage);
    if (build->stages.failed)
        return;
    gdf__read_triggers(build);
    gdf__read_edges(build);
    find_target(build, options);
    gdf__mark_reachable(build);
    for (gdf_stage stage = 1; stage <= build->stages.count && !build->states.failed; stage++)
        gdf__read_stage_states(build, stage);
}

static gdf_build *create(const gdf_document *document, const gdf_options *options,
                         bool ignores_tables)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf_build *build = document ? gdf__allocate_zeroed(&allocator, sizeof *build) : NULL;
    if (!build)
        return NULL;
    gdf__arena_init(&build->arena, &allocator);
    build->document = document;
    build->ignores_tables = ignores_tables;
    build->platform = gdf__empty;
    build->max_depth = (uint32_t)gdf_options_get_number(options, GDF_OPTION_MAX_SHELL_DEPTH);
    build->expansion_limit = (size_t)gdf_options_get_number(options, GDF_OPTION_MAX_EXPANSION);
    build->step_limit = (size_t)gdf_options_get_number(options, GDF_OPTION_MAX_REGEX_STEPS);
    init_tables(build);
    lend_rooms(build);
    gdf__share_expansions(build);
    add_rows(build);
    if (!has_failed(build))
        work_out(build, options);
    if (has_failed(build)) {
        gdf_build_free(build);
        return NULL;
    }
    return build;
}

gdf_build *gdf_build_create(const gdf_document *document, const gdf_options *options)
{
    return create(document, options, false);
}

gdf_build *gdf__build_create_without_tables(const gdf_document *document,
                                            const gdf_options *options)
{
    return create(document, options, true);
}

void gdf_build_free(gdf_build *build)
{
    if (!build)
        return;
    gdf_allocator allocator = build->arena.allocator;
    gdf__shell_free(&build->shell);
    gdf__name_map_free(&build->build_arguments);
    gdf__name_map_free(&build->contexts);
    gdf__name_map_free(&build->stage_names);
    gdf__name_map_free(&build->variable_names);
    gdf__versions_free(&build->versions);
    gdf__table_free(&build->covered);
    gdf__table_free(&build->bindings);
    gdf__table_free(&build->extra_references);
    gdf__table_free(&build->build_argument_values);
    gdf__table_free(&build->assignments);
    gdf__table_free(&build->states);
    gdf__table_free(&build->steps);
    gdf__table_free(&build->triggers);
    gdf__table_free(&build->edges);
    gdf__table_free(&build->stages);
    gdf__arena_free(&build->arena);
    gdf__release(&allocator, build);
}

/* ---- for the layers above -------------------------------------------------------------------- */

static gdf_node instruction_of(const gdf_document *document, gdf_node node)
{
    while (node && gdf_node_get_kind(document, node) != GDF_NODE_INSTRUCTION)
        node = gdf_node_get_parent(document, node);
    return node;
}

const gdf__step *gdf__build_step(const gdf_build *build, gdf_node node)
{
    gdf_node instruction = build ? instruction_of(build->document, node) : 0;
    const gdf__node *row = build ? gdf__document_node(build->document, instruction) : NULL;
    return row ? GDF__AT(build->steps, gdf__step, row->detail) : NULL;
}

static const gdf__image_state *state_at(const gdf_build *build, uint32_t index)
{
    return GDF__AT(build->states, gdf__image_state, index);
}

const gdf__image_state *gdf__build_state_before(const gdf_build *build, gdf_node node)
{
    const gdf__step *step = gdf__build_step(build, node);
    return state_at(build, step ? step->state : 0);
}

const gdf__image_state *gdf__build_state_at_end(const gdf_build *build, gdf_stage stage)
{
    const gdf__stage *row = gdf__build_stage(build, stage);
    return state_at(build, row ? row->last_state : build->global_state);
}

/* The state rows are in the order of the instructions that made them. */
const gdf__image_state *gdf__build_state_after(const gdf_build *build, gdf_node node)
{
    const gdf_document *document = build->document;
    gdf_node instruction = instruction_of(document, node);
    const gdf__step *step = gdf__build_step(build, instruction);
    const gdf__stage *stage = step ? gdf__build_stage(build, step->stage) : NULL;
    if (stage && stage->instruction == instruction)
        return state_at(build, stage->first_state);
    if (gdf_node_get_kind(document, gdf_node_get_parent(document, instruction)) ==
        GDF_NODE_INSTRUCTION)
        return gdf__build_state_before(build, instruction);
    gdf_node next = instruction ? gdf__document_node(document, instruction)->next : 0;
    while (next && next <= document->nodes.count &&
           gdf_node_get_kind(document, next) != GDF_NODE_INSTRUCTION)
        next = gdf__document_node(document, next)->next;
    const gdf__step *behind = gdf__build_step(build, next);
    if (!behind || !step || behind->stage != step->stage)
        return gdf__build_state_at_end(build, step ? step->stage : 0);
    return state_at(build, behind->state);
}
