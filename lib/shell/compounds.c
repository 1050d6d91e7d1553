/* Compound commands: keywords, the heads of for and case, and [[ … ]]. */
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "shell/reader.h"

typedef enum keyword_id {
    KEYWORD_NONE,
#define GDF__KEYWORD(id, text) KEYWORD_##id,
#include "shell/keywords.def"
} keyword_id;

static const gdf_str keyword_texts[] = {
    {"", 0},
#define GDF__KEYWORD(id, text) {text, sizeof(text) - 1},
#include "shell/keywords.def"
};

enum {
    KEYWORD_COUNT = sizeof keyword_texts / sizeof keyword_texts[0],
    LONGEST_KEYWORD = sizeof "function" - 1,
    GDF__PART_END = UINT8_MAX
};

/* Flags that a transition adds. */
enum {
    ADDS_NONE = 0,
    ADDS_CONDITIONAL = GDF_COMMAND_FLAG_CONDITIONAL,
    ADDS_REPEATED = GDF_COMMAND_FLAG_CONDITIONAL | GDF_COMMAND_FLAG_LOOP
};

static const struct transition {
    uint8_t frame;
    uint8_t part;
    uint8_t word;
    uint8_t next;
    uint16_t flags;
} transitions[] = {
#define GDF__TRANSITION(frame, part, word, next, flags) \
    {GDF__FRAME_##frame, GDF__PART_##part, KEYWORD_##word, GDF__PART_##next, ADDS_##flags},
#include "shell/keywords.def"
};

static keyword_id keyword_of(gdf_str text)
{
    static const bool begins[256] = {
        ['!'] = true, ['{'] = true, ['['] = true, ['}'] = true, ['i'] = true,
        ['w'] = true, ['u'] = true, ['f'] = true, ['s'] = true, ['c'] = true,
        ['t'] = true, ['e'] = true, ['d'] = true};
    if (text.len == 0 || text.len > LONGEST_KEYWORD || !begins[(unsigned char)text.ptr[0]])
        return KEYWORD_NONE;
    for (int i = 1; i < KEYWORD_COUNT; i++) {
        if (gdf__str_equal(text, keyword_texts[i]))
            return (keyword_id)i;
    }
    return KEYWORD_NONE;
}

static bool opens_compound(keyword_id word)
{
    return word >= KEYWORD_NOT && word <= KEYWORD_CASE;
}

/* True when what follows `time` or `coproc` is a compound command: the word is then a mere prefix.
 */
static bool compound_follows(const gdf__input *input)
{
    uint32_t at = input->at;
    for (;;) {
        while (at < input->end && gdf__ascii_is_blank(input->text[at]))
            at++;
        uint32_t start = at;
        while (at < input->end && at - start <= LONGEST_KEYWORD &&
               (gdf__ascii_is_alpha(input->text[at]) || strchr("!{[-", input->text[at])) &&
               input->text[at])
            at++;
        gdf_str word = {input->text + start, at - start};
        if (!gdf__str_is(word, "-p") && !gdf__str_is(word, "--"))
            return opens_compound(keyword_of(word)) ||
                   (word.len == 0 && at < input->end && input->text[at] == '(');
    }
}

/* Ends the newest frame or begins its next part. */
static void close_part(gdf__shell_reader *reader, keyword_id word)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    bool may_be_empty = frame->kind == GDF__FRAME_CASE;
    if (gdf__list_is_complete(&frame->list, may_be_empty)) {
        for (size_t i = 0; i < sizeof transitions / sizeof transitions[0]; i++) {
            const struct transition *row = &transitions[i];
            if (row->frame != frame->kind || row->part != frame->part || row->word != word)
                continue;
            if (row->next == GDF__PART_END) {
                gdf__shell_reader_pop(reader);
            } else {
                frame->part = row->next;
                frame->list.flags |= row->flags;
                gdf__list_reset(reader, &frame->list);
            }
            return;
        }
    }
    gdf__shell_reader_fail(reader);
}

static void begin_compound(gdf__shell_reader *reader, gdf__list *list, gdf__frame_kind kind,
                           gdf__part_of_compound part)
{
    gdf__frame *frame =
        gdf__shell_reader_push_list(reader, kind, gdf__list_begin_compound(reader, list, 0));
    if (frame)
        frame->part = (uint8_t)part;
}

/* for, select, case and [[ have a row of their own for their words. */
static void begin_head(gdf__shell_reader *reader, gdf__list *list, gdf__frame_kind kind,
                       gdf__part_of_compound part, uint16_t flags)
{
    uint16_t inner_flags = (uint16_t)(list->flags | (list->conditional ? ADDS_CONDITIONAL : 0));
    if (list->function)
        inner_flags |= GDF_COMMAND_FLAG_FUNCTION;
    gdf__shell_reader_spoil_lead(reader);
    gdf__list_open_command(reader, list, reader->word.start, flags);
    gdf__command_add_word(reader, list, GDF_WORD_ARGUMENT);
    gdf__list head = *list;
    gdf__frame *frame = gdf__shell_reader_push(reader, kind);
    if (!frame)
        return;
    frame->part = (uint8_t)part;
    frame->list = head;
    frame->list.flags = inner_flags;
    gdf__list *outer = &(frame - 1)->list;
    outer->previous = head.command;
    outer->command = 0;
    outer->state = GDF__LIST_DONE;
}

static void take_opener(gdf__shell_reader *reader, gdf__list *list, keyword_id word)
{
    switch (word) {
    case KEYWORD_NOT:
        list->negated = !list->negated;
        list->incomplete = true;
        break;
    case KEYWORD_TIME:
    case KEYWORD_COPROC: list->incomplete = true; break;
    case KEYWORD_FUNCTION:
        gdf__list_begin_compound(reader, list, 0);
        list->state = GDF__LIST_FUNCTION_NAME;
        list->incomplete = true;
        break;
    case KEYWORD_GROUP: begin_compound(reader, list, GDF__FRAME_GROUP, GDF__PART_BODY); break;
    case KEYWORD_IF: begin_compound(reader, list, GDF__FRAME_IF, GDF__PART_CONDITION); break;
    case KEYWORD_WHILE:
    case KEYWORD_UNTIL: begin_compound(reader, list, GDF__FRAME_LOOP, GDF__PART_CONDITION); break;
    case KEYWORD_CASE:
        gdf__shell_reader_spoil_chain(reader);
        begin_head(reader, list, GDF__FRAME_CASE, GDF__PART_WORD, GDF_COMMAND_FLAG_HEADER);
        break;
    case KEYWORD_TEST: begin_head(reader, list, GDF__FRAME_TEST, GDF__PART_BODY, 0); break;
    default:
        gdf__shell_reader_spoil_chain(reader);
        begin_head(reader, list, GDF__FRAME_FOR, GDF__PART_NAME, GDF_COMMAND_FLAG_HEADER);
        break;
    }
}

bool gdf__compound_take_keyword(gdf__shell_reader *reader)
{
    keyword_id word = keyword_of(reader->word.raw);
    if (word == KEYWORD_NONE)
        return false;
    if (word >= KEYWORD_THEN) {
        close_part(reader, word);
        return true;
    }
    if ((word == KEYWORD_TIME || word == KEYWORD_COPROC) && !compound_follows(&reader->in))
        return false;
    gdf__list *list = &gdf__shell_reader_top(reader)->list;
    if (list->state == GDF__LIST_START)
        take_opener(reader, list, word);
    else
        gdf__shell_reader_fail(reader);
    return true;
}

static void close_head(gdf__shell_reader *reader, gdf__frame *frame)
{
    if (frame->list.command) {
        gdf__command_close(reader, &frame->list);
        frame->list.depth++;
    }
}

static void begin_body(gdf__shell_reader *reader, gdf__frame *frame, gdf__part_of_compound part,
                       uint16_t flags)
{
    close_head(reader, frame);
    frame->part = (uint8_t)part;
    frame->list.flags |= flags;
    gdf__list_reset(reader, &frame->list);
}

static void add_head_word(gdf__shell_reader *reader, gdf__frame *frame, gdf__part_of_compound next)
{
    gdf__command_add_word(reader, &frame->list, GDF_WORD_ARGUMENT);
    frame->part = (uint8_t)next;
}

static bool word_is(const gdf__shell_reader *reader, const char *text)
{
    return reader->word_plain && gdf__str_is(reader->word.raw, text);
}

static void take_for_word(gdf__shell_reader *reader, gdf__frame *frame)
{
    bool before_body = frame->part == GDF__PART_IN || frame->part == GDF__PART_DO;
    if (before_body && word_is(reader, "do"))
        begin_body(reader, frame, GDF__PART_BODY, GDF_COMMAND_FLAG_LOOP);
    else if (before_body && word_is(reader, "{"))
        begin_body(reader, frame, GDF__PART_BRACE_BODY, GDF_COMMAND_FLAG_LOOP);
    else if (frame->part == GDF__PART_NAME)
        add_head_word(reader, frame, GDF__PART_IN);
    else if (frame->part == GDF__PART_WORDS ||
             (frame->part == GDF__PART_IN && word_is(reader, "in")))
        add_head_word(reader, frame, GDF__PART_WORDS);
    else
        gdf__shell_reader_fail(reader);
}

static void take_for_operator(gdf__shell_reader *reader, gdf__frame *frame, gdf__lexed lexed)
{
    bool separator = lexed.token == GDF__TOKEN_SEMICOLON || lexed.token == GDF__TOKEN_NEWLINE;
    if (separator && (frame->part == GDF__PART_WORDS || frame->part == GDF__PART_IN)) {
        reader->in.at += lexed.token == GDF__TOKEN_SEMICOLON;
        frame->part = GDF__PART_DO;
        close_head(reader, frame);
        return;
    }
    uint32_t behind = 0;
    if (frame->part == GDF__PART_NAME && lexed.token == GDF__TOKEN_OPEN &&
        gdf__lex_next_is(&reader->in, reader->in.at + 1, '(', &behind))
        gdf__word_begin_arithmetic(reader);
    else
        gdf__shell_reader_fail(reader);
}

static void take_case_word(gdf__shell_reader *reader, gdf__frame *frame)
{
    if (frame->part == GDF__PART_WORD) {
        add_head_word(reader, frame, GDF__PART_IN);
    } else if (frame->part == GDF__PART_IN && word_is(reader, "in")) {
        add_head_word(reader, frame, GDF__PART_PATTERN);
        close_head(reader, frame);
    } else if (frame->part == GDF__PART_PATTERN && word_is(reader, "esac")) {
        gdf__shell_reader_pop(reader);
    } else if (frame->part == GDF__PART_PATTERN || frame->part == GDF__PART_NEXT_PATTERN) {
        frame->part = GDF__PART_PATTERN_END;
    } else {
        gdf__shell_reader_fail(reader);
    }
}

static void take_case_operator(gdf__shell_reader *reader, gdf__frame *frame, gdf__lexed lexed)
{
    bool behind_pattern = frame->part == GDF__PART_PATTERN_END;
    bool opens = frame->part == GDF__PART_PATTERN && lexed.token == GDF__TOKEN_OPEN;
    bool separates = behind_pattern && lexed.token == GDF__TOKEN_PIPE && lexed.len == 1;
    uint32_t at = reader->in.at;
    reader->in.at += lexed.len;
    if (opens || separates) {
        frame->part = GDF__PART_NEXT_PATTERN;
    } else if (behind_pattern && lexed.token == GDF__TOKEN_CLOSE) {
        begin_body(reader, frame, GDF__PART_BODY, GDF_COMMAND_FLAG_CONDITIONAL);
    } else {
        reader->in.at = at;
        gdf__shell_reader_fail(reader);
    }
}

void gdf__head_step(gdf__shell_reader *reader)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    bool is_for = frame->kind == GDF__FRAME_FOR;
    if (reader->word_ready) {
        reader->word_ready = false;
        if (is_for)
            take_for_word(reader, frame);
        else
            take_case_word(reader, frame);
        return;
    }
    if (frame->part == GDF__PART_IN || frame->part == GDF__PART_DO ||
        frame->part == GDF__PART_PATTERN)
        gdf__lex_lines(reader);
    else
        gdf__lex_blanks(reader);
    if (reader->in.at == reader->in.end) {
        gdf__shell_reader_fail_at_end(reader);
        return;
    }
    reader->token = reader->in.at;
    gdf__lexed lexed = gdf__lex_operator(&reader->in);
    if (lexed.token == GDF__TOKEN_NONE)
        gdf__list_read_word(reader);
    else if (is_for)
        take_for_operator(reader, frame, lexed);
    else
        take_case_operator(reader, frame, lexed);
}

/* A word of [[ … ]]. */
static void take_test_word(gdf__shell_reader *reader, gdf__frame *frame)
{
    reader->word_ready = false;
    gdf__command_add_word(reader, &frame->list, GDF_WORD_ARGUMENT);
    frame->part = word_is(reader, "=~") ? GDF__PART_PATTERN : GDF__PART_BODY;
    if (word_is(reader, "]]")) {
        gdf__command_close(reader, &frame->list);
        gdf__shell_reader_pop(reader);
    }
}

static bool is_test_operator(gdf__operator_token token)
{
    return token == GDF__TOKEN_AND || token == GDF__TOKEN_OR || token == GDF__TOKEN_OPEN ||
           token == GDF__TOKEN_CLOSE || token == GDF__TOKEN_REDIRECTION;
}

void gdf__test_step(gdf__shell_reader *reader)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    if (reader->word_ready) {
        take_test_word(reader, frame);
        return;
    }
    gdf__lex_lines(reader);
    if (reader->in.at == reader->in.end) {
        gdf__shell_reader_fail_at_end(reader);
        return;
    }
    if (frame->part == GDF__PART_PATTERN) {
        gdf__word_begin_regular_expression(reader);
        return;
    }
    reader->token = reader->in.at;
    gdf__lexed lexed = gdf__lex_operator(&reader->in);
    if (lexed.token == GDF__TOKEN_NONE)
        gdf__list_read_word(reader);
    else if (is_test_operator(lexed.token))
        gdf__word_read_bytes(reader, lexed.len);
    else
        gdf__shell_reader_fail(reader);
}
