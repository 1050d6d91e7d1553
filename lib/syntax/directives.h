/* Parser directives as the frontend detects them, apart from the parser's own scan. */
#ifndef GDF_SYNTAX_DIRECTIVES_H
#define GDF_SYNTAX_DIRECTIVES_H

#include "syntax/document.h"

typedef struct gdf__directive {
    gdf_str value;   /* the whole value; empty and line 0 when there is none */
    gdf_str command; /* the value up to its first space */
    uint32_t start;  /* range of the value in the source */
    uint32_t end;
    uint32_t line;
    bool found;
} gdf__directive;

/* The directive `key` ("syntax", "check", "escape") as the frontend reads it before parsing: a line
 * must start with `#` in column 1, a `#!` line before is skipped; `syntax` is also found as
 * `//syntax=` (the JSON form of old frontends is not looked for). */
gdf__directive gdf__directive_find(const gdf_document *document, const char *key);

/* The value of a comment `# key = value`; `comment` begins at its `#`. False for another comment.
 */
bool gdf__directive_match(gdf_str comment, const char *key, gdf_str *value);

#endif
