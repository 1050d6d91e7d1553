/* One row an instruction, and the instructions that need no file of their own. */
#include "base/slice.h"
#include "base/utf8.h"
#include "instruction/reader.h"
#include "instruction/suggestion.h"

/* ---- parts ----------------------------------------------------------------------------------- */

static void read_unknown(gdf__reader *reader)
{
    gdf__span arguments = gdf__reader_arguments_span(reader);
    if (arguments.text.len)
        gdf__part_add(reader, GDF_PART_ARGUMENT, &arguments);
}

static void read_paths(gdf__reader *reader)
{
    gdf__parts_of_arguments(reader, GDF_PART_PATH);
}

/* The builder trims each; one that it changes has no place but the whole argument. */
static void read_volumes(gdf__reader *reader)
{
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span path = gdf__reader_span(reader, node);
        gdf_str trimmed = gdf__utf8_trim(path.text);
        path.mapped = path.mapped && trimmed.len == path.text.len;
        path.text = trimmed;
        gdf__part_add(reader, GDF_PART_PATH, &path);
    }
}

static void read_author(gdf__reader *reader)
{
    gdf__parts_of_arguments(reader, GDF_PART_AUTHOR);
}

static void read_signal(gdf__reader *reader)
{
    gdf__parts_of_arguments(reader, GDF_PART_SIGNAL);
}

static void read_user(gdf__reader *reader)
{
    if (!reader->arguments.count)
        return;
    gdf__span user = gdf__reader_span(reader, reader->arguments.first);
    gdf__parts_of_user(reader, &user);
}

/* ---- checks ---------------------------------------------------------------------------------- */

/* MAINTAINER, USER, WORKDIR: the argument is the rest of the line, so only nothing is wrong. */
static void check_one(gdf__reader *reader)
{
    if (reader->arguments.count != 1)
        gdf__refuse_arguments(reader, " requires exactly one argument");
    gdf__flags_check(reader);
}

/* STOPSIGNAL: any flag is accepted. */
static void check_one_without_flags(gdf__reader *reader)
{
    if (reader->arguments.count != 1)
        gdf__refuse_arguments(reader, " requires exactly one argument");
}

static void check_at_least_one(gdf__reader *reader)
{
    if (reader->arguments.count == 0)
        gdf__refuse_arguments(reader, " requires at least one argument");
    gdf__flags_check(reader);
}

static void check_volume(gdf__reader *reader)
{
    check_at_least_one(reader);
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span path = gdf__reader_span(reader, node);
        if (gdf__utf8_trim(path.text).len == 0)
            gdf__refuse_named(reader, &path, " specified can not be an empty string");
    }
}

static const gdf_str INSTRUCTION_NAMES[] = {
#define GDF_INSTRUCTION(id, value, name, summary) {name, sizeof(name) - 1},
#include <godockerfile/instructions.def>
#undef GDF_INSTRUCTION
};

static void check_unknown(gdf__reader *reader)
{
    gdf__span keyword = gdf__reader_span(reader, reader->node + 1);
    gdf_str suggestion = gdf__suggestion_find_nocase(
        keyword.text, INSTRUCTION_NAMES, sizeof INSTRUCTION_NAMES / sizeof *INSTRUCTION_NAMES);
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "unknown instruction: ");
    gdf__builder_add(message, keyword.text);
    gdf__suggestion_add_recased(message, suggestion, keyword.text);
    gdf__problem_end(reader, &keyword);
    /* A misspelt FROM must not make every line behind it look wrong. */
    if (gdf__str_is(suggestion, gdf_instruction_kind_name(GDF_INSTRUCTION_FROM)))
        reader->has_stage = true;
}

/* ---- the table ------------------------------------------------------------------------------- */

static const gdf__instruction_type TYPES[] = {
    [GDF_INSTRUCTION_UNKNOWN] = {read_unknown, check_unknown},
    [GDF_INSTRUCTION_ADD] = {gdf__copy_read, gdf__copy_check},
    [GDF_INSTRUCTION_ARG] = {gdf__arg_read, gdf__arg_check},
    [GDF_INSTRUCTION_CMD] = {gdf__command_read, gdf__flags_check},
    [GDF_INSTRUCTION_COPY] = {gdf__copy_read, gdf__copy_check},
    [GDF_INSTRUCTION_ENTRYPOINT] = {gdf__command_read, gdf__flags_check},
    [GDF_INSTRUCTION_ENV] = {gdf__pairs_read, gdf__pairs_check},
    [GDF_INSTRUCTION_EXPOSE] = {gdf__expose_read, check_at_least_one},
    [GDF_INSTRUCTION_FROM] = {gdf__from_read, gdf__from_check},
    [GDF_INSTRUCTION_HEALTHCHECK] = {gdf__healthcheck_read, gdf__healthcheck_check},
    [GDF_INSTRUCTION_LABEL] = {gdf__pairs_read, gdf__pairs_check},
    [GDF_INSTRUCTION_MAINTAINER] = {read_author, check_one},
    [GDF_INSTRUCTION_ONBUILD] = {gdf__onbuild_read, gdf__onbuild_check},
    [GDF_INSTRUCTION_RUN] = {gdf__command_read, gdf__run_check},
    [GDF_INSTRUCTION_SHELL] = {gdf__command_read, gdf__shell_check},
    [GDF_INSTRUCTION_STOPSIGNAL] = {read_signal, check_one_without_flags},
    [GDF_INSTRUCTION_USER] = {read_user, check_one},
    [GDF_INSTRUCTION_VOLUME] = {read_volumes, check_volume},
    [GDF_INSTRUCTION_WORKDIR] = {read_paths, check_one},
};

const gdf__instruction_type *gdf__instruction_type_of(gdf_instruction_kind kind)
{
    return &TYPES[kind];
}
