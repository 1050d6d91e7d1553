#include "base/memory.h"
#include "base/options.h"
#include "base/slice.h"
#include "rules/catalogue.h"

typedef struct rule_choice {
    bool enabled;
    bool own_severity; /* set by the user, not by a profile */
    gdf_severity severity;
} rule_choice;

struct gdf_ruleset {
    gdf_allocator allocator;
    bool is_builder; /* it was last set to a profile that holds the builder's checks alone */
    rule_choice choices[GDF__RULE_COUNT_];
};

typedef enum profile_id {
#define GDF_PROFILE(id, name, production, builder_only) PROFILE_##id,
#define GDF_PROFILE_OFF(profile, rule)
#define GDF_PROFILE_SEVERITY(profile, rule, severity)
#include "rules/profiles.def"
#undef GDF_PROFILE
#undef GDF_PROFILE_OFF
#undef GDF_PROFILE_SEVERITY
    PROFILE_COUNT
} profile_id;

typedef struct profile {
    const char *name;
    bool production;
    bool builder_only;
} profile;

typedef struct profile_change {
    profile_id profile;
    gdf__rule_id rule;
    gdf_severity severity; /* NONE turns the rule off */
} profile_change;

static const profile PROFILES[] = {
#define GDF_PROFILE(id, name, production, builder_only) {name, production, builder_only},
#define GDF_PROFILE_OFF(profile, rule)
#define GDF_PROFILE_SEVERITY(profile, rule, severity)
#include "rules/profiles.def"
#undef GDF_PROFILE
#undef GDF_PROFILE_OFF
#undef GDF_PROFILE_SEVERITY
};

static const profile_change CHANGES[] = {
#define GDF_PROFILE(id, name, production, builder_only)
#define GDF_PROFILE_OFF(profile, rule) {PROFILE_##profile, GDF__RULE_##rule, GDF_SEVERITY_NONE},
#define GDF_PROFILE_SEVERITY(profile, rule, severity) \
    {PROFILE_##profile, GDF__RULE_##rule, GDF_SEVERITY_##severity},
#include "rules/profiles.def"
#undef GDF_PROFILE
#undef GDF_PROFILE_OFF
#undef GDF_PROFILE_SEVERITY
};

static void use_profile(gdf_ruleset *ruleset, profile_id id)
{
    ruleset->is_builder = PROFILES[id].builder_only;
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_; rule++)
        ruleset->choices[rule] =
            (rule_choice){.enabled = gdf__rule_is_on(rule, PROFILES[id].production) &&
                                     (!PROFILES[id].builder_only ||
                                      gdf__rule_is_builder_check(rule) || rule == GDF__RULE_GEN001),
                          .severity = gdf_rule_get_severity(rule)};
    for (size_t i = 0; i < sizeof CHANGES / sizeof *CHANGES; i++) {
        const profile_change *change = &CHANGES[i];
        if (change->profile != id)
            continue;
        if (change->severity == GDF_SEVERITY_NONE)
            ruleset->choices[change->rule].enabled = false;
        else
            ruleset->choices[change->rule].severity = change->severity;
    }
}

gdf_ruleset *gdf_ruleset_create(const gdf_options *options)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf_ruleset *ruleset = gdf__allocate_zeroed(&allocator, sizeof *ruleset);
    if (!ruleset)
        return NULL;
    ruleset->allocator = allocator;
    use_profile(ruleset, PROFILE_PRODUCTION);
    return ruleset;
}

void gdf_ruleset_free(gdf_ruleset *ruleset)
{
    if (!ruleset)
        return;
    gdf_allocator allocator = ruleset->allocator;
    gdf__release(&allocator, ruleset);
}

gdf_status gdf_ruleset_use_profile(gdf_ruleset *ruleset, const char *name, size_t len)
{
    if (!ruleset)
        return GDF_ERROR_ARGUMENT;
    gdf_str wanted = {name ? name : "", name ? len : 0};
    for (int id = 0; id < PROFILE_COUNT; id++) {
        if (gdf__str_is_nocase(wanted, PROFILES[id].name)) {
            use_profile(ruleset, (profile_id)id);
            return GDF_OK;
        }
    }
    return GDF_ERROR_UNKNOWN;
}

static bool in_catalogue(gdf_rule rule)
{
    return rule > 0 && rule < GDF__RULE_COUNT_;
}

gdf_status gdf_ruleset_enable(gdf_ruleset *ruleset, gdf_rule rule, int enabled)
{
    if (!ruleset || !in_catalogue(rule))
        return GDF_ERROR_ARGUMENT;
    ruleset->choices[rule].enabled = enabled != 0;
    return GDF_OK;
}

gdf_status gdf_ruleset_set_severity(gdf_ruleset *ruleset, gdf_rule rule, gdf_severity severity)
{
    if (!ruleset || !in_catalogue(rule) || severity <= GDF_SEVERITY_NONE ||
        severity > GDF_SEVERITY_ERROR)
        return GDF_ERROR_ARGUMENT;
    ruleset->choices[rule].severity = severity;
    ruleset->choices[rule].own_severity = true;
    return GDF_OK;
}

int gdf_ruleset_is_enabled(const gdf_ruleset *ruleset, gdf_rule rule)
{
    if (!in_catalogue(rule))
        return 0;
    return ruleset ? ruleset->choices[rule].enabled : gdf__rule_is_on(rule, true);
}

gdf_severity gdf_ruleset_get_severity(const gdf_ruleset *ruleset, gdf_rule rule)
{
    if (!ruleset || !in_catalogue(rule))
        return gdf_rule_get_severity(rule);
    return ruleset->choices[rule].severity;
}

bool gdf__ruleset_has_own_severity(const gdf_ruleset *ruleset, gdf_rule rule)
{
    return ruleset && in_catalogue(rule) && ruleset->choices[rule].own_severity;
}

bool gdf__ruleset_is_builder(const gdf_ruleset *ruleset)
{
    return ruleset && ruleset->is_builder;
}
