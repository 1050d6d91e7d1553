/* Files as test input. */
#ifndef GDF_TESTS_READ_FILE_H
#define GDF_TESTS_READ_FILE_H

#include <stdbool.h>

#include <godockerfile/base.h>

/* Reads the whole file into a malloc'ed block with a NUL byte behind it: `*contents` borrows it,
 * the caller frees contents->ptr through read_file_free(). False when it cannot be read. */
bool read_file(const char *path, gdf_str *contents);

/* Frees what read_file() gave. */
void read_file_free(gdf_str contents);

#endif
