#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "edit/edit.h"

static bool is_plain(char byte)
{
    static const gdf_str PLAIN = {"_./:@%+,-=~", 11};
    return gdf__ascii_is_alnum(byte) || gdf__str_has_byte(PLAIN, byte);
}

static bool is_all_plain(gdf_str value)
{
    for (size_t i = 0; i < value.len; i++) {
        if (!is_plain(value.ptr[i]))
            return false;
    }
    return value.len > 0;
}

static bool holds_line_end(gdf_str text)
{
    return gdf__str_has_byte(text, '\n') || gdf__str_has_byte(text, '\r');
}

/* `value` in double quotes, with the escape character before itself and the bytes of `special`. */
static bool quote(gdf__arena *arena, char escape, const char *special, gdf_str value,
                  gdf_str *quoted)
{
    gdf_str escaped = gdf__str(special);
    gdf__builder builder;
    gdf__builder_init(&builder, &arena->allocator);
    gdf__builder_add_byte(&builder, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == escape || gdf__str_has_byte(escaped, value.ptr[i]))
            gdf__builder_add_byte(&builder, escape);
        gdf__builder_add_byte(&builder, value.ptr[i]);
    }
    gdf__builder_add_byte(&builder, '"');
    *quoted = gdf__builder_to_arena(&builder, arena);
    return true;
}

bool gdf__edit_quote_value(gdf__arena *arena, char escape, gdf_str value, gdf_str *quoted)
{
    *quoted = gdf__empty;
    if (holds_line_end(value) || gdf__str_has_byte(value, '\0') || !gdf__utf8_is_valid(value))
        return false;
    if (!is_all_plain(value))
        return quote(arena, escape, "\"$", value, quoted);
    *quoted = gdf__arena_copy(arena, value);
    return true;
}

static bool is_plain_flag_value(gdf_str value, char escape)
{
    for (size_t i = 0; i < value.len; i++) {
        char byte = value.ptr[i];
        if (gdf__ascii_is_space(byte) || byte == '"' || byte == '\'' || byte == escape)
            return false;
    }
    return true;
}

bool gdf__edit_quote_flag_value(gdf__arena *arena, char escape, gdf_str value, gdf_str *quoted)
{
    *quoted = gdf__empty;
    if (holds_line_end(value))
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if ((unsigned char)value.ptr[i] >= 0x80)
            return false;
    }
    if (!is_plain_flag_value(value, escape))
        return quote(arena, escape, "\"", value, quoted);
    *quoted = gdf__arena_copy(arena, value);
    return true;
}

bool gdf__edit_json_array(gdf__arena *arena, const gdf_str *words, uint32_t count, gdf_str *array)
{
    *array = gdf__empty;
    gdf__builder builder;
    gdf__builder_init(&builder, &arena->allocator);
    gdf__builder_add_byte(&builder, '[');
    bool valid = true;
    for (uint32_t i = 0; i < count && valid; i++) {
        if (i)
            gdf__builder_add_text(&builder, ", ");
        valid = gdf__utf8_is_valid(words[i]);
        gdf__builder_add_json(&builder, words[i]);
    }
    gdf__builder_add_byte(&builder, ']');
    if (!valid) {
        gdf__builder_free(&builder);
        return false;
    }
    *array = gdf__builder_to_arena(&builder, arena);
    return true;
}
