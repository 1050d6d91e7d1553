#include "build/dispatch.h"

#include "base/options.h"
#include "base/rooms.h"
#include "base/slice.h"
#include "build/check_options.h"
#include "build/work.h"

enum {
    /* Bytes that all texts together may take, beyond a multiple of the input. */
    TEXT_ALLOWANCE = 64 << 20,
    TEXT_GROWTH = 64,
    /* Variable names that triggers and base images may bring along, and those that the builder
     * itself does. */
    NAME_ALLOWANCE = 1 << 16,
    OWN_NAMES = 64
};

/* ---- errors and limits ----------------------------------------------------------------------- */

void gdf__dispatch_add_place(gdf__dispatch *work, gdf__line_range lines)
{
    gdf__line_range *place = lines.first ? gdf__table_add(&work->config->error_places) : NULL;
    if (place)
        *place = lines;
}

bool gdf__dispatch_fail(gdf__dispatch *work, gdf_str message)
{
    if (work->stopped)
        return false;
    work->stopped = true;
    work->config->error = message;
    gdf__dispatch_add_place(work, work->lines);
    return false;
}

bool gdf__dispatch_fail_with(gdf__dispatch *work, gdf__builder *message)
{
    return gdf__dispatch_fail(work, gdf__builder_to_arena(message, work->arena));
}

gdf__builder gdf__dispatch_text(const gdf__dispatch *work)
{
    gdf__builder text;
    gdf__builder_init(&text, &work->arena->allocator);
    return text;
}

bool gdf__dispatch_give_up(gdf__dispatch *work, const char *what)
{
    work->budget = 0;
    work->stopped = true;
    work->config->limit = what;
    return false;
}

bool gdf__dispatch_give_up_word(gdf__dispatch *work)
{
    return gdf__dispatch_give_up(work, gdf__word_limit_text);
}

bool gdf__dispatch_spend(gdf__dispatch *work, size_t bytes)
{
    if (bytes <= work->budget) {
        work->budget -= bytes;
        return true;
    }
    return gdf__dispatch_give_up(work, "the texts of the image config are over their limit");
}

/* ---- making ---------------------------------------------------------------------------------- */

static size_t allowance(const gdf_document *document)
{
    return (size_t)TEXT_ALLOWANCE + (size_t)document->source.len * TEXT_GROWTH;
}

static uint32_t most_names(const gdf__dispatch *work)
{
    bool has_foreign = work->build->triggers.count ||
                       gdf_options_count_texts(work->options, GDF_OPTION_IMAGE_CONFIG);
    return work->document->parts.count + (has_foreign ? NAME_ALLOWANCE : OWN_NAMES);
}

static void init(gdf__dispatch *work)
{
    const gdf_allocator *allocator = &work->arena->allocator;
    work->version_size = most_names(work);
    work->budget = allowance(work->document);
    work->trigger_bytes = gdf__build_trigger_allowance(work->build);
    work->late_error = gdf__empty;
    gdf__table_init(&work->values, allocator, sizeof(gdf__dispatch_value));
    gdf__table_init(&work->states, allocator, sizeof(gdf__dispatch_state));
    gdf__table_init(&work->commands, allocator, sizeof(gdf__dispatch_command));
    gdf__table_init(&work->sources, allocator, sizeof(uint32_t));
    gdf__table_init(&work->needs, allocator, sizeof(gdf__dispatch_need));
    gdf__table_init(&work->triggers, allocator, sizeof(gdf__trigger));
    gdf__table_init(&work->bases, allocator, sizeof(gdf__base_config));
    gdf__table_init(&work->label_values, allocator, sizeof(gdf_str));
    gdf__table_init(&work->arguments, allocator, sizeof(gdf__argument));
    gdf__table_init(&work->shadowed, allocator, sizeof(uint32_t));
    gdf__versions_init(&work->versions, allocator, work->version_size);
    gdf__name_map_init(&work->names, allocator);
    gdf__name_map_init(&work->base_references, allocator);
    gdf__name_map_init(&work->image_references, allocator);
    gdf__name_map_init(&work->environment_places, allocator);
    gdf__name_map_init(&work->labels, allocator);
    gdf__name_map_init(&work->ports, allocator);
    gdf__name_map_init(&work->volumes, allocator);
    gdf__name_map_init(&work->argument_places, allocator);
}

static void lend_rooms(gdf__dispatch *work)
{
    enum { FEW = 4, SEVERAL = 16 };
    uint32_t lines = work->document->lines.count;
    gdf__room rooms[] = {
        {&work->states, FEW},
        {&work->commands, lines},
        {&work->sources, FEW},
        {&work->needs, FEW},
        {&work->values, SEVERAL},
        {&work->names.entries, SEVERAL},
        {&work->names.branches, SEVERAL},
        {&work->versions.nodes, SEVERAL * work->versions.depth},
        {&work->image_references.entries, FEW},
        {&work->image_references.branches, FEW},
    };
    gdf__rooms_lend(rooms, sizeof rooms / sizeof *rooms, work->arena);
}

static void release_table(gdf__dispatch *work, gdf__table *table)
{
    work->arena->failed = work->arena->failed || table->failed;
    gdf__table_free(table);
}

static void release_map(gdf__dispatch *work, gdf__name_map *map)
{
    work->arena->failed = work->arena->failed || gdf__name_map_failed(map);
    gdf__name_map_free(map);
}

/* What was short of memory fails the config. */
static void release(gdf__dispatch *work)
{
    release_table(work, &work->values);
    release_table(work, &work->states);
    release_table(work, &work->commands);
    release_table(work, &work->sources);
    release_table(work, &work->needs);
    release_table(work, &work->triggers);
    release_table(work, &work->bases);
    release_table(work, &work->label_values);
    release_table(work, &work->arguments);
    release_table(work, &work->shadowed);
    release_table(work, &work->versions.nodes);
    release_map(work, &work->names);
    release_map(work, &work->base_references);
    release_map(work, &work->image_references);
    release_map(work, &work->environment_places);
    release_map(work, &work->labels);
    release_map(work, &work->ports);
    release_map(work, &work->volumes);
    release_map(work, &work->argument_places);
}

/* ---- the order of the steps ------------------------------------------------------------------ */

static bool accepts_platform(gdf__dispatch *work)
{
    gdf_str text = gdf_options_get_text(work->options, GDF_OPTION_PLATFORM, 0);
    gdf__platform host = {GDF__LITERAL("linux"), gdf__empty, GDF__LITERAL("amd64"), gdf__empty};
    gdf__platform ignored;
    gdf_str error = text.len ? gdf__platform_parse(text, &host, &ignored, work->arena) : gdf__empty;
    if (error.len == 0)
        return true;
    gdf__builder message = gdf__dispatch_begin_line(work, "failed to parse target platform ");
    gdf__builder_add(&message, text);
    gdf__builder_add_text(&message, ": ");
    gdf__builder_add(&message, error);
    return gdf__dispatch_fail_with(work, &message);
}

/* What the builder refuses before it looks at stages. */
static bool accepts_document(gdf__dispatch *work)
{
    const gdf_document *document = work->document;
    if (document->unparsed)
        return gdf__dispatch_give_up(work,
                                     "the input is over the limit of option max-document-size");
    gdf_str error = gdf__check_argument_error(work->build, work->arena);
    if (error.len)
        return gdf__dispatch_fail(work, error);
    if (document->source.len == 0)
        return gdf__dispatch_fail(work, GDF__LITERAL("the Dockerfile cannot be empty"));
    error = gdf__check_directive_error(work->build, work->arena);
    if (error.len)
        return gdf__dispatch_fail(work, error);
    if (document->builder_error >= document->problems.count)
        return true;
    const gdf__problem *problem =
        GDF__AT(document->problems, gdf__problem, document->builder_error);
    work->lines = (gdf__line_range){problem->first_line, problem->last_line};
    return gdf__dispatch_fail(work, problem->message);
}

static bool work_out(gdf__dispatch *work)
{
    if (!accepts_platform(work) || !accepts_document(work) ||
        !gdf__dispatch_global_arguments(work) || !gdf__dispatch_add_stages(work))
        return false;
    uint32_t target = gdf__dispatch_find_target(work);
    if (!target || !gdf__dispatch_add_commands(work))
        return false;
    gdf__dispatch_read_bases(work);
    if (!gdf__dispatch_resolve(work, target) || !gdf__dispatch_run_states(work))
        return false;
    work->lines = (gdf__line_range){0, 0};
    return work->late_error.len == 0 || work->config->is_check ||
           gdf__dispatch_fail(work, work->late_error);
}

void gdf__dispatch_run(gdf_config *config, const gdf_build *build, const gdf_options *options)
{
    gdf__dispatch work = {.build = build,
                          .document = build->document,
                          .options = options,
                          .config = config,
                          .arena = &config->arena};
    init(&work);
    lend_rooms(&work);
    work_out(&work);
    gdf__dispatch_finish_image(&work);
    if (!config->is_check)
        gdf__dispatch_list_sorted(&work, &work.image_references, GDF_CONFIG_IMAGES);
    release(&work);
}
