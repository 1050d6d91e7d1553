/* Prints what each stage of a Dockerfile is built from:
 *
 *     list_base_images [NAME=VALUE...] < Dockerfile
 *
 * NAME=VALUE are build arguments. A stage on another stage shows the image at the root of the
 * chain. */
#include <stdio.h>
#include <string.h>

#include <godockerfile.h>

/* A Dockerfile of a megabyte is none. */
static char source[1 << 20];

static void print(const char *label, gdf_str text)
{
    if (text.len)
        printf("%s%.*s", label, (int)text.len, text.ptr);
}

static void list_stages(const gdf_document *document, const gdf_build *build)
{
    for (gdf_stage stage = 1; stage <= gdf_build_count_stages(build); stage++) {
        gdf_node from = gdf_stage_get_instruction(build, stage);
        printf("line %u: ", gdf_node_get_first_line(document, from));
        if (gdf_stage_is_base_unknown(build, stage))
            fputs("(depends on a build argument)", stdout);
        else
            print("", gdf_stage_get_root_image(build, stage));
        print(" for ", gdf_stage_get_platform(build, stage));
        print(" as ", gdf_stage_get_name(build, stage));
        if (gdf_stage_get_base_stage(build, stage))
            print(" on stage ", gdf_stage_get_base(build, stage));
        puts(gdf_stage_is_reachable(build, stage) ? "" : " (not needed)");
    }
}

int main(int count, char **words)
{
    size_t len = fread(source, 1, sizeof source, stdin);
    gdf_options *options = gdf_options_create(NULL);
    for (int i = 1; i < count; i++)
        gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, words[i], strlen(words[i]));
    gdf_document *document = gdf_document_parse(source, len, options);
    gdf_build *build = gdf_build_create(document, options);
    list_stages(document, build);
    int status = build ? 0 : 2;
    gdf_build_free(build);
    gdf_document_free(document);
    gdf_options_free(options);
    return status;
}
