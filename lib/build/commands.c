/* Shell text and JSON arrays to commands: RUN with its heredocs, CMD, ENTRYPOINT, HEALTHCHECK. */
#include "base/slice.h"
#include "build/work.h"

typedef struct task {
    gdf_build *build;
    gdf_node node;
    const gdf__node *instruction;
    const gdf__logical_line *line;
    gdf__step *step;
    uint32_t heredoc_count;
    const gdf_node *heredoc_nodes;
} task;

static void take_script(task *work, const gdf__script *script)
{
    gdf__step *step = work->step;
    if (!step->first_command && script->command_count)
        step->first_command = script->first_command;
    step->command_count += script->command_count;
    step->understood = step->understood && script->understood;
}

/* ---- heredocs -------------------------------------------------------------------------------- */

/* The heredocs of a nested instruction belong to the outer one. */
static gdf_node outermost(const task *work)
{
    const gdf_document *document = work->build->document;
    gdf_node outer = work->node;
    for (gdf_node up = work->instruction->parent;
         gdf_node_get_kind(document, up) == GDF_NODE_INSTRUCTION;
         up = gdf_node_get_parent(document, up))
        outer = up;
    return outer;
}

static void find_heredocs(task *work)
{
    const gdf_document *document = work->build->document;
    gdf_node first = gdf_node_get_first_child(document, outermost(work));
    uint32_t count = 0;
    for (gdf_node node = first; node; node = gdf_node_get_next_sibling(document, node))
        count += gdf_node_get_kind(document, node) == GDF_NODE_HEREDOC;
    gdf_node *nodes = count ? gdf__arena_take(&work->build->arena, count * sizeof *nodes) : NULL;
    if (!nodes)
        return;
    for (gdf_node node = first; node; node = gdf_node_get_next_sibling(document, node)) {
        if (gdf_node_get_kind(document, node) == GDF_NODE_HEREDOC)
            nodes[work->heredoc_count++] = node;
    }
    work->heredoc_nodes = nodes;
}

static const gdf__heredoc *heredoc_at(const task *work, uint32_t index)
{
    const gdf_document *document = work->build->document;
    uint32_t row = gdf__document_node(document, work->heredoc_nodes[index])->detail;
    return GDF__AT(document->heredocs, gdf__heredoc, row);
}

static uint32_t count_lines(gdf_str text)
{
    uint32_t lines = 1;
    for (size_t at = gdf__str_find(text, '\n', 0); at < text.len;
         at = gdf__str_find(text, '\n', at + 1))
        lines++;
    return lines;
}

gdf__fragment gdf__chomped_fragment(gdf__arena *arena, gdf_str body, uint32_t source)
{
    char *bytes = gdf__arena_take_bytes(arena, body.len);
    gdf__segment *segments = gdf__arena_take(arena, count_lines(body) * sizeof *segments);
    gdf__fragment fragment = {gdf__empty, segments, 0};
    if (!bytes || !segments)
        return fragment;
    uint32_t len = 0;
    for (size_t at = 0; at < body.len;) {
        while (at < body.len && body.ptr[at] == '\t')
            at++;
        size_t end = gdf__str_find(body, '\n', at);
        end += end < body.len;
        segments[fragment.segment_count++] = (gdf__segment){len, source + (uint32_t)at};
        memcpy(bytes + len, body.ptr + at, end - at);
        len += (uint32_t)(end - at);
        at = end;
    }
    fragment.text = (gdf_str){bytes, len};
    return fragment;
}

/* The body of a heredoc as a text of its own; segment_count 0 when it is empty. */
static gdf__fragment body_fragment(const task *work, uint32_t index)
{
    const gdf_document *document = work->build->document;
    gdf__arena *arena = &work->build->arena;
    gdf_str body = heredoc_at(work, index)->body;
    gdf__fragment nothing = {gdf__empty, NULL, 0};
    if (body.len == 0)
        return nothing;
    uint32_t start = (uint32_t)(body.ptr - document->source.bytes);
    if (gdf_node_get_flags(document, work->heredoc_nodes[index]) & GDF_NODE_FLAG_CHOMP)
        return gdf__chomped_fragment(arena, body, start);
    gdf__segment *segment = gdf__arena_take(arena, sizeof *segment);
    if (!segment)
        return nothing;
    *segment = (gdf__segment){0, start};
    return (gdf__fragment){body, segment, 1};
}

static gdf__script read_body(task *work, const gdf__fragment *fragment)
{
    gdf__script nothing = {.understood = true};
    if (fragment->segment_count == 0 || fragment->text.len == 0)
        return nothing;
    gdf__script script =
        gdf__shell_read(&work->build->shell, work->node, fragment, 0, fragment->text.len,
                        GDF_COMMAND_FLAG_HEREDOC, work->build->max_depth);
    take_script(work, &script);
    return script;
}

/* The next word behind blanks from `*at` on. */
static gdf_str next_word(gdf_str text, size_t *at)
{
    while (*at < text.len && (text.ptr[*at] == ' ' || text.ptr[*at] == '\t'))
        ++*at;
    size_t start = *at;
    while (*at < text.len && !strchr(" \t\r", text.ptr[*at]))
        ++*at;
    return gdf__str_slice(text, start, *at);
}

/* `#!/bin/bash -e`, `#!/usr/bin/env bash`: true for a POSIX shell. */
static bool read_interpreter(gdf_str body, gdf__shell_options *options)
{
    gdf_str line = gdf__str_slice(body, strlen("#!"), gdf__str_find(body, '\n', 0));
    size_t at = 0;
    gdf_str program = next_word(line, &at);
    if (gdf__str_is(program, "env") || gdf__str_ends(program, "/env")) {
        do
            program = next_word(line, &at);
        while (gdf__str_starts(program, "-"));
    }
    for (gdf_str word = next_word(line, &at); word.len; word = next_word(line, &at))
        gdf__shell_option(options, word);
    return gdf__is_posix_shell(program);
}

/* The whole command is a heredoc: its body is the script of the shell or of its `#!` line. */
static void read_body_as_script(task *work, bool reads_posix)
{
    gdf__step *step = work->step;
    gdf__fragment body = body_fragment(work, 0);
    step->heredoc = work->heredoc_nodes[0];
    if (gdf__str_starts(body.text, "#!")) {
        gdf__shell_options options = {.errexit = false};
        reads_posix = read_interpreter(body.text, &options);
        step->errexit = options.errexit;
        step->pipefail = options.pipefail;
    }
    step->understood = reads_posix;
    if (!reads_posix)
        return;
    gdf__script script = read_body(work, &body);
    step->errexit = step->errexit || script.errexit;
    step->pipefail = step->pipefail || script.pipefail;
    step->pure_and_chain = script.pure_and_chain;
}

/* True when the shell command takes its script from standard input: only options follow. */
static bool reads_input(const gdf__shell *shell, gdf_command id)
{
    if (!gdf__is_posix_shell(gdf__shell_program(shell, id)))
        return false;
    uint32_t count = gdf__shell_count_arguments(shell, id);
    for (uint32_t i = 1; i < count; i++) {
        gdf_str word = gdf__shell_argument(shell, id, i)->value;
        if (gdf__str_is(word, "-") || gdf__str_is(word, "-s"))
            return true;
        bool is_option = word.len > 1 && (word.ptr[0] == '-' || word.ptr[0] == '+');
        if (!is_option || gdf__str_is(word, "-c"))
            return false;
        i += !gdf__str_starts(word, "--") && word.ptr[word.len - 1] == 'o';
    }
    return true;
}

/* The heredoc whose operator stands at `start` in the source, or the number of heredocs. */
static uint32_t heredoc_at_source(const task *work, uint32_t start)
{
    uint32_t low = 0;
    uint32_t high = work->heredoc_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        uint32_t at =
            gdf__fragment_start(&work->line->fragment, heredoc_at(work, middle)->operator_start);
        if (at == start)
            return middle;
        if (at < start)
            low = middle + 1;
        else
            high = middle;
    }
    return work->heredoc_count;
}

/* The script that a heredoc hands to the shell command `id`. */
static void read_input_script(task *work, gdf_command id, uint32_t index)
{
    gdf__shell *shell = &work->build->shell;
    gdf__fragment body = body_fragment(work, index);
    gdf__script script = read_body(work, &body);
    for (uint32_t i = 0; i < script.command_count; i++) {
        gdf__command *row = GDF__AT(shell->commands, gdf__command, script.first_command - 1 + i);
        if (row->parent == 0)
            row->parent = id;
    }
}

/* Of several heredocs at one command the last is its input. */
static uint32_t input_of(const task *work, const gdf__command *command)
{
    const gdf__shell *shell = &work->build->shell;
    uint32_t found = work->heredoc_count;
    for (uint32_t i = 0; i < command->redirection_count; i++) {
        const gdf__redirection *row =
            GDF__AT(shell->redirections, gdf__redirection, command->first_redirection + i);
        uint32_t heredoc = heredoc_at_source(work, row->start);
        if (heredoc < work->heredoc_count)
            found = heredoc;
    }
    return found;
}

static void read_inputs(task *work, const gdf__script *script)
{
    const gdf__shell *shell = &work->build->shell;
    for (uint32_t i = 0; i < script->command_count; i++) {
        gdf_command id = script->first_command + i;
        const gdf__command *command = gdf__shell_command(shell, id);
        if (command->redirection_count == 0 || !reads_input(shell, id))
            continue;
        uint32_t heredoc = input_of(work, command);
        if (heredoc < work->heredoc_count)
            read_input_script(work, id, heredoc);
    }
}

/* ---- the forms ------------------------------------------------------------------------------- */

static void read_exec_form(task *work, gdf_node first_argument)
{
    gdf_build *build = work->build;
    gdf__table words; /* of gdf_node */
    gdf__table_init(&words, &build->arena.allocator, sizeof(gdf_node));
    for (gdf_node node = first_argument; node;
         node = gdf__next_argument(build->document, work->node, node + 1)) {
        gdf_node *row = gdf__table_add(&words);
        if (row)
            *row = node;
    }
    work->step->is_exec_form = true;
    if (words.count && !words.failed) {
        gdf__script script =
            gdf__shell_read_exec(&build->shell, build->document, work->node,
                                 GDF__AT(words, gdf_node, 0), words.count, build->max_depth);
        take_script(work, &script);
    }
    if (words.failed)
        build->arena.failed = true;
    gdf__table_free(&words);
}

static void read_shell_form(task *work, uint32_t start)
{
    gdf__step *step = work->step;
    const gdf__logical_line *line = work->line;
    if (start >= line->arguments_end)
        return;
    gdf__script script = gdf__shell_read(&work->build->shell, work->node, &line->fragment, start,
                                         line->arguments_end, 0, work->build->max_depth);
    take_script(work, &script);
    step->errexit = step->errexit || script.errexit;
    step->pipefail = step->pipefail || script.pipefail;
    step->pure_and_chain = script.pure_and_chain;
    if (work->heredoc_count)
        read_inputs(work, &script);
}

static bool is_heredoc_alone(const task *work)
{
    if (work->heredoc_count != 1)
        return false;
    const gdf__heredoc *heredoc = heredoc_at(work, 0);
    return heredoc->operator_start == work->line->arguments_start &&
           heredoc->operator_end == work->line->arguments_end;
}

static void read_text(task *work, const gdf__image_state *state, uint32_t start)
{
    if (work->instruction->instruction == GDF_INSTRUCTION_RUN)
        find_heredocs(work);
    if (is_heredoc_alone(work)) {
        read_body_as_script(work, state->reads_posix);
        work->step->errexit = work->step->errexit || state->errexit;
        work->step->pipefail = work->step->pipefail || state->pipefail;
        return;
    }
    work->step->errexit = state->errexit;
    work->step->pipefail = state->pipefail;
    work->step->understood = state->reads_posix;
    if (state->reads_posix)
        read_shell_form(work, start);
}

/* Where the text behind HEALTHCHECK's CMD starts, in the fragment. */
static uint32_t behind_type(const task *work, gdf_node type)
{
    gdf_str text = work->line->fragment.text;
    size_t at = work->line->arguments_start + gdf_node_get_value(work->build->document, type).len;
    while (at < work->line->arguments_end && strchr(" \t\v\f\r", text.ptr[at]) && text.ptr[at])
        at++;
    return (uint32_t)at;
}

static bool runs_something(gdf_instruction_kind kind)
{
    return kind == GDF_INSTRUCTION_RUN || kind == GDF_INSTRUCTION_CMD ||
           kind == GDF_INSTRUCTION_ENTRYPOINT || kind == GDF_INSTRUCTION_HEALTHCHECK;
}

void gdf__read_commands(gdf_build *build, gdf_node instruction, const gdf__image_state *state)
{
    const gdf_document *document = build->document;
    const gdf__node *node = gdf__document_node(document, instruction);
    gdf_instruction_kind kind = (gdf_instruction_kind)node->instruction;
    if (!runs_something(kind))
        return;
    task work = {.build = build,
                 .node = instruction,
                 .instruction = node,
                 .line = gdf__document_line(document, instruction),
                 .step = GDF__AT(build->steps, gdf__step, node->detail)};
    gdf_node argument = gdf__next_argument(document, instruction, 0);
    uint32_t start = work.line->arguments_start;
    if (kind == GDF_INSTRUCTION_HEALTHCHECK) {
        if (!gdf__str_is_nocase(gdf_node_get_value(document, argument), "CMD"))
            return;
        start = behind_type(&work, argument);
        argument = gdf__next_argument(document, instruction, argument + 1);
    }
    work.step->has_text = true;
    work.step->understood = true;
    if (node->flags & GDF_NODE_FLAG_JSON)
        read_exec_form(&work, argument);
    else
        read_text(&work, state, start);
}
