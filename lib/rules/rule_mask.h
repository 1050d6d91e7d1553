/* A set of rules: one bit each. */
#ifndef GDF_RULES_RULE_MASK_H
#define GDF_RULES_RULE_MASK_H

#include "rules/catalogue.h"

typedef struct gdf__rule_mask {
    uint64_t words[(GDF__RULE_COUNT_ + 63) / 64];
} gdf__rule_mask;

static inline void gdf__rule_mask_set(gdf__rule_mask *mask, gdf_rule rule)
{
    mask->words[rule / 64] |= (uint64_t)1 << (rule % 64);
}

static inline bool gdf__rule_mask_has(const gdf__rule_mask *mask, gdf_rule rule)
{
    return mask->words[rule / 64] >> (rule % 64) & 1;
}

static inline void gdf__rule_mask_add(gdf__rule_mask *to, const gdf__rule_mask *from)
{
    for (size_t i = 0; i < sizeof to->words / sizeof *to->words; i++)
        to->words[i] |= from->words[i];
}

static inline bool gdf__rule_mask_is_empty(const gdf__rule_mask *mask)
{
    uint64_t any = 0;
    for (size_t i = 0; i < sizeof mask->words / sizeof *mask->words; i++)
        any |= mask->words[i];
    return any == 0;
}

#endif
