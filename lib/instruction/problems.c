/* The builder's error texts of the typing phase. */
#include "base/slice.h"
#include "instruction/reader.h"

gdf__builder *gdf__problem_begin_bare(gdf__reader *reader)
{
    gdf__builder_clear(&reader->message);
    return &reader->message;
}

gdf__builder *gdf__problem_begin(gdf__reader *reader)
{
    gdf__builder *message = gdf__problem_begin_bare(reader);
    gdf__builder_add_text(message, "dockerfile parse error on line ");
    gdf__builder_add_number(message, reader->line->first_line);
    gdf__builder_add_text(message, ": ");
    return message;
}

void gdf__problem_end(gdf__reader *reader, const gdf__span *span)
{
    gdf__document_add_problem(reader->document,
                              (gdf__problem){.start = span->start,
                                             .end = span->end,
                                             .first_line = reader->line->first_line,
                                             .last_line = reader->line->last_line,
                                             .phase = GDF__PHASE_INSTRUCTION,
                                             .order = reader->order++,
                                             .message = gdf__builder_get(&reader->message)});
}

void gdf__refuse(gdf__reader *reader, const gdf__span *span, const char *message)
{
    gdf__builder_add_text(gdf__problem_begin(reader), message);
    gdf__problem_end(reader, span);
}

void gdf__refuse_named(gdf__reader *reader, const gdf__span *span, const char *message)
{
    gdf_instruction_kind kind = (gdf_instruction_kind)reader->instruction->instruction;
    gdf__builder *text = gdf__problem_begin(reader);
    gdf__builder_add_text(text, gdf_instruction_kind_name(kind));
    gdf__builder_add_text(text, message);
    gdf__problem_end(reader, span);
}

void gdf__refuse_arguments(gdf__reader *reader, const char *message)
{
    gdf__span place = gdf__reader_place(reader);
    gdf__refuse_named(reader, &place, message);
}
