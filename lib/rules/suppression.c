#include "rules/suppression.h"

#include "base/slice.h"
#include "build/build.h"

/* How far a comment reaches. */
typedef enum scope { SCOPE_FILE, SCOPE_STAGE, SCOPE_INSTRUCTION } scope;

/* Which names the list behind the prefix holds. */
typedef enum name_space { NAMES_OWN, NAMES_TOOL, NAMES_ALL } name_space;

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
    {"kics-scanignore-line", SCOPE_INSTRUCTION, NAMES_ALL, "kics"},
};

/* ---- masks ----------------------------------------------------------------------------------- */

static bool name_fits(gdf_rule rule, gdf_str name, const comment_form *form)
{
    return gdf__str_is_nocase(name, "all") || gdf__rule_has_name(rule, name, form->tool);
}

static void add_name(gdf__rule_mask *mask, gdf_str name, const comment_form *form)
{
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_ && name.len; rule++) {
        if (name_fits(rule, name, form))
            gdf__rule_mask_set(mask, rule);
    }
}

static void add_all_of_tool(gdf__rule_mask *mask, const char *tool)
{
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_; rule++) {
        if (gdf__str_contains(gdf__str(gdf_rule_get_aliases(rule)), tool))
            gdf__rule_mask_set(mask, rule);
    }
}

/* Names separated by commas, up to a reason. Our own may be written as `tool:name`. */
static void add_names(gdf__rule_mask *mask, gdf_str list, const comment_form *form)
{
    const char *stops = form->names == NAMES_OWN ? "##" : "#:";
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

static const comment_form *read_comment(gdf_str text, gdf__rule_mask *mask)
{
    for (size_t i = 0; i < sizeof FORMS / sizeof *FORMS; i++) {
        size_t prefix = match_prefix(text, FORMS[i].prefix);
        if (!prefix)
            continue;
        gdf_str rest = gdf__str_slice(text, prefix, text.len);
        if (FORMS[i].names == NAMES_ALL)
            add_all_of_tool(mask, FORMS[i].tool);
        else
            add_names(mask, rest, &FORMS[i]);
        return &FORMS[i];
    }
    return NULL;
}

static void add_row(gdf__table *table, uint32_t start, uint32_t end, const gdf__rule_mask *mask)
{
    if (gdf__rule_mask_is_empty(mask))
        return;
    gdf__suppression *row = gdf__table_add(table);
    if (row)
        *row = (gdf__suppression){start, end, *mask};
}

/* ---- all comments ---------------------------------------------------------------------------- */

/* What the comments since the last instruction or blank line ask for. */
typedef struct pending {
    gdf__rule_mask instruction;
    gdf__rule_mask stage;
    uint32_t start;
    bool asks; /* for anything */
} pending;

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
    uint32_t start = gdf__rule_mask_is_empty(&comments->instruction) ? row->start : comments->start;
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
    comments->asks = true;
    if (form->reach == SCOPE_FILE) {
        gdf__rule_mask_add(&suppressions->file, &mask);
    } else if (form->reach == SCOPE_STAGE) {
        gdf__rule_mask_add(&comments->stage, &mask);
    } else {
        if (gdf__rule_mask_is_empty(&comments->instruction))
            comments->start = node->start;
        gdf__rule_mask_add(&comments->instruction, &mask);
    }
}

bool gdf__suppressions_init(gdf__suppressions *suppressions, const gdf_document *document,
                            const gdf_build *build)
{
    *suppressions = (gdf__suppressions){.file = {{0}}};
    gdf__table_init(&suppressions->stages, &document->arena.allocator, sizeof(gdf__suppression));
    gdf__table_init(&suppressions->instructions, &document->arena.allocator,
                    sizeof(gdf__suppression));
    pending comments = {.start = 0};
    for (gdf_node id = 2; id <= document->nodes.count;
         id = gdf__document_node(document, id)->next) {
        const gdf__node *node = gdf__document_node(document, id);
        if (node->kind == GDF_NODE_COMMENT)
            take_comment(suppressions, node, &comments);
        else if (node->kind == GDF_NODE_BLANK && comments.asks)
            comments = (pending){.start = 0};
        else if (node->kind == GDF_NODE_INSTRUCTION && comments.asks)
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
    return offset >= row->start && gdf__rule_mask_has(&row->mask, rule);
}

bool gdf__suppressions_cover(const gdf__suppressions *suppressions, gdf_rule rule, uint32_t offset)
{
    return gdf__rule_mask_has(&suppressions->file, rule) ||
           covers(&suppressions->stages, rule, offset) ||
           covers(&suppressions->instructions, rule, offset);
}
