#include "fix_output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "write_file.h"

/* ---- New files ------------------------------------------------------------------------------- */

/* A file that a fix wants and that does not exist. */
typedef struct new_file {
    char *path;
    gdf_str content;
} new_file;

typedef struct new_file_list {
    new_file *files;
    size_t count;
} new_file_list;

static char *path_in_context(const struct settings *settings, gdf_str file)
{
    const char *context = strcmp(settings->context, ".") == 0 ? "" : settings->context;
    size_t len = strlen(context);
    bool needs_slash = len && context[len - 1] != '/';
    char *path = malloc(len + file.len + 2);
    if (path)
        snprintf(path, len + file.len + 2, "%s%s%.*s", context, needs_slash ? "/" : "",
                 (int)file.len, file.ptr);
    return path;
}

static bool is_wanted(const new_file_list *list, const char *path)
{
    struct stat existing;
    if (lstat(path, &existing) == 0 || errno != ENOENT)
        return false;
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->files[i].path, path) == 0)
            return false;
    }
    return true;
}

static void free_new_files(new_file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->files[i].path);
    free(list->files);
}

static size_t count_new_files(const struct repair *repair)
{
    size_t count = 0;
    for (size_t i = 0; repair->with_new_files && i < repair->count; i++)
        count += gdf_rewrite_count_files(repair->files[i].rewrite);
    return count;
}

static int find_new_files_of(new_file_list *list, const repaired_file *file,
                             const struct settings *settings)
{
    uint32_t count = gdf_rewrite_count_files(file->rewrite);
    for (uint32_t i = 0; i < count; i++) {
        char *path = path_in_context(settings, gdf_rewrite_get_file_name(file->rewrite, i));
        if (!path)
            return fail_memory();
        if (is_wanted(list, path))
            list->files[list->count++] =
                (new_file){path, gdf_rewrite_get_file_content(file->rewrite, i)};
        else
            free(path);
    }
    return STATUS_DONE;
}

/* Free the list in any case. */
static int find_new_files(new_file_list *list, const struct repair *repair,
                          const struct settings *settings)
{
    *list = (new_file_list){.files = calloc(count_new_files(repair) + 1, sizeof *list->files)};
    if (!list->files)
        return fail_memory();
    int status = STATUS_DONE;
    for (size_t i = 0; repair->with_new_files && i < repair->count && status == STATUS_DONE; i++)
        status = find_new_files_of(list, &repair->files[i], settings);
    return status;
}

/* ---- Messages -------------------------------------------------------------------------------- */

/* A line for each fix withheld, which begins with the three texts. */
static void print_withheld(const repaired_file *file, FILE *stream, const char *before,
                           const char *name, const char *behind)
{
    uint32_t count = gdf_rewrite_count_withheld(file->rewrite);
    for (uint32_t i = 0; i < count; i++) {
        gdf_rule rule = gdf_rewrite_get_withheld_rule(file->rewrite, i);
        gdf_str reason = gdf_rewrite_get_withheld_reason(file->rewrite, i);
        fprintf(stream, "%s%s%swithheld: %s %s: ", before, name, behind, gdf_rule_get_code(rule),
                gdf_rule_get_name(rule));
        fwrite(reason.ptr, 1, reason.len, stream);
        fputc('\n', stream);
    }
}

/* Beside a diff or a text, which other programs read. */
static void warn_of_withheld(const repaired_file *file)
{
    fflush(stdout);
    print_withheld(file, stderr, "godockerfile: ", file->name, ": ");
}

static void print_applied(const repaired_file *file)
{
    uint32_t count = gdf_rewrite_count_applied(file->rewrite);
    printf("%s: %u %s\n", file->name, count, count == 1 ? "fix" : "fixes");
    for (uint32_t i = 0; i < count; i++) {
        gdf_rule rule = gdf_rewrite_get_applied_rule(file->rewrite, i);
        gdf_str title = gdf_rewrite_get_applied_title(file->rewrite, i);
        printf("  %s %s (%s): ", gdf_rule_get_code(rule), gdf_rule_get_name(rule),
               gdf_fix_class_name(gdf_rewrite_get_applied_class(file->rewrite, i)));
        print_bytes(title);
        fputc('\n', stdout);
    }
    print_withheld(file, stdout, "  ", "", "");
}

/* ---- Diff ------------------------------------------------------------------------------------ */

static void print_new_file(const new_file *file)
{
    size_t lines = 0;
    for (size_t i = 0; i < file->content.len; i++)
        lines += file->content.ptr[i] == '\n' || i + 1 == file->content.len;
    if (lines == 0)
        return;
    printf("--- /dev/null\n+++ %s\n@@ -0,0 +1", file->path);
    if (lines != 1)
        printf(",%zu", lines);
    fputs(" @@\n", stdout);
    for (size_t start = 0; start < file->content.len;) {
        const char *line = file->content.ptr + start;
        const char *end = memchr(line, '\n', file->content.len - start);
        size_t len = end ? (size_t)(end - line) : file->content.len - start;
        fputc('+', stdout);
        print_bytes((gdf_str){line, len});
        fputs(end ? "\n" : "\n\\ No newline at end of file\n", stdout);
        start += len + 1;
    }
}

static int print_diff(const repaired_file *file, const struct settings *settings)
{
    if (gdf_options_set_text(settings->options, GDF_OPTION_FILE_NAME, file->name,
                             strlen(file->name)) != GDF_OK)
        return fail_memory();
    gdf_text *diff = gdf_rewrite_render_diff(file->rewrite, settings->options);
    if (!diff)
        return fail_memory();
    print_bytes(gdf_text_get(diff));
    gdf_text_free(diff);
    warn_of_withheld(file);
    return STATUS_DONE;
}

int finish_with_diff(struct repair *repair, const struct settings *settings)
{
    new_file_list list;
    int status = find_new_files(&list, repair, settings);
    for (size_t i = 0; i < repair->count && status == STATUS_DONE; i++)
        status = print_diff(&repair->files[i], settings);
    for (size_t i = 0; i < list.count && status == STATUS_DONE; i++)
        print_new_file(&list.files[i]);
    free_new_files(&list);
    return status;
}

/* ---- Text ------------------------------------------------------------------------------------ */

int finish_with_text(struct repair *repair, const struct settings *settings)
{
    (void)settings;
    print_bytes(gdf_rewrite_get_text(repair->files[0].rewrite));
    warn_of_withheld(&repair->files[0]);
    return STATUS_DONE;
}

/* ---- Write ----------------------------------------------------------------------------------- */

typedef struct write_list {
    pending_write *writes;
    size_t count;
} write_list;

static int prepare_all(write_list *list, const struct repair *repair,
                       const new_file_list *new_files)
{
    for (size_t i = 0; i < repair->count; i++) {
        const repaired_file *file = &repair->files[i];
        if (!gdf_rewrite_is_changed(file->rewrite))
            continue;
        pending_write *next = &list->writes[list->count];
        if (write_prepare(next, file->name, gdf_rewrite_get_text(file->rewrite)) != STATUS_DONE)
            return STATUS_ERROR;
        list->count++;
    }
    for (size_t i = 0; i < new_files->count; i++) {
        const new_file *file = &new_files->files[i];
        if (write_prepare_new(&list->writes[list->count], file->path, file->content) != STATUS_DONE)
            return STATUS_ERROR;
        list->count++;
    }
    return STATUS_DONE;
}

/* All or, when one cannot be prepared, none. */
static int write_all_files(const struct repair *repair, const new_file_list *new_files)
{
    write_list list = {.writes = calloc(repair->count + new_files->count + 1, sizeof *list.writes)};
    if (!list.writes)
        return fail_memory();
    int status = prepare_all(&list, repair, new_files);
    for (size_t i = 0; i < list.count; i++) {
        if (status == STATUS_DONE)
            status = write_commit(&list.writes[i]);
        else
            write_cancel(&list.writes[i]);
    }
    free(list.writes);
    return status;
}

static void print_written(const struct repair *repair, const new_file_list *new_files)
{
    size_t changed = 0;
    bool is_silent = true;
    for (size_t i = 0; i < repair->count; i++) {
        const repaired_file *file = &repair->files[i];
        changed += gdf_rewrite_is_changed(file->rewrite) != 0;
        if (gdf_rewrite_count_applied(file->rewrite) == 0 &&
            gdf_rewrite_count_withheld(file->rewrite) == 0)
            continue;
        print_applied(file);
        is_silent = false;
    }
    for (size_t i = 0; i < new_files->count; i++)
        printf("%s: new file\n", new_files->files[i].path);
    if (repair->count > 1)
        printf("%zu files, %zu changed\n", repair->count, changed);
    else if (is_silent && new_files->count == 0)
        printf("%s: nothing to fix\n", repair->files[0].name);
}

int finish_with_write(struct repair *repair, const struct settings *settings)
{
    new_file_list new_files;
    int status = find_new_files(&new_files, repair, settings);
    if (status == STATUS_DONE)
        status = write_all_files(repair, &new_files);
    if (status == STATUS_DONE)
        print_written(repair, &new_files);
    free_new_files(&new_files);
    return status;
}
