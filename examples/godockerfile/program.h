/* What every part of the program shares: exit statuses and messages. */
#ifndef GODOCKERFILE_PROGRAM_H
#define GODOCKERFILE_PROGRAM_H

#include <godockerfile.h>

enum {
    STATUS_DONE = 0,
    STATUS_FINDINGS = 1,
    STATUS_ERROR = 2 /* a wrong command line, a file that cannot be read or written */
};

/* Prints "godockerfile: " and the message to standard error. Always STATUS_ERROR. */
int fail(const char *format, ...);
/* The same for a wrong command line: says how to get the help of `command` (NULL: of all). */
int fail_usage(const char *command, const char *format, ...);
/* The same for a file: names it and the reason in errno. */
int fail_file(const char *action, const char *path);
int fail_memory(void);

/* Bytes of the library to standard output; errors are found by finish_output(). */
void print_bytes(gdf_str text);
/* Flushes standard output. `status`, or STATUS_ERROR when not all of it could be written. */
int finish_output(int status);

#endif
