/* CHK013: ENV and LABEL pairs without `=`. */
#include "base/slice.h"
#include "rules/builder_checks.h"

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

static bool is_legacy(const gdf_document *document, gdf_node node)
{
    gdf_node child = gdf_node_get_first_child(document, node);
    while (child && gdf_node_get_kind(document, child) != GDF_NODE_PAIR)
        child = gdf_node_get_next_sibling(document, child);
    return child && gdf_node_get_flags(document, child) & GDF_NODE_FLAG_LEGACY;
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

void gdf__builder_check_legacy_pair(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf__check *check = walk->check;
    if (!is_legacy(walk->document, command->node))
        return;
    gdf__builder_report(walk, GDF__RULE_CHK013, command);
    gdf__say(check, "\"%S key=value\" should be used instead of legacy \"%S key value\" format",
             command->keyword, command->keyword);
    gdf__builder_relate(walk, command);
    if (!command->is_trigger)
        fix_legacy_pair(check, command->node);
}
