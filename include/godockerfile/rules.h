/**
 * @file rules.h
 * The catalogue of rules and the choice of those that a check applies.
 */
#ifndef GODOCKERFILE_RULES_H
#define GODOCKERFILE_RULES_H

#include <godockerfile/options.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A rule of the catalogue, an index from 1; 0 = none. Ids may change between versions: keep codes.
 */
typedef uint32_t gdf_rule;

/** How bad a finding is; a larger value is worse. */
typedef enum gdf_severity {
    GDF_SEVERITY_NONE = 0,
    GDF_SEVERITY_STYLE = 1,
    GDF_SEVERITY_INFO = 2,    /**< worth knowing */
    GDF_SEVERITY_WARNING = 3, /**< very likely wrong or risky */
    GDF_SEVERITY_ERROR = 4    /**< build or container breaks, or a secret leaks */
} gdf_severity;

/** What a fix promises. */
typedef enum gdf_fix_class {
    GDF_FIX_NONE = 0,
    GDF_FIX_SAFE = 1,     /**< the image stays as it is, but for what the rule is about */
    GDF_FIX_BUGFIX = 2,   /**< what is there is provably broken; only that changes */
    GDF_FIX_SUGGESTED = 3 /**< behaviour changes, nearly always wanted */
} gdf_fix_class;

/* ---- The catalogue: static storage, the same in every process -------------------------------- */

/** Number of rules; ids run from 1 to this. */
GDF_API uint32_t gdf_rule_count(void);
/** The rule with that code ("STG001"), name ("final-stage-has-toolchain"), or alias of another tool
 * ("DL3006", "hadolint:DL3006"), in any case; 0 when there is none. */
GDF_API gdf_rule gdf_rule_find(const char *name, size_t len);
/** The stable identifier, for example "STG001"; "" for an id that is not in the catalogue, as for
 * all texts here. */
GDF_API const char *gdf_rule_get_code(gdf_rule rule);
/** The name in words, for example "final-stage-has-toolchain". */
GDF_API const char *gdf_rule_get_name(gdf_rule rule);
/** The quality at stake: correctness, deprecated, operations, performance, portability,
 * reproducibility, security, size or style. */
GDF_API const char *gdf_rule_get_category(gdf_rule rule);
/** The severity before a profile or the circumstances change it. */
GDF_API gdf_severity gdf_rule_get_severity(gdf_rule rule);
/** The best class that its fixes reach. */
GDF_API gdf_fix_class gdf_rule_get_fix_class(gdf_rule rule);
/** One sentence: what is wrong. */
GDF_API const char *gdf_rule_get_summary(gdf_rule rule);
/** A paragraph: why it matters, and what the fix does. */
GDF_API const char *gdf_rule_get_rationale(gdf_rule rule);
/** Address of further help. */
GDF_API const char *gdf_rule_get_help(gdf_rule rule);
/** Identifiers of other tools for the same defect, comma separated, "tool:id". */
GDF_API const char *gdf_rule_get_aliases(gdf_rule rule);
/** An example that the rule reports. */
GDF_API const char *gdf_rule_get_example(gdf_rule rule);
/** What the fix makes of the example, or "" when there is no fix. */
GDF_API const char *gdf_rule_get_fixed_example(gdf_rule rule);

/** "error", "warning", "info", "style", "none"; static storage; "" for a foreign value. */
GDF_API const char *gdf_severity_name(gdf_severity severity);
/** The severity with that name, in any case; NONE when there is none. */
GDF_API gdf_severity gdf_severity_find(const char *name, size_t len);
/** "safe", "bugfix", "suggested", "none"; static storage; "" for a foreign value. */
GDF_API const char *gdf_fix_class_name(gdf_fix_class fix_class);
/** The fix class with that name, in any case; NONE when there is none. */
GDF_API gdf_fix_class gdf_fix_class_find(const char *name, size_t len);

/* ---- Rule sets ------------------------------------------------------------------------------- */

/** Which rules a check applies, and how bad their findings are. */
typedef struct gdf_ruleset gdf_ruleset;

/** The rules of profile `production`. NULL when memory is short. Free with gdf_ruleset_free().
 * Change a rule set only before it is used: checks may share it between threads. */
GDF_API gdf_ruleset *gdf_ruleset_create(const gdf_options *options);
/** Frees the rule set; NULL is accepted. */
GDF_API void gdf_ruleset_free(gdf_ruleset *ruleset);

/** Starts again from a profile: "base" (the rows marked on), "production", "dev", "kubernetes" or
 * "buildkit" (the builder's own checks only). GDF_ERROR_UNKNOWN for another name. */
GDF_API gdf_status gdf_ruleset_use_profile(gdf_ruleset *ruleset, const char *name, size_t len);
/** Turns a rule on or off. GDF_ERROR_ARGUMENT for a rule that is not in the catalogue. */
GDF_API gdf_status gdf_ruleset_enable(gdf_ruleset *ruleset, gdf_rule rule, int enabled);
/** Sets how bad the findings of a rule are, whatever its circumstances. GDF_ERROR_ARGUMENT for a
 * rule that is not in the catalogue, and for NONE or a foreign severity. */
GDF_API gdf_status gdf_ruleset_set_severity(gdf_ruleset *ruleset, gdf_rule rule,
                                            gdf_severity severity);
/** 1 when a check with the set applies the rule. NULL stands for profile production. */
GDF_API int gdf_ruleset_is_enabled(const gdf_ruleset *ruleset, gdf_rule rule);
/** The severity that the set gives to the rule; that of the catalogue for NULL. */
GDF_API gdf_severity gdf_ruleset_get_severity(const gdf_ruleset *ruleset, gdf_rule rule);

#ifdef __cplusplus
}
#endif

#endif
