/* All files of a directory as test inputs. */
#ifndef GDF_TESTS_INPUT_FILES_H
#define GDF_TESTS_INPUT_FILES_H

#include <stdbool.h>

#include <godockerfile/base.h>

typedef struct input_file {
    char *name; /* without the directory */
    gdf_str text;
} input_file;

typedef struct input_files {
    input_file *files; /* sorted by name */
    size_t count;
} input_files;

/* Reads the files of the directory whose names do not start with a dot. False, with nothing to
 * free, when one cannot be read. */
bool input_files_read(input_files *inputs, const char *directory);
void input_files_free(input_files *inputs);

#endif
