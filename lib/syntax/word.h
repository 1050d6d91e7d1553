/* The builder's word lexer: quotes, escapes, `$name` and `${name…}` of one word, and the splitting
 * of a text into such words. Results are the builder's byte for byte, its oddities included.
 *
 *     gdf__word_rules rules = {
 *         .escape = '\\', .limit = 1 << 20, .steps = 1 << 20, .environment = environment};
 *     gdf__word_expansion expansion = gdf__word_expand(&rules, text, &arena);
 *     if (expansion.status == GDF__WORD_OK)
 *         use(expansion.text);
 *
 * The cost is linear in the text, the values put into it and the steps. */
#ifndef GDF_SYNTAX_WORD_H
#define GDF_SYNTAX_WORD_H

#include <stdbool.h>

#include "base/arena.h"

/* What the lexer leaves as it is. */
typedef enum gdf__word_mode {
    GDF__WORD_RAW_QUOTES = 1,  /* quotes stay in the result */
    GDF__WORD_RAW_ESCAPES = 2, /* escape characters stay in the result */
    GDF__WORD_SKIP_QUOTES = 4, /* quotes are ordinary characters */
    GDF__WORD_SKIP_UNSET = 8   /* references to unset variables stay as text */
} gdf__word_mode;

typedef enum gdf__word_status {
    GDF__WORD_OK = 0,
    GDF__WORD_REFUSED = 1, /* the builder refuses the text: see `error` */
    GDF__WORD_LIMIT = 2,   /* too many bytes, pattern steps or levels of nesting */
    GDF__WORD_MEMORY = 3   /* memory is short; the arena has failed, too */
} gdf__word_status;

/* Where values come from. `find` sets `*value` and returns true for a set variable; the value must
 * stay as it is until the lexer returns. A NULL `find` is the environment without variables. */
typedef struct gdf__word_environment {
    bool (*find)(void *context, gdf_str name, gdf_str *value);
    void *context;
} gdf__word_environment;

typedef struct gdf__word_rules {
    gdf__word_environment environment;
    size_t limit;  /* bytes that values, and patterns applied to them, may add to one text */
    size_t steps;  /* comparisons that the patterns of one text may take */
    unsigned mode; /* gdf__word_mode bits */
    char escape;   /* '\\' or '`' */
} gdf__word_rules;

/* A `$name` or `${name…}` that was evaluated. */
typedef struct gdf__word_reference {
    gdf_str name; /* in the text */
    size_t start; /* [start, end) of the text: from its `$` to its last character */
    size_t end;
    bool is_set;       /* the environment has it */
    bool is_evaluated; /* inside the lexer: its end was reached */
    bool is_repeated;  /* an earlier reference in the list has the same name */
} gdf__word_reference;

/* References in text order, outer before inner. Of a refused text those that were evaluated before
 * the error: not a `${name…` that it cut short. */
typedef struct gdf__word_references {
    const gdf__word_reference *items;
    uint32_t count;
} gdf__word_references;

typedef struct gdf__word_expansion {
    gdf__word_status status;
    gdf_str text;  /* empty unless OK; in the arena, or `text` itself when nothing changes */
    gdf_str error; /* the builder's full text with status REFUSED, in the arena; else empty */
    gdf__word_references references;
} gdf__word_expansion;

typedef struct gdf__split_word {
    gdf_str text; /* in the arena or in the text; never empty */
    size_t start; /* [start, end) of the text: the characters and references it was made of */
    size_t end;
} gdf__split_word;

typedef struct gdf__word_list {
    gdf__word_status status;
    const gdf__split_word *words; /* none unless OK */
    uint32_t count;
    gdf_str error; /* as of gdf__word_expansion */
    gdf__word_references references;
} gdf__word_list;

/* True when no byte of the text can mean anything to the lexer: it expands to itself. */
bool gdf__word_is_plain(gdf_str text);

/* Expands `text` to one string (the builder's ProcessWord). Any bytes are legal; invalid UTF-8 of
 * the text becomes U+FFFD, that of values stays. `text` must live as long as the result. */
gdf__word_expansion gdf__word_expand(const gdf__word_rules *rules, gdf_str text, gdf__arena *arena);

/* Expands `text` and splits it into words at white space, that of unquoted values included (the
 * builder's ProcessWords). A `<<` and the blanks behind it stay in one word. Evaluating a
 * `${name<modifier>…}` drops what the current word has so far, as it does in the builder. */
gdf__word_list gdf__word_split(const gdf__word_rules *rules, gdf_str text, gdf__arena *arena);

#endif
