#include "text/edit_list.h"

#include <string.h>

#include "base/builder.h"
#include "base/slice.h"

void gdf__edit_list_init(gdf__edit_list *list, gdf__arena *arena, uint32_t limit)
{
    *list = (gdf__edit_list){.arena = arena, .limit = limit};
    gdf__table_init(&list->edits, &arena->allocator, sizeof(gdf__edit));
}

void gdf__edit_list_free(gdf__edit_list *list)
{
    gdf__table_free(&list->edits);
}

const gdf__edit *gdf__edit_list_at(const gdf__edit_list *list, uint32_t index)
{
    return index < list->edits.count ? GDF__AT(list->edits, gdf__edit, index) : NULL;
}

static bool is_insertion(const gdf__edit *edit)
{
    return edit->start == edit->end;
}

/* ---- adding ---------------------------------------------------------------------------------- */

/* Index of the first edit that comes behind a new one at `start`: the first that starts later, or
 * the replacement that starts there. */
static uint32_t place_of(const gdf__edit_list *list, uint32_t start)
{
    uint32_t low = 0;
    uint32_t high = list->edits.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const gdf__edit *edit = gdf__edit_list_at(list, middle);
        if (edit->start < start || (edit->start == start && is_insertion(edit)))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static gdf_status check(const gdf__edit_list *list, uint32_t start, uint32_t end)
{
    if (start > end || end > list->limit)
        return GDF_ERROR_ARGUMENT;
    uint32_t place = place_of(list, start);
    const gdf__edit *next = gdf__edit_list_at(list, place);
    const gdf__edit *previous = place ? gdf__edit_list_at(list, place - 1) : NULL;
    bool overlaps = (previous && previous->end > start) || (next && next->start < end);
    return overlaps ? GDF_ERROR_CONFLICT : GDF_OK;
}

/* Puts an edit that was checked, and whose text is in the arena, in its place. */
static gdf_status put(gdf__edit_list *list, gdf__edit edit)
{
    enum { FEW = 2 }; /* what most fixes need */
    if (list->edits.capacity == 0) {
        void *room = gdf__arena_take(list->arena, FEW * sizeof(gdf__edit));
        if (room)
            gdf__table_lend(&list->edits, room, FEW);
    }
    uint32_t place = place_of(list, edit.start);
    if (!gdf__table_add(&list->edits))
        return GDF_ERROR_MEMORY;
    gdf__edit *at = GDF__AT(list->edits, gdf__edit, place);
    memmove(at + 1, at, (list->edits.count - 1 - place) * sizeof *at);
    *at = edit;
    return GDF_OK;
}

gdf_status gdf__edit_list_add(gdf__edit_list *list, uint32_t start, uint32_t end, gdf_str text)
{
    gdf_status status = list->arena->failed ? GDF_ERROR_MEMORY : check(list, start, end);
    if (status != GDF_OK || (start == end && text.len == 0))
        return status;
    gdf_str copy = gdf__arena_copy(list->arena, text);
    if (list->arena->failed)
        return GDF_ERROR_MEMORY;
    return put(list, (gdf__edit){start, end, copy});
}

gdf_status gdf__edit_list_add_built(gdf__edit_list *list, uint32_t start, uint32_t end,
                                    gdf__builder *builder)
{
    gdf_status status = builder->failed
                            ? GDF_ERROR_MEMORY
                            : gdf__edit_list_add(list, start, end, gdf__builder_get(builder));
    gdf__builder_free(builder);
    return status;
}

gdf_status gdf__edit_list_add_all(gdf__edit_list *list, const gdf__edit_list *more)
{
    if (more->arena->failed || more->edits.failed)
        return GDF_ERROR_MEMORY;
    for (uint32_t i = 0; i < more->edits.count; i++) {
        const gdf__edit *edit = gdf__edit_list_at(more, i);
        gdf_status status = check(list, edit->start, edit->end);
        if (status != GDF_OK)
            return status;
    }
    gdf__table_reserve(&list->edits, list->edits.count + more->edits.count);
    if (list->edits.capacity - list->edits.count < more->edits.count)
        return GDF_ERROR_MEMORY;
    for (uint32_t i = 0; i < more->edits.count; i++)
        put(list, *gdf__edit_list_at(more, i));
    return GDF_OK;
}

/* ---- comparing ------------------------------------------------------------------------------- */

static bool overlap(const gdf__edit *a, const gdf__edit *b)
{
    if (is_insertion(a) && is_insertion(b))
        return a->start == b->start;
    return a->start < b->end && b->start < a->end;
}

bool gdf__edit_lists_conflict(const gdf__edit_list *a, const gdf__edit_list *b)
{
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < a->edits.count && j < b->edits.count) {
        const gdf__edit *left = gdf__edit_list_at(a, i);
        const gdf__edit *right = gdf__edit_list_at(b, j);
        if (overlap(left, right))
            return true;
        bool left_first =
            left->end != right->end ? left->end < right->end : left->start < right->start;
        if (left_first)
            i++;
        else
            j++;
    }
    return false;
}

/* ---- applying -------------------------------------------------------------------------------- */

void gdf__edit_list_apply(const gdf__edit_list *list, gdf_str text, gdf__builder *out)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < list->edits.count; i++) {
        const gdf__edit *edit = gdf__edit_list_at(list, i);
        gdf__builder_add(out, gdf__str_slice(text, at, edit->start));
        gdf__builder_add(out, edit->text);
        at = edit->end;
    }
    gdf__builder_add(out, gdf__str_slice(text, at, text.len));
}

uint32_t gdf__edit_list_map(const gdf__edit_list *list, uint32_t offset)
{
    uint64_t added = 0;
    uint64_t removed = 0;
    for (uint32_t i = 0; i < list->edits.count; i++) {
        const gdf__edit *edit = gdf__edit_list_at(list, i);
        if (edit->start > offset)
            break;
        added += edit->text.len;
        removed += (edit->end < offset ? edit->end : offset) - edit->start;
    }
    uint64_t mapped = offset - removed + added;
    return mapped < UINT32_MAX ? (uint32_t)mapped : UINT32_MAX;
}
