/* Walks the instructions of a document: parts of each, then the builder's checks of it. */
#include "instruction/reader.h"

#include "base/slice.h"
#include "instruction/suggestion.h"

/* ---- nodes ----------------------------------------------------------------------------------- */

const gdf__node *gdf__reader_node(const gdf__reader *reader, gdf_node node)
{
    return GDF__AT(reader->document->nodes, gdf__node, node - 1);
}

gdf_node gdf__reader_after(const gdf__reader *reader, gdf_node node)
{
    return gdf__reader_node(reader, node)->next;
}

gdf__span gdf__reader_span(const gdf__reader *reader, gdf_node node)
{
    return gdf__span_of_node(reader->document, reader->line, gdf__reader_node(reader, node));
}

bool gdf__reader_is_json(const gdf__reader *reader)
{
    return reader->instruction->flags & GDF_NODE_FLAG_JSON;
}

gdf__span gdf__reader_arguments_span(const gdf__reader *reader)
{
    return gdf__span_of_line(reader->line, reader->line->arguments_start,
                             reader->line->arguments_end);
}

gdf__span gdf__reader_place(const gdf__reader *reader)
{
    bool has_text = reader->line->arguments_end > reader->line->arguments_start;
    return has_text ? gdf__reader_arguments_span(reader)
                    : gdf__reader_span(reader, reader->node + 1);
}

static void extend_run(gdf__node_run *run, gdf_node node, gdf_node end)
{
    if (run->count++ == 0)
        run->first = node;
    run->end = end;
}

/* One search through the text serves all instructions: they come one behind the other. */
static void look_for_dollars(gdf__reader *reader)
{
    const gdf__node *node = reader->instruction;
    if (reader->next_dollar < node->start) {
        gdf_str text = gdf__source_text(&reader->document->source);
        reader->next_dollar = gdf__str_find(text, '$', node->start);
    }
    reader->has_dollars = reader->next_dollar < node->end;
}

void gdf__reader_enter(gdf__reader *reader, gdf_node instruction)
{
    static const gdf__node_run EMPTY = {0, 0, 0};
    const gdf__node *node = gdf__reader_node(reader, instruction);
    reader->node = instruction;
    reader->instruction = node;
    reader->line = GDF__AT(reader->document->lines, gdf__logical_line, node->detail);
    look_for_dollars(reader);
    reader->flags = EMPTY;
    reader->arguments = EMPTY;
    reader->heredocs = EMPTY;
    reader->nested = 0;
    reader->parent = 0;
    gdf_node child = instruction + 1; /* the keyword */
    while ((child = gdf__reader_after(reader, child)) < node->next) {
        const gdf__node *item = gdf__reader_node(reader, child);
        switch ((gdf_node_kind)item->kind) {
        case GDF_NODE_FLAG: extend_run(&reader->flags, child, item->next); break;
        case GDF_NODE_ARGUMENT:
        case GDF_NODE_PAIR: extend_run(&reader->arguments, child, item->next); break;
        case GDF_NODE_HEREDOC: extend_run(&reader->heredocs, child, item->next); break;
        case GDF_NODE_INSTRUCTION: reader->nested = child; break;
        default: break;
        }
    }
}

/* ---- heredocs -------------------------------------------------------------------------------- */

/* The word behind `<<`, as written. */
static gdf__span heredoc_name_span(const gdf__reader *reader, const gdf__heredoc *heredoc)
{
    gdf_str text = reader->line->fragment.text;
    uint32_t at = heredoc->operator_start;
    while (at < heredoc->operator_end && text.ptr[at] != '<')
        at++;
    while (at < heredoc->operator_end && text.ptr[at] == '<')
        at++;
    if (at < heredoc->operator_end && text.ptr[at] == '-')
        at++;
    gdf_str word = gdf__str_trim(gdf__str_slice(text, at, heredoc->operator_end));
    at = (uint32_t)(word.ptr - text.ptr);
    gdf__span span = gdf__span_of_line(reader->line, at, at + (uint32_t)word.len);
    if (!gdf__str_equal(span.text, heredoc->name)) {
        span.text = heredoc->name;
        span.mapped = false;
    }
    return span;
}

static void mark_heredoc(gdf__reader *reader, gdf_part part)
{
    if (part)
        GDF__AT(reader->document->parts, gdf__part, part - 1)->flags |= GDF_PART_FLAG_HEREDOC;
}

static void read_heredocs(gdf__reader *reader)
{
    for (gdf_node node = reader->heredocs.first; node < reader->heredocs.end;
         node = gdf__reader_after(reader, node)) {
        uint32_t row = gdf__reader_node(reader, node)->detail;
        gdf__span name =
            heredoc_name_span(reader, GDF__AT(reader->document->heredocs, gdf__heredoc, row));
        gdf__span body = gdf__reader_span(reader, node + 1);
        mark_heredoc(reader, gdf__part_add(reader, GDF_PART_HEREDOC_NAME, &name));
        gdf__part_add(reader, GDF_PART_HEREDOC, &body);
    }
}

/* ---- the walk -------------------------------------------------------------------------------- */

static void read_parts(gdf__reader *reader, const gdf__instruction_type *type)
{
    GDF__AT(reader->document->nodes, gdf__node, reader->node - 1)->part =
        gdf__part_of_node(reader, GDF_PART_KEYWORD, reader->node + 1);
    gdf__flags_read(reader);
    type->read(reader);
    read_heredocs(reader);
}

/* The builder looks for a stage after it has accepted the instruction itself. One report is enough
 * for a file. */
static void check_stage(gdf__reader *reader)
{
    uint8_t kind = reader->instruction->instruction;
    if (kind == GDF_INSTRUCTION_ARG || kind == GDF_INSTRUCTION_UNKNOWN || reader->has_stage)
        return;
    reader->has_stage = true;
    if (kind == GDF_INSTRUCTION_FROM)
        return;
    gdf__span keyword = gdf__reader_span(reader, reader->node + 1);
    gdf__builder_add_text(gdf__problem_begin_bare(reader), "no build stage in current context");
    gdf__problem_end(reader, &keyword);
}

static void read_instruction(gdf__reader *reader, gdf_node instruction)
{
    gdf__reader_enter(reader, instruction);
    reader->dollars_end = reader->line->fragment.text.len;
    const gdf__instruction_type *type =
        gdf__instruction_type_of((gdf_instruction_kind)reader->instruction->instruction);
    read_parts(reader, type);
    type->check(reader);
    check_stage(reader);
    /* What stands inside an ONBUILD is checked by the build that runs it. */
    while (reader->nested && !gdf__document_failed(reader->document)) {
        gdf__reader_enter(reader, reader->nested);
        read_parts(reader, gdf__instruction_type_of(
                               (gdf_instruction_kind)reader->instruction->instruction));
    }
}

/* The builder gives this problem no location. */
static void refuse_without_stages(gdf__reader *reader)
{
    gdf__span keyword = gdf__reader_span(reader, reader->node + 1);
    static const gdf__logical_line NOWHERE = {.first_line = 0};
    reader->line = &NOWHERE;
    gdf__builder_add_text(gdf__problem_begin_bare(reader),
                          "dockerfile contains no stages to build");
    gdf__problem_end(reader, &keyword);
}

void gdf__instructions_read(gdf_document *document)
{
    gdf__reader reader = {.document = document,
                          .next_dollar =
                              gdf__str_find(gdf__source_text(&document->source), '$', 0)};
    gdf__builder_init(&reader.message, &document->arena.allocator);
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        if (gdf__document_failed(document))
            break;
        read_instruction(&reader, *GDF__AT(document->instructions, gdf_node, i));
    }
    if (document->instructions.count && !reader.has_stage && !gdf__document_failed(document))
        refuse_without_stages(&reader);
    if (reader.message.failed)
        document->arena.failed = true;
    gdf__builder_free(&reader.message);
}
