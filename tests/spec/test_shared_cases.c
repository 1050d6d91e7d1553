/* The cases that C, Python and Go must answer alike (bindings/cases.json tells what its keys mean):
 * for every key the answer is put together as JSON and compared as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile.h>
#include <jansson.h>

#include "shared_case.h"

/* ---- tree ------------------------------------------------------------------------------------ */

static json_t *answer_nodes(const shared_case *test)
{
    json_t *kinds = json_array();
    for (gdf_node node = 1; node <= gdf_document_count_nodes(test->document); node++) {
        gdf_node_kind kind = gdf_node_get_kind(test->document, node);
        json_array_append_new(kinds, name_of(gdf_node_kind_name(kind)));
    }
    return kinds;
}

static json_t *answer_parts(const gdf_document *document, gdf_node node)
{
    json_t *parts = json_array();
    for (uint32_t i = 0; i < gdf_instruction_count_parts(document, node); i++) {
        gdf_part part = gdf_instruction_get_part(document, node, i);
        const char *kind = gdf_part_kind_name(gdf_part_get_kind(document, part));
        json_array_append_new(
            parts, json_pack("[s, o]", kind, text_of(gdf_part_get_value(document, part))));
    }
    return parts;
}

static json_t *answer_instructions(const shared_case *test)
{
    json_t *instructions = json_array();
    for (uint32_t i = 0; i < gdf_document_count_instructions(test->document); i++) {
        gdf_node node = gdf_document_get_instruction(test->document, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(test->document, node);
        json_array_append_new(instructions,
                              json_pack("{s:s, s:[o, o], s:o}", "kind",
                                        gdf_instruction_kind_name(kind), "lines",
                                        number_of(gdf_node_get_first_line(test->document, node)),
                                        number_of(gdf_node_get_last_line(test->document, node)),
                                        "parts", answer_parts(test->document, node)));
    }
    return instructions;
}

static json_t *answer_problems(const shared_case *test)
{
    json_t *problems = json_array();
    for (uint32_t i = 0; i < gdf_document_count_problems(test->document); i++)
        json_array_append_new(problems,
                              text_of(gdf_document_get_problem_message(test->document, i)));
    return problems;
}

static json_t *answer_builder_error(const shared_case *test)
{
    uint32_t index = gdf_document_find_builder_error(test->document);
    return json_pack("[o, o, o]", text_of(gdf_document_get_problem_message(test->document, index)),
                     number_of(gdf_document_get_problem_start(test->document, index)),
                     number_of(gdf_document_get_problem_end(test->document, index)));
}

static json_t *answer_positions(const shared_case *test)
{
    json_t *rows = json_deep_copy(member(test->json, "positions"));
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        uint32_t offset = index_in(row, 0);
        gdf_column_unit unit = (gdf_column_unit)find_name(COLUMN_UNITS, text_in(row, 1));
        uint32_t line = gdf_document_find_line(test->document, offset);
        uint32_t column = gdf_document_find_column(test->document, offset, unit);
        assert_int_equal(gdf_document_find_offset(test->document, line, column, unit), offset);
        json_array_set_new(row, 2, number_of(line));
        json_array_set_new(row, 3, number_of(column));
    }
    return rows;
}

static json_t *answer_dumps(const shared_case *test)
{
    json_t *dumps = json_deep_copy(member(test->json, "dumps"));
    const char *form = NULL;
    json_t *text = NULL;
    json_object_foreach(dumps, form, text)
    {
        gdf_dump_format format = (gdf_dump_format)find_name(DUMP_FORMATS, form);
        json_object_set_new(dumps, form, take_text(gdf_document_dump(test->document, format)));
    }
    return dumps;
}

/* ---- build ----------------------------------------------------------------------------------- */

static json_t *answer_environment(const gdf_build *build, gdf_stage stage)
{
    json_t *variables = json_object();
    for (uint32_t i = 0; i < gdf_stage_count_environment(build, stage); i++) {
        gdf_str name = gdf_stage_get_environment_name(build, stage, i);
        gdf_str value = gdf_stage_get_environment_value(build, stage, i);
        json_object_setn_new_nocheck(variables, name.ptr, name.len, text_of(value));
    }
    return variables;
}

/* What the case asks of the stage. */
static json_t *answer_stage(const gdf_build *build, gdf_stage stage, const json_t *wanted)
{
    gdf_stage base = gdf_stage_get_base_stage(build, stage);
    json_t *all = json_pack(
        "{s:o, s:o, s:b, s:b, s:o, s:o, s:o, s:b, s:o, s:o, s:o}", "root_image",
        text_of(gdf_stage_get_root_image(build, stage)), "base_stage",
        text_of(gdf_stage_get_name(build, base)), "is_target", gdf_build_get_target(build) == stage,
        "base_unknown", gdf_stage_is_base_unknown(build, stage), "name",
        text_of(gdf_stage_get_name(build, stage)), "base",
        text_of(gdf_stage_get_base(build, stage)), "platform",
        text_of(gdf_stage_get_platform(build, stage)), "reachable",
        gdf_stage_is_reachable(build, stage), "user", text_of(gdf_stage_get_user(build, stage)),
        "workdir", text_of(gdf_stage_get_workdir(build, stage)), "environment",
        answer_environment(build, stage));
    json_t *asked = json_object();
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(all, key, value)
    {
        if (member(wanted, key))
            json_object_set(asked, key, value);
    }
    json_decref(all);
    return asked;
}

static json_t *answer_stages(const shared_case *test)
{
    json_t *stages = json_array();
    for (gdf_stage stage = 1; stage <= gdf_build_count_stages(test->build); stage++) {
        const json_t *wanted = json_array_get(member(test->json, "stages"), stage - 1);
        json_array_append_new(stages, answer_stage(test->build, stage, wanted));
    }
    return stages;
}

static json_t *answer_edges(const shared_case *test)
{
    json_t *edges = json_array();
    for (uint32_t i = 0; i < gdf_build_count_edges(test->build); i++) {
        gdf_stage stage = gdf_build_get_edge_stage(test->build, i);
        json_array_append_new(
            edges, json_pack("[o, s, o]", text_of(gdf_stage_get_name(test->build, stage)),
                             gdf_edge_kind_name(gdf_build_get_edge_kind(test->build, i)),
                             text_of(gdf_build_get_edge_reference(test->build, i))));
    }
    return edges;
}

static json_t *answer_commands(const shared_case *test)
{
    json_t *commands = json_array();
    for (gdf_command command = 1; command <= gdf_build_count_commands(test->build); command++) {
        json_t *words = json_array();
        for (uint32_t i = 0; i < gdf_command_count_words(test->build, command); i++) {
            gdf_word word = gdf_command_get_word(test->build, command, i);
            if (gdf_word_get_role(test->build, word) == GDF_WORD_ARGUMENT)
                json_array_append_new(words, text_of(gdf_word_get_value(test->build, word)));
        }
        json_array_append_new(commands, words);
    }
    return commands;
}

/* ---- rules ----------------------------------------------------------------------------------- */

static json_t *answer_findings(const shared_case *test)
{
    json_t *findings = json_array();
    gdf_report *report = gdf_report_create(test->document, test->rules, NULL, test->options);
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++) {
        uint32_t line = gdf_document_find_line(test->document, gdf_finding_get_start(report, id));
        const char *code = gdf_rule_get_code(gdf_finding_get_rule(report, id));
        json_array_append_new(findings, json_pack("[s, o]", code, number_of(line)));
    }
    gdf_report_free(report);
    return findings;
}

static json_t *answer_fixed(const shared_case *test)
{
    gdf_rewrite *rewrite = gdf_rewrite_create(test->document, test->rules, NULL, test->options);
    json_t *text = text_of(gdf_rewrite_get_text(rewrite));
    bool is_other = !json_equal(text, member(test->json, "source"));
    assert_int_equal(gdf_rewrite_is_changed(rewrite), is_other);
    gdf_rewrite_free(rewrite);
    return text;
}

static json_t *answer_places(const gdf_report *report, gdf_finding id)
{
    json_t *places = json_array();
    for (uint32_t i = 0; i < gdf_finding_count_related(report, id); i++)
        json_array_append_new(
            places, json_pack("[o, o, o]", number_of(gdf_finding_get_related_start(report, id, i)),
                              number_of(gdf_finding_get_related_end(report, id, i)),
                              text_of(gdf_finding_get_related_message(report, id, i))));
    return places;
}

static json_t *answer_fix_edits(const gdf_report *report, gdf_fix fix)
{
    json_t *edits = json_array();
    for (uint32_t i = 0; i < gdf_fix_count_edits(report, fix); i++)
        json_array_append_new(edits, json_pack("[o, o, o]",
                                               number_of(gdf_fix_get_edit_start(report, fix, i)),
                                               number_of(gdf_fix_get_edit_end(report, fix, i)),
                                               text_of(gdf_fix_get_edit_text(report, fix, i))));
    return edits;
}

static json_t *answer_fixes(const gdf_report *report, gdf_finding id)
{
    json_t *fixes = json_array();
    for (uint32_t i = 0; i < gdf_finding_count_fixes(report, id); i++) {
        gdf_fix fix = gdf_finding_get_fix(report, id, i);
        json_array_append_new(fixes, json_pack("[s, o, o, o]",
                                               gdf_fix_class_name(gdf_fix_get_class(report, fix)),
                                               text_of(gdf_fix_get_title(report, fix)),
                                               text_of(gdf_fix_get_file(report, fix)),
                                               answer_fix_edits(report, fix)));
    }
    return fixes;
}

static json_t *answer_messages(const shared_case *test)
{
    json_t *messages = json_array();
    gdf_report *report = gdf_report_create(test->document, test->rules, NULL, test->options);
    for (gdf_finding id = 1; id <= gdf_report_count_findings(report); id++)
        json_array_append_new(messages,
                              json_pack("[s, o, o, o, o]",
                                        gdf_severity_name(gdf_finding_get_severity(report, id)),
                                        text_of(gdf_finding_get_message(report, id)),
                                        text_of(gdf_finding_get_note(report, id)),
                                        answer_places(report, id), answer_fixes(report, id)));
    gdf_report_free(report);
    return messages;
}

static json_t *answer_applied(const shared_case *test)
{
    json_t *applied = json_array();
    gdf_rewrite *rewrite = gdf_rewrite_create(test->document, test->rules, NULL, test->options);
    for (uint32_t i = 0; i < gdf_rewrite_count_applied(rewrite); i++)
        json_array_append_new(
            applied,
            json_pack("[s, s, o]", gdf_rule_get_code(gdf_rewrite_get_applied_rule(rewrite, i)),
                      gdf_fix_class_name(gdf_rewrite_get_applied_class(rewrite, i)),
                      text_of(gdf_rewrite_get_applied_title(rewrite, i))));
    gdf_rewrite_free(rewrite);
    return applied;
}

static json_t *answer_diff(const shared_case *test)
{
    gdf_rewrite *rewrite = gdf_rewrite_create(test->document, test->rules, NULL, test->options);
    json_t *diff = take_text(gdf_rewrite_render_diff(rewrite, test->options));
    gdf_rewrite_free(rewrite);
    return diff;
}

/* ---- edits ----------------------------------------------------------------------------------- */

typedef struct edit_call {
    gdf_edits *edits;
    const gdf_document *document;
    const json_t *arguments;
    gdf_node node;
    const char *first; /* arguments, "" for none */
    const char *second;
} edit_call;

static gdf_status set_image_tag(const edit_call *call)
{
    return gdf_edits_set_image_tag(call->edits, call->node, call->first, strlen(call->first));
}

static gdf_status set_image_digest(const edit_call *call)
{
    return gdf_edits_set_image_digest(call->edits, call->node, call->first, strlen(call->first));
}

static gdf_status set_stage_name(const edit_call *call)
{
    return gdf_edits_set_stage_name(call->edits, call->node, call->first, strlen(call->first));
}

static gdf_status replace(const edit_call *call)
{
    const char *text = text_in(call->arguments, 2);
    return gdf_edits_replace(call->edits, index_in(call->arguments, 0),
                             index_in(call->arguments, 1), text, strlen(text));
}

static gdf_status set_part(const edit_call *call)
{
    gdf_part_kind kind = gdf_part_kind_find(call->first, strlen(call->first));
    return gdf_edits_set_part(call->edits,
                              gdf_instruction_find_part(call->document, call->node, kind, 0),
                              call->second, strlen(call->second));
}

static gdf_status set_bare_flag(const edit_call *call)
{
    return gdf_edits_set_flag(call->edits, call->node, call->first, NULL, 0);
}

static gdf_status set_flag(const edit_call *call)
{
    return gdf_edits_set_flag(call->edits, call->node, call->first, call->second,
                              strlen(call->second));
}

static gdf_status remove_flag(const edit_call *call)
{
    return gdf_edits_remove_flag(call->edits, call->node, call->first);
}

static gdf_status set_pair(const edit_call *call)
{
    return gdf_edits_set_pair(call->edits, call->node, call->first, call->second,
                              strlen(call->second));
}

static gdf_status insert_before(const edit_call *call)
{
    return gdf_edits_insert_before(call->edits, call->node, call->first, strlen(call->first));
}

static gdf_status insert_after(const edit_call *call)
{
    return gdf_edits_insert_after(call->edits, call->node, call->first, strlen(call->first));
}

static gdf_status remove_instruction(const edit_call *call)
{
    return gdf_edits_remove_instruction(call->edits, call->node);
}

typedef struct edit_operation {
    const char *name;
    gdf_status (*run)(const edit_call *call);
} edit_operation;

static const edit_operation OPERATIONS[] = {
    {"insert-after", insert_after},
    {"insert-before", insert_before},
    {"remove", remove_instruction},
    {"remove-flag", remove_flag},
    {"replace", replace},
    {"set-bare-flag", set_bare_flag},
    {"set-flag", set_flag},
    {"set-image-digest", set_image_digest},
    {"set-image-tag", set_image_tag},
    {"set-pair", set_pair},
    {"set-part", set_part},
    {"set-stage-name", set_stage_name},
};

static const char *argument(const json_t *row, size_t index)
{
    const char *text = json_string_value(json_array_get(json_array_get(row, 2), index));
    return text ? text : "";
}

static gdf_status run_edit(const shared_case *test, gdf_edits *edits, const json_t *row)
{
    uint32_t index = (uint32_t)json_integer_value(json_array_get(row, 1));
    const char *name = json_string_value(json_array_get(row, 0));
    const edit_call call = {edits,
                            test->document,
                            json_array_get(row, 2),
                            gdf_document_get_instruction(test->document, index),
                            argument(row, 0),
                            argument(row, 1)};
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS; i++) {
        if (strcmp(OPERATIONS[i].name, name) == 0)
            return OPERATIONS[i].run(&call);
    }
    return GDF_ERROR_UNKNOWN;
}

static json_t *status_name(gdf_status status)
{
    static const char *const NAMES[] = {[GDF_ERROR_MEMORY] = "memory",
                                        [GDF_ERROR_ARGUMENT] = "argument",
                                        [GDF_ERROR_CONFLICT] = "conflict",
                                        [GDF_ERROR_LIMIT] = "limit",
                                        [GDF_ERROR_IO] = "io",
                                        [GDF_ERROR_UNKNOWN] = "unknown"};
    return status == GDF_OK ? json_null() : name_of(NAMES[status]);
}

/* The rows of the case with the codes that came back. */
static json_t *run_edits(const shared_case *test, gdf_edits *edits)
{
    json_t *rows = json_deep_copy(member(test->json, "edits"));
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        json_array_set_new(row, json_array_size(row) - 1, status_name(run_edit(test, edits, row)));
    }
    return rows;
}

static json_t *answer_edits(const shared_case *test)
{
    gdf_edits *edits = gdf_edits_create(test->document);
    json_t *rows = run_edits(test, edits);
    gdf_edits_free(edits);
    return rows;
}

static json_t *answer_edited(const shared_case *test)
{
    gdf_edits *edits = gdf_edits_create(test->document);
    json_decref(run_edits(test, edits));
    gdf_text *text = gdf_edits_apply(edits);
    json_t *edited = text_of(gdf_text_get(text));
    gdf_text_free(text);
    gdf_edits_free(edits);
    return edited;
}

/* ---- cases ----------------------------------------------------------------------------------- */

typedef struct question {
    const char *key;
    json_t *(*answer)(const shared_case *test);
} question;

static const question QUESTIONS[] = {
    {"nodes", answer_nodes},
    {"instructions", answer_instructions},
    {"problems", answer_problems},
    {"stages", answer_stages},
    {"edges", answer_edges},
    {"commands", answer_commands},
    {"config", answer_config},
    {"image_json", answer_image_json},
    {"expansions", answer_expansions},
    {"variables", answer_variables},
    {"graph", answer_graph},
    {"shell", answer_shell},
    {"copies", answer_copies},
    {"ignore", answer_ignore},
    {"end_of_life", answer_end_of_life},
    {"positions", answer_positions},
    {"dumps", answer_dumps},
    {"messages", answer_messages},
    {"applied", answer_applied},
    {"diff", answer_diff},
    {"findings", answer_findings},
    {"fixed", answer_fixed},
    {"edits", answer_edits},
    {"edited", answer_edited},
    {"tokens", answer_tokens},
    {"lines", answer_lines},
    {"images", answer_images},
    {"builder_error", answer_builder_error},
    {"texts", answer_texts},
    {"context", answer_context},
    {"suggested", answer_suggested},
    {"report", answer_report},
    {"totals", answer_totals},
    {"files", answer_files_of_fixes},
    {"catalogue", answer_catalogue},
    {"limits", answer_limits},
};

/* Keys that put no question. */
static const char *const GIVEN[] = {"name",  "options", "project",
                                    "rules", "source",  "source_base64"};

static bool is_known(const char *key)
{
    bool known = false;
    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++)
        known = known || strcmp(QUESTIONS[i].key, key) == 0;
    for (size_t i = 0; i < sizeof GIVEN / sizeof *GIVEN; i++)
        known = known || strcmp(GIVEN[i], key) == 0;
    return known;
}

static gdf_options *read_options(const json_t *rows)
{
    gdf_options *options = gdf_options_create(NULL);
    size_t i;
    json_t *row;
    json_array_foreach(rows, i, row)
    {
        const char *name = json_string_value(json_array_get(row, 0));
        const json_t *value = json_array_get(row, 1);
        gdf_option option = gdf_option_find(name, strlen(name));
        gdf_status status =
            json_is_integer(value)
                ? gdf_options_set_number(options, option, (uint64_t)json_integer_value(value))
                : gdf_options_set_text(options, option, json_string_value(value),
                                       json_string_length(value));
        assert_int_equal(status, GDF_OK);
    }
    return options;
}

static gdf_ruleset *read_rules(const json_t *codes)
{
    gdf_ruleset *rules = gdf_ruleset_create(NULL);
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++)
        gdf_ruleset_enable(rules, rule, 0);
    size_t i;
    json_t *code;
    json_array_foreach(codes, i, code)
    {
        gdf_rule rule = gdf_rule_find(json_string_value(code), json_string_length(code));
        assert_int_equal(gdf_ruleset_enable(rules, rule, 1), GDF_OK);
    }
    return rules;
}

static gdf_project *read_project(const json_t *files)
{
    gdf_project *project = gdf_project_create(NULL);
    const char *path = NULL;
    json_t *content = NULL;
    json_object_foreach((json_t *)files, path, content)
    {
        assert_int_equal(gdf_project_add_file(project, path, strlen(path),
                                              json_string_value(content),
                                              json_string_length(content)),
                         GDF_OK);
    }
    return project;
}

static int digit_of(char c)
{
    static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c ? strchr(DIGITS, c) : NULL;
    return found ? (int)(found - DIGITS) : -1;
}

/* Decodes base64 in place. */
static size_t decode(char *text)
{
    size_t len = 0;
    unsigned bits = 0;
    unsigned value = 0;
    for (const char *at = text; digit_of(*at) >= 0; at++) {
        value = value << 6 | (unsigned)digit_of(*at);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            text[len++] = (char)(value >> bits & 0xff);
        }
    }
    return len;
}

static gdf_document *parse(const json_t *test, const gdf_options *options)
{
    const json_t *packed = member(test, "source_base64");
    const json_t *source = packed ? packed : member(test, "source");
    size_t len = json_string_length(source);
    char *text = malloc(len + 1);
    assert_non_null(text);
    memcpy(text, json_string_value(source), len + 1);
    if (packed)
        len = decode(text);
    gdf_document *document = gdf_document_parse(text, len, options);
    assert_non_null(document);
    gdf_str kept = gdf_document_get_text(document);
    assert_int_equal(kept.len, len);
    assert_memory_equal(kept.ptr, text, len);
    free(text);
    return document;
}

/* Every token starts where the one before it ends, from the first byte to the last. */
static void assert_tiled(const gdf_document *document)
{
    uint32_t end = 0;
    for (uint32_t i = 0; i < gdf_document_count_tokens(document); i++) {
        assert_int_equal(gdf_document_get_token_start(document, i), end);
        end = gdf_document_get_token_end(document, i);
    }
    assert_int_equal(end, gdf_document_get_text(document).len);
}

static bool holds(const shared_case *test, const question *asked)
{
    const json_t *expected = member(test->json, asked->key);
    if (!expected)
        return true;
    json_t *answer = asked->answer(test);
    bool same = json_equal(answer, expected);
    if (!same) {
        char *got = json_dumps(answer, JSON_INDENT(1) | JSON_ENCODE_ANY);
        print_error("%s, %s:\n%s\n", json_string_value(member(test->json, "name")), asked->key,
                    got ? got : "no UTF-8");
        free(got);
    }
    json_decref(answer);
    return same;
}

static size_t run_case(const json_t *json)
{
    size_t failed = 0;
    shared_case test = {.json = json, .options = read_options(member(json, "options"))};
    test.project = read_project(member(json, "project"));
    test.rules = read_rules(member(json, "rules"));
    test.document = parse(json, test.options);
    test.build = gdf_build_create(test.document, test.options);
    assert_tiled(test.document);
    for (size_t i = 0; i < sizeof QUESTIONS / sizeof *QUESTIONS; i++)
        failed += !holds(&test, &QUESTIONS[i]);
    gdf_build_free(test.build);
    gdf_document_free(test.document);
    gdf_ruleset_free(test.rules);
    gdf_project_free(test.project);
    gdf_options_free(test.options);
    return failed;
}

static json_t *read_table(void)
{
    json_error_t error;
    json_t *table = json_load_file(GDF_SOURCE_DIR "/bindings/cases.json", 0, &error);
    if (!table)
        fail_msg("cases.json:%d: %s", error.line, error.text);
    return table;
}

static void the_table_asks_only_what_is_answered(void **state)
{
    (void)state;
    json_t *table = read_table();
    size_t i;
    json_t *test;
    json_array_foreach(member(table, "cases"), i, test)
    {
        const char *key = NULL;
        json_t *value = NULL;
        json_object_foreach(test, key, value)
        {
            if (!is_known(key))
                fail_msg("no answer to %s", key);
        }
    }
    json_decref(table);
}

static void shared_cases_come_out_as_in_python_and_go(void **state)
{
    (void)state;
    json_t *table = read_table();
    size_t failed = 0;
    size_t i;
    json_t *test;
    json_array_foreach(member(table, "cases"), i, test) failed += run_case(test);
    assert_true(i > 0);
    assert_int_equal(failed, 0);
    json_decref(table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_asks_only_what_is_answered),
        cmocka_unit_test(shared_cases_come_out_as_in_python_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
