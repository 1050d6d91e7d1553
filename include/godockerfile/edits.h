/**
 * @file edits.h
 * Changes to a document: byte replacements collected in a list and applied at once. The document
 * itself never changes; applying gives new text.
 *
 * Besides plain replacements there are edits that know the tree and write in the file's own style
 * (line ends, case of keywords, quoting). Edits of one list must not overlap: the call that would
 * make them overlap returns GDF_ERROR_CONFLICT and leaves the list as it was. Several insertions at
 * one place are allowed and come out in the order in which they were added.
 */
#ifndef GODOCKERFILE_EDITS_H
#define GODOCKERFILE_EDITS_H

#include <godockerfile/instruction.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A list of edits of one document. One thread at a time may change it. */
typedef struct gdf_edits gdf_edits;

/** An empty list for `document`, which must outlive it. NULL when memory is short. */
GDF_API gdf_edits *gdf_edits_create(const gdf_document *document);
/** Frees the list; NULL is accepted. */
GDF_API void gdf_edits_free(gdf_edits *edits);

/* ---- Bytes ----------------------------------------------------------------------------------- */

/**
 * Replaces [start, end) by `text`; start == end inserts, an empty text removes.
 * @return GDF_ERROR_ARGUMENT when the range is not inside the document, GDF_ERROR_CONFLICT,
 *         GDF_ERROR_MEMORY.
 */
GDF_API gdf_status gdf_edits_replace(gdf_edits *edits, uint32_t start, uint32_t end,
                                     const char *text, size_t len);

/** Number of replacements, sorted by start. */
GDF_API uint32_t gdf_edits_count(const gdf_edits *edits);
/** Range that replacement `index` (0-based) removes. */
GDF_API uint32_t gdf_edits_get_start(const gdf_edits *edits, uint32_t index);
/** End of that range; the start again for an insertion. */
GDF_API uint32_t gdf_edits_get_end(const gdf_edits *edits, uint32_t index);
/** What replacement `index` writes. */
GDF_API gdf_str gdf_edits_get_text(const gdf_edits *edits, uint32_t index);

/** The document's text with all edits done. NULL when memory is short. Free with gdf_text_free().
 */
GDF_API gdf_text *gdf_edits_apply(const gdf_edits *edits);

/* ---- The tree -----------------------------------------------------------------------------------
 * All return GDF_ERROR_ARGUMENT when the node is not of the kind they need or the value cannot
 * stand in its place (a line end, a blank where words are separated). */

/** Replaces the value of a part. The part must be EXACT (gdf_part_flag) or an element of a JSON
 * array, which is written as JSON. */
GDF_API gdf_status gdf_edits_set_part(gdf_edits *edits, gdf_part part, const char *value,
                                      size_t len);
/** Sets or adds the tag of a FROM; a digest is removed, since it names another image. Refused when
 * the image is nothing but a variable, which may hold a tag. */
GDF_API gdf_status gdf_edits_set_image_tag(gdf_edits *edits, gdf_node from, const char *tag,
                                           size_t len);
/** Sets or adds the digest ("sha256:…") of a FROM, keeping the tag. */
GDF_API gdf_status gdf_edits_set_image_digest(gdf_edits *edits, gdf_node from, const char *digest,
                                              size_t len);
/** Sets or adds the stage name of a FROM. References to an old name are not changed. */
GDF_API gdf_status gdf_edits_set_stage_name(gdf_edits *edits, gdf_node from, const char *name,
                                            size_t len);
/** Sets `--name=value`, replacing the first flag of that name or adding one behind the last flag.
 * `value` is what the builder shall read: it is quoted as needed. NULL writes `--name` alone. */
GDF_API gdf_status gdf_edits_set_flag(gdf_edits *edits, gdf_node instruction, const char *name,
                                      const char *value, size_t len);
/** Removes every flag of that name with one run of blanks beside it; GDF_OK when there is none. */
GDF_API gdf_status gdf_edits_remove_flag(gdf_edits *edits, gdf_node instruction, const char *name);
/** Sets a variable of an ENV, LABEL or ARG that has it, quoting the value so that the builder's
 * word expansion gives back these bytes. */
GDF_API gdf_status gdf_edits_set_pair(gdf_edits *edits, gdf_node instruction, const char *key,
                                      const char *value, size_t len);
/** Inserts lines in front of a top-level instruction, before the comments attached to it. `text` is
 * whole lines without the last line end; its line ends are made the file's own. */
GDF_API gdf_status gdf_edits_insert_before(gdf_edits *edits, gdf_node instruction, const char *text,
                                           size_t len);
/** The same behind a top-level instruction and its heredocs. */
GDF_API gdf_status gdf_edits_insert_after(gdf_edits *edits, gdf_node instruction, const char *text,
                                          size_t len);
/** Removes a top-level instruction with its lines; comments above it stay. */
GDF_API gdf_status gdf_edits_remove_instruction(gdf_edits *edits, gdf_node instruction);

#ifdef __cplusplus
}
#endif

#endif
