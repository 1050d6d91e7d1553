/* $'…' of bash and busybox ash. */
#include "shell/ansi_quotes.h"
#include "base/ascii.h"
#include "base/utf8.h"

enum {
    OCTAL_DIGITS = 3,
    HEX_DIGITS = 2,
    SHORT_RUNE_DIGITS = 4,
    LONG_RUNE_DIGITS = 8,
    CONTROL_MASK = 0x1f
};

uint32_t gdf__ansi_end(const gdf__input *input, uint32_t at)
{
    for (; at < input->end; at++) {
        if (input->text[at] == '\'')
            return at;
        if (input->text[at] == '\\')
            at++;
    }
    return 0;
}

/* The byte that a one-letter escape stands for, or 0. */
static char letter_value(char letter)
{
    switch (letter) {
    case 'a': return '\a';
    case 'b': return '\b';
    case 'e':
    case 'E': return '\033';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    case '\\':
    case '\'':
    case '"':
    case '?': return letter;
    default: return 0;
    }
}

/* At most `most` digits from `at`; `*end` is the place behind them. */
static uint32_t read_number(gdf_str text, size_t at, int base, size_t most, size_t *end)
{
    uint32_t number = 0;
    size_t stop = text.len - at < most ? text.len : at + most;
    for (; at < stop; at++) {
        int digit = gdf__ascii_hex_value(text.ptr[at]);
        if (digit < 0 || digit >= base)
            break;
        number = number * (uint32_t)base + (uint32_t)digit;
    }
    *end = at;
    return number;
}

/* The escape whose letter is at `at`; gives the place behind it. */
static size_t decode_escape(gdf__builder *builder, gdf_str text, size_t at)
{
    char letter = text.ptr[at];
    char value = letter_value(letter);
    size_t end = at + 1;
    if (value) {
        gdf__builder_add_byte(builder, value);
    } else if (letter >= '0' && letter <= '7') {
        gdf__builder_add_byte(builder, (char)read_number(text, at, 8, OCTAL_DIGITS, &end));
    } else if (letter == 'x') {
        gdf__builder_add_byte(builder, (char)read_number(text, end, 16, HEX_DIGITS, &end));
    } else if (letter == 'u' || letter == 'U') {
        char bytes[4];
        size_t most = letter == 'u' ? SHORT_RUNE_DIGITS : LONG_RUNE_DIGITS;
        size_t len = gdf__utf8_encode(read_number(text, end, 16, most, &end), bytes);
        gdf__builder_add(builder, (gdf_str){bytes, len});
    } else if (letter == 'c' && end < text.len) {
        gdf__builder_add_byte(builder, (char)(text.ptr[end++] & CONTROL_MASK));
    } else {
        gdf__builder_add_byte(builder, '\\');
        gdf__builder_add_byte(builder, letter);
    }
    return end;
}

void gdf__ansi_decode(gdf__builder *builder, gdf_str text)
{
    for (size_t at = 0; at < text.len;) {
        if (text.ptr[at] == '\\' && at + 1 < text.len)
            at = decode_escape(builder, text, at + 1);
        else
            gdf__builder_add_byte(builder, text.ptr[at++]);
    }
}
