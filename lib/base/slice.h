/* Helpers for borrowed slices. */
#ifndef GDF_BASE_SLICE_H
#define GDF_BASE_SLICE_H

#include <stdbool.h>
#include <string.h>

#include <godockerfile/base.h>

/* A slice of a string literal. */
#define GDF__LITERAL(text) ((gdf_str){"" text, sizeof(text) - 1})

/* The same where a constant is initialized. */
#define GDF__TEXT(text)           \
    {                             \
        "" text, sizeof(text) - 1 \
    }

extern const gdf_str gdf__empty;

gdf_str gdf__str(const char *text); /* of a C string; NULL gives the empty slice */

static inline bool gdf__str_equal(gdf_str a, gdf_str b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static inline bool gdf__str_starts(gdf_str a, const char *prefix)
{
    size_t len = strlen(prefix);
    return a.len >= len && memcmp(a.ptr, prefix, len) == 0;
}

static inline bool gdf__str_ends(gdf_str a, const char *suffix)
{
    size_t len = strlen(suffix);
    return a.len >= len && memcmp(a.ptr + a.len - len, suffix, len) == 0;
}

/* Compares with a C string. */
static inline bool gdf__str_is(gdf_str a, const char *text)
{
    size_t len = strlen(text);
    return a.len == len && memcmp(a.ptr, text, len) == 0;
}

bool gdf__str_is_nocase(gdf_str a, const char *text); /* ASCII case folding */
bool gdf__str_equal_nocase(gdf_str a, gdf_str b);     /* ASCII case folding */
bool gdf__str_has_byte(gdf_str a, char byte);
bool gdf__str_contains(gdf_str a, const char *part);

/* Offset of the first `byte` at or after `from`, or a.len. */
static inline size_t gdf__str_find(gdf_str a, char byte, size_t from)
{
    const char *hit = from < a.len ? (const char *)memchr(a.ptr + from, byte, a.len - from) : NULL;
    return hit ? (size_t)(hit - a.ptr) : a.len;
}

/* [start, end) of a; clamped. */
static inline gdf_str gdf__str_slice(gdf_str a, size_t start, size_t end)
{
    if (end > a.len)
        end = a.len;
    if (start > end)
        start = end;
    return (gdf_str){a.ptr + start, end - start};
}

/* Without leading and trailing ASCII blanks (space, TAB, VT, FF, CR, LF). */
gdf_str gdf__str_trim(gdf_str a);

/* <0, 0, >0 as memcmp over the common length, then by length. */
int gdf__str_compare(gdf_str a, gdf_str b);

#endif
