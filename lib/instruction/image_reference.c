#include "instruction/image_reference.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "instruction/variables.h"

/* Limits of the reference grammar. */
enum {
    MAX_NAME = 255,
    MAX_TAG = 128,
    MIN_DIGEST_HEX = 32,
    IMAGE_ID_LEN = 64 /* bare image ids are no references */
};

static const gdf_str DEFAULT_DOMAIN = {"docker.io", 9};
static const gdf_str OFFICIAL_PREFIX = {"library/", 8};
/* What joins the pieces of a digest algorithm. */
static const gdf_str JOINTS = {"-_+.", 4};

/* ---- splitting ------------------------------------------------------------------------------- */

static bool has_upper(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (gdf__ascii_is_upper(text.ptr[i]))
            return true;
    }
    return false;
}

static bool looks_like_registry(gdf_str component)
{
    return gdf__str_starts(component, "$") || gdf__str_is(component, "localhost") ||
           gdf__str_has_byte(component, '.') || gdf__str_has_byte(component, ':') ||
           has_upper(component);
}

gdf__image_reference gdf__image_reference_split(gdf_str text)
{
    gdf__image_reference reference;
    size_t at = gdf__variables_find_outside(text, '@', 0);
    gdf_str name = gdf__str_slice(text, 0, at);
    reference.digest = gdf__str_slice(text, at + 1, text.len);

    size_t slash = gdf__variables_find_outside(name, '/', 0);
    bool has_registry = slash < name.len && looks_like_registry(gdf__str_slice(name, 0, slash));
    reference.registry = gdf__str_slice(name, 0, has_registry ? slash : 0);
    gdf_str path = gdf__str_slice(name, has_registry ? slash + 1 : 0, name.len);

    size_t colon = gdf__variables_find_outside(path, ':', 0);
    reference.repository = gdf__str_slice(path, 0, colon);
    reference.tag = gdf__str_slice(path, colon + 1, path.len);
    return reference;
}

/* ---- the grammar ----------------------------------------------------------------------------- */

static bool is_component_byte(char c)
{
    return gdf__ascii_is_lower(c) || gdf__ascii_is_digit(c);
}

static size_t run_of(gdf_str text, size_t at, bool (*accepts)(char))
{
    while (at < text.len && accepts(text.ptr[at]))
        at++;
    return at;
}

/* `.`, `_`, `__` or any number of `-`. */
static size_t skip_separator(gdf_str text, size_t at)
{
    size_t start = at;
    while (at < text.len && text.ptr[at] == '-')
        at++;
    if (at > start || at == text.len)
        return at;
    if (text.ptr[at] == '.')
        return at + 1;
    for (int i = 0; i < 2 && at < text.len && text.ptr[at] == '_'; i++)
        at++;
    return at;
}

/* A path component with nothing behind it. */
static bool is_component(gdf_str text)
{
    size_t at = 0;
    for (;;) {
        size_t end = run_of(text, at, is_component_byte);
        if (end == at)
            return false;
        if (end == text.len)
            return true;
        at = skip_separator(text, end);
        if (at == end)
            return false;
    }
}

static bool is_path(gdf_str text)
{
    for (size_t start = 0;;) {
        size_t slash = gdf__str_find(text, '/', start);
        if (!is_component(gdf__str_slice(text, start, slash)))
            return false;
        if (slash == text.len)
            return true;
        start = slash + 1;
    }
}

static bool is_domain_label(gdf_str text)
{
    if (text.len == 0 || text.ptr[0] == '-' || text.ptr[text.len - 1] == '-')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_alnum(text.ptr[i]) && text.ptr[i] != '-')
            return false;
    }
    return true;
}

static bool is_host(gdf_str text)
{
    for (size_t start = 0;;) {
        size_t dot = gdf__str_find(text, '.', start);
        if (!is_domain_label(gdf__str_slice(text, start, dot)))
            return false;
        if (dot == text.len)
            return true;
        start = dot + 1;
    }
}

static bool is_ipv6_byte(char c)
{
    return c == ':' || gdf__ascii_hex_value(c) >= 0;
}

static bool is_domain(gdf_str text)
{
    size_t host_end = 0;
    if (gdf__str_starts(text, "[")) {
        host_end = run_of(text, 1, is_ipv6_byte);
        if (host_end == 1 || host_end == text.len || text.ptr[host_end] != ']')
            return false;
        host_end++;
    } else {
        host_end = gdf__str_find(text, ':', 0);
        if (!is_host(gdf__str_slice(text, 0, host_end)))
            return false;
    }
    if (host_end == text.len)
        return true;
    size_t port = host_end + 1;
    return text.ptr[host_end] == ':' && port < text.len &&
           run_of(text, port, gdf__ascii_is_digit) == text.len;
}

static bool is_tag_byte(char c)
{
    return gdf__ascii_is_word(c) || c == '.' || c == '-';
}

static bool is_tag(gdf_str text)
{
    return text.len > 0 && text.len <= MAX_TAG && gdf__ascii_is_word(text.ptr[0]) &&
           run_of(text, 0, is_tag_byte) == text.len;
}

static bool is_hex(char c)
{
    return gdf__ascii_hex_value(c) >= 0;
}

static bool is_digest(gdf_str text)
{
    size_t colon = gdf__str_find(text, ':', 0);
    for (size_t at = 0; at < colon; at++) {
        if (!gdf__ascii_is_alpha(text.ptr[at]))
            return false;
        at = run_of(text, at, gdf__ascii_is_alnum);
        if (at < colon && (!gdf__str_has_byte(JOINTS, text.ptr[at]) || at + 1 == colon))
            return false;
    }
    return colon > 0 && colon < text.len && text.len - colon - 1 >= MIN_DIGEST_HEX &&
           run_of(text, colon + 1, is_hex) == text.len;
}

/* ---- digests --------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    size_t hex_len;
} ALGORITHMS[] = {{"sha256", 64}, {"sha384", 96}, {"sha512", 128}};

static bool is_lower_hex(char c)
{
    return gdf__ascii_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* The bytes of an algorithm's name: `[a-z0-9]+` joined by single `.+_-`. */
static bool is_registered_algorithm(gdf_str name)
{
    bool joint = true;
    for (size_t i = 0; i < name.len; i++) {
        bool component = is_component_byte(name.ptr[i]);
        if (!component && (joint || !gdf__str_has_byte(JOINTS, name.ptr[i])))
            return false;
        joint = !component;
    }
    return !joint;
}

gdf_str gdf__digest_check(gdf_str digest)
{
    size_t colon = gdf__str_find(digest, ':', 0);
    if (colon == 0 || colon + 1 >= digest.len)
        return GDF__LITERAL("invalid checksum digest format");
    gdf_str name = gdf__str_slice(digest, 0, colon);
    gdf_str hex = gdf__str_slice(digest, colon + 1, digest.len);
    for (size_t i = 0; i < sizeof ALGORITHMS / sizeof *ALGORITHMS; i++) {
        if (!gdf__str_is(name, ALGORITHMS[i].name))
            continue;
        if (hex.len != ALGORITHMS[i].hex_len)
            return GDF__LITERAL("invalid checksum digest length");
        return run_of(hex, 0, is_lower_hex) == hex.len
                   ? gdf__empty
                   : GDF__LITERAL("invalid checksum digest format");
    }
    bool encoded = true;
    for (size_t i = 0; i < hex.len; i++)
        encoded =
            encoded && (gdf__ascii_is_word(hex.ptr[i]) || hex.ptr[i] == '-' || hex.ptr[i] == '=');
    return encoded && is_registered_algorithm(name)
               ? GDF__LITERAL("unsupported digest algorithm")
               : GDF__LITERAL("invalid checksum digest format");
}

/* ---- checking -------------------------------------------------------------------------------- */

static bool is_image_id(gdf_str text)
{
    return text.len == IMAGE_ID_LEN && run_of(text, 0, is_lower_hex) == text.len;
}

/* What the builder makes of the text: a domain, and the rest with its `library/`. */
typedef struct normal_name {
    gdf_str domain;
    gdf_str prefix; /* in front of the rest: "library/" or nothing */
    gdf_str rest;
} normal_name;

static normal_name normalize(gdf_str text)
{
    size_t slash = gdf__str_find(text, '/', 0);
    gdf_str first = gdf__str_slice(text, 0, slash);
    normal_name name = {DEFAULT_DOMAIN, gdf__empty, text};
    if (slash < text.len &&
        (gdf__str_is(first, "localhost") || gdf__str_has_byte(first, '.') ||
         gdf__str_has_byte(first, ':') || gdf__utf8_changes_when_lowered(first))) {
        name.domain = gdf__str_is(first, "index.docker.io") ? DEFAULT_DOMAIN : first;
        name.rest = gdf__str_slice(text, slash + 1, text.len);
    }
    if (gdf__str_equal(name.domain, DEFAULT_DOMAIN) && !gdf__str_has_byte(name.rest, '/'))
        name.prefix = OFFICIAL_PREFIX;
    return name;
}

static gdf_str refuse(gdf__arena *arena, const char *before, gdf_str prefix, gdf_str text,
                      const char *after)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_text(&message, before);
    gdf__builder_add(&message, prefix);
    gdf__builder_add(&message, text);
    gdf__builder_add_text(&message, after);
    return gdf__builder_to_arena(&message, arena);
}

/* The whole against the grammar; `path` is the repository, without tag and digest. */
static bool matches(const normal_name *name, gdf_str *path, gdf_str *digest)
{
    gdf_str rest = name->rest;
    size_t at = gdf__str_find(rest, '@', 0);
    bool has_digest = at < rest.len;
    *digest = gdf__str_slice(rest, at + 1, rest.len);
    rest = gdf__str_slice(rest, 0, at);
    size_t colon = gdf__str_find(rest, ':', 0);
    bool has_tag = colon < rest.len;
    *path = gdf__str_slice(rest, 0, colon);
    return is_path(*path) &&
           (name->domain.ptr == DEFAULT_DOMAIN.ptr || is_domain(name->domain) ||
            is_component(name->domain)) &&
           (!has_tag || is_tag(gdf__str_slice(rest, colon + 1, rest.len))) &&
           (!has_digest || is_digest(*digest));
}

static gdf_str lower(gdf_str text, gdf__arena *arena)
{
    gdf__builder lowered;
    gdf__builder_init(&lowered, &arena->allocator);
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        char bytes[4];
        size_t len = gdf__utf8_encode(gdf__utf8_lower(rune.value), bytes);
        gdf__builder_add(&lowered, (gdf_str){bytes, len});
        at += rune.len;
    }
    return gdf__builder_to_arena(&lowered, arena);
}

/* The builder's text for a reference that does not match: it tries again in lower case. */
static gdf_str refuse_format(const normal_name *name, gdf__arena *arena)
{
    normal_name lowered = {lower(name->domain, arena), name->prefix, lower(name->rest, arena)};
    gdf_str path;
    gdf_str digest;
    return matches(&lowered, &path, &digest) ? GDF__LITERAL("repository name must be lowercase")
                                             : GDF__LITERAL("invalid reference format");
}

bool gdf__image_reference_is_plain(gdf_str text)
{
    size_t at = 0;
    for (;;) {
        size_t start = at;
        while (at < text.len && is_component_byte(text.ptr[at]))
            at++;
        if (at == start || at >= IMAGE_ID_LEN)
            return false;
        if (at == text.len)
            return true;
        char joint = text.ptr[at++];
        if (joint == ':')
            return is_tag(gdf__str_slice(text, at, text.len));
        if (joint != '/' && joint != '.' && joint != '-')
            return false;
    }
}

gdf_str gdf__image_reference_check(gdf_str text, gdf__arena *arena)
{
    if (gdf__image_reference_is_plain(text))
        return gdf__empty;
    if (is_image_id(text))
        return refuse(arena, "invalid repository name (", gdf__empty, text,
                      "), cannot specify 64-byte hexadecimal strings");
    normal_name name = normalize(text);
    gdf_str remote = gdf__str_slice(name.rest, 0, gdf__str_find(name.rest, ':', 0));
    if (gdf__utf8_changes_when_lowered(remote))
        return refuse(arena, "invalid reference format: repository name (", name.prefix, remote,
                      ") must be lowercase");
    gdf_str path;
    gdf_str digest;
    if (!matches(&name, &path, &digest))
        return refuse_format(&name, arena);
    size_t domain_len = is_domain(name.domain) ? 0 : name.domain.len + 1;
    if (domain_len + name.prefix.len + path.len > MAX_NAME)
        return GDF__LITERAL("repository name must not be more than 255 characters");
    return digest.len ? gdf__digest_check(digest) : gdf__empty;
}

gdf_str gdf__image_reference_full(gdf_str text, gdf__arena *arena)
{
    normal_name name = normalize(text);
    gdf__builder full;
    gdf__builder_init(&full, &arena->allocator);
    gdf__builder_add(&full, name.domain);
    gdf__builder_add_byte(&full, '/');
    gdf__builder_add(&full, name.prefix);
    gdf__builder_add(&full, name.rest);
    if (!gdf__str_has_byte(name.rest, ':') && !gdf__str_has_byte(name.rest, '@'))
        gdf__builder_add_text(&full, ":latest");
    return gdf__builder_to_arena(&full, arena);
}
