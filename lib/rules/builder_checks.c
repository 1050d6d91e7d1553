/* CHK…: the builder's own checks, in its words. */
#include "base/slice.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "rules/exec_form.h"

/* ---- case ------------------------------------------------------------------------------------ */

static gdf_str lower(gdf__check *check, gdf_str text)
{
    gdf__builder out;
    gdf__builder_init(&out, &gdf__support_arena(check)->allocator);
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        char encoded[4];
        size_t len = gdf__utf8_encode(gdf__utf8_lower(rune.value), encoded);
        gdf__builder_add(&out, (gdf_str){encoded, len});
        at += rune.len;
    }
    return gdf__builder_to_arena(&out, gdf__support_arena(check));
}

/* The `index`th ARGUMENT node of an instruction, or 0. */
static gdf_node argument(const gdf__check *check, gdf_node node, uint32_t index)
{
    for (gdf_node child = gdf_node_get_first_child(check->document, node); child;
         child = gdf_node_get_next_sibling(check->document, child)) {
        if (gdf_node_get_kind(check->document, child) == GDF_NODE_ARGUMENT && index-- == 0)
            return child;
    }
    return 0;
}

/* ---- CHK001 StageNameCasing ------------------------------------------------------------------ */

/* Places that name a stage by capital letters, in the order of the stages. */
typedef struct reference {
    gdf_stage stage;
    gdf_part image;
} reference;

static int compare_references(const void *left, const void *right)
{
    const reference *a = left;
    const reference *b = right;
    if (a->stage != b->stage)
        return a->stage < b->stage ? -1 : 1;
    return a->image < b->image ? -1 : a->image > b->image;
}

/* COPY --from and RUN --mount=from=; FROM finds no name that has capitals. */
static void read_references(gdf__check *check, gdf__table *references)
{
    for (uint32_t i = 0; i < check->build->edges.count; i++) {
        const gdf__edge *edge = gdf__build_edge(check->build, i);
        if (!edge->source || edge->kind == GDF_EDGE_BASE || edge->is_index)
            continue;
        gdf_part image = gdf_part_find(check->document, edge->part, GDF_PART_IMAGE, 0);
        gdf_str name = gdf_part_get_value(check->document, image);
        bool exact = gdf_part_get_flags(check->document, image) & GDF_PART_FLAG_EXACT;
        if (!image || !exact || gdf__str_equal(name, lower(check, name)))
            continue;
        reference *row = gdf__table_add(references);
        if (row)
            *row = (reference){edge->source, image};
    }
    gdf__table_sort(references, compare_references);
}

static gdf_status lower_references(gdf__check *check, gdf__fix *fix, gdf_stage stage,
                                   const gdf__table *references)
{
    uint32_t low = 0;
    uint32_t high = references->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (GDF__AT(*references, reference, middle)->stage < stage)
            low = middle + 1;
        else
            high = middle;
    }
    gdf_status status = GDF_OK;
    for (; low < references->count && status == GDF_OK; low++) {
        const reference *row = GDF__AT(*references, reference, low);
        if (row->stage != stage)
            break;
        status = gdf__edit_set_case(&fix->edits, check->document, row->image, false);
    }
    return status;
}

static void check_stage_name(gdf__check *check, gdf_node node, const gdf__table *references)
{
    gdf_node third = argument(check, node, 2);
    gdf_str name = gdf_node_get_value(check->document, third);
    if (!third || argument(check, node, 3) || gdf__str_equal(name, lower(check, name)))
        return;
    gdf__report_node(check, GDF__RULE_CHK001, node);
    gdf__say(check, "Stage name '%S' should be lowercase", name);
    gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_STAGE_NAME, 0);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE,
                                   "Write the name and all references to it in lower case");
    gdf_status status = gdf__edit_set_case(&fix->edits, check->document, part, false);
    if (status == GDF_OK)
        status = lower_references(check, fix, gdf_build_find_stage(check->build, node), references);
    gdf__fix_end(check, status);
}

void gdf__check_stage_name_casing(gdf__check *check)
{
    gdf__table references;
    gdf__table_init(&references, &check->document->arena.allocator, sizeof(reference));
    read_references(check, &references);
    uint32_t count = gdf_document_count_instructions(check->document);
    for (uint32_t i = 0; i < count; i++) {
        gdf_node node = gdf_document_get_instruction(check->document, i);
        if (gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_FROM)
            check_stage_name(check, node, &references);
    }
    gdf__support_arena(check)->failed |= references.failed;
    gdf__table_free(&references);
}

/* ---- CHK002 FromAsCasing --------------------------------------------------------------------- */

static bool is_all(gdf_str word, bool upper)
{
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z')
            return false;
    }
    return true;
}

void gdf__check_from_as_casing(gdf__check *check, gdf_node node)
{
    gdf_str from = gdf_node_get_value(check->document, node);
    gdf_str as = gdf_node_get_value(check->document, argument(check, node, 1));
    bool upper = is_all(from, true);
    if (gdf__support_is_nested(check, node) || !argument(check, node, 2) ||
        (!upper && !is_all(from, false)) || is_all(as, upper))
        return;
    gdf__report_node(check, GDF__RULE_CHK002, node);
    gdf__say(check, "'%S' and '%S' keywords' casing do not match", as, from);
    gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_AS, 0);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "Write AS in the case of FROM");
    gdf__fix_end(check, gdf__edit_set_case(&fix->edits, check->document, part, upper));
}

/* With a target the builder looks only at what that is made of. */
static bool is_built(const gdf__check *check, gdf_node node)
{
    return gdf_options_count_texts(check->options, GDF_OPTION_TARGET) == 0 ||
           gdf_stage_is_reachable(check->build, gdf_build_find_stage(check->build, node));
}

/* ---- triggers -------------------------------------------------------------------------------- */

/* The instructions that ONBUILD of a stage leaves to the stages built directly on it. The builder
 * runs them, and shows what it finds, at their FROM. */
typedef struct trigger {
    gdf_stage stage; /* that the ONBUILD stands in */
    gdf_node node;
} trigger;

/* Triggers that are looked at, counted once for every stage that runs them; files have a handful.
 */
enum { MAX_TRIGGERED = 100000 };

static gdf_node inner_instruction(const gdf__check *check, gdf_node onbuild)
{
    gdf_node inner = gdf_node_get_first_child(check->document, onbuild);
    while (inner && gdf_node_get_kind(check->document, inner) != GDF_NODE_INSTRUCTION)
        inner = gdf_node_get_next_sibling(check->document, inner);
    return inner;
}

static void read_triggers(const gdf__check *check, gdf__table *triggers)
{
    uint32_t count = gdf_document_count_instructions(check->document);
    for (uint32_t i = 0; i < count; i++) {
        gdf_node node = gdf_document_get_instruction(check->document, i);
        if (gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_ONBUILD)
            continue;
        gdf_node inner = inner_instruction(check, node);
        trigger *row = inner ? gdf__table_add(triggers) : NULL;
        if (row)
            *row = (trigger){gdf_build_find_stage(check->build, node), inner};
    }
}

/* Index of the first trigger of the stage, or of what follows it. */
static uint32_t first_trigger(const gdf__table *triggers, gdf_stage stage)
{
    uint32_t low = 0;
    uint32_t high = triggers->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (GDF__AT(*triggers, trigger, middle)->stage < stage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Calls `look` for every trigger of every stage, with the FROM that runs it. */
static void for_triggers(gdf__check *check,
                         void (*look)(gdf__check *check, gdf_node from, gdf_node trigger_node))
{
    gdf__table triggers;
    uint32_t looked = 0;
    gdf__table_init(&triggers, &check->document->arena.allocator, sizeof(trigger));
    read_triggers(check, &triggers);
    uint32_t count = triggers.count ? gdf_build_count_stages(check->build) : 0;
    for (gdf_stage stage = 1; stage <= count; stage++) {
        gdf_stage base = gdf_stage_get_base_stage(check->build, stage);
        gdf_node from = gdf_stage_get_instruction(check->build, stage);
        uint32_t at =
            base && is_built(check, from) ? first_trigger(&triggers, base) : triggers.count;
        for (; at < triggers.count && looked < MAX_TRIGGERED; at++, looked++) {
            const trigger *row = GDF__AT(triggers, trigger, at);
            if (row->stage != base)
                break;
            look(check, from, row->node);
        }
    }
    gdf__support_arena(check)->failed |= triggers.failed;
    gdf__table_free(&triggers);
}

static void relate_trigger(gdf__check *check, gdf_node node)
{
    gdf__relate(check, gdf_node_get_start(check->document, node),
                gdf_node_get_end(check->document, node), "the instruction that ONBUILD leaves");
}

/* ---- CHK007 JSONArgsRecommended -------------------------------------------------------------- */

static void report_json_recommended(gdf__check *check, gdf_node place, gdf_node node)
{
    gdf__report_node(check, GDF__RULE_CHK007, place);
    gdf__say(check,
             "JSON arguments recommended for %S to prevent unintended behavior related to OS "
             "signals",
             gdf_node_get_value(check->document, node));
}

static void look_for_shell_form(gdf__check *check, gdf_node from, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
    if ((kind != GDF_INSTRUCTION_CMD && kind != GDF_INSTRUCTION_ENTRYPOINT) ||
        gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON ||
        gdf__build_state_before(check->build, node)->shell)
        return;
    report_json_recommended(check, from, node);
    relate_trigger(check, node);
}

void gdf__check_json_recommended_triggers(gdf__check *check)
{
    for_triggers(check, look_for_shell_form);
}

void gdf__check_json_recommended(gdf__check *check, gdf_node node)
{
    if (gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON ||
        gdf__support_is_nested(check, node) || !is_built(check, node) ||
        gdf__build_state_before(check->build, node)->shell)
        return;
    report_json_recommended(check, node, node);
    gdf_stage stage = gdf_build_find_stage(check->build, node);
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    bool no_shell =
        gdf__build_is_scratch(check->build, stage) || (row && row->facts.has_shell == GDF__FACT_NO);
    gdf__exec_form_fix(check, node, GDF_FIX_SUGGESTED, no_shell);
}

/* ---- CHK008 MaintainerDeprecated ------------------------------------------------------------- */

void gdf__check_maintainer(gdf__check *check, gdf_node node)
{
    if (gdf__support_is_nested(check, node))
        return;
    gdf__report_node(check, GDF__RULE_CHK008, node);
    gdf__say(check, "Maintainer instruction is deprecated in favor of using label");
    gdf_part author = gdf_instruction_find_part(check->document, node, GDF_PART_AUTHOR, 0);
    gdf_str quoted = gdf__empty;
    if (!author ||
        !gdf__edit_quote_value(gdf__support_arena(check), check->document->escape,
                               gdf_part_get_value(check->document, author), &quoted) ||
        gdf__support_has_inner_comments(check, node)) {
        gdf__note(check, "the text cannot be moved as it stands: write the label by hand");
        return;
    }
    if (!gdf__str_starts(quoted, "\""))
        quoted = gdf__support_text(check, "\"%S\"", quoted);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE,
                                   "Write the label org.opencontainers.image.authors instead");
    gdf_str line =
        gdf__support_text(check, "%S org.opencontainers.image.authors=%S",
                          gdf__edit_keyword(&fix->edits, check->document, "LABEL"), quoted);
    gdf__fix_end(check, gdf__edit_replace_instruction(&fix->edits, check->document, node, line));
}

/* ---- CHK013 LegacyKeyValueFormat ------------------------------------------------------------- */

/* The legacy value with an escape character before every blank that is not quoted. */
static gdf_str escape_blanks(gdf__check *check, gdf_str value)
{
    char escape = check->document->escape;
    gdf__builder out;
    gdf__builder_init(&out, &gdf__support_arena(check)->allocator);
    char quote = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c == escape && quote != '\'' && i + 1 < value.len) {
            gdf__builder_add_byte(&out, c);
            gdf__builder_add_byte(&out, value.ptr[++i]);
            continue;
        }
        if (quote ? c == quote : c == '\'' || c == '"')
            quote = quote ? 0 : c;
        else if (!quote && (c == ' ' || c == '\t'))
            gdf__builder_add_byte(&out, escape);
        gdf__builder_add_byte(&out, c);
    }
    return gdf__builder_to_arena(&out, gdf__support_arena(check));
}

/* How a legacy value is written behind `=`. */
typedef struct pair_form {
    gdf_str word;   /* empty: not with the same meaning */
    bool is_quoted; /* only put in double quotes, the text itself stays */
    bool is_same;   /* not even that */
} pair_form;

static pair_form form_of_value(gdf__check *check, gdf_str value)
{
    bool special = gdf__str_has_byte(value, '"') || gdf__str_has_byte(value, '\'') ||
                   gdf__str_has_byte(value, check->document->escape);
    bool blanks = gdf__str_has_byte(value, ' ') || gdf__str_has_byte(value, '\t');
    pair_form form = {value, blanks && !special, !blanks && !special};
    if (special)
        form.word = escape_blanks(check, value);
    else if (blanks)
        form.word = gdf__support_text(check, "\"%S\"", value);
    gdf__word_rules rules = {.mode = GDF__WORD_SKIP_UNSET, .escape = check->document->escape};
    gdf__word_expansion before = gdf__word_expand(&rules, value, gdf__support_arena(check));
    gdf__word_expansion after = gdf__word_expand(&rules, form.word, gdf__support_arena(check));
    if (before.status != GDF__WORD_OK || after.status != GDF__WORD_OK ||
        !gdf__str_equal(before.text, after.text))
        form.word = gdf__empty;
    return form;
}

static bool is_plain_key(const gdf__check *check, gdf_str key)
{
    return !gdf__str_has_byte(key, '"') && !gdf__str_has_byte(key, '\'') &&
           !gdf__str_has_byte(key, check->document->escape);
}

/* True when key and value stand on one line of the file, with nothing but blanks between them. */
static bool share_line(const gdf__check *check, gdf__edit_range gap)
{
    gdf_str text = gdf__source_slice(&check->document->source, gap.start, gap.end);
    return !gdf__str_has_byte(text, '\n');
}

static gdf_status insert_text(const gdf__check *check, gdf__fix *fix, uint32_t at, gdf_str text)
{
    return gdf__edit_replace_text(&fix->edits, check->document, (gdf__edit_range){at, at}, text);
}

/* `=` and the quotes around the value, so that the lines of a continued value stay; a key on a line
 * of its own goes to the value. */
static gdf_status join_pair(gdf__check *check, gdf__fix *fix, gdf_part key, gdf_part value,
                            const pair_form *form)
{
    const gdf_document *document = check->document;
    gdf__edit_range name = {gdf_part_get_start(document, key), gdf_part_get_end(document, key)};
    gdf__edit_range text = {gdf_part_get_start(document, value), gdf_part_get_end(document, value)};
    gdf__edit_range gap = {name.end, text.start};
    gdf_str sign = form->is_quoted ? GDF__LITERAL("=\"") : GDF__LITERAL("=");
    gdf_status status = GDF_OK;
    if (share_line(check, gap)) {
        status = gdf__edit_replace_text(&fix->edits, document, gap, sign);
    } else {
        status = gdf__edit_remove_words(&fix->edits, document, name);
        sign = gdf__support_text(check, "%S%S", gdf_part_get_value(document, key), sign);
        if (status == GDF_OK)
            status = insert_text(check, fix, text.start, sign);
    }
    if (status == GDF_OK && form->is_quoted)
        status = insert_text(check, fix, text.end, GDF__LITERAL("\""));
    return status;
}

static gdf_status write_pair(gdf__check *check, gdf__fix *fix, gdf_part pair, const pair_form *form)
{
    const gdf_document *document = check->document;
    gdf_part key = gdf_part_find(document, pair, GDF_PART_KEY, 0);
    gdf_part value = gdf_part_find(document, pair, GDF_PART_VALUE, 0);
    if (form->is_quoted || form->is_same)
        return join_pair(check, fix, key, value, form);
    gdf_str text = gdf__support_text(check, "%S=%S", gdf_part_get_value(document, key), form->word);
    gdf__edit_range range = {gdf_part_get_start(document, key), gdf_part_get_end(document, value)};
    return gdf__edit_replace_text(&fix->edits, document, range, text);
}

static bool is_legacy(const gdf__check *check, gdf_node node)
{
    gdf_node child = gdf_node_get_first_child(check->document, node);
    while (child && gdf_node_get_kind(check->document, child) != GDF_NODE_PAIR)
        child = gdf_node_get_next_sibling(check->document, child);
    return child && gdf_node_get_flags(check->document, child) & GDF_NODE_FLAG_LEGACY;
}

static void fix_legacy_pair(gdf__check *check, gdf_node node)
{
    gdf_part pair = gdf_instruction_find_part(check->document, node, GDF_PART_PAIR, 0);
    gdf_str key =
        gdf_part_get_value(check->document, gdf_part_find(check->document, pair, GDF_PART_KEY, 0));
    gdf_str value = gdf_part_get_value(check->document,
                                       gdf_part_find(check->document, pair, GDF_PART_VALUE, 0));
    pair_form form = form_of_value(check, value);
    if (gdf__str_starts(value, "=")) {
        gdf__note(check, "the blank in front of `=` is the defect: remove it");
        return;
    }
    if (form.word.len == 0 || !is_plain_key(check, key)) {
        gdf__note(check, "the value cannot be written as one word that means the same");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "Write it as KEY=value");
    gdf__fix_end(check, write_pair(check, fix, pair, &form));
}

static void report_legacy_pair(gdf__check *check, gdf_node place, gdf_node node)
{
    gdf_str keyword = gdf_node_get_value(check->document, node);
    gdf__report_node(check, GDF__RULE_CHK013, place);
    gdf__say(check, "\"%S key=value\" should be used instead of legacy \"%S key value\" format",
             keyword, keyword);
}

static void look_for_legacy_pair(gdf__check *check, gdf_node from, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
    if ((kind != GDF_INSTRUCTION_ENV && kind != GDF_INSTRUCTION_LABEL) || !is_legacy(check, node))
        return;
    report_legacy_pair(check, from, node);
    relate_trigger(check, node);
}

void gdf__check_legacy_pair_triggers(gdf__check *check)
{
    for_triggers(check, look_for_legacy_pair);
}

void gdf__check_legacy_pair(gdf__check *check, gdf_node node)
{
    if (!is_legacy(check, node) || gdf__support_is_nested(check, node) || !is_built(check, node))
        return;
    report_legacy_pair(check, node, node);
    fix_legacy_pair(check, node);
}
