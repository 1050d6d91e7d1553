#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/parser.h"

/* Blanks that separate a keyword and plain arguments: the class [\t\v\f\r ]. */
static bool is_separator(char c)
{
    return gdf__ascii_is_space(c) && c != '\n';
}

/* What the argument splitters share. */
typedef struct splitter {
    gdf__parser *parser;
    gdf_node instruction;
    gdf_str text; /* the fragment up to the end of the arguments */
    size_t start; /* first byte of the arguments */
    gdf_instruction_kind kind;
} splitter;

/* An empty node stands behind the byte before it, where that is still in its parent: the next byte
 * may be on a line of which the parent has no part. */
static gdf_node add_empty_node(splitter *split, gdf_node parent, gdf_node_kind kind, size_t at,
                               gdf_str value)
{
    gdf_document *document = split->parser->document;
    const gdf__node *outer = gdf__node_at(document, parent);
    uint32_t place = gdf__fragment_end(split->parser->fragment, at);
    if (outer && outer->start > place)
        place = outer->start;
    return gdf__node_leaf(document, parent, kind, place, place, value);
}

static gdf_node add_node(splitter *split, gdf_node parent, gdf_node_kind kind, size_t start,
                         size_t end, gdf_str value)
{
    const gdf__fragment *fragment = split->parser->fragment;
    if (start >= end)
        return add_empty_node(split, parent, kind, start, value);
    return gdf__node_leaf(split->parser->document, parent, kind,
                          gdf__fragment_start(fragment, start), gdf__fragment_end(fragment, end),
                          value);
}

static void add_argument(splitter *split, size_t start, size_t end)
{
    add_node(split, split->instruction, GDF_NODE_ARGUMENT, start, end,
             gdf__str_slice(split->text, start, end));
}

static void set_flag(splitter *split, uint16_t flag)
{
    gdf__node *node = gdf__node_at(split->parser->document, split->instruction);
    if (node)
        node->flags |= flag;
}

static void problem(splitter *split, size_t start, size_t end, gdf_str message)
{
    gdf__parser_problem(split->parser, start, end, message);
}

/* The same; frees the builder. */
static void built_problem(splitter *split, size_t start, size_t end, gdf__builder *message)
{
    gdf__arena *arena = &split->parser->document->arena;
    problem(split, start, end, gdf__builder_to_arena(message, arena));
}

/* ---- one string ------------------------------------------------------------------------------ */

static void split_string(splitter *split)
{
    if (split->start < split->text.len)
        add_argument(split, split->start, split->text.len);
}

/* ---- blanks between words -------------------------------------------------------------------- */

static void split_blanks(splitter *split)
{
    size_t at = split->start;
    while (at < split->text.len) {
        size_t start = at;
        while (at < split->text.len && !is_separator(split->text.ptr[at]))
            at++;
        add_argument(split, start, at);
        while (at < split->text.len && is_separator(split->text.ptr[at]))
            at++;
    }
}

/* ---- JSON ------------------------------------------------------------------------------------ */

/* True when the arguments are settled: a JSON array of strings, an error, or nothing at all. */
static bool split_json(splitter *split)
{
    if (split->start >= split->text.len)
        return true;
    gdf_str rest = gdf__utf8_trim_left(gdf__str_slice(split->text, split->start, split->text.len));
    if (rest.len == 0 || rest.ptr[0] != '[')
        return false;
    size_t start = split->text.len - rest.len;
    switch (gdf__json_array_split(split->parser, split->instruction, start, split->text.len)) {
    case GDF__JSON_STRINGS: set_flag(split, GDF_NODE_FLAG_JSON); return true;
    case GDF__JSON_OTHER:
        problem(
            split, start, split->text.len,
            GDF__LITERAL("when using JSON array syntax, arrays must be comprised of strings only"));
        return false;
    case GDF__JSON_NONE: set_flag(split, GDF_NODE_FLAG_JSON_FAILED); return false;
    }
    return false;
}

static void split_json_or_string(splitter *split)
{
    if (!split_json(split))
        split_string(split);
}

static void split_json_or_blanks(splitter *split)
{
    if (!split_json(split))
        split_blanks(split);
}

/* ---- words with quotes ----------------------------------------------------------------------- */

typedef struct quoted_word {
    size_t start;
    size_t end;    /* where the scan stopped */
    gdf_str value; /* as the builder keeps it: quotes and escapes stay */
    size_t equals; /* offset of the first `=`, or `end` */
} quoted_word;

/* The builder rebuilds words rune by rune, so bytes that are no UTF-8 come out as U+FFFD; an escape
 * character that ends the text is dropped. */
static gdf_str word_value(splitter *split, size_t start, size_t end, bool valid)
{
    gdf_str raw = gdf__str_slice(split->text, start, end);
    if (valid)
        return raw;
    gdf__builder value;
    gdf__builder_init(&value, &split->parser->document->arena.allocator);
    for (size_t at = 0; at < raw.len;) {
        gdf__rune rune = gdf__utf8_decode(raw, at);
        char encoded[4];
        size_t len = gdf__utf8_encode(rune.value, encoded);
        gdf__builder_add(&value, (gdf_str){encoded, len});
        at += rune.len;
    }
    return gdf__builder_to_arena(&value, &split->parser->document->arena);
}

/* Reads the next word at or behind `at`; false when there is none. An escape character alone at the
 * end of the text is none. */
static bool next_word(splitter *split, size_t at, quoted_word *word)
{
    gdf_str text = split->text;
    char escape = split->parser->document->escape;
    gdf_str rest = gdf__utf8_trim_left(gdf__str_slice(text, at, text.len));
    at = text.len - rest.len;
    if (rest.len == 0)
        return false;
    *word = (quoted_word){.start = at};
    size_t dropped = 0;
    bool valid = true;
    char quote = 0;
    while (at < text.len) {
        if (gdf__ascii_is_ordinary(text.ptr[at])) {
            at++;
            continue;
        }
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (!quote && gdf__utf8_is_space(rune.value))
            break;
        bool escaped = rune.value == (unsigned char)escape && quote != '\'';
        if (!escaped && (rune.value == '\'' || rune.value == '"')) {
            if (!quote)
                quote = (char)rune.value;
            else if (quote == (char)rune.value)
                quote = 0;
        }
        at += rune.len;
        valid = valid && rune.valid;
        if (escaped && at == text.len)
            dropped = rune.len;
        if (escaped && at < text.len) {
            rune = gdf__utf8_decode(text, at);
            valid = valid && rune.valid;
            at += rune.len;
        }
    }
    word->end = at;
    word->equals = gdf__str_find(gdf__str_slice(text, 0, at), '=', word->start);
    word->value = word_value(split, word->start, at - dropped, valid);
    return word->value.len > 0;
}

static void split_words(splitter *split)
{
    quoted_word word;
    for (size_t at = split->start; next_word(split, at, &word); at = word.end)
        add_node(split, split->instruction, GDF_NODE_ARGUMENT, word.start, word.end, word.value);
}

/* ---- names and values ------------------------------------------------------------------------ */

static void add_pair(splitter *split, size_t start, size_t end, gdf_str name, size_t name_end,
                     gdf_str value, size_t value_start, uint16_t flags)
{
    gdf_document *document = split->parser->document;
    const gdf__fragment *fragment = split->parser->fragment;
    gdf_node pair = gdf__node_open(document, split->instruction, GDF_NODE_PAIR,
                                   gdf__fragment_start(fragment, start));
    gdf__node *node = gdf__node_at(document, pair);
    if (node)
        node->flags = flags;
    add_node(split, pair, GDF_NODE_NAME, start, name_end, name);
    gdf_node leaf = add_node(split, pair, GDF_NODE_VALUE, value_start, end, value);
    if (value_start >= end && leaf) {
        gdf__node *empty = gdf__node_at(document, leaf);
        empty->start = empty->end = gdf__fragment_end(fragment, end);
    }
    gdf__node_close(document, pair, gdf__fragment_end(fragment, end));
}

/* `KEY value…`: everything behind the first blanks is the value. */
static void split_legacy_pair(splitter *split)
{
    gdf_str text = split->text;
    size_t name_end = split->start;
    while (name_end < text.len && !is_separator(text.ptr[name_end]))
        name_end++;
    size_t value = name_end;
    while (value < text.len && is_separator(text.ptr[value]))
        value++;
    if (name_end < text.len) {
        add_pair(split, split->start, text.len, gdf__str_slice(text, split->start, name_end),
                 name_end, gdf__str_slice(text, value, text.len), value, GDF_NODE_FLAG_LEGACY);
        return;
    }
    gdf__builder message;
    gdf__builder_init(&message, &split->parser->document->arena.allocator);
    gdf__builder_add_text(&message, gdf_instruction_kind_name(split->kind));
    gdf__builder_add_text(&message, " must have two arguments");
    built_problem(split, split->start, text.len, &message);
    add_argument(split, split->start, text.len);
}

static void word_without_equals(splitter *split, const quoted_word *word)
{
    gdf__builder message;
    gdf__builder_init(&message, &split->parser->document->arena.allocator);
    gdf__builder_add_text(&message, "Syntax error - can't find = in ");
    gdf__builder_add_go_quoted(&message, word->value);
    gdf__builder_add_text(&message, ". Must be of the form: name=value");
    built_problem(split, word->start, word->end, &message);
    add_node(split, split->instruction, GDF_NODE_ARGUMENT, word->start, word->end, word->value);
}

static void split_pairs(splitter *split)
{
    quoted_word word;
    if (!next_word(split, split->start, &word))
        return;
    if (!gdf__str_has_byte(word.value, '=')) {
        split_legacy_pair(split);
        return;
    }
    do {
        size_t equals = gdf__str_find(word.value, '=', 0);
        if (equals == word.value.len) {
            word_without_equals(split, &word);
            continue;
        }
        add_pair(split, word.start, word.end, gdf__str_slice(word.value, 0, equals), word.equals,
                 gdf__str_slice(word.value, equals + 1, word.value.len), word.equals + 1, 0);
    } while (next_word(split, word.end, &word));
}

/* ---- HEALTHCHECK, unknown -------------------------------------------------------------------- */

static bool is_byte_blank(char byte)
{
    return gdf__utf8_is_space((unsigned char)byte);
}

static void split_healthcheck(splitter *split)
{
    gdf_str text = split->text;
    size_t type_end = split->start;
    while (type_end < text.len && !is_byte_blank(text.ptr[type_end]))
        type_end++;
    if (type_end == split->start)
        return;
    add_argument(split, split->start, type_end);
    split->start = type_end;
    while (split->start < text.len && is_byte_blank(text.ptr[split->start]))
        split->start++;
    split_json_or_string(split);
}

static void split_nothing(splitter *split)
{
    add_node(split, split->instruction, GDF_NODE_ARGUMENT, split->start, split->start, gdf__empty);
}

/* ---- the instruction ------------------------------------------------------------------------- */

typedef void (*split_function)(splitter *);

static const split_function SPLITTERS[] = {
    [GDF_INSTRUCTION_UNKNOWN] = split_nothing,
    [GDF_INSTRUCTION_ADD] = split_json_or_blanks,
    [GDF_INSTRUCTION_ARG] = split_words,
    [GDF_INSTRUCTION_CMD] = split_json_or_string,
    [GDF_INSTRUCTION_COPY] = split_json_or_blanks,
    [GDF_INSTRUCTION_ENTRYPOINT] = split_json_or_string,
    [GDF_INSTRUCTION_ENV] = split_pairs,
    [GDF_INSTRUCTION_EXPOSE] = split_blanks,
    [GDF_INSTRUCTION_FROM] = split_blanks,
    [GDF_INSTRUCTION_HEALTHCHECK] = split_healthcheck,
    [GDF_INSTRUCTION_LABEL] = split_pairs,
    [GDF_INSTRUCTION_MAINTAINER] = split_string,
    [GDF_INSTRUCTION_ONBUILD] = NULL, /* holds an instruction */
    [GDF_INSTRUCTION_RUN] = split_json_or_string,
    [GDF_INSTRUCTION_SHELL] = split_json_or_string,
    [GDF_INSTRUCTION_STOPSIGNAL] = split_string,
    [GDF_INSTRUCTION_USER] = split_string,
    [GDF_INSTRUCTION_VOLUME] = split_json_or_blanks,
    [GDF_INSTRUCTION_WORKDIR] = split_string,
};

void gdf__parser_problem(gdf__parser *parser, size_t start, size_t end, gdf_str message)
{
    /* The row of the top-level instruction was added last but for nested ones; all share lines. */
    const gdf__table *lines = &parser->document->lines;
    const gdf__logical_line *line = GDF__AT(*lines, gdf__logical_line, lines->count - 1);
    gdf__document_add_problem(parser->document,
                              (gdf__problem){.start = gdf__fragment_start(parser->fragment, start),
                                             .end = gdf__fragment_end(parser->fragment, end),
                                             .first_line = line->first_line,
                                             .last_line = line->last_line,
                                             .phase = GDF__PHASE_PARSE,
                                             .order = parser->problem_order++,
                                             .message = message});
}

/* Keyword and flags of the instruction in [start, end). Fills `split` for what follows them. */
static gdf_node split_head(gdf__parser *parser, gdf_node parent, uint32_t line, size_t start,
                           size_t end, splitter *split)
{
    gdf_document *document = parser->document;
    gdf_str text = parser->fragment->text;
    size_t keyword_end = start;
    while (keyword_end < end && !is_separator(text.ptr[keyword_end]))
        keyword_end++;
    gdf_str keyword = gdf__str_slice(text, start, keyword_end);
    gdf_instruction_kind kind = gdf_instruction_kind_find(keyword.ptr, keyword.len);

    gdf_node instruction = gdf__node_leaf(document, parent, GDF_NODE_INSTRUCTION,
                                          gdf__fragment_start(parser->fragment, start), 0, keyword);
    gdf__node *node = gdf__node_at(document, instruction);
    if (!node)
        return 0;
    node->instruction = (uint8_t)kind;
    node->detail = line;
    uint32_t last =
        keyword_end > start ? gdf__fragment_end(parser->fragment, keyword_end) : node->start;
    gdf__node_leaf(document, instruction, GDF_NODE_KEYWORD, node->start, last, keyword);
    gdf__tokens_until(parser, start, GDF_TOKEN_WHITESPACE);
    gdf__tokens_until(parser, keyword_end, GDF_TOKEN_KEYWORD);

    size_t at = gdf__flags_split(parser, instruction, keyword_end, end);
    gdf_str rest = gdf__utf8_trim(gdf__str_slice(text, at, end));
    size_t rest_start = (size_t)(rest.ptr - text.ptr);
    *split = (splitter){.parser = parser,
                        .instruction = instruction,
                        .text = gdf__str_slice(text, 0, rest_start + rest.len),
                        .start = rest_start,
                        .kind = kind};
    gdf__logical_line *row = GDF__AT(document->lines, gdf__logical_line, line);
    row->arguments_start = (uint32_t)rest_start;
    row->arguments_end = (uint32_t)split->text.len;
    gdf__tokens_until(parser, rest_start, GDF_TOKEN_WHITESPACE);
    return instruction;
}

/* A row for the instruction inside an ONBUILD: the same line, other arguments. */
static bool add_nested_line(gdf_document *document, uint32_t outer)
{
    gdf__logical_line *row = gdf__table_add(&document->lines);
    if (!row)
        return false;
    *row = *GDF__AT(document->lines, gdf__logical_line, outer);
    row->comments = 0;
    return true;
}

static void close_nested(gdf__parser *parser, gdf_node inner, gdf_node outer, size_t end)
{
    gdf_document *document = parser->document;
    while (inner && inner != outer) {
        gdf__node_close(document, inner, gdf__fragment_end(parser->fragment, end));
        inner = gdf__node_at(document, inner)->parent;
    }
}

gdf_node gdf__instruction_split(gdf__parser *parser, uint32_t line)
{
    gdf_document *document = parser->document;
    gdf_str text = parser->fragment->text;
    gdf_str trimmed = gdf__utf8_trim(text);
    size_t start = (size_t)(trimmed.ptr - text.ptr);
    size_t end = start + trimmed.len;
    splitter split;
    gdf_node outer = split_head(parser, 1, line, start, end, &split);
    gdf_node inner = outer;
    while (inner && split.kind == GDF_INSTRUCTION_ONBUILD && split.start < split.text.len) {
        if (!add_nested_line(document, line))
            return 0;
        inner = split_head(parser, inner, document->lines.count - 1, split.start, split.text.len,
                           &split);
    }
    if (!inner)
        return 0;
    if (SPLITTERS[split.kind])
        SPLITTERS[split.kind](&split);
    gdf__tokens_until(parser, split.text.len, GDF_TOKEN_ARGUMENT);
    close_nested(parser, inner, outer, end);
    return outer;
}
