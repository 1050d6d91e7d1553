#include "instruction/suggestion.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"

/* The builder suggests below this many edits. */
enum { MAX_EDITS = 2, DIAGONALS = 2 * MAX_EDITS + 1 };

/* How far two texts were read. */
typedef struct reach {
    size_t a;
    size_t b;
    bool possible;
} reach;

static bool runes_equal(gdf__rune a, gdf__rune b, bool nocase)
{
    return a.value == b.value || (nocase && gdf__utf8_lower(a.value) == gdf__utf8_lower(b.value));
}

/* Reads on while the texts are equal. */
static reach slide(gdf_str a, gdf_str b, reach at, bool nocase)
{
    while (at.a < a.len && at.b < b.len) {
        gdf__rune left = gdf__utf8_decode(a, at.a);
        gdf__rune right = gdf__utf8_decode(b, at.b);
        if (!runes_equal(left, right, nocase))
            break;
        at.a += left.len;
        at.b += right.len;
    }
    return at;
}

static size_t after(gdf_str text, size_t at)
{
    return at + gdf__utf8_decode(text, at).len;
}

static reach further(reach x, reach y)
{
    if (!x.possible)
        return y;
    return y.possible && y.a > x.a ? y : x;
}

/* The furthest reach on one diagonal with one more edit than `row` has. */
static reach extend(gdf_str a, gdf_str b, const reach *row, int diagonal)
{
    reach best = {0, 0, false};
    reach same = row[diagonal];
    if (same.possible && same.a < a.len && same.b < b.len)
        best = (reach){after(a, same.a), after(b, same.b), true};
    if (diagonal > 0 && row[diagonal - 1].possible && row[diagonal - 1].b < b.len) {
        reach below = row[diagonal - 1];
        best = further(best, (reach){below.a, after(b, below.b), true});
    }
    if (diagonal + 1 < DIAGONALS && row[diagonal + 1].possible && row[diagonal + 1].a < a.len) {
        reach above = row[diagonal + 1];
        best = further(best, (reach){after(a, above.a), above.b, true});
    }
    return best;
}

/* True when a diagonal reached the end of both texts. */
static bool is_complete(gdf_str a, gdf_str b, const reach *row)
{
    for (int d = 0; d < DIAGONALS; d++) {
        if (row[d].possible && row[d].a == a.len && row[d].b == b.len)
            return true;
    }
    return false;
}

/* The number of edits between the texts, at most MAX_EDITS + 1. Linear: it follows only the
 * diagonals of the edit matrix that so few edits reach. */
static int distance(gdf_str a, gdf_str b, bool nocase)
{
    reach row[DIAGONALS] = {{0, 0, false}};
    row[MAX_EDITS] = slide(a, b, (reach){0, 0, true}, nocase);
    int edits = 0;
    for (; !is_complete(a, b, row); edits++) {
        if (edits == MAX_EDITS)
            return MAX_EDITS + 1;
        reach next[DIAGONALS];
        for (int d = 0; d < DIAGONALS; d++)
            next[d] = extend(a, b, row, d);
        for (int d = 0; d < DIAGONALS; d++)
            row[d] = next[d].possible ? slide(a, b, next[d], nocase) : next[d];
    }
    return edits;
}

static size_t count_runes(gdf_str text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.len; count++)
        at = after(text, at);
    return count;
}

/* One bit a letter, ASCII case folded; what is no letter has none. */
static uint32_t letters_of(gdf_str text)
{
    uint32_t letters = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = gdf__ascii_lower(text.ptr[i]);
        if (gdf__ascii_is_lower(c))
            letters |= (uint32_t)1 << (c - 'a');
    }
    return letters;
}

static bool at_most_edits(uint32_t bits)
{
    int count = 0;
    for (; bits && count <= MAX_EDITS; bits &= bits - 1)
        count++;
    return count <= MAX_EDITS;
}

/* An edit adds, removes or exchanges one letter: each side loses one that the other lacks at most.
 */
static bool letters_allow(uint32_t a, uint32_t b)
{
    return at_most_edits(a & ~b) && at_most_edits(b & ~a);
}

static bool lengths_allow(size_t a, size_t b)
{
    return a > b ? a - b <= MAX_EDITS : b - a <= MAX_EDITS;
}

/* Without regard to case, the options are ASCII. */
static gdf_str find(gdf_str typed, const gdf_str *options, size_t count, bool nocase)
{
    gdf_str best = gdf__empty;
    int nearest = MAX_EDITS + 1;
    size_t len = count_runes(typed);
    uint32_t letters = letters_of(typed);
    for (size_t i = 0; i < count; i++) {
        size_t option_len = nocase ? options[i].len : count_runes(options[i]);
        if (!lengths_allow(len, option_len) || !letters_allow(letters, letters_of(options[i])))
            continue;
        int edits = distance(typed, options[i], nocase);
        if (edits == 0)
            return gdf__empty;
        if (edits < nearest) {
            nearest = edits;
            best = options[i];
        }
    }
    return best;
}

gdf_str gdf__suggestion_find(gdf_str typed, const gdf_str *options, size_t count)
{
    return find(typed, options, count, false);
}

gdf_str gdf__suggestion_find_nocase(gdf_str typed, const gdf_str *options, size_t count)
{
    return find(typed, options, count, true);
}

void gdf__suggestion_add(gdf__builder *builder, gdf_str suggestion)
{
    if (suggestion.len == 0)
        return;
    gdf__builder_add_text(builder, " (did you mean ");
    gdf__builder_add(builder, suggestion);
    gdf__builder_add_text(builder, "?)");
}

void gdf__suggestion_add_recased(gdf__builder *builder, gdf_str suggestion, gdf_str typed)
{
    if (suggestion.len == 0)
        return;
    bool upper = !gdf__utf8_changes_when_uppered(typed);
    gdf__builder_add_text(builder, " (did you mean ");
    for (size_t i = 0; i < suggestion.len; i++) {
        char c = suggestion.ptr[i];
        gdf__builder_add_byte(builder, upper ? gdf__ascii_upper(c) : gdf__ascii_lower(c));
    }
    gdf__builder_add_text(builder, "?)");
}
