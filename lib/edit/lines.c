/* Inserting and removing whole lines. */
#include "edit/lines.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "edit/rows.h"

/* ---- places ---------------------------------------------------------------------------------- */

bool gdf__edit_is_top_level(const gdf_document *document, gdf_node instruction)
{
    const gdf__node *node = gdf__document_node(document, instruction);
    return node && node->kind == GDF_NODE_INSTRUCTION && node->parent == 1;
}

bool gdf__edit_is_open(const gdf_document *document, gdf_node instruction)
{
    gdf__row last = gdf__rows_last(document, instruction);
    if (gdf__row_continues(&last))
        return true;
    if (gdf__document_node(document, instruction)->end <= last.content_end)
        return false;
    for (gdf_node id = gdf_node_get_first_child(document, instruction); id;
         id = gdf_node_get_next_sibling(document, id)) {
        if (gdf_node_get_flags(document, id) & GDF_NODE_FLAG_UNTERMINATED)
            return true;
    }
    return false;
}

uint32_t gdf__edit_file_start(const gdf_document *document)
{
    bool marked = gdf_document_get_token_kind(document, 0) == GDF_TOKEN_BYTE_ORDER_MARK;
    return marked ? gdf_document_get_token_end(document, 0) : 0;
}

uint32_t gdf__edit_first_byte(const gdf_document *document, gdf_node instruction)
{
    return gdf__document_line(document, instruction)->fragment.segments[0].source;
}

uint32_t gdf__edit_first_line(const gdf_document *document, gdf_node node)
{
    uint32_t line = gdf_node_get_first_line(document, node);
    uint32_t start = gdf__source_line_start(&document->source, line);
    return start ? start : gdf__edit_file_start(document);
}

uint32_t gdf__edit_next_line(const gdf_document *document, gdf_node instruction)
{
    const gdf__source *source = &document->source;
    uint32_t end = gdf__document_node(document, instruction)->end;
    return gdf__source_line_start(source, gdf__source_line_at(source, end) + 1);
}

gdf_str gdf__edit_indentation(const gdf_document *document, gdf_node instruction)
{
    return gdf__source_slice(&document->source, gdf__edit_first_line(document, instruction),
                             gdf__edit_first_byte(document, instruction));
}

bool gdf__edit_starts_line(const gdf_document *document, uint32_t offset)
{
    return offset == gdf__edit_file_start(document) || document->source.bytes[offset - 1] == '\n';
}

/* ---- comment blocks -------------------------------------------------------------------------- */

static bool is_kind(const gdf_document *document, gdf_node id, gdf_node_kind kind)
{
    return gdf_node_get_kind(document, id) == kind;
}

/* True for a comment that tells the builder which checks to skip. */
static bool controls_checks(const gdf_document *document, gdf_node comment)
{
    static const char NAME[] = "check";
    gdf_str text = gdf_node_get_value(document, comment);
    return is_kind(document, comment, GDF_NODE_COMMENT) &&
           gdf__str_is_nocase(gdf__str_slice(text, 0, sizeof NAME - 1), NAME);
}

/* First of the comments on the lines right above. */
static gdf_node block_first(const gdf_document *document, gdf_node node)
{
    while (is_kind(document, node - 1, GDF_NODE_COMMENT))
        node--;
    return node;
}

uint32_t gdf__edit_block_start(const gdf_document *document, gdf_node instruction)
{
    gdf_node first = block_first(document, instruction);
    gdf_node attached = gdf__document_line(document, instruction)->comments;
    for (gdf_node node = first; attached && node > attached; node--) {
        if (controls_checks(document, node - 1))
            first = block_first(document, node - 1);
    }
    return gdf__edit_first_line(document, first);
}

bool gdf__edit_stands_apart(const gdf_document *document, gdf_node instruction)
{
    const gdf__source *source = &document->source;
    uint32_t start = gdf__edit_block_start(document, instruction);
    uint32_t line = gdf__source_line_at(source, start);
    if (start == gdf__edit_first_line(document, instruction) || line < 2)
        return false;
    gdf_str above = gdf__source_slice(source, gdf__source_line_start(source, line - 1),
                                      gdf__source_line_start(source, line));
    return gdf__str_trim(above).len == 0;
}

/* ---- directives ------------------------------------------------------------------------------ */

/* True when nothing but directives stands in front of the node: a comment there may be one, too. */
static bool is_at_top(const gdf_document *document, gdf_node node)
{
    gdf_node before = gdf_node_get_parent(document, node - 1);
    return node == 2 || is_kind(document, before, GDF_NODE_DIRECTIVE);
}

/* True when the text behind the `#` of a comment reads like a directive. */
static bool reads_like_directive(gdf_str text)
{
    static const char *const NAMES[] = {"syntax", "escape", "check"};
    size_t equals = gdf__str_find(text, '=', 0);
    gdf_str name = gdf__str_trim(gdf__str_slice(text, 0, equals));
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (equals < text.len && gdf__str_is_nocase(name, NAMES[i]))
            return true;
    }
    return false;
}

bool gdf__edit_guards_directive(const gdf_document *document, gdf_node instruction)
{
    gdf_node next = gdf_node_get_next_sibling(document, instruction);
    return is_at_top(document, block_first(document, instruction)) &&
           is_kind(document, next, GDF_NODE_COMMENT) &&
           reads_like_directive(gdf_node_get_value(document, next));
}

/* ---- texts that are inserted ----------------------------------------------------------------- */

/* True when the text's last line would swallow what follows it. */
static bool ends_open(const gdf_document *document, gdf_str text)
{
    size_t at = text.len;
    while (at && gdf__ascii_is_space(text.ptr[at - 1]) && text.ptr[at - 1] != '\n')
        at--;
    return at && text.ptr[at - 1] == document->escape &&
           !(at > 1 && text.ptr[at - 2] == document->escape);
}

/* Heredoc bodies keep their lines as they are. */
static gdf_str line_indentation(gdf_str indentation, gdf_str text)
{
    return gdf__str_contains(text, "<<") ? gdf__empty : indentation;
}

/* Inserts lines at `offset`, where a line starts or the text ends; with a blank line behind them
 * when they are to stand apart. */
static gdf_status insert_lines(gdf__edit_list *list, const gdf_document *document, uint32_t offset,
                               gdf_str indentation, gdf_str text, bool apart)
{
    if (ends_open(document, text))
        return GDF_ERROR_ARGUMENT;
    gdf_str line_end = gdf_document_get_line_end(document);
    bool starts_line = gdf__edit_starts_line(document, offset);
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    if (!starts_line)
        gdf__builder_add(&builder, line_end);
    gdf__edit_add_lines(&builder, document, line_indentation(indentation, text), text);
    if (starts_line)
        gdf__builder_add(&builder, line_end);
    if (apart)
        gdf__builder_add(&builder, line_end);
    return gdf__edit_list_add_built(list, offset, offset, &builder);
}

gdf_status gdf__edit_insert_before(gdf__edit_list *list, const gdf_document *document,
                                   gdf_node instruction, gdf_str text)
{
    if (!gdf__edit_is_top_level(document, instruction))
        return GDF_ERROR_ARGUMENT;
    uint32_t start = gdf__edit_block_start(document, instruction);
    return insert_lines(list, document, start, gdf__edit_indentation(document, instruction), text,
                        gdf__edit_stands_apart(document, instruction));
}

gdf_status gdf__edit_insert_after(gdf__edit_list *list, const gdf_document *document,
                                  gdf_node instruction, gdf_str text)
{
    if (!gdf__edit_is_top_level(document, instruction) || gdf__edit_is_open(document, instruction))
        return GDF_ERROR_ARGUMENT;
    return insert_lines(list, document, gdf__edit_next_line(document, instruction),
                        gdf__edit_indentation(document, instruction), text, false);
}

/* True when every line is a comment and none could be taken for a directive. */
static bool are_comments(const gdf_document *document, gdf_node instruction, gdf_str text)
{
    if (is_at_top(document, instruction) && gdf__str_starts(text, "#") &&
        reads_like_directive(gdf__str_slice(text, 1, gdf__str_find(text, '\n', 0))))
        return false;
    for (size_t at = 0; at <= text.len; at++) {
        if (at == text.len || text.ptr[at] != '#')
            return false;
        at = gdf__str_find(text, '\n', at);
        if (at == text.len)
            return true;
    }
    return false;
}

gdf_status gdf__edit_insert_comment(gdf__edit_list *list, const gdf_document *document,
                                    gdf_node instruction, gdf_str text)
{
    if (!gdf__edit_is_top_level(document, instruction) ||
        !are_comments(document, instruction, text))
        return GDF_ERROR_ARGUMENT;
    uint32_t start = gdf__edit_first_line(document, instruction);
    gdf_str line_end = gdf_document_get_line_end(document);
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__edit_add_lines(&builder, document, gdf__edit_indentation(document, instruction), text);
    gdf__builder_add(&builder, line_end);
    return gdf__edit_list_add_built(list, start, start, &builder);
}

gdf_status gdf__edit_append(gdf__edit_list *list, const gdf_document *document, gdf_str text)
{
    uint32_t count = document->instructions.count;
    if (document->unparsed || (count && gdf__edit_is_open(document, *GDF__AT(document->instructions,
                                                                             gdf_node, count - 1))))
        return GDF_ERROR_ARGUMENT;
    return insert_lines(list, document, document->source.len, gdf__empty, text, false);
}

/* ---- replacing and removing ------------------------------------------------------------------ */

gdf_status gdf__edit_replace_instruction(gdf__edit_list *list, const gdf_document *document,
                                         gdf_node instruction, gdf_str text)
{
    if (!gdf__edit_is_top_level(document, instruction) ||
        gdf__ascii_is_space(text.len ? text.ptr[0] : ' ') || ends_open(document, text))
        return GDF_ERROR_ARGUMENT;
    gdf_str indentation = line_indentation(gdf__edit_indentation(document, instruction), text);
    gdf__builder builder;
    gdf__builder_init(&builder, &list->arena->allocator);
    gdf__edit_add_lines(&builder, document, indentation, text);
    gdf_str lines = gdf__builder_get(&builder);
    lines = gdf__str_slice(lines, indentation.len, lines.len);
    gdf_status status = builder.failed
                            ? GDF_ERROR_MEMORY
                            : gdf__edit_list_add(list, gdf__edit_first_byte(document, instruction),
                                                 gdf_node_get_end(document, instruction), lines);
    gdf__builder_free(&builder);
    return status;
}

gdf_status gdf__edit_remove_instruction(gdf__edit_list *list, const gdf_document *document,
                                        gdf_node instruction)
{
    if (!gdf__edit_is_top_level(document, instruction) ||
        gdf__edit_guards_directive(document, instruction))
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_list_add(list, gdf__edit_first_line(document, instruction),
                              gdf__edit_next_line(document, instruction), gdf__empty);
}

/* True for a line of blanks; false past the last one. */
static bool is_blank_line(const gdf_document *document, uint32_t line)
{
    const gdf__source *source = &document->source;
    uint32_t start = gdf__source_line_start(source, line);
    uint32_t end = gdf__source_line_start(source, line + 1);
    return end > start && gdf__str_trim(gdf__source_slice(source, start, end)).len == 0;
}

/* Where the lines in front of `next` and the blank one there end that would double the one above
 * `start`. */
static uint32_t with_blank_line(const gdf_document *document, uint32_t start, uint32_t next)
{
    uint32_t line = gdf__source_line_at(&document->source, next);
    uint32_t above = gdf__source_line_at(&document->source, start) - 1;
    bool doubles = above > 0 && next < document->source.len && is_blank_line(document, above) &&
                   is_blank_line(document, line);
    return doubles ? gdf__source_line_start(&document->source, line + 1) : next;
}

gdf_status gdf__edit_remove_block(gdf__edit_list *list, const gdf_document *document,
                                  gdf_node instruction)
{
    if (!gdf__edit_is_top_level(document, instruction) ||
        gdf__edit_guards_directive(document, instruction))
        return GDF_ERROR_ARGUMENT;
    uint32_t start = gdf__edit_block_start(document, instruction);
    uint32_t next = gdf__edit_next_line(document, instruction);
    return gdf__edit_list_add(list, start, with_blank_line(document, start, next), gdf__empty);
}
