#include "instruction/flags.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "instruction/reader.h"
#include "instruction/suggestion.h"

typedef enum flag_kind { STRING, BOOL, LIST } flag_kind;
typedef enum flag_content { PLAIN, USER, IMAGE, PLATFORM, OPTIONS } flag_content;

typedef struct flag_row {
    uint8_t instruction;
    gdf_str name;
    flag_kind kind;
    flag_content content;
} flag_row;

static const flag_row FLAGS[] = {
#define GDF__FLAG(instruction, name, kind, content) \
    {GDF_INSTRUCTION_##instruction, {name, sizeof(name) - 1}, kind, content},
#include "instruction/flags.def"
#undef GDF__FLAG
};

enum { FLAG_COUNT = sizeof FLAGS / sizeof *FLAGS };

static const size_t DASHES = 2;

static const flag_row *find_row(gdf_instruction_kind instruction, gdf_str name)
{
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (FLAGS[i].instruction == instruction && gdf__str_equal(FLAGS[i].name, name))
            return &FLAGS[i];
    }
    return NULL;
}

/* The names of the flags of an instruction; returns how many they are. */
static size_t list_names(gdf_instruction_kind instruction, gdf_str *names)
{
    size_t count = 0;
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (FLAGS[i].instruction == instruction)
            names[count++] = FLAGS[i].name;
    }
    return count;
}

bool gdf__flags_are_read(gdf_instruction_kind instruction)
{
    return instruction != GDF_INSTRUCTION_ARG && instruction != GDF_INSTRUCTION_STOPSIGNAL;
}

bool gdf__flag_is_known(gdf_instruction_kind instruction, gdf_str name)
{
    return find_row(instruction, name) != NULL;
}

gdf_str gdf__flag_nearest(gdf_instruction_kind instruction, gdf_str name)
{
    gdf_str names[FLAG_COUNT];
    size_t count = list_names(instruction, names);
    for (size_t i = 0; i < count; i++) {
        if (gdf__str_equal_nocase(names[i], name))
            return names[i];
    }
    return gdf__suggestion_find(name, names, count);
}

/* ---- judging --------------------------------------------------------------------------------- */

gdf_str gdf__flag_name(gdf_str text)
{
    return gdf__str_slice(text, DASHES, gdf__str_find(text, '=', 0));
}

static gdf__flag_fault judge_boolean(gdf_str value)
{
    if (gdf__str_is_nocase(value, "true") || gdf__str_is_nocase(value, "false"))
        return GDF__FLAG_FINE;
    return value.len ? GDF__FLAG_NOT_BOOLEAN : GDF__FLAG_NO_VALUE;
}

gdf__flag_fault gdf__flag_judge_next(gdf__flag_judge *judge, gdf_str text)
{
    size_t equals = gdf__str_find(text, '=', 0);
    const flag_row *row = find_row(judge->instruction, gdf__flag_name(text));
    if (!row)
        return GDF__FLAG_UNKNOWN;
    uint32_t bit = UINT32_C(1) << (row - FLAGS);
    bool is_used = judge->used & bit;
    judge->used |= bit;
    if (row->kind != LIST && is_used)
        return GDF__FLAG_DUPLICATE;
    if (equals == text.len)
        return row->kind == BOOL ? GDF__FLAG_FINE : GDF__FLAG_NO_VALUE;
    return row->kind == BOOL ? judge_boolean(gdf__str_slice(text, equals + 1, text.len))
                             : GDF__FLAG_FINE;
}

_Static_assert(FLAG_COUNT <= 32, "the used flags are bits of 32");

/* ---- spans ----------------------------------------------------------------------------------- */

/* A flag taken apart; without `=`, has_value is false. */
typedef struct flag_spans {
    gdf__span whole;
    gdf__span name;
    gdf__span value;
    bool has_value;
} flag_spans;

/* Where the value of the flag lies in the source when its name and `=` are written as they are:
 * behind them, perhaps in quotes. */
static void locate_written_value(const gdf__reader *reader, size_t equals, flag_spans *flag)
{
    const gdf__span *whole = &flag->whole;
    gdf_str written = gdf__source_slice(&reader->document->source, whole->start, whole->end);
    gdf_str head = gdf__str_slice(whole->text, 0, equals + 1);
    if (!gdf__str_equal(gdf__str_slice(written, 0, head.len), head))
        return;
    flag->name.mapped = true;
    flag->name.start = whole->start + (uint32_t)DASHES;
    flag->name.offset = flag->name.start;
    flag->name.end = whole->start + (uint32_t)equals;
    gdf_str rest = gdf__str_slice(written, head.len, written.len);
    flag->value.start = whole->start + (uint32_t)head.len;
    bool quoted = rest.len > 1 && (rest.ptr[0] == '"' || rest.ptr[0] == '\'') &&
                  rest.ptr[rest.len - 1] == rest.ptr[0];
    flag->value.mapped =
        quoted && gdf__str_equal(gdf__str_slice(rest, 1, rest.len - 1), flag->value.text);
    flag->value.offset = flag->value.start + (flag->value.mapped ? 1 : 0);
}

static flag_spans split_flag(const gdf__reader *reader, gdf_node node)
{
    flag_spans flag = {.whole = gdf__reader_span(reader, node)};
    gdf_str text = flag.whole.text;
    size_t equals = gdf__str_find(text, '=', 0);
    flag.has_value = equals < text.len;
    flag.name = gdf__span_slice(&flag.whole, DASHES, equals);
    flag.value = gdf__span_slice(&flag.whole, equals + 1, text.len);
    if (!flag.whole.mapped && flag.has_value)
        locate_written_value(reader, equals, &flag);
    return flag;
}

bool gdf__flag_value(const gdf__reader *reader, gdf_node node, const char *name, gdf__span *value)
{
    flag_spans flag = split_flag(reader, node);
    *value = flag.value;
    return gdf__str_is(flag.name.text, name);
}

/* ---- parts ----------------------------------------------------------------------------------- */

static void read_platform(gdf__reader *reader, const gdf__span *span)
{
    gdf__part_add(reader, GDF_PART_PLATFORM, span);
}

static void (*const CONTENT_READERS[])(gdf__reader *reader, const gdf__span *span) = {
    [PLAIN] = NULL,
    [USER] = gdf__parts_of_user,
    [IMAGE] = gdf__parts_of_image,
    [PLATFORM] = read_platform,
    [OPTIONS] = gdf__parts_of_options,
};

static void read_flag(gdf__reader *reader, gdf_node node)
{
    flag_spans flag = split_flag(reader, node);
    const flag_row *row = find_row(reader->instruction->instruction, flag.name.text);
    gdf_part part = gdf__part_open(reader, GDF_PART_FLAG, &flag.whole);
    gdf__part_add(reader, GDF_PART_FLAG_NAME, &flag.name);
    if (flag.has_value) {
        gdf_part value = gdf__part_open(reader, GDF_PART_FLAG_VALUE, &flag.value);
        if (row && CONTENT_READERS[row->content] && flag.value.text.len)
            CONTENT_READERS[row->content](reader, &flag.value);
        gdf__part_close(reader, value);
    }
    gdf__part_close(reader, part);
}

void gdf__flags_read(gdf__reader *reader)
{
    for (gdf_node flag = reader->flags.first; flag < reader->flags.end;
         flag = gdf__reader_after(reader, flag))
        read_flag(reader, flag);
}

/* ---- checks ---------------------------------------------------------------------------------- */

/* A problem that says something of the flag `--name`. */
static void refuse_flag(gdf__reader *reader, const flag_spans *flag, const char *reason)
{
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, reason);
    gdf__builder_add_text(message, "--");
    gdf__builder_add(message, flag->name.text);
    gdf__problem_end(reader, &flag->whole);
}

static void refuse_unknown(gdf__reader *reader, const flag_spans *flag)
{
    gdf_str names[FLAG_COUNT];
    size_t count = list_names(reader->instruction->instruction, names);
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "unknown flag: --");
    gdf__builder_add(message, flag->name.text);
    gdf__suggestion_add(message, gdf__suggestion_find(flag->name.text, names, count));
    gdf__problem_end(reader, &flag->name);
}

static void refuse_boolean(gdf__reader *reader, const flag_spans *flag)
{
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "expecting boolean value for flag --");
    gdf__builder_add(message, flag->name.text);
    gdf__builder_add_text(message, ", not: ");
    gdf__builder_add(message, flag->value.text);
    gdf__problem_end(reader, &flag->value);
}

void gdf__flags_check(gdf__reader *reader)
{
    gdf__flag_judge judge = {.instruction = reader->instruction->instruction};
    for (gdf_node node = reader->flags.first; node < reader->flags.end;
         node = gdf__reader_after(reader, node)) {
        flag_spans flag = split_flag(reader, node);
        switch (gdf__flag_judge_next(&judge, flag.whole.text)) {
        case GDF__FLAG_FINE: break;
        case GDF__FLAG_UNKNOWN: refuse_unknown(reader, &flag); break;
        case GDF__FLAG_DUPLICATE: refuse_flag(reader, &flag, "duplicate flag specified: "); break;
        case GDF__FLAG_NO_VALUE: refuse_flag(reader, &flag, "missing a value on flag: "); break;
        case GDF__FLAG_NOT_BOOLEAN: refuse_boolean(reader, &flag); break;
        }
    }
}
