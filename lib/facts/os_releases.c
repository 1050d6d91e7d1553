#include "facts/os_releases.h"

static const gdf__os_release releases[] = {
#define GDF_OS_RELEASE(family, release, codename, libc, released, end, extended, long_term) \
    {GDF__OS_##family, release, codename, libc, released, end, extended, (long_term) != 0},
#include "facts/os_releases.def"
#undef GDF_OS_RELEASE
};

typedef struct codename_row {
    const char *codename;
    gdf__os_family family;
    const char *release;
} codename_row;

static const codename_row codenames[] = {
#define GDF_OS_CODENAME(codename, family, release) {codename, GDF__OS_##family, release},
#include "facts/os_codenames.def"
#undef GDF_OS_CODENAME
};

#define RELEASE_COUNT ((uint32_t)(sizeof releases / sizeof releases[0]))
#define CODENAME_COUNT ((uint32_t)(sizeof codenames / sizeof codenames[0]))

const char *gdf__os_family_name(gdf__os_family family)
{
    static const char *const names[GDF__OS_COUNT_] = {
        "",
#define GDF_OS_FAMILY(id, name, libc, shell, bash, manager, ca, zones, loader, accounts) name,
#include "facts/os_families.def"
#undef GDF_OS_FAMILY
    };
    return family > GDF__OS_UNKNOWN && family < GDF__OS_COUNT_ ? names[family] : "";
}

static int compare_release(const gdf__os_release *row, gdf__os_family family, gdf_str release)
{
    if (row->family != family)
        return row->family < family ? -1 : 1;
    return gdf__str_compare(gdf__str(row->release), release);
}

/* Index of the first row that is not before (family, release). */
static uint32_t lower_bound(gdf__os_family family, gdf_str release)
{
    uint32_t low = 0;
    uint32_t high = RELEASE_COUNT;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_release(&releases[middle], family, release) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const gdf__os_release *gdf__facts_find_os_release(gdf__os_family family, gdf_str release)
{
    uint32_t at = lower_bound(family, release);
    bool hit = at < RELEASE_COUNT && compare_release(&releases[at], family, release) == 0;
    return hit ? &releases[at] : NULL;
}

const gdf__os_release *gdf__facts_find_os_codename(gdf_str codename)
{
    uint32_t low = 0;
    uint32_t high = CODENAME_COUNT;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const codename_row *row = &codenames[middle];
        int order = gdf__str_compare(gdf__str(row->codename), codename);
        if (order == 0)
            return gdf__facts_find_os_release(row->family, gdf__str(row->release));
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const gdf__os_release *gdf__facts_find_newest_os_release(gdf__os_family family, gdf__date now)
{
    const gdf__os_release *newest = NULL;
    now = gdf__date_or_data_date(now);
    for (uint32_t i = lower_bound(family, gdf__empty); i < RELEASE_COUNT; i++) {
        const gdf__os_release *row = &releases[i];
        if (row->family != family)
            break;
        bool out = row->released != 0 && row->released <= now;
        if (!out || !row->long_term || gdf__date_is_past(row->end_of_life, now))
            continue;
        if (!newest || row->released > newest->released)
            newest = row;
    }
    return newest;
}

const gdf__os_release *gdf__facts_find_debian_stable(uint32_t age, gdf__date now)
{
    gdf__date before = gdf__date_or_data_date(now);
    const gdf__os_release *found = NULL;
    for (uint32_t step = 0; step <= age; step++) {
        found = NULL;
        for (uint32_t i = lower_bound(GDF__OS_DEBIAN, gdf__empty); i < RELEASE_COUNT; i++) {
            const gdf__os_release *row = &releases[i];
            if (row->family != GDF__OS_DEBIAN)
                break;
            bool out = row->released != 0 && row->released <= before;
            if (out && (!found || row->released > found->released))
                found = row;
        }
        if (!found)
            return NULL;
        before = found->released - 1;
    }
    return found;
}

gdf__date gdf__facts_find_os_end_of_life(gdf__os_family family, gdf_str release)
{
    const gdf__os_release *row = gdf__facts_find_os_release(family, release);
    return row ? row->end_of_life : 0;
}

uint32_t gdf__facts_count_os_releases(void)
{
    return RELEASE_COUNT;
}

const gdf__os_release *gdf__facts_get_os_release(uint32_t index)
{
    return index < RELEASE_COUNT ? &releases[index] : NULL;
}
