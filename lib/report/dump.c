#include "report/dump.h"

typedef void (*dump_function)(const gdf_document *, gdf__builder *);

static const dump_function DUMPS[] = {
    [GDF_DUMP_TREE] = gdf__dump_tree,
    [GDF_DUMP_BUILDKIT] = gdf__dump_buildkit,
    [GDF_DUMP_JSON] = gdf__dump_json,
};

gdf_text *gdf_document_dump(const gdf_document *document, gdf_dump_format format)
{
    if (!document || (size_t)format >= sizeof DUMPS / sizeof *DUMPS)
        return NULL;
    gdf__builder out;
    gdf__builder_init(&out, &document->arena.allocator);
    DUMPS[format](document, &out);
    return gdf__builder_finish(&out);
}
