/* A program of somebody else: sees the installed headers and the installed library only. */
#include <stdio.h>
#include <string.h>

#include <godockerfile/base.h>
#include <godockerfile/options.h>

int main(void)
{
    gdf_options *options = gdf_options_create(NULL);
    gdf_status status = gdf_options_set_text(options, GDF_OPTION_FILE_NAME, "Dockerfile", 10);
    int good = status == GDF_OK && strcmp(gdf_version(), GDF_VERSION_STRING) == 0;
    gdf_options_free(options);
    puts(gdf_version());
    return good ? 0 : 1;
}
