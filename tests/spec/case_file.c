#include "case_file.h"

#include <string.h>

static gdf_str slice(gdf_str text, size_t start, size_t end)
{
    return (gdf_str){text.ptr + start, end - start};
}

bool case_starts(gdf_str text, const char *prefix)
{
    size_t len = strlen(prefix);
    return text.len >= len && memcmp(text.ptr, prefix, len) == 0;
}

bool case_holds(gdf_str text, gdf_str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (memcmp(text.ptr + i, part.ptr, part.len) == 0)
            return true;
    }
    return false;
}

gdf_str case_rest(gdf_str text, size_t count)
{
    size_t end = text.len;
    while (count < end && text.ptr[count] == ' ')
        count++;
    while (end > count && text.ptr[end - 1] == ' ')
        end--;
    return slice(text, count, end);
}

bool case_take_line(gdf_str *text, gdf_str *line)
{
    if (text->len == 0)
        return false;
    const char *end = memchr(text->ptr, '\n', text->len);
    size_t len = end ? (size_t)(end - text->ptr) : text->len;
    size_t next = end ? len + 1 : len;
    *line = slice(*text, 0, len);
    *text = slice(*text, next, text->len);
    return true;
}

gdf_str case_take_word(gdf_str *text)
{
    gdf_str rest = case_rest(*text, 0);
    const char *blank = memchr(rest.ptr, ' ', rest.len);
    size_t len = blank ? (size_t)(blank - rest.ptr) : rest.len;
    *text = case_rest(rest, len);
    return slice(rest, 0, len);
}

/* The section that a line opens, or NULL for a line of text. */
static case_section *opened_section(rule_case *result, gdf_str line)
{
    if (!case_starts(line, "--- "))
        return NULL;
    gdf_str rest = case_rest(line, 4);
    gdf_str name = case_take_word(&rest);
    if (case_starts(name, "options") && rest.len == 0)
        return &result->options;
    if (case_starts(name, "fixed") && rest.len == 0)
        return &result->fixed;
    if (case_starts(name, "findings")) {
        result->all_rules = case_starts(rest, "all");
        return &result->findings;
    }
    if (case_starts(name, "file") && rest.len) {
        result->file_name = rest;
        return &result->file;
    }
    return NULL;
}

/* Blank lines at the end do not belong to a section. */
static void end_section(case_section *open, const char *end)
{
    size_t len = (size_t)(end - open->text.ptr);
    while (len >= 2 && open->text.ptr[len - 1] == '\n' && open->text.ptr[len - 2] == '\n')
        len--;
    if (len == 1 && open->text.ptr[0] == '\n')
        len = 0;
    open->text.len = len;
}

bool case_file_next(gdf_str file, size_t *at, unsigned *line, rule_case *result)
{
    *result = (rule_case){.line = 0};
    case_section *open = NULL;
    gdf_str left = slice(file, *at, file.len);
    gdf_str text = {"", 0};
    gdf_str before = left;
    while (case_take_line(&left, &text)) {
        bool heading = case_starts(text, "=== ");
        if (heading && open)
            break;
        ++*line;
        case_section *next = heading ? &result->source : open ? opened_section(result, text) : NULL;
        if (heading) {
            result->title = case_rest(text, 4);
            result->line = *line;
        }
        if (next) {
            if (open)
                end_section(open, before.ptr);
            open = next;
            *open = (case_section){{left.ptr, 0}, true};
        }
        before = left;
    }
    if (open)
        end_section(open, before.ptr);
    *at = (size_t)(before.ptr - file.ptr);
    return open != NULL;
}
