#include "base/slice.h"
#include "syntax/parser.h"

gdf__node *gdf__node_at(gdf_document *document, gdf_node node)
{
    return node ? GDF__AT(document->nodes, gdf__node, node - 1) : NULL;
}

gdf_node gdf__node_leaf(gdf_document *document, gdf_node parent, gdf_node_kind kind, uint32_t start,
                        uint32_t end, gdf_str value)
{
    gdf__node *node = gdf__table_add(&document->nodes);
    if (!node)
        return 0;
    gdf_node id = document->nodes.count;
    *node = (gdf__node){.start = start,
                        .end = end,
                        .next = id + 1,
                        .parent = parent,
                        .value = value.ptr,
                        .value_len = (uint32_t)value.len,
                        .kind = (uint8_t)kind};
    return id;
}

gdf_node gdf__node_open(gdf_document *document, gdf_node parent, gdf_node_kind kind, uint32_t start)
{
    return gdf__node_leaf(document, parent, kind, start, start, gdf__empty);
}

void gdf__node_close(gdf_document *document, gdf_node id, uint32_t end)
{
    gdf__node *node = gdf__node_at(document, id);
    if (!node)
        return;
    node->end = end;
    node->next = document->nodes.count + 1;
}
