#include "base/ascii.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/document.h"

enum { LONGEST_KEYWORD = 11 /* HEALTHCHECK */ };

typedef struct name_row {
    int value;
    uint32_t len;
    const char *name;
} name_row;

static const name_row INSTRUCTIONS[] = {
#define GDF_INSTRUCTION(id, value, name, summary) {value, sizeof(name) - 1, name},
#include <godockerfile/instructions.def>
#undef GDF_INSTRUCTION
};

static const name_row NODES[] = {
#define GDF_NODE(id, value, name, summary) {value, sizeof(name) - 1, name},
#define GDF_TOKEN(id, value, name, summary)
#include <godockerfile/syntax.def>
#undef GDF_NODE
#undef GDF_TOKEN
};

static const name_row TOKENS[] = {
#define GDF_NODE(id, value, name, summary)
#define GDF_TOKEN(id, value, name, summary) {value, sizeof(name) - 1, name},
#include <godockerfile/syntax.def>
#undef GDF_NODE
#undef GDF_TOKEN
};

/* The tables are numbered from 1 without gaps. */
static const char *name_of(const name_row *rows, size_t count, int value)
{
    return value > 0 && (size_t)value <= count ? rows[value - 1].name : "";
}

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

const char *gdf_instruction_kind_name(gdf_instruction_kind kind)
{
    return name_of(INSTRUCTIONS, COUNT(INSTRUCTIONS), (int)kind);
}

const char *gdf_node_kind_name(gdf_node_kind kind)
{
    return name_of(NODES, COUNT(NODES), (int)kind);
}

const char *gdf_token_kind_name(gdf_token_kind kind)
{
    return name_of(TOKENS, COUNT(TOKENS), (int)kind);
}

/* The letter in upper case. Go's ToLower makes ASCII letters of U+0130 and U+212A, too. */
static char fold_rune(gdf__rune rune, char first_byte)
{
    uint32_t lower = gdf__utf8_lower(rune.value);
    return gdf__ascii_upper(lower < 0x80 ? (char)lower : first_byte);
}

/* Upper case as the builder folds keywords; 0 when the text is longer than any keyword. */
static size_t fold(gdf_str text, char folded[LONGEST_KEYWORD])
{
    size_t len = 0;
    for (size_t at = 0; at < text.len; len++) {
        if (len == LONGEST_KEYWORD)
            return 0;
        gdf__rune rune = gdf__utf8_decode(text, at);
        folded[len] = fold_rune(rune, text.ptr[at]);
        at += rune.len;
    }
    return len;
}

/* The most used first, counted over many files: most look-ups end early. */
static const uint8_t BY_USE[] = {
    GDF_INSTRUCTION_RUN,        GDF_INSTRUCTION_COPY,        GDF_INSTRUCTION_FROM,
    GDF_INSTRUCTION_ENV,        GDF_INSTRUCTION_ARG,         GDF_INSTRUCTION_WORKDIR,
    GDF_INSTRUCTION_CMD,        GDF_INSTRUCTION_EXPOSE,      GDF_INSTRUCTION_ENTRYPOINT,
    GDF_INSTRUCTION_LABEL,      GDF_INSTRUCTION_USER,        GDF_INSTRUCTION_ADD,
    GDF_INSTRUCTION_VOLUME,     GDF_INSTRUCTION_HEALTHCHECK, GDF_INSTRUCTION_SHELL,
    GDF_INSTRUCTION_MAINTAINER, GDF_INSTRUCTION_ONBUILD,     GDF_INSTRUCTION_STOPSIGNAL,
};

_Static_assert(COUNT(BY_USE) == COUNT(INSTRUCTIONS), "every instruction is looked up");

static gdf_instruction_kind find_exactly(gdf_str name)
{
    if (name.len == 0)
        return GDF_INSTRUCTION_UNKNOWN;
    for (size_t i = 0; i < COUNT(BY_USE); i++) {
        const name_row *row = &INSTRUCTIONS[BY_USE[i] - 1];
        if (row->len == name.len && *row->name == *name.ptr &&
            memcmp(row->name, name.ptr, name.len) == 0)
            return (gdf_instruction_kind)row->value;
    }
    return GDF_INSTRUCTION_UNKNOWN;
}

gdf_instruction_kind gdf_instruction_kind_find(const char *name, size_t len)
{
    if (!name)
        return GDF_INSTRUCTION_UNKNOWN;
    gdf_str text = {name, len};
    gdf_instruction_kind kind = find_exactly(text);
    if (kind != GDF_INSTRUCTION_UNKNOWN)
        return kind;
    char folded[LONGEST_KEYWORD] = {0};
    return find_exactly((gdf_str){folded, fold(text, folded)});
}
