/**
 * @file document.h
 * A Dockerfile as a lossless tree: bytes, lines, tokens, nodes, and what the builder says of it.
 *
 * The tokens tile the input: concatenated they are the input. Nodes nest and have byte ranges and
 * decoded values. Broken text gives a tree too, with problems beside it.
 * Where behaviour is said to be "the builder's", it is BuildKit's (moby/buildkit 73ed6825c4b7).
 */
#ifndef GODOCKERFILE_DOCUMENT_H
#define GODOCKERFILE_DOCUMENT_H

#include <godockerfile/options.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A parsed Dockerfile. It never changes. */
typedef struct gdf_document gdf_document;

/** A node of one document: an index from 1; 0 is "no node". Node 1 is the document itself. */
typedef uint32_t gdf_node;

/** The 18 instructions. */
typedef enum gdf_instruction_kind {
    GDF_INSTRUCTION_UNKNOWN = 0,
#define GDF_INSTRUCTION(id, value, name, summary) GDF_INSTRUCTION_##id = (value),
#include <godockerfile/instructions.def>
#undef GDF_INSTRUCTION
    GDF_INSTRUCTION_LAST_ = 0x7fff
} gdf_instruction_kind;

/** What a node is. */
typedef enum gdf_node_kind {
    GDF_NODE_NONE = 0,
#define GDF_NODE(id, value, name, summary) GDF_NODE_##id = (value),
#define GDF_TOKEN(id, value, name, summary)
#include <godockerfile/syntax.def>
#undef GDF_NODE
#undef GDF_TOKEN
    GDF_NODE_LAST_ = 0x7fff
} gdf_node_kind;

/** What a token is. */
typedef enum gdf_token_kind {
    GDF_TOKEN_NONE = 0,
#define GDF_NODE(id, value, name, summary)
#define GDF_TOKEN(id, value, name, summary) GDF_TOKEN_##id = (value),
#include <godockerfile/syntax.def>
#undef GDF_NODE
#undef GDF_TOKEN
    GDF_TOKEN_LAST_ = 0x7fff
} gdf_token_kind;

/** In what a column is counted. */
typedef enum gdf_column_unit {
    GDF_COLUMN_BYTES = 0,
    GDF_COLUMN_CODE_POINTS = 1, /**< an invalid byte counts as one */
    GDF_COLUMN_UTF16 = 2        /**< as editors count; an invalid byte counts as one */
} gdf_column_unit;

/** Bits of gdf_node_get_flags(). */
typedef enum gdf_node_flag {
    GDF_NODE_FLAG_JSON = 1,          /**< instruction: its arguments are a JSON array (exec form) */
    GDF_NODE_FLAG_LEGACY = 2,        /**< pair: written `KEY value`, without `=` */
    GDF_NODE_FLAG_EMPTY_LINE = 4,    /**< instruction: an empty line inside a continuation */
    GDF_NODE_FLAG_CHOMP = 8,         /**< heredoc: `<<-` */
    GDF_NODE_FLAG_QUOTED = 16,       /**< heredoc: quoted name, the body is not expanded */
    GDF_NODE_FLAG_UNTERMINATED = 32, /**< heredoc: the input ends before its terminator */
    GDF_NODE_FLAG_JSON_FAILED = 64   /**< instruction: starts like a JSON array, but is not one */
} gdf_node_flag;

/* ---- Create and free ------------------------------------------------------------------------- */

/**
 * Parses `len` bytes. The bytes are copied; any bytes are accepted, NULL only with `len` 0.
 * Content never fails: NULL is returned when memory is short, and for nothing else.
 * Input longer than GDF_OPTION_MAX_DOCUMENT_SIZE is kept whole (gdf_document_get_text) but not
 * analysed: one problem says so. Free with gdf_document_free().
 */
GDF_API gdf_document *gdf_document_parse(const char *text, size_t len, const gdf_options *options);

/** Frees the document; NULL is accepted. Builds, reports and edits made from it must be freed
 * before. */
GDF_API void gdf_document_free(gdf_document *document);

/** The whole input, byte for byte. */
GDF_API gdf_str gdf_document_get_text(const gdf_document *document);

/** The file name from the options, or empty. */
GDF_API gdf_str gdf_document_get_file_name(const gdf_document *document);

/** The escape character in force: '\\' or '`'. */
GDF_API char gdf_document_get_escape(const gdf_document *document);

/** "\n" or "\r\n": the line end most used in the input ("\n" when there is none). */
GDF_API gdf_str gdf_document_get_line_end(const gdf_document *document);

/* ---- Lines and positions --------------------------------------------------------------------- */

/** Number of lines, at least 1: a line ends after its "\n"; text after the last one is a line. */
GDF_API uint32_t gdf_document_count_lines(const gdf_document *document);

/** Offset of the first byte of a line (1-based), or the input's length past the last line. */
GDF_API uint32_t gdf_document_get_line_start(const gdf_document *document, uint32_t line);

/** The bytes of a line without its line end. */
GDF_API gdf_str gdf_document_get_line_text(const gdf_document *document, uint32_t line);

/** The line (1-based) that holds the byte at `offset`; the last line past the end; 0 for NULL. */
GDF_API uint32_t gdf_document_find_line(const gdf_document *document, uint32_t offset);

/** The column (1-based) of `offset` in its line, counted in `unit`. */
GDF_API uint32_t gdf_document_find_column(const gdf_document *document, uint32_t offset,
                                          gdf_column_unit unit);

/** The offset of a line and column, both 1-based; clamped to the line's and the input's end. */
GDF_API uint32_t gdf_document_find_offset(const gdf_document *document, uint32_t line,
                                          uint32_t column, gdf_column_unit unit);

/* ---- Tokens ---------------------------------------------------------------------------------- */

/** Number of tokens. Together they tile the input without gap or overlap. */
GDF_API uint32_t gdf_document_count_tokens(const gdf_document *document);
/** What token `index` (0-based) is; NONE past the last. */
GDF_API gdf_token_kind gdf_document_get_token_kind(const gdf_document *document, uint32_t index);
/** Offset of the token's first byte. */
GDF_API uint32_t gdf_document_get_token_start(const gdf_document *document, uint32_t index);
/** Offset behind the token's last byte: the start of the next one. */
GDF_API uint32_t gdf_document_get_token_end(const gdf_document *document, uint32_t index);

/* ---- Nodes ----------------------------------------------------------------------------------- */

/** Number of nodes; ids run from 1 to this, in document order, parents before children. */
GDF_API uint32_t gdf_document_count_nodes(const gdf_document *document);
/** Number of top-level instructions. */
GDF_API uint32_t gdf_document_count_instructions(const gdf_document *document);
/** Top-level instruction `index` (0-based), or 0. */
GDF_API gdf_node gdf_document_get_instruction(const gdf_document *document, uint32_t index);
/** The innermost node whose range holds `offset`; the document node when no other does. */
GDF_API gdf_node gdf_document_find_node(const gdf_document *document, uint32_t offset);

/** What the node is; NONE for a foreign id. */
GDF_API gdf_node_kind gdf_node_get_kind(const gdf_document *document, gdf_node node);
/** Range of the node in the input. An instruction ends before its last line end (after its
 * heredocs). */
GDF_API uint32_t gdf_node_get_start(const gdf_document *document, gdf_node node);
/** Offset behind the node's last byte. */
GDF_API uint32_t gdf_node_get_end(const gdf_document *document, gdf_node node);
/** Bits of gdf_node_flag. */
GDF_API uint32_t gdf_node_get_flags(const gdf_document *document, gdf_node node);
/**
 * What the node says after continuations are joined and, where the builder does it, quotes and
 * escapes are resolved: keyword as typed; flag with its dashes; argument as the builder's tree
 * holds it (JSON elements decoded); heredoc: the name; heredoc body: the raw body; comment: the
 * text after `#`; directive: its value.
 */
GDF_API gdf_str gdf_node_get_value(const gdf_document *document, gdf_node node);
/** The node that holds it; 0 for the document. */
GDF_API gdf_node gdf_node_get_parent(const gdf_document *document, gdf_node node);
/** The first node inside it, or 0. */
GDF_API gdf_node gdf_node_get_first_child(const gdf_document *document, gdf_node node);
/** The node behind it in the same parent, or 0. */
GDF_API gdf_node gdf_node_get_next_sibling(const gdf_document *document, gdf_node node);
/** Which instruction an INSTRUCTION node is; UNKNOWN for other nodes and foreign keywords. */
GDF_API gdf_instruction_kind gdf_node_get_instruction(const gdf_document *document, gdf_node node);
/** First line of a node, from 1; that of an instruction is the one that the builder names. */
GDF_API uint32_t gdf_node_get_first_line(const gdf_document *document, gdf_node node);
/** Last line of the node, included, counted likewise. */
GDF_API uint32_t gdf_node_get_last_line(const gdf_document *document, gdf_node node);
/** The number in front of the `<<` of a HEREDOC node, a file descriptor; 0 when there is none. */
GDF_API uint64_t gdf_node_get_file_descriptor(const gdf_document *document, gdf_node node);

/* ---- Problems: what the builder refuses ------------------------------------------------------ */

/**
 * Problems of the text itself, in document order: everything that the builder would refuse while
 * reading the file, and not only the first such thing. A report turns them into findings.
 */
GDF_API uint32_t gdf_document_count_problems(const gdf_document *document);
/** The builder's text of a problem, with its "dockerfile parse error on line N: " where it has one.
 */
GDF_API gdf_str gdf_document_get_problem_message(const gdf_document *document, uint32_t index);
/** Range of problem `index` (0-based): the bytes that the message is about. */
GDF_API uint32_t gdf_document_get_problem_start(const gdf_document *document, uint32_t index);
/** End of that range. */
GDF_API uint32_t gdf_document_get_problem_end(const gdf_document *document, uint32_t index);
/**
 * Index of the problem that the builder itself reports (it stops at its first), or the number of
 * problems when the builder accepts the file's syntax.
 */
GDF_API uint32_t gdf_document_find_builder_error(const gdf_document *document);

/* ---- Dumps ----------------------------------------------------------------------------------- */

/** Form of gdf_document_dump(). */
typedef enum gdf_dump_format {
    GDF_DUMP_TREE = 0,     /**< indented nodes with ranges, for people */
    GDF_DUMP_BUILDKIT = 1, /**< the builder's own dump of its tree, byte for byte */
    GDF_DUMP_JSON = 2      /**< everything: nodes, parts, lines, problems */
} gdf_dump_format;

/** The tree as text. NULL when memory is short, `document` is NULL or the format is unknown. Free
 * with gdf_text_free(). */
GDF_API gdf_text *gdf_document_dump(const gdf_document *document, gdf_dump_format format);

/* ---- Names of the enums ---------------------------------------------------------------------- */

/** Name as in instructions.def ("FROM"); static storage; "" for a foreign value. */
GDF_API const char *gdf_instruction_kind_name(gdf_instruction_kind kind);
/** Name as in syntax.def ("argument"); static storage; "" for a foreign value. */
GDF_API const char *gdf_node_kind_name(gdf_node_kind kind);
/** The kind of node with that name, in any case; NONE when there is none. */
GDF_API gdf_node_kind gdf_node_kind_find(const char *name, size_t len);
/** Name as in syntax.def ("whitespace"); static storage; "" for a foreign value. */
GDF_API const char *gdf_token_kind_name(gdf_token_kind kind);
/** The kind of token with that name, in any case; NONE when there is none. */
GDF_API gdf_token_kind gdf_token_kind_find(const char *name, size_t len);
/** The instruction with that name, in any case; UNKNOWN when there is none. */
GDF_API gdf_instruction_kind gdf_instruction_kind_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
