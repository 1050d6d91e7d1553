#include "rules/support.h"

#include <stdarg.h>

#include "base/slice.h"

gdf__date gdf__support_now(const gdf__check *check)
{
    return gdf__date_from_seconds(gdf_options_get_number(check->options, GDF_OPTION_NOW));
}

void gdf__report_part(gdf__check *check, gdf__rule_id rule, gdf_part part)
{
    gdf__report(check, rule, gdf_part_get_start(check->document, part),
                gdf_part_get_end(check->document, part));
}

void gdf__report_limit(gdf__check *check, gdf_node node, const char *limit)
{
    gdf__report(check, GDF__RULE_GEN001, gdf_node_get_start(check->document, node),
                gdf_node_get_end(check->document, node));
    gdf__say(check, "%s: what follows from it counts as unknown", limit);
}

void gdf__report_word(gdf__check *check, gdf__rule_id rule, gdf_word word)
{
    const gdf__word *row = gdf__shell_word(&check->build->shell, word);
    if (row)
        gdf__report(check, rule, row->start, row->end);
}

gdf_node gdf__support_instruction(const gdf__check *check, gdf_stage stage, uint32_t index)
{
    return gdf_stage_get_instruction_at(check->build, stage, index);
}

uint32_t gdf__support_position(const gdf__check *check, gdf_node node)
{
    gdf_stage stage = gdf_build_find_stage(check->build, node);
    uint32_t low = 0;
    uint32_t high = gdf_stage_count_instructions(check->build, stage);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gdf__support_instruction(check, stage, middle) < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The value of option `key` (or its other name) of a mount flag, expanded. */
static gdf_str mount_option(const gdf__check *check, gdf_node run, gdf_part flag,
                            const char *const *keys, size_t count)
{
    gdf_part option = 0;
    while ((option = gdf__part_next_inside(check->document, flag, GDF_PART_OPTION, option)) != 0) {
        gdf_str key = gdf_part_get_value(
            check->document, gdf_part_find(check->document, option, GDF_PART_OPTION_KEY, 0));
        for (size_t k = 0; k < count; k++) {
            if (!gdf__str_is_nocase(key, keys[k]))
                continue;
            gdf_part value = gdf_part_find(check->document, option, GDF_PART_OPTION_VALUE, 0);
            gdf__expansion expansion =
                gdf__build_expand(check->build, run, gdf_part_get_value(check->document, value),
                                  gdf__support_arena(check));
            return expansion.text;
        }
    }
    return gdf__empty;
}

bool gdf__support_has_mount(const gdf__check *check, gdf_node run, const char *type, gdf_str path)
{
    static const char *const TYPE_KEYS[] = {"type"};
    static const char *const TARGET_KEYS[] = {"target", "dst", "destination"};
    gdf_str workdir = gdf__build_state_before(check->build, run)->workdir.text;
    gdf_part flag = 0;
    while ((flag = gdf__instruction_next_flag(check->document, run, "mount", flag)) != 0) {
        gdf_str kind = mount_option(check, run, flag, TYPE_KEYS, 1);
        if (kind.len == 0)
            kind = GDF__LITERAL("bind");
        gdf_str target =
            mount_option(check, run, flag, TARGET_KEYS, sizeof TARGET_KEYS / sizeof *TARGET_KEYS);
        target = gdf__golang_absolute_path(gdf__support_arena(check), workdir, target);
        if ((!type || gdf__str_is_nocase(kind, type)) && target.len &&
            gdf__path_is_below(path, target))
            return true;
    }
    return false;
}

gdf_str gdf__support_flags_text(const gdf__check *check, gdf_node node)
{
    gdf__builder text;
    gdf__builder_init(&text, &gdf__support_arena(check)->allocator);
    const gdf__node *row = gdf__document_node(check->document, node);
    for (gdf_node child = node + 1; row && child < row->next;
         child = gdf__document_node(check->document, child)->next) {
        const gdf__node *flag = gdf__document_node(check->document, child);
        if (flag->kind != GDF_NODE_FLAG)
            continue;
        gdf__builder_add(&text,
                         gdf__source_slice(&check->document->source, flag->start, flag->end));
        gdf__builder_add_byte(&text, ' ');
    }
    return gdf__builder_to_arena(&text, gdf__support_arena(check));
}

bool gdf__support_has_variables(const gdf__check *check, gdf_node node)
{
    uint32_t count = gdf_instruction_count_parts(check->document, node);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(check->document, node, i);
        if (gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_VARIABLE)
            return true;
    }
    return false;
}

gdf_str gdf__support_source_text(const gdf__check *check, gdf_node node)
{
    return gdf__source_slice(&check->document->source, gdf_node_get_start(check->document, node),
                             gdf_node_get_end(check->document, node));
}

bool gdf__support_lacks_file(const gdf__check *check, const char *path)
{
    return check->project && !gdf_project_has_file(check->project, path, strlen(path));
}

gdf_str gdf__support_destination(const gdf__check *check, gdf_node copy)
{
    gdf_part part = gdf_instruction_find_part(check->document, copy, GDF_PART_DESTINATION, 0);
    gdf__expansion expansion = gdf__build_expand(
        check->build, copy, gdf_part_get_value(check->document, part), gdf__support_arena(check));
    const gdf__image_state *state = gdf__build_state_before(check->build, copy);
    if (!part || !expansion.certain || state->workdir.flags & GDF__VALUE_UNKNOWN)
        return gdf__empty;
    return gdf__golang_absolute_path(gdf__support_arena(check), state->workdir.text,
                                     expansion.text);
}

bool gdf__support_is_nested(const gdf__check *check, gdf_node node)
{
    gdf_node parent = gdf_node_get_parent(check->document, node);
    return gdf_node_get_kind(check->document, parent) == GDF_NODE_INSTRUCTION;
}

bool gdf__support_has_inner_comments(const gdf__check *check, gdf_node node)
{
    const gdf__fragment *fragment = &gdf__document_line(check->document, node)->fragment;
    for (uint32_t i = 1; i < fragment->segment_count; i++) {
        const gdf__segment *segment = &fragment->segments[i];
        uint32_t end = segment[-1].source + (segment->text - segment[-1].text);
        gdf_str gap = gdf__source_slice(&check->document->source, end, segment->source);
        if (gdf__str_has_byte(gap, '#'))
            return true;
    }
    return false;
}

const gdf__word *gdf__support_next_argument(const gdf__shell *shell, gdf_command command,
                                            const gdf__word *word)
{
    const gdf__command *row = gdf__shell_command(shell, command);
    if (!row || !row->name)
        return NULL;
    gdf_word id = word ? gdf__shell_word_id(shell, word) + 1 : row->name;
    for (; id < row->first_word + row->word_count; id++) {
        const gdf__word *next = gdf__shell_word(shell, id);
        if (next->role == GDF_WORD_ARGUMENT)
            return next;
    }
    return NULL;
}

enum { UNANSWERED, YES, NO };

gdf__chain_search gdf__support_search_chains(const gdf__check *check,
                                             bool (*fits)(const gdf__check *check,
                                                          gdf_node instruction))
{
    uint32_t count = gdf_build_count_stages(check->build);
    char *answers = gdf__arena_take_bytes(gdf__support_arena(check), count);
    if (answers)
        memset(answers, UNANSWERED, count);
    return (gdf__chain_search){check, fits, answers};
}

static bool stage_has(const gdf__chain_search *search, gdf_stage stage)
{
    const gdf__check *check = search->check;
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    for (uint32_t i = 1; i < count; i++) {
        if (search->fits(check, gdf__support_instruction(check, stage, i)))
            return true;
    }
    return false;
}

bool gdf__support_chain_has(const gdf__chain_search *search, gdf_stage stage)
{
    const gdf_build *build = search->check->build;
    char *answers = search->answers;
    if (!answers)
        return true;
    gdf_stage at = stage;
    while (at && answers[at - 1] == UNANSWERED && !stage_has(search, at))
        at = gdf_stage_get_base_stage(build, at);
    char answer = at && answers[at - 1] != NO ? YES : NO;
    for (gdf_stage i = stage; i != at; i = gdf_stage_get_base_stage(build, i))
        answers[i - 1] = answer;
    if (at)
        answers[at - 1] = answer;
    return answer == YES;
}

gdf_str gdf__support_base_text(const gdf__check *check, gdf_stage stage)
{
    gdf_str root = gdf_stage_get_root_image(check->build, stage);
    if (root.len)
        return root;
    gdf_node from = gdf_stage_get_instruction(check->build, stage);
    return gdf_part_get_value(check->document,
                              gdf_instruction_find_part(check->document, from, GDF_PART_IMAGE, 0));
}

gdf_str gdf__support_text(const gdf__check *check, const char *format, ...)
{
    gdf__builder text;
    gdf__builder_init(&text, &gdf__support_arena(check)->allocator);
    va_list arguments;
    va_start(arguments, format);
    gdf__format_list(&text, format, &arguments);
    va_end(arguments);
    return gdf__builder_to_arena(&text, gdf__support_arena(check));
}
