#include "support/read_file.h"

#include <stdio.h>
#include <stdlib.h>

static bool read_all(FILE *file, gdf_str *contents)
{
    size_t len = 0;
    size_t capacity = 4096;
    char *bytes = malloc(capacity);
    while (bytes != NULL) {
        len += fread(bytes + len, 1, capacity - len - 1, file);
        if (feof(file) || ferror(file))
            break;
        char *larger = realloc(bytes, capacity * 2);
        if (larger == NULL)
            free(bytes);
        bytes = larger;
        capacity *= 2;
    }
    if (bytes == NULL)
        return false;
    if (ferror(file)) {
        free(bytes);
        return false;
    }
    bytes[len] = '\0';
    *contents = (gdf_str){bytes, len};
    return true;
}

bool read_file(const char *path, gdf_str *contents)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return false;
    bool done = read_all(file, contents);
    (void)fclose(file);
    return done;
}

void read_file_free(gdf_str contents)
{
    free((void *)(uintptr_t)contents.ptr);
}
