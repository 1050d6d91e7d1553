#include "context.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "files.h"

static char *join(const char *directory, const char *name)
{
    size_t size = strlen(directory) + strlen(name) + 2;
    bool needs_slash = !directory[0] || directory[strlen(directory) - 1] != '/';
    char *path = malloc(size);
    if (path)
        snprintf(path, size, "%s%s%s", directory, needs_slash ? "/" : "", name);
    return path;
}

/* Names what it was, below the directory, and why, as errno has it. */
static int fail_unreadable(const gdf_project *project, const char *directory)
{
    int reason = errno;
    gdf_str unreadable = gdf_project_get_unreadable(project);
    if (unreadable.len == 0)
        return fail_file("read", directory);
    char *name = strndup(unreadable.ptr, unreadable.len);
    char *path = name ? join(directory, name) : NULL;
    errno = reason;
    int status = path ? fail_file("read", path) : fail_memory();
    free(path);
    free(name);
    return status;
}

int context_read(struct settings *settings, const char *directory)
{
    if (!directory[0])
        return fail("--context: '' is no directory");
    settings->project = gdf_project_create(settings->options);
    if (!settings->project)
        return fail_memory();
    settings->context = directory;
    settings->context_root = realpath(directory, NULL);
    if (!settings->context_root)
        return fail_file("read", directory);
    switch (gdf_project_add_directory(settings->project, directory)) {
    case GDF_OK: return STATUS_DONE;
    case GDF_ERROR_IO: return fail_unreadable(settings->project, directory);
    case GDF_ERROR_LIMIT: return fail("%s holds too many files", directory);
    default: return fail_memory();
    }
}

/* The file's path without symbolic links but for its own name, which the builder takes as it is. */
static char *absolute_path(const char *name)
{
    const char *slash = strrchr(name, '/');
    char *directory = slash ? strndup(name, (size_t)(slash - name) + 1) : strdup(".");
    char *real = directory ? realpath(directory, NULL) : NULL;
    char *path = real ? join(strcmp(real, "/") == 0 ? "" : real, slash ? slash + 1 : name) : NULL;
    free(real);
    free(directory);
    return path;
}

int context_place(const struct settings *settings, const char *name)
{
    if (!settings->context_root || strcmp(name, STANDARD_INPUT) == 0)
        return STATUS_DONE;
    char *path = absolute_path(name);
    if (!path)
        return fail_file("read", name);
    size_t root = strlen(settings->context_root);
    bool is_inside = strncmp(path, settings->context_root, root) == 0 &&
                     (path[root] == '/' || settings->context_root[root - 1] == '/');
    const char *place = is_inside ? path + root + (path[root] == '/') : path;
    gdf_status status =
        gdf_options_set_text(settings->options, GDF_OPTION_CONTEXT_PATH, place, strlen(place));
    free(path);
    return status == GDF_OK ? STATUS_DONE : fail_memory();
}
