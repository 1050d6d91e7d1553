/* The dump that the builder's own parser prints: one S-expression an instruction. */
#include "base/slice.h"
#include "base/utf8.h"
#include "report/dump.h"

static void add_lower(gdf__builder *out, gdf_str text)
{
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        char encoded[4];
        size_t len = gdf__utf8_encode(gdf__utf8_lower(rune.value), encoded);
        gdf__builder_add(out, (gdf_str){encoded, len});
        at += rune.len;
    }
}

/* The builder puts no blank in front of what follows an empty keyword, at the start of a line. */
static void add_separator(gdf__builder *out)
{
    gdf_str so_far = gdf__builder_get(out);
    bool opened = gdf__str_ends(so_far, "(");
    bool starts_line = so_far.len == 1 || gdf__str_ends(so_far, "\n(");
    if (!opened || !starts_line)
        gdf__builder_add_byte(out, ' ');
}

static void add_quoted(gdf__builder *out, gdf_str text)
{
    add_separator(out);
    gdf__builder_add_go_quoted(out, text);
}

/* Opens an instruction: keyword and flags. */
static void open_instruction(const gdf_document *document, gdf_node id, gdf__builder *out)
{
    const gdf__node *node = gdf__document_node(document, id);
    gdf__builder_add_byte(out, '(');
    add_lower(out, gdf__node_value(node));
    bool any = false;
    for (gdf_node child = id + 1; child < node->next;
         child = gdf__document_node(document, child)->next) {
        const gdf__node *flag = gdf__document_node(document, child);
        if (flag->kind != GDF_NODE_FLAG)
            continue;
        gdf__builder_add_text(out, any ? " " : " [");
        gdf__builder_add_go_quoted(out, gdf__node_value(flag));
        any = true;
    }
    if (any)
        gdf__builder_add_byte(out, ']');
}

static void add_node(const gdf_document *document, gdf_node id, gdf__builder *out)
{
    const gdf__node *node = gdf__document_node(document, id);
    switch ((gdf_node_kind)node->kind) {
    case GDF_NODE_INSTRUCTION:
        if (node->parent != 1)
            add_separator(out);
        open_instruction(document, id, out);
        break;
    case GDF_NODE_ARGUMENT: add_quoted(out, gdf__node_value(node)); break;
    case GDF_NODE_NAME:
    case GDF_NODE_VALUE: {
        const gdf__node *pair = gdf__document_node(document, node->parent);
        if (pair->kind != GDF_NODE_PAIR)
            break; /* of a directive */
        add_quoted(out, gdf__node_value(node));
        if (node->kind == GDF_NODE_VALUE)
            add_quoted(out, pair->flags & GDF_NODE_FLAG_LEGACY ? gdf__empty : GDF__LITERAL("="));
        break;
    }
    default: break;
    }
}

void gdf__dump_buildkit(const gdf_document *document, gdf__builder *out)
{
    for (gdf_node id = 1; id <= document->nodes.count; id++) {
        add_node(document, id, out);
        for (gdf_node open = id; open && gdf__document_node(document, open)->next == id + 1;
             open = gdf__document_node(document, open)->parent) {
            const gdf__node *node = gdf__document_node(document, open);
            if (node->kind != GDF_NODE_INSTRUCTION)
                continue;
            gdf__builder_add_byte(out, ')');
            if (node->parent == 1)
                gdf__builder_add_byte(out, '\n');
        }
    }
}
