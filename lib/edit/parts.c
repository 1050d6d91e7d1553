/* New values for parts: what may stand where. */
#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "edit/edit.h"
#include "edit/value.h"

/* ---- what may stand in a place --------------------------------------------------------------- */

static bool has_space(gdf_str text)
{
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (gdf__utf8_is_space(rune.value))
            return true;
        at += rune.len;
    }
    return false;
}

bool gdf__value_is_one_line(const gdf_document *document, gdf_str value)
{
    return !gdf__str_has_byte(value, '\n') && !gdf__str_has_byte(value, '\r') &&
           !(value.len && value.ptr[value.len - 1] == document->escape);
}

bool gdf__value_is_word(const gdf_document *document, gdf_str value)
{
    return gdf__value_is_one_line(document, value) && !has_space(value);
}

/* True when quotes and escapes in the value keep it one word of a pair. */
static bool is_quoted_word(const gdf_document *document, gdf_str value)
{
    char quote = 0;
    for (size_t at = 0; at < value.len; at++) {
        char byte = value.ptr[at];
        if (byte == document->escape && quote != '\'')
            at++;
        else if (!quote && has_space((gdf_str){&value.ptr[at], 1}))
            return false;
        else if (quote ? byte == quote : byte == '"' || byte == '\'')
            quote = quote ? 0 : byte;
    }
    return !quote && gdf__value_is_one_line(document, value);
}

/* Text up to the end of the line: it must not lose blanks at its ends. */
static bool is_text(const gdf_document *document, gdf_str value)
{
    return value.len && gdf__utf8_trim(value).len == value.len &&
           gdf__value_is_one_line(document, value);
}

static bool is_keyword(const gdf_document *document, gdf_str value)
{
    (void)document;
    for (size_t i = 0; i < value.len; i++) {
        if (!gdf__ascii_is_alpha(value.ptr[i]))
            return false;
    }
    return value.len > 0;
}

static bool is_filled_word(const gdf_document *document, gdf_str value)
{
    return value.len > 0 && gdf__value_is_word(document, value);
}

/* Parts of other kinds are words that are not empty. */
static const struct {
    gdf_part_kind kind;
    bool (*accepts)(const gdf_document *document, gdf_str value);
} ACCEPTED[] = {
    {GDF_PART_KEYWORD, is_keyword},
    {GDF_PART_FLAG_VALUE, gdf__value_is_word},
    {GDF_PART_OPTION_VALUE, gdf__value_is_word},
    {GDF_PART_VALUE, is_quoted_word},
    {GDF_PART_COMMAND, is_text},
    {GDF_PART_AUTHOR, is_text},
    {GDF_PART_PATH, is_text},
    {GDF_PART_HEREDOC, NULL},
    {GDF_PART_HEREDOC_NAME, NULL},
    {GDF_PART_TRIGGER, NULL},
};

static bool kind_accepts(const gdf_document *document, gdf_part_kind kind, gdf_str value)
{
    for (size_t i = 0; i < sizeof ACCEPTED / sizeof *ACCEPTED; i++) {
        if (ACCEPTED[i].kind == kind)
            return ACCEPTED[i].accepts && ACCEPTED[i].accepts(document, value);
    }
    return is_filled_word(document, value);
}

static bool is_in_flag(const gdf_document *document, gdf_part part)
{
    while (part && gdf_part_get_kind(document, part) != GDF_PART_FLAG)
        part = gdf_part_get_parent(document, part);
    return part != 0;
}

/* Flags know quotes and escapes everywhere, and garble what is not ASCII. */
static bool flag_accepts(const gdf_document *document, gdf_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        char byte = value.ptr[i];
        if ((unsigned char)byte >= 0x80 || byte == '"' || byte == '\'' || byte == document->escape)
            return false;
    }
    return true;
}

/* An argument must not be taken for a flag, a comment or a heredoc. */
static bool argument_accepts(const gdf_document *document, const gdf__part *part, gdf_str value)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(document, part->node);
    bool knows_heredocs =
        kind == GDF_INSTRUCTION_RUN || kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD;
    return !gdf__str_starts(value, "--") && !gdf__str_starts(value, "#") &&
           !(knows_heredocs && gdf__str_contains(value, "<<"));
}

/* Blanks separate paths of a VOLUME, not of a WORKDIR. */
static bool is_word_path(const gdf_document *document, const gdf__part *part)
{
    return part->kind == GDF_PART_PATH &&
           gdf_node_get_instruction(document, part->node) != GDF_INSTRUCTION_WORKDIR;
}

static bool accepts(const gdf_document *document, gdf_part id, gdf_str value)
{
    const gdf__part *part = gdf__document_part(document, id);
    if (!kind_accepts(document, (gdf_part_kind)part->kind, value))
        return false;
    if (is_word_path(document, part) && !gdf__value_is_word(document, value))
        return false;
    return is_in_flag(document, id) ? flag_accepts(document, value)
                                    : argument_accepts(document, part, value);
}

/* ---- elements of JSON arrays ----------------------------------------------------------------- */

/* True when the part is a whole element of the instruction's JSON array, quotes included. */
static bool is_json_element(const gdf_document *document, const gdf__part *part)
{
    if (!(gdf_node_get_flags(document, part->node) & GDF_NODE_FLAG_JSON))
        return false;
    gdf_str text = gdf__source_slice(&document->source, part->start, part->end);
    return text.len >= 2 && gdf__str_starts(text, "\"") && gdf__str_ends(text, "\"") &&
           !gdf__str_has_byte(text, '\n');
}

gdf_status gdf__value_set_json(gdf__edit_list *list, gdf__edit_range place, gdf_str before,
                               gdf_str word, gdf_str after)
{
    gdf_str array = gdf__empty;
    if (!gdf__edit_json_array(list->arena, &word, 1, &array))
        return GDF_ERROR_ARGUMENT;
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__builder_add(&builder, before);
    gdf__builder_add(&builder, gdf__str_slice(array, 1, array.len ? array.len - 1 : 0));
    gdf__builder_add(&builder, after);
    return gdf__edit_list_add_built(list, place.start, place.end, &builder);
}

/* ---- setting --------------------------------------------------------------------------------- */

gdf_status gdf__edit_set_part(gdf__edit_list *list, const gdf_document *document, gdf_part id,
                              gdf_str value)
{
    const gdf__part *part = gdf__document_part(document, id);
    if (!part)
        return GDF_ERROR_ARGUMENT;
    if (is_json_element(document, part))
        return gdf__value_set_json(list, (gdf__edit_range){part->start, part->end}, gdf__empty,
                                   value, gdf__empty);
    if (!(part->flags & GDF_PART_FLAG_EXACT) || !accepts(document, id, value))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_list_add(list, part->start, part->end, value);
}

gdf_status gdf__edit_set_case(gdf__edit_list *list, const gdf_document *document, gdf_part id,
                              bool upper)
{
    const gdf__part *part = gdf__document_part(document, id);
    if (!part || !(part->flags & GDF_PART_FLAG_EXACT))
        return GDF_ERROR_ARGUMENT;
    char *text = gdf__arena_take_bytes(list->arena, part->value_len);
    if (!text)
        return GDF_ERROR_MEMORY;
    for (uint32_t i = 0; i < part->value_len; i++)
        text[i] = upper ? gdf__ascii_upper(part->value[i]) : gdf__ascii_lower(part->value[i]);
    return gdf__edit_list_add(list, part->start, part->end, (gdf_str){text, part->value_len});
}
