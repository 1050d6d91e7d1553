#include "base/name_map.h"

#include "base/ascii.h"
#include "base/slice.h"

/* A text is seen as an endless row of 9-bit symbols: 0x100 + byte for each byte, then zeros. So no
 * text is the beginning of another one. */
enum { SYMBOL_PRESENT = 0x100 };

/* Texts below it agree before `bit` of symbol `at`; those with the bit clear are on side 0. */
typedef struct branch {
    uint32_t at;
    uint32_t bit;
    uint32_t count; /* entries below it */
    int32_t sides[2];
} branch;

void gdf__name_map_init(gdf__name_map *map, const gdf_allocator *allocator)
{
    gdf__table_init(&map->entries, allocator, sizeof(gdf__name_entry));
    gdf__table_init(&map->branches, allocator, sizeof(branch));
    map->root = 0;
}

void gdf__name_map_free(gdf__name_map *map)
{
    gdf__table_free(&map->entries);
    gdf__table_free(&map->branches);
}

bool gdf__name_map_failed(const gdf__name_map *map)
{
    return map->entries.failed || map->branches.failed;
}

static uint32_t symbol_at(gdf_str name, uint32_t at)
{
    return at < name.len ? SYMBOL_PRESENT | (unsigned char)name.ptr[at] : 0;
}

static int side_of(const branch *node, gdf_str name)
{
    return (symbol_at(name, node->at) & node->bit) != 0;
}

/* The entry that agrees with `name` wherever the tree branches. */
static gdf__name_entry *nearest(const gdf__name_map *map, gdf_str name)
{
    int32_t place = map->root;
    while (place >= 0) {
        const branch *node = GDF__AT(map->branches, branch, place);
        place = node->sides[side_of(node, name)];
    }
    return GDF__AT(map->entries, gdf__name_entry, ~place);
}

gdf__name_entry *gdf__name_map_find(const gdf__name_map *map, gdf_str name)
{
    if (map->entries.count == 0)
        return NULL;
    gdf__name_entry *entry = nearest(map, name);
    return gdf__str_equal(entry->name, name) ? entry : NULL;
}

gdf__name_entry *gdf__name_map_find_lower(const gdf__name_map *map, gdf_str name)
{
    if (map->entries.count == 0)
        return NULL;
    int32_t place = map->root;
    while (place >= 0) {
        const branch *node = GDF__AT(map->branches, branch, place);
        char byte = node->at < name.len ? gdf__ascii_lower(name.ptr[node->at]) : '\0';
        uint32_t symbol = node->at < name.len ? SYMBOL_PRESENT | (unsigned char)byte : 0;
        place = node->sides[(symbol & node->bit) != 0];
    }
    gdf__name_entry *entry = GDF__AT(map->entries, gdf__name_entry, ~place);
    bool found = entry->name.len == name.len;
    for (size_t i = 0; found && i < name.len; i++)
        found = entry->name.ptr[i] == gdf__ascii_lower(name.ptr[i]);
    return found ? entry : NULL;
}

/* Where two different texts part. */
static branch first_difference(gdf_str a, gdf_str b)
{
    uint32_t at = 0;
    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
        at++;
    uint32_t difference = symbol_at(a, at) ^ symbol_at(b, at);
    uint32_t bit = SYMBOL_PRESENT;
    while (!(difference & bit))
        bit >>= 1;
    return (branch){.at = at, .bit = bit};
}

static bool comes_before(const branch *a, const branch *b)
{
    return a->at != b->at ? a->at < b->at : a->bit > b->bit;
}

static uint32_t count_below(const gdf__name_map *map, int32_t place)
{
    return place >= 0 ? GDF__AT(map->branches, branch, place)->count : 1;
}

/* Hangs the entry `leaf` (~ of its index) into the tree at the new branch. */
static void insert(gdf__name_map *map, uint32_t index, int32_t leaf, gdf_str name)
{
    branch *added = GDF__AT(map->branches, branch, index);
    int32_t *link = &map->root;
    while (*link >= 0) {
        branch *node = GDF__AT(map->branches, branch, *link);
        if (comes_before(added, node))
            break;
        node->count++;
        link = &node->sides[side_of(node, name)];
    }
    int side = side_of(added, name);
    added->count = count_below(map, *link) + 1;
    added->sides[side] = leaf;
    added->sides[!side] = *link;
    *link = (int32_t)index;
}

gdf__name_entry *gdf__name_map_add(gdf__name_map *map, gdf_str name, uint32_t value)
{
    bool is_first = map->entries.count == 0;
    gdf__name_entry *found = is_first ? NULL : nearest(map, name);
    if (found && gdf__str_equal(found->name, name))
        return found;
    branch difference = found ? first_difference(found->name, name) : (branch){.at = 0};
    uint32_t index = map->branches.count;
    branch *added = is_first ? NULL : gdf__table_add(&map->branches);
    if (added)
        *added = difference;
    else if (!is_first)
        return NULL;
    gdf__name_entry *entry = gdf__table_add(&map->entries);
    if (!entry) {
        map->branches.count = index;
        return NULL;
    }
    *entry = (gdf__name_entry){name, value};
    int32_t leaf = ~(int32_t)(map->entries.count - 1);
    if (is_first)
        map->root = leaf;
    else
        insert(map, index, leaf, name);
    return entry;
}

uint32_t gdf__name_map_rank(const gdf__name_map *map, gdf_str name)
{
    if (map->entries.count == 0)
        return 0;
    gdf_str near = nearest(map, name)->name;
    bool found = gdf__str_equal(near, name);
    branch difference = {.at = UINT32_MAX};
    if (!found)
        difference = first_difference(near, name);
    uint32_t rank = 0;
    int32_t place = map->root;
    while (place >= 0) {
        const branch *node = GDF__AT(map->branches, branch, place);
        if (comes_before(&difference, node))
            break;
        int side = side_of(node, name);
        if (side)
            rank += count_below(map, node->sides[0]);
        place = node->sides[side];
    }
    return !found && side_of(&difference, name) ? rank + count_below(map, place) : rank;
}

gdf__name_entry *gdf__name_map_at_rank(const gdf__name_map *map, uint32_t rank)
{
    if (rank >= map->entries.count)
        return NULL;
    int32_t place = map->root;
    while (place >= 0) {
        const branch *node = GDF__AT(map->branches, branch, place);
        uint32_t smaller = count_below(map, node->sides[0]);
        int side = rank >= smaller;
        if (side)
            rank -= smaller;
        place = node->sides[side];
    }
    return GDF__AT(map->entries, gdf__name_entry, ~place);
}
