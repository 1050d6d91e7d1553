#include "rules/builder_images.h"

#include "base/json_reader.h"
#include "base/slice.h"
#include "instruction/image_reference.h"

/* ---- reading --------------------------------------------------------------------------------- */

/* The strings of an array, cut at `stop`; returns how many. */
static uint32_t read_list(gdf__builder_images *images, gdf__json_reader *json, char stop)
{
    uint32_t first = images->texts.count;
    gdf_str text;
    if (!gdf__json_reader_open(json, '[')) {
        gdf__json_reader_skip(json);
        return 0;
    }
    while (gdf__json_reader_next_item(json)) {
        bool is_text = gdf__json_reader_string(json, &text);
        gdf_str *row = is_text ? gdf__table_add(&images->texts) : NULL;
        if (row)
            *row = stop ? gdf__str_slice(text, 0, gdf__str_find(text, stop, 0)) : text;
        if (!is_text)
            gdf__json_reader_skip(json);
    }
    return images->texts.count - first;
}

static void read_settings(gdf__builder_images *images, gdf__json_reader *json,
                          gdf__builder_image *image)
{
    gdf_str key;
    if (!gdf__json_reader_open(json, '{')) {
        gdf__json_reader_skip(json);
        return;
    }
    while (gdf__json_reader_next_key(json, &key)) {
        if (gdf__str_is_nocase(key, "Env")) {
            image->first_variable = images->texts.count;
            image->variable_count = read_list(images, json, '=');
        } else if (gdf__str_is_nocase(key, "OnBuild")) {
            image->first_trigger = images->texts.count;
            image->trigger_count = read_list(images, json, 0);
        } else if (gdf__str_is_nocase(key, "Shell")) {
            image->has_shell = read_list(images, json, 0) > 0;
        } else {
            gdf__json_reader_skip(json);
        }
    }
}

static bool read_image(gdf__builder_images *images, gdf_str text, gdf__builder_image *image)
{
    gdf__json_reader json;
    gdf_str key;
    gdf__json_reader_init(&json, text, images->arena);
    if (!gdf__json_reader_open(&json, '{'))
        return false;
    while (gdf__json_reader_next_key(&json, &key)) {
        gdf_str *piece = gdf__str_is_nocase(key, "os")             ? &image->platform.os
                         : gdf__str_is_nocase(key, "architecture") ? &image->platform.architecture
                         : gdf__str_is_nocase(key, "variant")      ? &image->platform.variant
                         : gdf__str_is_nocase(key, "os.version")   ? &image->platform.os_version
                                                                   : NULL;
        if (gdf__str_is_nocase(key, "config"))
            read_settings(images, &json, image);
        else if (!piece || !gdf__json_reader_string(&json, piece))
            gdf__json_reader_skip(&json);
    }
    return gdf__json_reader_is_complete(&json);
}

static gdf_str full_reference(const gdf__builder_images *images, gdf_str text)
{
    bool is_good = gdf__image_reference_check(text, images->arena).len == 0;
    return is_good ? gdf__image_reference_full(text, images->arena) : text;
}

static void add_image(gdf__builder_images *images, gdf_str text)
{
    size_t equals = gdf__str_find(text, '=', 0);
    gdf__platform nothing = {gdf__empty, gdf__empty, gdf__empty, gdf__empty};
    gdf__builder_image image = {.platform = nothing};
    if (equals == text.len ||
        !read_image(images, gdf__str_slice(text, equals + 1, text.len), &image))
        return;
    gdf__builder_image *row = gdf__table_add(&images->images);
    gdf__name_entry *entry = gdf__name_map_add(
        &images->references, full_reference(images, gdf__str_slice(text, 0, equals)), 0);
    if (!row || !entry)
        return;
    *row = image;
    entry->value = images->images.count - 1;
}

/* ---- asking ---------------------------------------------------------------------------------- */

void gdf__builder_images_init(gdf__builder_images *images, const gdf_options *options,
                              gdf__arena *arena)
{
    *images = (gdf__builder_images){.arena = arena};
    gdf__name_map_init(&images->references, &arena->allocator);
    gdf__table_init(&images->images, &arena->allocator, sizeof(gdf__builder_image));
    gdf__table_init(&images->texts, &arena->allocator, sizeof(gdf_str));
    size_t count = gdf_options_count_texts(options, GDF_OPTION_IMAGE_CONFIG);
    for (size_t i = 0; i < count; i++)
        add_image(images, gdf__arena_copy(
                              arena, gdf_options_get_text(options, GDF_OPTION_IMAGE_CONFIG, i)));
}

void gdf__builder_images_free(gdf__builder_images *images)
{
    images->arena->failed = images->arena->failed || images->images.failed ||
                            images->texts.failed || gdf__name_map_failed(&images->references);
    gdf__name_map_free(&images->references);
    gdf__table_free(&images->images);
    gdf__table_free(&images->texts);
}

const gdf__builder_image *gdf__builder_images_find(const gdf__builder_images *images,
                                                   gdf_str reference)
{
    if (images->images.count == 0)
        return NULL;
    const gdf__name_entry *entry =
        gdf__name_map_find(&images->references, full_reference(images, reference));
    return entry && entry->value < images->images.count
               ? GDF__AT(images->images, gdf__builder_image, entry->value)
               : NULL;
}

bool gdf__builder_images_sets(const gdf__builder_images *images, const gdf__builder_image *image,
                              gdf_str name)
{
    for (uint32_t i = 0; image && i < image->variable_count; i++) {
        if (gdf__str_equal(gdf__builder_images_text(images, image->first_variable + i), name))
            return true;
    }
    return false;
}
