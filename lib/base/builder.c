#include "base/builder.h"

#include <string.h>

#include "base/slice.h"
#include "base/text_object.h"
#include "base/utf8.h"

/* Leaves `room` as it is. */
static void start_empty(gdf__builder *builder)
{
    builder->bytes = NULL;
    builder->len = 0;
    builder->capacity = sizeof builder->room;
}

void gdf__builder_init(gdf__builder *builder, const gdf_allocator *allocator)
{
    builder->allocator = *allocator;
    builder->failed = false;
    start_empty(builder);
}

void gdf__builder_free(gdf__builder *builder)
{
    gdf__release(&builder->allocator, builder->bytes);
    start_empty(builder);
}

static char *text_of(gdf__builder *builder)
{
    return builder->bytes ? builder->bytes : builder->room;
}

/* Moves the text to memory of its own, or to more of it. */
static bool grow(gdf__builder *builder, size_t capacity)
{
    const gdf_allocator *allocator = &builder->allocator;
    char *bytes = builder->bytes
                      ? allocator->reallocate(allocator->context, builder->bytes, capacity)
                      : gdf__allocate(allocator, capacity);
    if (!bytes)
        return false;
    if (!builder->bytes)
        memcpy(bytes, builder->room, builder->len);
    builder->bytes = bytes;
    builder->capacity = capacity;
    return true;
}

static bool reserve(gdf__builder *builder, size_t more)
{
    if (builder->failed || more > SIZE_MAX / 4 || builder->len > SIZE_MAX / 4 - more) {
        builder->failed = true;
        return false;
    }
    if (more <= builder->capacity - builder->len)
        return true;
    size_t needed = builder->len + more;
    size_t doubled = builder->capacity * 2;
    builder->failed = !grow(builder, needed > doubled ? needed : doubled);
    return !builder->failed;
}

void gdf__builder_add(gdf__builder *builder, gdf_str text)
{
    if (text.len == 0 || !reserve(builder, text.len))
        return;
    memcpy(text_of(builder) + builder->len, text.ptr, text.len);
    builder->len += text.len;
}

void gdf__builder_add_text(gdf__builder *builder, const char *text)
{
    gdf__builder_add(builder, gdf__str(text));
}

void gdf__builder_add_byte(gdf__builder *builder, char byte)
{
    if (reserve(builder, 1))
        text_of(builder)[builder->len++] = byte;
}

void gdf__builder_add_repeated(gdf__builder *builder, char byte, size_t count)
{
    if (!reserve(builder, count) || count == 0)
        return;
    memset(text_of(builder) + builder->len, byte, count);
    builder->len += count;
}

void gdf__builder_add_number(gdf__builder *builder, uint64_t number)
{
    char digits[20]; /* UINT64_MAX has 20 digits */
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    gdf__builder_add(builder, (gdf_str){digits + at, sizeof digits - at});
}

static void add_hex(gdf__builder *builder, uint32_t value, int digits)
{
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        gdf__builder_add_byte(builder, "0123456789abcdef"[(value >> shift) & 15]);
}

/* The letter of a two-character escape that JSON and Go share, or 0. */
static char short_escape(uint32_t rune)
{
    switch (rune) {
    case '\b': return 'b';
    case '\f': return 'f';
    case '\n': return 'n';
    case '\r': return 'r';
    case '\t': return 't';
    case '"': return '"';
    case '\\': return '\\';
    default: return 0;
    }
}

void gdf__builder_add_json(gdf__builder *builder, gdf_str text)
{
    gdf__builder_add_byte(builder, '"');
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        char letter = short_escape(rune.value);
        if (letter) {
            gdf__builder_add_byte(builder, '\\');
            gdf__builder_add_byte(builder, letter);
        } else if (rune.value < 0x20 || rune.value == 0x7f) {
            gdf__builder_add_text(builder, "\\u");
            add_hex(builder, rune.value, 4);
        } else if (!rune.valid) {
            gdf__builder_add_text(builder, "\xef\xbf\xbd");
        } else {
            gdf__builder_add(builder, gdf__str_slice(text, at, at + rune.len));
        }
        at += rune.len;
    }
    gdf__builder_add_byte(builder, '"');
}

static void add_go_rune(gdf__builder *builder, gdf_str text, size_t at, gdf__rune rune)
{
    char letter = short_escape(rune.value);
    if (rune.value == '\a')
        letter = 'a';
    if (rune.value == '\v')
        letter = 'v';
    if (letter) {
        gdf__builder_add_byte(builder, '\\');
        gdf__builder_add_byte(builder, letter);
    } else if (!rune.valid) {
        gdf__builder_add_text(builder, "\\x");
        add_hex(builder, (unsigned char)text.ptr[at], 2);
    } else if (gdf__utf8_is_printable(rune.value)) {
        gdf__builder_add(builder, gdf__str_slice(text, at, at + rune.len));
    } else if (rune.value < ' ' || rune.value == 0x7f) {
        gdf__builder_add_text(builder, "\\x");
        add_hex(builder, rune.value, 2);
    } else if (rune.value < 0x10000) {
        gdf__builder_add_text(builder, "\\u");
        add_hex(builder, rune.value, 4);
    } else {
        gdf__builder_add_text(builder, "\\U");
        add_hex(builder, rune.value, 8);
    }
}

void gdf__builder_add_go_quoted(gdf__builder *builder, gdf_str text)
{
    gdf__builder_add_byte(builder, '"');
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        add_go_rune(builder, text, at, rune);
        at += rune.len;
    }
    gdf__builder_add_byte(builder, '"');
}

gdf_str gdf__builder_get(const gdf__builder *builder)
{
    return (gdf_str){builder->bytes ? builder->bytes : builder->room, builder->len};
}

void gdf__builder_clear(gdf__builder *builder)
{
    builder->len = 0;
}

gdf_str gdf__builder_to_arena(gdf__builder *builder, gdf__arena *arena)
{
    if (builder->failed)
        arena->failed = true;
    gdf_str copy = gdf__arena_copy(arena, gdf__builder_get(builder));
    gdf__builder_free(builder);
    return copy;
}

gdf_text *gdf__builder_finish(gdf__builder *builder)
{
    gdf_text *text =
        builder->failed ? NULL : gdf__text_create(&builder->allocator, gdf__builder_get(builder));
    gdf__builder_free(builder);
    return text;
}
