/* Walks the instructions and keeps what each of them changes: variables, user, working directory,
 * shell and the commands of the container. */
#include "base/path.h"
#include "base/slice.h"
#include "build/work.h"

typedef struct walk {
    gdf_build *build;
    gdf_stage stage; /* 0: in front of the first FROM */
    gdf_node node;   /* the instruction */
    gdf__image_state state;
} walk;

static void keep_state(walk *work)
{
    gdf__image_state *row = gdf__table_add(&work->build->states);
    if (row)
        *row = work->state;
}

static uint32_t newest_state(const gdf_build *build)
{
    return build->states.count - 1;
}

static gdf__scope scope_of(const walk *work)
{
    return (gdf__scope){work->build, work->state.variables, work->stage, work->build->is_fragment};
}

static gdf__expansion expand(const walk *work, const gdf__scope *scope, gdf_str text)
{
    gdf__expansion result =
        gdf__scope_expand(scope, text, 0, work->build->document->escape, &work->build->arena);
    if (result.is_limited)
        gdf__build_note_limit(work->build, work->node, gdf__word_limit_text);
    return result;
}

/* ---- ARG and ENV ----------------------------------------------------------------------------- */

gdf__pairs gdf__pairs_of(const gdf_document *document, gdf_node instruction)
{
    gdf__pairs pairs = {.document = document};
    pairs.next = gdf__first_part(document, instruction, &pairs.id);
    return pairs;
}

bool gdf__pairs_next(gdf__pairs *pairs, gdf__pair *pair)
{
    while (pairs->next && pairs->next->kind != GDF_PART_PAIR)
        pairs->next = gdf__next_part(pairs->document, &pairs->id);
    if (!pairs->next)
        return false;
    *pair = (gdf__pair){.part = pairs->id, .key = gdf__empty, .value = gdf__empty};
    for (;;) {
        const gdf__part *part = gdf__next_part(pairs->document, &pairs->id);
        pairs->next = part;
        if (!part || part->parent != pair->part)
            return true;
        if (part->kind == GDF_PART_KEY)
            pair->key = gdf__part_value(part);
        pair->has_value = part->kind == GDF_PART_VALUE;
        if (pair->has_value)
            pair->value = gdf__part_value(part);
    }
}

/* An ARG of a stage without default takes what the global scope has. */
static void take_global(const walk *work, gdf__assignment *assignment)
{
    gdf__scope global = {.build = work->build, .variables = work->build->global_variables};
    gdf__variable variable = gdf__scope_find(&global, assignment->name);
    if (work->stage == 0 || variable.state != GDF__VARIABLE_SET)
        return;
    assignment->state = GDF__VARIABLE_SET;
    assignment->value = variable.value;
    assignment->flags = (uint8_t)variable.flags;
    assignment->source = variable.source;
}

static void take_default(const walk *work, gdf__assignment *assignment, const gdf__pair *row)
{
    gdf__scope scope = scope_of(work);
    gdf__expansion value = expand(work, &scope, row->value);
    assignment->state = GDF__VARIABLE_SET;
    assignment->value = value.text;
    assignment->flags = (uint8_t)(value.flags | GDF__VALUE_ARGUMENT);
    assignment->source = row->part;
}

static void declare(walk *work, const gdf__pair *row)
{
    gdf__assignment assignment = {.name = row->key,
                                  .value = gdf__empty,
                                  .node = work->node,
                                  .part = row->part,
                                  .state = GDF__VARIABLE_DECLARED,
                                  .is_declared = true};
    const gdf_str *given = gdf__find_build_argument(work->build, row->key);
    if (given) {
        assignment.state = GDF__VARIABLE_SET;
        assignment.value = *given;
    } else if (row->has_value) {
        take_default(work, &assignment, row);
    } else {
        take_global(work, &assignment);
    }
    gdf__scope_assign(work->build, &work->state, assignment);
}

/* A later pair sees the earlier ones. */
static void apply_arg(walk *work)
{
    gdf__pairs pairs = gdf__pairs_of(work->build->document, work->node);
    gdf__pair row;
    while (gdf__pairs_next(&pairs, &row)) {
        if (row.key.len)
            declare(work, &row);
    }
}

/* All pairs see the variables in front of the instruction. */
static void apply_env(walk *work)
{
    gdf__scope before = scope_of(work);
    gdf__pairs pairs = gdf__pairs_of(work->build->document, work->node);
    gdf__pair row;
    while (gdf__pairs_next(&pairs, &row)) {
        gdf__expansion name = expand(work, &before, row.key);
        gdf__expansion value = expand(work, &before, row.value);
        if (name.text.len == 0)
            continue;
        gdf__scope_assign(work->build, &work->state,
                          (gdf__assignment){.name = name.text,
                                            .value = value.text,
                                            .node = work->node,
                                            .part = row.part,
                                            .source = row.part,
                                            .state = GDF__VARIABLE_SET,
                                            .flags = (uint8_t)value.flags,
                                            .is_environment = true});
    }
}

/* ---- the rest -------------------------------------------------------------------------------- */

static gdf__expansion expand_argument(const walk *work)
{
    const gdf_document *document = work->build->document;
    gdf_node argument = gdf__next_argument(document, work->node, 0);
    gdf__scope scope = scope_of(work);
    return expand(work, &scope, gdf_node_get_value(document, argument));
}

static void apply_user(walk *work)
{
    gdf__expansion user = expand_argument(work);
    work->state.user = (gdf__image_setting){user.text, work->node, user.flags};
}

gdf_str gdf__workdir_join(gdf_str directory, gdf_str path, gdf__arena *arena)
{
    if (path.len == 0)
        return directory;
    if (gdf__path_is_absolute(path))
        return path;
    return gdf__path_join(directory.len ? directory : GDF__LITERAL("/"), path, arena);
}

/* A relative path is as certain as the directory that it starts from. One that grows out of all
 * proportion is given up. */
static void apply_workdir(walk *work)
{
    gdf__expansion path = expand_argument(work);
    gdf__image_setting earlier = work->state.workdir;
    bool is_absolute = gdf__path_is_absolute(path.text);
    gdf__image_setting next = {earlier.text, work->node,
                               is_absolute ? path.flags : path.flags | earlier.flags};
    if (is_absolute || earlier.text.len <= gdf__growth_limit(work->build, path.text)) {
        next.text = gdf__workdir_join(earlier.text, path.text, &work->build->arena);
    } else {
        next.flags |= GDF__VALUE_UNKNOWN;
        gdf__build_note_limit(work->build, work->node, gdf__word_limit_text);
    }
    work->state.workdir = next;
    work->state.has_workdir = true;
}

static void apply_entrypoint(walk *work)
{
    work->state.entrypoint = work->node;
    if (!work->state.sets_command)
        work->state.command = 0;
}

static void apply_command(walk *work)
{
    work->state.command = work->node;
    work->state.sets_command = true;
}

static void apply_healthcheck(walk *work)
{
    work->state.healthcheck = work->node;
}

static void apply_stop_signal(walk *work)
{
    work->state.stop_signal = work->node;
}

static void apply_shell(walk *work)
{
    work->state.shell = work->node;
    gdf__use_shell(work->build->document, work->node, &work->state);
}

static void (*const APPLY[])(walk *work) = {
    [GDF_INSTRUCTION_ARG] = apply_arg,
    [GDF_INSTRUCTION_CMD] = apply_command,
    [GDF_INSTRUCTION_ENTRYPOINT] = apply_entrypoint,
    [GDF_INSTRUCTION_ENV] = apply_env,
    [GDF_INSTRUCTION_HEALTHCHECK] = apply_healthcheck,
    [GDF_INSTRUCTION_SHELL] = apply_shell,
    [GDF_INSTRUCTION_STOPSIGNAL] = apply_stop_signal,
    [GDF_INSTRUCTION_USER] = apply_user,
    [GDF_INSTRUCTION_WORKDIR] = apply_workdir,
};

/* ---- the walk -------------------------------------------------------------------------------- */

static gdf__step *step_of(gdf_build *build, gdf_node instruction)
{
    uint32_t row = gdf__document_node(build->document, instruction)->detail;
    return GDF__AT(build->steps, gdf__step, row);
}

static bool is_instruction(const gdf_document *document, gdf_node node)
{
    return gdf_node_get_kind(document, node) == GDF_NODE_INSTRUCTION;
}

/* False for an instruction that changes nothing. */
static bool apply(walk *work, gdf_node instruction)
{
    size_t kind = (size_t)gdf_node_get_instruction(work->build->document, instruction);
    if (kind >= sizeof APPLY / sizeof *APPLY || !APPLY[kind])
        return false;
    work->node = instruction;
    APPLY[kind](work);
    return true;
}

/* The instruction and those inside it, ONBUILD's. */
static void visit(walk *work, gdf_node instruction)
{
    gdf_build *build = work->build;
    const gdf_document *document = build->document;
    gdf_node end = gdf__document_node(document, instruction)->next;
    for (gdf_node node = instruction; node < end; node++) {
        if (!is_instruction(document, node))
            continue;
        gdf__step *step = step_of(build, node);
        step->stage = work->stage;
        step->is_global = work->stage == 0;
        step->state = newest_state(build);
        gdf__read_commands(build, node, &work->state);
    }
    if (apply(work, instruction))
        keep_state(work);
}

/* What runs in the children of the image sees its end. */
static void show_end_to_triggers(gdf_build *build, const gdf__stage *stage)
{
    const gdf_document *document = build->document;
    for (uint32_t i = 0; i < stage->instruction_count; i++) {
        gdf_node outer = *GDF__AT(document->instructions, gdf_node, stage->first_instruction + i);
        if (gdf_node_get_instruction(document, outer) != GDF_INSTRUCTION_ONBUILD)
            continue;
        gdf_node end = gdf__document_node(document, outer)->next;
        for (gdf_node node = outer + 1; node < end; node++) {
            if (is_instruction(document, node))
                step_of(build, node)->state = stage->last_state;
        }
    }
}

void gdf__read_global_states(gdf_build *build, uint32_t end)
{
    walk work = {.build = build, .state = *GDF__AT(build->states, gdf__image_state, 0)};
    for (uint32_t i = 0; i < end && !build->states.failed; i++)
        visit(&work, *GDF__AT(build->document->instructions, gdf_node, i));
    build->global_variables = work.state.variables;
    build->global_state = newest_state(build);
}

/* An image that nobody knows has nothing but a working directory of "/", perhaps. */
static gdf__image_state state_of_image(const gdf_build *build, gdf_stage stage)
{
    gdf__image_facts facts = gdf__build_find_image(build, stage);
    bool is_scratch = gdf__build_is_scratch(build, stage);
    bool knows_user = is_scratch || facts.knows_user == GDF__FACT_YES;
    bool knows_workdir = is_scratch || facts.knows_workdir == GDF__FACT_YES;
    gdf__image_state state = {
        .user = {facts.knows_user == GDF__FACT_YES ? facts.user : gdf__empty, 0,
                 knows_user ? GDF__VALUE_IMAGE : GDF__VALUE_UNKNOWN},
        .workdir = {facts.knows_workdir == GDF__FACT_YES ? facts.workdir : GDF__LITERAL("/"), 0,
                    knows_workdir ? GDF__VALUE_IMAGE : GDF__VALUE_UNKNOWN},
        .reads_posix = !gdf__build_stage(build, stage)->is_windows,
    };
    return state;
}

/* Nobody knows what a file does that runs more triggers than the build takes. */
static void give_up(walk *work)
{
    work->state.user.flags |= GDF__VALUE_UNKNOWN;
    work->state.workdir.flags |= GDF__VALUE_UNKNOWN;
    gdf__build_note_limit(work->build, gdf__build_stage(work->build, work->stage)->instruction,
                          gdf__trigger_limit_text);
}

/* What ONBUILD of the base stage left, with a row of the states for each. */
static void run_triggers(walk *work, const gdf__stage *base)
{
    gdf_build *build = work->build;
    for (uint32_t i = 0; i < base->trigger_count && !build->states.failed; i++) {
        gdf_node trigger = gdf__build_trigger(build, base, i);
        if (!gdf__build_spend_trigger(build, trigger, &build->trigger_bytes)) {
            give_up(work);
            return;
        }
        apply(work, trigger);
        keep_state(work);
    }
}

/* What a stage finds when it begins. */
static gdf__image_state state_of_base(const gdf_build *build, gdf_stage id, const gdf__stage *base)
{
    gdf__image_state state = base ? *GDF__AT(build->states, gdf__image_state, base->last_state)
                                  : state_of_image(build, id);
    if (base)
        state.variables = base->child_variables;
    state.sets_command = false;
    return state;
}

void gdf__read_stage_states(gdf_build *build, gdf_stage id)
{
    gdf__stage *stage = GDF__AT(build->stages, gdf__stage, id - 1);
    const gdf__stage *base = gdf__build_stage(build, stage->base_stage);
    walk work = {.build = build, .stage = id, .state = state_of_base(build, id, base)};
    gdf__step *step = step_of(build, stage->instruction);
    step->stage = id;
    step->state = build->global_state;
    step->is_global = true;
    gdf__scope_begin_stage(build);
    stage->first_assignment = build->assignments.count + 1;
    keep_state(&work);
    stage->image_state = newest_state(build);
    if (base && (!build->ignores_tables || stage->is_reachable))
        run_triggers(&work, base);
    stage->first_state = newest_state(build);
    for (uint32_t i = 1; i < stage->instruction_count && !build->states.failed; i++)
        visit(&work,
              *GDF__AT(build->document->instructions, gdf_node, stage->first_instruction + i));
    stage->last_state = newest_state(build);
    stage->child_variables = gdf__scope_for_children(build, &work.state);
    show_end_to_triggers(build, stage);
}
