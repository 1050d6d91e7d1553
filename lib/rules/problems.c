/* GEN001: what the builder refuses, in its own words. */
#include "base/slice.h"
#include "rules/hooks.h"
#include "rules/repairs.h"
#include "rules/support.h"

#include <godockerfile/expansion.h>

/* ---- the error of the build ------------------------------------------------------------------ */

/* An error may have several places, as stages that need each other do. */
static void relate_places(gdf__check *check, const gdf_config *config)
{
    const gdf__source *source = &check->document->source;
    for (uint32_t i = 1; i < gdf_config_count_error_places(config); i++) {
        gdf__relate(check,
                    gdf__source_line_start(source, gdf_config_get_error_first_line(config, i)),
                    gdf__source_line_end(source, gdf_config_get_error_last_line(config, i)),
                    "the same error");
    }
}

/* The first part that must be free of variables and is not: the builder gives no place for it. */
static gdf_part find_refused_part(const gdf_document *document)
{
    for (gdf_part part = 1; part <= document->parts.count; part++) {
        if (gdf_part_get_flags(document, part) & GDF_PART_FLAG_VARIABLE &&
            gdf_part_get_expansion_mode(document, part) == GDF_EXPANSION_REFUSED)
            return part;
    }
    return 0;
}

/* The one error that the builder stops at, where it shows it. */
static void report_error_of_build(gdf__check *check)
{
    const gdf__source *source = &check->document->source;
    const gdf_config *config = check->config;
    uint32_t first = gdf_config_get_error_first_line(config, 0);
    uint32_t last = gdf_config_get_error_last_line(config, 0);
    gdf_part refused = first ? 0 : find_refused_part(check->document);
    if (refused)
        gdf__report_part(check, GDF__RULE_GEN001, refused);
    else
        gdf__report(check, GDF__RULE_GEN001, first ? gdf__source_line_start(source, first) : 0,
                    last ? gdf__source_line_end(source, last) : 0);
    gdf__say(check, "%S", gdf_config_get_error(config));
    gdf__set_lines(check, first, last);
    relate_places(check, config);
}

/* True when a build argument or an image that is not known may give the variable another value. */
static bool may_differ(const gdf_expansion *expansion, uint32_t reference)
{
    gdf_variable_state state = gdf_expansion_get_reference_state(expansion, reference);
    return state == GDF_VARIABLE_DECLARED || state == GDF_VARIABLE_BASE ||
           gdf_expansion_get_reference_origin(expansion, reference) == GDF_ORIGIN_ARG_DEFAULT;
}

static bool hangs_on_caller(gdf__check *check, gdf_part part)
{
    if (!(gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_VARIABLE))
        return false;
    gdf_expansion *expansion = gdf_expansion_create(check->build, part);
    if (!expansion)
        gdf__support_arena(check)->failed = true;
    bool differs = false;
    uint32_t count = gdf_expansion_count_references(expansion);
    for (uint32_t i = 0; i < count && !differs; i++)
        differs = may_differ(expansion, i);
    gdf_expansion_free(expansion);
    return differs;
}

/* True when the instruction that the builder stops at would be refused in every build. */
static bool is_error_certain(gdf__check *check)
{
    const gdf_document *document = check->document;
    uint32_t line = gdf_config_get_error_first_line(check->config, 0);
    uint32_t count = gdf_document_count_instructions(document);
    for (uint32_t i = 0; i < count && line; i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        if (gdf_node_get_first_line(document, node) != line)
            continue;
        for (uint32_t k = 0; k < gdf_instruction_count_parts(document, node); k++) {
            if (hangs_on_caller(check, gdf_instruction_get_part(document, node, k)))
                return false;
        }
    }
    return true;
}

/* ---- fixes ----------------------------------------------------------------------------------- */

/* The first node that does not start in front of `offset`, or the number of nodes and 1. */
static gdf_node first_node_at(const gdf_document *document, uint32_t offset)
{
    gdf_node low = 1;
    gdf_node high = document->nodes.count + 1;
    while (low < high) {
        gdf_node middle = low + (high - low) / 2;
        if (gdf__document_node(document, middle)->start < offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A name that the builder does not know starts behind the dashes of its flag. */
static void repair_flag_before(gdf__check *check, const gdf__problem *problem, gdf_node node)
{
    gdf_node before = node - 1;
    if (gdf_node_get_kind(check->document, before) == GDF_NODE_FLAG &&
        gdf_node_get_end(check->document, before) >= problem->end)
        gdf__repair_flag(check, before);
}

static void repair_word(gdf__check *check, gdf_node word)
{
    gdf_node instruction = gdf_node_get_parent(check->document, word);
    switch (gdf_node_get_instruction(check->document, instruction)) {
    case GDF_INSTRUCTION_ARG:
    case GDF_INSTRUCTION_ENV:
    case GDF_INSTRUCTION_LABEL: gdf__repair_equals(check, word); break;
    case GDF_INSTRUCTION_ADD:
    case GDF_INSTRUCTION_COPY:
    case GDF_INSTRUCTION_SHELL: gdf__repair_array(check, instruction); break;
    default: break;
    }
}

/* Adds the fix that gives what was meant, where that can be told. */
static void repair(gdf__check *check, const gdf__problem *problem)
{
    const gdf_document *document = check->document;
    gdf_node node = first_node_at(document, problem->start);
    if (gdf_node_get_start(document, node) != problem->start)
        repair_flag_before(check, problem, node);
    else if (gdf_node_get_kind(document, node) == GDF_NODE_ARGUMENT)
        repair_word(check, node);
    else if (gdf_node_get_kind(document, node) == GDF_NODE_FLAG)
        gdf__repair_flag_value(check, node);
}

/* ---- reporting ------------------------------------------------------------------------------- */

static void report_problems(gdf__check *check)
{
    const gdf__builder_control *control = check->control;
    if (control->error.len) {
        gdf__report(check, GDF__RULE_GEN001, control->error_start, control->error_end);
        gdf__say(check, "%S", control->error);
    }
    for (uint32_t i = 0; i < check->document->problems.count; i++) {
        const gdf__problem *problem = GDF__AT(check->document->problems, gdf__problem, i);
        gdf__report(check, GDF__RULE_GEN001, problem->start, problem->end);
        gdf__say(check, "%S", problem->message);
        gdf__set_lines(check, problem->first_line, problem->last_line);
        repair(check, problem);
    }
}

void gdf__check_problems(gdf__check *check)
{
    bool has_error = gdf_config_get_error(check->config).len != 0;
    if (check->is_builder && !check->document->unparsed) {
        if (has_error)
            report_error_of_build(check);
        return;
    }
    report_problems(check);
    if (has_error && is_error_certain(check))
        report_error_of_build(check);
    if (check->build->limited)
        gdf__report_limit(check, check->build->limited, check->build->limit);
}
