#include "facts/repositories.h"

#include "base/ascii.h"

typedef struct image_row {
    const char *name;
    gdf__image_family family;
    gdf__os_family os;
    bool is_root;
    uint32_t version_parts;
} image_row;

#define ROOT_YES true
#define ROOT_UNKNOWN false

static const image_row images[] = {
#define GDF_IMAGE(name, family, os, root, parts) \
    {name, GDF__IMAGE_##family, GDF__OS_##os, ROOT_##root, parts},
#include "facts/images.def"
#undef GDF_IMAGE
};

#define IMAGE_COUNT ((uint32_t)(sizeof images / sizeof images[0]))

/* Hosts and paths under which Docker Hub's images are fetched, longest first where one begins
 * another. Those of the second list carry official images only. */
static const char *const hub_prefixes[] = {
    "docker.io/",     "index.docker.io/", "registry-1.docker.io/", "registry.hub.docker.com/",
    "mirror.gcr.io/",
};
static const char *const official_prefixes[] = {
    "public.ecr.aws/docker/library/",
    "library/",
};
static const char *const architectures[] = {
    "amd64",    "arm32v5", "arm32v6", "arm32v7", "arm64v8",  "i386",
    "mips64le", "ppc64le", "riscv64", "s390x",   "winamd64",
};
static const char *const red_hat_registries[] = {
    "registry.access.redhat.com/",
    "registry.redhat.io/",
    "redhat/",
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const char *gdf__image_family_name(gdf__image_family family)
{
    static const char *const names[GDF__IMAGE_COUNT_] = {
        "",
#define GDF_IMAGE_FAMILY(id, name) name,
#include "facts/image_families.def"
#undef GDF_IMAGE_FAMILY
    };
    return family > GDF__IMAGE_UNKNOWN && family < GDF__IMAGE_COUNT_ ? names[family] : "";
}

gdf_str gdf__facts_join_name(gdf_str registry, gdf_str repository)
{
    if (registry.len == 0)
        return repository;
    return (gdf_str){registry.ptr, (size_t)(repository.ptr + repository.len - registry.ptr)};
}

/* Removes the first of the prefixes that `name` has. */
static bool strip(gdf_str *name, const char *const *prefixes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (gdf__str_starts(*name, prefixes[i])) {
            *name = gdf__str_slice(*name, strlen(prefixes[i]), name->len);
            return true;
        }
    }
    return false;
}

gdf_str gdf__facts_normalise_repository(gdf_str name)
{
    strip(&name, hub_prefixes, COUNT(hub_prefixes));
    strip(&name, official_prefixes, COUNT(official_prefixes));
    return name;
}

gdf_str gdf__facts_split_architecture(gdf_str name, gdf_str *rest)
{
    size_t slash = gdf__str_find(name, '/', 0);
    gdf_str first = gdf__str_slice(name, 0, slash);
    gdf_str tail = gdf__str_slice(name, slash + 1, name.len);
    bool official = slash < name.len && !gdf__str_has_byte(tail, '/');
    for (size_t i = 0; official && i < COUNT(architectures); i++) {
        if (gdf__str_is(first, architectures[i])) {
            if (rest)
                *rest = tail;
            return first;
        }
    }
    if (rest)
        *rest = name;
    return gdf__empty;
}

static const image_row *find_row(gdf_str name)
{
    uint32_t low = 0;
    uint32_t high = IMAGE_COUNT;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = gdf__str_compare(gdf__str(images[middle].name), name);
        if (order == 0)
            return &images[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* Offset of a trailing "-debianNN", or the length. */
static size_t find_generation(gdf_str name)
{
    static const char mark[] = "-debian";
    size_t digits = name.len;
    while (digits > 0 && gdf__ascii_is_digit(name.ptr[digits - 1]))
        digits--;
    bool marked = digits < name.len && gdf__str_ends(gdf__str_slice(name, 0, digits), mark);
    return marked ? digits - (sizeof mark - 1) : name.len;
}

static gdf__image_family distroless_family(gdf_str image)
{
    static const struct {
        const char *name;
        gdf__image_family family;
    } rows[] = {
        {"static", GDF__IMAGE_DISTROLESS_STATIC},
        {"base", GDF__IMAGE_DISTROLESS_BASE},
        {"base-nossl", GDF__IMAGE_DISTROLESS_BASE_NOSSL},
        {"cc", GDF__IMAGE_DISTROLESS_CC},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (gdf__str_is(image, rows[i].name))
            return rows[i].family;
    }
    return GDF__IMAGE_DISTROLESS_OTHER;
}

static bool read_distroless(gdf_str name, gdf__repository *found)
{
    static const char *const prefix[] = {"gcr.io/distroless/"};
    if (!strip(&name, prefix, COUNT(prefix)) || gdf__str_has_byte(name, '/'))
        return false;
    size_t end = find_generation(name);
    found->family = distroless_family(gdf__str_slice(name, 0, end));
    found->os = GDF__OS_DISTROLESS;
    found->only_latest = true;
    if (end < name.len)
        found->release = gdf__str_slice(name, end + strlen("-debian"), name.len);
    return true;
}

static gdf__image_family chainguard_family(gdf_str image)
{
    static const struct {
        const char *name;
        gdf__image_family family;
    } rows[] = {
        {"static", GDF__IMAGE_CHAINGUARD_STATIC},   {"glibc-dynamic", GDF__IMAGE_CHAINGUARD_GLIBC},
        {"wolfi-base", GDF__IMAGE_CHAINGUARD_BASE}, {"chainguard-base", GDF__IMAGE_CHAINGUARD_BASE},
        {"go", GDF__IMAGE_CHAINGUARD_GO},           {"go-fips", GDF__IMAGE_CHAINGUARD_GO},
        {"go-msft-fips", GDF__IMAGE_CHAINGUARD_GO},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (gdf__str_is(image, rows[i].name))
            return rows[i].family;
    }
    return GDF__IMAGE_CHAINGUARD_OTHER;
}

/* cgr.dev/ORGANISATION/IMAGE; the organisation "chainguard" is the free tier. */
static bool read_chainguard(gdf_str name, gdf__repository *found)
{
    static const char *const prefix[] = {"cgr.dev/"};
    if (!strip(&name, prefix, COUNT(prefix)))
        return false;
    size_t slash = gdf__str_find(name, '/', 0);
    gdf_str image = gdf__str_slice(name, slash + 1, name.len);
    if (slash >= name.len || gdf__str_has_byte(image, '/'))
        return false;
    found->family = chainguard_family(image);
    found->os = GDF__OS_WOLFI;
    found->only_latest = gdf__str_is(gdf__str_slice(name, 0, slash), "chainguard");
    return true;
}

static gdf__image_family ubi_family(gdf_str image)
{
    static const char *const prefix[] = {"ubi-"};
    strip(&image, prefix, COUNT(prefix));
    if (image.len == 0 || gdf__str_is(image, "ubi") || gdf__str_is(image, "init"))
        return GDF__IMAGE_UBI;
    if (gdf__str_is(image, "minimal"))
        return GDF__IMAGE_UBI_MINIMAL;
    if (gdf__str_is(image, "micro"))
        return GDF__IMAGE_UBI_MICRO;
    if (gdf__str_is(image, "go-toolset"))
        return GDF__IMAGE_UBI_GO_TOOLSET;
    return GDF__IMAGE_UBI_OTHER;
}

/* REGISTRY/ubi9, REGISTRY/ubi9-minimal and REGISTRY/ubi9/ubi-minimal. */
static bool read_ubi(gdf_str name, gdf__repository *found)
{
    if (!strip(&name, red_hat_registries, COUNT(red_hat_registries)) ||
        !gdf__str_starts(name, "ubi"))
        return false;
    size_t end = strlen("ubi");
    while (end < name.len && gdf__ascii_is_digit(name.ptr[end]))
        end++;
    bool separated = end == name.len || name.ptr[end] == '/' || name.ptr[end] == '-';
    if (end == strlen("ubi") || !separated)
        return false;
    found->family = ubi_family(gdf__str_slice(name, end + 1, name.len));
    found->os = GDF__OS_RHEL;
    found->release = gdf__str_slice(name, strlen("ubi"), end);
    found->version_parts = 1;
    return true;
}

gdf__repository gdf__facts_find_repository(gdf_str name)
{
    gdf__repository found = {.release = gdf__empty, .architecture = gdf__empty};
    name = gdf__facts_normalise_repository(name);
    found.name = name;
    if (read_distroless(name, &found) || read_chainguard(name, &found) || read_ubi(name, &found))
        return found;
    found.architecture = gdf__facts_split_architecture(name, &found.name);
    const image_row *row = find_row(found.name);
    if (row) {
        found.family = row->family;
        found.os = row->os;
        found.is_root = row->is_root;
        found.version_parts = row->version_parts;
    }
    return found;
}

uint32_t gdf__facts_count_repositories(void)
{
    return IMAGE_COUNT;
}

const char *gdf__facts_get_repository_name(uint32_t index)
{
    return index < IMAGE_COUNT ? images[index].name : "";
}
