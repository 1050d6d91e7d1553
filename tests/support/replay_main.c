/* Feeds a fuzz target with files: `replay FILE-OR-DIRECTORY...`. Needs no fuzzer. */
#define _POSIX_C_SOURCE 200809L

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/fuzz_target.h"
#include "support/read_file.h"

enum { LONGEST_PATH = 4096 };

static size_t replayed;

static bool replay_file(const char *path)
{
    gdf_str contents;
    if (!read_file(path, &contents)) {
        fprintf(stderr, "%s: cannot be read\n", path);
        return false;
    }
    LLVMFuzzerTestOneInput((const uint8_t *)contents.ptr, contents.len);
    read_file_free(contents);
    replayed++;
    return true;
}

static bool replay_directory(const char *path, DIR *directory)
{
    bool good = true;
    for (struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        if (entry->d_name[0] == '.')
            continue;
        char file[LONGEST_PATH];
        int len = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        good = len > 0 && len < LONGEST_PATH && replay_file(file) && good;
    }
    return good;
}

static bool replay(const char *path)
{
    DIR *directory = opendir(path);
    if (directory == NULL)
        return replay_file(path);
    bool good = replay_directory(path, directory);
    closedir(directory);
    return good;
}

int main(int count, char **arguments)
{
    bool good = true;
    for (int i = 1; i < count; i++)
        good = replay(arguments[i]) && good;
    printf("%zu inputs replayed\n", replayed);
    return good && replayed > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
