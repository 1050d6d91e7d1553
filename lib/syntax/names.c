#include "base/ascii.h"
#include "base/enum_names.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/document.h"

enum { LONGEST_KEYWORD = 11 /* HEALTHCHECK */ };

static const char *const INSTRUCTIONS[] = {
#define GDF_INSTRUCTION(id, value, name, summary) name,
#include <godockerfile/instructions.def>
#undef GDF_INSTRUCTION
};

static const char *const NODES[] = {
#define GDF_NODE(id, value, name, summary) name,
#define GDF_TOKEN(id, value, name, summary)
#include <godockerfile/syntax.def>
#undef GDF_NODE
#undef GDF_TOKEN
};

static const char *const TOKENS[] = {
#define GDF_NODE(id, value, name, summary)
#define GDF_TOKEN(id, value, name, summary) name,
#include <godockerfile/syntax.def>
#undef GDF_NODE
#undef GDF_TOKEN
};

/* The enums count from 1: foreign values and 0 lie behind the tables. */
#define INDEX_OF(value) ((size_t)(value)-1)

const char *gdf_instruction_kind_name(gdf_instruction_kind kind)
{
    return gdf__enum_name(GDF__NAMES(INSTRUCTIONS), INDEX_OF(kind));
}

const char *gdf_node_kind_name(gdf_node_kind kind)
{
    return gdf__enum_name(GDF__NAMES(NODES), INDEX_OF(kind));
}

gdf_node_kind gdf_node_kind_find(const char *name, size_t len)
{
    return (gdf_node_kind)(gdf__enum_find(GDF__NAMES(NODES), name, len, INDEX_OF(GDF_NODE_NONE)) +
                           1);
}

const char *gdf_token_kind_name(gdf_token_kind kind)
{
    return gdf__enum_name(GDF__NAMES(TOKENS), INDEX_OF(kind));
}

gdf_token_kind gdf_token_kind_find(const char *name, size_t len)
{
    return (
        gdf_token_kind)(gdf__enum_find(GDF__NAMES(TOKENS), name, len, INDEX_OF(GDF_TOKEN_NONE)) +
                        1);
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

/* By length, the most used first (counted over many files): most look-ups end where they begin. */
enum { MOST_OF_ONE_LENGTH = 6 /* an UNKNOWN at the end included */ };
static const uint8_t BY_LENGTH[LONGEST_KEYWORD + 1][MOST_OF_ONE_LENGTH] = {
    [3] = {GDF_INSTRUCTION_RUN, GDF_INSTRUCTION_ENV, GDF_INSTRUCTION_ARG, GDF_INSTRUCTION_CMD,
           GDF_INSTRUCTION_ADD},
    [4] = {GDF_INSTRUCTION_COPY, GDF_INSTRUCTION_FROM, GDF_INSTRUCTION_USER},
    [5] = {GDF_INSTRUCTION_LABEL, GDF_INSTRUCTION_SHELL},
    [6] = {GDF_INSTRUCTION_EXPOSE, GDF_INSTRUCTION_VOLUME},
    [7] = {GDF_INSTRUCTION_WORKDIR, GDF_INSTRUCTION_ONBUILD},
    [10] = {GDF_INSTRUCTION_ENTRYPOINT, GDF_INSTRUCTION_MAINTAINER, GDF_INSTRUCTION_STOPSIGNAL},
    [11] = {GDF_INSTRUCTION_HEALTHCHECK},
};

static gdf_instruction_kind find_exactly(gdf_str name)
{
    if (name.len > LONGEST_KEYWORD)
        return GDF_INSTRUCTION_UNKNOWN;
    for (const uint8_t *kind = BY_LENGTH[name.len]; *kind; kind++) {
        const char *keyword = INSTRUCTIONS[*kind - 1];
        if (*keyword == *name.ptr && memcmp(keyword, name.ptr, name.len) == 0)
            return (gdf_instruction_kind)*kind;
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
