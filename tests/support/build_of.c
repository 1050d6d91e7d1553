#include "support/build_of.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/slice.h"

build_of build_of_text_with(const char *text, const char *const options[][2])
{
    gdf_options *all = gdf_options_create(NULL);
    for (size_t i = 0; options && options[i][0]; i++) {
        gdf_option option = gdf_option_find(options[i][0], strlen(options[i][0]));
        assert_int_equal(gdf_options_set_text(all, option, options[i][1], strlen(options[i][1])),
                         GDF_OK);
    }
    build_of it;
    it.document = gdf_document_parse(text, strlen(text), all);
    it.build = gdf_build_create(it.document, all);
    gdf__arena_init(&it.arena, &gdf__default_allocator);
    gdf_options_free(all);
    assert_non_null(it.build);
    return it;
}

build_of build_of_text(const char *text)
{
    return build_of_text_with(text, NULL);
}

void build_of_free(build_of *it)
{
    gdf__arena_free(&it->arena);
    gdf_build_free(it->build);
    gdf_document_free(it->document);
}

gdf_node build_of_instruction(const build_of *it, uint32_t index)
{
    return gdf_document_get_instruction(it->document, index);
}

gdf__expansion build_of_expand(build_of *it, uint32_t index, const char *text)
{
    return gdf__build_expand(it->build, build_of_instruction(it, index), gdf__str(text),
                             &it->arena);
}

gdf__variable build_of_variable(const build_of *it, uint32_t index, const char *name)
{
    return gdf__build_find_variable(it->build, build_of_instruction(it, index), gdf__str(name));
}
