/* Which commands run other commands, and which words those are. */
#include <string.h>

#include "base/slice.h"
#include "shell/reader.h"

typedef enum wrapper_style { COMMAND, ASSIGNING, SCRIPT, SHELL, EVAL, FIND } wrapper_style;

typedef struct wrapper_row {
    gdf_str program;
    wrapper_style style;
    uint32_t operands;
    const char *valued;
    const char *stopping;
    const char *script;
} wrapper_row;

static const wrapper_row wrappers[] = {
#define GDF__WRAPPER(program, style, operands, valued, stopping, script) \
    {{program, sizeof(program) - 1}, style, operands, valued, stopping, script},
#include "shell/wrappers.def"
};

/* runuser: with it the operands are the command. */
static const char COMMAND_FOLLOWS[] = "u user";

/* A walk over the words of a wrapper. */
typedef struct word_walk {
    gdf__shell *shell;
    const wrapper_row *wrapper;
    wrapper_style style;
    gdf_word at;
    gdf_word end;
    gdf_word first_assignment;
    uint32_t operands; /* still to come before the command */
    bool options_ended;
    bool script_awaited; /* the next operand is shell text */
    bool stopped;
} word_walk;

static const wrapper_row *find_wrapper(gdf_str program)
{
    size_t low = 0;
    size_t high = sizeof wrappers / sizeof wrappers[0];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = gdf__str_compare(wrappers[middle].program, program);
        if (order == 0)
            return &wrappers[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool gdf__is_wrapper(const gdf__shell *shell, gdf_command id)
{
    return find_wrapper(gdf__shell_program(shell, id)) != NULL;
}

static bool has_letter(const char *options, char letter)
{
    for (; *options && *options != ' '; options++) {
        if (*options == letter)
            return true;
    }
    return false;
}

static bool has_name(const char *options, gdf_str name)
{
    const char *item = strchr(options, ' ');
    while (item) {
        const char *next = strchr(item + 1, ' ');
        size_t len = next ? (size_t)(next - item - 1) : strlen(item + 1);
        if (gdf__str_equal(name, (gdf_str){item + 1, len}))
            return true;
        item = next;
    }
    return false;
}

static gdf__word *word_at(const word_walk *walk)
{
    return GDF__AT(walk->shell->words, gdf__word, walk->at - 1);
}

/* Goes to the next argument word after the present one. */
static void skip_word(word_walk *walk)
{
    do
        walk->at++;
    while (walk->at < walk->end && word_at(walk)->role != GDF_WORD_ARGUMENT);
}

static bool is_option(const word_walk *walk, gdf_str value)
{
    if (walk->options_ended || value.len == 0)
        return false;
    if (value.ptr[0] == '+' && walk->style == SHELL)
        return true;
    return value.ptr[0] == '-' && (value.len > 1 || walk->style == ASSIGNING);
}

static void take_long_option(word_walk *walk, gdf_str name)
{
    size_t equals = gdf__str_find(name, '=', 0);
    bool attached = equals < name.len;
    name.len = equals;
    if (has_name(walk->wrapper->stopping, name))
        walk->stopped = true;
    else if (has_name(walk->wrapper->script, name))
        walk->script_awaited = true;
    else if (has_name(walk->wrapper->valued, name) && !attached)
        skip_word(walk);
    if (walk->style == SCRIPT && has_name(COMMAND_FOLLOWS, name)) {
        walk->style = COMMAND;
        if (!attached)
            skip_word(walk);
    }
    if (walk->script_awaited && attached)
        walk->stopped = true;
}

static void take_short_options(word_walk *walk, gdf_str letters)
{
    const wrapper_row *wrapper = walk->wrapper;
    for (size_t i = 0; i < letters.len && !walk->stopped; i++) {
        char letter = letters.ptr[i];
        bool last = i + 1 == letters.len;
        bool follows = walk->style == SCRIPT && has_letter(COMMAND_FOLLOWS, letter);
        if (follows)
            walk->style = COMMAND;
        if (has_letter(wrapper->stopping, letter)) {
            walk->stopped = true;
        } else if (has_letter(wrapper->script, letter)) {
            walk->script_awaited = true;
            walk->stopped = !last;
        } else if (follows || has_letter(wrapper->valued, letter)) {
            if (last)
                skip_word(walk);
            return;
        }
    }
}

/* A shell's bundled letters take their values from the words behind, one after the other. */
static void take_shell_options(word_walk *walk, gdf_str letters, bool minus)
{
    uint32_t values = 0;
    for (size_t i = 0; i < letters.len; i++) {
        if (letters.ptr[i] == 'c' && minus)
            walk->script_awaited = true;
        values += has_letter(walk->wrapper->valued, letters.ptr[i]);
    }
    while (values-- > 0 && walk->at < walk->end)
        skip_word(walk);
}

/* Leaves the walk at the option's last word. */
static void take_option(word_walk *walk, gdf_str value)
{
    gdf_str rest = gdf__str_slice(value, 1, value.len);
    if (gdf__str_is(value, "--"))
        walk->options_ended = true;
    else if (gdf__str_starts(value, "--"))
        take_long_option(walk, gdf__str_slice(value, 2, value.len));
    else if (walk->style == SHELL)
        take_shell_options(walk, rest, value.ptr[0] == '-');
    else
        take_short_options(walk, rest);
}

static gdf__inner inner_command(const word_walk *walk, gdf_word first)
{
    return (gdf__inner){GDF__INNER_COMMAND, first, walk->end - first, walk->end};
}

/* Shell text that is known but for the values of variables. */
static gdf__inner inner_script(const word_walk *walk)
{
    if (word_at(walk)->flags & GDF_WORD_FLAG_SUBSTITUTION)
        return (gdf__inner){.kind = GDF__INNER_NONE};
    return (gdf__inner){GDF__INNER_SCRIPT, walk->at, 1, walk->end};
}

/* True when the word is one of those in front of the inner command. */
static bool take_operand(word_walk *walk)
{
    gdf__word *word = word_at(walk);
    if (walk->style == ASSIGNING && gdf__assignment_prefix(word->value)) {
        word->role = GDF_WORD_ASSIGNMENT;
        if (walk->first_assignment == 0)
            walk->first_assignment = walk->at;
        return true;
    }
    if (walk->style == SCRIPT)
        return true;
    if (walk->operands == 0)
        return false;
    walk->operands--;
    return true;
}

static gdf__inner search(word_walk *walk)
{
    for (; walk->at < walk->end; skip_word(walk)) {
        gdf_str value = word_at(walk)->value;
        if (is_option(walk, value) && !(walk->script_awaited && walk->style != SHELL)) {
            take_option(walk, value);
            if (walk->stopped)
                break;
        } else if (walk->script_awaited) {
            return inner_script(walk);
        } else if (!take_operand(walk)) {
            if (walk->style == SHELL)
                break;
            return inner_command(walk, walk->first_assignment ? walk->first_assignment : walk->at);
        }
    }
    return (gdf__inner){.kind = GDF__INNER_NONE};
}

/* One operand is shell text; several plain ones are a command as they stand. */
static gdf__inner search_eval(word_walk *walk)
{
    gdf_word first = walk->at;
    uint32_t operands = 0;
    bool exact = true;
    for (; walk->at < walk->end; skip_word(walk)) {
        exact = exact && (word_at(walk)->flags & GDF_WORD_FLAG_EXACT);
        operands++;
    }
    walk->at = first;
    if (operands == 1)
        return inner_script(walk);
    if (operands > 1 && exact)
        return inner_command(walk, first);
    return (gdf__inner){.kind = GDF__INNER_NONE};
}

static bool is_find_action(gdf_str value)
{
    return gdf__str_is(value, "-exec") || gdf__str_is(value, "-execdir") ||
           gdf__str_is(value, "-ok") || gdf__str_is(value, "-okdir");
}

static gdf__inner search_find(word_walk *walk)
{
    gdf_word first = 0;
    gdf_str previous = gdf__empty;
    for (; walk->at < walk->end; skip_word(walk)) {
        gdf_str value = word_at(walk)->value;
        bool ends =
            gdf__str_is(value, ";") || (gdf__str_is(value, "+") && gdf__str_is(previous, "{}"));
        if (first == 0 && is_find_action(value))
            first = walk->at + 1;
        else if (first && ends && first < walk->at)
            return (gdf__inner){GDF__INNER_COMMAND, first, walk->at - first, walk->at};
        previous = value;
    }
    return (gdf__inner){.kind = GDF__INNER_NONE};
}

gdf__inner gdf__wrapper_next(gdf__shell *shell, gdf_command id, gdf_word position)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    const wrapper_row *wrapper = find_wrapper(gdf__shell_program(shell, id));
    word_walk walk = {.shell = shell,
                      .wrapper = wrapper,
                      .style = wrapper->style,
                      .at = position ? position : row->name,
                      .end = row->first_word + row->word_count,
                      .operands = wrapper->operands};
    if (position && wrapper->style != FIND)
        return (gdf__inner){.kind = GDF__INNER_NONE};
    skip_word(&walk);
    switch (wrapper->style) {
    case FIND: return search_find(&walk);
    case EVAL: return search_eval(&walk);
    default: return search(&walk);
    }
}
