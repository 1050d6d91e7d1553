#include "base/slice.h"
#include "report/dump.h"

/* Deeper nodes are indented no further, so that the dump stays linear in the input. */
enum { INDENT = 2, MAX_INDENT = 40 };

static void add_node(const gdf_document *document, const gdf__node *node, size_t depth,
                     gdf__builder *out)
{
    size_t indent = depth * INDENT;
    gdf__builder_add_repeated(out, ' ', indent < MAX_INDENT ? indent : MAX_INDENT);
    gdf__builder_add_text(out, gdf_node_kind_name((gdf_node_kind)node->kind));
    if (node->kind == GDF_NODE_INSTRUCTION) {
        gdf__builder_add_byte(out, ' ');
        gdf__builder_add_text(out,
                              gdf_instruction_kind_name((gdf_instruction_kind)node->instruction));
    }
    gdf__builder_add_text(out, " [");
    gdf__builder_add_number(out, node->start);
    gdf__builder_add_byte(out, ',');
    gdf__builder_add_number(out, node->end);
    gdf__builder_add_byte(out, ')');
    bool has_children = node->next > (gdf_node)(node - GDF__AT(document->nodes, gdf__node, 0)) + 2;
    if (!has_children && node->kind != GDF_NODE_BLANK && node->kind != GDF_NODE_DOCUMENT) {
        gdf__builder_add_byte(out, ' ');
        gdf__builder_add_go_quoted(out, gdf__node_value(node));
    }
    gdf__builder_add_byte(out, '\n');
}

void gdf__dump_tree(const gdf_document *document, gdf__builder *out)
{
    size_t depth = 0;
    for (gdf_node id = 1; id <= document->nodes.count; id++) {
        const gdf__node *node = gdf__document_node(document, id);
        add_node(document, node, depth++, out);
        for (gdf_node open = id; open && gdf__document_node(document, open)->next == id + 1;
             open = gdf__document_node(document, open)->parent)
            depth--;
    }
}
