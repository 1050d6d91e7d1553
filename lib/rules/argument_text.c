#include "rules/argument_text.h"

#include "base/ascii.h"
#include "base/slice.h"

gdf__argument_text gdf__argument_text_of(const gdf__check *check, gdf_node node)
{
    const gdf__logical_line *line = gdf__document_line(check->document, node);
    return (gdf__argument_text){&line->fragment,
                                gdf__str_slice(line->fragment.text, 0, line->arguments_end),
                                line->arguments_start};
}

gdf__edit_range gdf__argument_range(const gdf__argument_text *arguments, size_t start, size_t end)
{
    uint32_t first = start < end ? gdf__fragment_start(arguments->fragment, start)
                                 : gdf__fragment_end(arguments->fragment, start);
    return (gdf__edit_range){first, gdf__fragment_end(arguments->fragment, end)};
}

size_t gdf__argument_skip_blanks(gdf_str text, size_t at)
{
    while (at < text.len && gdf__ascii_is_space(text.ptr[at]))
        at++;
    return at;
}

size_t gdf__argument_word_end(gdf_str text, size_t at)
{
    while (at < text.len && !gdf__ascii_is_space(text.ptr[at]))
        at++;
    return at;
}

size_t gdf__argument_array_start(const gdf__check *check, gdf_node node,
                                 const gdf__argument_text *arguments)
{
    if (gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_HEALTHCHECK)
        return arguments->start;
    size_t type_end = gdf__argument_word_end(arguments->text, arguments->start);
    return gdf__argument_skip_blanks(arguments->text, type_end);
}

/* End of a JSON string that starts at `at`, or 0. */
static size_t skip_string(gdf_str text, size_t at)
{
    if (at >= text.len || text.ptr[at] != '"')
        return 0;
    for (at++; at < text.len; at++) {
        if (text.ptr[at] == '\\')
            at++;
        else if (text.ptr[at] == '"')
            return at + 1;
    }
    return 0;
}

size_t gdf__argument_array_end(gdf_str text, size_t at)
{
    if (at >= text.len || text.ptr[at] != '[')
        return 0;
    at = gdf__argument_skip_blanks(text, at + 1);
    while (at < text.len && text.ptr[at] == '"') {
        at = skip_string(text, at);
        if (!at)
            return 0;
        at = gdf__argument_skip_blanks(text, at);
        if (at < text.len && text.ptr[at] == ']')
            return at + 1;
        if (at >= text.len || text.ptr[at] != ',')
            return 0;
        at = gdf__argument_skip_blanks(text, at + 1);
    }
    return 0;
}
