#include "build/git_source.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/path.h"
#include "base/slice.h"
#include "instruction/values.h"

/* A source taken apart. Missing pieces are empty. */
typedef struct location {
    gdf_str scheme;
    gdf_str path;
    gdf_str query;
    gdf_str fragment;
} location;

/* ---- URLs ------------------------------------------------------------------------------------ */

/* %XX as bytes, and `+` as a blank in a query. False for a bad escape. */
static bool unescape(gdf_str text, bool in_query, gdf__arena *arena, gdf_str *result)
{
    char *bytes = gdf__arena_take_bytes(arena, text.len);
    size_t len = 0;
    *result = text;
    for (size_t i = 0; bytes && i < text.len; i++) {
        bytes[len] = in_query && text.ptr[i] == '+' ? ' ' : text.ptr[i];
        if (text.ptr[i] == '%') {
            int high = i + 2 < text.len ? gdf__ascii_hex_value(text.ptr[i + 1]) : -1;
            int low = i + 2 < text.len ? gdf__ascii_hex_value(text.ptr[i + 2]) : -1;
            if (high < 0 || low < 0)
                return false;
            bytes[len] = (char)(high << 4 | low);
            i += 2;
        }
        len++;
    }
    if (bytes)
        *result = (gdf_str){bytes, len};
    return true;
}

static bool has_control_byte(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        if (byte < ' ' || byte == 0x7F)
            return true;
    }
    return false;
}

/* The host may end in a port: digits, or nothing. */
static bool has_good_port(gdf_str authority)
{
    size_t at = authority.len;
    while (at > 0 && authority.ptr[at - 1] != ':' && authority.ptr[at - 1] != ']')
        at--;
    if (at == 0 || authority.ptr[at - 1] == ']')
        return true;
    for (; at < authority.len; at++) {
        if (!gdf__ascii_is_digit(authority.ptr[at]))
            return false;
    }
    return true;
}

/* `text` begins behind the scheme's `//`, or with the host for `github.com/…`. */
static bool read_url(gdf_str text, bool has_host, gdf__arena *arena, location *place)
{
    size_t hash = gdf__str_find(text, '#', 0);
    gdf_str rest = gdf__str_slice(text, 0, hash);
    size_t mark = gdf__str_find(rest, '?', 0);
    gdf_str hierarchy = gdf__str_slice(rest, 0, mark);
    size_t slash = has_host ? gdf__str_find(hierarchy, '/', 0) : 0;
    gdf_str authority = gdf__str_slice(hierarchy, 0, slash);
    place->query = gdf__str_slice(rest, mark + 1, rest.len);
    return !has_control_byte(rest) && !gdf__str_has_byte(authority, ' ') &&
           has_good_port(authority) &&
           unescape(gdf__str_slice(text, hash + 1, text.len), false, arena, &place->fragment) &&
           unescape(gdf__str_slice(hierarchy, slash, hierarchy.len), false, arena, &place->path);
}

/* ---- user@host:path -------------------------------------------------------------------------- */

static size_t skip_name(gdf_str text, size_t at, char also)
{
    while (at < text.len &&
           (gdf__ascii_is_alnum(text.ptr[at]) || text.ptr[at] == '-' || text.ptr[at] == also))
        at++;
    return at;
}

static bool has_bad_escape(gdf_str text, gdf__arena *arena)
{
    gdf_str ignored;
    return !unescape(text, true, arena, &ignored) || gdf__str_has_byte(text, ';');
}

/* A line end is no part of it. */
static bool read_secure_shell(gdf_str text, gdf__arena *arena, location *place)
{
    size_t user = skip_name(text, 0, '_');
    if (user == 0 || user == text.len || text.ptr[user] != '@')
        return false;
    size_t host = skip_name(text, user + 1, '.');
    if (host == user + 1 || host == text.len || text.ptr[host] != ':' ||
        gdf__str_has_byte(text, '\n'))
        return false;
    gdf_str rest = gdf__str_slice(text, host + 1, text.len);
    size_t mark = gdf__str_find(rest, '?', 0);
    size_t hash = gdf__str_find(rest, '#', 0);
    if (mark > hash)
        mark = hash;
    place->scheme = GDF__LITERAL("ssh");
    place->path = gdf__str_slice(rest, 0, mark);
    place->query = gdf__str_slice(rest, mark + 1, hash);
    place->fragment = gdf__str_slice(rest, hash + 1, rest.len);
    return !has_bad_escape(place->query, arena);
}

/* ---- which form ------------------------------------------------------------------------------ */

static size_t scheme_len(gdf_str text)
{
    size_t at = 0;
    while (at < text.len && gdf__ascii_is_alnum(text.ptr[at]))
        at++;
    gdf_str rest = gdf__str_slice(text, at, text.len);
    return at > 0 && gdf__str_starts(rest, "://") ? at : 0;
}

static bool read_with_scheme(gdf_str text, size_t len, gdf__arena *arena, location *place)
{
    static const char *const WEB[] = {"http", "https"};
    static const char *const OTHER[] = {"ssh", "git"};
    place->scheme = gdf__str_slice(text, 0, len);
    bool is_web =
        gdf__str_is_nocase(place->scheme, WEB[0]) || gdf__str_is_nocase(place->scheme, WEB[1]);
    bool is_other =
        gdf__str_is_nocase(place->scheme, OTHER[0]) || gdf__str_is_nocase(place->scheme, OTHER[1]);
    gdf_str rest = gdf__str_slice(text, len + strlen("://"), text.len);
    return (is_web || is_other) && read_url(rest, true, arena, place) &&
           (!is_web || gdf__str_ends(place->path, ".git"));
}

static bool read_location(gdf_str text, gdf__arena *arena, location *place, bool *is_local)
{
    *is_local = gdf__str_starts(text, "github.com/");
    *place = (location){gdf__empty, gdf__empty, gdf__empty, gdf__empty};
    if (gdf__str_starts(text, "./") || gdf__str_starts(text, "../"))
        return false;
    if (*is_local)
        return read_url(text, false, arena, place);
    size_t len = scheme_len(text);
    return len ? read_with_scheme(text, len, arena, place) : read_secure_shell(text, arena, place);
}

/* ---- the query ------------------------------------------------------------------------------- */

/* What a query has said so far. */
typedef struct query {
    gdf__git_source *source;
    gdf__arena *arena;
    gdf_str reference;
    gdf_str directory;
    gdf_str tag;
    gdf_str branch;
} query;

static bool refuse(query *work, const char *before, gdf_str text, const char *after)
{
    gdf__builder message;
    gdf__builder_init(&message, &work->arena->allocator);
    gdf__builder_add_text(&message, before);
    gdf__builder_add_go_quoted(&message, text);
    gdf__builder_add_text(&message, after);
    work->source->error = gdf__builder_to_arena(&message, work->arena);
    return false;
}

/* Two values for one thing. */
static bool agree(query *work, const char *what, gdf_str *kept, gdf_str value)
{
    if (kept->len && !gdf__str_equal(*kept, value)) {
        gdf__builder message;
        gdf__builder_init(&message, &work->arena->allocator);
        gdf__builder_add_text(&message, what);
        gdf__builder_add_go_quoted(&message, *kept);
        gdf__builder_add_text(&message, " vs ");
        gdf__builder_add_go_quoted(&message, value);
        work->source->error = gdf__builder_to_arena(&message, work->arena);
        return false;
    }
    *kept = value;
    return true;
}

/* A flag without a value is on. */
static bool read_flag(query *work, gdf_str value, const char *refusal, bool *flag)
{
    *flag = true;
    return value.len == 0 || gdf__boolean_parse(value, flag) || refuse(work, refusal, value, "");
}

static bool read_keep_git_dir(query *work, gdf_str value)
{
    work->source->has_keep_git_dir = true;
    return read_flag(work, value, "invalid keep-git-dir value: ", &work->source->keep_git_dir);
}

static bool read_submodules(query *work, gdf_str value)
{
    bool flag;
    return read_flag(work, value, "invalid submodules value: ", &flag);
}

static bool read_fetch_by_commit(query *work, gdf_str value)
{
    bool flag;
    return read_flag(work, value, "invalid fetch-by-commit value: ", &flag);
}

static bool read_reference(query *work, gdf_str value)
{
    return agree(work, "ref conflicts: ", &work->reference, value);
}

static bool read_directory(query *work, gdf_str value)
{
    return agree(work, "subdir conflicts: ", &work->directory, value);
}

static bool read_tag(query *work, gdf_str value)
{
    work->tag = value;
    return true;
}

static bool read_branch(query *work, gdf_str value)
{
    work->branch = value;
    return true;
}

static bool read_checksum(query *work, gdf_str value)
{
    work->source->checksum = value;
    return true;
}

static bool read_time(query *work, gdf_str value)
{
    return gdf__str_is(value, "checkout") || gdf__str_is(value, "commit") ||
           refuse(work, "invalid mtime value: ", value, " (must be \"checkout\" or \"commit\")");
}

static const struct {
    const char *name;
    bool (*read)(query *work, gdf_str value);
    bool may_be_empty;
} KEYS[] = {
    {"ref", read_reference, false},
    {"tag", read_tag, false},
    {"branch", read_branch, false},
    {"subdir", read_directory, false},
    {"checksum", read_checksum, false},
    {"commit", read_checksum, false},
    {"keep-git-dir", read_keep_git_dir, true},
    {"submodules", read_submodules, true},
    {"mtime", read_time, false},
    {"fetch-by-commit", read_fetch_by_commit, true},
};

enum { KEY_COUNT = sizeof KEYS / sizeof *KEYS };

static bool read_pair(query *work, gdf_str key, gdf_str value, bool seen[KEY_COUNT])
{
    size_t i = 0;
    while (i < KEY_COUNT && !gdf__str_is(key, KEYS[i].name))
        i++;
    if (value.len == 0 && (i == KEY_COUNT || !KEYS[i].may_be_empty))
        return refuse(work, "query ", key, " has no value");
    if (i == KEY_COUNT)
        return refuse(work, "unexpected query ", key, "");
    if (seen[i])
        return refuse(work, "query ", key, " has multiple values");
    seen[i] = true;
    return KEYS[i].read(work, value);
}

/* A name of a reference with its directory in front. */
static gdf_str qualify(query *work, const char *directory, gdf_str name)
{
    if (gdf__str_starts(name, directory))
        return name;
    gdf__builder text;
    gdf__builder_init(&text, &work->arena->allocator);
    gdf__builder_add_text(&text, directory);
    gdf__builder_add(&text, name);
    return gdf__builder_to_arena(&text, work->arena);
}

static void check_names(query *work)
{
    if (work->tag.len &&
        !agree(work, "ref conflicts: ", &work->reference, qualify(work, "refs/tags/", work->tag)))
        return;
    if (work->branch.len && work->tag.len)
        work->source->error = GDF__LITERAL("branch conflicts with tag");
    else if (work->branch.len)
        agree(work, "ref conflicts: ", &work->reference,
              qualify(work, "refs/heads/", work->branch));
}

/* Pairs that are no good are left out, as Go's net/url does. */
static void read_query(query *work, gdf_str text)
{
    bool seen[KEY_COUNT] = {false};
    for (size_t at = 0; at < text.len;) {
        size_t end = gdf__str_find(text, '&', at);
        gdf_str pair = gdf__str_slice(text, at, end);
        size_t equals = gdf__str_find(pair, '=', 0);
        gdf_str key;
        gdf_str value;
        at = end + 1;
        if (pair.len == 0 || gdf__str_has_byte(pair, ';') ||
            !unescape(gdf__str_slice(pair, 0, equals), true, work->arena, &key) ||
            !unescape(gdf__str_slice(pair, equals + 1, pair.len), true, work->arena, &value))
            continue;
        if (!read_pair(work, key, value, seen))
            return;
    }
    check_names(work);
}

gdf__git_source gdf__git_source_read(gdf_str text, gdf__arena *arena)
{
    gdf__git_source source = {.error = gdf__empty, .checksum = gdf__empty};
    location place;
    if (!read_location(text, arena, &place, &source.is_local))
        return source;
    source.is_git = true;
    size_t colon = gdf__str_find(place.fragment, ':', 0);
    gdf_str directory = gdf__path_join(
        GDF__LITERAL("/"), gdf__str_slice(place.fragment, colon + 1, place.fragment.len), arena);
    query work = {.source = &source,
                  .arena = arena,
                  .reference = gdf__str_slice(place.fragment, 0, colon),
                  .directory = gdf__str_slice(directory, 1, directory.len),
                  .tag = gdf__empty,
                  .branch = gdf__empty};
    read_query(&work, place.query);
    return source;
}

bool gdf__is_http_source(gdf_str text, gdf__arena *arena)
{
    if (!gdf__str_starts(text, "http://") && !gdf__str_starts(text, "https://"))
        return false;
    gdf__git_source source = gdf__git_source_read(text, arena);
    return !source.is_git || source.error.len > 0;
}
