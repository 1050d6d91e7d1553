/* Reads a text that was meant as a JSON array of strings and is none: what is wrong with it, and
 * the least that makes it one. */
#ifndef GDF_RULES_ARRAY_REPAIR_H
#define GDF_RULES_ARRAY_REPAIR_H

#include "base/arena.h"
#include "base/table.h"

typedef enum gdf__array_defect {
    GDF__ARRAY_FINE = 0,
    GDF__ARRAY_SINGLE_QUOTES,
    GDF__ARRAY_TYPOGRAPHIC_QUOTES,
    GDF__ARRAY_NO_QUOTES,
    GDF__ARRAY_BACKSLASH, /* it escapes nothing that JSON knows */
    GDF__ARRAY_CONTROL,   /* a TAB or the like inside a string */
    GDF__ARRAY_MISSING_COMMA,
    GDF__ARRAY_EXTRA_COMMA,
    GDF__ARRAY_MISSING_BRACKET,
    GDF__ARRAY_OPEN_STRING,
    GDF__ARRAY_OTHER
} gdf__array_defect;

/* [start, end) of the text becomes `with`. */
typedef struct gdf__array_repair {
    size_t start;
    size_t end;
    gdf_str with;
} gdf__array_repair;

typedef struct gdf__array_reading {
    gdf__array_defect defect; /* the first one */
    uint32_t count;           /* elements that were read */
    bool is_quoted;           /* the first element begins with a quote of some kind */
    bool has_commas;          /* an element is followed by a comma */
    bool is_closed;           /* the `]` is there */
    bool has_bare_variable;   /* a `$` in a word without quotes */
    bool is_recovered;        /* the repairs, in text order, give the array that was meant */
    gdf__table repairs;       /* of gdf__array_repair */
} gdf__array_reading;

/* Reads `text` from the `[` at `start` to its end. Linear. Texts of repairs are in the arena. */
void gdf__array_read(gdf__array_reading *reading, gdf_str text, size_t start, gdf__arena *arena);
void gdf__array_reading_free(gdf__array_reading *reading);

#endif
