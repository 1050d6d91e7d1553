#include "facts/go_releases.h"

#include "base/ascii.h"

#define MAX_NUMBER 9999
#define DECIMAL_BASE 10

static const gdf__go_release releases[] = {
#define GDF_GO_RELEASE(minor, released, end, patch, image) {minor, released, end, patch, image},
#include "facts/go_releases.def"
#undef GDF_GO_RELEASE
};

#define RELEASE_COUNT ((uint32_t)(sizeof releases / sizeof releases[0]))

static const gdf__go_version no_version = {GDF__GO_NONE, GDF__GO_NONE, {"", 0}};

/* Reads digits at *at; GDF__GO_NONE for none, a leading zero or a number that is too large. */
static int32_t read_number(gdf_str text, size_t *at)
{
    size_t start = *at;
    int32_t number = 0;
    while (*at < text.len && gdf__ascii_is_digit(text.ptr[*at])) {
        number = number * DECIMAL_BASE + (text.ptr[(*at)++] - '0');
        if (number > MAX_NUMBER)
            return GDF__GO_NONE;
    }
    bool padded = *at > start + 1 && text.ptr[start] == '0';
    return *at == start || padded ? GDF__GO_NONE : number;
}

static bool is_prerelease(gdf_str text)
{
    size_t at = gdf__str_starts(text, "rc") ? 2 : gdf__str_starts(text, "beta") ? 4 : 0;
    return at > 0 && read_number(text, &at) != GDF__GO_NONE && at == text.len;
}

gdf__go_version gdf__go_version_parse(gdf_str text)
{
    if (gdf__str_starts(text, "go"))
        text = gdf__str_slice(text, 2, text.len);
    if (!gdf__str_starts(text, "1."))
        return no_version;
    size_t at = 2;
    gdf__go_version version = no_version;
    version.minor = read_number(text, &at);
    if (version.minor == GDF__GO_NONE || at == text.len)
        return version;
    if (text.ptr[at] == '.') {
        at++;
        version.patch = read_number(text, &at);
        return version.patch != GDF__GO_NONE && at == text.len ? version : no_version;
    }
    version.prerelease = gdf__str_slice(text, at, text.len);
    return is_prerelease(version.prerelease) ? version : no_version;
}

int gdf__go_version_compare(gdf__go_version a, gdf__go_version b)
{
    if (a.minor != b.minor)
        return a.minor < b.minor ? -1 : 1;
    if ((a.prerelease.len > 0) != (b.prerelease.len > 0))
        return a.prerelease.len > 0 ? -1 : 1;
    if (a.prerelease.len != b.prerelease.len && a.prerelease.ptr[0] == b.prerelease.ptr[0])
        return a.prerelease.len < b.prerelease.len ? -1 : 1;
    if (a.prerelease.len > 0)
        return gdf__str_compare(a.prerelease, b.prerelease);
    int32_t left = a.patch > 0 ? a.patch : 0;
    int32_t right = b.patch > 0 ? b.patch : 0;
    return (left > right) - (left < right);
}

const gdf__go_release *gdf__facts_find_go_release(int32_t minor)
{
    return minor >= 0 && minor < (int32_t)RELEASE_COUNT ? &releases[minor] : NULL;
}

int32_t gdf__facts_find_newest_go_patch(int32_t minor)
{
    const gdf__go_release *release = gdf__facts_find_go_release(minor);
    return release ? release->newest_patch : GDF__GO_NONE;
}

int32_t gdf__facts_find_newest_go_minor(gdf__date now)
{
    now = gdf__date_or_data_date(now);
    uint32_t count = RELEASE_COUNT;
    while (count > 1 && releases[count - 1].released > now)
        count--;
    return releases[count - 1].minor;
}

int32_t gdf__facts_find_oldest_supported_go_minor(gdf__date now)
{
    int32_t newest = gdf__facts_find_newest_go_minor(now);
    int32_t oldest = newest;
    while (oldest > 0 && !gdf__date_is_past(releases[oldest - 1].end_of_life, now))
        oldest--;
    return oldest;
}

gdf__date gdf__facts_find_go_end_of_life(int32_t minor)
{
    const gdf__go_release *release = gdf__facts_find_go_release(minor);
    return release ? release->end_of_life : 0;
}

uint32_t gdf__facts_count_go_releases(void)
{
    return RELEASE_COUNT;
}

const gdf__go_release *gdf__facts_get_go_release(uint32_t index)
{
    return index < RELEASE_COUNT ? &releases[index] : NULL;
}
