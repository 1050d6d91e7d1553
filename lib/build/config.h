/* The predicted config of an image, as it is kept. */
#ifndef GDF_BUILD_CONFIG_H
#define GDF_BUILD_CONFIG_H

#include <godockerfile/config.h>

#include "base/table.h"
#include "build/build.h"

/* First values of the kinds of gdf_config_field: an index into the arrays below is the distance
 * from it. */
enum {
    GDF__CONFIG_TEXTS = GDF_CONFIG_ARCHITECTURE,
    GDF__CONFIG_TEXT_COUNT = GDF_CONFIG_STOP_SIGNAL - GDF__CONFIG_TEXTS + 1,
    GDF__CONFIG_LISTS = GDF_CONFIG_ENV,
    GDF__CONFIG_LIST_COUNT = GDF_CONFIG_IMAGES - GDF__CONFIG_LISTS + 1,
    GDF__CONFIG_NUMBERS = GDF_CONFIG_HEALTHCHECK_INTERVAL,
    GDF__CONFIG_NUMBER_COUNT = GDF_CONFIG_ARGS_ESCAPED - GDF__CONFIG_NUMBERS + 1
};

/* Lines of an error, both included. */
typedef struct gdf__line_range {
    uint32_t first;
    uint32_t last;
} gdf__line_range;

struct gdf_config {
    gdf__arena arena;
    gdf_str texts[GDF__CONFIG_TEXT_COUNT];
    gdf__table lists[GDF__CONFIG_LIST_COUNT]; /* of gdf_str */
    uint64_t numbers[GDF__CONFIG_NUMBER_COUNT];
    gdf__table label_values; /* of gdf_str */
    gdf__table layers;       /* of bool, for each line of the history */
    gdf__table triggers;     /* of gdf_document *: what ran as ONBUILD; texts point into them */
    gdf_str error;
    gdf__table error_places; /* of gdf__line_range */
    gdf_stage error_stage;   /* whose command ends in the error; 0: none does */
    uint32_t error_command;  /* which of its commands, triggers first, from 0 */
    uint32_t error_values;   /* values of its mounts that had been expanded by then */
    bool is_check;           /* every stage counts, no image is kept: the builder's check */
    const char *limit;       /* what ended the work early; NULL: nothing did */
    bool is_base_known;
};

static inline gdf_str *gdf__config_text(gdf_config *config, gdf_config_field field)
{
    return &config->texts[field - GDF__CONFIG_TEXTS];
}

static inline gdf__table *gdf__config_list(gdf_config *config, gdf_config_field field)
{
    return &config->lists[field - GDF__CONFIG_LISTS];
}

static inline uint64_t *gdf__config_number(gdf_config *config, gdf_config_field field)
{
    return &config->numbers[field - GDF__CONFIG_NUMBERS];
}

/* gdf_config_create() for the builder's check of the file instead of a build: without a target it
 * looks at every stage. Only the error is of use. */
gdf_config *gdf__config_create_for_check(const gdf_build *build, const gdf_options *options);

/* Appends to a list field. */
void gdf__config_add(gdf_config *config, gdf_config_field field, gdf_str text);

/* True when any table or the arena ran out of memory. */
bool gdf__config_failed(const gdf_config *config);

/* Works out everything (dispatch.c). Short memory fails the config. */
void gdf__dispatch_run(gdf_config *config, const gdf_build *build, const gdf_options *options);

#endif
