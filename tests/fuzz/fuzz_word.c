/* Any word expands, or is refused with a reason; the references lie in it. Lines NAME=value of the
 * input up to an empty one are the environment, what follows is the word. */
#include <string.h>

#include "base/slice.h"
#include "base/table.h"
#include "fuzz/fuzz_support.h"
#include "support/fuzz_target.h"
#include "syntax/heredoc_words.h"
#include "syntax/word.h"

/* Choices, by bit; the first four are the mode. */
enum { MODE_BITS = 15, BACKTICK = 4, SMALL_LIMIT = 5 };
enum { LARGE = 1 << 16, SMALL = 24, STEPS = 1 << 20 };

typedef struct variable {
    gdf_str name;
    gdf_str value;
} variable;

static bool find_variable(void *context, gdf_str name, gdf_str *value)
{
    const gdf__table *variables = context;
    for (uint32_t i = 0; i < variables->count; i++) {
        const variable *row = GDF__AT(*variables, variable, i);
        if (!gdf__str_equal(row->name, name))
            continue;
        *value = row->value;
        return true;
    }
    return false;
}

/* Gives the text behind the environment. */
static gdf_str read_environment(gdf__table *variables, gdf_str text)
{
    size_t start = 0;
    while (start < text.len) {
        size_t end = gdf__str_find(text, '\n', start);
        gdf_str line = gdf__str_slice(text, start, end);
        size_t equals = gdf__str_find(line, '=', 0);
        start = end + 1;
        if (line.len == 0)
            break;
        variable *row = gdf__table_add(variables);
        *row =
            (variable){gdf__str_slice(line, 0, equals), gdf__str_slice(line, equals + 1, line.len)};
    }
    return gdf__str_slice(text, start, text.len);
}

static void check_references(gdf__word_references references, gdf_str text)
{
    for (uint32_t i = 0; i < references.count; i++)
        fuzz_demand_that(references.items[i].start < text.len &&
                             text.ptr[references.items[i].start] == '$',
                         "a reference starts at a dollar sign of the text");
}

static void check_status(gdf__word_status status, gdf_str error)
{
    fuzz_demand_that(status != GDF__WORD_MEMORY, "memory was there");
    fuzz_demand_that((status == GDF__WORD_REFUSED) == (error.len > 0),
                     "what is refused has a reason");
}

static void check_expansion(const gdf__word_rules *rules, gdf_str text, gdf__arena *arena)
{
    gdf__word_expansion expansion = gdf__word_expand(rules, text, arena);
    check_status(expansion.status, expansion.error);
    if (expansion.status == GDF__WORD_OK)
        check_references(expansion.references, text);
    gdf__word_expansion again = gdf__word_expand(rules, text, arena);
    fuzz_demand_that(again.status == expansion.status && gdf__str_equal(again.text, expansion.text),
                     "an expansion is the same each time");
}

static void check_split(const gdf__word_rules *rules, gdf_str text, gdf__arena *arena)
{
    gdf__word_list list = gdf__word_split(rules, text, arena);
    check_status(list.status, list.error);
    size_t last = 0;
    for (uint32_t i = 0; i < list.count; i++) {
        const gdf__split_word *word = &list.words[i];
        fuzz_demand_that(word->text.len > 0, "no word is empty");
        fuzz_demand_that(word->start <= word->end && word->end <= text.len,
                         "words lie in the text");
        fuzz_demand_that(word->start >= last, "words are in order");
        last = word->start;
    }
}

static void check_heredocs(gdf_str text, gdf__arena *arena)
{
    gdf__heredoc_list list;
    gdf__heredoc_words_find(&list, text, arena);
    for (uint32_t i = 0; i < list.words.count; i++) {
        const gdf__heredoc_word *word = GDF__AT(list.words, gdf__heredoc_word, i);
        fuzz_demand_that(word->name.len > 0 && word->start < word->end && word->end <= text.len,
                         "heredoc words lie in the line");
    }
    gdf__heredoc_words_free(&list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    gdf__arena arena;
    gdf__table variables;
    gdf__arena_init(&arena, &gdf__default_allocator);
    gdf__table_init(&variables, &gdf__default_allocator, sizeof(variable));
    gdf_str word = read_environment(&variables, input.text);
    gdf__word_rules rules = {.environment = {find_variable, &variables},
                             .limit = fuzz_has_choice(input, SMALL_LIMIT) ? SMALL : LARGE,
                             .steps = STEPS,
                             .mode = input.choices & MODE_BITS,
                             .escape = fuzz_has_choice(input, BACKTICK) ? '`' : '\\'};
    check_expansion(&rules, word, &arena);
    check_split(&rules, word, &arena);
    check_heredocs(word, &arena);
    gdf__table_free(&variables);
    gdf__arena_free(&arena);
    return 0;
}
