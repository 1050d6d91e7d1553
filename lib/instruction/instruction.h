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

/* The next part of that kind behind `part` in the same instruction, the first one for 0; 0 at the
 * end. Walks an instruction in linear time, which counting up in gdf_instruction_find_part() does
 * not:
 *     while ((part = gdf__instruction_next_part(document, node, GDF_PART_SOURCE, part)) != 0) */
gdf_part gdf__instruction_next_part(const gdf_document *document, gdf_node instruction,
                                    gdf_part_kind kind, gdf_part part);

/* The same for the FLAGs of a name, and for the parts of a kind inside `outer`. */
gdf_part gdf__instruction_next_flag(const gdf_document *document, gdf_node instruction,
                                    const char *name, gdf_part flag);
gdf_part gdf__part_next_inside(const gdf_document *document, gdf_part outer, gdf_part_kind kind,
                               gdf_part part);

/* The value as a slice. */
static inline gdf_str gdf__part_value(const gdf__part *part)
{
    return (gdf_str){part->value, part->value_len};
}

#endif
