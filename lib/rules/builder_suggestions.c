/* The variable that a misspelt name may mean, as the builder finds it: of those that are equally
 * near the first one of its list. */
#include "base/slice.h"
#include "base/sort.h"
#include "build/work.h"
#include "instruction/suggestion.h"
#include "rules/builder_checks.h"

/* Of a name, in bytes of names compared. */
enum { LOOK_COST = 8 };

typedef struct candidate {
    gdf_str name;
    uint64_t order;
} candidate;

static int compare_candidates(const void *left, const void *right)
{
    const candidate *a = left;
    const candidate *b = right;
    return a->order < b->order ? -1 : a->order > b->order;
}

static bool is_set(const gdf__scope *scope, const gdf__name_entry *entry)
{
    gdf__variable variable = gdf__scope_find_entry(scope, entry);
    return variable.state == GDF__VARIABLE_SET || (!scope->stage && variable.is_declared);
}

/* Only names of nearly the same length can be near enough. */
static bool may_be_near(gdf_str a, gdf_str b)
{
    const size_t most_bytes = 8; /* two characters of four bytes */
    return a.len > b.len ? a.len - b.len <= most_bytes : b.len - a.len <= most_bytes;
}

static void add(gdf__builder_walk *walk, gdf__table *near, gdf_str name, uint64_t order)
{
    walk->comparisons -= (int64_t)name.len;
    candidate *row = gdf__table_add(near);
    if (row)
        *row = (candidate){name, order};
}

static bool sets_itself(const gdf__builder_walk *walk, const gdf__scope *scope, gdf_str name)
{
    const gdf__name_entry *entry = gdf__name_map_find(&walk->build->variable_names, name);
    return entry && gdf__scope_is_own(scope, entry) && is_set(scope, entry);
}

static uint32_t count_of_image(const gdf__builder_walk *walk)
{
    return walk->image ? walk->image->variable_count : 0;
}

/* What the base image sets, and the PATH that every image gets. */
static void add_base(gdf__builder_walk *walk, const gdf__scope *scope, gdf_str name,
                     gdf__table *near)
{
    gdf_str path = GDF__LITERAL("PATH");
    uint32_t count = count_of_image(walk);
    for (uint32_t i = 0; i < count && walk->comparisons > 0; i++) {
        gdf_str other = gdf__builder_images_text(&walk->images, walk->image->first_variable + i);
        walk->comparisons -= LOOK_COST;
        if (may_be_near(name, other) && !sets_itself(walk, scope, other))
            add(walk, near, other, gdf__scope_order_of_base(i));
    }
    if (!sets_itself(walk, scope, path))
        add(walk, near, path, gdf__scope_order_of_base(count));
}

static void add_names(gdf__builder_walk *walk, const gdf__scope *scope, gdf_str name,
                      gdf__table *near)
{
    const gdf__table *names = &walk->build->variable_names.entries;
    uint32_t others = count_of_image(walk) + 1;
    for (uint32_t i = 0; i < names->count && walk->comparisons > 0; i++) {
        const gdf__name_entry *entry = GDF__AT(*names, gdf__name_entry, i);
        walk->comparisons -= LOOK_COST;
        if (may_be_near(name, entry->name) && is_set(scope, entry))
            add(walk, near, entry->name, scope->stage ? gdf__scope_order(scope, entry, others) : i);
    }
}

static gdf_str nearest(gdf__builder_walk *walk, gdf_str name, gdf__table *near)
{
    size_t size = 0;
    gdf_str *names = near->count && gdf__multiply(near->count, sizeof *names, &size)
                         ? gdf__allocate(&walk->arena->allocator, size)
                         : NULL;
    if (!names) {
        walk->arena->failed = walk->arena->failed || near->count;
        return gdf__empty;
    }
    gdf__table_sort(near, compare_candidates);
    for (uint32_t i = 0; i < near->count; i++)
        names[i] = GDF__AT(*near, candidate, i)->name;
    gdf_str found = gdf__suggestion_find(name, names, near->count);
    gdf__release(&walk->arena->allocator, names);
    return found;
}

gdf_str gdf__builder_suggest(gdf__builder_walk *walk, const gdf__scope *scope, gdf_str name)
{
    gdf__table near; /* of candidate */
    gdf__table_init(&near, &walk->arena->allocator, sizeof(candidate));
    if (scope->stage)
        add_base(walk, scope, name, &near);
    add_names(walk, scope, name, &near);
    gdf_str found = nearest(walk, name, &near);
    walk->arena->failed = walk->arena->failed || near.failed;
    gdf__table_free(&near);
    return found;
}

bool gdf__builder_trusts(gdf_str suggestion)
{
    enum { SHORTEST_NAME = 4 };
    return suggestion.len >= SHORTEST_NAME;
}
