/* Any bytes give a lossless tree whose pieces lie where they should. */
#include "fuzz/fuzz_support.h"
#include "support/fuzz_target.h"
#include "support/promises.h"

enum { SHORT_DOCUMENT = 40, SHORT_EXPANSION = 16 };

/* Choices, by bit. */
enum { LIMIT_SIZE, LIMIT_EXPANSION, NAME_FILE, MAKE_BUILD };

static gdf_options *make_options(fuzz_input input)
{
    gdf_options *options = gdf_options_create(NULL);
    if (fuzz_has_choice(input, LIMIT_SIZE))
        gdf_options_set_number(options, GDF_OPTION_MAX_DOCUMENT_SIZE, SHORT_DOCUMENT);
    if (fuzz_has_choice(input, LIMIT_EXPANSION))
        gdf_options_set_number(options, GDF_OPTION_MAX_EXPANSION, SHORT_EXPANSION);
    if (fuzz_has_choice(input, NAME_FILE))
        gdf_options_set_text(options, GDF_OPTION_FILE_NAME, "a b\n", sizeof "a b\n" - 1);
    return options;
}

static void check_dumps(const gdf_document *document)
{
    static const gdf_dump_format FORMATS[] = {GDF_DUMP_TREE, GDF_DUMP_BUILDKIT, GDF_DUMP_JSON};
    for (size_t i = 0; i < sizeof FORMATS / sizeof *FORMATS; i++) {
        gdf_text *dump = gdf_document_dump(document, FORMATS[i]);
        fuzz_demand_that(dump != NULL, "every document can be dumped");
        gdf_text_free(dump);
    }
}

/* The offset lies in the node that is found for it. */
static void check_look_ups(const gdf_document *document)
{
    size_t len = gdf_document_get_text(document).len;
    for (uint32_t offset = 0; offset < len; offset++) {
        gdf_node node = gdf_document_find_node(document, offset);
        fuzz_demand_that(node && gdf_node_get_start(document, node) <= offset &&
                             gdf_node_get_end(document, node) > offset,
                         "the node found for an offset holds it");
    }
}

static void check_build(const gdf_document *document, const gdf_options *options)
{
    gdf_build *build = gdf_build_create(document, options);
    fuzz_demand_that(build != NULL, "every document has a build");
    fuzz_demand(promises_broken_by_build(build, document));
    gdf_build_free(build);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    gdf_options *options = make_options(input);
    gdf_document *document = gdf_document_parse(input.text.ptr, input.text.len, options);
    fuzz_demand_that(document != NULL, "every text has a document");
    fuzz_demand(promises_broken_by_document(document, input.text));
    check_dumps(document);
    check_look_ups(document);
    if (fuzz_has_choice(input, MAKE_BUILD))
        check_build(document, options);
    gdf_document_free(document);
    gdf_options_free(options);
    return 0;
}
