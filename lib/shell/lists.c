/* Lists of commands: what may follow what, and simple commands in between. */
#include "base/ascii.h"
#include "shell/reader.h"

void gdf__list_reset(gdf__shell_reader *reader, gdf__list *list)
{
    *list = (gdf__list){
        .parent = list->parent,
        .flags = list->flags,
        .depth = list->depth,
        .first_heredoc = list->first_heredoc,
        .group = reader->next_group++,
        .empty = true,
    };
}

bool gdf__list_is_complete(const gdf__list *list, bool may_be_empty)
{
    return !list->incomplete && !list->awaiting && (may_be_empty || !list->empty);
}

/* A command or compound command begins in `list`. */
static void begin_element(gdf__shell_reader *reader, gdf__list *list)
{
    if (list->previous)
        gdf__command_row(reader, list->previous)->after = list->operator_kind;
    if (list->operator_kind > GDF_OPERATOR_AND || list->negated)
        gdf__shell_reader_spoil_chain(reader);
    list->empty = false;
    list->incomplete = false;
    list->compound = false;
}

/* Flags of a command that begins now. */
static uint16_t command_flags(gdf__list *list)
{
    uint16_t flags = list->flags;
    if (list->conditional)
        flags |= GDF_COMMAND_FLAG_CONDITIONAL;
    if (list->function)
        flags |= GDF_COMMAND_FLAG_FUNCTION;
    list->function = false;
    return flags;
}

gdf__list gdf__list_begin_compound(gdf__shell_reader *reader, gdf__list *list, uint16_t flags)
{
    begin_element(reader, list);
    gdf__shell_reader_spoil_chain(reader);
    gdf__shell_reader_spoil_lead(reader);
    gdf__list inner = {.parent = list->parent,
                       .flags = command_flags(list) | flags,
                       .depth = (uint16_t)(list->depth + 1)};
    list->operator_kind = GDF_OPERATOR_NONE;
    list->operator_start = 0;
    list->operator_end = 0;
    list->previous = 0;
    list->state = GDF__LIST_DONE;
    return inner;
}

void gdf__list_open_command(gdf__shell_reader *reader, gdf__list *list, uint32_t start,
                            uint16_t flags)
{
    begin_element(reader, list);
    if (list->negated)
        flags |= GDF_COMMAND_FLAG_NEGATED;
    gdf__command_open(reader, list, start, command_flags(list) | flags);
    list->state = GDF__LIST_COMMAND;
    list->operator_kind = GDF_OPERATOR_NONE;
    list->operator_start = 0;
    list->operator_end = 0;
}

/* Ends the open command. False when its inner commands come first. */
static bool close_command(gdf__shell_reader *reader, gdf__list *list)
{
    if (!list->command)
        return true;
    uint32_t frames = reader->shell->frames.count;
    gdf__command_close(reader, list);
    list->state = GDF__LIST_DONE;
    if (frames == 1)
        gdf__leading_command(reader, list->previous);
    if (!gdf__is_wrapper(reader->shell, list->previous))
        return true;
    gdf__wrapper_begin(reader, list->previous);
    return false;
}

/* The operator at `at` waits for the command behind it. */
static void set_operator(gdf__shell_reader *reader, gdf__list *list, gdf_operator kind,
                         uint32_t len)
{
    gdf__input *input = &reader->in;
    list->operator_kind = (uint8_t)kind;
    list->operator_start = gdf__input_start(input, input->at);
    list->operator_end = gdf__input_end(input, input->at + len);
    list->state = GDF__LIST_START;
    list->incomplete =
        kind == GDF_OPERATOR_AND || kind == GDF_OPERATOR_OR || kind == GDF_OPERATOR_PIPE;
    if (kind != GDF_OPERATOR_PIPE) {
        list->conditional = kind == GDF_OPERATOR_OR;
        list->negated = false;
    }
}

static void take_separator(gdf__shell_reader *reader, gdf__list *list, gdf__lexed lexed)
{
    static const gdf_operator kinds[] = {
        [GDF__TOKEN_NEWLINE] = GDF_OPERATOR_SEMICOLON,
        [GDF__TOKEN_SEMICOLON] = GDF_OPERATOR_SEMICOLON,
        [GDF__TOKEN_AMPERSAND] = GDF_OPERATOR_BACKGROUND,
        [GDF__TOKEN_AND] = GDF_OPERATOR_AND,
        [GDF__TOKEN_OR] = GDF_OPERATOR_OR,
        [GDF__TOKEN_PIPE] = GDF_OPERATOR_PIPE,
    };
    if (list->state == GDF__LIST_DONE) {
        set_operator(reader, list, kinds[lexed.token], lexed.len);
        if (lexed.token == GDF__TOKEN_SEMICOLON || lexed.token == GDF__TOKEN_AMPERSAND)
            gdf__shell_reader_spoil_chain(reader);
        if (lexed.token == GDF__TOKEN_AMPERSAND && list->previous)
            gdf__command_row(reader, list->previous)->after = GDF_OPERATOR_BACKGROUND;
    } else if (lexed.token != GDF__TOKEN_NEWLINE) {
        gdf__shell_reader_fail(reader);
        return;
    }
    if (lexed.token == GDF__TOKEN_NEWLINE)
        gdf__lex_newline(reader);
    else
        reader->in.at += lexed.len;
}

/* `( )` behind a name, at `at`: the name is a function's. */
static bool take_function_parentheses(gdf__shell_reader *reader, gdf__list *list)
{
    uint32_t behind = 0;
    if (!gdf__lex_next_is(&reader->in, reader->in.at + 1, ')', &behind))
        return false;
    reader->in.at = behind;
    list->function = true;
    list->incomplete = true;
    list->state = GDF__LIST_START;
    list->previous = 0;
    gdf__shell_reader_spoil_chain(reader);
    gdf__shell_reader_spoil_lead(reader);
    return true;
}

static bool is_lone_name(const gdf__shell_reader *reader, const gdf__list *list)
{
    const gdf__shell *shell = reader->shell;
    if (shell->held_words.count != list->first_word + 1 ||
        shell->held_redirections.count != list->first_redirection ||
        shell->commands.count != list->command)
        return false;
    const gdf__word *word = GDF__AT(shell->held_words, gdf__word, list->first_word);
    return word->role == GDF_WORD_ARGUMENT && word->raw.ptr == word->value.ptr &&
           (word->flags & GDF_WORD_FLAG_LITERAL);
}

static void take_open(gdf__shell_reader *reader, gdf__list *list)
{
    if (list->state == GDF__LIST_COMMAND && is_lone_name(reader, list) &&
        take_function_parentheses(reader, list)) {
        gdf__command_cancel(reader, list);
        return;
    }
    if (list->state != GDF__LIST_START) {
        gdf__shell_reader_fail(reader);
        return;
    }
    if (list->function && take_function_parentheses(reader, list))
        return;
    gdf__input *input = &reader->in;
    bool doubled = input->end - input->at > 1 && input->text[input->at + 1] == '(';
    if (doubled && gdf__lex_is_arithmetic(input, input->at)) {
        uint32_t start = input->at;
        gdf__list_open_command(reader, list, gdf__input_start(input, start), 0);
        list->state = GDF__LIST_ARITHMETIC;
        gdf__word_begin_arithmetic(reader);
        return;
    }
    input->at++;
    gdf__shell_reader_push_list(reader, GDF__FRAME_SUBSHELL,
                                gdf__list_begin_compound(reader, list, GDF_COMMAND_FLAG_SUBSHELL));
}

static void take_close(gdf__shell_reader *reader, const gdf__frame *frame)
{
    bool substitution = frame->kind == GDF__FRAME_SUBSTITUTION;
    if ((!substitution && frame->kind != GDF__FRAME_SUBSHELL) ||
        !gdf__list_is_complete(&frame->list, substitution)) {
        gdf__shell_reader_fail(reader);
        return;
    }
    if (substitution) {
        reader->shell->heredocs.count = reader->first_heredoc;
        reader->first_heredoc = frame->list.first_heredoc;
    }
    reader->in.at++;
    gdf__shell_reader_pop(reader);
}

static void take_case_end(gdf__shell_reader *reader, gdf__frame *frame, uint32_t len)
{
    if (frame->kind != GDF__FRAME_CASE || !gdf__list_is_complete(&frame->list, true)) {
        gdf__shell_reader_fail(reader);
        return;
    }
    reader->in.at += len;
    frame->part = GDF__PART_PATTERN;
    frame->list.state = GDF__LIST_COMMAND;
}

static void take_redirection(gdf__shell_reader *reader, gdf__list *list, gdf__lexed lexed)
{
    static const uint8_t awaiting[] = {
        [GDF__TOKEN_REDIRECTION] = GDF__AWAITING_TARGET,
        [GDF__TOKEN_HEREDOC] = GDF__AWAITING_DELIMITER,
        [GDF__TOKEN_INDENTED_HEREDOC] = GDF__AWAITING_INDENTED_DELIMITER,
    };
    gdf__input *input = &reader->in;
    uint32_t start = gdf__input_start(input, input->at);
    if (list->state == GDF__LIST_START)
        gdf__list_open_command(reader, list, start, 0);
    if (list->command)
        gdf__command_add_redirection(reader, list, start,
                                     gdf__input_end(input, input->at + lexed.len));
    list->awaiting = awaiting[lexed.token];
    input->at += lexed.len;
}

/* An operator behind a command, or where one may begin. */
static void take_end_of_command(gdf__shell_reader *reader, gdf__frame *frame, gdf__lexed lexed)
{
    if (lexed.token == GDF__TOKEN_CLOSE)
        take_close(reader, frame);
    else if (lexed.token == GDF__TOKEN_CASE_END)
        take_case_end(reader, frame, lexed.len);
    else
        take_separator(reader, &frame->list, lexed);
}

static void take_operator(gdf__shell_reader *reader, gdf__frame *frame, gdf__lexed lexed)
{
    gdf__list *list = &frame->list;
    if (list->awaiting || list->state == GDF__LIST_FUNCTION_NAME)
        gdf__shell_reader_fail(reader);
    else if (lexed.token >= GDF__TOKEN_REDIRECTION)
        take_redirection(reader, list, lexed);
    else if (lexed.token == GDF__TOKEN_OPEN)
        take_open(reader, list);
    else if (close_command(reader, list))
        take_end_of_command(reader, frame, lexed);
}

static void take_target(gdf__shell_reader *reader, gdf__list *list)
{
    if (list->awaiting != GDF__AWAITING_TARGET) {
        gdf__pending_heredoc *pending = gdf__table_add(&reader->shell->heredocs);
        if (pending)
            *pending = (gdf__pending_heredoc){reader->word.value,
                                              list->awaiting == GDF__AWAITING_INDENTED_DELIMITER};
    }
    if (list->command)
        gdf__command_add_target(reader, list);
    list->awaiting = GDF__AWAITING_NOTHING;
}

/* A word that no command takes for an argument: a keyword, what a redirection or `function` waits
 * for, or an error. */
static bool is_taken_otherwise(gdf__shell_reader *reader, gdf__list *list)
{
    if (list->awaiting) {
        take_target(reader, list);
        return true;
    }
    if (list->state == GDF__LIST_FUNCTION_NAME) {
        list->state = GDF__LIST_START;
        list->function = true;
        list->compound = true;
        list->incomplete = true;
        return true;
    }
    if ((list->state == GDF__LIST_START || list->state == GDF__LIST_DONE) && reader->word_plain &&
        gdf__compound_take_keyword(reader))
        return true;
    if (list->state == GDF__LIST_DONE || (list->state == GDF__LIST_START && list->compound)) {
        gdf__shell_reader_fail(reader);
        return true;
    }
    return false;
}

/* The word just read. */
static void take_word(gdf__shell_reader *reader, gdf__list *list)
{
    reader->word_ready = false;
    if (is_taken_otherwise(reader, list))
        return;
    if (list->state == GDF__LIST_START)
        gdf__list_open_command(reader, list, reader->word.start, 0);
    bool assignment = !list->named && gdf__assignment_prefix(reader->word.raw);
    gdf__command_add_word(reader, list, assignment ? GDF_WORD_ASSIGNMENT : GDF_WORD_ARGUMENT);
    if (list->state == GDF__LIST_ARITHMETIC)
        close_command(reader, list);
}

void gdf__list_read_word(gdf__shell_reader *reader)
{
    gdf__list *list = &gdf__shell_reader_top(reader)->list;
    uint32_t start = reader->in.at;
    if (gdf__word_read_plain(reader, list->state != GDF__LIST_COMMAND))
        return;
    if (list->state == GDF__LIST_START)
        gdf__list_open_command(reader, list, gdf__input_start(&reader->in, start), 0);
    gdf__word_begin(reader, start);
}

void gdf__list_step(gdf__shell_reader *reader)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    if (reader->word_ready) {
        take_word(reader, &frame->list);
        return;
    }
    gdf__lex_blanks(reader);
    if (reader->in.at == reader->in.end) {
        if (close_command(reader, &frame->list))
            gdf__shell_reader_end_text(reader);
        return;
    }
    reader->token = reader->in.at;
    gdf__lexed lexed = gdf__lex_operator(&reader->in);
    bool target = frame->list.awaiting && lexed.token >= GDF__TOKEN_REDIRECTION &&
                  gdf__ascii_is_digit(reader->in.text[reader->in.at]);
    if (lexed.token != GDF__TOKEN_NONE && !target) {
        take_operator(reader, frame, lexed);
        return;
    }
    gdf__list_read_word(reader);
    if (reader->word_ready)
        take_word(reader, &frame->list); /* a plain word: no frame was made for it */
}
