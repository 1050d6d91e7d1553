#include "base/ascii.h"
#include "base/slice.h"
#include "edit/edit.h"

/* A document of any size gets its answer at once, and a real one the builder's. */
enum { KEYWORDS_LOOKED_AT = 128 };

static bool is_all(gdf_str text, bool (*is_kind)(char))
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_kind(text.ptr[i]))
            return false;
    }
    return true;
}

bool gdf__edit_keywords_are_lower(const gdf_document *document)
{
    uint32_t lower = 0;
    uint32_t upper = 0;
    bool in_stage = false;
    for (uint32_t i = 0; i < document->instructions.count && i < KEYWORDS_LOOKED_AT; i++) {
        gdf_node id = *GDF__AT(document->instructions, gdf_node, i);
        const gdf__node *node = gdf__document_node(document, id);
        in_stage = in_stage || node->instruction == GDF_INSTRUCTION_FROM;
        if (!in_stage || node->instruction == GDF_INSTRUCTION_UNKNOWN)
            continue;
        lower += is_all(gdf__node_value(node), gdf__ascii_is_lower);
        upper += is_all(gdf__node_value(node), gdf__ascii_is_upper);
    }
    return lower > upper;
}

gdf_str gdf__edit_keyword(gdf__edit_list *list, const gdf_document *document, const char *keyword)
{
    gdf_str text = gdf__str(keyword);
    if (!gdf__edit_keywords_are_lower(document))
        return text;
    char *lower = gdf__arena_take_bytes(list->arena, text.len);
    if (!lower)
        return gdf__empty;
    for (size_t i = 0; i < text.len; i++)
        lower[i] = gdf__ascii_lower(text.ptr[i]);
    return (gdf_str){lower, text.len};
}

void gdf__edit_add_lines(gdf__builder *builder, const gdf_document *document, gdf_str indentation,
                         gdf_str text)
{
    for (size_t at = 0;; at++) {
        size_t end = gdf__str_find(text, '\n', at);
        bool last = end == text.len;
        size_t content_end = !last && end > at && text.ptr[end - 1] == '\r' ? end - 1 : end;
        if (content_end > at)
            gdf__builder_add(builder, indentation);
        gdf__builder_add(builder, gdf__str_slice(text, at, content_end));
        if (last)
            return;
        gdf__builder_add(builder, gdf_document_get_line_end(document));
        at = end;
    }
}
