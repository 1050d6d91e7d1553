/* Users that the commands of a stage's chain create. */
#ifndef GDF_RULES_ACCOUNTS_H
#define GDF_RULES_ACCOUNTS_H

#include "rules/support.h"

typedef struct gdf__account {
    gdf_str name;
    gdf_str uid;   /* decimal; empty when the command leaves the choice to the system */
    gdf_str group; /* primary group as named; empty when it is the user's own */
} gdf__account;

/* The user `name` that a RUN of the chain creates by adduser or useradd, or, for an empty name, the
 * last one created with a known uid. False when there is none. */
bool gdf__accounts_find(const gdf__check *check, gdf_stage stage, gdf_str name,
                        gdf__account *account);

#endif
