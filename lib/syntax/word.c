#include "syntax/word.h"

#include <stdlib.h>

#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/word_lexer.h"

/* Far more than any real text nests; bounds the memory of the open constructs. */
static const uint32_t MAX_DEPTH = 10000;

static const gdf_str REPLACEMENT = {"\xef\xbf\xbd", 3};
static const gdf_str BYTE_ORDER_MARK = {"\xef\xbb\xbf", 3};

/* ---- state ----------------------------------------------------------------------------------- */

/* What most words need; it stays as it is until it is used. */
typedef struct first_room {
    gdf__word_reference references[8];
    gdf__word_frame frames[4];
} first_room;

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void init_tables(gdf__word_lexer *lexer, first_room *room, const gdf_allocator *allocator)
{
    gdf__builder_init(&lexer->output, allocator);
    gdf__builder_init(&lexer->message, allocator);
    gdf__builder_init(&lexer->scratch, allocator);
    gdf__table_init(&lexer->frames, allocator, sizeof(gdf__word_frame));
    gdf__table_lend(&lexer->frames, room->frames, COUNT(room->frames));
    gdf__table_init(&lexer->references, allocator, sizeof(gdf__word_reference));
    gdf__table_lend(&lexer->references, room->references, COUNT(room->references));
    gdf__splitter_init(&lexer->splitter, allocator);
    gdf__matcher_init(&lexer->matcher, allocator, lexer->rules->steps);
}

static void init(gdf__word_lexer *lexer, first_room *room, const gdf__word_rules *rules,
                 gdf_str text, const gdf_allocator *allocator, bool splits)
{
    lexer->rules = rules;
    lexer->text = text;
    lexer->at = 0;
    lexer->status = GDF__WORD_OK;
    lexer->raw_escapes = (rules->mode & GDF__WORD_RAW_ESCAPES) != 0;
    lexer->splits = splits;
    lexer->in_piece = false;
    lexer->piece_is_value = false;
    lexer->piece_start = 0;
    lexer->produced = 0;
    init_tables(lexer, room, allocator);
}

static void release(gdf__word_lexer *lexer)
{
    gdf__builder_free(&lexer->output);
    gdf__builder_free(&lexer->message);
    gdf__builder_free(&lexer->scratch);
    gdf__table_free(&lexer->frames);
    gdf__table_free(&lexer->references);
    gdf__splitter_free(&lexer->splitter);
    gdf__matcher_free(&lexer->matcher);
}

static bool out_of_memory(const gdf__word_lexer *lexer)
{
    return lexer->output.failed || lexer->message.failed || lexer->scratch.failed ||
           lexer->frames.failed || lexer->references.failed || lexer->splitter.text.failed ||
           lexer->splitter.words.failed || gdf__matcher_failed(&lexer->matcher);
}

gdf__word_frame *gdf__lexer_top(const gdf__word_lexer *lexer)
{
    uint32_t count = lexer->frames.count;
    return count ? GDF__AT(lexer->frames, gdf__word_frame, count - 1) : NULL;
}

gdf__word_frame *gdf__lexer_open(gdf__word_lexer *lexer, gdf__word_frame_kind kind)
{
    if (lexer->frames.count == MAX_DEPTH) {
        lexer->status = GDF__WORD_LIMIT;
        return NULL;
    }
    gdf__word_frame *frame = gdf__table_add(&lexer->frames);
    if (frame)
        *frame = (gdf__word_frame){
            .kind = kind, .raw_escapes = lexer->raw_escapes, .start = lexer->output.len};
    else
        lexer->status = GDF__WORD_MEMORY;
    return frame;
}

void gdf__lexer_pop(gdf__word_lexer *lexer)
{
    lexer->raw_escapes = gdf__lexer_top(lexer)->raw_escapes;
    lexer->frames.count--;
}

void gdf__lexer_refuse(gdf__word_lexer *lexer, const char *message)
{
    lexer->status = GDF__WORD_REFUSED;
    gdf__builder_clear(&lexer->message);
    gdf__builder_add_text(&lexer->message, message);
}

void gdf__lexer_add_valid(gdf__builder *builder, gdf_str text)
{
    size_t start = 0;
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        if (!rune.valid) {
            gdf__builder_add(builder, gdf__str_slice(text, start, at));
            gdf__builder_add(builder, REPLACEMENT);
            start = at + rune.len;
        }
        at += rune.len;
    }
    gdf__builder_add(builder, gdf__str_slice(text, start, text.len));
}

/* ---- characters ------------------------------------------------------------------------------ */

/* True where characters go straight to the words. */
static bool feeds_words(const gdf__word_lexer *lexer)
{
    return lexer->splits && lexer->frames.count == 0;
}

/* Bytes that may mean something. */
static bool is_special(const gdf__word_lexer *lexer, char c)
{
    static const bool SPECIAL[128] = {
        ['$'] = true, ['\''] = true, ['"'] = true, ['}'] = true, ['/'] = true, ['<'] = true};
    unsigned char byte = (unsigned char)c;
    return byte >= sizeof SPECIAL || SPECIAL[byte] || c == lexer->rules->escape;
}

/* Offset behind the rune at the reading place and the ordinary bytes that follow it. */
static size_t end_of_run(const gdf__word_lexer *lexer)
{
    size_t end = lexer->at + gdf__utf8_decode(lexer->text, lexer->at).len;
    while (end < lexer->text.len && !is_special(lexer, lexer->text.ptr[end]))
        end++;
    return end;
}

static void read_run(gdf__word_lexer *lexer)
{
    size_t start = lexer->at;
    lexer->at = end_of_run(lexer);
    gdf_str plain = gdf__str_slice(lexer->text, start, lexer->at);
    if (feeds_words(lexer))
        gdf__splitter_add_plain(&lexer->splitter, plain, start);
    else
        gdf__lexer_add_valid(&lexer->output, plain);
}

/* Adds text that never splits and started at `start` of the input. */
static void add_literal(gdf__word_lexer *lexer, gdf_str text, size_t start)
{
    if (feeds_words(lexer))
        gdf__splitter_add(&lexer->splitter, text, start, lexer->at);
    else
        gdf__builder_add(&lexer->output, text);
}

/* The rune at the reading place, as it is written out. */
static gdf_str take_rune(gdf__word_lexer *lexer)
{
    gdf__rune rune = gdf__utf8_decode(lexer->text, lexer->at);
    gdf_str taken = gdf__str_slice(lexer->text, lexer->at, lexer->at + rune.len);
    lexer->at += rune.len;
    return rune.valid || rune.len == 0 ? taken : REPLACEMENT;
}

static void read_escape(gdf__word_lexer *lexer)
{
    size_t start = lexer->at++;
    if (lexer->raw_escapes)
        add_literal(lexer, gdf__str_slice(lexer->text, start, lexer->at), start);
    if (lexer->at == lexer->text.len)
        return;
    gdf_str rune = take_rune(lexer);
    add_literal(lexer, rune, start);
}

/* `<`, or `<<` with the blanks behind it. */
static void read_heredoc_operator(gdf__word_lexer *lexer)
{
    size_t start = lexer->at++;
    if (lexer->at < lexer->text.len && lexer->text.ptr[lexer->at] == '<') {
        lexer->at++;
        while (lexer->at < lexer->text.len &&
               gdf__str_has_byte(GDF__LITERAL("\t\r "), lexer->text.ptr[lexer->at]))
            lexer->at++;
    }
    add_literal(lexer, gdf__str_slice(lexer->text, start, lexer->at), start);
}

/* ---- quotes ---------------------------------------------------------------------------------- */

static void add_quote(gdf__word_lexer *lexer, char quote)
{
    if (lexer->rules->mode & GDF__WORD_RAW_QUOTES)
        gdf__builder_add_byte(&lexer->output, quote);
}

static void read_single_quotes(gdf__word_lexer *lexer)
{
    size_t start = lexer->at + 1;
    size_t end = gdf__str_find(lexer->text, '\'', start);
    if (end == lexer->text.len) {
        lexer->at = end;
        gdf__lexer_refuse(lexer,
                          "unexpected end of statement while looking for matching single-quote");
        return;
    }
    add_quote(lexer, '\'');
    gdf__lexer_add_valid(&lexer->output, gdf__str_slice(lexer->text, start, end));
    add_quote(lexer, '\'');
    lexer->at = end + 1;
}

static void open_double_quotes(gdf__word_lexer *lexer)
{
    lexer->at++;
    add_quote(lexer, '"');
    gdf__lexer_open(lexer, GDF__FRAME_QUOTES);
}

/* An escape character between double quotes counts before `"`, `$` and itself only. With raw
 * escapes it comes out twice before anything else: so does the builder. */
static void read_quoted_escape(gdf__word_lexer *lexer)
{
    gdf_str escape = take_rune(lexer);
    if (lexer->raw_escapes)
        gdf__builder_add(&lexer->output, escape);
    if (lexer->at == lexer->text.len)
        return;
    char next = lexer->text.ptr[lexer->at];
    if (next == '"' || next == '$' || next == lexer->rules->escape)
        escape = take_rune(lexer);
    gdf__builder_add(&lexer->output, escape);
}

static void step_in_quotes(gdf__word_lexer *lexer)
{
    char c = lexer->text.ptr[lexer->at];
    if (c == '"') {
        lexer->at++;
        add_quote(lexer, c);
        gdf__lexer_pop(lexer);
    } else if (c == '$') {
        gdf__lexer_read_reference(lexer);
    } else if (c == lexer->rules->escape) {
        read_quoted_escape(lexer);
    } else {
        read_run(lexer);
    }
}

/* ---- the machine ----------------------------------------------------------------------------- */

static bool is_quote(const gdf__word_lexer *lexer, char c)
{
    return (c == '\'' || c == '"') && !(lexer->rules->mode & GDF__WORD_SKIP_QUOTES);
}

/* A piece is a quoted text or a reference of the top level: its output goes to the words when it is
 * complete. */
static void open_piece(gdf__word_lexer *lexer, char c)
{
    lexer->in_piece = true;
    lexer->piece_is_value = c == '$';
    lexer->piece_start = lexer->at;
}

static void close_piece(gdf__word_lexer *lexer)
{
    gdf_str output = gdf__builder_get(&lexer->output);
    if (lexer->piece_is_value)
        gdf__splitter_add_value(&lexer->splitter, output, lexer->piece_start, lexer->at);
    else
        gdf__splitter_add(&lexer->splitter, output, lexer->piece_start, lexer->at);
    gdf__builder_clear(&lexer->output);
    lexer->in_piece = false;
}

static char stop_of(const gdf__word_frame *frame)
{
    return frame->kind == GDF__FRAME_PATTERN ? '/' : '}';
}

static void step_outside_quotes(gdf__word_lexer *lexer)
{
    const gdf__word_frame *top = gdf__lexer_top(lexer);
    char c = lexer->text.ptr[lexer->at];
    if (feeds_words(lexer) && (c == '$' || is_quote(lexer, c)))
        open_piece(lexer, c);
    if (top && c == stop_of(top)) {
        lexer->at++;
        gdf__lexer_close_reference(lexer);
    } else if (c == '$') {
        gdf__lexer_read_reference(lexer);
    } else if (c == '\'' && is_quote(lexer, c)) {
        read_single_quotes(lexer);
    } else if (is_quote(lexer, c)) {
        open_double_quotes(lexer);
    } else if (c == lexer->rules->escape) {
        read_escape(lexer);
    } else if (c == '<' && feeds_words(lexer)) {
        read_heredoc_operator(lexer);
    } else {
        read_run(lexer);
    }
}

/* At the end of the text the outermost open reference names the error, whatever came up inside. */
static void refuse_open_frames(gdf__word_lexer *lexer)
{
    for (uint32_t i = 0; i < lexer->frames.count; i++) {
        gdf__word_frame_kind kind = GDF__AT(lexer->frames, gdf__word_frame, i)->kind;
        if (kind == GDF__FRAME_QUOTES)
            continue;
        gdf__lexer_refuse(lexer, kind == GDF__FRAME_PATTERN ? "syntax error: missing '/' in ${}"
                                                            : "syntax error: missing '}'");
        return;
    }
    if (lexer->status == GDF__WORD_OK && lexer->frames.count)
        gdf__lexer_refuse(lexer,
                          "unexpected end of statement while looking for matching double-quote");
}

static void run(gdf__word_lexer *lexer)
{
    if (gdf__str_starts(lexer->text, BYTE_ORDER_MARK.ptr))
        lexer->at = BYTE_ORDER_MARK.len;
    while (lexer->at < lexer->text.len && lexer->status == GDF__WORD_OK) {
        const gdf__word_frame *top = gdf__lexer_top(lexer);
        if (top && top->kind == GDF__FRAME_QUOTES)
            step_in_quotes(lexer);
        else
            step_outside_quotes(lexer);
        if (lexer->in_piece && lexer->frames.count == 0)
            close_piece(lexer);
    }
    if (lexer->at == lexer->text.len && lexer->status <= GDF__WORD_REFUSED)
        refuse_open_frames(lexer);
}

/* ---- results --------------------------------------------------------------------------------- */

static int compare_references(const void *left, const void *right)
{
    const gdf__word_reference *a = *(gdf__word_reference *const *)left;
    const gdf__word_reference *b = *(gdf__word_reference *const *)right;
    int order = gdf__str_compare(a->name, b->name);
    return order ? order : (a > b) - (a < b);
}

static void mark_repeated(gdf__word_reference *references, uint32_t count, gdf__arena *arena)
{
    size_t size = 0;
    if (!gdf__multiply(count, sizeof(gdf__word_reference *), &size)) {
        arena->failed = true;
        return;
    }
    gdf__word_reference **sorted = gdf__allocate(&arena->allocator, size);
    if (!sorted) {
        arena->failed = true;
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &references[i];
    qsort(sorted, count, sizeof *sorted, compare_references);
    for (uint32_t i = 1; i < count; i++)
        sorted[i]->is_repeated = gdf__str_equal(sorted[i - 1]->name, sorted[i]->name);
    gdf__release(&arena->allocator, sorted);
}

static gdf__word_references take_references(gdf__word_lexer *lexer, gdf__arena *arena)
{
    uint32_t count = lexer->references.count;
    size_t size = (size_t)count * sizeof(gdf__word_reference);
    uint32_t kept = 0;
    gdf__word_reference *items = count ? gdf__arena_take(arena, size) : NULL;
    if (!items)
        return (gdf__word_references){NULL, 0};
    for (uint32_t i = 0; i < count; i++) {
        const gdf__word_reference *row = GDF__AT(lexer->references, gdf__word_reference, i);
        if (row->is_evaluated)
            items[kept++] = *row;
    }
    if (kept > 1)
        mark_repeated(items, kept, arena);
    return (gdf__word_references){items, kept};
}

static gdf_str take_error(gdf__word_lexer *lexer, gdf__arena *arena)
{
    if (lexer->status != GDF__WORD_REFUSED)
        return gdf__empty;
    gdf__builder *error = &lexer->scratch;
    gdf__builder_clear(error);
    gdf__builder_add_text(error, "failed to process ");
    gdf__builder_add_go_quoted(error, lexer->text);
    gdf__builder_add_text(error, ": ");
    gdf__builder_add(error, gdf__builder_get(&lexer->message));
    if (error->failed)
        arena->failed = true;
    return gdf__arena_copy(arena, gdf__builder_get(error));
}

/* The final status, once everything was moved to the arena. */
static gdf__word_status final_status(const gdf__word_lexer *lexer, gdf__arena *arena)
{
    if (out_of_memory(lexer))
        arena->failed = true;
    return arena->failed ? GDF__WORD_MEMORY : lexer->status;
}

/* What an ASCII character may mean: 1 anywhere, 2 when splitting. */
static const unsigned char MEANINGS[128] = {
    ['$'] = 1,  ['\''] = 1, ['"'] = 1,  ['\\'] = 1, ['`'] = 1, ['\t'] = 2,
    ['\n'] = 2, ['\v'] = 2, ['\f'] = 2, ['\r'] = 2, [' '] = 2,
};

/* True when no byte of the text can mean anything to the lexer. */
static bool is_plain(gdf_str text, bool splits)
{
    unsigned meanings = 0;
    unsigned bits = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bits |= c;
        meanings |= MEANINGS[c & 0x7F];
    }
    return bits < 0x80 && !(meanings & (splits ? 3U : 1U));
}

bool gdf__word_is_plain(gdf_str text)
{
    return is_plain(text, false);
}

gdf__word_expansion gdf__word_expand(const gdf__word_rules *rules, gdf_str text, gdf__arena *arena)
{
    gdf__word_expansion result = {.status = GDF__WORD_OK, .text = text, .error = gdf__empty};
    if (is_plain(text, false))
        return result;
    gdf__word_lexer lexer;
    first_room room;
    init(&lexer, &room, rules, text, &arena->allocator, false);
    run(&lexer);
    result.error = take_error(&lexer, arena);
    result.references = take_references(&lexer, arena);
    result.text = lexer.status == GDF__WORD_OK
                      ? gdf__arena_copy(arena, gdf__builder_get(&lexer.output))
                      : gdf__empty;
    result.status = final_status(&lexer, arena);
    release(&lexer);
    if (result.status == GDF__WORD_MEMORY)
        result = (gdf__word_expansion){
            .status = GDF__WORD_MEMORY, .text = gdf__empty, .error = gdf__empty};
    return result;
}

static gdf__word_list split_plain(gdf_str text, gdf__arena *arena)
{
    gdf__word_list result = {.status = GDF__WORD_OK, .error = gdf__empty};
    gdf__split_word *word = text.len ? gdf__arena_take(arena, sizeof *word) : NULL;
    if (word) {
        *word = (gdf__split_word){text, 0, text.len};
        result.words = word;
        result.count = 1;
    } else if (text.len) {
        result.status = GDF__WORD_MEMORY;
    }
    return result;
}

gdf__word_list gdf__word_split(const gdf__word_rules *rules, gdf_str text, gdf__arena *arena)
{
    if (is_plain(text, true))
        return split_plain(text, arena);
    gdf__word_list result = {.status = GDF__WORD_OK};
    gdf__word_lexer lexer;
    first_room room;
    init(&lexer, &room, rules, text, &arena->allocator, true);
    run(&lexer);
    result.error = take_error(&lexer, arena);
    result.references = take_references(&lexer, arena);
    if (lexer.status == GDF__WORD_OK)
        result.words = gdf__splitter_finish(&lexer.splitter, arena);
    result.count = result.words ? lexer.splitter.words.count : 0;
    result.status = final_status(&lexer, arena);
    release(&lexer);
    if (result.status == GDF__WORD_MEMORY)
        result = (gdf__word_list){.status = GDF__WORD_MEMORY, .error = gdf__empty};
    return result;
}
