#include "report/json_writer.h"

#include "base/slice.h"

void gdf__json_item(gdf__builder *out)
{
    gdf_str text = gdf__builder_get(out);
    if (text.len && text.ptr[text.len - 1] != '{' && text.ptr[text.len - 1] != '[')
        gdf__builder_add_byte(out, ',');
}

void gdf__json_key(gdf__builder *out, const char *key)
{
    gdf__json_item(out);
    gdf__builder_add_json(out, gdf__str(key));
    gdf__builder_add_byte(out, ':');
}

void gdf__json_item_on_line(gdf__builder *out)
{
    gdf__json_item(out);
    gdf__builder_add_byte(out, '\n');
}

void gdf__json_text(gdf__builder *out, const char *key, gdf_str value)
{
    gdf__json_key(out, key);
    gdf__builder_add_json(out, value);
}

void gdf__json_number(gdf__builder *out, const char *key, uint64_t value)
{
    gdf__json_key(out, key);
    gdf__builder_add_number(out, value);
}
