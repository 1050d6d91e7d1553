/* What the caller gives to the build, and the arguments that the builder gives to every one. */
#include "base/options.h"
#include "base/slice.h"
#include "build/work.h"
#include "instruction/platform.h"

/* The names under which the builder knows an image: without Docker Hub's own parts and `latest`. */
static gdf_str familiar_name(gdf_str name)
{
    static const char *const PREFIXES[] = {"index.docker.io/", "docker.io/", "library/"};
    for (size_t i = 0; i < sizeof PREFIXES / sizeof *PREFIXES; i++) {
        if (gdf__str_starts(name, PREFIXES[i]))
            name = gdf__str_slice(name, strlen(PREFIXES[i]), name.len);
    }
    const size_t latest = strlen(":latest");
    return gdf__str_ends(name, ":latest") ? gdf__str_slice(name, 0, name.len - latest) : name;
}

bool gdf__is_named_context(const gdf_build *build, gdf_str name)
{
    if (gdf__str_is(name, "scratch") || gdf__str_is(name, "context"))
        return false;
    return gdf__name_map_find(&build->contexts, familiar_name(name)) != NULL;
}

/* A name may end in `::platform`. */
static void read_contexts(gdf_build *build, const gdf_options *options)
{
    size_t count = gdf_options_count_texts(options, GDF_OPTION_NAMED_CONTEXT);
    for (size_t i = 0; i < count; i++) {
        gdf_str name = gdf__arena_copy(&build->arena,
                                       gdf_options_get_text(options, GDF_OPTION_NAMED_CONTEXT, i));
        for (size_t at = gdf__str_find(name, ':', 0); at + 1 < name.len;
             at = gdf__str_find(name, ':', at + 1)) {
            if (name.ptr[at + 1] == ':')
                name.len = at;
        }
        gdf__name_map_add(&build->contexts, familiar_name(name), 0);
    }
}

/* A text without `=` gives the empty value; the last of several values counts. */
static void read_build_arguments(gdf_build *build, const gdf_options *options)
{
    size_t count = gdf_options_count_texts(options, GDF_OPTION_BUILD_ARG);
    for (size_t i = 0; i < count; i++) {
        gdf_str text =
            gdf__arena_copy(&build->arena, gdf_options_get_text(options, GDF_OPTION_BUILD_ARG, i));
        size_t equals = gdf__str_find(text, '=', 0);
        gdf_str *value = gdf__table_add(&build->build_argument_values);
        if (value)
            *value = gdf__str_slice(text, equals + 1, text.len);
        gdf__name_entry *entry =
            gdf__name_map_add(&build->build_arguments, gdf__str_slice(text, 0, equals), 0);
        if (entry)
            entry->value = (uint32_t)i;
    }
}

const gdf_str *gdf__find_build_argument(const gdf_build *build, gdf_str name)
{
    const gdf__name_entry *entry = gdf__name_map_find(&build->build_arguments, name);
    if (!entry || entry->value >= build->build_argument_values.count)
        return NULL;
    return GDF__AT(build->build_argument_values, gdf_str, entry->value);
}

/* ---- automatic arguments --------------------------------------------------------------------- */

typedef enum piece { WHOLE, OS, OS_VERSION, ARCHITECTURE, VARIANT, STAGE } piece;

typedef struct automatic_argument {
    gdf_str name;
    bool of_target;
    piece piece;
} automatic_argument;

static const automatic_argument AUTOMATIC[] = {
#define GDF_AUTOMATIC_ARGUMENT(name, of_target, piece) {GDF__TEXT(name), of_target, piece},
#include "build/automatic_arguments.def"
#undef GDF_AUTOMATIC_ARGUMENT
};

static gdf__platform default_platform(void)
{
    return (gdf__platform){.os = GDF__LITERAL("linux"),
                           .os_version = gdf__empty,
                           .architecture = GDF__LITERAL("amd64"),
                           .variant = gdf__empty};
}

static gdf_str format_platform(const gdf__platform *platform, gdf__arena *arena)
{
    gdf__builder text;
    gdf__builder_init(&text, &arena->allocator);
    gdf__builder_add(&text, platform->os);
    if (platform->os_version.len) {
        gdf__builder_add_byte(&text, '(');
        gdf__builder_add(&text, platform->os_version);
        gdf__builder_add_byte(&text, ')');
    }
    gdf__builder_add_byte(&text, '/');
    gdf__builder_add(&text, platform->architecture);
    if (platform->variant.len) {
        gdf__builder_add_byte(&text, '/');
        gdf__builder_add(&text, platform->variant);
    }
    return gdf__builder_to_arena(&text, arena);
}

/* The platform to build for: the caller's, or that of most machines. */
static gdf__platform read_platform(gdf_build *build, const gdf_options *options)
{
    gdf__platform host = default_platform();
    gdf__platform chosen;
    gdf_str text =
        gdf__arena_copy(&build->arena, gdf_options_get_text(options, GDF_OPTION_PLATFORM, 0));
    build->has_platform =
        text.len && gdf__platform_parse(text, &host, &chosen, &build->arena).len == 0;
    return build->has_platform ? chosen : host;
}

/* The name of the stage to build as the caller or the last FROM has it. */
static gdf_str target_name(gdf_build *build, const gdf_options *options)
{
    gdf_str target = gdf_options_get_text(options, GDF_OPTION_TARGET, 0);
    if (target.len)
        return gdf__arena_copy(&build->arena, target);
    const gdf_document *document = build->document;
    for (uint32_t i = document->instructions.count; i-- > 0;) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        if (gdf_node_get_instruction(document, node) != GDF_INSTRUCTION_FROM)
            continue;
        gdf_part name = gdf_instruction_find_part(document, node, GDF_PART_STAGE_NAME, 0);
        if (!name)
            break;
        return gdf__to_lower(gdf_part_get_value(document, name), &build->arena);
    }
    return GDF__LITERAL("default");
}

static gdf_str automatic_value(gdf_build *build, const gdf__platform *platform, piece wanted,
                               gdf_str stage)
{
    switch (wanted) {
    case OS: return platform->os;
    case OS_VERSION: return platform->os_version;
    case ARCHITECTURE: return platform->architecture;
    case VARIANT: return platform->variant;
    case STAGE: return stage;
    default: return format_platform(platform, &build->arena);
    }
}

static void assign_automatic(gdf_build *build, const gdf_options *options)
{
    gdf__image_state *state = GDF__AT(build->states, gdf__image_state, 0);
    gdf__platform host = default_platform();
    gdf__platform target = read_platform(build, options);
    gdf_str stage = target_name(build, options);
    build->platform = format_platform(&target, &build->arena);
    gdf__assignment assignments[sizeof AUTOMATIC / sizeof *AUTOMATIC];
    const uint32_t count = sizeof AUTOMATIC / sizeof *AUTOMATIC;
    for (uint32_t i = 0; i < count; i++) {
        const automatic_argument *row = &AUTOMATIC[i];
        const gdf_str *given = gdf__find_build_argument(build, row->name);
        bool is_certain = given || row->piece == STAGE || (row->of_target && build->has_platform);
        gdf_str value = automatic_value(build, row->of_target ? &target : &host, row->piece, stage);
        assignments[i] = (gdf__assignment){.name = row->name,
                                           .value = given ? *given : value,
                                           .state = GDF__VARIABLE_SET,
                                           .flags = is_certain ? 0 : GDF__VALUE_AUTOMATIC,
                                           .is_declared = true};
    }
    gdf__scope_start(build, state, assignments, count);
}

void gdf__read_inputs(gdf_build *build, const gdf_options *options)
{
    read_contexts(build, options);
    read_build_arguments(build, options);
    assign_automatic(build, options);
}
