#include "conformance/live_lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"

void live_begin(gdf__builder *out, const char *name)
{
    gdf__builder_add_text(out, name);
}

void live_add_text(gdf__builder *out, gdf_str text)
{
    gdf__builder_add_text(out, " \"");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        char code[sizeof "\\x00"];
        if (c == '"' || c == '\\') {
            gdf__builder_add_byte(out, '\\');
            gdf__builder_add_byte(out, c);
        } else if (c >= ' ' && c <= '~') {
            gdf__builder_add_byte(out, c);
        } else {
            snprintf(code, sizeof code, "\\x%02x", (unsigned)(unsigned char)c);
            gdf__builder_add_text(out, code);
        }
    }
    gdf__builder_add_byte(out, '"');
}

void live_add_bare(gdf__builder *out, const char *word)
{
    gdf__builder_add_byte(out, ' ');
    gdf__builder_add_text(out, word);
}

void live_add_number(gdf__builder *out, uint64_t number)
{
    gdf__builder_add_byte(out, ' ');
    gdf__builder_add_number(out, number);
}

void live_add_bool(gdf__builder *out, bool value)
{
    live_add_bare(out, value ? "true" : "false");
}

void live_add_lines(gdf__builder *out, uint32_t first, uint32_t last)
{
    live_add_number(out, first);
    gdf__builder_add_byte(out, '-');
    gdf__builder_add_number(out, last);
}

void live_end(gdf__builder *out)
{
    gdf__builder_add_byte(out, '\n');
}

void live_line(gdf__builder *out, const char *name, gdf_str text)
{
    live_begin(out, name);
    live_add_text(out, text);
    live_end(out);
}

bool live_take(gdf_str *payload, gdf_str *text)
{
    size_t end = gdf__str_find(*payload, '\0', 0);
    *text = gdf__str_slice(*payload, 0, end);
    *payload = gdf__str_slice(*payload, end < payload->len ? end + 1 : end, payload->len);
    return text->len > 0;
}

static int compare_texts(const void *a, const void *b)
{
    gdf_str first = *(const gdf_str *)a;
    gdf_str second = *(const gdf_str *)b;
    size_t common = first.len < second.len ? first.len : second.len;
    int order = common ? memcmp(first.ptr, second.ptr, common) : 0;
    return order ? order : (first.len > second.len) - (first.len < second.len);
}

void live_sort(gdf_str *texts, size_t count)
{
    if (count)
        qsort(texts, count, sizeof *texts, compare_texts);
}
