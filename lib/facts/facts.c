#include <godockerfile/facts.h>

#include "base/builder.h"
#include "base/options.h"
#include "facts/tags.h"
#include "instruction/image_reference.h"

/* Stands for a tag that is not known: see gdf__facts_find_image(). */
#define UNKNOWN_TAG "?"

gdf_str gdf_facts_get_date(void)
{
    return GDF__LITERAL(GDF__FACTS_DATE);
}

static gdf_str as_slice(const char *text, size_t len)
{
    return text ? (gdf_str){text, len} : gdf__empty;
}

static gdf__date earlier(gdf__date a, gdf__date b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

uint32_t gdf_facts_find_end_of_life(const char *text, size_t len)
{
    gdf__image_reference reference = gdf__image_reference_split(as_slice(text, len));
    gdf_str name = gdf__facts_join_name(reference.registry, reference.repository);
    bool unknown = reference.tag.len == 0 && reference.digest.len > 0;
    gdf__image_facts facts =
        gdf__facts_find_image(name, unknown ? gdf__str(UNKNOWN_TAG) : reference.tag);
    const gdf__os_release *release = gdf__facts_find_image_release(&facts);
    return earlier(release ? release->end_of_life : 0,
                   gdf__facts_find_go_end_of_life(facts.go_minor));
}

gdf_text *gdf_facts_suggest_reference(const char *text, size_t len, const gdf_options *options)
{
    gdf__builder builder;
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf__builder_init(&builder, &allocator);
    gdf__image_reference reference = gdf__image_reference_split(as_slice(text, len));
    if (reference.digest.len == 0) {
        gdf_str name = gdf__facts_join_name(reference.registry, reference.repository);
        gdf__date now = gdf__date_from_seconds(gdf_options_get_number(options, GDF_OPTION_NOW));
        gdf__image_suggestion suggestion = gdf__facts_suggest_image(name, reference.tag, now);
        gdf_str tag = gdf__short_text_get(&suggestion.tag);
        gdf__builder_add(&builder, gdf__short_text_get(&suggestion.repository));
        if (tag.len > 0)
            gdf__builder_add_byte(&builder, ':');
        gdf__builder_add(&builder, tag);
    }
    return gdf__builder_finish(&builder);
}
