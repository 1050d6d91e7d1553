/* CHK…: the walk over the document in the builder's order. */
#include "rules/builder_checks.h"

#include "base/options.h"
#include "base/slice.h"
#include "build/config.h"
#include "build/work.h"

enum {
    /* Bytes of names compared for suggestions in all of one document. */
    COMPARISON_ALLOWANCE = 1 << 24,
    LOOK_COST = 8 /* of a name, in such bytes */
};

/* ---- for the checks -------------------------------------------------------------------------- */

gdf_node gdf__builder_argument(const gdf__builder_walk *walk, gdf_node node, uint32_t index)
{
    gdf_node argument = gdf__next_argument(walk->document, node, 0);
    while (argument && index--)
        argument = gdf__next_argument(walk->document, node,
                                      gdf__document_node(walk->document, argument)->next);
    return argument;
}

void gdf__builder_meet_limit(gdf__builder_walk *walk, const gdf__builder_command *command,
                             const char *limit)
{
    if (walk->is_limited || walk->check->is_builder)
        return;
    walk->is_limited = true;
    gdf__report_limit(walk->check, command->place, limit);
}

void gdf__builder_report(gdf__builder_walk *walk, gdf__rule_id rule,
                         const gdf__builder_command *command)
{
    gdf__report_check(walk->check, rule, command->place, command->control);
}

void gdf__builder_relate(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    if (command->is_trigger && walk->document == walk->check->document)
        gdf__relate(walk->check, gdf_node_get_start(walk->document, command->node),
                    gdf_node_get_end(walk->document, command->node),
                    "the instruction that ONBUILD leaves");
}

/* ---- typing ---------------------------------------------------------------------------------- */

/* The problem that the builder stops at, or NULL. */
static const gdf__problem *builder_problem(const gdf_document *document)
{
    return document->builder_error < document->problems.count
               ? GDF__AT(document->problems, gdf__problem, document->builder_error)
               : NULL;
}

static void type_instruction(gdf__builder_walk *walk, gdf_node node, bool refused)
{
    switch (gdf_node_get_instruction(walk->document, node)) {
    case GDF_INSTRUCTION_FROM:
        gdf__builder_check_stage_words(walk, node);
        if (!refused)
            gdf__builder_check_description(walk, node);
        break;
    case GDF_INSTRUCTION_ARG:
        if (!refused)
            gdf__builder_check_description(walk, node);
        break;
    case GDF_INSTRUCTION_MAINTAINER: gdf__builder_check_maintainer(walk, node); break;
    default: break;
    }
}

/* Up to the instruction that is refused; a problem without a line is found behind all of them. */
static void type_instructions(gdf__builder_walk *walk, const gdf__problem *problem)
{
    uint32_t count = gdf_document_count_instructions(walk->document);
    for (uint32_t i = 0; i < count; i++) {
        gdf_node node = gdf_document_get_instruction(walk->document, i);
        bool refused =
            problem && gdf_node_get_first_line(walk->document, node) == problem->first_line;
        type_instruction(walk, node, refused);
        if (refused)
            return;
    }
}

/* ---- stages ---------------------------------------------------------------------------------- */

static gdf__builder_command command_of(const gdf__builder_walk *walk, gdf_node node)
{
    return (gdf__builder_command){.node = node,
                                  .place = node,
                                  .control = node,
                                  .kind = gdf_node_get_instruction(walk->document, node),
                                  .keyword = gdf_node_get_value(walk->document, node),
                                  .scope = gdf__scope_before(walk->build, node),
                                  .state = gdf__build_state_before(walk->build, node)};
}

/* The error that ends the builder's work, and with it this check; else NULL. */
static const gdf_config *find_end(const gdf__builder_walk *walk)
{
    const gdf__check *check = walk->check;
    return check->is_builder && check->config->error.len ? check->config : NULL;
}

/* True for the command that ends the builder's work; counts it. */
static bool is_last_command(gdf__builder_walk *walk)
{
    const gdf_config *config = find_end(walk);
    bool is_last = config && config->error_stage == walk->stage &&
                   config->error_command == walk->command_count;
    walk->command_count++;
    walk->mount_values = is_last ? config->error_values : UINT32_MAX;
    return is_last;
}

static bool run_command(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    bool is_last = is_last_command(walk);
    bool looks_itself =
        command->kind == GDF_INSTRUCTION_ARG || command->kind == GDF_INSTRUCTION_EXPOSE;
    if (!gdf__builder_check_words(walk, command) && walk->check->is_builder)
        return false;
    if (is_last && !looks_itself)
        return false;
    gdf__builder_check_command(walk, command);
    switch (command->kind) {
    case GDF_INSTRUCTION_ARG: gdf__builder_check_arg(walk, command); return !is_last;
    case GDF_INSTRUCTION_EXPOSE: return gdf__builder_check_ports(walk, command);
    case GDF_INSTRUCTION_ADD:
    case GDF_INSTRUCTION_COPY: gdf__builder_check_sources(walk, command); return true;
    default: return true;
    }
}

/* Triggers run at the FROM, behind it; `earlier` of them have run before. */
static void make_trigger(const gdf__builder_walk *walk, const gdf__stage *stage, uint32_t earlier,
                         gdf__builder_command *command)
{
    uint32_t state = stage->image_state + earlier;
    command->place = stage->instruction;
    command->control = 0;
    command->is_trigger = true;
    command->state = GDF__AT(walk->build->states, gdf__image_state,
                             state < stage->first_state ? state : stage->first_state);
    command->scope = gdf__scope_before(walk->build, stage->instruction);
    command->scope.stage = walk->stage;
    command->scope.variables = command->state->variables;
}

/* What ONBUILD of the base stage leaves. */
static bool run_triggers(gdf__builder_walk *walk, const gdf__stage *stage)
{
    const gdf__stage *base = gdf__build_stage(walk->build, stage->base_stage);
    for (uint32_t i = 0; base && i < base->trigger_count; i++) {
        gdf_node trigger = gdf__build_trigger(walk->build, base, i);
        if (!gdf__build_spend_trigger(walk->build, trigger, &walk->trigger_bytes))
            return true;
        gdf__builder_command command = command_of(walk, trigger);
        make_trigger(walk, stage, i, &command);
        if (!run_command(walk, &command) && walk->check->is_builder)
            return false;
    }
    return true;
}

/* What a file of one instruction that is no FROM cannot do without. */
static bool is_about_stages(gdf_str message)
{
    return gdf__str_is(message, "no build stage in current context") ||
           gdf__str_is(message, "dockerfile contains no stages to build");
}

static bool is_good_trigger(const gdf_document *document)
{
    for (uint32_t i = 0; i < document->problems.count; i++) {
        const gdf__problem *problem = GDF__AT(document->problems, gdf__problem, i);
        if (problem->phase != GDF__PHASE_OWN && !is_about_stages(problem->message))
            return false;
    }
    return gdf_document_count_instructions(document) == 1;
}

static bool run_trigger_text(gdf__builder_walk *walk, const gdf__stage *stage,
                             const gdf_document *document)
{
    gdf_node node = gdf_document_get_instruction(document, 0);
    gdf__builder_command command = {.node = node,
                                    .kind = gdf_node_get_instruction(document, node),
                                    .keyword = gdf_node_get_value(document, node)};
    make_trigger(walk, stage, 0, &command);
    walk->document = document;
    bool accepted = run_command(walk, &command);
    walk->document = walk->check->document;
    return accepted;
}

/* A trigger of the image is a file of one instruction. */
static bool run_image_trigger(gdf__builder_walk *walk, const gdf__stage *stage, gdf_str text)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, walk->check->options);
    walk->arena->failed = walk->arena->failed || !document;
    bool accepted =
        document && is_good_trigger(document) && run_trigger_text(walk, stage, document);
    gdf_document_free(document);
    return accepted;
}

static bool run_image_triggers(gdf__builder_walk *walk, const gdf__stage *stage)
{
    uint32_t count = walk->image && !stage->base_stage ? walk->image->trigger_count : 0;
    for (uint32_t i = 0; i < count; i++) {
        gdf_str text = gdf__builder_images_text(&walk->images, walk->image->first_trigger + i);
        if (text.len >= walk->trigger_bytes)
            return true;
        walk->trigger_bytes -= text.len + 1;
        if (!run_image_trigger(walk, stage, text) && walk->check->is_builder)
            return false;
    }
    return true;
}

static bool run_stage(gdf__builder_walk *walk, const gdf__stage *stage)
{
    const gdf__stage *root = gdf__build_stage(walk->build, stage->root);
    memset(walk->last_single, 0, sizeof walk->last_single);
    walk->image = gdf__builder_images_find(&walk->images, root->base);
    bool has_triggers = !walk->check->is_builder || stage->is_reachable;
    if (has_triggers && (!run_triggers(walk, stage) || !run_image_triggers(walk, stage)))
        return false;
    for (uint32_t i = 1; i < stage->instruction_count; i++) {
        gdf_node node = gdf_document_get_instruction(walk->document, stage->first_instruction + i);
        gdf__builder_command command = command_of(walk, node);
        if (!run_command(walk, &command) && walk->check->is_builder)
            return false;
    }
    return true;
}

static bool check_froms(gdf__builder_walk *walk)
{
    uint32_t count = gdf_build_count_stages(walk->build);
    for (gdf_stage stage = 1; stage <= count; stage++) {
        if (!gdf__builder_check_from(walk, stage) && walk->check->is_builder)
            return false;
    }
    return true;
}

/* False when the builder ends before any command runs. */
static bool is_dispatched(const gdf__builder_walk *walk)
{
    const gdf_config *end = find_end(walk);
    return !end || end->error_stage;
}

static bool run_stages(gdf__builder_walk *walk)
{
    uint32_t count = gdf_build_count_stages(walk->build);
    for (gdf_stage id = 1; id <= count; id++) {
        const gdf__stage *stage = gdf__build_stage(walk->build, id);
        bool is_built = walk->needs_all || stage->is_reachable;
        walk->stage = id;
        walk->command_count = 0;
        if (is_built && !stage->is_replaced && !run_stage(walk, stage))
            return false;
    }
    return true;
}

/* ---- all ------------------------------------------------------------------------------------- */

/* The builder's order. False when it stops early. */
static bool check_all(gdf__builder_walk *walk)
{
    const gdf__problem *problem = walk->check->is_builder ? builder_problem(walk->document) : NULL;
    if (problem && problem->phase < GDF__PHASE_INSTRUCTION)
        return false;
    gdf__builder_check_empty_lines(walk);
    type_instructions(walk, problem);
    if (problem)
        return false;
    gdf__builder_check_stage_names(walk);
    gdf__builder_check_keyword_case(walk);
    gdf__builder_check_default_images(walk);
    if (!gdf__builder_accepts_global_arguments(walk) && walk->check->is_builder)
        return false;
    if (!check_froms(walk))
        return false;
    if (walk->check->is_builder && !gdf__builder_accepts_images(walk))
        return false;
    gdf__builder_check_image_platforms(walk);
    if (!is_dispatched(walk))
        return false;
    if (!gdf__builder_read_ignore_file(walk)) {
        gdf__report(walk->check, GDF__RULE_GEN001, 0, 0);
        gdf__say(walk->check, "%S", walk->ignore.error);
        if (walk->check->is_builder)
            return false;
    }
    return run_stages(walk);
}

/* `error=true`: the builder ends with the names of what it warned of. */
static void report_error(gdf__builder_walk *walk)
{
    const gdf__table *findings = &walk->check->findings->findings;
    gdf__rule_mask seen = {{0}};
    gdf__builder names;
    gdf__builder_init(&names, &walk->arena->allocator);
    for (uint32_t i = 0; i < findings->count; i++) {
        uint32_t rule = GDF__AT(*findings, gdf__finding, i)->rule;
        if (!gdf__rule_is_builder_check(rule) || gdf__rule_mask_has(&seen, rule))
            continue;
        gdf__builder_add_text(&names, gdf__rule_mask_is_empty(&seen) ? "" : ", ");
        gdf__builder_add_text(&names, gdf_rule_get_name(rule));
        gdf__rule_mask_set(&seen, rule);
    }
    gdf_str list = gdf__builder_to_arena(&names, walk->arena);
    if (list.len == 0)
        return;
    gdf__report(walk->check, GDF__RULE_GEN001, 0, 0);
    gdf__say(walk->check, "lint violation found for rules: %S", list);
}

void gdf__builder_checks(gdf__check *check)
{
    gdf__builder_walk walk = {.check = check,
                              .document = check->document,
                              .build = check->build,
                              .arena = gdf__support_arena(check),
                              .needs_all =
                                  gdf_options_count_texts(check->options, GDF_OPTION_TARGET) == 0,
                              .comparisons = COMPARISON_ALLOWANCE,
                              .trigger_bytes = gdf__build_trigger_allowance(check->build),
                              .is_limited = check->build->limited != 0};
    gdf__table_init(&walk.references, &walk.arena->allocator, sizeof(gdf__builder_reference));
    gdf__builder_names_init(&walk.names, walk.build, walk.arena);
    gdf__builder_read_references(&walk);
    gdf__builder_images_init(&walk.images, check->options, walk.arena);
    bool is_refused = check->control->error.len && check->is_builder;
    if (!is_refused && check_all(&walk) && check->control->file.is_error)
        report_error(&walk);
    walk.arena->failed = walk.arena->failed || walk.references.failed;
    gdf__table_free(&walk.references);
    gdf__builder_names_free(&walk.names);
    gdf__builder_images_free(&walk.images);
}
