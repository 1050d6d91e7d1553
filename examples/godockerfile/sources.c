/* godockerfile sources */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "commands.h"
#include "settings.h"

/* What is printed behind a source that is no file of the context. */
static const char *describe(const gdf_copy_sources *sources, uint32_t index)
{
    switch (gdf_copy_sources_get_kind(sources, index)) {
    case GDF_SOURCE_STAGE: return " (of another stage or image)";
    case GDF_SOURCE_HEREDOC: return " (written in the Dockerfile)";
    case GDF_SOURCE_REMOTE: return " (fetched from elsewhere)";
    case GDF_SOURCE_UNKNOWN: return " (not known)";
    default: break;
    }
    if (gdf_copy_sources_is_found(sources, index))
        return "";
    return gdf_copy_sources_is_required(sources, index) ? " (not there: the build fails)"
                                                        : " (nothing)";
}

static void print_source(const gdf_document *document, gdf_node node,
                         const gdf_copy_sources *sources, uint32_t index)
{
    printf("line %" PRIu32 ": %s ", gdf_node_get_first_line(document, node),
           gdf_instruction_kind_name(gdf_node_get_instruction(document, node)));
    bool is_known = gdf_copy_sources_get_kind(sources, index) != GDF_SOURCE_UNKNOWN;
    print_bytes(is_known ? gdf_copy_sources_get_text(sources, index)
                         : gdf_part_get_value(document, gdf_copy_sources_get_part(sources, index)));
    printf("%s\n", describe(sources, index));
    uint32_t count = gdf_copy_sources_count_files(sources);
    for (uint32_t file = 0; file < count; file++) {
        if (gdf_copy_sources_get_file_source(sources, file) != index)
            continue;
        fputs("    ", stdout);
        print_bytes(gdf_copy_sources_get_file(sources, file));
        putchar('\n');
    }
}

static int print_sources(const gdf_build *build, const gdf_project *project,
                         const gdf_document *document, gdf_node node)
{
    gdf_copy_sources *sources = gdf_copy_sources_create(build, project, node);
    if (!sources)
        return fail_memory();
    for (uint32_t i = 0; i < gdf_copy_sources_count(sources); i++)
        print_source(document, node, sources, i);
    gdf_copy_sources_free(sources);
    return STATUS_DONE;
}

static int list(const struct settings *settings, const struct arguments *arguments,
                const gdf_document *document)
{
    (void)arguments;
    gdf_build *build = gdf_build_create(document, settings->options);
    int status = build ? STATUS_DONE : fail_memory();
    uint32_t count = gdf_document_count_instructions(document);
    for (uint32_t i = 0; i < count && status == STATUS_DONE; i++)
        status = print_sources(build, settings->project, document,
                               gdf_document_get_instruction(document, i));
    gdf_build_free(build);
    return status;
}

int run_sources(const struct arguments *arguments)
{
    return work_on_document(arguments, list);
}
