/* Text for a terminal: colours, and characters that cannot do harm there. */
#ifndef GDF_REPORT_PRINTER_H
#define GDF_REPORT_PRINTER_H

#include "base/builder.h"

enum { GDF__TAB_STOP = 4 };

typedef enum gdf__style {
    GDF__STYLE_PLAIN = 0,
    GDF__STYLE_STRONG,
    GDF__STYLE_GUTTER,
    GDF__STYLE_LABEL,
    GDF__STYLE_FAINT,
    GDF__STYLE_GOOD,
    GDF__STYLE_ERROR,
    GDF__STYLE_WARNING,
    GDF__STYLE_INFO
} gdf__style;

typedef struct gdf__printer {
    gdf__builder *out;
    bool color; /* false: styles do nothing */
} gdf__printer;

/* Everything printed until gdf__print_plain() has that style. */
void gdf__print_style(gdf__printer *printer, gdf__style style);
void gdf__print_plain(gdf__printer *printer);

/* Words of the program. */
void gdf__print(gdf__printer *printer, const char *text);
void gdf__print_styled(gdf__printer *printer, gdf__style style, const char *text);
void gdf__print_number(gdf__printer *printer, uint64_t number);

/* Bytes of the input. Control characters become their pictures (U+2400 …), what is no UTF-8 or has
 * no glyph becomes U+FFFD; nothing of it can move the cursor or change colours. */
void gdf__print_input(gdf__printer *printer, gdf_str text);
/* The same for the character at `at`. Returns its bytes and gives the columns that it takes; a TAB
 * becomes blanks up to the next stop, counted from `column`. */
uint32_t gdf__print_character(gdf__printer *printer, gdf_str text, size_t at, uint32_t column,
                              uint32_t *width);

#endif
