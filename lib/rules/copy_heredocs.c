/* GEN004, GEN058, GEN059: heredocs of COPY and ADD whose text does not arrive as it was written. */
#include "base/ascii.h"
#include "base/name_map.h"
#include "base/slice.h"
#include "rules/support.h"

/* A heredoc of an instruction, in the order of its line. */
typedef struct heredoc_place {
    gdf_node node;
    const gdf__heredoc *row;
    gdf_str written; /* as in the logical line */
    gdf__edit_range range;
} heredoc_place;

/* The node that has the heredocs of an instruction: those of a trigger belong to its ONBUILD. */
static gdf_node holder_of(const gdf__check *check, gdf_node instruction)
{
    return gdf__support_is_nested(check, instruction)
               ? gdf_node_get_parent(check->document, instruction)
               : instruction;
}

/* The first heredoc from the sibling `node` on; false at the end. */
static bool find_heredoc(const gdf__check *check, gdf_node instruction, gdf_node node,
                         heredoc_place *place)
{
    const gdf_document *document = check->document;
    while (node && gdf_node_get_kind(document, node) != GDF_NODE_HEREDOC)
        node = gdf_node_get_next_sibling(document, node);
    if (!node)
        return false;
    const gdf__fragment *fragment = &gdf__document_line(document, instruction)->fragment;
    uint32_t index = gdf__document_node(document, node)->detail;
    const gdf__heredoc *row = GDF__AT(document->heredocs, gdf__heredoc, index);
    *place = (heredoc_place){
        .node = node,
        .row = row,
        .written = gdf__str_slice(fragment->text, row->operator_start, row->operator_end),
        .range = {gdf__fragment_start(fragment, row->operator_start),
                  gdf__fragment_end(fragment, row->operator_end)}};
    return true;
}

static bool first_heredoc(const gdf__check *check, gdf_node instruction, heredoc_place *place)
{
    if (check->document->heredocs.count == 0)
        return false;
    gdf_node holder = holder_of(check, instruction);
    return find_heredoc(check, instruction, gdf_node_get_first_child(check->document, holder),
                        place);
}

static bool next_heredoc(const gdf__check *check, gdf_node instruction, heredoc_place *place)
{
    return find_heredoc(check, instruction, gdf_node_get_next_sibling(check->document, place->node),
                        place);
}

/* The source path that is this heredoc, from `*part` on in the order of the line; false when the
 * builder found other words there. */
static bool is_source(const gdf__check *check, gdf_node instruction, const heredoc_place *place,
                      gdf_part *part)
{
    const gdf_document *document = check->document;
    while (*part && gdf_part_get_start(document, *part) < place->range.start)
        *part = gdf__instruction_next_part(document, instruction, GDF_PART_SOURCE, *part);
    return *part && gdf_part_get_start(document, *part) == place->range.start &&
           gdf_part_get_end(document, *part) == place->range.end &&
           gdf_part_get_flags(document, *part) & GDF_PART_FLAG_HEREDOC;
}

/* ---- GEN004 ---------------------------------------------------------------------------------- */

/* Offset behind `<<` in an operator, which has one. */
static size_t behind_sign(gdf_str sign)
{
    return gdf__str_find(sign, '<', 0) + strlen("<<");
}

static bool holds_blank(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (gdf__ascii_is_space(text.ptr[i]))
            return true;
    }
    return false;
}

static void remove_blank(gdf__check *check, gdf_node instruction, const heredoc_place *place)
{
    size_t sign_end = behind_sign(place->written);
    gdf_str sign = gdf__str_slice(place->written, 0, sign_end);
    gdf_str name = gdf__str_trim(gdf__str_slice(place->written, sign_end, place->written.len));
    const gdf__logical_line *line = gdf__document_line(check->document, instruction);
    if (holds_blank(name)) {
        gdf__note(check, "the delimiter itself has a blank: choose another one");
        return;
    }
    if (place->row->operator_end >= line->arguments_end || gdf__str_starts(name, "-")) {
        gdf__note(check, "without the blank it would be refused");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_BUGFIX, "");
    gdf_str text = gdf__support_text(check, "%S%S", sign, name);
    fix->title = gdf__support_text(check, "Write %S", text);
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document, place->range, text));
}

void gdf__check_lost_heredoc(gdf__check *check, gdf_node node)
{
    heredoc_place place;
    for (bool more = first_heredoc(check, node, &place); more;
         more = next_heredoc(check, node, &place)) {
        if (!holds_blank(place.written))
            continue;
        gdf__report(check, GDF__RULE_GEN004, place.range.start, place.range.end);
        gdf__say(check,
                 "the builder reads this heredoc and drops it: the blank in `%S` makes its pieces "
                 "paths of files to copy",
                 place.written);
        remove_blank(check, node, &place);
    }
}

/* ---- GEN058 ---------------------------------------------------------------------------------- */

static void report_same_name(gdf__check *check, const heredoc_place *place,
                             const heredoc_place *last)
{
    gdf__report(check, GDF__RULE_GEN058, place->range.start, place->range.end);
    gdf__say(check,
             "two heredocs are called %S: the builder takes the text of the last one for both, "
             "and this one is lost",
             place->row->name);
    gdf__relate(check, last->range.start, last->range.end, "this text stands for both");
    gdf__note(check, "the name is also that of the file: choose another one for the second");
}

/* Notes the last heredoc of each name: its offset in the line. */
static void note_last(gdf__check *check, gdf_node node, gdf__name_map *last)
{
    heredoc_place place;
    for (bool more = first_heredoc(check, node, &place); more;
         more = next_heredoc(check, node, &place)) {
        gdf__name_entry *entry = gdf__name_map_add(last, place.row->name, place.node);
        if (entry)
            entry->value = place.node;
    }
}

void gdf__check_same_heredoc_name(gdf__check *check, gdf_node node)
{
    heredoc_place place;
    heredoc_place other;
    gdf__name_map last;
    if (!first_heredoc(check, node, &place))
        return;
    gdf__name_map_init(&last, &gdf__support_arena(check)->allocator);
    note_last(check, node, &last);
    gdf_part part = gdf__instruction_next_part(check->document, node, GDF_PART_SOURCE, 0);
    for (bool more = first_heredoc(check, node, &place); more && last.entries.count;
         more = next_heredoc(check, node, &place)) {
        const gdf__name_entry *entry = gdf__name_map_find(&last, place.row->name);
        if (!entry || entry->value == place.node || !is_source(check, node, &place, &part) ||
            !find_heredoc(check, node, entry->value, &other) ||
            gdf__str_equal(other.row->body, place.row->body))
            continue;
        report_same_name(check, &place, &other);
    }
    if (gdf__name_map_failed(&last))
        gdf__support_arena(check)->failed = true;
    gdf__name_map_free(&last);
}

/* ---- GEN059 ---------------------------------------------------------------------------------- */

/* What the body of a heredoc makes of its backslashes. */
typedef struct body_scan {
    size_t first;    /* offset of the first one that is lost; the body's length when none is */
    uint32_t lost;   /* how many are */
    bool has_kept;   /* one stands before `$` or another backslash */
    bool has_dollar; /* a `$` that is expanded */
    bool has_brace;  /* `${`, inside of which backslashes have meanings of their own */
} body_scan;

static bool is_kept(gdf_str body, size_t at)
{
    return at + 1 < body.len && (body.ptr[at + 1] == '$' || body.ptr[at + 1] == '\\');
}

static body_scan scan_body(gdf_str body)
{
    body_scan scan = {.first = body.len};
    for (size_t at = 0; at < body.len; at++) {
        if (body.ptr[at] == '$') {
            scan.has_dollar = true;
            scan.has_brace |= at + 1 < body.len && body.ptr[at + 1] == '{';
        }
        if (body.ptr[at] != '\\')
            continue;
        if (is_kept(body, at)) {
            scan.has_kept = true;
        } else {
            scan.first = scan.lost++ ? scan.first : at;
        }
        at++;
    }
    return scan;
}

/* `<<"EOF"`: the body is taken as it is. */
static void quote_name(gdf__check *check, const heredoc_place *place, gdf_fix_class class)
{
    size_t sign_end = behind_sign(place->written);
    bool chomps = sign_end < place->written.len && place->written.ptr[sign_end] == '-';
    gdf_str sign = gdf__str_slice(place->written, 0, sign_end + chomps);
    gdf_str name = gdf__str_slice(place->written, sign.len, place->written.len);
    if (!gdf__str_equal(name, place->row->name))
        return;
    gdf__fix *fix = gdf__fix_begin(check, class, "");
    gdf_str text = gdf__support_text(check, "%S\"%S\"", sign, name);
    fix->title = gdf__support_text(check, "Write %S: the text is then taken as it is", text);
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document, place->range, text));
}

static void double_backslashes(gdf__check *check, gdf_str body, uint32_t start)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_BUGFIX, "Double the backslashes that are lost");
    gdf_status status = GDF_OK;
    for (size_t at = 0; status == GDF_OK && at < body.len; at++) {
        if (body.ptr[at] != '\\')
            continue;
        uint32_t place = start + (uint32_t)at;
        if (!is_kept(body, at))
            status = gdf__edit_replace_text(&fix->edits, check->document,
                                            (gdf__edit_range){place, place}, GDF__LITERAL("\\"));
        at++;
    }
    gdf__fix_end(check, status);
}

/* True for a script none of whose variables the builder knows: nothing in it is for the builder. */
static bool is_script_of_shell(gdf__check *check, gdf_node node, gdf_str body)
{
    if (!gdf__str_starts(body, "#!"))
        return false;
    gdf__expansion expansion = gdf__build_expand_with(
        check->build, node, body, GDF__WORD_SKIP_QUOTES, '\\', gdf__support_arena(check));
    for (uint32_t i = 0; i < expansion.references.count; i++) {
        if (gdf__build_find_variable(check->build, node, expansion.references.items[i].name)
                .state != GDF__VARIABLE_UNSET)
            return false;
    }
    return true;
}

static void report_backslashes(gdf__check *check, gdf_node node, const heredoc_place *place,
                               const body_scan *scan)
{
    gdf_str body = place->row->body;
    uint32_t start = (uint32_t)(body.ptr - check->document->source.bytes);
    uint32_t first = start + (uint32_t)scan->first;
    gdf__report(check, GDF__RULE_GEN059, first, first + 1);
    gdf__say(check,
             "the builder takes this backslash out of the text: the delimiter %S is not quoted "
             "(%d in all)",
             place->row->name, (int)scan->lost);
    gdf__relate(check, place->range.start, place->range.end, "the heredoc");
    if (!scan->has_dollar && !scan->has_kept)
        quote_name(check, place, GDF_FIX_BUGFIX);
    else if (!scan->has_kept && is_script_of_shell(check, node, body))
        quote_name(check, place, GDF_FIX_SUGGESTED);
    else if (scan->has_brace)
        gdf__note(check, "what the backslashes mean inside `${…}` cannot be told for certain");
    else
        double_backslashes(check, body, start);
}

void gdf__check_heredoc_backslash(gdf__check *check, gdf_node node)
{
    heredoc_place place;
    gdf_part part = gdf__instruction_next_part(check->document, node, GDF_PART_SOURCE, 0);
    for (bool more = first_heredoc(check, node, &place); more;
         more = next_heredoc(check, node, &place)) {
        body_scan scan = scan_body(place.row->body);
        if (scan.lost && is_source(check, node, &place, &part) &&
            !(gdf_node_get_flags(check->document, place.node) & GDF_NODE_FLAG_QUOTED))
            report_backslashes(check, node, &place, &scan);
    }
}
