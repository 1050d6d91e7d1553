#include "facts/tags.h"

#include "base/ascii.h"
#include "facts/tag_words.h"

static const char *const moving_words[] = {
#define GDF_MOVING_TAG(word) word,
#include "facts/moving_tags.def"
#undef GDF_MOVING_TAG
};

typedef struct busybox_row {
    const char *version;
    gdf__date first;
    gdf__date last;
} busybox_row;

static const busybox_row busybox_versions[] = {
#define GDF_BUSYBOX_VERSION(version, first, last) {version, first, last},
#include "facts/busybox_versions.def"
#undef GDF_BUSYBOX_VERSION
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define DATE_DIGITS 8u

/* ---- Movement -------------------------------------------------------------------------------- */

static bool is_moving_word(gdf_str word)
{
    for (size_t i = 0; i < COUNT(moving_words); i++) {
        if (gdf__str_is(word, moving_words[i]))
            return true;
    }
    return false;
}

/* A word such as 20260803, which makes a tag a snapshot. */
static bool has_date(gdf_str tag)
{
    while (tag.len > 0) {
        gdf_str word = gdf__tag_take_word(&tag);
        size_t digits = 0;
        while (digits < word.len && gdf__ascii_is_digit(word.ptr[digits]))
            digits++;
        if (digits == DATE_DIGITS)
            return true;
    }
    return false;
}

static bool has_digit(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (gdf__ascii_is_digit(text.ptr[i]))
            return true;
    }
    return false;
}

/* Tags whose release is a codename: debian, ubuntu, buildpack-deps. */
static bool codename_moves(gdf_str tag)
{
    gdf_str rest = tag;
    gdf_str word = gdf__tag_take_word(&rest);
    bool plain = word.len == 0 || is_moving_word(word);
    bool variant =
        gdf__str_is(word, "slim") || gdf__str_is(word, "curl") || gdf__str_is(word, "scm");
    return plain || variant;
}

static bool family_moves(const gdf__repository *repository, gdf_str tag)
{
    gdf_str rest = tag;
    gdf_str word = gdf__tag_take_word(&rest);
    switch (repository->family) {
    case GDF__IMAGE_DEBIAN:
    case GDF__IMAGE_UBUNTU:
    case GDF__IMAGE_BUILDPACK_DEPS: return codename_moves(tag);
    case GDF__IMAGE_GOLANG: return gdf__facts_read_golang_tag(tag, 0).version.minor == GDF__GO_NONE;
    default: break;
    }
    if (repository->version_parts == 0 || repository->family == GDF__IMAGE_ENTERPRISE_LINUX)
        return is_moving_word(word) && !has_digit(tag);
    return gdf__tag_count_numbers(word) < repository->version_parts;
}

/* What the repositories publish that have no versions. */
static bool is_only_channel(gdf_str word)
{
    return word.len == 0 || gdf__str_is(word, "latest") || gdf__str_is(word, "nonroot") ||
           gdf__str_is(word, "debug");
}

gdf__tag_movement gdf__facts_judge_tag(gdf_str name, gdf_str tag)
{
    gdf__repository repository = gdf__facts_find_repository(name);
    if (repository.family == GDF__IMAGE_SCRATCH || !gdf__tag_is_valid(tag))
        return GDF__TAG_FIXED;
    gdf_str rest = tag;
    gdf_str word = gdf__tag_take_word(&rest);
    if (repository.only_latest)
        return is_only_channel(word) ? GDF__TAG_ONLY_LATEST : GDF__TAG_FIXED;
    if (tag.len == 0)
        return GDF__TAG_MISSING;
    if (gdf__str_is(tag, "latest"))
        return GDF__TAG_LATEST;
    bool moves = repository.family == GDF__IMAGE_UNKNOWN ? is_moving_word(word) && !has_digit(tag)
                                                         : family_moves(&repository, tag);
    return moves && !has_date(tag) ? GDF__TAG_FAMILY : GDF__TAG_FIXED;
}

/* ---- Suggestions ----------------------------------------------------------------------------- */

static gdf__image_suggestion no_suggestion(void)
{
    gdf__image_suggestion none = {gdf__short_text_empty(), gdf__short_text_empty()};
    return none;
}

static gdf__image_suggestion suggest(gdf_str repository, const gdf__short_text *tag)
{
    gdf__image_suggestion suggestion = {gdf__short_text_empty(), *tag};
    if (tag->len > 0 && !tag->overflow)
        gdf__short_text_add(&suggestion.repository, repository);
    return suggestion;
}

bool gdf__facts_has_suggestion(const gdf__image_suggestion *suggestion)
{
    return gdf__short_text_get(&suggestion->repository).len > 0;
}

static gdf__short_text text_of(const char *text)
{
    gdf__short_text copy = gdf__short_text_empty();
    gdf__short_text_add_literal(&copy, text);
    return copy;
}

static void add_word(gdf__short_text *text, const char *word)
{
    gdf__short_text_add_literal(text, "-");
    gdf__short_text_add_literal(text, word);
}

static bool needs_release(const gdf__image_facts *facts, gdf__tag_movement movement, gdf__date now)
{
    const gdf__os_release *row = gdf__facts_find_image_release(facts);
    return movement != GDF__TAG_FIXED || (row && gdf__date_is_past(row->end_of_life, now));
}

/* The suggestion in the style of the tag: a number for a number, else a codename. */
static gdf__short_text release_text(const gdf__os_release *release, gdf_str tag)
{
    bool numbered = gdf__tag_count_numbers(tag) > 0 || release->codename[0] == '\0';
    bool named = release->family == GDF__OS_DEBIAN || gdf__facts_find_os_codename(tag);
    return text_of(!numbered && named ? release->codename : release->release);
}

static gdf__short_text suggest_system(const gdf__image_facts *facts, gdf_str tag, gdf__date now)
{
    static const char *const kept[] = {"backports", "slim"};
    const gdf__os_release *newest = gdf__facts_find_newest_os_release(facts->os, now);
    if (!newest)
        return gdf__short_text_empty();
    gdf_str rest = tag;
    gdf__short_text text = release_text(newest, gdf__tag_take_word(&rest));
    for (size_t i = 0; i < COUNT(kept) && facts->os == GDF__OS_DEBIAN; i++) {
        if (gdf__tag_has_word(tag, kept[i]))
            add_word(&text, kept[i]);
    }
    return text;
}

static bool busybox_is_rebuilt(const busybox_row *row, gdf__date now)
{
    now = gdf__date_or_data_date(now);
    return row->first <= now && (row->last == 0 || now <= row->last);
}

static gdf__short_text suggest_busybox(gdf_str tag, gdf__date now)
{
    static const char *const kept[] = {"glibc", "musl", "uclibc"};
    gdf_str rest = tag;
    gdf_str version = gdf__tag_cut_version(gdf__tag_take_word(&rest), 2);
    const busybox_row *newest = NULL;
    for (size_t i = 0; i < COUNT(busybox_versions); i++) {
        const busybox_row *row = &busybox_versions[i];
        if (!busybox_is_rebuilt(row, now))
            continue;
        if (gdf__str_is(version, row->version))
            return gdf__short_text_empty();
        newest = row;
    }
    if (!newest)
        return gdf__short_text_empty();
    gdf__short_text text = text_of(newest->version);
    for (size_t i = 0; i < COUNT(kept); i++) {
        if (gdf__tag_has_word(tag, kept[i]))
            add_word(&text, kept[i]);
    }
    return text;
}

/* True when the suite named or meant by a golang tag is past its end of life. */
static bool suite_has_ended(const gdf__golang_tag *tag, gdf__date now)
{
    gdf__tag_system system = gdf__tag_find_system(tag->suite);
    return gdf__date_is_past(gdf__facts_find_os_end_of_life(system.os, system.release), now);
}

static bool golang_needs_tag(gdf_str text, const gdf__golang_tag *tag, gdf__date now)
{
    bool floating = tag->version.minor == GDF__GO_NONE || tag->is_prerelease;
    if (floating || tag->minor < gdf__facts_find_oldest_supported_go_minor(now) ||
        suite_has_ended(tag, now))
        return true;
    gdf__golang_tag_state state = gdf__facts_judge_golang_tag(text);
    return state == GDF__GOLANG_TAG_FROZEN || state == GDF__GOLANG_TAG_NEVER;
}

static gdf__short_text suggest_golang(gdf_str text, gdf__date now)
{
    gdf__golang_tag tag = gdf__facts_read_golang_tag(text, now);
    gdf__short_text result = gdf__short_text_empty();
    if (!golang_needs_tag(text, &tag, now))
        return result;
    int32_t newest = gdf__facts_find_newest_go_minor(now);
    bool supported = tag.version.minor >= gdf__facts_find_oldest_supported_go_minor(now) &&
                     tag.version.minor <= newest && !tag.is_prerelease;
    int32_t minor = supported ? tag.version.minor : newest;
    if (tag.version.minor > newest && !tag.is_prerelease)
        return result;
    gdf__golang_variant_kind kind = tag.kind == GDF__GOLANG_OTHER ? GDF__GOLANG_DEBIAN : tag.kind;
    const char *suite = gdf__facts_find_golang_suite(minor, GDF__GO_NONE, kind, now);
    if (!suite)
        return result;
    gdf__short_text_add_literal(&result, "1.");
    gdf__short_text_add_number(&result, (uint32_t)minor, 1);
    add_word(&result, suite);
    return result;
}

/* gcr.io/distroless/IMAGE without generation, or with an ended one. */
static gdf__image_suggestion suggest_distroless(gdf_str name, const gdf__repository *repository,
                                                gdf_str tag, gdf__date now)
{
    gdf__image_suggestion none = no_suggestion();
    const gdf__os_release *newest = gdf__facts_find_newest_os_release(GDF__OS_DISTROLESS, now);
    gdf__date end = gdf__facts_find_os_end_of_life(GDF__OS_DISTROLESS, repository->release);
    bool named = repository->release.len > 0;
    if (!newest || (named && !gdf__date_is_past(end, now)) ||
        repository->family == GDF__IMAGE_DISTROLESS_OTHER)
        return none;
    size_t cut = named ? strlen("-debian") + repository->release.len : 0;
    gdf__image_suggestion suggestion = none;
    gdf__short_text_add(&suggestion.repository, gdf__str_slice(name, 0, name.len - cut));
    gdf__short_text_add_literal(&suggestion.repository, "-debian");
    gdf__short_text_add_literal(&suggestion.repository, newest->release);
    gdf__short_text_add(&suggestion.tag, tag);
    return suggestion;
}

gdf__image_suggestion gdf__facts_suggest_image(gdf_str name, gdf_str tag, gdf__date now)
{
    gdf__repository repository = gdf__facts_find_repository(name);
    gdf__short_text text = gdf__short_text_empty();
    if (!gdf__tag_is_valid(tag))
        return no_suggestion();
    switch (repository.family) {
    case GDF__IMAGE_ALPINE:
    case GDF__IMAGE_DEBIAN:
    case GDF__IMAGE_UBUNTU:
    case GDF__IMAGE_AMAZON:
    case GDF__IMAGE_FEDORA: {
        gdf__image_facts facts = gdf__facts_find_image(name, tag);
        if (needs_release(&facts, gdf__facts_judge_tag(name, tag), now))
            text = suggest_system(&facts, tag, now);
        break;
    }
    case GDF__IMAGE_BUSYBOX: text = suggest_busybox(tag, now); break;
    case GDF__IMAGE_GOLANG: text = suggest_golang(tag, now); break;
    case GDF__IMAGE_DISTROLESS_STATIC:
    case GDF__IMAGE_DISTROLESS_BASE:
    case GDF__IMAGE_DISTROLESS_BASE_NOSSL:
    case GDF__IMAGE_DISTROLESS_CC: return suggest_distroless(name, &repository, tag, now);
    default: break;
    }
    if (gdf__str_equal(gdf__short_text_get(&text), tag))
        return no_suggestion();
    return suggest(name, &text);
}

/* ---- Suites ---------------------------------------------------------------------------------- */

static gdf__short_text name_golang_suite(gdf_str text, gdf__date now)
{
    gdf__golang_tag tag = gdf__facts_read_golang_tag(text, now);
    gdf__short_text result = gdf__short_text_empty();
    if (tag.names_suite || tag.suite.len == 0 || tag.version.minor == GDF__GO_NONE)
        return result;
    size_t version = gdf__str_find(text, '-', 0);
    gdf__short_text_add(&result, gdf__str_slice(text, 0, version));
    gdf__short_text_add_literal(&result, "-");
    gdf__short_text_add(&result, tag.suite);
    return result;
}

gdf__image_suggestion gdf__facts_name_suite(gdf_str name, gdf_str tag, gdf__date now)
{
    gdf__repository repository = gdf__facts_find_repository(name);
    if (!gdf__tag_is_valid(tag))
        return no_suggestion();
    if (repository.os == GDF__OS_DISTROLESS && repository.release.len == 0)
        return suggest_distroless(name, &repository, tag, now);
    gdf__short_text text = gdf__short_text_empty();
    if (repository.family == GDF__IMAGE_GOLANG)
        text = name_golang_suite(tag, now);
    else if (repository.family == GDF__IMAGE_DEBIAN && codename_moves(tag) && !has_date(tag)) {
        gdf__image_facts facts = gdf__facts_find_image(name, tag);
        gdf__short_text_add(&text, facts.codename);
        if (facts.is_slim == GDF__FACT_YES && text.len > 0)
            add_word(&text, "slim");
    }
    return suggest(name, &text);
}
