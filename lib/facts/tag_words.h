/* Tags read word by word: "3.12-slim-bookworm" is 3.12, slim, bookworm. */
#ifndef GDF_FACTS_TAG_WORDS_H
#define GDF_FACTS_TAG_WORDS_H

#include "facts/os_releases.h"

/* The next word of `*rest`, which is cut off it; words end at '-'. */
gdf_str gdf__tag_take_word(gdf_str *rest);

/* True when one of the words is `word`. */
bool gdf__tag_has_word(gdf_str tag, const char *word);

/* True when the text can be a tag; the empty text is "latest". */
bool gdf__tag_is_valid(gdf_str tag);

/* How many numbers the version at the start of a word has: 2 for "1.27", 0 for "alpine3.24".
 * A "v" before it is skipped. */
uint32_t gdf__tag_count_numbers(gdf_str word);

/* The first `count` numbers of a version: "3.24" of "3.24.1" for 2; all when there are fewer. */
gdf_str gdf__tag_cut_version(gdf_str word, uint32_t count);

/* The operating system that a tag names by itself: a Debian or Ubuntu codename, alpine3.N, ubi9,
 * azurelinux3.0, windowsservercore, nanoserver. Family UNKNOWN when no word does. */
typedef struct gdf__tag_system {
    gdf__os_family os;
    gdf_str release; /* empty: the word names none ("alpine") */
} gdf__tag_system;

gdf__tag_system gdf__tag_find_system(gdf_str tag);

#endif
