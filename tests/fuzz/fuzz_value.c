/* The small grammars of flags and arguments: each takes any text, and what it takes means the same
 * when it is written another way. The choice is the grammar. */
#include "base/arena.h"
#include "base/ascii.h"
#include "base/builder.h"
#include "base/slice.h"
#include "build/git_source.h"
#include "fuzz/fuzz_support.h"
#include "instruction/image_reference.h"
#include "instruction/platform.h"
#include "instruction/values.h"
#include "support/fuzz_target.h"

/* A text in the arena. */
static gdf_str join(gdf__arena *arena, const char *before, gdf_str text, const char *after)
{
    gdf__builder joined;
    gdf__builder_init(&joined, &arena->allocator);
    gdf__builder_add_text(&joined, before);
    gdf__builder_add(&joined, text);
    gdf__builder_add_text(&joined, after);
    return gdf__builder_to_arena(&joined, arena);
}

static gdf_str upper(gdf__arena *arena, gdf_str text)
{
    gdf_str copy = gdf__arena_copy(arena, text);
    char *bytes = gdf__arena_take_bytes(arena, text.len);
    for (size_t i = 0; bytes && i < text.len; i++)
        bytes[i] = (char)(gdf__ascii_is_lower(copy.ptr[i]) ? copy.ptr[i] - 'a' + 'A' : copy.ptr[i]);
    return bytes ? (gdf_str){bytes, text.len} : copy;
}

static gdf_str decimal(gdf__arena *arena, int64_t number)
{
    gdf__builder text;
    gdf__builder_init(&text, &arena->allocator);
    if (number < 0)
        gdf__builder_add_byte(&text, '-');
    gdf__builder_add_number(&text, number < 0 ? -(uint64_t)number : (uint64_t)number);
    return gdf__builder_to_arena(&text, arena);
}

static void check_number(gdf_str text, gdf__arena *arena)
{
    static const unsigned BITS[] = {8, 16, 32, 64};
    gdf__number_result wider = GDF__NUMBER_OK;
    int64_t value = 0;
    int64_t again = 0;
    for (size_t i = sizeof BITS / sizeof *BITS; i-- > 0;) {
        gdf__number_result result = gdf__number_parse(text, BITS[i], &value);
        fuzz_demand_that(wider == GDF__NUMBER_OK || result != GDF__NUMBER_OK,
                         "a narrow number is a wide one");
        wider = result;
        if (result != GDF__NUMBER_OK)
            continue;
        fuzz_demand_that(gdf__number_parse(decimal(arena, value), BITS[i], &again) ==
                                 GDF__NUMBER_OK &&
                             again == value,
                         "a number reads as it is printed");
    }
}

static void check_duration(gdf_str text, gdf__arena *arena)
{
    int64_t value = 0;
    int64_t again = 0;
    gdf_str error = gdf__duration_parse(text, &value, arena);
    if (error.len) {
        fuzz_demand_that(gdf__str_starts(error, "time: "), "a refusal is one of Go's");
        return;
    }
    gdf_str printed = join(arena, "", decimal(arena, value), "ns");
    fuzz_demand_that(gdf__duration_parse(printed, &again, arena).len == 0 && again == value,
                     "a duration reads as it is printed");
    bool has_sign = gdf__str_starts(text, "-") || gdf__str_starts(text, "+");
    fuzz_demand_that(has_sign ||
                         (gdf__duration_parse(join(arena, "-", text, ""), &again, arena).len == 0 &&
                          again == -value),
                     "a sign turns a duration around");
}

static void check_size(gdf_str text, gdf__arena *arena)
{
    int64_t value = 0;
    int64_t again = 0;
    if (!gdf__size_parse(text, &value))
        return;
    fuzz_demand_that(value >= 0, "a size is not negative");
    fuzz_demand_that(gdf__size_parse(upper(arena, text), &again) && again == value,
                     "the case of a suffix does not matter");
}

static void check_boolean(gdf_str text, gdf__arena *arena)
{
    bool value = false;
    (void)arena;
    fuzz_demand_that(!gdf__boolean_parse(text, &value) || text.len <= strlen("false"),
                     "a boolean is a short word");
}

static void check_mode(gdf_str text, gdf__arena *arena)
{
    if (text.len == 0)
        return;
    bool is_taken = gdf__mode_check(text, arena).len == 0;
    bool is_octal = gdf__ascii_is_digit(text.ptr[0]);
    bool is_clause = gdf__mode_check(join(arena, "u+r,", text, ",g="), arena).len == 0;
    fuzz_demand_that(is_octal || is_taken == is_clause, "clauses go together");
    fuzz_demand_that(!is_octal || !is_clause, "a number is no clause");
}

static bool is_ascii(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    }
    return true;
}

static void check_signal(gdf_str text, gdf__arena *arena)
{
    bool is_valid = gdf__signal_is_valid(text);
    fuzz_demand_that(gdf__signal_is_valid(upper(arena, text)) == is_valid,
                     "the case of a signal does not matter");
    fuzz_demand_that(!is_valid || !is_ascii(text) || !gdf__ascii_is_alpha(text.ptr[0]) ||
                         gdf__str_is_nocase(gdf__str_slice(text, 0, 3), "SIG") ||
                         gdf__signal_is_valid(join(arena, "SIG", text, "")),
                     "SIG may stand in front of a name");
}

static void expect_slice(gdf_str text, gdf_str piece)
{
    fuzz_demand_that(piece.len == 0 ||
                         (piece.ptr >= text.ptr && piece.ptr + piece.len <= text.ptr + text.len),
                     "pieces are slices of the text");
}

static void check_port(gdf_str text, gdf__arena *arena)
{
    const gdf__port ports[] = {gdf__port_split(text), gdf__port_split_expanded(text)};
    uint32_t first = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < sizeof ports / sizeof *ports; i++) {
        expect_slice(text, ports[i].address);
        expect_slice(text, ports[i].host);
        expect_slice(text, ports[i].number);
        expect_slice(text, ports[i].protocol);
    }
    if (gdf__port_check(text, arena).len)
        return;
    fuzz_demand_that(gdf__port_range_parse(ports[1].number, &first, &last) && first <= last,
                     "a port that is taken has numbers");
    fuzz_demand_that(gdf__port_check(upper(arena, text), arena).len == 0,
                     "the case of a protocol does not matter");
}

/* `os/architecture/variant`, without the version. */
static gdf_str print_platform(gdf__arena *arena, const gdf__platform *platform)
{
    gdf__builder text;
    gdf__builder_init(&text, &arena->allocator);
    gdf__builder_add(&text, platform->os);
    gdf__builder_add_byte(&text, '/');
    gdf__builder_add(&text, platform->architecture);
    if (platform->variant.len)
        gdf__builder_add_byte(&text, '/');
    gdf__builder_add(&text, platform->variant);
    return gdf__builder_to_arena(&text, arena);
}

static void check_platform(gdf_str text, gdf__arena *arena)
{
    static const gdf__platform HOST = {.os = {"linux", 5},
                                       .os_version = {"", 0},
                                       .architecture = {"amd64", 5},
                                       .variant = {"", 0}};
    gdf__platform platform;
    gdf__platform again;
    gdf_str error = gdf__platform_parse(text, &HOST, &platform, arena);
    if (error.len) {
        fuzz_demand_that(gdf__str_starts(error, "\"") &&
                             (gdf__str_ends(error, ": invalid argument") ||
                              gdf__str_contains(error, ": invalid URL escape ")),
                         "a refusal is one of the builder's");
        return;
    }
    fuzz_demand_that(platform.os.len && platform.architecture.len,
                     "a platform has system and architecture");
    gdf_str printed = print_platform(arena, &platform);
    fuzz_demand_that(gdf__platform_parse(printed, &HOST, &again, arena).len == 0 &&
                         gdf__str_equal(print_platform(arena, &again), printed),
                     "a platform reads as it is printed");
}

static void check_git(gdf_str text, gdf__arena *arena)
{
    gdf__git_source source = gdf__git_source_read(text, arena);
    bool is_http = gdf__is_http_source(text, arena);
    fuzz_demand_that(!is_http || !source.is_git || source.error.len,
                     "a file is no repository that could be read");
    fuzz_demand_that(source.error.len == 0 || source.is_git, "only a repository has a query");
    fuzz_demand_that(!is_http || gdf__str_starts(text, "http"), "a file has a scheme");
}

static void check_digest(gdf_str text, gdf__arena *arena)
{
    static const char UNKNOWN[] = "unsupported digest algorithm";
    gdf_str error = gdf__digest_check(text);
    gdf_str reference = join(arena, "a@", text, "");
    bool is_reference = gdf__image_reference_check(reference, arena).len == 0;
    fuzz_demand_that(error.len || is_reference, "a good digest makes a good reference");
    fuzz_demand_that(error.len == 0 || gdf__str_starts(error, "invalid checksum digest ") ||
                         gdf__str_is(error, UNKNOWN),
                     "a refusal is one of the builder's");
}

static void check_stage_name(gdf_str text, gdf__arena *arena)
{
    bool is_valid = gdf__stage_name_is_valid(text);
    fuzz_demand_that(gdf__stage_name_is_valid(upper(arena, text)) == is_valid,
                     "the case of a stage's name does not matter");
    fuzz_demand_that(!is_valid || gdf__stage_name_is_valid(join(arena, "", text, "-0")),
                     "a longer name is a name");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static void (*const CHECKS[])(gdf_str, gdf__arena *) = {
        check_number, check_duration, check_size, check_boolean, check_mode,       check_signal,
        check_port,   check_platform, check_git,  check_digest,  check_stage_name,
    };
    fuzz_input input = fuzz_read(data, size);
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    CHECKS[input.choices % (sizeof CHECKS / sizeof *CHECKS)](input.text, &arena);
    fuzz_demand_that(!arena.failed, "memory was there");
    gdf__arena_free(&arena);
    return 0;
}
