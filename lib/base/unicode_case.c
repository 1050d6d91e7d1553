#include "base/unicode_case.h"

#include "base/ascii.h"
#include "base/utf8.h"

/* Every `step`th code point of [first, last] changes by `delta`. */
typedef struct case_range {
    uint32_t first;
    uint32_t last;
    uint32_t step;
    int32_t delta;
} case_range;

#include "base/unicode_case.def"

uint32_t gdf__utf8_upper(uint32_t rune)
{
    const case_range *table = TO_UPPER;
    const size_t count = sizeof TO_UPPER / sizeof *TO_UPPER;
    size_t low = 0;
    size_t high = count;
    if (rune < 0x80)
        return (unsigned char)gdf__ascii_upper((char)rune);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rune > table[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == count || rune < table[low].first || (rune - table[low].first) % table[low].step)
        return rune;
    return (uint32_t)((int32_t)rune + table[low].delta);
}

static bool changes(gdf_str text, uint32_t (*convert)(uint32_t))
{
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (!rune.valid || convert(rune.value) != rune.value)
            return true;
        at += rune.len;
    }
    return false;
}

bool gdf__utf8_changes_when_uppered(gdf_str text)
{
    return changes(text, gdf__utf8_upper);
}

bool gdf__utf8_changes_when_lowered(gdf_str text)
{
    return changes(text, gdf__utf8_lower);
}

bool gdf__utf8_upper_is(gdf_str text, const char *upper)
{
    for (size_t at = 0; at < text.len; upper++) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (*upper == '\0' || gdf__utf8_upper(rune.value) != (unsigned char)*upper)
            return false;
        at += rune.len;
    }
    return *upper == '\0';
}
