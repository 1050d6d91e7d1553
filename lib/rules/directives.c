/* GEN061: a comment that looks like a parser directive and is none. */
#include "syntax/directives.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "rules/support.h"

typedef struct directive_comment {
    gdf_node node;
    gdf_node instruction; /* the next one */
    uint32_t start;
    uint32_t end;
    gdf_str value;
    const char *key;
} directive_comment;

/* Values that nobody writes into a comment for people. */
static bool is_meant(const gdf_document *document, const char *key, gdf_str value)
{
    static const char *const OPTIONS[] = {"skip=", "error=", "experimental="};
    if (gdf__str_is(gdf__str(key), "escape"))
        return value.len == 1 && (value.ptr[0] == '\\' || value.ptr[0] == '`') &&
               value.ptr[0] != document->escape;
    if (gdf__str_is(gdf__str(key), "syntax"))
        return gdf__str_has_byte(value, '/') && !gdf__str_has_byte(value, ' ');
    for (size_t i = 0; i < sizeof OPTIONS / sizeof *OPTIONS; i++) {
        if (gdf__str_starts(value, OPTIONS[i]))
            return true;
    }
    return false;
}

static bool read_comment(const gdf_document *document, gdf_node node, directive_comment *comment)
{
    static const char *const KEYS[] = {"syntax", "escape", "check"};
    const gdf__node *row = gdf__document_node(document, node);
    if (!gdf__str_has_byte(gdf__node_value(row), '='))
        return false;
    gdf_str text = gdf__utf8_trim(gdf__source_slice(&document->source, row->start, row->end));
    *comment = (directive_comment){.node = node, .start = row->start, .end = row->end};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        comment->key = KEYS[i];
        if (gdf__directive_match(text, KEYS[i], &comment->value))
            return is_meant(document, KEYS[i], comment->value);
    }
    return false;
}

/* The first instruction behind `node`; the number of nodes and 1 when none follows. `known` is the
 * answer for an earlier node. */
static gdf_node next_instruction(const gdf_document *document, gdf_node node, gdf_node known)
{
    if (known > node)
        return known;
    while (node && gdf_node_get_kind(document, node) != GDF_NODE_INSTRUCTION)
        node = gdf_node_get_next_sibling(document, node);
    return node ? node : document->nodes.count + 1;
}

/* Above an instruction `check=` names checks that are to leave it alone. */
static bool controls_instruction(const gdf_document *document, const directive_comment *comment)
{
    bool is_last = comment->instruction > document->nodes.count;
    gdf_node first = is_last ? 0 : gdf__document_line(document, comment->instruction)->comments;
    return gdf__str_is(gdf__str(comment->key), "check") && first && first <= comment->node &&
           gdf_document_find_column(document, comment->start, GDF_COLUMN_BYTES) == 1 &&
           !gdf__str_starts(comment->value, "error=");
}

static bool has_effect(const gdf_document *document, const directive_comment *comment)
{
    gdf__directive directive = gdf__directive_find(document, comment->key);
    return (directive.found && !gdf__str_is(gdf__str(comment->key), "escape") &&
            directive.line == gdf_document_find_line(document, comment->start)) ||
           controls_instruction(document, comment);
}

static void fix(gdf__check *check, const directive_comment *comment)
{
    if (gdf__str_is(gdf__str(comment->key), "escape")) {
        gdf__note(check, "not moved: the builder would read the whole file in another way");
        return;
    }
    if (gdf__directive_find(check->document, comment->key).found) {
        gdf__note(check, "not moved: there is another one at the top");
        return;
    }
    gdf__fix *moved = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Move it to the top of the file");
    gdf__fix_end(check,
                 gdf__edit_move_comment_to_top(&moved->edits, check->document, comment->node));
}

void gdf__check_ineffective_directives(gdf__check *check)
{
    const gdf_document *document = check->document;
    gdf_node instruction = 0;
    for (gdf_node node = 2; node <= document->nodes.count;
         node = gdf__document_node(document, node)->next) {
        directive_comment comment;
        if (gdf__document_node(document, node)->kind != GDF_NODE_COMMENT ||
            !read_comment(document, node, &comment))
            continue;
        instruction = next_instruction(document, node, instruction);
        comment.instruction = instruction;
        if (has_effect(document, &comment))
            continue;
        gdf__report_node(check, GDF__RULE_GEN061, node);
        gdf__say(
            check,
            "this `%s=` is only a comment to the builder: it stands at the top of a file, with "
            "nothing but other directives in front of it",
            comment.key);
        fix(check, &comment);
    }
}
