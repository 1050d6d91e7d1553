/* The files of a tar archive, in memory. */
#ifndef GDF_TESTS_PACKED_FILES_H
#define GDF_TESTS_PACKED_FILES_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/table.h"

typedef struct packed_file {
    gdf_str name; /* as in the archive */
    gdf_str text;
} packed_file;

typedef struct packed_files {
    gdf__arena arena;
    gdf__table files; /* of packed_file, sorted by name */
} packed_files;

/* Reads the archive `name`, perhaps packed, of the shared directory (see golden_rows.h). False,
 * with a word to the user, when it is absent. */
bool packed_files_open(packed_files *files, const char *name);
void packed_files_close(packed_files *files);

/* The contents of a file; false when the archive has none of that name. */
bool packed_files_find(const packed_files *files, gdf_str name, gdf_str *text);

#endif
