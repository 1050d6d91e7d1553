/* The state of reading one instruction, shared by the files of this folder that know one kind of
 * instruction each: they add parts, then check what the builder checks, in its order. */
#ifndef GDF_INSTRUCTION_READER_H
#define GDF_INSTRUCTION_READER_H

#include "base/builder.h"
#include "instruction/instruction.h"
#include "instruction/span.h"

/* Children of one kind, one behind the other: node ids from `first` up to `end`. */
typedef struct gdf__node_run {
    gdf_node first;
    gdf_node end;
    uint32_t count;
} gdf__node_run;

typedef struct gdf__reader {
    gdf_document *document;

    gdf_node node; /* the INSTRUCTION */
    const gdf__node *instruction;
    const gdf__logical_line *line;
    gdf__node_run flags;
    gdf__node_run arguments; /* ARGUMENT or PAIR nodes */
    gdf__node_run heredocs;
    gdf_node nested; /* the instruction inside an ONBUILD, or 0 */

    gdf_part parent;      /* the part that is open, or 0 */
    gdf__builder message; /* of the problem being written */
    uint32_t order;       /* of the next problem */
    bool has_stage;       /* a FROM was seen */
    bool has_dollars;     /* a `$` stands in the instruction */
    size_t next_dollar;   /* offset in the source: the first `$` that is not before it */
    size_t dollars_end;   /* nothing behind it in the logical line is a `$` */
} gdf__reader;

/* ---- nodes (reader.c) ------------------------------------------------------------------------ */

/* Takes in the children of an INSTRUCTION node. */
void gdf__reader_enter(gdf__reader *reader, gdf_node instruction);

const gdf__node *gdf__reader_node(const gdf__reader *reader, gdf_node node);

/* The node behind `node` and its children. */
gdf_node gdf__reader_after(const gdf__reader *reader, gdf_node node);

/* The span of a node's value. */
gdf__span gdf__reader_span(const gdf__reader *reader, gdf_node node);

/* Exec form: the arguments are the elements of a JSON array. */
bool gdf__reader_is_json(const gdf__reader *reader);

/* The text behind keyword and flags as one piece. */
gdf__span gdf__reader_arguments_span(const gdf__reader *reader);

/* Where a problem with the arguments as a whole is shown: their text, or the keyword when there is
 * none. */
gdf__span gdf__reader_place(const gdf__reader *reader);

/* ---- parts (parts.c) ------------------------------------------------------------------------- */

/* Adds a part inside the open one. Returns its id, 0 when memory is short. */
gdf_part gdf__part_add(gdf__reader *reader, gdf_part_kind kind, const gdf__span *span);

/* The same for the value of a node. */
gdf_part gdf__part_of_node(gdf__reader *reader, gdf_part_kind kind, gdf_node id);

/* Adds a part and keeps it open for its inner parts, until gdf__part_close. */
gdf_part gdf__part_open(gdf__reader *reader, gdf_part_kind kind, const gdf__span *span);
void gdf__part_close(gdf__reader *reader, gdf_part part);

/* Adds the TRIGGER of an ONBUILD. */
void gdf__part_add_trigger(gdf__reader *reader);

/* Adds a part for every argument node. */
void gdf__parts_of_arguments(gdf__reader *reader, gdf_part_kind kind);

/* IMAGE with its registry, repository, tag and digest. */
void gdf__parts_of_image(gdf__reader *reader, const gdf__span *span);

/* USER_NAME and GROUP_NAME of `user:group`. */
void gdf__parts_of_user(gdf__reader *reader, const gdf__span *span);

/* OPTION parts of a --mount or --device. */
void gdf__parts_of_options(gdf__reader *reader, const gdf__span *span);

/* ---- problems (problems.c) ------------------------------------------------------------------- */

/* Starts the text of a problem with the builder's prefix. */
gdf__builder *gdf__problem_begin(gdf__reader *reader);
/* Starts the text of a problem that the builder gives without prefix. */
gdf__builder *gdf__problem_begin_bare(gdf__reader *reader);
/* Adds the problem, located at the instruction's lines, with the span's range. */
void gdf__problem_end(gdf__reader *reader, const gdf__span *span);

/* A problem with a fixed text. */
void gdf__refuse(gdf__reader *reader, const gdf__span *span, const char *message);
/* The same with the instruction's name in front. */
void gdf__refuse_named(gdf__reader *reader, const gdf__span *span, const char *message);
/* The same, shown at gdf__reader_place(). */
void gdf__refuse_arguments(gdf__reader *reader, const char *message);

/* ---- flags (flags.c) ------------------------------------------------------------------------- */

/* Parts of all flags. */
void gdf__flags_read(gdf__reader *reader);
/* The builder's checks that flags of any instruction share: name, repetition, value. */
void gdf__flags_check(gdf__reader *reader);
/* The value of a flag node (what follows its first `=`) if its name is `name`. */
bool gdf__flag_value(const gdf__reader *reader, gdf_node flag, const char *name, gdf__span *value);

/* ---- kinds of instructions ------------------------------------------------------------------- */

/* What is particular to one instruction. NULL stands for nothing to do. */
typedef struct gdf__instruction_type {
    void (*read)(gdf__reader *reader);  /* adds the parts of the arguments */
    void (*check)(gdf__reader *reader); /* all checks of the builder, flags included */
} gdf__instruction_type;

/* The table row of an instruction, UNKNOWN included. */
const gdf__instruction_type *gdf__instruction_type_of(gdf_instruction_kind kind);

void gdf__from_read(gdf__reader *reader);
void gdf__from_check(gdf__reader *reader);
void gdf__copy_read(gdf__reader *reader); /* ADD, COPY */
void gdf__copy_check(gdf__reader *reader);
void gdf__command_read(gdf__reader *reader); /* CMD, ENTRYPOINT, RUN, SHELL */
void gdf__shell_check(gdf__reader *reader);
void gdf__run_check(gdf__reader *reader);
void gdf__arg_read(gdf__reader *reader);
void gdf__arg_check(gdf__reader *reader);
void gdf__pairs_read(gdf__reader *reader); /* ENV, LABEL */
void gdf__pairs_check(gdf__reader *reader);
void gdf__expose_read(gdf__reader *reader);
void gdf__healthcheck_read(gdf__reader *reader);
void gdf__healthcheck_check(gdf__reader *reader);
void gdf__onbuild_read(gdf__reader *reader);
void gdf__onbuild_check(gdf__reader *reader);

#endif
