/* Moving whole instructions, and text into comments. */
#include "base/slice.h"
#include "edit/lines.h"
#include "edit/rows.h"

/* ---- instructions ---------------------------------------------------------------------------- */

/* The block's lines as they stand at `target`: with a line end in front or behind, as the place
 * needs, and a blank line in front of a block that is to stand apart. */
static gdf_status put_block(gdf__edit_list *list, const gdf_document *document,
                            gdf__edit_range block, uint32_t target, bool apart)
{
    gdf_str line_end = gdf_document_get_line_end(document);
    gdf_str text = gdf__source_slice(&document->source, block.start, block.end);
    bool starts_line = gdf__edit_starts_line(document, target);
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    if (!starts_line) {
        gdf__builder_add(&builder, line_end);
        while (text.len && (gdf__str_ends(text, "\n") || gdf__str_ends(text, "\r")))
            text.len--;
    }
    if (apart)
        gdf__builder_add(&builder, line_end);
    gdf__builder_add(&builder, text);
    if (starts_line && !gdf__str_ends(text, "\n"))
        gdf__builder_add(&builder, line_end);
    return gdf__edit_list_add_built(list, target, target, &builder);
}

static gdf_status move_block(gdf__edit_list *list, const gdf_document *document,
                             gdf_node instruction, uint32_t target, bool below)
{
    gdf__edit_range block = {gdf__edit_block_start(document, instruction),
                             gdf__edit_next_line(document, instruction)};
    gdf__edit_list edits;
    gdf__edit_list_init(&edits, list->arena, list->limit);
    bool apart = below && gdf__edit_stands_apart(document, instruction);
    gdf_status status = put_block(&edits, document, block, target, apart);
    if (status == GDF_OK)
        status = gdf__edit_list_add(&edits, block.start, block.end, gdf__empty);
    if (status == GDF_OK)
        status = gdf__edit_list_add_all(list, &edits);
    gdf__edit_list_free(&edits);
    return status;
}

static bool may_move(const gdf_document *document, gdf_node instruction, gdf_node target)
{
    return instruction != target && gdf__edit_is_top_level(document, instruction) &&
           gdf__edit_is_top_level(document, target) && !gdf__edit_is_open(document, instruction) &&
           !gdf__edit_guards_directive(document, instruction);
}

gdf_status gdf__edit_move_before(gdf__edit_list *list, const gdf_document *document,
                                 gdf_node instruction, gdf_node target)
{
    if (!may_move(document, instruction, target))
        return GDF_ERROR_ARGUMENT;
    return move_block(list, document, instruction, gdf__edit_block_start(document, target), false);
}

gdf_status gdf__edit_move_after(gdf__edit_list *list, const gdf_document *document,
                                gdf_node instruction, gdf_node target)
{
    if (!may_move(document, instruction, target) || gdf__edit_is_open(document, target))
        return GDF_ERROR_ARGUMENT;
    return move_block(list, document, instruction, gdf__edit_next_line(document, target), true);
}

/* ---- text to a comment ----------------------------------------------------------------------- */

static gdf_status comment_and_remove(gdf__edit_list *list, const gdf_document *document,
                                     gdf_node instruction, gdf_str comment, gdf__edit_range text)
{
    gdf__edit_list edits;
    gdf__edit_list_init(&edits, list->arena, list->limit);
    gdf_status status = gdf__edit_insert_comment(&edits, document, instruction, comment);
    if (status == GDF_OK)
        status = gdf__edit_remove_words(&edits, document, text);
    if (status == GDF_OK)
        status = gdf__edit_list_add_all(list, &edits);
    gdf__edit_list_free(&edits);
    return status;
}

gdf_status gdf__edit_move_to_comment(gdf__edit_list *list, const gdf_document *document,
                                     gdf_node instruction, uint32_t start)
{
    gdf__rows rows;
    gdf__row row;
    if (!gdf__edit_is_top_level(document, instruction) ||
        gdf__edit_instruction_at(document, start) != instruction ||
        !gdf__rows_find(&rows, &row, document, start) || !rows.line)
        return GDF_ERROR_ARGUMENT;
    const gdf__fragment *fragment = &rows.line->fragment;
    uint32_t from = gdf__rows_fragment_offset(&rows, &row, start);
    gdf_str text = gdf__str_trim(gdf__str_slice(fragment->text, from, fragment->text.len));
    if (text.len == 0)
        return GDF_ERROR_ARGUMENT;
    size_t end = (size_t)(text.ptr - fragment->text.ptr) + text.len;
    gdf__edit_range range = {start, gdf__fragment_end(fragment, end)};
    gdf__builder comment;
    gdf__builder_init(&comment, &list->arena->allocator);
    if (text.ptr[0] != '#')
        gdf__builder_add_text(&comment, "# ");
    gdf__builder_add(&comment, text);
    gdf_status status = comment.failed ? GDF_ERROR_MEMORY
                                       : comment_and_remove(list, document, instruction,
                                                            gdf__builder_get(&comment), range);
    gdf__builder_free(&comment);
    return status;
}

/* ---- comments -------------------------------------------------------------------------------- */

gdf_status gdf__edit_move_comment_to_top(gdf__edit_list *list, const gdf_document *document,
                                         gdf_node comment)
{
    if (gdf_node_get_kind(document, comment) != GDF_NODE_COMMENT ||
        gdf_node_get_parent(document, comment) != 1)
        return GDF_ERROR_ARGUMENT;
    uint32_t start = gdf_node_get_start(document, comment);
    uint32_t top = gdf__edit_file_start(document);
    uint32_t line = gdf__edit_first_line(document, comment);
    uint32_t next = gdf__edit_next_line(document, comment);
    gdf_str text = gdf__source_slice(&document->source, start, next);
    if (line == top || !gdf__str_ends(text, "\n"))
        return GDF_ERROR_ARGUMENT;
    gdf__edit_list edits;
    gdf__edit_list_init(&edits, list->arena, list->limit);
    gdf_status status = gdf__edit_list_add(&edits, top, top, text);
    if (status == GDF_OK)
        status = gdf__edit_list_add(&edits, line, next, gdf__empty);
    if (status == GDF_OK)
        status = gdf__edit_list_add_all(list, &edits);
    gdf__edit_list_free(&edits);
    return status;
}
