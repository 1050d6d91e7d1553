#include "base/slice.h"

#include "base/ascii.h"

const gdf_str gdf__empty = {"", 0};

gdf_str gdf__str(const char *text)
{
    return text ? (gdf_str){text, strlen(text)} : gdf__empty;
}

bool gdf__str_equal_nocase(gdf_str a, gdf_str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (gdf__ascii_lower(a.ptr[i]) != gdf__ascii_lower(b.ptr[i]))
            return false;
    }
    return true;
}

bool gdf__str_is_nocase(gdf_str a, const char *text)
{
    for (size_t i = 0; i < a.len; i++) {
        if (text[i] == '\0' || gdf__ascii_lower(a.ptr[i]) != gdf__ascii_lower(text[i]))
            return false;
    }
    return text[a.len] == '\0';
}

bool gdf__str_has_byte(gdf_str a, char byte)
{
    return memchr(a.ptr, byte, a.len) != NULL;
}

bool gdf__str_contains(gdf_str a, const char *part)
{
    size_t len = strlen(part);
    if (len == 0 || len > a.len)
        return len == 0;
    for (size_t i = 0; i <= a.len - len; i++) {
        if (a.ptr[i] == *part && memcmp(a.ptr + i, part, len) == 0)
            return true;
    }
    return false;
}

gdf_str gdf__str_trim(gdf_str a)
{
    size_t start = 0;
    size_t end = a.len;
    while (start < end && gdf__ascii_is_space(a.ptr[start]))
        start++;
    while (end > start && gdf__ascii_is_space(a.ptr[end - 1]))
        end--;
    return (gdf_str){a.ptr + start, end - start};
}

int gdf__str_compare(gdf_str a, gdf_str b)
{
    if (a.len && b.len && *a.ptr != *b.ptr)
        return (unsigned char)*a.ptr < (unsigned char)*b.ptr ? -1 : 1;
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}
