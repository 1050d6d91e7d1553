/* godockerfile config */
#include "commands.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "settings.h"

/* Choices of --format. */
enum { SHOW_TEXT, SHOW_JSON };

/* What the text shows, in order, and under which name. */
static const struct {
    gdf_config_field field;
    const char *label;
} ROWS[] = {
    {GDF_CONFIG_ARCHITECTURE, "architecture"},
    {GDF_CONFIG_VARIANT, "variant"},
    {GDF_CONFIG_OS, "os"},
    {GDF_CONFIG_OS_VERSION, "os.version"},
    {GDF_CONFIG_AUTHOR, "author"},
    {GDF_CONFIG_USER, "User"},
    {GDF_CONFIG_WORKING_DIR, "WorkingDir"},
    {GDF_CONFIG_ENV, "Env"},
    {GDF_CONFIG_ENTRYPOINT, "Entrypoint"},
    {GDF_CONFIG_CMD, "Cmd"},
    {GDF_CONFIG_SHELL, "Shell"},
    {GDF_CONFIG_EXPOSED_PORTS, "ExposedPorts"},
    {GDF_CONFIG_VOLUMES, "Volumes"},
    {GDF_CONFIG_LABELS, "Labels"},
    {GDF_CONFIG_STOP_SIGNAL, "StopSignal"},
    {GDF_CONFIG_HEALTHCHECK_TEST, "Healthcheck"},
    {GDF_CONFIG_HEALTHCHECK_INTERVAL, "  interval"},
    {GDF_CONFIG_HEALTHCHECK_TIMEOUT, "  timeout"},
    {GDF_CONFIG_HEALTHCHECK_START_PERIOD, "  start period"},
    {GDF_CONFIG_HEALTHCHECK_START_INTERVAL, "  start interval"},
    {GDF_CONFIG_HEALTHCHECK_RETRIES, "  retries"},
    {GDF_CONFIG_ON_BUILD, "OnBuild"},
    {GDF_CONFIG_HISTORY, "history"},
    {GDF_CONFIG_IMAGES, "images"},
};

enum { LABEL_WIDTH = 18 };

static const double NANOSECONDS = 1e9;

/* The lines of the text, those after the first below it. */
static void print_row(const char *label, const char *mark, gdf_str text)
{
    size_t start = 0;
    do {
        const char *end = memchr(text.ptr + start, '\n', text.len - start);
        size_t len = end ? (size_t)(end - text.ptr) - start : text.len - start;
        printf("%-*s%-*s", LABEL_WIDTH, start ? "" : label, (int)strlen(mark), start ? "" : mark);
        print_bytes((gdf_str){text.ptr + start, len});
        putchar('\n');
        start += len + 1;
    } while (start < text.len);
}

static void print_label(const char *label, gdf_str name, gdf_str value)
{
    printf("%-*s", LABEL_WIDTH, label);
    print_bytes(name);
    putchar('=');
    print_bytes(value);
    putchar('\n');
}

static void print_items(const gdf_config *config, gdf_config_field field, const char *label)
{
    for (uint32_t i = 0; i < gdf_config_count_items(config, field); i++) {
        gdf_str item = gdf_config_get_item(config, field, i);
        const char *mark = field != GDF_CONFIG_HISTORY      ? ""
                           : gdf_config_is_layer(config, i) ? "layer  "
                                                            : "       ";
        if (field == GDF_CONFIG_LABELS)
            print_label(i ? "" : label, item, gdf_config_get_label_value(config, i));
        else
            print_row(i ? "" : label, mark, item);
    }
}

static void print_number(gdf_config_field field, const char *label, uint64_t number)
{
    if (field == GDF_CONFIG_HEALTHCHECK_RETRIES)
        printf("%-*s%" PRIu64 "\n", LABEL_WIDTH, label, number);
    else
        printf("%-*s%.12gs\n", LABEL_WIDTH, label, (double)number / NANOSECONDS);
}

static int print_text(const gdf_config *config)
{
    for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++) {
        gdf_str text = gdf_config_get_text(config, ROWS[i].field);
        uint64_t number = gdf_config_get_number(config, ROWS[i].field);
        if (text.len)
            print_row(ROWS[i].label, "", text);
        if (number)
            print_number(ROWS[i].field, ROWS[i].label, number);
        print_items(config, ROWS[i].field, ROWS[i].label);
    }
    if (!gdf_config_is_base_known(config))
        printf("What the base image sets is not known: see --image-config.\n");
    return STATUS_DONE;
}

static int print_json(const gdf_config *config)
{
    gdf_text *text = gdf_config_render_json(config);
    if (!text)
        return fail_memory();
    print_bytes(gdf_text_get(text));
    print_bytes((gdf_str){"\n", 1});
    gdf_text_free(text);
    return STATUS_DONE;
}

static int report_error(const gdf_config *config, const char *name)
{
    gdf_str error = gdf_config_get_error(config);
    if (gdf_config_count_error_places(config))
        fail("%s:%u: %.*s", name, (unsigned)gdf_config_get_error_first_line(config, 0),
             (int)error.len, error.ptr);
    else
        fail("%s: %.*s", name, (int)error.len, error.ptr);
    return STATUS_FINDINGS;
}

static int show(const gdf_config *config, const struct arguments *arguments)
{
    const char *name = arguments->paths[0];
    if (gdf_config_get_error(config).len)
        return report_error(config, name);
    gdf_str limit = gdf_config_get_limit(config);
    if (limit.len)
        return fail("%s: %.*s", name, (int)limit.len, limit.ptr);
    return arguments_choice(arguments, OPTION_SHOW) == SHOW_JSON ? print_json(config)
                                                                 : print_text(config);
}

static int predict(const struct settings *settings, const struct arguments *arguments,
                   const gdf_document *document)
{
    gdf_build *build = gdf_build_create(document, settings->options);
    gdf_config *config = gdf_config_create(build, settings->options);
    int status = config ? show(config, arguments) : fail_memory();
    gdf_config_free(config);
    gdf_build_free(build);
    return status;
}

int run_config(const struct arguments *arguments)
{
    return work_on_document(arguments, predict);
}
