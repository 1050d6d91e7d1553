/* gdf_project_add_directory: a directory of the file system as a build context. */
#include "project/project.h"

#ifdef _WIN32

/* cppcheck-suppress constParameter ; the signature is public */
gdf_status gdf_project_add_directory(gdf_project *project, const char *directory)
{
    return project && directory ? GDF_ERROR_IO : GDF_ERROR_ARGUMENT;
}

#else

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/builder.h"
#include "base/slice.h"

enum {
    MAX_ENTRIES = 100000,
    MAX_CONTENT = 16 * 1024 * 1024 /* no file that we read is nearly as long */
};

typedef struct walk {
    gdf_project *project;
    gdf__arena arena;   /* paths of the directories */
    gdf__table pending; /* of gdf_str: directories to be read, relative, with a slash behind */
    gdf__builder path;  /* of the entry: the root, a slash, the relative path, a NUL */
    size_t root_len;    /* where the relative path starts */
    gdf__builder content;
    uint32_t entries;
    gdf_status status;
    int reason; /* of GDF_ERROR_IO, as errno has it */
} walk;

static bool is_wanted_content(gdf_str path)
{
    static const char *const NAMES[] = {"go.mod", "go.work", "vendor/modules.txt"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        size_t len = strlen(NAMES[i]);
        if (gdf__str_ends(path, NAMES[i]) &&
            (path.len == len || path.ptr[path.len - len - 1] == '/'))
            return true;
    }
    return gdf__str_ends(path, ".dockerignore");
}

/* As a C string. */
static const char *full_path(const walk *work)
{
    return gdf__builder_get(&work->path).ptr;
}

static gdf_str relative_path(const walk *work)
{
    gdf_str path = gdf__builder_get(&work->path);
    return gdf__str_slice(path, work->root_len, path.len - 1);
}

/* What work->path names cannot be read. */
static void note_unreadable(walk *work)
{
    if (work->status != GDF_OK || work->path.failed)
        return;
    work->status = GDF_ERROR_IO;
    work->reason = errno;
    work->project->unreadable = gdf__arena_copy(&work->project->arena, relative_path(work));
}

/* Reads the file at work->path into work->content. */
static bool read_content(walk *work)
{
    gdf__builder_clear(&work->content);
    FILE *file = fopen(full_path(work), "rb");
    if (!file)
        return false;
    char buffer[BUFSIZ];
    size_t len = 0;
    while (work->content.len < MAX_CONTENT && (len = fread(buffer, 1, sizeof buffer, file)) > 0)
        gdf__builder_add(&work->content, (gdf_str){buffer, len});
    bool complete = !ferror(file) && work->content.len < MAX_CONTENT;
    if (!complete && !ferror(file))
        errno = EFBIG;
    int reason = errno;
    bool is_closed = fclose(file) == 0;
    errno = complete ? errno : reason;
    return is_closed && complete;
}

static void add_file(walk *work)
{
    gdf_str path = relative_path(work);
    gdf_str content = {NULL, 0};
    if (is_wanted_content(path)) {
        if (read_content(work))
            content = gdf__builder_get(&work->content);
        else
            note_unreadable(work);
    }
    gdf_status status =
        gdf_project_add_file(work->project, path.ptr, path.len, content.ptr, content.len);
    if (status == GDF_ERROR_MEMORY)
        work->status = status;
}

static void add_directory(walk *work)
{
    gdf_str path = relative_path(work);
    if (gdf__str_is(path, ".git") || gdf__str_ends(path, "/.git"))
        return;
    gdf_str *row = gdf__table_add(&work->pending);
    if (row)
        *row = gdf__arena_copy(&work->arena, path);
}

static void set_path(walk *work, gdf_str directory, const char *name)
{
    work->path.len = work->root_len;
    gdf__builder_add(&work->path, directory);
    if (directory.len && *name)
        gdf__builder_add_byte(&work->path, '/');
    gdf__builder_add_text(&work->path, name);
    gdf__builder_add_byte(&work->path, '\0');
}

static void take_entry(walk *work, gdf_str directory, const char *name)
{
    struct stat entry;
    set_path(work, directory, name);
    if (work->path.failed)
        return;
    if (lstat(full_path(work), &entry) != 0)
        note_unreadable(work);
    else if (S_ISDIR(entry.st_mode))
        add_directory(work);
    else if (S_ISREG(entry.st_mode))
        add_file(work);
    else if (S_ISLNK(entry.st_mode)) {
        gdf_str path = relative_path(work);
        if (gdf_project_add_file(work->project, path.ptr, path.len, NULL, 0) == GDF_ERROR_MEMORY)
            work->status = GDF_ERROR_MEMORY;
    }
}

static bool goes_on(const walk *work)
{
    return work->status != GDF_ERROR_MEMORY && work->status != GDF_ERROR_LIMIT &&
           !work->path.failed && !work->content.failed && !work->pending.failed &&
           !work->arena.failed;
}

static void read_directory(walk *work, gdf_str directory)
{
    set_path(work, directory, "");
    DIR *stream = work->path.failed ? NULL : opendir(full_path(work));
    if (!stream) {
        note_unreadable(work);
        return;
    }
    errno = 0;
    const struct dirent *entry = NULL;
    while (goes_on(work) && (entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            if (work->entries++ == MAX_ENTRIES)
                work->status = GDF_ERROR_LIMIT;
            else
                take_entry(work, directory, entry->d_name);
        }
        errno = 0;
    }
    if (!entry && errno != 0) {
        set_path(work, directory, "");
        note_unreadable(work);
    }
    closedir(stream);
}

static gdf_status run(walk *work, gdf_str root)
{
    gdf__builder_add(&work->path, root);
    if (!gdf__str_ends(root, "/"))
        gdf__builder_add_byte(&work->path, '/');
    work->root_len = work->path.len;
    gdf_str *first = gdf__table_add(&work->pending);
    if (first)
        *first = gdf__empty;
    while (goes_on(work) && work->pending.count > 0) {
        gdf_str directory = *GDF__AT(work->pending, gdf_str, work->pending.count - 1);
        work->pending.count--;
        read_directory(work, directory);
    }
    bool failed = !goes_on(work) && work->status != GDF_ERROR_LIMIT;
    return failed ? GDF_ERROR_MEMORY : work->status;
}

gdf_status gdf_project_add_directory(gdf_project *project, const char *directory)
{
    if (!project || !directory || !*directory)
        return GDF_ERROR_ARGUMENT;
    const gdf_allocator *allocator = &project->arena.allocator;
    walk work = {.project = project};
    project->unreadable = gdf__empty;
    gdf__arena_init(&work.arena, allocator);
    gdf__table_init(&work.pending, allocator, sizeof(gdf_str));
    gdf__builder_init(&work.path, allocator);
    gdf__builder_init(&work.content, allocator);
    gdf_status status = run(&work, gdf__str(directory));
    gdf__builder_free(&work.content);
    gdf__builder_free(&work.path);
    gdf__table_free(&work.pending);
    gdf__arena_free(&work.arena);
    if (status == GDF_ERROR_IO)
        errno = work.reason;
    return status;
}

#endif
