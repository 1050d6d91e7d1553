/**
 * @file config.h
 * The image config that a build of the target would write, line for line of its history, and the
 * error that the builder would stop at. Nothing is executed or fetched: what the base images bring
 * along comes from gdf_options_add_image_config(); an image without one counts as setting nothing.
 */
#ifndef GODOCKERFILE_CONFIG_H
#define GODOCKERFILE_CONFIG_H

#include <godockerfile/build.h>

#ifdef __cplusplus
extern "C" {
#endif

/** An image config, or the error instead of it. It never changes. */
typedef struct gdf_config gdf_config;

/** What a config holds: texts, lists and numbers. */
typedef enum gdf_config_field {
    GDF_CONFIG_NONE = 0,
#define GDF_CONFIG_TEXT(id, value, name, summary) GDF_CONFIG_##id = (value),
#define GDF_CONFIG_LIST(id, value, name, summary) GDF_CONFIG_##id = (value),
#define GDF_CONFIG_NUMBER(id, value, name, summary) GDF_CONFIG_##id = (value),
#include <godockerfile/config_fields.def>
#undef GDF_CONFIG_TEXT
#undef GDF_CONFIG_LIST
#undef GDF_CONFIG_NUMBER
    GDF_CONFIG_LAST_ = 0x7fff
} gdf_config_field;

/**
 * Works out the config of the target of `build`, which must outlive it and is not changed.
 * @param options those that the build was made with; GDF_OPTION_IMAGE_CONFIG of them is read here.
 *        NULL: none.
 * @return NULL when memory is short or `build` is NULL. Free with gdf_config_free().
 */
GDF_API gdf_config *gdf_config_create(const gdf_build *build, const gdf_options *options);
/** Frees the config; NULL is accepted. */
GDF_API void gdf_config_free(gdf_config *config);

/* ---- The error ------------------------------------------------------------------------------- */

/** The error that the build would stop at, in the builder's words; empty when it would not. With an
 * error the config is empty but for GDF_CONFIG_IMAGES. */
GDF_API gdf_str gdf_config_get_error(const gdf_config *config);
/** Number of places where the builder says the error is: ranges of lines, 1-based, inclusive; it
 * may give none. */
GDF_API uint32_t gdf_config_count_error_places(const gdf_config *config);
/** First line of place `index` (0-based). */
GDF_API uint32_t gdf_config_get_error_first_line(const gdf_config *config, uint32_t index);
/** Last line of place `index` (0-based). */
GDF_API uint32_t gdf_config_get_error_last_line(const gdf_config *config, uint32_t index);

/** 0 when a limit ended the work: then there is no error, and the config lacks what comes later. */
GDF_API int gdf_config_is_complete(const gdf_config *config);
/** Which limit that was, in words that name the option where one sets it; static storage; empty
 * when none was met. */
GDF_API gdf_str gdf_config_get_limit(const gdf_config *config);
/** 1 when the config of the image at the root of the target is known: given by the options, or
 * scratch. */
GDF_API int gdf_config_is_base_known(const gdf_config *config);

/* ---- The config ------------------------------------------------------------------------------ */

/** A text field; empty for another one. */
GDF_API gdf_str gdf_config_get_text(const gdf_config *config, gdf_config_field field);
/** A number field; 0 for another one. */
GDF_API uint64_t gdf_config_get_number(const gdf_config *config, gdf_config_field field);
/** Number of items of a list field; 0 for another one. */
GDF_API uint32_t gdf_config_count_items(const gdf_config *config, gdf_config_field field);
/** Item `index` (0-based) of a list field; empty for another one. */
GDF_API gdf_str gdf_config_get_item(const gdf_config *config, gdf_config_field field,
                                    uint32_t index);
/** The value of the `index`th label. */
GDF_API gdf_str gdf_config_get_label_value(const gdf_config *config, uint32_t index);
/** 1 when the `index`th line of the history makes a layer. */
GDF_API int gdf_config_is_layer(const gdf_config *config, uint32_t index);

/**
 * The OCI image config as JSON: `architecture`, `os`, `config`, `history`; members in the
 * order of the specification, empty ones left out, no layers. Bytes that are no UTF-8 become
 * U+FFFD.
 * @return NULL when memory is short or `config` is NULL. Free with gdf_text_free().
 */
GDF_API gdf_text *gdf_config_render_json(const gdf_config *config);

/** Name as in config_fields.def; static storage; "" for a foreign value. */
GDF_API const char *gdf_config_field_name(gdf_config_field field);
/** The field with that name, or GDF_CONFIG_NONE. */
GDF_API gdf_config_field gdf_config_field_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
