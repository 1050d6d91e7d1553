#include "base/options.h"

#include <string.h>

#include "base/arena.h"
#include "base/slice.h"
#include "base/table.h"

typedef struct number_option {
    gdf_option id;
    const char *name;
    uint64_t initial;
    uint64_t least;
    uint64_t most;
    const char *summary;
} number_option;

typedef struct text_option {
    gdf_option id;
    const char *name;
    bool repeats;
    const char *summary;
} text_option;

static const number_option NUMBERS[] = {
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary) \
    {GDF_OPTION_##id, name, initial, least, most, summary},
#define GDF_OPTION_TEXT(id, value, name, repeats, summary)
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
};

static const text_option TEXTS[] = {
#define GDF_OPTION_NUMBER(id, value, name, initial, least, most, summary)
#define GDF_OPTION_TEXT(id, value, name, repeats, summary) \
    {GDF_OPTION_##id, name, repeats, summary},
#include <godockerfile/options.def>
#undef GDF_OPTION_NUMBER
#undef GDF_OPTION_TEXT
};

#define NUMBER_COUNT (sizeof NUMBERS / sizeof *NUMBERS)
#define TEXT_COUNT (sizeof TEXTS / sizeof *TEXTS)

struct gdf_options {
    gdf__arena arena;
    gdf__table texts[TEXT_COUNT]; /* of gdf_str, one for each text option */
    uint64_t numbers[NUMBER_COUNT];
};

static size_t find_number(gdf_option option)
{
    size_t i = 0;
    while (i < NUMBER_COUNT && NUMBERS[i].id != option)
        i++;
    return i;
}

static size_t find_text(gdf_option option)
{
    size_t i = 0;
    while (i < TEXT_COUNT && TEXTS[i].id != option)
        i++;
    return i;
}

gdf_options *gdf_options_create(const gdf_allocator *allocator)
{
    gdf_allocator memory = gdf__allocator_or_default(allocator);
    gdf_options *options = gdf__allocate(&memory, sizeof *options);
    if (!options)
        return NULL;
    gdf__arena_init(&options->arena, &memory);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        gdf__table_init(&options->texts[i], &memory, sizeof(gdf_str));
    for (size_t i = 0; i < NUMBER_COUNT; i++)
        options->numbers[i] = NUMBERS[i].initial;
    return options;
}

void gdf_options_free(gdf_options *options)
{
    if (!options)
        return;
    gdf_allocator allocator = options->arena.allocator;
    for (size_t i = 0; i < TEXT_COUNT; i++)
        gdf__table_free(&options->texts[i]);
    gdf__arena_free(&options->arena);
    gdf__release(&allocator, options);
}

gdf_allocator gdf__options_allocator(const gdf_options *options)
{
    return options ? options->arena.allocator : gdf__default_allocator;
}

gdf_status gdf_options_set_number(gdf_options *options, gdf_option option, uint64_t value)
{
    size_t i = find_number(option);
    if (!options || i == NUMBER_COUNT || value < NUMBERS[i].least || value > NUMBERS[i].most)
        return GDF_ERROR_ARGUMENT;
    options->numbers[i] = value;
    return GDF_OK;
}

uint64_t gdf_options_get_number(const gdf_options *options, gdf_option option)
{
    size_t i = find_number(option);
    if (i == NUMBER_COUNT)
        return 0;
    return options ? options->numbers[i] : NUMBERS[i].initial;
}

gdf_status gdf_options_set_text(gdf_options *options, gdf_option option, const char *text,
                                size_t len)
{
    size_t i = find_text(option);
    if (!options || i == TEXT_COUNT || (!text && len))
        return GDF_ERROR_ARGUMENT;
    gdf_str copy = gdf__arena_copy(&options->arena, (gdf_str){text ? text : "", len});
    if (options->arena.failed) {
        options->arena.failed = false;
        return GDF_ERROR_MEMORY;
    }
    gdf__table *texts = &options->texts[i];
    bool is_replaced = !TEXTS[i].repeats && texts->count;
    gdf_str *value = is_replaced ? GDF__AT(*texts, gdf_str, 0) : gdf__table_add(texts);
    if (!value) {
        texts->failed = false;
        return GDF_ERROR_MEMORY;
    }
    *value = copy;
    return GDF_OK;
}

size_t gdf_options_count_texts(const gdf_options *options, gdf_option option)
{
    size_t i = find_text(option);
    return options && i < TEXT_COUNT ? options->texts[i].count : 0;
}

gdf_str gdf_options_get_text(const gdf_options *options, gdf_option option, size_t index)
{
    size_t i = find_text(option);
    return index < gdf_options_count_texts(options, option)
               ? *GDF__AT(options->texts[i], gdf_str, index)
               : gdf__empty;
}

gdf_option gdf_option_find(const char *name, size_t len)
{
    gdf_str wanted = {name ? name : "", name ? len : 0};
    for (size_t i = 0; i < NUMBER_COUNT; i++) {
        if (gdf__str_is(wanted, NUMBERS[i].name))
            return NUMBERS[i].id;
    }
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        if (gdf__str_is(wanted, TEXTS[i].name))
            return TEXTS[i].id;
    }
    return GDF_OPTION_NONE;
}

const char *gdf_option_get_name(gdf_option option)
{
    size_t i = find_number(option);
    if (i < NUMBER_COUNT)
        return NUMBERS[i].name;
    i = find_text(option);
    return i < TEXT_COUNT ? TEXTS[i].name : "";
}

const char *gdf_option_get_summary(gdf_option option)
{
    size_t i = find_number(option);
    if (i < NUMBER_COUNT)
        return NUMBERS[i].summary;
    i = find_text(option);
    return i < TEXT_COUNT ? TEXTS[i].summary : "";
}
