#include "rewrite/line_diff.h"

#include "base/name_map.h"
#include "base/slice.h"

/* Bounds of the search: lines that differ, and those times the lines in all. */
enum { MOST_EDITS = 1000, MOST_WORK = 1 << 26 };

static const uint32_t UNREACHED = UINT32_MAX;

void gdf__lines_split(gdf_str text, gdf__table *lines)
{
    for (size_t at = 0; at < text.len;) {
        size_t end = gdf__str_find(text, '\n', at);
        end += end < text.len;
        gdf_str *line = gdf__table_add(lines);
        if (!line)
            return;
        *line = gdf__str_slice(text, at, end);
        at = end;
    }
}

/* ---- the search ------------------------------------------------------------------------------ */

/* What lies between the equal heads and tails, as numbers: equal lines have equal ones. */
typedef struct line_search {
    gdf__table old_ids; /* of uint32_t */
    gdf__table new_ids;
    gdf__name_map ids;
    /* Row d has for each diagonal k = -d, -d + 2 … d (old minus new index) the furthest old index
     * that d edits reach on it, or UNREACHED. Row d begins at d (d + 1) / 2. */
    gdf__table rows; /* of uint32_t */
    uint32_t head;   /* equal lines in front */
} line_search;

static uint32_t row_at(const line_search *search, uint32_t edits, uint32_t index)
{
    size_t row = (size_t)edits * (edits + 1) / 2;
    return ((const uint32_t *)(const void *)search->rows.items)[row + index];
}

/* Old index of diagonal `index` in row `edits` before its equal lines: one line taken out of the
 * old text on the diagonal before, or one put in on the diagonal behind, whichever gets further. */
static uint32_t step(const line_search *search, uint32_t edits, uint32_t index, bool *removes)
{
    uint32_t removed = index > 0 ? row_at(search, edits - 1, index - 1) : UNREACHED;
    uint32_t added = index < edits ? row_at(search, edits - 1, index) : UNREACHED;
    int64_t diagonal = 2 * (int64_t)index - edits;
    if (removed != UNREACHED)
        removed = removed < search->old_ids.count ? removed + 1 : UNREACHED;
    if (added != UNREACHED && added - diagonal > search->new_ids.count)
        added = UNREACHED;
    *removes = added == UNREACHED || (removed != UNREACHED && removed > added);
    return *removes ? removed : added;
}

static uint32_t follow_equal(const line_search *search, uint32_t old, int64_t diagonal)
{
    uint32_t new = (uint32_t)(old - diagonal);
    while (old < search->old_ids.count &&
           new < search->new_ids.count &&*GDF__AT(search->old_ids, uint32_t, old) ==
               *GDF__AT(search->new_ids, uint32_t, new)) {
        old++;
        new += 1;
    }
    return old;
}

/* Fills row `edits`; true when it reaches the end of both texts. */
static bool fill_row(line_search *search, uint32_t edits)
{
    int64_t last = (int64_t)search->old_ids.count - search->new_ids.count;
    bool done = false;
    for (uint32_t index = 0; index <= edits; index++) {
        int64_t diagonal = 2 * (int64_t)index - edits;
        bool removes = false;
        uint32_t old = edits ? step(search, edits, index, &removes) : 0;
        if (old != UNREACHED)
            old = follow_equal(search, old, diagonal);
        uint32_t *cell = gdf__table_add(&search->rows);
        if (!cell)
            return false;
        *cell = old;
        done |= diagonal == last && old == search->old_ids.count;
    }
    return done;
}

static uint32_t most_edits(const line_search *search)
{
    uint64_t lines = (uint64_t)search->old_ids.count + search->new_ids.count;
    uint64_t affordable = MOST_WORK / (lines + 1);
    return affordable < MOST_EDITS ? (uint32_t)affordable : MOST_EDITS;
}

/* The number of edits, or UNREACHED when they are too many. */
static uint32_t find_edits(line_search *search)
{
    uint32_t most = most_edits(search);
    for (uint32_t edits = 0; edits <= most && !search->rows.failed; edits++) {
        if (fill_row(search, edits))
            return edits;
    }
    return UNREACHED;
}

/* ---- the changes ----------------------------------------------------------------------------- */

/* Adds one line removed or added in front of what `changes` has, which runs backwards. */
static void add_edit(gdf__table *changes, gdf__line_change edit)
{
    gdf__line_change *last =
        changes->count ? GDF__AT(*changes, gdf__line_change, changes->count - 1) : NULL;
    if (last && last->old_start == edit.old_end && last->new_start == edit.new_end) {
        last->old_start = edit.old_start;
        last->new_start = edit.new_start;
        return;
    }
    gdf__line_change *row = gdf__table_add(changes);
    if (row)
        *row = edit;
}

static void reverse(gdf__table *changes, uint32_t first)
{
    for (uint32_t last = changes->count; first + 1 < last; first++) {
        gdf__line_change *a = GDF__AT(*changes, gdf__line_change, first);
        gdf__line_change *b = GDF__AT(*changes, gdf__line_change, --last);
        gdf__line_change kept = *a;
        *a = *b;
        *b = kept;
    }
}

/* Walks the rows back from the ends of both texts. */
static void trace_back(const line_search *search, uint32_t edits, gdf__table *changes)
{
    int64_t last = (int64_t)search->old_ids.count - search->new_ids.count;
    uint32_t index = (uint32_t)((last + edits) / 2);
    for (; edits > 0; edits--) {
        bool removes = false;
        uint32_t old = search->head + step(search, edits, index, &removes);
        uint32_t new = (uint32_t)(old - (2 * (int64_t)index - edits));
        add_edit(changes,
                 (gdf__line_change){removes ? old - 1 : old, old, removes ? new : new - 1, new});
        index -= removes;
    }
    reverse(changes, 0);
}

/* ---- both together --------------------------------------------------------------------------- */

static gdf_str line_at(const gdf__table *lines, uint32_t index)
{
    return *GDF__AT(*lines, gdf_str, index);
}

static uint32_t count_equal(const gdf__table *a, const gdf__table *b, uint32_t most, bool at_end)
{
    uint32_t count = 0;
    while (count < most) {
        uint32_t left = at_end ? a->count - 1 - count : count;
        uint32_t right = at_end ? b->count - 1 - count : count;
        if (!gdf__str_equal(line_at(a, left), line_at(b, right)))
            break;
        count++;
    }
    return count;
}

static void number_lines(gdf__name_map *ids, const gdf__table *lines, uint32_t start, uint32_t end,
                         gdf__table *numbers)
{
    for (uint32_t i = start; i < end; i++) {
        const gdf__name_entry *entry =
            gdf__name_map_add(ids, line_at(lines, i), ids->entries.count);
        uint32_t *number = entry ? gdf__table_add(numbers) : NULL;
        if (!number)
            return;
        *number = entry->value;
    }
}

static void search_free(line_search *search)
{
    gdf__table_free(&search->old_ids);
    gdf__table_free(&search->new_ids);
    gdf__table_free(&search->rows);
    gdf__name_map_free(&search->ids);
}

/* Compares lines [head, old_end) with [head, new_end). */
static void compare_middle(const gdf__table *old_lines, const gdf__table *new_lines,
                           gdf__line_change middle, gdf__table *changes)
{
    line_search search = {.head = middle.old_start};
    gdf__table_init(&search.old_ids, &changes->allocator, sizeof(uint32_t));
    gdf__table_init(&search.new_ids, &changes->allocator, sizeof(uint32_t));
    gdf__table_init(&search.rows, &changes->allocator, sizeof(uint32_t));
    gdf__name_map_init(&search.ids, &changes->allocator);
    number_lines(&search.ids, old_lines, middle.old_start, middle.old_end, &search.old_ids);
    number_lines(&search.ids, new_lines, middle.new_start, middle.new_end, &search.new_ids);
    bool failed =
        search.old_ids.failed || search.new_ids.failed || gdf__name_map_failed(&search.ids);
    uint32_t edits = failed ? UNREACHED : find_edits(&search);
    changes->failed |= failed || search.rows.failed;
    if (edits != UNREACHED)
        trace_back(&search, edits, changes);
    else
        add_edit(changes, middle);
    search_free(&search);
}

void gdf__lines_compare(const gdf__table *old_lines, const gdf__table *new_lines,
                        gdf__table *changes)
{
    uint32_t most = old_lines->count < new_lines->count ? old_lines->count : new_lines->count;
    uint32_t head = count_equal(old_lines, new_lines, most, false);
    uint32_t tail = count_equal(old_lines, new_lines, most - head, true);
    gdf__line_change middle = {head, old_lines->count - tail, head, new_lines->count - tail};
    if (middle.old_start < middle.old_end && middle.new_start < middle.new_end)
        compare_middle(old_lines, new_lines, middle, changes);
    else if (middle.old_start < middle.old_end || middle.new_start < middle.new_end)
        add_edit(changes, middle);
}
