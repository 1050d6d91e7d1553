#include "build/versions.h"

/* A binary tree over the bits of the index, highest first. What hangs below the last bit is the
 * number itself. */
typedef struct node {
    uint32_t sides[2];
} node;

void gdf__versions_init(gdf__versions *versions, const gdf_allocator *allocator, uint32_t size)
{
    gdf__table_init(&versions->nodes, allocator, sizeof(node));
    versions->depth = 1;
    while (versions->depth < 32 && size > (uint32_t)1 << versions->depth)
        versions->depth++;
}

void gdf__versions_free(gdf__versions *versions)
{
    gdf__table_free(&versions->nodes);
}

uint32_t gdf__versions_get(const gdf__versions *versions, uint32_t version, uint32_t index)
{
    for (unsigned bit = versions->depth; bit-- > 0 && version;)
        version = GDF__AT(versions->nodes, node, version - 1)->sides[(index >> bit) & 1];
    return version;
}

uint32_t gdf__versions_set(gdf__versions *versions, uint32_t version, uint32_t index,
                           uint32_t value)
{
    uint32_t first = versions->nodes.count;
    for (unsigned bit = versions->depth; bit-- > 0;) {
        node *copy = gdf__table_add(&versions->nodes);
        if (!copy)
            return 0;
        *copy = version ? *GDF__AT(versions->nodes, node, version - 1) : (node){{0, 0}};
        unsigned side = (index >> bit) & 1;
        version = copy->sides[side];
        copy->sides[side] = bit ? versions->nodes.count + 1 : value;
    }
    return first + 1;
}

uint32_t gdf__versions_start(gdf__versions *versions, uint32_t first, uint32_t count)
{
    for (unsigned level = 0; level < versions->depth && count; level++) {
        uint32_t above = versions->nodes.count + 1;
        for (uint32_t i = 0; i < count; i += 2) {
            node *added = gdf__table_add(&versions->nodes);
            if (!added)
                return 0;
            *added = (node){{first + i, i + 1 < count ? first + i + 1 : 0}};
        }
        first = above;
        count = count / 2 + count % 2;
    }
    return count ? first : 0;
}
