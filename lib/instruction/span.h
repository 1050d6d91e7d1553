/* A text with the place it came from, so that pieces of it get exact ranges in the source. */
#ifndef GDF_INSTRUCTION_SPAN_H
#define GDF_INSTRUCTION_SPAN_H

#include "syntax/document.h"

typedef struct gdf__span {
    gdf_str text;
    uint32_t start; /* range in the source; quotes around the text belong to it */
    uint32_t end;
    uint32_t offset;               /* of the text's first byte, in the fragment or in the source */
    const gdf__fragment *fragment; /* where the text lies, or NULL */
    bool mapped; /* pieces have ranges of their own; else they all get the whole range */
} gdf__span;

/* The span of a node's value. `line` is the logical line of its instruction. */
gdf__span gdf__span_of_node(const gdf_document *document, const gdf__logical_line *line,
                            const gdf__node *node);

/* True when the bytes in the node's range are its value. */
bool gdf__node_is_exact(const gdf_document *document, const gdf__logical_line *line,
                        const gdf__node *node);

/* The span of a part's value. Its pieces have places of their own unless quotes or escapes were
 * resolved in it. */
gdf__span gdf__span_of_part(const gdf_document *document, const gdf__part *part);

/* The span of [start, end) of the line's fragment. */
gdf__span gdf__span_of_line(const gdf__logical_line *line, uint32_t start, uint32_t end);

/* From the first byte of the value of `first` to the last byte of that of `last`. */
gdf__span gdf__span_between(const gdf_document *document, const gdf__logical_line *line,
                            const gdf__node *first, const gdf__node *last);

/* [start, end) of the span's text. */
gdf__span gdf__span_slice(const gdf__span *span, size_t start, size_t end);

/* The piece `text` of the span's text (a slice of it). */
gdf__span gdf__span_piece(const gdf__span *span, gdf_str text);

/* True when the bytes in the range are the text. */
bool gdf__span_is_exact(const gdf__span *span);

#endif
