#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "instruction/values.h"

/* All permission, set-id and sticky bits. */
static const uint32_t ALL_BITS = 07777;

static bool is_octal_mode(gdf_str text)
{
    uint32_t mode = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '7')
            return false;
        mode = mode * 8 + (uint32_t)(text.ptr[i] - '0');
        if (mode > ALL_BITS)
            return false;
    }
    return true;
}

static size_t skip_any(gdf_str text, size_t at, gdf_str bytes)
{
    while (at < text.len && gdf__str_has_byte(bytes, text.ptr[at]))
        at++;
    return at;
}

/* Clauses joined by commas: whose bits, then one or more operators with their permissions. */
static bool is_symbolic_mode(gdf_str text)
{
    static const gdf_str OPERATORS = {"+-=", 3};
    size_t at = 0;
    for (;;) {
        at = skip_any(text, at, GDF__LITERAL("augo"));
        do {
            if (at == text.len || !gdf__str_has_byte(OPERATORS, text.ptr[at]))
                return false;
            at = skip_any(text, at + 1, GDF__LITERAL("rwxXstugo"));
        } while (at < text.len && text.ptr[at] != ',');
        if (at == text.len)
            return true;
        at++;
    }
}

static gdf_str refuse_number(gdf_str text, gdf__arena *arena)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_text(&message, "invalid chmod parameter: '");
    gdf__builder_add(&message, text);
    gdf__builder_add_text(&message, "'. it should be octal string and between 0 and 07777");
    return gdf__builder_to_arena(&message, arena);
}

gdf_str gdf__mode_check(gdf_str text, gdf__arena *arena)
{
    if (text.len && gdf__ascii_is_digit(text.ptr[0]))
        return is_octal_mode(text) ? gdf__empty : refuse_number(text, arena);
    return is_symbolic_mode(text) ? gdf__empty : GDF__LITERAL("invalid syntax");
}
