/* lib/facts: days, Go releases, tags that move or end, what to write instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <godockerfile/facts.h>

#include "facts/runtime.h"
#include "facts/tag_words.h"
#include "facts/tags.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* ---- days ------------------------------------------------------------------------------------ */

static void seconds_become_utc_days(void **state)
{
    static const struct {
        uint64_t seconds;
        gdf__date day;
    } rows[] = {
        {0, GDF__FACTS_DATE_NUMBER}, {1, 19700101},
        {86399, 19700101},           {86400, 19700102},
        {951782400, 20000229},       {951868800, 20000301},
        {1709164800, 20240229},      {1795391999, 20261122},
        {1795392000, 20261123},      {4107542400, 21000301},
        {253402300799, 99991231},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(gdf__date_from_seconds(rows[i].seconds), rows[i].day);
    assert_true(gdf__date_from_seconds(UINT64_MAX) > 99991231);
}

static void days_are_written_as_people_expect(void **state)
{
    (void)state;
    gdf__short_text text = gdf__date_format(20260711), none = gdf__date_format(0);
    assert_slice_is(gdf__short_text_get(&text), "2026-07-11");
    assert_slice_is(gdf__short_text_get(&none), "");
}

static void the_data_date_is_one(void **state)
{
    (void)state;
    gdf__short_text text = gdf__date_format(GDF__FACTS_DATE_NUMBER);
    assert_slice_is(gdf__short_text_get(&text), GDF__FACTS_DATE);
    assert_slice_is(gdf_facts_get_date(), GDF__FACTS_DATE);
    assert_slice_is(gdf_facts_get_date(), "2026-11-23");
}

static void a_day_is_past_from_that_day_on(void **state)
{
    (void)state;
    assert_false(gdf__date_is_past(20260711, 20260710));
    assert_true(gdf__date_is_past(20260711, 20260711));
    assert_true(gdf__date_is_past(20260711, 0));
    assert_false(gdf__date_is_past(20280809, 0));
    assert_false(gdf__date_is_past(0, 20990101));
}

static void short_text_that_does_not_fit_is_empty(void **state)
{
    (void)state;
    gdf__short_text text = gdf__short_text_empty();
    for (uint32_t i = 0; i < GDF__SHORT_TEXT_CAPACITY; i++)
        gdf__short_text_add_literal(&text, "x");
    assert_int_equal(gdf__short_text_get(&text).len, GDF__SHORT_TEXT_CAPACITY);
    gdf__short_text_add_literal(&text, "y");
    assert_slice_is(gdf__short_text_get(&text), "");
    gdf__short_text number = gdf__short_text_empty();
    gdf__short_text_add_number(&number, UINT32_MAX, 1);
    assert_slice_is(gdf__short_text_get(&number), "4294967295");
}

/* ---- Go releases ----------------------------------------------------------------------------- */

static void go_versions_are_taken_apart(void **state)
{
    static const struct {
        const char *text;
        int32_t minor;
        int32_t patch;
        const char *prerelease;
    } rows[] = {
        {"1.27", 27, -1, ""},
        {"1.27.1", 27, 1, ""},
        {"go1.22.3", 22, 3, ""},
        {"1.27rc1", 27, -1, "rc1"},
        {"1.9beta2", 9, -1, "beta2"},
        {"1.0", 0, -1, ""},
        {"1", -1, -1, ""},
        {"2.0", -1, -1, ""},
        {"1.", -1, -1, ""},
        {"1.27.", -1, -1, ""},
        {"1.27.x", -1, -1, ""},
        {"1.27-alpine", -1, -1, ""},
        {"1.027", -1, -1, ""},
        {"1.99999999999", -1, -1, ""},
        {"1.2rc", -1, -1, ""},
        {"", -1, -1, ""},
        {"go", -1, -1, ""},
        {"1.27.1.2", -1, -1, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__go_version version = gdf__go_version_parse(gdf__str(rows[i].text));
        assert_int_equal(version.minor, rows[i].minor);
        assert_int_equal(version.patch, rows[i].patch);
        assert_slice_is(version.prerelease, rows[i].prerelease);
    }
}

static void go_versions_have_an_order(void **state)
{
    static const char *const ascending[] = {"1.9",    "1.21beta1", "1.21rc2", "1.21rc10", "1.21",
                                            "1.21.1", "1.21.10",   "1.22rc1", "1.22"};
    (void)state;
    for (size_t a = 0; a < COUNT(ascending); a++) {
        for (size_t b = 0; b < COUNT(ascending); b++) {
            int order = gdf__go_version_compare(gdf__go_version_parse(gdf__str(ascending[a])),
                                                gdf__go_version_parse(gdf__str(ascending[b])));
            assert_int_equal((order > 0) - (order < 0), (a > b) - (a < b));
        }
    }
}

static void two_newest_go_minors_are_supported(void **state)
{
    static const struct {
        gdf__date now;
        int32_t newest;
        int32_t oldest;
    } rows[] = {
        {0, 27, 26},        {20261123, 27, 26}, {20260819, 27, 26}, {20260818, 26, 25},
        {20240301, 22, 21}, {20230807, 20, 19}, {20300101, 27, 26}, {20120101, 0, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(gdf__facts_find_newest_go_minor(rows[i].now), rows[i].newest);
        assert_int_equal(gdf__facts_find_oldest_supported_go_minor(rows[i].now), rows[i].oldest);
    }
}

static void go_minors_have_a_last_patch_and_an_end(void **state)
{
    (void)state;
    assert_int_equal(gdf__facts_find_newest_go_patch(27), 4);
    assert_int_equal(gdf__facts_find_newest_go_patch(26), 11);
    assert_int_equal(gdf__facts_find_newest_go_patch(22), 12);
    assert_int_equal(gdf__facts_find_newest_go_patch(99), GDF__GO_NONE);
    assert_int_equal(gdf__facts_find_newest_go_patch(-1), GDF__GO_NONE);
    assert_int_equal(gdf__facts_find_go_end_of_life(25), 20260819);
    assert_int_equal(gdf__facts_find_go_end_of_life(26), 0);
    assert_int_equal(gdf__facts_find_go_end_of_life(99), 0);
    assert_true(GDF__GO_SINCE_PGO_AUTO == 21 && GDF__GO_SINCE_TOOL_DIRECTIVE == 24);
}

/* ---- operating systems ----------------------------------------------------------------------- */

static void the_newest_release_is_a_supported_one(void **state)
{
    static const struct {
        gdf__os_family family;
        gdf__date now;
        const char *release;
    } rows[] = {
        {GDF__OS_ALPINE, 0, "3.24"},    {GDF__OS_ALPINE, 20240101, "3.19"},
        {GDF__OS_DEBIAN, 0, "13"},      {GDF__OS_DEBIAN, 20250101, "12"},
        {GDF__OS_UBUNTU, 0, "26.04"},   {GDF__OS_UBUNTU, 20251201, "24.04"},
        {GDF__OS_DISTROLESS, 0, "13"},  {GDF__OS_DISTROLESS, 20250101, "12"},
        {GDF__OS_AMAZON, 0, "2023"},    {GDF__OS_FEDORA, 0, "44"},
        {GDF__OS_ALPINE, 20400101, ""}, {GDF__OS_WOLFI, 0, ""},
        {GDF__OS_UNKNOWN, 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const gdf__os_release *row = gdf__facts_find_newest_os_release(rows[i].family, rows[i].now);
        assert_string_equal(row ? row->release : "", rows[i].release);
    }
}

static void debian_channels_follow_the_releases(void **state)
{
    (void)state;
    assert_string_equal(gdf__facts_find_debian_stable(0, 0)->codename, "trixie");
    assert_string_equal(gdf__facts_find_debian_stable(1, 0)->codename, "bookworm");
    assert_string_equal(gdf__facts_find_debian_stable(2, 0)->codename, "bullseye");
    assert_string_equal(gdf__facts_find_debian_stable(0, 20250808)->codename, "bookworm");
    assert_null(gdf__facts_find_debian_stable(2, 20120101));
}

/* ---- golang tags ----------------------------------------------------------------------------- */

static void golang_tags_stand_for_a_minor_and_a_suite(void **state)
{
    static const struct {
        const char *tag;
        gdf__date now;
        int32_t minor;
        const char *suite;
    } rows[] = {
        {"", 0, 27, "trixie"},
        {"latest", 20250811, 24, "bookworm"},
        {"1", 20250813, 25, "trixie"},
        {"alpine", 20240601, 22, "alpine3.20"},
        {"1-alpine", 0, 27, "alpine3.24"},
        {"1.24", 20250601, 24, "bookworm"},
        {"1.24", 0, 24, "trixie"},
        {"1.24.5", 0, 24, "bookworm"},
        {"1.24.6", 0, 24, "trixie"},
        {"1.22.9-alpine", 0, 22, "alpine3.20"},
        {"1.22.10-alpine", 0, 22, "alpine3.21"},
        {"bookworm", 0, 27, "bookworm"},
        {"bullseye", 0, 24, "bullseye"},
        {"alpine3.20", 0, 24, "alpine3.20"},
        {"1.7.1", 0, 7, ""},
        {"1.6-onbuild", 0, 6, ""},
        {"1.28", 0, 28, ""},
        {"1.28rc1-alpine3.24", 0, 28, "alpine3.24"},
        {"1.27-rc", 0, 27, ""},
        {"tip-20260815-alpine", 0, -1, ""},
        {"rc-alpine3.24", 0, -1, "alpine3.24"},
        {"nonsense", 0, -1, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__golang_tag tag = gdf__facts_read_golang_tag(gdf__str(rows[i].tag), rows[i].now);
        assert_int_equal(tag.minor, rows[i].minor);
        assert_slice_is(tag.suite, rows[i].suite);
    }
}

static void golang_tags_exist_or_not(void **state)
{
    static const struct {
        const char *tag;
        gdf__golang_tag_state state;
        const char *repaired; /* of FROZEN and NEVER tags */
    } rows[] = {
        {"1.27", GDF__GOLANG_TAG_CURRENT, NULL},
        {"1.26.7-bookworm", GDF__GOLANG_TAG_CURRENT, NULL},
        {"1.22.12-alpine3.21", GDF__GOLANG_TAG_CURRENT, NULL},
        {"latest", GDF__GOLANG_TAG_CURRENT, NULL},
        {"alpine", GDF__GOLANG_TAG_CURRENT, NULL},
        {"bookworm", GDF__GOLANG_TAG_CURRENT, NULL},
        {"1.25-bullseye", GDF__GOLANG_TAG_NEVER, "1.25-trixie"},
        {"1.23-trixie", GDF__GOLANG_TAG_NEVER, "1.23-bookworm"},
        {"1.24.5-trixie", GDF__GOLANG_TAG_NEVER, "1.24.5-bookworm"},
        {"1.22.2-alpine3.20", GDF__GOLANG_TAG_NEVER, "1.22.2-alpine3.19"},
        {"1.27-slim", GDF__GOLANG_TAG_NEVER, "1.27-trixie"},
        {"1.99-slim", GDF__GOLANG_TAG_NEVER, ""},
        {"slim", GDF__GOLANG_TAG_NEVER, "1.27-trixie"},
        {"1.21-slim-bookworm", GDF__GOLANG_TAG_NEVER, "1.21-bookworm"},
        {"1.22.13", GDF__GOLANG_TAG_NEVER, "1.22.12"},
        {"1.27-bullseye", GDF__GOLANG_TAG_NEVER, "1.27-trixie"},
        {"1.27-alpine3.22", GDF__GOLANG_TAG_NEVER, "1.27-alpine3.24"},
        {"1.26.5-alpine3.22", GDF__GOLANG_TAG_NEVER, "1.26.5-alpine3.24"},
        {"1.27-alpine3.25", GDF__GOLANG_TAG_UNKNOWN, NULL},
        {"1.27.9", GDF__GOLANG_TAG_UNKNOWN, NULL},
        {"1.28", GDF__GOLANG_TAG_UNKNOWN, NULL},
        {"1.28rc1", GDF__GOLANG_TAG_UNKNOWN, NULL},
        {"1.4.2-wheezy", GDF__GOLANG_TAG_UNKNOWN, NULL},
        {"1.26-alpine3.22", GDF__GOLANG_TAG_FROZEN, "1.26-alpine3.24"},
        {"1.25-alpine3.21", GDF__GOLANG_TAG_FROZEN, "1.25-alpine3.24"},
        {"1.24-bullseye", GDF__GOLANG_TAG_FROZEN, "1.24-trixie"},
        {"bullseye", GDF__GOLANG_TAG_FROZEN, "1.27-trixie"},
        {"1-alpine3.20", GDF__GOLANG_TAG_FROZEN, "1.27-alpine3.24"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf_str tag = gdf__str(rows[i].tag);
        if (gdf__facts_judge_golang_tag(tag) != rows[i].state)
            print_error("golang:%s\n", rows[i].tag);
        assert_int_equal(gdf__facts_judge_golang_tag(tag), rows[i].state);
        if (rows[i].repaired) {
            gdf__short_text repaired = gdf__facts_repair_golang_tag(tag);
            assert_slice_is(gdf__short_text_get(&repaired), rows[i].repaired);
        }
    }
}

/* ---- movement and suggestions ---------------------------------------------------------------- */

static void tags_move_or_stand(void **state)
{
    static const struct {
        const char *repository;
        const char *tag;
        gdf__tag_movement expected;
    } rows[] = {
        {"golang", "", GDF__TAG_MISSING},
        {"golang", "latest", GDF__TAG_LATEST},
        {"golang", "1", GDF__TAG_FAMILY},
        {"golang", "alpine", GDF__TAG_FAMILY},
        {"golang", "alpine3.24", GDF__TAG_FAMILY},
        {"golang", "1-bookworm", GDF__TAG_FAMILY},
        {"golang", "tip", GDF__TAG_FAMILY},
        {"golang", "1.27", GDF__TAG_FIXED},
        {"golang", "1.27-alpine", GDF__TAG_FIXED},
        {"alpine", "3", GDF__TAG_FAMILY},
        {"alpine", "edge", GDF__TAG_FAMILY},
        {"alpine", "3.24", GDF__TAG_FIXED},
        {"alpine", "20260805", GDF__TAG_FIXED},
        {"arm64v8/alpine", "edge", GDF__TAG_FAMILY},
        {"debian", "stable-slim", GDF__TAG_FAMILY},
        {"debian", "sid", GDF__TAG_FAMILY},
        {"debian", "trixie-slim", GDF__TAG_FIXED},
        {"debian", "12", GDF__TAG_FIXED},
        {"debian", "stable-20260803-slim", GDF__TAG_FIXED},
        {"ubuntu", "rolling", GDF__TAG_FAMILY},
        {"ubuntu", "noble", GDF__TAG_FIXED},
        {"busybox", "glibc", GDF__TAG_FAMILY},
        {"busybox", "1-musl", GDF__TAG_FAMILY},
        {"busybox", "1.37-musl", GDF__TAG_FIXED},
        {"fedora", "rawhide", GDF__TAG_FAMILY},
        {"nginx", "mainline-alpine", GDF__TAG_FAMILY},
        {"nginx", "1.29", GDF__TAG_FIXED},
        {"node", "lts-slim", GDF__TAG_FAMILY},
        {"node", "22", GDF__TAG_FIXED},
        {"python", "3-slim", GDF__TAG_FAMILY},
        {"python", "3.12", GDF__TAG_FIXED},
        {"centos", "stream9", GDF__TAG_FIXED},
        {"buildpack-deps", "scm", GDF__TAG_FAMILY},
        {"buildpack-deps", "trixie-scm", GDF__TAG_FIXED},
        {"scratch", "", GDF__TAG_FIXED},
        {"cgr.dev/chainguard/static", "latest", GDF__TAG_ONLY_LATEST},
        {"cgr.dev/chainguard/go", "latest-dev", GDF__TAG_ONLY_LATEST},
        {"cgr.dev/example.com/static", "latest", GDF__TAG_LATEST},
        {"gcr.io/distroless/static-debian13", "nonroot", GDF__TAG_ONLY_LATEST},
        {"gcr.io/distroless/static-debian13", "", GDF__TAG_ONLY_LATEST},
        {"example.com/app", "", GDF__TAG_MISSING},
        {"example.com/app", "latest", GDF__TAG_LATEST},
        {"example.com/app", "stable", GDF__TAG_FAMILY},
        {"example.com/app", "stable-2", GDF__TAG_FIXED},
        {"example.com/app", "1", GDF__TAG_FIXED},
        {"example.com/app", "${TAG}", GDF__TAG_FIXED},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__tag_movement actual =
            gdf__facts_judge_tag(gdf__str(rows[i].repository), gdf__str(rows[i].tag));
        if (actual != rows[i].expected)
            print_error("%s:%s\n", rows[i].repository, rows[i].tag);
        assert_int_equal(actual, rows[i].expected);
    }
}

typedef struct suggestion_case {
    const char *repository;
    const char *tag;
    gdf__date now;
    const char *expected; /* repository:tag, or "" */
} suggestion_case;

static void assert_suggestion(const gdf__image_suggestion *suggestion, const suggestion_case *row)
{
    gdf__short_text actual = gdf__short_text_empty();
    gdf__short_text_add(&actual, gdf__short_text_get(&suggestion->repository));
    if (gdf__short_text_get(&suggestion->tag).len > 0)
        gdf__short_text_add_literal(&actual, ":");
    gdf__short_text_add(&actual, gdf__short_text_get(&suggestion->tag));
    assert_slice_is(gdf__short_text_get(&actual), row->expected);
    assert_int_equal(gdf__facts_has_suggestion(suggestion), row->expected[0] != '\0');
}

static void suggestions_keep_family_and_variant(void **state)
{
    static const suggestion_case rows[] = {
        {"golang", "", 0, "golang:1.27-trixie"},
        {"golang", "latest", 0, "golang:1.27-trixie"},
        {"golang", "alpine", 0, "golang:1.27-alpine3.24"},
        {"golang", "1", 0, "golang:1.27-trixie"},
        {"golang", "1", 20250101, "golang:1.23-bookworm"},
        {"golang", "alpine", 20250101, "golang:1.23-alpine3.21"},
        {"golang", "1.22-alpine", 0, "golang:1.27-alpine3.24"},
        {"golang", "1.20.3-bullseye", 0, "golang:1.27-trixie"},
        {"golang", "1.26-bookworm", 0, "golang:1.26-trixie"},
        {"golang", "1.26.3-alpine3.22", 0, "golang:1.26-alpine3.24"},
        {"golang", "1.28rc1", 0, "golang:1.27-trixie"},
        {"golang", "1.8-onbuild", 0, "golang:1.27-trixie"},
        {"golang", "1.22-nanoserver-1809", 0, "golang:1.27-nanoserver-ltsc2025"},
        {"golang", "1.27", 0, ""},
        {"golang", "1.26.1-alpine3.23", 0, ""},
        {"golang", "1.28", 0, ""},
        {"golang", "$VERSION", 0, ""},
        {"docker.io/library/golang", "1", 0, "docker.io/library/golang:1.27-trixie"},
        {"alpine", "latest", 0, "alpine:3.24"},
        {"alpine", "3", 0, "alpine:3.24"},
        {"alpine", "3.18", 0, "alpine:3.24"},
        {"alpine", "3.18", 20250101, ""},
        {"alpine", "3.23", 0, ""},
        {"alpine", "latest", 20400101, ""},
        {"debian", "latest", 0, "debian:trixie"},
        {"debian", "stable-slim", 0, "debian:trixie-slim"},
        {"debian", "buster", 0, "debian:trixie"},
        {"debian", "12-slim", 0, "debian:13-slim"},
        {"debian", "12-slim", 20260101, ""},
        {"debian", "stable-backports", 0, "debian:trixie-backports"},
        {"ubuntu", "", 0, "ubuntu:26.04"},
        {"ubuntu", "rolling", 0, "ubuntu:26.04"},
        {"ubuntu", "focal", 0, "ubuntu:resolute"},
        {"ubuntu", "22.04", 0, ""},
        {"ubuntu", "25.10", 0, "ubuntu:26.04"},
        {"busybox", "latest", 0, "busybox:1.38"},
        {"busybox", "stable-musl", 0, "busybox:1.38-musl"},
        {"busybox", "1.36.1-glibc", 0, "busybox:1.38-glibc"},
        {"busybox", "1.37.0", 0, ""},
        {"amazonlinux", "2", 0, "amazonlinux:2023"},
        {"fedora", "latest", 0, "fedora:44"},
        {"gcr.io/distroless/static", "nonroot", 0, "gcr.io/distroless/static-debian13:nonroot"},
        {"gcr.io/distroless/static", "", 0, "gcr.io/distroless/static-debian13"},
        {"gcr.io/distroless/base", "", 20250101, "gcr.io/distroless/base-debian12"},
        {"gcr.io/distroless/base-debian12", "debug", 0, "gcr.io/distroless/base-debian13:debug"},
        {"gcr.io/distroless/base-debian13", "debug", 0, ""},
        {"gcr.io/distroless/java17-debian12", "", 0, ""},
        {"cgr.dev/chainguard/static", "latest", 0, ""},
        {"node", "latest", 0, ""},
        {"example.com/app", "latest", 0, ""},
        {"scratch", "", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__image_suggestion suggestion = gdf__facts_suggest_image(
            gdf__str(rows[i].repository), gdf__str(rows[i].tag), rows[i].now);
        assert_suggestion(&suggestion, &rows[i]);
    }
}

static void the_suite_of_a_tag_is_named(void **state)
{
    static const suggestion_case rows[] = {
        {"golang", "1.27", 0, "golang:1.27-trixie"},
        {"golang", "1.27-alpine", 0, "golang:1.27-alpine3.24"},
        {"golang", "1.24.5", 0, "golang:1.24.5-bookworm"},
        {"golang", "1.27-trixie", 0, ""},
        {"golang", "alpine", 0, ""},
        {"golang", "1.28", 0, ""},
        {"debian", "stable-slim", 0, "debian:trixie-slim"},
        {"debian", "oldstable", 0, "debian:bookworm"},
        {"debian", "12", 0, ""},
        {"debian", "sid", 0, ""},
        {"gcr.io/distroless/cc", "nonroot", 0, "gcr.io/distroless/cc-debian13:nonroot"},
        {"gcr.io/distroless/cc-debian12", "nonroot", 0, ""},
        {"node", "22", 0, ""},
        {"example.com/app", "1", 0, ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__image_suggestion suggestion =
            gdf__facts_name_suite(gdf__str(rows[i].repository), gdf__str(rows[i].tag), rows[i].now);
        assert_suggestion(&suggestion, &rows[i]);
    }
}

/* A suggestion is in order: nothing is suggested for it again. */
static void suggestions_settle_at_once(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < gdf__facts_count_golang_variants(); i++) {
        const gdf__golang_variant *row = gdf__facts_get_golang_variant(i);
        gdf_str golang = gdf__str("golang"), variant = gdf__str(row->variant);
        gdf__image_suggestion first = gdf__facts_suggest_image(golang, variant, 0);
        gdf__image_suggestion second =
            gdf__facts_suggest_image(golang, gdf__short_text_get(&first.tag), 0);
        assert_true(gdf__facts_has_suggestion(&first));
        assert_false(gdf__facts_has_suggestion(&second));
        assert_int_equal(gdf__facts_judge_golang_tag(gdf__short_text_get(&first.tag)),
                         GDF__GOLANG_TAG_CURRENT);
    }
}

/* ---- runtime images -------------------------------------------------------------------------- */

static void the_runtime_image_suits_the_linkage(void **state)
{
    static const struct {
        gdf__runtime_need need;
        const char *repository; /* of the builder */
        const char *tag;
        gdf__date now;
        const char *image;
        const char *image_tag;
        bool same;
    } rows[] = {
        {GDF__RUNTIME_STATIC, "golang", "1.27", 0, "gcr.io/distroless/static-debian13", "nonroot",
         false},
        {GDF__RUNTIME_STATIC, "example.com/go", "1", 20250101, "gcr.io/distroless/static-debian12",
         "nonroot", false},
        {GDF__RUNTIME_GLIBC, "golang", "1.27-trixie", 0, "gcr.io/distroless/base-debian13",
         "nonroot", true},
        {GDF__RUNTIME_GLIBC, "golang", "1.25-bookworm", 20260101, "gcr.io/distroless/base-debian12",
         "nonroot", true},
        {GDF__RUNTIME_GLIBC, "golang", "1.25-bookworm", 0, "gcr.io/distroless/base-debian13",
         "nonroot", false},
        {GDF__RUNTIME_GLIBC_CPP, "golang", "1.27", 0, "gcr.io/distroless/cc-debian13", "nonroot",
         true},
        {GDF__RUNTIME_GLIBC, "ubuntu", "24.04", 0, "gcr.io/distroless/base-debian13", "nonroot",
         false},
        {GDF__RUNTIME_GLIBC, "debian", "forky", 0, "", "", false},
        {GDF__RUNTIME_GLIBC, "golang", "1.27-alpine", 0, "", "", false},
        {GDF__RUNTIME_MUSL, "golang", "1.27-alpine", 0, "alpine", "3.24", true},
        {GDF__RUNTIME_MUSL, "golang", "1.26-alpine3.23", 0, "alpine", "3.23", true},
        {GDF__RUNTIME_MUSL, "golang", "1.27", 0, "", "", false},
        {GDF__RUNTIME_GLIBC, "example.com/go", "1", 0, "", "", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__image_facts builder =
            gdf__facts_find_image(gdf__str(rows[i].repository), gdf__str(rows[i].tag));
        gdf__runtime_image image = gdf__facts_find_runtime(rows[i].need, &builder, rows[i].now);
        assert_slice_is(gdf__short_text_get(&image.repository), rows[i].image);
        assert_slice_is(gdf__short_text_get(&image.tag), rows[i].image_tag);
        assert_int_equal(image.is_same_release, rows[i].same);
        assert_int_equal(image.is_nonroot, strcmp(rows[i].image_tag, "nonroot") == 0);
    }
}

/* ---- words ----------------------------------------------------------------------------------- */

static void tags_are_read_by_words(void **state)
{
    (void)state;
    assert_true(gdf__tag_has_word(gdf__str("3.12-slim-bookworm"), "slim"));
    assert_false(gdf__tag_has_word(gdf__str("3.12-slimmer"), "slim"));
    assert_int_equal(gdf__tag_count_numbers(gdf__str("v1.27.3")), 3);
    assert_int_equal(gdf__tag_count_numbers(gdf__str("alpine3.24")), 0);
    assert_slice_is(gdf__tag_cut_version(gdf__str("3.24.1"), 2), "3.24");
    assert_true(gdf__tag_is_valid(gdf__str("1.27_x-y")));
    assert_true(gdf__tag_is_valid(gdf__str("")));
    assert_false(gdf__tag_is_valid(gdf__str("-x")));
    assert_false(gdf__tag_is_valid(gdf__str("${V}")));
    gdf__tag_system system = gdf__tag_find_system(gdf__str("3.12-slim-bookworm"));
    assert_int_equal(system.os, GDF__OS_DEBIAN);
    assert_slice_is(system.release, "12");
    assert_int_equal(gdf__tag_find_system(gdf__str("22-alpinesque")).os, GDF__OS_UNKNOWN);
}

/* ---- public ---------------------------------------------------------------------------------- */

static void assert_reference(const char *reference, const gdf_options *options,
                             const char *expected)
{
    gdf_text *text = gdf_facts_suggest_reference(reference, strlen(reference), options);
    assert_non_null(text);
    assert_slice_is(gdf_text_get(text), expected);
    gdf_text_free(text);
}

static void whole_references_are_answered(void **state)
{
    (void)state;
    gdf_options *options = gdf_options_create(NULL);
    assert_non_null(options);
    assert_int_equal(gdf_options_set_number(options, GDF_OPTION_NOW, 1735689600), GDF_OK);
    assert_reference("golang:alpine", NULL, "golang:1.27-alpine3.24");
    assert_reference("golang:alpine", options, "golang:1.23-alpine3.21");
    assert_reference("docker.io/library/debian", NULL, "docker.io/library/debian:trixie");
    assert_reference("gcr.io/distroless/static:nonroot", NULL,
                     "gcr.io/distroless/static-debian13:nonroot");
    assert_reference("gcr.io/distroless/static", NULL, "gcr.io/distroless/static-debian13");
    assert_reference("golang:1.27-trixie", NULL, "");
    assert_reference("golang:$TAG", NULL, "");
    assert_reference("localhost:5000/golang", NULL, "");
    assert_reference("alpine@sha256:"
                     "0123456789012345678901234567890123456789012345678901234567890123",
                     NULL, "");
    assert_reference("", NULL, "");
    gdf_options_free(options);
}

static void end_of_life_is_the_earlier_of_two(void **state)
{
    static const struct {
        const char *reference;
        uint32_t expected;
    } rows[] = {
        {"debian:bookworm", 20260711},
        {"golang:1.22-bookworm", 20250211},
        {"golang:1.26-bookworm", 20260711},
        {"golang:1.27-trixie", 20280809},
        {"gcr.io/distroless/static-debian12:nonroot", 20260930},
        {"gcr.io/distroless/static-debian13", 0},
        {"registry.access.redhat.com/ubi9/ubi:9.5", 20320531},
        {"alpine@sha256:00", 0},
        {"example.com/app:1", 0},
        {"", 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(gdf_facts_find_end_of_life(rows[i].reference, strlen(rows[i].reference)),
                         rows[i].expected);
    assert_int_equal(gdf_facts_find_end_of_life(NULL, 0), 0);
}

static bool suggest_once(const gdf_allocator *allocator, void *context)
{
    (void)context;
    gdf_options *options = gdf_options_create(allocator);
    gdf_text *text =
        options ? gdf_facts_suggest_reference("golang", strlen("golang"), options) : NULL;
    bool done = text != NULL;
    gdf_text_free(text);
    gdf_options_free(options);
    return done;
}

static void short_memory_gives_no_suggestion_and_no_leak(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(suggest_once, NULL, true) > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seconds_become_utc_days),
        cmocka_unit_test(days_are_written_as_people_expect),
        cmocka_unit_test(the_data_date_is_one),
        cmocka_unit_test(a_day_is_past_from_that_day_on),
        cmocka_unit_test(short_text_that_does_not_fit_is_empty),
        cmocka_unit_test(go_versions_are_taken_apart),
        cmocka_unit_test(go_versions_have_an_order),
        cmocka_unit_test(two_newest_go_minors_are_supported),
        cmocka_unit_test(go_minors_have_a_last_patch_and_an_end),
        cmocka_unit_test(the_newest_release_is_a_supported_one),
        cmocka_unit_test(debian_channels_follow_the_releases),
        cmocka_unit_test(golang_tags_stand_for_a_minor_and_a_suite),
        cmocka_unit_test(golang_tags_exist_or_not),
        cmocka_unit_test(tags_move_or_stand),
        cmocka_unit_test(suggestions_keep_family_and_variant),
        cmocka_unit_test(the_suite_of_a_tag_is_named),
        cmocka_unit_test(suggestions_settle_at_once),
        cmocka_unit_test(the_runtime_image_suits_the_linkage),
        cmocka_unit_test(tags_are_read_by_words),
        cmocka_unit_test(whole_references_are_answered),
        cmocka_unit_test(end_of_life_is_the_earlier_of_two),
        cmocka_unit_test(short_memory_gives_no_suggestion_and_no_leak),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
