/* A build of a text, for tests that ask it. */
#ifndef GDF_TESTS_BUILD_OF_H
#define GDF_TESTS_BUILD_OF_H

#include "build/build.h"

typedef struct build_of {
    gdf_document *document;
    gdf_build *build;
    gdf__arena arena;
} build_of;

/* Fails the running test when there is no build. */
build_of build_of_text(const char *text);

/* The same with options: rows of name and value ("build-arg", "V=1"), ended by a NULL name. */
build_of build_of_text_with(const char *text, const char *const options[][2]);

void build_of_free(build_of *it);

/* The `index`th top-level instruction, from 0. */
gdf_node build_of_instruction(const build_of *it, uint32_t index);

/* `text` expanded in front of that instruction. */
gdf__expansion build_of_expand(build_of *it, uint32_t index, const char *text);

/* The variable in front of that instruction. */
gdf__variable build_of_variable(const build_of *it, uint32_t index, const char *name);

#endif
