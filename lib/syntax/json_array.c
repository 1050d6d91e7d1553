#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/parser.h"

/* encoding/json refuses values that nest deeper. */
enum { MAX_DEPTH = 10000 };

/* What may come next. */
typedef enum state {
    VALUE_OR_END, /* behind `[` */
    VALUE,        /* behind `,` in an array, or `:` */
    KEY_OR_END,   /* behind `{` */
    KEY,          /* behind `,` in an object */
    COLON,
    COMMA_OR_END
} state;

typedef struct json_reader {
    gdf__parser *parser;
    gdf_node instruction;
    gdf_str text;
    size_t at;
    uint32_t depth;              /* open brackets */
    bool other;                  /* an element of the outer array is no string */
    bool objects[MAX_DEPTH + 1]; /* of each open bracket, by its depth: it is `{` */
} json_reader;

static void skip_blanks(json_reader *json)
{
    while (json->at < json->text.len && strchr(" \t\r\n", json->text.ptr[json->at]) &&
           json->text.ptr[json->at])
        json->at++;
}

static int hex4(gdf_str text, size_t at)
{
    int value = 0;
    if (text.len - at < 4)
        return -1;
    for (size_t i = 0; i < 4; i++) {
        int digit = gdf__ascii_hex_value(text.ptr[at + i]);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

/* Steps over a string that starts at its opening quote. */
static bool skip_string(json_reader *json, bool *plain)
{
    gdf_str text = json->text;
    *plain = true;
    for (size_t at = json->at + 1; at < text.len; at++) {
        unsigned char byte = (unsigned char)text.ptr[at];
        if (byte == '"') {
            json->at = at + 1;
            return true;
        }
        if (byte < 0x20)
            return false;
        if (byte >= 0x80)
            *plain = false;
        if (byte != '\\')
            continue;
        *plain = false;
        if (++at == text.len)
            return false;
        if (text.ptr[at] == 'u') {
            if (hex4(text, at + 1) < 0)
                return false;
            at += 4;
        } else if (!text.ptr[at] || !strchr("\"\\/bfnrt", text.ptr[at])) {
            return false;
        }
    }
    return false;
}

/* The code point of a `\u` escape whose digits start at `at`, with its second surrogate. */
static uint32_t decode_unicode(gdf_str text, size_t *at)
{
    uint32_t first = (uint32_t)hex4(text, *at);
    *at += 4;
    if (first < 0xD800 || first > 0xDFFF)
        return first;
    if (first < 0xDC00 && text.len - *at >= 6 && text.ptr[*at] == '\\' &&
        text.ptr[*at + 1] == 'u') {
        int second = hex4(text, *at + 2);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            *at += 6;
            return 0x10000 + ((first - 0xD800) << 10) + ((uint32_t)second - 0xDC00);
        }
    }
    return GDF__RUNE_ERROR;
}

static uint32_t decode_escape(gdf_str text, size_t *at)
{
    static const char LETTERS[] = "bfnrt";
    static const char VALUES[] = "\b\f\n\r\t";
    char letter = text.ptr[(*at)++];
    if (letter == 'u')
        return decode_unicode(text, at);
    const char *hit = strchr(LETTERS, letter);
    return (unsigned char)(hit ? VALUES[hit - LETTERS] : letter);
}

/* The value of the string between its quotes. */
static gdf_str decode_string(json_reader *json, gdf_str text)
{
    gdf__builder value;
    gdf__builder_init(&value, &json->parser->document->arena.allocator);
    for (size_t at = 0; at < text.len;) {
        char encoded[4];
        uint32_t rune = 0;
        if (text.ptr[at] == '\\') {
            at++;
            rune = decode_escape(text, &at);
        } else {
            gdf__rune next = gdf__utf8_decode(text, at);
            rune = next.value;
            at += next.len;
        }
        size_t len = gdf__utf8_encode(rune, encoded);
        gdf__builder_add(&value, (gdf_str){encoded, len});
    }
    return gdf__builder_to_arena(&value, &json->parser->document->arena);
}

/* A string: an element of the outer array becomes an argument. */
static bool read_string(json_reader *json)
{
    size_t start = json->at;
    bool plain = false;
    if (!skip_string(json, &plain))
        return false;
    if (json->depth > 1 || json->other)
        return true;
    gdf_str inner = gdf__str_slice(json->text, start + 1, json->at - 1);
    const gdf__fragment *fragment = json->parser->fragment;
    gdf__node_leaf(json->parser->document, json->instruction, GDF_NODE_ARGUMENT,
                   gdf__fragment_start(fragment, start), gdf__fragment_end(fragment, json->at),
                   plain ? inner : decode_string(json, inner));
    return true;
}

static bool skip_digits(json_reader *json)
{
    size_t start = json->at;
    while (json->at < json->text.len && gdf__ascii_is_digit(json->text.ptr[json->at]))
        json->at++;
    return json->at > start;
}

static char peek(const json_reader *json)
{
    return json->at < json->text.len ? json->text.ptr[json->at] : '\0';
}

static bool skip_number(json_reader *json)
{
    if (peek(json) == '-')
        json->at++;
    if (peek(json) == '0')
        json->at++;
    else if (!skip_digits(json))
        return false;
    if (peek(json) == '.') {
        json->at++;
        if (!skip_digits(json))
            return false;
    }
    if (gdf__ascii_lower(peek(json)) == 'e') {
        json->at++;
        if (peek(json) == '+' || peek(json) == '-')
            json->at++;
        return skip_digits(json);
    }
    return true;
}

static bool skip_literal(json_reader *json)
{
    static const char *const LITERALS[] = {"true", "false", "null"};
    gdf_str rest = gdf__str_slice(json->text, json->at, json->text.len);
    for (size_t i = 0; i < sizeof LITERALS / sizeof *LITERALS; i++) {
        if (gdf__str_starts(rest, LITERALS[i])) {
            json->at += strlen(LITERALS[i]);
            return true;
        }
    }
    return false;
}

static bool in_object(const json_reader *json)
{
    return json->objects[json->depth];
}

static bool open_bracket(json_reader *json, state *next)
{
    bool object = json->text.ptr[json->at++] == '{';
    if (++json->depth > MAX_DEPTH)
        return false;
    json->objects[json->depth] = object;
    *next = object ? KEY_OR_END : VALUE_OR_END;
    return true;
}

static bool close_bracket(json_reader *json, state *next)
{
    if (json->text.ptr[json->at] != (in_object(json) ? '}' : ']'))
        return false;
    json->at++;
    json->depth--;
    *next = COMMA_OR_END;
    return true;
}

static bool read_value(json_reader *json, state *next)
{
    char byte = peek(json);
    *next = COMMA_OR_END;
    if (byte == '"')
        return read_string(json);
    if (json->depth == 1)
        json->other = true;
    if (byte == '[' || byte == '{')
        return open_bracket(json, next);
    if (byte == '-' || gdf__ascii_is_digit(byte))
        return skip_number(json);
    return skip_literal(json);
}

/* One token of the grammar; false when the text is no JSON. */
static bool step(json_reader *json, state *next)
{
    char byte = peek(json);
    bool closes = byte == ']' || byte == '}';
    switch (*next) {
    case VALUE_OR_END: return closes ? close_bracket(json, next) : read_value(json, next);
    case VALUE: return read_value(json, next);
    case KEY_OR_END:
        if (closes)
            return close_bracket(json, next);
        /* fall through */
    case KEY: {
        bool plain = false;
        *next = COLON;
        return byte == '"' && skip_string(json, &plain);
    }
    case COLON:
        json->at++;
        *next = VALUE;
        return byte == ':';
    case COMMA_OR_END:
        if (closes)
            return close_bracket(json, next);
        json->at++;
        *next = in_object(json) ? KEY : VALUE;
        return byte == ',';
    }
    return false;
}

static bool read_array(json_reader *json)
{
    state next = VALUE_OR_END;
    json->depth = 1;
    json->objects[json->depth] = false;
    json->at++;
    while (json->depth) {
        skip_blanks(json);
        if (json->at >= json->text.len || !step(json, &next))
            return false;
    }
    skip_blanks(json);
    return json->at == json->text.len;
}

gdf__json_result gdf__json_array_split(gdf__parser *parser, gdf_node instruction, size_t start,
                                       size_t end)
{
    json_reader json; /* `objects` is large, and written before it is read */
    json.parser = parser;
    json.instruction = instruction;
    json.text = gdf__str_slice(parser->fragment->text, 0, end);
    json.at = start;
    json.depth = 0;
    json.other = false;
    uint32_t nodes = parser->document->nodes.count;
    if (peek(&json) == '[' && read_array(&json) && !json.other)
        return GDF__JSON_STRINGS;
    parser->document->nodes.count = nodes;
    return json.other && json.depth == 0 && json.at == end ? GDF__JSON_OTHER : GDF__JSON_NONE;
}
