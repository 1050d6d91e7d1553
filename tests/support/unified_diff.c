#include "support/unified_diff.h"

#include <stdint.h>
#include <string.h>

static const char NO_LINE_END[] = "\\ No newline at end of file\n";

/* A text that is read from front to back. */
typedef struct reader {
    const char *next;
    const char *end;
} reader;

typedef struct patcher {
    reader before;
    reader after;
    reader diff;
    uint64_t before_line; /* lines that were read of each */
    uint64_t after_line;
} patcher;

static reader read_from(gdf_str text)
{
    return (reader){text.ptr, text.ptr + text.len};
}

static bool skip(reader *text, const char *words, size_t len)
{
    if ((size_t)(text->end - text->next) < len || memcmp(text->next, words, len) != 0)
        return false;
    text->next += len;
    return true;
}

static bool skip_text(reader *text, const char *words)
{
    return skip(text, words, strlen(words));
}

/* The next line with its line end. */
static gdf_str next_line(reader *text)
{
    size_t left = (size_t)(text->end - text->next);
    const char *newline = left ? memchr(text->next, '\n', left) : NULL;
    gdf_str line = {text->next, newline ? (size_t)(newline + 1 - text->next) : left};
    text->next += line.len;
    return line;
}

static uint64_t read_number(reader *text)
{
    uint64_t number = 0;
    while (text->next < text->end && *text->next >= '0' && *text->next <= '9')
        number = number * 10 + (uint64_t)(*text->next++ - '0');
    return number;
}

/* Lines [*start, *start + *count), counted from 0. */
static bool read_range(reader *diff, const char *sign, uint64_t *start, uint64_t *count)
{
    if (!skip_text(diff, sign))
        return false;
    *start = read_number(diff);
    *count = skip_text(diff, ",") ? read_number(diff) : 1;
    *start -= *count > 0;
    return true;
}

/* Takes the same line off both texts. */
static bool copy_line(patcher *patch)
{
    gdf_str line = next_line(&patch->before);
    patch->before_line++;
    patch->after_line++;
    return line.len > 0 && skip(&patch->after, line.ptr, line.len);
}

/* Takes the rest of the diff's line off one text or both. */
static bool apply_line(patcher *patch, bool removes, bool adds)
{
    gdf_str line = next_line(&patch->diff);
    if (line.len == 0)
        return false;
    if (skip_text(&patch->diff, NO_LINE_END))
        line.len--;
    patch->before_line += removes;
    patch->after_line += adds;
    return (!removes || skip(&patch->before, line.ptr, line.len)) &&
           (!adds || skip(&patch->after, line.ptr, line.len));
}

static bool apply_signed_line(patcher *patch)
{
    if (skip_text(&patch->diff, " "))
        return apply_line(patch, true, true);
    if (skip_text(&patch->diff, "-"))
        return apply_line(patch, true, false);
    return skip_text(&patch->diff, "+") && apply_line(patch, false, true);
}

static bool apply_hunk(patcher *patch)
{
    uint64_t old_start, old_count, new_start, new_count;
    bool good =
        skip_text(&patch->diff, "@@ ") && read_range(&patch->diff, "-", &old_start, &old_count) &&
        read_range(&patch->diff, " +", &new_start, &new_count) && skip_text(&patch->diff, " @@\n");
    while (good && patch->before_line < old_start)
        good = copy_line(patch);
    good = good && patch->before_line == old_start && patch->after_line == new_start;
    while (good && (patch->before_line < old_start + old_count ||
                    patch->after_line < new_start + new_count))
        good = apply_signed_line(patch);
    return good && patch->before_line == old_start + old_count &&
           patch->after_line == new_start + new_count;
}

static bool skip_header(reader *diff)
{
    return skip_text(diff, "--- ") && next_line(diff).len && skip_text(diff, "+++ ") &&
           next_line(diff).len;
}

bool unified_diff_leads_to(gdf_str before, gdf_str diff, gdf_str after)
{
    patcher patch = {
        .before = read_from(before), .after = read_from(after), .diff = read_from(diff)};
    if (diff.len && !skip_header(&patch.diff))
        return false;
    while (patch.diff.next < patch.diff.end) {
        if (!apply_hunk(&patch))
            return false;
    }
    size_t left = (size_t)(patch.before.end - patch.before.next);
    return (size_t)(patch.after.end - patch.after.next) == left &&
           (left == 0 || memcmp(patch.before.next, patch.after.next, left) == 0);
}
