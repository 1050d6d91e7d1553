/* Arguments and NAME=VALUE pairs of an instruction. */
#include "base/slice.h"
#include "edit/edit.h"
#include "edit/rows.h"
#include "edit/value.h"

static bool is_argument(const gdf_document *document, gdf_node id)
{
    gdf_node_kind kind = gdf_node_get_kind(document, id);
    return kind == GDF_NODE_ARGUMENT || kind == GDF_NODE_PAIR;
}

static bool is_json(const gdf_document *document, gdf_node argument)
{
    gdf_node instruction = gdf_node_get_parent(document, argument);
    return gdf_node_get_flags(document, instruction) & GDF_NODE_FLAG_JSON;
}

/* ---- arguments ------------------------------------------------------------------------------- */

/* The argument in front of `argument`, which has no children, or 0. */
static gdf_node argument_before(const gdf_document *document, gdf_node argument)
{
    return is_argument(document, argument - 1) ? argument - 1 : 0;
}

static gdf_node argument_after(const gdf_document *document, gdf_node argument)
{
    gdf_node next = gdf_node_get_next_sibling(document, argument);
    return is_argument(document, next) ? next : 0;
}

static gdf_status remove_json_element(gdf__edit_list *list, const gdf_document *document,
                                      gdf_node argument)
{
    gdf_node before = argument_before(document, argument);
    gdf_node after = argument_after(document, argument);
    gdf__edit_range range = {gdf_node_get_start(document, argument),
                             gdf_node_get_end(document, argument)};
    if (before)
        range.start = gdf_node_get_end(document, before);
    else if (after)
        range.end = gdf_node_get_start(document, after);
    else
        return GDF_ERROR_ARGUMENT;
    gdf__rows rows;
    gdf__row first;
    gdf__row last;
    if (!gdf__rows_find(&rows, &first, document, range.start) ||
        !gdf__rows_find(&rows, &last, document, range.end) ||
        last.number - first.number != last.segment - first.segment)
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_list_add(list, range.start, range.end, gdf__empty);
}

gdf_status gdf__edit_remove_argument(gdf__edit_list *list, const gdf_document *document,
                                     gdf_node argument)
{
    if (!is_argument(document, argument))
        return GDF_ERROR_ARGUMENT;
    if (is_json(document, argument))
        return remove_json_element(list, document, argument);
    gdf_node instruction = gdf_node_get_parent(document, argument);
    bool is_only = !argument_after(document, argument) &&
                   gdf_node_get_kind(document, instruction) == GDF_NODE_INSTRUCTION;
    for (gdf_node id = gdf_node_get_first_child(document, instruction); is_only && id < argument;
         id = gdf_node_get_next_sibling(document, id))
        is_only = !is_argument(document, id);
    if (is_only)
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_remove_words(list, document,
                                  (gdf__edit_range){gdf_node_get_start(document, argument),
                                                    gdf_node_get_end(document, argument)});
}

gdf_status gdf__edit_insert_argument_before(gdf__edit_list *list, const gdf_document *document,
                                            gdf_node argument, gdf_str word)
{
    uint32_t start = gdf_node_get_start(document, argument);
    if (!is_argument(document, argument))
        return GDF_ERROR_ARGUMENT;
    if (is_json(document, argument))
        return gdf__value_set_json(list, (gdf__edit_range){start, start}, gdf__empty, word,
                                   GDF__LITERAL(", "));
    return gdf__edit_insert_word_before(list, document, start, word);
}

gdf_status gdf__edit_insert_argument_after(gdf__edit_list *list, const gdf_document *document,
                                           gdf_node argument, gdf_str word)
{
    uint32_t end = gdf_node_get_end(document, argument);
    if (!is_argument(document, argument))
        return GDF_ERROR_ARGUMENT;
    if (is_json(document, argument))
        return gdf__value_set_json(list, (gdf__edit_range){end, end}, GDF__LITERAL(", "), word,
                                   gdf__empty);
    return gdf__edit_insert_word_after(list, document, end, word);
}

/* ---- pairs ----------------------------------------------------------------------------------- */

/* A name as written, without quotes around it. */
static gdf_str bare_name(gdf_str name)
{
    bool quoted = name.len >= 2 && (name.ptr[0] == '"' || name.ptr[0] == '\'') &&
                  name.ptr[name.len - 1] == name.ptr[0];
    return quoted ? gdf__str_slice(name, 1, name.len - 1) : name;
}

/* The value's place in a pair named `key`. False for another one. */
static bool pair_value(const gdf_document *document, gdf_node pair, gdf_str key,
                       gdf__edit_range *place)
{
    gdf_node name = gdf_node_get_first_child(document, pair);
    gdf_node value = gdf_node_get_next_sibling(document, name);
    if (!gdf__str_equal(bare_name(gdf_node_get_value(document, name)), key))
        return false;
    *place =
        (gdf__edit_range){gdf_node_get_start(document, value), gdf_node_get_end(document, value)};
    return true;
}

/* The same for an argument of ARG; without `=` the place is empty and behind the name. */
static bool argument_value(const gdf_document *document, gdf_node argument, gdf_str key,
                           gdf__edit_range *place, bool *needs_equals)
{
    gdf_str text = gdf__source_slice(&document->source, gdf_node_get_start(document, argument),
                                     gdf_node_get_end(document, argument));
    size_t equals = gdf__str_find(text, '=', 0);
    if (!gdf__str_equal(gdf__str_slice(text, 0, equals), key))
        return false;
    *needs_equals = equals == text.len;
    place->end = gdf_node_get_end(document, argument);
    place->start = place->end - (uint32_t)(text.len - equals - (*needs_equals ? 0 : 1));
    return true;
}

static bool find_value(const gdf_document *document, gdf_node instruction, gdf_str key,
                       gdf__edit_range *place, bool *needs_equals)
{
    bool is_arg = gdf_node_get_instruction(document, instruction) == GDF_INSTRUCTION_ARG;
    bool found = false;
    for (gdf_node id = gdf_node_get_first_child(document, instruction); id;
         id = gdf_node_get_next_sibling(document, id)) {
        gdf_node_kind kind = gdf_node_get_kind(document, id);
        if (kind == GDF_NODE_PAIR)
            found |= pair_value(document, id, key, place);
        else if (kind == GDF_NODE_ARGUMENT && is_arg)
            found |= argument_value(document, id, key, place, needs_equals);
    }
    return found;
}

gdf_status gdf__edit_set_pair(gdf__edit_list *list, const gdf_document *document,
                              gdf_node instruction, gdf_str key, gdf_str value)
{
    gdf__edit_range place = {0, 0};
    bool needs_equals = false;
    gdf_str quoted = gdf__empty;
    if (gdf_node_get_kind(document, instruction) != GDF_NODE_INSTRUCTION ||
        !find_value(document, instruction, key, &place, &needs_equals) ||
        !gdf__edit_quote_value(list->arena, document->escape, value, &quoted))
        return GDF_ERROR_ARGUMENT;
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    if (needs_equals)
        gdf__builder_add_byte(&builder, '=');
    gdf__builder_add(&builder, quoted);
    return gdf__edit_put_built(list, document, place, &builder);
}
