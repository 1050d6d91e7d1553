#include "base/slice.h"
#include "syntax/parser.h"

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
