#include "text/finding.h"

#include "base/rooms.h"

void gdf__findings_init(gdf__findings *findings, gdf__arena *arena)
{
    *findings = (gdf__findings){.arena = arena};
    gdf__table_init(&findings->findings, &arena->allocator, sizeof(gdf__finding));
    gdf__table_init(&findings->related, &arena->allocator, sizeof(gdf__related));
    gdf__table_init(&findings->fixes, &arena->allocator, sizeof(gdf__fix));
    enum { FEW = 4, SEVERAL = 16 };
    gdf__room rooms[] = {
        {&findings->findings, SEVERAL}, {&findings->related, FEW}, {&findings->fixes, FEW}};
    gdf__rooms_lend(rooms, sizeof rooms / sizeof *rooms, arena);
}

void gdf__findings_free(gdf__findings *findings)
{
    for (uint32_t i = 0; i < findings->fixes.count; i++)
        gdf__edit_list_free(&GDF__AT(findings->fixes, gdf__fix, i)->edits);
    gdf__table_free(&findings->findings);
    gdf__table_free(&findings->related);
    gdf__table_free(&findings->fixes);
}

bool gdf__findings_failed(const gdf__findings *findings)
{
    bool failed = findings->arena->failed || findings->findings.failed ||
                  findings->related.failed || findings->fixes.failed;
    for (uint32_t i = 0; i < findings->fixes.count && !failed; i++)
        failed = GDF__AT(findings->fixes, gdf__fix, i)->edits.edits.failed;
    return failed;
}
