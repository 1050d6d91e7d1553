/* CHK…: the builder's own checks, in its words. */
#include "base/slice.h"
#include "base/utf8.h"
#include "rules/exec_form.h"

/* ---- case ---------------------------------------------------------------------------------------- */

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

/* ---- CHK001 StageNameCasing ------------------------------------------------------------------------ */

/* Lower-cases what names the stage in COPY --from and RUN --mount=from=. */
static gdf_status lower_references(gdf__check *check, gdf__fix *fix, gdf_stage stage)
{
    gdf_status status = GDF_OK;
    for (uint32_t i = 0; i < check->build->edges.count && status == GDF_OK; i++) {
        const gdf__edge *edge = gdf__build_edge(check->build, i);
        if (edge->source != stage || edge->kind == GDF_EDGE_BASE || edge->is_index)
            continue;
        gdf_part image = gdf_part_find(check->document, edge->part, GDF_PART_IMAGE, 0);
        gdf_str name = gdf_part_get_value(check->document, image);
        if (image && !gdf__str_equal(name, lower(check, name)))
            status = gdf__edit_set_case(&fix->edits, check->document, image, false);
    }
    return status;
}

void gdf__check_stage_name_casing(gdf__check *check, gdf_node node)
{
    gdf_node third = argument(check, node, 2);
    gdf_str name = gdf_node_get_value(check->document, third);
    if (!third || argument(check, node, 3) || gdf__str_equal(name, lower(check, name)))
        return;
    gdf__report_node(check, GDF__RULE_CHK001, node);
    gdf__say(check, "Stage name '%S' should be lowercase", name);
    gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_STAGE_NAME, 0);
    gdf__fix *fix =
        gdf__fix_begin(check, GDF_FIX_SAFE, "Write the name and all references to it in lower case");
    gdf_status status = gdf__edit_set_case(&fix->edits, check->document, part, false);
    if (status == GDF_OK)
        status = lower_references(check, fix, gdf_build_find_stage(check->build, node));
    gdf__fix_end(check, status);
}

/* ---- CHK002 FromAsCasing --------------------------------------------------------------------------- */

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
    if (!argument(check, node, 2) || (!upper && !is_all(from, false)) || is_all(as, upper))
        return;
    gdf__report_node(check, GDF__RULE_CHK002, node);
    gdf__say(check, "'%S' and '%S' keywords' casing do not match", as, from);
    gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_AS, 0);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "Write AS in the case of FROM");
    gdf__fix_end(check, gdf__edit_set_case(&fix->edits, check->document, part, upper));
}

/* ---- CHK007 JSONArgsRecommended ---------------------------------------------------------------------- */

void gdf__check_json_recommended(gdf__check *check, gdf_node node)
{
    if (gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON ||
        gdf_node_get_parent(check->document, node) != 1 ||
        gdf__build_state_before(check->build, node)->shell)
        return;
    gdf__report_node(check, GDF__RULE_CHK007, node);
    gdf__say(check,
             "JSON arguments recommended for %S to prevent unintended behavior related to OS "
             "signals",
             gdf_node_get_value(check->document, node));
    const gdf__go_stage *stage =
        gdf__golang_stage(check->golang, gdf_build_find_stage(check->build, node));
    bool no_shell = stage && stage->facts.has_shell == GDF__FACT_NO;
    gdf__exec_form_fix(check, node, GDF_FIX_SUGGESTED, no_shell);
}

/* ---- CHK008 MaintainerDeprecated ---------------------------------------------------------------------- */

void gdf__check_maintainer(gdf__check *check, gdf_node node)
{
    gdf__report_node(check, GDF__RULE_CHK008, node);
    gdf__say(check, "Maintainer instruction is deprecated in favor of using label");
    gdf_part author = gdf_instruction_find_part(check->document, node, GDF_PART_AUTHOR, 0);
    gdf_str quoted = gdf__empty;
    if (!author ||
        !gdf__edit_quote_value(gdf__support_arena(check), check->document->escape,
                               gdf_part_get_value(check->document, author), &quoted))
        return;
    if (!gdf__str_starts(quoted, "\""))
        quoted = gdf__support_text(check, "\"%S\"", quoted);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE,
                                   "Write the label org.opencontainers.image.authors instead");
    gdf_str line = gdf__support_text(check, "%S org.opencontainers.image.authors=%S",
                                     gdf__edit_keyword(&fix->edits, check->document, "LABEL"),
                                     quoted);
    gdf__fix_end(check, gdf__edit_replace_instruction(&fix->edits, check->document, node, line));
}

/* ---- CHK013 LegacyKeyValueFormat ----------------------------------------------------------------------- */

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

/* The value as one word; the empty text when the builder would read it differently. */
static gdf_str as_one_word(gdf__check *check, gdf_str value)
{
    bool special = gdf__str_has_byte(value, '"') || gdf__str_has_byte(value, '\'') ||
                   gdf__str_has_byte(value, check->document->escape);
    bool blanks = gdf__str_has_byte(value, ' ') || gdf__str_has_byte(value, '\t');
    gdf_str word = value;
    if (special)
        word = escape_blanks(check, value);
    else if (blanks)
        word = gdf__support_text(check, "\"%S\"", value);
    gdf__word_rules rules = {.mode = GDF__WORD_SKIP_UNSET, .escape = check->document->escape};
    gdf__word_expansion before = gdf__word_expand(&rules, value, gdf__support_arena(check));
    gdf__word_expansion after = gdf__word_expand(&rules, word, gdf__support_arena(check));
    bool same = before.status == GDF__WORD_OK && after.status == GDF__WORD_OK &&
                gdf__str_equal(before.text, after.text);
    return same ? word : gdf__empty;
}

void gdf__check_legacy_pair(gdf__check *check, gdf_node node)
{
    gdf_part pair = gdf_instruction_find_part(check->document, node, GDF_PART_PAIR, 0);
    gdf_node child = gdf_node_get_first_child(check->document, node);
    while (child && gdf_node_get_kind(check->document, child) != GDF_NODE_PAIR)
        child = gdf_node_get_next_sibling(check->document, child);
    if (!child || !(gdf_node_get_flags(check->document, child) & GDF_NODE_FLAG_LEGACY) ||
        gdf_node_get_parent(check->document, node) != 1)
        return;
    gdf_str keyword = gdf_node_get_value(check->document, node);
    gdf__report_node(check, GDF__RULE_CHK013, node);
    gdf__say(check, "\"%S key=value\" should be used instead of legacy \"%S key value\" format",
             keyword, keyword);
    gdf_str key = gdf_part_get_value(check->document,
                                     gdf_part_find(check->document, pair, GDF_PART_KEY, 0));
    gdf_str value = gdf_part_get_value(check->document,
                                       gdf_part_find(check->document, pair, GDF_PART_VALUE, 0));
    gdf_str word = as_one_word(check, value);
    if (word.len == 0 || gdf__str_starts(value, "=")) {
        gdf__note(check, "the value cannot be written as one word that means the same");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "Write it as KEY=value");
    gdf__edit_range range = {gdf_node_get_start(check->document, child),
                             gdf_node_get_end(check->document, child)};
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document, range,
                                               gdf__support_text(check, "%S=%S", key, word)));
}
