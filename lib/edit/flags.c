/* Flags of an instruction. */
#include "base/ascii.h"
#include "base/slice.h"
#include "edit/edit.h"

/* The next child of the kind behind `after`, or the first for 0. */
static gdf_node next_child(const gdf_document *document, gdf_node instruction, gdf_node after,
                           gdf_node_kind kind)
{
    gdf_node id = after ? gdf_node_get_next_sibling(document, after)
                        : gdf_node_get_first_child(document, instruction);
    while (id && gdf_node_get_kind(document, id) != kind)
        id = gdf_node_get_next_sibling(document, id);
    return id;
}

static bool has_name(const gdf_document *document, gdf_node flag, const char *name)
{
    gdf_str value = gdf_node_get_value(document, flag);
    if (!gdf__str_starts(value, "--"))
        return false;
    value = gdf__str_slice(value, 2, gdf__str_find(value, '=', 0));
    return gdf__str_is(value, name);
}

static bool is_flag_name(const char *name)
{
    gdf_str text = gdf__str(name);
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_word(text.ptr[i]) && text.ptr[i] != '-')
            return false;
    }
    return text.len > 0;
}

static gdf_status put_flag(gdf__edit_list *list, const gdf_document *document,
                           gdf__edit_range place, const char *name, gdf_str value)
{
    gdf_str quoted = gdf__empty;
    if (!is_flag_name(name) ||
        (value.ptr && !gdf__edit_quote_flag_value(list->arena, document->escape, value, &quoted)))
        return GDF_ERROR_ARGUMENT;
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__builder_add_text(&builder, place.start == place.end ? " --" : "--");
    gdf__builder_add_text(&builder, name);
    if (value.ptr)
        gdf__builder_add_byte(&builder, '=');
    gdf__builder_add(&builder, quoted);
    return gdf__edit_put_built(list, document, place, &builder);
}

gdf_status gdf__edit_add_flag(gdf__edit_list *list, const gdf_document *document,
                              gdf_node instruction, const char *name, gdf_str value)
{
    gdf_node last = next_child(document, instruction, 0, GDF_NODE_KEYWORD);
    if (gdf_node_get_kind(document, instruction) != GDF_NODE_INSTRUCTION || !last)
        return GDF_ERROR_ARGUMENT;
    for (gdf_node flag = last; flag; flag = next_child(document, instruction, flag, GDF_NODE_FLAG))
        last = flag;
    uint32_t end = gdf_node_get_end(document, last);
    return put_flag(list, document, (gdf__edit_range){end, end}, name, value);
}

gdf_status gdf__edit_set_flag(gdf__edit_list *list, const gdf_document *document,
                              gdf_node instruction, const char *name, gdf_str value)
{
    gdf_node flag = next_child(document, instruction, 0, GDF_NODE_FLAG);
    while (flag && !has_name(document, flag, name))
        flag = next_child(document, instruction, flag, GDF_NODE_FLAG);
    if (!flag || gdf_node_get_kind(document, instruction) != GDF_NODE_INSTRUCTION)
        return gdf__edit_add_flag(list, document, instruction, name, value);
    gdf__edit_range place = {gdf_node_get_start(document, flag), gdf_node_get_end(document, flag)};
    return put_flag(list, document, place, name, value);
}

gdf_status gdf__edit_remove_flag(gdf__edit_list *list, const gdf_document *document,
                                 gdf_node instruction, const char *name)
{
    if (gdf_node_get_kind(document, instruction) != GDF_NODE_INSTRUCTION)
        return GDF_ERROR_ARGUMENT;
    gdf__table ranges;
    gdf__table_init(&ranges, &list->arena->allocator, sizeof(gdf__edit_range));
    for (gdf_node flag = next_child(document, instruction, 0, GDF_NODE_FLAG); flag;
         flag = next_child(document, instruction, flag, GDF_NODE_FLAG)) {
        gdf__edit_range *range = has_name(document, flag, name) ? gdf__table_add(&ranges) : NULL;
        if (range)
            *range = (gdf__edit_range){gdf_node_get_start(document, flag),
                                       gdf_node_get_end(document, flag)};
    }
    gdf_status status = GDF_OK;
    if (ranges.failed)
        status = GDF_ERROR_MEMORY;
    else if (ranges.count)
        status = gdf__edit_remove_ranges(list, document, GDF__AT(ranges, gdf__edit_range, 0),
                                         ranges.count);
    gdf__table_free(&ranges);
    return status;
}
