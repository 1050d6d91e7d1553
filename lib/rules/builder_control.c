#include "rules/builder_control.h"

#include "base/slice.h"
#include "base/utf8.h"
#include "build/check_options.h"
#include "build/work.h"
#include "instruction/values.h"
#include "syntax/directives.h"

static const gdf_str BUILD_ARGUMENT = {"BUILDKIT_DOCKERFILE_CHECK", 25};

/* Parts that the options are split into; further semicolons belong to the last one. */
enum { MAX_OPTIONS = 3 };

/* ---- options --------------------------------------------------------------------------------- */

/* The checks of a list; a later list takes its place, but `all` stays. */
typedef struct rule_list {
    gdf__rule_mask listed;
    bool is_all;
} rule_list;

typedef struct reading {
    rule_list skipped;
    rule_list experimental;
    bool is_error;
} reading;

/* `all` or `A,B`; names as the builder spells them, unknown ones count for nothing. */
static void read_names(rule_list *rules, gdf_str list, bool experimental)
{
    if (gdf__str_is(list, "all")) {
        rules->is_all = true;
        return;
    }
    rules->listed = (gdf__rule_mask){{0}};
    for (size_t at = 0; at <= list.len;) {
        size_t end = gdf__str_find(list, ',', at);
        gdf_str name = gdf__utf8_trim(gdf__str_slice(list, at, end));
        for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_; rule++) {
            if (gdf__rule_is_builder_check(rule) &&
                gdf__rule_is_experimental(rule) == experimental &&
                gdf__str_is(name, gdf_rule_get_name(rule)))
                gdf__rule_mask_set(&rules->listed, rule);
        }
        at = end + 1;
    }
}

static gdf__rule_mask mask_of(const rule_list *rules, bool experimental)
{
    gdf__rule_mask mask = rules->listed;
    for (gdf_rule rule = 1; rule < GDF__RULE_COUNT_ && rules->is_all; rule++) {
        if (gdf__rule_is_builder_check(rule) && gdf__rule_is_experimental(rule) == experimental)
            gdf__rule_mask_set(&mask, rule);
    }
    return mask;
}

/* `skip=A,B` */
static bool read_option(reading *work, gdf_str option)
{
    size_t equals = gdf__str_find(option, '=', 0);
    gdf_str key = gdf__utf8_trim(gdf__str_slice(option, 0, equals));
    gdf_str value = gdf__utf8_trim(gdf__str_slice(option, equals + 1, option.len));
    if (equals == option.len)
        return false;
    if (gdf__str_is(key, "error"))
        return gdf__boolean_parse(value, &work->is_error);
    if (gdf__str_is(key, "skip"))
        read_names(&work->skipped, value, false);
    else if (gdf__str_is(key, "experimental"))
        read_names(&work->experimental, value, true);
    else
        return false;
    return true;
}

/* `skip=A,B;error=true`. False for what the builder refuses. */
static bool read_options(gdf__check_options *options, gdf_str text)
{
    reading work = {.is_error = false};
    bool is_good = true;
    text = gdf__utf8_trim(text);
    size_t at = 0;
    for (int i = 1; text.len && at <= text.len && i <= MAX_OPTIONS && is_good; i++) {
        size_t end = i < MAX_OPTIONS ? gdf__str_find(text, ';', at) : text.len;
        is_good = read_option(&work, gdf__str_slice(text, at, end));
        at = end + 1;
    }
    options->skipped = mask_of(&work.skipped, false);
    options->experimental = mask_of(&work.experimental, true);
    options->is_error = work.is_error;
    return is_good;
}

/* ---- the file -------------------------------------------------------------------------------- */

gdf__builder_control gdf__builder_control_of(const gdf_document *document, const gdf_build *build,
                                             gdf__arena *arena)
{
    const gdf_str *argument = gdf__find_build_argument(build, BUILD_ARGUMENT);
    gdf__directive directive = gdf__directive_find(document, "check");
    gdf__builder_control control = {.document = document,
                                    .error = gdf__check_argument_error(build, arena)};
    if (control.error.len == 0)
        control.error = gdf__check_directive_error(build, arena);
    if (!argument && directive.found) {
        control.error_start = directive.start;
        control.error_end = directive.end;
    }
    if (argument || directive.found)
        read_options(&control.file, argument ? *argument : directive.command);
    control.own = control.file;
    return control;
}

/* ---- instructions ---------------------------------------------------------------------------- */

static bool is_first_in_line(const gdf_document *document, uint32_t offset)
{
    return offset == 0 || document->source.bytes[offset - 1] == '\n';
}

/* Of the comments attached to an instruction the first that is a `check=` counts, good or bad. They
 * must begin in column 1; blank lines may follow them. Blanks at the end are no value. */
static bool find_comment(const gdf_document *document, gdf_node instruction, gdf_str *value)
{
    gdf_node id = gdf__document_line(document, instruction)->comments;
    for (; id && id < instruction; id = gdf__document_node(document, id)->next) {
        const gdf__node *comment = gdf__document_node(document, id);
        gdf_str text =
            gdf__utf8_trim(gdf__source_slice(&document->source, comment->start, comment->end));
        if (comment->kind == GDF_NODE_COMMENT && is_first_in_line(document, comment->start) &&
            gdf__directive_match(text, "check", value))
            return true;
    }
    return false;
}

static void read_instruction(gdf__builder_control *control, gdf_node instruction)
{
    gdf_str value = gdf__empty;
    gdf__check_options options = {.is_error = false};
    control->instruction = instruction;
    control->own = control->file;
    if (!instruction || !find_comment(control->document, instruction, &value) ||
        !read_options(&options, gdf__str_slice(value, 0, gdf__str_find(value, ' ', 0))))
        return;
    gdf__rule_mask_add(&control->own.skipped, &options.skipped);
    gdf__rule_mask_add(&control->own.experimental, &options.experimental);
}

bool gdf__builder_control_skips(gdf__builder_control *control, gdf_rule rule, gdf_node instruction)
{
    if (control->instruction != instruction)
        read_instruction(control, instruction);
    return gdf__rule_mask_has(&control->own.skipped, rule);
}

bool gdf__builder_control_wants(gdf__builder_control *control, gdf_rule rule, gdf_node instruction)
{
    if (control->instruction != instruction)
        read_instruction(control, instruction);
    return gdf__rule_mask_has(&control->own.experimental, rule);
}
