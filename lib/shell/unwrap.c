/* Commands inside commands: what a wrapper runs becomes rows of its own. */
#include "base/slice.h"
#include "shell/reader.h"

/* Flags of a wrapper that hold for what it runs. */
static const uint16_t INHERITED_BY_COMMAND =
    GDF_COMMAND_FLAG_SUBSHELL | GDF_COMMAND_FLAG_SUBSTITUTION | GDF_COMMAND_FLAG_CONDITIONAL |
    GDF_COMMAND_FLAG_LOOP | GDF_COMMAND_FLAG_FUNCTION | GDF_COMMAND_FLAG_EXEC_FORM |
    GDF_COMMAND_FLAG_HEREDOC;
static const uint16_t INHERITED_BY_SCRIPT =
    (uint16_t)(INHERITED_BY_COMMAND & ~GDF_COMMAND_FLAG_EXEC_FORM);

void gdf__wrapper_begin(gdf__shell_reader *reader, gdf_command id)
{
    uint32_t count = reader->shell->commands.count;
    gdf__frame *frame = gdf__shell_reader_push(reader, GDF__FRAME_WRAPPER);
    if (frame) {
        frame->command = id;
        frame->first_inner = count;
    }
}

void gdf__wrapper_end(gdf__shell_reader *reader)
{
    const gdf__frame *frame = gdf__shell_reader_top(reader);
    if (reader->shell->commands.count > frame->first_inner)
        gdf__command_row(reader, frame->command)->flags |= GDF_COMMAND_FLAG_WRAPPER;
    gdf__commands_merge(reader, frame->command, frame->first_inner);
    gdf__shell_reader_pop(reader);
}

/* A row for words that also belong to the wrapper. */
static void add_command(gdf__shell_reader *reader, gdf_command wrapper, gdf__inner inner)
{
    gdf__shell *shell = reader->shell;
    gdf__command *row = gdf__table_add(&shell->commands);
    if (!row)
        return;
    const gdf__command *outer = gdf__command_row(reader, wrapper);
    const gdf__word *words = GDF__AT(shell->words, gdf__word, inner.first - 1);
    *row = *outer;
    row->start = words[0].start;
    row->end = words[inner.count - 1].end;
    row->first_word = inner.first;
    row->word_count = inner.count;
    row->parent = wrapper;
    row->group = reader->next_group++;
    row->before = GDF_OPERATOR_NONE;
    row->after = GDF_OPERATOR_NONE;
    row->operator_start = 0;
    row->operator_end = 0;
    row->flags = (outer->flags & INHERITED_BY_COMMAND) | GDF_COMMAND_FLAG_WRAPPED;
    row->depth++;
    gdf__command_find_name(shell, row);
    if (gdf__is_wrapper(shell, shell->commands.count))
        gdf__wrapper_begin(reader, shell->commands.count);
}

/* Text without a place of its own in the source. */
static gdf__input whole_input(gdf__shell_reader *reader, gdf_str text)
{
    gdf__fragment *fragment = gdf__arena_take(reader->shell->arena, sizeof *fragment);
    gdf__segment *segment = gdf__arena_take(reader->shell->arena, sizeof *segment);
    if (!fragment || !segment)
        return gdf__input_nothing(reader->in);
    *segment = (gdf__segment){0, 0};
    *fragment = (gdf__fragment){text, segment, 1};
    gdf__input input = gdf__input_of(fragment, 0, (uint32_t)text.len);
    input.whole = true;
    return input;
}

/* Keeps the bytes of a double-quoted piece from `at`; gives the offset of its closing quote. */
static uint32_t unquote_double(gdf__cutter *cutter, uint32_t at, uint32_t end)
{
    const char *text = cutter->reader->in.text;
    uint32_t piece = at;
    for (; at < end && text[at] != '"'; at++) {
        if (text[at] != '\\' || at + 1 == end)
            continue;
        char next = text[at + 1];
        if (next == '"' || next == '\\' || next == '$' || next == '`' || next == '\n') {
            gdf__cutter_keep(cutter, piece, at);
            piece = next == '\n' ? at + 2 : at + 1;
        }
        at++;
    }
    gdf__cutter_keep(cutter, piece, at);
    return at;
}

/* Keeps what stands in the quote at `at`; gives the offset of its closing one. */
static uint32_t unquote_piece(gdf__cutter *cutter, uint32_t at, uint32_t end)
{
    const char *text = cutter->reader->in.text;
    if (text[at] == '"')
        return unquote_double(cutter, at + 1, end);
    uint32_t close = (uint32_t)gdf__str_find((gdf_str){text, end}, '\'', at + 1);
    gdf__cutter_keep(cutter, at + 1, close);
    return close;
}

/* The value of a literal word as a text whose offsets map to the source. */
static gdf__input unquote(gdf__shell_reader *reader, uint32_t at, uint32_t end)
{
    const char *text = reader->in.text;
    uint32_t piece = at;
    gdf__cutter cutter;
    gdf__cutter_init(&cutter, reader);
    for (; at < end; at++) {
        char c = text[at];
        char next = at + 1 < end ? text[at + 1] : 0;
        if (c != '\'' && c != '"' && c != '\\' && !(c == '$' && next == '"'))
            continue;
        gdf__cutter_keep(&cutter, piece, at);
        if (c == '\\') {
            at++;
            piece = next == '\n' ? at + 1 : at;
        } else {
            at = c == '$' ? at : unquote_piece(&cutter, at, end);
            piece = at + 1;
        }
    }
    gdf__cutter_keep(&cutter, piece, end > piece ? end : piece);
    return gdf__cutter_finish(&cutter);
}

/* The text of an exec form's word, which lies in the source when it has no escapes. */
static gdf__input input_of_element(gdf__shell_reader *reader, const gdf__word *word)
{
    gdf_str inside = gdf__str_slice(word->raw, 1, word->raw.len ? word->raw.len - 1 : 0);
    gdf__input input = whole_input(reader, word->value);
    input.whole = !gdf__str_equal(inside, word->value);
    input.segment_source = word->start + 1;
    return input;
}

static gdf__input input_of_word(gdf__shell_reader *reader, const gdf__word *word)
{
    if (reader->exec_form && reader->shell->inputs.count == 0)
        return input_of_element(reader, word);
    gdf__input input = reader->in;
    uint32_t start = (uint32_t)(word->raw.ptr - input.text);
    if (word->value.ptr == word->raw.ptr || word->value.ptr == word->raw.ptr + 1) {
        input.at = start + (uint32_t)(word->value.ptr - word->raw.ptr);
        input.end = input.at + (uint32_t)word->value.len;
        return input;
    }
    if (!(word->flags & GDF_WORD_FLAG_LITERAL) || gdf__str_contains(word->raw, "$'"))
        return whole_input(reader, word->value);
    return unquote(reader, start, start + (uint32_t)word->raw.len);
}

static void read_script(gdf__shell_reader *reader, gdf_command wrapper, gdf_word id)
{
    gdf__word word = *gdf__shell_word(reader->shell, id);
    const gdf__command *row = gdf__command_row(reader, wrapper);
    gdf__list list = {.parent = wrapper,
                      .flags = (row->flags & INHERITED_BY_SCRIPT) | GDF_COMMAND_FLAG_WRAPPED,
                      .depth = (uint16_t)(row->depth + 1),
                      .first_heredoc = reader->first_heredoc};
    gdf__input input = input_of_word(reader, &word);
    if (input.whole) {
        input.whole_start = reader->in.whole ? reader->in.whole_start : word.start;
        input.whole_end = reader->in.whole ? reader->in.whole_end : word.end;
    }
    gdf__frame *frame = gdf__shell_reader_push_list(reader, GDF__FRAME_SCRIPT, list);
    if (!frame)
        return;
    frame->lenient = frame->lenient || !(word.flags & GDF_WORD_FLAG_LITERAL);
    gdf__shell_reader_enter(reader, input);
}

void gdf__wrapper_step(gdf__shell_reader *reader)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    gdf_command command = frame->command;
    gdf__inner inner = gdf__wrapper_next(reader->shell, command, frame->position);
    frame->position = inner.position;
    if (inner.kind == GDF__INNER_COMMAND)
        add_command(reader, command, inner);
    else if (inner.kind == GDF__INNER_SCRIPT)
        read_script(reader, command, inner.first);
    else
        gdf__wrapper_end(reader);
}
