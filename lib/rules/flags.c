/* SYN009, GEN013: flags that the builder accepts and that have no effect, or another one. */
#include "instruction/flags.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "rules/argument_text.h"
#include "rules/repairs.h"
#include "rules/support.h"

static const size_t DASHES = 2;

static gdf_node next_of_kind(const gdf_document *document, gdf_node node, gdf_node_kind kind)
{
    while (node && gdf_node_get_kind(document, node) != kind)
        node = gdf_node_get_next_sibling(document, node);
    return node;
}

static gdf_node first_flag(const gdf_document *document, gdf_node instruction)
{
    return next_of_kind(document, gdf_node_get_first_child(document, instruction), GDF_NODE_FLAG);
}

static gdf_node next_flag(const gdf_document *document, gdf_node flag)
{
    return next_of_kind(document, gdf_node_get_next_sibling(document, flag), GDF_NODE_FLAG);
}

static gdf__edit_range range_of_node(const gdf_document *document, gdf_node node)
{
    return (gdf__edit_range){gdf_node_get_start(document, node), gdf_node_get_end(document, node)};
}

/* True for a HEALTHCHECK of that type. */
static bool has_type(const gdf__check *check, gdf_node node, const char *name)
{
    gdf_part type = gdf_instruction_find_part(check->document, node, GDF_PART_HEALTHCHECK_TYPE, 0);
    return gdf__str_is_nocase(gdf_part_get_value(check->document, type), name);
}

/* ---- flags that nobody reads ----------------------------------------------------------------- */

void gdf__check_ignored_flags(gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    if (!next_of_kind(document, gdf_node_get_first_child(document, node), GDF_NODE_ARGUMENT))
        return; /* refused */
    for (gdf_node flag = first_flag(document, node); flag; flag = next_flag(document, flag)) {
        gdf__report_node(check, GDF__RULE_SYN009, flag);
        gdf__set_severity(check, GDF_SEVERITY_WARNING);
        gdf__say(check, "%s has no flags: the builder drops `%S` without a word",
                 gdf_instruction_kind_name(gdf_node_get_instruction(document, node)),
                 gdf_node_get_value(document, flag));
        gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Remove the flag");
        gdf__fix_end(check,
                     gdf__edit_remove_words(&fix->edits, document, range_of_node(document, flag)));
    }
}

void gdf__check_flags_of_none(gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    if (!has_type(check, node, "NONE"))
        return;
    for (gdf_node flag = first_flag(document, node); flag; flag = next_flag(document, flag)) {
        gdf__report_node(check, GDF__RULE_GEN013, flag);
        gdf__set_severity(check, GDF_SEVERITY_WARNING);
        gdf__say(check, "HEALTHCHECK NONE switches the check off: the builder drops `%S`",
                 gdf_node_get_value(document, flag));
    }
}

/* ---- words that look like flags -------------------------------------------------------------- */

/* A word that was meant as a flag. */
typedef struct flag_word {
    gdf_str text;  /* with two dashes, as the builder would read it */
    gdf_str dash;  /* as written: two dashes, one, or a typographic one */
    bool is_known; /* the instruction has such a flag */
} flag_word;

static bool is_any_known(gdf_instruction_kind kind, gdf_str name)
{
    bool copies = kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD;
    return gdf__flag_is_known(kind, name) ||
           (copies && (gdf__flag_is_known(GDF_INSTRUCTION_COPY, name) ||
                       gdf__flag_is_known(GDF_INSTRUCTION_ADD, name)));
}

/* True for a word that begins with some dash and the name of a flag; with another dash than `--` it
 * needs a value, too. */
static bool read_flag_word(const gdf__check *check, gdf_instruction_kind kind, gdf_str word,
                           flag_word *flag)
{
    static const char *const DASH_SPELLINGS[] = {"--", "\xe2\x80\x93", "\xe2\x80\x94", "-"};
    for (size_t i = 0; i < sizeof DASH_SPELLINGS / sizeof *DASH_SPELLINGS; i++) {
        if (!gdf__str_starts(word, DASH_SPELLINGS[i]))
            continue;
        flag->dash = gdf__str(DASH_SPELLINGS[i]);
        gdf_str rest = gdf__str_slice(word, flag->dash.len, word.len);
        size_t equals = gdf__str_find(rest, '=', 0);
        gdf_str name = gdf__str_slice(rest, 0, equals);
        flag->text = i ? gdf__support_text(check, "--%S", rest) : word;
        flag->is_known = gdf__flag_is_known(kind, name);
        return is_any_known(kind, name) && (i == 0 || equals < rest.len);
    }
    return false;
}

/* True for the first byte of such a word: few arguments have it. */
static bool begins_flag_word(char byte)
{
    return byte == '-' || (unsigned char)byte >= 0x80;
}

/* The flags that an instruction has. */
typedef struct flag_list {
    gdf__flag_judge judge; /* knows all of them */
    uint32_t end;          /* where they end in the source: behind the last, or the keyword */
    bool ends_by_hand;     /* `--` ends them: what follows is a path on purpose */
} flag_list;

static flag_list read_flags(const gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    const gdf__logical_line *line = gdf__document_line(document, node);
    flag_list list = {.judge = {.instruction = gdf_node_get_instruction(document, node)}};
    list.end = gdf_node_get_end(document, gdf_node_get_first_child(document, node));
    for (gdf_node flag = first_flag(document, node); flag; flag = next_flag(document, flag)) {
        gdf__flag_judge_next(&list.judge, gdf_node_get_value(document, flag));
        list.end = gdf_node_get_end(document, flag);
    }
    uint32_t arguments = gdf__fragment_start(&line->fragment, line->arguments_start);
    list.ends_by_hand =
        gdf__str_contains(gdf__source_slice(&document->source, list.end, arguments), "--");
    return list;
}

/* True when the instruction may take the flag, too; it then counts as one of the list. */
static bool is_welcome(flag_list *list, const flag_word *word)
{
    return gdf__flag_judge_next(&list->judge, word->text) == GDF__FLAG_FINE;
}

static void move_to_flags(gdf__check *check, const flag_list *list, gdf__edit_range place,
                          const flag_word *word)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Move the flag to the front");
    gdf_status status = gdf__edit_remove_words(&fix->edits, check->document, place);
    if (status == GDF_OK)
        status = gdf__edit_insert_word_after(&fix->edits, check->document, list->end, word->text);
    gdf__fix_end(check, status);
}

static void correct_dash(gdf__check *check, uint32_t start, const flag_word *word)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Write it with two dashes");
    gdf__edit_range dash = {start, start + (uint32_t)word->dash.len};
    gdf__fix_end(check,
                 gdf__edit_replace_text(&fix->edits, check->document, dash, GDF__LITERAL("--")));
}

/* ---- COPY and ADD ---------------------------------------------------------------------------- */

static void report_path(gdf__check *check, flag_list *list, gdf_node argument,
                        const flag_word *word)
{
    const gdf_document *document = check->document;
    bool is_first = gdf_node_get_kind(document, argument - 1) != GDF_NODE_ARGUMENT;
    bool is_last = !gdf_node_get_next_sibling(document, argument) ||
                   gdf_node_get_kind(document, gdf_node_get_next_sibling(document, argument)) !=
                       GDF_NODE_ARGUMENT;
    gdf__report_node(check, GDF__RULE_SYN009, argument);
    gdf__set_severity(check, GDF_SEVERITY_WARNING);
    gdf__say(check, "`%S` is no flag here: the builder takes it for the %s",
             gdf_node_get_value(document, argument),
             is_last ? "destination" : "path of a file to copy");
    if (!word->is_known || !is_welcome(list, word))
        return;
    if (is_first && !gdf__str_is(word->dash, "--"))
        correct_dash(check, gdf_node_get_start(document, argument), word);
    else if (!is_first)
        move_to_flags(check, list, range_of_node(document, argument), word);
}

static bool has_flag_word(const gdf_document *document, gdf_node instruction)
{
    gdf_node end = gdf__document_node(document, instruction)->next;
    for (gdf_node node = instruction + 1; node < end;) {
        const gdf__node *row = gdf__document_node(document, node);
        if (row->kind == GDF_NODE_ARGUMENT && row->value_len && begins_flag_word(*row->value))
            return true;
        node = row->next;
    }
    return false;
}

void gdf__check_flags_among_paths(gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    gdf_instruction_kind kind = gdf_node_get_instruction(document, node);
    if (gdf_node_get_flags(document, node) & (GDF_NODE_FLAG_JSON | GDF_NODE_FLAG_JSON_FAILED) ||
        !has_flag_word(document, node))
        return;
    flag_list list = read_flags(check, node);
    gdf_node argument = list.ends_by_hand ? 0 : gdf_node_get_first_child(document, node);
    while ((argument = next_of_kind(document, argument, GDF_NODE_ARGUMENT)) != 0) {
        flag_word word;
        if (read_flag_word(check, kind, gdf_node_get_value(document, argument), &word))
            report_path(check, &list, argument, &word);
        argument = gdf_node_get_next_sibling(document, argument);
    }
}

/* ---- RUN and HEALTHCHECK --------------------------------------------------------------------- */

/* `RUN –mount=…`: no shell has such a command. */
void gdf__check_dash_of_run(gdf__check *check, gdf_node node)
{
    const gdf__logical_line *row = gdf__document_line(check->document, node);
    if (row->arguments_end == row->arguments_start ||
        !begins_flag_word(row->fragment.text.ptr[row->arguments_start]))
        return;
    flag_list list = read_flags(check, node);
    gdf__argument_text line = gdf__argument_text_of(check, node);
    size_t end = gdf__argument_word_end(line.text, line.start);
    flag_word word;
    if (gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON || list.ends_by_hand ||
        !read_flag_word(check, GDF_INSTRUCTION_RUN, gdf__str_slice(line.text, line.start, end),
                        &word))
        return;
    gdf__edit_range range = gdf__argument_range(&line, line.start, end);
    gdf__report(check, GDF__RULE_SYN009, range.start, range.end);
    gdf__say(check, "`%S` is no flag, it has not two dashes: the shell runs it as a command",
             gdf__str_slice(line.text, line.start, end));
    if (is_welcome(&list, &word))
        correct_dash(check, range.start, &word);
}

/* Moves the flag of a HEALTHCHECK in front of its type. */
static void move_before_type(gdf__check *check, gdf_node node, gdf__edit_range place,
                             const flag_word *word)
{
    gdf_part type = gdf_instruction_find_part(check->document, node, GDF_PART_HEALTHCHECK_TYPE, 0);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Move the flag in front of CMD");
    gdf_status status = gdf__edit_remove_words(&fix->edits, check->document, place);
    if (status == GDF_OK)
        status = gdf__edit_insert_word_before(
            &fix->edits, check->document, gdf_part_get_start(check->document, type), word->text);
    gdf__fix_end(check, status);
}

/* `HEALTHCHECK CMD --interval=5s …`: part of the command. */
void gdf__check_flags_behind_type(gdf__check *check, gdf_node node)
{
    if (!gdf_instruction_find_part(check->document, node, GDF_PART_COMMAND, 0) ||
        !has_type(check, node, "CMD"))
        return;
    flag_list list = read_flags(check, node);
    gdf__argument_text line = gdf__argument_text_of(check, node);
    size_t start = gdf__argument_array_start(check, node, &line);
    flag_word word;
    size_t end = gdf__argument_word_end(line.text, start);
    while (read_flag_word(check, GDF_INSTRUCTION_HEALTHCHECK, gdf__str_slice(line.text, start, end),
                          &word)) {
        gdf__edit_range range = gdf__argument_range(&line, start, end);
        gdf__report(check, GDF__RULE_SYN009, range.start, range.end);
        gdf__say(check,
                 "flags of HEALTHCHECK stand in front of CMD: here the shell looks for a command "
                 "called `%S`, and the check always fails",
                 gdf__str_slice(line.text, start, end));
        if (is_welcome(&list, &word))
            move_before_type(check, node, range, &word);
        start = gdf__argument_skip_blanks(line.text, end);
        end = gdf__argument_word_end(line.text, start);
    }
}

/* ---- triggers -------------------------------------------------------------------------------- */

static const char *const FAULTS[] = {
    [GDF__FLAG_FINE] = "",
    [GDF__FLAG_UNKNOWN] = "is no flag of",
    [GDF__FLAG_DUPLICATE] = "is given twice to",
    [GDF__FLAG_NO_VALUE] = "lacks its value in",
    [GDF__FLAG_NOT_BOOLEAN] = "is neither true nor false in",
};

static bool reads_flags(const gdf__check *check, gdf_node node, gdf_instruction_kind kind)
{
    return kind != GDF_INSTRUCTION_UNKNOWN && gdf__flags_are_read(kind) &&
           !has_type(check, node, "NONE");
}

/* The builder looks at the flags of a trigger when it runs it. */
void gdf__check_flags_of_trigger(gdf__check *check, gdf_node node)
{
    const gdf_document *document = check->document;
    gdf_node trigger =
        next_of_kind(document, gdf_node_get_first_child(document, node), GDF_NODE_INSTRUCTION);
    gdf_instruction_kind kind = gdf_node_get_instruction(document, trigger);
    if (gdf__support_is_nested(check, node) || !reads_flags(check, trigger, kind))
        return;
    gdf__flag_judge judge = {.instruction = kind};
    for (gdf_node flag = first_flag(document, trigger); flag; flag = next_flag(document, flag)) {
        gdf__flag_fault fault = gdf__flag_judge_next(&judge, gdf_node_get_value(document, flag));
        if (fault == GDF__FLAG_FINE)
            continue;
        gdf__report_node(check, GDF__RULE_SYN009, flag);
        gdf__say(check,
                 "`%S` %s %s: the builder accepts it in a trigger and refuses every build that "
                 "runs it",
                 gdf_node_get_value(document, flag), FAULTS[fault],
                 gdf_instruction_kind_name(kind));
        if (fault == GDF__FLAG_UNKNOWN)
            gdf__repair_flag(check, flag);
    }
}

/* ---- repairs of what is refused -------------------------------------------------------------- */

/* True when what follows the flag is its value and not the first argument: enough is left behind
 * it, and it looks like one. */
static bool is_value(const gdf_document *document, gdf_node flag, gdf_node word)
{
    gdf_node instruction = gdf_node_get_parent(document, flag);
    gdf_node second =
        next_of_kind(document, gdf_node_get_next_sibling(document, word), GDF_NODE_ARGUMENT);
    switch (gdf_node_get_instruction(document, instruction)) {
    case GDF_INSTRUCTION_FROM: return second != 0;
    case GDF_INSTRUCTION_ADD:
    case GDF_INSTRUCTION_COPY:
        return second && next_of_kind(document, gdf_node_get_next_sibling(document, second),
                                      GDF_NODE_ARGUMENT);
    default: return false;
    }
}

/* `--chown app a b`: the builder wants `--chown=app`. */
void gdf__repair_flag_value(gdf__check *check, gdf_node flag)
{
    const gdf_document *document = check->document;
    gdf_node word = gdf_node_get_next_sibling(document, flag);
    gdf_str text = gdf_node_get_value(document, flag);
    uint32_t end = gdf_node_get_end(document, flag);
    if (gdf_node_get_kind(document, word) != GDF_NODE_ARGUMENT || gdf__str_has_byte(text, '=') ||
        !is_value(document, flag, word))
        return;
    gdf__edit_range gap = {end, gdf_node_get_start(document, word)};
    gdf_str blanks = gdf__source_slice(&document->source, gap.start, gap.end);
    if (gdf__str_trim(blanks).len || gdf__str_has_byte(blanks, '\n'))
        return;
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Write %S=%S", text, gdf_node_get_value(document, word));
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, document, gap, GDF__LITERAL("=")));
}

/* A number of seconds without its unit. */
static bool lacks_unit(gdf_str name, gdf_str value)
{
    static const char *const DURATIONS[] = {"interval", "start-interval", "start-period",
                                            "timeout"};
    bool digits = value.len > 0 && GDF__IS_ONE_OF(name, DURATIONS);
    for (size_t i = 0; digits && i < value.len; i++)
        digits = gdf__ascii_is_digit(value.ptr[i]);
    return digits;
}

static void add_unit(gdf__check *check, gdf_node flag, gdf_str value)
{
    uint32_t end = gdf_node_get_end(check->document, flag);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Write %Ss, in seconds", value);
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document,
                                               (gdf__edit_range){end, end}, GDF__LITERAL("s")));
}

void gdf__repair_flag(gdf__check *check, gdf_node flag)
{
    const gdf_document *document = check->document;
    gdf_node instruction = gdf_node_get_parent(document, flag);
    gdf_str whole = gdf_node_get_value(document, flag);
    gdf_str name = gdf__flag_name(whole);
    gdf_str value = gdf__str_slice(whole, gdf__str_find(whole, '=', 0) + 1, whole.len);
    gdf_instruction_kind kind = gdf_node_get_instruction(document, instruction);
    if (kind == GDF_INSTRUCTION_HEALTHCHECK && lacks_unit(name, value))
        add_unit(check, flag, value);
    gdf_str nearest = gdf__flag_nearest(kind, name);
    uint32_t start = gdf_node_get_start(document, flag) + (uint32_t)DASHES;
    gdf__edit_range range = {start, start + (uint32_t)name.len};
    gdf_str text = gdf__source_slice(&document->source, range.start, range.end);
    if (gdf__flag_is_known(kind, name) || nearest.len == 0 || !gdf__str_equal(text, name))
        return;
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Write --%S", nearest);
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, document, range, nearest));
}
