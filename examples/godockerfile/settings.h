/* Options, rule set and project of the library as the command line wants them: made once, used for
 * every file. */
#ifndef GODOCKERFILE_SETTINGS_H
#define GODOCKERFILE_SETTINGS_H

#include "arguments.h"
#include "program.h"

struct settings {
    gdf_options *options;
    gdf_ruleset *ruleset;
    gdf_project *project; /* NULL without --context */
    const char *context;  /* its directory, as given; NULL without one */
    char *context_root;   /* the same without symbolic links, owned */
};

/* STATUS_ERROR after a message; free the settings in any case. */
int settings_make(struct settings *settings, const struct arguments *arguments);
void settings_free(struct settings *settings);

/* Reads and parses a file. NULL after a message. Free with gdf_document_free(). */
gdf_document *settings_parse(const struct settings *settings, const char *name);

/* STATUS_ERROR after a message when the document is too long to be looked into. */
int settings_check_size(const struct settings *settings, const gdf_document *document,
                        const char *name);

/* What a command does with the one file that it is for; returns the status. */
typedef int document_work(const struct settings *settings, const struct arguments *arguments,
                          const gdf_document *document);

/* Makes settings, reads the only PATH and hands both over; a file over the size limit only to dump,
 * which shows that it is one piece. */
int work_on_document(const struct arguments *arguments, document_work *work);

/* The rule of that code, name or alias; 0 after a message that knows the nearest one. */
gdf_rule find_rule(const char *command, const char *name);

#endif
