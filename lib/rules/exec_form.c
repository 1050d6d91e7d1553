#include "rules/exec_form.h"

#include "base/slice.h"

/* Words that a shell runs itself: there is no such program to execute. */
static const char *const BUILTINS[] = {
    ":",        ".",     "[",    "alias",  "bg",     "break",   "cd",      "command",
    "continue", "eval",  "exec", "exit",   "export", "fg",      "getopts", "hash",
    "jobs",     "local", "read", "return", "set",    "shift",   "source",  "test",
    "times",    "trap",  "type", "ulimit", "umask",  "unalias", "unset",   "wait"};

static gdf_part command_part(const gdf__check *check, gdf_node node)
{
    return gdf_instruction_find_part(check->document, node, GDF_PART_COMMAND, 0);
}

/* ---- plain words ----------------------------------------------------------------------------- */

static bool is_plain_command(const gdf__command *row)
{
    const unsigned refused = GDF_COMMAND_FLAG_SUBSHELL | GDF_COMMAND_FLAG_NEGATED |
                             GDF_COMMAND_FLAG_CONDITIONAL | GDF_COMMAND_FLAG_LOOP |
                             GDF_COMMAND_FLAG_FUNCTION | GDF_COMMAND_FLAG_HEADER;
    return !row->redirection_count && row->name && row->first_word == row->name &&
           row->after == GDF_OPERATOR_NONE && row->depth == 0 && !(row->flags & refused);
}

/* A word that every shell passes on as it is written. */
static bool is_plain_word(const gdf__word *word)
{
    const unsigned refused = GDF_WORD_FLAG_GLOB | GDF_WORD_FLAG_QUOTED;
    return word->flags & GDF_WORD_FLAG_LITERAL && !(word->flags & refused) &&
           !gdf__str_starts(word->value, "~") && !gdf__str_has_byte(word->value, '{');
}

/* The words of a single command as a JSON array, or the empty text. */
static gdf_str plain_words(gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__command *row = gdf__shell_command(shell, step->first_command);
    size_t size = 0;
    if (step->command_count != 1 || !is_plain_command(row) ||
        !gdf__multiply(row->word_count, sizeof(gdf_str), &size))
        return gdf__empty;
    gdf_str *words = gdf__arena_take(gdf__support_arena(check), size);
    for (uint32_t i = 0; words && i < row->word_count; i++) {
        const gdf__word *word = gdf__shell_word(shell, row->first_word + i);
        if (!is_plain_word(word))
            return gdf__empty;
        words[i] = word->value;
    }
    gdf_str array = gdf__empty;
    if (!words || GDF__IS_ONE_OF(words[0], BUILTINS) ||
        !gdf__edit_json_array(gdf__support_arena(check), words, row->word_count, &array))
        return gdf__empty;
    return array;
}

/* ---- through a shell ------------------------------------------------------------------------- */

/* The last command that stands in the text itself, not inside another one. */
static const gdf__command *last_command(const gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    for (uint32_t i = step->command_count; i-- > 0;) {
        const gdf__command *row = gdf__shell_command(shell, step->first_command + i);
        if (row->depth == 0)
            return row;
    }
    return NULL;
}

/* The command at the text's end when a shell could replace itself by it; else NULL. */
static const gdf__command *final_program(const gdf__check *check, gdf_node node)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    const gdf__command *last = last_command(check, step);
    const unsigned refused = GDF_COMMAND_FLAG_SUBSHELL | GDF_COMMAND_FLAG_SUBSTITUTION |
                             GDF_COMMAND_FLAG_NEGATED | GDF_COMMAND_FLAG_CONDITIONAL |
                             GDF_COMMAND_FLAG_LOOP | GDF_COMMAND_FLAG_FUNCTION |
                             GDF_COMMAND_FLAG_HEADER;
    bool listed = last && (last->before == GDF_OPERATOR_NONE || last->before == GDF_OPERATOR_AND ||
                           last->before == GDF_OPERATOR_SEMICOLON);
    gdf_part part = command_part(check, node);
    if (!step->understood || !listed || last->after != GDF_OPERATOR_NONE || !last->name ||
        last->flags & refused || last->end != gdf_part_get_end(check->document, part))
        return NULL;
    return last;
}

bool gdf__exec_form_ends_simple(const gdf__check *check, gdf_node node)
{
    return final_program(check, node) != NULL;
}

/* True when a command of the text keeps the shell busy at its end: traps, functions of its own. */
static bool needs_shell(const gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    for (uint32_t i = 0; i < step->command_count; i++) {
        gdf_command command = step->first_command + i;
        if (gdf__shell_command(shell, command)->flags & GDF_COMMAND_FLAG_FUNCTION ||
            gdf__str_is(gdf__shell_program(shell, command), "trap"))
            return true;
    }
    return false;
}

/* Offset in the text of the byte at `source` in the file. */
static size_t text_offset(const gdf__fragment *fragment, uint32_t source)
{
    uint32_t low = 0;
    uint32_t high = fragment->segment_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (fragment->segments[middle].source <= source)
            low = middle;
        else
            high = middle;
    }
    return fragment->segments[low].text + (source - fragment->segments[low].source);
}

/* Where `exec` goes in the text of the line: in front of the program that ends it; SIZE_MAX when it
 * must not. */
static size_t exec_place(const gdf__check *check, gdf_node node, const gdf__fragment *fragment)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    const gdf__command *program = final_program(check, node);
    if (!program || needs_shell(check, step))
        return SIZE_MAX;
    const gdf__word *name = gdf__shell_word(&check->build->shell, program->name);
    bool builtin = name->flags & GDF_WORD_FLAG_LITERAL && GDF__IS_ONE_OF(name->value, BUILTINS);
    return builtin ? SIZE_MAX : text_offset(fragment, name->start);
}

static size_t skip_blanks(gdf_str text, size_t at, size_t end)
{
    while (at < end && (text.ptr[at] == ' ' || text.ptr[at] == '\t'))
        at++;
    return at;
}

/* The shell text on one line: without the indentation of continued lines, unless a quoted text may
 * run over them, and with `exec` in front of the program that ends it. */
static gdf_str text_with_exec(gdf__check *check, gdf_node node)
{
    const gdf__logical_line *line = gdf__document_line(check->document, node);
    const gdf__fragment *fragment = &line->fragment;
    gdf_str whole = gdf__str_slice(fragment->text, 0, line->arguments_end);
    bool quoted = gdf__str_has_byte(whole, '"') || gdf__str_has_byte(whole, '\'');
    size_t place = exec_place(check, node, fragment);
    gdf__builder text;
    gdf__builder_init(&text, &gdf__support_arena(check)->allocator);
    for (uint32_t i = 0; i < fragment->segment_count; i++) {
        size_t start = fragment->segments[i].text;
        size_t end = i + 1 < fragment->segment_count ? fragment->segments[i + 1].text : whole.len;
        if (start < line->arguments_start)
            start = line->arguments_start;
        gdf_str so_far = gdf__builder_get(&text);
        if (!quoted && (so_far.len == 0 || so_far.ptr[so_far.len - 1] == ' '))
            start = skip_blanks(whole, start, end);
        bool has_place = place >= start && place < end;
        gdf__builder_add(&text, gdf__str_slice(whole, start, has_place ? place : end));
        if (has_place) {
            gdf__builder_add_text(&text, "exec ");
            gdf__builder_add(&text, gdf__str_slice(whole, place, end));
        }
    }
    return gdf__builder_to_arena(&text, gdf__support_arena(check));
}

/* Options of a shell that end in the one that takes the script: "-c", "-ec". */
static bool takes_script(gdf_str option)
{
    return gdf__str_starts(option, "-") && gdf__str_ends(option, "c") &&
           !gdf__str_starts(option, "--");
}

/* More words than any SHELL has. */
enum { MAX_SHELL_WORDS = 16 };

/* `["/bin/sh", "-c", "… exec program"]`, with the shell in force. */
static gdf_str through_shell(gdf__check *check, gdf_node node)
{
    gdf_str words[MAX_SHELL_WORDS + 1] = {GDF__LITERAL("/bin/sh"), GDF__LITERAL("-c")};
    uint32_t count = gdf__build_count_shell_words(check->build, node);
    if (count > MAX_SHELL_WORDS)
        return gdf__empty;
    for (uint32_t i = 0; i < count; i++)
        words[i] = gdf__build_get_shell_word(check->build, node, i);
    if (count == 0)
        count = 2;
    if (count < 2 || !takes_script(words[count - 1]))
        return gdf__empty;
    words[count] = text_with_exec(check, node);
    gdf_str array = gdf__empty;
    if (!gdf__edit_json_array(gdf__support_arena(check), words, count + 1, &array))
        return gdf__empty;
    return array;
}

/* ---- the form -------------------------------------------------------------------------------- */

/* `{{command}}`, `{{ .Args }}`: a template's, which is filled in before the file is a Dockerfile.
 */
static bool has_placeholder(const gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    for (uint32_t i = 0; i < step->command_count; i++) {
        const gdf__command *row = gdf__shell_command(shell, step->first_command + i);
        for (uint32_t k = 0; k < row->word_count; k++) {
            const gdf__word *word = gdf__shell_word(shell, row->first_word + k);
            if (!(word->flags & GDF_WORD_FLAG_QUOTED) && gdf__str_contains(word->value, "{{"))
                return true;
        }
    }
    return false;
}

gdf__exec_form gdf__exec_form_of(gdf__check *check, gdf_node node)
{
    gdf__exec_form form = {.array = gdf__empty};
    const gdf__step *step = gdf__build_step(check->build, node);
    gdf_part part = command_part(check, node);
    bool failed_array = gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON_FAILED;
    if (!step || !part || !step->understood || step->command_count == 0 || failed_array ||
        has_placeholder(check, step) || !gdf__build_state_before(check->build, node)->reads_posix)
        return form;
    form.text = (gdf__edit_range){gdf_part_get_start(check->document, part),
                                  gdf_part_get_end(check->document, part)};
    form.array = plain_words(check, step);
    form.is_plain = form.array.len > 0;
    if (!form.is_plain)
        form.array = through_shell(check, node);
    return form;
}

static void note_why(gdf__check *check, gdf_node node, bool plain_only)
{
    if (gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON_FAILED)
        gdf__note(check, "the text begins like a JSON array but is none: correct it by hand");
    else if (plain_only)
        gdf__note(check, "the command needs a shell, which the base image does not have");
    else
        gdf__note(check,
                  "what the shell makes of the command is not known: write the JSON array by "
                  "hand");
}

void gdf__exec_form_fix(gdf__check *check, gdf_node node, gdf_fix_class plain_class,
                        bool plain_only)
{
    gdf__exec_form form = gdf__exec_form_of(check, node);
    if (form.array.len == 0 || (plain_only && !form.is_plain)) {
        note_why(check, node, plain_only);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, form.is_plain ? plain_class : GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Write it as %S", form.array);
    gdf__fix_end(check,
                 gdf__edit_replace_text(&fix->edits, check->document, form.text, form.array));
}
