#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "program.h"

/* A longer file is no Dockerfile, and /dev/zero has no end. */
static const size_t LARGEST_FILE = (size_t)1 << 30;

static const size_t FIRST_BLOCK = 16384;

/* ---- The list -------------------------------------------------------------------------------- */

/* Takes over `name`; NULL stands for lack of memory. */
static bool add_name(file_list *list, char *name)
{
    if (name && list->count == list->capacity) {
        size_t capacity = list->capacity * 2 + 16;
        char **names = realloc(list->names, capacity * sizeof *names);
        if (names) {
            list->names = names;
            list->capacity = capacity;
        }
    }
    if (!name || list->count == list->capacity) {
        free(name);
        return false;
    }
    list->names[list->count++] = name;
    return true;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void files_free(file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
    *list = (file_list){0};
}

/* ---- Directories ----------------------------------------------------------------------------- */

static bool starts_with(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool ends_with(const char *name, const char *suffix)
{
    size_t len = strlen(name);
    size_t suffix_len = strlen(suffix);
    return len >= suffix_len && strcmp(name + len - suffix_len, suffix) == 0;
}

static bool is_dockerfile_name(const char *name)
{
    if (ends_with(name, ".dockerignore") || ends_with(name, ".containerignore"))
        return false;
    return strcmp(name, "Dockerfile") == 0 || starts_with(name, "Dockerfile.") ||
           ends_with(name, ".Dockerfile") || ends_with(name, ".dockerfile") ||
           starts_with(name, "Containerfile");
}

static char *join(const char *directory, const char *name)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", directory, ends_with(directory, "/") ? "" : "/", name);
    return path;
}

/* Puts the entry where it belongs: a directory on the stack, a Dockerfile into the list. */
static int add_entry(file_list *list, file_list *directories, const char *directory, int fd,
                     const char *name)
{
    struct stat entry;
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
        fstatat(fd, name, &entry, AT_SYMLINK_NOFOLLOW) != 0)
        return STATUS_DONE;
    file_list *where = NULL;
    if (S_ISDIR(entry.st_mode))
        where = strcmp(name, ".git") == 0 ? NULL : directories;
    else if (is_dockerfile_name(name) && fstatat(fd, name, &entry, 0) == 0 &&
             S_ISREG(entry.st_mode))
        where = list;
    return !where || add_name(where, join(directory, name)) ? STATUS_DONE : fail_memory();
}

static int read_directory(file_list *list, file_list *directories, const char *directory)
{
    DIR *stream = opendir(directory);
    if (!stream)
        return fail_file("read", directory);
    int status = STATUS_DONE;
    const struct dirent *entry = NULL;
    errno = 0;
    while (status == STATUS_DONE && (entry = readdir(stream)) != NULL) {
        status = add_entry(list, directories, directory, dirfd(stream), entry->d_name);
        errno = 0;
    }
    if (status == STATUS_DONE && errno != 0)
        status = fail_file("read", directory);
    closedir(stream);
    return status;
}

static int find_below(file_list *list, const char *root)
{
    int status = STATUS_DONE;
    size_t first = list->count;
    file_list directories = {0};
    if (!add_name(&directories, strdup(root)))
        status = fail_memory();
    while (directories.count > 0) {
        char *directory = directories.names[--directories.count];
        if (read_directory(list, &directories, directory) != STATUS_DONE)
            status = STATUS_ERROR;
        free(directory);
    }
    files_free(&directories);
    if (list->count == first && status == STATUS_DONE)
        return fail("no Dockerfile below %s", root);
    if (list->count > first)
        qsort(list->names + first, list->count - first, sizeof *list->names, compare_names);
    list->from_directory = true;
    return status;
}

int files_find(file_list *list, char **paths, size_t path_count)
{
    int status = STATUS_DONE;
    *list = (file_list){0};
    for (size_t i = 0; i < path_count; i++) {
        struct stat file;
        int found = STATUS_DONE;
        bool is_input = strcmp(paths[i], STANDARD_INPUT) == 0;
        if (!is_input && stat(paths[i], &file) != 0)
            found = fail_file("read", paths[i]);
        else if (!is_input && S_ISDIR(file.st_mode))
            found = find_below(list, paths[i]);
        else if (!add_name(list, strdup(paths[i])))
            found = fail_memory();
        if (found != STATUS_DONE)
            status = found;
    }
    return status;
}

/* ---- Contents -------------------------------------------------------------------------------- */

static char *read_stream(FILE *stream, size_t *len)
{
    size_t capacity = FIRST_BLOCK;
    char *bytes = malloc(capacity);
    *len = 0;
    while (bytes) {
        *len += fread(bytes + *len, 1, capacity - *len, stream);
        if (*len < capacity)
            break;
        if (capacity > LARGEST_FILE) {
            errno = EFBIG;
            free(bytes);
            return NULL;
        }
        capacity *= 2;
        char *more = realloc(bytes, capacity);
        if (!more)
            free(bytes);
        bytes = more;
    }
    if (bytes && ferror(stream)) {
        int reason = errno;
        free(bytes);
        errno = reason;
        return NULL;
    }
    return bytes;
}

char *file_read(const char *name, size_t *len)
{
    if (strcmp(name, STANDARD_INPUT) == 0)
        return read_stream(stdin, len);
    FILE *stream = fopen(name, "rb");
    if (!stream)
        return NULL;
    char *bytes = read_stream(stream, len);
    int reason = errno;
    fclose(stream);
    errno = reason;
    return bytes;
}
