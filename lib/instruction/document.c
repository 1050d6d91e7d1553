/* gdf_document_parse: syntax, then typed instructions, then the order of problems. */
#include "base/options.h"
#include "base/slice.h"
#include "base/sort.h"
#include "instruction/instruction.h"
#include "syntax/parser.h"

/* Guesses for the first size of tables, per byte of input, from real files: they avoid growth. */
enum { BYTES_PER_TOKEN = 6, BYTES_PER_NODE = 18, BYTES_PER_PART = 24, BYTES_PER_INSTRUCTION = 96 };

static void init_tables(gdf_document *document, const gdf_allocator *allocator, uint32_t len)
{
    gdf__table_init(&document->tokens, allocator, sizeof(gdf__token));
    gdf__table_init(&document->nodes, allocator, sizeof(gdf__node));
    gdf__table_init(&document->lines, allocator, sizeof(gdf__logical_line));
    gdf__table_init(&document->heredocs, allocator, sizeof(gdf__heredoc));
    gdf__table_init(&document->instructions, allocator, sizeof(gdf_node));
    gdf__table_init(&document->problems, allocator, sizeof(gdf__problem));
    gdf__table_init(&document->parts, allocator, sizeof(gdf__part));
    gdf__table_reserve(&document->tokens, len / BYTES_PER_TOKEN + 4);
    gdf__table_reserve(&document->nodes, len / BYTES_PER_NODE + 4);
    gdf__table_reserve(&document->parts, len / BYTES_PER_PART + 4);
    gdf__table_reserve(&document->lines, len / BYTES_PER_INSTRUCTION + 4);
    gdf__table_reserve(&document->instructions, len / BYTES_PER_INSTRUCTION + 4);
}

static bool most_lines_end_in_crlf(const gdf__source *source)
{
    uint32_t crlf = 0;
    for (uint32_t line = 1; line < source->lines.count; line++) {
        uint32_t next = gdf__source_line_start(source, line + 1);
        crlf += next >= 2 && source->bytes[next - 2] == '\r';
    }
    return crlf > (source->lines.count - 1) / 2;
}

static void keep_unparsed(gdf_document *document, uint64_t limit)
{
    uint32_t len = document->source.len;
    gdf_node root = gdf__node_open(document, 0, GDF_NODE_DOCUMENT, 0);
    gdf__node_leaf(document, root, GDF_NODE_UNPARSED, 0, len, gdf__source_text(&document->source));
    gdf__node_close(document, root, len);
    gdf__token_add(document, 0, GDF_TOKEN_UNPARSED);
    document->unparsed = true;
    gdf__builder message;
    gdf__builder_init(&message, &document->arena.allocator);
    gdf__builder_add_text(&message, "input of ");
    gdf__builder_add_number(&message, len);
    gdf__builder_add_text(&message, " bytes is over the limit of ");
    gdf__builder_add_number(&message, limit);
    gdf__builder_add_text(&message, " and was not analysed; raise the option ");
    gdf__builder_add_text(&message, gdf_option_get_name(GDF_OPTION_MAX_DOCUMENT_SIZE));
    gdf__document_add_problem(
        document,
        (gdf__problem){.end = len, .phase = GDF__PHASE_OWN, .message = gdf__builder_get(&message)});
    if (message.failed)
        document->arena.failed = true;
    gdf__builder_free(&message);
}

static int compare_problems(const void *left, const void *right)
{
    const gdf__problem *a = left;
    const gdf__problem *b = right;
    if (a->start != b->start)
        return a->start < b->start ? -1 : 1;
    if (a->phase != b->phase)
        return a->phase < b->phase ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

/* The builder stops at the first problem of the first phase that has one. */
static uint32_t find_builder_error(const gdf__table *problems)
{
    const gdf__problem *first = NULL;
    for (uint32_t i = 0; i < problems->count; i++) {
        const gdf__problem *problem = GDF__AT(*problems, gdf__problem, i);
        if (problem->phase == GDF__PHASE_OWN)
            continue;
        if (!first || problem->phase < first->phase ||
            (problem->phase == first->phase && problem->order < first->order))
            first = problem;
    }
    return first ? (uint32_t)(first - GDF__AT(*problems, gdf__problem, 0)) : problems->count;
}

static void analyse(gdf_document *document, const gdf_options *options)
{
    uint64_t limit = gdf_options_get_number(options, GDF_OPTION_MAX_DOCUMENT_SIZE);
    if (document->source.len > limit) {
        keep_unparsed(document, limit);
    } else {
        document->crlf = most_lines_end_in_crlf(&document->source);
        gdf__syntax_parse(document);
        if (!gdf__document_failed(document))
            gdf__instructions_read(document);
    }
    gdf__table_sort(&document->problems, compare_problems);
    document->builder_error = find_builder_error(&document->problems);
}

gdf_document *gdf_document_parse(const char *text, size_t len, const gdf_options *options)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    if ((!text && len) || len > UINT32_MAX / 2)
        return NULL;
    gdf_document *document = gdf__allocate_zeroed(&allocator, sizeof *document);
    if (!document)
        return NULL;
    gdf__arena_init(&document->arena, &allocator);
    document->escape = '\\';
    init_tables(document, &allocator, (uint32_t)len);
    bool ready = gdf__source_init(&document->source, (gdf_str){text ? text : "", len}, &allocator);
    document->file_name =
        gdf__arena_copy(&document->arena, gdf_options_get_text(options, GDF_OPTION_FILE_NAME, 0));
    if (ready)
        analyse(document, options);
    if (!ready || gdf__document_failed(document)) {
        gdf_document_free(document);
        return NULL;
    }
    return document;
}
