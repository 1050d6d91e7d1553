#include <godockerfile/base.h>

const char *gdf_version(void)
{
    return GDF_VERSION_STRING;
}

const char *gdf_status_message(gdf_status status)
{
    switch (status) {
    case GDF_OK: return "ok";
    case GDF_ERROR_MEMORY: return "out of memory";
    case GDF_ERROR_ARGUMENT: return "invalid argument";
    case GDF_ERROR_CONFLICT: return "the edit overlaps an earlier edit";
    case GDF_ERROR_LIMIT: return "a limit was reached";
    case GDF_ERROR_IO: return "a file or directory could not be read";
    case GDF_ERROR_UNKNOWN: return "unknown name";
    }
    return "unknown status";
}
