/* Writing files as a whole: first everything beside its place, then each into its place. */
#ifndef GODOCKERFILE_WRITE_FILE_H
#define GODOCKERFILE_WRITE_FILE_H

#include <stdbool.h>

#include <godockerfile.h>

/* A file that is written and synced, but not in its place. */
typedef struct pending_write {
    char *target;
    char *temporary;
    bool is_new;
} pending_write;

/* Prepares new contents of `path`: beside the file, with its mode; of a symbolic link the target is
 * meant. STATUS_ERROR after a message, with nothing left behind. */
int write_prepare(pending_write *pending, const char *path, gdf_str content);
/* The same for a file that does not exist. */
int write_prepare_new(pending_write *pending, const char *path, gdf_str content);

/* Puts the file into its place in one step; a new file never replaces one that appeared meanwhile.
 * Ends the pending write also when it fails. */
int write_commit(pending_write *pending);
/* Takes back a prepared write. */
void write_cancel(pending_write *pending);

#endif
