/* Tree-aware edits: what rules, rewriting and the public edit list use to change a document.
 *
 *     gdf_status status = gdf__edit_set_flag(&fix->edits, document, copy, "chown", value);
 *
 * All functions add byte replacements to `list`, which must be a list for the document's text, and
 * write in the file's own style. Each adds all of its replacements or none: on anything but GDF_OK
 * the list is as it was. They return
 *   GDF_ERROR_ARGUMENT  the node, part or place is not of the kind that is needed, or the text
 * cannot stand there without changing how the rest of the file is read; GDF_ERROR_CONFLICT  an
 * earlier edit of the list overlaps; GDF_ERROR_MEMORY    memory is short. Nothing is ever inserted
 * inside a heredoc body by functions that insert lines. */
#ifndef GDF_EDIT_EDIT_H
#define GDF_EDIT_EDIT_H

#include "instruction/instruction.h"
#include "shell/shell.h"
#include "text/edit_list.h"

/* [start, end) of the source. */
typedef struct gdf__edit_range {
    uint32_t start;
    uint32_t end;
} gdf__edit_range;

/* ---- the file's style (style.c) -------------------------------------------------------------- */

/* True when more keywords are written in lower than in upper case, as the builder's check counts
 * them (looking at the first thousand instructions). */
bool gdf__edit_keywords_are_lower(const gdf_document *document);

/* `keyword` ("COPY", upper case) in the file's case; a static text or one in the list's arena. */
gdf_str gdf__edit_keyword(gdf__edit_list *list, const gdf_document *document, const char *keyword);

/* Appends `text` with its line ends made the file's own, and `indentation` in front of each line
 * that is not empty. No line end is added at the end. */
void gdf__edit_add_lines(gdf__builder *builder, const gdf_document *document, gdf_str indentation,
                         gdf_str text);

/* ---- quoting (quote.c) ----------------------------------------------------------------------- */

/* `value` as it must be written in an ENV, LABEL or ARG so that the builder's word expansion gives
 * back the identical bytes: plain when that is possible, else in double quotes. False, `*quoted`
 * empty, for what cannot be written: a line end, or bytes that are no UTF-8. */
bool gdf__edit_quote_value(gdf__arena *arena, char escape, gdf_str value, gdf_str *quoted);

/* The same for the value of a flag, whose variables the builder may still expand. Also false for
 * bytes over 0x7F, which the builder garbles. */
bool gdf__edit_quote_flag_value(gdf__arena *arena, char escape, gdf_str value, gdf_str *quoted);

/* `["a", "b"]`. False when a word is no UTF-8. */
bool gdf__edit_json_array(gdf__arena *arena, const gdf_str *words, uint32_t count, gdf_str *array);

/* ---- lines (lines.c, move.c) ----------------------------------------------------------------- */

/* `instruction` must be a
 * top-level instruction. `text` is whole lines without the last line end. */

/* Start of the line of the instruction, or of the comment block right above it. Comments that blank
 * lines part from it belong to the block only when one of them controls the builder's checks. */
uint32_t gdf__edit_block_start(const gdf_document *document, gdf_node instruction);

/* Inserts lines above the instruction and its comment block, at its indentation. Where a blank line
 * stands above the comments, one parts them from the new lines, too. */
gdf_status gdf__edit_insert_before(gdf__edit_list *list, const gdf_document *document,
                                   gdf_node instruction, gdf_str text);

/* Inserts lines below the instruction and its heredocs, at its indentation. Refused when the rest
 * of the file still belongs to the instruction: an open continuation or heredoc at the end. */
gdf_status gdf__edit_insert_after(gdf__edit_list *list, const gdf_document *document,
                                  gdf_node instruction, gdf_str text);

/* Inserts comment lines between the instruction and the comments above it. */
gdf_status gdf__edit_insert_comment(gdf__edit_list *list, const gdf_document *document,
                                    gdf_node instruction, gdf_str text);

/* Adds lines at the end of the file. */
gdf_status gdf__edit_append(gdf__edit_list *list, const gdf_document *document, gdf_str text);

/* Replaces the instruction, heredocs included, by lines; comments above it stay. */
gdf_status gdf__edit_replace_instruction(gdf__edit_list *list, const gdf_document *document,
                                         gdf_node instruction, gdf_str text);

/* Removes the instruction's lines, its heredocs included; comments above it stay. */
gdf_status gdf__edit_remove_instruction(gdf__edit_list *list, const gdf_document *document,
                                        gdf_node instruction);
/* The same with the comment block above it, and with one of the blank lines that would meet. */
gdf_status gdf__edit_remove_block(gdf__edit_list *list, const gdf_document *document,
                                  gdf_node instruction);

/* Moves the instruction with its comment block above the comment block of `target`, or below
 * `target`; there comments that had a blank line above them get one again. */
gdf_status gdf__edit_move_before(gdf__edit_list *list, const gdf_document *document,
                                 gdf_node instruction, gdf_node target);
gdf_status gdf__edit_move_after(gdf__edit_list *list, const gdf_document *document,
                                gdf_node instruction, gdf_node target);

/* Makes a top-level comment the first line of the file, without the blanks in front of it. Refused
 * for one that no line end follows. */
gdf_status gdf__edit_move_comment_to_top(gdf__edit_list *list, const gdf_document *document,
                                         gdf_node comment);

/* Makes the text of the instruction from source offset `start` to its end a comment line above it.
 */
gdf_status gdf__edit_move_to_comment(gdf__edit_list *list, const gdf_document *document,
                                     gdf_node instruction, uint32_t start);

/* ---- words of a logical line or a heredoc body (words.c) ------------------------------------- */

/* Offsets must lie in the text of an instruction (not
 * in a comment between its lines) or in a heredoc body. Continuations stay valid, comments inside
 * them stay, a line that becomes empty goes. */

/* Removes whole words with one neighbouring blank run. */
gdf_status gdf__edit_remove_words(gdf__edit_list *list, const gdf_document *document,
                                  gdf__edit_range words);
/* Removes several such ranges of one logical line in one go; sorted, not overlapping. Neighbours
 * must be removed like this, one by one they may conflict. */
gdf_status gdf__edit_remove_ranges(gdf__edit_list *list, const gdf_document *document,
                                   const gdf__edit_range *ranges, uint32_t count);

/* Replaces text, also when it runs over continued lines. `text` may have continued lines itself. */
gdf_status gdf__edit_replace_text(gdf__edit_list *list, const gdf_document *document,
                                  gdf__edit_range range, gdf_str text);

/* Puts the text of a builder, which is freed in any case, in the place of a range; an empty one
 * takes it as it is. */
gdf_status gdf__edit_put_built(gdf__edit_list *list, const gdf_document *document,
                               gdf__edit_range range, gdf__builder *builder);

/* Inserts `text` and a blank in front of the word at `offset`, or a blank and `text` behind the
 * word that ends there. */
gdf_status gdf__edit_insert_word_before(gdf__edit_list *list, const gdf_document *document,
                                        uint32_t offset, gdf_str text);
gdf_status gdf__edit_insert_word_after(gdf__edit_list *list, const gdf_document *document,
                                       uint32_t offset, gdf_str text);

/* ---- commands of a list (commands.c) --------------------------------------------------------- */

/* Neighbouring commands of one list and the operators around them; an empty range is no operator.
 */
typedef struct gdf__edit_commands {
    gdf__edit_range text; /* from the first command's first word to the last command's end */
    gdf__edit_range before;
    gdf__edit_range after;
} gdf__edit_commands;

/* The commands `first` to `last` of one list. */
gdf__edit_commands gdf__edit_commands_of(const gdf__shell *shell, gdf_command first,
                                         gdf_command last);

/* Removes the commands and the operator that would dangle; where both operators may go, `&&` goes
 * first, so that the others keep their meaning for commands that succeed. Refused for the only
 * commands of a RUN: remove the instruction. */
gdf_status gdf__edit_remove_commands(gdf__edit_list *list, const gdf_document *document,
                                     const gdf__edit_commands *commands);

/* ---- parts (parts.c) ------------------------------------------------------------------------- */

/* Replaces the value of a part. It must be EXACT, or an element of a JSON array, which is then
 * written in JSON. */
gdf_status gdf__edit_set_part(gdf__edit_list *list, const gdf_document *document, gdf_part id,
                              gdf_str value);

/* Writes the part in lower or upper case (ASCII): a keyword, an AS, a stage name. */
gdf_status gdf__edit_set_case(gdf__edit_list *list, const gdf_document *document, gdf_part id,
                              bool upper);

/* ---- image references (images.c); `image` is an IMAGE part ----------------------------------- */

/* The IMAGE part of a FROM, or 0. */
gdf_part gdf__edit_image_of(const gdf_document *document, gdf_node from);

gdf_status gdf__edit_set_image(gdf__edit_list *list, const gdf_document *document, gdf_part image,
                               gdf_str reference);
/* Sets or adds the tag; a digest goes. Refused when the name ends in a variable, which may hold a
 * tag. */
gdf_status gdf__edit_set_tag(gdf__edit_list *list, const gdf_document *document, gdf_part image,
                             gdf_str tag);
/* Sets or adds the digest; the tag stays. */
gdf_status gdf__edit_set_digest(gdf__edit_list *list, const gdf_document *document, gdf_part image,
                                gdf_str digest);
/* Sets or adds the stage name of a FROM, `AS` in the case of its keyword. */
gdf_status gdf__edit_set_stage_name(gdf__edit_list *list, const gdf_document *document,
                                    gdf_node from, gdf_str name);

/* ---- flags, arguments, pairs (flags.c, arguments.c) ------------------------------------------ */

/* Sets the first flag of that name, or adds one behind the last flag. `value` is what the builder
 * shall read: quotes are added as needed. `value.ptr` NULL writes the name alone. */
gdf_status gdf__edit_set_flag(gdf__edit_list *list, const gdf_document *document,
                              gdf_node instruction, const char *name, gdf_str value);
/* Adds a flag behind the last one, though there may be one of that name (--mount). */
gdf_status gdf__edit_add_flag(gdf__edit_list *list, const gdf_document *document,
                              gdf_node instruction, const char *name, gdf_str value);
/* Removes every flag of that name; GDF_OK when there is none. */
gdf_status gdf__edit_remove_flag(gdf__edit_list *list, const gdf_document *document,
                                 gdf_node instruction, const char *name);

/* Removes an ARGUMENT or PAIR node; in a JSON array with a comma. Refused for the only one. */
gdf_status gdf__edit_remove_argument(gdf__edit_list *list, const gdf_document *document,
                                     gdf_node argument);
/* Inserts a word in front of or behind an ARGUMENT or PAIR node: written as it is, or as an element
 * of the JSON array that the node belongs to. */
gdf_status gdf__edit_insert_argument_before(gdf__edit_list *list, const gdf_document *document,
                                            gdf_node argument, gdf_str word);
gdf_status gdf__edit_insert_argument_after(gdf__edit_list *list, const gdf_document *document,
                                           gdf_node argument, gdf_str word);

/* Sets the variable `key` of an ENV, LABEL or ARG that has it (the last one of that name), quoting
 * the value as needed. */
gdf_status gdf__edit_set_pair(gdf__edit_list *list, const gdf_document *document,
                              gdf_node instruction, gdf_str key, gdf_str value);

#endif
