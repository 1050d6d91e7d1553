/* The functions of hooks.def, implemented by one file a rule family. */
#ifndef GDF_RULES_HOOKS_H
#define GDF_RULES_HOOKS_H

#include "rules/engine.h"

#define GDF_ON_INSTRUCTION(rule, instruction, function) \
    void function(gdf__check *check, gdf_node node);
#define GDF_ON_STAGE(rule, function) void function(gdf__check *check, gdf_stage stage);
#define GDF_ON_COMMAND(rule, function) void function(gdf__check *check, gdf_command command);
#define GDF_ON_GO(rule, function) void function(gdf__check *check, const gdf__go_command *go);
#define GDF_ON_DOCUMENT(rule, function) void function(gdf__check *check);
#include "rules/hooks.def"
#undef GDF_ON_INSTRUCTION
#undef GDF_ON_STAGE
#undef GDF_ON_COMMAND
#undef GDF_ON_GO
#undef GDF_ON_DOCUMENT

#endif
