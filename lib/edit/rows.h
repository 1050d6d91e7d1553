/* The physical lines that make up a logical line, seen from any offset in it: rows. In an
 * instruction comment and blank lines between continued lines are no rows. In a heredoc body the
 * rows are lines joined by a backslash at the end, as shells do. */
#ifndef GDF_EDIT_ROWS_H
#define GDF_EDIT_ROWS_H

#include "syntax/document.h"

typedef struct gdf__rows {
    const gdf_document *document;
    const gdf__logical_line *line; /* NULL in a heredoc body */
    bool has_heredocs;             /* heredoc bodies follow the logical line */
    uint32_t body_start;           /* of the heredoc body */
    uint32_t body_end;
    uint32_t joined_start; /* lines of the body in [joined_start, joined_end) count as joined */
    uint32_t joined_end;
} gdf__rows;

typedef struct gdf__row {
    uint32_t number;  /* of the physical line */
    uint32_t segment; /* of the logical line */
    uint32_t start;   /* [start, end): its text, without the mark that continues it */
    uint32_t end;
    uint32_t content_end; /* before the line end */
    uint32_t next;        /* start of the next physical line */
} gdf__row;

/* The top-level instruction whose range holds `offset` or ends there, or 0. */
gdf_node gdf__edit_instruction_at(const gdf_document *document, uint32_t offset);

/* The rows around `offset` and the row that holds it (its end included). False when `offset` is in
 * no row's text. */
bool gdf__rows_find(gdf__rows *rows, gdf__row *row, const gdf_document *document, uint32_t offset);

/* True when the row ends with a mark that continues it. */
bool gdf__row_continues(const gdf__row *row);

/* Steps to a neighbouring row; false, and `row` as it was, when there is none. */
bool gdf__rows_next(const gdf__rows *rows, gdf__row *row);
bool gdf__rows_previous(const gdf__rows *rows, gdf__row *row);

/* The last row of an instruction's logical line. */
gdf__row gdf__rows_last(const gdf_document *document, gdf_node instruction);

/* True for the row that starts with the keyword, or the first of a heredoc's. */
bool gdf__rows_is_first(const gdf__rows *rows, const gdf__row *row);

/* Offset in the logical line's text of source offset `offset`, which lies in `row`. */
uint32_t gdf__rows_fragment_offset(const gdf__rows *rows, const gdf__row *row, uint32_t offset);

/* First byte of [start, end) that is no blank, or `end`. */
uint32_t gdf__edit_skip_blanks(const gdf_document *document, uint32_t start, uint32_t end);
/* End of the last byte of [start, end) that is no blank, or `start`. A blank behind an escape
 * character belongs to its word. */
uint32_t gdf__edit_trim_blanks(const gdf_document *document, uint32_t start, uint32_t end);

#endif
