/* lib/instruction: the small grammars of values, with the builder's error texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/builder.h"
#include "base/slice.h"
#include "base/unicode_case.h"
#include "instruction/csv.h"
#include "instruction/image_reference.h"
#include "instruction/platform.h"
#include "instruction/suggestion.h"
#include "instruction/values.h"
#include "instruction/variables.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* An input and what comes out of it: "" or an error text. */
typedef struct text_case {
    const char *input;
    const char *expected;
} text_case;

typedef gdf_str (*text_check)(gdf_str text, gdf__arena *arena);

static void check_texts(const text_case *cases, size_t count, text_check check)
{
    counting_allocator counter;
    counting_allocator_init(&counter);
    gdf__arena arena;
    gdf__arena_init(&arena, &counter.allocator);
    for (size_t i = 0; i < count; i++)
        assert_slice_is(check(gdf__str(cases[i].input), &arena), cases[i].expected);
    gdf__arena_free(&arena);
    counting_allocator_assert_no_leak(&counter);
}

#define CHECK_TEXTS(cases, check) check_texts(cases, ARRAY_LENGTH(cases), check)

/* ---- image references ------------------------------------------------------------------------ */

static void image_references_split_at_registry_tag_and_digest(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *registry;
        const char *repository;
        const char *tag;
        const char *digest;
    } CASES[] = {
        {"golang", "", "golang", "", ""},
        {"golang:1.22", "", "golang", "1.22", ""},
        {"library/golang:1", "", "library/golang", "1", ""},
        {"quay.example/a/b:c@sha256:ff", "quay.example", "a/b", "c", "sha256:ff"},
        {"localhost/app", "localhost", "app", "", ""},
        {"localhost:5000/app:x", "localhost:5000", "app", "x", ""},
        {"localhost:5000", "", "localhost", "5000", ""},
        {"Host/app", "Host", "app", "", ""},
        {"golang:${V}-alpine", "", "golang", "${V}-alpine", ""},
        {"golang:${V:-1/2@3}", "", "golang", "${V:-1/2@3}", ""},
        {"${REGISTRY}/app:1", "${REGISTRY}", "app", "1", ""},
        {"$REGISTRY/a/b", "$REGISTRY", "a/b", "", ""},
        {"${IMAGE:-a.b/c:d}", "", "${IMAGE:-a.b/c:d}", "", ""},
        {"${unclosed:x", "", "${unclosed:x", "", ""},
        {"a@", "", "a", "", ""},
        {"", "", "", "", ""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        gdf__image_reference reference = gdf__image_reference_split(gdf__str(CASES[i].text));
        assert_slice_is(reference.registry, CASES[i].registry);
        assert_slice_is(reference.repository, CASES[i].repository);
        assert_slice_is(reference.tag, CASES[i].tag);
        assert_slice_is(reference.digest, CASES[i].digest);
    }
}

#define HEX32 "0123456789abcdef0123456789abcdef"
#define A50 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static void image_references_are_refused_in_the_builders_words(void **state)
{
    (void)state;
    static const char INVALID[] = "invalid reference format";
    static const text_case CASES[] = {
        {"golang", ""},
        {"golang:1.22-alpine", ""},
        {"registry.example:5000/a/b__c/d--e:F_1@sha256:" HEX32 HEX32, ""},
        {"[::1]:5000/a", ""},
        {"foo_bar.x/y", ""},
        {HEX32 HEX32,
         "invalid repository name (" HEX32 HEX32 "), cannot specify 64-byte hexadecimal strings"},
        {"Golang", "invalid reference format: repository name (library/Golang) must be lowercase"},
        {"a/B:c", "invalid reference format: repository name (a/B) must be lowercase"},
        {"X.example/B", "invalid reference format: repository name (B) must be lowercase"},
        {"A_b/c", "repository name must be lowercase"},
        {"a:", INVALID},
        {"a b", INVALID},
        {"a:b:c", INVALID},
        {"-a", INVALID},
        {"a___b", INVALID},
        {"a/", INVALID},
        {"a@sha256:1", INVALID},
        {"\xc3\xa9", INVALID},
        {"a@sha256:" HEX32, "invalid checksum digest length"},
        {"a@md5:" HEX32, "unsupported digest algorithm"},
        {"a/" A50 A50 A50 A50 A50 "bbbb", "repository name must not be more than 255 characters"},
        {"a." A50 A50 A50 A50 A50 "/b", ""},
    };
    CHECK_TEXTS(CASES, gdf__image_reference_check);
}

/* With a digest behind it a reference is checked against the whole grammar. */
static void a_plain_reference_is_a_valid_one(void **state)
{
    (void)state;
    static const char LETTERS[] = "aab09.-_/:A@";
    static const char DIGEST[] = "@sha256:" HEX32 HEX32;
    uint64_t pattern = 1;
    uint32_t plain = 0;
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    for (int round = 0; round < 200000; round++) {
        char bytes[16 + sizeof DIGEST];
        size_t len = (size_t)round % 12;
        for (size_t i = 0; i < len; i++) {
            pattern = pattern * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            bytes[i] = LETTERS[(pattern >> 33) % (sizeof LETTERS - 1)];
        }
        if (!gdf__image_reference_is_plain((gdf_str){bytes, len}))
            continue;
        plain++;
        memcpy(bytes + len, DIGEST, sizeof DIGEST - 1);
        gdf_str error =
            gdf__image_reference_check((gdf_str){bytes, len + sizeof DIGEST - 1}, &arena);
        if (error.len)
            fail_msg("%.*s: %.*s", (int)len, bytes, (int)error.len, error.ptr);
    }
    assert_true(plain > 10000);
    gdf__arena_free(&arena);
}

/* ---- CSV ------------------------------------------------------------------------------------- */

/* The fields joined by `|`, or the error with its column. */
static gdf_str csv_shown(gdf_str text, gdf__arena *arena)
{
    gdf__builder shown;
    gdf__builder_init(&shown, &arena->allocator);
    gdf__csv csv;
    gdf__csv_field field;
    gdf__csv_init(&csv, text);
    for (bool first = true; gdf__csv_next(&csv, &field); first = false) {
        gdf__builder_add_text(&shown, first ? "" : "|");
        gdf__builder_add(&shown, gdf__csv_value(&csv, &field, arena));
    }
    if (csv.error) {
        gdf__builder_clear(&shown);
        gdf__builder_add_text(&shown, csv.error);
        gdf__builder_add_byte(&shown, '@');
        gdf__builder_add_number(&shown, csv.column);
    }
    return gdf__builder_to_arena(&shown, arena);
}

static void csv_fields_come_out_unquoted(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"type=cache,target=/go", "type=cache|target=/go"},
        {"\"a,b\",c", "a,b|c"},
        {"\"a\"\"b\"", "a\"b"},
        {"a,", "a|"},
        {"\"\",b\n", "|b"},
        {"", "EOF@0"},
        {"\r\n", "EOF@0"},
        {"a\"b", "bare \" in non-quoted-field@2"},
        {"a,\"b\"c", "extraneous or missing \" in quoted-field@5"},
        {"\"ab", "extraneous or missing \" in quoted-field@2"},
    };
    CHECK_TEXTS(CASES, csv_shown);
}

/* ---- numbers, durations, sizes --------------------------------------------------------------- */

static void numbers_parse_as_in_go(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gdf__number_result result;
        int64_t value;
    } CASES[] = {
        {"0", GDF__NUMBER_OK, 0},
        {"+080", GDF__NUMBER_OK, 80},
        {"-2147483648", GDF__NUMBER_OK, -2147483648},
        {"2147483648", GDF__NUMBER_RANGE, 0},
        {"99999999999x", GDF__NUMBER_RANGE, 0},
        {"9x9999999999", GDF__NUMBER_SYNTAX, 0},
        {"", GDF__NUMBER_SYNTAX, 0},
        {"-", GDF__NUMBER_SYNTAX, 0},
        {"1_0", GDF__NUMBER_SYNTAX, 0},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        int64_t value = 0;
        assert_int_equal(gdf__number_parse(gdf__str(CASES[i].text), 32, &value), CASES[i].result);
        assert_int_equal(value, CASES[i].value);
    }
    int64_t least = 0;
    assert_int_equal(gdf__number_parse(GDF__LITERAL("-9223372036854775808"), 64, &least),
                     GDF__NUMBER_OK);
    assert_true(least == INT64_MIN);
}

static void booleans_have_gos_twelve_spellings(void **state)
{
    (void)state;
    bool value = false;
    assert_true(gdf__boolean_parse(GDF__LITERAL("True"), &value) && value);
    assert_true(gdf__boolean_parse(GDF__LITERAL("0"), &value) && !value);
    assert_true(gdf__boolean_parse(GDF__LITERAL("f"), &value) && !value);
    assert_false(gdf__boolean_parse(GDF__LITERAL("yes"), &value));
    assert_false(gdf__boolean_parse(GDF__LITERAL("tRUE"), &value));
    assert_false(gdf__boolean_parse(GDF__LITERAL(""), &value));
}

static void durations_add_up_to_nanoseconds(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t nanoseconds;
    } CASES[] = {
        {"0", 0},
        {"+5ms", 5000000},
        {"-1s", -1000000000},
        {"1h2m3.5s", INT64_C(3723500000000)},
        {".5us", 500},
        {"5.\xc2\xb5s", 5000},
        {"9223372036854775807ns", INT64_MAX},
        {"-9223372036854775808ns", INT64_MIN},
        {"0.9999999999999999999999s", 1000000000},
    };
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        int64_t nanoseconds = -7;
        assert_slice_is(gdf__duration_parse(gdf__str(CASES[i].text), &nanoseconds, &arena), "");
        assert_true(nanoseconds == CASES[i].nanoseconds);
    }
    gdf__arena_free(&arena);
}

static gdf_str duration_error(gdf_str text, gdf__arena *arena)
{
    int64_t nanoseconds = 0;
    return gdf__duration_parse(text, &nanoseconds, arena);
}

static void durations_are_refused_in_gos_words(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"", "time: invalid duration \"\""},
        {"-", "time: invalid duration \"-\""},
        {".s", "time: invalid duration \".s\""},
        {"s", "time: invalid duration \"s\""},
        {"9223372036854775808ns", "time: invalid duration \"9223372036854775808ns\""},
        {"3000000h", "time: invalid duration \"3000000h\""},
        {"5", "time: missing unit in duration \"5\""},
        {"1s2", "time: missing unit in duration \"1s2\""},
        {"1d", "time: unknown unit \"d\" in duration \"1d\""},
        {"1\"\\\xc3\xa9", "time: unknown unit \"\\\"\\\\\\xc3\\xa9\" in duration "
                          "\"1\\\"\\\\\\xc3\\xa9\""},
    };
    CHECK_TEXTS(CASES, duration_error);
}

static void sizes_have_binary_suffixes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t bytes;
    } CASES[] = {
        {"10", 10},
        {"10b", 10},
        {"1k", 1024},
        {"1kb", 1024},
        {"1.5 GiB", 1610612736},
        {"512M", 536870912},
        {"1e3", 1000},
        {"1_0", 10},
        {".5k", 512},
        {"2p", INT64_C(2251799813685248)},
    };
    static const char *const REFUSED[] = {"",     "k",  "-1",   "1x",    "1bb", "1ki",
                                          "1..5", "1e", "1  k", "1kibb", "_1"};
    int64_t bytes = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        assert_true(gdf__size_parse(gdf__str(CASES[i].text), &bytes));
        assert_true(bytes == CASES[i].bytes);
    }
    for (size_t i = 0; i < ARRAY_LENGTH(REFUSED); i++)
        assert_false(gdf__size_parse(gdf__str(REFUSED[i]), &bytes));
}

/* ---- modes, signals, ports, platforms -------------------------------------------------------- */

static void modes_are_octal_or_symbolic(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"755", ""},
        {"07777", ""},
        {"u=rwX,g-w", ""},
        {"+x", ""},
        {"u+", ""},
        {"ug+rw-x", ""},
        {"u=g", ""},
        {"999",
         "invalid chmod parameter: '999'. it should be octal string and between 0 and 07777"},
        {"10000",
         "invalid chmod parameter: '10000'. it should be octal string and between 0 and 07777"},
        {"u", "invalid syntax"},
        {"u+x,", "invalid syntax"},
        {"u+q", "invalid syntax"},
    };
    CHECK_TEXTS(CASES, gdf__mode_check);
}

static void signals_are_numbers_or_linux_names(void **state)
{
    (void)state;
    static const char *const VALID[] = {"SIGTERM", "term",     "9",           "-5",     "999",
                                        "WINCH",   "RTMIN+15", "SIGRTMAX-14", "SIGIOT", "rtmin"};
    static const char *const INVALID[] = {"",         "0",       "FOO",      "SIGSIGTERM",
                                          "RTMIN+16", "RTMIN+0", "RTMIN+03", "RTMAX-15",
                                          "9 ",       "SIGTERM "};
    for (size_t i = 0; i < ARRAY_LENGTH(VALID); i++)
        assert_true(gdf__signal_is_valid(gdf__str(VALID[i])));
    for (size_t i = 0; i < ARRAY_LENGTH(INVALID); i++)
        assert_false(gdf__signal_is_valid(gdf__str(INVALID[i])));
}

static void ports_are_refused_in_the_builders_words(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"80", ""},
        {"80/TCP", ""},
        {"+80", ""},
        {"8000-8010/udp", ""},
        {"127.0.0.1:80:90", ""},
        {"[::1]:80:90", ""},
        {"fe80::1:80:90", ""},
        {"80-90:443", ""},
        {"80/", ""},
        {"80/foo", "invalid port: \"80/foo\": invalid proto: foo"},
        {"/tcp", "invalid port: \"/tcp\": no port specified"},
        {"80:", "invalid port: \"80:\": no port specified"},
        {"http", "invalid containerPort: http"},
        {"65536", "invalid containerPort: 65536"},
        {"90-80", "invalid containerPort: 90-80"},
        {"80-", "invalid containerPort: 80-"},
        {"a:80", "invalid hostPort: a"},
        {"x:80:80", "invalid IP address: x"},
        {"1.2.3.04:80:80", "invalid IP address: 1.2.3.04"},
        {"[::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address"},
        {"80-82:81-84", "invalid ranges specified for container and host Ports: 81-84 and 80-82"},
    };
    CHECK_TEXTS(CASES, gdf__port_check);
}

static void ports_split_outside_variables(void **state)
{
    (void)state;
    gdf__port port = gdf__port_split(GDF__LITERAL("[::1]:${H:-1}:${P:-80/tcp}/udp"));
    assert_slice_is(port.address, "[::1]");
    assert_slice_is(port.host, "${H:-1}");
    assert_slice_is(port.number, "${P:-80/tcp}");
    assert_slice_is(port.protocol, "udp");
}

static gdf_str platform_shown(gdf_str text, gdf__arena *arena)
{
    gdf__platform host = {GDF__LITERAL("linux"), gdf__empty, GDF__LITERAL("amd64"), gdf__empty};
    gdf__platform platform;
    gdf_str error = gdf__platform_parse(text, &host, &platform, arena);
    if (error.len)
        return error;
    const gdf_str pieces[] = {platform.os, platform.os_version, platform.architecture,
                              platform.variant};
    gdf__builder shown;
    gdf__builder_init(&shown, &arena->allocator);
    for (size_t i = 0; i < ARRAY_LENGTH(pieces); i++) {
        gdf__builder_add_text(&shown, i ? "|" : "");
        gdf__builder_add(&shown, pieces[i]);
    }
    return gdf__builder_to_arena(&shown, arena);
}

static void platforms_come_out_in_their_usual_spelling(void **state)
{
    (void)state;
    static const text_case CASES[] = {
        {"linux/amd64", "linux||amd64|"},
        {"linux", "linux||amd64|"},
        {"arm64", "linux||arm64|"},
        {"macos/x86_64", "darwin||amd64|"},
        {"Linux/AArch64/v8", "linux||arm64|v8"},
        {"linux/arm", "linux||arm|"},
        {"linux/arm/7", "linux||arm|v7"},
        {"linux/armel", "linux||arm|v6"},
        {"windows(10.0%2e1+x)/amd64", "windows|10.0.1|amd64|"},
        {"linux/*", "\"linux/*\": wildcards not yet supported: invalid argument"},
        {"nosuch", "\"nosuch\": unknown operating system or architecture: invalid argument"},
        {"a/b/c/d", "\"a/b/c/d\": cannot parse platform specifier: invalid argument"},
        {"linux/", "\"\" is an invalid component of \"linux/\": platform specifier component must "
                   "match \"^[A-Za-z0-9_.-]+$\": invalid argument"},
        {"a b", "\"a b\" is an invalid OS component of \"a b\": OSAndVersion specifier component "
                "must match \"^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.%-]*)((?:\\\\+[A-Za-z0-9_.%-]+)"
                "*)\\\\))?$\": invalid argument"},
        {"w(%q)/x", "\"w(%q)/x\" has an invalid OS version \"%q\": invalid URL escape \"%q\""},
        {"w(1+%)/x", "\"w(1+%)/x\" has invalid OS features: invalid os feature \"%\": invalid URL "
                     "escape \"%\""},
    };
    CHECK_TEXTS(CASES, platform_shown);
}

/* ---- suggestions, variables ------------------------------------------------------------------ */

static void the_nearest_name_below_three_edits_is_suggested(void **state)
{
    (void)state;
    static const gdf_str NAMES[] = {
        {"mount", 5}, {"network", 7}, {"security", 8}, {"d\xc3\xa9j", 4}};
    static const text_case CASES[] = {
        {"mont", "mount"},       {"moutn", "mount"},   {"netwrk", "network"},
        {"networks", "network"}, {"xxmount", "mount"}, {"xxxmount", ""},
        {"mount", ""},           {"MOUNT", ""},        {"", ""},
        {"dj", "d\xc3\xa9j"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++)
        assert_slice_is(gdf__suggestion_find(gdf__str(CASES[i].input), NAMES, ARRAY_LENGTH(NAMES)),
                        CASES[i].expected);
    assert_slice_is(gdf__suggestion_find_nocase(GDF__LITERAL("MoNT"), NAMES, ARRAY_LENGTH(NAMES)),
                    "mount");
}

static void a_suggestion_takes_the_case_of_what_was_typed(void **state)
{
    (void)state;
    gdf__builder text;
    gdf__builder_init(&text, &gdf__default_allocator);
    gdf__suggestion_add_recased(&text, GDF__LITERAL("FROM"), GDF__LITERAL("FRM"));
    gdf__suggestion_add_recased(&text, GDF__LITERAL("FROM"), GDF__LITERAL("Frm"));
    gdf__suggestion_add_recased(&text, GDF__LITERAL("FROM"), GDF__LITERAL("FR\xc3\xa9M"));
    gdf__suggestion_add_recased(&text, GDF__LITERAL("FROM"), GDF__LITERAL("FR\xffM"));
    gdf__suggestion_add(&text, gdf__empty);
    assert_slice_is(gdf__builder_get(&text), " (did you mean FROM?) (did you mean from?)"
                                             " (did you mean from?) (did you mean from?)");
    gdf__builder_free(&text);
}

static void bytes_inside_variables_are_not_found(void **state)
{
    (void)state;
    assert_int_equal(gdf__variables_find_outside(GDF__LITERAL("${a:b}:c"), ':', 0), 6);
    assert_int_equal(gdf__variables_find_outside(GDF__LITERAL("a:${b}"), ':', 0), 1);
    assert_int_equal(gdf__variables_find_outside(GDF__LITERAL("${a:${b:c}:d}"), ':', 0), 13);
    assert_int_equal(gdf__variables_find_outside(GDF__LITERAL("$a:b"), ':', 0), 2);
    assert_int_equal(gdf__variables_find_outside(GDF__LITERAL("a:${b:c"), ':', 2), 7);
}

static void upper_case_is_gos(void **state)
{
    (void)state;
    assert_int_equal(gdf__utf8_upper('z'), 'Z');
    assert_int_equal(gdf__utf8_upper(0xE9), 0xC9);
    assert_int_equal(gdf__utf8_upper(0xFF), 0x178);
    assert_int_equal(gdf__utf8_upper(0xDF), 0xDF);
    assert_int_equal(gdf__utf8_upper(0x1E943), 0x1E921);
    assert_true(gdf__utf8_upper_is(GDF__LITERAL("\xc5\xbfhell"), "SHELL"));
    assert_false(gdf__utf8_upper_is(GDF__LITERAL("shel"), "SHELL"));
    assert_false(gdf__utf8_upper_is(GDF__LITERAL("shells"), "SHELL"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(image_references_split_at_registry_tag_and_digest),
        cmocka_unit_test(image_references_are_refused_in_the_builders_words),
        cmocka_unit_test(a_plain_reference_is_a_valid_one),
        cmocka_unit_test(csv_fields_come_out_unquoted),
        cmocka_unit_test(numbers_parse_as_in_go),
        cmocka_unit_test(booleans_have_gos_twelve_spellings),
        cmocka_unit_test(durations_add_up_to_nanoseconds),
        cmocka_unit_test(durations_are_refused_in_gos_words),
        cmocka_unit_test(sizes_have_binary_suffixes),
        cmocka_unit_test(modes_are_octal_or_symbolic),
        cmocka_unit_test(signals_are_numbers_or_linux_names),
        cmocka_unit_test(ports_are_refused_in_the_builders_words),
        cmocka_unit_test(ports_split_outside_variables),
        cmocka_unit_test(platforms_come_out_in_their_usual_spelling),
        cmocka_unit_test(the_nearest_name_below_three_edits_is_suggested),
        cmocka_unit_test(a_suggestion_takes_the_case_of_what_was_typed),
        cmocka_unit_test(bytes_inside_variables_are_not_found),
        cmocka_unit_test(upper_case_is_gos),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
