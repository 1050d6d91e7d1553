/* What `$` and backticks begin inside a word. */
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "shell/ansi_quotes.h"
#include "shell/reader.h"

/* Flags that commands inside an expansion take over from the command around it. */
static const uint16_t INHERITED = GDF_COMMAND_FLAG_SUBSHELL | GDF_COMMAND_FLAG_SUBSTITUTION |
                                  GDF_COMMAND_FLAG_CONDITIONAL | GDF_COMMAND_FLAG_LOOP |
                                  GDF_COMMAND_FLAG_FUNCTION | GDF_COMMAND_FLAG_HEREDOC;

/* The list of commands inside an expansion of the innermost word. */
static gdf__list inner_list(const gdf__shell_reader *reader)
{
    const gdf__frame *holder = GDF__AT(reader->shell->frames, gdf__frame, reader->word_frame - 1);
    gdf__list list = holder->list;
    if (list.command) {
        list.parent = list.command;
        list.flags = gdf__command_row(reader, list.command)->flags;
    }
    list.flags = (list.flags & INHERITED) | GDF_COMMAND_FLAG_SUBSTITUTION;
    list.depth++;
    return list;
}

/* True when the newest frame is the word itself, so that quotes there are not part of its value. */
static bool at_word_level(const gdf__shell_reader *reader)
{
    return reader->word_frame + 1 == reader->shell->frames.count;
}

void gdf__substitution_begin(gdf__shell_reader *reader)
{
    reader->in.at += 2;
    gdf__list list = inner_list(reader);
    list.first_heredoc = reader->first_heredoc;
    if (gdf__shell_reader_push_list(reader, GDF__FRAME_SUBSTITUTION, list))
        reader->first_heredoc = reader->shell->heredocs.count;
}

/* `$((`: arithmetic, unless it is a subshell in a substitution. */
static void begin_parenthesis(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    gdf__open_word *word = gdf__open_word_of(reader);
    bool doubled = input->end - input->at > 2 && input->text[input->at + 2] == '(';
    if (doubled && gdf__lex_is_arithmetic(input, input->at + 1)) {
        word->flags |= GDF_WORD_FLAG_VARIABLE;
        input->at += 3;
        gdf__shell_reader_push(reader, GDF__FRAME_ARITHMETIC);
        return;
    }
    word->flags |= GDF_WORD_FLAG_SUBSTITUTION;
    gdf__substitution_begin(reader);
}

/* `$[…]`, the old arithmetic of bash; without a closing bracket the `$` is an ordinary byte. */
static void begin_bracket(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    input->at += 2;
    if (!input->brackets_ended)
        input->brackets_ended = !memchr(input->text + input->at, ']', input->end - input->at);
    if (input->brackets_ended)
        return;
    gdf__open_word_of(reader)->flags |= GDF_WORD_FLAG_VARIABLE;
    gdf__frame *frame = gdf__shell_reader_push(reader, GDF__FRAME_ARITHMETIC);
    if (frame)
        frame->bracketed = true;
}

static bool is_special_parameter(char c)
{
    return c != 0 && strchr("@*#?-$!", c) != NULL;
}

/* Inside double quotes a ' is ordinary in ${x:-…} and its like, but quotes in patterns. */
static bool quote_is_plain(const gdf__input *input)
{
    uint32_t at = input->at;
    if (at < input->end && (input->text[at] == '!' || input->text[at] == '#'))
        at++;
    while (at < input->end && gdf__ascii_is_word(input->text[at]))
        at++;
    if (at == input->at && at < input->end && is_special_parameter(input->text[at]))
        at++;
    if (at < input->end && input->text[at] == ':')
        at++;
    return at < input->end && input->text[at] != 0 && strchr("-=+?", input->text[at]) != NULL;
}

static void begin_brace(gdf__shell_reader *reader, bool quoted)
{
    gdf__input *input = &reader->in;
    gdf__open_word_of(reader)->flags |= GDF_WORD_FLAG_VARIABLE;
    input->at += 2;
    uint32_t at = input->at;
    while (at < input->end && gdf__ascii_is_word(input->text[at]))
        at++;
    if (at < input->end && input->text[at] == '}') {
        input->at = at + 1;
        return;
    }
    bool plain_quote = quoted && quote_is_plain(input);
    gdf__frame *frame = gdf__shell_reader_push(reader, GDF__FRAME_PARAMETER);
    if (frame) {
        frame->quoted = quoted;
        frame->plain_quote = plain_quote;
    }
}

static void read_ansi_quotes(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    uint32_t start = input->at + 2;
    uint32_t end = gdf__ansi_end(input, start);
    if (end == 0) {
        gdf__shell_reader_fail_open(reader, GDF__SHELL_OPEN_QUOTE);
        return;
    }
    if (at_word_level(reader)) {
        gdf__open_word *word = gdf__open_word_of(reader);
        gdf_str text = {input->text + start, end - start};
        word->flags |= GDF_WORD_FLAG_QUOTED;
        gdf__word_cut(reader, word, input->at, start);
        if (gdf__str_has_byte(text, '\\')) {
            gdf__ansi_decode(gdf__word_spill(reader, word), text);
            word->piece = end;
        }
        gdf__word_cut(reader, word, end, end + 1);
    }
    input->at = end + 1;
}

/* `$"…"`: a translated string; the `$` goes like the quotes. */
static void skip_translation_mark(gdf__shell_reader *reader)
{
    if (at_word_level(reader))
        gdf__word_cut(reader, gdf__open_word_of(reader), reader->in.at, reader->in.at + 1);
    reader->in.at++;
}

/* `$name`, `$1`, `$@`; a `$` in front of anything else is an ordinary byte. */
static void read_name(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    uint32_t at = input->at + 1;
    char first = at < input->end ? input->text[at] : 0;
    if (gdf__ascii_is_alpha(first) || first == '_') {
        while (at < input->end && gdf__ascii_is_word(input->text[at]))
            at++;
    } else if (gdf__ascii_is_digit(first) || is_special_parameter(first)) {
        at++;
    } else {
        input->at = at;
        return;
    }
    gdf__open_word_of(reader)->flags |= GDF_WORD_FLAG_VARIABLE;
    input->at = at;
}

void gdf__expansion_read(gdf__shell_reader *reader, bool quoted)
{
    const gdf__input *input = &reader->in;
    char next = input->at + 1 < input->end ? input->text[input->at + 1] : 0;
    if (next == '(')
        begin_parenthesis(reader);
    else if (next == '{')
        begin_brace(reader, quoted);
    else if (next == '[')
        begin_bracket(reader);
    else if (next == '\'' && !quoted)
        read_ansi_quotes(reader);
    else if (next == '"' && !quoted)
        skip_translation_mark(reader);
    else
        read_name(reader);
}

/* True when the backslash at `at` goes before the text in backticks is read. */
static bool is_backtick_escape(const gdf__input *input, uint32_t at, bool quoted)
{
    char next = input->text[at + 1];
    return next == '`' || next == '\\' || next == '$' || (quoted && next == '"');
}

/* Offset of the closing backtick, or 0. `*escapes` tells whether there are any. */
static uint32_t backtick_end(const gdf__input *input, uint32_t at, bool quoted, bool *escapes)
{
    for (; at < input->end; at++) {
        if (input->text[at] == '`')
            return at;
        if (input->text[at] == '\\' && at + 1 < input->end) {
            *escapes = *escapes || is_backtick_escape(input, at, quoted);
            at++;
        }
    }
    return 0;
}

static gdf__input unescape_backticks(gdf__shell_reader *reader, uint32_t start, uint32_t end,
                                     bool quoted)
{
    const gdf__input *input = &reader->in;
    gdf__cutter cutter;
    gdf__cutter_init(&cutter, reader);
    uint32_t piece = start;
    for (uint32_t at = start; at < end; at++) {
        if (input->text[at] != '\\')
            continue;
        if (is_backtick_escape(input, at, quoted)) {
            gdf__cutter_keep(&cutter, piece, at);
            piece = at + 1;
        }
        at++;
    }
    gdf__cutter_keep(&cutter, piece, end);
    return gdf__cutter_finish(&cutter);
}

void gdf__backtick_read(gdf__shell_reader *reader, bool quoted)
{
    gdf__input *input = &reader->in;
    uint32_t start = input->at + 1;
    bool escapes = false;
    uint32_t end = backtick_end(input, start, quoted, &escapes);
    if (end == 0) {
        gdf__shell_reader_fail_open(reader, GDF__SHELL_OPEN_EXPANSION);
        return;
    }
    gdf__open_word_of(reader)->flags |= GDF_WORD_FLAG_SUBSTITUTION;
    gdf__input inner = *input;
    inner.at = start;
    inner.end = end;
    if (escapes)
        inner = unescape_backticks(reader, start, end, quoted);
    gdf__list list = inner_list(reader);
    list.first_heredoc = reader->first_heredoc;
    input->at = end + 1;
    if (gdf__shell_reader_push_list(reader, GDF__FRAME_BACKTICK, list))
        gdf__shell_reader_enter(reader, inner);
}
