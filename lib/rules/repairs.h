/* Fixes for what the builder refuses, offered where it says so: each adds one to the finding that
 * is open, when there is one that gives what the author meant. */
#ifndef GDF_RULES_REPAIRS_H
#define GDF_RULES_REPAIRS_H

#include "rules/engine.h"

/* A FLAG node with a name that the builder does not know, or a duration without its unit. */
void gdf__repair_flag(gdf__check *check, gdf_node flag);

/* A FLAG node that lacks its value. */
void gdf__repair_flag_value(gdf__check *check, gdf_node flag);

/* An ARGUMENT node of ENV, LABEL or ARG that is no pair. */
void gdf__repair_equals(gdf__check *check, gdf_node word);

/* An instruction whose arguments begin like a JSON array and are none. */
void gdf__repair_array(gdf__check *check, gdf_node instruction);

#endif
