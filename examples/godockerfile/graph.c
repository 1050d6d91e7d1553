/* godockerfile graph */
#include <stdio.h>

#include "commands.h"
#include "nearest.h"
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

static int fail_target(const gdf_build *build, const char *path, const char *target)
{
    nearest search = {.word = target};
    for (gdf_stage stage = 1; stage <= gdf_build_count_stages(build); stage++) {
        gdf_str name = gdf_stage_get_name(build, stage);
        char text[NEAREST_LONGEST + 1];
        snprintf(text, sizeof text, "%.*s", (int)name.len, name.ptr);
        if (name.len < sizeof text)
            nearest_try(&search, text);
    }
    return fail("%s has no stage '%s'%s", path, target, nearest_question(&search));
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
        status = fail_target(build, arguments->paths[0], target);
    else
        status = print_graph(build, (gdf_graph_format)arguments_choice(arguments, OPTION_DRAW));
    gdf_build_free(build);
    return status;
}

int run_graph(const struct arguments *arguments)
{
    return work_on_document(arguments, draw);
}
