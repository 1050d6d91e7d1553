/* Nodes to typed instructions: parts with ranges, and what the builder refuses in them. */
#ifndef GDF_INSTRUCTION_INSTRUCTION_H
#define GDF_INSTRUCTION_INSTRUCTION_H

#include <godockerfile/instruction.h>

#include "instruction/image_reference.h"
#include "syntax/document.h"

/* Fills document->parts for all instructions (nested ones too) and adds the problems of the
 * builder's typing phase (GDF__PHASE_INSTRUCTION), in its order. Linear in the document. */
void gdf__instructions_read(gdf_document *document);

/* Part `id`, or NULL. */
const gdf__part *gdf__document_part(const gdf_document *document, gdf_part id);

/* The value as a slice. */
static inline gdf_str gdf__part_value(const gdf__part *part)
{
    return (gdf_str){part->value, part->value_len};
}

#endif
