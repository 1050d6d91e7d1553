#include "facts/golang_tags.h"

#include "base/ascii.h"
#include "facts/os_releases.h"
#include "facts/tag_words.h"

static const gdf__golang_variant variants[] = {
#define GDF_GOLANG_VARIANT(minor, variant, first, last, from, to) \
    {minor, variant, first, last, from, to},
#include "facts/golang_variants.def"
#undef GDF_GOLANG_VARIANT
};

typedef struct alias_row {
    int32_t minor;
    const char *variant;
    gdf__date since;
    int32_t first_patch;
    const char *suite;
} alias_row;

static const alias_row aliases[] = {
#define GDF_GOLANG_ALIAS(minor, variant, since, patch, suite) {minor, variant, since, patch, suite},
#include "facts/golang_aliases.def"
#undef GDF_GOLANG_ALIAS
};

#define VARIANT_COUNT ((uint32_t)(sizeof variants / sizeof variants[0]))
#define ALIAS_COUNT ((uint32_t)(sizeof aliases / sizeof aliases[0]))
#define ALPINE_PREFIX "alpine"
/* Lists of older minors have gaps; their tags are not judged. */
#define FIRST_JUDGED_MINOR 9

static int compare_variant(const gdf__golang_variant *row, int32_t minor, gdf_str variant)
{
    if (row->minor != minor)
        return row->minor < minor ? -1 : 1;
    return gdf__str_compare(gdf__str(row->variant), variant);
}

/* Index of the first row that is not before (minor, variant). */
static uint32_t lower_bound(int32_t minor, gdf_str variant)
{
    uint32_t low = 0;
    uint32_t high = VARIANT_COUNT;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_variant(&variants[middle], minor, variant) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const gdf__golang_variant *gdf__facts_find_golang_variant(int32_t minor, gdf_str variant)
{
    uint32_t at = lower_bound(minor, variant);
    bool hit = at < VARIANT_COUNT && compare_variant(&variants[at], minor, variant) == 0;
    return hit ? &variants[at] : NULL;
}

/* ---- Reading --------------------------------------------------------------------------------- */

static gdf__golang_variant_kind kind_of(gdf_str variant)
{
    if (gdf__str_starts(variant, ALPINE_PREFIX))
        return GDF__GOLANG_ALPINE;
    if (gdf__str_starts(variant, "windowsservercore"))
        return GDF__GOLANG_SERVERCORE;
    if (gdf__str_starts(variant, "nanoserver"))
        return GDF__GOLANG_NANOSERVER;
    const gdf__os_release *release = gdf__facts_find_os_codename(variant);
    bool debian = release && release->family == GDF__OS_DEBIAN;
    return variant.len == 0 || debian ? GDF__GOLANG_DEBIAN : GDF__GOLANG_OTHER;
}

static bool is_suite(gdf_str variant, gdf__golang_variant_kind kind)
{
    switch (kind) {
    case GDF__GOLANG_DEBIAN: return variant.len > 0;
    case GDF__GOLANG_ALPINE: return variant.len > strlen(ALPINE_PREFIX);
    case GDF__GOLANG_SERVERCORE:
    case GDF__GOLANG_NANOSERVER: return gdf__str_has_byte(variant, '-');
    default: return false;
    }
}

static bool is_number(gdf_str word)
{
    for (size_t i = 0; i < word.len; i++) {
        if (!gdf__ascii_is_digit(word.ptr[i]))
            return false;
    }
    return word.len > 0;
}

/* Fills version, variant and is_prerelease. */
static void take_apart(gdf_str tag, gdf__golang_tag *found)
{
    gdf_str rest = tag;
    gdf_str head = gdf__tag_take_word(&rest);
    found->version = gdf__go_version_parse(head);
    found->is_prerelease = found->version.prerelease.len > 0;
    found->variant = rest;
    bool numbered = found->version.minor != GDF__GO_NONE;
    bool channel = gdf__str_is(head, "tip") || gdf__str_is(head, "rc");
    if (channel || (numbered && gdf__str_starts(rest, "rc"))) {
        found->is_prerelease = true;
        if (numbered)
            gdf__tag_take_word(&rest);
        gdf_str after = rest;
        if (is_number(gdf__tag_take_word(&after)))
            rest = after;
        found->variant = rest;
    } else if (gdf__str_is(tag, "latest")) {
        found->variant = gdf__empty;
    } else if (!numbered && !gdf__str_is(head, "1")) {
        found->variant = tag;
    }
}

static const char *find_alias(int32_t minor, gdf_str variant, int32_t patch, gdf__date now)
{
    const char *suite = NULL;
    for (uint32_t i = 0; i < ALIAS_COUNT; i++) {
        const alias_row *row = &aliases[i];
        bool same = row->minor == minor && gdf__str_is(variant, row->variant);
        bool floats = patch == GDF__GO_NONE;
        if (same && (floats ? row->since <= now || !suite : row->first_patch <= patch))
            suite = row->suite;
    }
    return suite;
}

/* The newest minor that was published with a variant up to `now`. */
static int32_t find_minor_with(gdf_str variant, gdf__date now)
{
    int32_t newest = gdf__facts_find_newest_go_minor(now);
    for (int32_t minor = newest; minor >= 0; minor--) {
        const gdf__golang_variant *row = gdf__facts_find_golang_variant(minor, variant);
        if (row && row->first_listed <= now)
            return minor;
    }
    return GDF__GO_NONE;
}

gdf__golang_tag gdf__facts_read_golang_tag(gdf_str tag, gdf__date now)
{
    gdf__golang_tag found = {.suite = gdf__empty, .variant = gdf__empty};
    now = gdf__date_or_data_date(now);
    take_apart(tag, &found);
    found.kind = kind_of(found.variant);
    found.names_suite = is_suite(found.variant, found.kind);
    found.minor = found.version.minor;
    bool plain = found.variant.len == 0 || gdf__str_is(found.variant, ALPINE_PREFIX);
    if (found.minor == GDF__GO_NONE && !found.is_prerelease) {
        if (plain)
            found.minor = gdf__facts_find_newest_go_minor(now);
        else if (found.kind != GDF__GOLANG_OTHER)
            found.minor = find_minor_with(found.variant, now);
    }
    if (found.names_suite)
        found.suite = found.variant;
    else if (plain && !found.is_prerelease)
        found.suite = gdf__str(find_alias(found.minor, found.variant, found.version.patch, now));
    return found;
}

/* ---- Judging --------------------------------------------------------------------------------- */

/* The last day on which any variant of a minor was listed. */
static gdf__date last_listed(int32_t minor)
{
    gdf__date last = 0;
    for (uint32_t i = lower_bound(minor, gdf__empty); i < VARIANT_COUNT; i++) {
        if (variants[i].minor != minor)
            break;
        if (variants[i].last_listed > last)
            last = variants[i].last_listed;
    }
    return last;
}

/* Digits of a suite that order it among its kind: 3.24 gives 3024, trixie 13. */
static uint32_t suite_age(gdf_str suite, gdf__golang_variant_kind kind)
{
    if (kind == GDF__GOLANG_DEBIAN) {
        const gdf__os_release *release = gdf__facts_find_os_codename(suite);
        suite = gdf__str(release ? release->release : "");
    }
    uint32_t parts[2] = {0, 0};
    size_t part = 0;
    const uint32_t minor_factor = 1000;
    for (size_t i = 0; i < suite.len && part < 2; i++) {
        if (suite.ptr[i] == '.')
            part++;
        else if (gdf__ascii_is_digit(suite.ptr[i]) && parts[part] < minor_factor)
            parts[part] = parts[part] * 10 + (uint32_t)(suite.ptr[i] - '0');
    }
    return parts[0] * minor_factor + parts[1];
}

/* True when every suite of that kind that the minor ever had is newer. */
static bool is_older_than_all(const gdf__golang_tag *tag)
{
    uint32_t age = suite_age(tag->variant, tag->kind);
    bool any = false;
    for (uint32_t i = lower_bound(tag->minor, gdf__empty); i < VARIANT_COUNT; i++) {
        gdf_str variant = gdf__str(variants[i].variant);
        if (variants[i].minor != tag->minor)
            break;
        if (kind_of(variant) != tag->kind || !is_suite(variant, tag->kind))
            continue;
        if (suite_age(variant, tag->kind) <= age)
            return false;
        any = true;
    }
    return any;
}

static gdf__golang_tag_state judge_missing(const gdf__golang_tag *tag, bool complete)
{
    bool slim = gdf__str_ends(tag->variant, "slim");
    bool ordered = tag->names_suite && tag->kind <= GDF__GOLANG_ALPINE;
    if (slim || complete || (ordered && is_older_than_all(tag)))
        return GDF__GOLANG_TAG_NEVER;
    return GDF__GOLANG_TAG_UNKNOWN;
}

static gdf__golang_tag_state judge_row(const gdf__golang_variant *row, int32_t patch, bool complete,
                                       gdf__date last)
{
    bool dropped = row->last_listed < last;
    if (patch != GDF__GO_NONE && patch < row->first_patch)
        return GDF__GOLANG_TAG_NEVER;
    if (patch > row->last_patch)
        return complete || dropped ? GDF__GOLANG_TAG_NEVER : GDF__GOLANG_TAG_UNKNOWN;
    return dropped ? GDF__GOLANG_TAG_FROZEN : GDF__GOLANG_TAG_CURRENT;
}

/* A tag of a version without variant: the row of its release. */
static gdf__golang_tag_state judge_plain(const gdf__go_release *release, int32_t patch,
                                         bool complete)
{
    if (patch <= release->newest_image_patch)
        return GDF__GOLANG_TAG_CURRENT;
    return complete ? GDF__GOLANG_TAG_NEVER : GDF__GOLANG_TAG_UNKNOWN;
}

gdf__golang_tag_state gdf__facts_judge_golang_tag(gdf_str text)
{
    gdf__golang_tag tag = gdf__facts_read_golang_tag(text, 0);
    const gdf__go_release *release = gdf__facts_find_go_release(tag.minor);
    if (tag.is_prerelease)
        return GDF__GOLANG_TAG_UNKNOWN;
    if (!release || release->newest_image_patch == GDF__GO_NONE)
        return gdf__str_ends(tag.variant, "slim") ? GDF__GOLANG_TAG_NEVER : GDF__GOLANG_TAG_UNKNOWN;
    bool complete = gdf__date_is_past(release->end_of_life, 0);
    if (tag.minor < FIRST_JUDGED_MINOR)
        return GDF__GOLANG_TAG_UNKNOWN;
    if (tag.variant.len == 0)
        return judge_plain(release, tag.version.patch, complete);
    const gdf__golang_variant *row = gdf__facts_find_golang_variant(tag.minor, tag.variant);
    if (!row)
        return judge_missing(&tag, complete);
    bool bound = tag.version.minor != GDF__GO_NONE;
    int32_t line = bound ? tag.minor : gdf__facts_find_newest_go_minor(0);
    return judge_row(row, tag.version.patch, complete && bound, last_listed(line));
}

/* ---- Suites ---------------------------------------------------------------------------------- */

static bool row_serves(const gdf__golang_variant *row, int32_t patch, gdf__date now, gdf__date last)
{
    if (row->first_listed > now)
        return false;
    if (patch == GDF__GO_NONE)
        return row->last_listed >= (now < last ? now : last);
    return row->first_patch <= patch && patch <= row->last_patch;
}

const char *gdf__facts_find_golang_suite(int32_t minor, int32_t patch,
                                         gdf__golang_variant_kind kind, gdf__date now)
{
    now = gdf__date_or_data_date(now);
    const char *newest = NULL;
    uint32_t newest_age = 0;
    gdf__date last = last_listed(minor);
    for (uint32_t i = lower_bound(minor, gdf__empty); i < VARIANT_COUNT; i++) {
        const gdf__golang_variant *row = &variants[i];
        gdf_str variant = gdf__str(row->variant);
        if (row->minor != minor)
            break;
        if (kind_of(variant) != kind || !is_suite(variant, kind) ||
            !row_serves(row, patch, now, last))
            continue;
        uint32_t age = suite_age(variant, kind);
        if (!newest || age >= newest_age) {
            newest = row->variant;
            newest_age = age;
        }
    }
    return newest;
}

/* ---- Repairing ------------------------------------------------------------------------------- */

static gdf__short_text compose(int32_t minor, int32_t patch, gdf_str variant)
{
    gdf__short_text text = gdf__short_text_empty();
    gdf__short_text_add_literal(&text, "1.");
    gdf__short_text_add_number(&text, (uint32_t)minor, 1);
    if (patch != GDF__GO_NONE) {
        gdf__short_text_add_literal(&text, ".");
        gdf__short_text_add_number(&text, (uint32_t)patch, 1);
    }
    if (variant.len > 0) {
        gdf__short_text_add_literal(&text, "-");
        gdf__short_text_add(&text, variant);
    }
    return text;
}

/* "alpine3.20-slim" and "slim" without what never existed. */
static gdf_str without_slim(gdf_str variant)
{
    if (gdf__str_is(variant, "slim"))
        return gdf__empty;
    return gdf__str_ends(variant, "-slim")
               ? gdf__str_slice(variant, 0, variant.len - strlen("-slim"))
               : variant;
}

gdf__short_text gdf__facts_repair_golang_tag(gdf_str text)
{
    gdf__golang_tag tag = gdf__facts_read_golang_tag(text, 0);
    gdf_str variant = without_slim(tag.variant);
    gdf__golang_variant_kind kind = kind_of(variant);
    int32_t patch = tag.version.patch;
    int32_t minor = variant.len < tag.variant.len && tag.version.minor == GDF__GO_NONE
                        ? gdf__facts_find_newest_go_minor(0)
                        : tag.minor;
    const gdf__go_release *release = gdf__facts_find_go_release(minor);
    if (!release || tag.is_prerelease)
        return gdf__short_text_empty();
    if (tag.version.minor == GDF__GO_NONE)
        minor = gdf__facts_find_newest_go_minor(0);
    if (kind == GDF__GOLANG_OTHER)
        kind = GDF__GOLANG_DEBIAN;
    const char *suite = gdf__facts_find_golang_suite(minor, patch, kind, 0);
    if (suite)
        return compose(minor, patch, gdf__str(suite));
    const gdf__golang_variant *row = gdf__facts_find_golang_variant(minor, variant);
    if (row && patch != GDF__GO_NONE)
        return compose(minor, patch < row->first_patch ? row->first_patch : row->last_patch,
                       variant);
    bool plain = variant.len == 0 && patch > release->newest_image_patch;
    return plain ? compose(minor, release->newest_image_patch, variant) : gdf__short_text_empty();
}

uint32_t gdf__facts_count_golang_variants(void)
{
    return VARIANT_COUNT;
}

const gdf__golang_variant *gdf__facts_get_golang_variant(uint32_t index)
{
    return index < VARIANT_COUNT ? &variants[index] : NULL;
}
