/* gdf_expansion: what a word comes to, and where its variables come from. */
#include <godockerfile/expansion.h>

#include "base/slice.h"
#include "build/work.h"
#include "instruction/span.h"

typedef struct reference {
    gdf_str name;
    uint32_t start;
    uint32_t end;
    gdf__variable variable;
} reference;

struct gdf_expansion {
    gdf__arena arena;
    const gdf_build *build;
    gdf_expansion_mode mode;
    gdf_str text;
    gdf_str error;
    bool certain;
    const gdf__split_word *words; /* of WORDS */
    uint32_t word_count;
    const reference *references;
    uint32_t reference_count;
};

/* ---- a variable ------------------------------------------------------------------------------ */

static gdf_variable_origin origin_of(const gdf_build *build, gdf_str name,
                                     const gdf__variable *variable)
{
    if (variable->state == GDF__VARIABLE_BASE)
        return GDF_ORIGIN_BASE_IMAGE;
    if (variable->state != GDF__VARIABLE_SET)
        return GDF_ORIGIN_NONE;
    if (variable->is_environment)
        return variable->node ? GDF_ORIGIN_ENVIRONMENT : GDF_ORIGIN_BASE_IMAGE;
    if (variable->source)
        return GDF_ORIGIN_ARG_DEFAULT;
    return gdf__find_build_argument(build, name) ? GDF_ORIGIN_BUILD_ARGUMENT : GDF_ORIGIN_AUTOMATIC;
}

static gdf__variable find_variable(const gdf_build *build, gdf_node node, const char *name,
                                   size_t len)
{
    if (!build || !name)
        return (gdf__variable){.value = gdf__empty};
    return gdf__build_find_variable(build, node, (gdf_str){name, len});
}

gdf_variable_state gdf_build_get_variable_state(const gdf_build *build, gdf_node instruction,
                                                const char *name, size_t len)
{
    return (gdf_variable_state)find_variable(build, instruction, name, len).state;
}

gdf_str gdf_build_get_variable_value(const gdf_build *build, gdf_node instruction, const char *name,
                                     size_t len)
{
    return find_variable(build, instruction, name, len).value;
}

gdf_variable_origin gdf_build_get_variable_origin(const gdf_build *build, gdf_node instruction,
                                                  const char *name, size_t len)
{
    gdf__variable variable = find_variable(build, instruction, name, len);
    return origin_of(build, (gdf_str){name, len}, &variable);
}

gdf_part gdf_build_get_variable_origin_part(const gdf_build *build, gdf_node instruction,
                                            const char *name, size_t len)
{
    return find_variable(build, instruction, name, len).source;
}

gdf_part gdf_build_get_variable_declaration(const gdf_build *build, gdf_node instruction,
                                            const char *name, size_t len)
{
    return find_variable(build, instruction, name, len).part;
}

/* ---- making ---------------------------------------------------------------------------------- */

static gdf_expansion *begin(const gdf_build *build, gdf_expansion_mode mode)
{
    gdf_expansion *made =
        build ? gdf__allocate_zeroed(&build->arena.allocator, sizeof *made) : NULL;
    if (!made)
        return NULL;
    gdf__arena_init(&made->arena, &build->arena.allocator);
    made->build = build;
    made->mode = mode;
    made->text = gdf__empty;
    made->error = gdf__empty;
    return made;
}

static gdf_expansion *end(gdf_expansion *made)
{
    if (!made->arena.failed)
        return made;
    gdf_expansion_free(made);
    return NULL;
}

/* `span` is where the expanded text stands. */
static void take_references(gdf_expansion *made, const gdf__scope *scope, const gdf__span *span,
                            gdf__word_references references)
{
    size_t size = 0;
    if (!gdf__multiply(references.count, sizeof(reference), &size))
        made->arena.failed = true;
    reference *rows = size && !made->arena.failed ? gdf__arena_take(&made->arena, size) : NULL;
    if (!rows)
        return;
    for (uint32_t i = 0; i < references.count; i++) {
        const gdf__word_reference *row = &references.items[i];
        gdf__span place = gdf__span_slice(span, row->start, row->end);
        rows[i] = (reference){row->name, place.start, place.end, gdf__scope_find(scope, row->name)};
    }
    made->references = rows;
    made->reference_count = references.count;
}

static void take_result(gdf_expansion *made, const gdf__scope *scope, const gdf__span *span,
                        const gdf__expansion *result)
{
    made->text = result->text;
    made->error = result->error;
    made->certain = result->certain;
    take_references(made, scope, span, result->references);
}

static void expand_word(gdf_expansion *made, const gdf__scope *scope, const gdf__span *span)
{
    char escape = made->build->document->escape;
    gdf__expansion result = gdf__scope_expand(scope, span->text, 0, escape, &made->arena);
    take_result(made, scope, span, &result);
}

static gdf_str join_words(const gdf__word_list *words, gdf__arena *arena)
{
    gdf__builder text;
    gdf__builder_init(&text, &arena->allocator);
    for (uint32_t i = 0; i < words->count; i++) {
        if (i)
            gdf__builder_add_byte(&text, ' ');
        gdf__builder_add(&text, words->words[i].text);
    }
    return gdf__builder_to_arena(&text, arena);
}

static void expand_words(gdf_expansion *made, const gdf__scope *scope, const gdf__span *span)
{
    gdf__word_list words;
    gdf__expansion result = gdf__scope_split(scope, span->text, &made->arena, &words);
    result.text = join_words(&words, &made->arena);
    made->words = words.words;
    made->word_count = words.count;
    take_result(made, scope, span, &result);
}

static void expand_body(gdf_expansion *made, const gdf__scope *scope, gdf__span span,
                        gdf_node heredoc)
{
    gdf__fragment chomped;
    if (gdf_node_get_flags(made->build->document, heredoc) & GDF_NODE_FLAG_CHOMP && span.text.len) {
        chomped = gdf__chomped_fragment(&made->arena, span.text, span.start);
        span.text = chomped.text;
        span.fragment = &chomped;
        span.offset = 0;
    }
    gdf__expansion result =
        gdf__scope_expand(scope, span.text, GDF__WORD_SKIP_QUOTES, '\\', &made->arena);
    take_result(made, scope, &span, &result);
}

/* ---- what must be free of variables ---------------------------------------------------------- */

static void refuse(gdf_expansion *made, gdf_str error)
{
    made->error = error;
    made->certain = false;
    made->text = gdf__empty;
}

/* The builder expands COPY --from without variables and compares. */
static void check_from(gdf_expansion *made)
{
    gdf__word_rules rules =
        gdf__rules_for(made->build, made->text, (gdf__word_environment){NULL, NULL});
    gdf__word_expansion word = gdf__word_expand(&rules, made->text, &made->arena);
    if (word.error.len)
        refuse(made, word.error);
    else if (!gdf__str_equal(word.text, made->text))
        refuse(made,
               GDF__LITERAL("variable expansion is not supported for --from, define a new stage "
                            "with FROM using ARG from global scope as a workaround"));
}

static void check_mount_from(gdf_expansion *made, gdf_node instruction)
{
    if (gdf__str_find(made->text, '$', 0) + 1 >= made->text.len)
        return;
    gdf__builder error;
    gdf__builder_init(&error, &made->arena.allocator);
    gdf__builder_add_text(&error, "dockerfile parse error on line ");
    gdf__builder_add_number(&error, gdf_node_get_first_line(made->build->document, instruction));
    gdf__builder_add_text(
        &error, ": 'from' doesn't support variable expansion, define alias stage instead");
    refuse(made, gdf__builder_to_arena(&error, &made->arena));
}

static void take_as_written(gdf_expansion *made, gdf_part part)
{
    const gdf_document *document = made->build->document;
    gdf_node instruction = gdf_part_get_instruction(document, part);
    made->text = gdf_part_get_value(document, part);
    made->certain = made->mode != GDF_EXPANSION_LATER;
    if (made->mode != GDF_EXPANSION_REFUSED)
        return;
    if (gdf_node_get_instruction(document, instruction) == GDF_INSTRUCTION_COPY)
        check_from(made);
    else
        check_mount_from(made, instruction);
}

/* ---- the roots ------------------------------------------------------------------------------- */

gdf_expansion *gdf_expansion_create(const gdf_build *build, gdf_part id)
{
    const gdf_document *document = build ? build->document : NULL;
    gdf_expansion *made = begin(build, gdf_part_get_expansion_mode(document, id));
    const gdf__part *part = gdf__document_part(document, id);
    if (!made || !part)
        return made;
    gdf__scope scope = gdf__scope_before_part(build, id);
    gdf__span span = gdf__span_of_part(document, part);
    switch (made->mode) {
    case GDF_EXPANSION_WORD: expand_word(made, &scope, &span); break;
    case GDF_EXPANSION_WORDS: expand_words(made, &scope, &span); break;
    case GDF_EXPANSION_BODY:
        expand_body(made, &scope, span, gdf__heredoc_of_part(document, id));
        break;
    default: take_as_written(made, id); break;
    }
    return end(made);
}

gdf_expansion *gdf_expansion_create_text(const gdf_build *build, gdf_node instruction,
                                         const char *text, size_t len)
{
    if ((!text && len) || len > UINT32_MAX)
        return NULL;
    gdf_expansion *made = begin(build, GDF_EXPANSION_WORD);
    if (!made)
        return NULL;
    gdf_str copy = gdf__arena_copy(&made->arena, (gdf_str){text ? text : "", len});
    gdf__scope scope = gdf__scope_before(build, instruction);
    gdf__span span = {copy, 0, (uint32_t)len, 0, NULL, true};
    expand_word(made, &scope, &span);
    return end(made);
}

void gdf_expansion_free(gdf_expansion *expansion)
{
    if (!expansion)
        return;
    gdf_allocator allocator = expansion->arena.allocator;
    gdf__arena_free(&expansion->arena);
    gdf__release(&allocator, expansion);
}

/* ---- readers --------------------------------------------------------------------------------- */

gdf_expansion_mode gdf_expansion_get_mode(const gdf_expansion *expansion)
{
    return expansion ? expansion->mode : GDF_EXPANSION_NONE;
}

gdf_str gdf_expansion_get_text(const gdf_expansion *expansion)
{
    return expansion ? expansion->text : gdf__empty;
}

int gdf_expansion_is_certain(const gdf_expansion *expansion)
{
    return expansion && expansion->certain;
}

gdf_str gdf_expansion_get_error(const gdf_expansion *expansion)
{
    return expansion ? expansion->error : gdf__empty;
}

uint32_t gdf_expansion_count_words(const gdf_expansion *expansion)
{
    if (!expansion)
        return 0;
    return expansion->mode == GDF_EXPANSION_WORDS ? expansion->word_count : 1;
}

gdf_str gdf_expansion_get_word(const gdf_expansion *expansion, uint32_t index)
{
    if (index >= gdf_expansion_count_words(expansion))
        return gdf__empty;
    return expansion->mode == GDF_EXPANSION_WORDS ? expansion->words[index].text : expansion->text;
}

uint32_t gdf_expansion_count_references(const gdf_expansion *expansion)
{
    return expansion ? expansion->reference_count : 0;
}

static const reference *reference_at(const gdf_expansion *expansion, uint32_t index)
{
    static const reference NOTHING = {.name = {"", 0}, .variable = {.value = {"", 0}}};
    return index < gdf_expansion_count_references(expansion) ? &expansion->references[index]
                                                             : &NOTHING;
}

gdf_str gdf_expansion_get_reference_name(const gdf_expansion *expansion, uint32_t index)
{
    return reference_at(expansion, index)->name;
}

uint32_t gdf_expansion_get_reference_start(const gdf_expansion *expansion, uint32_t index)
{
    return reference_at(expansion, index)->start;
}

uint32_t gdf_expansion_get_reference_end(const gdf_expansion *expansion, uint32_t index)
{
    return reference_at(expansion, index)->end;
}

gdf_variable_state gdf_expansion_get_reference_state(const gdf_expansion *expansion, uint32_t index)
{
    return (gdf_variable_state)reference_at(expansion, index)->variable.state;
}

gdf_str gdf_expansion_get_reference_value(const gdf_expansion *expansion, uint32_t index)
{
    return reference_at(expansion, index)->variable.value;
}

gdf_variable_origin gdf_expansion_get_reference_origin(const gdf_expansion *expansion,
                                                       uint32_t index)
{
    const reference *row = reference_at(expansion, index);
    return expansion ? origin_of(expansion->build, row->name, &row->variable) : GDF_ORIGIN_NONE;
}

gdf_part gdf_expansion_get_reference_origin_part(const gdf_expansion *expansion, uint32_t index)
{
    return reference_at(expansion, index)->variable.source;
}

gdf_part gdf_expansion_get_reference_declaration(const gdf_expansion *expansion, uint32_t index)
{
    return reference_at(expansion, index)->variable.part;
}
