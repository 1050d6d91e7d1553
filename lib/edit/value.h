/* What may be written as a value, and writing into JSON arrays. */
#ifndef GDF_EDIT_VALUE_H
#define GDF_EDIT_VALUE_H

#include "edit/edit.h"

/* No line end inside, no escape character at the end that would continue the line. */
bool gdf__value_is_one_line(const gdf_document *document, gdf_str value);

/* One line without white space. It may be empty. */
bool gdf__value_is_word(const gdf_document *document, gdf_str value);

/* Replaces `place` by `before`, `word` as a JSON string, and `after`. */
gdf_status gdf__value_set_json(gdf__edit_list *list, gdf__edit_range place, gdf_str before,
                               gdf_str word, gdf_str after);

#endif
