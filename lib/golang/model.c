#include "golang/model.h"

#include "base/rooms.h"
#include "base/slice.h"
#include "golang/go_command.h"

bool gdf__is_one_of(gdf_str text, const char *const *names, size_t count)
{
    char first = text.len ? *text.ptr : '\0';
    for (size_t i = 0; i < count; i++) {
        if (*names[i] == first && gdf__str_is(text, names[i]))
            return true;
    }
    return false;
}

gdf__go_stage *gdf__golang_stage_row(gdf__golang *golang, gdf_stage stage)
{
    return stage && stage <= golang->stages.count
               ? GDF__AT(golang->stages, gdf__go_stage, stage - 1)
               : NULL;
}

const gdf__go_stage *gdf__golang_stage(const gdf__golang *golang, gdf_stage stage)
{
    return stage && stage <= golang->stages.count
               ? GDF__AT(golang->stages, gdf__go_stage, stage - 1)
               : NULL;
}

const gdf__go_command *gdf__golang_command(const gdf__golang *golang, uint32_t index)
{
    return index < golang->commands.count ? GDF__AT(golang->commands, gdf__go_command, index)
                                          : NULL;
}

const gdf__go_command *gdf__golang_find_command(const gdf__golang *golang, gdf_command command)
{
    uint32_t low = 0;
    uint32_t high = golang->commands.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gdf__golang_command(golang, middle)->command < command)
            low = middle + 1;
        else
            high = middle;
    }
    const gdf__go_command *found = gdf__golang_command(golang, low);
    return found && found->command == command ? found : NULL;
}

static void read_instruction(gdf__golang *golang, gdf_node instruction, const gdf__step *step)
{
    gdf__environment environment;
    gdf__environment_begin(&environment, golang->build, instruction, &golang->arena);
    for (uint32_t i = 0; i < step->command_count; i++) {
        gdf_command command = step->first_command + i;
        gdf__environment_enter(&environment, command);
        if (gdf__is_go_program(gdf__shell_program(&golang->build->shell, command))) {
            gdf__environment own = gdf__environment_for(&environment, command);
            gdf__go_command *row = gdf__table_add(&golang->commands);
            if (!row)
                return;
            *row = gdf__go_command_read(golang->build, command, &own);
            if (gdf__go_command_builds(row))
                row->linkage = gdf__golang_linkage(golang, row);
        }
        gdf__environment_after(&environment, command);
    }
}

/* Cheap test: does any command of the step run the go tool? */
static bool runs_go(const gdf_build *build, const gdf__step *step)
{
    for (uint32_t i = 0; i < step->command_count; i++) {
        if (gdf__is_go_program(gdf__shell_program(&build->shell, step->first_command + i)))
            return true;
    }
    return false;
}

void gdf__golang_read_commands(gdf__golang *golang)
{
    const gdf_document *document = golang->build->document;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        const gdf__step *step = gdf__build_step(golang->build, node);
        if (!step || gdf_node_get_instruction(document, node) != GDF_INSTRUCTION_RUN ||
            !runs_go(golang->build, step))
            continue;
        read_instruction(golang, node, step);
    }
}

bool gdf__golang_init(gdf__golang *golang, const gdf_build *build, const gdf_project *project)
{
    const gdf_allocator *allocator = &build->arena.allocator;
    *golang = (gdf__golang){.build = build, .project = project};
    gdf__arena_init(&golang->arena, allocator);
    gdf__table_init(&golang->stages, allocator, sizeof(gdf__go_stage));
    gdf__table_init(&golang->commands, allocator, sizeof(gdf__go_command));
    gdf__table_init(&golang->artefacts, allocator, sizeof(gdf__artefact));
    enum { FEW = 4 };
    gdf__room rooms[] = {{&golang->stages, build->stages.count},
                         {&golang->commands, FEW},
                         {&golang->artefacts, FEW}};
    gdf__rooms_lend(rooms, sizeof rooms / sizeof *rooms, &golang->arena);
    gdf__golang_read_stages(golang);
    gdf__golang_read_commands(golang);
    gdf__golang_read_artefacts(golang);
    gdf__golang_read_requirements(golang);
    return !golang->arena.failed && !golang->stages.failed && !golang->commands.failed &&
           !golang->artefacts.failed;
}

void gdf__golang_free(gdf__golang *golang)
{
    gdf__table_free(&golang->stages);
    gdf__table_free(&golang->commands);
    gdf__table_free(&golang->artefacts);
    gdf__arena_free(&golang->arena);
}
