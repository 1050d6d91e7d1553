#include "base/ascii.h"
#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "instruction/reader.h"
#include "instruction/values.h"

/* Arguments of FROM: image, AS, name. */
enum { WITHOUT_NAME = 1, WITH_NAME = 3 };

/* The builder folds case as Unicode does: U+017F is an s, too. */
static bool is_as(gdf_str word)
{
    return gdf__utf8_upper_is(word, "AS");
}

void gdf__from_read(gdf__reader *reader)
{
    gdf_part_kind kind = GDF_PART_IMAGE;
    for (gdf_node node = reader->arguments.first; node < reader->arguments.end;
         node = gdf__reader_after(reader, node)) {
        gdf__span word = gdf__reader_span(reader, node);
        if (kind == GDF_PART_IMAGE) {
            gdf__parts_of_image(reader, &word);
            kind = GDF_PART_AS;
            continue;
        }
        if (kind == GDF_PART_AS && !is_as(word.text))
            kind = GDF_PART_ARGUMENT;
        gdf__part_add(reader, kind, &word);
        kind = kind == GDF_PART_AS ? GDF_PART_STAGE_NAME : GDF_PART_ARGUMENT;
    }
}

bool gdf__stage_name_is_valid(gdf_str name)
{
    for (size_t at = 0; at < name.len;) {
        gdf__rune rune = gdf__utf8_decode(name, at);
        uint32_t lower = gdf__utf8_lower(rune.value);
        if (lower >= 0x80)
            return false;
        char c = (char)lower;
        bool inner = at > 0 && (gdf__ascii_is_digit(c) || c == '-' || c == '_' || c == '.');
        if (!gdf__ascii_is_lower(c) && !inner)
            return false;
        at += rune.len;
    }
    return name.len > 0;
}

static void check_stage_name(gdf__reader *reader, const gdf__span *name)
{
    if (gdf__stage_name_is_valid(name->text))
        return;
    gdf__builder *message = gdf__problem_begin(reader);
    gdf__builder_add_text(message, "invalid name for build stage: ");
    gdf__builder_add_go_quoted(message, name->text);
    gdf__builder_add_text(message, ", name can't start with a number or contain symbols");
    gdf__problem_end(reader, name);
}

void gdf__from_check(gdf__reader *reader)
{
    uint32_t count = reader->arguments.count;
    gdf_node as = count == WITH_NAME ? gdf__reader_after(reader, reader->arguments.first) : 0;
    if (as && is_as(gdf__node_value(gdf__reader_node(reader, as)))) {
        gdf__span name = gdf__reader_span(reader, gdf__reader_after(reader, as));
        check_stage_name(reader, &name);
    } else if (count != WITHOUT_NAME) {
        gdf__refuse_arguments(reader, " requires either one or three arguments");
    }
    gdf__flags_check(reader);
}
