#include "shared_case.h"

/* ---- names ----------------------------------------------------------------------------------- */

const char *const COLUMN_UNITS[] = {"bytes", "code-points", "utf16", NULL};
const char *const DUMP_FORMATS[] = {"tree", "buildkit", "json", NULL};

static const char *const WORD_ROLES[] = {"argument", "assignment", "redirection", NULL};
static const char *const GRAPH_FORMATS[] = {"text", "json", "dot", NULL};

int find_name(const char *const *names, const char *name)
{
    int i = 0;
    while (names[i] && strcmp(names[i], name) != 0)
        i++;
    return i;
}

/* ---- text and parts -------------------------------------------------------------------------- */

json_t *answer_tokens(const shared_case *test)
{
    json_t *tokens = json_array();
    for (uint32_t i = 0; i < gdf_document_count_tokens(test->document); i++)
        json_array_append_new(
            tokens, json_pack("[s, o, o]",
                              gdf_token_kind_name(gdf_document_get_token_kind(test->document, i)),
                              number_of(gdf_document_get_token_start(test->document, i)),
                              number_of(gdf_document_get_token_end(test->document, i))));
    return tokens;
}

json_t *answer_lines(const shared_case *test)
{
    json_t *lines = json_array();
    for (uint32_t line = 1; line <= gdf_document_count_lines(test->document); line++)
        json_array_append_new(lines, text_of(gdf_document_get_line_text(test->document, line)));
    return lines;
}

static json_t *answer_image(const gdf_document *document, gdf_part image)
{
    static const gdf_part_kind PIECES[] = {GDF_PART_IMAGE_REGISTRY, GDF_PART_IMAGE_REPOSITORY,
                                           GDF_PART_IMAGE_TAG, GDF_PART_IMAGE_DIGEST};
    json_t *row = json_array();
    json_array_append_new(row, text_of(gdf_part_get_value(document, image)));
    for (size_t i = 0; i < sizeof PIECES / sizeof *PIECES; i++) {
        gdf_part piece = gdf_part_find(document, image, PIECES[i], 0);
        json_array_append_new(row, text_of(gdf_part_get_value(document, piece)));
    }
    return row;
}

json_t *answer_images(const shared_case *test)
{
    json_t *images = json_array();
    for (uint32_t i = 0; i < gdf_document_count_instructions(test->document); i++) {
        gdf_node node = gdf_document_get_instruction(test->document, i);
        gdf_part part = 0;
        for (uint32_t nth = 0;
             (part = gdf_instruction_find_part(test->document, node, GDF_PART_IMAGE, nth)) != 0;
             nth++)
            json_array_append_new(images, answer_image(test->document, part));
    }
    return images;
}

/* ---- config ---------------------------------------------------------------------------------- */

/* Pairs of first and last line. */
static json_t *answer_error_lines(const gdf_config *config)
{
    json_t *lines = json_array();
    for (uint32_t i = 0; i < gdf_config_count_error_places(config); i++)
        json_array_append_new(
            lines, json_pack("[o, o]", number_of(gdf_config_get_error_first_line(config, i)),
                             number_of(gdf_config_get_error_last_line(config, i))));
    return lines;
}

static json_t *answer_labels(const gdf_config *config)
{
    json_t *labels = json_object();
    for (uint32_t i = 0; i < gdf_config_count_items(config, GDF_CONFIG_LABELS); i++) {
        gdf_str name = gdf_config_get_item(config, GDF_CONFIG_LABELS, i);
        json_object_setn_new_nocheck(labels, name.ptr, name.len,
                                     text_of(gdf_config_get_label_value(config, i)));
    }
    return labels;
}

static json_t *answer_history(const gdf_config *config)
{
    json_t *history = json_array();
    for (uint32_t i = 0; i < gdf_config_count_items(config, GDF_CONFIG_HISTORY); i++)
        json_array_append_new(history,
                              json_pack("[o, b]",
                                        text_of(gdf_config_get_item(config, GDF_CONFIG_HISTORY, i)),
                                        gdf_config_is_layer(config, i)));
    return history;
}

static json_t *answer_items(const gdf_config *config, gdf_config_field field)
{
    json_t *items = json_array();
    for (uint32_t i = 0; i < gdf_config_count_items(config, field); i++)
        json_array_append_new(items, text_of(gdf_config_get_item(config, field, i)));
    return items;
}

/* A field by the kind that its value in the table has. */
static json_t *answer_field(const gdf_config *config, const char *name, const json_t *wanted)
{
    gdf_config_field field = gdf_config_field_find(name, strlen(name));
    if (field == GDF_CONFIG_LABELS)
        return answer_labels(config);
    if (field == GDF_CONFIG_HISTORY)
        return answer_history(config);
    if (json_is_string(wanted))
        return text_of(gdf_config_get_text(config, field));
    if (json_is_array(wanted))
        return answer_items(config, field);
    return number_of(gdf_config_get_number(config, field));
}

static json_t *answer_config_member(const gdf_config *config, const char *name,
                                    const json_t *wanted)
{
    if (strcmp(name, "error") == 0)
        return text_of(gdf_config_get_error(config));
    if (strcmp(name, "error_lines") == 0)
        return answer_error_lines(config);
    if (strcmp(name, "complete") == 0)
        return json_boolean(gdf_config_is_complete(config));
    if (strcmp(name, "base_known") == 0)
        return json_boolean(gdf_config_is_base_known(config));
    return answer_field(config, name, wanted);
}

json_t *answer_config(const shared_case *test)
{
    gdf_config *config = gdf_config_create(test->build, test->options);
    json_t *asked = json_object();
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(json_object_get(test->json, "config"), key, value)
    {
        json_object_set_new(asked, key, answer_config_member(config, key, value));
    }
    gdf_config_free(config);
    return asked;
}

json_t *answer_image_json(const shared_case *test)
{
    gdf_config *config = gdf_config_create(test->build, test->options);
    json_t *answer = take_text(gdf_config_render_json(config));
    gdf_config_free(config);
    return answer;
}

/* ---- variables ------------------------------------------------------------------------------- */

static gdf_str part_text(const shared_case *test, gdf_part part)
{
    gdf_str text = gdf_document_get_text(test->document);
    uint32_t start = gdf_part_get_start(test->document, part);
    return (gdf_str){text.ptr + start, gdf_part_get_end(test->document, part) - start};
}

static gdf_node instruction_of(const shared_case *test, const json_t *row)
{
    return gdf_document_get_instruction(test->document, index_in(row, 0));
}

static json_t *answer_references(const shared_case *test, const gdf_expansion *expansion)
{
    json_t *references = json_array();
    for (uint32_t i = 0; i < gdf_expansion_count_references(expansion); i++) {
        gdf_part part = gdf_expansion_get_reference_origin_part(expansion, i);
        json_array_append_new(
            references,
            json_pack("[o, s, s, o, o]", text_of(gdf_expansion_get_reference_name(expansion, i)),
                      gdf_variable_state_name(gdf_expansion_get_reference_state(expansion, i)),
                      gdf_variable_origin_name(gdf_expansion_get_reference_origin(expansion, i)),
                      text_of(gdf_expansion_get_reference_value(expansion, i)),
                      text_of(part_text(test, part))));
    }
    return references;
}

static json_t *answer_words(const gdf_expansion *expansion)
{
    json_t *words = json_array();
    for (uint32_t i = 0; i < gdf_expansion_count_words(expansion); i++)
        json_array_append_new(words, text_of(gdf_expansion_get_word(expansion, i)));
    return words;
}

static json_t *answer_expansion(const shared_case *test, const json_t *row)
{
    const char *name = text_in(row, 1);
    gdf_part_kind kind = gdf_part_kind_find(name, strlen(name));
    gdf_part part = gdf_instruction_find_part(test->document, instruction_of(test, row), kind,
                                              index_in(row, 2));
    gdf_expansion *expansion = gdf_expansion_create(test->build, part);
    json_t *answer = json_pack(
        "[o, s, o, s, o, b, o, o, o]", number_of(index_in(row, 0)), name,
        number_of(index_in(row, 2)), gdf_expansion_mode_name(gdf_expansion_get_mode(expansion)),
        text_of(gdf_expansion_get_text(expansion)), gdf_expansion_is_certain(expansion),
        text_of(gdf_expansion_get_error(expansion)), answer_words(expansion),
        answer_references(test, expansion));
    gdf_expansion_free(expansion);
    return answer;
}

json_t *answer_expansions(const shared_case *test)
{
    json_t *answers = json_array();
    size_t i;
    json_t *row;
    json_array_foreach(member(test->json, "expansions"), i, row)
        json_array_append_new(answers, answer_expansion(test, row));
    return answers;
}

json_t *answer_variables(const shared_case *test)
{
    json_t *answers = json_array();
    size_t i;
    json_t *row;
    json_array_foreach(member(test->json, "variables"), i, row)
    {
        gdf_node node = instruction_of(test, row);
        const char *name = text_in(row, 1);
        size_t len = strlen(name);
        gdf_part declaration = gdf_build_get_variable_declaration(test->build, node, name, len);
        json_array_append_new(
            answers, json_pack("[o, s, s, s, o, o]", number_of(index_in(row, 0)), name,
                               gdf_variable_state_name(
                                   gdf_build_get_variable_state(test->build, node, name, len)),
                               gdf_variable_origin_name(
                                   gdf_build_get_variable_origin(test->build, node, name, len)),
                               text_of(gdf_build_get_variable_value(test->build, node, name, len)),
                               text_of(part_text(test, declaration))));
    }
    return answers;
}

/* Any text, expanded in front of an instruction. */
json_t *answer_texts(const shared_case *test)
{
    json_t *answers = json_array();
    size_t i;
    json_t *row;
    json_array_foreach(member(test->json, "texts"), i, row)
    {
        const char *text = text_in(row, 1);
        gdf_expansion *expansion =
            gdf_expansion_create_text(test->build, instruction_of(test, row), text, strlen(text));
        json_array_append_new(answers, json_pack("[o, s, o, o]", number_of(index_in(row, 0)), text,
                                                 text_of(gdf_expansion_get_text(expansion)),
                                                 text_of(gdf_expansion_get_error(expansion))));
        gdf_expansion_free(expansion);
    }
    return answers;
}

/* ---- stages and commands --------------------------------------------------------------------- */

json_t *answer_graph(const shared_case *test)
{
    json_t *graphs = json_object();
    const char *form = NULL;
    json_t *text = NULL;
    json_object_foreach(json_object_get(test->json, "graph"), form, text)
    {
        gdf_graph_format format = (gdf_graph_format)find_name(GRAPH_FORMATS, form);
        json_object_set_new(graphs, form, take_text(gdf_build_render_graph(test->build, format)));
    }
    return graphs;
}

static json_t *answer_shell_words(const gdf_build *build, gdf_command command)
{
    json_t *words = json_array();
    for (uint32_t i = 0; i < gdf_command_count_words(build, command); i++) {
        gdf_word word = gdf_command_get_word(build, command, i);
        json_array_append_new(words,
                              json_pack("[s, o, o]", WORD_ROLES[gdf_word_get_role(build, word)],
                                        number_of(gdf_word_get_flags(build, word)),
                                        text_of(gdf_word_get_value(build, word))));
    }
    return words;
}

json_t *answer_shell(const shared_case *test)
{
    json_t *commands = json_array();
    for (gdf_command command = 1; command <= gdf_build_count_commands(test->build); command++)
        json_array_append_new(
            commands,
            json_pack("[o, s, o, o, o]", text_of(gdf_command_get_program(test->build, command)),
                      gdf_operator_name(gdf_command_get_operator(test->build, command)),
                      number_of(gdf_command_get_flags(test->build, command)),
                      text_of(gdf_command_get_program(
                          test->build, gdf_command_get_parent(test->build, command))),
                      answer_shell_words(test->build, command)));
    return commands;
}

/* ---- the build context ----------------------------------------------------------------------- */

static json_t *answer_sources(const gdf_copy_sources *copied)
{
    json_t *sources = json_array();
    for (uint32_t i = 0; i < gdf_copy_sources_count(copied); i++)
        json_array_append_new(sources,
                              json_pack("[s, o, b, b]",
                                        gdf_source_kind_name(gdf_copy_sources_get_kind(copied, i)),
                                        text_of(gdf_copy_sources_get_text(copied, i)),
                                        gdf_copy_sources_is_found(copied, i),
                                        gdf_copy_sources_is_required(copied, i)));
    return sources;
}

static json_t *answer_files(const gdf_copy_sources *copied)
{
    json_t *files = json_array();
    for (uint32_t i = 0; i < gdf_copy_sources_count_files(copied); i++) {
        uint32_t source = gdf_copy_sources_get_file_source(copied, i);
        json_array_append_new(files,
                              json_pack("[o, o]", text_of(gdf_copy_sources_get_file(copied, i)),
                                        text_of(gdf_copy_sources_get_text(copied, source))));
    }
    return files;
}

json_t *answer_copies(const shared_case *test)
{
    json_t *copies = json_array();
    size_t i;
    json_t *row;
    json_array_foreach(member(test->json, "copies"), i, row)
    {
        gdf_copy_sources *copied =
            gdf_copy_sources_create(test->build, test->project, instruction_of(test, row));
        json_array_append_new(copies, json_pack("[o, o, o]", number_of(index_in(row, 0)),
                                                answer_sources(copied), answer_files(copied)));
        gdf_copy_sources_free(copied);
    }
    return copies;
}

static json_t *answer_patterns(const gdf_ignore *ignore)
{
    json_t *patterns = json_array();
    for (uint32_t i = 0; i < gdf_ignore_count_patterns(ignore); i++)
        json_array_append_new(
            patterns, json_pack("[o, b, o, o, o]", text_of(gdf_ignore_get_pattern(ignore, i)),
                                gdf_ignore_is_exception(ignore, i),
                                number_of(gdf_ignore_get_pattern_line(ignore, i)),
                                number_of(gdf_ignore_get_pattern_start(ignore, i)),
                                number_of(gdf_ignore_get_pattern_end(ignore, i))));
    return patterns;
}

/* Each path of the table with whether it is left out, and the pattern that decides. */
static json_t *answer_paths(const gdf_ignore *ignore, const json_t *wanted)
{
    json_t *paths = json_array();
    size_t i;
    json_t *row;
    json_array_foreach(wanted, i, row)
    {
        const char *path = text_in(row, 0);
        size_t len = strlen(path);
        uint32_t pattern = gdf_ignore_find_pattern(ignore, path, len);
        json_array_append_new(paths,
                              json_pack("[s, b, o]", path, gdf_ignore_match(ignore, path, len),
                                        text_of(gdf_ignore_get_pattern(ignore, pattern))));
    }
    return paths;
}

/* The source of the case is an ignore file, too. */
json_t *answer_ignore(const shared_case *test)
{
    gdf_str source = gdf_document_get_text(test->document);
    gdf_ignore *ignore = gdf_ignore_parse(source.ptr, source.len, NULL);
    json_t *answer = json_pack(
        "{s:o, s:o, s:o}", "error", text_of(gdf_ignore_get_error(ignore)), "patterns",
        answer_patterns(ignore), "paths",
        answer_paths(ignore, json_object_get(json_object_get(test->json, "ignore"), "paths")));
    gdf_ignore_free(ignore);
    return answer;
}

json_t *answer_context(const shared_case *test)
{
    json_t *paths = json_array();
    for (uint32_t i = 0; i < gdf_project_count_files(test->project); i++)
        json_array_append_new(paths, text_of(gdf_project_get_path(test->project, i)));
    static const char DOCKERFILE[] = "Dockerfile";
    gdf_str ignore = gdf_project_find_ignore_file(test->project, DOCKERFILE, sizeof DOCKERFILE - 1);
    gdf_str content = gdf_project_get_content(test->project, ignore.ptr, ignore.len);
    return json_pack("[o, o, o]", paths, text_of(ignore), text_of(content));
}

/* ---- facts ----------------------------------------------------------------------------------- */

/* Days as the number yyyymmdd. */
json_t *answer_end_of_life(const shared_case *test)
{
    json_t *days = json_object();
    const char *image = NULL;
    json_t *day = NULL;
    json_object_foreach(json_object_get(test->json, "end_of_life"), image, day)
    {
        uint32_t found = gdf_facts_find_end_of_life(image, strlen(image));
        json_object_set_new(days, image, number_of(found));
    }
    return days;
}

json_t *answer_suggested(const shared_case *test)
{
    json_t *references = json_object();
    const char *image = NULL;
    json_t *reference = NULL;
    json_object_foreach(json_object_get(test->json, "suggested"), image, reference)
    {
        json_object_set_new(
            references, image,
            take_text(gdf_facts_suggest_reference(image, strlen(image), test->options)));
    }
    return references;
}
