#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "instruction/values.h"

static const uint64_t LIMIT = UINT64_C(1) << 63; /* one more than the largest duration */

static const struct {
    const char *name;
    uint64_t nanoseconds;
} UNITS[] = {
    {"ns", 1},
    {"us", 1000},
    {"\xc2\xb5s", 1000}, /* U+00B5 micro sign */
    {"\xce\xbcs", 1000}, /* U+03BC Greek mu */
    {"ms", 1000000},
    {"s", 1000000000},
    {"m", UINT64_C(60000000000)},
    {"h", UINT64_C(3600000000000)},
};

static uint64_t find_unit(gdf_str name)
{
    for (size_t i = 0; i < sizeof UNITS / sizeof *UNITS; i++) {
        if (gdf__str_is(name, UNITS[i].name))
            return UNITS[i].nanoseconds;
    }
    return 0;
}

/* Quotes as package time does: bytes that are no printable ASCII come out as \xNN. */
static void add_quoted(gdf__builder *builder, gdf_str text)
{
    gdf__builder_add_byte(builder, '"');
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte >= 0x80 || byte < ' ') {
            gdf__builder_add_text(builder, "\\x");
            gdf__builder_add_byte(builder, "0123456789abcdef"[byte >> 4]);
            gdf__builder_add_byte(builder, "0123456789abcdef"[byte & 15]);
            continue;
        }
        if (byte == '"' || byte == '\\')
            gdf__builder_add_byte(builder, '\\');
        gdf__builder_add_byte(builder, (char)byte);
    }
    gdf__builder_add_byte(builder, '"');
}

typedef struct duration_reader {
    gdf_str text;
    size_t at;
    uint64_t total;
    const char *error; /* what the message starts with; NULL while all is well */
    gdf_str unit;      /* the unknown one */
} duration_reader;

static bool at_digit(const duration_reader *reader)
{
    return reader->at < reader->text.len && gdf__ascii_is_digit(reader->text.ptr[reader->at]);
}

static bool at_dot(const duration_reader *reader)
{
    return reader->at < reader->text.len && reader->text.ptr[reader->at] == '.';
}

static uint64_t take_digit(duration_reader *reader)
{
    return (uint64_t)(reader->text.ptr[reader->at++] - '0');
}

static bool read_integer(duration_reader *reader, uint64_t *value)
{
    *value = 0;
    while (at_digit(reader)) {
        if (*value > LIMIT / 10)
            return false;
        *value = *value * 10 + take_digit(reader);
        if (*value > LIMIT)
            return false;
    }
    return true;
}

/* Digits behind the dot as value / scale; those beyond the precision are skipped. */
static void read_fraction(duration_reader *reader, uint64_t *value, double *scale)
{
    bool full = false;
    while (at_digit(reader)) {
        uint64_t digit = take_digit(reader);
        full = full || *value > (LIMIT - 1) / 10 || *value * 10 + digit > LIMIT;
        if (full)
            continue;
        *value = *value * 10 + digit;
        *scale *= 10;
    }
}

static gdf_str read_unit(duration_reader *reader)
{
    size_t start = reader->at;
    while (reader->at < reader->text.len && !at_dot(reader) && !at_digit(reader))
        reader->at++;
    return gdf__str_slice(reader->text, start, reader->at);
}

static bool fail(duration_reader *reader, const char *error)
{
    reader->error = error;
    return false;
}

/* One number with its unit. */
static bool read_term(duration_reader *reader)
{
    static const char INVALID[] = "time: invalid duration ";
    uint64_t whole = 0;
    uint64_t fraction = 0;
    double scale = 1;
    size_t start = reader->at;
    if (!read_integer(reader, &whole))
        return fail(reader, INVALID);
    size_t digits = reader->at - start;
    if (at_dot(reader)) {
        start = ++reader->at;
        read_fraction(reader, &fraction, &scale);
        digits += reader->at - start;
    }
    if (digits == 0)
        return fail(reader, INVALID);
    gdf_str name = read_unit(reader);
    if (name.len == 0)
        return fail(reader, "time: missing unit in duration ");
    uint64_t unit = find_unit(name);
    if (unit == 0) {
        reader->unit = name;
        return fail(reader, "time: unknown unit ");
    }
    if (whole > LIMIT / unit)
        return fail(reader, INVALID);
    whole *= unit;
    if (fraction > 0)
        whole += (uint64_t)((double)fraction * ((double)unit / scale));
    if (whole > LIMIT || reader->total + whole > LIMIT)
        return fail(reader, INVALID);
    reader->total += whole;
    return true;
}

static void read_terms(duration_reader *reader)
{
    if (reader->at == reader->text.len)
        fail(reader, "time: invalid duration ");
    while (!reader->error && reader->at < reader->text.len)
        read_term(reader);
}

static gdf_str error_text(const duration_reader *reader, gdf__arena *arena)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_text(&message, reader->error);
    if (reader->unit.len) {
        add_quoted(&message, reader->unit);
        gdf__builder_add_text(&message, " in duration ");
    }
    add_quoted(&message, reader->text);
    return gdf__builder_to_arena(&message, arena);
}

gdf_str gdf__duration_parse(gdf_str text, int64_t *nanoseconds, gdf__arena *arena)
{
    duration_reader reader = {.text = text, .unit = gdf__empty};
    bool negative = gdf__str_starts(text, "-");
    if (negative || gdf__str_starts(text, "+"))
        reader.at = 1;
    *nanoseconds = 0;
    if (gdf__str_is(gdf__str_slice(text, reader.at, text.len), "0"))
        return gdf__empty;
    read_terms(&reader);
    if (!reader.error && !negative && reader.total >= LIMIT)
        fail(&reader, "time: invalid duration ");
    if (reader.error)
        return error_text(&reader, arena);
    *nanoseconds = negative ? (int64_t)(0 - reader.total) : (int64_t)reader.total;
    return gdf__empty;
}
