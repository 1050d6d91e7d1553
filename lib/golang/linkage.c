#include "base/slice.h"
#include "golang/model.h"

static bool links_statically(const gdf__go_command *command)
{
    return gdf__str_contains(command->ldflags, "-static") &&
           gdf__str_contains(command->ldflags, "external");
}

static gdf__linkage dynamic_linkage(const gdf__image_facts *facts)
{
    switch (facts->libc) {
    case GDF__LIBC_GLIBC: return GDF__LINKAGE_GLIBC;
    case GDF__LIBC_MUSL: return GDF__LINKAGE_MUSL;
    default: return GDF__LINKAGE_UNKNOWN;
    }
}

gdf__linkage gdf__golang_linkage(const gdf__golang *golang, const gdf__go_command *command)
{
    const gdf__go_stage *stage = gdf__golang_stage(golang, command->stage);
    if (!stage || !command->understood)
        return GDF__LINKAGE_UNKNOWN;
    if (command->buildmode.len && !gdf__str_is(command->buildmode, "exe") &&
        !gdf__str_is(command->buildmode, "default"))
        return GDF__LINKAGE_UNKNOWN;
    switch (command->cgo) {
    case GDF__CGO_OFF: return GDF__LINKAGE_STATIC;
    case GDF__CGO_UNKNOWN: return GDF__LINKAGE_UNKNOWN;
    case GDF__CGO_ON:
        return links_statically(command) ? GDF__LINKAGE_STATIC : dynamic_linkage(&stage->facts);
    case GDF__CGO_UNSET: break;
    }
    if (links_statically(command))
        return GDF__LINKAGE_STATIC;
    if (stage->facts.has_c_compiler == GDF__FACT_YES || stage->has_compiler)
        return GDF__LINKAGE_MAYBE_DYNAMIC;
    return stage->facts.has_c_compiler == GDF__FACT_NO ? GDF__LINKAGE_STATIC : GDF__LINKAGE_UNKNOWN;
}
