#define _POSIX_C_SOURCE 200809L

#include "support/input_files.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/read_file.h"

enum { LONGEST_PATH = 4096 };

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool read_input(input_file *input, const char *directory, const char *name)
{
    char path[LONGEST_PATH];
    int len = snprintf(path, sizeof path, "%s/%s", directory, name);
    if (len < 0 || len >= LONGEST_PATH || !read_file(path, &input->text))
        return false;
    input->name = strdup(name);
    return input->name != NULL;
}

bool input_files_read(input_files *inputs, const char *directory)
{
    struct dirent **entries = NULL;
    int count = scandir(directory, &entries, is_visible, alphasort);
    *inputs = (input_files){.files = NULL};
    bool good = count > 0;
    if (good)
        inputs->files = calloc((size_t)count, sizeof *inputs->files);
    for (int i = 0; i < count; i++) {
        good = good && inputs->files &&
               read_input(&inputs->files[inputs->count], directory, entries[i]->d_name);
        inputs->count += good;
        free(entries[i]);
    }
    free(entries);
    if (!good)
        input_files_free(inputs);
    return good;
}

void input_files_free(input_files *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        read_file_free(inputs->files[i].text);
        free(inputs->files[i].name);
    }
    free(inputs->files);
    *inputs = (input_files){.files = NULL};
}
