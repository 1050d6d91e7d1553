/* Users and groups that the commands of a stage's chain create. */
#ifndef GDF_RULES_ACCOUNTS_H
#define GDF_RULES_ACCOUNTS_H

#include "base/table.h"
#include "rules/support.h"

typedef struct gdf__account {
    gdf_str name;
    gdf_str id;      /* decimal uid or gid; empty when the file does not tell */
    gdf_str group;   /* of a user: primary group as named, its own name when it gets one */
    gdf_stage stage; /* that creates it */
    gdf_node node;   /* the RUN */
    uint32_t order;  /* position among all accounts of the file */
    bool is_group;
    bool knows_group; /* `group` is certain */
} gdf__account;

/* All accounts of a document, for one rule's walk over its stages. */
typedef struct gdf__account_list {
    gdf__table rows; /* of gdf__account, sorted by stage, kind, name, order */
    uint32_t *last;  /* by stage: 1 + index of the last user of its chain; 0 = none */
} gdf__account_list;

/* Reads the commands of all stages. Free it all the same when memory was short: it is then empty.
 */
void gdf__accounts_read(const gdf__check *check, gdf__account_list *list);
void gdf__accounts_free(gdf__account_list *list);

/* The user or group of that name as the chain of `stage` leaves it, or NULL. */
const gdf__account *gdf__accounts_find(const gdf__check *check, const gdf__account_list *list,
                                       gdf_stage stage, bool is_group, gdf_str name);

/* The last user that the chain creates, or NULL. */
const gdf__account *gdf__accounts_last_user(const gdf__account_list *list, gdf_stage stage);

#endif
