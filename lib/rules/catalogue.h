/* The rules by id, and which of them a rule set applies. */
#ifndef GDF_RULES_CATALOGUE_H
#define GDF_RULES_CATALOGUE_H

#include <stdbool.h>

#include <godockerfile/rules.h>

/* Rule ids by code, in the order of rules.def: gdf_rule values. */
typedef enum gdf__rule_id {
    GDF__RULE_NONE = 0,
#define GDF_RULE(code, ...) GDF__RULE_##code,
#include "rules/rules.def"
#undef GDF_RULE
    GDF__RULE_COUNT_
} gdf__rule_id;

/* True when `name` is the rule's code, name, or one of its aliases, with or without the tool. With
 * a `tool` ("hadolint") only that tool's aliases count. Any case. */
bool gdf__rule_has_name(gdf_rule rule, gdf_str name, const char *tool);

/* True for the builder's own checks (CHK…). */
bool gdf__rule_is_builder_check(gdf_rule rule);

/* True for a check that the builder makes only when it is asked for by name. */
bool gdf__rule_is_experimental(gdf_rule rule);

/* True when the rule is on by default: in every profile, or in profile production. */
bool gdf__rule_is_on(gdf_rule rule, bool production);

/* True when the rule set is that of the builder alone: profile buildkit. */
bool gdf__ruleset_is_builder(const gdf_ruleset *ruleset);

/* True when the user set the rule's severity himself. */
bool gdf__ruleset_has_own_severity(const gdf_ruleset *ruleset, gdf_rule rule);

#endif
