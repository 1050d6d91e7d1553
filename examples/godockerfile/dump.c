/* godockerfile dump */
#include "commands.h"
#include "settings.h"

static int print_dump(const struct settings *settings, const struct arguments *arguments,
                      const gdf_document *document)
{
    (void)settings;
    gdf_text *text =
        gdf_document_dump(document, (gdf_dump_format)arguments_choice(arguments, OPTION_AS));
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
