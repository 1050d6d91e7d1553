/* What the library makes of a Dockerfile, as buildkit/document.go says it. */
#include <string.h>

#include <godockerfile/report.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "conformance/live_lines.h"
#include "syntax/document.h"

typedef struct answer {
    const gdf_document *document;
    gdf__builder *out;
} answer;

static gdf_str value_of(const answer *work, gdf_node node)
{
    return gdf_node_get_value(work->document, node);
}

/* ---- tree ------------------------------------------------------------------------------------ */

static void answer_pair(const answer *work, gdf_node pair)
{
    gdf_node name = gdf_node_get_first_child(work->document, pair);
    gdf_node value = gdf_node_get_next_sibling(work->document, name);
    bool legacy = gdf_node_get_flags(work->document, pair) & GDF_NODE_FLAG_LEGACY;
    live_line(work->out, "argument", value_of(work, name));
    live_line(work->out, "argument", value_of(work, value));
    live_line(work->out, "argument", legacy ? gdf__empty : GDF__LITERAL("="));
}

static void answer_heredoc(const answer *work, gdf_node node)
{
    uint32_t flags = gdf_node_get_flags(work->document, node);
    live_begin(work->out, "heredoc");
    live_add_text(work->out, value_of(work, node));
    live_add_number(work->out, gdf_node_get_file_descriptor(work->document, node));
    live_add_bool(work->out, !(flags & GDF_NODE_FLAG_QUOTED));
    live_add_bool(work->out, flags & GDF_NODE_FLAG_CHOMP);
    live_add_text(work->out, value_of(work, gdf_node_get_first_child(work->document, node)));
    live_end(work->out);
}

/* Answers the children of one kind; the last of them. */
static gdf_node answer_children(const answer *work, gdf_node node, gdf_node_kind kind)
{
    gdf_node last = 0;
    for (gdf_node child = gdf_node_get_first_child(work->document, node); child;
         child = gdf_node_get_next_sibling(work->document, child)) {
        gdf_node_kind found = gdf_node_get_kind(work->document, child);
        if (found == GDF_NODE_PAIR && kind == GDF_NODE_ARGUMENT)
            answer_pair(work, child);
        if (found != kind)
            continue;
        last = child;
        if (kind == GDF_NODE_FLAG)
            live_line(work->out, "flag", value_of(work, child));
        else if (kind == GDF_NODE_ARGUMENT)
            live_line(work->out, "argument", value_of(work, child));
        else if (kind == GDF_NODE_HEREDOC)
            answer_heredoc(work, child);
    }
    return last;
}

/* Answers one instruction; the one inside it, or 0. */
static gdf_node answer_node(const answer *work, gdf_node node)
{
    live_begin(work->out, "node");
    live_add_text(work->out, value_of(work, node));
    live_add_bool(work->out, gdf_node_get_flags(work->document, node) & GDF_NODE_FLAG_JSON);
    live_end(work->out);
    answer_children(work, node, GDF_NODE_FLAG);
    answer_children(work, node, GDF_NODE_ARGUMENT);
    answer_children(work, node, GDF_NODE_HEREDOC);
    return answer_children(work, node, GDF_NODE_INSTRUCTION);
}

/* The builder keeps a comment without the first byte of its line, trimmed. */
static gdf_str description(const gdf_document *document, gdf_node comment)
{
    uint32_t line = gdf_node_get_first_line(document, comment);
    gdf_str text = gdf_document_get_line_text(document, line);
    size_t mark = gdf__str_starts(text, "\xef\xbb\xbf") && line == 1 ? 3 : 0;
    return gdf__utf8_trim(gdf__str_slice(text, mark + 1, text.len));
}

static void answer_comments(const answer *work, gdf_node node)
{
    gdf_node comment = gdf__document_line(work->document, node)->comments;
    for (; comment && comment != node;
         comment = gdf_node_get_next_sibling(work->document, comment)) {
        if (gdf_node_get_kind(work->document, comment) == GDF_NODE_COMMENT)
            live_line(work->out, "comment", description(work->document, comment));
    }
}

static void answer_warnings(const answer *work)
{
    for (uint32_t i = 0; i < gdf_document_count_instructions(work->document); i++) {
        gdf_node node = gdf_document_get_instruction(work->document, i);
        if (!(gdf_node_get_flags(work->document, node) & GDF_NODE_FLAG_EMPTY_LINE))
            continue;
        gdf__builder message;
        gdf__builder_init(&message, &gdf__default_allocator);
        gdf__builder_add_text(&message, "Empty continuation line found in: ");
        gdf__builder_add(&message, gdf__document_line(work->document, node)->fragment.text);
        live_line(work->out, "warning", gdf__builder_get(&message));
        gdf__builder_free(&message);
    }
}

static void answer_tree(const answer *work)
{
    const char escape = gdf_document_get_escape(work->document);
    gdf_text *dump = gdf_document_dump(work->document, GDF_DUMP_BUILDKIT);
    gdf_str text = gdf_text_get(dump);
    while (gdf__str_ends(text, "\n"))
        text.len--;
    live_line(work->out, "escape", (gdf_str){&escape, 1});
    live_line(work->out, "dump", text);
    gdf_text_free(dump);
    for (uint32_t i = 0; i < gdf_document_count_instructions(work->document); i++) {
        gdf_node node = gdf_document_get_instruction(work->document, i);
        live_begin(work->out, "instruction");
        live_add_lines(work->out, gdf_node_get_first_line(work->document, node),
                       gdf_node_get_last_line(work->document, node));
        live_add_text(work->out, gdf__document_line(work->document, node)->fragment.text);
        live_end(work->out);
        answer_comments(work, node);
        while (node)
            node = answer_node(work, node);
    }
    answer_warnings(work);
}

/* ---- checks ---------------------------------------------------------------------------------- */

/* What the builder checks while it types instructions. */
static bool is_typing_check(const char *rule)
{
    static const char *const NAMES[] = {"FromAsCasing", "InvalidDefinitionDescription",
                                        "MaintainerDeprecated", "StageNameCasing"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (strcmp(rule, NAMES[i]) == 0)
            return true;
    }
    return false;
}

/* The top-level instruction at a place. */
static gdf_node instruction_at(const answer *work, uint32_t offset)
{
    gdf_node node = gdf_document_find_node(work->document, offset);
    gdf_node parent = gdf_node_get_parent(work->document, node);
    while (gdf_node_get_kind(work->document, parent) > GDF_NODE_DOCUMENT) {
        node = parent;
        parent = gdf_node_get_parent(work->document, node);
    }
    return node;
}

static void answer_checks(const answer *work)
{
    gdf_ruleset *ruleset = gdf_ruleset_create(NULL);
    gdf_ruleset_use_profile(ruleset, "buildkit", strlen("buildkit"));
    gdf_report *report = gdf_report_create(work->document, ruleset, NULL, NULL);
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++) {
        const char *rule = gdf_rule_get_name(gdf_finding_get_rule(report, id));
        if (!is_typing_check(rule))
            continue;
        gdf_node node = instruction_at(work, gdf_finding_get_start(report, id));
        live_begin(work->out, "lint");
        live_add_text(work->out, gdf__str(rule));
        live_add_text(work->out, gdf_finding_get_message(report, id));
        live_add_lines(work->out, gdf_node_get_first_line(work->document, node),
                       gdf_node_get_last_line(work->document, node));
        live_end(work->out);
    }
    gdf_report_free(report);
    gdf_ruleset_free(ruleset);
}

/* ---- document -------------------------------------------------------------------------------- */

static bool is_without_stages(gdf_str message)
{
    return gdf__str_is(message, "dockerfile contains no stages to build");
}

static void answer_error(const answer *work, uint32_t index)
{
    const gdf__problem *problem = GDF__AT(work->document->problems, gdf__problem, index);
    live_begin(work->out, "error");
    live_add_text(work->out, problem->message);
    if (!is_without_stages(problem->message))
        live_add_lines(work->out, problem->first_line, problem->last_line);
    live_end(work->out);
}

void live_answer_document(gdf_str text, gdf__builder *out)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
    if (!document) {
        out->failed = true;
        return;
    }
    const answer work = {document, out};
    uint32_t error = gdf_document_find_builder_error(document);
    bool is_refused = error < gdf_document_count_problems(document);
    const gdf__problem *problem =
        is_refused ? GDF__AT(document->problems, gdf__problem, error) : NULL;
    if (!is_refused || problem->phase != GDF__PHASE_PARSE)
        answer_tree(&work);
    if (is_refused) {
        answer_error(&work, error);
    } else {
        live_answer_typed(document, out);
        answer_checks(&work);
    }
    gdf_document_free(document);
}
