/* Lines of the source with a range underlined. */
#ifndef GDF_REPORT_EXCERPT_H
#define GDF_REPORT_EXCERPT_H

#include "report/printer.h"
#include "text/source.h"

/* Prints the lines of [start, end), each under its number and followed by a line of carets under
 * what of the range lies in it:
 *
 *      2 | FROM golang:latest
 *        |      ^^^^^^^^^^^^^
 *
 * Of a long range the first lines and the last one are shown, of a long line what is near the
 * range. An empty range gets one caret. */
void gdf__print_excerpt(gdf__printer *printer, const gdf__source *source, uint32_t start,
                        uint32_t end, gdf__style mark_style);

#endif
