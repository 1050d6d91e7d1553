/* Where whole lines begin and end. */
#ifndef GDF_EDIT_LINES_H
#define GDF_EDIT_LINES_H

#include "edit/edit.h"

/* Where the text begins: behind a byte order mark. */
uint32_t gdf__edit_file_start(const gdf_document *document);

/* True for a top-level instruction. */
bool gdf__edit_is_top_level(const gdf_document *document, gdf_node instruction);

/* True when what follows in the file would still belong to the instruction. */
bool gdf__edit_is_open(const gdf_document *document, gdf_node instruction);

/* True when the instruction has comments right above it, and a blank line above those. */
bool gdf__edit_stands_apart(const gdf_document *document, gdf_node instruction);

/* True when a comment below the instruction would become a parser directive without it. */
bool gdf__edit_guards_directive(const gdf_document *document, gdf_node instruction);

/* First byte of the instruction: of its keyword, or of a continuation mark on a line before. */
uint32_t gdf__edit_first_byte(const gdf_document *document, gdf_node instruction);

/* Start of the first line of a comment or instruction, behind a byte order mark. */
uint32_t gdf__edit_first_line(const gdf_document *document, gdf_node node);

/* Start of the line behind the instruction and its heredocs. */
uint32_t gdf__edit_next_line(const gdf_document *document, gdf_node instruction);

/* The blanks in front of the instruction on its line. */
gdf_str gdf__edit_indentation(const gdf_document *document, gdf_node instruction);

/* True when the text before `offset` ends with a line end, or is nothing but a byte order mark. */
bool gdf__edit_starts_line(const gdf_document *document, uint32_t offset);

#endif
