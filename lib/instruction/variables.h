/* Variables in a text, as far as splitting it needs them. */
#ifndef GDF_INSTRUCTION_VARIABLES_H
#define GDF_INSTRUCTION_VARIABLES_H

#include <stddef.h>

#include <godockerfile/base.h>

/* Offset of the first `byte` at or after `from` that is not inside `${…}`, or text.len. `from` must
 * itself lie outside. An unclosed `${` reaches to the end. */
size_t gdf__variables_find_outside(gdf_str text, char byte, size_t from);

#endif
