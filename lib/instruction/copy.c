/* ADD and COPY. */
#include "base/slice.h"
#include "instruction/reader.h"
#include "syntax/heredoc_words.h"

static bool is_heredoc(gdf__reader *reader, gdf_str word)
{
    gdf__heredoc_word heredoc;
    return gdf__str_contains(word, "<<") &&
           gdf__heredoc_word_read(&heredoc, word, &reader->document->arena);
}

void gdf__copy_read(gdf__reader *reader)
{
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;) {
        gdf_node path = node;
        node = gdf__reader_after(reader, node);
        bool last = node == reader->arguments.end && reader->arguments.count > 1;
        gdf_part part =
            gdf__part_of_node(reader, last ? GDF_PART_DESTINATION : GDF_PART_SOURCE, path);
        if (part && is_heredoc(reader, gdf__node_value(gdf__reader_node(reader, path))))
            GDF__AT(reader->document->parts, gdf__part, part - 1)->flags |= GDF_PART_FLAG_HEREDOC;
    }
}

static void check_destination(gdf__reader *reader)
{
    gdf_node last = reader->arguments.first;
    while (gdf__reader_after(reader, last) < reader->arguments.end)
        last = gdf__reader_after(reader, last);
    gdf__span path = gdf__reader_span(reader, last);
    if (is_heredoc(reader, path.text))
        gdf__refuse_named(reader, &path, " cannot accept a heredoc as a destination");
}

void gdf__copy_check(gdf__reader *reader)
{
    bool complete = reader->arguments.count > 1;
    if (!complete)
        gdf__refuse_arguments(reader, " requires at least two arguments, but only one was "
                                      "provided. Destination could not be determined");
    gdf__flags_check(reader);
    if (complete)
        check_destination(reader);
}
