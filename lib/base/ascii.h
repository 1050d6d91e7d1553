/* Character classes of ASCII, independent of the locale. */
#ifndef GDF_BASE_ASCII_H
#define GDF_BASE_ASCII_H

#include <stdbool.h>
#include <stdint.h>

static inline bool gdf__ascii_is_digit(char c)
{
    return c >= '0' && c <= '9';
}
static inline bool gdf__ascii_is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}
static inline bool gdf__ascii_is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}
static inline bool gdf__ascii_is_alpha(char c)
{
    return gdf__ascii_is_lower(c) || gdf__ascii_is_upper(c);
}
static inline bool gdf__ascii_is_alnum(char c)
{
    return gdf__ascii_is_alpha(c) || gdf__ascii_is_digit(c);
}
/* A letter, a digit or an underscore. */
static inline bool gdf__ascii_is_word(char c)
{
    return gdf__ascii_is_alnum(c) || c == '_';
}
/* Space or TAB. */
static inline bool gdf__ascii_is_blank(char c)
{
    return c == ' ' || c == '\t';
}
/* What a byte is, for loops over many of them. */
enum {
    GDF__ASCII_SPACE = 1,   /* space, TAB, LF, VT, FF, CR */
    GDF__ASCII_VISIBLE = 2, /* prints something: ! to ~ */
    GDF__ASCII_ACTIVE = 4   /* quotes or escapes in an argument: " ' \ ` */
};
extern const uint8_t gdf__ascii_classes[UINT8_MAX + 1];

/* Space, TAB, LF, VT, FF, CR. */
static inline bool gdf__ascii_is_space(char c)
{
    return gdf__ascii_classes[(unsigned char)c] & GDF__ASCII_SPACE;
}
static inline bool gdf__ascii_is_visible(char c)
{
    return gdf__ascii_classes[(unsigned char)c] & GDF__ASCII_VISIBLE;
}
/* Visible, and it neither quotes nor escapes. */
static inline bool gdf__ascii_is_ordinary(char c)
{
    return (gdf__ascii_classes[(unsigned char)c] & (GDF__ASCII_VISIBLE | GDF__ASCII_ACTIVE)) ==
           GDF__ASCII_VISIBLE;
}
static inline char gdf__ascii_lower(char c)
{
    return gdf__ascii_is_upper(c) ? (char)(c - 'A' + 'a') : c;
}
static inline char gdf__ascii_upper(char c)
{
    return gdf__ascii_is_lower(c) ? (char)(c - 'a' + 'A') : c;
}
/* One of 32 bits, the same for a letter in either case. A set of them tells at once of most bytes
 * that they are none of some few. */
static inline uint32_t gdf__ascii_bit(char c)
{
    return (uint32_t)1 << (c & 31);
}
/* 0-15, or -1. */
static inline int gdf__ascii_hex_value(char c)
{
    if (gdf__ascii_is_digit(c))
        return c - '0';
    c = gdf__ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

#endif
