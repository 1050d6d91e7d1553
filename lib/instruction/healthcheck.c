#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "instruction/reader.h"
#include "instruction/values.h"

/* The shortest interval: 1 ms. */
static const int64_t LEAST_NANOSECONDS = 1000000;

static const char *const INTERVALS[] = {"interval", "timeout", "start-period", "start-interval"};

void gdf__healthcheck_read(gdf__reader *reader)
{
    if (!reader->arguments.count)
        return;
    gdf__span type = gdf__reader_span(reader, reader->arguments.first);
    gdf__part_add(reader, GDF_PART_HEALTHCHECK_TYPE, &type);
    gdf_part_kind kind = gdf__reader_is_json(reader) ? GDF_PART_EXEC_ARGUMENT : GDF_PART_COMMAND;
    for (gdf_node node = gdf__reader_after(reader, reader->arguments.first);
         node < reader->arguments.end; node = gdf__reader_after(reader, node)) {
        gdf__span word = gdf__reader_span(reader, node);
        gdf__part_add(reader, kind, &word);
    }
}

/* ---- durations and retries ------------------------------------------------------------------- */

static void check_interval(gdf__reader *reader, const gdf__span *value, const char *name)
{
    int64_t nanoseconds = 0;
    gdf_str error = gdf__duration_parse(value->text, &nanoseconds, &reader->document->arena);
    if (error.len == 0 && (nanoseconds == 0 || nanoseconds >= LEAST_NANOSECONDS))
        return;
    gdf__builder *message = gdf__problem_begin(reader);
    if (error.len) {
        gdf__builder_add(message, error);
    } else {
        gdf__builder_add_text(message, "Interval ");
        gdf__builder_add_go_quoted(message, gdf__str(name));
        gdf__builder_add_text(message, " cannot be less than 1ms");
    }
    gdf__problem_end(reader, value);
}

static void check_retries(gdf__reader *reader, const gdf__span *value)
{
    int64_t retries = 0;
    gdf__number_result result = gdf__number_parse(value->text, 32, &retries);
    if (result == GDF__NUMBER_OK && retries >= 0)
        return;
    gdf__builder *message = gdf__problem_begin(reader);
    if (result == GDF__NUMBER_OK) {
        gdf__builder_add_text(message, "--retries cannot be negative (-");
        gdf__builder_add_number(message, (uint64_t)-retries);
        gdf__builder_add_byte(message, ')');
    } else {
        gdf__builder_add_text(message, "strconv.ParseInt: parsing ");
        gdf__builder_add_go_quoted(message, value->text);
        gdf__builder_add_text(message, result == GDF__NUMBER_RANGE ? ": value out of range"
                                                                   : ": invalid syntax");
    }
    gdf__problem_end(reader, value);
}

static void check_flag_values(gdf__reader *reader)
{
    gdf__span value;
    for (size_t i = 0; i < sizeof INTERVALS / sizeof *INTERVALS; i++) {
        for (gdf_node node = reader->flags.first; node < reader->flags.end;
             node = gdf__reader_after(reader, node)) {
            if (gdf__flag_value(reader, node, INTERVALS[i], &value) && value.text.len)
                check_interval(reader, &value, INTERVALS[i]);
        }
    }
    for (gdf_node node = reader->flags.first; node < reader->flags.end;
         node = gdf__reader_after(reader, node)) {
        if (gdf__flag_value(reader, node, "retries", &value) && value.text.len)
            check_retries(reader, &value);
    }
}

/* ---- the instruction ------------------------------------------------------------------------- */

static void refuse_type(gdf__reader *reader, const gdf__span *type)
{
    gdf__builder upper;
    gdf__builder_init(&upper, &reader->document->arena.allocator);
    for (size_t at = 0; at < type->text.len;) {
        gdf__rune rune = gdf__utf8_decode(type->text, at);
        char bytes[4];
        size_t len = gdf__utf8_encode(gdf__utf8_upper(rune.value), bytes);
        gdf__builder_add(&upper, (gdf_str){bytes, len});
        at += rune.len;
    }
    gdf_str text = gdf__builder_to_arena(&upper, &reader->document->arena);
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "Unknown type ");
    gdf__builder_add_go_quoted(message, text);
    gdf__builder_add_text(message, " in HEALTHCHECK (try CMD)");
    gdf__problem_end(reader, type);
}

void gdf__healthcheck_check(gdf__reader *reader)
{
    if (reader->arguments.count == 0) {
        gdf__refuse_arguments(reader, " requires at least one argument");
        gdf__flags_check(reader);
        check_flag_values(reader);
        return;
    }
    gdf__span type = gdf__reader_span(reader, reader->arguments.first);
    bool has_command = reader->arguments.count > 1;
    if (gdf__utf8_upper_is(type.text, "NONE")) {
        if (has_command)
            gdf__refuse_arguments(reader, " NONE takes no arguments");
        return;
    }
    gdf__flags_check(reader);
    if (!gdf__utf8_upper_is(type.text, "CMD"))
        refuse_type(reader, &type);
    else if (!has_command)
        gdf__refuse(reader, &type, "Missing command after HEALTHCHECK CMD");
    check_flag_values(reader);
}
