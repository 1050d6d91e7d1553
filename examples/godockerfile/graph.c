/* godockerfile graph */
#include "commands.h"
#include "settings.h"

static int print_graph(const gdf_build *build, gdf_graph_format format)
{
    gdf_text *text = gdf_build_render_graph(build, format);
    if (!text)
        return fail_memory();
    print_bytes(gdf_text_get(text));
    gdf_text_free(text);
    return STATUS_DONE;
}

static int draw(const struct settings *settings, const struct arguments *arguments,
                const gdf_document *document)
{
    gdf_build *build = gdf_build_create(document, settings->options);
    if (!build)
        return fail_memory();
    const char *target = arguments_get(arguments, OPTION_TARGET);
    int status = STATUS_ERROR;
    if (target && target[0] && !gdf_build_get_target(build))
        fail("%s has no stage '%s'", arguments->paths[0], target);
    else
        status = print_graph(build, (gdf_graph_format)arguments_choice(arguments, OPTION_DRAW));
    gdf_build_free(build);
    return status;
}

int run_graph(const struct arguments *arguments)
{
    if (arguments->path_count != 1)
        return fail_usage(arguments->command_name, "one PATH is needed: a file, or -");
    struct settings settings;
    int status = settings_make(&settings, arguments);
    if (status == STATUS_DONE) {
        gdf_document *document = settings_parse(&settings, arguments->paths[0]);
        status = document ? draw(&settings, arguments, document) : STATUS_ERROR;
        gdf_document_free(document);
    }
    settings_free(&settings);
    return status;
}
