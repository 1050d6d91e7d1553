/* The config of an image among the options. */
#include "base/builder.h"
#include "base/json_reader.h"
#include "base/options.h"
#include "base/slice.h"

/* Reads the object that comes next; its text, or empty when it is no config of an image. */
static gdf_str read_image(gdf__json_reader *json)
{
    bool has_architecture = false;
    bool has_os = false;
    gdf_str key;
    if (!gdf__json_reader_open(json, '{'))
        return gdf__empty;
    size_t start = json->at - 1;
    while (gdf__json_reader_next_key(json, &key)) {
        has_architecture = has_architecture || gdf__str_is_nocase(key, "architecture");
        has_os = has_os || gdf__str_is_nocase(key, "os");
        gdf__json_reader_skip(json);
    }
    return has_architecture && has_os ? gdf__str_slice(json->text, start, json->at) : gdf__empty;
}

/* The one image of the text, which may be the only item of an array. */
static gdf_str find_image(gdf__json_reader *json)
{
    bool is_list = gdf__json_reader_open(json, '[');
    if (is_list && !gdf__json_reader_next_item(json))
        return gdf__empty;
    gdf_str image = read_image(json);
    bool is_only = !is_list || !gdf__json_reader_next_item(json);
    return is_only && gdf__json_reader_is_complete(json) ? image : gdf__empty;
}

static gdf_status set_pair(gdf_options *options, gdf_str reference, gdf_str image)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf__builder pair;
    gdf__builder_init(&pair, &allocator);
    gdf__builder_add(&pair, reference);
    gdf__builder_add_byte(&pair, '=');
    gdf__builder_add(&pair, image);
    gdf_str text = gdf__builder_get(&pair);
    gdf_status status =
        pair.failed ? GDF_ERROR_MEMORY
                    : gdf_options_set_text(options, GDF_OPTION_IMAGE_CONFIG, text.ptr, text.len);
    gdf__builder_free(&pair);
    return status;
}

gdf_status gdf_options_add_image_config(gdf_options *options, const char *reference,
                                        size_t reference_len, const char *content,
                                        size_t content_len)
{
    if (!options || !reference || !content)
        return GDF_ERROR_ARGUMENT;
    gdf_str name = {reference, reference_len};
    if (name.len == 0 || gdf__str_find(name, '=', 0) < name.len)
        return GDF_ERROR_ARGUMENT;
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf__arena arena;
    gdf__arena_init(&arena, &allocator);
    gdf__json_reader json;
    gdf__json_reader_init(&json, (gdf_str){content, content_len}, &arena);
    gdf_str image = find_image(&json);
    gdf_status status = arena.failed     ? GDF_ERROR_MEMORY
                        : image.len == 0 ? GDF_ERROR_ARGUMENT
                                         : set_pair(options, name, image);
    gdf__arena_free(&arena);
    return status;
}
