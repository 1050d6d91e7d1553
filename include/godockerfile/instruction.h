/**
 * @file instruction.h
 * Typed views of the 18 instructions: every part (a COPY's --chown, an image reference's tag, a
 * mount's target, a port's protocol…) with its kind, its range in the file and its value.
 *
 * The parts of an instruction form a small tree in document order. `gdf_instruction_find_part`
 * answers most questions: "the tag of this FROM" is the first IMAGE_TAG part of the instruction.
 * Values are as written after continuations are joined and the builder's own unquoting (flags,
 * JSON) is done; variables are not expanded (expansion.h does that).
 */
#ifndef GODOCKERFILE_INSTRUCTION_H
#define GODOCKERFILE_INSTRUCTION_H

#include <godockerfile/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A part of one document: an index from 1; 0 is "no part". */
typedef uint32_t gdf_part;

/** What a part is. */
typedef enum gdf_part_kind {
    GDF_PART_NONE = 0,
#define GDF_PART(id, value, name, summary) GDF_PART_##id = (value),
#include <godockerfile/parts.def>
#undef GDF_PART
    GDF_PART_LAST_ = 0x7fff
} gdf_part_kind;

/** Bits of gdf_part_get_flags(). */
typedef enum gdf_part_flag {
    GDF_PART_FLAG_EXACT = 1, /**< the bytes in the range are the value: no quotes, escapes, gap */
    GDF_PART_FLAG_VARIABLE = 2, /**< the value holds a `$`: it depends on expansion */
    GDF_PART_FLAG_HEREDOC = 4   /**< the part names a heredoc of the instruction */
} gdf_part_flag;

/** Number of parts of an instruction node (nested ONBUILD instructions have their own). */
GDF_API uint32_t gdf_instruction_count_parts(const gdf_document *document, gdf_node instruction);
/** Part `index` (0-based) in document order, outer parts before their inner ones. */
GDF_API gdf_part gdf_instruction_get_part(const gdf_document *document, gdf_node instruction,
                                          uint32_t index);
/** The `nth` (0-based) part of that kind in the instruction, at any depth; 0 when there is none. */
GDF_API gdf_part gdf_instruction_find_part(const gdf_document *document, gdf_node instruction,
                                           gdf_part_kind kind, uint32_t nth);
/** The FLAG part with that name (no dashes, case-sensitive), `nth` of them; 0 when there is none.
 */
GDF_API gdf_part gdf_instruction_find_flag(const gdf_document *document, gdf_node instruction,
                                           const char *name, uint32_t nth);
/** The `nth` part of that kind inside another part, at any depth; 0 when there is none. */
GDF_API gdf_part gdf_part_find(const gdf_document *document, gdf_part part, gdf_part_kind kind,
                               uint32_t nth);

/** What the part is; NONE for a foreign id. */
GDF_API gdf_part_kind gdf_part_get_kind(const gdf_document *document, gdf_part part);
/** Range of the part in the input; it holds those of the parts inside. */
GDF_API uint32_t gdf_part_get_start(const gdf_document *document, gdf_part part);
/** End of that range. */
GDF_API uint32_t gdf_part_get_end(const gdf_document *document, gdf_part part);
/** What the part says: as written, after continuations are joined and the builder's own unquoting.
 */
GDF_API gdf_str gdf_part_get_value(const gdf_document *document, gdf_part part);
/** Bits of gdf_part_flag. */
GDF_API uint32_t gdf_part_get_flags(const gdf_document *document, gdf_part part);
/** The part that holds this one, or 0. */
GDF_API gdf_part gdf_part_get_parent(const gdf_document *document, gdf_part part);
/** The instruction node it belongs to. */
GDF_API gdf_node gdf_part_get_instruction(const gdf_document *document, gdf_part part);

/** Name as in parts.def ("image-tag"); static storage; "" for a foreign value. */
GDF_API const char *gdf_part_kind_name(gdf_part_kind kind);
/** The kind with that name, or GDF_PART_NONE. */
GDF_API gdf_part_kind gdf_part_kind_find(const char *name, size_t len);

#ifdef __cplusplus
}
#endif

#endif
