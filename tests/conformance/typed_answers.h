/* The builder's typed instructions (`stages` and `meta` of a recorded row) against the parts of a
 * document. */
#ifndef GDF_TESTS_TYPED_ANSWERS_H
#define GDF_TESTS_TYPED_ANSWERS_H

#include <stdbool.h>

#include <godockerfile/instruction.h>
#include <jansson.h>

/* Equal, or equal once bytes that are no UTF-8 are U+FFFD: what JSON made of them. */
bool same_text(gdf_str got, const json_t *expected);

/* Compares all instructions with the answers, counting those compared. */
bool same_typed_answers(const gdf_document *document, const json_t *expected, size_t *compared);

#endif
