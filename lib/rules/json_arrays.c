/* GEN010: text that was meant as a JSON array and is none. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/argument_text.h"
#include "rules/array_repair.h"
#include "rules/repairs.h"
#include "rules/support.h"

static const char *const REASONS[] = {
    [GDF__ARRAY_FINE] = "",
    [GDF__ARRAY_SINGLE_QUOTES] = "its strings stand in single quotes",
    [GDF__ARRAY_TYPOGRAPHIC_QUOTES] = "its quotes are typographic ones",
    [GDF__ARRAY_NO_QUOTES] = "a string stands without quotes",
    [GDF__ARRAY_BACKSLASH] = "a backslash in it is not doubled",
    [GDF__ARRAY_CONTROL] = "a string holds a control character",
    [GDF__ARRAY_MISSING_COMMA] = "a comma is missing",
    [GDF__ARRAY_EXTRA_COMMA] = "there is a comma too many",
    [GDF__ARRAY_MISSING_BRACKET] = "the `]` is missing",
    [GDF__ARRAY_OPEN_STRING] = "a string is not closed",
    [GDF__ARRAY_OTHER] = "its brackets, commas and strings do not fit",
};

/* The text in question; `start` is its `[`. */
typedef struct candidate {
    gdf__argument_text line;
    size_t start;
    gdf_instruction_kind kind;
    gdf__array_reading reading;
} candidate;

/* ---- is it meant as an array? ---------------------------------------------------------------- */

static bool is_command_of_image(gdf_instruction_kind kind)
{
    return kind == GDF_INSTRUCTION_CMD || kind == GDF_INSTRUCTION_ENTRYPOINT;
}

/* `[ … ]`: a test of the shell has neither commas nor, where it should start a program, one word
 * that never changes. */
static bool is_array_with_blank(const candidate *text)
{
    const gdf__array_reading *reading = &text->reading;
    if (reading->has_commas)
        return reading->is_quoted || reading->is_recovered;
    return is_command_of_image(text->kind) && reading->is_quoted && reading->is_recovered &&
           reading->count == 1 && !gdf__str_has_byte(text->line.text, '$') &&
           !gdf__str_has_byte(text->line.text, '`');
}

static bool is_array_of_shell(const candidate *text)
{
    const gdf__array_reading *reading = &text->reading;
    char behind = text->start + 1 < text->line.text.len ? text->line.text.ptr[text->start + 1] : 0;
    if (gdf__ascii_is_space(behind))
        return is_array_with_blank(text);
    if (behind == '[')
        return false;
    if (is_command_of_image(text->kind) && (reading->is_quoted || reading->is_closed))
        return true;
    if (!reading->is_quoted)
        return reading->is_recovered && reading->is_closed;
    return reading->has_commas || reading->is_recovered ||
           reading->defect == GDF__ARRAY_OPEN_STRING;
}

static bool is_meant(const candidate *text)
{
    const gdf__array_reading *reading = &text->reading;
    switch (text->kind) {
    case GDF_INSTRUCTION_SHELL: return true;
    case GDF_INSTRUCTION_VOLUME: return reading->is_quoted || reading->is_closed;
    case GDF_INSTRUCTION_ADD:
    case GDF_INSTRUCTION_COPY:
        return reading->is_quoted ||
               (reading->has_commas && reading->is_closed && reading->is_recovered);
    default: return is_array_of_shell(text);
    }
}

/* ---- reading --------------------------------------------------------------------------------- */

static bool is_health_command(const gdf__check *check, gdf_node node)
{
    gdf_part type = gdf_instruction_find_part(check->document, node, GDF_PART_HEALTHCHECK_TYPE, 0);
    return gdf__str_is_nocase(gdf_part_get_value(check->document, type), "CMD");
}

/* True for an array with text behind it, which is PRC005's. */
static bool has_tail(const candidate *text)
{
    size_t end = gdf__argument_array_end(text->line.text, text->start);
    return end && gdf__argument_skip_blanks(text->line.text, end) < text->line.text.len;
}

/* False when there is no such text. Free the reading otherwise. */
static bool read_candidate(gdf__check *check, gdf_node node, candidate *text)
{
    if (!(gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON_FAILED))
        return false;
    *text = (candidate){.line = gdf__argument_text_of(check, node),
                        .kind = gdf_node_get_instruction(check->document, node)};
    text->start = gdf__argument_array_start(check, node, &text->line);
    if (text->start >= text->line.text.len || text->line.text.ptr[text->start] != '[' ||
        (text->kind == GDF_INSTRUCTION_HEALTHCHECK && !is_health_command(check, node)) ||
        has_tail(text))
        return false;
    gdf__array_read(&text->reading, text->line.text, text->start, gdf__support_arena(check));
    if (text->reading.defect != GDF__ARRAY_FINE && is_meant(text))
        return true;
    gdf__array_reading_free(&text->reading);
    return false;
}

/* ---- saying ---------------------------------------------------------------------------------- */

static void say_what_happens(gdf__check *check, const candidate *text)
{
    const char *reason = REASONS[text->reading.defect];
    size_t word_end = gdf__argument_word_end(text->line.text, text->start);
    gdf_str word = gdf__str_slice(text->line.text, text->start, word_end);
    switch (text->kind) {
    case GDF_INSTRUCTION_SHELL:
        gdf__say(check, "no JSON array, %s: the build that runs the trigger refuses it", reason);
        break;
    case GDF_INSTRUCTION_VOLUME:
        gdf__say(check,
                 "no JSON array, %s: the builder makes each word a volume, the first is `%S`",
                 reason, word);
        break;
    case GDF_INSTRUCTION_ADD:
    case GDF_INSTRUCTION_COPY:
        gdf__say(check,
                 "no JSON array, %s: the builder takes each word for a path, the first is `%S`",
                 reason, word);
        break;
    default:
        gdf__say(check,
                 "no JSON array, %s: the builder hands the text to a shell, which looks for a "
                 "command called `%S`",
                 reason, word);
    }
}

static bool goes_to_shell(gdf_instruction_kind kind)
{
    return is_command_of_image(kind) || kind == GDF_INSTRUCTION_RUN ||
           kind == GDF_INSTRUCTION_HEALTHCHECK;
}

/* True for an array of one string that holds a whole command line: as an array it would be the name
 * of one program. */
static bool is_command_line(const candidate *text)
{
    gdf_str line = text->line.text;
    gdf_str inside = gdf__str_trim(gdf__str_slice(line, text->start + 1, line.len));
    while (inside.len && (gdf__str_ends(inside, "]") || gdf__str_ends(inside, " ")))
        inside.len--;
    return text->reading.count == 1 && goes_to_shell(text->kind) &&
           (gdf__str_has_byte(inside, ' ') || gdf__str_has_byte(inside, '\t'));
}

static void add_fix(gdf__check *check, const candidate *text)
{
    const gdf__array_reading *reading = &text->reading;
    if (!reading->is_recovered) {
        gdf__note(check, "which strings are meant cannot be told for certain");
        return;
    }
    if (reading->has_bare_variable && goes_to_shell(text->kind)) {
        gdf__note(check, "a JSON array is run as it is: no shell expands the variable");
        return;
    }
    if (is_command_line(text)) {
        gdf__note(check, "the one string is a command line: write each of its words as a string of "
                         "its own");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_BUGFIX, "Make it a JSON array of strings");
    gdf_status status = GDF_OK;
    for (uint32_t i = 0; status == GDF_OK && i < reading->repairs.count; i++) {
        const gdf__array_repair *repair = GDF__AT(reading->repairs, gdf__array_repair, i);
        status = gdf__edit_replace_text(
            &fix->edits, check->document,
            gdf__argument_range(&text->line, repair->start, repair->end), repair->with);
    }
    gdf__fix_end(check, status);
}

/* True when the builder refuses the instruction itself and GEN001 tells of it. */
static bool is_refused(const gdf__check *check, gdf_node node, const candidate *text)
{
    if (gdf__support_is_nested(check, node))
        return false;
    bool has_two_words =
        gdf__argument_word_end(text->line.text, text->line.start) < text->line.text.len;
    return text->kind == GDF_INSTRUCTION_SHELL ||
           ((text->kind == GDF_INSTRUCTION_COPY || text->kind == GDF_INSTRUCTION_ADD) &&
            !has_two_words);
}

void gdf__check_malformed_array(gdf__check *check, gdf_node node)
{
    candidate text;
    if (!read_candidate(check, node, &text))
        return;
    if (!is_refused(check, node, &text)) {
        gdf__edit_range range = gdf__argument_range(&text.line, text.start, text.line.text.len);
        gdf__report(check, GDF__RULE_GEN010, range.start, range.end);
        say_what_happens(check, &text);
        add_fix(check, &text);
    }
    gdf__array_reading_free(&text.reading);
}

void gdf__repair_array(gdf__check *check, gdf_node instruction)
{
    candidate text;
    if (!read_candidate(check, instruction, &text))
        return;
    if (is_refused(check, instruction, &text))
        add_fix(check, &text);
    gdf__array_reading_free(&text.reading);
}
