/* Rows of commands, and the words that wait for them. */
#include <string.h>

#include "base/slice.h"
#include "shell/reader.h"

void gdf__command_open(gdf__shell_reader *reader, gdf__list *list, uint32_t start, uint16_t flags)
{
    gdf__shell *shell = reader->shell;
    gdf__command *row = gdf__table_add(&shell->commands);
    if (!row)
        return;
    *row = (gdf__command){
        .instruction = reader->instruction,
        .start = start,
        .end = start,
        .parent = list->parent,
        .group = list->group,
        .before = list->operator_kind,
        .operator_start = list->operator_start,
        .operator_end = list->operator_end,
        .program = gdf__empty,
        .flags = flags,
        .depth = list->depth,
    };
    list->command = shell->commands.count;
    list->first_word = shell->held_words.count;
    list->first_redirection = shell->held_redirections.count;
    list->named = false;
}

static void set_end(gdf__shell_reader *reader, const gdf__list *list, uint32_t end)
{
    gdf__command *row = gdf__command_row(reader, list->command);
    if (end > row->end)
        row->end = end;
}

void gdf__command_add_word(gdf__shell_reader *reader, gdf__list *list, gdf_word_role role)
{
    gdf__word *held = gdf__table_add(&reader->shell->held_words);
    if (!held || !list->command)
        return;
    *held = reader->word;
    held->role = (uint16_t)role;
    list->named = list->named || role == GDF_WORD_ARGUMENT;
    set_end(reader, list, reader->word.end);
}

void gdf__command_add_redirection(gdf__shell_reader *reader, gdf__list *list, uint32_t start,
                                  uint32_t end)
{
    gdf__redirection *held = gdf__table_add(&reader->shell->held_redirections);
    if (!held)
        return;
    *held = (gdf__redirection){.start = start, .end = end};
    set_end(reader, list, end);
}

/* Until the command is closed a target is counted from its first word, from 1. */
void gdf__command_add_target(gdf__shell_reader *reader, gdf__list *list)
{
    gdf__table *held = &reader->shell->held_redirections;
    gdf__command_add_word(reader, list, GDF_WORD_REDIRECTION);
    GDF__AT(*held, gdf__redirection, held->count - 1)->target =
        reader->shell->held_words.count - list->first_word;
}

static gdf_str program_of(const gdf__word *name)
{
    if (!(name->flags & GDF_WORD_FLAG_LITERAL))
        return gdf__empty;
    size_t start = name->value.len;
    while (start > 0 && name->value.ptr[start - 1] != '/')
        start--;
    return gdf__str_slice(name->value, start, name->value.len);
}

void gdf__command_find_name(const gdf__shell *shell, gdf__command *row)
{
    row->name = 0;
    row->program = gdf__empty;
    for (uint32_t i = 0; i < row->word_count && row->name == 0; i++) {
        const gdf__word *word = gdf__shell_word(shell, row->first_word + i);
        if (word->role != GDF_WORD_ARGUMENT)
            continue;
        row->name = row->first_word + i;
        row->program = program_of(word);
    }
}

static void move_words(gdf__shell *shell, const gdf__list *list, gdf__command *row)
{
    uint32_t targets = 0;
    row->first_word = shell->words.count + 1;
    for (uint32_t i = list->first_word; i < shell->held_words.count; i++) {
        gdf__word *word = gdf__table_add(&shell->words);
        if (!word)
            return;
        *word = *GDF__AT(shell->held_words, gdf__word, i);
        word->targets_before = targets;
        targets += word->role == GDF_WORD_REDIRECTION;
        row->word_count++;
    }
}

static void move_redirections(gdf__shell *shell, const gdf__list *list, gdf__command *row)
{
    row->first_redirection = shell->redirections.count;
    for (uint32_t i = list->first_redirection; i < shell->held_redirections.count; i++) {
        gdf__redirection *redirection = gdf__table_add(&shell->redirections);
        if (!redirection)
            return;
        *redirection = *GDF__AT(shell->held_redirections, gdf__redirection, i);
        if (redirection->target)
            redirection->target += row->first_word - 1;
        row->redirection_count++;
    }
}

void gdf__command_close(gdf__shell_reader *reader, gdf__list *list)
{
    gdf__shell *shell = reader->shell;
    gdf__command *row = gdf__command_row(reader, list->command);
    move_words(shell, list, row);
    gdf__command_find_name(shell, row);
    move_redirections(shell, list, row);
    shell->held_words.count = list->first_word;
    shell->held_redirections.count = list->first_redirection;
    list->previous = list->command;
    list->command = 0;
}

void gdf__command_cancel(gdf__shell_reader *reader, gdf__list *list)
{
    reader->shell->commands.count--;
    reader->shell->held_words.count = list->first_word;
    list->command = 0;
}

/* New index of each row once both runs are merged; parents are told by it. */
static void merge_runs(const gdf__command *rows, uint32_t split, uint32_t count, uint32_t *order)
{
    uint32_t left = 0;
    uint32_t right = split;
    for (uint32_t i = 0; i < count; i++) {
        bool take_left = right == count || (left < split && rows[left].start <= rows[right].start);
        order[take_left ? left++ : right++] = i;
    }
}

void gdf__commands_merge(gdf__shell_reader *reader, uint32_t first, uint32_t split)
{
    gdf__table *commands = &reader->shell->commands;
    gdf__command *rows = GDF__AT(*commands, gdf__command, first);
    uint32_t count = commands->count - first;
    split -= first;
    if (split == 0 || split == count || rows[split - 1].start <= rows[split].start)
        return;
    size_t size = 0;
    const gdf_allocator *allocator = &commands->allocator;
    gdf__command *old = gdf__multiply(count, sizeof *old + sizeof(uint32_t), &size)
                            ? gdf__allocate(allocator, size)
                            : NULL;
    if (!old) {
        commands->failed = true;
        return;
    }
    uint32_t *order = (uint32_t *)(void *)(old + count);
    memcpy(old, rows, count * sizeof *old);
    merge_runs(old, split, count, order);
    for (uint32_t i = 0; i < count; i++) {
        if (old[i].parent > first)
            old[i].parent = first + order[old[i].parent - 1 - first] + 1;
        rows[order[i]] = old[i];
    }
    gdf__release(allocator, old);
}
