/* godockerfile dump */
#include "commands.h"
#include "settings.h"

static int print_dump(const gdf_document *document, gdf_dump_format format)
{
    gdf_text *text = gdf_document_dump(document, format);
    if (!text)
        return fail_memory();
    print_bytes(gdf_text_get(text));
    gdf_text_free(text);
    return STATUS_DONE;
}

int run_dump(const struct arguments *arguments)
{
    if (arguments->path_count != 1)
        return fail_usage(arguments->command_name, "one PATH is needed: a file, or -");
    struct settings settings;
    int status = settings_make(&settings, arguments);
    if (status == STATUS_DONE) {
        gdf_document *document = settings_parse(&settings, arguments->paths[0]);
        gdf_dump_format format = (gdf_dump_format)arguments_choice(arguments, OPTION_AS);
        status = document ? print_dump(document, format) : STATUS_ERROR;
        gdf_document_free(document);
    }
    settings_free(&settings);
    return status;
}
