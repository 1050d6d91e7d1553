#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "instruction/values.h"
#include "instruction/variables.h"

enum { MAX_PORT = 65535 };

/* ---- splitting ------------------------------------------------------------------------------- */

/* Offset behind the last `:` of the text outside variables; 0 when there is none. */
static size_t after_last_colon(gdf_str text)
{
    size_t start = 0;
    for (size_t colon = 0;; start = colon + 1) {
        colon = gdf__variables_find_outside(text, ':', start);
        if (colon == text.len)
            return start;
    }
}

gdf__port gdf__port_split(gdf_str text)
{
    size_t container_start = after_last_colon(text);
    gdf_str container = gdf__str_slice(text, container_start, text.len);
    size_t slash = gdf__variables_find_outside(container, '/', 0);
    gdf_str front = gdf__str_slice(text, 0, container_start ? container_start - 1 : 0);
    size_t host_start = after_last_colon(front);
    return (gdf__port){
        .address = gdf__str_slice(front, 0, host_start ? host_start - 1 : 0),
        .host = gdf__str_slice(front, host_start, front.len),
        .number = gdf__str_slice(container, 0, slash),
        .protocol = gdf__str_slice(container, slash + 1, container.len),
    };
}

/* ---- addresses ------------------------------------------------------------------------------- */

/* Four decimal numbers up to 255 without leading zeros. */
static bool is_ipv4(gdf_str text)
{
    for (int part = 0; part < 4; part++) {
        size_t dot = gdf__str_find(text, '.', 0);
        gdf_str digits = gdf__str_slice(text, 0, dot);
        int64_t value = 0;
        if (digits.len == 0 || digits.len > 3 || (digits.len > 1 && digits.ptr[0] == '0') ||
            !gdf__ascii_is_digit(digits.ptr[0]) ||
            gdf__number_parse(digits, 32, &value) != GDF__NUMBER_OK || value > 255 ||
            (part < 3) != (dot < text.len))
            return false;
        text = gdf__str_slice(text, dot + 1, text.len);
    }
    return true;
}

enum { IPV6_GROUPS = 8, IPV4_GROUPS = 2, LONGEST_GROUP = 4 };

static size_t hex_group(gdf_str text)
{
    size_t len = 0;
    while (len < text.len && gdf__ascii_hex_value(text.ptr[len]) >= 0)
        len++;
    return len;
}

/* Takes the `:` or `::` in front of a further group; false when there is neither, when nothing
 * follows a `:`, or when it is the second `::`. */
static bool take_colons(gdf_str *text, bool *gap)
{
    if (text->len < 2 || text->ptr[0] != ':')
        return false;
    bool doubled = text->ptr[1] == ':';
    if (doubled && *gap)
        return false;
    *gap = *gap || doubled;
    *text = gdf__str_slice(*text, doubled ? 2 : 1, text->len);
    return true;
}

static bool groups_fit(int groups, bool gap)
{
    return gap ? groups < IPV6_GROUPS : groups == IPV6_GROUPS;
}

/* Eight groups of up to four hexadecimal digits; `::` stands once for one or more zero groups; the
 * last two may be an IPv4 address. */
static bool is_ipv6(gdf_str text)
{
    int groups = 0;
    bool gap = gdf__str_starts(text, "::");
    if (gap)
        text = gdf__str_slice(text, 2, text.len);
    while (text.len && groups < IPV6_GROUPS) {
        size_t len = hex_group(text);
        if (len < text.len && text.ptr[len] == '.')
            return is_ipv4(text) && groups_fit(groups + IPV4_GROUPS, gap);
        if (len == 0 || len > LONGEST_GROUP)
            return false;
        groups++;
        text = gdf__str_slice(text, len, text.len);
        if (text.len && !take_colons(&text, &gap))
            return false;
    }
    return text.len == 0 && groups_fit(groups, gap);
}

static bool is_address(gdf_str text)
{
    size_t dot = gdf__str_find(text, '.', 0);
    return dot < gdf__str_find(text, ':', 0) ? is_ipv4(text) : is_ipv6(text);
}

/* What is wrong with an address in brackets, as net.SplitHostPort says it of `[…]:`; NULL and the
 * address without them when nothing is. */
static const char *strip_brackets(gdf_str *address)
{
    size_t close = gdf__str_find(*address, ']', 0);
    if (close == address->len)
        return "missing ']' in address";
    if (close + 1 < address->len)
        return address->ptr[close + 1] == ':' ? "too many colons in address"
                                              : "missing port in address";
    *address = gdf__str_slice(*address, 1, close);
    return gdf__str_has_byte(*address, '[') ? "unexpected '[' in address" : NULL;
}

/* ---- checking -------------------------------------------------------------------------------- */

static gdf_str join(gdf__arena *arena, const gdf_str *pieces, size_t count)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    for (size_t i = 0; i < count; i++)
        gdf__builder_add(&message, pieces[i]);
    return gdf__builder_to_arena(&message, arena);
}

#define JOIN(arena, ...) \
    join(arena, (const gdf_str[]){__VA_ARGS__}, sizeof(gdf_str[]){__VA_ARGS__} / sizeof(gdf_str))

static gdf_str refuse_protocol(gdf_str text, gdf_str reason, gdf_str protocol, gdf__arena *arena)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_text(&message, "invalid port: ");
    gdf__builder_add_go_quoted(&message, text);
    gdf__builder_add(&message, reason);
    gdf__builder_add(&message, protocol);
    return gdf__builder_to_arena(&message, arena);
}

static bool is_protocol(gdf_str protocol)
{
    return protocol.len == 0 || gdf__str_is_nocase(protocol, "tcp") ||
           gdf__str_is_nocase(protocol, "udp") || gdf__str_is_nocase(protocol, "sctp");
}

static gdf_str check_address(gdf_str address, gdf__arena *arena)
{
    gdf_str bare = address;
    const char *problem = gdf__str_starts(address, "[") ? strip_brackets(&bare) : NULL;
    if (problem)
        return JOIN(arena, GDF__LITERAL("invalid IP address "), address, GDF__LITERAL(": address "),
                    address, GDF__LITERAL(":: "), gdf__str(problem));
    if (bare.len && !is_address(bare))
        return JOIN(arena, GDF__LITERAL("invalid IP address: "), bare);
    return gdf__empty;
}

static bool parse_port(gdf_str text, uint32_t *port)
{
    int64_t value = 0;
    if (gdf__number_parse(text, 64, &value) != GDF__NUMBER_OK || value < 0 || value > MAX_PORT)
        return false;
    *port = (uint32_t)value;
    return true;
}

bool gdf__port_range_parse(gdf_str text, uint32_t *first, uint32_t *last)
{
    size_t dash = gdf__str_find(text, '-', 0);
    gdf_str start = gdf__str_slice(text, 0, dash);
    if (!parse_port(start, first))
        return false;
    *last = *first;
    return dash == text.len ||
           (parse_port(gdf__str_slice(text, dash + 1, text.len), last) && *last >= *first);
}

static gdf_str check_ranges(const gdf__port *port, gdf__arena *arena)
{
    uint32_t first = 0;
    uint32_t last = 0;
    uint32_t host_first = 0;
    uint32_t host_last = 0;
    if (!gdf__port_range_parse(port->number, &first, &last))
        return JOIN(arena, GDF__LITERAL("invalid containerPort: "), port->number);
    if (port->host.len == 0)
        return gdf__empty;
    if (!gdf__port_range_parse(port->host, &host_first, &host_last))
        return JOIN(arena, GDF__LITERAL("invalid hostPort: "), port->host);
    if (first != last && last - first != host_last - host_first)
        return JOIN(arena, GDF__LITERAL("invalid ranges specified for container and host Ports: "),
                    port->number, GDF__LITERAL(" and "), port->host);
    return gdf__empty;
}

/* The piece of the text as it was written, variables having no meaning any more. */
gdf__port gdf__port_split_expanded(gdf_str text)
{
    size_t container = text.len;
    while (container > 0 && text.ptr[container - 1] != ':')
        container--;
    size_t host = container ? container - 1 : 0;
    while (host > 0 && text.ptr[host - 1] != ':')
        host--;
    size_t slash = gdf__str_find(text, '/', container);
    return (gdf__port){
        .address = gdf__str_slice(text, 0, host ? host - 1 : 0),
        .host = gdf__str_slice(text, host, container ? container - 1 : 0),
        .number = gdf__str_slice(text, container, slash),
        .protocol = gdf__str_slice(text, slash + 1, text.len),
    };
}

gdf_str gdf__port_check(gdf_str text, gdf__arena *arena)
{
    gdf__port port = gdf__port_split_expanded(text);
    if (port.number.len == 0)
        return refuse_protocol(text, GDF__LITERAL(": no port specified"), gdf__empty, arena);
    if (!is_protocol(port.protocol))
        return refuse_protocol(text, GDF__LITERAL(": invalid proto: "), port.protocol, arena);
    gdf_str problem = check_address(port.address, arena);
    return problem.len ? problem : check_ranges(&port, arena);
}
