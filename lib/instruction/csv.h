/* Comma separated fields of a --mount or --device, as the builder reads them: one record, `"`
 * quotes a field, `""` inside stands for `"`. */
#ifndef GDF_INSTRUCTION_CSV_H
#define GDF_INSTRUCTION_CSV_H

#include <stdbool.h>

#include "base/arena.h"

typedef struct gdf__csv {
    gdf_str text;
    size_t at;         /* next field */
    bool done;         /* no field is left */
    const char *error; /* what ended the reading early, in Go's words; NULL for nothing */
    size_t column;     /* of the error, from 1; 0 when the error has no place */
} gdf__csv;

/* A field: [start, end) with its quotes, [inner_start, inner_end) without. */
typedef struct gdf__csv_field {
    size_t start;
    size_t end;
    size_t inner_start;
    size_t inner_end;
    bool has_escapes; /* holds `""`: the inner bytes are not its value */
} gdf__csv_field;

/* Starts with the first field. Empty text has none: its error is "EOF". */
void gdf__csv_init(gdf__csv *csv, gdf_str text);

/* The next field; false at the end and at an error. */
bool gdf__csv_next(gdf__csv *csv, gdf__csv_field *field);

/* What the field says: a slice of the text, or a copy in the arena when it has escapes. */
gdf_str gdf__csv_value(const gdf__csv *csv, const gdf__csv_field *field, gdf__arena *arena);

#endif
