/* Case files of rules, taken apart; README.md describes them. */
#ifndef GDF_TESTS_SPEC_CASE_FILE_H
#define GDF_TESTS_SPEC_CASE_FILE_H

#include <stdbool.h>

#include <godockerfile.h>

/* A section's lines, in the file's bytes. `present` tells an empty one from a missing one. */
typedef struct case_section {
    gdf_str text;
    bool present;
} case_section;

typedef struct rule_case {
    gdf_str title;
    unsigned line; /* of `===` in the file */
    case_section source;
    case_section options;
    case_section findings;
    case_section fixed;
    case_section file;
    gdf_str file_name;
    bool all_rules;
} rule_case;

/* Reads the case at or behind `*at` and moves `*at` and `*line` behind it. False when there is
 * none. */
bool case_file_next(gdf_str file, size_t *at, unsigned *line, rule_case *result);

/* Takes the first line, without its line end, off `*text`. False when nothing is left. */
bool case_take_line(gdf_str *text, gdf_str *line);

bool case_starts(gdf_str text, const char *prefix);
bool case_holds(gdf_str text, gdf_str part);
/* What stands behind the first `count` bytes, blanks on both sides left out. */
gdf_str case_rest(gdf_str text, size_t count);

/* Takes the first word and the blanks behind it off `*text`. */
gdf_str case_take_word(gdf_str *text);

#endif
