/* The config of a base image, as the options give it. Members that are no part of it, or not of the
 * kind they should be, are left out. */
#include "base/json_reader.h"
#include "base/slice.h"
#include "build/dispatch.h"

/* One reading. `keeps`: everything goes into the config; else only what every state needs. */
typedef struct reading {
    gdf__dispatch *work;
    gdf__json_reader json;
    gdf__base_config *base;
    bool keeps;
} reading;

typedef void (*member_reader)(reading *work, int field);

typedef struct member {
    const char *name;
    member_reader read;
    int field; /* gdf_config_field */
} member;

/* Reads an object: each member by its row, the rest is skipped. Go looks at names without case. */
static void read_object(reading *work, const member *members, size_t count)
{
    gdf_str key;
    if (!gdf__json_reader_open(&work->json, '{')) {
        gdf__json_reader_skip(&work->json);
        return;
    }
    while (gdf__json_reader_next_key(&work->json, &key)) {
        size_t i = 0;
        while (i < count && !gdf__str_is_nocase(key, members[i].name))
            i++;
        if (i < count)
            members[i].read(work, members[i].field);
        else
            gdf__json_reader_skip(&work->json);
    }
}

static bool read_string(reading *work, gdf_str *text)
{
    if (gdf__json_reader_string(&work->json, text))
        return true;
    gdf__json_reader_skip(&work->json);
    return false;
}

static void read_text(reading *work, int field)
{
    gdf_str text;
    if (read_string(work, &text) && work->keeps)
        *gdf__config_text(work->work->config, (gdf_config_field)field) = text;
}

static void read_platform(reading *work, int field)
{
    gdf__platform *platform = &work->base->platform;
    gdf_str *piece = field == GDF_CONFIG_ARCHITECTURE ? &platform->architecture
                     : field == GDF_CONFIG_OS         ? &platform->os
                     : field == GDF_CONFIG_OS_VERSION ? &platform->os_version
                                                      : &platform->variant;
    read_string(work, piece);
}

static void read_workdir(reading *work, int field)
{
    (void)field;
    read_string(work, &work->base->workdir);
}

/* ---- lists ----------------------------------------------------------------------------------- */

typedef void (*item_reader)(reading *work, int field, gdf_str text);

static void read_items(reading *work, int field, item_reader take)
{
    gdf_str text;
    if (!gdf__json_reader_open(&work->json, '[')) {
        gdf__json_reader_skip(&work->json);
        return;
    }
    while (gdf__json_reader_next_item(&work->json)) {
        if (read_string(work, &text))
            take(work, field, text);
    }
}

static void take_item(reading *work, int field, gdf_str text)
{
    if (work->keeps)
        gdf__config_add(work->work->config, (gdf_config_field)field, text);
}

static void read_list(reading *work, int field)
{
    read_items(work, field, take_item);
}

static void take_variable(reading *work, int field, gdf_str text)
{
    (void)field;
    size_t equals = gdf__str_find(text, '=', 0);
    gdf_str name = gdf__str_slice(text, 0, equals);
    gdf_str value = gdf__str_slice(text, equals + 1, text.len);
    if (work->keeps)
        gdf__dispatch_list_environment(work->work, name, value);
    else
        gdf__dispatch_set_variable(work->work, name, value, true);
}

static void read_environment(reading *work, int field)
{
    read_items(work, field, take_variable);
}

static void take_trigger(reading *work, int field, gdf_str text)
{
    (void)field;
    gdf__trigger *trigger = work->keeps ? NULL : gdf__table_add(&work->work->triggers);
    if (!trigger)
        return;
    *trigger = (gdf__trigger){text, NULL};
    work->base->trigger_count++;
}

static void read_triggers(reading *work, int field)
{
    read_items(work, field, take_trigger);
}

/* ---- maps ------------------------------------------------------------------------------------ */

static gdf__name_map *set_of(gdf__dispatch *work, int field)
{
    return field == GDF_CONFIG_VOLUMES ? &work->volumes : &work->ports;
}

static void read_set(reading *work, int field)
{
    gdf_str key;
    if (gdf__json_reader_open(&work->json, '{')) {
        while (gdf__json_reader_next_key(&work->json, &key)) {
            gdf__json_reader_skip(&work->json);
            if (work->keeps)
                gdf__name_map_add(set_of(work->work, field), key, 0);
        }
    } else {
        gdf__json_reader_skip(&work->json);
    }
}

static void read_labels(reading *work, int field)
{
    (void)field;
    gdf_str key;
    gdf_str value;
    if (!gdf__json_reader_open(&work->json, '{')) {
        gdf__json_reader_skip(&work->json);
        return;
    }
    while (gdf__json_reader_next_key(&work->json, &key)) {
        if (read_string(work, &value) && work->keeps)
            gdf__dispatch_set_label(work->work, key, value);
    }
}

/* ---- numbers, the health check, the history -------------------------------------------------- */

static void read_number(reading *work, int field)
{
    int64_t number = 0;
    if (!gdf__json_reader_integer(&work->json, &number))
        gdf__json_reader_skip(&work->json);
    else if (work->keeps)
        *gdf__config_number(work->work->config, (gdf_config_field)field) =
            number > 0 ? (uint64_t)number : 0;
}

static void read_flag(reading *work, int field)
{
    bool flag = false;
    if (!gdf__json_reader_boolean(&work->json, &flag))
        gdf__json_reader_skip(&work->json);
    else if (work->keeps)
        *gdf__config_number(work->work->config, (gdf_config_field)field) = flag;
}

static const member HEALTHCHECK_MEMBERS[] = {
    {"Test", read_list, GDF_CONFIG_HEALTHCHECK_TEST},
    {"Interval", read_number, GDF_CONFIG_HEALTHCHECK_INTERVAL},
    {"Timeout", read_number, GDF_CONFIG_HEALTHCHECK_TIMEOUT},
    {"StartPeriod", read_number, GDF_CONFIG_HEALTHCHECK_START_PERIOD},
    {"StartInterval", read_number, GDF_CONFIG_HEALTHCHECK_START_INTERVAL},
    {"Retries", read_number, GDF_CONFIG_HEALTHCHECK_RETRIES},
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static void read_healthcheck(reading *work, int field)
{
    (void)field;
    read_object(work, HEALTHCHECK_MEMBERS, COUNT_OF(HEALTHCHECK_MEMBERS));
}

static void read_created_by(reading *work, int field)
{
    gdf_str text;
    if (!read_string(work, &text) || !work->keeps)
        return;
    gdf__table *history = gdf__config_list(work->work->config, (gdf_config_field)field);
    if (history->count)
        *GDF__AT(*history, gdf_str, history->count - 1) = text;
}

static void read_empty_layer(reading *work, int field)
{
    (void)field;
    bool is_empty = false;
    gdf__table *layers = &work->work->config->layers;
    if (!gdf__json_reader_boolean(&work->json, &is_empty))
        gdf__json_reader_skip(&work->json);
    else if (work->keeps && layers->count)
        *GDF__AT(*layers, bool, layers->count - 1) = !is_empty;
}

static const member HISTORY_MEMBERS[] = {
    {"created_by", read_created_by, GDF_CONFIG_HISTORY},
    {"empty_layer", read_empty_layer, 0},
};

static void read_history(reading *work, int field)
{
    if (!gdf__json_reader_open(&work->json, '[')) {
        gdf__json_reader_skip(&work->json);
        return;
    }
    while (gdf__json_reader_next_item(&work->json)) {
        bool *layer = work->keeps ? gdf__table_add(&work->work->config->layers) : NULL;
        if (layer)
            *layer = true;
        if (work->keeps)
            gdf__config_add(work->work->config, (gdf_config_field)field, gdf__empty);
        read_object(work, HISTORY_MEMBERS, COUNT_OF(HISTORY_MEMBERS));
    }
}

/* ---- the whole ------------------------------------------------------------------------------- */

static const member CONFIG_MEMBERS[] = {
    {"User", read_text, GDF_CONFIG_USER},
    {"ExposedPorts", read_set, GDF_CONFIG_EXPOSED_PORTS},
    {"Env", read_environment, GDF_CONFIG_ENV},
    {"Entrypoint", read_list, GDF_CONFIG_ENTRYPOINT},
    {"Cmd", read_list, GDF_CONFIG_CMD},
    {"Healthcheck", read_healthcheck, 0},
    {"ArgsEscaped", read_flag, GDF_CONFIG_ARGS_ESCAPED},
    {"Volumes", read_set, GDF_CONFIG_VOLUMES},
    {"WorkingDir", read_workdir, GDF_CONFIG_WORKING_DIR},
    {"Labels", read_labels, GDF_CONFIG_LABELS},
    {"StopSignal", read_text, GDF_CONFIG_STOP_SIGNAL},
    {"OnBuild", read_triggers, GDF_CONFIG_ON_BUILD},
    {"Shell", read_list, GDF_CONFIG_SHELL},
};

static void read_config(reading *work, int field)
{
    (void)field;
    read_object(work, CONFIG_MEMBERS, COUNT_OF(CONFIG_MEMBERS));
}

static const member IMAGE_MEMBERS[] = {
    {"architecture", read_platform, GDF_CONFIG_ARCHITECTURE},
    {"os", read_platform, GDF_CONFIG_OS},
    {"os.version", read_platform, GDF_CONFIG_OS_VERSION},
    {"variant", read_platform, GDF_CONFIG_VARIANT},
    {"author", read_text, GDF_CONFIG_AUTHOR},
    {"config", read_config, 0},
    {"history", read_history, GDF_CONFIG_HISTORY},
};

static bool read_image(reading *work)
{
    gdf__json_reader_init(&work->json, work->base->json, work->work->arena);
    read_object(work, IMAGE_MEMBERS, COUNT_OF(IMAGE_MEMBERS));
    return gdf__json_reader_is_complete(&work->json);
}

void gdf__base_config_read(gdf__dispatch *work, uint32_t id)
{
    gdf__base_config *base = GDF__AT(work->bases, gdf__base_config, id - 1);
    if (base->is_read)
        return;
    base->is_read = true;
    base->platform = (gdf__platform){gdf__empty, gdf__empty, gdf__empty, gdf__empty};
    base->first_trigger = work->triggers.count;
    uint32_t environment = work->environment;
    work->environment = 0;
    reading pass = {.work = work, .base = base};
    base->is_good = read_image(&pass);
    base->environment = work->environment;
    work->environment = environment;
    if (!base->is_good)
        base->trigger_count = 0;
}

void gdf__base_config_keep(gdf__dispatch *work, uint32_t id)
{
    reading pass = {
        .work = work, .base = GDF__AT(work->bases, gdf__base_config, id - 1), .keeps = true};
    read_image(&pass);
}
