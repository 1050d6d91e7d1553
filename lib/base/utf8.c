#include "base/utf8.h"

#include "base/ascii.h"
#include "base/slice.h"

typedef struct rune_range {
    uint32_t first;
    uint32_t last;
} rune_range;

typedef struct lower_range {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t delta;
} lower_range;

#include "base/unicode_tables.def"

static const gdf__rune END = {GDF__RUNE_ERROR, 0, false};
static const gdf__rune INVALID = {GDF__RUNE_ERROR, 1, false};

static bool continues(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Length of the sequence that `lead` starts, 0 when it starts none. */
static uint8_t sequence_length(unsigned char lead)
{
    if (lead < 0xC2)
        return 0;
    if (lead < 0xE0)
        return 2;
    if (lead < 0xF0)
        return 3;
    return lead < 0xF5 ? 4 : 0;
}

static bool in_range_for_length(uint32_t value, uint8_t len)
{
    if (len == 3)
        return value >= 0x800 && (value < 0xD800 || value > 0xDFFF);
    if (len == 4)
        return value >= 0x10000 && value <= 0x10FFFF;
    return true;
}

gdf__rune gdf__utf8_decode_long(gdf_str text, size_t at)
{
    if (at >= text.len)
        return END;
    const unsigned char *bytes = (const unsigned char *)text.ptr + at;
    uint8_t len = sequence_length(bytes[0]);
    if (len == 0 || text.len - at < len)
        return INVALID;
    uint32_t value = bytes[0] & (0xFFu >> (len + 1));
    for (uint8_t i = 1; i < len; i++) {
        if (!continues(bytes[i]))
            return INVALID;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (!in_range_for_length(value, len))
        return INVALID;
    return (gdf__rune){value, len, true};
}

bool gdf__utf8_is_valid(gdf_str text)
{
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (!rune.valid)
            return false;
        at += rune.len;
    }
    return true;
}

gdf__rune gdf__utf8_decode_last(gdf_str text, size_t end)
{
    if (end == 0 || end > text.len)
        return END;
    for (size_t len = 1; len <= 4 && len <= end; len++) {
        if (continues((unsigned char)text.ptr[end - len]))
            continue;
        gdf__rune rune = gdf__utf8_decode((gdf_str){text.ptr, end}, end - len);
        return rune.len == len ? rune : INVALID;
    }
    return INVALID;
}

size_t gdf__utf8_encode(uint32_t rune, char *bytes)
{
    if (rune > 0x10FFFF || (rune >= 0xD800 && rune <= 0xDFFF))
        rune = GDF__RUNE_ERROR;
    if (rune < 0x80) {
        bytes[0] = (char)rune;
        return 1;
    }
    size_t len = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    static const unsigned char LEADS[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = len - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (rune & 0x3F));
        rune >>= 6;
    }
    bytes[0] = (char)(LEADS[len] | rune);
    return len;
}

static bool in_table(const rune_range *table, size_t count, uint32_t rune)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && rune >= table[low].first;
}

bool gdf__utf8_is_long_space(uint32_t rune)
{
    switch (rune) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000: return true;
    default: return rune >= 0x2000 && rune <= 0x200A;
    }
}

bool gdf__utf8_is_letter(uint32_t rune)
{
    if (rune < 0x80)
        return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
    return in_table(LETTERS, sizeof LETTERS / sizeof *LETTERS, rune);
}

bool gdf__utf8_is_digit(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= '0' && rune <= '9';
    return in_table(DIGITS, sizeof DIGITS / sizeof *DIGITS, rune);
}

bool gdf__utf8_is_printable(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= ' ' && rune < 0x7F;
    return in_table(PRINTABLE, sizeof PRINTABLE / sizeof *PRINTABLE, rune);
}

uint32_t gdf__utf8_lower(uint32_t rune)
{
    if (rune < 0x80)
        return rune >= 'A' && rune <= 'Z' ? rune - 'A' + 'a' : rune;
    size_t low = 0;
    size_t high = sizeof LOWER / sizeof *LOWER;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > LOWER[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == sizeof LOWER / sizeof *LOWER || rune < LOWER[low].first ||
        (rune - LOWER[low].first) % LOWER[low].step != 0)
        return rune;
    return (uint32_t)((int32_t)rune + LOWER[low].delta);
}

gdf_str gdf__utf8_trim_left(gdf_str text)
{
    size_t start = 0;
    for (;;) {
        gdf__rune rune = gdf__utf8_decode(text, start);
        if (rune.len == 0 || !gdf__utf8_is_space(rune.value))
            return gdf__str_slice(text, start, text.len);
        start += rune.len;
    }
}

gdf_str gdf__utf8_trim_ends(gdf_str text)
{
    if (text.len == 0 || !gdf__ascii_is_visible(text.ptr[0]))
        text = gdf__utf8_trim_left(text);
    while (text.len && !gdf__ascii_is_visible(text.ptr[text.len - 1])) {
        gdf__rune rune = gdf__utf8_decode_last(text, text.len);
        if (!gdf__utf8_is_space(rune.value))
            return text;
        text.len -= rune.len;
    }
    return text;
}
