/* --mount of RUN: its options are read when the stage runs, from left to right, and each is judged
 * by what stands before it. */
#include "base/path.h"
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/work.h"
#include "instruction/csv.h"
#include "instruction/suggestion.h"
#include "instruction/values.h"

typedef enum mount_type { BIND, CACHE, TMPFS, SECRET, SSH, TYPE_COUNT } mount_type;

static const gdf_str TYPES[TYPE_COUNT] = {
    {"bind", 4}, {"cache", 5}, {"tmpfs", 5}, {"secret", 6}, {"ssh", 3}};

static const gdf_str SHARING[] = {{"shared", 6}, {"private", 7}, {"locked", 6}};

enum { MODE, UID, GID, OWNER_COUNT };
static const char *const OWNER_NAMES[OWNER_COUNT] = {"mode", "uid", "gid"};

typedef struct mount {
    mount_type type;
    gdf_str from;
    gdf_str source;
    gdf_str target;
    gdf_str id;
    bool has_sharing;
    bool has_owner[OWNER_COUNT];
} mount;

/* A field: `key=value`, or a word alone. */
typedef struct option {
    gdf_str whole;
    gdf_str key; /* in lower case */
    gdf_str value;
    bool has_value;
} option;

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- refusals -------------------------------------------------------------------------------- */

static bool refuse(gdf__dispatch *work, const char *before, gdf_str text, const char *after)
{
    gdf__builder message = gdf__dispatch_begin_line(work, before);
    gdf__builder_add(&message, text);
    gdf__builder_add_text(&message, after);
    return gdf__dispatch_fail_with(work, &message);
}

static bool refuse_value(gdf__dispatch *work, const option *field)
{
    gdf__builder message = gdf__dispatch_begin_line(work, "invalid value for ");
    gdf__builder_add(&message, field->key);
    gdf__builder_add_text(&message, ": ");
    gdf__builder_add(&message, field->value);
    return gdf__dispatch_fail_with(work, &message);
}

static bool refuse_for_type(gdf__dispatch *work, const option *field, mount_type type)
{
    gdf__builder message = gdf__dispatch_begin_line(work, "unexpected key '");
    gdf__builder_add(&message, field->key);
    gdf__builder_add_text(&message, "' for mount type '");
    gdf__builder_add(&message, TYPES[type]);
    gdf__builder_add_byte(&message, '\'');
    return gdf__dispatch_fail_with(work, &message);
}

static bool refuse_choice(gdf__dispatch *work, const char *before, gdf_str value,
                          const gdf_str *choices, size_t count)
{
    gdf__builder message = gdf__dispatch_begin_line(work, before);
    gdf__builder_add_go_quoted(&message, value);
    gdf__suggestion_add(&message, gdf__suggestion_find(value, choices, count));
    return gdf__dispatch_fail_with(work, &message);
}

/* ---- options --------------------------------------------------------------------------------- */

typedef bool (*option_reader)(gdf__dispatch *work, mount *result, const option *field);

static bool read_type(gdf__dispatch *work, mount *result, const option *field)
{
    gdf_str name = gdf__to_lower(field->value, work->arena);
    for (size_t i = 0; i < TYPE_COUNT; i++) {
        if (gdf__str_equal(name, TYPES[i])) {
            result->type = (mount_type)i;
            return true;
        }
    }
    return refuse_choice(work, "unsupported mount type ", field->value, TYPES, TYPE_COUNT);
}

static bool read_sharing(gdf__dispatch *work, mount *result, const option *field)
{
    gdf_str name = gdf__to_lower(field->value, work->arena);
    for (size_t i = 0; i < COUNT_OF(SHARING); i++)
        result->has_sharing = result->has_sharing || gdf__str_equal(name, SHARING[i]);
    for (size_t i = 0; i < COUNT_OF(SHARING); i++) {
        if (gdf__str_equal(name, SHARING[i]))
            return true;
    }
    return refuse_choice(work, "unsupported sharing value ", field->value, SHARING,
                         COUNT_OF(SHARING));
}

static bool read_from(gdf__dispatch *work, mount *result, const option *field)
{
    (void)work;
    result->from = field->value;
    return true;
}

static bool read_source(gdf__dispatch *work, mount *result, const option *field)
{
    (void)work;
    result->source = field->value;
    return true;
}

static bool read_target(gdf__dispatch *work, mount *result, const option *field)
{
    (void)work;
    result->target = field->value;
    return true;
}

static bool read_id(gdf__dispatch *work, mount *result, const option *field)
{
    (void)work;
    result->id = field->value;
    return true;
}

static bool read_any(gdf__dispatch *work, mount *result, const option *field)
{
    (void)work;
    (void)result;
    (void)field;
    return true;
}

static bool read_boolean(gdf__dispatch *work, mount *result, const option *field)
{
    (void)result;
    bool value = false;
    return !field->has_value || gdf__boolean_parse(field->value, &value) ||
           refuse_value(work, field);
}

static bool read_required(gdf__dispatch *work, mount *result, const option *field)
{
    if (result->type != SECRET && result->type != SSH)
        return refuse_for_type(work, field, result->type);
    return read_boolean(work, result, field);
}

static bool read_size(gdf__dispatch *work, mount *result, const option *field)
{
    int64_t bytes = 0;
    if (result->type != TMPFS)
        return refuse_for_type(work, field, result->type);
    return gdf__size_parse(field->value, &bytes) || refuse_value(work, field);
}

/* Digits below `base` alone, for a number of 32 bits. */
static bool is_number(gdf_str text, unsigned base)
{
    uint64_t number = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c < '0' || c >= (char)('0' + base))
            return false;
        number = number * base + (unsigned)(c - '0');
        if (number > UINT32_MAX)
            return false;
    }
    return text.len > 0;
}

static bool read_owner(gdf__dispatch *work, mount *result, const option *field)
{
    size_t which = MODE;
    while (which < GID && !gdf__str_is(field->key, OWNER_NAMES[which]))
        which++;
    result->has_owner[which] = true;
    if (is_number(field->value, which == MODE ? 8 : 10))
        return true;
    gdf__builder message = gdf__dispatch_begin_line(work, "invalid value ");
    gdf__builder_add(&message, field->value);
    gdf__builder_add_text(&message, " for ");
    gdf__builder_add(&message, field->key);
    return gdf__dispatch_fail_with(work, &message);
}

/* In the order in which the builder suggests them. */
static const struct {
    gdf_str name;
    option_reader read;
    bool may_stand_alone;
} OPTIONS[] = {
    {{"type", 4}, read_type, false},
    {{"from", 4}, read_from, false},
    {{"source", 6}, read_source, false},
    {{"target", 6}, read_target, false},
    {{"readonly", 8}, read_boolean, true},
    {{"id", 2}, read_id, false},
    {{"sharing", 7}, read_sharing, false},
    {{"required", 8}, read_required, true},
    {{"size", 4}, read_size, false},
    {{"mode", 4}, read_owner, false},
    {{"uid", 3}, read_owner, false},
    {{"gid", 3}, read_owner, false},
    {{"src", 3}, read_source, false},
    {{"dst", 3}, read_target, false},
    {{"destination", 11}, read_target, false},
    {{"ro", 2}, read_boolean, true},
    {{"rw", 2}, read_boolean, true},
    {{"readwrite", 9}, read_boolean, true},
    {{"env", 3}, read_any, false},
};

static bool refuse_key(gdf__dispatch *work, const option *field)
{
    gdf_str names[COUNT_OF(OPTIONS)];
    for (size_t i = 0; i < COUNT_OF(OPTIONS); i++)
        names[i] = OPTIONS[i].name;
    gdf__builder message = gdf__dispatch_begin_line(work, "unexpected key '");
    gdf__builder_add(&message, field->key);
    gdf__builder_add_text(&message, "' in '");
    gdf__builder_add(&message, field->whole);
    gdf__builder_add_byte(&message, '\'');
    gdf__suggestion_add(&message, gdf__suggestion_find(field->key, names, COUNT_OF(names)));
    return gdf__dispatch_fail_with(work, &message);
}

static bool read_option(gdf__dispatch *work, mount *result, gdf_str text)
{
    size_t equals = gdf__str_find(text, '=', 0);
    option field = {.whole = text,
                    .key = gdf__to_lower(gdf__str_slice(text, 0, equals), work->arena),
                    .value = gdf__str_slice(text, equals + 1, text.len),
                    .has_value = equals < text.len};
    size_t i = 0;
    while (i < COUNT_OF(OPTIONS) && !gdf__str_equal(field.key, OPTIONS[i].name))
        i++;
    if (!field.has_value && (i == COUNT_OF(OPTIONS) || !OPTIONS[i].may_stand_alone))
        return refuse(work, "invalid field '", text, "' must be a key=value pair");
    work->values_of_mounts += field.has_value;
    if (field.has_value && !gdf__dispatch_expand(work, field.value, &field.value))
        return false;
    return i < COUNT_OF(OPTIONS) ? OPTIONS[i].read(work, result, &field) : refuse_key(work, &field);
}

/* ---- the options together -------------------------------------------------------------------- */

static bool check_secret(gdf__dispatch *work, const mount *result)
{
    const char *message = NULL;
    if (result->from.len)
        message = "secret mount should not have a from";
    else if (result->has_sharing)
        message = "secret mount should not define sharing";
    else if (!result->source.len && !result->target.len && !result->id.len)
        message = "invalid secret mount. one of source, target required";
    else if (result->source.len && result->id.len)
        message = "both source and id can't be set";
    return !message || gdf__dispatch_fail(work, gdf__str(message));
}

static bool check_options(gdf__dispatch *work, const mount *result)
{
    bool may_have_owner = result->type == SECRET || result->type == SSH || result->type == CACHE;
    for (size_t i = 0; i < OWNER_COUNT; i++) {
        if (!result->has_owner[i] || may_have_owner)
            continue;
        gdf__builder message = gdf__dispatch_begin_line(work, OWNER_NAMES[i]);
        gdf__builder_add_text(&message, " not allowed for ");
        gdf__builder_add_go_quoted(&message, TYPES[result->type]);
        gdf__builder_add_text(&message, " type mounts");
        return gdf__dispatch_fail_with(work, &message);
    }
    if (result->type == SECRET && !check_secret(work, result))
        return false;
    if (result->has_sharing && result->type != CACHE)
        return refuse(work, "invalid cache sharing set for ", TYPES[result->type], " mount");
    return true;
}

static bool read_mount(gdf__dispatch *work, mount *result, gdf_str text)
{
    gdf__csv csv;
    gdf__csv_field field;
    *result =
        (mount){.from = gdf__empty, .source = gdf__empty, .target = gdf__empty, .id = gdf__empty};
    gdf__csv_init(&csv, text);
    while (gdf__csv_next(&csv, &field)) {
        if (!read_option(work, result, gdf__csv_value(&csv, &field, work->arena)))
            return false;
    }
    return check_options(work, result);
}

/* ---- mounting -------------------------------------------------------------------------------- */

static bool check_source(gdf__dispatch *work, const mount *row, uint32_t source)
{
    bool has_from = row->from.len || row->type == CACHE;
    const gdf__dispatch_state *state = gdf__dispatch_state_at(work, source);
    if (!has_from || !state || state->is_dispatched)
        return true;
    gdf__builder message = gdf__dispatch_begin_line(work, "cannot mount from stage ");
    gdf__builder_add_go_quoted(&message, row->from.len ? row->from : GDF__LITERAL("scratch"));
    gdf__builder_add_text(&message, " to ");
    gdf__builder_add_go_quoted(&message, row->target);
    gdf__builder_add_text(&message, ", stage needs to be defined before current command");
    return gdf__dispatch_fail_with(work, &message);
}

static bool check_target(gdf__dispatch *work, const mount *row)
{
    gdf_str target = row->target;
    if (!gdf__path_is_absolute(target)) {
        gdf_str directory =
            gdf__path_join(GDF__LITERAL("/"), gdf__dispatch_current(work)->workdir, work->arena);
        target = gdf__path_join(directory, target, work->arena);
    }
    if (!gdf__dispatch_spend(work, target.len) || !gdf__str_is(target, "/"))
        return !work->stopped;
    return gdf__dispatch_fail(work, GDF__LITERAL("invalid mount target \"/\""));
}

static bool check_mount(gdf__dispatch *work, const mount *row, uint32_t source)
{
    if (!check_source(work, row, source))
        return false;
    if (row->type == SSH && row->source.len)
        return gdf__dispatch_fail(work, GDF__LITERAL("ssh does not support source"));
    return row->type == SECRET || row->type == SSH || check_target(work, row);
}

static bool read_mounts(gdf__dispatch *work, gdf__table *mounts)
{
    gdf_part part = 0;
    gdf_str text;
    const gdf__dispatch_command *command = work->command;
    while (gdf__dispatch_next_mount(command->document, command->node, &part, &text)) {
        mount *row = gdf__table_add(mounts);
        if (!row || !read_mount(work, row, text))
            return false;
    }
    return true;
}

bool gdf__dispatch_mounts(gdf__dispatch *work)
{
    gdf__table mounts; /* of mount */
    gdf__table_init(&mounts, &work->arena->allocator, sizeof(mount));
    bool is_good = read_mounts(work, &mounts);
    for (uint32_t i = 0; i < mounts.count && is_good; i++) {
        uint32_t index = work->command->first_source + i;
        uint32_t source =
            index < work->sources.count ? *GDF__AT(work->sources, uint32_t, index) : 0;
        is_good = check_mount(work, GDF__AT(mounts, mount, i), source);
    }
    work->arena->failed = work->arena->failed || mounts.failed;
    gdf__table_free(&mounts);
    return is_good;
}
