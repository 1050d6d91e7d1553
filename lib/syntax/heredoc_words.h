/* Finds the heredocs that a logical line announces, as the builder does: by splitting the whole
 * line into words with the escape character `\`, whatever the file's own is, and looking for words
 * that begin with an optional number and `<<`. */
#ifndef GDF_SYNTAX_HEREDOC_WORDS_H
#define GDF_SYNTAX_HEREDOC_WORDS_H

#include "base/arena.h"
#include "base/table.h"

/* One `3<<-"EOF"` word. */
typedef struct gdf__heredoc_word {
    gdf_str name;             /* without quotes; in the arena or in the line; never empty */
    uint64_t file_descriptor; /* 0 when none is written, UINT64_MAX when it is too large */
    size_t start;             /* [start, end) of the word in the line */
    size_t end;
    bool expand; /* no part of the name is quoted */
    bool chomp;  /* written with `-` */
} gdf__heredoc_word;

typedef struct gdf__heredoc_list {
    gdf__table words; /* of gdf__heredoc_word, in the order of the line */
    gdf_str error;    /* the builder's text when a name is refused: it stops there; else empty */
} gdf__heredoc_list;

/* Lists the heredocs of `line`, which must live as long as the list. A line that the word lexer
 * refuses has none. Free the list in any case; short memory fails the arena. */
void gdf__heredoc_words_find(gdf__heredoc_list *list, gdf_str line, gdf__arena *arena);
void gdf__heredoc_words_free(gdf__heredoc_list *list);

/* Reads one word of a line, such as an argument of COPY. False when it is no heredoc; also for a
 * name that the builder refuses. */
bool gdf__heredoc_word_read(gdf__heredoc_word *heredoc, gdf_str word, gdf__arena *arena);

#endif
