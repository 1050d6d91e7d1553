/* The state that word.c (characters and quotes), word_split.c (words) and word_substitution.c
 * (references) share. */
#ifndef GDF_SYNTAX_WORD_LEXER_H
#define GDF_SYNTAX_WORD_LEXER_H

#include "base/builder.h"
#include "base/table.h"
#include "syntax/word.h"
#include "syntax/word_pattern.h"

/* Collects the words of a split. */
typedef struct gdf__word_splitter {
    gdf__builder text; /* bytes of all words, one behind the other */
    gdf__table words;  /* of gdf__split_word; only the length of their text is known yet */
    size_t word_at;    /* where the current word starts in `text` */
    size_t start;      /* range of the current word in the input */
    size_t end;
    bool in_word;
} gdf__word_splitter;

void gdf__splitter_init(gdf__word_splitter *splitter, const gdf_allocator *allocator);
void gdf__splitter_free(gdf__word_splitter *splitter);

/* Adds `text`, made of [start, end) of the input, to the current word. */
void gdf__splitter_add(gdf__word_splitter *splitter, gdf_str text, size_t start, size_t end);

/* Adds `text` and ends the current word at white space. All of it comes from [start, end) of the
 * input. */
void gdf__splitter_add_value(gdf__word_splitter *splitter, gdf_str text, size_t start, size_t end);

/* The same for `text` that stands in the input at `start`. */
void gdf__splitter_add_plain(gdf__word_splitter *splitter, gdf_str text, size_t start);

/* Forgets what the current word has so far. */
void gdf__splitter_drop_word(gdf__word_splitter *splitter);

/* Ends the last word and moves all of them to the arena. */
const gdf__split_word *gdf__splitter_finish(gdf__word_splitter *splitter, gdf__arena *arena);

/* What an open construct is waiting for. */
typedef enum gdf__word_frame_kind {
    GDF__FRAME_QUOTES,     /* a `"` */
    GDF__FRAME_OPERAND,    /* the `}` behind the word of `${name-word}` */
    GDF__FRAME_PATTERN,    /* the `/` behind the pattern of `${name/pattern/text}` */
    GDF__FRAME_REPLACEMENT /* the `}` behind its replacement */
} gdf__word_frame_kind;

typedef struct gdf__word_frame {
    gdf__word_frame_kind kind;
    bool is_set;    /* the variable */
    bool is_echoed; /* the variable is unset and the reference stays as text */
    bool replaces_all;
    bool raw_escapes; /* to restore when the frame closes */
    gdf_str name;
    gdf_str value;
    gdf_str modifier;   /* as written, for example `:-` */
    uint32_t reference; /* its number in `references`, from 1; 0: none */
    size_t start;       /* in the output: its operand or pattern */
    size_t replacement; /* in the output: its replacement */
} gdf__word_frame;

typedef struct gdf__word_lexer {
    const gdf__word_rules *rules;
    gdf_str text;
    size_t at; /* next byte to read */
    gdf__word_status status;
    bool raw_escapes; /* changes inside patterns */
    bool splits;
    bool in_piece;       /* splitting: inside a quoted text or a reference of the top level */
    bool piece_is_value; /* the piece is an unquoted reference */
    size_t piece_start;
    size_t produced;       /* bytes that values added */
    gdf__builder output;   /* the text so far; when splitting, that of the open piece */
    gdf__builder message;  /* of the error */
    gdf__builder scratch;  /* a replacement text while it is applied */
    gdf__table frames;     /* of gdf__word_frame: open constructs, innermost last */
    gdf__table references; /* of gdf__word_reference */
    gdf__word_splitter splitter;
    gdf__matcher matcher;
} gdf__word_lexer;

/* The innermost open frame, or NULL. */
gdf__word_frame *gdf__lexer_top(const gdf__word_lexer *lexer);

/* Opens a frame; NULL when memory is short or nesting too deep. */
gdf__word_frame *gdf__lexer_open(gdf__word_lexer *lexer, gdf__word_frame_kind kind);

/* Forgets the innermost frame. */
void gdf__lexer_pop(gdf__word_lexer *lexer);

/* Reads a `$` and what belongs to it, up to the operand of a modifier, which gets a frame. */
void gdf__lexer_read_reference(gdf__word_lexer *lexer);

/* Called behind the stop character of a frame that is not QUOTES: evaluates it. */
void gdf__lexer_close_reference(gdf__word_lexer *lexer);

/* Adds `text` with U+FFFD for every invalid byte. */
void gdf__lexer_add_valid(gdf__builder *builder, gdf_str text);

/* Ends the work with an error; the message follows in `lexer->message`. */
void gdf__lexer_refuse(gdf__word_lexer *lexer, const char *message);

#endif
