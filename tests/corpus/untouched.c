#include "corpus/untouched.h"

#include <string.h>

static gdf_str bytes_of(const gdf_document *document, gdf_node node)
{
    uint32_t start = gdf_node_get_start(document, node);
    uint32_t end = gdf_node_get_end(document, node);
    return (gdf_str){gdf_document_get_text(document).ptr + start, end - start};
}

/* The values of the children tell how the builder reads the instruction. */
static bool same_children(const gdf_document *a, gdf_node left, const gdf_document *b,
                          gdf_node right)
{
    gdf_node x = gdf_node_get_first_child(a, left);
    gdf_node y = gdf_node_get_first_child(b, right);
    for (; x && y; x = gdf_node_get_next_sibling(a, x), y = gdf_node_get_next_sibling(b, y)) {
        gdf_str value = gdf_node_get_value(a, x);
        gdf_str other = gdf_node_get_value(b, y);
        if (gdf_node_get_kind(a, x) != gdf_node_get_kind(b, y) || value.len != other.len ||
            memcmp(value.ptr, other.ptr, value.len) != 0)
            return false;
    }
    return x == y;
}

static bool same_instruction(const gdf_document *a, gdf_node left, const gdf_document *b,
                             gdf_node right)
{
    gdf_str x = bytes_of(a, left);
    gdf_str y = bytes_of(b, right);
    return x.len == y.len && memcmp(x.ptr, y.ptr, x.len) == 0 && same_children(a, left, b, right);
}

static bool touches(const gdf_document *document, gdf_node node, const gdf_report *report,
                    gdf_fix fix)
{
    uint32_t start = gdf_node_get_start(document, node);
    uint32_t end = gdf_node_get_end(document, node);
    for (uint32_t i = 0; i < gdf_fix_count_edits(report, fix); i++) {
        if (gdf_fix_get_edit_start(report, fix, i) <= end &&
            gdf_fix_get_edit_end(report, fix, i) >= start)
            return true;
    }
    return false;
}

/* The first instruction of `after` from `*next` on that is the same; moves `*next` behind it. */
static bool find_same(const gdf_document *before, gdf_node node, const gdf_document *after,
                      uint32_t *next)
{
    uint32_t count = gdf_document_count_instructions(after);
    for (uint32_t i = *next; i < count; i++) {
        if (!same_instruction(before, node, after, gdf_document_get_instruction(after, i)))
            continue;
        *next = i + 1;
        return true;
    }
    return false;
}

static bool any_touches(const gdf_document *document, gdf_node node, const gdf_report *report,
                        gdf_fix first, gdf_fix last)
{
    for (gdf_fix fix = first; fix <= last; fix++) {
        if (!gdf_fix_get_file(report, fix).len && touches(document, node, report, fix))
            return true;
    }
    return false;
}

bool untouched_instructions_remain(const gdf_document *before, const gdf_report *report,
                                   gdf_fix first, gdf_fix last, const gdf_document *after)
{
    uint32_t next = 0;
    for (uint32_t i = 0; i < gdf_document_count_instructions(before); i++) {
        gdf_node node = gdf_document_get_instruction(before, i);
        if (!any_touches(before, node, report, first, last) &&
            !find_same(before, node, after, &next))
            return false;
    }
    return true;
}
