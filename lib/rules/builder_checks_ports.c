/* CHK021, CHK022: words of EXPOSE. */
#include "base/slice.h"
#include "base/sort.h"
#include "base/unicode_case.h"
#include "build/work.h"
#include "instruction/values.h"
#include "rules/builder_checks.h"

/* A word as written; the builder sorts them by text. */
typedef struct port_word {
    gdf_str text;
    gdf_part part;
} port_word;

static int compare_words(const void *left, const void *right)
{
    const port_word *a = left;
    const port_word *b = right;
    int order = gdf__str_compare(a->text, b->text);
    return order ? order : a->part < b->part ? -1 : a->part > b->part;
}

/* Fixes are for words without variables. */
static bool is_constant(const gdf__builder_walk *walk, const port_word *word)
{
    uint32_t flags = gdf_part_get_flags(walk->document, word->part);
    return flags & GDF_PART_FLAG_EXACT && !(flags & GDF_PART_FLAG_VARIABLE);
}

static void report_format(gdf__builder_walk *walk, const gdf__builder_command *command,
                          const port_word *word, gdf_str port)
{
    gdf__builder_report(walk, GDF__RULE_CHK022, command);
    gdf__say(walk->check,
             "EXPOSE instruction should not define an IP address or host-port mapping, found '%S'",
             port);
    gdf__builder_relate(walk, command);
    gdf__port pieces = gdf__port_split(port);
    if (command->is_trigger || !is_constant(walk, word) || pieces.number.len == 0)
        return;
    const char *slash = pieces.protocol.len ? "/" : "";
    gdf_str text = gdf__support_text(walk->check, "%S%s%S", pieces.number, slash, pieces.protocol);
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SAFE, "Keep the container's port alone");
    gdf__fix_end(walk->check, gdf__edit_set_part(&fix->edits, walk->document, word->part, text));
}

static void report_protocol(gdf__builder_walk *walk, const gdf__builder_command *command,
                            const port_word *word, gdf_str port)
{
    gdf__builder_report(walk, GDF__RULE_CHK021, command);
    gdf__say(walk->check, "Defined protocol '%S' in EXPOSE instruction should be lowercase", port);
    gdf__builder_relate(walk, command);
    gdf_part protocol = gdf_part_find(walk->document, word->part, GDF_PART_PORT_PROTOCOL, 0);
    if (command->is_trigger || !is_constant(walk, word) || !protocol)
        return;
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SAFE, "Write the protocol in lower case");
    gdf__fix_end(walk->check, gdf__edit_set_case(&fix->edits, walk->document, protocol, false));
}

static bool is_protocol(gdf_str text)
{
    return text.len == 0 || gdf__str_is_nocase(text, "tcp") || gdf__str_is_nocase(text, "udp") ||
           gdf__str_is_nocase(text, "sctp");
}

/* False when the builder refuses the port; what it sees before that it reports. */
static bool check_port(gdf__builder_walk *walk, const gdf__builder_command *command,
                       const port_word *word, gdf_str port)
{
    gdf__port pieces = gdf__port_split_expanded(port);
    if (pieces.number.len == 0 || !is_protocol(pieces.protocol))
        return false;
    if (gdf__utf8_changes_when_lowered(pieces.protocol))
        report_protocol(walk, command, word, port);
    if (pieces.address.len || pieces.host.len)
        report_format(walk, command, word, port);
    return gdf__port_check(port, walk->arena).len == 0;
}

static void read_words(const gdf__builder_walk *walk, gdf_node node, gdf__table *words)
{
    gdf_part id = 0;
    const gdf__part *part = gdf__first_part(walk->document, node, &id);
    for (; part; part = gdf__next_part(walk->document, &id)) {
        port_word *row = part->kind == GDF_PART_PORT ? gdf__table_add(words) : NULL;
        if (row)
            *row = (port_word){gdf__part_value(part), id};
    }
    gdf__table_sort(words, compare_words);
}

/* The builder expands all words before it looks at any port. */
static bool accepts_words(const gdf__builder_walk *walk, const gdf__builder_command *command,
                          const gdf__table *words)
{
    for (uint32_t i = 0; i < words->count; i++) {
        gdf__word_list ports;
        gdf__scope_split(&command->scope, GDF__AT(*words, port_word, i)->text, walk->arena, &ports);
        if (ports.error.len)
            return false;
    }
    return true;
}

bool gdf__builder_check_ports(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf__table words; /* of port_word */
    gdf__table_init(&words, &walk->arena->allocator, sizeof(port_word));
    read_words(walk, command->node, &words);
    bool accepted = !walk->check->is_builder || accepts_words(walk, command, &words);
    for (uint32_t i = 0; i < words.count && accepted; i++) {
        const port_word *word = GDF__AT(words, port_word, i);
        gdf__word_list ports;
        gdf__scope_split(&command->scope, word->text, walk->arena, &ports);
        if (ports.status == GDF__WORD_LIMIT)
            gdf__builder_meet_limit(walk, command, gdf__word_limit_text);
        accepted = ports.error.len == 0;
        for (uint32_t k = 0; k < ports.count && accepted; k++)
            accepted =
                check_port(walk, command, word, ports.words[k].text) || !walk->check->is_builder;
    }
    walk->arena->failed = walk->arena->failed || words.failed;
    gdf__table_free(&words);
    return accepted;
}
