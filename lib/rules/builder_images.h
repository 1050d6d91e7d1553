/* Configs of base images as the caller gives them (GDF_OPTION_IMAGE_CONFIG), as far as the
 * builder's checks ask for them. */
#ifndef GDF_RULES_BUILDER_IMAGES_H
#define GDF_RULES_BUILDER_IMAGES_H

#include "base/name_map.h"
#include "build/build.h"
#include "instruction/platform.h"

typedef struct gdf__builder_image {
    gdf__platform platform;
    bool has_shell;
    uint32_t first_variable; /* index into `texts`: names of Env */
    uint32_t variable_count;
    uint32_t first_trigger; /* the same: OnBuild */
    uint32_t trigger_count;
} gdf__builder_image;

typedef struct gdf__builder_images {
    gdf__arena *arena;
    gdf__name_map references; /* full references → index into images */
    gdf__table images;        /* of gdf__builder_image */
    gdf__table texts;         /* of gdf_str */
} gdf__builder_images;

/* Reads all configs that the options give; a text that is no config counts as none. */
void gdf__builder_images_init(gdf__builder_images *images, const gdf_options *options,
                              gdf__arena *arena);
void gdf__builder_images_free(gdf__builder_images *images);

/* The config of the image with that name, or NULL. */
const gdf__builder_image *gdf__builder_images_find(const gdf__builder_images *images,
                                                   gdf_str reference);

/* True when the Env of the image sets the variable. */
bool gdf__builder_images_sets(const gdf__builder_images *images, const gdf__builder_image *image,
                              gdf_str name);

static inline gdf_str gdf__builder_images_text(const gdf__builder_images *images, uint32_t index)
{
    return *GDF__AT(images->texts, gdf_str, index);
}

#endif
