#include "help.h"

#include <stdio.h>
#include <string.h>

typedef struct help_row {
    const char *name;
    const char *usage;
    const char *summary;
    const char *help;
} help_row;

static const help_row ROWS[COMMAND_COUNT] = {
#define COMMAND(id, name, function, usage, summary, help) {name, usage, summary, help},
#include "commands.def"
#undef COMMAND
};

void print_program_help(void)
{
    fputs("Usage: godockerfile COMMAND [OPTION]... [PATH]...\n"
          "\n"
          "Finds what is wrong with Dockerfiles, those of Go programs above all, and repairs it.\n"
          "\n"
          "Commands:\n",
          stdout);
    for (int i = 0; i < COMMAND_COUNT; i++)
        printf("  %-10s %s\n", ROWS[i].name, ROWS[i].summary);
    fputs("\n"
          "Options:\n"
          "  --help     print this help; after a command, the help of that command\n"
          "  --version  print the version\n"
          "\n"
          "Environment:\n"
          "  NO_COLOR   when set and not empty, text has no colours unless --color=always\n"
          "\n"
          "Exit status: 0 when all is well, 1 when check has findings, 2 when the command line is\n"
          "wrong or a file cannot be read or written.\n",
          stdout);
}

/* The option and its help, of which each line is indented. */
static void print_option(const option_row *option)
{
    printf("  --%s%s%s\n", option->name, option->argument[0] ? "=" : "", option->argument);
    for (const char *line = option->help; *line;) {
        size_t len = strcspn(line, "\n");
        printf("        %.*s\n", (int)len, line);
        line += len + (line[len] == '\n');
    }
}

void print_command_help(command_id command)
{
    const help_row *row = &ROWS[command];
    printf("Usage: godockerfile %s %s\n\n%s\nOptions:\n", row->name, row->usage, row->help);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (OPTIONS[i].commands & 1U << command)
            print_option(&OPTIONS[i]);
    }
}
