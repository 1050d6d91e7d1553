#include "base/ascii.h"
#include "base/slice.h"
#include "instruction/values.h"

enum { BASE = 10, MOST_BITS = 64 };

/* As strconv.ParseUint: what is wrong first, from the left, decides. */
static gdf__number_result parse_unsigned(gdf_str digits, unsigned bits, uint64_t *value)
{
    uint64_t most = bits == MOST_BITS ? UINT64_MAX : (UINT64_C(1) << bits) - 1;
    uint64_t number = 0;
    if (digits.len == 0)
        return GDF__NUMBER_SYNTAX;
    for (size_t i = 0; i < digits.len; i++) {
        if (!gdf__ascii_is_digit(digits.ptr[i]))
            return GDF__NUMBER_SYNTAX;
        uint64_t digit = (uint64_t)(digits.ptr[i] - '0');
        if (number > (most - digit) / BASE)
            return GDF__NUMBER_RANGE;
        number = number * BASE + digit;
    }
    *value = number;
    return GDF__NUMBER_OK;
}

gdf__number_result gdf__number_parse(gdf_str text, unsigned bits, int64_t *value)
{
    bool negative = gdf__str_starts(text, "-");
    bool has_sign = negative || gdf__str_starts(text, "+");
    uint64_t number = 0;
    gdf__number_result result =
        parse_unsigned(gdf__str_slice(text, has_sign ? 1 : 0, text.len), bits, &number);
    if (result != GDF__NUMBER_OK)
        return result;
    uint64_t limit = UINT64_C(1) << (bits - 1);
    if (negative ? number > limit : number >= limit)
        return GDF__NUMBER_RANGE;
    *value = negative ? (int64_t)(0 - number) : (int64_t)number;
    return GDF__NUMBER_OK;
}

bool gdf__boolean_parse(gdf_str text, bool *value)
{
    static const char *const TRUE_WORDS[] = {"1", "t", "T", "TRUE", "true", "True"};
    static const char *const FALSE_WORDS[] = {"0", "f", "F", "FALSE", "false", "False"};
    for (size_t i = 0; i < sizeof TRUE_WORDS / sizeof *TRUE_WORDS; i++) {
        *value = gdf__str_is(text, TRUE_WORDS[i]);
        if (*value || gdf__str_is(text, FALSE_WORDS[i]))
            return true;
    }
    return false;
}
