#include "write_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "program.h"

static const mode_t MODE_BITS = 07777;
static const mode_t MODE_OF_NEW_FILES = 0666;

static size_t directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* A name in the target's directory, as mkstemp() wants it. */
static char *temporary_name(const char *target)
{
    static const char NAME[] = ".godockerfile.XXXXXX";
    size_t directory = directory_length(target);
    char *name = malloc(directory + sizeof NAME);
    if (name) {
        memcpy(name, target, directory);
        memcpy(name + directory, NAME, sizeof NAME);
    }
    return name;
}

static bool write_all(int fd, gdf_str content)
{
    while (content.len > 0) {
        ssize_t count = write(fd, content.ptr, content.len);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        content.ptr += count;
        content.len -= (size_t)count;
    }
    return true;
}

/* Owner and mode are those of the old file; who may not give files away keeps them. */
static bool copy_attributes(int fd, const struct stat *old)
{
    if (fchown(fd, old->st_uid, old->st_gid) != 0 && errno != EPERM)
        return false;
    return fchmod(fd, old->st_mode & MODE_BITS) == 0;
}

static bool fill_temporary(int fd, gdf_str content, const struct stat *old)
{
    bool done = copy_attributes(fd, old) && write_all(fd, content) && fsync(fd) == 0;
    int reason = errno;
    if (close(fd) != 0 && done)
        return false;
    errno = reason;
    return done;
}

/* Ends the pending write: its temporary file is gone or in its place. */
static void forget(pending_write *pending)
{
    free(pending->target);
    free(pending->temporary);
    *pending = (pending_write){0};
}

/* Ends it with the status of a message that was printed. */
static int give_up(pending_write *pending, int status)
{
    forget(pending);
    return status;
}

/* `pending` has its target. */
static int prepare(pending_write *pending, const char *path, gdf_str content,
                   const struct stat *attributes)
{
    pending->temporary = temporary_name(pending->target);
    int fd = pending->temporary ? mkstemp(pending->temporary) : -1;
    if (fd < 0)
        return give_up(pending, fail_file("write", path));
    if (!fill_temporary(fd, content, attributes)) {
        int status = fail_file("write", path);
        write_cancel(pending);
        return status;
    }
    return STATUS_DONE;
}

int write_prepare(pending_write *pending, const char *path, gdf_str content)
{
    struct stat old;
    *pending = (pending_write){.target = realpath(path, NULL)};
    if (!pending->target || stat(pending->target, &old) != 0)
        return give_up(pending, fail_file("write", path));
    if (!S_ISREG(old.st_mode))
        return give_up(pending, fail("cannot write %s: it is no regular file", path));
    return prepare(pending, path, content, &old);
}

int write_prepare_new(pending_write *pending, const char *path, gdf_str content)
{
    mode_t mask = umask(0);
    umask(mask);
    struct stat attributes = {
        .st_mode = MODE_OF_NEW_FILES & ~mask, .st_uid = geteuid(), .st_gid = getegid()};
    *pending = (pending_write){.target = strdup(path), .is_new = true};
    if (!pending->target)
        return fail_memory();
    return prepare(pending, path, content, &attributes);
}

/* Makes the change of names last, where the file system can do that. */
static void sync_directory(const char *target)
{
    char *directory = strdup(target);
    if (!directory)
        return;
    directory[directory_length(target)] = '\0';
    int fd = open(directory[0] ? directory : ".", O_RDONLY | O_DIRECTORY);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    free(directory);
}

int write_commit(pending_write *pending)
{
    int done = pending->is_new ? link(pending->temporary, pending->target)
                               : rename(pending->temporary, pending->target);
    int status = done == 0 ? STATUS_DONE : fail_file("write", pending->target);
    if (pending->is_new || done != 0)
        unlink(pending->temporary);
    if (done == 0)
        sync_directory(pending->target);
    forget(pending);
    return status;
}

void write_cancel(pending_write *pending)
{
    if (pending->temporary)
        unlink(pending->temporary);
    forget(pending);
}
