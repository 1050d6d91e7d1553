/* Any shell text gives commands and words that lie in their instruction. */
#include "base/builder.h"
#include "fuzz/fuzz_support.h"
#include "support/fuzz_target.h"
#include "support/promises.h"

/* Choices, by bit; the first three choose the form. */
enum { FORM_BITS = 7, BASH = 3, SHALLOW = 4 };
enum { SHALLOW_DEPTH = 2 };

/* How the text stands in the file. */
typedef struct shell_form {
    const char *before;
    const char *line_end; /* instead of a newline of the text */
    const char *after;
    bool as_json; /* the text is a JSON string */
} shell_form;

static const shell_form FORMS[FORM_BITS + 1] = {
    {"RUN ", "\\\n", "\n", false},
    {"RUN <<EOF\n", "\n", "\nEOF\n", false},
    {"CMD ", "\\\n# comment\n", "", false},
    {"ENTRYPOINT [", "\\\n", "]\n", false},
    {"HEALTHCHECK CMD ", " \\\n\n", "\n", false},
    {"ONBUILD RUN --mount=type=cache,target=/c ", "\\\r\n", "\r\n", false},
    {"RUN [\"sh\", \"-c\", ", "\n", "]\n", true},
    {"RUN sh -ec '", "\\\n", "'\n", false},
};

static gdf_str slice(gdf_str text, size_t start, size_t end)
{
    return (gdf_str){text.ptr + start, end - start};
}

static void add_with_line_ends(gdf__builder *file, gdf_str text, const char *line_end)
{
    size_t start = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\n')
            continue;
        gdf__builder_add(file, slice(text, start, i));
        gdf__builder_add_text(file, line_end);
        start = i + 1;
    }
    gdf__builder_add(file, slice(text, start, text.len));
}

static void write_file(gdf__builder *file, fuzz_input input)
{
    const shell_form *form = &FORMS[input.choices & FORM_BITS];
    gdf__builder_add_text(file, "FROM golang\n");
    if (fuzz_has_choice(input, BASH))
        gdf__builder_add_text(file, "SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\n");
    gdf__builder_add_text(file, form->before);
    if (form->as_json)
        gdf__builder_add_json(file, input.text);
    else
        add_with_line_ends(file, input.text, form->line_end);
    gdf__builder_add_text(file, form->after);
}

static void check_file(gdf_str text, const gdf_options *options)
{
    gdf_document *document = gdf_document_parse(text.ptr, text.len, options);
    gdf_build *build = gdf_build_create(document, options);
    fuzz_demand_that(document && build, "every text has a document and a build");
    fuzz_demand(promises_broken_by_document(document, text));
    fuzz_demand(promises_broken_by_build(build, document));
    gdf_build_free(build);
    gdf_document_free(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    gdf_options *options = gdf_options_create(NULL);
    if (fuzz_has_choice(input, SHALLOW))
        gdf_options_set_number(options, GDF_OPTION_MAX_SHELL_DEPTH, SHALLOW_DEPTH);
    gdf__builder file;
    gdf__builder_init(&file, &gdf__default_allocator);
    write_file(&file, input);
    check_file(gdf__builder_get(&file), options);
    gdf__builder_free(&file);
    gdf_options_free(options);
    return 0;
}
