/* The three dumps of a document. */
#ifndef GDF_REPORT_DUMP_H
#define GDF_REPORT_DUMP_H

#include "base/builder.h"
#include "syntax/document.h"

void gdf__dump_tree(const gdf_document *document, gdf__builder *out);
void gdf__dump_buildkit(const gdf_document *document, gdf__builder *out);
void gdf__dump_json(const gdf_document *document, gdf__builder *out);

#endif
