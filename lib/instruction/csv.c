#include "instruction/csv.h"

#include "base/slice.h"

static const char BARE_QUOTE[] = "bare \" in non-quoted-field";
static const char QUOTE[] = "extraneous or missing \" in quoted-field";

void gdf__csv_init(gdf__csv *csv, gdf_str text)
{
    if (gdf__str_ends(text, "\n"))
        text.len -= gdf__str_ends(text, "\r\n") ? 2 : 1;
    *csv = (gdf__csv){.text = text, .done = text.len == 0};
    if (csv->done)
        csv->error = "EOF";
}

static bool stop(gdf__csv *csv, const char *error, size_t at)
{
    csv->done = true;
    csv->error = error;
    csv->column = at + 1;
    return false;
}

/* Goes on behind a field that ends at `end`. */
static bool take(gdf__csv *csv, size_t end)
{
    csv->done = end == csv->text.len;
    csv->at = end + 1;
    return true;
}

static bool read_plain(gdf__csv *csv, gdf__csv_field *field)
{
    size_t start = csv->at;
    size_t end = gdf__str_find(csv->text, ',', start);
    gdf_str value = gdf__str_slice(csv->text, start, end);
    size_t quote = gdf__str_find(value, '"', 0);
    if (quote < value.len)
        return stop(csv, BARE_QUOTE, start + quote);
    *field = (gdf__csv_field){start, end, start, end, false};
    return take(csv, end);
}

static bool read_quoted(gdf__csv *csv, gdf__csv_field *field)
{
    gdf_str text = csv->text;
    *field = (gdf__csv_field){.start = csv->at, .inner_start = csv->at + 1};
    for (size_t at = csv->at + 1;;) {
        size_t quote = gdf__str_find(text, '"', at);
        if (quote == text.len)
            return stop(csv, QUOTE, at);
        at = quote + 1;
        if (at == text.len || text.ptr[at] == ',') {
            field->end = at;
            field->inner_end = quote;
            return take(csv, at);
        }
        if (text.ptr[at] != '"')
            return stop(csv, QUOTE, quote);
        field->has_escapes = true;
        at++;
    }
}

bool gdf__csv_next(gdf__csv *csv, gdf__csv_field *field)
{
    if (csv->done)
        return false;
    bool quoted = csv->at < csv->text.len && csv->text.ptr[csv->at] == '"';
    return quoted ? read_quoted(csv, field) : read_plain(csv, field);
}

gdf_str gdf__csv_value(const gdf__csv *csv, const gdf__csv_field *field, gdf__arena *arena)
{
    gdf_str inner = gdf__str_slice(csv->text, field->inner_start, field->inner_end);
    char *bytes = field->has_escapes ? gdf__arena_take_bytes(arena, inner.len) : NULL;
    if (!bytes)
        return inner;
    size_t len = 0;
    for (size_t i = 0; i < inner.len; i++) {
        bytes[len++] = inner.ptr[i];
        if (inner.ptr[i] == '"')
            i++;
    }
    return (gdf_str){bytes, len};
}
