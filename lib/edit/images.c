/* Image references and stage names. */
#include "base/ascii.h"
#include "base/slice.h"
#include "edit/edit.h"
#include "edit/value.h"

static const size_t LONGEST_TAG = 128;

gdf_part gdf__edit_image_of(const gdf_document *document, gdf_node from)
{
    if (gdf_node_get_instruction(document, from) != GDF_INSTRUCTION_FROM)
        return 0;
    return gdf_instruction_find_part(document, from, GDF_PART_IMAGE, 0);
}

/* ---- references ------------------------------------------------------------------------------ */

/* Letters, digits and the bytes of `others`, the first one no `.` or `-`. */
static bool is_name(gdf_str text, const char *others)
{
    gdf_str allowed = gdf__str(others);
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_alnum(text.ptr[i]) && !gdf__str_has_byte(allowed, text.ptr[i]))
            return false;
    }
    return text.len > 0 && text.ptr[0] != '.' && text.ptr[0] != '-';
}

static bool is_tag(const gdf_document *document, gdf_str tag)
{
    if (gdf__str_has_byte(tag, '$'))
        return gdf__value_is_word(document, tag) && !gdf__str_has_byte(tag, '@');
    return is_name(tag, "_.-") && tag.len <= LONGEST_TAG;
}

static bool is_digest(const gdf_document *document, gdf_str digest)
{
    if (gdf__str_has_byte(digest, '$'))
        return gdf__value_is_word(document, digest);
    return digest.len && gdf__digest_check(digest).len == 0;
}

/* The place of a reference's tag and digest, with their `:` and `@`; empty where they would go. */
typedef struct reference_places {
    gdf__edit_range tag;
    gdf__edit_range digest;
} reference_places;

/* The image when its bytes are its value and no quotes stand in the way; else NULL. */
static const gdf__part *exact_image(const gdf_document *document, gdf_part id)
{
    const gdf__part *image = gdf__document_part(document, id);
    if (!image || image->kind != GDF_PART_IMAGE || !(image->flags & GDF_PART_FLAG_EXACT))
        return NULL;
    gdf_str text = gdf__part_value(image);
    bool quoted = gdf__str_has_byte(text, '"') || gdf__str_has_byte(text, '\'') ||
                  gdf__str_has_byte(text, document->escape);
    return quoted ? NULL : image;
}

static bool find_places(const gdf_document *document, gdf_part id, reference_places *places)
{
    const gdf__part *image = exact_image(document, id);
    if (!image)
        return false;
    gdf_str text = gdf__part_value(image);
    gdf__image_reference pieces = gdf__image_reference_split(text);
    if (pieces.repository.len == 0)
        return false;
    uint32_t name_end =
        image->start + (uint32_t)(pieces.repository.ptr + pieces.repository.len - text.ptr);
    uint32_t tag_end = name_end + (pieces.tag.len ? (uint32_t)pieces.tag.len + 1 : 0);
    places->tag = (gdf__edit_range){name_end, tag_end};
    places->digest = (gdf__edit_range){tag_end, image->end};
    bool is_bare = name_end == image->end;
    return !(is_bare && gdf__str_has_byte(pieces.repository, '$'));
}

static gdf_status put_piece(gdf__edit_list *list, gdf__edit_range place, const char *mark,
                            gdf_str text)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__builder_add_text(&builder, mark);
    gdf__builder_add(&builder, text);
    return gdf__edit_list_add_built(list, place.start, place.end, &builder);
}

gdf_status gdf__edit_set_image(gdf__edit_list *list, const gdf_document *document, gdf_part image,
                               gdf_str reference)
{
    if (gdf_part_get_kind(document, image) != GDF_PART_IMAGE)
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_set_part(list, document, image, reference);
}

gdf_status gdf__edit_set_tag(gdf__edit_list *list, const gdf_document *document, gdf_part image,
                             gdf_str tag)
{
    reference_places places;
    if (!is_tag(document, tag) || !find_places(document, image, &places))
        return GDF_ERROR_ARGUMENT;
    return put_piece(list, (gdf__edit_range){places.tag.start, places.digest.end}, ":", tag);
}

gdf_status gdf__edit_set_digest(gdf__edit_list *list, const gdf_document *document, gdf_part image,
                                gdf_str digest)
{
    reference_places places;
    if (!is_digest(document, digest) || !find_places(document, image, &places))
        return GDF_ERROR_ARGUMENT;
    return put_piece(list, places.digest, "@", digest);
}

/* ---- stage names ----------------------------------------------------------------------------- */

/* End of the only argument of a FROM; 0 when there are more. */
static uint32_t only_argument_end(const gdf_document *document, gdf_node from)
{
    uint32_t end = 0;
    for (gdf_node id = gdf_node_get_first_child(document, from); id;
         id = gdf_node_get_next_sibling(document, id)) {
        if (gdf_node_get_kind(document, id) != GDF_NODE_ARGUMENT)
            continue;
        if (end)
            return 0;
        end = gdf_node_get_end(document, id);
    }
    return end;
}

gdf_status gdf__edit_set_stage_name(gdf__edit_list *list, const gdf_document *document,
                                    gdf_node from, gdf_str name)
{
    if (gdf_node_get_instruction(document, from) != GDF_INSTRUCTION_FROM || !is_name(name, "_.-") ||
        !gdf__ascii_is_alpha(name.ptr[0]))
        return GDF_ERROR_ARGUMENT;
    gdf_part part = gdf_instruction_find_part(document, from, GDF_PART_STAGE_NAME, 0);
    if (part)
        return gdf__edit_set_part(list, document, part, name);
    uint32_t end = only_argument_end(document, from);
    if (!end)
        return GDF_ERROR_ARGUMENT;
    bool lower = gdf__str_is(gdf_node_get_value(document, from), "from");
    return put_piece(list, (gdf__edit_range){end, end}, lower ? " as " : " AS ", name);
}
