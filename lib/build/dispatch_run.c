/* RUN: its heredocs, its mounts, and its line of the history. */
#include "base/path.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "build/dispatch.h"
#include "build/work.h"
#include "syntax/heredoc_words.h"

/* ---- the text that runs ---------------------------------------------------------------------- */

/* Without the TABs at the start of each line. */
static gdf_str chomp(gdf__dispatch *work, gdf_str body)
{
    gdf__builder text = gdf__dispatch_text(work);
    bool at_start = true;
    for (size_t i = 0; i < body.len; i++) {
        char byte = body.ptr[i];
        if (!at_start || byte != '\t')
            gdf__builder_add_byte(&text, byte);
        at_start = byte == '\n' || (at_start && byte == '\t');
    }
    return gdf__builder_to_arena(&text, work->arena);
}

/* The next HEREDOC of the running instruction behind `node`; 0 at the end. */
static gdf_node next_heredoc(const gdf__dispatch *work, gdf_node node)
{
    const gdf_document *document = work->command->document;
    gdf_node end = gdf__document_node(document, work->command->node)->next;
    node = node ? gdf__document_node(document, node)->next : work->command->node + 1;
    for (; node < end; node = gdf__document_node(document, node)->next) {
        if (gdf__document_node(document, node)->kind == GDF_NODE_HEREDOC)
            return node;
    }
    return 0;
}

static const gdf__heredoc *heredoc_at(const gdf__dispatch *work, gdf_node node)
{
    const gdf_document *document = work->command->document;
    return GDF__AT(document->heredocs, gdf__heredoc, gdf__document_node(document, node)->detail);
}

/* The command is one heredoc: its body runs, as a script of its own when it names its program. */
static gdf_str body_alone(gdf__dispatch *work, gdf_node node)
{
    const gdf__heredoc *heredoc = heredoc_at(work, node);
    bool chomps = gdf_node_get_flags(work->command->document, node) & GDF_NODE_FLAG_CHOMP;
    gdf_str body = chomps ? chomp(work, heredoc->body) : heredoc->body;
    bool is_windows = gdf__str_is(*gdf__config_text(work->config, GDF_CONFIG_OS), "windows");
    if (is_windows || !gdf__str_starts(body, "#!"))
        return body;
    return gdf__path_join(GDF__LITERAL("/dev/pipes"), heredoc->name, work->arena);
}

/* The command with the bodies behind it, for the shell to read. */
static gdf_str with_bodies(gdf__dispatch *work, gdf_str command, gdf_node node)
{
    gdf__builder text = gdf__dispatch_text(work);
    gdf__builder_add(&text, command);
    for (; node; node = next_heredoc(work, node)) {
        const gdf__heredoc *heredoc = heredoc_at(work, node);
        gdf__builder_add_byte(&text, '\n');
        gdf__builder_add(&text, heredoc->body);
        gdf__builder_add(&text, heredoc->name);
    }
    return gdf__builder_to_arena(&text, work->arena);
}

static gdf_str shell_text(gdf__dispatch *work)
{
    const gdf_document *document = work->command->document;
    gdf_part part = gdf_instruction_find_part(document, work->command->node, GDF_PART_COMMAND, 0);
    gdf_str command = gdf_part_get_value(document, part);
    gdf_node heredoc = next_heredoc(work, 0);
    gdf__heredoc_word word;
    if (!heredoc)
        return command;
    return gdf__heredoc_word_read(&word, command, work->arena)
               ? body_alone(work, heredoc)
               : with_bodies(work, command, heredoc);
}

/* ---- the line of the history ----------------------------------------------------------------- */

/* The ARGs in front of the command, with the values that they have now. */
static bool add_arguments(gdf__dispatch *work, gdf__builder *line)
{
    if (work->arguments.count == 0)
        return true;
    gdf__builder_add_byte(line, '|');
    gdf__builder_add_number(line, work->arguments.count);
    gdf__builder_add_byte(line, ' ');
    for (uint32_t i = 0; i < work->arguments.count; i++) {
        const gdf__argument *argument = GDF__AT(work->arguments, gdf__argument, i);
        gdf_str value = argument->value;
        gdf__dispatch_find_variable(work, argument->name, &value);
        gdf__builder_add(line, argument->name);
        gdf__builder_add_byte(line, '=');
        gdf__builder_add(line, value);
        gdf__builder_add_byte(line, ' ');
        if (!gdf__dispatch_spend(work, argument->name.len + value.len + 1))
            return false;
    }
    return true;
}

static void commit(gdf__dispatch *work, const gdf__table *words)
{
    gdf__builder line = gdf__dispatch_begin_line(work, "RUN ");
    add_arguments(work, &line);
    for (uint32_t i = 0; i < words->count; i++) {
        if (i)
            gdf__builder_add_byte(&line, ' ');
        gdf__builder_add(&line, *GDF__AT(*words, gdf_str, i));
    }
    gdf__builder_add_text(&line, " # buildkit");
    gdf__dispatch_commit(work, &line, true);
}

/* ---- what the builder only finds when it writes the build down ------------------------------- */

static void check_words(gdf__dispatch *work, const gdf__table *words)
{
    bool is_good = true;
    for (uint32_t i = 0; i < words->count; i++)
        is_good = is_good && gdf__utf8_is_valid(*GDF__AT(*words, gdf_str, i));
    if (work->late_error.len)
        return;
    if (words->count == 0)
        work->late_error = GDF__LITERAL("failed to marshal LLB definition: arguments are required");
    else if (!is_good)
        work->late_error =
            GDF__LITERAL("failed to marshal LLB definition: string field contains invalid UTF-8");
}

bool gdf__dispatch_run_command(gdf__dispatch *work)
{
    const gdf_document *document = work->command->document;
    if (!gdf__dispatch_mounts(work))
        return false;
    if (gdf_instruction_find_flag(document, work->command->node, "device", 0))
        return gdf__dispatch_fail(
            work, GDF__LITERAL("device feature is only supported in Dockerfile frontend "
                               "1.14.0-labs or later"));
    if (work->config->is_check)
        return true; /* what follows is for the image, and for what is found when it is written */
    gdf__table words;
    gdf__dispatch_init_words(work, &words);
    if (gdf__dispatch_is_exec_form(work))
        gdf__dispatch_add_parts(work, &words, GDF_PART_EXEC_ARGUMENT);
    else
        gdf__dispatch_add_shell_form(work, &words, shell_text(work));
    check_words(work, &words);
    if (gdf__dispatch_keeps_image(work))
        commit(work, &words);
    gdf__dispatch_free_words(work, &words);
    return !work->stopped;
}
