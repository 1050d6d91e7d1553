#define _POSIX_C_SOURCE 200809L

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/slice.h"
#include "conformance/golden_rows.h"

enum { LONGEST_PATH = 4096 };

static const char *shared_directory(void)
{
    const char *directory = getenv("GDF_SHARED");
    return directory && *directory ? directory : GDF_SHARED_DIR;
}

bool golden_open(golden_rows *rows, const char *name)
{
    char path[LONGEST_PATH];
    char command[LONGEST_PATH + 32];
    *rows = (golden_rows){.stream = NULL};
    snprintf(path, sizeof path, "%s/%s", shared_directory(), name);
    rows->stream = fopen(path, "rb");
    if (!rows->stream) {
        snprintf(path, sizeof path, "%s/%s.zst", shared_directory(), name);
        snprintf(command, sizeof command, "zstd -dcq '%s'", path);
        rows->is_pipe = access(path, R_OK) == 0;
        rows->stream = rows->is_pipe ? popen(command, "r") : NULL;
    }
    if (!rows->stream)
        print_message("skipped: %s is absent\n", path);
    return rows->stream != NULL;
}

void golden_close(golden_rows *rows)
{
    if (rows->stream) {
        bool is_complete = feof(rows->stream);
        int status = rows->is_pipe ? pclose(rows->stream) : fclose(rows->stream);
        if (is_complete)
            assert_int_equal(status, 0);
    }
    free(rows->line);
    rows->stream = NULL;
    rows->line = NULL;
}

bool golden_next_line(golden_rows *rows, gdf_str *line)
{
    ssize_t len = getline(&rows->line, &rows->capacity, rows->stream);
    if (len < 0)
        return false;
    if (len > 0 && rows->line[len - 1] == '\n')
        len--;
    *line = (gdf_str){rows->line, (size_t)len};
    return true;
}

json_t *golden_next(golden_rows *rows)
{
    gdf_str line;
    if (!golden_next_line(rows, &line))
        return NULL;
    json_error_t error;
    json_t *row = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &error);
    if (!row && json_error_code(&error) == json_error_numeric_overflow)
        row = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
    if (!row)
        fail_msg("a row is no JSON: %s", error.text);
    return row;
}

gdf_str golden_string(const json_t *value, const char *name)
{
    const json_t *string = name ? json_object_get(value, name) : value;
    if (!json_is_string(string))
        return (gdf_str){"", 0};
    return (gdf_str){json_string_value(string), json_string_length(string)};
}

static gdf_str decode_base64(gdf_str text, gdf__arena *arena)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *bytes = gdf__arena_take_bytes(arena, text.len + 1);
    assert_non_null(bytes);
    size_t len = 0;
    unsigned bits = 0;
    unsigned value = 0;
    for (size_t i = 0; i < text.len && text.ptr[i] != '='; i++) {
        value = value << 6 | (unsigned)gdf__str_find(gdf__str(DIGITS), text.ptr[i], 0);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes[len++] = (char)(value >> bits & 0xff);
        }
    }
    return (gdf_str){bytes, len};
}

gdf_str golden_input(const json_t *row, gdf__arena *arena)
{
    return json_object_get(row, "b64") ? decode_base64(golden_string(row, "b64"), arena)
                                       : golden_string(row, "dockerfile");
}
