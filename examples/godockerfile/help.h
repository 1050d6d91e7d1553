/* The texts of --help, made from the tables. */
#ifndef GODOCKERFILE_HELP_H
#define GODOCKERFILE_HELP_H

#include "arguments.h"

void print_program_help(void);
void print_command_help(command_id command);

#endif
