#include "rules/suppression.h"

#include "base/slice.h"
#include "build/build.h"
#include "syntax/directives.h"

/* How far a comment reaches. */
typedef enum scope { SCOPE_FILE, SCOPE_STAGE, SCOPE_INSTRUCTION } scope;

/* Which names the list behind the prefix holds. */
typedef enum name_space { NAMES_OWN, NAMES_TOOL, NAMES_BUILDER, NAMES_ALL } name_space;

typedef struct comment_form {
    const char *prefix; /* of the comment's text, blanks squeezed out */
    scope reach;
    name_space names;
    const char *tool;
} comment_form;

static const comment_form FORMS[] = {
    {"godockerfileignore=", SCOPE_INSTRUCTION, NAMES_OWN, NULL},
    {"godockerfilestage-ignore=", SCOPE_STAGE, NAMES_OWN, NULL},
    {"godockerfilefile-ignore=", SCOPE_FILE, NAMES_OWN, NULL},
    {"hadolintignore=", SCOPE_INSTRUCTION, NAMES_TOOL, "hadolint"},
    {"hadolintstageignore=", SCOPE_STAGE, NAMES_TOOL, "hadolint"},
    {"hadolintglobalignore=", SCOPE_FILE, NAMES_TOOL, "hadolint"},
    {"checkov:skip=", SCOPE_FILE, NAMES_TOOL, "checkov"},
    {"trivy:ignore:", SCOPE_INSTRUCTION, NAMES_TOOL, "trivy"},
    {"check=", SCOPE_INSTRUCTION, NAMES_BUILDER, NULL},
    {"kics-scanignore-line", SCOPE_INSTRUCTION, NAMES_ALL, "kics"},
};

static const char BUILDER_SKIP[] = "skip=";

/* ---- masks ----------------------------------------------------------------------------------- */

static void set_bit(gdf__rule_mask *mask, gdf_rule rule)
{
    mask->words[rule / 64] |= (uint64_t)1 << (rule % 64);
}

static bool has_bit(const gdf__rule_mask *mask, gdf_rule rule)
{
    return mask->words[rule / 64] >> (rule % 64) & 1;
}

static void add_mask(gdf__rule_mask *to, const gdf__rule_mask *from)
{
    for (size_t i = 0; i < sizeof to->words / sizeof *to->words; i++)
        to->words[i] |= from->words[i];
}

static bool is_empty(const gdf__rule_mask *mask)
{
    static const gdf__rule_mask NONE;
    return memcmp(mask, &NONE, sizeof NONE) == 0;
}

static bool name_fits(gdf_rule rule, gdf_str name, const comment_form *form)
{
    if (gdf__str_is_nocase(name, "all"))
        return form->names != NAMES_BUILDER || gdf__rule_is_builder_check(rule);
    if (form->names == NAMES_BUILDER)
        return gdf__rule_is_builder_check(rule) && gdf__str_is(name, gdf_rule_get_name(rule));
    return gdf__rule_has_name(rule, name, form->tool);
}

static void add_name(gdf__rule_mask *mask, gdf_str name, const comment_form *form)
{
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_ && name.len; rule++) {
        if (name_fits(rule, name, form))
            set_bit(mask, rule);
    }
}

static void add_all_of_tool(gdf__rule_mask *mask, const char *tool)
{
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_; rule++) {
        if (gdf__str_contains(gdf__str(gdf_rule_get_aliases(rule)), tool))
            set_bit(mask, rule);
    }
}

/* Names separated by commas, up to a reason. */
static void add_names(gdf__rule_mask *mask, gdf_str list, const comment_form *form)
{
    const char *stops = form->names == NAMES_BUILDER ? " ;" : "#:";
    for (size_t at = 0; at < list.len;) {
        size_t end = at;
        while (end < list.len && list.ptr[end] != ',' && list.ptr[end] != stops[0] &&
               list.ptr[end] != stops[1])
            end++;
        gdf_str name = gdf__str_trim(gdf__str_slice(list, at, end));
        size_t blank = gdf__str_find(name, ' ', 0);
        add_name(mask, gdf__str_slice(name, 0, blank), form);
        if (end < list.len && list.ptr[end] != ',')
            return;
        if (blank < name.len)
            return; /* a reason follows */
        at = end + 1;
    }
}

/* ---- comments -------------------------------------------------------------------------------- */

/* Length of the part of `text` that spells `prefix` when blanks are left out; 0 when it does not.
 */
static size_t match_prefix(gdf_str text, const char *prefix)
{
    size_t at = 0;
    for (; *prefix; prefix++) {
        while (at < text.len && text.ptr[at] == ' ')
            at++;
        if (at == text.len || text.ptr[at] != *prefix)
            return 0;
        at++;
    }
    return at;
}

static void read_builder_options(gdf__rule_mask *mask, gdf_str options, const comment_form *form)
{
    options = gdf__str_slice(options, 0, gdf__str_find(options, ' ', 0));
    for (size_t at = 0; at < options.len;) {
        size_t end = gdf__str_find(options, ';', at);
        gdf_str option = gdf__str_slice(options, at, end);
        if (gdf__str_starts(option, BUILDER_SKIP))
            add_names(mask, gdf__str_slice(option, sizeof BUILDER_SKIP - 1, option.len), form);
        at = end + 1;
    }
}

static const comment_form *read_comment(gdf_str text, gdf__rule_mask *mask)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        size_t prefix = match_prefix(text, FORMS[i].prefix);
        if (!prefix)
            continue;
        gdf_str rest = gdf__str_slice(text, prefix, text.len);
        if (FORMS[i].names == NAMES_ALL)
            add_all_of_tool(mask, FORMS[i].tool);
        else if (FORMS[i].names == NAMES_BUILDER)
            read_builder_options(mask, rest, &FORMS[i]);
        else
            add_names(mask, rest, &FORMS[i]);
        return &FORMS[i];
    }
    return NULL;
}

/* What the comments since the last instruction or blank line ask for. */
typedef struct pending {
    gdf__rule_mask instruction;
    gdf__rule_mask stage;
    uint32_t start;
} pending;

static void add_row(gdf__table *table, uint32_t start, uint32_t end, const gdf__rule_mask *mask)
{
    if (is_empty(mask))
        return;
    gdf__suppression *row = gdf__table_add(table);
    if (row)
        *row = (gdf__suppression){start, end, *mask};
}

static uint32_t end_of_stage(const gdf_build *build, gdf_stage stage)
{
    uint32_t count = gdf_stage_count_instructions(build, stage);
    gdf_node last = gdf_stage_get_instruction_at(build, stage, count - 1);
    return count ? gdf_node_get_end(build->document, last) : 0;
}

static void close_instruction(gdf__suppressions *suppressions, const gdf_build *build,
                              gdf_node node, pending *comments)
{
    const gdf__node *row = gdf__document_node(build->document, node);
    uint32_t start = is_empty(&comments->instruction) ? row->start : comments->start;
    add_row(&suppressions->instructions, start, row->end, &comments->instruction);
    if (row->instruction == GDF_INSTRUCTION_FROM)
        add_row(&suppressions->stages, row->start,
                end_of_stage(build, gdf_build_find_stage(build, node)), &comments->stage);
    *comments = (pending){.start = 0};
}

static void take_comment(gdf__suppressions *suppressions, const gdf__node *node, pending *comments)
{
    gdf__rule_mask mask = {{0}};
    const comment_form *form = read_comment(gdf__node_value(node), &mask);
    if (!form)
        return;
    if (form->reach == SCOPE_FILE) {
        add_mask(&suppressions->file, &mask);
    } else if (form->reach == SCOPE_STAGE) {
        add_mask(&comments->stage, &mask);
    } else {
        if (is_empty(&comments->instruction))
            comments->start = node->start;
        add_mask(&comments->instruction, &mask);
    }
}

static void read_file_directive(gdf__suppressions *suppressions, const gdf_document *document)
{
    static const comment_form BUILDER = {"check=", SCOPE_FILE, NAMES_BUILDER, NULL};
    gdf__directive check = gdf__directive_find(document, "check");
    if (check.found)
        read_builder_options(&suppressions->file, check.command, &BUILDER);
}

bool gdf__suppressions_init(gdf__suppressions *suppressions, const gdf_document *document,
                            const gdf_build *build)
{
    *suppressions = (gdf__suppressions){.file = {{0}}};
    gdf__table_init(&suppressions->stages, &document->arena.allocator, sizeof(gdf__suppression));
    gdf__table_init(&suppressions->instructions, &document->arena.allocator,
                    sizeof(gdf__suppression));
    read_file_directive(suppressions, document);
    pending comments = {.start = 0};
    for (gdf_node id = 2; id <= document->nodes.count;
         id = gdf__document_node(document, id)->next) {
        const gdf__node *node = gdf__document_node(document, id);
        if (node->kind == GDF_NODE_COMMENT)
            take_comment(suppressions, node, &comments);
        else if (node->kind == GDF_NODE_BLANK)
            comments = (pending){.start = 0};
        else if (node->kind == GDF_NODE_INSTRUCTION)
            close_instruction(suppressions, build, id, &comments);
    }
    return !suppressions->stages.failed && !suppressions->instructions.failed;
}

void gdf__suppressions_free(gdf__suppressions *suppressions)
{
    gdf__table_free(&suppressions->stages);
    gdf__table_free(&suppressions->instructions);
}

/* ---- look-up --------------------------------------------------------------------------------- */

static bool covers(const gdf__table *table, gdf_rule rule, uint32_t offset)
{
    uint32_t low = 0;
    uint32_t high = table->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (GDF__AT(*table, gdf__suppression, middle)->end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == table->count)
        return false;
    const gdf__suppression *row = GDF__AT(*table, gdf__suppression, low);
    return offset >= row->start && has_bit(&row->mask, rule);
}

bool gdf__suppressions_cover(const gdf__suppressions *suppressions, gdf_rule rule, uint32_t offset)
{
    return has_bit(&suppressions->file, rule) || covers(&suppressions->stages, rule, offset) ||
           covers(&suppressions->instructions, rule, offset);
}
