/* The build context of the command line, and where Dockerfiles lie in it. */
#ifndef GODOCKERFILE_CONTEXT_H
#define GODOCKERFILE_CONTEXT_H

#include "settings.h"

/* Reads the directory into the settings. STATUS_ERROR after a message. */
int context_read(struct settings *settings, const char *directory);

/* Tells the options where the file lies in the context: relative to its root, or, when it lies
 * elsewhere, from the root of the file system. Nothing without a context. */
int context_place(const struct settings *settings, const char *name);

#endif
