/* Looking at commands and words. */
#include <string.h>

#include "base/ascii.h"
#include "base/slice.h"
#include "shell/reader.h"

void gdf__shell_init(gdf__shell *shell, gdf__arena *arena)
{
    const gdf_allocator *allocator = &arena->allocator;
    *shell = (gdf__shell){.arena = arena};
    gdf__table_init(&shell->commands, allocator, sizeof(gdf__command));
    gdf__table_init(&shell->words, allocator, sizeof(gdf__word));
    gdf__table_init(&shell->redirections, allocator, sizeof(gdf__redirection));
    gdf__table_init(&shell->frames, allocator, sizeof(gdf__frame));
    gdf__table_init(&shell->inputs, allocator, sizeof(gdf__input));
    gdf__table_init(&shell->held_words, allocator, sizeof(gdf__word));
    gdf__table_init(&shell->held_redirections, allocator, sizeof(gdf__redirection));
    gdf__table_init(&shell->heredocs, allocator, sizeof(gdf__pending_heredoc));
    gdf__table_init(&shell->segments, allocator, sizeof(gdf__segment));
    gdf__builder_init(&shell->values, allocator);
}

void gdf__shell_free(gdf__shell *shell)
{
    gdf__table_free(&shell->commands);
    gdf__table_free(&shell->words);
    gdf__table_free(&shell->redirections);
    gdf__table_free(&shell->frames);
    gdf__table_free(&shell->inputs);
    gdf__table_free(&shell->held_words);
    gdf__table_free(&shell->held_redirections);
    gdf__table_free(&shell->heredocs);
    gdf__table_free(&shell->segments);
    gdf__builder_free(&shell->values);
}

bool gdf__shell_failed(const gdf__shell *shell)
{
    return shell->arena->failed || shell->commands.failed || shell->words.failed ||
           shell->redirections.failed || shell->frames.failed || shell->inputs.failed ||
           shell->held_words.failed || shell->held_redirections.failed || shell->heredocs.failed ||
           shell->segments.failed || shell->values.failed;
}

const gdf__command *gdf__shell_command(const gdf__shell *shell, gdf_command id)
{
    return id == 0 || id > shell->commands.count ? NULL
                                                 : GDF__AT(shell->commands, gdf__command, id - 1);
}

const gdf__word *gdf__shell_word(const gdf__shell *shell, gdf_word id)
{
    return id == 0 || id > shell->words.count ? NULL : GDF__AT(shell->words, gdf__word, id - 1);
}

/* The last word of [name, end) that has at most `index` arguments between the name and itself. */
static const gdf__word *last_within(const gdf__word *name, const gdf__word *end, uint32_t index)
{
    const gdf__word *low = name;
    while (end - low > 1) {
        const gdf__word *middle = low + (end - low) / 2;
        uint32_t targets = middle->targets_before - name->targets_before;
        if ((uint32_t)(middle - name) - targets <= index)
            low = middle;
        else
            end = middle;
    }
    return low;
}

const gdf__word *gdf__shell_argument(const gdf__shell *shell, gdf_command id, uint32_t index)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    if (!row || row->name == 0)
        return NULL;
    const gdf__word *name = gdf__shell_word(shell, row->name);
    uint32_t left = row->first_word + row->word_count - row->name;
    bool has_targets = row->redirection_count > 0;
    if (!has_targets && index >= left)
        return NULL;
    const gdf__word *word = has_targets ? last_within(name, name + left, index) : name + index;
    uint32_t arguments = (uint32_t)(word - name) - (word->targets_before - name->targets_before);
    return word->role == GDF_WORD_ARGUMENT && arguments == index ? word : NULL;
}

uint32_t gdf__shell_count_arguments(const gdf__shell *shell, gdf_command id)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    uint32_t count = 0;
    for (uint32_t i = 0; row && i < row->word_count; i++)
        count += gdf__shell_word(shell, row->first_word + i)->role == GDF_WORD_ARGUMENT;
    return count;
}

gdf_str gdf__shell_program(const gdf__shell *shell, gdf_command id)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    return row ? row->program : gdf__empty;
}

/* `name` in front of the `=`, `+=` or `[…]=` of an assignment word. */
static bool assigns(const gdf__word *word, gdf_str name)
{
    return word->role == GDF_WORD_ASSIGNMENT && word->value.len > name.len &&
           memcmp(word->value.ptr, name.ptr, name.len) == 0 &&
           !gdf__ascii_is_word(word->value.ptr[name.len]);
}

const gdf__word *gdf__shell_assignment(const gdf__shell *shell, gdf_command id, const char *name)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    gdf_str wanted = gdf__str(name);
    for (uint32_t i = row ? row->word_count : 0; i > 0; i--) {
        const gdf__word *word = gdf__shell_word(shell, row->first_word + i - 1);
        if (assigns(word, wanted))
            return word;
    }
    return NULL;
}

gdf_str gdf__word_assigned_value(const gdf__word *word)
{
    return gdf__str_slice(word->value, gdf__assignment_prefix(word->value), word->value.len);
}
