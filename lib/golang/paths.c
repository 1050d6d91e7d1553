#include "golang/paths.h"

#include <string.h>

#include "base/slice.h"

/* Takes the last part off the `len` bytes of a clean path that starts with a slash. */
static size_t drop_last(const char *path, size_t len)
{
    while (len > 0 && path[len - 1] != '/')
        len--;
    return len > 0 ? len - 1 : 0;
}

/* Appends the parts of `path` to the clean path in `out` (without trailing slash, "" is the root).
 */
static size_t append_parts(char *out, size_t len, gdf_str path)
{
    for (size_t at = 0; at < path.len;) {
        size_t end = gdf__str_find(path, '/', at);
        gdf_str part = gdf__str_slice(path, at, end);
        at = end + 1;
        if (part.len == 0 || gdf__str_is(part, "."))
            continue;
        if (gdf__str_is(part, "..")) {
            len = drop_last(out, len);
            continue;
        }
        out[len++] = '/';
        memcpy(out + len, part.ptr, part.len);
        len += part.len;
    }
    return len;
}

gdf_str gdf__golang_absolute_path(gdf__arena *arena, gdf_str workdir, gdf_str path)
{
    if (path.len == 0 || gdf__str_has_byte(path, '$') || gdf__str_has_byte(path, '~'))
        return gdf__empty;
    bool absolute = path.ptr[0] == '/';
    if (!absolute && (workdir.len == 0 || workdir.ptr[0] != '/'))
        return gdf__empty;
    char *out = gdf__arena_take_bytes(arena, workdir.len + path.len + 2);
    if (!out)
        return gdf__empty;
    size_t len = absolute ? 0 : append_parts(out, 0, workdir);
    len = append_parts(out, len, path);
    if (len == 0)
        out[len++] = '/';
    return (gdf_str){out, len};
}

gdf_str gdf__paths_expand(const gdf_build *build, gdf_node instruction, const gdf__word *word,
                          gdf__arena *arena)
{
    if (word->flags & GDF_WORD_FLAG_LITERAL)
        return word->value;
    if (word->flags & (GDF_WORD_FLAG_SUBSTITUTION | GDF_WORD_FLAG_GLOB))
        return gdf__empty;
    gdf__expansion expansion =
        gdf__build_expand_with(build, instruction, word->value, GDF__WORD_SKIP_QUOTES, '\\', arena);
    bool certain = expansion.certain;
    /* A name that the build does not know is one of the shell's own. */
    for (uint32_t i = 0; certain && i < expansion.references.count; i++)
        certain = gdf__build_find_variable(build, instruction, expansion.references.items[i].name)
                      .state != GDF__VARIABLE_UNSET;
    return certain ? expansion.text : gdf__empty;
}

gdf_str gdf__path_base(gdf_str path)
{
    size_t start = path.len;
    while (start > 0 && path.ptr[start - 1] != '/')
        start--;
    return gdf__str_slice(path, start, path.len);
}

gdf_str gdf__path_directory(gdf_str path)
{
    size_t end = path.len;
    while (end > 0 && path.ptr[end - 1] != '/')
        end--;
    return gdf__str_slice(path, 0, end > 1 ? end - 1 : end);
}

bool gdf__path_is_below(gdf_str path, gdf_str directory)
{
    if (gdf__str_is(directory, "/"))
        return gdf__str_starts(path, "/");
    return path.len >= directory.len && memcmp(path.ptr, directory.ptr, directory.len) == 0 &&
           (path.len == directory.len || path.ptr[directory.len] == '/');
}
