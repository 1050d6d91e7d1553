/* The parser's state, shared by the files of this folder that fill one document. */
#ifndef GDF_SYNTAX_PARSER_H
#define GDF_SYNTAX_PARSER_H

#include "base/builder.h"
#include "syntax/document.h"

typedef struct gdf__parser {
    gdf_document *document;
    gdf_str text;
    uint32_t line;           /* next physical line to read, from 1 */
    uint32_t line_count;     /* physical lines as the builder counts them */
    bool directives_open;    /* still at the top, where directives are recognised */
    uint8_t directives_seen; /* bits by directive */
    gdf_node comments;       /* first of the comments that belong to the next instruction */
    uint32_t cut_line;       /* first over-long line, where the builder stops reading; or 0 */
    bool cut_is_read;        /* the builder still reads that line: it met it in a continuation */
    uint32_t problem_order;
    gdf__table segments; /* scratch: segments of the logical line being read */

    /* Tokens of the logical line being split. */
    const gdf__fragment *fragment;
    uint32_t token_offset;  /* next offset of the fragment that has no token yet */
    uint32_t token_segment; /* segment that holds it */
    uint32_t token_stop;    /* where that segment ends in the fragment */
    uint32_t token_shift;   /* from an offset in that segment to the offset in the source */
} gdf__parser;

/* Parses document->source into tokens, nodes, lines, heredocs and problems of the first phases. */
void gdf__syntax_parse(gdf_document *document);

/* ---- nodes (nodes.c) ------------------------------------------------------------------------- */

static inline gdf__node *gdf__node_at(gdf_document *document, gdf_node node)
{
    return node ? GDF__AT(document->nodes, gdf__node, node - 1) : NULL;
}

/* Adds a node under `parent`; 0 when memory is short. Close it when its children are complete. */
gdf_node gdf__node_open(gdf_document *document, gdf_node parent, gdf_node_kind kind,
                        uint32_t start);
void gdf__node_close(gdf_document *document, gdf_node id, uint32_t end);
/* A node without children. */
static inline gdf_node gdf__node_leaf(gdf_document *document, gdf_node parent, gdf_node_kind kind,
                                      uint32_t start, uint32_t end, gdf_str value)
{
    gdf__node *node = GDF__ADD(&document->nodes, gdf__node);
    if (!node)
        return 0;
    gdf_node id = document->nodes.count;
    *node = (gdf__node){.start = start,
                        .end = end,
                        .next = id + 1,
                        .parent = parent,
                        .value = value.ptr,
                        .value_len = (uint32_t)value.len,
                        .kind = (uint8_t)kind};
    return id;
}

/* ---- tokens (tokens.c) ----------------------------------------------------------------------- */

static inline void gdf__token_add(gdf_document *document, uint32_t start, gdf_token_kind kind)
{
    gdf__token *token = GDF__ADD(&document->tokens, gdf__token);
    if (token)
        *token = (gdf__token){start, kind};
}
/* Starts tokens of a logical line whose first byte is the next without a token. */
void gdf__tokens_begin(gdf__parser *parser, const gdf__fragment *fragment);
/* The same as gdf__tokens_until for a text that reaches over the current segment. */
void gdf__tokens_over_gaps(gdf__parser *parser, size_t end, gdf_token_kind kind);
/* The same for a text that ends in the current segment. */
static inline void gdf__tokens_in_segment(gdf__parser *parser, size_t end, gdf_token_kind kind)
{
    if (end > parser->token_offset) {
        gdf__token_add(parser->document, parser->token_offset + parser->token_shift, kind);
        parser->token_offset = (uint32_t)end;
    }
}
/* Gives the text up to `end` (in the fragment) the kind, with the gaps inside as trivia. */
static inline void gdf__tokens_until(gdf__parser *parser, size_t end, gdf_token_kind kind)
{
    if (end > parser->token_stop)
        gdf__tokens_over_gaps(parser, end, kind);
    else
        gdf__tokens_in_segment(parser, end, kind);
}
/* Ends the logical line at source offset `end`, start of the next physical line. */
void gdf__tokens_finish(gdf__parser *parser, uint32_t end);
/* Tokens for the line end that starts at `from`, up to `to`. */
void gdf__tokens_newline(gdf_document *document, uint32_t from, uint32_t to);

/* ---- directives (directives.c) --------------------------------------------------------------- */

/* Tells whether the comment line [start, end) (trimmed on the left, without its line end) is a
 * parser directive, and if so adds its node and applies it. */
bool gdf__directive_read(gdf__parser *parser, uint32_t start, uint32_t end);

/* ---- one logical line (arguments.c) ---------------------------------------------------------- */

/* Splits the fragment into keyword, flags and arguments; ONBUILD nests. Returns the INSTRUCTION
 * node, still open. `line` is its row in document->lines. */
gdf_node gdf__instruction_split(gdf__parser *parser, uint32_t line);

/* Adds a problem of the PARSE phase that the builder locates at the instruction's lines. */
void gdf__parser_problem(gdf__parser *parser, size_t start, size_t end, gdf_str message);

/* ---- flags (flags.c) ------------------------------------------------------------------------- */

/* Adds a FLAG node for every flag at the start of [start, end) of the fragment. Returns where the
 * arguments begin. */
size_t gdf__flags_split(gdf__parser *parser, gdf_node instruction, size_t start, size_t end);

/* ---- JSON arrays (json_array.c) -------------------------------------------------------------- */

typedef enum gdf__json_result {
    GDF__JSON_STRINGS = 0, /* an array of strings: ARGUMENT nodes were added */
    GDF__JSON_OTHER = 1,   /* an array with something else: the builder refuses it */
    GDF__JSON_NONE = 2     /* not an array */
} gdf__json_result;

/* Reads [start, end) of the fragment as Go's encoding/json would and adds a node per element. */
gdf__json_result gdf__json_array_split(gdf__parser *parser, gdf_node instruction, size_t start,
                                       size_t end);

#endif
