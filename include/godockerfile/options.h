/**
 * @file options.h
 * One object with setters for everything that may be chosen: limits, inputs of a build, context
 * facts. NULL means "all defaults" wherever options are taken. Options are read while the call
 * that takes them runs and may be freed or changed after it.
 */
#ifndef GODOCKERFILE_OPTIONS_H
#define GODOCKERFILE_OPTIONS_H

#include <godockerfile/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Choices, each at its default until it is set. */
typedef struct gdf_options gdf_options;

/** What can be chosen. options.def gives for each name and summary, for a number its default, its
 * smallest and its largest value, for a text whether it may be set several times. */
typedef enum gdf_option {
    GDF_OPTION_NONE = 0,
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary) GDF_OPTION_##id = (value),
#define GDF_OPTION_TEXT(id, value, name, repeats, summary) GDF_OPTION_##id = (value),
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
    GDF_OPTION_LAST_ = 0x7fff
} gdf_option;

/**
 * New options, all at their defaults.
 * @param allocator used by these options and by every root created with them; copied; NULL means
 *        malloc/realloc/free.
 * @return NULL when memory is short. Free with gdf_options_free().
 */
GDF_API gdf_options *gdf_options_create(const gdf_allocator *allocator);

/** Frees the options; NULL is accepted. Roots created with them live on. */
GDF_API void gdf_options_free(gdf_options *options);

/**
 * Sets a numeric option.
 * @return GDF_ERROR_ARGUMENT for an id that is not numeric or a value outside [least, most].
 */
GDF_API gdf_status gdf_options_set_number(gdf_options *options, gdf_option option, uint64_t value);

/** The value of a numeric option; its default when `options` is NULL; 0 for another id. */
GDF_API uint64_t gdf_options_get_number(const gdf_options *options, gdf_option option);

/**
 * Sets a text option, or appends one more value to a repeatable one. The bytes are copied.
 * @return GDF_ERROR_ARGUMENT for an id that is not textual, GDF_ERROR_MEMORY.
 */
GDF_API gdf_status gdf_options_set_text(gdf_options *options, gdf_option option, const char *text,
                                        size_t len);

/**
 * Adds the config of an image to GDF_OPTION_IMAGE_CONFIG, after a look at it: an OCI image config
 * as JSON, or what `docker image inspect` prints of one image (which tells no history).
 * @param reference the image as a FROM names it.
 * @return GDF_ERROR_ARGUMENT when the content is neither (an object with `architecture` and `os`,
 *         alone or as the only item of an array), the reference is empty or holds a `=`, or one of
 *         the pointers is NULL; GDF_ERROR_MEMORY.
 */
GDF_API gdf_status gdf_options_add_image_config(gdf_options *options, const char *reference,
                                                size_t reference_len, const char *content,
                                                size_t content_len);

/** How many values a text option has: 0 or 1, more for a repeatable one. */
GDF_API size_t gdf_options_count_texts(const gdf_options *options, gdf_option option);

/** Value `index` (0-based) of a text option; empty when there is none. Lives until the next set. */
GDF_API gdf_str gdf_options_get_text(const gdf_options *options, gdf_option option, size_t index);

/** The option with that name (as in the program's configuration), or GDF_OPTION_NONE. */
GDF_API gdf_option gdf_option_find(const char *name, size_t len);

/** Name of an option as in options.def; static storage; "" for an unknown id. */
GDF_API const char *gdf_option_get_name(gdf_option option);
/** One-line description of an option; static storage; "" for an unknown id. */
GDF_API const char *gdf_option_get_summary(gdf_option option);

#ifdef __cplusplus
}
#endif

#endif
