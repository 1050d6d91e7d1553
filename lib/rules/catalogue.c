#include "rules/catalogue.h"

#include "base/enum_names.h"
#include "base/slice.h"

typedef enum rule_default { DEFAULT_ON, DEFAULT_OFF, DEFAULT_PRODUCTION } rule_default;

typedef struct rule_row {
    const char *code;
    const char *name;
    const char *category;
    gdf_severity severity;
    rule_default initial;
    gdf_fix_class fix_class;
    const char *summary;
    const char *rationale;
    const char *aliases;
} rule_row;

static const rule_row RULES[] = {
    {.code = ""},
#define GDF_RULE(code, name, category, severity, initial, fix, summary, rationale, aliases)   \
    {#code,   name,      category, GDF_SEVERITY_##severity, DEFAULT_##initial, GDF_FIX_##fix, \
     summary, rationale, aliases},
#include "rules/rules.def"
#undef GDF_RULE
};

typedef struct example_row {
    gdf__rule_id rule;
    const char *source;
    const char *fixed;
} example_row;

static const example_row EXAMPLES[] = {
    {GDF__RULE_NONE, "", ""},
#define GDF_RULE_EXAMPLE(code, source, fixed) {GDF__RULE_##code, source, fixed},
#include "rules/examples.def"
#undef GDF_RULE_EXAMPLE
};

#define HELP_ADDRESS "https://github.com/godockerfile/libgodockerfile#"

static const char *const HELP[] = {
    "",
#define GDF_RULE(code, ...) HELP_ADDRESS #code,
#include "rules/rules.def"
#undef GDF_RULE
};

static const rule_row *find_row(gdf_rule rule)
{
    return rule < GDF__RULE_COUNT_ ? &RULES[rule] : &RULES[0];
}

/* A static string that is never NULL. */
static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

uint32_t gdf_rule_count(void)
{
    return GDF__RULE_COUNT_ - 1;
}

const char *gdf_rule_get_code(gdf_rule rule)
{
    return find_row(rule)->code;
}

const char *gdf_rule_get_name(gdf_rule rule)
{
    return text_or_empty(find_row(rule)->name);
}

const char *gdf_rule_get_category(gdf_rule rule)
{
    return text_or_empty(find_row(rule)->category);
}

gdf_severity gdf_rule_get_severity(gdf_rule rule)
{
    return find_row(rule)->severity;
}

gdf_fix_class gdf_rule_get_fix_class(gdf_rule rule)
{
    return find_row(rule)->fix_class;
}

const char *gdf_rule_get_summary(gdf_rule rule)
{
    return text_or_empty(find_row(rule)->summary);
}

const char *gdf_rule_get_rationale(gdf_rule rule)
{
    return text_or_empty(find_row(rule)->rationale);
}

const char *gdf_rule_get_help(gdf_rule rule)
{
    return rule < GDF__RULE_COUNT_ ? HELP[rule] : "";
}

const char *gdf_rule_get_aliases(gdf_rule rule)
{
    return text_or_empty(find_row(rule)->aliases);
}

static const example_row *find_example(gdf_rule rule)
{
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        if ((gdf_rule)EXAMPLES[i].rule == rule && rule)
            return &EXAMPLES[i];
    }
    return NULL;
}

const char *gdf_rule_get_example(gdf_rule rule)
{
    const example_row *row = find_example(rule);
    return row ? row->source : "";
}

const char *gdf_rule_get_fixed_example(gdf_rule rule)
{
    const example_row *row = find_example(rule);
    return row ? row->fixed : "";
}

/* ---- look-up by name ------------------------------------------------------------------------- */

bool gdf__rule_has_name(gdf_rule rule, gdf_str name, const char *tool)
{
    const rule_row *row = find_row(rule);
    if (!tool &&
        (gdf__str_is_nocase(name, row->code) || gdf__str_is_nocase(name, gdf_rule_get_name(rule))))
        return true;
    gdf_str aliases = gdf__str(gdf_rule_get_aliases(rule));
    for (size_t at = 0; at < aliases.len;) {
        size_t end = gdf__str_find(aliases, ',', at);
        gdf_str alias = gdf__str_slice(aliases, at, end);
        size_t colon = gdf__str_find(alias, ':', 0);
        bool tool_fits = !tool || gdf__str_is_nocase(gdf__str_slice(alias, 0, colon), tool);
        if (tool_fits && (gdf__str_equal_nocase(alias, name) ||
                          gdf__str_equal_nocase(gdf__str_slice(alias, colon + 1, alias.len), name)))
            return true;
        at = end + 1;
    }
    return false;
}

gdf_rule gdf_rule_find(const char *name, size_t len)
{
    gdf_str wanted = {name ? name : "", name ? len : 0};
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_; rule++) {
        if (gdf__str_is_nocase(wanted, RULES[rule].code))
            return rule;
    }
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_ && wanted.len; rule++) {
        if (gdf__rule_has_name(rule, wanted, NULL))
            return rule;
    }
    return 0;
}

bool gdf__rule_is_builder_check(gdf_rule rule)
{
    return gdf__str_starts(gdf__str(gdf_rule_get_code(rule)), "CHK");
}

bool gdf__rule_is_experimental(gdf_rule rule)
{
    return gdf__rule_is_builder_check(rule) && find_row(rule)->initial == DEFAULT_OFF;
}

/* ---- names of the enums ---------------------------------------------------------------------- */

static const char *const SEVERITIES[] = {"none", "style", "info", "warning", "error"};
static const char *const FIX_CLASSES[] = {"none", "safe", "bugfix", "suggested"};

const char *gdf_severity_name(gdf_severity severity)
{
    return gdf__enum_name(GDF__NAMES(SEVERITIES), severity);
}

gdf_severity gdf_severity_find(const char *name, size_t len)
{
    return (gdf_severity)gdf__enum_find(GDF__NAMES(SEVERITIES), name, len, GDF_SEVERITY_NONE);
}

const char *gdf_fix_class_name(gdf_fix_class fix_class)
{
    return gdf__enum_name(GDF__NAMES(FIX_CLASSES), fix_class);
}

gdf_fix_class gdf_fix_class_find(const char *name, size_t len)
{
    return (gdf_fix_class)gdf__enum_find(GDF__NAMES(FIX_CLASSES), name, len, GDF_FIX_NONE);
}

/* ---- defaults for rule sets ------------------------------------------------------------------ */

bool gdf__rule_is_on(gdf_rule rule, bool production)
{
    rule_default initial = find_row(rule)->initial;
    return rule && (initial == DEFAULT_ON || (production && initial == DEFAULT_PRODUCTION));
}
