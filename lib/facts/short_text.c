#include "facts/short_text.h"

#define DECIMAL_BASE 10u
#define MAX_DIGITS 10u

gdf__short_text gdf__short_text_empty(void)
{
    gdf__short_text text;
    text.bytes[0] = '\0';
    text.len = 0;
    text.overflow = false;
    return text;
}

void gdf__short_text_add(gdf__short_text *text, gdf_str part)
{
    if (part.len > GDF__SHORT_TEXT_CAPACITY - text->len) {
        text->overflow = true;
        return;
    }
    memcpy(text->bytes + text->len, part.ptr, part.len);
    text->len += part.len;
}

void gdf__short_text_add_literal(gdf__short_text *text, const char *part)
{
    gdf__short_text_add(text, gdf__str(part));
}

void gdf__short_text_add_number(gdf__short_text *text, uint32_t number, uint32_t width)
{
    char digits[MAX_DIGITS];
    size_t start = MAX_DIGITS;
    do {
        digits[--start] = (char)('0' + number % DECIMAL_BASE);
        number /= DECIMAL_BASE;
    } while (number > 0 || (MAX_DIGITS - start < width && start > 0));
    gdf__short_text_add(text, (gdf_str){digits + start, MAX_DIGITS - start});
}

gdf_str gdf__short_text_get(const gdf__short_text *text)
{
    return text->overflow ? gdf__empty : (gdf_str){text->bytes, text->len};
}
