#include "nearest.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* One mistake in three letters may be a slip, and two in a short word. */
enum { LETTERS_PER_MISTAKE = 3, FEWEST_MISTAKES = 2 };

static size_t smallest(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Levenshtein's distance, row by row; both words are at most NEAREST_LONGEST letters long. */
static size_t measure(const char *a, const char *b)
{
    size_t row[NEAREST_LONGEST + 1];
    size_t width = strlen(b);
    for (size_t i = 0; i <= width; i++)
        row[i] = i;
    for (size_t i = 0; a[i]; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < width; j++) {
            size_t same = tolower((unsigned char)a[i]) == tolower((unsigned char)b[j]);
            size_t above = row[j + 1];
            row[j + 1] = smallest(above + 1, row[j] + 1, diagonal + !same);
            diagonal = above;
        }
    }
    return row[width];
}

void nearest_try(nearest *search, const char *candidate)
{
    size_t len = strlen(search->word);
    if (len == 0 || len > NEAREST_LONGEST || strlen(candidate) > NEAREST_LONGEST)
        return;
    size_t allowed = len / LETTERS_PER_MISTAKE;
    if (allowed < FEWEST_MISTAKES)
        allowed = FEWEST_MISTAKES;
    size_t distance = measure(search->word, candidate);
    if (distance > allowed || distance >= len || (search->best[0] && distance >= search->distance))
        return;
    memcpy(search->best, candidate, strlen(candidate) + 1);
    search->distance = distance;
}

const char *nearest_question(const nearest *search)
{
    static char question[NEAREST_LONGEST + sizeof ". Did you mean ''?"];
    if (!search->best[0])
        return "";
    snprintf(question, sizeof question, ". Did you mean '%s'?", search->best);
    return question;
}
