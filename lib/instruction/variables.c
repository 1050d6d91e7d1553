#include "instruction/variables.h"

#include "base/slice.h"

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

/* Offset of the first `$` in [from, end), or `end`: looking further would cost too much in all. */
static size_t find_dollar(gdf_str text, size_t from, size_t end)
{
    return gdf__str_find(gdf__str_slice(text, 0, end), '$', from);
}

size_t gdf__variables_find_outside(gdf_str text, char byte, size_t from)
{
    size_t hit = gdf__str_find(text, byte, from);
    size_t dollar = find_dollar(text, from, hit);
    while (dollar < hit) {
        size_t next = dollar + 1;
        if (next < text.len && text.ptr[next] == '{')
            next = skip_variable(text, next);
        if (next > hit)
            hit = gdf__str_find(text, byte, next);
        dollar = find_dollar(text, next, hit);
    }
    return hit;
}
