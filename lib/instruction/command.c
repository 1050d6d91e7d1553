/* Commands: CMD, ENTRYPOINT, RUN, SHELL, and what follows HEALTHCHECK's CMD. */
#include "instruction/reader.h"

void gdf__command_read(gdf__reader *reader)
{
    gdf__parts_of_arguments(reader, gdf__reader_is_json(reader) ? GDF_PART_EXEC_ARGUMENT
                                                                : GDF_PART_COMMAND);
}

void gdf__shell_check(gdf__reader *reader)
{
    gdf__flags_check(reader);
    if (reader->arguments.count == 0)
        gdf__refuse_arguments(reader, " requires at least one argument");
    else if (!gdf__reader_is_json(reader))
        gdf__refuse_arguments(reader, " requires the arguments to be in JSON form");
}
