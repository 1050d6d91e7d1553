/* GEN008: blanks around the `=` of ENV, LABEL and ARG. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/repairs.h"
#include "rules/support.h"

static gdf_str source_of(const gdf__check *check, uint32_t start, uint32_t end)
{
    return gdf__source_slice(&check->document->source, start, end);
}

static gdf_node next_argument(const gdf__check *check, gdf_node node)
{
    gdf_node next = gdf_node_get_next_sibling(check->document, node);
    gdf_node_kind kind = gdf_node_get_kind(check->document, next);
    return kind == GDF_NODE_ARGUMENT || kind == GDF_NODE_PAIR ? next : 0;
}

/* The argument in front of `node`, or 0. Linear in what stands between: the children of a pair. */
static gdf_node previous_argument(const gdf__check *check, gdf_node node)
{
    gdf_node parent = gdf_node_get_parent(check->document, node);
    gdf_node before = node - 1;
    while (before > parent && gdf_node_get_parent(check->document, before) != parent)
        before--;
    gdf_node_kind kind = gdf_node_get_kind(check->document, before);
    bool is_argument = kind == GDF_NODE_ARGUMENT || kind == GDF_NODE_PAIR;
    return before > parent && is_argument ? before : 0;
}

/* ---- words ----------------------------------------------------------------------------------- */

/* True for one word as the builder splits them, with all its quotes closed. */
static bool is_one_word(gdf_str text, char escape)
{
    char quote = 0;
    for (size_t at = 0; at < text.len; at++) {
        char c = text.ptr[at];
        if (c == escape && quote != '\'')
            at++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        else if (!quote && gdf__ascii_is_space(c))
            return false;
    }
    return !quote;
}

/* True for what may be the name of a variable. */
static bool is_name(gdf_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!gdf__ascii_is_word(word.ptr[i]))
            return false;
    }
    return word.len && !gdf__ascii_is_digit(word.ptr[0]);
}

/* An argument without `=`. */
static bool is_bare(const gdf__check *check, gdf_node node)
{
    return node && !gdf__str_has_byte(gdf_node_get_value(check->document, node), '=') &&
           gdf_node_get_kind(check->document, node) == GDF_NODE_ARGUMENT;
}

static gdf_str written(const gdf__check *check, gdf_node node)
{
    return source_of(check, gdf_node_get_start(check->document, node),
                     gdf_node_get_end(check->document, node));
}

/* `NAME=` with nothing behind it. */
static bool lacks_value(const gdf__check *check, gdf_node node)
{
    gdf_str word = written(check, node);
    return word.len > 1 && gdf__str_find(word, '=', 0) == word.len - 1;
}

/* True when `node` is the last argument that may belong to the value in front of it. */
static bool is_whole_value(const gdf__check *check, gdf_node node)
{
    return is_one_word(written(check, node), check->document->escape) &&
           !is_bare(check, next_argument(check, node));
}

/* ---- fixes ----------------------------------------------------------------------------------- */

/* Writes `=` for [start, end): an equals sign and blanks. */
static void join(gdf__check *check, uint32_t start, uint32_t end)
{
    if (gdf__str_has_byte(source_of(check, start, end), '\n')) {
        gdf__note(check, "name and value stand on different lines: join them by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_BUGFIX, "Remove the blanks around `=`");
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document,
                                               (gdf__edit_range){start, end}, GDF__LITERAL("=")));
}

/* `A= 1`: the value is the next word. */
static void join_behind(gdf__check *check, gdf_node pair, gdf_node value)
{
    join(check, gdf_node_get_end(check->document, pair) - 1,
         gdf_node_get_start(check->document, value));
}

/* ---- ENV and LABEL --------------------------------------------------------------------------- */

static gdf_node legacy_pair(const gdf_document *document, gdf_node node)
{
    gdf_node child = gdf_node_get_first_child(document, node);
    while (child && gdf_node_get_kind(document, child) != GDF_NODE_PAIR)
        child = gdf_node_get_next_sibling(document, child);
    return gdf_node_get_flags(document, child) & GDF_NODE_FLAG_LEGACY ? child : 0;
}

/* `KEY =value`: the old form, whose value begins with the `=`. */
void gdf__check_blank_before_equals(gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    gdf_node pair = legacy_pair(document, node);
    gdf_node name = gdf_node_get_first_child(document, pair);
    gdf_node value = gdf_node_get_next_sibling(document, name);
    gdf_str text = gdf_node_get_value(document, value);
    if (!pair || !gdf__str_starts(text, "="))
        return;
    const gdf__fragment *fragment = &gdf__document_line(document, node)->fragment;
    uint32_t sign_end = gdf_node_get_start(document, value) + 1;
    gdf_str behind = gdf__str_trim(gdf__str_slice(text, 1, text.len));
    gdf__report(check, GDF__RULE_GEN008, gdf_node_get_start(document, name), sign_end);
    gdf__say(check, "the blank in front of `=` makes `=` a part of the value: %S gets `%S`",
             gdf_node_get_value(document, name), text);
    if (!is_one_word(behind, document->escape)) {
        gdf__note(check, "one value to be quoted, or several pairs: more than one word follows");
        return;
    }
    if (behind.len)
        sign_end = gdf__fragment_start(fragment, (size_t)(behind.ptr - fragment->text.ptr));
    join(check, gdf_node_get_end(document, name), sign_end);
}

/* ---- ARG ------------------------------------------------------------------------------------- */

/* `ARG A= 1`: A gets nothing, and an argument of the name 1 is declared. */
void gdf__check_argument_without_value(gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    for (gdf_node word = gdf_node_get_first_child(document, node); word;
         word = gdf_node_get_next_sibling(document, word)) {
        gdf_node value = next_argument(check, word);
        if (!is_bare(check, value) || !lacks_value(check, word) ||
            is_name(gdf_node_get_value(document, value)))
            continue;
        gdf_str text = written(check, word);
        gdf__report(check, GDF__RULE_GEN008, gdf_node_get_start(document, word),
                    gdf_node_get_end(document, value));
        gdf__say(check,
                 "the blank behind `=` leaves %S empty and declares another argument, of the name "
                 "`%S`",
                 gdf__str_slice(text, 0, text.len - 1), gdf_node_get_value(document, value));
        if (is_whole_value(check, value))
            join_behind(check, word, value);
    }
}

/* ---- what the builder refuses ---------------------------------------------------------------- */

/* `B = 2` and `B =2`: `equals` is the argument that begins with the sign. */
static void join_in_front(gdf__check *check, gdf_node name, gdf_node equals)
{
    const gdf_document *document = check->document;
    uint32_t start = gdf_node_get_end(document, name);
    gdf_str text = written(check, equals);
    gdf_node value = next_argument(check, equals);
    if (text.len > 1 && is_whole_value(check, equals))
        join(check, start, gdf_node_get_start(document, equals) + 1);
    else if (text.len == 1 && is_bare(check, value) && is_whole_value(check, value))
        join(check, start, gdf_node_get_start(document, value));
}

static bool begins_with_equals(const gdf__check *check, gdf_node node)
{
    return node && gdf__str_starts(written(check, node), "=");
}

void gdf__repair_equals(gdf__check *check, gdf_node word)
{
    gdf_node before = previous_argument(check, word);
    gdf_node after = next_argument(check, word);
    if (begins_with_equals(check, word) && is_bare(check, before))
        join_in_front(check, before, word);
    else if (begins_with_equals(check, after) && is_bare(check, word))
        join_in_front(check, word, after);
    else if (is_bare(check, word) && before && lacks_value(check, before) &&
             is_whole_value(check, word))
        join_behind(check, before, word);
}
