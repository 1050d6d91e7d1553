/* The reader's machine: a stack of frames, each an unfinished construct of the shell text. Private
 * to lib/shell.
 *
 * Every step looks at the newest frame and consumes a token or a piece of a word. A word that needs
 * more than plain bytes is a frame itself, so commands inside `$(…)` are read where they stand and
 * the outer command goes on behind them. Words of an unfinished command wait in `held_words`; when
 * the command is finished they move to the table, so a command's words have contiguous ids. */
#ifndef GDF_SHELL_READER_H
#define GDF_SHELL_READER_H

#include "shell/shell.h"

typedef enum gdf__frame_kind {
    GDF__FRAME_ROOT,         /* the text itself */
    GDF__FRAME_SCRIPT,       /* text handed to `sh -c`, eval… */
    GDF__FRAME_BACKTICK,     /* `…` */
    GDF__FRAME_SUBSTITUTION, /* $(…), <(…), >(…) */
    GDF__FRAME_SUBSHELL,     /* ( … ) */
    GDF__FRAME_GROUP,        /* { … } */
    GDF__FRAME_IF,
    GDF__FRAME_LOOP, /* while, until */
    GDF__FRAME_FOR,  /* for, select */
    GDF__FRAME_CASE,
    GDF__FRAME_TEST,         /* [[ … ]] */
    GDF__FRAME_WRAPPER,      /* a finished command whose inner commands are being listed */
    GDF__FRAME_WORD,         /* a word that is not plain bytes */
    GDF__FRAME_DOUBLE_QUOTE, /* "…" */
    GDF__FRAME_PARAMETER,    /* ${…} */
    GDF__FRAME_ARITHMETIC,   /* $((…)), ((…)), $[…] */
    GDF__FRAME_PARENTHESES   /* an array's values, an extended pattern */
} gdf__frame_kind;

/* Which part of a compound command is being read. Parts from BODY on are lists. */
typedef enum gdf__part_of_compound {
    GDF__PART_NAME,         /* for: the variable */
    GDF__PART_WORD,         /* case: the word */
    GDF__PART_IN,           /* for, case: `in` */
    GDF__PART_WORDS,        /* for: the words */
    GDF__PART_DO,           /* for: `do` */
    GDF__PART_PATTERN,      /* case: first pattern of an item */
    GDF__PART_NEXT_PATTERN, /* case: a pattern, `esac` too */
    GDF__PART_PATTERN_END,  /* case: `|` or `)` */
    GDF__PART_BODY,
    GDF__PART_CONDITION,
    GDF__PART_ELIF, /* its condition */
    GDF__PART_ELSE,
    GDF__PART_BRACE_BODY /* for … { … } */
} gdf__part_of_compound;

typedef enum gdf__list_state {
    GDF__LIST_START,        /* a command may begin */
    GDF__LIST_COMMAND,      /* in a simple command */
    GDF__LIST_DONE,         /* behind a command: only an operator or a closing word may follow */
    GDF__LIST_ARITHMETIC,   /* in ((…)) */
    GDF__LIST_FUNCTION_NAME /* behind `function` */
} gdf__list_state;

/* What the next word is to the redirection operator in front of it. */
typedef enum gdf__awaiting {
    GDF__AWAITING_NOTHING,
    GDF__AWAITING_TARGET,
    GDF__AWAITING_DELIMITER,         /* << */
    GDF__AWAITING_INDENTED_DELIMITER /* <<- */
} gdf__awaiting;

/* A list of commands, or a frame that holds words of one command (for, case, [[). */
typedef struct gdf__list {
    gdf_command parent;
    gdf_command command;  /* the open simple command, or 0 */
    gdf_command previous; /* the finished command directly in front, or 0 */
    uint32_t group;
    uint32_t first_word; /* of `command` in held_words */
    uint32_t first_redirection;
    uint32_t operator_start; /* the operator in front of the next command */
    uint32_t operator_end;
    uint32_t first_heredoc; /* pending heredocs from here on are its own */
    uint16_t flags;         /* of every command in it */
    uint16_t depth;
    uint8_t operator_kind;
    uint8_t state;    /* gdf__list_state */
    uint8_t awaiting; /* gdf__awaiting */
    bool empty;
    bool incomplete;  /* behind &&, ||, |, ! or a function's name */
    bool conditional; /* behind || */
    bool negated;     /* behind ! */
    bool function;    /* what follows is the body of a function … */
    bool compound;    /* … and must be a compound command */
    bool named;       /* the open command has its name */
} gdf__list;

typedef struct gdf__open_word {
    uint32_t start;       /* offset in the text */
    uint32_t piece;       /* text from here on is not in the value yet */
    uint32_t first_start; /* the value while it is one piece of the text */
    uint32_t first_end;
    uint32_t value_start; /* the value in `values` once it is more than that */
    uint32_t outer;       /* index of the next outer WORD frame */
    uint32_t parentheses; /* open in a regular expression */
    uint16_t flags;
    uint8_t pieces; /* 0, 1, 2 = in `values` */
    bool regular_expression;
    bool arithmetic; /* ((…)), nothing may be attached to it */
} gdf__open_word;

typedef struct gdf__frame {
    uint8_t kind;
    uint8_t part;
    bool lenient;     /* what cannot be read in it does not matter */
    bool quoted;      /* word parts: inside double quotes */
    bool plain_quote; /* PARAMETER: ' is an ordinary byte */
    bool bracketed;   /* ARITHMETIC: $[…] */
    bool comments;    /* PARENTHESES: # begins a comment */
    uint16_t nesting;
    uint32_t start;       /* offset of what opened it */
    uint32_t parentheses; /* open ( or [ inside */
    gdf_command command;  /* WRAPPER: the command */
    gdf_word position;    /* WRAPPER: the word to go on from, 0 at first */
    uint32_t first_inner; /* WRAPPER: index of the first row that its inner commands got */
    union {
        gdf__list list;
        gdf__open_word word; /* WORD */
    };
} gdf__frame;

/* A text being read, and where it lies in the source. */
typedef struct gdf__input {
    const gdf__fragment *fragment;
    const char *text;
    uint32_t at;
    uint32_t end;
    uint32_t segment; /* the segment that served last */
    uint32_t segment_start;
    uint32_t segment_len;
    uint32_t segment_source;
    bool brackets_ended; /* no ] follows: known once it was looked for */
    bool whole;          /* offsets do not map: everything has the range below */
    uint32_t whole_start;
    uint32_t whole_end;
} gdf__input;

typedef struct gdf__pending_heredoc {
    gdf_str delimiter;
    bool indented;
} gdf__pending_heredoc;

typedef struct gdf__shell_reader {
    gdf__shell *shell;
    gdf__input in;
    gdf_node instruction;
    bool exec_form; /* the outermost words are elements of a JSON array */
    uint32_t max_depth;
    uint32_t next_group;
    uint32_t token;         /* offset of the token or piece of a word that is being read */
    uint32_t word_frame;    /* index of the innermost WORD frame */
    uint32_t first_heredoc; /* of the innermost list with its own heredocs */
    gdf__word word;         /* the word just read … */
    bool word_ready;        /* … and not yet taken */
    bool word_plain;        /* it has no quotes and no expansions: it may be a keyword */
    bool leading;           /* only commands that set the scene were seen */
    bool pure;
    gdf__script script;
} gdf__shell_reader;

static inline gdf__frame *gdf__shell_reader_top(const gdf__shell_reader *reader)
{
    return GDF__AT(reader->shell->frames, gdf__frame, reader->shell->frames.count - 1);
}

/* The text's own list has something that is no command joined by &&. */
static inline void gdf__shell_reader_spoil_chain(gdf__shell_reader *reader)
{
    if (reader->shell->frames.count == 1)
        reader->pure = false;
}

/* The text's own list has a compound command: `set` behind it does not stand in front. */
static inline void gdf__shell_reader_spoil_lead(gdf__shell_reader *reader)
{
    if (reader->shell->frames.count == 1)
        reader->leading = false;
}

/* reader.c */

/* A new frame with its nesting and leniency set; NULL (and the text given up) when it is too deep
 * or memory is short. Pointers to older frames are invalid afterwards. */
gdf__frame *gdf__shell_reader_push(gdf__shell_reader *reader, gdf__frame_kind kind);
/* A new frame that is a list with the parent, flags and depth of `list`. */
gdf__frame *gdf__shell_reader_push_list(gdf__shell_reader *reader, gdf__frame_kind kind,
                                        gdf__list list);
void gdf__shell_reader_pop(gdf__shell_reader *reader);
/* The present token cannot stand where it does: the text is not understood. Unwinds to the frame
 * whose text it is and skips the rest. */
void gdf__shell_reader_fail(gdf__shell_reader *reader);
/* The same for a text that ends too early for the newest frame. */
void gdf__shell_reader_fail_at_end(gdf__shell_reader *reader);
/* The same for a quote or expansion that begins at the present token and has no end. */
void gdf__shell_reader_fail_open(gdf__shell_reader *reader, gdf__shell_problem problem);
/* Reads `input` as a text of its own; its end gives back the present one. */
void gdf__shell_reader_enter(gdf__shell_reader *reader, gdf__input input);
/* The present text ended where the newest frame, a list, may end or not. */
void gdf__shell_reader_end_text(gdf__shell_reader *reader);
gdf__shell_reader gdf__shell_reader_begin(gdf__shell *shell, gdf_node instruction, gdf__input input,
                                          uint32_t max_depth);
void gdf__shell_reader_run(gdf__shell_reader *reader);

/* input.c */

gdf__input gdf__input_of(const gdf__fragment *fragment, uint32_t start, uint32_t end);
/* What stands for a text that memory was short for: the end of `input`. */
gdf__input gdf__input_nothing(gdf__input input);
uint32_t gdf__input_place_slowly(gdf__input *input, uint32_t offset);
/* Puts pieces of the present text together to an input of their own whose offsets map to the
 * source. One at a time. */
typedef struct gdf__cutter {
    gdf__shell_reader *reader;
    gdf__builder text;
} gdf__cutter;
void gdf__cutter_init(gdf__cutter *cutter, gdf__shell_reader *reader);
void gdf__cutter_keep(gdf__cutter *cutter, uint32_t start, uint32_t end);
gdf__input gdf__cutter_finish(gdf__cutter *cutter);

static inline uint32_t gdf__input_start(gdf__input *input, uint32_t offset)
{
    uint32_t inside = offset - input->segment_start;
    if (input->whole)
        return input->whole_start;
    return inside < input->segment_len ? input->segment_source + inside
                                       : gdf__input_place_slowly(input, offset);
}
static inline uint32_t gdf__input_end(gdf__input *input, uint32_t offset)
{
    if (input->whole)
        return input->whole_end;
    return offset == 0 ? gdf__input_start(input, 0) : gdf__input_start(input, offset - 1) + 1;
}

/* lexer.c */

typedef enum gdf__operator_token {
    GDF__TOKEN_NONE, /* no operator: a word begins */
    GDF__TOKEN_NEWLINE,
    GDF__TOKEN_SEMICOLON,
    GDF__TOKEN_CASE_END, /* ;; ;& ;;& */
    GDF__TOKEN_AMPERSAND,
    GDF__TOKEN_AND,
    GDF__TOKEN_OR,
    GDF__TOKEN_PIPE,
    GDF__TOKEN_OPEN,
    GDF__TOKEN_CLOSE,
    GDF__TOKEN_REDIRECTION,
    GDF__TOKEN_HEREDOC,
    GDF__TOKEN_INDENTED_HEREDOC
} gdf__operator_token;

typedef struct gdf__lexed {
    gdf__operator_token token;
    uint32_t len; /* with the descriptor of a redirection */
} gdf__lexed;

/* Over blanks, continuations and a comment. */
void gdf__lex_blanks(gdf__shell_reader *reader);
/* Blanks and line ends, with the heredoc bodies behind them. */
void gdf__lex_lines(gdf__shell_reader *reader);
/* The operator at `at`; does not consume it. */
gdf__lexed gdf__lex_operator(const gdf__input *input);
/* Consumes a line end and the heredoc bodies that follow it. */
void gdf__lex_newline(gdf__shell_reader *reader);
/* True when `((` at `at` is arithmetic: its parentheses close with `))`. Text that never closes
 * counts as arithmetic. */
bool gdf__lex_is_arithmetic(const gdf__input *input, uint32_t at);
/* True when behind `at` there are blanks and then `byte`; `*behind` is then the place after it. */
bool gdf__lex_next_is(const gdf__input *input, uint32_t at, char byte, uint32_t *behind);

/* words.c */

/* Reads a plain word into reader->word. False when it is not plain: `at` is then where plain bytes
 * end, and gdf__word_begin goes on from there. */
bool gdf__word_read_plain(gdf__shell_reader *reader, bool command_position);
void gdf__word_begin(gdf__shell_reader *reader, uint32_t start);
void gdf__word_begin_regular_expression(gdf__shell_reader *reader);
/* `((…))` at `at`. */
void gdf__word_begin_arithmetic(gdf__shell_reader *reader);
/* The next `len` bytes as they are. */
void gdf__word_read_bytes(gdf__shell_reader *reader, uint32_t len);
void gdf__word_step(gdf__shell_reader *reader);
void gdf__double_quote_step(gdf__shell_reader *reader);
void gdf__parameter_step(gdf__shell_reader *reader);
void gdf__arithmetic_step(gdf__shell_reader *reader);
void gdf__parentheses_step(gdf__shell_reader *reader);
/* Length of `NAME=`, `NAME+=` or `NAME[…]=` at the start of the word, or 0. */
uint32_t gdf__assignment_prefix(gdf_str raw);

/* expansions.c */

/* Reads what begins with `$` or a backtick at `at`; a longer one becomes a frame. */
void gdf__expansion_read(gdf__shell_reader *reader, bool quoted);
void gdf__backtick_read(gdf__shell_reader *reader, bool quoted);
/* The commands of $(, <( or >(. */
void gdf__substitution_begin(gdf__shell_reader *reader);
/* The innermost open word. */
gdf__open_word *gdf__open_word_of(const gdf__shell_reader *reader);
/* Ends a piece of the value at `from`; the next one starts at `to`. */
void gdf__word_cut(gdf__shell_reader *reader, gdf__open_word *word, uint32_t from, uint32_t to);
/* Puts bytes that are not in the text into the value. */
gdf__builder *gdf__word_spill(gdf__shell_reader *reader, gdf__open_word *word);

/* lists.c */

void gdf__list_step(gdf__shell_reader *reader);
/* A compound command begins in `list`; gives the list that its own lists start from. */
gdf__list gdf__list_begin_compound(gdf__shell_reader *reader, gdf__list *list, uint16_t flags);
/* Opens a command in `list` at source offset `start`: it takes the operator that waits there. */
void gdf__list_open_command(gdf__shell_reader *reader, gdf__list *list, uint32_t start,
                            uint16_t flags);
/* Makes `list` ready for its first command. */
void gdf__list_reset(gdf__shell_reader *reader, gdf__list *list);
/* True when the list may end here: nothing is missing behind its last operator. */
bool gdf__list_is_complete(const gdf__list *list, bool may_be_empty);
/* Reads the word at `at` for the newest frame: a plain one is ready, another one is a frame. */
void gdf__list_read_word(gdf__shell_reader *reader);

/* compounds.c */

/* Acts on the plain word when it is a keyword here; false when it is an ordinary word. */
bool gdf__compound_take_keyword(gdf__shell_reader *reader);
/* for and case up to their lists. */
void gdf__head_step(gdf__shell_reader *reader);
void gdf__test_step(gdf__shell_reader *reader);

/* commands.c */

/* A new row in `list`, whose waiting operator it takes. */
void gdf__command_open(gdf__shell_reader *reader, gdf__list *list, uint32_t start, uint16_t flags);
void gdf__command_add_word(gdf__shell_reader *reader, gdf__list *list, gdf_word_role role);
void gdf__command_add_redirection(gdf__shell_reader *reader, gdf__list *list, uint32_t start,
                                  uint32_t end);
/* The word just read is the target of the newest redirection. */
void gdf__command_add_target(gdf__shell_reader *reader, gdf__list *list);
/* Moves the held words to the table; the command becomes `previous`. */
void gdf__command_close(gdf__shell_reader *reader, gdf__list *list);
/* Sets `name` and `program` from the words. */
void gdf__command_find_name(const gdf__shell *shell, gdf__command *row);
/* Takes back an open command that turned out to be a function's name. */
void gdf__command_cancel(gdf__shell_reader *reader, gdf__list *list);
/* Brings rows [first, split) and [split, count), each in text order, into one order. */
void gdf__commands_merge(gdf__shell_reader *reader, uint32_t first, uint32_t split);

static inline gdf__command *gdf__command_row(const gdf__shell_reader *reader, gdf_command id)
{
    return GDF__AT(reader->shell->commands, gdf__command, id - 1);
}

/* shell_options.c */

/* Looks at a finished command of the text's own list for `set -e` and `set -o pipefail`. */
void gdf__leading_command(gdf__shell_reader *reader, gdf_command id);

/* wrappers.c */

typedef enum gdf__inner_kind {
    GDF__INNER_NONE,
    GDF__INNER_COMMAND, /* words [first, first + count) are a command */
    GDF__INNER_SCRIPT   /* word `first` is shell text */
} gdf__inner_kind;

typedef struct gdf__inner {
    gdf__inner_kind kind;
    gdf_word first;
    uint32_t count;
    gdf_word position; /* where the search for the next one goes on, 0 when there is none */
} gdf__inner;

bool gdf__is_wrapper(const gdf__shell *shell, gdf_command id);
/* The next inner command of a wrapper; `position` 0 at first. Gives NAME=value words in front of
 * the inner command the role of assignments. */
gdf__inner gdf__wrapper_next(gdf__shell *shell, gdf_command id, gdf_word position);

/* unwrap.c */

void gdf__wrapper_begin(gdf__shell_reader *reader, gdf_command id);
void gdf__wrapper_step(gdf__shell_reader *reader);
/* Ends the newest frame, a WRAPPER. */
void gdf__wrapper_end(gdf__shell_reader *reader);

#endif
