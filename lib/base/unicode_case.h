/* Upper and lower case of code points as Go's unicode.ToUpper and ToLower give them. */
#ifndef GDF_BASE_UNICODE_CASE_H
#define GDF_BASE_UNICODE_CASE_H

#include <stdbool.h>

#include <godockerfile/base.h>

uint32_t gdf__utf8_to_upper(uint32_t rune);
uint32_t gdf__utf8_to_lower(uint32_t rune);

/* True when Go's strings.ToUpper or ToLower gives another text. They replace bytes that are no
 * UTF-8. */
bool gdf__utf8_changes_when_uppered(gdf_str text);
bool gdf__utf8_changes_when_lowered(gdf_str text);

/* True when the text in upper case is `upper`, which is ASCII. */
bool gdf__utf8_upper_is(gdf_str text, const char *upper);

#endif
