#include "facts/image_contents.h"

#define UNSURE GDF__ID_UNSURE
#define BYTES_A_KILOBYTE 1000u

typedef struct account_row {
    gdf__accounts set;
    const char *name;
    uint32_t id;
    uint32_t group;
} account_row;

static const account_row users[] = {
#define GDF_USER(set, name, uid, gid) {GDF__ACCOUNTS_##set, name, uid, gid},
#define GDF_GROUP(set, name, gid)
#include "facts/accounts.def"
#undef GDF_USER
#undef GDF_GROUP
};

static const account_row groups[] = {
#define GDF_USER(set, name, uid, gid)
#define GDF_GROUP(set, name, gid) {GDF__ACCOUNTS_##set, name, gid, gid},
#include "facts/accounts.def"
#undef GDF_USER
#undef GDF_GROUP
};

typedef struct content_row {
    const char *name;
    gdf__certainty present[GDF__CONTENTS_UBUNTU + 1];
} content_row;

#define CONTENT_ROW(name, alpine, busybox, debian, ubuntu, go_alpine, go_debian) \
    {name,                                                                       \
     {[GDF__CONTENTS_NONE] = GDF__FACT_NO,                                       \
      [GDF__CONTENTS_ALPINE] = GDF__FACT_##alpine,                               \
      [GDF__CONTENTS_BUSYBOX] = GDF__FACT_##busybox,                             \
      [GDF__CONTENTS_DEBIAN] = GDF__FACT_##debian,                               \
      [GDF__CONTENTS_UBUNTU] = GDF__FACT_##ubuntu,                               \
      [GDF__CONTENTS_GOLANG_ALPINE] = GDF__FACT_##go_alpine,                     \
      [GDF__CONTENTS_GOLANG_DEBIAN] = GDF__FACT_##go_debian}},

static const content_row programs[] = {
#define GDF_PROGRAM CONTENT_ROW
#include "facts/programs.def"
#undef GDF_PROGRAM
};

static const content_row packages[] = {
#define GDF_PACKAGE CONTENT_ROW
#include "facts/packages.def"
#undef GDF_PACKAGE
};

static const struct {
    gdf__image_family family;
    const char *release;
    gdf__os_family os;
    gdf__certainty slim;
    uint32_t compressed;
    uint32_t unpacked;
} sizes[] = {
#define GDF_IMAGE_SIZE(family, release, os, slim, compressed, unpacked) \
    {GDF__IMAGE_##family, release, GDF__OS_##os, GDF__FACT_##slim, compressed, unpacked},
#include "facts/image_sizes.def"
#undef GDF_IMAGE_SIZE
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static int compare_account(const account_row *row, gdf__accounts set, gdf_str name)
{
    if (row->set != set)
        return row->set < set ? -1 : 1;
    return gdf__str_compare(gdf__str(row->name), name);
}

static const account_row *find_account(const account_row *rows, size_t count, gdf__accounts set,
                                       gdf_str name)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_account(&rows[middle], set, name);
        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static gdf__certainty answer_account(const account_row *row, gdf__accounts set, uint32_t *id,
                                     uint32_t *group)
{
    if (!row)
        return set == GDF__ACCOUNTS_UNKNOWN ? GDF__FACT_UNKNOWN : GDF__FACT_NO;
    if (row->id == GDF__ID_UNSURE)
        return GDF__FACT_UNKNOWN;
    if (id)
        *id = row->id;
    if (group)
        *group = row->group;
    return GDF__FACT_YES;
}

gdf__certainty gdf__facts_find_user(const gdf__image_facts *facts, gdf_str name, uint32_t *uid,
                                    uint32_t *gid)
{
    const account_row *row = find_account(users, COUNT(users), facts->accounts, name);
    return answer_account(row, facts->accounts, uid, gid);
}

gdf__certainty gdf__facts_find_group(const gdf__image_facts *facts, gdf_str name, uint32_t *gid)
{
    gdf__accounts set = facts->accounts;
    if (set == GDF__ACCOUNTS_UBUNTU)
        set = GDF__ACCOUNTS_DEBIAN;
    const account_row *row = find_account(groups, COUNT(groups), set, name);
    bool more = facts->accounts == GDF__ACCOUNTS_UBUNTU || set == GDF__ACCOUNTS_BUSYBOX;
    if (!row && more)
        return GDF__FACT_UNKNOWN;
    return answer_account(row, set, gid, NULL);
}

gdf_str gdf__facts_find_user_name(const gdf__image_facts *facts, uint32_t uid)
{
    for (size_t i = 0; i < COUNT(users); i++) {
        if (users[i].set == facts->accounts && users[i].id == uid && uid != GDF__ID_UNSURE)
            return gdf__str(users[i].name);
    }
    return gdf__empty;
}

static gdf__certainty find_content(const content_row *rows, size_t count, gdf__contents set,
                                   gdf_str name)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = gdf__str_compare(gdf__str(rows[middle].name), name);
        if (order == 0)
            return rows[middle].present[set];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return set == GDF__CONTENTS_NONE ? GDF__FACT_NO : GDF__FACT_UNKNOWN;
}

gdf__certainty gdf__facts_has_program(const gdf__image_facts *facts, gdf_str name)
{
    return find_content(programs, COUNT(programs), facts->contents, name);
}

gdf__certainty gdf__facts_has_package(const gdf__image_facts *facts, gdf_str name)
{
    return find_content(packages, COUNT(packages), facts->contents, name);
}

gdf__image_size gdf__facts_find_size(const gdf__image_facts *facts)
{
    gdf__image_size size = {0, 0};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        bool release = sizes[i].release[0] == '\0' || gdf__str_is(facts->release, sizes[i].release);
        bool slim = (sizes[i].slim == GDF__FACT_YES) == (facts->is_slim == GDF__FACT_YES);
        if (sizes[i].family == facts->family && sizes[i].os == facts->os && release && slim) {
            size.compressed = (uint64_t)sizes[i].compressed * BYTES_A_KILOBYTE;
            size.unpacked = (uint64_t)sizes[i].unpacked * BYTES_A_KILOBYTE;
            break;
        }
    }
    return size;
}
