#include "syntax/parser.h"

#include <string.h>

#include "base/ascii.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/heredoc_words.h"

static const gdf_str BYTE_ORDER_MARK = {"\xef\xbb\xbf", 3};

/* Few logical lines have more physical ones. */
enum { USUAL_SEGMENTS = 64 };

/* A physical line: where it starts, where its content ends (before all trailing CR and LF), where
 * the next one starts. */
typedef struct physical_line {
    uint32_t start;
    uint32_t end;
    uint32_t next;
} physical_line;

static physical_line line_at(const gdf__parser *parser, uint32_t number)
{
    const gdf__source *source = &parser->document->source;
    const uint32_t *starts = source->lines.items;
    physical_line line = {.start = starts[number - 1],
                          .next = number < source->lines.count ? starts[number] : source->len};
    line.end = line.next;
    while (line.end > line.start &&
           (source->bytes[line.end - 1] == '\n' || source->bytes[line.end - 1] == '\r'))
        line.end--;
    return line;
}

/* Takes the next physical line. Notes the first one that is too long for the builder. */
static physical_line take_line(gdf__parser *parser)
{
    physical_line line = line_at(parser, parser->line);
    if (line.next - line.start > GDF__BUILDER_MAX_LINE && !parser->cut_line) {
        bool ended = parser->text.ptr[line.next - 1] == '\n';
        if (line.next - line.start - ended > GDF__BUILDER_MAX_LINE)
            parser->cut_line = parser->line;
    }
    parser->line++;
    return line;
}

static bool lines_left(const gdf__parser *parser)
{
    return parser->line <= parser->line_count;
}

/* First byte of [start, end) that is no white space. */
static uint32_t skip_space(const gdf__parser *parser, uint32_t start, uint32_t end)
{
    while (start < end && gdf__ascii_is_space(parser->text.ptr[start]))
        start++;
    if (start < end && (unsigned char)parser->text.ptr[start] >= 0x80) {
        gdf_str rest = gdf__utf8_trim_left(gdf__str_slice(parser->text, start, end));
        start = end - (uint32_t)rest.len;
    }
    return start;
}

/* Where a line's content ends when its last character continues it; `end` itself when it does not.
 * Continues: the escape character, not doubled, with only spaces and TABs behind it. */
static uint32_t continuation_at(const gdf__parser *parser, uint32_t start, uint32_t end,
                                bool *continues)
{
    const char *bytes = parser->text.ptr;
    char escape = parser->document->escape;
    uint32_t at = end;
    while (at > start && gdf__ascii_is_blank(bytes[at - 1]))
        at--;
    *continues =
        at > start && bytes[at - 1] == escape && (at - 1 == start || bytes[at - 2] != escape);
    return *continues ? at - 1 : end;
}

/* ---- between instructions -------------------------------------------------------------------- */

static void add_blank(gdf__parser *parser, const physical_line *line)
{
    gdf_document *document = parser->document;
    gdf__node *last = gdf__node_at(document, document->nodes.count);
    parser->directives_open = false;
    if (line->next == line->start)
        return;
    if (last && last->kind == GDF_NODE_BLANK && last->end == line->start) {
        last->end = line->next;
        return;
    }
    gdf__node_leaf(document, 1, GDF_NODE_BLANK, line->start, line->next, gdf__empty);
    gdf__token_add(document, line->start, GDF_TOKEN_WHITESPACE);
}

/* The builder keeps a comment as a description with its first raw byte cut off and trimmed; an
 * empty one drops those before it. */
static void attach_comment(gdf__parser *parser, const physical_line *line, gdf_node comment)
{
    gdf_str raw = gdf__str_slice(parser->text, line->start + 1, line->end);
    if (gdf__utf8_trim(raw).len == 0)
        parser->comments = 0;
    else if (!parser->comments)
        parser->comments = comment;
}

static void add_comment(gdf__parser *parser, const physical_line *line, uint32_t mark)
{
    gdf_document *document = parser->document;
    if (mark > line->start)
        gdf__token_add(document, line->start, GDF_TOKEN_WHITESPACE);
    if (parser->directives_open && gdf__directive_read(parser, mark, line->end)) {
        gdf__token_add(document, mark, GDF_TOKEN_DIRECTIVE);
    } else {
        parser->directives_open = false;
        gdf_str text = gdf__utf8_trim(gdf__str_slice(parser->text, mark + 1, line->end));
        gdf_node comment = gdf__node_leaf(document, 1, GDF_NODE_COMMENT, mark, line->end, text);
        attach_comment(parser, line, comment);
        gdf__token_add(document, mark, GDF_TOKEN_COMMENT);
    }
    gdf__tokens_newline(document, line->end, line->next);
}

/* ---- logical lines --------------------------------------------------------------------------- */

static void add_segment(gdf__parser *parser, uint32_t text, uint32_t source)
{
    gdf__segment *segment = gdf__table_add(&parser->segments);
    if (segment)
        *segment = (gdf__segment){text, source};
}

/* Reads on while lines continue. Returns the length of the joined text; `empty` tells of an empty
 * line inside. An over-long line ends the logical line, and the builder, having met it here, takes
 * it for one of its own. */
static uint32_t read_continuations(gdf__parser *parser, uint32_t len, bool *empty)
{
    bool continues = true;
    bool cut_before = parser->cut_line != 0;
    while (continues && lines_left(parser)) {
        physical_line line = take_line(parser);
        if (parser->cut_line && !cut_before) {
            parser->line = parser->cut_line;
            parser->cut_is_read = true;
            return len;
        }
        uint32_t first = skip_space(parser, line.start, line.end);
        if (first == line.end) {
            *empty = true;
        } else if (parser->text.ptr[first] != '#') {
            add_segment(parser, len, line.start);
            len += continuation_at(parser, line.start, line.end, &continues) - line.start;
        }
    }
    return len;
}

/* Joins the segments in the arena. */
static void join(gdf__parser *parser, gdf__fragment *fragment, uint32_t len)
{
    gdf_document *document = parser->document;
    uint32_t count = parser->segments.count;
    size_t size = 0;
    if (parser->segments.failed || !gdf__multiply(count, sizeof(gdf__segment), &size)) {
        document->arena.failed = true;
        return;
    }
    gdf__segment *segments = gdf__arena_take(&document->arena, size);
    char *text = gdf__arena_take_bytes(&document->arena, len ? len : 1);
    if (!segments || !text)
        return;
    memcpy(segments, parser->segments.items, size);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = i + 1 < count ? segments[i + 1].text : len;
        memcpy(text + segments[i].text, document->source.bytes + segments[i].source,
               end - segments[i].text);
    }
    *fragment = (gdf__fragment){{text, len}, segments, count};
}

/* A line that stands alone is its own fragment. */
static void single_segment(gdf__parser *parser, gdf__fragment *fragment, uint32_t start,
                           uint32_t end)
{
    gdf__segment *segment = gdf__arena_take(&parser->document->arena, sizeof *segment);
    if (!segment)
        return;
    *segment = (gdf__segment){0, start};
    *fragment = (gdf__fragment){gdf__str_slice(parser->text, start, end), segment, 1};
}

/* ---- heredocs -------------------------------------------------------------------------------- */

/* The instruction whose arguments count for heredocs: the one inside an ONBUILD. */
static const gdf__node *heredoc_owner(gdf_document *document, gdf_node instruction)
{
    gdf__node *node = gdf__node_at(document, instruction);
    if (node->instruction != GDF_INSTRUCTION_ONBUILD)
        return node;
    for (gdf_node child = instruction + 1; child < document->nodes.count + 1;
         child = gdf__node_at(document, child)->next) {
        gdf__node *inner = gdf__node_at(document, child);
        if (inner->kind == GDF_NODE_INSTRUCTION)
            return inner;
    }
    return node;
}

static bool may_have_heredocs(gdf_document *document, gdf_node instruction)
{
    const gdf__node *owner = heredoc_owner(document, instruction);
    return (owner->instruction == GDF_INSTRUCTION_RUN ||
            owner->instruction == GDF_INSTRUCTION_COPY ||
            owner->instruction == GDF_INSTRUCTION_ADD) &&
           !(owner->flags & GDF_NODE_FLAG_JSON);
}

static bool is_terminator(const gdf__parser *parser, const physical_line *line,
                          const gdf__heredoc_word *word)
{
    uint32_t start = line->start;
    while (word->chomp && start < line->end && parser->text.ptr[start] == '\t')
        start++;
    return gdf__str_equal(gdf__str_slice(parser->text, start, line->end), word->name);
}

static void unterminated(gdf__parser *parser, const gdf__heredoc_word *word, uint32_t first_line,
                         uint32_t last_line)
{
    gdf__document_add_problem(
        parser->document,
        (gdf__problem){.start = gdf__fragment_start(parser->fragment, word->start),
                       .end = gdf__fragment_end(parser->fragment, word->end),
                       .first_line = first_line,
                       .last_line = last_line,
                       .phase = GDF__PHASE_PARSE,
                       .order = parser->problem_order++,
                       .message = GDF__LITERAL("unterminated heredoc")});
}

/* Reads the body of one heredoc up to its terminator. Returns the end of the terminator line. */
static uint32_t read_heredoc(gdf__parser *parser, gdf_node instruction,
                             const gdf__heredoc_word *word, uint32_t first_line)
{
    gdf_document *document = parser->document;
    uint32_t body = parser->line <= document->source.lines.count
                        ? gdf__source_line_start(&document->source, parser->line)
                        : document->source.len;
    uint32_t body_end = body;
    uint32_t end = body;
    bool cut_before = parser->cut_line != 0;
    bool terminated = false;
    if (parser->cut_is_read && first_line <= parser->cut_line)
        unterminated(parser, word, first_line, parser->cut_line);
    while (!terminated && lines_left(parser)) {
        physical_line line = take_line(parser);
        if (parser->cut_line && !cut_before) {
            cut_before = true;
            unterminated(parser, word, first_line, parser->cut_line - 1);
        }
        terminated = is_terminator(parser, &line, word);
        body_end = terminated ? line.start : line.next;
        end = terminated ? line.end : line.next;
        if (terminated) {
            if (body_end > body)
                gdf__token_add(document, body, GDF_TOKEN_HEREDOC_BODY);
            gdf__token_add(document, line.start, GDF_TOKEN_HEREDOC_END);
            gdf__tokens_newline(document, line.end, line.next);
        }
    }
    if (!terminated) {
        if (body_end > body)
            gdf__token_add(document, body, GDF_TOKEN_HEREDOC_BODY);
        unterminated(parser, word, first_line, parser->line_count);
    }
    gdf__heredoc *row = gdf__table_add(&document->heredocs);
    if (!row)
        return end;
    *row = (gdf__heredoc){.name = word->name,
                          .body = gdf__str_slice(parser->text, body, body_end),
                          .file_descriptor = word->file_descriptor,
                          .operator_start = (uint32_t)word->start,
                          .operator_end = (uint32_t)word->end};
    gdf_node heredoc =
        gdf__node_leaf(document, instruction, GDF_NODE_HEREDOC, body, end, word->name);
    gdf__node *node = gdf__node_at(document, heredoc);
    if (!node)
        return end;
    node->detail = document->heredocs.count - 1;
    node->flags = (uint16_t)((word->chomp ? GDF_NODE_FLAG_CHOMP : 0) |
                             (word->expand ? 0 : GDF_NODE_FLAG_QUOTED) |
                             (terminated ? 0 : GDF_NODE_FLAG_UNTERMINATED));
    gdf__node_leaf(document, heredoc, GDF_NODE_HEREDOC_BODY, body, body_end, row->body);
    gdf__node_close(document, heredoc, end);
    return end;
}

/* Reads all heredocs of the instruction; returns the new end of the instruction. */
static uint32_t read_heredocs(gdf__parser *parser, gdf_node instruction, uint32_t first_line,
                              uint32_t end)
{
    gdf_document *document = parser->document;
    gdf__heredoc_list list;
    gdf__heredoc_words_find(&list, parser->fragment->text, &document->arena);
    if (list.error.len)
        gdf__parser_problem(parser, 0, parser->fragment->text.len, list.error);
    for (uint32_t i = 0; i < list.words.count; i++)
        end = read_heredoc(parser, instruction, GDF__AT(list.words, gdf__heredoc_word, i),
                           first_line);
    gdf__heredoc_words_free(&list);
    return end;
}

/* ---- instructions ---------------------------------------------------------------------------- */

static gdf__logical_line *add_line_row(gdf__parser *parser, const gdf__fragment *fragment,
                                       uint32_t first_line)
{
    gdf__logical_line *row = gdf__table_add(&parser->document->lines);
    if (row)
        *row = (gdf__logical_line){.fragment = *fragment,
                                   .first_line = first_line,
                                   .last_line = parser->line - 1,
                                   .comments = parser->comments};
    return row;
}

static void finish_instruction(gdf__parser *parser, gdf_node instruction, uint32_t line_row,
                               bool empty_line)
{
    gdf_document *document = parser->document;
    gdf__logical_line *row = GDF__AT(document->lines, gdf__logical_line, line_row);
    physical_line last = line_at(parser, parser->line - 1);
    uint32_t end = last.end;
    gdf__tokens_finish(parser, last.next);
    if (may_have_heredocs(document, instruction) &&
        memchr(row->fragment.text.ptr, '<', row->fragment.text.len)) {
        end = read_heredocs(parser, instruction, row->first_line, end);
        row = GDF__AT(document->lines, gdf__logical_line, line_row);
        row->last_line = parser->line - 1;
    }
    gdf__node_close(document, instruction, end);
    if (empty_line)
        gdf__node_at(document, instruction)->flags |= GDF_NODE_FLAG_EMPTY_LINE;
    gdf_node *top = gdf__table_add(&document->instructions);
    if (top)
        *top = instruction;
}

static void add_instruction(gdf__parser *parser, const physical_line *line, uint32_t start)
{
    gdf_document *document = parser->document;
    uint32_t first_line = parser->line - 1;
    bool continues = false;
    bool empty_line = false;
    uint32_t end = continuation_at(parser, start, line->end, &continues);
    gdf__fragment fragment = {.text = gdf__empty};
    if (continues) {
        parser->segments.count = 0;
        add_segment(parser, 0, start);
        uint32_t len = read_continuations(parser, end - start, &empty_line);
        join(parser, &fragment, len);
    } else {
        single_segment(parser, &fragment, start, end);
    }
    uint32_t row = document->lines.count;
    if (!fragment.segments || !add_line_row(parser, &fragment, first_line))
        return;
    if (start > line->start)
        gdf__token_add(document, line->start, GDF_TOKEN_WHITESPACE);
    gdf__tokens_begin(parser, &fragment);
    parser->directives_open = false;
    gdf_node instruction = gdf__instruction_split(parser, row);
    parser->comments = 0;
    if (instruction)
        finish_instruction(parser, instruction, row, empty_line);
}

static void parse_line(gdf__parser *parser)
{
    physical_line line = take_line(parser);
    if (line.start == 0 && gdf__str_starts(parser->text, BYTE_ORDER_MARK.ptr)) {
        gdf__token_add(parser->document, 0, GDF_TOKEN_BYTE_ORDER_MARK);
        line.start = (uint32_t)BYTE_ORDER_MARK.len;
    }
    uint32_t first = skip_space(parser, line.start, line.end);
    if (first == line.end)
        add_blank(parser, &line);
    else if (parser->text.ptr[first] == '#')
        add_comment(parser, &line, first);
    else
        add_instruction(parser, &line, first);
}

/* ---- problems of the whole file -------------------------------------------------------------- */

static bool builder_saw_instruction(const gdf__parser *parser)
{
    const gdf_document *document = parser->document;
    if (document->instructions.count == 0)
        return false;
    gdf_node first = *GDF__AT(document->instructions, gdf_node, 0);
    return !parser->cut_line || gdf_node_get_first_line(document, first) < parser->cut_line;
}

static void whole_file_problems(gdf__parser *parser)
{
    gdf_document *document = parser->document;
    uint32_t seen = parser->cut_line ? parser->cut_line - !parser->cut_is_read : parser->line_count;
    gdf__problem problem = {.start = 0,
                            .end = document->source.len,
                            .first_line = seen,
                            .last_line = seen,
                            .phase = GDF__PHASE_PARSE,
                            .order = parser->problem_order++};
    if (!builder_saw_instruction(parser)) {
        problem.message = GDF__LITERAL("file with no instructions");
        gdf__document_add_problem(document, problem);
    }
    if (parser->cut_line) {
        physical_line line = line_at(parser, parser->cut_line);
        problem.start = line.start;
        problem.end = line.end;
        problem.phase = GDF__PHASE_PARSE_LINE;
        problem.message = GDF__LITERAL("dockerfile line greater than max allowed size of 65535");
        gdf__document_add_problem(document, problem);
    }
}

/* What the builder never sees, because it stops at an over-long line, it cannot refuse. */
static void demote_problems_behind_cut(gdf__parser *parser)
{
    gdf__table *problems = &parser->document->problems;
    uint32_t line = parser->cut_line + (parser->cut_is_read ? 1 : 0);
    uint32_t cut = gdf__source_line_start(&parser->document->source, line);
    for (uint32_t i = 0; parser->cut_line && i < problems->count; i++) {
        gdf__problem *problem = GDF__AT(*problems, gdf__problem, i);
        if (problem->phase == GDF__PHASE_PARSE && problem->start >= cut)
            problem->phase = GDF__PHASE_OWN;
    }
}

void gdf__syntax_parse(gdf_document *document)
{
    const gdf__source *source = &document->source;
    uint32_t last_start = source->lines.items[source->lines.count - 1];
    gdf__parser parser = {.document = document,
                          .text = gdf__source_text(source),
                          .line = 1,
                          .line_count = source->lines.count - (last_start == source->len ? 1 : 0),
                          .directives_open = true};
    gdf__segment segments[USUAL_SEGMENTS];
    gdf__table_init(&parser.segments, &document->arena.allocator, sizeof(gdf__segment));
    gdf__table_lend(&parser.segments, segments, USUAL_SEGMENTS);
    gdf_node root = gdf__node_open(document, 0, GDF_NODE_DOCUMENT, 0);
    while (lines_left(&parser) && !document->arena.failed && !document->nodes.failed)
        parse_line(&parser);
    gdf__node_close(document, root, source->len);
    demote_problems_behind_cut(&parser);
    whole_file_problems(&parser);
    gdf__table_free(&parser.segments);
}
