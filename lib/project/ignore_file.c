/* gdf_ignore: an ignore file by itself. */
#include <godockerfile/ignore.h>

#include "base/options.h"
#include "base/slice.h"
#include "project/ignore.h"

struct gdf_ignore {
    gdf__arena arena;
    gdf__ignore rows;
};

gdf_ignore *gdf_ignore_parse(const char *text, size_t len, const gdf_options *options)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    bool is_text = (text || !len) && len < UINT32_MAX;
    gdf_ignore *ignore = is_text ? gdf__allocate_zeroed(&allocator, sizeof *ignore) : NULL;
    if (!ignore)
        return NULL;
    gdf__arena_init(&ignore->arena, &allocator);
    gdf_str copy = gdf__arena_copy(&ignore->arena, (gdf_str){text ? text : "", len});
    ignore->rows = gdf__ignore_parse(copy, &ignore->arena);
    if (!ignore->arena.failed)
        return ignore;
    gdf_ignore_free(ignore);
    return NULL;
}

void gdf_ignore_free(gdf_ignore *ignore)
{
    if (!ignore)
        return;
    gdf_allocator allocator = ignore->arena.allocator;
    gdf__arena_free(&ignore->arena);
    gdf__release(&allocator, ignore);
}

/* ---- patterns -------------------------------------------------------------------------------- */

static const gdf__ignore_pattern *pattern_at(const gdf_ignore *ignore, uint32_t index)
{
    static const gdf__ignore_pattern NOTHING = {.text = {"", 0}, .glob = {"", 0}};
    return ignore && index < ignore->rows.count ? &ignore->rows.patterns[index] : &NOTHING;
}

gdf_str gdf_ignore_get_error(const gdf_ignore *ignore)
{
    return ignore ? ignore->rows.error : gdf__empty;
}

uint32_t gdf_ignore_count_patterns(const gdf_ignore *ignore)
{
    return ignore ? ignore->rows.count : 0;
}

gdf_str gdf_ignore_get_pattern(const gdf_ignore *ignore, uint32_t index)
{
    return pattern_at(ignore, index)->glob;
}

int gdf_ignore_is_exception(const gdf_ignore *ignore, uint32_t index)
{
    return pattern_at(ignore, index)->is_exception;
}

uint32_t gdf_ignore_get_pattern_start(const gdf_ignore *ignore, uint32_t index)
{
    return pattern_at(ignore, index)->start;
}

uint32_t gdf_ignore_get_pattern_end(const gdf_ignore *ignore, uint32_t index)
{
    return pattern_at(ignore, index)->end;
}

uint32_t gdf_ignore_get_pattern_line(const gdf_ignore *ignore, uint32_t index)
{
    return pattern_at(ignore, index)->line;
}

/* ---- matching -------------------------------------------------------------------------------- */

int gdf_ignore_match(const gdf_ignore *ignore, const char *path, size_t len)
{
    return ignore && path && gdf__ignore_match(&ignore->rows, (gdf_str){path, len});
}

uint32_t gdf_ignore_find_pattern(const gdf_ignore *ignore, const char *path, size_t len)
{
    if (!ignore || !path)
        return gdf_ignore_count_patterns(ignore);
    return gdf__ignore_find(&ignore->rows, (gdf_str){path, len});
}
