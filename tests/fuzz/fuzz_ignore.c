/* Any ignore file is patterns that lie in its lines, and any path is in the context or left out by
 * one of them. Lines of the input up to an empty one are paths, what follows is the file. */
#include "base/ascii.h"
#include "base/builder.h"
#include "base/path.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "fuzz/fuzz_support.h"
#include "support/fuzz_target.h"

enum { MAX_PATHS = 16, LONGEST_COMPARED = 40 };

typedef struct paths {
    gdf_str items[MAX_PATHS];
    size_t count;
    gdf_str rest; /* the ignore file */
} paths;

static paths read_paths(gdf_str text)
{
    paths read = {.count = 0};
    size_t start = 0;
    while (start < text.len) {
        size_t end = gdf__str_find(text, '\n', start);
        gdf_str line = gdf__str_slice(text, start, end);
        start = end + 1;
        if (line.len == 0)
            break;
        if (read.count < MAX_PATHS)
            read.items[read.count++] = line;
    }
    read.rest = gdf__str_slice(text, start, text.len);
    return read;
}

static gdf_ignore *parse(gdf_str text)
{
    gdf_ignore *ignore = gdf_ignore_parse(text.ptr, text.len, NULL);
    fuzz_demand_that(ignore != NULL, "every text is an ignore file");
    return ignore;
}

static uint32_t find(const gdf_ignore *ignore, gdf_str path)
{
    return gdf_ignore_find_pattern(ignore, path.ptr, path.len);
}

/* ---- the patterns ---------------------------------------------------------------------------- */

/* Where line `number` of the text starts. */
static size_t line_start(gdf_str text, uint32_t number)
{
    size_t at = 0;
    for (uint32_t line = 1; line < number; line++)
        at = gdf__str_find(text, '\n', at) + 1;
    return at;
}

static void check_pattern(const gdf_ignore *ignore, uint32_t index, gdf_str text)
{
    uint32_t start = gdf_ignore_get_pattern_start(ignore, index);
    uint32_t end = gdf_ignore_get_pattern_end(ignore, index);
    gdf_str written = gdf__str_slice(text, start, end);
    fuzz_demand_that(start < end && end <= text.len, "a pattern lies in the text");
    fuzz_demand_that(!gdf__str_has_byte(written, '\n') &&
                         gdf__str_equal(gdf__utf8_trim(written), written),
                     "a pattern is in one line, without blanks around it");
    size_t line = line_start(text, gdf_ignore_get_pattern_line(ignore, index));
    fuzz_demand_that(line <= start && gdf__str_find(text, '\n', line) >= end,
                     "a pattern is in its line");
    fuzz_demand_that(!gdf_ignore_is_exception(ignore, index) ||
                         gdf_ignore_get_pattern(ignore, index).len > 0,
                     "an exception names something");
}

static void check_patterns(const gdf_ignore *ignore, gdf_str text)
{
    uint32_t count = gdf_ignore_count_patterns(ignore);
    for (uint32_t i = 0; i < count; i++) {
        check_pattern(ignore, i, text);
        fuzz_demand_that(i == 0 || gdf_ignore_get_pattern_line(ignore, i - 1) <
                                       gdf_ignore_get_pattern_line(ignore, i),
                         "a line has one pattern at most");
    }
}

/* ---- matching -------------------------------------------------------------------------------- */

/* Paths below a path are left out by the same pattern or by a later one. */
static void check_below(const gdf_ignore *ignore, gdf_str path, uint32_t decides)
{
    gdf__builder below;
    gdf__builder_init(&below, &gdf__default_allocator);
    gdf__builder_add(&below, path);
    gdf__builder_add_text(&below, "/x");
    uint32_t count = gdf_ignore_count_patterns(ignore);
    uint32_t found = find(ignore, gdf__builder_get(&below));
    fuzz_demand_that(decides == count || (found < count && found >= decides),
                     "what matches a directory matches what is in it");
    gdf__builder_free(&below);
}

static void check_path(const gdf_ignore *ignore, gdf_str path)
{
    uint32_t count = gdf_ignore_count_patterns(ignore);
    uint32_t decides = find(ignore, path);
    bool is_left_out = gdf_ignore_match(ignore, path.ptr, path.len);
    fuzz_demand_that(decides <= count, "the pattern that decides is there");
    fuzz_demand_that(is_left_out == (decides < count && !gdf_ignore_is_exception(ignore, decides)),
                     "the last pattern that matches decides");
    fuzz_demand_that(decides == count || gdf_ignore_get_error(ignore).len == 0,
                     "a file that is refused leaves nothing out");
    check_below(ignore, path, decides);
}

/* A last line that matches everything, or takes everything back, decides. */
static void check_last_line(gdf_str text, const paths *tried, const char *line, bool left_out)
{
    gdf__builder longer;
    gdf__builder_init(&longer, &gdf__default_allocator);
    gdf__builder_add(&longer, text);
    gdf__builder_add_text(&longer, line);
    gdf_ignore *ignore = parse(gdf__builder_get(&longer));
    for (size_t i = 0; i < tried->count && gdf_ignore_get_error(ignore).len == 0; i++)
        fuzz_demand_that(gdf_ignore_match(ignore, tried->items[i].ptr, tried->items[i].len) ==
                             left_out,
                         "a last line that matches every path decides on every path");
    gdf_ignore_free(ignore);
    gdf__builder_free(&longer);
}

/* ---- another matcher ------------------------------------------------------------------------- */

/* Short patterns of letters, `/`, `*` and `?`, by plain recursion. */
static bool is_simple(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_alnum(text.ptr[i]) &&
            !gdf__str_has_byte(GDF__LITERAL("/*?.-_"), text.ptr[i]))
            return false;
    }
    return text.len && text.len <= LONGEST_COMPARED;
}

static gdf_str behind(gdf_str text, size_t count)
{
    return gdf__str_slice(text, count, text.len);
}

static bool matches(gdf_str pattern, gdf_str path);

/* The pattern behind one or two stars: somewhere later in the path. */
static bool matches_later(gdf_str pattern, gdf_str path, bool across)
{
    for (size_t at = 0;; at++) {
        bool may_stand = !across || at == 0 || path.ptr[at - 1] == '/';
        if (may_stand && matches(pattern, behind(path, at)))
            return true;
        if (at == path.len || (!across && path.ptr[at] == '/'))
            return false;
    }
}

static bool matches(gdf_str pattern, gdf_str path)
{
    if (pattern.len == 0)
        return path.len == 0;
    if (gdf__str_starts(pattern, "**")) {
        gdf_str rest = behind(pattern, gdf__str_starts(pattern, "**/") ? 3 : 2);
        return rest.len == 0 || matches_later(rest, path, true);
    }
    if (pattern.ptr[0] == '*')
        return matches_later(behind(pattern, 1), path, false);
    if (path.len == 0 ||
        (pattern.ptr[0] != path.ptr[0] && (pattern.ptr[0] != '?' || path.ptr[0] == '/')))
        return false;
    return matches(behind(pattern, 1), behind(path, 1));
}

/* `**` in front of plain text is any text that ends in it. */
static bool matches_end(gdf_str pattern, gdf_str path)
{
    gdf_str end = behind(pattern, 2);
    return (path.len >= end.len && gdf__str_equal(behind(path, path.len - end.len), end)) ||
           (gdf__str_starts(end, "/") && gdf__str_equal(behind(end, 1), path));
}

static bool has_wildcard(gdf_str text)
{
    return gdf__str_has_byte(text, '*') || gdf__str_has_byte(text, '?');
}

static bool matches_path_or_parent(gdf_str pattern, gdf_str path)
{
    bool is_end = gdf__str_starts(pattern, "**") && !has_wildcard(behind(pattern, 2)) &&
                  pattern.len > strlen("**");
    for (size_t end = gdf__str_find(path, '/', 0);; end = gdf__str_find(path, '/', end + 1)) {
        gdf_str parent = gdf__str_slice(path, 0, end);
        if (is_end ? matches_end(pattern, parent) : matches(pattern, parent))
            return true;
        if (end >= path.len)
            return false;
    }
}

static void compare(const gdf_ignore *ignore, gdf_str path)
{
    uint32_t count = gdf_ignore_count_patterns(ignore);
    uint32_t expected = count;
    for (uint32_t i = 0; i < count; i++) {
        if (!is_simple(gdf_ignore_get_pattern(ignore, i)))
            return;
        if (matches_path_or_parent(gdf_ignore_get_pattern(ignore, i), path))
            expected = i;
    }
    fuzz_demand_that(gdf_ignore_get_error(ignore).len || find(ignore, path) == expected,
                     "wildcards match what plain recursion says");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    paths tried = read_paths(input.text);
    gdf_ignore *ignore = parse(tried.rest);
    check_patterns(ignore, tried.rest);
    for (size_t i = 0; i < tried.count; i++) {
        check_path(ignore, tried.items[i]);
        if (is_simple(tried.items[i]))
            compare(ignore, tried.items[i]);
    }
    check_last_line(tried.rest, &tried, "\n**\n", true);
    check_last_line(tried.rest, &tried, "\n!**\n", false);
    gdf_ignore_free(ignore);
    return 0;
}
