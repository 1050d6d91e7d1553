/* gdf_document_parse: syntax, then typed instructions, then the order of problems. */
#include "base/options.h"
#include "base/slice.h"
#include "base/sort.h"
#include "instruction/instruction.h"
#include "syntax/parser.h"

/* ---- memory ---- */

/* Room in the block of a document cannot be given back when a table outgrows it. Longer ones keep
 * their nodes apart, where the table can grow in place. */
enum { LONGEST_IN_ONE_BLOCK = 1 << 16 };

/* How many rows each table will have, guessed from real files: few documents outgrow it much, and
 * none gets much more than it can use. */
typedef struct guess {
    size_t tokens;
    size_t nodes;
    size_t instructions;
    size_t texts; /* bytes of the arena */
} guess;

static const guess NO_ROWS = {1, 2, 1, 0};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static guess guess_rows(const gdf__source *source)
{
    enum { BYTES_PER_TOKEN = 3, BYTES_PER_NODE = 8, BYTES_PER_INSTRUCTION = 16, FEW = 4 };
    const gdf__line_shapes *shapes = &source->shapes;
    size_t lines = source->lines.count;
    size_t others = (size_t)shapes->continued + shapes->blank + shapes->comments;
    size_t starts = lines - least(lines, others);
    guess rows = {.tokens = least(3 * lines, source->len / BYTES_PER_TOKEN) + FEW,
                  .nodes = least(4 * starts + shapes->comments, source->len / BYTES_PER_NODE) +
                           (size_t)2 * FEW,
                  .instructions = least(starts, source->len / BYTES_PER_INSTRUCTION) + 1};
    rows.texts = shapes->joined + (shapes->continued + rows.instructions) * sizeof(gdf__segment);
    return rows;
}

/* Where the first rooms of tables stand in the block of the document. */
typedef struct layout {
    size_t lines;
    size_t nodes;
    size_t tokens;
    size_t instructions;
    size_t texts;
    size_t size;
} layout;

/* The offset of `count` items behind the others. A size that overflows stays at its largest, which
 * no allocator has. */
static size_t place(layout *block, size_t count, size_t item_size)
{
    size_t offset = block->size;
    size_t size = 0;
    if (!gdf__multiply(count, item_size, &size) || size > SIZE_MAX - offset)
        block->size = SIZE_MAX;
    else
        block->size += size;
    return offset;
}

static layout lay_out(const guess *rows, bool has_nodes)
{
    layout block = {.size = sizeof(gdf_document)};
    block.lines = place(&block, rows->instructions, sizeof(gdf__logical_line));
    block.nodes = place(&block, has_nodes ? rows->nodes : 0, sizeof(gdf__node));
    block.tokens = place(&block, rows->tokens, sizeof(gdf__token));
    block.instructions = place(&block, rows->instructions, sizeof(gdf_node));
    block.texts = place(&block, rows->texts, 1);
    return block;
}

static void init_tables(gdf_document *document, const gdf_allocator *allocator)
{
    gdf__arena_init(&document->arena, allocator);
    gdf__table_init(&document->tokens, allocator, sizeof(gdf__token));
    gdf__table_init(&document->nodes, allocator, sizeof(gdf__node));
    gdf__table_init(&document->lines, allocator, sizeof(gdf__logical_line));
    gdf__table_init(&document->heredocs, allocator, sizeof(gdf__heredoc));
    gdf__table_init(&document->instructions, allocator, sizeof(gdf_node));
    gdf__table_init(&document->problems, allocator, sizeof(gdf__problem));
    gdf__table_init(&document->parts, allocator, sizeof(gdf__part));
}

/* A document without nodes that takes the source over, with hardly any room when it stays unparsed;
 * NULL when memory is short. */
static gdf_document *create(const gdf__source *source, bool unparsed,
                            const gdf_allocator *allocator)
{
    guess rows = unparsed ? NO_ROWS : guess_rows(source);
    bool has_nodes = source->len <= LONGEST_IN_ONE_BLOCK;
    layout block = lay_out(&rows, has_nodes);
    char *room = gdf__allocate(allocator, block.size);
    if (!room)
        return NULL;
    gdf_document *document = (gdf_document *)(void *)room;
    *document = (gdf_document){.source = *source, .escape = '\\'};
    init_tables(document, allocator);
    gdf__table_lend(&document->lines, room + block.lines, (uint32_t)rows.instructions);
    gdf__table_lend(&document->tokens, room + block.tokens, (uint32_t)rows.tokens);
    gdf__table_lend(&document->instructions, room + block.instructions,
                    (uint32_t)rows.instructions);
    gdf__arena_lend(&document->arena, room + block.texts, rows.texts);
    if (has_nodes)
        gdf__table_lend(&document->nodes, room + block.nodes, (uint32_t)rows.nodes);
    else
        gdf__table_reserve(&document->nodes, (uint32_t)rows.nodes);
    return document;
}

/* ---- problems ---- */

static bool most_lines_end_in_crlf(const gdf__source *source)
{
    return source->shapes.crlf > (source->lines.count - 1) / 2;
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

static void analyse(gdf_document *document, uint64_t limit)
{
    if (document->source.len > limit) {
        keep_unparsed(document, limit);
    } else {
        document->crlf = most_lines_end_in_crlf(&document->source);
        gdf__syntax_parse(document);
        gdf__table_reserve(&document->parts, document->nodes.count);
        if (!gdf__document_failed(document))
            gdf__instructions_read(document);
    }
    gdf__table_sort(&document->problems, compare_problems);
    document->builder_error = find_builder_error(&document->problems);
}

static void read_names(gdf_document *document, const gdf_options *options)
{
    gdf_str path = gdf_options_get_text(options, GDF_OPTION_CONTEXT_PATH, 0);
    document->file_name =
        gdf__arena_copy(&document->arena, gdf_options_get_text(options, GDF_OPTION_FILE_NAME, 0));
    document->context_path =
        path.len ? gdf__arena_copy(&document->arena, path) : document->file_name;
}

gdf_document *gdf_document_parse(const char *text, size_t len, const gdf_options *options)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    if ((!text && len) || len > UINT32_MAX / 2)
        return NULL;
    gdf__source source;
    bool ready = gdf__source_init(&source, (gdf_str){text ? text : "", len}, &allocator);
    uint64_t limit = gdf_options_get_number(options, GDF_OPTION_MAX_DOCUMENT_SIZE);
    gdf_document *document = ready ? create(&source, len > limit, &allocator) : NULL;
    if (!document) {
        gdf__source_free(&source);
        return NULL;
    }
    read_names(document, options);
    analyse(document, limit);
    if (gdf__document_failed(document)) {
        gdf_document_free(document);
        return NULL;
    }
    return document;
}
