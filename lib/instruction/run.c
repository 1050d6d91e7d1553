/* The builder's checks of RUN's flags. Those of --mount go as far as the builder goes while it has
 * no variables: the rest is checked when a stage is evaluated. */
#include "base/ascii.h"
#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "instruction/csv.h"
#include "instruction/reader.h"
#include "instruction/suggestion.h"
#include "instruction/values.h"

typedef void (*value_check)(gdf__reader *reader, const gdf__span *value);

static void check_values(gdf__reader *reader, const char *name, value_check check)
{
    for (gdf_node node = reader->flags.first; node < reader->flags.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span value;
        gdf_str flag = gdf__node_value(gdf__reader_node(reader, node));
        if (gdf__str_has_byte(flag, '=') && gdf__flag_value(reader, node, name, &value))
            check(reader, &value);
    }
}

/* False and a problem when the text is no CSV record. */
static bool check_csv(gdf__reader *reader, const gdf__span *value, const char *what)
{
    gdf__csv csv;
    gdf__csv_field field;
    gdf__csv_init(&csv, value->text);
    while (gdf__csv_next(&csv, &field))
        continue;
    if (!csv.error)
        return true;
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "failed to parse csv ");
    gdf__builder_add_text(message, what);
    gdf__builder_add_text(message, ": ");
    if (csv.column) {
        gdf__builder_add_text(message, "parse error on line 1, column ");
        gdf__builder_add_number(message, csv.column);
        gdf__builder_add_text(message, ": ");
    }
    gdf__builder_add_text(message, csv.error);
    gdf__problem_end(reader, value);
    return false;
}

/* A field of a --mount or --device: `key=value`, or a word alone. */
typedef struct option {
    gdf__span whole;
    gdf_str key;
    gdf_str value;
    bool has_value;
} option;

static bool next_option(gdf__reader *reader, gdf__csv *csv, const gdf__span *text, option *next)
{
    gdf__csv_field field;
    if (!gdf__csv_next(csv, &field))
        return false;
    next->whole = gdf__span_slice(text, field.start, field.end);
    gdf_str value = gdf__csv_value(csv, &field, &reader->document->arena);
    size_t equals = gdf__str_find(value, '=', 0);
    next->whole.text = value;
    next->key = gdf__str_slice(value, 0, equals);
    next->value = gdf__str_slice(value, equals + 1, value.len);
    next->has_value = equals < value.len;
    return true;
}

/* ---- --mount --------------------------------------------------------------------------------- */

static void check_mount(gdf__reader *reader, const gdf__span *value)
{
    if (!check_csv(reader, value, "mounts"))
        return;
    gdf__csv csv;
    option field;
    gdf__csv_init(&csv, value->text);
    while (next_option(reader, &csv, value, &field)) {
        size_t dollar = gdf__str_find(field.value, '$', 0);
        if (gdf__str_is_nocase(field.key, "from") && dollar + 1 < field.value.len)
            gdf__refuse(reader, &field.whole,
                        "'from' doesn't support variable expansion, define alias stage instead");
    }
}

/* ---- --device -------------------------------------------------------------------------------- */

static void add_lower(gdf__builder *message, gdf_str text)
{
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        char bytes[4];
        size_t len = gdf__utf8_encode(gdf__utf8_lower(rune.value), bytes);
        gdf__builder_add(message, (gdf_str){bytes, len});
        at += rune.len;
    }
}

static void refuse_device_field(gdf__reader *reader, const option *field, const char *before,
                                gdf_str text, const char *after)
{
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, before);
    gdf__builder_add(message, text);
    gdf__builder_add_text(message, after);
    gdf__problem_end(reader, &field->whole);
}

static void refuse_device_key(gdf__reader *reader, const option *field)
{
    static const gdf_str KEYS[] = {{"name", 4}, {"required", 8}};
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "unexpected key '");
    size_t start = gdf__builder_get(message).len;
    add_lower(message, field->key);
    gdf_str all = gdf__builder_get(message);
    gdf_str suggestion =
        gdf__suggestion_find(gdf__str_slice(all, start, all.len), KEYS, sizeof KEYS / sizeof *KEYS);
    gdf__builder_add_text(message, "' in '");
    gdf__builder_add(message, field->whole.text);
    gdf__builder_add_byte(message, '\'');
    gdf__suggestion_add(message, suggestion);
    gdf__problem_end(reader, &field->whole);
}

/* One field; `*name` is the device's name so far. */
static void check_device_field(gdf__reader *reader, const option *field, gdf_str *name)
{
    bool required = gdf__str_is_nocase(field->key, "required");
    bool value = false;
    if (!field->has_value) {
        if (name->len == 0 && !required)
            *name = field->whole.text;
        else if (!required)
            refuse_device_field(reader, field, "invalid field '", field->whole.text,
                                "' must be a key=value pair");
    } else if (gdf__str_is_nocase(field->key, "name")) {
        if (name->len)
            refuse_device_field(reader, field, "device name already set to ", *name, "");
        else
            *name = field->value;
    } else if (required) {
        if (!gdf__boolean_parse(field->value, &value))
            refuse_device_field(reader, field, "invalid value for required: ", field->value, "");
    } else if (name->len == 0) {
        *name = field->whole.text;
    } else {
        refuse_device_key(reader, field);
    }
}

static void check_device(gdf__reader *reader, const gdf__span *value)
{
    if (!check_csv(reader, value, "devices"))
        return;
    gdf__csv csv;
    option field;
    gdf_str name = gdf__empty;
    gdf__csv_init(&csv, value->text);
    while (next_option(reader, &csv, value, &field))
        check_device_field(reader, &field, &name);
}

/* ---- --network and --security ---------------------------------------------------------------- */

static void refuse_quoted(gdf__reader *reader, const gdf__span *value, const char *before,
                          const char *after)
{
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, before);
    gdf__builder_add_go_quoted(message, value->text);
    gdf__builder_add_text(message, after);
    gdf__problem_end(reader, value);
}

static void check_network(gdf__reader *reader, const gdf__span *value)
{
    if (!gdf__str_is(value->text, "default") && !gdf__str_is(value->text, "none") &&
        !gdf__str_is(value->text, "host"))
        refuse_quoted(reader, value, "invalid network mode ", "");
}

static void check_security(gdf__reader *reader, const gdf__span *value)
{
    if (!gdf__str_is(value->text, "sandbox") && !gdf__str_is(value->text, "insecure"))
        refuse_quoted(reader, value, "security ", " is not valid");
}

void gdf__run_check(gdf__reader *reader)
{
    gdf__flags_check(reader);
    if (reader->flags.count == 0)
        return;
    check_values(reader, "device", check_device);
    check_values(reader, "mount", check_mount);
    check_values(reader, "network", check_network);
    check_values(reader, "security", check_security);
}
