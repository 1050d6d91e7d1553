/* Ignore files (.dockerignore) as the builder reads and applies them.
 *
 *     gdf__ignore ignore = gdf__ignore_parse(text, &arena);
 *     if (ignore.error.len == 0 && gdf__ignore_match(&ignore, path))
 *         …                                        // the path is not sent to the builder
 */
#ifndef GDF_PROJECT_IGNORE_H
#define GDF_PROJECT_IGNORE_H

#include "base/arena.h"
#include "base/table.h"

struct gdf__glob_item;

/* How a pattern is compared, as in the builder. */
typedef enum gdf__ignore_kind {
    GDF__IGNORE_EXACT = 0,
    GDF__IGNORE_PREFIX = 1, /* ends in `**`, nothing else is special */
    GDF__IGNORE_SUFFIX = 2, /* begins with `**`, nothing else is special */
    GDF__IGNORE_GLOB = 3
} gdf__ignore_kind;

typedef struct gdf__ignore_pattern {
    gdf_str text;   /* cleaned, with its `!` */
    gdf_str glob;   /* cleaned, without it */
    uint32_t start; /* range of its line's text in the file, blanks around it left out */
    uint32_t end;
    uint32_t line;                      /* from 1 */
    const struct gdf__glob_item *items; /* of a GLOB, see glob.h */
    uint32_t item_count;
    uint8_t kind;      /* gdf__ignore_kind */
    bool is_exception; /* begins with `!` */
} gdf__ignore_pattern;

typedef struct gdf__ignore {
    const gdf__ignore_pattern *patterns; /* in file order; in the arena */
    uint32_t count;
    bool has_exceptions;
    gdf_str error; /* why the builder refuses the file, in its words; else empty */
} gdf__ignore;

/* Reads an ignore file. `text` must live as long as the result. Patterns are there also when
 * `error` is set, up to the one that is refused. A failed arena is the only other failure. */
gdf__ignore gdf__ignore_parse(gdf_str text, gdf__arena *arena);

/* The patterns of a list instead of a file, as of COPY --exclude: nothing is a comment and a slash
 * in front stays. They must live as long as the result. */
gdf__ignore gdf__ignore_compile(const gdf_str *patterns, uint32_t count, gdf__arena *arena);

/* True when the file or directory is left out of the context: the last pattern that matches it or
 * one of its parent directories decides. `path` is relative to the context, `/` between the parts.
 * Never matches when the file is refused. Cost: the sizes of patterns and path multiplied. */
bool gdf__ignore_match(const gdf__ignore *ignore, gdf_str path);

/* The index of the pattern that decides, or count when none matches. It leaves the path out unless
 * it is an exception. */
uint32_t gdf__ignore_find(const gdf__ignore *ignore, gdf_str path);

/* True when one pattern matches the path or one of its parents; a `!` is not looked at. */
bool gdf__ignore_pattern_matches(const gdf__ignore_pattern *pattern, gdf_str path);

/* True when everything is left out unless an exception brings it back: a pattern `*`, `**` or
 * such that matches every path at the root. */
bool gdf__ignore_excludes_all(const gdf__ignore *ignore);

#endif
