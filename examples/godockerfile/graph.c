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
    return work_on_document(arguments, draw);
}
