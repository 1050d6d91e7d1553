/* Parts: adding them while reading, and the public readers. */
#include "base/slice.h"
#include "instruction/csv.h"
#include "instruction/reader.h"
#include "instruction/variables.h"

/* ---- adding ---------------------------------------------------------------------------------- */

static gdf_part add(gdf__reader *reader, gdf_part_kind kind, gdf_str text, uint32_t start,
                    uint32_t end, unsigned flags)
{
    gdf__table *parts = &reader->document->parts;
    gdf__part *part = GDF__ADD(parts, gdf__part);
    if (!part)
        return 0;
    *part = (gdf__part){.start = start,
                        .end = end,
                        .next = parts->count + 1,
                        .parent = reader->parent,
                        .value = text.ptr,
                        .value_len = (uint32_t)text.len,
                        .node = reader->node,
                        .kind = (uint16_t)kind,
                        .flags = (uint16_t)flags};
    return parts->count;
}

static unsigned flags_of(bool is_exact, bool has_variable)
{
    return (is_exact ? GDF_PART_FLAG_EXACT : 0u) | (has_variable ? GDF_PART_FLAG_VARIABLE : 0u);
}

/* Most instructions hold no `$`: then it need not be looked for in their pieces. */
static bool has_dollar(const gdf__reader *reader, gdf_str text)
{
    gdf_str line = reader->line->fragment.text;
    uintptr_t offset = (uintptr_t)text.ptr - (uintptr_t)line.ptr;
    return !(offset < line.len && !reader->has_dollars) && gdf__str_has_byte(text, '$');
}

gdf_part gdf__part_add(gdf__reader *reader, gdf_part_kind kind, const gdf__span *span)
{
    unsigned flags = flags_of(gdf__span_is_exact(span), has_dollar(reader, span->text));
    return add(reader, kind, span->text, span->start, span->end, flags);
}

gdf_part gdf__part_of_node(gdf__reader *reader, gdf_part_kind kind, gdf_node id)
{
    const gdf__node *node = gdf__reader_node(reader, id);
    gdf_str text = gdf__node_value(node);
    bool is_exact = gdf__node_is_exact(reader->document, reader->line, node);
    unsigned flags = flags_of(is_exact, has_dollar(reader, text));
    return add(reader, kind, text, node->start, node->end, flags);
}

/* Triggers nest and all end where the line ends: one search for `$` serves them all. */
void gdf__part_add_trigger(gdf__reader *reader)
{
    gdf_str line = reader->line->fragment.text;
    while (reader->dollars_end && line.ptr[reader->dollars_end - 1] != '$')
        reader->dollars_end--;
    gdf__span trigger = gdf__reader_arguments_span(reader);
    unsigned flags =
        flags_of(gdf__span_is_exact(&trigger), reader->dollars_end > reader->line->arguments_start);
    add(reader, GDF_PART_TRIGGER, trigger.text, trigger.start, trigger.end, flags);
}

gdf_part gdf__part_open(gdf__reader *reader, gdf_part_kind kind, const gdf__span *span)
{
    gdf_part part = gdf__part_add(reader, kind, span);
    if (part)
        reader->parent = part;
    return part;
}

void gdf__part_close(gdf__reader *reader, gdf_part part)
{
    if (!part)
        return;
    gdf__part *row = GDF__AT(reader->document->parts, gdf__part, part - 1);
    row->next = reader->document->parts.count + 1;
    reader->parent = row->parent;
}

void gdf__parts_of_arguments(gdf__reader *reader, gdf_part_kind kind)
{
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node))
        gdf__part_of_node(reader, kind, node);
}

/* ---- things that several instructions hold --------------------------------------------------- */

/* True when the text holds quotes or escapes: what it means is known only after expansion. */
static bool is_quoted(gdf_str text)
{
    return gdf__str_has_byte(text, '"') || gdf__str_has_byte(text, '\'') ||
           gdf__str_has_byte(text, '\\');
}

static void add_piece(gdf__reader *reader, gdf_part_kind kind, const gdf__span *span, gdf_str text)
{
    if (text.len == 0)
        return;
    gdf__span piece = gdf__span_piece(span, text);
    gdf__part_add(reader, kind, &piece);
}

void gdf__parts_of_image(gdf__reader *reader, const gdf__span *span)
{
    gdf_part image = gdf__part_open(reader, GDF_PART_IMAGE, span);
    if (!is_quoted(span->text)) {
        gdf__image_reference pieces = gdf__image_reference_split(span->text);
        add_piece(reader, GDF_PART_IMAGE_REGISTRY, span, pieces.registry);
        add_piece(reader, GDF_PART_IMAGE_REPOSITORY, span, pieces.repository);
        add_piece(reader, GDF_PART_IMAGE_TAG, span, pieces.tag);
        add_piece(reader, GDF_PART_IMAGE_DIGEST, span, pieces.digest);
    }
    gdf__part_close(reader, image);
}

void gdf__parts_of_user(gdf__reader *reader, const gdf__span *span)
{
    size_t colon = gdf__variables_find_outside(span->text, ':', 0);
    add_piece(reader, GDF_PART_USER_NAME, span, gdf__str_slice(span->text, 0, colon));
    add_piece(reader, GDF_PART_GROUP_NAME, span,
              gdf__str_slice(span->text, colon + 1, span->text.len));
}

/* The span of a field's value: inside its quotes, or without a place when `""` is in it. */
static gdf__span field_span(gdf__reader *reader, const gdf__csv *csv, const gdf__csv_field *field,
                            const gdf__span *text)
{
    gdf__span whole = gdf__span_slice(text, field->start, field->end);
    gdf__span inner = gdf__span_slice(text, field->inner_start, field->inner_end);
    inner.start = whole.start;
    inner.end = whole.end;
    if (field->has_escapes) {
        inner.text = gdf__csv_value(csv, field, &reader->document->arena);
        inner.mapped = false;
    }
    return inner;
}

static void read_option(gdf__reader *reader, const gdf__span *field)
{
    size_t equals = gdf__str_find(field->text, '=', 0);
    gdf__span key = gdf__span_slice(field, 0, equals);
    gdf_part option = gdf__part_open(reader, GDF_PART_OPTION, field);
    gdf__part_add(reader, GDF_PART_OPTION_KEY, &key);
    if (equals < field->text.len) {
        gdf__span value = gdf__span_slice(field, equals + 1, field->text.len);
        gdf_part part = gdf__part_open(reader, GDF_PART_OPTION_VALUE, &value);
        if (gdf__str_is_nocase(key.text, "from") && value.text.len)
            gdf__parts_of_image(reader, &value);
        gdf__part_close(reader, part);
    }
    gdf__part_close(reader, option);
}

void gdf__parts_of_options(gdf__reader *reader, const gdf__span *span)
{
    gdf__csv csv;
    gdf__csv_field field;
    gdf__csv_init(&csv, span->text);
    while (gdf__csv_next(&csv, &field)) {
        gdf__span option = field_span(reader, &csv, &field, span);
        read_option(reader, &option);
    }
}
