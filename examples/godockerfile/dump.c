/* godockerfile dump */
#include "commands.h"
#include "settings.h"

static int print_dump(const struct settings *settings, const struct arguments *arguments,
                      const gdf_document *document)
{
    gdf_dump_format format = (gdf_dump_format)arguments_choice(arguments, OPTION_AS);
    if (format == GDF_DUMP_BUILDKIT &&
        settings_check_size(settings, document, arguments->paths[0]) != STATUS_DONE)
        return STATUS_ERROR;
    gdf_text *text = gdf_document_dump(document, format);
    if (!text)
        return fail_memory();
    print_bytes(gdf_text_get(text));
    gdf_text_free(text);
    return STATUS_DONE;
}

int run_dump(const struct arguments *arguments)
{
    return work_on_document(arguments, print_dump);
}
