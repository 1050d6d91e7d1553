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

static const flag_row *find_row(uint8_t instruction, gdf_str name)
{
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (FLAGS[i].instruction == instruction && gdf__str_equal(FLAGS[i].name, name))
            return &FLAGS[i];
    }
    return NULL;
}

/* ---- spans ----------------------------------------------------------------------------------- */

static const size_t DASHES = 2;

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
    size_t count = 0;
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (FLAGS[i].instruction == reader->instruction->instruction)
            names[count++] = FLAGS[i].name;
    }
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "unknown flag: --");
    gdf__builder_add(message, flag->name.text);
    gdf__suggestion_add(message, gdf__suggestion_find(flag->name.text, names, count));
    gdf__problem_end(reader, &flag->name);
}

static void check_boolean(gdf__reader *reader, const flag_spans *flag)
{
    gdf_str value = flag->value.text;
    if (!flag->has_value || gdf__str_is_nocase(value, "true") || gdf__str_is_nocase(value, "false"))
        return;
    if (value.len == 0) {
        refuse_flag(reader, flag, "missing a value on flag: ");
        return;
    }
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "expecting boolean value for flag --");
    gdf__builder_add(message, flag->name.text);
    gdf__builder_add_text(message, ", not: ");
    gdf__builder_add(message, value);
    gdf__problem_end(reader, &flag->value);
}

void gdf__flags_check(gdf__reader *reader)
{
    uint32_t used = 0; /* bit i: FLAGS[i] was given */
    for (gdf_node node = reader->flags.first; node < reader->flags.end;
         node = gdf__reader_after(reader, node)) {
        flag_spans flag = split_flag(reader, node);
        const flag_row *row = find_row(reader->instruction->instruction, flag.name.text);
        uint32_t bit = row ? UINT32_C(1) << (row - FLAGS) : 0;
        if (!row)
            refuse_unknown(reader, &flag);
        else if (row->kind != LIST && (used & bit))
            refuse_flag(reader, &flag, "duplicate flag specified: ");
        else if (row->kind == BOOL)
            check_boolean(reader, &flag);
        else if (!flag.has_value)
            refuse_flag(reader, &flag, "missing a value on flag: ");
        used |= bit;
    }
}

_Static_assert(FLAG_COUNT <= 32, "the used flags are bits of 32");
