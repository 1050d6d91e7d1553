/* GEN001: what the builder refuses, in its own words. */
#include "rules/hooks.h"

void gdf__check_problems(gdf__check *check)
{
    for (uint32_t i = 0; i < check->document->problems.count; i++) {
        const gdf__problem *problem = GDF__AT(check->document->problems, gdf__problem, i);
        gdf__report(check, GDF__RULE_GEN001, problem->start, problem->end);
        gdf__say(check, "%S", problem->message);
    }
}
