#include "project/glob.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/utf8.h"

static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";

/* ---- validity -------------------------------------------------------------------------------- */

/* A code point of a bracket expression, perhaps escaped; false when it is missing or not one. */
static bool skip_class_rune(gdf_str glob, size_t *at)
{
    if (*at >= glob.len || glob.ptr[*at] == '-' || glob.ptr[*at] == ']')
        return false;
    if (glob.ptr[*at] == '\\' && ++*at >= glob.len)
        return false;
    gdf__rune rune = gdf__utf8_decode(glob, *at);
    *at += rune.len;
    return rune.valid && *at < glob.len;
}

/* `*at` is behind the `[`; afterwards behind the `]`. */
static bool skip_class(gdf_str glob, size_t *at)
{
    if (*at < glob.len && glob.ptr[*at] == '^')
        ++*at;
    for (bool first = true;; first = false) {
        if (!first && *at < glob.len && glob.ptr[*at] == ']') {
            ++*at;
            return true;
        }
        if (!skip_class_rune(glob, at))
            return false;
        if (glob.ptr[*at] == '-') {
            ++*at;
            if (!skip_class_rune(glob, at))
                return false;
        }
    }
}

/* Where the chunk that starts at `at` ends: at the next `*` outside of brackets. */
static size_t chunk_end(gdf_str glob, size_t at)
{
    bool in_class = false;
    for (; at < glob.len && (in_class || glob.ptr[at] != '*'); at++) {
        if (glob.ptr[at] == '\\' && at + 1 < glob.len)
            at++;
        else if (glob.ptr[at] == '[' || glob.ptr[at] == ']')
            in_class = glob.ptr[at] == '[';
    }
    return at;
}

static bool is_chunk_valid(gdf_str chunk)
{
    for (size_t at = 0; at < chunk.len;) {
        char byte = chunk.ptr[at++];
        if (byte == '\\' && at++ >= chunk.len)
            return false;
        if (byte == '[' && !skip_class(chunk, &at))
            return false;
    }
    return true;
}

/* True when a valid chunk matches the path `.`. */
static bool is_chunk_of_dot(gdf_str chunk, gdf__arena *arena)
{
    gdf__ignore_pattern pattern = {.glob = chunk};
    gdf__glob_compile(&pattern, arena);
    return gdf__ignore_pattern_matches(&pattern, GDF__LITERAL("."));
}

/* The builder tries the pattern on the path `.`, chunk by chunk, and looks no further than it
 * matches. */
bool gdf__glob_is_valid(gdf_str glob, gdf__arena *arena)
{
    bool is_matched = false;
    for (size_t at = 0; at < glob.len;) {
        bool has_star = glob.ptr[at] == '*';
        while (at < glob.len && glob.ptr[at] == '*')
            at++;
        size_t end = chunk_end(glob, at);
        gdf_str chunk = gdf__str_slice(glob, at, end);
        if (has_star && chunk.len == 0)
            return true;
        if (!is_chunk_valid(chunk))
            return false;
        if (is_matched || !is_chunk_of_dot(chunk, arena))
            return true;
        is_matched = true;
        at = end;
    }
    return true;
}

/* ---- to a regular expression ----------------------------------------------------------------- */

typedef struct translation {
    gdf__builder regex;
    gdf_str glob;
    size_t first; /* the builder does not see a byte order mark in front */
    size_t at;
    uint8_t kind;
} translation;

static char peek(const translation *work)
{
    return work->at < work->glob.len ? work->glob.ptr[work->at] : '\0';
}

static void translate_stars(translation *work, bool at_start)
{
    if (peek(work) != '*') {
        gdf__builder_add_text(&work->regex, "[^/]*");
        work->kind = GDF__IGNORE_GLOB;
        return;
    }
    work->at++;
    if (peek(work) == '/')
        work->at++;
    if (work->at < work->glob.len) {
        gdf__builder_add_text(&work->regex, "(.*/)?");
        work->kind = GDF__IGNORE_GLOB;
    } else if (work->kind == GDF__IGNORE_EXACT) {
        work->kind = GDF__IGNORE_PREFIX;
    } else {
        gdf__builder_add_text(&work->regex, ".*");
        work->kind = GDF__IGNORE_GLOB;
    }
    if (at_start)
        work->kind = GDF__IGNORE_SUFFIX;
}

static void add_rune(translation *work)
{
    gdf__rune rune = gdf__utf8_decode(work->glob, work->at);
    char bytes[4];
    gdf__builder_add(&work->regex, (gdf_str){bytes, gdf__utf8_encode(rune.value, bytes)});
    work->at += rune.len;
}

static void translate_one(translation *work)
{
    char byte = work->glob.ptr[work->at];
    bool at_start = work->at == work->first;
    if (byte == '*') {
        work->at++;
        translate_stars(work, at_start);
    } else if (byte == '?') {
        work->at++;
        gdf__builder_add_text(&work->regex, "[^/]");
        work->kind = GDF__IGNORE_GLOB;
    } else if (byte == '\\') {
        work->at++;
        gdf__builder_add_byte(&work->regex, '\\');
        add_rune(work);
        work->kind = GDF__IGNORE_GLOB;
    } else {
        if (byte && strchr(".+()|{}$", byte))
            gdf__builder_add_byte(&work->regex, '\\');
        else if (byte == '[' || byte == ']')
            work->kind = GDF__IGNORE_GLOB;
        add_rune(work);
    }
}

/* ---- from the regular expression to items ---------------------------------------------------- */

typedef struct compiler {
    gdf__arena *arena;
    gdf_str regex;
    size_t at;
    gdf__table items;  /* of gdf__glob_item */
    gdf__table ranges; /* of gdf__glob_range: of the class being read */
} compiler;

static gdf__glob_item *add_item(compiler *work, gdf__glob_kind kind)
{
    gdf__glob_item *item = gdf__table_add(&work->items);
    if (item)
        *item = (gdf__glob_item){.kind = (uint8_t)kind};
    return item;
}

static void add_range(compiler *work, uint32_t first, uint32_t last)
{
    gdf__glob_range *range = gdf__table_add(&work->ranges);
    if (range)
        *range = (gdf__glob_range){first, last};
}

/* The ranges read so far become those of `item`. */
static void take_ranges(compiler *work, gdf__glob_item *item)
{
    size_t size = work->ranges.count * sizeof(gdf__glob_range);
    gdf__glob_range *copy = size ? gdf__arena_take(work->arena, size) : NULL;
    if (copy && item) {
        memcpy(copy, work->ranges.items, size);
        item->ranges = copy;
        item->range_count = work->ranges.count;
    }
    work->ranges.count = 0;
}

/* \d \s \w and their opposites. Adds the ranges of the class; false for another letter. */
static bool add_letter_class(compiler *work, char letter)
{
    switch (gdf__ascii_lower(letter)) {
    case 'd': add_range(work, '0', '9'); return true;
    case 's':
        add_range(work, '\t', '\n');
        add_range(work, '\f', '\r');
        add_range(work, ' ', ' ');
        return true;
    case 'w':
        add_range(work, '0', '9');
        add_range(work, 'A', 'Z');
        add_range(work, '_', '_');
        add_range(work, 'a', 'z');
        return true;
    default: return false;
    }
}

/* The control character that an escaped letter stands for, or 0. */
static uint32_t control_of(uint32_t letter)
{
    switch (letter) {
    case 'a': return '\a';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'v': return '\v';
    default: return 0;
    }
}

static gdf__rune next_rune(compiler *work)
{
    gdf__rune rune = gdf__utf8_decode(work->regex, work->at);
    work->at += rune.len;
    return rune;
}

static bool is_punctuation(uint32_t rune)
{
    return rune < 0x80 && !gdf__ascii_is_alnum((char)rune);
}

static void read_escape(compiler *work)
{
    uint32_t rune = next_rune(work).value;
    if (is_punctuation(rune) || control_of(rune)) {
        gdf__glob_item *item = add_item(work, GDF__GLOB_RUNE);
        if (item)
            item->rune = control_of(rune) ? control_of(rune) : rune;
    } else if (rune < 0x80 && add_letter_class(work, (char)rune)) {
        gdf__glob_item *item = add_item(work, GDF__GLOB_CLASS);
        if (item)
            item->negated = gdf__ascii_is_upper((char)rune);
        take_ranges(work, item);
    } else {
        add_item(work, GDF__GLOB_NEVER);
    }
}

/* A code point of a class; false when Go refuses it or it stands for several. */
static bool read_class_rune(compiler *work, uint32_t *value)
{
    *value = next_rune(work).value;
    if (*value != '\\')
        return true;
    *value = next_rune(work).value;
    uint32_t control = control_of(*value);
    if (control)
        *value = control;
    return control || is_punctuation(*value);
}

/* One element of a class: a code point, a range, or an escaped letter class. */
static bool read_class_element(compiler *work)
{
    gdf_str rest = gdf__str_slice(work->regex, work->at, work->regex.len);
    if (gdf__str_starts(rest, "[:"))
        return false;
    if (rest.len > 1 && rest.ptr[0] == '\\' && gdf__ascii_is_lower(rest.ptr[1]) &&
        add_letter_class(work, rest.ptr[1])) {
        work->at += 2;
        return true;
    }
    uint32_t first = 0;
    if (!read_class_rune(work, &first))
        return false;
    uint32_t last = first;
    rest = gdf__str_slice(work->regex, work->at, work->regex.len);
    if (rest.len > 1 && rest.ptr[0] == '-' && rest.ptr[1] != ']') {
        work->at++;
        if (!read_class_rune(work, &last))
            return false;
    }
    add_range(work, first, last);
    return first <= last;
}

static void read_class(compiler *work)
{
    bool negated = work->at < work->regex.len && work->regex.ptr[work->at] == '^';
    work->at += negated;
    bool closed = false;
    bool valid = true;
    for (bool first = true; valid && !closed; first = false) {
        if (work->at >= work->regex.len) {
            valid = false;
        } else if (!first && work->regex.ptr[work->at] == ']') {
            work->at++;
            closed = true;
        } else {
            valid = read_class_element(work);
        }
    }
    gdf__glob_item *item = add_item(work, valid ? GDF__GLOB_CLASS : GDF__GLOB_NEVER);
    if (item)
        item->negated = negated;
    take_ranges(work, item);
}

/* `(.*` `/)?`: the only group there is. */
static void read_group(compiler *work)
{
    add_item(work, GDF__GLOB_OPTIONAL);
    gdf__glob_item *item = add_item(work, GDF__GLOB_ANY);
    if (item)
        item->repeats = true;
    item = add_item(work, GDF__GLOB_RUNE);
    if (item)
        item->rune = '/';
    work->at += strlen(".*/)?");
}

static void read_item(compiler *work)
{
    uint32_t rune = next_rune(work).value;
    switch (rune) {
    case '\\': read_escape(work); break;
    case '[': read_class(work); break;
    case '(': read_group(work); break;
    case '.': add_item(work, GDF__GLOB_ANY); break;
    case '^':
        if (work->items.count)
            add_item(work, GDF__GLOB_START);
        break;
    case '*':
        if (work->items.count)
            GDF__AT(work->items, gdf__glob_item, work->items.count - 1)->repeats = true;
        break;
    default: {
        gdf__glob_item *item = add_item(work, GDF__GLOB_RUNE);
        if (item)
            item->rune = rune;
    }
    }
}

static void compile_items(gdf__ignore_pattern *pattern, gdf_str regex, gdf__arena *arena)
{
    compiler work = {.arena = arena, .regex = regex};
    gdf__table_init(&work.items, &arena->allocator, sizeof(gdf__glob_item));
    gdf__table_init(&work.ranges, &arena->allocator, sizeof(gdf__glob_range));
    while (work.at < regex.len)
        read_item(&work);
    size_t size = work.items.count * sizeof(gdf__glob_item);
    gdf__glob_item *items = size ? gdf__arena_take(arena, size) : NULL;
    if (items) {
        memcpy(items, work.items.items, size);
        pattern->items = items;
        pattern->item_count = work.items.count;
    }
    if (work.items.failed || work.ranges.failed)
        arena->failed = true;
    gdf__table_free(&work.items);
    gdf__table_free(&work.ranges);
}

void gdf__glob_compile(gdf__ignore_pattern *pattern, gdf__arena *arena)
{
    size_t first = gdf__str_starts(pattern->glob, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0;
    translation work = {
        .glob = pattern->glob, .first = first, .at = first, .kind = GDF__IGNORE_EXACT};
    gdf__builder_init(&work.regex, &arena->allocator);
    while (work.at < work.glob.len)
        translate_one(&work);
    pattern->kind = work.kind;
    if (work.kind == GDF__IGNORE_GLOB)
        compile_items(pattern, gdf__builder_get(&work.regex), arena);
    if (work.regex.failed)
        arena->failed = true;
    gdf__builder_free(&work.regex);
}

/* ---- matching -------------------------------------------------------------------------------- */

/* Which items may come next, as bits; one more stands for the end. A line of an ignore file is no
 * longer than the builder's lines, and two bytes of a pattern make at most three items. */
enum {
    WORD_BITS = 64,
    MAX_ITEMS = GDF__BUILDER_MAX_LINE * 3 / 2 + 4,
    SET_WORDS = MAX_ITEMS / WORD_BITS + 1
};

typedef struct places {
    uint64_t words[SET_WORDS];
} places;

static void put(places *set, uint32_t place)
{
    set->words[place / WORD_BITS] |= (uint64_t)1 << (place % WORD_BITS);
}

static bool holds(const places *set, uint32_t place)
{
    return (set->words[place / WORD_BITS] >> (place % WORD_BITS)) & 1;
}

static void clear(places *set, uint32_t count)
{
    memset(set->words, 0, (count / WORD_BITS + 1) * sizeof *set->words);
}

/* Adds what is reached without a code point. Steps only go forward, so one pass is enough. False
 * when the set is empty. */
static bool spread(places *set, const gdf__glob_item *items, uint32_t count, bool at_start)
{
    bool any = false;
    for (uint32_t place = 0; place < count; place++) {
        if (!set->words[place / WORD_BITS]) {
            place |= WORD_BITS - 1;
            continue;
        }
        if (!holds(set, place))
            continue;
        any = true;
        if (items[place].kind == GDF__GLOB_OPTIONAL) {
            put(set, place + 1);
            put(set, place + 3);
        } else if (items[place].repeats || (at_start && items[place].kind == GDF__GLOB_START)) {
            put(set, place + 1);
        }
    }
    return any || holds(set, count);
}

static bool accepts(const gdf__glob_item *item, uint32_t rune)
{
    switch (item->kind) {
    case GDF__GLOB_RUNE: return item->rune == rune;
    case GDF__GLOB_ANY: return rune != '\n';
    case GDF__GLOB_CLASS:
        for (uint32_t i = 0; i < item->range_count; i++) {
            if (item->ranges[i].first <= rune && rune <= item->ranges[i].last)
                return !item->negated;
        }
        return item->negated;
    default: return false;
    }
}

static void step(const places *from, places *to, const gdf__glob_item *items, uint32_t count,
                 uint32_t rune)
{
    clear(to, count);
    for (uint32_t place = 0; place < count; place++) {
        if (!from->words[place / WORD_BITS]) {
            place |= WORD_BITS - 1;
            continue;
        }
        if (holds(from, place) && accepts(&items[place], rune))
            put(to, items[place].repeats ? place : place + 1);
    }
}

size_t gdf__glob_match_prefix(const gdf__glob_item *items, uint32_t count, gdf_str path)
{
    places sets[2];
    if (count >= MAX_ITEMS)
        return GDF__GLOB_NO_MATCH;
    clear(&sets[0], count);
    put(&sets[0], 0);
    unsigned now = 0;
    spread(&sets[now], items, count, true);
    for (size_t at = 0; at < path.len;) {
        if (path.ptr[at] == '/' && holds(&sets[now], count))
            return at;
        gdf__rune rune = gdf__utf8_decode(path, at);
        at += rune.len;
        step(&sets[now], &sets[!now], items, count, rune.value);
        now = !now;
        if (!spread(&sets[now], items, count, false))
            return GDF__GLOB_NO_MATCH;
    }
    return holds(&sets[now], count) ? path.len : GDF__GLOB_NO_MATCH;
}

bool gdf__glob_match_path_or_parent(const gdf__glob_item *items, uint32_t count, gdf_str path)
{
    return gdf__glob_match_prefix(items, count, path) != GDF__GLOB_NO_MATCH;
}
