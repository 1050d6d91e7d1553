#include "syntax/directives.h"

#include "base/ascii.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "syntax/parser.h"

static const char *const NAMES[] = {"syntax", "escape", "check"};
enum { NAME_COUNT = sizeof NAMES / sizeof *NAMES, ESCAPE_NAME = 1, NO_NAME = NAME_COUNT };

static const char BYTE_ORDER_MARK[] = "\xef\xbb\xbf";

/* One line taken apart: `<marker> name = value`. */
typedef struct directive_line {
    size_t name; /* index into NAMES, or NO_NAME */
    gdf_str name_text;
    gdf_str value;
} directive_line;

/* The class \s of Go's regexp. */
static bool is_regexp_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static size_t find_name(gdf_str name)
{
    for (size_t i = 0; i < NAME_COUNT; i++) {
        if (gdf__str_is_nocase(name, NAMES[i]))
            return i;
    }
    return NO_NAME;
}

/* Matches `^([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$` behind the marker and Unicode white space. */
static directive_line read_line(gdf_str line, const char *marker)
{
    directive_line none = {.name = NO_NAME};
    if (!gdf__str_starts(line, marker))
        return none;
    gdf_str text = gdf__utf8_trim(gdf__str_slice(line, strlen(marker), line.len));
    /* The trim above also takes blanks that the value may consist of; look at them again. */
    text.len = (size_t)(line.ptr + line.len - text.ptr);
    size_t at = 0;
    if (text.len == 0 || !gdf__ascii_is_alpha(text.ptr[0]))
        return none;
    while (at < text.len && gdf__ascii_is_alnum(text.ptr[at]))
        at++;
    gdf_str name = gdf__str_slice(text, 0, at);
    while (at < text.len && is_regexp_space(text.ptr[at]))
        at++;
    if (at >= text.len || text.ptr[at] != '=')
        return none;
    size_t start = at + 1;
    size_t end = text.len;
    while (start + 1 < end && is_regexp_space(text.ptr[start]))
        start++;
    while (end > start + 1 && is_regexp_space(text.ptr[end - 1]))
        end--;
    if (start >= end)
        return none;
    return (directive_line){find_name(name), name, gdf__str_slice(text, start, end)};
}

static void add_problem(gdf__parser *parser, gdf_str range, gdf_str message)
{
    gdf_document *document = parser->document;
    uint32_t start = (uint32_t)(range.ptr - document->source.bytes);
    /* parser->line is the next one, and the builder counts lines from 0 here. */
    uint32_t line = parser->line - 2;
    gdf__document_add_problem(document, (gdf__problem){.start = start,
                                                       .end = start + (uint32_t)range.len,
                                                       .first_line = line,
                                                       .last_line = line,
                                                       .phase = GDF__PHASE_PARSE,
                                                       .order = parser->problem_order++,
                                                       .message = message});
}

static void report(gdf__parser *parser, gdf_str range, const char *before, gdf_str inside,
                   const char *after)
{
    gdf__builder message;
    gdf__builder_init(&message, &parser->document->arena.allocator);
    gdf__builder_add_text(&message, before);
    gdf__builder_add(&message, inside);
    gdf__builder_add_text(&message, after);
    add_problem(parser, range, gdf__builder_get(&message));
    if (message.failed)
        parser->document->arena.failed = true;
    gdf__builder_free(&message);
}

static void apply(gdf__parser *parser, const directive_line *line)
{
    uint8_t bit = (uint8_t)(1u << line->name);
    if (parser->directives_seen & bit) {
        report(parser, line->name_text, "only one ", gdf__str(NAMES[line->name]),
               " parser directive can be used");
        return;
    }
    parser->directives_seen |= bit;
    if (line->name != ESCAPE_NAME)
        return;
    if (gdf__str_is(line->value, "\\") || gdf__str_is(line->value, "`"))
        parser->document->escape = line->value.ptr[0];
    else
        report(parser, line->value, "invalid escape token '", line->value,
               "' does not match ` or \\");
}

static void add_leaf(gdf__parser *parser, gdf_node parent, gdf_node_kind kind, gdf_str value)
{
    uint32_t start = (uint32_t)(value.ptr - parser->document->source.bytes);
    gdf__node_leaf(parser->document, parent, kind, start, start + (uint32_t)value.len, value);
}

bool gdf__directive_read(gdf__parser *parser, uint32_t start, uint32_t end)
{
    gdf_document *document = parser->document;
    directive_line line = read_line(gdf__source_slice(&document->source, start, end), "#");
    if (line.name == NO_NAME)
        return false;
    gdf_node node = gdf__node_open(document, 1, GDF_NODE_DIRECTIVE, start);
    add_leaf(parser, node, GDF_NODE_NAME, line.name_text);
    add_leaf(parser, node, GDF_NODE_VALUE, line.value);
    gdf__node_close(document, node, end);
    gdf__node *row = gdf__node_at(document, node);
    if (row) {
        row->value = line.value.ptr;
        row->value_len = (uint32_t)line.value.len;
    }
    apply(parser, &line);
    return true;
}

/* A line without its line end and byte order mark. Empty when it is too long for the builder, which
 * looks no further. */
static gdf_str raw_line(const gdf_document *document, uint32_t number)
{
    const gdf__source *source = &document->source;
    uint32_t start = gdf__source_line_start(source, number);
    uint32_t end = gdf__source_line_start(source, number + 1);
    gdf_str line = gdf__source_slice(source, start, end);
    size_t mark =
        number == 1 && gdf__str_starts(line, BYTE_ORDER_MARK) ? strlen(BYTE_ORDER_MARK) : 0;
    line = gdf__str_slice(line, mark, line.len);
    if (line.len - gdf__str_ends(line, "\n") > GDF__BUILDER_MAX_LINE)
        return gdf__empty;
    while (line.len && (line.ptr[line.len - 1] == '\n' || line.ptr[line.len - 1] == '\r'))
        line.len--;
    return line;
}

static gdf__directive find_with_marker(const gdf_document *document, const char *key,
                                       const char *marker)
{
    uint32_t number = gdf__str_starts(raw_line(document, 1), "#!") ? 2 : 1;
    uint32_t seen = 0;
    for (; number <= document->source.lines.count; number++) {
        directive_line line = read_line(raw_line(document, number), marker);
        if (line.name == NO_NAME || (seen >> line.name & 1))
            break;
        seen |= 1u << line.name;
        if (!gdf__str_is(gdf__str(NAMES[line.name]), key))
            continue;
        uint32_t start = (uint32_t)(line.value.ptr - document->source.bytes);
        gdf_str command = gdf__str_slice(line.value, 0, gdf__str_find(line.value, ' ', 0));
        return (gdf__directive){line.value, command, start, start + (uint32_t)line.value.len,
                                number,     true};
    }
    return (gdf__directive){gdf__empty, gdf__empty, 0, 0, 0, false};
}

gdf__directive gdf__directive_find(const gdf_document *document, const char *key)
{
    gdf__directive found = find_with_marker(document, key, "#");
    if (!found.found && gdf__str_is(gdf__str(key), "syntax"))
        found = find_with_marker(document, key, "//");
    return found;
}

bool gdf__directive_match(gdf_str comment, const char *key, gdf_str *value)
{
    directive_line line = read_line(comment, "#");
    *value = line.value;
    return line.name != NO_NAME && gdf__str_is(gdf__str(NAMES[line.name]), key);
}
