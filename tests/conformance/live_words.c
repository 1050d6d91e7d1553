/* What the library makes of words and ignore files, as buildkit/words.go and ignore.go say it. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/slice.h"
#include "conformance/live_lines.h"
#include "project/ignore.h"
#include "syntax/word.h"

enum { MAX_VARIABLES = 64, LIMIT = 1 << 20 };

/* ---- words ----------------------------------------------------------------------------------- */

typedef struct variables {
    gdf_str names[MAX_VARIABLES];
    gdf_str values[MAX_VARIABLES];
    size_t count;
} variables;

typedef struct lexer {
    unsigned mode;
    char escape;
} lexer;

static const lexer LEXERS[] = {
    {0, '\\'},
    {0, '`'},
    {GDF__WORD_RAW_QUOTES | GDF__WORD_SKIP_UNSET, '\\'},
    {GDF__WORD_RAW_QUOTES | GDF__WORD_RAW_ESCAPES | GDF__WORD_SKIP_UNSET, '\\'},
    {GDF__WORD_SKIP_QUOTES, '\\'},
};

static bool find_variable(void *context, gdf_str name, gdf_str *value)
{
    const variables *all = context;
    for (size_t i = all->count; i > 0; i--) {
        if (gdf__str_equal(all->names[i - 1], name)) {
            *value = all->values[i - 1];
            return true;
        }
    }
    return false;
}

static void take_variables(gdf_str *payload, variables *all)
{
    gdf_str text;
    all->count = 0;
    while (live_take(payload, &text) && all->count < MAX_VARIABLES) {
        size_t equals = gdf__str_find(text, '=', 0);
        all->names[all->count] = gdf__str_slice(text, 0, equals);
        all->values[all->count++] =
            gdf__str_slice(text, equals < text.len ? equals + 1 : equals, text.len);
    }
}

/* A line of the distinct names that are set, or are not. */
static void answer_names(gdf__builder *out, const char *line, gdf__word_references references,
                         bool is_set)
{
    gdf_str *names = malloc((references.count + 1) * sizeof *names);
    size_t count = 0;
    for (uint32_t i = 0; names && i < references.count; i++) {
        if (references.items[i].is_set == is_set && !references.items[i].is_repeated)
            names[count++] = references.items[i].name;
    }
    live_begin(out, line);
    live_sort(names, count);
    for (size_t i = 0; i < count; i++)
        live_add_text(out, names[i]);
    live_end(out);
    out->failed = out->failed || !names;
    free(names);
}

static void answer_expansion(gdf__builder *out, const gdf__word_expansion *expansion)
{
    if (expansion->status != GDF__WORD_OK) {
        live_line(out, "word-error", expansion->error);
        return;
    }
    live_line(out, "word", expansion->text);
    answer_names(out, "matched", expansion->references, true);
    answer_names(out, "unmatched", expansion->references, false);
}

static void answer_words(gdf__builder *out, const gdf__word_list *list)
{
    if (list->status != GDF__WORD_OK) {
        live_line(out, "words-error", list->error);
        return;
    }
    live_begin(out, "words");
    for (uint32_t i = 0; i < list->count; i++)
        live_add_text(out, list->words[i].text);
    live_end(out);
}

void live_answer_word(gdf_str payload, gdf__builder *out)
{
    variables all;
    take_variables(&payload, &all);
    for (size_t i = 0; i < sizeof LEXERS / sizeof *LEXERS; i++) {
        gdf__arena arena;
        gdf__arena_init(&arena, &gdf__default_allocator);
        gdf__word_rules rules = {.environment = {find_variable, &all},
                                 .limit = LIMIT,
                                 .steps = LIMIT,
                                 .mode = LEXERS[i].mode,
                                 .escape = LEXERS[i].escape};
        gdf__word_expansion expansion = gdf__word_expand(&rules, payload, &arena);
        gdf__word_list list = gdf__word_split(&rules, payload, &arena);
        live_begin(out, "mode");
        live_add_number(out, i);
        live_end(out);
        answer_expansion(out, &expansion);
        answer_words(out, &list);
        gdf__arena_free(&arena);
    }
}

/* ---- ignore files ---------------------------------------------------------------------------- */

static void answer_matches(gdf__builder *out, const gdf__ignore *ignore, gdf_str paths)
{
    live_begin(out, "patterns");
    for (uint32_t i = 0; i < ignore->count; i++)
        live_add_text(out, ignore->patterns[i].text);
    live_end(out);
    gdf_str path;
    while (live_take(&paths, &path)) {
        live_begin(out, "match");
        live_add_text(out, path);
        live_add_bool(out, gdf__ignore_match(ignore, path));
        live_end(out);
    }
}

void live_answer_ignore(gdf_str payload, gdf__builder *out)
{
    gdf_str rest = payload;
    gdf_str path;
    while (live_take(&rest, &path))
        continue;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__ignore ignore = gdf__ignore_parse(rest, &arena);
    if (ignore.error.len)
        live_line(out, "error", ignore.error);
    else
        answer_matches(out, &ignore, payload);
    gdf__arena_free(&arena);
}
