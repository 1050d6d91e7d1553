/* The commands. Each returns the exit status; messages went to standard error. */
#ifndef GODOCKERFILE_COMMANDS_H
#define GODOCKERFILE_COMMANDS_H

#include "arguments.h"

typedef int (*command_function)(const struct arguments *);

#define COMMAND(id, name, function, usage, summary, help) \
    int function(const struct arguments *arguments);
#include "commands.def"
#undef COMMAND

#endif
