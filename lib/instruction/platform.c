#include "instruction/platform.h"

#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"

enum { MAX_PARTS = 4, ESCAPE_LEN = 3 /* %XX */ };

static const char OS_PATTERN[] =
    "^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$";
static const char PART_PATTERN[] = "^[A-Za-z0-9_.-]+$";

static const char *const SYSTEMS[] = {
    "aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios", "js",
    "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "windows", "zos",
};

static const char *const ARCHITECTURES[] = {
    "386",     "amd64",   "amd64p32", "arm",    "armbe",  "arm64",    "arm64be",   "ppc64",
    "ppc64le", "loong64", "mips",     "mipsle", "mips64", "mips64le", "mips64p32", "mips64p32le",
    "ppc",     "riscv",   "riscv64",  "s390",   "s390x",  "sparc",    "sparc64",   "wasm",
};

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool is_one_of(gdf_str text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (gdf__str_is(text, words[i]))
            return true;
    }
    return false;
}

static bool is_part_byte(char c)
{
    return gdf__ascii_is_word(c) || c == '.' || c == '-';
}

static bool is_part(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!is_part_byte(text.ptr[i]))
            return false;
    }
    return text.len > 0;
}

/* The parts of `os`, `os(version)`, `os(version+feature+…)`; features with the `+` in front. */
typedef struct os_part {
    gdf_str name;
    gdf_str version;
    gdf_str features;
} os_part;

static bool split_os(gdf_str text, os_part *os)
{
    size_t at = 0;
    while (at < text.len && (gdf__ascii_is_word(text.ptr[at]) || text.ptr[at] == '-'))
        at++;
    *os = (os_part){gdf__str_slice(text, 0, at), gdf__empty, gdf__empty};
    if (at == text.len)
        return at > 0;
    if (at == 0 || text.ptr[at] != '(' || text.ptr[text.len - 1] != ')' || at + 1 == text.len)
        return false;
    gdf_str inner = gdf__str_slice(text, at + 1, text.len - 1);
    size_t plus = gdf__str_find(inner, '+', 0);
    os->version = gdf__str_slice(inner, 0, plus);
    os->features = gdf__str_slice(inner, plus, inner.len);
    for (size_t i = 0; i < inner.len; i++) {
        bool joins = inner.ptr[i] == '+';
        bool dangling = joins && (i + 1 == inner.len || inner.ptr[i + 1] == '+');
        if (dangling || (!joins && inner.ptr[i] != '%' && !is_part_byte(inner.ptr[i])))
            return false;
    }
    return true;
}

static gdf_str lower(gdf_str text, gdf__arena *arena)
{
    char *bytes = gdf__arena_take_bytes(arena, text.len);
    if (!bytes)
        return gdf__empty;
    for (size_t i = 0; i < text.len; i++)
        bytes[i] = gdf__ascii_lower(text.ptr[i]);
    return (gdf_str){bytes, text.len};
}

/* ---- usual spellings ------------------------------------------------------------------------- */

static const struct {
    const char *alias;
    const char *architecture;
    const char *variant; /* NULL: the written one stays */
} ALIASES[] = {
    {"i386", "386", ""},        {"x86_64", "amd64", NULL}, {"x86-64", "amd64", NULL},
    {"aarch64", "arm64", NULL}, {"armhf", "arm", "v7"},    {"armel", "arm", "v6"},
};

static const struct {
    const char *architecture;
    const char *written;
    const char *variant;
} VARIANTS[] = {
    {"amd64", "v1", ""},  {"arm64", "8", ""},     {"arm64", "v8", ""},     {"arm64", "v8.0", ""},
    {"arm64", "9", "v9"}, {"arm64", "9.0", "v9"}, {"arm64", "v9.0", "v9"}, {"arm", "", "v7"},
    {"arm", "7", "v7"},   {"arm", "5", "v5"},     {"arm", "6", "v6"},      {"arm", "8", "v8"},
};

static void normalize_architecture(gdf__platform *platform)
{
    for (size_t i = 0; i < COUNT_OF(ALIASES); i++) {
        if (!gdf__str_is(platform->architecture, ALIASES[i].alias))
            continue;
        platform->architecture = gdf__str(ALIASES[i].architecture);
        if (ALIASES[i].variant)
            platform->variant = gdf__str(ALIASES[i].variant);
        break;
    }
    for (size_t i = 0; i < COUNT_OF(VARIANTS); i++) {
        if (gdf__str_is(platform->architecture, VARIANTS[i].architecture) &&
            gdf__str_is(platform->variant, VARIANTS[i].written)) {
            platform->variant = gdf__str(VARIANTS[i].variant);
            break;
        }
    }
}

/* ---- parsing --------------------------------------------------------------------------------- */

static gdf_str refuse(gdf__arena *arena, gdf_str text, const char *reason)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_go_quoted(&message, text);
    gdf__builder_add_text(&message, reason);
    gdf__builder_add_text(&message, ": invalid argument");
    return gdf__builder_to_arena(&message, arena);
}

static gdf_str refuse_part(gdf__arena *arena, gdf_str part, gdf_str text, bool os)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_go_quoted(&message, part);
    gdf__builder_add_text(&message,
                          os ? " is an invalid OS component of " : " is an invalid component of ");
    gdf__builder_add_go_quoted(&message, text);
    gdf__builder_add_text(&message, os ? ": OSAndVersion specifier component must match "
                                       : ": platform specifier component must match ");
    gdf__builder_add_go_quoted(&message, gdf__str(os ? OS_PATTERN : PART_PATTERN));
    gdf__builder_add_text(&message, ": invalid argument");
    return gdf__builder_to_arena(&message, arena);
}

/* The first `%` that is not followed by two hexadecimal digits, with what follows it; empty when
 * there is none. */
static gdf_str bad_escape(gdf_str text)
{
    for (size_t at = gdf__str_find(text, '%', 0); at < text.len;
         at = gdf__str_find(text, '%', at + 1)) {
        gdf_str escape = gdf__str_slice(text, at, at + ESCAPE_LEN);
        if (escape.len < ESCAPE_LEN || gdf__ascii_hex_value(escape.ptr[1]) < 0 ||
            gdf__ascii_hex_value(escape.ptr[2]) < 0)
            return escape;
    }
    return gdf__empty;
}

static gdf_str unescape(gdf_str text, gdf__arena *arena)
{
    char *bytes = gdf__str_has_byte(text, '%') ? gdf__arena_take_bytes(arena, text.len) : NULL;
    if (!bytes)
        return text;
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bytes[len] = text.ptr[i];
        if (text.ptr[i] == '%') {
            int value = 16 * gdf__ascii_hex_value(text.ptr[i + 1]);
            bytes[len] = (char)(value + gdf__ascii_hex_value(text.ptr[i + 2]));
            i += ESCAPE_LEN - 1;
        }
        len++;
    }
    return (gdf_str){bytes, len};
}

static gdf_str refuse_escape(gdf__arena *arena, gdf_str text, const char *what, gdf_str piece,
                             gdf_str escape)
{
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_go_quoted(&message, text);
    gdf__builder_add_text(&message, what);
    gdf__builder_add_go_quoted(&message, piece);
    gdf__builder_add_text(&message, ": invalid URL escape ");
    gdf__builder_add_go_quoted(&message, escape);
    return gdf__builder_to_arena(&message, arena);
}

/* The escapes of version and features. */
static gdf_str check_escapes(gdf__arena *arena, gdf_str text, const os_part *os)
{
    gdf_str escape = bad_escape(os->version);
    if (escape.len)
        return refuse_escape(arena, text, " has an invalid OS version ", os->version, escape);
    for (size_t start = 1; start < os->features.len;) {
        size_t end = gdf__str_find(os->features, '+', start);
        gdf_str feature = gdf__str_slice(os->features, start, end);
        escape = bad_escape(feature);
        if (escape.len)
            return refuse_escape(arena, text, " has invalid OS features: invalid os feature ",
                                 feature, escape);
        start = end + 1;
    }
    return gdf__empty;
}

/* At most MAX_PARTS pieces between slashes, the last one with all that is left. */
static size_t split(gdf_str text, gdf_str parts[MAX_PARTS])
{
    size_t count = 0;
    for (size_t start = 0;;) {
        size_t end = count + 1 < MAX_PARTS ? gdf__str_find(text, '/', start) : text.len;
        parts[count++] = gdf__str_slice(text, start, end);
        if (end == text.len)
            return count;
        start = end + 1;
    }
}

/* A single word: a known system, or a known architecture. */
static gdf_str complete_one(gdf_str text, const gdf__platform *host, gdf__platform *platform,
                            gdf__arena *arena)
{
    if (is_one_of(platform->os, SYSTEMS, COUNT_OF(SYSTEMS))) {
        platform->architecture = host->architecture;
        platform->variant = host->variant;
        return gdf__empty;
    }
    platform->architecture = lower(text, arena);
    normalize_architecture(platform);
    if (!is_one_of(platform->architecture, ARCHITECTURES, COUNT_OF(ARCHITECTURES)))
        return refuse(arena, text, ": unknown operating system or architecture");
    platform->os = host->os;
    return gdf__empty;
}

static void drop_default_variant(gdf__platform *platform)
{
    if (gdf__str_is(platform->architecture, "arm") && gdf__str_is(platform->variant, "v7"))
        platform->variant = gdf__empty;
}

gdf_str gdf__platform_parse(gdf_str text, const gdf__platform *host, gdf__platform *platform,
                            gdf__arena *arena)
{
    gdf_str parts[MAX_PARTS];
    if (gdf__str_has_byte(text, '*'))
        return refuse(arena, text, ": wildcards not yet supported");
    size_t count = split(text, parts);
    *platform = (gdf__platform){gdf__empty, gdf__empty, gdf__empty, gdf__empty};
    os_part os;
    if (!split_os(parts[0], &os))
        return refuse_part(arena, parts[0], text, true);
    gdf_str problem = check_escapes(arena, text, &os);
    if (problem.len)
        return problem;
    for (size_t i = 1; i < count; i++) {
        if (!is_part(parts[i]))
            return refuse_part(arena, parts[i], text, false);
    }
    if (count == MAX_PARTS)
        return refuse(arena, text, ": cannot parse platform specifier");
    platform->os = lower(os.name, arena);
    platform->os_version = unescape(os.version, arena);
    if (gdf__str_is(platform->os, "macos"))
        platform->os = GDF__LITERAL("darwin");
    if (count == 1) {
        problem = complete_one(text, host, platform, arena);
    } else {
        platform->architecture = lower(parts[1], arena);
        platform->variant = count > 2 ? lower(parts[2], arena) : gdf__empty;
        normalize_architecture(platform);
    }
    if (count < 3)
        drop_default_variant(platform);
    else if (gdf__str_is(platform->architecture, "arm64") && platform->variant.len == 0)
        platform->variant = GDF__LITERAL("v8");
    return problem;
}
