/* Comparing the builder's view of two versions. */
#include "base/ascii.h"
#include "base/slice.h"
#include "base/sort.h"
#include "rewrite/places.h"
#include "rewrite/proof.h"
#include "syntax/document.h"

static const gdf__verdict PROVEN = {.detail = {"", 0}, .suspect = GDF__NO_FIX};

/* ---- what the builder refuses ---------------------------------------------------------------- */

typedef struct refusal {
    gdf_str message; /* without the line, which may move */
    uint32_t start;
} refusal;

static gdf_str without_line(gdf_str message)
{
    static const char PREFIX[] = "dockerfile parse error on line ";
    if (!gdf__str_starts(message, PREFIX))
        return message;
    return gdf__str_slice(message, gdf__str_find(message, ':', sizeof PREFIX - 1), message.len);
}

static int compare_refusals(const void *left, const void *right)
{
    return gdf__str_compare(((const refusal *)left)->message, ((const refusal *)right)->message);
}

static void collect_refusals(gdf__table *refusals, const gdf_document *document)
{
    for (uint32_t i = 0; i < document->problems.count; i++) {
        const gdf__problem *problem = GDF__AT(document->problems, gdf__problem, i);
        refusal *row = problem->phase == GDF__PHASE_OWN ? NULL : gdf__table_add(refusals);
        if (row)
            *row = (refusal){without_line(problem->message), problem->start};
    }
    gdf__table_sort(refusals, compare_refusals);
}

/* The first of `after` that has no equal in `before`, or NULL. Both are sorted. */
static const refusal *find_new_refusal(const gdf__table *before, const gdf__table *after)
{
    uint32_t old = 0;
    for (uint32_t i = 0; i < after->count; i++) {
        const refusal *row = GDF__AT(*after, refusal, i);
        while (old < before->count && compare_refusals(GDF__AT(*before, refusal, old), row) < 0)
            old++;
        if (old == before->count || compare_refusals(GDF__AT(*before, refusal, old), row) > 0)
            return row;
        old++;
    }
    return NULL;
}

static gdf__verdict prove_accepted(const gdf__trial *trial)
{
    gdf__verdict verdict = PROVEN;
    gdf__table before;
    gdf__table after;
    gdf__table_init(&before, &trial->owners.allocator, sizeof(refusal));
    gdf__table_init(&after, &trial->owners.allocator, sizeof(refusal));
    collect_refusals(&before, trial->before->document);
    collect_refusals(&after, trial->after.document);
    verdict.failed = before.failed || after.failed;
    const refusal *found = verdict.failed ? NULL : find_new_refusal(&before, &after);
    if (found) {
        verdict.reason = "the builder would refuse the result";
        verdict.detail = found->message;
        if (gdf__str_starts(verdict.detail, ": "))
            verdict.detail = gdf__str_slice(verdict.detail, 2, verdict.detail.len);
        verdict.suspect = gdf__trial_find_fix(trial, found->start);
    }
    gdf__table_free(&before);
    gdf__table_free(&after);
    return verdict;
}

/* ---- which nodes the edits touch ------------------------------------------------------------- */

typedef struct top_node {
    gdf_node node;
    uint32_t start;
    uint32_t end;
    uint32_t place; /* where it belongs in the other version */
    bool touched;
    bool moved; /* touched so that no instruction need start at `place` */
} top_node;

static bool starts_line(gdf_str text)
{
    return gdf__str_starts(text, "\n") || gdf__str_starts(text, "\r\n");
}

/* True when the edit changes the node's bytes, or may join something to its first or last one. */
static bool touches(const gdf__edit *edit, const top_node *node)
{
    if (edit->start == node->end && edit->end >= node->end)
        return edit->text.len && !starts_line(edit->text);
    if (edit->end == node->start && edit->start <= node->start)
        return edit->text.len && !gdf__str_ends(edit->text, "\n");
    return edit->start < node->end && edit->end > node->start;
}

/* True when a node need no longer start where it did: its first bytes were taken out, joined to
 * what stands before, or made a comment. */
static bool moves_start(const gdf__edit *edit, const top_node *node)
{
    if (edit->start > node->start)
        return false;
    bool replaces_start = edit->start == node->start && edit->end > node->start;
    if (!replaces_start || !edit->text.len)
        return true;
    return gdf__ascii_is_space(edit->text.ptr[0]) || edit->text.ptr[0] == '#';
}

/* Marks what is touched and works out the places; `edits` lead to the other version. */
static void place_nodes(gdf__table *nodes, const gdf__table *edits)
{
    gdf__places places;
    gdf__places_init(&places, edits);
    uint32_t first = 0;
    for (uint32_t i = 0; i < nodes->count; i++) {
        top_node *node = GDF__AT(*nodes, top_node, i);
        while (first < edits->count && GDF__AT(*edits, gdf__edit, first)->end < node->start)
            first++;
        for (uint32_t at = first; at < edits->count; at++) {
            const gdf__edit *edit = GDF__AT(*edits, gdf__edit, at);
            if (edit->start > node->end)
                break;
            bool touched = touches(edit, node);
            node->touched |= touched;
            node->moved |= touched && moves_start(edit, node);
        }
        node->place = gdf__places_map(&places, node->start);
    }
}

/* Instructions and parser directives in order. */
static void collect_nodes(gdf__table *nodes, const gdf_document *document)
{
    for (gdf_node id = 2; id <= document->nodes.count;) {
        const gdf__node *node = gdf__document_node(document, id);
        bool counts = node->kind == GDF_NODE_INSTRUCTION || node->kind == GDF_NODE_DIRECTIVE;
        top_node *row = counts ? gdf__table_add(nodes) : NULL;
        if (row)
            *row = (top_node){.node = id, .start = node->start, .end = node->end};
        id = node->next;
    }
}

/* ---- comparing ------------------------------------------------------------------------------- */

static bool same_node(const gdf_document *a, gdf_node left, const gdf_document *b, gdf_node right)
{
    const gdf__node *x = gdf__document_node(a, left);
    const gdf__node *y = gdf__document_node(b, right);
    return x->kind == y->kind && x->instruction == y->instruction && x->flags == y->flags &&
           x->end - x->start == y->end - y->start && x->next - left == y->next - right &&
           gdf__str_equal(gdf__node_value(x), gdf__node_value(y)) &&
           gdf_node_get_file_descriptor(a, left) == gdf_node_get_file_descriptor(b, right);
}

static bool same_tree(const gdf_document *a, gdf_node left, const gdf_document *b, gdf_node right)
{
    gdf_node end = gdf__document_node(a, left)->next;
    for (; left < end; left++, right++) {
        if (right > b->nodes.count || !same_node(a, left, b, right))
            return false;
    }
    return true;
}

/* The nodes of both versions, and how far the comparison got. */
typedef struct tree_comparison {
    const gdf__trial *trial;
    gdf__table before;  /* of top_node */
    gdf__table after;   /* of top_node */
    gdf__table inverse; /* of gdf__edit: from after to before */
    uint32_t next;      /* in `after` */
    uint32_t last_old;  /* first in `before` that does not end before the last look-up */
} tree_comparison;

/* True when the node came out of bytes of an instruction that was edited: it may be new. */
static bool was_in_touched(tree_comparison *comparison, const top_node *node)
{
    const gdf__table *before = &comparison->before;
    while (comparison->last_old < before->count &&
           GDF__AT(*before, top_node, comparison->last_old)->end <= node->place)
        comparison->last_old++;
    if (comparison->last_old == before->count)
        return false;
    const top_node *old = GDF__AT(*before, top_node, comparison->last_old);
    return old->touched && old->start <= node->place;
}

static gdf__verdict changed_at(const tree_comparison *comparison, const char *reason,
                               uint32_t place)
{
    gdf__verdict verdict = PROVEN;
    verdict.reason = reason;
    verdict.suspect = gdf__trial_find_fix(comparison->trial, place);
    return verdict;
}

/* Passes the nodes of `after` that start before `place`: they must come from the edits. */
static gdf__verdict pass_new_nodes(tree_comparison *comparison, uint32_t place)
{
    for (; comparison->next < comparison->after.count; comparison->next++) {
        const top_node *node = GDF__AT(comparison->after, top_node, comparison->next);
        if (node->start >= place)
            break;
        if (!node->touched && !was_in_touched(comparison, node))
            return changed_at(comparison, "another line would become an instruction", node->start);
    }
    return PROVEN;
}

static gdf__verdict compare_nodes(tree_comparison *comparison)
{
    const gdf_document *a = comparison->trial->before->document;
    const gdf_document *b = comparison->trial->after.document;
    for (uint32_t i = 0; i < comparison->before.count; i++) {
        const top_node *old = GDF__AT(comparison->before, top_node, i);
        if (old->moved)
            continue;
        gdf__verdict verdict = pass_new_nodes(comparison, old->place);
        if (verdict.reason)
            return verdict;
        const top_node *new = comparison->next < comparison->after.count
                                  ? GDF__AT(comparison->after, top_node, comparison->next)
                                  : NULL;
        if (!new || new->start != old->place ||
            (!old->touched && !same_tree(a, old->node, b, new->node)))
            return changed_at(comparison, "another instruction would change", old->place);
        comparison->next++;
    }
    return pass_new_nodes(comparison, UINT32_MAX);
}

static gdf__verdict prove_untouched(const gdf__trial *trial)
{
    const gdf_allocator *allocator = &trial->owners.allocator;
    const gdf_document *before = trial->before->document;
    const gdf_document *after = trial->after.document;
    tree_comparison comparison = {.trial = trial};
    gdf__table_init(&comparison.before, allocator, sizeof(top_node));
    gdf__table_init(&comparison.after, allocator, sizeof(top_node));
    gdf__table_init(&comparison.inverse, allocator, sizeof(gdf__edit));
    collect_nodes(&comparison.before, before);
    collect_nodes(&comparison.after, after);
    gdf__places_invert(&trial->edits.edits, gdf_document_get_text(before), &comparison.inverse);
    gdf__verdict verdict = PROVEN;
    verdict.failed =
        comparison.before.failed || comparison.after.failed || comparison.inverse.failed;
    if (!verdict.failed) {
        place_nodes(&comparison.before, &trial->edits.edits);
        place_nodes(&comparison.after, &comparison.inverse);
        verdict = compare_nodes(&comparison);
    }
    gdf__table_free(&comparison.before);
    gdf__table_free(&comparison.after);
    gdf__table_free(&comparison.inverse);
    return verdict;
}

gdf__verdict gdf__prove_tree(const gdf__trial *trial)
{
    gdf__verdict verdict = PROVEN;
    if (trial->after.document->unparsed != trial->before->document->unparsed) {
        verdict.reason = "the result would be over the limit of the document's size";
        return verdict;
    }
    verdict = prove_accepted(trial);
    return verdict.failed || verdict.reason ? verdict : prove_untouched(trial);
}
