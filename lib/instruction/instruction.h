/* Nodes to typed instructions: parts with ranges, and what the builder refuses in them. */
#ifndef GDF_INSTRUCTION_INSTRUCTION_H
#define GDF_INSTRUCTION_INSTRUCTION_H

#include <godockerfile/instruction.h>

#include "syntax/document.h"

/* Fills document->parts for all instructions (nested ones too) and adds the problems of the
 * builder's typing phase (GDF__PHASE_INSTRUCTION). Linear in the document. */
void gdf__instructions_read(gdf_document *document);

/* Part `id`, or NULL. */
const gdf__part *gdf__document_part(const gdf_document *document, gdf_part id);

/* An image reference taken apart, without checking it: `registry/repository:tag@digest`. Missing
 * pieces are empty slices. The registry is recognised as the builder does it (§9.2). */
typedef struct gdf__image_reference {
    gdf_str registry;
    gdf_str repository;
    gdf_str tag;
    gdf_str digest;
} gdf__image_reference;

gdf__image_reference gdf__image_reference_split(gdf_str text);

/* The exact error text of the builder for an image reference, or empty when it is valid (§9.2).
 * The text is in the arena. */
gdf_str gdf__image_reference_check(gdf_str text, gdf__arena *arena);

#endif
