/* The flags that the builder knows, and what it says of one. */
#ifndef GDF_INSTRUCTION_FLAGS_H
#define GDF_INSTRUCTION_FLAGS_H

#include <stdbool.h>

#include <godockerfile/document.h>

typedef enum gdf__flag_fault {
    GDF__FLAG_FINE = 0,
    GDF__FLAG_UNKNOWN = 1,
    GDF__FLAG_DUPLICATE = 2,
    GDF__FLAG_NO_VALUE = 3,
    GDF__FLAG_NOT_BOOLEAN = 4
} gdf__flag_fault;

/* Judges the flags of one instruction in their order:
 *     gdf__flag_judge judge = {.instruction = GDF_INSTRUCTION_COPY};
 *     while (...)
 *         fault = gdf__flag_judge_next(&judge, text); */
typedef struct gdf__flag_judge {
    gdf_instruction_kind instruction;
    uint32_t used; /* bit i: row i of the table was given */
} gdf__flag_judge;

/* What is wrong with the next flag. `text` is its value as a node: dashes, name, perhaps `=` and
 * more. */
gdf__flag_fault gdf__flag_judge_next(gdf__flag_judge *judge, gdf_str text);

/* The name in such a text: from behind the dashes up to `=`. */
gdf_str gdf__flag_name(gdf_str text);

/* False for ARG and STOPSIGNAL: the builder takes any flag there and drops it. */
bool gdf__flags_are_read(gdf_instruction_kind instruction);

/* True when the instruction has a flag of that name. */
bool gdf__flag_is_known(gdf_instruction_kind instruction, gdf_str name);

/* The name of a flag of the instruction that `name` is most likely meant for: the same in other
 * case, or the one that the builder suggests; empty when there is none. Static. */
gdf_str gdf__flag_nearest(gdf_instruction_kind instruction, gdf_str name);

#endif
