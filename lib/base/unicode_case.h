/* Upper case as Go has it, and texts that change with their case. */
#ifndef GDF_BASE_UNICODE_CASE_H
#define GDF_BASE_UNICODE_CASE_H

#include <stdbool.h>

#include <godockerfile/base.h>

/* unicode.ToUpper; its counterpart is gdf__utf8_lower. */
uint32_t gdf__utf8_upper(uint32_t rune);

/* True when Go's strings.ToUpper or ToLower gives another text. They replace bytes that are no
 * UTF-8. */
bool gdf__utf8_changes_when_uppered(gdf_str text);
bool gdf__utf8_changes_when_lowered(gdf_str text);

/* True when the text in upper case is `upper`, which is ASCII. */
bool gdf__utf8_upper_is(gdf_str text, const char *upper);

#endif
