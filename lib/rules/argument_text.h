/* The arguments of an instruction as one text, with a way back to the source. */
#ifndef GDF_RULES_ARGUMENT_TEXT_H
#define GDF_RULES_ARGUMENT_TEXT_H

#include "rules/engine.h"

typedef struct gdf__argument_text {
    const gdf__fragment *fragment;
    gdf_str text; /* of the logical line up to the end of the arguments */
    size_t start; /* of the arguments in it */
} gdf__argument_text;

gdf__argument_text gdf__argument_text_of(const gdf__check *check, gdf_node node);

/* The place of [start, end) of the text in the source. */
gdf__edit_range gdf__argument_range(const gdf__argument_text *arguments, size_t start, size_t end);

/* Offset of the first byte at or behind `at` that is no white space (ASCII). */
size_t gdf__argument_skip_blanks(gdf_str text, size_t at);
/* Where the word at `at` ends: at white space. */
size_t gdf__argument_word_end(gdf_str text, size_t at);

/* Where the text starts that may be a JSON array: behind the type of a HEALTHCHECK. */
size_t gdf__argument_array_start(const gdf__check *check, gdf_node node,
                                 const gdf__argument_text *arguments);
/* Where a complete JSON array of strings at `at` ends, or 0. */
size_t gdf__argument_array_end(gdf_str text, size_t at);

#endif
