/* The command line, checked against the tables of commands and options. */
#ifndef GODOCKERFILE_ARGUMENTS_H
#define GODOCKERFILE_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum command_id {
#define COMMAND(id, name, function, usage, summary, help) COMMAND_##id,
#include "commands.def"
#undef COMMAND
    COMMAND_COUNT
} command_id;

/* Bits: which commands take an option. */
enum {
#define COMMAND(id, name, function, usage, summary, help) FOR_##id = 1 << COMMAND_##id,
#include "commands.def"
#undef COMMAND
};

typedef enum option_id {
#define OPTION(id, name, argument, choices, commands, help) OPTION_##id,
#include "options.def"
#undef OPTION
    OPTION_COUNT
} option_id;

typedef struct option_row {
    const char *name;
    const char *argument;
    const char *choices;
    unsigned commands;
    const char *help;
} option_row;

extern const option_row OPTIONS[OPTION_COUNT];

/* An option as it was given. */
typedef struct given_option {
    option_id option;
    const char *value; /* "" without an argument */
} given_option;

struct arguments {
    command_id command;
    const char *command_name;
    given_option *options; /* in order */
    size_t option_count;
    char **paths;
    size_t path_count;
};

/* Reads what follows the command. STATUS_DONE, or STATUS_ERROR after a message on standard error.
 * The values borrow `words`; free the arguments in any case. */
int arguments_read(struct arguments *arguments, command_id command, const char *command_name,
                   int count, char **words);
void arguments_free(struct arguments *arguments);

bool arguments_has(const struct arguments *arguments, option_id option);
/* The last value given, or NULL. */
const char *arguments_get(const struct arguments *arguments, option_id option);
/* Index of the last value among the option's choices; 0, the default, when it was not given. */
int arguments_choice(const struct arguments *arguments, option_id option);

#endif
