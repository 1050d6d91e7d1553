#include "project/ignore.h"

#include "base/limits.h"
#include "base/path.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "project/glob.h"

static const gdf_str BYTE_ORDER_MARK = {"\xEF\xBB\xBF", 3};

/* ---- reading --------------------------------------------------------------------------------- */

typedef struct reader {
    gdf__arena *arena;
    gdf_str text;
    gdf__table patterns; /* of gdf__ignore_pattern */
    gdf__ignore *ignore;
} reader;

static gdf_str join(gdf__arena *arena, gdf_str a, gdf_str b)
{
    char *bytes = gdf__arena_take_bytes(arena, a.len + b.len);
    if (!bytes)
        return gdf__empty;
    memcpy(bytes, a.ptr, a.len);
    memcpy(bytes + a.len, b.ptr, b.len);
    return (gdf_str){bytes, a.len + b.len};
}

/* The pattern of a line as the builder lists it: clean, without a leading slash. */
static gdf_str clean_pattern(gdf_str line, gdf__arena *arena)
{
    bool is_exception = line.ptr[0] == '!';
    gdf_str path = is_exception ? gdf__utf8_trim(gdf__str_slice(line, 1, line.len)) : line;
    if (path.len)
        path = gdf__path_clean(path, arena);
    if (path.len > 1 && path.ptr[0] == '/')
        path = gdf__str_slice(path, 1, path.len);
    return is_exception ? join(arena, GDF__LITERAL("!"), path) : path;
}

/* Adds a pattern whose text and place are known. False when the builder refuses it. */
static bool add_pattern(reader *work, gdf__ignore_pattern pattern)
{
    pattern.glob = gdf__utf8_trim(pattern.text);
    if (pattern.glob.len)
        pattern.glob = gdf__path_clean(pattern.glob, work->arena);
    pattern.is_exception = gdf__str_starts(pattern.glob, "!");
    if (pattern.is_exception)
        pattern.glob = gdf__str_slice(pattern.glob, 1, pattern.glob.len);
    if (pattern.is_exception && pattern.glob.len == 0) {
        work->ignore->error = GDF__LITERAL("illegal exclusion pattern: \"!\"");
        return false;
    }
    if (!gdf__glob_is_valid(pattern.glob, work->arena)) {
        work->ignore->error = GDF__LITERAL("syntax error in pattern");
        return false;
    }
    gdf__glob_compile(&pattern, work->arena);
    gdf__ignore_pattern *row = gdf__table_add(&work->patterns);
    if (row)
        *row = pattern;
    if (pattern.is_exception)
        work->ignore->has_exceptions = true;
    return row != NULL;
}

static bool add_line(reader *work, gdf_str line, uint32_t number)
{
    uint32_t start = (uint32_t)(line.ptr - work->text.ptr);
    return add_pattern(work, (gdf__ignore_pattern){.text = clean_pattern(line, work->arena),
                                                   .start = start,
                                                   .end = start + (uint32_t)line.len,
                                                   .line = number});
}

static void read_lines(reader *work)
{
    gdf_str text = work->text;
    uint32_t number = 0;
    for (size_t at = 0; at < text.len;) {
        size_t end = gdf__str_find(text, '\n', at);
        gdf_str line = gdf__str_slice(text, at, end);
        at = end + 1;
        if (line.len > GDF__BUILDER_MAX_LINE) {
            work->ignore->error = GDF__LITERAL("bufio.Scanner: token too long");
            return;
        }
        if (number++ == 0 && gdf__str_starts(line, BYTE_ORDER_MARK.ptr))
            line = gdf__str_slice(line, BYTE_ORDER_MARK.len, line.len);
        if (gdf__str_starts(line, "#"))
            continue;
        line = gdf__utf8_trim(line);
        if (line.len && !add_line(work, line, number))
            return;
    }
}

/* Moves the patterns that were read to the arena. */
static void end_reading(reader *work)
{
    size_t size = work->patterns.count * sizeof(gdf__ignore_pattern);
    gdf__ignore_pattern *patterns = size ? gdf__arena_take(work->arena, size) : NULL;
    if (patterns) {
        memcpy(patterns, work->patterns.items, size);
        work->ignore->patterns = patterns;
        work->ignore->count = work->patterns.count;
    }
    if (work->patterns.failed)
        work->arena->failed = true;
    gdf__table_free(&work->patterns);
}

gdf__ignore gdf__ignore_parse(gdf_str text, gdf__arena *arena)
{
    gdf__ignore ignore = {.error = gdf__empty};
    reader work = {.arena = arena, .text = text, .ignore = &ignore};
    gdf__table_init(&work.patterns, &arena->allocator, sizeof(gdf__ignore_pattern));
    read_lines(&work);
    end_reading(&work);
    return ignore;
}

gdf__ignore gdf__ignore_compile(const gdf_str *patterns, uint32_t count, gdf__arena *arena)
{
    gdf__ignore ignore = {.error = gdf__empty};
    reader work = {.arena = arena, .ignore = &ignore};
    gdf__table_init(&work.patterns, &arena->allocator, sizeof(gdf__ignore_pattern));
    for (uint32_t i = 0; i < count && !ignore.error.len; i++) {
        gdf_str text = gdf__utf8_trim(patterns[i]);
        if (text.len)
            add_pattern(&work, (gdf__ignore_pattern){.text = text});
    }
    end_reading(&work);
    return ignore;
}

/* ---- matching -------------------------------------------------------------------------------- */

static bool starts(gdf_str path, gdf_str prefix)
{
    return gdf__str_equal(gdf__str_slice(path, 0, prefix.len), prefix);
}

/* `suffix` ends the path; or it is "/x" and the path is "x". */
static bool ends(gdf_str path, gdf_str suffix)
{
    if (gdf__str_starts(suffix, "/") && gdf__str_equal(gdf__str_slice(suffix, 1, suffix.len), path))
        return true;
    return path.len >= suffix.len &&
           gdf__str_equal(gdf__str_slice(path, path.len - suffix.len, path.len), suffix);
}

static bool path_or_parent_ends(gdf_str path, gdf_str suffix)
{
    for (size_t end = gdf__str_find(path, '/', 0); end < path.len;
         end = gdf__str_find(path, '/', end + 1)) {
        if (ends(gdf__str_slice(path, 0, end), suffix))
            return true;
    }
    return ends(path, suffix);
}

bool gdf__ignore_pattern_matches(const gdf__ignore_pattern *pattern, gdf_str path)
{
    gdf_str glob = pattern->glob;
    const size_t stars = strlen("**");
    switch (pattern->kind) {
    case GDF__IGNORE_EXACT:
        return starts(path, glob) && (path.len == glob.len || path.ptr[glob.len] == '/');
    case GDF__IGNORE_PREFIX: return starts(path, gdf__str_slice(glob, 0, glob.len - stars));
    case GDF__IGNORE_SUFFIX:
        return path_or_parent_ends(path, gdf__str_slice(glob, stars, glob.len));
    default: return gdf__glob_match_path_or_parent(pattern->items, pattern->item_count, path);
    }
}

uint32_t gdf__ignore_find(const gdf__ignore *ignore, gdf_str path)
{
    if (ignore->error.len)
        return ignore->count;
    for (uint32_t i = ignore->count; i-- > 0;) {
        if (gdf__ignore_pattern_matches(&ignore->patterns[i], path))
            return i;
    }
    return ignore->count;
}

bool gdf__ignore_match(const gdf__ignore *ignore, gdf_str path)
{
    uint32_t index = gdf__ignore_find(ignore, path);
    return index < ignore->count && !ignore->patterns[index].is_exception;
}

bool gdf__ignore_excludes_all(const gdf__ignore *ignore)
{
    static const char *const EVERYTHING[] = {"*", "**", "**/*"};
    for (uint32_t i = 0; i < ignore->count && !ignore->error.len; i++) {
        for (size_t form = 0; form < sizeof EVERYTHING / sizeof *EVERYTHING; form++) {
            if (!ignore->patterns[i].is_exception &&
                gdf__str_is(ignore->patterns[i].glob, EVERYTHING[form]))
                return true;
        }
    }
    return false;
}
