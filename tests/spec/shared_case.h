/* A case of bindings/cases.json, and the answers of C to what it asks of the build: each as JSON
 * that is compared as a whole. */
#ifndef GDF_TESTS_SHARED_CASE_H
#define GDF_TESTS_SHARED_CASE_H

#include <string.h>

#include <godockerfile.h>
#include <jansson.h>

/* A case and what was made of it. */
typedef struct shared_case {
    const json_t *json;
    gdf_options *options;
    gdf_document *document;
    gdf_build *build;
    gdf_ruleset *rules;   /* only those of the case */
    gdf_project *project; /* the build context */
} shared_case;

static inline const json_t *member(const json_t *object, const char *name)
{
    return json_object_get(object, name);
}

/* Bytes that are no UTF-8 are compared as they are. */
static inline json_t *text_of(gdf_str text)
{
    return json_stringn_nocheck(text.ptr ? text.ptr : "", text.len);
}

static inline json_t *take_text(gdf_text *text)
{
    json_t *json = text_of(gdf_text_get(text));
    gdf_text_free(text);
    return json;
}

static inline json_t *name_of(const char *name)
{
    return json_string(name);
}

static inline json_t *number_of(uint64_t number)
{
    return json_integer((json_int_t)number);
}

/* Items of a row. */
static inline const char *text_in(const json_t *row, size_t index)
{
    return json_string_value(json_array_get(row, index));
}

static inline uint32_t index_in(const json_t *row, size_t index)
{
    return (uint32_t)json_integer_value(json_array_get(row, index));
}

json_t *answer_config(const shared_case *test);
json_t *answer_image_json(const shared_case *test);
json_t *answer_expansions(const shared_case *test);
json_t *answer_variables(const shared_case *test);
json_t *answer_graph(const shared_case *test);
json_t *answer_shell(const shared_case *test);
json_t *answer_copies(const shared_case *test);
json_t *answer_ignore(const shared_case *test);
json_t *answer_end_of_life(const shared_case *test);
json_t *answer_suggested(const shared_case *test);
json_t *answer_tokens(const shared_case *test);
json_t *answer_lines(const shared_case *test);
json_t *answer_images(const shared_case *test);
json_t *answer_texts(const shared_case *test);
json_t *answer_context(const shared_case *test);
json_t *answer_report(const shared_case *test);
json_t *answer_totals(const shared_case *test);
json_t *answer_files_of_fixes(const shared_case *test);
json_t *answer_catalogue(const shared_case *test);
json_t *answer_limits(const shared_case *test);

/* Names of enumerators that have none in the C API, as the bindings have them; NULL at the end. */
extern const char *const COLUMN_UNITS[];
extern const char *const DUMP_FORMATS[];

/* The index of a name, or of the NULL. */
int find_name(const char *const *names, const char *name);

#endif
