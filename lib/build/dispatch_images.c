/* The images that the stages ask for, and the triggers that they and base stages bring along. */
#include "base/options.h"
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/work.h"
#include "instruction/image_reference.h"
#include "instruction/suggestion.h"

/* ---- given configs --------------------------------------------------------------------------- */

/* In the registry's spelling, as far as it is a reference. */
static gdf_str full_reference(gdf__dispatch *work, gdf_str text)
{
    bool is_good = gdf__image_reference_check(text, work->arena).len == 0;
    return is_good ? gdf__image_reference_full(text, work->arena) : text;
}

void gdf__dispatch_read_bases(gdf__dispatch *work)
{
    size_t count = gdf_options_count_texts(work->options, GDF_OPTION_IMAGE_CONFIG);
    for (size_t i = 0; i < count; i++) {
        gdf_str text = gdf__arena_copy(
            work->arena, gdf_options_get_text(work->options, GDF_OPTION_IMAGE_CONFIG, i));
        size_t equals = gdf__str_find(text, '=', 0);
        gdf__base_config *base = gdf__table_add(&work->bases);
        if (!base)
            return;
        *base =
            (gdf__base_config){.reference = full_reference(work, gdf__str_slice(text, 0, equals)),
                               .json = gdf__str_slice(text, equals + 1, text.len),
                               .is_missing = equals == text.len,
                               .workdir = gdf__empty};
        gdf__name_entry *entry =
            gdf__name_map_add(&work->base_references, base->reference, work->bases.count);
        if (entry)
            entry->value = work->bases.count;
    }
}

/* ---- images ---------------------------------------------------------------------------------- */

static const char *const COMMON_IMAGES[] = {"alpine", "busybox", "centos", "debian",
                                            "golang", "ubuntu",  "fedora"};
enum { COMMON_COUNT = sizeof COMMON_IMAGES / sizeof *COMMON_IMAGES };

static gdf_str with_latest(gdf__dispatch *work, const char *image)
{
    gdf__builder name = gdf__dispatch_text(work);
    gdf__builder_add_text(&name, image);
    gdf__builder_add_text(&name, ":latest");
    return gdf__builder_to_arena(&name, work->arena);
}

/* A stage or a common image with almost that name. */
static void suggest_image(gdf__dispatch *work, gdf__builder *message, gdf_str wanted)
{
    size_t stages = work->build->stages.count;
    gdf_str *names =
        gdf__arena_take(work->arena, (stages + (size_t)2 * COMMON_COUNT) * sizeof *names);
    if (!names)
        return;
    size_t count = 0;
    for (uint32_t id = 1; id <= stages; id++)
        names[count++] = gdf__dispatch_state_at(work, id)->name;
    for (size_t i = 0; i < COMMON_COUNT; i++) {
        names[count++] = gdf__str(COMMON_IMAGES[i]);
        names[count++] = with_latest(work, COMMON_IMAGES[i]);
    }
    gdf__suggestion_add(message, gdf__suggestion_find(wanted, names, count));
}

static bool refuse_missing(gdf__dispatch *work, gdf_str written, gdf_str reference)
{
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add(&message, written);
    gdf__builder_add_text(&message, ": ");
    gdf__builder_add(&message, reference);
    gdf__builder_add_text(&message, ": not found");
    suggest_image(work, &message, written);
    return gdf__dispatch_fail_with(work, &message);
}

static bool check_reference(gdf__dispatch *work, gdf_str written)
{
    gdf_str error = gdf__image_reference_check(written, work->arena);
    if (error.len == 0)
        return true;
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add_text(&message, "failed to parse stage name ");
    gdf__builder_add_go_quoted(&message, written);
    gdf__builder_add_text(&message, ": ");
    gdf__builder_add(&message, error);
    return gdf__dispatch_fail_with(work, &message);
}

static bool ask_for_image(gdf__dispatch *work, gdf__dispatch_state *state)
{
    if (work->config->is_check && work->bases.count == 0)
        return true;
    gdf_str reference = gdf__image_reference_full(state->base_name, work->arena);
    gdf__name_map_add(&work->image_references, reference, 0);
    const gdf__name_entry *entry = gdf__name_map_find(&work->base_references, reference);
    if (!entry)
        return true;
    state->base_config = entry->value;
    if (GDF__AT(work->bases, gdf__base_config, entry->value - 1)->is_missing)
        return refuse_missing(work, state->base_name, reference);
    gdf__base_config_read(work, entry->value);
    return true;
}

/* The builder looks at the name of an image also when the stage is not needed. An image that is not
 * a stage's is looked at once: it is not asked for when a trigger turns out to need it. */
static bool resolve(gdf__dispatch *work, uint32_t id)
{
    gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
    const gdf__stage *stage = gdf__build_stage(work->build, state->stage);
    bool is_replaced = stage && stage->is_replaced;
    if (state->base || state->is_resolved || state->is_dispatched)
        return true;
    state->is_resolved = gdf__dispatch_is_wanted(work, state);
    state->is_dispatched = !stage;
    if (!is_replaced && gdf__str_is(state->base_name, "scratch"))
        return true;
    work->lines = state->lines;
    if (!check_reference(work, state->base_name))
        return false;
    if (is_replaced) {
        state->is_dispatched = true;
        return true;
    }
    bool is_asked = gdf__dispatch_is_wanted(work, state) &&
                    !gdf__is_named_context(work->build, state->base_name);
    return !is_asked || ask_for_image(work, state);
}

/* ---- triggers -------------------------------------------------------------------------------- */

/* Says that a trigger is a file of one instruction; there the builder has nothing against. */
static bool is_about_stages(gdf_str message)
{
    return gdf__str_is(message, "no build stage in current context") ||
           gdf__str_is(message, "dockerfile contains no stages to build");
}

static const gdf__problem *first_problem(const gdf_document *document)
{
    const gdf__problem *first = NULL;
    for (uint32_t i = 0; i < document->problems.count; i++) {
        const gdf__problem *problem = GDF__AT(document->problems, gdf__problem, i);
        if (problem->phase == GDF__PHASE_OWN || is_about_stages(problem->message))
            continue;
        if (!first || problem->phase < first->phase ||
            (problem->phase == first->phase && problem->order < first->order))
            first = problem;
    }
    return first;
}

/* The text of a problem without `dockerfile parse error on line 1: `. */
static gdf_str bare_message(const gdf__problem *problem)
{
    gdf_str message = problem->message;
    size_t colon = gdf__str_find(message, ':', 0);
    return gdf__str_starts(message, "dockerfile parse error on line ")
               ? gdf__str_slice(message, colon + 2, message.len)
               : message;
}

static const gdf_document *read_trigger(gdf__dispatch *work, uint32_t index)
{
    gdf__trigger *trigger = GDF__AT(work->triggers, gdf__trigger, index);
    if (trigger->document)
        return trigger->document;
    gdf_document **kept = gdf__table_add(&work->config->triggers);
    if (!kept)
        return NULL;
    *kept = gdf_document_parse(trigger->text.ptr, trigger->text.len, work->options);
    work->arena->failed = work->arena->failed || !*kept;
    trigger->document = *kept;
    return trigger->document;
}

static bool check_trigger(gdf__dispatch *work, const gdf_document *document)
{
    const gdf__problem *problem = first_problem(document);
    if (problem && problem->phase < GDF__PHASE_INSTRUCTION)
        return gdf__dispatch_fail(work, problem->message);
    if (document->instructions.count != 1)
        return gdf__dispatch_fail(work,
                                  GDF__LITERAL("onbuild trigger should be a single expression"));
    if (problem)
        return gdf__dispatch_fail(work, bare_message(problem));
    gdf_node node = *GDF__AT(document->instructions, gdf_node, 0);
    if (gdf_node_get_instruction(document, node) == GDF_INSTRUCTION_FROM)
        return gdf__dispatch_fail(work, GDF__LITERAL("*instructions.Stage is not a command type"));
    return true;
}

static bool add_trigger(gdf__dispatch *work, uint32_t id, uint32_t index)
{
    size_t cost = GDF__AT(work->triggers, gdf__trigger, index)->text.len + 1;
    if (cost > work->trigger_bytes)
        return gdf__dispatch_give_up(work, gdf__trigger_limit_text);
    work->trigger_bytes -= cost;
    const gdf_document *document = read_trigger(work, index);
    work->lines = gdf__dispatch_state_at(work, id)->lines;
    if (!document || !check_trigger(work, document))
        return false;
    gdf__dispatch_command command = {.document = document,
                                     .node = *GDF__AT(document->instructions, gdf_node, 0),
                                     .lines = work->lines};
    return gdf__dispatch_add_command(work, id, &command);
}

static bool add_triggers(gdf__dispatch *work, uint32_t id)
{
    gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
    const gdf__dispatch_state *parent = gdf__dispatch_state_at(work, state->base);
    uint32_t first = parent ? parent->first_trigger : 0;
    uint32_t count = parent ? parent->trigger_count : 0;
    if (state->base_config) {
        const gdf__base_config *base =
            GDF__AT(work->bases, gdf__base_config, state->base_config - 1);
        first = base->first_trigger;
        count = base->trigger_count;
    }
    uint32_t first_command = work->commands.count;
    for (uint32_t i = 0; i < count; i++) {
        if (!add_trigger(work, id, first + i))
            return false;
    }
    state = gdf__dispatch_state_at(work, id);
    state->first_triggered = first_command;
    state->triggered_count = work->commands.count - first_command;
    return true;
}

/* ---- what the target needs ------------------------------------------------------------------- */

static void reach(gdf__dispatch *work, gdf__table *reached, uint32_t id)
{
    gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
    uint32_t *row = state && !state->is_reachable ? gdf__table_add(reached) : NULL;
    if (!row)
        return;
    *row = id;
    state->is_reachable = true;
    state->reached_at = reached->count;
}

/* Follows the needs of the states from `first` on in the list. */
static void reach_all(gdf__dispatch *work, gdf__table *reached, uint32_t first)
{
    for (uint32_t i = first; i < reached->count; i++) {
        const gdf__dispatch_state *state =
            gdf__dispatch_state_at(work, *GDF__AT(*reached, uint32_t, i));
        reach(work, reached, state->base);
        for (uint32_t id = state->first_need; id;) {
            const gdf__dispatch_need *need = GDF__AT(work->needs, gdf__dispatch_need, id - 1);
            reach(work, reached, need->source);
            id = need->next;
        }
    }
}

/* Triggers may need more: their states are reached, too. */
static void reach_again(gdf__dispatch *work, gdf__table *reached, uint32_t id)
{
    uint32_t first = reached->count;
    for (uint32_t row = gdf__dispatch_state_at(work, id)->first_need; row;) {
        const gdf__dispatch_need *need = GDF__AT(work->needs, gdf__dispatch_need, row - 1);
        reach(work, reached, need->source);
        row = need->next;
    }
    reach_all(work, reached, first);
}

/* The builder looks at all states at once, then at those that triggers have added. */
static bool resolve_all(gdf__dispatch *work, gdf__table *reached)
{
    uint32_t count = work->states.count;
    for (uint32_t id = 1; id <= count; id++)
        resolve(work, id);
    if (work->stopped)
        return false;
    uint32_t done = reached->count;
    for (uint32_t id = 1; id <= count; id++) {
        uint32_t place = gdf__dispatch_state_at(work, id)->reached_at;
        if (place == 0 || place > done)
            continue;
        if (!add_triggers(work, id))
            return false;
        reach_again(work, reached, id);
    }
    for (; done < reached->count; done++) {
        uint32_t id = *GDF__AT(*reached, uint32_t, done);
        if (!resolve(work, id) || !add_triggers(work, id))
            return false;
        reach_again(work, reached, id);
    }
    return !reached->failed;
}

static void keep_images(gdf__dispatch *work, uint32_t target)
{
    for (uint32_t id = target; id; id = gdf__dispatch_state_at(work, id)->base)
        gdf__dispatch_state_at(work, id)->is_image_kept = true;
}

bool gdf__dispatch_resolve(gdf__dispatch *work, uint32_t target)
{
    gdf__table reached; /* of uint32_t: states */
    gdf__table_init(&reached, &work->arena->allocator, sizeof(uint32_t));
    if (!work->config->is_check)
        keep_images(work, target);
    reach(work, &reached, target);
    work->looks_at_all =
        work->config->is_check && gdf_options_count_texts(work->options, GDF_OPTION_TARGET) == 0;
    reach_all(work, &reached, 0);
    bool is_good = resolve_all(work, &reached);
    work->arena->failed = work->arena->failed || reached.failed;
    gdf__table_free(&reached);
    return is_good;
}
