/* What is done with repaired files: print a diff, write them, print the text. */
#ifndef GODOCKERFILE_FIX_OUTPUT_H
#define GODOCKERFILE_FIX_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "settings.h"

typedef struct repaired_file {
    const char *name;
    gdf_rewrite *rewrite;
} repaired_file;

struct repair {
    repaired_file *files;
    size_t count;
    bool with_new_files; /* files that fixes want in the build context are made, too */
};

/* Each prints or writes everything and gives the exit status. */
int finish_with_diff(struct repair *repair, const struct settings *settings);
int finish_with_write(struct repair *repair, const struct settings *settings);
int finish_with_text(struct repair *repair, const struct settings *settings);

#endif
