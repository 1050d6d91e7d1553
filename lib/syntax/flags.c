#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/parser.h"

/* The builder reads flags byte by byte and takes each byte for a code point: bytes from 0x80 up
 * come out as the UTF-8 of U+0080…U+00FF, and 0x85 and 0xA0 count as blanks. */
static bool is_byte_blank(char byte)
{
    return gdf__ascii_is_space(byte) ||
           ((unsigned char)byte >= 0x80 && gdf__utf8_is_space((unsigned char)byte));
}

typedef struct flag_word {
    size_t end;    /* where it ends in the text */
    gdf_str value; /* without quotes and escapes */
    bool present;  /* false: it is empty and was not quoted */
} flag_word;

/* True when the builder's value of the word is just its bytes. */
static bool is_plain(gdf_str text, size_t start, size_t *end)
{
    size_t at = start;
    for (; at < text.len; at++) {
        char byte = text.ptr[at];
        if (gdf__ascii_is_ordinary(byte))
            continue;
        if (gdf__ascii_is_space(byte))
            break;
        return false;
    }
    *end = at;
    return true;
}

static void add_byte_as_rune(gdf__builder *builder, char byte)
{
    char encoded[4];
    size_t len = gdf__utf8_encode((unsigned char)byte, encoded);
    gdf__builder_add(builder, (gdf_str){encoded, len});
}

static flag_word read_word(gdf__parser *parser, gdf_str text, size_t start)
{
    flag_word word = {.end = start};
    if (is_plain(text, start, &word.end)) {
        word.value = gdf__str_slice(text, start, word.end);
        word.present = word.value.len > 0;
        return word;
    }
    char escape = parser->document->escape;
    gdf__builder value;
    gdf__builder_init(&value, &parser->document->arena.allocator);
    char quote = 0;
    size_t at = start;
    for (; at < text.len; at++) {
        char byte = text.ptr[at];
        if (!quote && is_byte_blank(byte))
            break;
        if (quote ? byte == quote : byte == '\'' || byte == '"') {
            quote = quote ? 0 : byte;
            word.present = true;
            continue;
        }
        if (byte == escape) {
            if (at + 1 == text.len)
                continue;
            byte = text.ptr[++at];
        }
        add_byte_as_rune(&value, byte);
    }
    word.end = at;
    word.value = gdf__builder_to_arena(&value, &parser->document->arena);
    word.present = word.present || word.value.len > 0;
    return word;
}

size_t gdf__flags_split(gdf__parser *parser, gdf_node instruction, size_t start, size_t end)
{
    const gdf__fragment *fragment = parser->fragment;
    gdf_str text = gdf__str_slice(fragment->text, 0, end);
    size_t at = start;
    for (;;) {
        while (at < end && is_byte_blank(text.ptr[at]))
            at++;
        if (end - at < 2 || text.ptr[at] != '-' || text.ptr[at + 1] != '-')
            return at;
        flag_word word = read_word(parser, text, at);
        gdf__tokens_until(parser, at, GDF_TOKEN_WHITESPACE);
        gdf__tokens_until(parser, word.end, GDF_TOKEN_FLAG);
        if (gdf__str_is(word.value, "--"))
            return word.end;
        if (word.present)
            gdf__node_leaf(parser->document, instruction, GDF_NODE_FLAG,
                           gdf__fragment_start(fragment, at), gdf__fragment_end(fragment, word.end),
                           word.value);
        at = word.end;
    }
}
