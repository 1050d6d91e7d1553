/* SYN001, PRC005: text that looks like something else than the builder takes it for. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/argument_text.h"
#include "rules/support.h"

/* Moves the text from `at` to the end of its line to a comment above; only when nothing of the
 * instruction follows on further lines. */
static void fix_comment(gdf__check *check, gdf_node node, const gdf__argument_text *line, size_t at)
{
    if (!gdf__fragment_is_contiguous(line->fragment, at, line->text.len)) {
        gdf__note(check, "the instruction goes on behind it: move the comment by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_BUGFIX, "Move the comment to a line of its own");
    gdf__fix_end(check, gdf__edit_move_to_comment(&fix->edits, check->document, node,
                                                  gdf__fragment_start(line->fragment, at)));
}

/* ---- SYN001 ---------------------------------------------------------------------------------- */

/* Offset of a `#` that begins an argument behind the first `skip` ones, or the text's length. */
static size_t find_comment(const gdf__argument_text *line, char escape, uint32_t skip)
{
    gdf_str text = line->text;
    char quote = 0;
    uint32_t words = 0;
    bool blank_before = true;
    for (size_t at = line->start; at < text.len; at++) {
        char c = text.ptr[at];
        if (blank_before && !quote && !gdf__ascii_is_space(c)) {
            if (c == '#' && words >= skip)
                return at;
            words++;
        }
        if (c == escape && quote != '\'')
            at++;
        else if (quote ? c == quote : c == '"' || c == '\'')
            quote = quote ? 0 : c;
        blank_before = !quote && gdf__ascii_is_space(c);
    }
    return text.len;
}

/* `ENV COLOR #fff`: the value itself, not a comment. */
static bool is_legacy_pair(const gdf__check *check, gdf_node node)
{
    for (gdf_node child = gdf_node_get_first_child(check->document, node); child;
         child = gdf_node_get_next_sibling(check->document, child)) {
        if (gdf_node_get_kind(check->document, child) == GDF_NODE_PAIR)
            return gdf_node_get_flags(check->document, child) & GDF_NODE_FLAG_LEGACY;
    }
    return false;
}

void gdf__check_inline_comment(gdf__check *check, gdf_node node)
{
    uint32_t flags = gdf_node_get_flags(check->document, node);
    if (flags & (GDF_NODE_FLAG_JSON | GDF_NODE_FLAG_JSON_FAILED))
        return;
    gdf__argument_text line = gdf__argument_text_of(check, node);
    if (!gdf__str_has_byte(line.text, '#'))
        return;
    size_t at = find_comment(&line, check->document->escape, is_legacy_pair(check, node) ? 2 : 1);
    if (at == line.text.len)
        return;
    gdf__report(check, GDF__RULE_SYN001, gdf__fragment_start(line.fragment, at),
                gdf__fragment_end(line.fragment, line.text.len));
    gdf__say(check, "`%S` is no comment here: the builder takes its words as arguments of %s",
             gdf__str_slice(line.text, at, line.text.len),
             gdf_instruction_kind_name(gdf_node_get_instruction(check->document, node)));
    fix_comment(check, node, &line, at);
}

/* ---- PRC005 ---------------------------------------------------------------------------------- */

/* `[ "$x" ] && …` is a test of the shell: a blank, and one word that it expands. */
static bool is_shell_test(const gdf__argument_text *line, size_t start, size_t end)
{
    gdf_str array = gdf__str_slice(line->text, start, end);
    return gdf__ascii_is_space(array.ptr[1]) && !gdf__str_has_byte(array, ',') &&
           (gdf__str_has_byte(array, '$') || gdf__str_has_byte(array, '`'));
}

static void remove_tail(gdf__check *check, const gdf__argument_text *line, size_t array_end)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_BUGFIX, "Remove the text behind the array");
    gdf__edit_range range = {gdf__fragment_end(line->fragment, array_end),
                             gdf__fragment_end(line->fragment, line->text.len)};
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document, range, gdf__empty));
}

/* What to do when the tail may mean something: it is the next instruction, or a part of the
 * command. */
static void note_tail(gdf__check *check, const gdf__argument_text *line, size_t tail)
{
    gdf_str word = gdf__str_slice(line->text, tail, gdf__argument_word_end(line->text, tail));
    gdf_instruction_kind kind = gdf_instruction_kind_find(word.ptr, word.len);
    const gdf__source *source = &check->document->source;
    uint32_t place = gdf__fragment_start(line->fragment, tail);
    bool starts_line = gdf__source_line_start(source, gdf__source_line_at(source, place)) == place;
    if (kind != GDF_INSTRUCTION_UNKNOWN && starts_line)
        gdf__note(check,
                  "%s belongs to this instruction: the continuation in front of it seems to be "
                  "left over",
                  gdf_instruction_kind_name(kind));
    else
        gdf__note(check, "move the words into the array, or write the whole line without one");
}

void gdf__check_json_with_tail(gdf__check *check, gdf_node node)
{
    if (!(gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON_FAILED))
        return;
    gdf__argument_text line = gdf__argument_text_of(check, node);
    size_t start = gdf__argument_array_start(check, node, &line);
    size_t array_end = gdf__argument_array_end(line.text, start);
    size_t tail = gdf__argument_skip_blanks(line.text, array_end);
    if (!array_end || tail == line.text.len || is_shell_test(&line, start, array_end))
        return;
    size_t word_end = gdf__argument_word_end(line.text, start);
    gdf__report(check, GDF__RULE_PRC005, gdf__fragment_start(line.fragment, tail),
                gdf__fragment_end(line.fragment, line.text.len));
    gdf__say(check,
             "the text behind the JSON array makes the whole line plain text: `%S` is then taken "
             "as its first word",
             gdf__str_slice(line.text, start, word_end));
    if (line.text.ptr[tail] == '#')
        fix_comment(check, node, &line, tail);
    else if (gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_HEALTHCHECK)
        remove_tail(check, &line, array_end);
    else
        note_tail(check, &line, tail);
}
