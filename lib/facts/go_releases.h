/* Go releases: versions taken apart, and which are supported when. */
#ifndef GDF_FACTS_GO_RELEASES_H
#define GDF_FACTS_GO_RELEASES_H

#include "facts/dates.h"

/* What begins with which minor: `minor >= GDF__GO_SINCE_PGO_AUTO`. */
typedef enum gdf__go_since {
#define GDF_GO_BEHAVIOUR(id, minor, summary) GDF__GO_SINCE_##id = (minor),
#include "facts/go_behaviour.def"
#undef GDF_GO_BEHAVIOUR
    GDF__GO_SINCE_LAST_ = 0x7fff
} gdf__go_since;

/* A missing minor or patch, and every number that is too large to be one. */
#define GDF__GO_NONE (-1)

/* 1.MINOR[.PATCH | PRERELEASE] */
typedef struct gdf__go_version {
    int32_t minor;      /* GDF__GO_NONE: the text is no Go version */
    int32_t patch;      /* GDF__GO_NONE: not given */
    gdf_str prerelease; /* "rc1", "beta2"; borrowed from the text */
} gdf__go_version;

/* Reads the whole text as a Go version: "1.27", "1.27.1", "1.27rc1", also with "go" before it. */
gdf__go_version gdf__go_version_parse(gdf_str text);

/* <0, 0, >0. A pre-release comes before the release; a missing patch counts as .0. */
int gdf__go_version_compare(gdf__go_version a, gdf__go_version b);

typedef struct gdf__go_release {
    int32_t minor;
    gdf__date released;
    gdf__date end_of_life;      /* 0 while it is supported */
    int32_t newest_patch;       /* seen anywhere up to the data date */
    int32_t newest_image_patch; /* of the official image's list; GDF__GO_NONE: never an image */
} gdf__go_release;

/* NULL for a minor that the table does not have. */
const gdf__go_release *gdf__facts_find_go_release(int32_t minor);

/* Newest patch of a minor as of the data date, or GDF__GO_NONE. */
int32_t gdf__facts_find_newest_go_patch(int32_t minor);

/* The newest minor released at `now`, and the oldest one still supported then (0: data date).
 * After the data date the answers are those of the data date, less what ended since. */
int32_t gdf__facts_find_newest_go_minor(gdf__date now);
int32_t gdf__facts_find_oldest_supported_go_minor(gdf__date now);

/* End of life of a minor; 0 while supported and for unknown minors. */
gdf__date gdf__facts_find_go_end_of_life(int32_t minor);

/* The rows, oldest first. */
uint32_t gdf__facts_count_go_releases(void);
const gdf__go_release *gdf__facts_get_go_release(uint32_t index);

#endif
