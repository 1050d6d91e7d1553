#include "instruction/variables.h"

/* Where the variable that opens at `at` ends; text.len when it is not closed. */
static size_t skip_variable(gdf_str text, size_t at)
{
    size_t depth = 0;
    for (; at < text.len; at++) {
        if (text.ptr[at] == '{')
            depth++;
        if (text.ptr[at] == '}' && --depth == 0)
            return at + 1;
    }
    return at;
}

size_t gdf__variables_find_outside(gdf_str text, char byte, size_t from)
{
    for (size_t at = from; at < text.len;) {
        char c = text.ptr[at];
        if (c == byte)
            return at;
        at++;
        if (c == '$' && at < text.len && text.ptr[at] == '{')
            at = skip_variable(text, at);
    }
    return text.len;
}
