/* A short text held by value: tags, dates and image names that a look-up composes. */
#ifndef GDF_FACTS_SHORT_TEXT_H
#define GDF_FACTS_SHORT_TEXT_H

#include "base/slice.h"

/* Longer than any tag (128 bytes) or date; a composed text that does not fit becomes empty. */
#define GDF__SHORT_TEXT_CAPACITY 256u

typedef struct gdf__short_text {
    char bytes[GDF__SHORT_TEXT_CAPACITY];
    size_t len;
    bool overflow;
} gdf__short_text;

/* The empty text. */
gdf__short_text gdf__short_text_empty(void);

void gdf__short_text_add(gdf__short_text *text, gdf_str part);
void gdf__short_text_add_literal(gdf__short_text *text, const char *part);
/* Decimal, padded with zeros to `width` digits at least. */
void gdf__short_text_add_number(gdf__short_text *text, uint32_t number, uint32_t width);

/* The bytes, or the empty slice when something did not fit; borrowed from `text`. */
gdf_str gdf__short_text_get(const gdf__short_text *text);

#endif
