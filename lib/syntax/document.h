/* The document as the layers above see it: tables of tokens, nodes and logical lines, and the
 * problems that the builder reports. Built by syntax/parser.c, completed by instruction/. */
#ifndef GDF_SYNTAX_DOCUMENT_H
#define GDF_SYNTAX_DOCUMENT_H

#include <godockerfile/document.h>

#include "base/arena.h"
#include "base/table.h"
#include "text/fragment.h"
#include "text/source.h"

typedef struct gdf__token {
    uint32_t start; /* it ends where the next one starts */
    uint32_t kind;  /* gdf_token_kind */
} gdf__token;

/* A node; its children follow it directly (preorder). */
typedef struct gdf__node {
    uint32_t start;
    uint32_t end;
    uint32_t next; /* id of the node after this one and all its descendants */
    gdf_node parent;
    const char *value; /* in the source, a logical line, or the arena */
    uint32_t value_len;
    uint32_t detail;     /* INSTRUCTION: index into `lines`; HEREDOC: index into `heredocs` */
    uint8_t kind;        /* gdf_node_kind */
    uint8_t instruction; /* gdf_instruction_kind of an INSTRUCTION */
    uint16_t flags;      /* gdf_node_flag */
    uint32_t part;       /* INSTRUCTION: first of its parts (instruction layer), else 0 */
} gdf__node;

/* The logical line of a top-level instruction, and where its pieces lie in it. A nested (ONBUILD)
 * instruction shares its outer instruction's fragment. */
typedef struct gdf__logical_line {
    gdf__fragment fragment; /* all physical lines joined, continuations gone */
    uint32_t first_line;    /* as the builder counts, from 1 */
    uint32_t last_line;
    uint32_t
        arguments_start; /* [start, end) in the fragment: trimmed text behind keyword and flags */
    uint32_t arguments_end;
    gdf_node comments; /* first node of the comments attached to it (the builder's description
                          comments: blank lines do not detach, an empty `#` resets), or 0 */
} gdf__logical_line;

typedef struct gdf__heredoc {
    gdf_str name;             /* unquoted */
    gdf_str body;             /* raw lines, terminator not included */
    uint64_t file_descriptor; /* 0 when none is written */
    uint32_t operator_start;  /* [start, end) of the `3<<-"EOF"` word in the fragment */
    uint32_t operator_end;
} gdf__heredoc;

/* In which phase the builder finds a problem; it stops at the first problem of the first phase that
 * has any. */
typedef enum gdf__phase {
    GDF__PHASE_PARSE = 1,       /* reading lines into nodes: parser.Parse */
    GDF__PHASE_PARSE_LINE = 2,  /* an over-long line: reported only when nothing else was wrong */
    GDF__PHASE_INSTRUCTION = 3, /* typing instructions: instructions.Parse */
    GDF__PHASE_OWN = 4          /* ours: the builder accepts it, or has no such check (limits) */
} gdf__phase;

typedef struct gdf__problem {
    uint32_t start;
    uint32_t end;
    uint32_t first_line; /* the builder's location; 0 when it gives none */
    uint32_t last_line;
    gdf__phase phase;
    uint32_t order;  /* position in the builder's order within the phase */
    gdf_str message; /* the builder's full text */
} gdf__problem;

/* A typed part of an instruction (instruction/): flag value, image tag, port… */
typedef struct gdf__part {
    uint32_t start; /* range in the source */
    uint32_t end;
    uint32_t next;   /* id of the part after this one and its descendants, inside the instruction */
    uint32_t parent; /* id, or 0 */
    const char *value;
    uint32_t value_len;
    gdf_node node; /* the INSTRUCTION node it belongs to */
    uint16_t kind; /* gdf_part_kind */
    uint16_t flags;
} gdf__part;

struct gdf_document {
    gdf__arena arena;
    gdf__source source;
    gdf_str file_name;
    gdf_str context_path;    /* from the root of the build context, or the file's name */
    gdf__table tokens;       /* of gdf__token */
    gdf__table nodes;        /* of gdf__node; id = index + 1 */
    gdf__table lines;        /* of gdf__logical_line */
    gdf__table heredocs;     /* of gdf__heredoc */
    gdf__table instructions; /* of gdf_node: top-level instructions in order */
    gdf__table problems;     /* of gdf__problem, sorted by start once parsing is done */
    gdf__table parts;        /* of gdf__part; id = index + 1 */
    uint32_t builder_error;  /* index into problems, or their count */
    char escape;
    bool crlf; /* most lines end in CR LF */
    bool unparsed;
};

/* Node `id`, or NULL for 0 and foreign ids. */
const gdf__node *gdf__document_node(const gdf_document *document, gdf_node id);

/* The logical line of an INSTRUCTION node (nested ones have their own row), or NULL. */
const gdf__logical_line *gdf__document_line(const gdf_document *document, gdf_node instruction);

/* Records a problem whose message is `message` (copied). */
void gdf__document_add_problem(gdf_document *document, gdf__problem problem);

/* True when any table or the arena ran out of memory. */
bool gdf__document_failed(const gdf_document *document);

/* The value as a slice. */
static inline gdf_str gdf__node_value(const gdf__node *node)
{
    return (gdf_str){node->value, node->value_len};
}

#endif
