#include "base/path.h"

#include "base/slice.h"

/* A clean path being written; `floor` is where ".." cannot go back any further. */
typedef struct writer {
    char *bytes;
    size_t len;
    size_t floor;
    bool rooted;
} writer;

static void append(writer *out, gdf_str component)
{
    if (out->len > (out->rooted ? 1u : 0u))
        out->bytes[out->len++] = '/';
    memcpy(out->bytes + out->len, component.ptr, component.len);
    out->len += component.len;
}

static void go_up(writer *out)
{
    if (out->len > out->floor) {
        out->len--;
        while (out->len > out->floor && out->bytes[out->len] != '/')
            out->len--;
    } else if (!out->rooted) {
        append(out, GDF__LITERAL(".."));
        out->floor = out->len;
    }
}

static gdf_str write_clean(gdf_str path, char *bytes)
{
    bool rooted = gdf__path_is_absolute(path);
    writer out = {.bytes = bytes, .len = rooted, .floor = rooted, .rooted = rooted};
    if (rooted)
        bytes[0] = '/';
    for (size_t at = rooted; at < path.len;) {
        size_t end = gdf__str_find(path, '/', at);
        gdf_str component = gdf__str_slice(path, at, end);
        if (gdf__str_is(component, ".."))
            go_up(&out);
        else if (component.len && !gdf__str_is(component, "."))
            append(&out, component);
        at = end + 1;
    }
    return out.len ? (gdf_str){bytes, out.len} : GDF__LITERAL(".");
}

static bool is_clean(gdf_str path)
{
    bool rooted = gdf__path_is_absolute(path);
    bool only_up = !rooted;
    if (path.len == rooted || gdf__str_is(path, "."))
        return path.len > 0;
    for (size_t at = rooted; at <= path.len;) {
        size_t end = gdf__str_find(path, '/', at);
        gdf_str component = gdf__str_slice(path, at, end);
        bool is_up = gdf__str_is(component, "..");
        if (component.len == 0 || gdf__str_is(component, ".") || (is_up && !only_up))
            return false;
        only_up = only_up && is_up;
        at = end + 1;
    }
    return true;
}

gdf_str gdf__path_clean(gdf_str path, gdf__arena *arena)
{
    if (path.len == 0)
        return GDF__LITERAL(".");
    if (is_clean(path))
        return path;
    char *bytes = gdf__arena_take_bytes(arena, path.len);
    return bytes ? write_clean(path, bytes) : gdf__empty;
}

gdf_str gdf__path_join(gdf_str directory, gdf_str path, gdf__arena *arena)
{
    if (directory.len == 0 && path.len == 0)
        return gdf__empty;
    if (directory.len == 0 || path.len == 0)
        return gdf__path_clean(directory.len ? directory : path, arena);
    size_t len = directory.len + 1;
    if (path.len > SIZE_MAX - len) {
        arena->failed = true;
        return gdf__empty;
    }
    len += path.len;
    char *joined = gdf__arena_take_bytes(arena, len);
    if (!joined)
        return gdf__empty;
    memcpy(joined, directory.ptr, directory.len);
    joined[directory.len] = '/';
    memcpy(joined + directory.len + 1, path.ptr, path.len);
    return gdf__path_clean((gdf_str){joined, len}, arena);
}
