#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/word_lexer.h"

static const gdf_str REPLACEMENT = {"\xef\xbf\xbd", 3};

void gdf__splitter_init(gdf__word_splitter *splitter, const gdf_allocator *allocator)
{
    splitter->word_at = 0;
    splitter->start = 0;
    splitter->end = 0;
    splitter->in_word = false;
    gdf__builder_init(&splitter->text, allocator);
    gdf__table_init(&splitter->words, allocator, sizeof(gdf__split_word));
}

void gdf__splitter_free(gdf__word_splitter *splitter)
{
    gdf__builder_free(&splitter->text);
    gdf__table_free(&splitter->words);
}

void gdf__splitter_add(gdf__word_splitter *splitter, gdf_str text, size_t start, size_t end)
{
    if (!splitter->in_word)
        splitter->start = start;
    splitter->in_word = true;
    splitter->end = end;
    gdf__builder_add(&splitter->text, text);
}

static void end_word(gdf__word_splitter *splitter)
{
    splitter->in_word = false;
    size_t len = splitter->text.len - splitter->word_at;
    if (len == 0)
        return;
    gdf__split_word *word = gdf__table_add(&splitter->words);
    if (word)
        *word = (gdf__split_word){{"", len}, splitter->start, splitter->end};
    splitter->word_at = splitter->text.len;
}

/* Length of the run of valid runes at `at` that are no white space. */
static size_t run_length(gdf_str text, size_t at)
{
    size_t end = at;
    for (;;) {
        gdf__rune rune = gdf__utf8_decode(text, end);
        if (!rune.valid || gdf__utf8_is_space(rune.value))
            return end - at;
        end += rune.len;
    }
}

/* Adds one run, or one invalid byte, or takes one white space. Returns its length. */
static size_t add_part(gdf__word_splitter *splitter, gdf_str text, size_t at, size_t start,
                       size_t end)
{
    gdf__rune rune = gdf__utf8_decode(text, at);
    if (gdf__utf8_is_space(rune.value)) {
        end_word(splitter);
        return rune.len;
    }
    if (!rune.valid) {
        gdf__splitter_add(splitter, REPLACEMENT, start, end);
        return rune.len;
    }
    size_t len = run_length(text, at);
    gdf__splitter_add(splitter, gdf__str_slice(text, at, at + len), start, end);
    return len;
}

void gdf__splitter_add_value(gdf__word_splitter *splitter, gdf_str text, size_t start, size_t end)
{
    for (size_t at = 0; at < text.len;)
        at += add_part(splitter, text, at, start, end);
}

void gdf__splitter_add_plain(gdf__word_splitter *splitter, gdf_str text, size_t start)
{
    for (size_t at = 0; at < text.len;) {
        size_t len = add_part(splitter, text, at, start + at, start + at);
        at += len;
        if (splitter->in_word)
            splitter->end = start + at;
    }
}

void gdf__splitter_drop_word(gdf__word_splitter *splitter)
{
    splitter->text.len = splitter->word_at;
    splitter->in_word = false;
}

const gdf__split_word *gdf__splitter_finish(gdf__word_splitter *splitter, gdf__arena *arena)
{
    end_word(splitter);
    size_t size = 0;
    if (splitter->text.failed || splitter->words.failed ||
        !gdf__multiply(splitter->words.count, sizeof(gdf__split_word), &size)) {
        arena->failed = true;
        return NULL;
    }
    if (size == 0)
        return NULL;
    gdf_str bytes = gdf__arena_copy(arena, gdf__builder_get(&splitter->text));
    gdf__split_word *words = gdf__arena_take(arena, size);
    if (!words)
        return NULL;
    memcpy(words, splitter->words.items, size);
    size_t at = 0;
    for (uint32_t i = 0; i < splitter->words.count; i++) {
        words[i].text.ptr = bytes.ptr + at;
        at += words[i].text.len;
    }
    return words;
}
