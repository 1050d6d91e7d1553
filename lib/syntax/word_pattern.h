/* The patterns of `${v#p}`, `${v%p}` and `${v/p/r}` as the builder matches them: `*` stands for any
 * run of runes and `?` for any one rune, neither for a newline; `\*`, `\?`, `\\`, `\}` and `\/` for
 * the second character; every other rune for itself. There are no bracket classes.
 *
 *     gdf__matcher matcher;
 *     gdf__matcher_init(&matcher, allocator, steps);
 *     if (gdf__matcher_compile(&matcher, pattern, false)) {
 *         gdf__matcher_load(&matcher, subject, false);
 *         gdf__match match;
 *         bool found = gdf__matcher_find(&matcher, 0, &match);
 *     }
 *     gdf__matcher_free(&matcher);
 *
 * Matching never backtracks: its cost is at most the length of the subject times that of the
 * pattern. */
#ifndef GDF_SYNTAX_WORD_PATTERN_H
#define GDF_SYNTAX_WORD_PATTERN_H

#include "base/table.h"

/* One pattern and one subject at a time; reusable. Short memory sets `failed` in a table: answers
 * are then meaningless, see gdf__matcher_failed(). */
typedef struct gdf__matcher {
    gdf__table runes;    /* of uint32_t: the pattern's text; reversed when so compiled */
    gdf__table elements; /* of uint32_t: runes and wildcards */
    gdf__table subject;  /* of uint32_t: runes */
    size_t steps;        /* comparisons that may still be made, over all patterns and subjects */
    uint32_t bad_escape; /* the rune behind the backslash that compile refused */
    bool exhausted;      /* `steps` ran out: answers are meaningless from there on */
} gdf__matcher;

/* Rune indices [start, end) of the subject. */
typedef struct gdf__match {
    uint32_t start;
    uint32_t end;
} gdf__match;

void gdf__matcher_init(gdf__matcher *matcher, const gdf_allocator *allocator, size_t steps);
void gdf__matcher_free(gdf__matcher *matcher);
bool gdf__matcher_failed(const gdf__matcher *matcher);

/* Takes `steps` for work that a caller does with matches. False: exhausted. */
bool gdf__matcher_charge(gdf__matcher *matcher, size_t steps);

/* Reads the pattern; with `reversed` the one that matches reversed subjects. False: a backslash
 * stands before a rune that it cannot escape (U+FFFD when it is the last one). */
bool gdf__matcher_compile(gdf__matcher *matcher, gdf_str pattern, bool reversed);

/* Sets the subject; with `reversed` its runes are taken from last to first. */
void gdf__matcher_load(gdf__matcher *matcher, gdf_str subject, bool reversed);

/* Matches at the start of the subject: with `longest` as far as possible, else as short as
 * possible. `*end` is the rune index behind the match. */
bool gdf__matcher_prefix(gdf__matcher *matcher, bool longest, uint32_t *end);

/* The leftmost match at or behind rune `from`, the longest there. */
bool gdf__matcher_find(gdf__matcher *matcher, uint32_t from, gdf__match *match);

#endif
