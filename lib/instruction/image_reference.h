/* Image references as the builder understands them (distribution/reference, familiar names). */
#ifndef GDF_INSTRUCTION_IMAGE_REFERENCE_H
#define GDF_INSTRUCTION_IMAGE_REFERENCE_H

#include "base/arena.h"

/* An image reference taken apart, without checking it: `registry/repository:tag@digest`. Missing
 * pieces are empty slices of the text. A `/`, `:` or `@` inside `${…}` belongs to the variable. The
 * first component is the registry when it is `localhost`, holds `.` or `:` or an upper-case letter,
 * or starts with a variable: `$REGISTRY/app`. */
typedef struct gdf__image_reference {
    gdf_str registry;
    gdf_str repository;
    gdf_str tag;
    gdf_str digest;
} gdf__image_reference;

gdf__image_reference gdf__image_reference_split(gdf_str text);

/* True for what nearly every file has, known as valid at a glance: lower-case letters and digits
 * joined by single `/`, `.` or `-`, shorter than an image id, and perhaps a tag. */
bool gdf__image_reference_is_plain(gdf_str text);

/* The exact error text of the builder for an image reference, or empty when it is valid. The text
 * is in the arena or static. */
gdf_str gdf__image_reference_check(gdf_str text, gdf__arena *arena);

/* The reference under which the builder asks for the image, text in the arena: with registry, with
 * `library/` where Docker Hub has it, and with `:latest` when it has neither tag nor digest. The
 * reference must be valid. */
gdf_str gdf__image_reference_full(gdf_str text, gdf__arena *arena);

/* As gdf__image_reference_check() for a digest alone (`sha256:…`): static texts. */
gdf_str gdf__digest_check(gdf_str digest);

#endif
