#include "rewrite/places.h"

#include "base/slice.h"

void gdf__places_init(gdf__places *places, const gdf__table *edits)
{
    *places = (gdf__places){.edits = edits};
}

static bool is_before(const gdf__edit *edit, uint32_t offset)
{
    return edit->end <= offset;
}

uint32_t gdf__places_map(gdf__places *places, uint32_t offset)
{
    const gdf__table *edits = places->edits;
    for (; places->next < edits->count; places->next++) {
        const gdf__edit *edit = GDF__AT(*edits, gdf__edit, places->next);
        if (!is_before(edit, offset))
            break;
        places->added += edit->text.len;
        places->removed += edit->end - edit->start;
    }
    if (places->next < edits->count) {
        const gdf__edit *edit = GDF__AT(*edits, gdf__edit, places->next);
        if (edit->start < offset)
            offset = edit->start;
    }
    return (uint32_t)(offset + places->added - places->removed);
}

void gdf__places_invert(const gdf__table *edits, gdf_str text, gdf__table *inverse)
{
    uint64_t added = 0;
    uint64_t removed = 0;
    for (uint32_t i = 0; i < edits->count; i++) {
        const gdf__edit *edit = GDF__AT(*edits, gdf__edit, i);
        uint32_t start = (uint32_t)(edit->start + added - removed);
        gdf__edit *row = gdf__table_add(inverse);
        if (!row)
            return;
        *row = (gdf__edit){.start = start,
                           .end = start + (uint32_t)edit->text.len,
                           .text = gdf__str_slice(text, edit->start, edit->end)};
        added += edit->text.len;
        removed += edit->end - edit->start;
    }
}
