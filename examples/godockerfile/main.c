/* godockerfile: checks, repairs, dumps and explains. */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "help.h"
#include "nearest.h"
#include "program.h"

typedef struct command_row {
    const char *name;
    command_function run;
} command_row;

static const command_row COMMANDS[COMMAND_COUNT] = {
#define COMMAND(id, name, function, usage, summary, help) {name, function},
#include "commands.def"
#undef COMMAND
};

static int run(command_id command, int count, char **words)
{
    struct arguments arguments;
    int status = arguments_read(&arguments, command, COMMANDS[command].name, count, words);
    if (status == STATUS_DONE && arguments_has(&arguments, OPTION_HELP))
        print_command_help(command);
    else if (status == STATUS_DONE)
        status = COMMANDS[command].run(&arguments);
    arguments_free(&arguments);
    return status;
}

static int run_named(const char *name, int count, char **words)
{
    nearest search = {.word = name};
    for (int i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(COMMANDS[i].name, name) == 0)
            return run((command_id)i, count, words);
        nearest_try(&search, COMMANDS[i].name);
    }
    nearest_try(&search, "--help");
    nearest_try(&search, "--version");
    return fail_usage(NULL, "unknown %s '%s'%s", name[0] == '-' ? "option" : "command", name,
                      nearest_question(&search));
}

int main(int count, char **words)
{
    int status = STATUS_DONE;
    if (count < 2)
        status = fail_usage(NULL, "a command is missing");
    else if (strcmp(words[1], "--help") == 0 || strcmp(words[1], "-h") == 0)
        print_program_help();
    else if (strcmp(words[1], "--version") == 0)
        printf("godockerfile %s\n", gdf_version());
    else
        status = run_named(words[1], count - 2, words + 2);
    return finish_output(status);
}
