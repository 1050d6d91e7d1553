#include "syntax/heredoc_words.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "syntax/word.h"

static const unsigned RAW_MODE =
    GDF__WORD_RAW_QUOTES | GDF__WORD_RAW_ESCAPES | GDF__WORD_SKIP_UNSET;

/* The parts of `^(\d*)<<(-?)\s*([^<]*)$`. */
typedef struct heredoc_match {
    gdf_str digits;
    gdf_str name;
    bool chomp;
} heredoc_match;

static gdf__word_list split(gdf_str text, unsigned mode, gdf__arena *arena)
{
    const gdf__word_rules rules = {.mode = mode, .escape = '\\'};
    return gdf__word_split(&rules, text, arena);
}

static bool is_pattern_space(char c)
{
    return gdf__ascii_is_space(c) && c != '\v';
}

/* False when the word does not match or names nothing. */
static bool match_word(gdf_str word, heredoc_match *match)
{
    size_t at = 0;
    while (at < word.len && gdf__ascii_is_digit(word.ptr[at]))
        at++;
    match->digits = gdf__str_slice(word, 0, at);
    if (!gdf__str_starts(gdf__str_slice(word, at, word.len), "<<"))
        return false;
    at += 2;
    match->chomp = at < word.len && word.ptr[at] == '-';
    at += match->chomp;
    while (at < word.len && is_pattern_space(word.ptr[at]))
        at++;
    match->name = gdf__str_slice(word, at, word.len);
    return match->name.len && !gdf__str_has_byte(match->name, '<');
}

static uint64_t read_descriptor(gdf_str digits)
{
    uint64_t value = 0;
    for (size_t i = 0; i < digits.len; i++) {
        uint64_t digit = (uint64_t)(digits.ptr[i] - '0');
        if (value > (UINT64_MAX - digit) / 10)
            return UINT64_MAX;
        value = value * 10 + digit;
    }
    return value;
}

static size_t count_quotes(gdf_str text)
{
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += text.ptr[i] == '\'' || text.ptr[i] == '"';
    return count;
}

static gdf_str inconsistent(gdf_str name, gdf__arena *arena)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &arena->allocator);
    gdf__builder_add_text(&builder, "internal lexing of heredoc produced inconsistent results: ");
    gdf__builder_add(&builder, name);
    return gdf__builder_to_arena(&builder, arena);
}

/* True when the word is a heredoc. An `*error` that is not empty: the builder stops with it. */
static bool read_word(gdf__heredoc_word *heredoc, gdf_str word, gdf__arena *arena, gdf_str *error)
{
    heredoc_match match;
    *error = gdf__empty;
    if (!match_word(word, &match))
        return false;
    gdf__word_list plain = split(match.name, GDF__WORD_SKIP_UNSET, arena);
    *error = plain.error;
    if (plain.status != GDF__WORD_OK || plain.count != 1)
        return false;
    gdf__word_list raw = split(match.name, RAW_MODE, arena);
    *error = raw.error;
    if (raw.status != GDF__WORD_OK)
        return false;
    if (raw.count != 1) {
        *error = inconsistent(match.name, arena);
        return false;
    }
    *heredoc = (gdf__heredoc_word){.name = plain.words[0].text,
                                   .file_descriptor = read_descriptor(match.digits),
                                   .end = word.len,
                                   .expand = count_quotes(plain.words[0].text) ==
                                             count_quotes(raw.words[0].text),
                                   .chomp = match.chomp};
    return true;
}

bool gdf__heredoc_word_read(gdf__heredoc_word *heredoc, gdf_str word, gdf__arena *arena)
{
    gdf_str error;
    return read_word(heredoc, word, arena, &error);
}

/* Adds the heredoc of one word if it is one. False: the builder stops with `list->error`. */
static bool add_heredoc(gdf__heredoc_list *list, const gdf__split_word *word, gdf__arena *arena)
{
    gdf__heredoc_word heredoc;
    if (!read_word(&heredoc, word->text, arena, &list->error))
        return list->error.len == 0;
    heredoc.start = word->start;
    heredoc.end = word->end;
    gdf__heredoc_word *row = gdf__table_add(&list->words);
    if (row)
        *row = heredoc;
    return true;
}

void gdf__heredoc_words_find(gdf__heredoc_list *list, gdf_str line, gdf__arena *arena)
{
    gdf__table_init(&list->words, &arena->allocator, sizeof(gdf__heredoc_word));
    list->error = gdf__empty;
    if (!gdf__str_contains(line, "<<"))
        return;
    gdf__word_list words = split(line, RAW_MODE, arena);
    bool goes_on = words.status == GDF__WORD_OK;
    for (uint32_t i = 0; goes_on && i < words.count; i++)
        goes_on = add_heredoc(list, &words.words[i], arena);
    if (list->words.failed)
        arena->failed = true;
}

void gdf__heredoc_words_free(gdf__heredoc_list *list)
{
    gdf__table_free(&list->words);
}
