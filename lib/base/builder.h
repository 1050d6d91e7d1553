/* A growable text. Failure is sticky: append freely, check once with gdf__builder_finish(). */
#ifndef GDF_BASE_BUILDER_H
#define GDF_BASE_BUILDER_H

#include "base/arena.h"

/* Most texts are shorter: they need no memory of their own. */
enum { GDF__BUILDER_ROOM = 192 };

typedef struct gdf__builder {
    gdf_allocator allocator;
    char *bytes; /* NULL while the text stands in `room` */
    size_t len;
    size_t capacity;
    bool failed;
    char room[GDF__BUILDER_ROOM];
} gdf__builder;

void gdf__builder_init(gdf__builder *builder, const gdf_allocator *allocator);
void gdf__builder_free(gdf__builder *builder);

void gdf__builder_add(gdf__builder *builder, gdf_str text);
void gdf__builder_add_text(gdf__builder *builder, const char *text); /* a C string */
void gdf__builder_add_byte(gdf__builder *builder, char byte);
void gdf__builder_add_repeated(gdf__builder *builder, char byte, size_t count);
void gdf__builder_add_number(gdf__builder *builder, uint64_t number); /* decimal */
/* `text` as a JSON string with its quotes; invalid UTF-8 becomes U+FFFD. */
void gdf__builder_add_json(gdf__builder *builder, gdf_str text);
/* `text` as Go's strconv.Quote writes it (fmt verb %q). */
void gdf__builder_add_go_quoted(gdf__builder *builder, gdf_str text);

/* What was built so far; borrowed until the next add, and as long as the builder stays where it is.
 */
gdf_str gdf__builder_get(const gdf__builder *builder);

/* Forgets the text, keeps the memory. */
void gdf__builder_clear(gdf__builder *builder);

/* Copies the text into the arena and frees the builder. A failed builder fails the arena. */
gdf_str gdf__builder_to_arena(gdf__builder *builder, gdf__arena *arena);

/* Turns the text into an owned gdf_text and frees the builder; NULL when anything failed. */
gdf_text *gdf__builder_finish(gdf__builder *builder);

#endif
