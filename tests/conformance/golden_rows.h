/* The recorded answers: rows of JSON, one a line, plain or packed with zstd. */
#ifndef GDF_TESTS_GOLDEN_ROWS_H
#define GDF_TESTS_GOLDEN_ROWS_H

#include <stdbool.h>
#include <stdio.h>

#include <godockerfile/base.h>
#include <jansson.h>

#include "base/arena.h"

/* The status of a test program that was skipped. */
enum { GOLDEN_SKIPPED = 77 };

typedef struct golden_rows {
    FILE *stream;
    char *line;
    size_t capacity;
    bool is_pipe;
} golden_rows;

/* Opens `name`, for example "golden/shell.jsonl", or `name`.zst, below the directory that the
 * environment variable GDF_SHARED names, else below the build's GDF_SHARED_DIR. False, with a word
 * to the user, when it is absent. */
bool golden_open(golden_rows *rows, const char *name);
void golden_close(golden_rows *rows);

/* The next line without its line end, until the next call. False at the end. */
bool golden_next_line(golden_rows *rows, gdf_str *line);

/* The next row, which the caller gives back with json_decref; NULL at the end. A row that is no
 * JSON fails the test. Numbers of a row with one beyond 63 bits are all real. */
json_t *golden_next(golden_rows *rows);

/* The string `name` of an object, or the string itself for a NULL name; empty when there is none.
 */
gdf_str golden_string(const json_t *value, const char *name);

/* The text of a row's `dockerfile`, or of its `b64` where that is no UTF-8, decoded in `arena`. */
gdf_str golden_input(const json_t *row, gdf__arena *arena);

#endif
