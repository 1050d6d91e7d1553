#include "arguments.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nearest.h"
#include "program.h"

const option_row OPTIONS[OPTION_COUNT] = {
#define OPTION(id, name, argument, choices, commands, help) \
    {name, argument, choices, commands, help},
#include "options.def"
#undef OPTION
};

/* Longest name among the choices of an option. */
enum { LONGEST_CHOICE = 16 };

/* Takes the next word of a list separated by blanks; false at its end. */
static bool next_choice(const char **list, char choice[LONGEST_CHOICE])
{
    size_t len = strcspn(*list, " ");
    if (len == 0 || len >= LONGEST_CHOICE)
        return false;
    memcpy(choice, *list, len);
    choice[len] = '\0';
    *list += len + ((*list)[len] == ' ');
    return true;
}

static int find_choice(const char *choices, const char *value)
{
    char choice[LONGEST_CHOICE];
    for (int i = 0; next_choice(&choices, choice); i++) {
        if (strcmp(choice, value) == 0)
            return i;
    }
    return -1;
}

static int fail_choice(const struct arguments *arguments, option_id option, const char *value)
{
    char choice[LONGEST_CHOICE];
    nearest search = {.word = value};
    const char *rest = OPTIONS[option].choices;
    while (next_choice(&rest, choice))
        nearest_try(&search, choice);
    return fail_usage(arguments->command_name, "--%s: '%s' is none of: %s%s", OPTIONS[option].name,
                      value, OPTIONS[option].choices, nearest_question(&search));
}

static bool takes(const struct arguments *arguments, int option)
{
    return (OPTIONS[option].commands & 1U << arguments->command) != 0;
}

static int fail_option(const struct arguments *arguments, const char *word, size_t len)
{
    char name[NEAREST_LONGEST] = "--";
    size_t room = sizeof name - strlen(name) - 1;
    strncat(name, word, len < room ? len : room);
    nearest search = {.word = name};
    for (int i = 0; i < OPTION_COUNT; i++) {
        char option[NEAREST_LONGEST];
        snprintf(option, sizeof option, "--%s", OPTIONS[i].name);
        if (takes(arguments, i))
            nearest_try(&search, option);
        else if (strcmp(option, name) == 0)
            return fail_usage(arguments->command_name, "%s has no option %s",
                              arguments->command_name, name);
    }
    return fail_usage(arguments->command_name, "unknown option '%s'%s", name,
                      nearest_question(&search));
}

static int add_option(struct arguments *arguments, option_id option, const char *value)
{
    if (OPTIONS[option].choices[0] && find_choice(OPTIONS[option].choices, value) < 0)
        return fail_choice(arguments, option, value);
    arguments->options[arguments->option_count++] = (given_option){option, value};
    return STATUS_DONE;
}

/* Reads the option at words[*at], with its argument. */
static int read_option(struct arguments *arguments, int count, char **words, int *at)
{
    const char *word = words[*at] + 2;
    size_t len = strcspn(word, "=");
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (!takes(arguments, i) || strlen(OPTIONS[i].name) != len ||
            memcmp(OPTIONS[i].name, word, len) != 0)
            continue;
        const char *value = word[len] == '=' ? word + len + 1 : NULL;
        if (!OPTIONS[i].argument[0]) {
            if (value)
                return fail_usage(arguments->command_name, "--%s takes no value", OPTIONS[i].name);
            return add_option(arguments, (option_id)i, "");
        }
        if (!value && *at + 1 >= count)
            return fail_usage(arguments->command_name, "--%s needs a value: %s", OPTIONS[i].name,
                              OPTIONS[i].argument);
        return add_option(arguments, (option_id)i, value ? value : words[++*at]);
    }
    return fail_option(arguments, word, len);
}

int arguments_read(struct arguments *arguments, command_id command, const char *command_name,
                   int count, char **words)
{
    *arguments = (struct arguments){.command = command, .command_name = command_name};
    size_t most = (size_t)count + 1;
    arguments->options = calloc(most, sizeof *arguments->options);
    arguments->paths = calloc(most, sizeof *arguments->paths);
    if (!arguments->options || !arguments->paths)
        return fail_memory();
    bool only_paths = false;
    int status = STATUS_DONE;
    for (int i = 0; i < count && status == STATUS_DONE; i++) {
        if (only_paths || words[i][0] != '-' || words[i][1] == '\0')
            arguments->paths[arguments->path_count++] = words[i];
        else if (strcmp(words[i], "--") == 0)
            only_paths = true;
        else if (strcmp(words[i], "-h") == 0)
            status = add_option(arguments, OPTION_HELP, "");
        else if (words[i][1] == '-')
            status = read_option(arguments, count, words, &i);
        else
            status = fail_usage(command_name, "unknown option '%s'", words[i]);
    }
    return status;
}

void arguments_free(struct arguments *arguments)
{
    free(arguments->options);
    free(arguments->paths);
    *arguments = (struct arguments){.command = arguments->command};
}

const char *arguments_get(const struct arguments *arguments, option_id option)
{
    for (size_t i = arguments->option_count; i > 0; i--) {
        if (arguments->options[i - 1].option == option)
            return arguments->options[i - 1].value;
    }
    return NULL;
}

bool arguments_has(const struct arguments *arguments, option_id option)
{
    return arguments_get(arguments, option) != NULL;
}

int arguments_choice(const struct arguments *arguments, option_id option)
{
    const char *value = arguments_get(arguments, option);
    return value ? find_choice(OPTIONS[option].choices, value) : 0;
}
