#include <godockerfile/instruction.h>

#include "base/slice.h"
#include "report/dump.h"

typedef struct flag_name {
    uint32_t flag;
    const char *name;
} flag_name;

static const flag_name NODE_FLAGS[] = {
    {GDF_NODE_FLAG_JSON, "json"},
    {GDF_NODE_FLAG_LEGACY, "legacy"},
    {GDF_NODE_FLAG_EMPTY_LINE, "empty-line"},
    {GDF_NODE_FLAG_CHOMP, "chomp"},
    {GDF_NODE_FLAG_QUOTED, "quoted"},
    {GDF_NODE_FLAG_UNTERMINATED, "unterminated"},
    {GDF_NODE_FLAG_JSON_FAILED, "json-failed"},
};

static void add_key(gdf__builder *out, const char *key)
{
    gdf__builder_add_json(out, gdf__str(key));
    gdf__builder_add_byte(out, ':');
}

static void add_text_member(gdf__builder *out, const char *key, gdf_str value)
{
    gdf__builder_add_byte(out, ',');
    add_key(out, key);
    gdf__builder_add_json(out, value);
}

static void add_number_member(gdf__builder *out, const char *key, uint64_t value)
{
    gdf__builder_add_byte(out, ',');
    add_key(out, key);
    gdf__builder_add_number(out, value);
}

static void add_range(gdf__builder *out, uint32_t start, uint32_t end)
{
    add_number_member(out, "start", start);
    add_number_member(out, "end", end);
}

static void add_flags(gdf__builder *out, uint32_t flags)
{
    const char *separator = ",\"flags\":[";
    for (size_t i = 0; i < sizeof NODE_FLAGS / sizeof *NODE_FLAGS; i++) {
        if (!(flags & NODE_FLAGS[i].flag))
            continue;
        gdf__builder_add_text(out, separator);
        gdf__builder_add_json(out, gdf__str(NODE_FLAGS[i].name));
        separator = ",";
    }
    if (separator[1] == '\0')
        gdf__builder_add_byte(out, ']');
}

/* The parts of an instruction: a flat list whose order and `parent` (index in the list) nest them.
 */
static void add_parts(const gdf_document *document, gdf_node instruction, gdf__builder *out)
{
    uint32_t count = gdf_instruction_count_parts(document, instruction);
    gdf_part first = gdf_instruction_get_part(document, instruction, 0);
    gdf__builder_add_text(out, ",\"parts\":[");
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(document, instruction, i);
        gdf_part parent = gdf_part_get_parent(document, part);
        gdf__builder_add_text(out, i ? ",{" : "{");
        add_key(out, "kind");
        gdf__builder_add_json(out, gdf__str(gdf_part_kind_name(gdf_part_get_kind(document, part))));
        add_range(out, gdf_part_get_start(document, part), gdf_part_get_end(document, part));
        add_text_member(out, "value", gdf_part_get_value(document, part));
        if (parent)
            add_number_member(out, "parent", parent - first);
        gdf__builder_add_byte(out, '}');
    }
    gdf__builder_add_byte(out, ']');
}

static void open_node(const gdf_document *document, gdf_node id, gdf__builder *out)
{
    const gdf__node *node = gdf__document_node(document, id);
    gdf__builder_add_byte(out, '{');
    add_key(out, "kind");
    gdf__builder_add_json(out, gdf__str(gdf_node_kind_name((gdf_node_kind)node->kind)));
    add_range(out, node->start, node->end);
    if (node->kind == GDF_NODE_INSTRUCTION) {
        add_text_member(
            out, "instruction",
            gdf__str(gdf_instruction_kind_name((gdf_instruction_kind)node->instruction)));
        add_number_member(out, "firstLine", gdf_node_get_first_line(document, id));
        add_number_member(out, "lastLine", gdf_node_get_last_line(document, id));
        add_parts(document, id, out);
    } else if (node->kind != GDF_NODE_DOCUMENT && node->kind != GDF_NODE_BLANK) {
        add_text_member(out, "value", gdf__node_value(node));
    }
    add_flags(out, node->flags);
    if (node->next > id + 1)
        gdf__builder_add_text(out, ",\"children\":[");
}

/* Closes `id` and every parent that ends with it. */
static void close_nodes(const gdf_document *document, gdf_node id, gdf__builder *out)
{
    for (gdf_node open = id; open; open = gdf__document_node(document, open)->parent) {
        const gdf__node *node = gdf__document_node(document, open);
        if (node->next != id + 1) {
            if (open != id) /* a sibling follows; otherwise the first child */
                gdf__builder_add_byte(out, ',');
            return;
        }
        gdf__builder_add_text(out, open == id ? "}" : "]}");
    }
}

static void add_problems(const gdf_document *document, gdf__builder *out)
{
    gdf__builder_add_text(out, ",\"problems\":[");
    uint32_t count = gdf_document_count_problems(document);
    for (uint32_t i = 0; i < count; i++) {
        gdf__builder_add_text(out, i ? ",{" : "{");
        add_key(out, "message");
        gdf__builder_add_json(out, gdf_document_get_problem_message(document, i));
        add_range(out, gdf_document_get_problem_start(document, i),
                  gdf_document_get_problem_end(document, i));
        gdf__builder_add_byte(out, '}');
    }
    gdf__builder_add_byte(out, ']');
    if (gdf_document_find_builder_error(document) < count)
        add_text_member(
            out, "builderError",
            gdf_document_get_problem_message(document, gdf_document_find_builder_error(document)));
}

void gdf__dump_json(const gdf_document *document, gdf__builder *out)
{
    char escape = gdf_document_get_escape(document);
    gdf__builder_add_byte(out, '{');
    add_key(out, "file");
    gdf__builder_add_json(out, gdf_document_get_file_name(document));
    add_text_member(out, "escape", (gdf_str){&escape, 1});
    gdf__builder_add_text(out, ",\"tree\":");
    for (gdf_node id = 1; id <= document->nodes.count; id++) {
        open_node(document, id, out);
        close_nodes(document, id, out);
    }
    add_problems(document, out);
    gdf__builder_add_text(out, "}\n");
}
