/* Tags of the official golang image: what they stand for, and which of them ever existed. */
#ifndef GDF_FACTS_GOLANG_TAGS_H
#define GDF_FACTS_GOLANG_TAGS_H

#include "facts/go_releases.h"

/* What the part of a tag behind the Go version names. */
typedef enum gdf__golang_variant_kind {
    GDF__GOLANG_DEBIAN = 0, /* "" or a Debian suite */
    GDF__GOLANG_ALPINE = 1, /* "alpine" or "alpine3.N" */
    GDF__GOLANG_SERVERCORE = 2,
    GDF__GOLANG_NANOSERVER = 3,
    GDF__GOLANG_OTHER = 4 /* onbuild, cross, and whatever is not known */
} gdf__golang_variant_kind;

typedef struct gdf__golang_tag {
    gdf__go_version version; /* as written; minor GDF__GO_NONE for latest, 1, alpine, bookworm… */
    gdf_str variant;         /* as written: "", "alpine", "alpine3.24", "bookworm" */
    gdf__golang_variant_kind kind;
    bool is_prerelease; /* an rc, beta or tip image */
    bool names_suite;   /* the variant names a release of its operating system */
    int32_t minor;      /* what it stands for; GDF__GO_NONE: not known */
    gdf_str suite;      /* "trixie", "alpine3.24"; empty: not known. Borrowed or static. */
} gdf__golang_tag;

/* Reads a tag; the empty tag is "latest". What moves is resolved as of `now` (0: data date); a tag
 * with a patch stands for what it was when its last image was built. Borrows from `tag`. */
gdf__golang_tag gdf__facts_read_golang_tag(gdf_str tag, gdf__date now);

typedef enum gdf__golang_tag_state {
    GDF__GOLANG_TAG_UNKNOWN = 0, /* newer than the tables, a pre-release, or no such scheme */
    GDF__GOLANG_TAG_CURRENT = 1, /* published, and rebuilt as long as its minor was */
    GDF__GOLANG_TAG_FROZEN = 2,  /* published, but the variant ended before its minor did */
    GDF__GOLANG_TAG_NEVER = 3    /* never published */
} gdf__golang_tag_state;

/* Judged for minors whose table is complete; for live ones only what can no longer appear. */
gdf__golang_tag_state gdf__facts_judge_golang_tag(gdf_str text);

/* A tag beside a NEVER or FROZEN one: same minor and patch with the newest variant of the same
 * family that was published for them, else the same variant at the nearest patch. Empty when the
 * tables know none. */
gdf__short_text gdf__facts_repair_golang_tag(gdf_str text);

/* The newest suite of a kind that was published for a minor up to `now` (0: data date) with that
 * patch (GDF__GO_NONE: any, and still rebuilt); NULL when there is none. For Debian and no patch
 * it is the suite of the plain tag. */
const char *gdf__facts_find_golang_suite(int32_t minor, int32_t patch,
                                         gdf__golang_variant_kind kind, gdf__date now);

/* The rows of golang_variants.def, sorted by minor and variant (bytes). */
typedef struct gdf__golang_variant {
    int32_t minor;
    const char *variant;
    int32_t first_patch;
    int32_t last_patch;
    gdf__date first_listed;
    gdf__date last_listed;
} gdf__golang_variant;

const gdf__golang_variant *gdf__facts_find_golang_variant(int32_t minor, gdf_str variant);
uint32_t gdf__facts_count_golang_variants(void);
const gdf__golang_variant *gdf__facts_get_golang_variant(uint32_t index);

#endif
