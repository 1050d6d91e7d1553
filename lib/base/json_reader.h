/* Reads JSON text value by value, without a tree. Anything unexpected sets `failed`, after which
 * every call says false and changes nothing. Strings are decoded: \uXXXX as UTF-8, lone surrogates
 * as U+FFFD.
 *
 *     gdf__json_reader json;
 *     gdf__json_reader_init(&json, text, arena);
 *     gdf_str key;
 *     if (gdf__json_reader_open(&json, '{'))
 *         while (gdf__json_reader_next_key(&json, &key))
 *             ... read or skip one value ...
 *     bool is_good = gdf__json_reader_is_complete(&json); */
#ifndef GDF_BASE_JSON_READER_H
#define GDF_BASE_JSON_READER_H

#include "base/arena.h"

typedef struct gdf__json_reader {
    gdf_str text;
    size_t at;
    gdf__arena *arena; /* for strings with escapes; the others are slices of the text */
    bool failed;
    bool at_start; /* behind an opening bracket */
} gdf__json_reader;

void gdf__json_reader_init(gdf__json_reader *json, gdf_str text, gdf__arena *arena);

/* Steps into the next value when it starts with `bracket`, '{' or '['; else it is left alone. */
bool gdf__json_reader_open(gdf__json_reader *json, char bracket);

/* The next key of the open object, its value then comes next; false behind the last one. */
bool gdf__json_reader_next_key(gdf__json_reader *json, gdf_str *key);

/* True when the open array has another item, which then comes next. */
bool gdf__json_reader_next_item(gdf__json_reader *json);

/* Reads the next value when it is a string, an integer, or true or false; else it is left alone. */
bool gdf__json_reader_string(gdf__json_reader *json, gdf_str *value);
bool gdf__json_reader_integer(gdf__json_reader *json, int64_t *value);
bool gdf__json_reader_boolean(gdf__json_reader *json, bool *value);

/* Steps over the next value, whatever it is. */
void gdf__json_reader_skip(gdf__json_reader *json);

/* True when nothing failed and nothing but blanks is left. */
bool gdf__json_reader_is_complete(gdf__json_reader *json);

#endif
