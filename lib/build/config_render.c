/* A predicted image config as the JSON of the OCI image specification. */
#include "base/builder.h"
#include "base/slice.h"
#include "build/config.h"

/* Which form a field of the config's inner object has, in the order of the specification. */
typedef enum shape { TEXT, LIST, SET, LABELS, HEALTHCHECK, FLAG } shape;

static const struct {
    gdf_config_field field;
    shape shape;
} MEMBERS[] = {
    {GDF_CONFIG_USER, TEXT},         {GDF_CONFIG_EXPOSED_PORTS, SET},
    {GDF_CONFIG_ENV, LIST},          {GDF_CONFIG_ENTRYPOINT, LIST},
    {GDF_CONFIG_CMD, LIST},          {GDF_CONFIG_HEALTHCHECK_TEST, HEALTHCHECK},
    {GDF_CONFIG_ARGS_ESCAPED, FLAG}, {GDF_CONFIG_VOLUMES, SET},
    {GDF_CONFIG_WORKING_DIR, TEXT},  {GDF_CONFIG_LABELS, LABELS},
    {GDF_CONFIG_STOP_SIGNAL, TEXT},  {GDF_CONFIG_ON_BUILD, LIST},
    {GDF_CONFIG_SHELL, LIST},
};

static void begin_element(gdf__builder *out)
{
    gdf_str text = gdf__builder_get(out);
    if (text.len && text.ptr[text.len - 1] != '{' && text.ptr[text.len - 1] != '[')
        gdf__builder_add_byte(out, ',');
}

static void begin_member(gdf__builder *out, gdf_str name)
{
    begin_element(out);
    gdf__builder_add_json(out, name);
    gdf__builder_add_byte(out, ':');
}

static void begin_field(gdf__builder *out, gdf_config_field field)
{
    begin_member(out, gdf__str(gdf_config_field_name(field)));
}

static void render_text(gdf__builder *out, const gdf_config *config, gdf_config_field field)
{
    gdf_str text = gdf_config_get_text(config, field);
    if (text.len == 0)
        return;
    begin_field(out, field);
    gdf__builder_add_json(out, text);
}

static void render_number(gdf__builder *out, const gdf_config *config, gdf_config_field field)
{
    uint64_t number = gdf_config_get_number(config, field);
    if (number == 0)
        return;
    begin_field(out, field);
    gdf__builder_add_number(out, number);
}

static void render_list(gdf__builder *out, const gdf_config *config, gdf_config_field field)
{
    begin_field(out, field);
    gdf__builder_add_byte(out, '[');
    for (uint32_t i = 0; i < gdf_config_count_items(config, field); i++) {
        begin_element(out);
        gdf__builder_add_json(out, gdf_config_get_item(config, field, i));
    }
    gdf__builder_add_byte(out, ']');
}

/* Go writes a set as a map to nothing. */
static void render_map(gdf__builder *out, const gdf_config *config, gdf_config_field field)
{
    begin_field(out, field);
    gdf__builder_add_byte(out, '{');
    for (uint32_t i = 0; i < gdf_config_count_items(config, field); i++) {
        begin_member(out, gdf_config_get_item(config, field, i));
        if (field == GDF_CONFIG_LABELS)
            gdf__builder_add_json(out, gdf_config_get_label_value(config, i));
        else
            gdf__builder_add_text(out, "{}");
    }
    gdf__builder_add_byte(out, '}');
}

static void render_healthcheck(gdf__builder *out, const gdf_config *config)
{
    begin_member(out, GDF__LITERAL("Healthcheck"));
    gdf__builder_add_byte(out, '{');
    render_list(out, config, GDF_CONFIG_HEALTHCHECK_TEST);
    for (int field = GDF_CONFIG_HEALTHCHECK_INTERVAL; field <= GDF_CONFIG_HEALTHCHECK_RETRIES;
         field++)
        render_number(out, config, (gdf_config_field)field);
    gdf__builder_add_byte(out, '}');
}

static void render_member(gdf__builder *out, const gdf_config *config, gdf_config_field field,
                          shape form)
{
    bool is_empty = gdf_config_count_items(config, field) == 0;
    if (form == TEXT)
        render_text(out, config, field);
    else if (form == FLAG && gdf_config_get_number(config, field)) {
        begin_field(out, field);
        gdf__builder_add_text(out, "true");
    } else if (is_empty)
        return;
    else if (form == LIST)
        render_list(out, config, field);
    else if (form == HEALTHCHECK)
        render_healthcheck(out, config);
    else
        render_map(out, config, field);
}

static void render_history(gdf__builder *out, const gdf_config *config)
{
    begin_member(out, GDF__LITERAL("history"));
    gdf__builder_add_byte(out, '[');
    for (uint32_t i = 0; i < gdf_config_count_items(config, GDF_CONFIG_HISTORY); i++) {
        begin_element(out);
        gdf__builder_add_byte(out, '{');
        begin_field(out, GDF_CONFIG_HISTORY);
        gdf__builder_add_json(out, gdf_config_get_item(config, GDF_CONFIG_HISTORY, i));
        if (!gdf_config_is_layer(config, i))
            gdf__builder_add_text(out, ",\"empty_layer\":true");
        gdf__builder_add_byte(out, '}');
    }
    gdf__builder_add_byte(out, ']');
}

gdf_text *gdf_config_render_json(const gdf_config *config)
{
    if (!config)
        return NULL;
    gdf__builder out;
    gdf__builder_init(&out, &config->arena.allocator);
    gdf__builder_add_byte(&out, '{');
    render_text(&out, config, GDF_CONFIG_AUTHOR);
    render_text(&out, config, GDF_CONFIG_ARCHITECTURE);
    render_text(&out, config, GDF_CONFIG_VARIANT);
    render_text(&out, config, GDF_CONFIG_OS);
    render_text(&out, config, GDF_CONFIG_OS_VERSION);
    begin_member(&out, GDF__LITERAL("config"));
    gdf__builder_add_byte(&out, '{');
    for (size_t i = 0; i < sizeof MEMBERS / sizeof *MEMBERS; i++)
        render_member(&out, config, MEMBERS[i].field, MEMBERS[i].shape);
    gdf__builder_add_byte(&out, '}');
    render_history(&out, config);
    gdf__builder_add_byte(&out, '}');
    return gdf__builder_finish(&out);
}
