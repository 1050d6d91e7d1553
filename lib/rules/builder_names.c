#include "rules/builder_names.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "base/sort.h"
#include "base/utf8.h"
#include "build/work.h"
#include "syntax/word.h"

void gdf__builder_names_init(gdf__builder_names *names, const gdf_build *build, gdf__arena *arena)
{
    *names = (gdf__builder_names){.build = build, .arena = arena};
    gdf__name_map_init(&names->map, &arena->allocator);
    gdf__name_map_init(&names->secrets, &arena->allocator);
    gdf__table_init(&names->rows, &arena->allocator, sizeof(gdf__builder_name));
    gdf__table_init(&names->uses, &arena->allocator, sizeof(gdf__builder_use));
}

void gdf__builder_names_free(gdf__builder_names *names)
{
    if (gdf__name_map_failed(&names->map) || gdf__name_map_failed(&names->secrets) ||
        names->rows.failed || names->uses.failed)
        names->arena->failed = true;
    gdf__name_map_free(&names->map);
    gdf__name_map_free(&names->secrets);
    gdf__table_free(&names->rows);
    gdf__table_free(&names->uses);
}

/* The row of a name, which may be new; NULL when memory is short. */
static gdf__builder_name *row_of(gdf__builder_names *names, gdf_str name)
{
    const gdf__name_entry *entry = gdf__name_map_add(&names->map, name, names->rows.count);
    gdf__builder_name *row = NULL;
    if (entry && entry->value < names->rows.count)
        return GDF__AT(names->rows, gdf__builder_name, entry->value);
    row = entry ? gdf__table_add(&names->rows) : NULL;
    if (row)
        *row = (gdf__builder_name){.default_pair = 0};
    return row;
}

/* ---- secrets --------------------------------------------------------------------------------- */

/* Go's (?i) for a word of ASCII letters: U+017F and U+212A are cases of `s` and `k`. */
static bool is_word(gdf_str text, const char *wanted)
{
    enum { LONG_S = 0x17F, KELVIN = 0x212A };
    size_t at = 0;
    for (; *wanted; wanted++) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        uint32_t letter = rune.value == LONG_S ? 's' : rune.value == KELVIN ? 'k' : rune.value;
        if (!rune.len || (letter < 0x80 ? gdf__ascii_lower((char)letter) : 0) != *wanted)
            return false;
        at += rune.len;
    }
    return at == text.len;
}

static bool is_any_word(gdf_str text, const char *const *words)
{
    for (; *words; words++) {
        if (is_word(text, *words))
            return true;
    }
    return false;
}

static uint32_t first_bytes(const char *const *words)
{
    uint32_t bytes = 0;
    for (; *words; words++)
        bytes |= gdf__ascii_bit(**words);
    return bytes;
}

bool gdf__builder_is_secret(gdf_str name)
{
    static const char *const SECRETS[] = {"apikey", "auth",     "credential", "credentials",
                                          "key",    "password", "pword",      "passwd",
                                          "secret", "token",    NULL};
    static const char *const HARMLESS[] = {"public", "file", "version", NULL};
    const uint32_t first = first_bytes(SECRETS) | first_bytes(HARMLESS);
    bool is_secret = false;
    for (size_t at = 0; at <= name.len;) {
        size_t end = gdf__str_find(name, '_', at);
        gdf_str piece = gdf__str_slice(name, at, end);
        bool counts = piece.len &&
                      ((unsigned char)*piece.ptr >= 0x80 || (first & gdf__ascii_bit(*piece.ptr)));
        if (counts && is_any_word(piece, HARMLESS))
            return false;
        is_secret = is_secret || (counts && is_any_word(piece, SECRETS));
        at = end + 1;
    }
    return is_secret;
}

/* ---- declarations ---------------------------------------------------------------------------- */

static gdf_str value_of(const gdf_document *document, gdf_part pair)
{
    return gdf_part_get_value(document, gdf_part_find(document, pair, GDF_PART_VALUE, 0));
}

static void read_argument(gdf__builder_names *names, gdf_node node, gdf_part pair,
                          gdf__builder_name *row)
{
    const gdf_document *document = names->build->document;
    gdf_str value = value_of(document, pair);
    bool is_global = !gdf_build_find_stage(names->build, node);
    row->global_count += is_global;
    if (value.len == 0) {
        row->empty_argument = is_global ? node : row->empty_argument;
        return;
    }
    if (row->default_pair && !gdf__str_equal(value_of(document, row->default_pair), value))
        row->defaults_differ = true;
    row->default_pair = pair;
}

static void read_pairs(gdf__builder_names *names, gdf_node node, bool is_argument)
{
    const gdf_document *document = names->build->document;
    gdf_part pair = 0;
    while ((pair = gdf__instruction_next_part(document, node, GDF_PART_PAIR, pair)) != 0) {
        gdf_part key = gdf_part_find(document, pair, GDF_PART_KEY, 0);
        gdf_str name = gdf_part_get_value(document, key);
        if (gdf__builder_is_secret(name))
            gdf__name_map_add(&names->secrets, name, names->secrets.entries.count);
        gdf__builder_name *row = row_of(names, name);
        if (row && is_argument)
            read_argument(names, node, pair, row);
    }
}

static void read_image(gdf__builder_names *names, gdf_node from)
{
    const gdf_document *document = names->build->document;
    gdf_part image = gdf_instruction_find_part(document, from, GDF_PART_IMAGE, 0);
    gdf_str text = gdf_part_get_value(document, image);
    gdf__word_rules rules = {.mode = GDF__WORD_SKIP_UNSET, .escape = document->escape};
    gdf__word_expansion word = gdf__word_expand(&rules, text, names->arena);
    for (uint32_t i = 0; i < word.references.count; i++) {
        gdf__builder_name *row = row_of(names, word.references.items[i].name);
        if (!row)
            return;
        if (row->image && !gdf__str_equal(gdf_part_get_value(document, row->image), text))
            row->images_differ = true;
        row->image = image;
    }
}

/* ---- uses ------------------------------------------------------------------------------------ */

static void add_use(gdf__builder_names *names, gdf_str word, gdf_stage root, gdf_node node)
{
    const gdf__name_entry *entry = gdf__name_map_find(&names->secrets, word);
    gdf__builder_use *use = entry ? gdf__table_add(&names->uses) : NULL;
    if (use)
        *use = (gdf__builder_use){entry->value, root, node};
}

static void read_words(gdf__builder_names *names, gdf_node node, gdf_stage root)
{
    const gdf_document *document = names->build->document;
    gdf_str text = gdf__source_slice(&document->source, gdf_node_get_start(document, node),
                                     gdf_node_get_end(document, node));
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && gdf__ascii_is_word(text.ptr[end]))
            end++;
        if (end > at)
            add_use(names, gdf__str_slice(text, at, end), root, node);
        at = end + 1;
    }
}

static void note_apk(gdf__builder_names *names, gdf_node node, gdf_stage root)
{
    const gdf__step *step = gdf__build_step(names->build, node);
    for (uint32_t i = 0; step && names->runs_apk && i < step->command_count; i++) {
        if (gdf__str_is(gdf__shell_program(&names->build->shell, step->first_command + i), "apk"))
            names->runs_apk[root] = true;
    }
}

static int compare_uses(const void *left, const void *right)
{
    const gdf__builder_use *a = left;
    const gdf__builder_use *b = right;
    if (a->secret != b->secret)
        return a->secret < b->secret ? -1 : 1;
    if (a->root != b->root)
        return a->root < b->root ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

/* ---- all ------------------------------------------------------------------------------------- */

static void read_declarations(gdf__builder_names *names)
{
    const gdf_document *document = names->build->document;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(document, node);
        if (kind == GDF_INSTRUCTION_ARG || kind == GDF_INSTRUCTION_ENV)
            read_pairs(names, node, kind == GDF_INSTRUCTION_ARG);
        else if (kind == GDF_INSTRUCTION_FROM)
            read_image(names, node);
    }
}

static void read_uses(gdf__builder_names *names)
{
    const gdf_document *document = names->build->document;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        const gdf__stage *stage =
            gdf__build_stage(names->build, gdf_build_find_stage(names->build, node));
        if (!stage)
            continue;
        read_words(names, node, stage->root);
        note_apk(names, node, stage->root);
    }
    gdf__table_sort(&names->uses, compare_uses);
}

static void read_all(gdf__builder_names *names)
{
    size_t size = (size_t)gdf_build_count_stages(names->build) + 1;
    if (names->is_read)
        return;
    names->is_read = true;
    names->runs_apk = gdf__arena_take(names->arena, size * sizeof *names->runs_apk);
    for (size_t i = 0; names->runs_apk && i < size; i++)
        names->runs_apk[i] = false;
    read_declarations(names);
    read_uses(names);
}

/* ---- questions ------------------------------------------------------------------------------- */

const gdf__builder_name *gdf__builder_names_find(gdf__builder_names *names, gdf_str name)
{
    read_all(names);
    const gdf__name_entry *entry = gdf__name_map_find(&names->map, name);
    return entry && entry->value < names->rows.count
               ? GDF__AT(names->rows, gdf__builder_name, entry->value)
               : NULL;
}

const gdf__builder_use *gdf__builder_names_use(gdf__builder_names *names, gdf_str name,
                                               gdf_stage root, uint32_t index)
{
    read_all(names);
    const gdf__name_entry *entry = gdf__name_map_find(&names->secrets, name);
    gdf__builder_use wanted = {entry ? entry->value : 0, root, 0};
    uint32_t low = 0;
    uint32_t high = entry ? names->uses.count : 0;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_uses(GDF__AT(names->uses, gdf__builder_use, middle), &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (!entry || names->uses.failed || index >= names->uses.count - low)
        return NULL;
    const gdf__builder_use *use = GDF__AT(names->uses, gdf__builder_use, low + index);
    return use->secret == wanted.secret && use->root == root ? use : NULL;
}

bool gdf__builder_names_runs_apk(gdf__builder_names *names, gdf_stage stage)
{
    read_all(names);
    return names->runs_apk && names->runs_apk[gdf__build_stage(names->build, stage)->root];
}
