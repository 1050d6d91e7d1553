/* GEN004: heredocs that the builder does not see, and such that no command reads. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/argument_text.h"
#include "rules/support.h"
#include "syntax/word.h"

/* ---- read by nobody -------------------------------------------------------------------------- */

/* Shell commands that never look at their standard input. `:` and `true` are not among them: that
 * is how people write comments. */
static const char *const DEAF_COMMANDS[] = {"cd",  "echo",  "export", "printf",
                                            "set", "shopt", "umask",  "unset"};

/* -1, 0, 1 for a heredoc that the builder found in front of, at or behind `offset` of the source,
 * where a redirection of the RUN starts. */
static int compare_places(const gdf__check *check, const gdf__heredoc *heredoc, gdf_node run,
                          uint32_t offset)
{
    const gdf_document *document = check->document;
    const gdf__fragment *fragment = &gdf__document_line(document, run)->fragment;
    gdf_node parent = gdf_node_get_parent(document, run);
    gdf_node holder = gdf__support_is_nested(check, run) ? parent : run;
    uint32_t body = (uint32_t)(heredoc->body.ptr - document->source.bytes);
    if (body < gdf_node_get_start(document, holder))
        return -1;
    if (body > gdf_node_get_end(document, holder))
        return 1;
    uint32_t start = gdf__fragment_start(fragment, heredoc->operator_start);
    return start < offset ? -1 : start > offset;
}

/* True when a heredoc with some text, which the builder found, starts at `offset` of the source. */
static bool has_text_at(const gdf__check *check, gdf_node run, uint32_t offset)
{
    const gdf__table *heredocs = &check->document->heredocs;
    uint32_t low = 0;
    uint32_t high = heredocs->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const gdf__heredoc *heredoc = GDF__AT(*heredocs, gdf__heredoc, middle);
        int order = compare_places(check, heredoc, run, offset);
        if (order == 0)
            return heredoc->body.len > 0;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* The heredoc among the redirections of the command, or NULL. */
static const gdf__redirection *heredoc_of(const gdf__check *check, const gdf__command *command)
{
    for (uint32_t i = 0; i < command->redirection_count; i++) {
        const gdf__redirection *row = GDF__AT(check->build->shell.redirections, gdf__redirection,
                                              command->first_redirection + i);
        if (has_text_at(check, command->instruction, row->start))
            return row;
    }
    return NULL;
}

static bool is_deaf(const gdf__check *check, gdf_command id, const gdf__command *command)
{
    const unsigned refused = GDF_COMMAND_FLAG_HEREDOC | GDF_COMMAND_FLAG_HEADER |
                             GDF_COMMAND_FLAG_WRAPPED | GDF_COMMAND_FLAG_WRAPPER |
                             GDF_COMMAND_FLAG_FUNCTION | GDF_COMMAND_FLAG_EXEC_FORM;
    if (command->flags & refused)
        return false;
    const gdf__word *name = gdf__shell_word(&check->build->shell, command->name);
    return !name || (name->flags & GDF_WORD_FLAG_LITERAL &&
                     GDF__IS_ONE_OF(gdf__shell_program(&check->build->shell, id), DEAF_COMMANDS));
}

/* zsh runs `cat` where no command stands. */
static bool may_supply_command(const gdf__check *check, gdf_node node)
{
    return gdf__str_ends(gdf__build_get_shell_word(check->build, node, 0), "zsh");
}

void gdf__check_unread_heredoc(gdf__check *check, gdf_command id)
{
    const gdf__command *command = gdf__shell_command(&check->build->shell, id);
    gdf_node node = command->instruction;
    if (command->redirection_count == 0 ||
        gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_RUN ||
        !gdf__build_step(check->build, node)->understood || !is_deaf(check, id, command) ||
        (!command->name && may_supply_command(check, node)))
        return;
    const gdf__redirection *heredoc = heredoc_of(check, command);
    if (!heredoc)
        return;
    const gdf__word *target = gdf__shell_word(&check->build->shell, heredoc->target);
    gdf__report(check, GDF__RULE_GEN004, heredoc->start, target ? target->end : heredoc->end);
    if (command->name)
        gdf__say(check, "the text of this heredoc is lost: %S does not read its input",
                 gdf__shell_program(&check->build->shell, id));
    else
        gdf__say(check, "the text of this heredoc is lost: it is run only when nothing else stands "
                        "in the RUN, here it is the input of no command");
}

/* ---- not seen -------------------------------------------------------------------------------- */

/* `<<NAME` in an instruction, where the builder sees no heredoc. */
typedef struct unseen {
    gdf_node node;
    size_t sign; /* offset of `<<` in the logical line */
    size_t end;  /* of the name, with its quotes */
    gdf_str name;
} unseen;

static bool is_name_start(char c)
{
    return gdf__ascii_is_alpha(c) || c == '_';
}

/* Reads `<<NAME`, `<<-NAME`, `<< 'NAME'` at the offset. */
static bool read_operator(gdf_str text, size_t sign, unseen *found)
{
    size_t at = sign + strlen("<<");
    at += at < text.len && text.ptr[at] == '-';
    at = gdf__argument_skip_blanks(text, at);
    char quote = at < text.len && (text.ptr[at] == '\'' || text.ptr[at] == '"') ? text.ptr[at] : 0;
    at += quote != 0;
    size_t start = at;
    if (at >= text.len || !is_name_start(text.ptr[at]))
        return false;
    while (at < text.len && gdf__ascii_is_word(text.ptr[at]))
        at++;
    found->name = gdf__str_slice(text, start, at);
    found->sign = sign;
    found->end = at + (quote && at < text.len && text.ptr[at] == quote);
    return true;
}

/* The instruction that the heredoc would belong to: the one inside an ONBUILD. */
static gdf_node owner_of(const gdf__check *check, gdf_node node)
{
    gdf_node child = gdf_node_get_first_child(check->document, node);
    if (gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_ONBUILD)
        return node;
    while (child && gdf_node_get_kind(check->document, child) != GDF_NODE_INSTRUCTION)
        child = gdf_node_get_next_sibling(check->document, child);
    return child;
}

/* True when the keyword itself is not what is wrong. */
static bool may_be_meant(const gdf__check *check, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, owner_of(check, node));
    return kind != GDF_INSTRUCTION_UNKNOWN && kind != GDF_INSTRUCTION_ONBUILD;
}

/* The first `<<NAME` of an instruction that has no heredocs. */
static bool find_operator(const gdf__check *check, gdf_node node, unseen *found)
{
    gdf_str text = gdf__document_line(check->document, node)->fragment.text;
    const gdf__node *row = gdf__document_node(check->document, node);
    bool has_heredocs =
        gdf__document_node(check->document, row->next - 1)->kind == GDF_NODE_HEREDOC_BODY;
    if (has_heredocs || !may_be_meant(check, node))
        return false;
    for (size_t at = gdf__str_find(text, '<', 0); at + 1 < text.len;
         at = gdf__str_find(text, '<', at)) {
        size_t count = 1;
        while (at + count < text.len && text.ptr[at + count] == '<')
            count++;
        if (count == strlen("<<") && read_operator(text, at, found)) {
            found->node = node;
            return true;
        }
        at += count;
    }
    return false;
}

static bool takes_heredocs(gdf_instruction_kind kind)
{
    return kind == GDF_INSTRUCTION_RUN || kind == GDF_INSTRUCTION_COPY ||
           kind == GDF_INSTRUCTION_ADD;
}

/* Why the builder cannot split the line into words, or empty. */
static gdf_str lexer_error(gdf__check *check, gdf_str line)
{
    const gdf__word_rules rules = {.mode = GDF__WORD_RAW_QUOTES | GDF__WORD_RAW_ESCAPES |
                                           GDF__WORD_SKIP_UNSET,
                                   .escape = '\\'};
    return gdf__word_split(&rules, line, gdf__support_arena(check)).error;
}

static const char *reason_of(const gdf__check *check, const unseen *found, gdf_node owner)
{
    gdf_str line = gdf__document_line(check->document, found->node)->fragment.text;
    size_t behind = found->sign + strlen("<<");
    if (gdf_node_get_flags(check->document, owner) & GDF_NODE_FLAG_JSON)
        return ", because this is a JSON array,";
    if (found->sign && !gdf__ascii_is_space(line.ptr[found->sign - 1]))
        return ", because no blank stands in front of `<<`,";
    if (line.ptr[behind] == '-' && gdf__ascii_is_space(line.ptr[behind + 1]))
        return ", because a blank follows `<<-`,";
    return " here";
}

static void say_why(gdf__check *check, const unseen *found)
{
    gdf_str line = gdf__document_line(check->document, found->node)->fragment.text;
    gdf_node owner = owner_of(check, found->node);
    bool takes = takes_heredocs(gdf_node_get_instruction(check->document, owner));
    gdf_str error = takes ? lexer_error(check, line) : gdf__empty;
    if (!takes)
        gdf__say(check,
                 "only RUN, COPY and ADD have heredocs: the builder reads the lines up to %S as "
                 "instructions",
                 found->name);
    else if (error.len)
        gdf__say(check,
                 "the builder sees no heredoc, because it cannot split the line into words (%S), "
                 "and reads the lines up to %S as instructions",
                 error, found->name);
    else
        gdf__say(check,
                 "the builder sees no heredoc%s and reads the lines up to %S as instructions",
                 reason_of(check, found, owner), found->name);
}

static void report_unseen(gdf__check *check, const unseen *found, gdf_node delimiter)
{
    const gdf__fragment *fragment = &gdf__document_line(check->document, found->node)->fragment;
    gdf__report(check, GDF__RULE_GEN004, gdf__fragment_start(fragment, found->sign),
                gdf__fragment_end(fragment, found->end));
    say_why(check, found);
    gdf__relate(check, gdf_node_get_start(check->document, delimiter),
                gdf_node_get_end(check->document, delimiter), "the heredoc was to end here");
}

/* True for a line that is nothing but the name. */
static bool is_delimiter(const gdf__check *check, gdf_node node, gdf_str name)
{
    return gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_UNKNOWN &&
           gdf__str_equal(gdf__str_trim(gdf__document_line(check->document, node)->fragment.text),
                          name);
}

void gdf__check_unseen_heredoc(gdf__check *check)
{
    unseen open = {.node = 0};
    if (check->document->problems.count == 0)
        return; /* every line is an instruction: none is the end of a heredoc */
    for (uint32_t i = 0; i < check->document->instructions.count; i++) {
        gdf_node node = *GDF__AT(check->document->instructions, gdf_node, i);
        if (open.node && is_delimiter(check, node, open.name)) {
            report_unseen(check, &open, node);
            open.node = 0;
        } else {
            find_operator(check, node, &open);
        }
    }
}
