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

size_t gdf__variables_find_outside(gdf_str text, char byte, size_t from)
{
    size_t hit = gdf__str_find(text, byte, from);
    size_t dollar = gdf__str_find(text, '$', from);
    while (dollar < hit) {
        size_t next = dollar + 1;
        if (next < text.len && text.ptr[next] == '{')
            next = skip_variable(text, next);
        if (next > hit)
            hit = gdf__str_find(text, byte, next);
        dollar = gdf__str_find(text, '$', next);
    }
    return hit;
}
