/* The input's bytes and where its lines start. */
#ifndef GDF_TEXT_SOURCE_H
#define GDF_TEXT_SOURCE_H

#include "base/memory.h"

typedef struct gdf__line_starts {
    uint32_t *items; /* offset of each line's first byte */
    uint32_t count;  /* at least one */
} gdf__line_starts;

/* How the lines look, to guess what a document of them will hold. */
typedef struct gdf__line_shapes {
    uint32_t crlf;      /* end in CR LF */
    uint32_t blank;     /* nothing but a line end */
    uint32_t comments;  /* begin with a `#` */
    uint32_t continued; /* end in a backslash or a backquote */
    uint32_t joined;    /* bytes of lines that continue or are continued */
} gdf__line_shapes;

typedef struct gdf__source {
    gdf_allocator allocator;
    char *bytes; /* own copy, in the block of the line starts */
    uint32_t len;
    gdf__line_starts lines;
    gdf__line_shapes shapes;
} gdf__source;

/* Copies `text` (shorter than 2 GiB). False when memory is short; free it all the same. */
bool gdf__source_init(gdf__source *source, gdf_str text, const gdf_allocator *allocator);
void gdf__source_free(gdf__source *source);

gdf_str gdf__source_text(const gdf__source *source);
/* [start, end) of the source. */
gdf_str gdf__source_slice(const gdf__source *source, uint32_t start, uint32_t end);

/* The line, counted from 1, that holds `offset`. */
uint32_t gdf__source_line_at(const gdf__source *source, uint32_t offset);
/* Start of line `line` (from 1); the length past the last. */
uint32_t gdf__source_line_start(const gdf__source *source, uint32_t line);
/* End of line `line` before its "\n" and the "\r" in front of it. */
uint32_t gdf__source_line_end(const gdf__source *source, uint32_t line);

#endif
