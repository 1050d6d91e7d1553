#include "base/slice.h"
#include "golang/model.h"

/* Packages that bring a C compiler. */
static const char *const COMPILER_PACKAGES[] = {"alpine-sdk", "build-base", "build-essential",
                                                "clang",      "g++",        "gcc",
                                                "musl-dev",   "zig"};

/* True when a RUN of the stage's chain installs a C compiler. */
static bool installs_compiler(const gdf__golang *golang, gdf_stage stage)
{
    const gdf__shell *shell = &golang->build->shell;
    for (const gdf__stage *row = gdf__build_stage(golang->build, stage); row;
         row = gdf__build_stage(golang->build, row->base_stage)) {
        for (uint32_t i = 0; i < row->instruction_count; i++) {
            gdf_node node = *GDF__AT(golang->build->document->instructions, gdf_node,
                                     row->first_instruction + i);
            const gdf__step *step = gdf__build_step(golang->build, node);
            for (uint32_t c = 0; c < step->command_count; c++) {
                uint32_t count = gdf__shell_count_arguments(shell, step->first_command + c);
                for (uint32_t a = 1; a < count; a++) {
                    const gdf__word *word =
                        gdf__shell_argument(shell, step->first_command + c, a);
                    if (GDF__IS_ONE_OF(word->value, COMPILER_PACKAGES))
                        return true;
                }
            }
        }
    }
    return false;
}

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
    if (stage->facts.has_c_compiler == GDF__FACT_YES ||
        installs_compiler(golang, command->stage))
        return GDF__LINKAGE_MAYBE_DYNAMIC;
    return stage->facts.has_c_compiler == GDF__FACT_NO ? GDF__LINKAGE_STATIC
                                                        : GDF__LINKAGE_UNKNOWN;
}
