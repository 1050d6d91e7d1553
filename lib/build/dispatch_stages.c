/* The stages as the builder lists them, what they need, and which one is built. */
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/work.h"
#include "instruction/csv.h"
#include "instruction/suggestion.h"
#include "instruction/values.h"

/* ---- FROM ------------------------------------------------------------------------------------ */

static gdf__line_range lines_of(const gdf_document *document, gdf_node node)
{
    return (gdf__line_range){gdf_node_get_first_line(document, node),
                             gdf_node_get_last_line(document, node)};
}

gdf_str gdf__dispatch_flag(const gdf_document *document, gdf_node node, const char *name)
{
    gdf_part flag = gdf_instruction_find_flag(document, node, name, 0);
    return gdf_part_get_value(document, gdf_part_find(document, flag, GDF_PART_FLAG_VALUE, 0));
}

static bool read_base_name(gdf__dispatch *work, gdf_node from, gdf_str *name)
{
    gdf_part part = gdf_instruction_find_part(work->document, from, GDF_PART_IMAGE, 0);
    gdf_str text = gdf_part_get_value(work->document, part);
    if (!gdf__dispatch_expand(work, text, name))
        return false;
    if (name->len)
        return true;
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add_text(&message, "base name (");
    gdf__builder_add(&message, text);
    gdf__builder_add_text(&message, ") should not be blank");
    return gdf__dispatch_fail_with(work, &message);
}

/* Unset variables that a suggestion is looked for. */
enum { MAX_SUGGESTED = 16 };

/* Suggests a global argument for the first unset one that resembles one. */
static void suggest_argument(gdf__dispatch *work, gdf__builder *message,
                             gdf__word_references references)
{
    const gdf_str *names;
    size_t count = gdf__dispatch_list_globals(work, &names);
    for (uint32_t i = 0, tried = 0; i < references.count && tried < MAX_SUGGESTED; i++) {
        if (references.items[i].is_set || references.items[i].is_repeated)
            continue;
        tried++;
        gdf_str name = gdf__suggestion_find(references.items[i].name, names, count);
        if (name.len == 0)
            continue;
        gdf__suggestion_add(message, name);
        return;
    }
}

static bool refuse_platform(gdf__dispatch *work, const char *what, gdf_str written, gdf_str why,
                            gdf__word_references references)
{
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add_text(&message, what);
    gdf__builder_add(&message, written);
    gdf__builder_add(&message, why);
    suggest_argument(work, &message, references);
    return gdf__dispatch_fail_with(work, &message);
}

static const gdf__platform HOST = {
    .os = {"linux", 5}, .os_version = {"", 0}, .architecture = {"amd64", 5}, .variant = {"", 0}};

static bool read_platform(gdf__dispatch *work, gdf_node from, gdf__dispatch_state *state)
{
    static const gdf__word_references NONE = {NULL, 0};
    gdf_str text = gdf__dispatch_flag(work->document, from, "platform");
    state->platform = work->target_platform;
    if (text.len == 0)
        return true;
    gdf__word_expansion word = gdf__dispatch_evaluate(work, text, 0, work->document->escape);
    if (word.status == GDF__WORD_LIMIT)
        return gdf__dispatch_give_up_word(work);
    if (word.status == GDF__WORD_REFUSED)
        return refuse_platform(work, "failed to process arguments for platform : ", gdf__empty,
                               word.error, NONE);
    if (word.text.len == 0)
        return refuse_platform(work, "empty platform value from expression ", text, gdf__empty,
                               word.references);
    gdf_str error = gdf__platform_parse(word.text, &HOST, &state->platform, work->arena);
    state->has_platform = true;
    if (error.len == 0)
        return true;
    gdf__builder why = gdf__dispatch_text(work);
    gdf__builder_add_text(&why, ": ");
    gdf__builder_add(&why, error);
    return refuse_platform(work, "failed to parse platform ", text,
                           gdf__builder_to_arena(&why, work->arena), word.references);
}

static gdf_str name_of_stage(gdf__dispatch *work, const gdf__stage *stage, uint32_t index)
{
    if (stage->name.len)
        return stage->name;
    gdf__builder name = gdf__dispatch_text(work);
    gdf__builder_add_text(&name, "stage-");
    gdf__builder_add_number(&name, index);
    return gdf__builder_to_arena(&name, work->arena);
}

bool gdf__dispatch_add_stages(gdf__dispatch *work)
{
    gdf__platform_parse(work->build->platform, &HOST, &work->target_platform, work->arena);
    for (gdf_stage id = 1; id <= work->build->stages.count; id++) {
        const gdf__stage *stage = gdf__build_stage(work->build, id);
        gdf__dispatch_state state = {.stage = id, .workdir = gdf__empty};
        state.lines = work->lines = lines_of(work->document, stage->instruction);
        state.name = name_of_stage(work, stage, id - 1);
        state.base = stage->is_replaced ? 0 : stage->base_stage;
        if (!read_base_name(work, stage->instruction, &state.base_name) ||
            !read_platform(work, stage->instruction, &state))
            return false;
        gdf__dispatch_state *row = gdf__table_add(&work->states);
        if (!row)
            return false;
        *row = state;
    }
    work->is_in_front = false;
    return true;
}

uint32_t gdf__dispatch_find_target(gdf__dispatch *work)
{
    uint32_t count = work->states.count;
    if (work->build->target)
        return work->build->target;
    gdf_str wanted =
        gdf__arena_copy(work->arena, gdf_options_get_text(work->options, GDF_OPTION_TARGET, 0));
    gdf_str *names = gdf__arena_take(work->arena, (size_t)count * sizeof *names);
    for (uint32_t i = 0; names && i < count; i++)
        names[i] = gdf__dispatch_state_at(work, i + 1)->name;
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add_text(&message, "target stage ");
    gdf__builder_add_go_quoted(&message, wanted);
    gdf__builder_add_text(&message, " could not be found");
    if (names)
        gdf__suggestion_add(&message, gdf__suggestion_find(wanted, names, count));
    work->lines = (gdf__line_range){0, 0};
    gdf__dispatch_fail_with(work, &message);
    return 0;
}

/* ---- what commands need ---------------------------------------------------------------------- */

/* An image is not a stage: the builder numbers it behind the stages. */
static uint32_t add_image(gdf__dispatch *work, gdf_str image, gdf__line_range lines)
{
    gdf__dispatch_state *row = gdf__table_add(&work->states);
    if (!row)
        return 0;
    *row = (gdf__dispatch_state){
        .base_name = image, .name = gdf__empty, .lines = lines, .workdir = gdf__empty};
    row->platform = work->target_platform;
    return work->states.count;
}

static void add_need(gdf__dispatch *work, uint32_t id, uint32_t source)
{
    gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
    gdf__dispatch_state *needed = gdf__dispatch_state_at(work, source);
    uint32_t command = work->commands.count;
    if (!needed)
        return;
    if (needed->seen_by == id) {
        GDF__AT(work->needs, gdf__dispatch_need, needed->seen_need - 1)->command = command;
        return;
    }
    gdf__dispatch_need *need = gdf__table_add(&work->needs);
    if (!need)
        return;
    *need = (gdf__dispatch_need){source, command, 0};
    needed->seen_by = id;
    needed->seen_need = work->needs.count;
    if (state->last_need)
        GDF__AT(work->needs, gdf__dispatch_need, state->last_need - 1)->next = work->needs.count;
    else
        state->first_need = work->needs.count;
    state->last_need = work->needs.count;
}

static void add_source(gdf__dispatch *work, uint32_t id, uint32_t source)
{
    uint32_t *row = gdf__table_add(&work->sources);
    if (row)
        *row = source;
    add_need(work, id, source);
}

static bool refuse_index(gdf__dispatch *work, int64_t index)
{
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add_text(&message, "invalid stage index ");
    if (index < 0)
        gdf__builder_add_byte(&message, '-');
    gdf__builder_add_number(&message, index < 0 ? (uint64_t)-index : (uint64_t)index);
    return gdf__dispatch_fail_with(work, &message);
}

static bool check_from(gdf__dispatch *work, gdf_str from)
{
    uint32_t environment = work->environment;
    work->environment = 0;
    gdf_str expanded;
    bool is_good = gdf__dispatch_expand(work, from, &expanded);
    work->environment = environment;
    if (!is_good || gdf__str_equal(expanded, from))
        return is_good;
    return gdf__dispatch_fail(
        work, GDF__LITERAL("variable expansion is not supported for --from, define a new stage "
                           "with FROM using ARG from global scope as a workaround"));
}

static bool add_copy_source(gdf__dispatch *work, uint32_t id, const gdf__dispatch_command *command)
{
    gdf_str from = gdf__dispatch_flag(command->document, command->node, "from");
    if (from.len == 0)
        return true;
    if (!check_from(work, from))
        return false;
    int64_t index = 0;
    uint32_t source = 0;
    if (gdf__number_parse(from, 64, &index) == GDF__NUMBER_OK) {
        if (index < 0 || index >= (int64_t)work->states.count)
            return refuse_index(work, index);
        source = (uint32_t)index + 1;
    } else {
        source = gdf__find_stage_by_name(work->build, from, work->arena);
    }
    add_source(work, id, source ? source : add_image(work, from, command->lines));
    return true;
}

bool gdf__dispatch_next_mount(const gdf_document *document, gdf_node node, gdf_part *id,
                              gdf_str *value)
{
    const gdf__part *part =
        *id ? gdf__next_part(document, id) : gdf__first_part(document, node, id);
    bool is_mount = false;
    for (; part; part = gdf__next_part(document, id)) {
        if (part->kind == GDF_PART_FLAG_NAME)
            is_mount = gdf__str_is(gdf__part_value(part), "mount");
        if (part->kind == GDF_PART_FLAG_VALUE && is_mount) {
            *value = gdf__part_value(part);
            return true;
        }
    }
    return false;
}

/* The `from` of a mount; its last one counts. */
static gdf_str source_of_mount(gdf__dispatch *work, gdf_str mount)
{
    gdf_str from = gdf__empty;
    gdf__csv csv;
    gdf__csv_field field;
    gdf__csv_init(&csv, mount);
    while (gdf__csv_next(&csv, &field)) {
        gdf_str text = gdf__csv_value(&csv, &field, work->arena);
        size_t equals = gdf__str_find(text, '=', 0);
        gdf_str key = gdf__to_lower(gdf__str_slice(text, 0, equals), work->arena);
        if (equals < text.len && gdf__str_is(key, "from"))
            from = gdf__str_slice(text, equals + 1, text.len);
    }
    return from;
}

/* A mount without `from` counts as one of an image of nothing. */
static void add_mount_sources(gdf__dispatch *work, uint32_t id,
                              const gdf__dispatch_command *command)
{
    static const gdf__line_range NOWHERE = {0, 0};
    gdf_part part = 0;
    gdf_str mount;
    while (gdf__dispatch_next_mount(command->document, command->node, &part, &mount)) {
        gdf_str from = source_of_mount(work, mount);
        if (from.len == 0)
            from = GDF__LITERAL("scratch");
        uint32_t stage = gdf__find_stage_by_name(work->build, from, work->arena);
        add_source(work, id, stage ? stage : add_image(work, from, NOWHERE));
    }
}

bool gdf__dispatch_add_command(gdf__dispatch *work, uint32_t id,
                               const gdf__dispatch_command *command)
{
    gdf__dispatch_command *row = gdf__table_add(&work->commands);
    if (!row)
        return false;
    *row = *command;
    row->first_source = work->sources.count;
    gdf_instruction_kind kind = gdf_node_get_instruction(command->document, command->node);
    if (kind == GDF_INSTRUCTION_RUN)
        add_mount_sources(work, id, command);
    return kind != GDF_INSTRUCTION_COPY || add_copy_source(work, id, command);
}

/* ---- the commands of the stages -------------------------------------------------------------- */

/* The builder keeps the line without its first word, and the heredocs that follow. */
gdf_str gdf__dispatch_trigger_text(gdf__dispatch *work, const gdf_document *document, gdf_node node)
{
    gdf_str line = gdf__document_line(document, node)->fragment.text;
    size_t at = 0;
    while (at < line.len && gdf__str_has_byte(GDF__LITERAL(" \t\n\f\r"), line.ptr[at]))
        at++;
    at += strlen("ONBUILD");
    while (at < line.len && gdf__str_has_byte(GDF__LITERAL(" \t\n\f\r"), line.ptr[at]))
        at++;
    gdf__builder text = gdf__dispatch_text(work);
    gdf__builder_add(&text, gdf__str_slice(line, at, line.len));
    for (gdf_node inner = node + 1; inner < gdf__document_node(document, node)->next; inner++) {
        const gdf__node *row = gdf__document_node(document, inner);
        if (row->kind != GDF_NODE_HEREDOC)
            continue;
        const gdf__heredoc *heredoc = GDF__AT(document->heredocs, gdf__heredoc, row->detail);
        gdf__builder_add_byte(&text, '\n');
        gdf__builder_add(&text, heredoc->body);
        gdf__builder_add(&text, heredoc->name);
    }
    return gdf__builder_to_arena(&text, work->arena);
}

static void add_trigger(gdf__dispatch *work, gdf_node node)
{
    gdf__trigger *trigger = gdf__table_add(&work->triggers);
    if (trigger)
        *trigger = (gdf__trigger){gdf__dispatch_trigger_text(work, work->document, node), NULL};
}

static bool add_stage_commands(gdf__dispatch *work, uint32_t id)
{
    const gdf__stage *stage = gdf__build_stage(work->build, id);
    gdf__dispatch_state_at(work, id)->first_command = work->commands.count;
    gdf__dispatch_state_at(work, id)->first_trigger = work->triggers.count;
    for (uint32_t i = 1; i < stage->instruction_count; i++) {
        gdf_node node =
            *GDF__AT(work->document->instructions, gdf_node, stage->first_instruction + i);
        gdf__dispatch_command command = {
            .document = work->document, .node = node, .lines = lines_of(work->document, node)};
        if (gdf_node_get_instruction(work->document, node) == GDF_INSTRUCTION_ONBUILD)
            add_trigger(work, node);
        if (!gdf__dispatch_add_command(work, id, &command))
            return false;
    }
    gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
    state->command_count = work->commands.count - state->first_command;
    state->trigger_count = work->triggers.count - state->first_trigger;
    return true;
}

/* ---- cycles ---------------------------------------------------------------------------------- */

/* A step of the walk: a state and the need that is looked at next. */
typedef struct step {
    uint32_t state;
    uint32_t need;
} step;

typedef enum mark { UNSEEN = 0, ON_PATH = 1, DONE = 2 } mark;

/* Every command on the way from the first state to the cycle is a place of the error. */
static bool refuse_cycle(gdf__dispatch *work, const gdf__table *path)
{
    gdf__builder message = gdf__dispatch_text(work);
    gdf__builder_add_text(&message, "circular dependency detected on stage: ");
    gdf__builder_add(&message, gdf__dispatch_state_at(work, GDF__AT(*path, step, 0)->state)->name);
    gdf__dispatch_fail_with(work, &message);
    for (uint32_t i = 0; i < path->count; i++) {
        uint32_t need = GDF__AT(*path, step, i)->need;
        uint32_t command = GDF__AT(work->needs, gdf__dispatch_need, need - 1)->command;
        gdf__dispatch_add_place(work,
                                GDF__AT(work->commands, gdf__dispatch_command, command - 1)->lines);
    }
    return false;
}

static void enter(const gdf__dispatch *work, gdf__table *path, uint8_t *marks, uint32_t id)
{
    step *row = gdf__table_add(path);
    if (!row)
        return;
    *row = (step){id, gdf__dispatch_state_at(work, id)->first_need};
    marks[id] = ON_PATH;
}

static bool walk_from(gdf__dispatch *work, gdf__table *path, uint8_t *marks, uint32_t start)
{
    if (marks[start] == UNSEEN)
        enter(work, path, marks, start);
    while (path->count && !path->failed) {
        step *top = GDF__AT(*path, step, path->count - 1);
        if (!top->need) {
            marks[top->state] = DONE;
            path->count--;
            if (path->count) {
                top--;
                top->need = GDF__AT(work->needs, gdf__dispatch_need, top->need - 1)->next;
            }
            continue;
        }
        const gdf__dispatch_need *need = GDF__AT(work->needs, gdf__dispatch_need, top->need - 1);
        if (marks[need->source] == ON_PATH)
            return refuse_cycle(work, path);
        if (marks[need->source] == UNSEEN)
            enter(work, path, marks, need->source);
        else
            top->need = need->next;
    }
    return true;
}

/* FROM is no part of a cycle: it names earlier stages only. */
static bool has_no_cycle(gdf__dispatch *work)
{
    work->lines = (gdf__line_range){0, 0};
    size_t size = (size_t)work->states.count + 1;
    uint8_t *marks = gdf__arena_take(work->arena, size);
    if (!marks)
        return false;
    memset(marks, UNSEEN, size);
    gdf__table path; /* of step */
    gdf__table_init(&path, &work->arena->allocator, sizeof(step));
    bool is_good = true;
    for (uint32_t id = 1; id <= work->states.count && is_good; id++)
        is_good = walk_from(work, &path, marks, id);
    work->arena->failed = work->arena->failed || path.failed;
    gdf__table_free(&path);
    return is_good;
}

bool gdf__dispatch_add_commands(gdf__dispatch *work)
{
    work->lines = (gdf__line_range){0, 0};
    for (uint32_t id = 1; id <= work->build->stages.count; id++) {
        if (!add_stage_commands(work, id))
            return false;
    }
    return has_no_cycle(work);
}
