/* Making and reading a predicted image config. */
#include "build/config.h"

#include "base/options.h"
#include "base/slice.h"

/* ---- making ---------------------------------------------------------------------------------- */

static void init_tables(gdf_config *config)
{
    const gdf_allocator *allocator = &config->arena.allocator;
    for (size_t i = 0; i < GDF__CONFIG_LIST_COUNT; i++)
        gdf__table_init(&config->lists[i], allocator, sizeof(gdf_str));
    gdf__table_init(&config->label_values, allocator, sizeof(gdf_str));
    gdf__table_init(&config->layers, allocator, sizeof(bool));
    gdf__table_init(&config->triggers, allocator, sizeof(gdf_document *));
    gdf__table_init(&config->error_places, allocator, sizeof(gdf__line_range));
    for (size_t i = 0; i < GDF__CONFIG_TEXT_COUNT; i++)
        config->texts[i] = gdf__empty;
    config->error = gdf__empty;
}

bool gdf__config_failed(const gdf_config *config)
{
    bool failed = config->arena.failed || config->label_values.failed || config->layers.failed ||
                  config->triggers.failed || config->error_places.failed;
    for (size_t i = 0; i < GDF__CONFIG_LIST_COUNT; i++)
        failed = failed || config->lists[i].failed;
    return failed;
}

void gdf__config_add(gdf_config *config, gdf_config_field field, gdf_str text)
{
    gdf_str *row = gdf__table_add(gdf__config_list(config, field));
    if (row)
        *row = text;
}

/* With an error there is no image. */
static void forget_image(gdf_config *config)
{
    for (size_t i = 0; i < GDF__CONFIG_TEXT_COUNT; i++)
        config->texts[i] = gdf__empty;
    for (size_t i = 0; i < GDF__CONFIG_NUMBER_COUNT; i++)
        config->numbers[i] = 0;
    for (size_t i = 0; i < GDF__CONFIG_LIST_COUNT; i++) {
        if (i != GDF_CONFIG_IMAGES - GDF__CONFIG_LISTS)
            config->lists[i].count = 0;
    }
    config->label_values.count = 0;
    config->layers.count = 0;
}

static gdf_config *create(const gdf_build *build, const gdf_options *options, bool is_check)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf_config *config = build ? gdf__allocate_zeroed(&allocator, sizeof *config) : NULL;
    if (!config)
        return NULL;
    gdf__arena_init(&config->arena, &allocator);
    init_tables(config);
    config->is_check = is_check;
    gdf__dispatch_run(config, build, options);
    if (gdf__config_failed(config)) {
        gdf_config_free(config);
        return NULL;
    }
    if (config->error.len)
        forget_image(config);
    return config;
}

gdf_config *gdf_config_create(const gdf_build *build, const gdf_options *options)
{
    return create(build, options, false);
}

gdf_config *gdf__config_create_for_check(const gdf_build *build, const gdf_options *options)
{
    return create(build, options, true);
}

void gdf_config_free(gdf_config *config)
{
    if (!config)
        return;
    gdf_allocator allocator = config->arena.allocator;
    for (uint32_t i = 0; i < config->triggers.count; i++)
        gdf_document_free(*GDF__AT(config->triggers, gdf_document *, i));
    for (size_t i = 0; i < GDF__CONFIG_LIST_COUNT; i++)
        gdf__table_free(&config->lists[i]);
    gdf__table_free(&config->label_values);
    gdf__table_free(&config->layers);
    gdf__table_free(&config->triggers);
    gdf__table_free(&config->error_places);
    gdf__arena_free(&config->arena);
    gdf__release(&allocator, config);
}

/* ---- the error ------------------------------------------------------------------------------- */

gdf_str gdf_config_get_error(const gdf_config *config)
{
    return config ? config->error : gdf__empty;
}

uint32_t gdf_config_count_error_places(const gdf_config *config)
{
    return config ? config->error_places.count : 0;
}

static gdf__line_range error_place(const gdf_config *config, uint32_t index)
{
    if (index >= gdf_config_count_error_places(config))
        return (gdf__line_range){0, 0};
    return *GDF__AT(config->error_places, gdf__line_range, index);
}

uint32_t gdf_config_get_error_first_line(const gdf_config *config, uint32_t index)
{
    return error_place(config, index).first;
}

uint32_t gdf_config_get_error_last_line(const gdf_config *config, uint32_t index)
{
    return error_place(config, index).last;
}

int gdf_config_is_complete(const gdf_config *config)
{
    return config && !config->limit;
}

gdf_str gdf_config_get_limit(const gdf_config *config)
{
    return gdf__str(config ? config->limit : NULL);
}

int gdf_config_is_base_known(const gdf_config *config)
{
    return config && config->is_base_known;
}

/* ---- fields ---------------------------------------------------------------------------------- */

gdf_str gdf_config_get_text(const gdf_config *config, gdf_config_field field)
{
    int index = (int)field - GDF__CONFIG_TEXTS;
    return config && index >= 0 && index < GDF__CONFIG_TEXT_COUNT ? config->texts[index]
                                                                  : gdf__empty;
}

uint64_t gdf_config_get_number(const gdf_config *config, gdf_config_field field)
{
    int index = (int)field - GDF__CONFIG_NUMBERS;
    return config && index >= 0 && index < GDF__CONFIG_NUMBER_COUNT ? config->numbers[index] : 0;
}

static const gdf__table *list_of(const gdf_config *config, gdf_config_field field)
{
    int index = (int)field - GDF__CONFIG_LISTS;
    return config && index >= 0 && index < GDF__CONFIG_LIST_COUNT ? &config->lists[index] : NULL;
}

uint32_t gdf_config_count_items(const gdf_config *config, gdf_config_field field)
{
    const gdf__table *list = list_of(config, field);
    return list ? list->count : 0;
}

gdf_str gdf_config_get_item(const gdf_config *config, gdf_config_field field, uint32_t index)
{
    const gdf__table *list = list_of(config, field);
    return list && index < list->count ? *GDF__AT(*list, gdf_str, index) : gdf__empty;
}

gdf_str gdf_config_get_label_value(const gdf_config *config, uint32_t index)
{
    return config && index < config->label_values.count
               ? *GDF__AT(config->label_values, gdf_str, index)
               : gdf__empty;
}

int gdf_config_is_layer(const gdf_config *config, uint32_t index)
{
    return config && index < config->layers.count && *GDF__AT(config->layers, bool, index);
}

/* ---- names of the fields --------------------------------------------------------------------- */

static const struct {
    gdf_config_field field;
    const char *name;
} NAMES[] = {
#define GDF_CONFIG_TEXT(id, value, name, summary) {GDF_CONFIG_##id, name},
#define GDF_CONFIG_LIST(id, value, name, summary) {GDF_CONFIG_##id, name},
#define GDF_CONFIG_NUMBER(id, value, name, summary) {GDF_CONFIG_##id, name},
#include <godockerfile/config_fields.def>
#undef GDF_CONFIG_TEXT
#undef GDF_CONFIG_LIST
#undef GDF_CONFIG_NUMBER
};

const char *gdf_config_field_name(gdf_config_field field)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (NAMES[i].field == field)
            return NAMES[i].name;
    }
    return "";
}

gdf_config_field gdf_config_field_find(const char *name, size_t len)
{
    gdf_str wanted = {name ? name : "", name ? len : 0};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (gdf__str_is(wanted, NAMES[i].name))
            return NAMES[i].field;
    }
    return GDF_CONFIG_NONE;
}
