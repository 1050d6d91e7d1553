/* Between the words: blanks, comments, operators, line ends and heredoc bodies. */
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "shell/reader.h"

static bool is_continuation(const gdf__input *input, uint32_t at)
{
    return input->text[at] == '\\' && at + 1 < input->end && input->text[at + 1] == '\n';
}

static uint32_t find_byte(const gdf__input *input, uint32_t at, char byte)
{
    const char *hit = at < input->end ? memchr(input->text + at, byte, input->end - at) : NULL;
    return hit ? (uint32_t)(hit - input->text) : input->end;
}

void gdf__lex_blanks(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    while (input->at < input->end) {
        char c = input->text[input->at];
        if (gdf__ascii_is_blank(c)) {
            input->at++;
        } else if (c == '#') {
            input->at = find_byte(input, input->at, '\n');
            gdf__shell_reader_spoil_chain(reader);
        } else if (is_continuation(input, input->at)) {
            input->at += 2;
        } else {
            return;
        }
    }
}

void gdf__lex_lines(gdf__shell_reader *reader)
{
    gdf__lex_blanks(reader);
    while (reader->in.at < reader->in.end && reader->in.text[reader->in.at] == '\n') {
        gdf__lex_newline(reader);
        gdf__lex_blanks(reader);
    }
}

static void skip_heredoc(gdf__input *input, gdf__pending_heredoc heredoc)
{
    while (input->at < input->end) {
        uint32_t start = input->at;
        uint32_t end = find_byte(input, start, '\n');
        input->at = end < input->end ? end + 1 : end;
        while (heredoc.indented && start < end && input->text[start] == '\t')
            start++;
        if (gdf__str_equal((gdf_str){input->text + start, end - start}, heredoc.delimiter))
            return;
    }
}

void gdf__lex_newline(gdf__shell_reader *reader)
{
    gdf__table *pending = &reader->shell->heredocs;
    reader->in.at++;
    for (uint32_t i = reader->first_heredoc; i < pending->count; i++)
        skip_heredoc(&reader->in, *GDF__AT(*pending, gdf__pending_heredoc, i));
    pending->count = reader->first_heredoc;
}

bool gdf__lex_next_is(const gdf__input *input, uint32_t at, char byte, uint32_t *behind)
{
    while (at < input->end && gdf__ascii_is_blank(input->text[at]))
        at++;
    *behind = at + 1;
    return at < input->end && input->text[at] == byte;
}

/* The byte `ahead` places behind `at`, or 0. */
static char peek(const gdf__input *input, uint32_t at, uint32_t ahead)
{
    return input->end - at > ahead ? input->text[at + ahead] : 0;
}

/* The redirection operator at `at`, without a descriptor. */
static gdf__lexed lex_redirection(const gdf__input *input, uint32_t at)
{
    char second = peek(input, at, 1);
    char third = peek(input, at, 2);
    if (second == '(')
        return (gdf__lexed){GDF__TOKEN_NONE, 0};
    if (input->text[at] == '>')
        return (gdf__lexed){GDF__TOKEN_REDIRECTION,
                            second == '>' || second == '&' || second == '|' ? 2 : 1};
    if (second != '<')
        return (gdf__lexed){GDF__TOKEN_REDIRECTION, second == '&' || second == '>' ? 2 : 1};
    if (third == '<')
        return (gdf__lexed){GDF__TOKEN_REDIRECTION, 3};
    if (third == '-')
        return (gdf__lexed){GDF__TOKEN_INDENTED_HEREDOC, 3};
    return (gdf__lexed){GDF__TOKEN_HEREDOC, 2};
}

/* `2>`, `{fd}>` at `at`, which holds a digit or a brace. */
static gdf__lexed lex_descriptor(const gdf__input *input)
{
    uint32_t at = input->at;
    if (input->text[at] == '{') {
        at++;
        while (at < input->end && gdf__ascii_is_word(input->text[at]))
            at++;
        if (at == input->at + 1 || at == input->end || input->text[at++] != '}')
            return (gdf__lexed){GDF__TOKEN_NONE, 0};
    } else {
        while (at < input->end && gdf__ascii_is_digit(input->text[at]))
            at++;
    }
    if (at == input->end || (input->text[at] != '<' && input->text[at] != '>'))
        return (gdf__lexed){GDF__TOKEN_NONE, 0};
    gdf__lexed lexed = lex_redirection(input, at);
    lexed.len += at - input->at;
    return lexed;
}

static gdf__lexed lex_ampersand(const gdf__input *input)
{
    char second = peek(input, input->at, 1);
    if (second == '&')
        return (gdf__lexed){GDF__TOKEN_AND, 2};
    if (second != '>')
        return (gdf__lexed){GDF__TOKEN_AMPERSAND, 1};
    return (gdf__lexed){GDF__TOKEN_REDIRECTION, peek(input, input->at, 2) == '>' ? 3 : 2};
}

static gdf__lexed lex_semicolon(const gdf__input *input)
{
    char second = peek(input, input->at, 1);
    if (second == ';')
        return (gdf__lexed){GDF__TOKEN_CASE_END, peek(input, input->at, 2) == '&' ? 3 : 2};
    if (second == '&')
        return (gdf__lexed){GDF__TOKEN_CASE_END, 2};
    return (gdf__lexed){GDF__TOKEN_SEMICOLON, 1};
}

static gdf__lexed lex_bar(const gdf__input *input)
{
    char second = peek(input, input->at, 1);
    if (second == '|')
        return (gdf__lexed){GDF__TOKEN_OR, 2};
    return (gdf__lexed){GDF__TOKEN_PIPE, second == '&' ? 2 : 1};
}

gdf__lexed gdf__lex_operator(const gdf__input *input)
{
    char c = input->text[input->at];
    switch (c) {
    case '\n': return (gdf__lexed){GDF__TOKEN_NEWLINE, 1};
    case ';': return lex_semicolon(input);
    case '&': return lex_ampersand(input);
    case '|': return lex_bar(input);
    case '(': return (gdf__lexed){GDF__TOKEN_OPEN, 1};
    case ')': return (gdf__lexed){GDF__TOKEN_CLOSE, 1};
    case '<':
    case '>': return lex_redirection(input, input->at);
    case '{': return lex_descriptor(input);
    default:
        return gdf__ascii_is_digit(c) ? lex_descriptor(input) : (gdf__lexed){GDF__TOKEN_NONE, 0};
    }
}

bool gdf__lex_is_arithmetic(const gdf__input *input, uint32_t at)
{
    uint32_t open = 0;
    for (; at < input->end; at++) {
        switch (input->text[at]) {
        case '\\': at++; break;
        case '(': open++; break;
        case ')':
            if (--open == 1)
                return at + 1 < input->end && input->text[at + 1] == ')';
            break;
        default: break;
        }
    }
    return true;
}
