#include "facts/tag_words.h"

#include "base/ascii.h"

#define MAX_TAG 128u

gdf_str gdf__tag_take_word(gdf_str *rest)
{
    size_t end = gdf__str_find(*rest, '-', 0);
    gdf_str word = gdf__str_slice(*rest, 0, end);
    *rest = gdf__str_slice(*rest, end + 1, rest->len);
    return word;
}

bool gdf__tag_has_word(gdf_str tag, const char *word)
{
    while (tag.len > 0) {
        if (gdf__str_is(gdf__tag_take_word(&tag), word))
            return true;
    }
    return false;
}

bool gdf__tag_is_valid(gdf_str tag)
{
    if (tag.len > MAX_TAG)
        return false;
    for (size_t i = 0; i < tag.len; i++) {
        char c = tag.ptr[i];
        bool inner = i > 0 && (c == '.' || c == '-');
        if (!inner && !gdf__ascii_is_word(c))
            return false;
    }
    return true;
}

uint32_t gdf__tag_count_numbers(gdf_str word)
{
    uint32_t count = 0;
    size_t at = word.len > 0 && word.ptr[0] == 'v' ? 1 : 0;
    while (at < word.len && gdf__ascii_is_digit(word.ptr[at])) {
        while (at < word.len && gdf__ascii_is_digit(word.ptr[at]))
            at++;
        count++;
        if (at >= word.len || word.ptr[at] != '.')
            break;
        at++;
    }
    return count;
}

gdf_str gdf__tag_cut_version(gdf_str word, uint32_t count)
{
    size_t end = 0;
    for (uint32_t dots = 0; end < word.len; end++) {
        if (word.ptr[end] == '.' && ++dots == count)
            break;
    }
    return gdf__str_slice(word, 0, end);
}

/* A word that is `prefix` and then nothing or a version. */
static bool has_versioned_prefix(gdf_str word, const char *prefix, gdf_str *version)
{
    if (!gdf__str_starts(word, prefix))
        return false;
    *version = gdf__str_slice(word, strlen(prefix), word.len);
    return version->len == 0 || gdf__ascii_is_digit(version->ptr[0]);
}

static gdf__tag_system read_word(gdf_str word)
{
    static const struct {
        const char *prefix;
        gdf__os_family os;
        uint32_t numbers;
    } rows[] = {
        {"alpine", GDF__OS_ALPINE, 2},
        {"azurelinux", GDF__OS_AZURE, 2},
        {"nanoserver", GDF__OS_WINDOWS, 1},
        {"ubi", GDF__OS_RHEL, 1},
        {"windowsservercore", GDF__OS_WINDOWS, 1},
    };
    gdf__tag_system system = {GDF__OS_UNKNOWN, {"", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        gdf_str version = gdf__empty;
        if (has_versioned_prefix(word, rows[i].prefix, &version)) {
            system.os = rows[i].os;
            system.release = gdf__tag_cut_version(version, rows[i].numbers);
            return system;
        }
    }
    const gdf__os_release *release = gdf__facts_find_os_codename(word);
    if (release) {
        system.os = release->family;
        system.release = gdf__str(release->release);
    }
    return system;
}

gdf__tag_system gdf__tag_find_system(gdf_str tag)
{
    gdf__tag_system system = {GDF__OS_UNKNOWN, {"", 0}};
    while (tag.len > 0 && system.os == GDF__OS_UNKNOWN)
        system = read_word(gdf__tag_take_word(&tag));
    return system;
}
