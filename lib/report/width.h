/* How many columns of a terminal a character takes. */
#ifndef GDF_REPORT_WIDTH_H
#define GDF_REPORT_WIDTH_H

#include <stdint.h>

/* 0 for combining marks, 2 for wide East Asian characters and emoji, else 1. Control characters are
 * the caller's business. */
uint32_t gdf__rune_width(uint32_t rune);

#endif
