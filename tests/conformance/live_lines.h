/* The lines of an answer of live_answers.c: a name and its values, texts quoted. */
#ifndef GDF_TESTS_LIVE_LINES_H
#define GDF_TESTS_LIVE_LINES_H

#include <stdbool.h>

#include "base/builder.h"

/* live_begin, any number of values, live_end: one line. */
void live_begin(gdf__builder *out, const char *name);
void live_add_text(gdf__builder *out, gdf_str text);
void live_add_number(gdf__builder *out, uint64_t number);
void live_add_bool(gdf__builder *out, bool value);
void live_add_bare(gdf__builder *out, const char *word); /* without quotes */
void live_add_lines(gdf__builder *out, uint32_t first, uint32_t last);
void live_end(gdf__builder *out);

/* A line of one text. */
void live_line(gdf__builder *out, const char *name, gdf_str text);

/* Takes the text that ends in NUL off the front of the payload; false, and nothing left of the NUL,
 * for an empty one. */
bool live_take(gdf_str *payload, gdf_str *text);

/* Texts in the order of their bytes. */
void live_sort(gdf_str *texts, size_t count);

void live_answer_build(gdf_str text, gdf__builder *out);
void live_answer_document(gdf_str text, gdf__builder *out);
/* The typed instructions of a document that the builder accepts; live_document.c asks for them. */
struct gdf_document;
void live_answer_typed(const struct gdf_document *document, gdf__builder *out);
void live_answer_word(gdf_str payload, gdf__builder *out);
void live_answer_ignore(gdf_str payload, gdf__builder *out);

#endif
