#include "support/promises.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "support/unified_diff.h"

static bool same(gdf_str a, gdf_str b)
{
    return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0;
}

static bool says(gdf_str text, gdf_str words)
{
    for (size_t at = 0; at + words.len <= text.len; at++) {
        if (memcmp(text.ptr + at, words.ptr, words.len) == 0)
            return true;
    }
    return false;
}

/* ---- documents ------------------------------------------------------------------------------- */

static const char *broken_by_tokens(const gdf_document *document, gdf_str text)
{
    uint32_t count = gdf_document_count_tokens(document);
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t end = gdf_document_get_token_end(document, i);
        if (gdf_document_get_token_start(document, i) != at || end <= at)
            return "the tokens tile the text";
        if (!gdf_token_kind_name(gdf_document_get_token_kind(document, i))[0])
            return "each token has a kind";
        at = end;
    }
    return at == text.len ? NULL : "the tokens reach the end of the text";
}

static const char *broken_by_lines(const gdf_document *document, gdf_str text)
{
    uint32_t count = gdf_document_count_lines(document);
    uint32_t at = 0;
    for (uint32_t line = 1; line <= count; line++) {
        gdf_str words = gdf_document_get_line_text(document, line);
        uint32_t start = gdf_document_get_line_start(document, line);
        uint32_t next = gdf_document_get_line_start(document, line + 1);
        if (start != at || words.ptr != text.ptr + start || start + words.len > next ||
            next - start > words.len + 2)
            return "the lines tile the text";
        if (start < text.len && gdf_document_find_line(document, start) != line)
            return "a line is found by its first byte";
        at = next;
    }
    return at == text.len ? NULL : "the lines reach the end of the text";
}

/* An offset inside a code point has no column of its own, hence only bytes come back exactly. */
static const char *broken_by_position(const gdf_document *document, uint32_t offset)
{
    uint32_t line = gdf_document_find_line(document, offset);
    uint32_t end = gdf_document_get_line_start(document, line) +
                   (uint32_t)gdf_document_get_line_text(document, line).len;
    uint32_t column = gdf_document_find_column(document, offset, GDF_COLUMN_BYTES);
    if (offset <= end &&
        gdf_document_find_offset(document, line, column, GDF_COLUMN_BYTES) != offset)
        return "line and column lead back to the offset";
    uint32_t units = gdf_document_find_column(document, offset, GDF_COLUMN_UTF16);
    uint32_t points = gdf_document_find_column(document, offset, GDF_COLUMN_CODE_POINTS);
    return points <= units && units <= column ? NULL : "a column is no longer than its bytes";
}

static const char *broken_by_node(const gdf_document *document, gdf_node node, gdf_str text)
{
    uint32_t start = gdf_node_get_start(document, node);
    uint32_t end = gdf_node_get_end(document, node);
    gdf_node parent = gdf_node_get_parent(document, node);
    gdf_node next = gdf_node_get_next_sibling(document, node);
    gdf_node child = gdf_node_get_first_child(document, node);
    if (start > end || end > text.len)
        return "nodes lie in the text";
    if (!gdf_node_kind_name(gdf_node_get_kind(document, node))[0])
        return "each node has a kind";
    if (node > 1 &&
        (parent == 0 || parent >= node || gdf_node_get_start(document, parent) > start ||
         gdf_node_get_end(document, parent) < end))
        return "nodes lie in their parents";
    if (next && (next <= node || gdf_node_get_start(document, next) < end ||
                 gdf_node_get_parent(document, next) != parent))
        return "siblings follow each other";
    if (child && (child != node + 1 || gdf_node_get_parent(document, child) != node))
        return "a first child follows its parent";
    uint32_t lines = gdf_document_count_lines(document);
    uint32_t first_line = gdf_node_get_first_line(document, node);
    uint32_t last_line = gdf_node_get_last_line(document, node);
    if (first_line > last_line || last_line > lines)
        return "the lines of nodes exist";
    return broken_by_position(document, start);
}

static const char *broken_by_part(const gdf_document *document, gdf_node node, gdf_part part,
                                  gdf_str text)
{
    uint32_t start = gdf_part_get_start(document, part);
    uint32_t end = gdf_part_get_end(document, part);
    gdf_part parent = gdf_part_get_parent(document, part);
    gdf_str value = gdf_part_get_value(document, part);
    if (gdf_part_get_instruction(document, part) != node)
        return "a part knows its instruction";
    if (start > end || start < gdf_node_get_start(document, node) ||
        end > gdf_node_get_end(document, node))
        return "parts lie in their instruction";
    if (parent && (parent >= part || gdf_part_get_start(document, parent) > start ||
                   gdf_part_get_end(document, parent) < end))
        return "parts lie in their parents";
    if (!gdf_part_kind_name(gdf_part_get_kind(document, part))[0])
        return "each part has a kind";
    bool exact = gdf_part_get_flags(document, part) & GDF_PART_FLAG_EXACT;
    if (exact && !same(value, (gdf_str){text.ptr + start, end - start}))
        return "the bytes of an exact part are its value";
    return NULL;
}

static const char *broken_by_nodes(const gdf_document *document, gdf_str text)
{
    uint32_t count = gdf_document_count_nodes(document);
    const char *broken = NULL;
    if (count == 0 || gdf_node_get_start(document, 1) != 0 ||
        gdf_node_get_end(document, 1) != text.len)
        return "the first node is the whole text";
    for (gdf_node node = 1; node <= count && !broken; node++) {
        uint32_t parts = gdf_instruction_count_parts(document, node);
        broken = broken_by_node(document, node, text);
        for (uint32_t i = 0; i < parts && !broken; i++)
            broken =
                broken_by_part(document, node, gdf_instruction_get_part(document, node, i), text);
    }
    return broken;
}

static const char *broken_by_problems(const gdf_document *document, gdf_str text)
{
    uint32_t count = gdf_document_count_problems(document);
    uint32_t last = 0;
    if (gdf_document_find_builder_error(document) > count)
        return "the builder's error is one of the problems";
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = gdf_document_get_problem_start(document, i);
        uint32_t end = gdf_document_get_problem_end(document, i);
        if (start < last || start > end || end > text.len)
            return "problems are in order and lie in the text";
        if (gdf_document_get_problem_message(document, i).len == 0)
            return "a problem has a message";
        last = start;
    }
    return NULL;
}

const char *promises_broken_by_document(const gdf_document *document, gdf_str text)
{
    if (!same(gdf_document_get_text(document), text))
        return "the document keeps its text";
    gdf_str own = gdf_document_get_text(document);
    const char *broken = broken_by_tokens(document, own);
    if (!broken)
        broken = broken_by_lines(document, own);
    if (!broken)
        broken = broken_by_nodes(document, own);
    return broken ? broken : broken_by_problems(document, own);
}

/* ---- builds ---------------------------------------------------------------------------------- */

static const char *broken_by_stage(const gdf_build *build, const gdf_document *document,
                                   gdf_stage stage)
{
    gdf_node from = gdf_stage_get_instruction(build, stage);
    uint32_t count = gdf_stage_count_instructions(build, stage);
    if (gdf_node_get_instruction(document, from) != GDF_INSTRUCTION_FROM || count == 0 ||
        gdf_stage_get_instruction_at(build, stage, 0) != from)
        return "a stage starts with its FROM";
    if (gdf_build_find_stage(build, gdf_stage_get_instruction_at(build, stage, count - 1)) != stage)
        return "an instruction knows its stage";
    if (gdf_stage_get_base_stage(build, stage) >= stage)
        return "a stage is built on an earlier one";
    return NULL;
}

static const char *broken_by_edge(const gdf_build *build, const gdf_document *document,
                                  uint32_t index)
{
    uint32_t stages = gdf_build_count_stages(build);
    gdf_stage stage = gdf_build_get_edge_stage(build, index);
    if (stage == 0 || stage > stages || gdf_build_get_edge_source(build, index) > stages)
        return "an edge joins stages of the build";
    gdf_node node = gdf_build_get_edge_instruction(build, index);
    bool is_trigger =
        gdf_node_get_kind(document, gdf_node_get_parent(document, node)) == GDF_NODE_INSTRUCTION;
    if (gdf_build_find_stage(build, node) !=
        (is_trigger ? gdf_stage_get_base_stage(build, stage) : stage))
        return "an edge comes from the stage, or from ONBUILD of its base stage";
    return NULL;
}

static const char *broken_by_word(const gdf_build *build, gdf_word word, gdf_node node,
                                  const gdf_document *document)
{
    gdf_str text = gdf_document_get_text(document);
    uint32_t start = gdf_word_get_start(build, word);
    uint32_t end = gdf_word_get_end(build, word);
    if (start > end || start < gdf_node_get_start(document, node) ||
        end > gdf_node_get_end(document, node))
        return "words lie in their instruction";
    bool exact = gdf_word_get_flags(build, word) & GDF_WORD_FLAG_EXACT;
    if (exact && !same(gdf_word_get_value(build, word), (gdf_str){text.ptr + start, end - start}))
        return "the bytes of an exact word are its value";
    return NULL;
}

/* The heredocs of an instruction inside an ONBUILD belong to the ONBUILD. */
static gdf_node find_outermost(const gdf_document *document, gdf_node node)
{
    gdf_node parent = gdf_node_get_parent(document, node);
    while (parent > 1) {
        node = parent;
        parent = gdf_node_get_parent(document, node);
    }
    return node;
}

static const char *broken_by_command(const gdf_build *build, gdf_command command,
                                     const gdf_document *document)
{
    gdf_node node = find_outermost(document, gdf_command_get_instruction(build, command));
    uint32_t start = gdf_command_get_start(build, command);
    uint32_t end = gdf_command_get_end(build, command);
    uint32_t words = gdf_command_count_words(build, command);
    const char *broken = NULL;
    if (gdf_node_get_kind(document, node) != GDF_NODE_INSTRUCTION || start > end ||
        start < gdf_node_get_start(document, node) || end > gdf_node_get_end(document, node))
        return "commands lie in their instruction";
    if (gdf_command_get_parent(build, command) >= command)
        return "outer commands come before inner ones";
    for (uint32_t i = 0; i < words && !broken; i++)
        broken = broken_by_word(build, gdf_command_get_word(build, command, i), node, document);
    return broken;
}

const char *promises_broken_by_build(const gdf_build *build, const gdf_document *document)
{
    uint32_t stages = gdf_build_count_stages(build);
    uint32_t edges = gdf_build_count_edges(build);
    uint32_t commands = gdf_build_count_commands(build);
    const char *broken = NULL;
    if (gdf_build_get_target(build) > stages)
        return "the target is a stage";
    for (gdf_stage stage = 1; stage <= stages && !broken; stage++)
        broken = broken_by_stage(build, document, stage);
    for (uint32_t i = 0; i < edges && !broken; i++)
        broken = broken_by_edge(build, document, i);
    for (gdf_command command = 1; command <= commands && !broken; command++)
        broken = broken_by_command(build, command, document);
    return broken;
}

/* ---- reports --------------------------------------------------------------------------------- */

static const char *broken_by_applying(const gdf_report *report, gdf_fix fix,
                                      const gdf_document *document, gdf_edits *edits)
{
    size_t len = gdf_document_get_text(document).len;
    uint32_t count = gdf_fix_count_edits(report, fix);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = gdf_fix_get_edit_start(report, fix, i);
        uint32_t end = gdf_fix_get_edit_end(report, fix, i);
        gdf_str text = gdf_fix_get_edit_text(report, fix, i);
        if (gdf_edits_replace(edits, start, end, text.ptr, text.len) != GDF_OK)
            return "the edits of a fix apply together";
        len = len - (end - start) + text.len;
    }
    gdf_text *result = gdf_edits_apply(edits);
    bool whole = result && gdf_text_get(result).len == len;
    gdf_text_free(result);
    return whole ? NULL : "a fix changes what its edits say";
}

static const char *broken_by_fix(const gdf_report *report, gdf_fix fix,
                                 const gdf_document *document)
{
    gdf_fix_class class = gdf_fix_get_class(report, fix);
    uint32_t count = gdf_fix_count_edits(report, fix);
    uint32_t last = 0;
    if (class < GDF_FIX_SAFE || class > GDF_FIX_SUGGESTED ||
        gdf_fix_get_title(report, fix).len == 0)
        return "a fix has class and title";
    if (gdf_fix_get_file(report, fix).len)
        return count == 1 ? NULL : "a fix that writes a file has one text";
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = gdf_fix_get_edit_start(report, fix, i);
        uint32_t end = gdf_fix_get_edit_end(report, fix, i);
        if (start < last || end < start || end > gdf_document_get_text(document).len)
            return "the edits of a fix are in order and lie in the text";
        last = end;
    }
    gdf_edits *edits = gdf_edits_create(document);
    const char *broken = edits ? broken_by_applying(report, fix, document, edits) : "memory";
    gdf_edits_free(edits);
    return broken;
}

static const char *broken_by_finding(const gdf_report *report, gdf_finding finding,
                                     const gdf_document *document)
{
    size_t len = gdf_document_get_text(document).len;
    uint32_t start = gdf_finding_get_start(report, finding);
    uint32_t end = gdf_finding_get_end(report, finding);
    gdf_rule rule = gdf_finding_get_rule(report, finding);
    if (start > end || end > len)
        return "findings lie in the text";
    if (finding > 1 && gdf_finding_get_start(report, finding - 1) > start)
        return "findings are in order";
    if (rule == 0 || rule > gdf_rule_count() || gdf_finding_get_message(report, finding).len == 0 ||
        !gdf_severity_name(gdf_finding_get_severity(report, finding))[0])
        return "a finding has rule, severity and message";
    for (uint32_t i = 0; i < gdf_finding_count_related(report, finding); i++) {
        uint32_t related_start = gdf_finding_get_related_start(report, finding, i);
        uint32_t related_end = gdf_finding_get_related_end(report, finding, i);
        if (related_start > related_end || related_end > len)
            return "related places lie in the text";
    }
    const char *broken = NULL;
    for (uint32_t i = 0; i < gdf_finding_count_fixes(report, finding) && !broken; i++)
        broken = broken_by_fix(report, gdf_finding_get_fix(report, finding, i), document);
    return broken;
}

const char *promises_broken_by_report(const gdf_report *report, const gdf_document *document)
{
    uint32_t count = gdf_report_count_findings(report);
    const char *broken = NULL;
    for (gdf_finding finding = 1; finding <= count && !broken; finding++)
        broken = broken_by_finding(report, finding, document);
    return broken;
}

/* ---- rewrites -------------------------------------------------------------------------------- */

static bool builder_accepts(const gdf_document *document)
{
    return gdf_document_find_builder_error(document) == gdf_document_count_problems(document);
}

/* Fixes that wait for a round that was not granted are no broken promise. */
static bool ran_out_of_rounds(const gdf_rewrite *rewrite)
{
    static const char LIMIT[] = "limit of rounds";
    for (uint32_t i = 0; i < gdf_rewrite_count_withheld(rewrite); i++) {
        if (says(gdf_rewrite_get_withheld_reason(rewrite, i), (gdf_str){LIMIT, sizeof LIMIT - 1}))
            return true;
    }
    return false;
}

static const char *broken_by_account(const gdf_rewrite *rewrite, const gdf_options *options)
{
    uint32_t applied = gdf_rewrite_count_applied(rewrite);
    if (gdf_rewrite_is_changed(rewrite) && applied == 0)
        return "only fixes change the text";
    for (uint32_t i = 0; i < applied; i++) {
        gdf_fix_class class = gdf_rewrite_get_applied_class(rewrite, i);
        bool allowed =
            class == GDF_FIX_SAFE ||
            (class == GDF_FIX_BUGFIX && gdf_options_get_number(options, GDF_OPTION_FIX_BUGFIX)) ||
            (class == GDF_FIX_SUGGESTED &&
             gdf_options_get_number(options, GDF_OPTION_FIX_SUGGESTED));
        if (!allowed)
            return "only allowed fixes are applied";
    }
    return NULL;
}

static const char *broken_by_diff(const gdf_rewrite *rewrite, const gdf_options *options)
{
    gdf_text *diff = gdf_rewrite_render_diff(rewrite, options);
    gdf_str words = gdf_text_get(diff);
    bool good = diff && (words.len > 0) == (gdf_rewrite_is_changed(rewrite) != 0) &&
                (gdf_options_get_number(options, GDF_OPTION_COLOR) ||
                 unified_diff_leads_to(gdf_rewrite_get_original(rewrite), words,
                                       gdf_rewrite_get_text(rewrite)));
    gdf_text_free(diff);
    return good ? NULL : "the diff leads from the original to the result";
}

static const char *broken_by_second(const gdf_rewrite *rewrite, const gdf_document *result,
                                    const gdf_ruleset *ruleset, const gdf_project *project,
                                    const gdf_options *options)
{
    if (ran_out_of_rounds(rewrite))
        return NULL;
    gdf_rewrite *second = gdf_rewrite_create(result, ruleset, project, options);
    bool changed = !second || gdf_rewrite_is_changed(second);
    gdf_rewrite_free(second);
    return changed ? "a second rewrite changes nothing" : NULL;
}

static const char *broken_by_result(const gdf_rewrite *rewrite, const gdf_document *original,
                                    const gdf_document *result)
{
    const char *broken = promises_broken_by_document(result, gdf_rewrite_get_text(rewrite));
    if (!broken && builder_accepts(original) && !builder_accepts(result))
        broken = "the builder accepts the result";
    if (!broken && gdf_document_count_problems(result) > gdf_document_count_problems(original))
        broken = "a rewrite makes no problems";
    return broken;
}

const char *promises_broken_by_rewrite(const gdf_rewrite *rewrite, const gdf_ruleset *ruleset,
                                       const gdf_project *project, const gdf_options *options)
{
    gdf_str before = gdf_rewrite_get_original(rewrite);
    gdf_str after = gdf_rewrite_get_text(rewrite);
    gdf_document *original = gdf_document_parse(before.ptr, before.len, options);
    gdf_document *result = gdf_document_parse(after.ptr, after.len, options);
    const char *broken = original && result ? NULL : "memory";
    if (!broken)
        broken = broken_by_account(rewrite, options);
    if (!broken)
        broken = broken_by_diff(rewrite, options);
    if (!broken)
        broken = broken_by_result(rewrite, original, result);
    if (!broken)
        broken = broken_by_second(rewrite, result, ruleset, project, options);
    gdf_document_free(original);
    gdf_document_free(result);
    return broken;
}
