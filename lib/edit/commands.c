/* Removing commands from a list such as `a && b && c`. */
#include "base/slice.h"
#include "edit/edit.h"
#include "edit/rows.h"

static const gdf__command *command_at(const gdf__shell *shell, gdf_command id)
{
    return id && id <= shell->commands.count ? GDF__AT(shell->commands, gdf__command, id - 1)
                                             : NULL;
}

/* The operator behind a command of a list: the one in front of the next command of that list. */
static gdf__edit_range operator_after(const gdf__shell *shell, gdf_command id)
{
    const gdf__command *command = command_at(shell, id);
    if (!command->after)
        return (gdf__edit_range){0, 0};
    const gdf__command *next = command_at(shell, ++id);
    while (next && next->instruction == command->instruction &&
           (next->group != command->group || next->parent != command->parent))
        next = command_at(shell, ++id);
    if (!next || next->instruction != command->instruction)
        return (gdf__edit_range){0, 0};
    return (gdf__edit_range){next->operator_start, next->operator_end};
}

gdf__edit_commands gdf__edit_commands_of(const gdf__shell *shell, gdf_command first,
                                         gdf_command last)
{
    const gdf__command *start = command_at(shell, first);
    const gdf__command *end = command_at(shell, last);
    if (!start || !end)
        return (gdf__edit_commands){0};
    return (gdf__edit_commands){.text = {start->start, end->end},
                                .before = {start->operator_start, start->operator_end},
                                .after = operator_after(shell, last)};
}

static bool is_empty(gdf__edit_range range)
{
    return range.start >= range.end;
}

static bool same_row(const gdf_document *document, uint32_t a, uint32_t b)
{
    return gdf__source_line_at(&document->source, a) == gdf__source_line_at(&document->source, b);
}

static bool is_and(const gdf_document *document, gdf__edit_range range)
{
    return gdf__str_is(gdf__source_slice(&document->source, range.start, range.end), "&&");
}

/* With operators on both sides: which end of the range takes its operator along. */
static gdf__edit_range between(const gdf_document *document, const gdf__edit_commands *commands)
{
    gdf__edit_range with_before = {commands->before.start, commands->text.end};
    gdf__edit_range with_after = {commands->text.start, commands->after.end};
    bool and_before = is_and(document, commands->before);
    bool and_after = is_and(document, commands->after);
    if (and_before != and_after)
        return and_before ? with_before : with_after;
    return same_row(document, commands->before.start, commands->text.start) ? with_before
                                                                            : with_after;
}

/* The first commands go with what parts them from the next one, which moves up to their place when
 * no comment stands between. */
static gdf_status remove_first(gdf__edit_list *list, const gdf_document *document,
                               const gdf__edit_commands *commands)
{
    gdf__rows rows;
    gdf__row row;
    gdf__edit_range range = {commands->text.start, commands->after.end};
    if (!gdf__rows_find(&rows, &row, document, range.end))
        return GDF_ERROR_ARGUMENT;
    uint32_t next = gdf__edit_skip_blanks(document, range.end, row.end);
    if (next == row.end) {
        rows.joined_end = rows.body_end;
        while (next == row.end && gdf__rows_next(&rows, &row))
            next = gdf__edit_skip_blanks(document, row.start, row.end);
    }
    gdf__row first;
    if (next == row.end || !gdf__rows_find(&rows, &first, document, range.start))
        return GDF_ERROR_ARGUMENT;
    bool gapless = !rows.line || row.number - first.number == row.segment - first.segment;
    if (!gapless)
        return gdf__edit_remove_words(list, document, range);
    return gdf__edit_list_add(list, range.start, next, gdf__empty);
}

gdf_status gdf__edit_remove_commands(gdf__edit_list *list, const gdf_document *document,
                                     const gdf__edit_commands *commands)
{
    gdf__rows rows;
    gdf__row row;
    if (is_empty(commands->text) || !gdf__rows_find(&rows, &row, document, commands->text.start))
        return GDF_ERROR_ARGUMENT;
    bool has_before = !is_empty(commands->before);
    bool has_after = !is_empty(commands->after);
    if (has_before && has_after)
        return gdf__edit_remove_words(list, document, between(document, commands));
    if (has_after)
        return remove_first(list, document, commands);
    gdf__edit_range range = {has_before ? commands->before.start : commands->text.start,
                             commands->text.end};
    if (!has_before && rows.line)
        return GDF_ERROR_ARGUMENT;
    return gdf__edit_remove_words(list, document, range);
}
