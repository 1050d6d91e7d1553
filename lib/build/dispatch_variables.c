/* Variables while stages run, and the arguments in front of the first one. */
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/scope.h"
#include "build/work.h"

/* ---- values ---------------------------------------------------------------------------------- */

static const gdf__dispatch_value *value_at(const gdf__dispatch *work, uint32_t id)
{
    return id ? GDF__AT(work->values, gdf__dispatch_value, id - 1) : NULL;
}

/* A new version in which variable `number` has the value `id`. */
static void set_number(gdf__dispatch *work, uint32_t number, uint32_t id)
{
    work->environment = gdf__versions_set(&work->versions, work->environment, number, id);
}

void gdf__dispatch_set_variable(gdf__dispatch *work, gdf_str name, gdf_str value,
                                bool is_environment)
{
    const gdf__name_entry *entry = gdf__name_map_add(&work->names, name, work->names.entries.count);
    if (!entry)
        return;
    uint32_t number = entry->value;
    if (number >= work->version_size) {
        gdf__dispatch_give_up(work, "base images and triggers set more names than are followed");
        return;
    }
    uint32_t before = gdf__versions_get(&work->versions, work->environment, number);
    const gdf__dispatch_value *earlier = value_at(work, before);
    uint32_t environment = earlier ? earlier->environment : 0;
    gdf__dispatch_value *row = gdf__table_add(&work->values);
    if (!row)
        return;
    uint32_t id = work->values.count;
    *row = (gdf__dispatch_value){value, is_environment ? id : environment, is_environment};
    if (!is_environment && environment) {
        uint32_t *covered = gdf__table_add(&work->shadowed);
        if (covered)
            *covered = number;
    }
    set_number(work, number, id);
}

static const gdf_str AUTOMATIC_NAMES[] = {
#define GDF_AUTOMATIC_ARGUMENT(name, of_target, piece) GDF__TEXT(name),
#include "build/automatic_arguments.def"
#undef GDF_AUTOMATIC_ARGUMENT
};

enum { AUTOMATIC_COUNT = sizeof AUTOMATIC_NAMES / sizeof *AUTOMATIC_NAMES };

/* An argument that the builder gives by itself. Few files ask for one, so none is set beforehand.
 */
static bool find_automatic(const gdf__dispatch *work, gdf_str name, gdf_str *value)
{
    for (size_t i = 0; i < AUTOMATIC_COUNT; i++) {
        if (!gdf__str_equal(name, AUTOMATIC_NAMES[i]))
            continue;
        uint32_t first = GDF__AT(work->build->states, gdf__image_state, 0)->variables;
        gdf__scope scope = {.build = work->build, .variables = first};
        *value = gdf__scope_find(&scope, name).value;
        return true;
    }
    return false;
}

bool gdf__dispatch_find_variable(const gdf__dispatch *work, gdf_str name, gdf_str *value)
{
    const gdf__name_entry *entry = gdf__name_map_find(&work->names, name);
    const gdf__dispatch_value *row =
        entry ? value_at(work, gdf__versions_get(&work->versions, work->environment, entry->value))
              : NULL;
    if (!row)
        return work->is_in_front && find_automatic(work, name, value);
    *value = row->text;
    return true;
}

bool gdf__dispatch_find_global(gdf__dispatch *work, gdf_str name, gdf_str *value)
{
    uint32_t environment = work->environment;
    work->environment = work->global_environment;
    work->is_in_front = true;
    bool is_found = gdf__dispatch_find_variable(work, name, value);
    work->is_in_front = false;
    work->environment = environment;
    return is_found;
}

size_t gdf__dispatch_list_globals(gdf__dispatch *work, const gdf_str **names)
{
    const gdf__table *entries = &work->names.entries;
    size_t count = AUTOMATIC_COUNT + entries->count;
    gdf_str *all = gdf__arena_take(work->arena, count * sizeof *all);
    *names = all;
    if (!all)
        return 0;
    memcpy(all, AUTOMATIC_NAMES, sizeof AUTOMATIC_NAMES);
    for (uint32_t i = 0; i < entries->count; i++)
        all[AUTOMATIC_COUNT + i] = GDF__AT(*entries, gdf__name_entry, i)->name;
    return count;
}

/* The builder sets the image's ENV again when a child stage begins: an ARG that came later is
 * forgotten there. */
uint32_t gdf__dispatch_child_environment(gdf__dispatch *work)
{
    uint32_t own = work->environment;
    for (uint32_t i = 0; i < work->shadowed.count; i++) {
        uint32_t number = *GDF__AT(work->shadowed, uint32_t, i);
        uint32_t id = gdf__versions_get(&work->versions, work->environment, number);
        const gdf__dispatch_value *row = value_at(work, id);
        if (row && !row->is_environment && row->environment)
            set_number(work, number, row->environment);
    }
    uint32_t child = work->environment;
    work->environment = own;
    return child;
}

/* ---- expanding ------------------------------------------------------------------------------- */

static bool find_value(void *context, gdf_str name, gdf_str *value)
{
    return gdf__dispatch_find_variable(context, name, value);
}

gdf__word_expansion gdf__dispatch_evaluate(gdf__dispatch *work, gdf_str text, unsigned mode,
                                           char escape)
{
    gdf__word_rules rules =
        gdf__rules_for(work->build, text, (gdf__word_environment){find_value, work});
    rules.mode = mode;
    rules.escape = escape;
    return gdf__word_expand(&rules, text, work->arena);
}

bool gdf__dispatch_expand_with(gdf__dispatch *work, gdf_str text, unsigned mode, char escape,
                               gdf_str *result)
{
    *result = text;
    if (gdf__word_is_plain(text))
        return gdf__dispatch_spend(work, text.len);
    gdf__word_expansion word = gdf__dispatch_evaluate(work, text, mode, escape);
    *result = word.text;
    if (word.status == GDF__WORD_REFUSED)
        return gdf__dispatch_fail(work, word.error);
    if (word.status == GDF__WORD_LIMIT)
        return gdf__dispatch_give_up_word(work);
    return gdf__dispatch_spend(work, word.text.len);
}

bool gdf__dispatch_expand(gdf__dispatch *work, gdf_str text, gdf_str *result)
{
    return gdf__dispatch_expand_with(work, text, 0, work->document->escape, result);
}

/* ---- in front of the first FROM -------------------------------------------------------------- */

static bool set_pair(gdf__dispatch *work, const gdf__pair *pair)
{
    const gdf_str *given = gdf__find_build_argument(work->build, pair->key);
    gdf_str value = given ? *given : gdf__empty;
    if (!given && !pair->has_value)
        return true;
    if (!given && !gdf__dispatch_expand(work, pair->value, &value))
        return false;
    gdf__dispatch_set_variable(work, pair->key, value, false);
    return true;
}

bool gdf__dispatch_global_arguments(gdf__dispatch *work)
{
    const gdf_document *document = work->document;
    work->is_in_front = true;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        if (gdf_node_get_instruction(document, node) == GDF_INSTRUCTION_FROM)
            break;
        work->lines = (gdf__line_range){gdf_node_get_first_line(document, node),
                                        gdf_node_get_last_line(document, node)};
        gdf__pairs pairs = gdf__pairs_of(document, node);
        gdf__pair pair;
        while (gdf__pairs_next(&pairs, &pair)) {
            if (!set_pair(work, &pair))
                return false;
        }
    }
    work->global_environment = work->environment;
    return true;
}
