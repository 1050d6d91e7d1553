/* godockerfile check */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "files.h"
#include "settings.h"
#include "terminal.h"

enum { SEVERITY_COUNT = GDF_SEVERITY_ERROR + 1 };

struct check {
    const struct arguments *arguments;
    struct settings settings;
    file_list files;
    struct progress progress;
    gdf_report_format format;
    bool is_array; /* JSON: the reports are items of an array */
    size_t printed;
    size_t with_findings;
    size_t counts[SEVERITY_COUNT];
    gdf_severity worst;
};

static void count_findings(struct check *check, const gdf_report *report)
{
    uint32_t count = gdf_report_count_findings(report);
    for (gdf_finding finding = 1; finding <= count; finding++)
        check->counts[gdf_finding_get_severity(report, finding)]++;
    check->with_findings += count > 0;
    gdf_severity worst = gdf_report_get_worst(report);
    if (worst > check->worst)
        check->worst = worst;
}

static void print_json(struct check *check, gdf_str text)
{
    if (!check->is_array) {
        print_bytes(text);
        return;
    }
    fputs(check->printed ? ",\n" : "[\n", stdout);
    print_bytes((gdf_str){text.ptr, text.len - 1}); /* without its line end */
}

static void print_text(const struct check *check, gdf_str text)
{
    if (check->printed)
        fputc('\n', stdout);
    print_bytes(text);
}

/* Of many files only those with findings are worth a line for people. */
static int print_report(struct check *check, const gdf_report *report)
{
    bool is_json = check->format != GDF_REPORT_TEXT;
    if (!is_json && check->files.count > 1 && gdf_report_count_findings(report) == 0)
        return STATUS_DONE;
    gdf_text *text = gdf_report_render(report, check->format, check->settings.options);
    if (!text)
        return fail_memory();
    progress_erase(&check->progress);
    if (is_json)
        print_json(check, gdf_text_get(text));
    else
        print_text(check, gdf_text_get(text));
    check->printed++;
    gdf_text_free(text);
    return STATUS_DONE;
}

static int check_file(struct check *check, const char *name)
{
    gdf_document *document = settings_parse(&check->settings, name);
    if (!document)
        return STATUS_ERROR;
    int status = STATUS_DONE;
    gdf_report *report = gdf_report_create(document, check->settings.ruleset,
                                           check->settings.project, check->settings.options);
    if (report) {
        count_findings(check, report);
        status = print_report(check, report);
    } else {
        status = fail_memory();
    }
    gdf_report_free(report);
    gdf_document_free(document);
    return status;
}

/* ", 2 warnings" */
static void print_count(const char **separator, size_t count, const char *name, const char *plural)
{
    if (count == 0)
        return;
    printf("%s%zu %s%s", *separator, count, name, count == 1 ? "" : plural);
    *separator = ", ";
}

static void print_total(const struct check *check)
{
    const char *separator = ": ";
    if (check->printed)
        fputc('\n', stdout);
    printf("%zu files checked, %zu with findings", check->files.count, check->with_findings);
    print_count(&separator, check->counts[GDF_SEVERITY_ERROR], "error", "s");
    print_count(&separator, check->counts[GDF_SEVERITY_WARNING], "warning", "s");
    print_count(&separator, check->counts[GDF_SEVERITY_INFO], "info", "");
    print_count(&separator, check->counts[GDF_SEVERITY_STYLE], "style", "");
    fputc('\n', stdout);
}

static void print_end(const struct check *check)
{
    if (check->format == GDF_REPORT_TEXT && check->files.count > 1)
        print_total(check);
    if (check->format != GDF_REPORT_TEXT && check->is_array)
        fputs(check->printed ? "\n]\n" : "[]\n", stdout);
}

/* Every file is checked, also behind one that cannot be read. */
static int check_files(struct check *check)
{
    int status = STATUS_DONE;
    check->progress = progress_begin(check->files.count);
    for (size_t i = 0; i < check->files.count; i++) {
        progress_show(&check->progress, i);
        if (check_file(check, check->files.names[i]) != STATUS_DONE)
            status = STATUS_ERROR;
    }
    progress_erase(&check->progress);
    print_end(check);
    return status;
}

static bool is_too_bad(const struct check *check)
{
    const char *name = arguments_get(check->arguments, OPTION_FAIL_ON);
    gdf_severity least = name ? gdf_severity_find(name, strlen(name)) : GDF_SEVERITY_WARNING;
    return least != GDF_SEVERITY_NONE && check->worst >= least;
}

int run_check(const struct arguments *arguments)
{
    if (arguments->path_count == 0)
        return fail_usage(arguments->command_name, "a PATH is missing: a file, a directory, or -");
    struct check check = {.arguments = arguments,
                          .format = (gdf_report_format)arguments_choice(arguments, OPTION_FORMAT)};
    int status = settings_make(&check.settings, arguments);
    if (status == STATUS_DONE) {
        gdf_options_set_number(check.settings.options, GDF_OPTION_COLOR,
                               terminal_has_color(arguments));
        status = files_find(&check.files, arguments->paths, arguments->path_count);
        check.is_array = arguments->path_count > 1 || check.files.from_directory;
        if (check.files.count > 0 && check_files(&check) != STATUS_DONE)
            status = STATUS_ERROR;
    }
    if (status == STATUS_DONE && is_too_bad(&check))
        status = STATUS_FINDINGS;
    files_free(&check.files);
    settings_free(&check.settings);
    return status;
}
