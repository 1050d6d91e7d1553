/* Exec forms: the words of a JSON array are the words of the command. */
#include "shell/reader.h"
#include "syntax/document.h"

static void read_element(gdf__shell_reader *reader, const gdf_document *document,
                         const gdf__node *node)
{
    reader->word = (gdf__word){
        .start = node->start,
        .end = node->end,
        .raw = gdf__source_slice(&document->source, node->start, node->end),
        .value = gdf__node_value(node),
        .flags = GDF_WORD_FLAG_LITERAL | GDF_WORD_FLAG_QUOTED,
    };
}

gdf__script gdf__shell_read_exec(gdf__shell *shell, const gdf_document *document,
                                 gdf_node instruction, const gdf_node *arguments, uint32_t count,
                                 uint32_t max_depth)
{
    static const gdf__segment segment = {0, 0};
    static const gdf__fragment nothing = {{"", 0}, &segment, 1};
    gdf__shell_reader reader =
        gdf__shell_reader_begin(shell, instruction, gdf__input_of(&nothing, 0, 0), max_depth);
    reader.exec_form = true;
    reader.pure = false;
    reader.leading = false;
    gdf__frame *frame = gdf__shell_reader_push_list(&reader, GDF__FRAME_ROOT, (gdf__list){0});
    if (!frame)
        return reader.script;
    for (uint32_t i = 0; i < count; i++) {
        const gdf__node *node = gdf__document_node(document, arguments[i]);
        if (!node)
            continue;
        if (!frame->list.command)
            gdf__list_open_command(&reader, &frame->list, node->start, GDF_COMMAND_FLAG_EXEC_FORM);
        read_element(&reader, document, node);
        gdf__command_add_word(&reader, &frame->list, GDF_WORD_ARGUMENT);
    }
    gdf__shell_reader_run(&reader);
    return reader.script;
}
