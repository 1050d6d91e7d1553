#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Fewer files are done before anybody could read the line. */
enum { FEWEST_FILES = 20, UPDATES = 100 };

enum { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

bool terminal_has_color(const struct arguments *arguments)
{
    switch (arguments_choice(arguments, OPTION_COLOR)) {
    case COLOR_ALWAYS: return true;
    case COLOR_NEVER: return false;
    default: break;
    }
    const char *no_color = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    return !(no_color && no_color[0]) && !(terminal && strcmp(terminal, "dumb") == 0) &&
           isatty(STDOUT_FILENO);
}

struct progress progress_begin(size_t total)
{
    bool visible = total >= FEWEST_FILES && isatty(STDERR_FILENO);
    return (struct progress){.total = total, .step = visible ? total / UPDATES + 1 : 0};
}

void progress_show(struct progress *progress, size_t done)
{
    if (progress->step == 0 || done % progress->step != 0)
        return;
    fflush(stdout);
    fprintf(stderr, "\r%zu of %zu files", done, progress->total);
    fflush(stderr);
    progress->shown = true;
}

void progress_erase(struct progress *progress)
{
    if (!progress->shown)
        return;
    fputs("\r\033[K", stderr);
    fflush(stderr);
    progress->shown = false;
}
