/* One walk over the model that calls the hooks of all rules that are on. */
#ifndef GDF_RULES_DISPATCH_H
#define GDF_RULES_DISPATCH_H

#include "rules/engine.h"

void gdf__dispatch(gdf__check *check);

#endif
