/* godockerfile fix: works everything out, and only then prints or writes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "files.h"
#include "fix_output.h"
#include "settings.h"
#include "terminal.h"

typedef int (*finish_function)(struct repair *, const struct settings *);

typedef struct output_row {
    option_id option;
    finish_function finish;
} output_row;

/* The first one is the default. */
static const output_row OUTPUTS[] = {
    {OPTION_DIFF, finish_with_diff},
    {OPTION_WRITE, finish_with_write},
    {OPTION_STDOUT, finish_with_text},
};

enum { OUTPUT_COUNT = sizeof OUTPUTS / sizeof *OUTPUTS };

static const output_row *choose_output(const struct arguments *arguments)
{
    const output_row *chosen = NULL;
    for (size_t i = 0; i < OUTPUT_COUNT; i++) {
        if (!arguments_has(arguments, OUTPUTS[i].option))
            continue;
        if (chosen) {
            fail_usage(arguments->command_name, "--%s and --%s exclude each other",
                       OPTIONS[chosen->option].name, OPTIONS[OUTPUTS[i].option].name);
            return NULL;
        }
        chosen = &OUTPUTS[i];
    }
    return chosen ? chosen : &OUTPUTS[0];
}

/* What goes only with one file, or only with files that have a name. */
static int check_paths(const struct arguments *arguments, const output_row *output,
                       const file_list *files)
{
    if (output->option == OPTION_STDOUT && files->count != 1)
        return fail_usage(arguments->command_name, "--stdout prints one file, not %zu",
                          files->count);
    for (size_t i = 0; output->option == OPTION_WRITE && i < files->count; i++) {
        if (strcmp(files->names[i], STANDARD_INPUT) == 0)
            return fail_usage(arguments->command_name, "--write cannot change standard input");
    }
    return STATUS_DONE;
}

static gdf_rewrite *rewrite_file(const struct settings *settings, const char *name)
{
    gdf_document *document = settings_parse(settings, name);
    if (!document)
        return NULL;
    gdf_rewrite *rewrite = NULL;
    if (settings_check_size(settings, document, name) == STATUS_DONE) {
        rewrite =
            gdf_rewrite_create(document, settings->ruleset, settings->project, settings->options);
        if (!rewrite)
            fail_memory();
    }
    gdf_document_free(document);
    return rewrite;
}

static int rewrite_files(struct repair *repair, const struct settings *settings,
                         const file_list *files)
{
    repair->files = calloc(files->count + 1, sizeof *repair->files);
    if (!repair->files)
        return fail_memory();
    int status = STATUS_DONE;
    struct progress progress = progress_begin(files->count);
    for (size_t i = 0; i < files->count && status == STATUS_DONE; i++) {
        progress_show(&progress, i);
        gdf_rewrite *rewrite = rewrite_file(settings, files->names[i]);
        repair->files[repair->count++] = (repaired_file){files->names[i], rewrite};
        status = rewrite ? STATUS_DONE : STATUS_ERROR;
    }
    progress_erase(&progress);
    return status;
}

static void free_repair(struct repair *repair)
{
    for (size_t i = 0; i < repair->count; i++)
        gdf_rewrite_free(repair->files[i].rewrite);
    free(repair->files);
}

static int fix_files(const struct arguments *arguments, const struct settings *settings,
                     const output_row *output, const file_list *files)
{
    struct repair repair = {.with_new_files = arguments_has(arguments, OPTION_SUGGESTED)};
    int status = check_paths(arguments, output, files);
    if (status == STATUS_DONE)
        status = rewrite_files(&repair, settings, files);
    if (status == STATUS_DONE)
        status = output->finish(&repair, settings);
    free_repair(&repair);
    return status;
}

int run_fix(const struct arguments *arguments)
{
    const output_row *output = choose_output(arguments);
    if (!output)
        return STATUS_ERROR;
    if (arguments->path_count == 0)
        return fail_usage(arguments->command_name, "a PATH is missing: a file, a directory, or -");
    struct settings settings;
    file_list files = {0};
    int status = settings_make(&settings, arguments);
    if (status == STATUS_DONE) {
        gdf_options_set_number(settings.options, GDF_OPTION_COLOR, terminal_has_color(arguments));
        gdf_options_set_number(settings.options, GDF_OPTION_FIX_SUGGESTED,
                               arguments_has(arguments, OPTION_SUGGESTED));
        status = files_find(&files, arguments->paths, arguments->path_count);
    }
    if (status == STATUS_DONE)
        status = fix_files(arguments, &settings, output, &files);
    files_free(&files);
    settings_free(&settings);
    return status;
}
