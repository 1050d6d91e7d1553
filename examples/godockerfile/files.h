/* Which Dockerfiles there are, and what is in them. */
#ifndef GODOCKERFILE_FILES_H
#define GODOCKERFILE_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* Name of standard input. */
#define STANDARD_INPUT "-"

typedef struct file_list {
    char **names;
    size_t count;
    size_t capacity;
    bool from_directory; /* at least one of them was found below a directory */
} file_list;

/* Fills the list with the paths themselves and, for directories, the Dockerfiles below them,
 * sorted. STATUS_ERROR after a message for each path that cannot be used; the rest is in the list
 * all the same. Free it in any case. */
int files_find(file_list *list, char **paths, size_t path_count);
void files_free(file_list *list);

/* The whole file, or standard input: a block for free(), any bytes. NULL with errno set. */
char *file_read(const char *name, size_t *len);

#endif
