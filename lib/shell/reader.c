/* The machine itself: frames, texts inside texts, and giving up. */
#include "shell/reader.h"

#include "base/slice.h"

void gdf__shell_reader_pop(gdf__shell_reader *reader)
{
    reader->shell->frames.count--;
}

void gdf__shell_reader_enter(gdf__shell_reader *reader, gdf__input input)
{
    gdf__input *outer = gdf__table_add(&reader->shell->inputs);
    if (!outer)
        return;
    *outer = reader->in;
    reader->in = input;
    reader->first_heredoc = reader->shell->heredocs.count;
}

/* Back to the text around the one of the newest frame. */
static void leave(gdf__shell_reader *reader)
{
    gdf__table *inputs = &reader->shell->inputs;
    reader->shell->heredocs.count = reader->first_heredoc;
    reader->first_heredoc = gdf__shell_reader_top(reader)->list.first_heredoc;
    reader->in = *GDF__AT(*inputs, gdf__input, --inputs->count);
    gdf__shell_reader_pop(reader);
}

static bool owns_text(const gdf__frame *frame)
{
    return frame->kind == GDF__FRAME_ROOT || frame->kind == GDF__FRAME_SCRIPT ||
           frame->kind == GDF__FRAME_BACKTICK;
}

static bool holds_commands(const gdf__frame *frame)
{
    return frame->kind <= GDF__FRAME_TEST;
}

/* Ends the open command as far as it was read. */
static void close_unfinished(gdf__shell_reader *reader, gdf__list *list)
{
    const gdf__shell *shell = reader->shell;
    bool empty = shell->commands.count == list->command &&
                 shell->held_words.count == list->first_word &&
                 shell->held_redirections.count == list->first_redirection;
    if (list->command && empty)
        gdf__command_cancel(reader, list);
    else if (list->command)
        gdf__command_close(reader, list);
}

/* Drops an unfinished frame. */
static void drop(gdf__shell_reader *reader)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    if (holds_commands(frame))
        close_unfinished(reader, &frame->list);
    if (frame->kind == GDF__FRAME_SUBSTITUTION) {
        reader->shell->heredocs.count = reader->first_heredoc;
        reader->first_heredoc = frame->list.first_heredoc;
    } else if (frame->kind == GDF__FRAME_WORD) {
        reader->word_frame = frame->word.outer;
        if (frame->word.pieces > 1)
            reader->shell->values.len = frame->word.value_start;
    } else if (frame->kind == GDF__FRAME_WRAPPER) {
        gdf__wrapper_end(reader);
        return;
    }
    gdf__shell_reader_pop(reader);
}

/* Unwinds to the frame whose text it is and skips the rest. */
static void unwind(gdf__shell_reader *reader)
{
    while (!owns_text(gdf__shell_reader_top(reader)))
        drop(reader);
    gdf__list *list = &gdf__shell_reader_top(reader)->list;
    close_unfinished(reader, list);
    list->state = GDF__LIST_DONE;
    list->awaiting = GDF__AWAITING_NOTHING;
    list->incomplete = false;
    reader->word_ready = false;
    reader->in.at = reader->in.end;
}

/* [start, end) is the place in the present text. */
static void give_up(gdf__shell_reader *reader, gdf__shell_problem problem, uint32_t start,
                    uint32_t end)
{
    gdf__script *script = &reader->script;
    if (script->understood && !gdf__shell_reader_top(reader)->lenient) {
        if (end <= start)
            end = start < reader->in.end ? start + 1 : start;
        script->understood = false;
        script->problem = (uint16_t)problem;
        script->problem_start = gdf__input_start(&reader->in, start);
        script->problem_end = gdf__input_end(&reader->in, end);
    }
    unwind(reader);
}

void gdf__shell_reader_fail_open(gdf__shell_reader *reader, gdf__shell_problem problem)
{
    give_up(reader, problem, reader->token, reader->in.end);
}

/* What the end of the text leaves open. */
static gdf__shell_problem problem_at_end(gdf__frame_kind kind)
{
    if (kind == GDF__FRAME_DOUBLE_QUOTE)
        return GDF__SHELL_OPEN_QUOTE;
    if (kind > GDF__FRAME_WORD || kind == GDF__FRAME_SUBSTITUTION)
        return GDF__SHELL_OPEN_EXPANSION;
    return GDF__SHELL_OPEN_COMPOUND;
}

void gdf__shell_reader_fail(gdf__shell_reader *reader)
{
    give_up(reader, GDF__SHELL_UNEXPECTED, reader->token, reader->in.at);
}

void gdf__shell_reader_fail_at_end(gdf__shell_reader *reader)
{
    const gdf__frame *frame = gdf__shell_reader_top(reader);
    if (owns_text(frame))
        give_up(reader, GDF__SHELL_MISSING_COMMAND, reader->token, reader->token);
    else
        give_up(reader, problem_at_end((gdf__frame_kind)frame->kind), frame->start, reader->in.end);
}

gdf__frame *gdf__shell_reader_push(gdf__shell_reader *reader, gdf__frame_kind kind)
{
    gdf__table *frames = &reader->shell->frames;
    uint16_t nesting = 0;
    bool lenient = false;
    if (frames->count) {
        const gdf__frame *below = gdf__shell_reader_top(reader);
        lenient = below->lenient;
        nesting = (uint16_t)(below->nesting + (kind != GDF__FRAME_WORD));
        if (nesting > reader->max_depth) {
            give_up(reader, GDF__SHELL_TOO_DEEP, reader->token, reader->in.at);
            return NULL;
        }
    }
    gdf__frame *frame = gdf__table_add(frames);
    if (frame)
        *frame = (gdf__frame){
            .kind = (uint8_t)kind, .lenient = lenient, .nesting = nesting, .start = reader->token};
    return frame;
}

gdf__frame *gdf__shell_reader_push_list(gdf__shell_reader *reader, gdf__frame_kind kind,
                                        gdf__list list)
{
    gdf__frame *frame = gdf__shell_reader_push(reader, kind);
    if (frame) {
        frame->part = GDF__PART_BODY;
        frame->list = list;
        gdf__list_reset(reader, &frame->list);
    }
    return frame;
}

/* The text is over. */
void gdf__shell_reader_end_text(gdf__shell_reader *reader)
{
    gdf__frame *frame = gdf__shell_reader_top(reader);
    if (!owns_text(frame) || !gdf__list_is_complete(&frame->list, true))
        gdf__shell_reader_fail_at_end(reader);
    else if (frame->kind == GDF__FRAME_ROOT)
        gdf__shell_reader_pop(reader);
    else
        leave(reader);
}

static void step(gdf__shell_reader *reader)
{
    const gdf__frame *frame = gdf__shell_reader_top(reader);
    switch ((gdf__frame_kind)frame->kind) {
    case GDF__FRAME_FOR:
    case GDF__FRAME_CASE:
        if (frame->part < GDF__PART_BODY)
            gdf__head_step(reader);
        else
            gdf__list_step(reader);
        break;
    case GDF__FRAME_TEST: gdf__test_step(reader); break;
    case GDF__FRAME_WRAPPER: gdf__wrapper_step(reader); break;
    case GDF__FRAME_WORD: gdf__word_step(reader); break;
    case GDF__FRAME_DOUBLE_QUOTE: gdf__double_quote_step(reader); break;
    case GDF__FRAME_PARAMETER: gdf__parameter_step(reader); break;
    case GDF__FRAME_ARITHMETIC: gdf__arithmetic_step(reader); break;
    case GDF__FRAME_PARENTHESES: gdf__parentheses_step(reader); break;
    default: gdf__list_step(reader); break;
    }
}

static void reset(gdf__shell *shell)
{
    shell->frames.count = 0;
    shell->inputs.count = 0;
    shell->held_words.count = 0;
    shell->held_redirections.count = 0;
    shell->heredocs.count = 0;
    shell->values.len = 0;
}

static bool out_of_memory(const gdf__shell *shell)
{
    return shell->frames.failed || shell->inputs.failed || shell->held_words.failed ||
           shell->held_redirections.failed || shell->commands.failed;
}

void gdf__shell_reader_run(gdf__shell_reader *reader)
{
    while (reader->shell->frames.count && !out_of_memory(reader->shell))
        step(reader);
    reader->script.command_count = reader->shell->commands.count + 1 - reader->script.first_command;
    reader->script.pure_and_chain =
        reader->pure && reader->script.understood && reader->script.command_count > 0;
}

gdf__shell_reader gdf__shell_reader_begin(gdf__shell *shell, gdf_node instruction, gdf__input input,
                                          uint32_t max_depth)
{
    reset(shell);
    return (gdf__shell_reader){
        .shell = shell,
        .in = input,
        .instruction = instruction,
        .max_depth = max_depth,
        .leading = true,
        .pure = true,
        .script = {.first_command = shell->commands.count + 1, .understood = true}};
}

gdf__script gdf__shell_read(gdf__shell *shell, gdf_node instruction, const gdf__fragment *fragment,
                            size_t start, size_t end, uint16_t flags, uint32_t max_depth)
{
    gdf__shell_reader reader = gdf__shell_reader_begin(
        shell, instruction, gdf__input_of(fragment, (uint32_t)start, (uint32_t)end), max_depth);
    gdf__shell_reader_push_list(&reader, GDF__FRAME_ROOT, (gdf__list){.flags = flags});
    gdf__shell_reader_run(&reader);
    return reader.script;
}
