/* $'…' of bash and busybox ash. Private to lib/shell. */
#ifndef GDF_SHELL_ANSI_QUOTES_H
#define GDF_SHELL_ANSI_QUOTES_H

#include "base/builder.h"
#include "shell/reader.h"

/* Offset of the ' that closes the text starting at `at`, or 0 when there is none. */
uint32_t gdf__ansi_end(const gdf__input *input, uint32_t at);

/* Adds the bytes that the text between the quotes stands for. */
void gdf__ansi_decode(gdf__builder *builder, gdf_str text);

#endif
