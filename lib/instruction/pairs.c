/* Names with values: ARG, ENV, LABEL. */
#include "base/slice.h"
#include "instruction/reader.h"

/* ---- ARG ------------------------------------------------------------------------------------- */

void gdf__arg_read(gdf__reader *reader)
{
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span word = gdf__reader_span(reader, node);
        size_t equals = gdf__str_find(word.text, '=', 0);
        gdf__span key = gdf__span_slice(&word, 0, equals);
        gdf_part pair = gdf__part_open(reader, GDF_PART_PAIR, &word);
        gdf__part_add(reader, GDF_PART_KEY, &key);
        if (equals < word.text.len) {
            gdf__span value = gdf__span_slice(&word, equals + 1, word.text.len);
            gdf__part_add(reader, GDF_PART_VALUE, &value);
        }
        gdf__part_close(reader, pair);
    }
}

/* The builder accepts any flag here. */
void gdf__arg_check(gdf__reader *reader)
{
    if (reader->arguments.count == 0)
        gdf__refuse_arguments(reader, " requires at least one argument");
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span word = gdf__reader_span(reader, node);
        if (gdf__str_starts(word.text, "="))
            gdf__refuse_named(reader, &word, " names can not be blank");
    }
}

/* ---- ENV and LABEL --------------------------------------------------------------------------- */

static void read_pair(gdf__reader *reader, gdf_node node)
{
    const gdf__node *name = gdf__reader_node(reader, node + 1);
    const gdf__node *value = gdf__reader_node(reader, name->next);
    gdf__span whole = gdf__span_between(reader->document, reader->line, name, value);
    gdf_part pair = gdf__part_open(reader, GDF_PART_PAIR, &whole);
    gdf__part_of_node(reader, GDF_PART_KEY, node + 1);
    gdf__part_of_node(reader, GDF_PART_VALUE, name->next);
    gdf__part_close(reader, pair);
}

/* What is no pair was refused while reading the line. */
void gdf__pairs_read(gdf__reader *reader)
{
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        if (gdf__reader_node(reader, node)->kind == GDF_NODE_PAIR) {
            read_pair(reader, node);
            continue;
        }
        gdf__part_of_node(reader, GDF_PART_ARGUMENT, node);
    }
}

void gdf__pairs_check(gdf__reader *reader)
{
    gdf__flags_check(reader);
    if (reader->arguments.count == 0)
        gdf__refuse_arguments(reader, " requires at least one argument");
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        const gdf__node *pair = gdf__reader_node(reader, node);
        if (pair->kind != GDF_NODE_PAIR || gdf__reader_node(reader, node + 1)->value_len)
            continue;
        gdf__span place = {gdf__empty, pair->start, pair->end, pair->start, NULL, false};
        gdf__refuse_named(reader, &place, " names can not be blank");
    }
}
