/* The valid spelling that somebody may have meant. */
#ifndef GODOCKERFILE_NEAREST_H
#define GODOCKERFILE_NEAREST_H

#include <stddef.h>

/* Longer words are not compared: nobody mistypes them. */
enum { NEAREST_LONGEST = 64 };

/* Looks for the candidate that is nearest to a word. Start with {.word = ...}. */
typedef struct nearest {
    const char *word;
    char best[NEAREST_LONGEST + 1]; /* "" while no candidate is near */
    size_t distance;
} nearest;

/* Considers one more candidate. Case does not count. */
void nearest_try(nearest *search, const char *candidate);

/* ". Did you mean 'BEST'?", or "" when there is none. Valid until the next call. */
const char *nearest_question(const nearest *search);

#endif
