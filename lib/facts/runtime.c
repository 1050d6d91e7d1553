#include "facts/runtime.h"

#include "base/ascii.h"
#include "facts/tag_words.h"

#define DISTROLESS "gcr.io/distroless/"
#define DECIMAL_BASE 10u
#define VERSION_FACTOR 1000u

static gdf__runtime_image no_image(void)
{
    gdf__runtime_image image = {gdf__short_text_empty(), gdf__short_text_empty(), false, false};
    return image;
}

static gdf__runtime_image distroless(const char *name, const gdf__os_release *generation)
{
    gdf__runtime_image image = no_image();
    if (!generation)
        return image;
    gdf__short_text_add_literal(&image.repository, DISTROLESS);
    gdf__short_text_add_literal(&image.repository, name);
    gdf__short_text_add_literal(&image.repository, "-debian");
    gdf__short_text_add_literal(&image.repository, generation->release);
    gdf__short_text_add_literal(&image.tag, "nonroot");
    image.is_nonroot = true;
    return image;
}

/* "2.41" as 2041; 0 for no version. */
static uint32_t version_number(gdf_str version)
{
    uint32_t major = 0;
    uint32_t minor = 0;
    size_t at = 0;
    while (at < version.len && gdf__ascii_is_digit(version.ptr[at]) && major < VERSION_FACTOR)
        major = major * DECIMAL_BASE + (uint32_t)(version.ptr[at++] - '0');
    if (at < version.len && version.ptr[at] == '.')
        at++;
    while (at < version.len && gdf__ascii_is_digit(version.ptr[at]) && minor < VERSION_FACTOR)
        minor = minor * DECIMAL_BASE + (uint32_t)(version.ptr[at++] - '0');
    return major * VERSION_FACTOR + minor;
}

/* The oldest generation supported at `now` whose C library is as new as the builder's. */
static const gdf__os_release *find_generation(const gdf__image_facts *builder, gdf__date now)
{
    uint32_t needed = version_number(builder->libc_version);
    const gdf__os_release *oldest = NULL;
    for (uint32_t i = 0; needed > 0 && i < gdf__facts_count_os_releases(); i++) {
        const gdf__os_release *row = gdf__facts_get_os_release(i);
        bool supported = row->family == GDF__OS_DISTROLESS &&
                         row->released <= gdf__date_or_data_date(now) &&
                         !gdf__date_is_past(row->end_of_life, now);
        if (!supported || version_number(gdf__str(row->libc)) < needed)
            continue;
        if (!oldest || row->released < oldest->released)
            oldest = row;
    }
    return oldest;
}

static gdf__runtime_image glibc_image(const char *name, const gdf__image_facts *builder,
                                      gdf__date now)
{
    if (builder->libc != GDF__LIBC_GLIBC)
        return no_image();
    const gdf__os_release *generation = find_generation(builder, now);
    gdf__runtime_image image = distroless(name, generation);
    image.is_same_release = generation && builder->os == GDF__OS_DEBIAN &&
                            gdf__str_is(builder->release, generation->release);
    return image;
}

static gdf__runtime_image musl_image(const gdf__image_facts *builder)
{
    gdf__runtime_image image = no_image();
    if (builder->os != GDF__OS_ALPINE || builder->release.len == 0)
        return image;
    gdf__short_text_add_literal(&image.repository, "alpine");
    gdf__short_text_add(&image.tag, builder->release);
    image.is_same_release = true;
    return image;
}

gdf__runtime_image gdf__facts_find_runtime(gdf__runtime_need need, const gdf__image_facts *builder,
                                           gdf__date now)
{
    switch (need) {
    case GDF__RUNTIME_STATIC:
        return distroless("static", gdf__facts_find_newest_os_release(GDF__OS_DISTROLESS, now));
    case GDF__RUNTIME_GLIBC: return glibc_image("base", builder, now);
    case GDF__RUNTIME_GLIBC_CPP: return glibc_image("cc", builder, now);
    case GDF__RUNTIME_MUSL: return musl_image(builder);
    }
    return no_image();
}
