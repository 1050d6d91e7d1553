#include "syntax/document.h"

#include "base/slice.h"

bool gdf__document_failed(const gdf_document *document)
{
    return document->arena.failed || document->tokens.failed || document->nodes.failed ||
           document->lines.failed || document->heredocs.failed || document->instructions.failed ||
           document->problems.failed || document->parts.failed;
}

void gdf_document_free(gdf_document *document)
{
    if (!document)
        return;
    gdf_allocator allocator = document->arena.allocator;
    gdf__table_free(&document->tokens);
    gdf__table_free(&document->nodes);
    gdf__table_free(&document->lines);
    gdf__table_free(&document->heredocs);
    gdf__table_free(&document->instructions);
    gdf__table_free(&document->problems);
    gdf__table_free(&document->parts);
    gdf__source_free(&document->source);
    gdf__arena_free(&document->arena);
    gdf__release(&allocator, document);
}

void gdf__document_add_problem(gdf_document *document, gdf__problem problem)
{
    problem.message = gdf__arena_copy(&document->arena, problem.message);
    gdf__problem *row = gdf__table_add(&document->problems);
    if (row)
        *row = problem;
}

const gdf__node *gdf__document_node(const gdf_document *document, gdf_node id)
{
    if (!document || id == 0 || id > document->nodes.count)
        return NULL;
    return GDF__AT(document->nodes, gdf__node, id - 1);
}

const gdf__logical_line *gdf__document_line(const gdf_document *document, gdf_node instruction)
{
    const gdf__node *node = gdf__document_node(document, instruction);
    if (!node || node->kind != GDF_NODE_INSTRUCTION)
        return NULL;
    return GDF__AT(document->lines, gdf__logical_line, node->detail);
}

/* ---- readers of the whole document ----------------------------------------------------------- */

gdf_str gdf_document_get_text(const gdf_document *document)
{
    return document ? gdf__source_text(&document->source) : gdf__empty;
}

gdf_str gdf_document_get_file_name(const gdf_document *document)
{
    return document ? document->file_name : gdf__empty;
}

char gdf_document_get_escape(const gdf_document *document)
{
    return document ? document->escape : '\\';
}

gdf_str gdf_document_get_line_end(const gdf_document *document)
{
    return document && document->crlf ? GDF__LITERAL("\r\n") : GDF__LITERAL("\n");
}

uint32_t gdf_document_count_tokens(const gdf_document *document)
{
    return document ? document->tokens.count : 0;
}

static const gdf__token *token_at(const gdf_document *document, uint32_t index)
{
    return index < gdf_document_count_tokens(document)
               ? GDF__AT(document->tokens, gdf__token, index)
               : NULL;
}

gdf_token_kind gdf_document_get_token_kind(const gdf_document *document, uint32_t index)
{
    const gdf__token *token = token_at(document, index);
    return token ? (gdf_token_kind)token->kind : GDF_TOKEN_NONE;
}

uint32_t gdf_document_get_token_start(const gdf_document *document, uint32_t index)
{
    const gdf__token *token = token_at(document, index);
    return token ? token->start : 0;
}

uint32_t gdf_document_get_token_end(const gdf_document *document, uint32_t index)
{
    if (!token_at(document, index))
        return 0;
    const gdf__token *next = token_at(document, index + 1);
    return next ? next->start : document->source.len;
}

uint32_t gdf_document_count_nodes(const gdf_document *document)
{
    return document ? document->nodes.count : 0;
}

uint32_t gdf_document_count_instructions(const gdf_document *document)
{
    return document ? document->instructions.count : 0;
}

gdf_node gdf_document_get_instruction(const gdf_document *document, uint32_t index)
{
    return index < gdf_document_count_instructions(document)
               ? *GDF__AT(document->instructions, gdf_node, index)
               : 0;
}

gdf_node gdf_document_find_node(const gdf_document *document, uint32_t offset)
{
    if (gdf_document_count_nodes(document) == 0)
        return 0;
    gdf_node found = 1;
    gdf_node child = 2;
    while (child < gdf__document_node(document, found)->next) {
        const gdf__node *node = gdf__document_node(document, child);
        if (offset >= node->start && offset < node->end)
            found = child++;
        else
            child = node->next;
    }
    return found;
}

/* ---- readers of a node ----------------------------------------------------------------------- */

gdf_node_kind gdf_node_get_kind(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? (gdf_node_kind)node->kind : GDF_NODE_NONE;
}

uint32_t gdf_node_get_start(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? node->start : 0;
}

uint32_t gdf_node_get_end(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? node->end : 0;
}

uint32_t gdf_node_get_flags(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? node->flags : 0;
}

gdf_str gdf_node_get_value(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? gdf__node_value(node) : gdf__empty;
}

gdf_node gdf_node_get_parent(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? node->parent : 0;
}

gdf_node gdf_node_get_first_child(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node && node->next > id + 1 ? id + 1 : 0;
}

gdf_node gdf_node_get_next_sibling(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    const gdf__node *next = node ? gdf__document_node(document, node->next) : NULL;
    return next && next->parent == node->parent ? node->next : 0;
}

gdf_instruction_kind gdf_node_get_instruction(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    return node ? (gdf_instruction_kind)node->instruction : GDF_INSTRUCTION_UNKNOWN;
}

uint32_t gdf_node_get_first_line(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    if (!node)
        return 0;
    return node->kind == GDF_NODE_INSTRUCTION ? gdf__document_line(document, id)->first_line
                                              : gdf__source_line_at(&document->source, node->start);
}

uint32_t gdf_node_get_last_line(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    if (!node)
        return 0;
    if (node->kind == GDF_NODE_INSTRUCTION)
        return gdf__document_line(document, id)->last_line;
    uint32_t last_byte = node->end > node->start ? node->end - 1 : node->start;
    return gdf__source_line_at(&document->source, last_byte);
}

uint64_t gdf_node_get_file_descriptor(const gdf_document *document, gdf_node id)
{
    const gdf__node *node = gdf__document_node(document, id);
    if (!node || node->kind != GDF_NODE_HEREDOC)
        return 0;
    return GDF__AT(document->heredocs, gdf__heredoc, node->detail)->file_descriptor;
}

/* ---- problems -------------------------------------------------------------------------------- */

static const gdf__problem *problem_at(const gdf_document *document, uint32_t index)
{
    return index < gdf_document_count_problems(document)
               ? GDF__AT(document->problems, gdf__problem, index)
               : NULL;
}

uint32_t gdf_document_count_problems(const gdf_document *document)
{
    return document ? document->problems.count : 0;
}

gdf_str gdf_document_get_problem_message(const gdf_document *document, uint32_t index)
{
    const gdf__problem *problem = problem_at(document, index);
    return problem ? problem->message : gdf__empty;
}

uint32_t gdf_document_get_problem_start(const gdf_document *document, uint32_t index)
{
    const gdf__problem *problem = problem_at(document, index);
    return problem ? problem->start : 0;
}

uint32_t gdf_document_get_problem_end(const gdf_document *document, uint32_t index)
{
    const gdf__problem *problem = problem_at(document, index);
    return problem ? problem->end : 0;
}

uint32_t gdf_document_find_builder_error(const gdf_document *document)
{
    return document ? document->builder_error : 0;
}
