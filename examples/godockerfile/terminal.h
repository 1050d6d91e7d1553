/* What depends on whether somebody looks on. */
#ifndef GODOCKERFILE_TERMINAL_H
#define GODOCKERFILE_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#include "arguments.h"

/* Whether standard output gets colours: --color, NO_COLOR, TERM and the terminal decide. */
bool terminal_has_color(const struct arguments *arguments);

/* A line on standard error that says how far the work is. Silent for few files, or when standard
 * error is no terminal. */
struct progress {
    size_t total;
    size_t step; /* files between two updates; 0 = silent */
    bool shown;
};

struct progress progress_begin(size_t total);
/* Shows that `done` files are done. */
void progress_show(struct progress *progress, size_t done);
/* Erases the line; call it before anything else is printed, and at the end. */
void progress_erase(struct progress *progress);

#endif
