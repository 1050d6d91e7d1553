#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "instruction/values.h"

enum { MAX_SUFFIX = 3, UNIT_SHIFT = 10, MAX_EXPONENT = 400 };

/* A decimal number as Go's strconv.ParseFloat reads it, without its exotic forms. */
typedef struct decimal {
    double value;
    bool valid;
} decimal;

static double scale_by_ten(double value, int64_t exponent)
{
    for (int64_t i = 0; i < exponent && i < MAX_EXPONENT; i++)
        value *= 10;
    for (int64_t i = 0; i > exponent && i > -MAX_EXPONENT; i--)
        value /= 10;
    return value;
}

/* A `_` may stand between two digits. */
static bool is_joint(gdf_str text, size_t at)
{
    return text.ptr[at] == '_' && at > 0 && at + 1 < text.len &&
           gdf__ascii_is_digit(text.ptr[at - 1]) && gdf__ascii_is_digit(text.ptr[at + 1]);
}

static size_t read_digits(gdf_str text, size_t at, double *value, int64_t *digits)
{
    for (*digits = 0; at < text.len; at++) {
        if (gdf__ascii_is_digit(text.ptr[at])) {
            *value = *value * 10 + (text.ptr[at] - '0');
            ++*digits;
        } else if (!is_joint(text, at)) {
            break;
        }
    }
    return at;
}

/* What follows the `e`; false when it is no number. */
static bool read_exponent(gdf_str text, int64_t *exponent)
{
    bool negative = gdf__str_starts(text, "-");
    size_t start = negative || gdf__str_starts(text, "+") ? 1 : 0;
    double value = 0;
    int64_t digits = 0;
    size_t end = read_digits(text, start, &value, &digits);
    *exponent = value < MAX_EXPONENT ? (int64_t)value : MAX_EXPONENT;
    if (negative)
        *exponent = -*exponent;
    return digits > 0 && end == text.len;
}

static decimal read_decimal(gdf_str text)
{
    decimal result = {0, false};
    int64_t whole = 0;
    int64_t fraction = 0;
    int64_t exponent = 0;
    size_t at = gdf__str_starts(text, "+") ? 1 : 0;
    at = read_digits(text, at, &result.value, &whole);
    if (at < text.len && text.ptr[at] == '.')
        at = read_digits(text, at + 1, &result.value, &fraction);
    if (whole + fraction == 0)
        return result;
    if (at < text.len && gdf__ascii_lower(text.ptr[at]) == 'e') {
        if (!read_exponent(gdf__str_slice(text, at + 1, text.len), &exponent))
            return result;
        at = text.len;
    }
    result.value = scale_by_ten(result.value, exponent - fraction);
    result.valid = at == text.len;
    return result;
}

/* By how many bits the suffix multiplies; negative for a suffix that is none. */
static int suffix_shift(gdf_str suffix)
{
    static const char UNITS[] = "bkmgtp";
    if (suffix.len == 0)
        return 0;
    gdf__rune letter = gdf__utf8_decode(suffix, 0);
    uint32_t lower = gdf__utf8_lower(letter.value);
    size_t unit = gdf__str_find(gdf__str(UNITS), lower < 0x80 ? (char)lower : '\0', 0);
    gdf_str rest = gdf__str_slice(suffix, letter.len, suffix.len);
    bool plain = rest.len == 0;
    bool binary = unit > 0 && (gdf__str_is_nocase(rest, "b") || gdf__str_is_nocase(rest, "ib"));
    return unit < sizeof UNITS - 1 && (plain || binary) ? (int)unit * UNIT_SHIFT : -1;
}

bool gdf__size_parse(gdf_str text, int64_t *bytes)
{
    size_t split = text.len;
    while (split > 0 && !gdf__ascii_is_digit(text.ptr[split - 1]) && text.ptr[split - 1] != '.' &&
           text.ptr[split - 1] != ' ')
        split--;
    if (split == 0 || text.len - split > MAX_SUFFIX)
        return false;
    bool blank = text.ptr[split - 1] == ' ';
    decimal number = read_decimal(gdf__str_slice(text, 0, blank ? split - 1 : split));
    int shift = suffix_shift(gdf__str_slice(text, split, text.len));
    if (!number.valid || shift < 0)
        return false;
    double size = number.value * (double)(INT64_C(1) << shift);
    *bytes = size < (double)INT64_MAX ? (int64_t)size : INT64_MAX;
    return true;
}
