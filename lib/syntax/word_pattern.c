#include "syntax/word_pattern.h"

#include "base/utf8.h"

/* Values above every rune. */
enum { ANY_RUN = 0x110000, ANY_ONE = 0x110001 };

static const uint32_t BYTE_ORDER_MARK = 0xFEFF;

/* The wildcard-free elements [first, first + count) between two `*`. */
typedef struct segment {
    uint32_t first;
    uint32_t count;
} segment;

void gdf__matcher_init(gdf__matcher *matcher, const gdf_allocator *allocator, size_t steps)
{
    *matcher = (gdf__matcher){.steps = steps};
    gdf__table_init(&matcher->runes, allocator, sizeof(uint32_t));
    gdf__table_init(&matcher->elements, allocator, sizeof(uint32_t));
    gdf__table_init(&matcher->subject, allocator, sizeof(uint32_t));
}

void gdf__matcher_free(gdf__matcher *matcher)
{
    gdf__table_free(&matcher->runes);
    gdf__table_free(&matcher->elements);
    gdf__table_free(&matcher->subject);
}

bool gdf__matcher_failed(const gdf__matcher *matcher)
{
    return matcher->runes.failed || matcher->elements.failed || matcher->subject.failed;
}

bool gdf__matcher_charge(gdf__matcher *matcher, size_t steps)
{
    if (steps > matcher->steps)
        matcher->exhausted = true;
    else
        matcher->steps -= steps;
    return !matcher->exhausted;
}

/* ---- reading --------------------------------------------------------------------------------- */

static void add_rune(gdf__table *runes, uint32_t rune)
{
    uint32_t *item = gdf__table_add(runes);
    if (item)
        *item = rune;
}

static void reverse(gdf__table *runes)
{
    for (uint32_t low = 0, high = runes->count; low + 1 < high; low++) {
        high--;
        uint32_t rune = *GDF__AT(*runes, uint32_t, low);
        *GDF__AT(*runes, uint32_t, low) = *GDF__AT(*runes, uint32_t, high);
        *GDF__AT(*runes, uint32_t, high) = rune;
    }
}

/* Swaps every backslash with the rune behind it. */
static void swap_escapes(gdf__table *runes)
{
    for (uint32_t i = 0; i + 1 < runes->count; i++) {
        uint32_t *rune = GDF__AT(*runes, uint32_t, i);
        if (rune[0] != '\\')
            continue;
        rune[0] = rune[1];
        rune[1] = '\\';
        i++;
    }
}

static void decode(gdf__matcher *matcher, gdf__table *runes, gdf_str text)
{
    runes->count = 0;
    if (!gdf__matcher_charge(matcher, text.len))
        return;
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        add_rune(runes, rune.value);
        at += rune.len;
    }
}

static bool is_escapable(uint32_t rune)
{
    return rune == '*' || rune == '?' || rune == '\\' || rune == '}' || rune == '/';
}

static uint32_t wildcard_or_rune(uint32_t rune)
{
    if (rune == '*')
        return ANY_RUN;
    return rune == '?' ? (uint32_t)ANY_ONE : rune;
}

static bool is_repeated_run(const gdf__table *elements, uint32_t element)
{
    return element == ANY_RUN && elements->count &&
           *GDF__AT(*elements, uint32_t, elements->count - 1) == ANY_RUN;
}

bool gdf__matcher_compile(gdf__matcher *matcher, gdf_str pattern, bool reversed)
{
    gdf__table *runes = &matcher->runes;
    decode(matcher, runes, pattern);
    if (reversed) {
        swap_escapes(runes);
        reverse(runes);
    }
    matcher->elements.count = 0;
    uint32_t start = runes->count && *GDF__AT(*runes, uint32_t, 0) == BYTE_ORDER_MARK;
    for (uint32_t i = start; i < runes->count; i++) {
        uint32_t rune = *GDF__AT(*runes, uint32_t, i);
        uint32_t element = wildcard_or_rune(rune);
        if (rune == '\\') {
            i++;
            element = i < runes->count ? *GDF__AT(*runes, uint32_t, i) : GDF__RUNE_ERROR;
            if (!is_escapable(element)) {
                matcher->bad_escape = element;
                return false;
            }
        }
        if (!is_repeated_run(&matcher->elements, element))
            add_rune(&matcher->elements, element);
    }
    return true;
}

void gdf__matcher_load(gdf__matcher *matcher, gdf_str subject, bool reversed)
{
    decode(matcher, &matcher->subject, subject);
    if (reversed)
        reverse(&matcher->subject);
}

/* ---- matching -------------------------------------------------------------------------------- */

static segment segment_at(const gdf__matcher *matcher, uint32_t first)
{
    uint32_t end = first;
    while (end < matcher->elements.count && *GDF__AT(matcher->elements, uint32_t, end) != ANY_RUN)
        end++;
    return (segment){first, end - first};
}

static bool element_matches(uint32_t element, uint32_t rune)
{
    return element == ANY_ONE ? rune != '\n' : element == rune;
}

static bool segment_matches(gdf__matcher *matcher, segment part, uint32_t at)
{
    uint32_t i = 0;
    if (part.count > matcher->subject.count - at)
        return false;
    while (i < part.count && element_matches(*GDF__AT(matcher->elements, uint32_t, part.first + i),
                                             *GDF__AT(matcher->subject, uint32_t, at + i)))
        i++;
    return gdf__matcher_charge(matcher, (size_t)i + 1) && i == part.count;
}

/* How far a `*` that starts at `from` reaches: up to the newline or the end. */
static uint32_t reach_of(gdf__matcher *matcher, uint32_t from)
{
    uint32_t at = from;
    while (at < matcher->subject.count && *GDF__AT(matcher->subject, uint32_t, at) != '\n')
        at++;
    gdf__matcher_charge(matcher, at - from);
    return at;
}

/* The first place in [from, to] where the segment matches. */
static bool find_first(gdf__matcher *matcher, segment part, uint32_t from, uint32_t to,
                       uint32_t *found)
{
    for (uint32_t at = from; at <= to && !matcher->exhausted; at++) {
        if (segment_matches(matcher, part, at)) {
            *found = at;
            return true;
        }
    }
    return false;
}

/* The last place in [from, to] where the segment matches. */
static bool find_last(gdf__matcher *matcher, segment part, uint32_t from, uint32_t to,
                      uint32_t *found)
{
    for (uint32_t at = to + 1; at > from && !matcher->exhausted; at--) {
        if (segment_matches(matcher, part, at - 1)) {
            *found = at - 1;
            return true;
        }
    }
    return false;
}

/* Matches the elements behind the leading segment, which ends at subject index `at`.
 *
 * A later place for a segment never opens more places to the next one: a `*` stops at the first
 * newline, so what it reaches from a later place is a part of what it reaches from an earlier one.
 * The first place is therefore always right, and the last segment alone decides between the
 * shortest and the longest match. */
static bool match_rest(gdf__matcher *matcher, uint32_t next_element, uint32_t at, bool longest,
                       uint32_t *end)
{
    uint32_t reach = next_element < matcher->elements.count ? reach_of(matcher, at) : at;
    while (next_element < matcher->elements.count) {
        segment part = segment_at(matcher, next_element + 1);
        bool is_last = part.first + part.count == matcher->elements.count;
        gdf__matcher_charge(matcher, part.count);
        if (reach < at)
            reach = reach_of(matcher, at);
        if (part.count == 0)
            at = longest ? reach : at;
        else if (is_last && longest ? !find_last(matcher, part, at, reach, &at)
                                    : !find_first(matcher, part, at, reach, &at))
            return false;
        at += part.count;
        next_element = part.first + part.count;
    }
    *end = at;
    return !matcher->exhausted;
}

bool gdf__matcher_prefix(gdf__matcher *matcher, bool longest, uint32_t *end)
{
    segment part = segment_at(matcher, 0);
    return segment_matches(matcher, part, 0) &&
           match_rest(matcher, part.count, part.count, longest, end);
}

bool gdf__matcher_find(gdf__matcher *matcher, uint32_t from, gdf__match *match)
{
    segment part = segment_at(matcher, 0);
    uint32_t at = from;
    while (find_first(matcher, part, at, matcher->subject.count, &at)) {
        uint32_t behind = at + part.count;
        *match = (gdf__match){.start = at};
        if (match_rest(matcher, part.count, behind, true, &match->end))
            return true;
        /* What the first `*` reaches from anywhere on this line was tried: go to the next. */
        uint32_t line_end = reach_of(matcher, behind);
        uint32_t next = line_end + 1 > part.count ? line_end + 1 - part.count : 0;
        at = next > at ? next : at + 1;
    }
    return false;
}
