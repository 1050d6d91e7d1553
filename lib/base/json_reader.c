#include "base/json_reader.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "base/utf8.h"

enum { SURROGATE_FIRST = 0xD800, SURROGATE_LOW = 0xDC00, SURROGATE_END = 0xE000 };

void gdf__json_reader_init(gdf__json_reader *json, gdf_str text, gdf__arena *arena)
{
    *json = (gdf__json_reader){.text = text, .arena = arena};
}

/* The next byte that is no blank, 0 at the end. */
static char peek(gdf__json_reader *json)
{
    if (json->failed)
        return '\0';
    while (json->at < json->text.len && gdf__ascii_is_space(json->text.ptr[json->at]))
        json->at++;
    return json->at < json->text.len ? json->text.ptr[json->at] : '\0';
}

static bool fail(gdf__json_reader *json)
{
    json->failed = true;
    return false;
}

bool gdf__json_reader_open(gdf__json_reader *json, char bracket)
{
    if (peek(json) != bracket)
        return false;
    json->at++;
    json->at_start = true;
    return true;
}

/* Steps to the next element of what is open; false behind the last one. */
static bool next_element(gdf__json_reader *json, char closing)
{
    char next = peek(json);
    bool at_start = json->at_start;
    json->at_start = false;
    if (next == closing) {
        json->at++;
        return false;
    }
    if (at_start)
        return next ? true : fail(json);
    if (next != ',')
        return fail(json);
    json->at++;
    return true;
}

bool gdf__json_reader_next_item(gdf__json_reader *json)
{
    return next_element(json, ']');
}

bool gdf__json_reader_next_key(gdf__json_reader *json, gdf_str *key)
{
    if (!next_element(json, '}'))
        return false;
    if (!gdf__json_reader_string(json, key) || peek(json) != ':')
        return fail(json);
    json->at++;
    return true;
}

/* ---- strings --------------------------------------------------------------------------------- */

/* The four digits at `at`, or -1. */
static int32_t hexadecimal(gdf_str text, size_t at)
{
    int32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        int digit = at + i < text.len ? gdf__ascii_hex_value(text.ptr[at + i]) : -1;
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* `\uXXXX`, or two of them for one code point. `*at` is behind the `u`. */
static bool add_code_point(gdf__builder *out, gdf_str text, size_t *at)
{
    int32_t value = hexadecimal(text, *at);
    if (value < 0)
        return false;
    *at += 4;
    if (value >= SURROGATE_FIRST && value < SURROGATE_LOW && *at + 1 < text.len &&
        text.ptr[*at] == '\\' && text.ptr[*at + 1] == 'u') {
        int32_t low = hexadecimal(text, *at + 2);
        if (low >= SURROGATE_LOW && low < SURROGATE_END) {
            value = 0x10000 + ((value - SURROGATE_FIRST) << 10) + (low - SURROGATE_LOW);
            *at += 6;
        }
    }
    char bytes[4];
    gdf__builder_add(out, (gdf_str){bytes, gdf__utf8_encode((uint32_t)value, bytes)});
    return true;
}

static bool add_escape(gdf__builder *out, gdf_str text, size_t *at)
{
    static const char NAMES[] = "\"\\/bfnrt";
    static const char MEANINGS[] = "\"\\/\b\f\n\r\t";
    if (*at == text.len)
        return false;
    char name = text.ptr[(*at)++];
    if (name == 'u')
        return add_code_point(out, text, at);
    const char *place = name ? strchr(NAMES, name) : NULL;
    if (!place)
        return false;
    gdf__builder_add_byte(out, MEANINGS[place - NAMES]);
    return true;
}

static bool decode(gdf__json_reader *json, gdf_str text, gdf_str *value)
{
    gdf__builder out;
    gdf__builder_init(&out, &json->arena->allocator);
    bool is_good = true;
    for (size_t at = 0; at < text.len && is_good;) {
        size_t end = gdf__str_find(text, '\\', at);
        gdf__builder_add(&out, gdf__str_slice(text, at, end));
        at = end + 1;
        is_good = end == text.len || add_escape(&out, text, &at);
    }
    *value = gdf__builder_to_arena(&out, json->arena);
    return is_good ? true : fail(json);
}

bool gdf__json_reader_string(gdf__json_reader *json, gdf_str *value)
{
    if (peek(json) != '"')
        return false;
    size_t start = json->at + 1;
    size_t end = start;
    bool has_escapes = false;
    while (end < json->text.len && json->text.ptr[end] != '"') {
        bool is_escape = json->text.ptr[end] == '\\';
        has_escapes = has_escapes || is_escape;
        end += is_escape ? 2 : 1;
    }
    if (end >= json->text.len)
        return fail(json);
    json->at = end + 1;
    *value = gdf__str_slice(json->text, start, end);
    return has_escapes ? decode(json, *value, value) : true;
}

/* ---- other values ---------------------------------------------------------------------------- */

bool gdf__json_reader_integer(gdf__json_reader *json, int64_t *value)
{
    char first = peek(json);
    bool is_negative = first == '-';
    size_t at = json->at + is_negative;
    if (at == json->text.len || !gdf__ascii_is_digit(json->text.ptr[at]))
        return false;
    uint64_t number = 0;
    for (; at < json->text.len && gdf__ascii_is_digit(json->text.ptr[at]); at++) {
        number = number * 10 + (uint64_t)(json->text.ptr[at] - '0');
        if (number > INT64_MAX / 10)
            number = INT64_MAX / 10;
    }
    json->at = at;
    *value = is_negative ? -(int64_t)number : (int64_t)number;
    return true;
}

static bool take_word(gdf__json_reader *json, const char *word)
{
    size_t len = strlen(word);
    if (json->text.len - json->at < len || memcmp(json->text.ptr + json->at, word, len) != 0)
        return false;
    json->at += len;
    return true;
}

bool gdf__json_reader_boolean(gdf__json_reader *json, bool *value)
{
    char first = peek(json);
    if (first != 't' && first != 'f')
        return false;
    *value = first == 't';
    return take_word(json, *value ? "true" : "false");
}

/* Steps over one string, bracket, separator or plain word; `*depth` counts open brackets. */
static void skip_piece(gdf__json_reader *json, size_t *depth)
{
    gdf_str ignored;
    char next = peek(json);
    if (next == '"') {
        gdf__json_reader_string(json, &ignored);
        return;
    }
    if (!next) {
        fail(json);
        return;
    }
    if (next == '{' || next == '[')
        ++*depth;
    if (next == '}' || next == ']')
        --*depth;
    json->at++;
    if (strchr("{}[],:", next))
        return;
    while (json->at < json->text.len && !gdf__ascii_is_space(json->text.ptr[json->at]) &&
           !gdf__str_has_byte(GDF__LITERAL("{}[],:\""), json->text.ptr[json->at]))
        json->at++;
}

void gdf__json_reader_skip(gdf__json_reader *json)
{
    size_t depth = 0;
    char next = peek(json);
    if (!next || gdf__str_has_byte(GDF__LITERAL("}],:"), next)) {
        fail(json);
        return;
    }
    do
        skip_piece(json, &depth);
    while (depth > 0 && !json->failed);
}

bool gdf__json_reader_is_complete(gdf__json_reader *json)
{
    return peek(json) == '\0' && !json->failed && json->at == json->text.len;
}
