/* godockerfile explain */
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "settings.h"

enum { LINE_WIDTH = 80 };

static int print_list(void)
{
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++)
        printf("%-7s %-8s %-10s %-30s %s\n", gdf_rule_get_code(rule),
               gdf_severity_name(gdf_rule_get_severity(rule)),
               gdf_fix_class_name(gdf_rule_get_fix_class(rule)), gdf_rule_get_name(rule),
               gdf_rule_get_summary(rule));
    return STATUS_DONE;
}

/* Prints words at most LINE_WIDTH columns wide. */
static void print_paragraph(const char *text)
{
    size_t column = 0;
    for (const char *word = text; *word;) {
        size_t len = strcspn(word, " ");
        bool fits = column + 1 + len <= LINE_WIDTH;
        if (column > 0)
            fputc(fits ? ' ' : '\n', stdout);
        column = (column > 0 && fits ? column + 1 : 0) + len;
        printf("%.*s", (int)len, word);
        word += len;
        word += strspn(word, " ");
    }
    fputc('\n', stdout);
}

static void print_member(const char *name, const char *value)
{
    if (value[0])
        printf("%-10s%s\n", name, value);
}

/* The comma separated names, one a line. */
static void print_aliases(const char *aliases)
{
    const char *label = "aliases:";
    while (*aliases) {
        size_t len = strcspn(aliases, ",");
        printf("%-10s%.*s\n", label, (int)len, aliases);
        label = "";
        aliases += len + (aliases[len] == ',');
    }
}

static void print_example(const char *title, const char *example)
{
    if (!example[0])
        return;
    printf("\n%s\n\n", title);
    while (*example) {
        size_t len = strcspn(example, "\n");
        printf("%s%.*s\n", len ? "    " : "", (int)len, example);
        example += len + (example[len] == '\n');
    }
}

static void print_rule(gdf_rule rule)
{
    printf("%s %s\n\n", gdf_rule_get_code(rule), gdf_rule_get_name(rule));
    print_paragraph(gdf_rule_get_summary(rule));
    fputc('\n', stdout);
    print_paragraph(gdf_rule_get_rationale(rule));
    fputc('\n', stdout);
    print_member("severity:", gdf_severity_name(gdf_rule_get_severity(rule)));
    print_member("category:", gdf_rule_get_category(rule));
    print_member("fixes:", gdf_fix_class_name(gdf_rule_get_fix_class(rule)));
    print_member("help:", gdf_rule_get_help(rule));
    print_aliases(gdf_rule_get_aliases(rule));
    print_example("Example:", gdf_rule_get_example(rule));
    print_example("Fixed:", gdf_rule_get_fixed_example(rule));
}

int run_explain(const struct arguments *arguments)
{
    if (arguments_has(arguments, OPTION_LIST) && arguments->path_count == 0)
        return print_list();
    if (arguments->path_count == 0)
        return fail_usage(arguments->command_name, "the CODE of a rule is missing, or --list");
    if (arguments_has(arguments, OPTION_LIST))
        return fail_usage(arguments->command_name, "--list takes no CODE");
    for (size_t i = 0; i < arguments->path_count; i++) {
        gdf_rule rule = find_rule(arguments->command_name, arguments->paths[i]);
        if (!rule)
            return STATUS_ERROR;
        if (i > 0)
            fputc('\n', stdout);
        print_rule(rule);
    }
    return STATUS_DONE;
}
