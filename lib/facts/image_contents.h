/* Lists behind the image facts: users, groups, programs, installed packages, sizes. */
#ifndef GDF_FACTS_IMAGE_CONTENTS_H
#define GDF_FACTS_IMAGE_CONTENTS_H

#include "facts/images.h"

/* Stands for a number that differs from release to release. */
#define GDF__ID_UNSURE UINT32_MAX

/* Whether the image has a user; `*uid` and `*gid` get its numbers on YES (NULL is accepted).
 * NO only where the whole passwd file is known. */
gdf__certainty gdf__facts_find_user(const gdf__image_facts *facts, gdf_str name, uint32_t *uid,
                                    uint32_t *gid);

/* Whether the image has a group; `*gid` gets its number on YES (NULL is accepted). */
gdf__certainty gdf__facts_find_group(const gdf__image_facts *facts, gdf_str name, uint32_t *gid);

/* Name of the user with a number, or empty when none is known. */
gdf_str gdf__facts_find_user_name(const gdf__image_facts *facts, uint32_t uid);

/* Whether a program, by its plain name, is in the image. */
gdf__certainty gdf__facts_has_program(const gdf__image_facts *facts, gdf_str name);

/* Whether a package of the image's own distribution is installed in it. */
gdf__certainty gdf__facts_has_package(const gdf__image_facts *facts, gdf_str name);

/* Bytes on linux/amd64, rounded; 0: not known. */
typedef struct gdf__image_size {
    uint64_t compressed;
    uint64_t unpacked;
} gdf__image_size;

gdf__image_size gdf__facts_find_size(const gdf__image_facts *facts);

#endif
