#include "conformance/typed_answers.h"

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

/* ---- texts ----------------------------------------------------------------------------------- */

bool same_text(gdf_str got, const json_t *expected)
{
    if (!json_is_string(expected))
        return got.len == 0;
    gdf_str text = {json_string_value(expected), json_string_length(expected)};
    size_t at = 0;
    for (size_t i = 0; i < got.len;) {
        gdf__rune rune = gdf__utf8_decode(got, i);
        char bytes[4];
        size_t len = gdf__utf8_encode(rune.value, bytes);
        if (text.len - at < len || memcmp(text.ptr + at, bytes, len) != 0)
            return false;
        at += len;
        i += rune.len;
    }
    return at == text.len;
}

static const json_t *member(const json_t *object, const char *name)
{
    return json_object_get(object, name);
}

/* ---- parts ----------------------------------------------------------------------------------- */

typedef struct typed_instruction {
    const gdf_document *document;
    gdf_node node;
    const json_t *answer; /* the `cmd` object, or the stage */
} typed_instruction;

static gdf_part find_part(const typed_instruction *typed, gdf_part_kind kind, uint32_t nth)
{
    return gdf_instruction_find_part(typed->document, typed->node, kind, nth);
}

static gdf_str part_text(const typed_instruction *typed, gdf_part part)
{
    return gdf_part_get_value(typed->document, part);
}

static gdf_str flag_text(const typed_instruction *typed, const char *name)
{
    gdf_part flag = gdf_instruction_find_flag(typed->document, typed->node, name, 0);
    return part_text(typed, gdf_part_find(typed->document, flag, GDF_PART_FLAG_VALUE, 0));
}

/* The only part of the kind, or none, says what the answer has under `name`. */
static bool same_single(const typed_instruction *typed, gdf_part_kind kind, const char *name)
{
    return same_text(part_text(typed, find_part(typed, kind, 0)), member(typed->answer, name)) &&
           find_part(typed, kind, 1) == 0;
}

static bool same_flag(const typed_instruction *typed, const char *flag, const char *name)
{
    return same_text(flag_text(typed, flag), member(typed->answer, name));
}

/* All parts of the kind, in order; those that name heredocs apart. */
static bool same_list(const typed_instruction *typed, gdf_part_kind kind, const json_t *expected)
{
    size_t compared = 0;
    for (uint32_t i = 0; find_part(typed, kind, i) != 0; i++) {
        gdf_part part = find_part(typed, kind, i);
        if (gdf_part_get_flags(typed->document, part) & GDF_PART_FLAG_HEREDOC)
            continue;
        if (!same_text(part_text(typed, part), json_array_get(expected, compared++)))
            return false;
    }
    return compared == json_array_size(expected);
}

/* ---- instructions ---------------------------------------------------------------------------- */

static bool same_copy(const typed_instruction *typed)
{
    return same_list(typed, GDF_PART_SOURCE, member(typed->answer, "SourcePaths")) &&
           same_single(typed, GDF_PART_DESTINATION, "DestPath") &&
           same_flag(typed, "from", "From") && same_flag(typed, "chown", "Chown") &&
           same_flag(typed, "chmod", "Chmod") && same_flag(typed, "checksum", "Checksum");
}

static bool same_command(const typed_instruction *typed)
{
    gdf_part_kind kind = json_is_true(member(typed->answer, "PrependShell"))
                             ? GDF_PART_COMMAND
                             : GDF_PART_EXEC_ARGUMENT;
    return same_list(typed, kind, member(typed->answer, "CmdLine"));
}

static bool same_pairs(const typed_instruction *typed, const char *name)
{
    const json_t *pairs = member(typed->answer, name);
    size_t i;
    json_t *pair;
    json_array_foreach(pairs, i, pair)
    {
        gdf_part part = find_part(typed, GDF_PART_PAIR, (uint32_t)i);
        gdf_part key = gdf_part_find(typed->document, part, GDF_PART_KEY, 0);
        gdf_part value = gdf_part_find(typed->document, part, GDF_PART_VALUE, 0);
        if (!same_text(part_text(typed, key), member(pair, "Key")) ||
            !same_text(part_text(typed, value), member(pair, "Value")))
            return false;
    }
    return find_part(typed, GDF_PART_PAIR, (uint32_t)json_array_size(pairs)) == 0;
}

static bool same_env(const typed_instruction *typed)
{
    return same_pairs(typed, "Env");
}

static bool same_label(const typed_instruction *typed)
{
    return same_pairs(typed, "Labels");
}

static bool same_arg(const typed_instruction *typed)
{
    return same_pairs(typed, "Args");
}

/* The builder sorts the ports: every part is somewhere in the list, and their numbers agree. */
static bool same_expose(const typed_instruction *typed)
{
    const json_t *ports = member(typed->answer, "Ports");
    uint32_t count = 0;
    for (; find_part(typed, GDF_PART_PORT, count) != 0; count++) {
        bool found = false;
        size_t i;
        json_t *port;
        json_array_foreach(ports, i, port) found =
            found || same_text(part_text(typed, find_part(typed, GDF_PART_PORT, count)), port);
        if (!found)
            return false;
    }
    return count == json_array_size(ports);
}

static bool same_healthcheck(const typed_instruction *typed)
{
    const json_t *test = member(member(typed->answer, "Health"), "Test");
    bool shell = same_text(GDF__LITERAL("CMD-SHELL"), json_array_get(test, 0));
    gdf_part_kind kind = shell ? GDF_PART_COMMAND : GDF_PART_EXEC_ARGUMENT;
    size_t count = 0;
    for (; find_part(typed, kind, (uint32_t)count) != 0; count++) {
        if (!same_text(part_text(typed, find_part(typed, kind, (uint32_t)count)),
                       json_array_get(test, count + 1)))
            return false;
    }
    return count + 1 == json_array_size(test) && find_part(typed, GDF_PART_HEALTHCHECK_TYPE, 0);
}

/* USER's parts are the pieces between colons; together they are the text. */
static bool same_user(const typed_instruction *typed)
{
    gdf_str name = part_text(typed, find_part(typed, GDF_PART_USER_NAME, 0));
    gdf_str user = {json_string_value(member(typed->answer, "User")),
                    json_string_length(member(typed->answer, "User"))};
    return user.len >= name.len && (user.len == name.len || user.ptr[name.len] == ':' ||
                                    name.len == 0 || gdf__str_has_byte(name, '\xff'));
}

static bool same_volume(const typed_instruction *typed)
{
    return same_list(typed, GDF_PART_PATH, member(typed->answer, "Volumes"));
}

static bool same_workdir(const typed_instruction *typed)
{
    return same_single(typed, GDF_PART_PATH, "Path");
}

static bool same_signal(const typed_instruction *typed)
{
    return same_single(typed, GDF_PART_SIGNAL, "Signal");
}

static bool same_shell(const typed_instruction *typed)
{
    return same_list(typed, GDF_PART_EXEC_ARGUMENT, member(typed->answer, "Shell"));
}

static bool same_author(const typed_instruction *typed)
{
    return same_single(typed, GDF_PART_AUTHOR, "Maintainer");
}

/* The stage's name is kept in lower case. */
static bool same_stage(const typed_instruction *typed)
{
    gdf_str name = part_text(typed, find_part(typed, GDF_PART_STAGE_NAME, 0));
    const json_t *expected = member(typed->answer, "name");
    gdf_str lower = {json_string_value(expected), json_string_length(expected)};
    return same_single(typed, GDF_PART_IMAGE, "base") && gdf__str_equal_nocase(name, lower) &&
           same_flag(typed, "platform", "platform");
}

static bool (*const COMPARISONS[])(const typed_instruction *typed) = {
    [GDF_INSTRUCTION_ADD] = same_copy,
    [GDF_INSTRUCTION_ARG] = same_arg,
    [GDF_INSTRUCTION_CMD] = same_command,
    [GDF_INSTRUCTION_COPY] = same_copy,
    [GDF_INSTRUCTION_ENTRYPOINT] = same_command,
    [GDF_INSTRUCTION_ENV] = same_env,
    [GDF_INSTRUCTION_EXPOSE] = same_expose,
    [GDF_INSTRUCTION_FROM] = same_stage,
    [GDF_INSTRUCTION_HEALTHCHECK] = same_healthcheck,
    [GDF_INSTRUCTION_LABEL] = same_label,
    [GDF_INSTRUCTION_MAINTAINER] = same_author,
    [GDF_INSTRUCTION_RUN] = same_command,
    [GDF_INSTRUCTION_SHELL] = same_shell,
    [GDF_INSTRUCTION_STOPSIGNAL] = same_signal,
    [GDF_INSTRUCTION_USER] = same_user,
    [GDF_INSTRUCTION_VOLUME] = same_volume,
    [GDF_INSTRUCTION_WORKDIR] = same_workdir,
};

/* Hands out the answers in the order of the file: `meta`, then each stage with its commands. */
typedef struct answer_cursor {
    const json_t *meta;
    const json_t *stages;
    size_t next_meta;
    size_t next_stage;
    size_t next_command;
} answer_cursor;

static const json_t *next_answer(answer_cursor *cursor, gdf_instruction_kind kind)
{
    if (kind == GDF_INSTRUCTION_FROM) {
        cursor->next_command = 0;
        return json_array_get(cursor->stages, cursor->next_stage++);
    }
    if (cursor->next_stage == 0)
        return json_array_get(cursor->meta, cursor->next_meta++);
    const json_t *stage = json_array_get(cursor->stages, cursor->next_stage - 1);
    return member(json_array_get(member(stage, "commands"), cursor->next_command++), "cmd");
}

bool same_typed_answers(const gdf_document *document, const json_t *expected, size_t *compared)
{
    answer_cursor cursor = {.meta = member(expected, "meta"), .stages = member(expected, "stages")};
    for (uint32_t i = 0; i < gdf_document_count_instructions(document); i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(document, node);
        typed_instruction typed = {document, node, next_answer(&cursor, kind)};
        if (!typed.answer)
            return false;
        if (kind == GDF_INSTRUCTION_ONBUILD)
            continue;
        ++*compared;
        if (!COMPARISONS[kind](&typed))
            return false;
    }
    return true;
}
