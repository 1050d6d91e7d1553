#include "rules/array_repair.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "edit/edit.h"

typedef struct array_reader {
    gdf__array_reading *reading;
    gdf__arena *arena;
    gdf_str text;
    size_t at;
    size_t last_end; /* of the last element */
    bool last_quoted;
} array_reader;

static char peek(const array_reader *reader)
{
    return reader->at < reader->text.len ? reader->text.ptr[reader->at] : '\0';
}

static bool at_end(const array_reader *reader)
{
    return reader->at >= reader->text.len;
}

static void skip_blanks(array_reader *reader)
{
    while (!at_end(reader) && gdf__ascii_is_space(peek(reader)))
        reader->at++;
}

static void note_defect(array_reader *reader, gdf__array_defect defect)
{
    if (reader->reading->defect == GDF__ARRAY_FINE)
        reader->reading->defect = defect;
}

/* Notes the defect; false, for what cannot be repaired. */
static bool give_up(array_reader *reader, gdf__array_defect defect)
{
    note_defect(reader, defect);
    return false;
}

static void add_repair(array_reader *reader, size_t start, size_t end, gdf_str with)
{
    gdf__array_repair *repair = gdf__table_add(&reader->reading->repairs);
    if (repair)
        *repair = (gdf__array_repair){start, end, with};
}

/* ---- backslashes ----------------------------------------------------------------------------- */

typedef struct escapes {
    bool known;    /* one that JSON knows, other than `\"` */
    bool unknown;  /* one that it does not */
    bool of_quote; /* `\"` */
} escapes;

static bool is_unicode(gdf_str text, size_t at)
{
    enum { DIGITS = 4 };
    for (size_t i = 0; i < DIGITS; i++) {
        if (at + i >= text.len || gdf__ascii_hex_value(text.ptr[at + i]) < 0)
            return false;
    }
    return true;
}

static bool is_known_escape(gdf_str text, size_t letter)
{
    static const gdf_str LETTERS = {"\\/bfnrt", 7};
    return gdf__str_has_byte(LETTERS, text.ptr[letter]) ||
           (text.ptr[letter] == 'u' && is_unicode(text, letter + 1));
}

static escapes list_escapes(gdf_str content)
{
    escapes found = {false, false, false};
    for (size_t at = 0; at + 1 < content.len; at++) {
        if (content.ptr[at] != '\\')
            continue;
        at++;
        if (content.ptr[at] == '"')
            found.of_quote = true;
        else if (is_known_escape(content, at))
            found.known = true;
        else
            found.unknown = true;
    }
    return found;
}

/* `C:\new\bin`: what looks like escapes are names. */
static bool is_drive_path(gdf_str content, const escapes *found)
{
    return content.len > 2 && gdf__ascii_is_alpha(content.ptr[0]) && content.ptr[1] == ':' &&
           content.ptr[2] == '\\' && !found->of_quote && !gdf__str_contains(content, "\\\\");
}

/* True when every backslash of the content, but those of `\"`, stands for itself. */
static bool are_plain(gdf_str content)
{
    escapes found = list_escapes(content);
    return !found.known || is_drive_path(content, &found);
}

/* ---- elements -------------------------------------------------------------------------------- */

/* Writes `content` as a string of JSON in place of [start, end). */
static bool requote(array_reader *reader, size_t start, size_t end, gdf_str content,
                    gdf__array_defect defect)
{
    gdf_str array = gdf__empty;
    note_defect(reader, defect);
    if (!gdf__edit_json_array(reader->arena, &content, 1, &array))
        return false;
    add_repair(reader, start, end, gdf__str_slice(array, 1, array.len - 1));
    return true;
}

/* Where the string that starts at `start` ends, or 0. */
static size_t find_string_end(gdf_str text, size_t start)
{
    for (size_t at = start + 1; at < text.len; at++) {
        if (text.ptr[at] == '\\')
            at++;
        else if (text.ptr[at] == '"')
            return at + 1;
    }
    return 0;
}

/* Doubles the backslashes that escape nothing. */
static bool repair_escapes(array_reader *reader, size_t start, size_t end)
{
    gdf_str content = gdf__str_slice(reader->text, start, end);
    if (!list_escapes(content).unknown)
        return true;
    note_defect(reader, GDF__ARRAY_BACKSLASH);
    if (!are_plain(content))
        return false;
    for (size_t at = start; at < end; at++) {
        if (reader->text.ptr[at] != '\\')
            continue;
        if (reader->text.ptr[at + 1] == '"')
            at++;
        else
            add_repair(reader, at, at, GDF__LITERAL("\\"));
    }
    return true;
}

static bool repair_controls(array_reader *reader, size_t start, size_t end)
{
    for (size_t at = start; at < end; at++) {
        char byte = reader->text.ptr[at];
        if ((unsigned char)byte >= ' ')
            continue;
        note_defect(reader, GDF__ARRAY_CONTROL);
        if (byte != '\t')
            return false;
        add_repair(reader, at, at + 1, GDF__LITERAL("\\t"));
    }
    return true;
}

static bool read_string(array_reader *reader)
{
    size_t start = reader->at;
    size_t end = find_string_end(reader->text, start);
    if (!end)
        return give_up(reader, GDF__ARRAY_OPEN_STRING);
    reader->at = end;
    gdf_str content = gdf__str_slice(reader->text, start + 1, end - 1);
    bool both = list_escapes(content).unknown && gdf__str_has_byte(content, '\t');
    if (both)
        return give_up(reader, GDF__ARRAY_BACKSLASH);
    return repair_escapes(reader, start + 1, end - 1) &&
           repair_controls(reader, start + 1, end - 1);
}

static bool read_single_quoted(array_reader *reader)
{
    size_t start = reader->at;
    size_t end = gdf__str_find(reader->text, '\'', start + 1);
    if (end == reader->text.len)
        return give_up(reader, GDF__ARRAY_OPEN_STRING);
    gdf_str content = gdf__str_slice(reader->text, start + 1, end);
    reader->at = end + 1;
    if (gdf__str_ends(content, "\\") || list_escapes(content).of_quote || !are_plain(content))
        return give_up(reader, GDF__ARRAY_SINGLE_QUOTES);
    return requote(reader, start, end + 1, content, GDF__ARRAY_SINGLE_QUOTES);
}

/* Bytes of U+2018 and its neighbours. */
enum { TYPOGRAPHIC_LEN = 3 };

/* '\'' or '"' for a typographic quote of that kind at `at`, else 0. */
static char typographic_kind(gdf_str text, size_t at)
{
    if (!gdf__str_starts(gdf__str_slice(text, at, text.len), "\xe2\x80") ||
        at + TYPOGRAPHIC_LEN > text.len)
        return 0;
    switch ((unsigned char)text.ptr[at + 2]) {
    case 0x98:
    case 0x99:
    case 0x9a: return '\'';
    case 0x9c:
    case 0x9d:
    case 0x9e: return '"';
    default: return 0;
    }
}

static bool read_typographic(array_reader *reader)
{
    size_t start = reader->at;
    char kind = typographic_kind(reader->text, start);
    size_t end = start + TYPOGRAPHIC_LEN;
    while (end < reader->text.len && typographic_kind(reader->text, end) != kind)
        end++;
    if (end == reader->text.len)
        return give_up(reader, GDF__ARRAY_OPEN_STRING);
    gdf_str content = gdf__str_slice(reader->text, start + TYPOGRAPHIC_LEN, end);
    reader->at = end + TYPOGRAPHIC_LEN;
    if (gdf__str_has_byte(content, '\\'))
        return give_up(reader, GDF__ARRAY_TYPOGRAPHIC_QUOTES);
    return requote(reader, start, reader->at, content, GDF__ARRAY_TYPOGRAPHIC_QUOTES);
}

static bool is_bare(char byte)
{
    static const gdf_str MARKS = {"_./:@%+-=~${}*?#!^", 18};
    return gdf__ascii_is_alnum(byte) || gdf__str_has_byte(MARKS, byte);
}

static bool read_bare(array_reader *reader)
{
    size_t start = reader->at;
    while (!at_end(reader) && is_bare(peek(reader)))
        reader->at++;
    if (reader->at == start)
        return give_up(reader, GDF__ARRAY_OTHER);
    gdf_str word = gdf__str_slice(reader->text, start, reader->at);
    reader->reading->has_bare_variable |= gdf__str_has_byte(word, '$');
    return requote(reader, start, reader->at, word, GDF__ARRAY_NO_QUOTES);
}

static bool is_quote(const array_reader *reader)
{
    return peek(reader) == '"' || peek(reader) == '\'' ||
           typographic_kind(reader->text, reader->at);
}

static bool read_element(array_reader *reader)
{
    bool quoted = is_quote(reader);
    bool (*read)(array_reader *) = read_bare;
    if (reader->reading->count == 0)
        reader->reading->is_quoted = quoted;
    if (peek(reader) == '"')
        read = read_string;
    else if (peek(reader) == '\'')
        read = read_single_quoted;
    else if (quoted)
        read = read_typographic;
    if (!read(reader))
        return false;
    reader->reading->count++;
    reader->last_end = reader->at;
    reader->last_quoted = quoted;
    return true;
}

/* ---- the array ------------------------------------------------------------------------------- */

/* The `]` is missing, or stands behind a comma: it goes right behind the last element. */
static bool close_behind_last(array_reader *reader)
{
    if (at_end(reader))
        note_defect(reader, GDF__ARRAY_MISSING_BRACKET);
    else
        reader->at++;
    add_repair(reader, reader->last_end, reader->at, GDF__LITERAL("]"));
    return true;
}

/* Reads what follows an element. `*more`: another element comes. */
static bool read_separator(array_reader *reader, bool *more)
{
    skip_blanks(reader);
    if (at_end(reader))
        return close_behind_last(reader);
    if (peek(reader) == ']') {
        reader->at++;
        return true;
    }
    if (peek(reader) == ',') {
        reader->reading->has_commas = true;
        reader->at++;
        skip_blanks(reader);
        if (!at_end(reader) && peek(reader) != ']') {
            *more = true;
            return true;
        }
        note_defect(reader, GDF__ARRAY_EXTRA_COMMA);
        return close_behind_last(reader);
    }
    if (reader->at == reader->last_end || !reader->last_quoted || !is_quote(reader))
        return give_up(reader, GDF__ARRAY_OTHER);
    note_defect(reader, GDF__ARRAY_MISSING_COMMA);
    add_repair(reader, reader->last_end, reader->last_end, GDF__LITERAL(","));
    *more = true;
    return true;
}

static bool read_elements(array_reader *reader)
{
    bool more = true;
    skip_blanks(reader);
    while (more) {
        more = false;
        if (peek(reader) == ',')
            return give_up(reader, GDF__ARRAY_EXTRA_COMMA);
        if (!read_element(reader) || !read_separator(reader, &more))
            return false;
    }
    skip_blanks(reader);
    return at_end(reader) || give_up(reader, GDF__ARRAY_OTHER);
}

void gdf__array_read(gdf__array_reading *reading, gdf_str text, size_t start, gdf__arena *arena)
{
    *reading = (gdf__array_reading){.defect = GDF__ARRAY_FINE};
    gdf__table_init(&reading->repairs, &arena->allocator, sizeof(gdf__array_repair));
    array_reader reader = {.reading = reading, .arena = arena, .text = text, .at = start + 1};
    reading->is_recovered = read_elements(&reader) && reading->repairs.count;
    reading->is_closed = gdf__str_ends(gdf__str_trim(text), "]");
    if (reading->repairs.failed)
        arena->failed = true;
}

void gdf__array_reading_free(gdf__array_reading *reading)
{
    gdf__table_free(&reading->repairs);
}
