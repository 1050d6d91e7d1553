/* Typed instructions, as buildkit/document.go says them. */
#include <stdlib.h>

#include <godockerfile/instruction.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "conformance/live_lines.h"

typedef struct typed {
    const gdf_document *document;
    gdf_node node;
    gdf__builder *out;
} typed;

static gdf_part part_of(const typed *work, gdf_part_kind kind, uint32_t nth)
{
    return gdf_instruction_find_part(work->document, work->node, kind, nth);
}

static void add_part(const typed *work, gdf_part part)
{
    live_add_text(work->out, gdf_part_get_value(work->document, part));
}

/* Adds every part of the kind, those that name heredocs left out. */
static void add_parts(const typed *work, gdf_part_kind kind)
{
    for (uint32_t i = 0; part_of(work, kind, i) != 0; i++) {
        gdf_part part = part_of(work, kind, i);
        if (!(gdf_part_get_flags(work->document, part) & GDF_PART_FLAG_HEREDOC))
            add_part(work, part);
    }
}

static void add_flag(const typed *work, const char *name)
{
    gdf_part flag = gdf_instruction_find_flag(work->document, work->node, name, 0);
    add_part(work, gdf_part_find(work->document, flag, GDF_PART_FLAG_VALUE, 0));
}

static void answer_parts(const typed *work, const char *name, gdf_part_kind kind)
{
    live_begin(work->out, name);
    add_parts(work, kind);
    live_end(work->out);
}

/* The builder keeps stage names in lower case. */
static void add_lowered(const typed *work, gdf_str text)
{
    gdf__builder lowered;
    gdf__builder_init(&lowered, &gdf__default_allocator);
    for (size_t i = 0; i < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, i);
        char bytes[4];
        size_t len = gdf__utf8_encode(gdf__utf8_lower(rune.value), bytes);
        gdf__builder_add(&lowered, (gdf_str){bytes, len});
        i += rune.len;
    }
    live_add_text(work->out, gdf__builder_get(&lowered));
    gdf__builder_free(&lowered);
}

static void answer_from(const typed *work)
{
    live_begin(work->out, "from");
    add_part(work, part_of(work, GDF_PART_IMAGE, 0));
    add_lowered(work, gdf_part_get_value(work->document, part_of(work, GDF_PART_STAGE_NAME, 0)));
    add_flag(work, "platform");
    live_end(work->out);
}

static void answer_files(const typed *work)
{
    live_begin(work->out, "files");
    add_parts(work, GDF_PART_SOURCE);
    live_add_bare(work->out, "to");
    add_part(work, part_of(work, GDF_PART_DESTINATION, 0));
    live_end(work->out);
    live_begin(work->out, "flags");
    add_flag(work, "chown");
    add_flag(work, "chmod");
    add_flag(work, "checksum");
    add_flag(work, "from");
    live_end(work->out);
}

static void answer_command(const typed *work, const char *name)
{
    bool is_exec = gdf_node_get_flags(work->document, work->node) & GDF_NODE_FLAG_JSON;
    live_begin(work->out, name);
    live_add_bool(work->out, !is_exec);
    add_parts(work, is_exec ? GDF_PART_EXEC_ARGUMENT : GDF_PART_COMMAND);
    live_end(work->out);
}

static void answer_run(const typed *work)
{
    answer_command(work, "run");
}

static void answer_cmd(const typed *work)
{
    answer_command(work, "cmd");
}

static void answer_entrypoint(const typed *work)
{
    answer_command(work, "entrypoint");
}

/* A line for each pair; an ARG may have no value. */
static void answer_pairs(const typed *work, const char *name)
{
    for (uint32_t i = 0; part_of(work, GDF_PART_PAIR, i) != 0; i++) {
        gdf_part pair = part_of(work, GDF_PART_PAIR, i);
        gdf_part value = gdf_part_find(work->document, pair, GDF_PART_VALUE, 0);
        live_begin(work->out, name);
        add_part(work, gdf_part_find(work->document, pair, GDF_PART_KEY, 0));
        if (value)
            add_part(work, value);
        live_end(work->out);
    }
}

static void answer_env(const typed *work)
{
    answer_pairs(work, "env");
}

static void answer_label(const typed *work)
{
    answer_pairs(work, "label");
}

static void answer_arg(const typed *work)
{
    answer_pairs(work, "arg");
}

/* The builder sorts the ports. */
static void answer_expose(const typed *work)
{
    size_t count = 0;
    while (part_of(work, GDF_PART_PORT, (uint32_t)count) != 0)
        count++;
    gdf_str *ports = malloc((count + 1) * sizeof *ports);
    if (!ports) {
        work->out->failed = true;
        return;
    }
    for (size_t i = 0; i < count; i++)
        ports[i] = gdf_part_get_value(work->document, part_of(work, GDF_PART_PORT, (uint32_t)i));
    live_sort(ports, count);
    live_begin(work->out, "expose");
    for (size_t i = 0; i < count; i++)
        live_add_text(work->out, ports[i]);
    live_end(work->out);
    free(ports);
}

static void answer_healthcheck(const typed *work)
{
    bool is_exec = gdf_node_get_flags(work->document, work->node) & GDF_NODE_FLAG_JSON;
    bool is_shell = part_of(work, GDF_PART_COMMAND, 0) != 0;
    bool is_none = !is_exec && !is_shell;
    live_begin(work->out, "healthcheck");
    live_add_text(work->out, is_none    ? GDF__LITERAL("NONE")
                             : is_shell ? GDF__LITERAL("CMD-SHELL")
                                        : GDF__LITERAL("CMD"));
    add_parts(work, is_shell ? GDF_PART_COMMAND : GDF_PART_EXEC_ARGUMENT);
    live_end(work->out);
}

static void answer_volume(const typed *work)
{
    answer_parts(work, "volume", GDF_PART_PATH);
}

static void answer_workdir(const typed *work)
{
    answer_parts(work, "workdir", GDF_PART_PATH);
}

/* The user is the whole text behind the keyword. */
static void answer_user(const typed *work)
{
    gdf_node node = gdf_node_get_first_child(work->document, work->node);
    while (node && gdf_node_get_kind(work->document, node) != GDF_NODE_ARGUMENT)
        node = gdf_node_get_next_sibling(work->document, node);
    live_line(work->out, "user", gdf_node_get_value(work->document, node));
}

static void answer_signal(const typed *work)
{
    answer_parts(work, "stopsignal", GDF_PART_SIGNAL);
}

static void answer_shell(const typed *work)
{
    answer_parts(work, "shell", GDF_PART_EXEC_ARGUMENT);
}

static void answer_author(const typed *work)
{
    answer_parts(work, "maintainer", GDF_PART_AUTHOR);
}

/* ONBUILD has no more to say than its nodes; its text is in the config of kind B. */
static void (*const ANSWERS[])(const typed *work) = {
    [GDF_INSTRUCTION_ADD] = answer_files,
    [GDF_INSTRUCTION_ARG] = answer_arg,
    [GDF_INSTRUCTION_CMD] = answer_cmd,
    [GDF_INSTRUCTION_COPY] = answer_files,
    [GDF_INSTRUCTION_ENTRYPOINT] = answer_entrypoint,
    [GDF_INSTRUCTION_ENV] = answer_env,
    [GDF_INSTRUCTION_EXPOSE] = answer_expose,
    [GDF_INSTRUCTION_FROM] = answer_from,
    [GDF_INSTRUCTION_HEALTHCHECK] = answer_healthcheck,
    [GDF_INSTRUCTION_LABEL] = answer_label,
    [GDF_INSTRUCTION_MAINTAINER] = answer_author,
    [GDF_INSTRUCTION_RUN] = answer_run,
    [GDF_INSTRUCTION_SHELL] = answer_shell,
    [GDF_INSTRUCTION_STOPSIGNAL] = answer_signal,
    [GDF_INSTRUCTION_USER] = answer_user,
    [GDF_INSTRUCTION_VOLUME] = answer_volume,
    [GDF_INSTRUCTION_WORKDIR] = answer_workdir,
};

void live_answer_typed(const gdf_document *document, gdf__builder *out)
{
    for (uint32_t i = 0; i < gdf_document_count_instructions(document); i++) {
        gdf_node node = gdf_document_get_instruction(document, i);
        size_t kind = (size_t)gdf_node_get_instruction(document, node);
        const typed work = {document, node, out};
        if (kind < sizeof ANSWERS / sizeof *ANSWERS && ANSWERS[kind])
            ANSWERS[kind](&work);
    }
}
