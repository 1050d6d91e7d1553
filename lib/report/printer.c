#include "report/printer.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "report/width.h"

enum { FIRST_PRINTABLE = 0x20, DELETE = 0x7f };

static const uint32_t PICTURE_OF_NUL = 0x2400;
static const uint32_t PICTURE_OF_DELETE = 0x2421;

static const char *const STYLES[] = {
    [GDF__STYLE_PLAIN] = "\033[0m",    [GDF__STYLE_STRONG] = "\033[1m",
    [GDF__STYLE_GUTTER] = "\033[34m",  [GDF__STYLE_LABEL] = "\033[1;36m",
    [GDF__STYLE_FAINT] = "\033[2m",    [GDF__STYLE_GOOD] = "\033[1;32m",
    [GDF__STYLE_ERROR] = "\033[1;31m", [GDF__STYLE_WARNING] = "\033[1;33m",
    [GDF__STYLE_INFO] = "\033[1;34m",
};

void gdf__print_style(gdf__printer *printer, gdf__style style)
{
    if (printer->color)
        gdf__builder_add_text(printer->out, STYLES[style]);
}

void gdf__print_plain(gdf__printer *printer)
{
    gdf__print_style(printer, GDF__STYLE_PLAIN);
}

void gdf__print(gdf__printer *printer, const char *text)
{
    gdf__builder_add_text(printer->out, text);
}

void gdf__print_styled(gdf__printer *printer, gdf__style style, const char *text)
{
    gdf__print_style(printer, style);
    gdf__print(printer, text);
    gdf__print_plain(printer);
}

void gdf__print_number(gdf__printer *printer, uint64_t number)
{
    gdf__builder_add_number(printer->out, number);
}

/* What stands for the character on the terminal. */
static uint32_t visible(gdf__rune rune)
{
    if (rune.value < FIRST_PRINTABLE)
        return PICTURE_OF_NUL + rune.value;
    if (rune.value == DELETE)
        return PICTURE_OF_DELETE;
    return gdf__utf8_is_printable(rune.value) ? rune.value : GDF__RUNE_ERROR;
}

uint32_t gdf__print_character(gdf__printer *printer, gdf_str text, size_t at, uint32_t column,
                              uint32_t *width)
{
    gdf__rune rune = gdf__utf8_decode(text, at);
    if (rune.value == '\t') {
        *width = GDF__TAB_STOP - column % GDF__TAB_STOP;
        gdf__builder_add_repeated(printer->out, ' ', *width);
        return rune.len;
    }
    uint32_t shown = visible(rune);
    char bytes[4];
    gdf__builder_add(printer->out, (gdf_str){bytes, gdf__utf8_encode(shown, bytes)});
    *width = gdf__rune_width(shown);
    return rune.len;
}

void gdf__print_input(gdf__printer *printer, gdf_str text)
{
    uint32_t width = 0;
    for (size_t at = 0; at < text.len;)
        at += gdf__print_character(printer, text, at, 0, &width);
}
