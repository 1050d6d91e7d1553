/* Checks of how the file is written: empty continuation lines, keywords, comments. */
#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "rules/builder_checks.h"

/* ---- CHK003 NoEmptyContinuation -------------------------------------------------------------- */

/* The last line in front of the heredocs. */
static uint32_t last_line_of_text(const gdf__builder_walk *walk, gdf_node node)
{
    const gdf_document *document = walk->document;
    gdf_node end = gdf__document_node(document, node)->next;
    for (gdf_node child = node + 1; child < end; child++) {
        const gdf__node *row = gdf__document_node(document, child);
        if (row->kind == GDF_NODE_HEREDOC)
            return gdf__source_line_at(&document->source, row->start) - 1;
    }
    return gdf_node_get_last_line(document, node);
}

static bool is_empty_line(const gdf_document *document, uint32_t line)
{
    uint32_t start = gdf__source_line_start(&document->source, line);
    uint32_t end = gdf__source_line_start(&document->source, line + 1);
    return end > start && gdf__utf8_trim(gdf__source_slice(&document->source, start, end)).len == 0;
}

/* The keyword that a line begins with in capital letters, GDF_INSTRUCTION_UNKNOWN for none. */
static gdf_instruction_kind keyword_of_line(const gdf_document *document, uint32_t line)
{
    gdf_str text =
        gdf__source_slice(&document->source, gdf__source_line_start(&document->source, line),
                          gdf__source_line_start(&document->source, line + 1));
    size_t end = 0;
    while (end < text.len && text.ptr[end] >= 'A' && text.ptr[end] <= 'Z')
        end++;
    bool is_word = end > 0 && end < text.len && (text.ptr[end] == ' ' || text.ptr[end] == '\t');
    return is_word ? gdf_instruction_kind_find(text.ptr, end) : GDF_INSTRUCTION_UNKNOWN;
}

/* The instruction that an empty line was meant to part from this one: without the line nobody would
 * see it. */
static gdf_instruction_kind swallowed_instruction(const gdf_document *document, gdf_node node,
                                                  uint32_t last_line)
{
    gdf_instruction_kind kind = GDF_INSTRUCTION_UNKNOWN;
    uint32_t line = gdf_node_get_first_line(document, node) + 1;
    for (; line < last_line && kind == GDF_INSTRUCTION_UNKNOWN; line++) {
        if (is_empty_line(document, line))
            kind = keyword_of_line(document, line + 1);
    }
    return kind;
}

static void fix_empty_lines(gdf__builder_walk *walk, gdf_node node, uint32_t last_line)
{
    gdf_instruction_kind swallowed = swallowed_instruction(walk->document, node, last_line);
    if (swallowed != GDF_INSTRUCTION_UNKNOWN) {
        gdf__note(walk->check,
                  "%s behind the empty line belongs to this instruction: the continuation above it "
                  "seems to be left over",
                  gdf_instruction_kind_name(swallowed));
        return;
    }
    const gdf__source *source = &walk->document->source;
    gdf_status status = GDF_OK;
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SAFE, "Remove the empty lines");
    uint32_t line = gdf_node_get_first_line(walk->document, node) + 1;
    for (; line <= last_line && status == GDF_OK; line++) {
        if (is_empty_line(walk->document, line))
            status = gdf__edit_list_add(&fix->edits, gdf__source_line_start(source, line),
                                        gdf__source_line_start(source, line + 1), gdf__empty);
    }
    gdf__fix_end(walk->check, status);
}

void gdf__builder_check_empty_lines(gdf__builder_walk *walk)
{
    uint32_t count = gdf_document_count_instructions(walk->document);
    for (uint32_t i = 0; i < count; i++) {
        gdf_node node = gdf_document_get_instruction(walk->document, i);
        if (!(gdf_node_get_flags(walk->document, node) & GDF_NODE_FLAG_EMPTY_LINE))
            continue;
        uint32_t last_line = last_line_of_text(walk, node);
        gdf__report_check_line(walk->check, GDF__RULE_CHK003, last_line);
        gdf__say(walk->check, "Empty continuation line");
        fix_empty_lines(walk, node, last_line);
    }
}

/* ---- CHK004 ConsistentInstructionCasing ------------------------------------------------------ */

typedef enum keyword_case { CASE_MIXED, CASE_LOWER, CASE_UPPER } keyword_case;

static keyword_case case_of(gdf_str keyword)
{
    if (!gdf__utf8_changes_when_lowered(keyword))
        return CASE_LOWER;
    return gdf__utf8_changes_when_uppered(keyword) ? CASE_MIXED : CASE_UPPER;
}

/* Instructions from the first FROM on; those before it do not count. */
static uint32_t first_of_stages(const gdf__builder_walk *walk)
{
    const gdf__stage *first = gdf__build_stage(walk->build, 1);
    return first ? first->first_instruction : gdf_document_count_instructions(walk->document);
}

/* A line of a template, say: the builder ends there before it looks at keywords. */
static bool is_unknown(const gdf__builder_walk *walk, gdf_node node)
{
    return gdf_node_get_instruction(walk->document, node) == GDF_INSTRUCTION_UNKNOWN;
}

typedef struct keyword_cases {
    uint32_t counts[CASE_UPPER + 1]; /* keywords of each case */
    uint32_t total;
} keyword_cases;

static keyword_cases count_cases(const gdf__builder_walk *walk)
{
    uint32_t count = gdf_document_count_instructions(walk->document);
    keyword_cases cases = {.total = 0};
    for (uint32_t i = first_of_stages(walk); i < count; i++) {
        gdf_node node = gdf_document_get_instruction(walk->document, i);
        if (is_unknown(walk, node))
            continue;
        cases.counts[case_of(gdf_node_get_value(walk->document, node))]++;
        cases.total++;
    }
    return cases;
}

/* AS goes with FROM: the builder wants both in one case. */
static gdf_status set_keywords(const gdf__builder_walk *walk, gdf__fix *fix, gdf_node node,
                               bool lower)
{
    const gdf_document *document = walk->document;
    gdf_part keyword = gdf_instruction_find_part(document, node, GDF_PART_KEYWORD, 0);
    gdf_part as = gdf_instruction_find_part(document, node, GDF_PART_AS, 0);
    keyword_case wanted = lower ? CASE_LOWER : CASE_UPPER;
    gdf_status status = gdf__edit_set_case(&fix->edits, document, keyword, !lower);
    if (status == GDF_OK && as && case_of(gdf_part_get_value(document, as)) != wanted)
        status = gdf__edit_set_case(&fix->edits, document, as, !lower);
    return status;
}

static void report_keyword(gdf__builder_walk *walk, gdf_node node, bool lower)
{
    gdf__report_check(walk->check, GDF__RULE_CHK004, node, 0);
    gdf__say(walk->check, "Command '%S' should match the case of the command majority (%s)",
             gdf_node_get_value(walk->document, node), lower ? "lowercase" : "uppercase");
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SAFE,
                                   lower ? "Write the keyword in lower case"
                                         : "Write the keyword in upper case");
    gdf__fix_end(walk->check, set_keywords(walk, fix, node, lower));
}

void gdf__builder_check_keyword_case(gdf__builder_walk *walk)
{
    uint32_t count = gdf_document_count_instructions(walk->document);
    keyword_cases cases = count_cases(walk);
    bool lower = cases.counts[CASE_LOWER] > cases.counts[CASE_UPPER];
    keyword_case wanted = lower ? CASE_LOWER : CASE_UPPER;
    uint32_t left = cases.total - cases.counts[wanted];
    for (uint32_t i = first_of_stages(walk); i < count && left; i++) {
        gdf_node node = gdf_document_get_instruction(walk->document, i);
        if (is_unknown(walk, node) || case_of(gdf_node_get_value(walk->document, node)) == wanted)
            continue;
        report_keyword(walk, node, lower);
        left--;
    }
}

/* ---- CHK020 InvalidDefinitionDescription ----------------------------------------------------- */

/* The last comment attached to the instruction, or 0. */
static gdf_node last_comment(const gdf__builder_walk *walk, gdf_node node)
{
    gdf_node last = 0;
    gdf_node id = gdf__document_line(walk->document, node)->comments;
    for (; id && id < node; id = gdf__document_node(walk->document, id)->next) {
        if (gdf__document_node(walk->document, id)->kind == GDF_NODE_COMMENT)
            last = id;
    }
    return last;
}

/* The builder cuts the first byte off the line, whatever it is. */
static gdf_str comment_text(const gdf__builder_walk *walk, gdf_node comment)
{
    const gdf__source *source = &walk->document->source;
    const gdf__node *row = gdf__document_node(walk->document, comment);
    uint32_t line = gdf__source_line_at(source, row->start);
    gdf_str text = gdf__source_slice(source, gdf__source_line_start(source, line), row->end);
    if (line == 1 && gdf__str_starts(text, "\xEF\xBB\xBF"))
        text = gdf__str_slice(text, strlen("\xEF\xBB\xBF"), text.len);
    return gdf__utf8_trim(gdf__str_slice(text, 1, text.len));
}

/* Names that the instruction defines. */
typedef struct names {
    gdf_str first;
    uint32_t count;
    bool has_word; /* one of them is the comment's first word */
} names;

static void add_name(names *defined, gdf_str name, gdf_str word)
{
    if (defined->count++ == 0)
        defined->first = name;
    defined->has_word = defined->has_word || gdf__str_equal(name, word);
}

static names names_of(const gdf__builder_walk *walk, gdf_node node, gdf_str word)
{
    names defined = {.first = gdf__empty};
    bool is_from = gdf_node_get_instruction(walk->document, node) == GDF_INSTRUCTION_FROM;
    gdf_part_kind wanted = is_from ? GDF_PART_STAGE_NAME : GDF_PART_KEY;
    uint32_t count = gdf_instruction_count_parts(walk->document, node);
    gdf_part first = count ? gdf_instruction_get_part(walk->document, node, 0) : 0;
    for (gdf_part part = first; part < first + count; part++) {
        gdf_str name = gdf_part_get_value(walk->document, part);
        if (gdf_part_get_kind(walk->document, part) != wanted)
            continue;
        if (is_from)
            name = gdf_stage_get_name(walk->build, gdf_build_find_stage(walk->build, node));
        add_name(&defined, name, word);
    }
    return defined;
}

/* Words that other tools look for right above an instruction. */
static bool is_for_a_tool(gdf_str text)
{
    static const char *const BEGINNINGS[] = {"check=",    "checkov:",   "godockerfile ",
                                             "hadolint ", "kics-scan ", "trivy:"};
    for (size_t i = 0; i < sizeof BEGINNINGS / sizeof *BEGINNINGS; i++) {
        if (gdf__str_starts(text, BEGINNINGS[i]))
            return true;
    }
    return false;
}

/* An empty comment right below the last one, blank lines or not. The builder takes it for empty in
 * the first column only. */
static void part_comment(gdf__builder_walk *walk, gdf_node comment, gdf_str text)
{
    const gdf__source *source = &walk->document->source;
    uint32_t start = gdf__document_node(walk->document, comment)->start;
    uint32_t below = gdf__source_line_start(source, gdf__source_line_at(source, start) + 1);
    if (is_for_a_tool(text)) {
        gdf__note(walk->check, "a tool looks for the comment right above the instruction");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SAFE,
                                   "Part the comment from the instruction by an empty one");
    gdf_str empty =
        gdf__support_text(walk->check, "#%S", gdf_document_get_line_end(walk->document));
    gdf__fix_end(walk->check, gdf__edit_list_add(&fix->edits, below, below, empty));
}

void gdf__builder_check_description(gdf__builder_walk *walk, gdf_node node)
{
    gdf_node comment = last_comment(walk, node);
    if (!comment)
        return;
    gdf_str text = comment_text(walk, comment);
    names defined = names_of(walk, node, gdf__str_slice(text, 0, gdf__str_find(text, ' ', 0)));
    if (defined.count == 0 || defined.has_word)
        return;
    bool is_from = gdf_node_get_instruction(walk->document, node) == GDF_INSTRUCTION_FROM;
    gdf__report_check(walk->check, GDF__RULE_CHK020, node, node);
    gdf__say(walk->check, "Comment for %s should follow the format: `# %S <description>`",
             is_from ? "FROM" : "ARG",
             defined.count > 1 ? GDF__LITERAL("<arg_key>") : defined.first);
    part_comment(walk, comment, text);
}
