/* Members and items of JSON text, separated as they must be. */
#ifndef GDF_REPORT_JSON_WRITER_H
#define GDF_REPORT_JSON_WRITER_H

#include "base/builder.h"

/* Begins a member of the object that is open: a comma unless it is the first, the key, a colon. */
void gdf__json_key(gdf__builder *out, const char *key);
/* Begins an item of the array that is open: a comma unless it is the first. */
void gdf__json_item(gdf__builder *out);

void gdf__json_text(gdf__builder *out, const char *key, gdf_str value);
void gdf__json_number(gdf__builder *out, const char *key, uint64_t value);

/* Each line of the output is one finding: a line end and a comma, if need be, in front of an item.
 */
void gdf__json_item_on_line(gdf__builder *out);

#endif
