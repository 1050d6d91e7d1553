/* Image names: which repository a name means, whatever registry it is fetched through. */
#ifndef GDF_FACTS_REPOSITORIES_H
#define GDF_FACTS_REPOSITORIES_H

#include "facts/os_releases.h"

typedef enum gdf__image_family {
    GDF__IMAGE_UNKNOWN = 0,
#define GDF_IMAGE_FAMILY(id, name) GDF__IMAGE_##id,
#include "facts/image_families.def"
#undef GDF_IMAGE_FAMILY
    GDF__IMAGE_COUNT_
} gdf__image_family;

typedef struct gdf__repository {
    gdf__image_family family; /* UNKNOWN: not in the tables */
    gdf__os_family os;        /* of its plain tags; UNKNOWN when it depends or is not known */
    gdf_str release;          /* when the name itself says it: ubi9, static-debian13; else empty */
    gdf_str name;             /* normalised, without the namespace of an architecture */
    gdf_str architecture;     /* "arm64v8" of arm64v8/alpine; empty */
    uint32_t version_parts;   /* see images.def */
    bool is_root;             /* known to run as root by default */
    bool only_latest;         /* publishes channels (latest, nonroot, debug…) and no versions */
} gdf__repository;

/* "distroless-static"…; "" for UNKNOWN. */
const char *gdf__image_family_name(gdf__image_family family);

/* Registry and repository of one reference joined: both must be slices of the same text as
 * gdf__image_reference_split() gives them; the registry may be empty. */
gdf_str gdf__facts_join_name(gdf_str registry, gdf_str repository);

/* The name without Docker Hub's own host, the mirrors of its official images and "library/":
 * docker.io/library/golang, public.ecr.aws/docker/library/golang and golang are "golang". */
gdf_str gdf__facts_normalise_repository(gdf_str name);

/* The namespace of an architecture ("arm64v8" of "arm64v8/alpine") of a normalised name, or empty.
 * `*rest` gets the name without it; NULL is accepted. */
gdf_str gdf__facts_split_architecture(gdf_str name, gdf_str *rest);

/* What the tables know of a name, normalised or not; slices borrow from `name`. */
gdf__repository gdf__facts_find_repository(gdf_str name);

/* The rows of images.def, sorted. */
uint32_t gdf__facts_count_repositories(void);
const char *gdf__facts_get_repository_name(uint32_t index);

#endif
