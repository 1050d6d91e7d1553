/* Any file expands word by word as it does as a whole: parts, config and check agree. Lines
 * NAME=value of the input up to an empty one are build arguments, what follows is the file. */
#include "base/builder.h"
#include "base/slice.h"
#include "fuzz/fuzz_support.h"
#include "support/fuzz_target.h"
#include "support/promises.h"

/* Choices, by bit. */
enum { SMALL_LIMITS, PLATFORM, TARGET, NAMED_CONTEXT, BASE_CONFIG, FEW_STEPS };

enum { MAX_ARGUMENTS = 16, SMALL_EXPANSION = 24, FEW = 1000, MOST_PARTS = 200 };

/* What one byte of text may become: U+FFFD. */
enum { LONGEST_OF_BYTE = 3 };

static const char BASE[] =
    "base={\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Env\":[\"A=of base\","
    "\"B=\"],\"WorkingDir\":\"/w\",\"Shell\":[\"sh\"],\"OnBuild\":[\"ENV C=$A\"]}}";

typedef struct model {
    gdf_options *options;
    gdf_document *document;
    gdf_build *build;
    gdf_config *config;
} model;

static void set_text(gdf_options *options, gdf_option option, const char *text)
{
    gdf_options_set_text(options, option, text, strlen(text));
}

/* Gives the text behind the build arguments. */
static gdf_str read_arguments(gdf_options *options, gdf_str text)
{
    size_t start = 0;
    for (int count = 0; start < text.len; count++) {
        size_t end = gdf__str_find(text, '\n', start);
        gdf_str line = gdf__str_slice(text, start, end);
        start = end + 1;
        if (line.len == 0)
            break;
        if (count < MAX_ARGUMENTS)
            gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, line.ptr, line.len);
    }
    return gdf__str_slice(text, start, text.len);
}

static void set_options(gdf_options *options, fuzz_input input)
{
    if (fuzz_has_choice(input, SMALL_LIMITS))
        gdf_options_set_number(options, GDF_OPTION_MAX_EXPANSION, SMALL_EXPANSION);
    if (fuzz_has_choice(input, FEW_STEPS))
        gdf_options_set_number(options, GDF_OPTION_MAX_REGEX_STEPS, FEW);
    if (fuzz_has_choice(input, PLATFORM))
        set_text(options, GDF_OPTION_PLATFORM, "linux/arm/v7");
    if (fuzz_has_choice(input, TARGET))
        set_text(options, GDF_OPTION_TARGET, "a");
    if (fuzz_has_choice(input, NAMED_CONTEXT))
        set_text(options, GDF_OPTION_NAMED_CONTEXT, "b");
    if (fuzz_has_choice(input, BASE_CONFIG))
        set_text(options, GDF_OPTION_IMAGE_CONFIG, BASE);
}

static model make_model(fuzz_input input, const char *further_argument)
{
    model made = {.options = gdf_options_create(NULL)};
    set_options(made.options, input);
    gdf_str text = read_arguments(made.options, input.text);
    if (further_argument)
        set_text(made.options, GDF_OPTION_BUILD_ARG, further_argument);
    made.document = gdf_document_parse(text.ptr, text.len, made.options);
    made.build = gdf_build_create(made.document, made.options);
    made.config = gdf_config_create(made.build, made.options);
    fuzz_demand_that(made.config != NULL, "every text has a config");
    return made;
}

static void free_model(model *made)
{
    gdf_config_free(made->config);
    gdf_build_free(made->build);
    gdf_document_free(made->document);
    gdf_options_free(made->options);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static void check_reference(const model *made, const gdf_expansion *expansion, uint32_t index,
                            gdf_part part)
{
    gdf_str name = gdf_expansion_get_reference_name(expansion, index);
    uint32_t start = gdf_expansion_get_reference_start(expansion, index);
    uint32_t end = gdf_expansion_get_reference_end(expansion, index);
    gdf_variable_state state = gdf_expansion_get_reference_state(expansion, index);
    gdf_part origin = gdf_expansion_get_reference_origin_part(expansion, index);
    fuzz_demand_that(start < end && start >= gdf_part_get_start(made->document, part) &&
                         end <= gdf_part_get_end(made->document, part),
                     "a reference lies in its part");
    bool is_exact = gdf_part_get_flags(made->document, part) & GDF_PART_FLAG_EXACT;
    gdf_str written = gdf__str_slice(gdf_document_get_text(made->document), start, end);
    fuzz_demand_that(!is_exact || (gdf__str_starts(written, "$") && written.len > name.len),
                     "a reference starts at its dollar sign");
    fuzz_demand_that(state == GDF_VARIABLE_SET ||
                         gdf_expansion_get_reference_value(expansion, index).len == 0,
                     "only a set variable has a value");
    fuzz_demand_that(state == GDF_VARIABLE_SET || origin == 0, "only a value is written somewhere");
    fuzz_demand_that(!origin || gdf_part_get_kind(made->document, origin) == GDF_PART_PAIR,
                     "a value is written in a pair");
}

static void check_references(const model *made, const gdf_expansion *expansion, gdf_part part)
{
    uint32_t count = gdf_expansion_count_references(expansion);
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = gdf_expansion_get_reference_start(expansion, i);
        check_reference(made, expansion, i, part);
        fuzz_demand_that(start >= last, "references are in text order");
        last = start;
    }
}

static void check_words(const gdf_expansion *expansion)
{
    gdf_str text = gdf_expansion_get_text(expansion);
    size_t at = 0;
    for (uint32_t i = 0; i < gdf_expansion_count_words(expansion); i++) {
        gdf_str word = gdf_expansion_get_word(expansion, i);
        at += i > 0;
        fuzz_demand_that(gdf__str_equal(gdf__str_slice(text, at, at + word.len), word),
                         "the words make up the text");
        at += word.len;
    }
    fuzz_demand_that(at == text.len, "the words reach the end of the text");
}

static bool is_expanded(gdf_expansion_mode mode)
{
    return mode == GDF_EXPANSION_WORD || mode == GDF_EXPANSION_WORDS || mode == GDF_EXPANSION_BODY;
}

static void check_growth(const model *made, const gdf_expansion *expansion, gdf_str value)
{
    uint64_t limit = gdf_options_get_number(made->options, GDF_OPTION_MAX_EXPANSION);
    fuzz_demand_that(gdf_expansion_get_text(expansion).len <= value.len * LONGEST_OF_BYTE + limit,
                     "a word grows by no more than the limit");
}

static void check_part(const model *made, gdf_part part)
{
    gdf_expansion *expansion = gdf_expansion_create(made->build, part);
    fuzz_demand_that(expansion != NULL, "every part can be expanded");
    gdf_str value = gdf_part_get_value(made->document, part);
    gdf_str text = gdf_expansion_get_text(expansion);
    gdf_str error = gdf_expansion_get_error(expansion);
    gdf_expansion_mode mode = gdf_expansion_get_mode(expansion);
    fuzz_demand_that(mode == gdf_part_get_expansion_mode(made->document, part),
                     "a part is expanded in its mode");
    fuzz_demand_that(error.len == 0 || (text.len == 0 && !gdf_expansion_is_certain(expansion)),
                     "what is refused has no text");
    if (is_expanded(mode))
        check_growth(made, expansion, value);
    else
        fuzz_demand_that((gdf__str_equal(text, value) || mode == GDF_EXPANSION_REFUSED) &&
                             (error.len == 0 || mode == GDF_EXPANSION_REFUSED) &&
                             gdf_expansion_count_references(expansion) == 0,
                         "what the builder does not expand stays as it is");
    check_references(made, expansion, part);
    check_words(expansion);
    gdf_expansion_free(expansion);
}

static void check_parts(const model *made)
{
    uint32_t tried = 0;
    for (gdf_node node = 1; node <= gdf_document_count_nodes(made->document); node++) {
        uint32_t count = gdf_instruction_count_parts(made->document, node);
        for (uint32_t i = 0; i < count && tried < MOST_PARTS; i++, tried++)
            check_part(made, gdf_instruction_get_part(made->document, node, i));
    }
}

/* ---- the config ------------------------------------------------------------------------------ */

static const gdf_config_field LISTS[] = {
    GDF_CONFIG_ENV,           GDF_CONFIG_ENTRYPOINT, GDF_CONFIG_CMD,
    GDF_CONFIG_EXPOSED_PORTS, GDF_CONFIG_VOLUMES,    GDF_CONFIG_LABELS,
    GDF_CONFIG_ON_BUILD,      GDF_CONFIG_SHELL,      GDF_CONFIG_HEALTHCHECK_TEST,
    GDF_CONFIG_HISTORY,
};
enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS };

static void check_error(const model *made)
{
    const gdf_config *config = made->config;
    bool has_error = gdf_config_get_error(config).len > 0;
    uint32_t lines = gdf_document_count_lines(made->document);
    fuzz_demand_that(gdf_config_is_complete(config) || !has_error,
                     "a limit is no error of the file");
    fuzz_demand_that(has_error || gdf_config_count_error_places(config) == 0,
                     "only an error has places");
    for (uint32_t i = 0; i < gdf_config_count_error_places(config); i++) {
        uint32_t first = gdf_config_get_error_first_line(config, i);
        uint32_t last = gdf_config_get_error_last_line(config, i);
        fuzz_demand_that(first > 0 && first <= last && last <= lines,
                         "an error's lines are in the file");
    }
    for (size_t i = 0; i < LIST_COUNT && has_error; i++)
        fuzz_demand_that(gdf_config_count_items(config, LISTS[i]) == 0,
                         "with an error the config is empty");
    bool is_refused = gdf_document_find_builder_error(made->document) <
                      gdf_document_count_problems(made->document);
    fuzz_demand_that(!is_refused || has_error || !gdf_config_is_complete(config),
                     "what the parser refuses is not built");
}

/* Ports, volumes and labels are sorted, each once. */
static void check_sorted(const gdf_config *config, gdf_config_field field)
{
    for (uint32_t i = 1; i < gdf_config_count_items(config, field); i++)
        fuzz_demand_that(gdf__str_compare(gdf_config_get_item(config, field, i - 1),
                                          gdf_config_get_item(config, field, i)) < 0,
                         "sorted lists have each item once");
}

static gdf_str name_of(gdf_str item)
{
    return gdf__str_slice(item, 0, gdf__str_find(item, '=', 0));
}

/* A name with a `=` of its own, which a quoted key may have, does not show where it ends. */
static void check_environment(const gdf_config *config)
{
    uint32_t count = gdf_config_count_items(config, GDF_CONFIG_ENV);
    for (uint32_t i = 0; i < count && i < MOST_PARTS; i++) {
        gdf_str item = gdf_config_get_item(config, GDF_CONFIG_ENV, i);
        gdf_str name = name_of(item);
        for (uint32_t other = 0; other < i; other++)
            fuzz_demand_that(
                !gdf__str_equal(name_of(gdf_config_get_item(config, GDF_CONFIG_ENV, other)), name),
                "a variable is listed once");
    }
}

static void expect_same(const gdf_config *a, const gdf_config *b, const char *promise)
{
    fuzz_demand_that(gdf__str_equal(gdf_config_get_error(a), gdf_config_get_error(b)), promise);
    fuzz_demand_that(gdf_config_is_complete(a) == gdf_config_is_complete(b), promise);
    gdf_text *json = gdf_config_render_json(a);
    gdf_text *other = gdf_config_render_json(b);
    fuzz_demand_that(json && other, "every config has JSON");
    fuzz_demand_that(gdf__str_equal(gdf_text_get(json), gdf_text_get(other)), promise);
    gdf_text_free(json);
    gdf_text_free(other);
}

/* A build argument that the file does not know of is without effect. */
static void check_unknown_argument(fuzz_input input, const model *made)
{
    if (gdf__str_contains(input.text, "UNKNOWN"))
        return;
    model other = make_model(input, "UNKNOWN=1");
    expect_same(made->config, other.config, "an argument that no ARG names changes nothing");
    free_model(&other);
}

/* ---- the check ------------------------------------------------------------------------------- */

static void check_report(const model *made)
{
    gdf_ruleset *rules = gdf_ruleset_create(made->options);
    gdf_ruleset_use_profile(rules, "buildkit", strlen("buildkit"));
    gdf_report *report = gdf_report_create(made->document, rules, NULL, made->options);
    fuzz_demand_that(report != NULL, "every document can be checked");
    fuzz_demand(promises_broken_by_report(report, made->document));
    gdf_text *text = gdf_report_render(report, GDF_REPORT_BUILDKIT, made->options);
    fuzz_demand_that(text != NULL, "every report can be rendered");
    gdf_text_free(text);
    gdf_report_free(report);
    gdf_ruleset_free(rules);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    model made = make_model(input, NULL);
    fuzz_demand(promises_broken_by_build(made.build, made.document));
    check_parts(&made);
    check_error(&made);
    check_sorted(made.config, GDF_CONFIG_EXPOSED_PORTS);
    check_sorted(made.config, GDF_CONFIG_VOLUMES);
    check_sorted(made.config, GDF_CONFIG_LABELS);
    check_environment(made.config);
    check_unknown_argument(input, &made);
    check_report(&made);
    free_model(&made);
    return 0;
}
