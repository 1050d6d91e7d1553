/* What a base image holds, by its name and tag. */
#ifndef GDF_FACTS_IMAGES_H
#define GDF_FACTS_IMAGES_H

#include "facts/golang_tags.h"
#include "facts/repositories.h"

/* A fact that is not known is never guessed. */
typedef enum gdf__certainty {
    GDF__FACT_UNKNOWN = 0,
    GDF__FACT_NO = 1,
    GDF__FACT_YES = 2
} gdf__certainty;

typedef enum gdf__libc {
    GDF__LIBC_UNKNOWN = 0,
    GDF__LIBC_NONE = 1,
    GDF__LIBC_GLIBC = 2,
    GDF__LIBC_MUSL = 3
} gdf__libc;

typedef enum gdf__shell_family {
    GDF__SHELL_PROGRAM_UNKNOWN = 0,
    GDF__SHELL_PROGRAM_NONE = 1,
    GDF__SHELL_PROGRAM_DASH = 2,
    GDF__SHELL_PROGRAM_ASH = 3, /* busybox */
    GDF__SHELL_PROGRAM_BASH = 4
} gdf__shell_family;

typedef enum gdf__package_manager {
    GDF__PACKAGES_UNKNOWN = 0,
    GDF__PACKAGES_NONE = 1,
    GDF__PACKAGES_APK = 2,
    GDF__PACKAGES_APT = 3,
    GDF__PACKAGES_DNF = 4,
    GDF__PACKAGES_YUM = 5,
    GDF__PACKAGES_MICRODNF = 6,
    GDF__PACKAGES_TDNF = 7,
    GDF__PACKAGES_ZYPPER = 8
} gdf__package_manager;

/* Which lists of image_contents.h hold for an image. */
typedef enum gdf__accounts {
    GDF__ACCOUNTS_UNKNOWN = 0,
    GDF__ACCOUNTS_NONE, /* no passwd file */
    GDF__ACCOUNTS_ALPINE,
    GDF__ACCOUNTS_BUSYBOX,
    GDF__ACCOUNTS_DEBIAN,
    GDF__ACCOUNTS_DISTROLESS,
    GDF__ACCOUNTS_UBUNTU
} gdf__accounts;

typedef enum gdf__contents {
    GDF__CONTENTS_UNKNOWN = 0,
    GDF__CONTENTS_NONE, /* no program at all */
    GDF__CONTENTS_ALPINE,
    GDF__CONTENTS_BUSYBOX,
    GDF__CONTENTS_DEBIAN,
    GDF__CONTENTS_GOLANG_ALPINE,
    GDF__CONTENTS_GOLANG_DEBIAN,
    GDF__CONTENTS_UBUNTU
} gdf__contents;

typedef enum gdf__variable_set {
    GDF__VARIABLES_UNKNOWN = 0,
    GDF__VARIABLES_PATH_ONLY,
    GDF__VARIABLES_PATH_SET,
    GDF__VARIABLES_DISTROLESS,
    GDF__VARIABLES_DISTROLESS_DEBUG,
    GDF__VARIABLES_GOLANG,
    GDF__VARIABLES_GOLANG_LOCAL
} gdf__variable_set;

/* A variable that the image sets. */
typedef struct gdf__image_variable {
    gdf__variable_set set; /* the list of image_variables.def that it belongs to */
    const char *name;
    const char *value; /* NULL: set, but to what is not known */
} gdf__image_variable;

/* Slices are static or borrow from the arguments of the look-up. */
typedef struct gdf__image_facts {
    gdf__image_family family;
    gdf__certainty is_go_toolchain;
    int32_t go_minor;          /* of a toolchain; GDF__GO_NONE: not known */
    int32_t go_patch;          /* as the tag names it; GDF__GO_NONE: it floats */
    gdf__os_family os;         /* DEBIAN for distroless */
    gdf__os_family life_cycle; /* whose end of life counts: DISTROLESS for distroless */
    gdf_str release;           /* "13", "3.24", "24.04"; empty: not known or rolling */
    gdf_str codename;          /* "trixie"; empty: not known or none */
    gdf__libc libc;
    gdf_str libc_version; /* "2.41"; empty: not known */
    gdf__certainty has_shell;
    gdf__shell_family shell; /* what shell_path runs */
    gdf_str shell_path; /* "/bin/sh"; "/busybox/sh" in distroless debug; empty: none, unknown */
    gdf__certainty has_bash;
    gdf__package_manager package_manager;
    gdf__certainty has_ca_bundle;
    gdf__certainty has_zone_data; /* /usr/share/zoneinfo */
    gdf__certainty has_tmp;       /* /tmp, mode 1777 */
    gdf__certainty has_c_compiler;
    gdf__certainty has_loader; /* a dynamic loader and its libc */
    gdf__certainty has_passwd;
    gdf__certainty is_closed;  /* every file is known: what is not copied in is not there */
    gdf__certainty is_debug;   /* a shell was added to an image that has none by itself */
    gdf__certainty is_slim;    /* a Debian without documentation and locales */
    gdf__certainty knows_user; /* YES: `user` is what the image sets, "" being root */
    gdf_str user;              /* "65532", "nonroot" */
    gdf__certainty is_root;    /* the default user is root */
    gdf__certainty knows_workdir;
    gdf_str workdir; /* absolute; "/" when the image sets none */
    const gdf__image_variable *variables;
    uint32_t variable_count;
    gdf__certainty knows_all_variables;
    gdf__accounts accounts;
    gdf__contents contents;
    uint32_t platforms; /* bits of gdf__platform_bit; 0: not known */
} gdf__image_facts;

/* Linux platforms, as bits. */
typedef enum gdf__platform_bit {
#define GDF_PLATFORM(id, bit, name) GDF__PLATFORM_##id = 1 << (bit),
#include "facts/platforms.def"
#undef GDF_PLATFORM
    GDF__PLATFORM_NONE_ = 0
} gdf__platform_bit;

/* Facts for "FROM name:tag"; the name as written or normalised. An empty tag is
 * "latest". A text that is no tag ("?", or one with a variable left) stands for an unknown tag:
 * only what holds for every tag is told. All is unknown for a repository outside the tables. */
gdf__image_facts gdf__facts_find_image(gdf_str name, gdf_str tag);

/* The row of the release by which the image's end of life is judged, or NULL. */
const gdf__os_release *gdf__facts_find_image_release(const gdf__image_facts *facts);

/* The variable `name` that the image sets, or NULL. */
const gdf__image_variable *gdf__facts_find_variable(const gdf__image_facts *facts, gdf_str name);

/* Whether the image is published for "linux/arm64", "linux/arm/v7"…; NO also for other systems of
 * images that are for Linux only. */
gdf__certainty gdf__facts_has_platform(const gdf__image_facts *facts, gdf_str platform);

#endif
