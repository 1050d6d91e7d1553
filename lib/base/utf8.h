/* UTF-8 as Go decodes it: an invalid byte is one rune of width 1, value U+FFFD. */
#ifndef GDF_BASE_UTF8_H
#define GDF_BASE_UTF8_H

#include <stdbool.h>

#include <godockerfile/base.h>

#include "base/ascii.h"

#define GDF__RUNE_ERROR 0xFFFDu

typedef struct gdf__rune {
    uint32_t value;
    uint8_t len; /* bytes; 0 only at the end of the text */
    bool valid;
} gdf__rune;

/* The rune at `at`, when it is not ASCII. */
gdf__rune gdf__utf8_decode_long(gdf_str text, size_t at);

/* The rune at `at`. */
static inline gdf__rune gdf__utf8_decode(gdf_str text, size_t at)
{
    if (at < text.len && (unsigned char)text.ptr[at] < 0x80)
        return (gdf__rune){(unsigned char)text.ptr[at], 1, true};
    return gdf__utf8_decode_long(text, at);
}

/* True when all of the text is UTF-8. */
bool gdf__utf8_is_valid(gdf_str text);

/* The rune that ends before `end`. */
gdf__rune gdf__utf8_decode_last(gdf_str text, size_t end);

/* Writes at most 4 bytes, returns how many. Surrogates and out-of-range values become U+FFFD. */
size_t gdf__utf8_encode(uint32_t rune, char *bytes);

/* Go's unicode.IsSpace, IsLetter, IsDigit and strconv.IsPrint. */
bool gdf__utf8_is_long_space(uint32_t rune);
static inline bool gdf__utf8_is_space(uint32_t rune)
{
    return rune < 0x80 ? rune == ' ' || (rune >= '\t' && rune <= '\r')
                       : gdf__utf8_is_long_space(rune);
}
bool gdf__utf8_is_letter(uint32_t rune);
bool gdf__utf8_is_digit(uint32_t rune);
bool gdf__utf8_is_printable(uint32_t rune);

/* Go's unicode.ToLower. */
uint32_t gdf__utf8_lower(uint32_t rune);

/* Without leading or trailing Unicode white space, as Go's strings.TrimSpace. */
gdf_str gdf__utf8_trim_left(gdf_str text);
/* Slow path of gdf__utf8_trim. */
gdf_str gdf__utf8_trim_ends(gdf_str text);
static inline gdf_str gdf__utf8_trim(gdf_str text)
{
    /* No white space begins or ends with a visible byte. */
    if (text.len && gdf__ascii_is_visible(text.ptr[0]) &&
        gdf__ascii_is_visible(text.ptr[text.len - 1]))
        return text;
    return gdf__utf8_trim_ends(text);
}

#endif
