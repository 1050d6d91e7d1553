/* Tags that move, and which tag to write instead. */
#ifndef GDF_FACTS_TAGS_H
#define GDF_FACTS_TAGS_H

#include "facts/images.h"

typedef enum gdf__tag_movement {
    GDF__TAG_FIXED = 0,      /* names a release, or nothing is known against it */
    GDF__TAG_MISSING = 1,    /* no tag */
    GDF__TAG_LATEST = 2,     /* "latest" */
    GDF__TAG_FAMILY = 3,     /* stable, edge, golang:alpine, golang:1, alpine:3, busybox:glibc… */
    GDF__TAG_ONLY_LATEST = 4 /* moves, but the repository publishes nothing else: use a digest */
} gdf__tag_movement;

/* How the tag of an image without a digest moves. scratch is FIXED. */
gdf__tag_movement gdf__facts_judge_tag(gdf_str name, gdf_str tag);

/* An image name to write in place of another. Empty name: nothing to suggest. */
typedef struct gdf__image_suggestion {
    gdf__short_text repository; /* as given, save for a distroless generation */
    gdf__short_text tag;        /* may be empty when none was given: distroless */
} gdf__image_suggestion;

/* True when there is a suggestion. */
bool gdf__facts_has_suggestion(const gdf__image_suggestion *suggestion);

/* The newest supported image of the same family and variant at `now` (0: data date), when the tag
 * moves, is of an ended release of Go or of its operating system, or is no longer rebuilt. Nothing
 * for images in order, unknown repositories, unknown tags, and when the tables know no supported
 * release. A supported Go minor is kept; a patch is dropped. */
gdf__image_suggestion gdf__facts_suggest_image(gdf_str name, gdf_str tag, gdf__date now);

/* The same tag with the release of the operating system that it stands for at `now`:
 * golang:1.27 → 1.27-trixie, debian:stable-slim → trixie-slim, distroless/static →
 * static-debian13. Nothing when the tag names it or it is not known. */
gdf__image_suggestion gdf__facts_name_suite(gdf_str name, gdf_str tag, gdf__date now);

#endif
