/* Which runtime image suits a Go program that was built somewhere. */
#ifndef GDF_FACTS_RUNTIME_H
#define GDF_FACTS_RUNTIME_H

#include "facts/images.h"

/* What the program needs of the image it runs in. */
typedef enum gdf__runtime_need {
    GDF__RUNTIME_STATIC = 0,    /* nothing */
    GDF__RUNTIME_GLIBC = 1,     /* the C library */
    GDF__RUNTIME_GLIBC_CPP = 2, /* libgcc or libstdc++ too */
    GDF__RUNTIME_MUSL = 3
} gdf__runtime_need;

typedef struct gdf__runtime_image {
    gdf__short_text repository; /* empty: none is known to suit */
    gdf__short_text tag;
    bool is_nonroot;      /* runs as a user other than root by itself, 65532 */
    bool is_same_release; /* of the builder's operating system; always false for STATIC */
} gdf__runtime_image;

/* The image to propose at `now` (0: data date). One for glibc is of the builder's Debian while
 * that generation is supported, else of the oldest supported one with a C library at least as new;
 * one for musl is the builder's Alpine. */
gdf__runtime_image gdf__facts_find_runtime(gdf__runtime_need need, const gdf__image_facts *builder,
                                           gdf__date now);

#endif
