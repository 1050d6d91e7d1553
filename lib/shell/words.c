/* Words: where they end, what they say once quotes are gone, and what is special about them. */
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "shell/reader.h"

/* What a byte may mean. */
enum {
    ENDS_WORD = 1,
    STARTS_SPECIAL = 2, /* a quote, an escape or an expansion, outside quotes */
    GLOB = 4,
    IN_DOUBLE_QUOTES = 8,
    IN_PARAMETER = 16,
    IN_ARITHMETIC = 32,
    IN_PARENTHESES = 64,
    NOT_IN_ARRAY = 128
};

static const uint8_t meaning[256] = {
    [' '] = ENDS_WORD | IN_PARENTHESES,
    ['\t'] = ENDS_WORD | IN_PARENTHESES,
    ['\n'] = ENDS_WORD | IN_PARENTHESES,
    [';'] = ENDS_WORD | NOT_IN_ARRAY,
    ['&'] = ENDS_WORD | NOT_IN_ARRAY,
    ['|'] = ENDS_WORD | NOT_IN_ARRAY,
    ['<'] = ENDS_WORD,
    ['>'] = ENDS_WORD,
    ['('] = ENDS_WORD | IN_ARITHMETIC | IN_PARENTHESES,
    [')'] = ENDS_WORD | IN_ARITHMETIC | IN_PARENTHESES,
    ['\''] = STARTS_SPECIAL | IN_PARAMETER | IN_PARENTHESES,
    ['"'] = STARTS_SPECIAL | IN_DOUBLE_QUOTES | IN_PARAMETER | IN_PARENTHESES,
    ['\\'] = STARTS_SPECIAL | IN_DOUBLE_QUOTES | IN_PARAMETER | IN_ARITHMETIC | IN_PARENTHESES,
    ['$'] = STARTS_SPECIAL | IN_DOUBLE_QUOTES | IN_PARAMETER | IN_ARITHMETIC | IN_PARENTHESES,
    ['`'] = STARTS_SPECIAL | IN_DOUBLE_QUOTES | IN_PARAMETER | IN_ARITHMETIC | IN_PARENTHESES,
    ['}'] = IN_PARAMETER,
    ['*'] = GLOB,
    ['?'] = GLOB,
    ['['] = GLOB | IN_ARITHMETIC,
    [']'] = IN_ARITHMETIC,
};

static uint8_t meaning_of(char c)
{
    return meaning[(unsigned char)c];
}

uint32_t gdf__assignment_prefix(gdf_str raw)
{
    size_t at = 0;
    while (at < raw.len && gdf__ascii_is_word(raw.ptr[at]))
        at++;
    if (at == 0 || at == raw.len || gdf__ascii_is_digit(raw.ptr[0]))
        return 0;
    if (raw.ptr[at] == '[') {
        at = gdf__str_find(raw, ']', at);
        at += at < raw.len;
    }
    if (at < raw.len && raw.ptr[at] == '+')
        at++;
    return at < raw.len && raw.ptr[at] == '=' ? (uint32_t)at + 1 : 0;
}

/* True when the parenthesis at `at` goes on with the word that began at `start`: values of an array
 * or an extended pattern. A `!` in front of a subshell is no pattern. */
static bool parenthesis_continues(const gdf__input *input, uint32_t start, uint32_t at,
                                  bool command_position)
{
    if (at == start)
        return false;
    char previous = input->text[at - 1];
    if (previous == '=')
        return gdf__assignment_prefix((gdf_str){input->text + start, at - start}) == at - start;
    if (previous == '!')
        return !(command_position && at - start == 1);
    return previous == '@' || previous == '?' || previous == '*' || previous == '+';
}

/* True when `<` or `>` at `at` begins a process substitution. */
static bool is_process_substitution(const gdf__input *input, uint32_t at)
{
    return (input->text[at] == '<' || input->text[at] == '>') && at + 1 < input->end &&
           input->text[at + 1] == '(';
}

static void set_word(gdf__shell_reader *reader, uint32_t start, uint32_t end, gdf_str value,
                     uint16_t flags)
{
    gdf__input *input = &reader->in;
    gdf__word *word = &reader->word;
    word->start = gdf__input_start(input, start);
    word->end = gdf__input_end(input, end);
    word->raw = (gdf_str){input->text + start, end - start};
    word->value = value;
    word->role = GDF_WORD_ARGUMENT;
    bool same_bytes = value.ptr == word->raw.ptr && value.len == word->raw.len;
    if (same_bytes && !input->whole && word->end - word->start == end - start)
        flags |= GDF_WORD_FLAG_EXACT;
    word->flags = flags;
    reader->word_ready = true;
}

bool gdf__word_read_plain(gdf__shell_reader *reader, bool command_position)
{
    gdf__input *input = &reader->in;
    uint32_t start = input->at;
    uint32_t at = start;
    uint8_t seen = 0;
    while (at < input->end) {
        uint8_t means = meaning_of(input->text[at]);
        if (means & (ENDS_WORD | STARTS_SPECIAL))
            break;
        seen |= means;
        at++;
    }
    input->at = at;
    if (at < input->end) {
        if (meaning_of(input->text[at]) & STARTS_SPECIAL || is_process_substitution(input, at))
            return false;
        if (input->text[at] == '(' && parenthesis_continues(input, start, at, command_position))
            return false;
    }
    set_word(reader, start, at, (gdf_str){input->text + start, at - start},
             seen & GLOB ? GDF_WORD_FLAG_LITERAL | GDF_WORD_FLAG_GLOB : GDF_WORD_FLAG_LITERAL);
    reader->word_plain = true;
    return true;
}

void gdf__word_read_bytes(gdf__shell_reader *reader, uint32_t len)
{
    uint32_t start = reader->in.at;
    reader->in.at += len;
    set_word(reader, start, start + len, (gdf_str){reader->in.text + start, len},
             GDF_WORD_FLAG_LITERAL);
    reader->word_plain = false;
}

void gdf__word_begin(gdf__shell_reader *reader, uint32_t start)
{
    uint32_t outer = reader->word_frame;
    gdf__frame *frame = gdf__shell_reader_push(reader, GDF__FRAME_WORD);
    if (!frame)
        return;
    reader->in.at = start;
    reader->word_frame = reader->shell->frames.count - 1;
    frame->word = (gdf__open_word){.start = start, .piece = start, .outer = outer};
}

void gdf__word_begin_regular_expression(gdf__shell_reader *reader)
{
    gdf__word_begin(reader, reader->in.at);
    if (reader->word_frame == reader->shell->frames.count - 1)
        gdf__shell_reader_top(reader)->word.regular_expression = true;
}

void gdf__word_begin_arithmetic(gdf__shell_reader *reader)
{
    gdf__word_begin(reader, reader->in.at);
    if (reader->word_frame + 1 != reader->shell->frames.count)
        return;
    gdf__open_word *word = &gdf__shell_reader_top(reader)->word;
    word->flags |= GDF_WORD_FLAG_VARIABLE;
    word->arithmetic = true;
    reader->in.at += 2;
    gdf__shell_reader_push(reader, GDF__FRAME_ARITHMETIC);
}

gdf__open_word *gdf__open_word_of(const gdf__shell_reader *reader)
{
    return &GDF__AT(reader->shell->frames, gdf__frame, reader->word_frame)->word;
}

gdf__builder *gdf__word_spill(gdf__shell_reader *reader, gdf__open_word *word)
{
    gdf__builder *values = &reader->shell->values;
    if (word->pieces < 2) {
        word->value_start = (uint32_t)values->len;
        gdf__builder_add(values, (gdf_str){reader->in.text + word->first_start,
                                           word->first_end - word->first_start});
        word->pieces = 2;
    }
    return values;
}

/* Adds the text from the last cut to `end` to the value. */
static void keep(gdf__shell_reader *reader, gdf__open_word *word, uint32_t end)
{
    if (end <= word->piece)
        return;
    if (word->pieces == 0) {
        word->first_start = word->piece;
        word->first_end = end;
        word->pieces = 1;
    } else if (word->pieces == 1 && word->first_end == word->piece) {
        word->first_end = end;
    } else {
        gdf__builder_add(gdf__word_spill(reader, word),
                         (gdf_str){reader->in.text + word->piece, end - word->piece});
    }
}

void gdf__word_cut(gdf__shell_reader *reader, gdf__open_word *word, uint32_t from, uint32_t to)
{
    keep(reader, word, from);
    word->piece = to;
}

static gdf_str take_value(gdf__shell_reader *reader, const gdf__open_word *word)
{
    if (word->pieces < 2) {
        uint32_t start = word->pieces ? word->first_start : word->start;
        uint32_t end = word->pieces ? word->first_end : word->start;
        return (gdf_str){reader->in.text + start, end - start};
    }
    gdf__builder *values = &reader->shell->values;
    gdf_str built = gdf__str_slice(gdf__builder_get(values), word->value_start, values->len);
    gdf_str value = gdf__arena_copy(reader->shell->arena, built);
    values->len = word->value_start;
    return value;
}

static void finish(gdf__shell_reader *reader)
{
    gdf__open_word *word = &gdf__shell_reader_top(reader)->word;
    if (reader->in.at == word->start) {
        gdf__shell_reader_fail(reader);
        return;
    }
    keep(reader, word, reader->in.at);
    uint16_t flags = word->flags;
    if (!(flags & (GDF_WORD_FLAG_VARIABLE | GDF_WORD_FLAG_SUBSTITUTION)))
        flags |= GDF_WORD_FLAG_LITERAL;
    uint32_t start = word->start;
    reader->word_frame = word->outer;
    gdf_str value = take_value(reader, word);
    gdf__shell_reader_pop(reader);
    set_word(reader, start, reader->in.at, value, flags);
    reader->word_plain = false;
}

/* Offset of the ' that closes the one at `at`, or 0 when there is none. */
static uint32_t single_quote_end(const gdf__input *input, uint32_t at)
{
    const char *hit = memchr(input->text + at + 1, '\'', input->end - at - 1);
    return hit ? (uint32_t)(hit - input->text) : 0;
}

/* A single-quoted piece of the word. */
static void read_single_quotes(gdf__shell_reader *reader, gdf__open_word *word)
{
    gdf__input *input = &reader->in;
    uint32_t end = single_quote_end(input, input->at);
    if (end == 0) {
        gdf__shell_reader_fail_open(reader, GDF__SHELL_OPEN_QUOTE);
        return;
    }
    word->flags |= GDF_WORD_FLAG_QUOTED;
    gdf__word_cut(reader, word, input->at, input->at + 1);
    gdf__word_cut(reader, word, end, end + 1);
    input->at = end + 1;
}

/* An escape outside quotes. */
static void read_escape(gdf__shell_reader *reader, gdf__open_word *word)
{
    gdf__input *input = &reader->in;
    uint32_t at = input->at;
    if (at + 1 == input->end) {
        input->at++;
        return;
    }
    bool continuation = input->text[at + 1] == '\n';
    gdf__word_cut(reader, word, at, continuation ? at + 2 : at + 1);
    if (!continuation)
        word->flags |= GDF_WORD_FLAG_QUOTED;
    input->at += 2;
}

static void begin_double_quotes(gdf__shell_reader *reader)
{
    reader->in.at++;
    gdf__shell_reader_push(reader, GDF__FRAME_DOUBLE_QUOTE);
}

static void begin_parentheses(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    bool array = input->text[input->at - 1] == '=';
    gdf__open_word_of(reader)->flags |= array ? GDF_WORD_FLAG_VARIABLE : GDF_WORD_FLAG_GLOB;
    input->at++;
    gdf__frame *frame = gdf__shell_reader_push(reader, GDF__FRAME_PARENTHESES);
    if (frame)
        frame->comments = array;
}

/* What stands where plain bytes end. */
static void step_special(gdf__shell_reader *reader, gdf__open_word *word)
{
    gdf__input *input = &reader->in;
    switch (input->text[input->at]) {
    case '\'': read_single_quotes(reader, word); break;
    case '"':
        word->flags |= GDF_WORD_FLAG_QUOTED;
        gdf__word_cut(reader, word, input->at, input->at + 1);
        begin_double_quotes(reader);
        break;
    case '\\': read_escape(reader, word); break;
    case '$': gdf__expansion_read(reader, false); break;
    default: gdf__backtick_read(reader, false); break;
    }
}

/* A regular expression behind =~ takes operators and, inside parentheses, blanks too. */
static bool regular_expression_takes(gdf__open_word *word, char c)
{
    if (c == '\n' || (c == ')' && word->parentheses == 0))
        return false;
    if (c == '(')
        word->parentheses++;
    else if (c == ')')
        word->parentheses--;
    else if (c != '|')
        return word->parentheses > 0;
    return true;
}

/* Takes an operator byte that belongs to the word; false when the word ends. */
static bool step_operator(gdf__shell_reader *reader, gdf__open_word *word)
{
    gdf__input *input = &reader->in;
    char c = input->text[input->at];
    if (word->regular_expression) {
        bool taken = regular_expression_takes(word, c);
        input->at += taken;
        return taken;
    }
    if (is_process_substitution(input, input->at)) {
        word->flags |= GDF_WORD_FLAG_SUBSTITUTION;
        gdf__substitution_begin(reader);
        return true;
    }
    if (c == '(' && parenthesis_continues(input, word->start, input->at, false)) {
        begin_parentheses(reader);
        return true;
    }
    return false;
}

void gdf__word_step(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    gdf__open_word *word = &gdf__shell_reader_top(reader)->word;
    uint32_t at = input->at;
    uint8_t seen = 0;
    while (at < input->end && !word->arithmetic) {
        uint8_t means = meaning_of(input->text[at]);
        seen |= means;
        if (means & (ENDS_WORD | STARTS_SPECIAL))
            break;
        at++;
    }
    input->at = at;
    reader->token = at;
    if (seen & GLOB)
        word->flags |= GDF_WORD_FLAG_GLOB;
    if (seen & STARTS_SPECIAL)
        step_special(reader, word);
    else if (at == input->end || word->arithmetic || !step_operator(reader, word))
        finish(reader);
}

/* Over bytes that mean nothing in this kind of text. False at the end of the text, which is then
 * given up: something was left open. */
static bool skip_to(gdf__shell_reader *reader, int wanted)
{
    gdf__input *input = &reader->in;
    uint32_t at = input->at;
    while (at < input->end && !(meaning_of(input->text[at]) & wanted))
        at++;
    input->at = at;
    reader->token = at;
    if (at < input->end)
        return true;
    gdf__shell_reader_fail_at_end(reader);
    return false;
}

static void skip_escape(gdf__input *input)
{
    input->at += input->end - input->at > 1 ? 2 : 1;
}

/* An escape in double quotes: a backslash stays in front of most bytes. */
static void read_quoted_escape(gdf__shell_reader *reader, gdf__open_word *word)
{
    gdf__input *input = &reader->in;
    char next = input->at + 1 < input->end ? input->text[input->at + 1] : 0;
    if (word && next == '\n')
        gdf__word_cut(reader, word, input->at, input->at + 2);
    else if (word && (next == '"' || next == '\\' || next == '$' || next == '`'))
        gdf__word_cut(reader, word, input->at, input->at + 1);
    skip_escape(input);
}

void gdf__double_quote_step(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    bool of_word = reader->word_frame + 2 == reader->shell->frames.count;
    gdf__open_word *word = of_word ? gdf__open_word_of(reader) : NULL;
    if (!skip_to(reader, IN_DOUBLE_QUOTES))
        return;
    switch (input->text[input->at]) {
    case '"':
        if (word)
            gdf__word_cut(reader, word, input->at, input->at + 1);
        input->at++;
        gdf__shell_reader_pop(reader);
        break;
    case '\\': read_quoted_escape(reader, word); break;
    case '$': gdf__expansion_read(reader, true); break;
    default: gdf__backtick_read(reader, true); break;
    }
}

static void skip_single_quotes(gdf__shell_reader *reader)
{
    uint32_t end = single_quote_end(&reader->in, reader->in.at);
    if (end == 0)
        gdf__shell_reader_fail_open(reader, GDF__SHELL_OPEN_QUOTE);
    else
        reader->in.at = end + 1;
}

void gdf__parameter_step(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    if (!skip_to(reader, IN_PARAMETER))
        return;
    const gdf__frame *frame = gdf__shell_reader_top(reader);
    bool quoted = frame->quoted;
    switch (input->text[input->at]) {
    case '}':
        input->at++;
        gdf__shell_reader_pop(reader);
        break;
    case '\'':
        if (frame->plain_quote)
            input->at++;
        else
            skip_single_quotes(reader);
        break;
    case '"': begin_double_quotes(reader); break;
    case '\\': skip_escape(input); break;
    case '$': gdf__expansion_read(reader, quoted); break;
    default: gdf__backtick_read(reader, quoted); break;
    }
}

/* Behind the first closing byte. */
static void end_arithmetic(gdf__shell_reader *reader, bool bracketed)
{
    gdf__input *input = &reader->in;
    if (!bracketed) {
        if (input->at == input->end || input->text[input->at] != ')') {
            gdf__shell_reader_fail(reader);
            return;
        }
        input->at++;
    }
    gdf__shell_reader_pop(reader);
}

/* A bracket or parenthesis in arithmetic. */
static void step_bracket(gdf__shell_reader *reader, gdf__frame *frame)
{
    char c = reader->in.text[reader->in.at++];
    if (c == (frame->bracketed ? '[' : '(')) {
        frame->parentheses++;
    } else if (c == (frame->bracketed ? ']' : ')')) {
        if (frame->parentheses > 0)
            frame->parentheses--;
        else
            end_arithmetic(reader, frame->bracketed);
    }
}

void gdf__arithmetic_step(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    if (!skip_to(reader, IN_ARITHMETIC))
        return;
    switch (input->text[input->at]) {
    case '\\': skip_escape(input); break;
    case '$': gdf__expansion_read(reader, true); break;
    case '`': gdf__backtick_read(reader, true); break;
    default: step_bracket(reader, gdf__shell_reader_top(reader)); break;
    }
}

static void step_parenthesis(gdf__shell_reader *reader, gdf__frame *frame)
{
    char previous = reader->in.text[reader->in.at - 1];
    char c = reader->in.text[reader->in.at++];
    if (c == '(' && frame->comments && !(previous && strchr("@?!*+=<>", previous)))
        gdf__shell_reader_fail(reader);
    else if (c == '(')
        frame->parentheses++;
    else if (c == ')' && frame->parentheses-- == 0)
        gdf__shell_reader_pop(reader);
    else if (c != ')' && frame->comments)
        gdf__lex_lines(reader);
}

void gdf__parentheses_step(gdf__shell_reader *reader)
{
    gdf__input *input = &reader->in;
    bool array = gdf__shell_reader_top(reader)->comments;
    if (!skip_to(reader, array ? IN_PARENTHESES | NOT_IN_ARRAY : IN_PARENTHESES))
        return;
    switch (input->text[input->at]) {
    case ';':
    case '&':
    case '|': gdf__shell_reader_fail(reader); break;
    case '\'': skip_single_quotes(reader); break;
    case '"': begin_double_quotes(reader); break;
    case '\\': skip_escape(input); break;
    case '$': gdf__expansion_read(reader, false); break;
    case '`': gdf__backtick_read(reader, false); break;
    default: step_parenthesis(reader, gdf__shell_reader_top(reader)); break;
    }
}
