#include "project/path_pattern.h"

#include "base/slice.h"
#include "base/utf8.h"

typedef struct compiler {
    gdf_str pattern;
    size_t at;
    gdf__glob_item *items; /* one a byte at most */
    uint32_t count;
    gdf__glob_range *ranges; /* the same */
    uint32_t range_count;
} compiler;

static gdf__glob_item *add_item(compiler *work, gdf__glob_kind kind)
{
    gdf__glob_item *item = &work->items[work->count++];
    *item = (gdf__glob_item){.kind = (uint8_t)kind};
    return item;
}

/* Anything but a slash: `?`, and `*` that repeats it. */
static gdf__glob_item *add_any(compiler *work)
{
    static const gdf__glob_range SLASH = {'/', '/'};
    gdf__glob_item *item = add_item(work, GDF__GLOB_CLASS);
    item->ranges = &SLASH;
    item->range_count = 1;
    item->negated = true;
    return item;
}

static char peek(const compiler *work)
{
    return work->at < work->pattern.len ? work->pattern.ptr[work->at] : '\0';
}

/* A rune of a class, perhaps escaped; something must follow it. */
static bool read_class_rune(compiler *work, uint32_t *value)
{
    if (peek(work) == '-' || peek(work) == ']')
        return false;
    work->at += peek(work) == '\\';
    gdf__rune rune = gdf__utf8_decode(work->pattern, work->at);
    work->at += rune.len;
    *value = rune.value;
    return rune.valid && rune.len && work->at < work->pattern.len;
}

/* `at` is behind the `[`. False for a malformed class. */
static bool read_class(compiler *work)
{
    gdf__glob_item *item = add_item(work, GDF__GLOB_CLASS);
    item->ranges = &work->ranges[work->range_count];
    item->negated = peek(work) == '^';
    work->at += item->negated;
    while (peek(work) != ']' || item->range_count == 0) {
        gdf__glob_range range;
        if (!read_class_rune(work, &range.first))
            return false;
        range.last = range.first;
        if (peek(work) == '-') {
            work->at++;
            if (!read_class_rune(work, &range.last))
                return false;
        }
        work->ranges[work->range_count++] = range;
        item->range_count++;
    }
    work->at++;
    return true;
}

/* False for a malformed pattern. */
static bool read_item(compiler *work)
{
    char byte = peek(work);
    if (byte == '*') {
        work->at++;
        add_any(work)->repeats = true;
        return true;
    }
    if (byte == '?') {
        work->at++;
        add_any(work);
        return true;
    }
    if (byte == '[') {
        work->at++;
        return read_class(work);
    }
    work->at += byte == '\\';
    gdf__rune rune = gdf__utf8_decode(work->pattern, work->at);
    work->at += rune.len;
    add_item(work, GDF__GLOB_RUNE)->rune = rune.value;
    return rune.len > 0;
}

gdf__path_pattern gdf__path_pattern_compile(gdf_str pattern, gdf__arena *arena)
{
    compiler work = {.pattern = pattern};
    size_t size = 0;
    if (!gdf__multiply(pattern.len + 1, sizeof *work.items, &size))
        arena->failed = true;
    work.items = arena->failed ? NULL : gdf__arena_take(arena, size);
    work.ranges = arena->failed ? NULL : gdf__arena_take(arena, size);
    if (arena->failed)
        return (gdf__path_pattern){NULL, 0};
    while (work.at < pattern.len) {
        if (read_item(&work))
            continue;
        work.count = 0;
        add_item(&work, GDF__GLOB_NEVER);
        break;
    }
    return (gdf__path_pattern){work.items, work.count};
}

bool gdf__path_pattern_has_wildcard(gdf_str text)
{
    for (size_t at = 0; at < text.len; at++) {
        char byte = text.ptr[at];
        if (byte == '*' || byte == '?' || byte == '[')
            return true;
        at += byte == '\\';
    }
    return false;
}

size_t gdf__path_pattern_find_wildcard(gdf_str path)
{
    for (size_t at = 0; at < path.len;) {
        size_t end = gdf__str_find(path, '/', at);
        if (gdf__path_pattern_has_wildcard(gdf__str_slice(path, at, end)))
            return at;
        at = end + 1;
    }
    return path.len;
}
