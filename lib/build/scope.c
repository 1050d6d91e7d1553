#include "build/scope.h"

#include "base/slice.h"
#include "build/work.h"

/* What a name is bound to in one version of a scope. */
typedef struct binding {
    uint32_t assignment; /* id of the last one */
    uint32_t place;      /* in the ENV list, counted from 1; 0: no ENV sets it */
} binding;

void gdf__scope_init(gdf_build *build)
{
    gdf__table_init(&build->bindings, &build->arena.allocator, sizeof(binding));
    gdf__table_init(&build->covered, &build->arena.allocator, sizeof(uint32_t));
}

static const gdf__assignment *assignment_at(const gdf_build *build, uint32_t id)
{
    return id ? GDF__AT(build->assignments, gdf__assignment, id - 1) : NULL;
}

static binding binding_at(const gdf_build *build, uint32_t variables, uint32_t number)
{
    uint32_t id = gdf__versions_get(&build->versions, variables, number);
    return id ? *GDF__AT(build->bindings, binding, id - 1) : (binding){0, 0};
}

static binding binding_of(const gdf_build *build, uint32_t variables, const gdf__name_entry *entry)
{
    return entry ? binding_at(build, variables, entry->value) : (binding){0, 0};
}

static binding find_binding(const gdf_build *build, uint32_t variables, gdf_str name)
{
    return binding_of(build, variables, gdf__name_map_find(&build->variable_names, name));
}

/* ---- the base image -------------------------------------------------------------------------- */

static gdf__variable set_by_image(const char *value)
{
    return (gdf__variable){.state = GDF__VARIABLE_SET,
                           .flags = GDF__VALUE_IMAGE,
                           .value = gdf__str(value),
                           .is_environment = true};
}

/* The builder gives every image a PATH. */
static gdf__variable find_in_empty_image(gdf_str name)
{
    gdf__variable nothing = {.state = GDF__VARIABLE_UNSET, .value = gdf__empty};
    return gdf__str_is(name, "PATH")
               ? set_by_image("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
               : nothing;
}

static gdf__variable find_in_base(const gdf__scope *scope, gdf_str name)
{
    gdf__variable unset = {.state = GDF__VARIABLE_UNSET, .value = gdf__empty};
    gdf__variable unknown = {.state = GDF__VARIABLE_BASE, .value = gdf__empty};
    if (scope->stage == 0)
        return scope->is_open ? unknown : unset;
    if (scope->build->ignores_tables || gdf__build_is_scratch(scope->build, scope->stage))
        return find_in_empty_image(name);
    gdf__image_facts facts = gdf__build_find_image(scope->build, scope->stage);
    const gdf__image_variable *variable = gdf__facts_find_variable(&facts, name);
    if (variable && variable->value)
        return set_by_image(variable->value);
    bool may_be_set = variable || facts.knows_all_variables != GDF__FACT_YES;
    return may_be_set ? unknown : unset;
}

/* ---- finding --------------------------------------------------------------------------------- */

static gdf__variable variable_of(const gdf__assignment *row)
{
    return (gdf__variable){.state = (gdf__variable_state)row->state,
                           .flags = row->flags,
                           .value = row->value,
                           .node = row->node,
                           .part = row->part,
                           .source = row->source,
                           .is_environment = row->is_environment,
                           .is_declared = row->is_declared};
}

static gdf__variable find_bound(const gdf__scope *scope, gdf_str name, binding found)
{
    const gdf__assignment *row = assignment_at(scope->build, found.assignment);
    if (row && row->state == GDF__VARIABLE_SET)
        return variable_of(row);
    gdf__variable base = find_in_base(scope, name);
    if (!row)
        return base;
    if (base.state == GDF__VARIABLE_SET) {
        base.is_declared = true;
        return base;
    }
    return variable_of(row);
}

gdf__variable gdf__scope_find(const gdf__scope *scope, gdf_str name)
{
    return find_bound(scope, name, find_binding(scope->build, scope->variables, name));
}

gdf__variable gdf__scope_find_entry(const gdf__scope *scope, const gdf__name_entry *entry)
{
    return find_bound(scope, entry->name, binding_of(scope->build, scope->variables, entry));
}

/* ---- the builder's list ---------------------------------------------------------------------- */

/* ARG of base stages, the environment of the base, the stage: highest first bits of an order. */
enum { ORDER_SHIFT = 33 };

bool gdf__scope_is_own(const gdf__scope *scope, const gdf__name_entry *entry)
{
    const gdf__stage *stage = gdf__build_stage(scope->build, scope->stage);
    binding bound = binding_of(scope->build, scope->variables, entry);
    const gdf__assignment *row = assignment_at(scope->build, bound.assignment);
    return row && stage && row->set_by >= stage->first_assignment;
}

uint64_t gdf__scope_order_of_base(uint32_t index)
{
    return ((uint64_t)1 << ORDER_SHIFT) + index;
}

uint64_t gdf__scope_order(const gdf__scope *scope, const gdf__name_entry *entry, uint32_t others)
{
    binding bound = binding_of(scope->build, scope->variables, entry);
    const gdf__assignment *row = assignment_at(scope->build, bound.assignment);
    if (gdf__scope_is_own(scope, entry))
        return ((uint64_t)2 << ORDER_SHIFT) + row->set_by;
    return row && !bound.place ? row->set_by : gdf__scope_order_of_base(others) + bound.place;
}

gdf__variable gdf__scope_find_environment(const gdf__scope *scope, uint32_t environment,
                                          gdf_str name)
{
    binding found = find_binding(scope->build, scope->variables, name);
    if (found.place == 0)
        return find_in_base(scope, name);
    uint32_t id = gdf__versions_get(&scope->build->versions, environment, found.place - 1);
    return variable_of(assignment_at(scope->build, id));
}

gdf__scope gdf__scope_at_end(const gdf_build *build, gdf_stage stage)
{
    const gdf__image_state *state = gdf__build_state_at_end(build, stage);
    return (gdf__scope){build, state->variables, stage, build->is_fragment};
}

gdf__scope gdf__scope_before(const gdf_build *build, gdf_node node)
{
    const gdf__step *step = gdf__build_step(build, node);
    const gdf__image_state *state = gdf__build_state_before(build, node);
    bool is_global = !step || step->is_global;
    return (gdf__scope){build, state->variables, is_global ? 0 : step->stage, build->is_fragment};
}

/* `*part` becomes the pair of an ARG that holds it; false when there is none. */
static bool enter_argument_pair(const gdf_document *document, gdf_part *part)
{
    while (*part && gdf_part_get_kind(document, *part) != GDF_PART_PAIR)
        *part = gdf_part_get_parent(document, *part);
    gdf_node node = gdf_part_get_instruction(document, *part);
    return gdf_node_get_instruction(document, node) == GDF_INSTRUCTION_ARG;
}

/* The row that the pair made, or NULL: the first one of that number, see pair_of_row(). */
static const gdf__assignment *find_assignment(const gdf_build *build, gdf_part pair)
{
    uint32_t low = 0;
    uint32_t high = build->assignments.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (GDF__AT(build->assignments, gdf__assignment, middle)->pair < pair)
            low = middle + 1;
        else
            high = middle;
    }
    const gdf__assignment *row = assignment_at(build, low < build->assignments.count ? low + 1 : 0);
    return row && row->pair == pair ? row : NULL;
}

gdf__scope gdf__scope_before_part(const gdf_build *build, gdf_part part)
{
    const gdf_document *document = build->document;
    gdf__scope scope = gdf__scope_before(build, gdf_part_get_instruction(document, part));
    if (!enter_argument_pair(document, &part))
        return scope;
    const gdf__assignment *row = find_assignment(build, part);
    if (row)
        scope.variables = row->before;
    return scope;
}

/* ---- assigning ------------------------------------------------------------------------------- */

static uint32_t number_of_name(gdf_build *build, gdf_str name)
{
    const gdf__name_entry *entry =
        gdf__name_map_add(&build->variable_names, name, build->variable_names.entries.count);
    return entry ? entry->value : 0;
}

/* The ENV list keeps a name where it first came. */
static void list_environment(gdf_build *build, gdf__image_state *state, binding *bound)
{
    if (bound->place == 0)
        bound->place = ++state->environment_count;
    state->environment = gdf__versions_set(&build->versions, state->environment, bound->place - 1,
                                           bound->assignment);
}

/* Rows are in the order of their pairs. What a trigger of an earlier stage makes goes with the row
 * in front of it. */
static gdf_part pair_of_row(const gdf_build *build, gdf_part pair)
{
    const gdf__assignment *last = assignment_at(build, build->assignments.count);
    return last && last->pair > pair ? last->pair : pair;
}

/* Binds the name of the row to it in the scope that `variables` is a version of. */
static void bind(gdf_build *build, uint32_t *variables, uint32_t number, gdf__assignment assignment,
                 binding bound)
{
    assignment.pair = pair_of_row(build, assignment.pair);
    assignment.before = *variables;
    gdf__assignment *row = gdf__table_add(&build->assignments);
    binding *next = gdf__table_add(&build->bindings);
    if (!row || !next || gdf__name_map_failed(&build->variable_names))
        return;
    *row = assignment;
    *next = bound;
    *variables = gdf__versions_set(&build->versions, *variables, number, build->bindings.count);
}

void gdf__scope_start(gdf_build *build, gdf__image_state *state, const gdf__assignment *rows,
                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t id = i + 1;
        gdf__assignment *row = gdf__table_add(&build->assignments);
        binding *bound = gdf__table_add(&build->bindings);
        if (!row || !bound || number_of_name(build, rows[i].name) != i)
            return;
        *row = rows[i];
        row->set_by = id;
        *bound = (binding){.assignment = id};
    }
    state->variables = gdf__versions_start(&build->versions, 1, count);
}

static void cover(gdf_build *build, uint32_t number)
{
    uint32_t *row = gdf__table_add(&build->covered);
    if (row)
        *row = number;
}

void gdf__scope_assign(gdf_build *build, gdf__image_state *state, gdf__assignment assignment)
{
    uint32_t number = number_of_name(build, assignment.name);
    binding bound = binding_at(build, state->variables, number);
    const gdf__assignment *earlier = assignment_at(build, bound.assignment);
    gdf_part pair = assignment.part;
    assignment.set_by = build->assignments.count + 1;
    if (earlier && assignment.state == GDF__VARIABLE_DECLARED &&
        earlier->state == GDF__VARIABLE_SET) {
        assignment = *earlier;
        assignment.is_declared = true;
    }
    assignment.is_declared = assignment.is_declared || (earlier && earlier->is_declared);
    assignment.pair = pair;
    bound.assignment = build->assignments.count + 1;
    if (assignment.is_environment && assignment.state == GDF__VARIABLE_SET)
        list_environment(build, state, &bound);
    else if (bound.place)
        cover(build, number);
    bind(build, &state->variables, number, assignment, bound);
}

void gdf__scope_begin_stage(gdf_build *build)
{
    build->covered.count = 0;
}

uint32_t gdf__scope_for_children(gdf_build *build, const gdf__image_state *state)
{
    uint32_t variables = state->variables;
    for (uint32_t i = 0; i < build->covered.count; i++) {
        uint32_t number = *GDF__AT(build->covered, uint32_t, i);
        binding bound = binding_at(build, variables, number);
        const gdf__assignment *covering = assignment_at(build, bound.assignment);
        uint32_t id = gdf__versions_get(&build->versions, state->environment, bound.place - 1);
        if (covering->is_environment)
            continue;
        gdf__assignment assignment = *assignment_at(build, id);
        assignment.is_declared = covering->is_declared;
        bound.assignment = build->assignments.count + 1;
        bind(build, &variables, number, assignment, bound);
    }
    return variables;
}

/* ---- expanding ------------------------------------------------------------------------------- */

typedef struct lookup {
    const gdf__scope *scope;
    unsigned flags; /* of the values that were found */
} lookup;

static bool find_value(void *context, gdf_str name, gdf_str *value)
{
    lookup *work = context;
    gdf__variable variable = gdf__scope_find(work->scope, name);
    if (variable.state != GDF__VARIABLE_SET)
        return false;
    *value = variable.value;
    work->flags |= variable.flags;
    return true;
}

/* `${name-…}`, `${name:+…}` and such have a value of their own for a variable without one. */
static bool has_modifier(gdf_str text, const gdf__word_reference *reference)
{
    size_t behind = (size_t)(reference->name.ptr - text.ptr) + reference->name.len;
    return reference->start + 1 < text.len && text.ptr[reference->start + 1] == '{' &&
           behind < text.len && text.ptr[behind] != '}';
}

static unsigned flags_of_missing(const gdf__scope *scope, gdf_str text,
                                 gdf__word_references references)
{
    unsigned flags = 0;
    for (uint32_t i = 0; i < references.count; i++) {
        const gdf__word_reference *reference = &references.items[i];
        if (reference->is_set)
            continue;
        gdf__variable variable = gdf__scope_find(scope, reference->name);
        if (variable.state == GDF__VARIABLE_DECLARED)
            flags |= has_modifier(text, reference) ? GDF__VALUE_ARGUMENT : GDF__VALUE_UNKNOWN;
        else if (variable.state == GDF__VARIABLE_BASE)
            flags |= GDF__VALUE_UNKNOWN;
    }
    return flags;
}

/* `most`, or less: a share of one allowance for the build, and a multiple of the text's length. */
static size_t limit_for(const gdf_build *build, gdf_str text, size_t most)
{
    const size_t growth = 64;
    if (text.len >= most / growth)
        return most;
    size_t allowed = build->expansion_share + text.len * growth;
    return allowed < most ? allowed : most;
}

size_t gdf__growth_limit(const gdf_build *build, gdf_str text)
{
    return limit_for(build, text, build->expansion_limit);
}

gdf__word_rules gdf__rules_for(const gdf_build *build, gdf_str text,
                               gdf__word_environment environment)
{
    return (gdf__word_rules){.environment = environment,
                             .limit = gdf__growth_limit(build, text),
                             .steps = limit_for(build, text, build->step_limit),
                             .escape = build->document->escape};
}

static gdf__word_rules rules_of(lookup *work, gdf_str text)
{
    return gdf__rules_for(work->scope->build, text, (gdf__word_environment){find_value, work});
}

static gdf__expansion describe(const lookup *work, gdf_str text, gdf__word_status status,
                               gdf__word_references references)
{
    gdf__expansion result = {.text = gdf__empty,
                             .error = gdf__empty,
                             .flags = work->flags,
                             .is_limited = status == GDF__WORD_LIMIT,
                             .has_variables = references.count > 0,
                             .references = references};
    result.flags |= status == GDF__WORD_OK ? flags_of_missing(work->scope, text, references)
                                           : GDF__VALUE_UNKNOWN;
    result.certain = !(result.flags & GDF__VALUE_UNKNOWN);
    return result;
}

gdf__expansion gdf__scope_expand(const gdf__scope *scope, gdf_str text, unsigned mode, char escape,
                                 gdf__arena *arena)
{
    if (gdf__word_is_plain(text))
        return (gdf__expansion){.text = text, .error = gdf__empty, .certain = true};
    lookup work = {.scope = scope};
    gdf__word_rules rules = rules_of(&work, text);
    rules.mode = mode;
    rules.escape = escape;
    gdf__word_expansion word = gdf__word_expand(&rules, text, arena);
    gdf__expansion result = describe(&work, text, word.status, word.references);
    result.text = word.text;
    result.error = word.error;
    return result;
}

gdf__expansion gdf__scope_split(const gdf__scope *scope, gdf_str text, gdf__arena *arena,
                                gdf__word_list *words)
{
    lookup work = {.scope = scope};
    gdf__word_rules rules = rules_of(&work, text);
    *words = gdf__word_split(&rules, text, arena);
    gdf__expansion result = describe(&work, text, words->status, words->references);
    result.error = words->error;
    return result;
}

/* ---- for the layers above -------------------------------------------------------------------- */

gdf__variable gdf__build_find_variable(const gdf_build *build, gdf_node node, gdf_str name)
{
    gdf__scope scope = gdf__scope_before(build, node);
    return gdf__scope_find(&scope, name);
}

gdf__variable gdf__build_find_variable_at_end(const gdf_build *build, gdf_stage stage, gdf_str name)
{
    gdf__scope scope = gdf__scope_at_end(build, stage);
    return gdf__scope_find(&scope, name);
}

gdf__variable gdf__build_find_environment(const gdf_build *build, gdf_stage stage, gdf_str name)
{
    gdf__scope scope = gdf__scope_at_end(build, stage);
    uint32_t environment = gdf__build_state_at_end(build, stage)->environment;
    return gdf__scope_find_environment(&scope, environment, name);
}

const gdf__assignment *gdf__build_environment_at(const gdf_build *build, gdf_stage stage,
                                                 uint32_t index)
{
    const gdf__image_state *state = gdf__build_state_at_end(build, stage);
    if (index >= state->environment_count)
        return NULL;
    return assignment_at(build, gdf__versions_get(&build->versions, state->environment, index));
}

gdf__variable gdf__build_shell_value(const gdf_build *build, gdf_command command, gdf_str name)
{
    const gdf__command *row = gdf__shell_command(&build->shell, command);
    gdf_node node = row ? row->instruction : 0;
    const gdf__step *step = gdf__build_step(build, node);
    bool while_building =
        gdf_node_get_instruction(build->document, node) == GDF_INSTRUCTION_RUN || !step;
    return while_building ? gdf__build_find_variable(build, node, name)
                          : gdf__build_find_environment(build, step->stage, name);
}

gdf__expansion gdf__build_expand_with(const gdf_build *build, gdf_node node, gdf_str text,
                                      unsigned mode, char escape, gdf__arena *arena)
{
    gdf__scope scope = gdf__scope_before(build, node);
    return gdf__scope_expand(&scope, text, mode, escape, arena);
}

gdf__expansion gdf__build_expand(const gdf_build *build, gdf_node node, gdf_str text,
                                 gdf__arena *arena)
{
    return gdf__build_expand_with(build, node, text, 0, build->document->escape, arena);
}
