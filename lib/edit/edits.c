/* The public edit list. */
#include <godockerfile/edits.h>

#include "base/slice.h"
#include "edit/edit.h"

struct gdf_edits {
    gdf__arena arena;
    gdf__edit_list list;
    const gdf_document *document;
};

gdf_edits *gdf_edits_create(const gdf_document *document)
{
    if (!document)
        return NULL;
    const gdf_allocator *allocator = &document->arena.allocator;
    gdf_edits *edits = gdf__allocate_zeroed(allocator, sizeof *edits);
    if (!edits)
        return NULL;
    gdf__arena_init(&edits->arena, allocator);
    gdf__edit_list_init(&edits->list, &edits->arena, document->source.len);
    edits->document = document;
    return edits;
}

void gdf_edits_free(gdf_edits *edits)
{
    if (!edits)
        return;
    gdf_allocator allocator = edits->arena.allocator;
    gdf__edit_list_free(&edits->list);
    gdf__arena_free(&edits->arena);
    gdf__release(&allocator, edits);
}

/* ---- bytes ----------------------------------------------------------------------------------- */

static bool is_text(const char *text, size_t len)
{
    return text || len == 0;
}

static gdf_str text_of(const char *text, size_t len)
{
    return (gdf_str){text ? text : "", len};
}

gdf_status gdf_edits_replace(gdf_edits *edits, uint32_t start, uint32_t end, const char *text,
                             size_t len)
{
    if (!edits || !is_text(text, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_list_add(&edits->list, start, end, text_of(text, len));
}

uint32_t gdf_edits_count(const gdf_edits *edits)
{
    return edits ? edits->list.edits.count : 0;
}

static const gdf__edit *edit_at(const gdf_edits *edits, uint32_t index)
{
    return edits ? gdf__edit_list_at(&edits->list, index) : NULL;
}

uint32_t gdf_edits_get_start(const gdf_edits *edits, uint32_t index)
{
    const gdf__edit *edit = edit_at(edits, index);
    return edit ? edit->start : 0;
}

uint32_t gdf_edits_get_end(const gdf_edits *edits, uint32_t index)
{
    const gdf__edit *edit = edit_at(edits, index);
    return edit ? edit->end : 0;
}

gdf_str gdf_edits_get_text(const gdf_edits *edits, uint32_t index)
{
    const gdf__edit *edit = edit_at(edits, index);
    return edit ? edit->text : gdf__empty;
}

gdf_text *gdf_edits_apply(const gdf_edits *edits)
{
    if (!edits)
        return NULL;
    gdf__builder builder;
    gdf__builder_init(&builder, &edits->arena.allocator);
    gdf__edit_list_apply(&edits->list, gdf_document_get_text(edits->document), &builder);
    return gdf__builder_finish(&builder);
}

/* ---- the tree -------------------------------------------------------------------------------- */

gdf_status gdf_edits_set_part(gdf_edits *edits, gdf_part part, const char *value, size_t len)
{
    if (!edits || !is_text(value, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_part(&edits->list, edits->document, part, text_of(value, len));
}

gdf_status gdf_edits_set_image_tag(gdf_edits *edits, gdf_node from, const char *tag, size_t len)
{
    if (!edits || !is_text(tag, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_tag(&edits->list, edits->document,
                             gdf__edit_image_of(edits->document, from), text_of(tag, len));
}

gdf_status gdf_edits_set_image_digest(gdf_edits *edits, gdf_node from, const char *digest,
                                      size_t len)
{
    if (!edits || !is_text(digest, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_digest(&edits->list, edits->document,
                                gdf__edit_image_of(edits->document, from), text_of(digest, len));
}

gdf_status gdf_edits_set_stage_name(gdf_edits *edits, gdf_node from, const char *name, size_t len)
{
    if (!edits || !is_text(name, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_stage_name(&edits->list, edits->document, from, text_of(name, len));
}

gdf_status gdf_edits_set_flag(gdf_edits *edits, gdf_node instruction, const char *name,
                              const char *value, size_t len)
{
    if (!edits || !name || !is_text(value, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_flag(&edits->list, edits->document, instruction, name,
                              (gdf_str){value, len});
}

gdf_status gdf_edits_remove_flag(gdf_edits *edits, gdf_node instruction, const char *name)
{
    if (!edits || !name)
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_remove_flag(&edits->list, edits->document, instruction, name);
}

gdf_status gdf_edits_set_pair(gdf_edits *edits, gdf_node instruction, const char *key,
                              const char *value, size_t len)
{
    if (!edits || !key || !is_text(value, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_pair(&edits->list, edits->document, instruction, gdf__str(key),
                              text_of(value, len));
}

gdf_status gdf_edits_insert_before(gdf_edits *edits, gdf_node instruction, const char *text,
                                   size_t len)
{
    if (!edits || !is_text(text, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_insert_before(&edits->list, edits->document, instruction, text_of(text, len));
}

gdf_status gdf_edits_insert_after(gdf_edits *edits, gdf_node instruction, const char *text,
                                  size_t len)
{
    if (!edits || !is_text(text, len))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_insert_after(&edits->list, edits->document, instruction, text_of(text, len));
}

gdf_status gdf_edits_remove_instruction(gdf_edits *edits, gdf_node instruction)
{
    if (!edits)
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_remove_instruction(&edits->list, edits->document, instruction);
}
