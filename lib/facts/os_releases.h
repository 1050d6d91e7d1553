/* Operating systems of base images: their releases, end of life and libc. */
#ifndef GDF_FACTS_OS_RELEASES_H
#define GDF_FACTS_OS_RELEASES_H

#include "facts/dates.h"

typedef enum gdf__os_family {
    GDF__OS_UNKNOWN = 0,
#define GDF_OS_FAMILY(id, name, libc, shell, bash, manager, ca, zones, loader, accounts) \
    GDF__OS_##id,
#include "facts/os_families.def"
#undef GDF_OS_FAMILY
    GDF__OS_COUNT_
} gdf__os_family;

typedef struct gdf__os_release {
    gdf__os_family family; /* DISTROLESS rows: the Debian generation of the images */
    const char *release;   /* "13", "3.24", "24.04" */
    const char *codename;  /* "trixie"; "" for families without */
    const char *libc;      /* version of glibc or musl; "" unknown */
    gdf__date released;    /* 0: not yet */
    gdf__date end_of_life; /* regular support; 0: no day known yet */
    gdf__date extended;    /* LTS, ESM, ELS; 0: none known */
    bool long_term;        /* false: a Ubuntu interim release */
} gdf__os_release;

/* "debian", "alpine"…; "" for UNKNOWN. */
const char *gdf__os_family_name(gdf__os_family family);

/* The row of a release ("13", "3.24"), or NULL. */
const gdf__os_release *gdf__facts_find_os_release(gdf__os_family family, gdf_str release);

/* The row of a Debian or Ubuntu codename ("trixie", "noble"), or NULL. */
const gdf__os_release *gdf__facts_find_os_codename(gdf_str codename);

/* The newest release at `now` (0: data date) that has not ended then and is no interim release;
 * NULL when the table knows none. */
const gdf__os_release *gdf__facts_find_newest_os_release(gdf__os_family family, gdf__date now);

/* The n-th newest release of Debian at `now`: 0 stable, 1 oldstable, 2 oldoldstable; else NULL. */
const gdf__os_release *gdf__facts_find_debian_stable(uint32_t age, gdf__date now);

/* End of life of a release; 0 when unknown or none is set. */
gdf__date gdf__facts_find_os_end_of_life(gdf__os_family family, gdf_str release);

/* The rows, sorted by family and release (bytes). */
uint32_t gdf__facts_count_os_releases(void);
const gdf__os_release *gdf__facts_get_os_release(uint32_t index);

#endif
