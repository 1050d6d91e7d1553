/* godockerfile config */
#include "commands.h"
#include "settings.h"

static int print_config(const gdf_config *config)
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

static int show(const gdf_config *config, const char *name)
{
    if (gdf_config_get_error(config).len)
        return report_error(config, name);
    if (!gdf_config_is_complete(config))
        return fail("%s: the image config grows out of all proportion", name);
    return print_config(config);
}

static int predict(const struct settings *settings, const gdf_document *document, const char *name)
{
    gdf_build *build = gdf_build_create(document, settings->options);
    gdf_config *config = gdf_config_create(build, settings->options);
    int status = config ? show(config, name) : fail_memory();
    gdf_config_free(config);
    gdf_build_free(build);
    return status;
}

int run_config(const struct arguments *arguments)
{
    if (arguments->path_count != 1)
        return fail_usage(arguments->command_name, "one PATH is needed: a file, or -");
    struct settings settings;
    int status = settings_make(&settings, arguments);
    if (status == STATUS_DONE) {
        gdf_document *document = settings_parse(&settings, arguments->paths[0]);
        status = document ? predict(&settings, document, arguments->paths[0]) : STATUS_ERROR;
        gdf_document_free(document);
    }
    settings_free(&settings);
    return status;
}
