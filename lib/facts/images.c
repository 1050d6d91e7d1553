#include "facts/images.h"

#include "facts/tag_words.h"

/* ---- Tables ---------------------------------------------------------------------------------- */

typedef struct os_row {
    gdf__libc libc;
    gdf__shell_family shell;
    gdf__certainty bash;
    gdf__package_manager manager;
    gdf__certainty ca_bundle;
    gdf__certainty zone_data;
    gdf__certainty loader;
    gdf__accounts accounts;
} os_row;

static const os_row systems[GDF__OS_COUNT_] = {
    [GDF__OS_UNKNOWN] = {GDF__LIBC_UNKNOWN, GDF__SHELL_PROGRAM_UNKNOWN, GDF__FACT_UNKNOWN,
                         GDF__PACKAGES_UNKNOWN, GDF__FACT_UNKNOWN, GDF__FACT_UNKNOWN,
                         GDF__FACT_UNKNOWN, GDF__ACCOUNTS_UNKNOWN},
#define GDF_OS_FAMILY(id, name, libc, shell, bash, manager, ca, zones, loader, accounts) \
    [GDF__OS_##id] = {GDF__LIBC_##libc,   GDF__SHELL_PROGRAM_##shell,                    \
                      GDF__FACT_##bash,   GDF__PACKAGES_##manager,                       \
                      GDF__FACT_##ca,     GDF__FACT_##zones,                             \
                      GDF__FACT_##loader, GDF__ACCOUNTS_##accounts},
#include "facts/os_families.def"
#undef GDF_OS_FAMILY
};

static const gdf__image_variable variables[] = {
#define GDF_IMAGE_VARIABLE(set, name, value) {GDF__VARIABLES_##set, name, value},
#include "facts/image_variables.def"
#undef GDF_IMAGE_VARIABLE
};

static const struct {
    const char *name;
    uint32_t bit;
} platforms[] = {
#define GDF_PLATFORM(id, bit, name) {name, GDF__PLATFORM_##id},
#include "facts/platforms.def"
#undef GDF_PLATFORM
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#define PLATFORMS_64 (GDF__PLATFORM_AMD64 | GDF__PLATFORM_ARM64 | GDF__PLATFORM_PPC64LE)
#define PLATFORMS_GOLANG_BOOKWORM (PLATFORMS_64 | GDF__PLATFORM_ARM_V7 | GDF__PLATFORM_I386)
#define PLATFORMS_GOLANG (PLATFORMS_GOLANG_BOOKWORM | GDF__PLATFORM_RISCV64 | GDF__PLATFORM_S390X)
#define PLATFORMS_GOLANG_ALPINE (PLATFORMS_GOLANG | GDF__PLATFORM_ARM_V6)
#define PLATFORMS_DISTROLESS (PLATFORMS_64 | GDF__PLATFORM_ARM_V7 | GDF__PLATFORM_S390X)

/* First Go minor whose bookworm and alpine images have the platforms above. */
#define FIRST_MINOR_WITH_PLATFORMS 26
/* Debian installed tzdata in every image up to bookworm; Alpine's base has a CA bundle since 3.12.
 */
#define FIRST_DEBIAN_WITHOUT_TZDATA 20250809u
#define FIRST_ALPINE_WITH_BUNDLE 20200529u
/* First distroless generation for riscv64. */
#define DEBIAN_13 "13"
#define NONROOT_ID "65532"

/* ---- Parts ----------------------------------------------------------------------------------- */

static gdf__certainty fact(bool yes)
{
    return yes ? GDF__FACT_YES : GDF__FACT_NO;
}

static void use_variables(gdf__image_facts *facts, gdf__variable_set set, bool complete)
{
    size_t first = 0;
    while (first < COUNT(variables) && variables[first].set != set)
        first++;
    size_t end = first;
    while (end < COUNT(variables) && variables[end].set == set)
        end++;
    facts->variables = &variables[first < COUNT(variables) ? first : 0];
    facts->variable_count = (uint32_t)(end - first);
    facts->knows_all_variables = complete ? GDF__FACT_YES : GDF__FACT_UNKNOWN;
}

static void use_user(gdf__image_facts *facts, const char *user)
{
    facts->knows_user = GDF__FACT_YES;
    facts->user = gdf__str(user);
    facts->is_root = fact(user[0] == '\0');
}

static void use_workdir(gdf__image_facts *facts, const char *workdir)
{
    facts->knows_workdir = GDF__FACT_YES;
    facts->workdir = gdf__str(workdir);
}

static void use_shell(gdf__image_facts *facts, gdf__shell_family shell, const char *path)
{
    facts->shell = shell;
    facts->has_shell = shell == GDF__SHELL_PROGRAM_UNKNOWN ? GDF__FACT_UNKNOWN
                                                           : fact(shell != GDF__SHELL_PROGRAM_NONE);
    facts->shell_path = gdf__str(path);
}

static void use_release(gdf__image_facts *facts, gdf_str release)
{
    const gdf__os_release *row = gdf__facts_find_os_release(facts->os, release);
    facts->release = row ? gdf__str(row->release) : release;
    facts->codename = gdf__str(row ? row->codename : "");
    facts->libc_version = gdf__str(row ? row->libc : "");
}

/* What older releases have that newer ones lack, and the other way round. */
static void use_age(gdf__image_facts *facts)
{
    const gdf__os_release *row = gdf__facts_find_os_release(facts->os, facts->release);
    if (!row)
        return;
    bool released = row->released != 0;
    if (row->family == GDF__OS_DEBIAN && released && row->released < FIRST_DEBIAN_WITHOUT_TZDATA)
        facts->has_zone_data = GDF__FACT_YES;
    if (row->family == GDF__OS_ALPINE && row->released < FIRST_ALPINE_WITH_BUNDLE)
        facts->has_ca_bundle = GDF__FACT_UNKNOWN;
}

static void use_system(gdf__image_facts *facts, gdf__os_family os, gdf_str release)
{
    const os_row *row = &systems[os];
    facts->os = os;
    facts->life_cycle = os;
    facts->libc = row->libc;
    bool shell = row->shell != GDF__SHELL_PROGRAM_UNKNOWN && row->shell != GDF__SHELL_PROGRAM_NONE;
    use_shell(facts, row->shell, shell ? "/bin/sh" : "");
    facts->has_bash = row->bash;
    facts->package_manager = row->manager;
    facts->has_ca_bundle = row->ca_bundle;
    facts->has_zone_data = row->zone_data;
    facts->has_loader = row->loader;
    facts->accounts = row->accounts;
    facts->has_passwd =
        os == GDF__OS_UNKNOWN || os == GDF__OS_WINDOWS ? GDF__FACT_UNKNOWN : GDF__FACT_YES;
    facts->has_tmp = facts->has_passwd;
    facts->is_closed = os == GDF__OS_UNKNOWN ? GDF__FACT_UNKNOWN : GDF__FACT_NO;
    use_release(facts, release);
    use_age(facts);
}

/* The plain image of a system: root, /, no compiler, PATH and nothing else. */
static void use_plain_image(gdf__image_facts *facts, gdf__contents contents)
{
    use_user(facts, "");
    use_workdir(facts, "/");
    use_variables(facts, GDF__VARIABLES_PATH_ONLY, true);
    facts->has_c_compiler = GDF__FACT_NO;
    facts->is_go_toolchain = GDF__FACT_NO;
    facts->contents = contents;
}

static gdf_str newest_release(gdf__os_family os)
{
    const gdf__os_release *row = gdf__facts_find_newest_os_release(os, 0);
    return gdf__str(row ? row->release : "");
}

/* ---- Families -------------------------------------------------------------------------------- */

static void read_scratch(gdf__image_facts *facts)
{
    facts->libc = GDF__LIBC_NONE;
    use_shell(facts, GDF__SHELL_PROGRAM_NONE, "");
    facts->has_bash = facts->has_ca_bundle = facts->has_zone_data = GDF__FACT_NO;
    facts->has_tmp = facts->has_loader = facts->has_passwd = GDF__FACT_NO;
    facts->package_manager = GDF__PACKAGES_NONE;
    facts->accounts = GDF__ACCOUNTS_NONE;
    use_plain_image(facts, GDF__CONTENTS_NONE);
    facts->is_closed = GDF__FACT_YES;
}

static void read_alpine(gdf__image_facts *facts, gdf_str tag)
{
    gdf_str release = gdf__empty;
    if (tag.len == 0 || gdf__str_is(tag, "latest") || gdf__str_is(tag, "3"))
        release = newest_release(GDF__OS_ALPINE);
    else if (gdf__tag_count_numbers(tag) >= 2)
        release = gdf__tag_cut_version(tag, 2);
    use_system(facts, GDF__OS_ALPINE, release);
    use_plain_image(facts, GDF__CONTENTS_ALPINE);
}

static gdf_str debian_release(gdf_str tag)
{
    static const char *const channels[] = {"stable", "oldstable", "oldoldstable"};
    gdf_str rest = tag;
    gdf_str word = gdf__tag_take_word(&rest);
    if (gdf__tag_count_numbers(word) > 0)
        return gdf__tag_cut_version(word, 1);
    for (uint32_t age = 0; age < COUNT(channels); age++) {
        bool plain = age == 0 && (word.len == 0 || gdf__str_is(word, "latest"));
        if (plain || gdf__str_is(word, channels[age])) {
            const gdf__os_release *row = gdf__facts_find_debian_stable(age, 0);
            return gdf__str(row ? row->release : "");
        }
    }
    gdf__tag_system system = gdf__tag_find_system(word);
    return system.os == GDF__OS_DEBIAN ? system.release : gdf__empty;
}

static void read_debian(gdf__image_facts *facts, gdf_str tag)
{
    use_system(facts, GDF__OS_DEBIAN, debian_release(tag));
    use_plain_image(facts, GDF__CONTENTS_DEBIAN);
    facts->is_slim = fact(gdf__tag_has_word(tag, "slim"));
}

static void read_ubuntu(gdf__image_facts *facts, gdf_str tag)
{
    gdf_str rest = tag;
    gdf_str word = gdf__tag_take_word(&rest);
    gdf_str release;
    if (word.len == 0 || gdf__str_is(word, "latest"))
        release = newest_release(GDF__OS_UBUNTU);
    else if (gdf__tag_count_numbers(word) >= 2)
        release = gdf__tag_cut_version(word, 2);
    else
        release = gdf__tag_find_system(word).release;
    use_system(facts, GDF__OS_UBUNTU, release);
    use_plain_image(facts, GDF__CONTENTS_UBUNTU);
}

static void read_busybox(gdf__image_facts *facts, gdf_str tag)
{
    use_system(facts, GDF__OS_BUSYBOX, gdf__empty);
    use_plain_image(facts, GDF__CONTENTS_BUSYBOX);
    if (gdf__tag_has_word(tag, "glibc")) {
        facts->libc = GDF__LIBC_GLIBC;
        facts->has_loader = GDF__FACT_YES;
    } else if (gdf__tag_has_word(tag, "musl")) {
        facts->libc = GDF__LIBC_MUSL;
        facts->has_loader = GDF__FACT_NO;
    }
}

/* Images of one release a tag: fedora:44, almalinux:9.4, amazonlinux:2. */
static void read_numbered_system(gdf__image_facts *facts, const gdf__repository *repository,
                                 gdf_str tag)
{
    gdf_str rest = tag;
    gdf_str word = gdf__tag_take_word(&rest);
    bool latest = word.len == 0 || gdf__str_is(word, "latest");
    bool dated = facts->family == GDF__IMAGE_AMAZON || facts->family == GDF__IMAGE_FEDORA;
    gdf_str release = gdf__tag_count_numbers(word) > 0 ? gdf__tag_cut_version(word, 1) : gdf__empty;
    if (latest && dated)
        release = newest_release(repository->os);
    use_system(facts, repository->os, release);
    use_plain_image(facts, GDF__CONTENTS_UNKNOWN);
    use_variables(facts, GDF__VARIABLES_PATH_SET, false);
    bool old = gdf__str_is(release, "2") || gdf__str_is(release, "7") || gdf__str_is(release, "6");
    if (facts->package_manager == GDF__PACKAGES_DNF && (old || release.len == 0))
        facts->package_manager = old ? GDF__PACKAGES_YUM : GDF__PACKAGES_UNKNOWN;
}

static void read_distroless(gdf__image_facts *facts, const gdf__repository *repository, gdf_str tag)
{
    bool named = repository->release.len > 0;
    gdf_str release = named ? repository->release : newest_release(GDF__OS_DISTROLESS);
    bool debug = gdf__tag_has_word(tag, "debug");
    bool nonroot = gdf__tag_has_word(tag, "nonroot");
    bool plain = facts->family != GDF__IMAGE_DISTROLESS_OTHER;
    use_system(facts, GDF__OS_DISTROLESS, release);
    use_plain_image(facts, debug || !plain ? GDF__CONTENTS_UNKNOWN : GDF__CONTENTS_NONE);
    facts->os = GDF__OS_DEBIAN;
    use_release(facts, release);
    facts->life_cycle = GDF__OS_DISTROLESS;
    facts->has_loader = fact(facts->family != GDF__IMAGE_DISTROLESS_STATIC);
    if (facts->has_loader == GDF__FACT_NO) {
        facts->libc = GDF__LIBC_NONE;
        facts->libc_version = gdf__empty;
    }
    use_variables(facts, debug ? GDF__VARIABLES_DISTROLESS_DEBUG : GDF__VARIABLES_DISTROLESS,
                  plain);
    facts->is_debug = fact(debug);
    facts->is_closed = debug || !plain ? GDF__FACT_UNKNOWN : GDF__FACT_YES;
    if (debug)
        use_shell(facts, GDF__SHELL_PROGRAM_ASH, "/busybox/sh");
    if (nonroot) {
        use_user(facts, NONROOT_ID);
        use_workdir(facts, "/home/nonroot");
    }
    if (plain && named)
        facts->platforms = PLATFORMS_DISTROLESS |
                           (gdf__str_is(release, DEBIAN_13) ? (uint32_t)GDF__PLATFORM_RISCV64 : 0u);
}

static void read_chainguard(gdf__image_facts *facts, gdf_str tag)
{
    bool developer = gdf__str_ends(tag, "-dev");
    bool minimal = facts->family == GDF__IMAGE_CHAINGUARD_STATIC ||
                   facts->family == GDF__IMAGE_CHAINGUARD_GLIBC;
    use_system(facts, GDF__OS_WOLFI, gdf__empty);
    facts->is_debug = fact(developer);
    facts->platforms = GDF__PLATFORM_AMD64 | GDF__PLATFORM_ARM64;
    if (developer || facts->family == GDF__IMAGE_CHAINGUARD_BASE) {
        use_shell(facts, GDF__SHELL_PROGRAM_ASH, "/bin/sh");
        facts->package_manager = GDF__PACKAGES_APK;
    } else if (facts->family == GDF__IMAGE_CHAINGUARD_GO) {
        use_shell(facts, GDF__SHELL_PROGRAM_BASH, "/bin/sh");
        facts->has_bash = GDF__FACT_YES;
    } else if (minimal) {
        use_shell(facts, GDF__SHELL_PROGRAM_NONE, "");
        facts->package_manager = GDF__PACKAGES_NONE;
        facts->has_bash = facts->has_c_compiler = GDF__FACT_NO;
        facts->contents = GDF__CONTENTS_NONE;
        facts->has_zone_data = GDF__FACT_YES;
        facts->is_closed = GDF__FACT_YES;
    }
    if (minimal)
        use_user(facts, NONROOT_ID);
    if (facts->family == GDF__IMAGE_CHAINGUARD_BASE)
        use_user(facts, "");
    if (facts->family == GDF__IMAGE_CHAINGUARD_STATIC && !developer)
        facts->libc = GDF__LIBC_NONE;
    facts->has_loader = fact(facts->libc == GDF__LIBC_GLIBC);
    facts->is_go_toolchain = fact(facts->family == GDF__IMAGE_CHAINGUARD_GO);
    if (facts->is_go_toolchain == GDF__FACT_YES)
        facts->has_c_compiler = GDF__FACT_YES;
    use_variables(facts, GDF__VARIABLES_PATH_SET, false);
}

static void read_ubi(gdf__image_facts *facts, const gdf__repository *repository)
{
    use_system(facts, GDF__OS_RHEL, repository->release);
    facts->is_go_toolchain = GDF__FACT_NO;
    use_variables(facts, GDF__VARIABLES_PATH_SET, false);
    switch (facts->family) {
    case GDF__IMAGE_UBI_GO_TOOLSET:
        facts->is_go_toolchain = facts->has_c_compiler = GDF__FACT_YES;
        use_user(facts, "1001");
        use_workdir(facts, "/opt/app-root/src");
        return;
    case GDF__IMAGE_UBI_OTHER: facts->package_manager = GDF__PACKAGES_UNKNOWN; return;
    case GDF__IMAGE_UBI_MINIMAL: facts->package_manager = GDF__PACKAGES_MICRODNF; break;
    case GDF__IMAGE_UBI_MICRO:
        facts->package_manager = GDF__PACKAGES_NONE;
        facts->has_ca_bundle = GDF__FACT_UNKNOWN;
        break;
    default: break;
    }
    facts->has_c_compiler = GDF__FACT_NO;
    use_user(facts, "");
    use_workdir(facts, "/");
}

static void read_golang_version(gdf__image_facts *facts, const gdf__golang_tag *tag)
{
    facts->go_minor = tag->minor;
    facts->go_patch = tag->version.patch;
    /* Images before this one set further variables. */
    const int32_t first_with_known_variables = 12;
    bool local = tag->minor >= GDF__GO_SINCE_TOOLCHAIN_LINES || tag->minor == GDF__GO_NONE;
    use_variables(facts, local ? GDF__VARIABLES_GOLANG_LOCAL : GDF__VARIABLES_GOLANG,
                  tag->minor >= first_with_known_variables);
}

static void read_golang_system(gdf__image_facts *facts, const gdf__golang_tag *tag)
{
    bool windows = tag->kind == GDF__GOLANG_SERVERCORE || tag->kind == GDF__GOLANG_NANOSERVER;
    bool recent = tag->minor >= FIRST_MINOR_WITH_PLATFORMS;
    if (windows) {
        use_system(facts, GDF__OS_WINDOWS, gdf__empty);
        facts->is_go_toolchain = GDF__FACT_YES;
        facts->variable_count = 0;
        facts->knows_all_variables = facts->knows_workdir = GDF__FACT_UNKNOWN;
        facts->knows_user = facts->is_root = GDF__FACT_UNKNOWN;
        return;
    }
    gdf__tag_system system = gdf__tag_find_system(tag->suite);
    if (tag->kind == GDF__GOLANG_ALPINE) {
        use_system(facts, GDF__OS_ALPINE, system.release);
        facts->has_ca_bundle = GDF__FACT_YES;
        facts->contents = GDF__CONTENTS_GOLANG_ALPINE;
        facts->has_c_compiler = GDF__FACT_NO;
        facts->platforms = recent ? PLATFORMS_GOLANG_ALPINE : 0;
    } else if (tag->kind == GDF__GOLANG_DEBIAN) {
        use_system(facts, GDF__OS_DEBIAN, system.release);
        facts->contents = GDF__CONTENTS_GOLANG_DEBIAN;
        facts->has_c_compiler = facts->has_ca_bundle = facts->has_zone_data = GDF__FACT_YES;
        bool old_suite = gdf__str_is(facts->codename, "bookworm");
        if (recent && facts->codename.len > 0)
            facts->platforms = old_suite ? PLATFORMS_GOLANG_BOOKWORM : PLATFORMS_GOLANG;
    }
}

static void read_golang(gdf__image_facts *facts, gdf_str text, bool known)
{
    facts->is_go_toolchain = GDF__FACT_YES;
    use_user(facts, "");
    use_workdir(facts, "/go");
    if (!known) {
        use_variables(facts, GDF__VARIABLES_GOLANG, false);
        return;
    }
    gdf__golang_tag tag = gdf__facts_read_golang_tag(text, 0);
    read_golang_version(facts, &tag);
    read_golang_system(facts, &tag);
}

static void read_go_toolchain(gdf__image_facts *facts, const gdf__repository *repository,
                              gdf_str tag)
{
    gdf__tag_system system = gdf__tag_find_system(tag);
    gdf__os_family os = system.os ? system.os : repository->os;
    use_system(facts, os, system.release);
    /* These images add tools of their own to the plain system. */
    facts->package_manager = systems[os].manager;
    if (facts->has_ca_bundle == GDF__FACT_NO)
        facts->has_ca_bundle = GDF__FACT_YES;
    facts->has_zone_data = facts->has_bash = GDF__FACT_UNKNOWN;
    facts->is_go_toolchain = GDF__FACT_YES;
    use_variables(facts, GDF__VARIABLES_PATH_SET, false);
    if (repository->version_parts > 0) {
        gdf__go_version version = gdf__go_version_parse(gdf__tag_take_word(&tag));
        facts->go_minor = version.minor;
        facts->go_patch = version.patch;
    }
    if (gdf__str_is(repository->name, "cimg/go")) {
        use_user(facts, "circleci");
        use_workdir(facts, "/home/circleci/project");
    }
}

static void read_buildpack_deps(gdf__image_facts *facts, gdf_str tag)
{
    gdf__tag_system system = gdf__tag_find_system(tag);
    gdf__os_family os = system.os ? system.os : GDF__OS_DEBIAN;
    gdf_str release = system.release;
    if (tag.len == 0 || gdf__str_is(tag, "latest"))
        release = debian_release(tag);
    bool small = gdf__tag_has_word(tag, "curl") || gdf__tag_has_word(tag, "scm");
    use_system(facts, os, release);
    use_plain_image(facts, GDF__CONTENTS_UNKNOWN);
    facts->has_ca_bundle = GDF__FACT_YES;
    facts->has_zone_data = GDF__FACT_UNKNOWN;
    facts->has_c_compiler = fact(!small);
}

static void read_official(gdf__image_facts *facts, const gdf__repository *repository, gdf_str tag)
{
    gdf__tag_system system = gdf__tag_find_system(tag);
    use_system(facts, system.os ? system.os : repository->os, system.release);
    if (facts->has_ca_bundle == GDF__FACT_NO)
        facts->has_ca_bundle = GDF__FACT_UNKNOWN;
    if (facts->has_zone_data == GDF__FACT_NO)
        facts->has_zone_data = GDF__FACT_UNKNOWN;
    if (facts->has_bash == GDF__FACT_NO)
        facts->has_bash = GDF__FACT_UNKNOWN;
    facts->accounts = GDF__ACCOUNTS_UNKNOWN;
    facts->is_go_toolchain = GDF__FACT_NO;
    facts->is_slim = fact(gdf__tag_has_word(tag, "slim"));
    use_variables(facts, GDF__VARIABLES_PATH_SET, false);
}

/* ---- Look-up --------------------------------------------------------------------------------- */

static gdf__image_facts unknown_image(void)
{
    gdf__image_facts facts = {
        .go_minor = GDF__GO_NONE,
        .go_patch = GDF__GO_NONE,
        .release = gdf__empty,
        .codename = gdf__empty,
        .libc_version = gdf__empty,
        .shell_path = gdf__empty,
        .user = gdf__empty,
        .workdir = gdf__empty,
        .variables = variables,
    };
    return facts;
}

/* Families whose tags all share what is told; the others need a tag that is known. */
static bool depends_on_tag(gdf__image_family family)
{
    return family != GDF__IMAGE_SCRATCH && family != GDF__IMAGE_GOLANG &&
           (family < GDF__IMAGE_UBI || family > GDF__IMAGE_UBI_OTHER);
}

static void read_family(gdf__image_facts *facts, const gdf__repository *repository, gdf_str tag)
{
    switch (facts->family) {
    case GDF__IMAGE_SCRATCH: read_scratch(facts); break;
    case GDF__IMAGE_ALPINE: read_alpine(facts, tag); break;
    case GDF__IMAGE_DEBIAN: read_debian(facts, tag); break;
    case GDF__IMAGE_UBUNTU: read_ubuntu(facts, tag); break;
    case GDF__IMAGE_BUSYBOX: read_busybox(facts, tag); break;
    case GDF__IMAGE_DISTROLESS_STATIC:
    case GDF__IMAGE_DISTROLESS_BASE:
    case GDF__IMAGE_DISTROLESS_BASE_NOSSL:
    case GDF__IMAGE_DISTROLESS_CC:
    case GDF__IMAGE_DISTROLESS_OTHER: read_distroless(facts, repository, tag); break;
    case GDF__IMAGE_CHAINGUARD_STATIC:
    case GDF__IMAGE_CHAINGUARD_GLIBC:
    case GDF__IMAGE_CHAINGUARD_BASE:
    case GDF__IMAGE_CHAINGUARD_GO:
    case GDF__IMAGE_CHAINGUARD_OTHER: read_chainguard(facts, tag); break;
    case GDF__IMAGE_UBI:
    case GDF__IMAGE_UBI_MINIMAL:
    case GDF__IMAGE_UBI_MICRO:
    case GDF__IMAGE_UBI_GO_TOOLSET:
    case GDF__IMAGE_UBI_OTHER: read_ubi(facts, repository); break;
    case GDF__IMAGE_AMAZON:
    case GDF__IMAGE_FEDORA:
    case GDF__IMAGE_ENTERPRISE_LINUX:
    case GDF__IMAGE_OTHER_OS: read_numbered_system(facts, repository, tag); break;
    case GDF__IMAGE_GO_TOOLCHAIN: read_go_toolchain(facts, repository, tag); break;
    case GDF__IMAGE_BUILDPACK_DEPS: read_buildpack_deps(facts, tag); break;
    case GDF__IMAGE_OFFICIAL: read_official(facts, repository, tag); break;
    default: break;
    }
}

gdf__image_facts gdf__facts_find_image(gdf_str name, gdf_str tag)
{
    gdf__image_facts facts = unknown_image();
    gdf__repository repository = gdf__facts_find_repository(name);
    bool known = gdf__tag_is_valid(tag);
    facts.family = repository.family;
    if (facts.family == GDF__IMAGE_GO_TOOLCHAIN || facts.family == GDF__IMAGE_CHAINGUARD_GO)
        facts.is_go_toolchain = GDF__FACT_YES;
    if (repository.is_root)
        use_user(&facts, "");
    if (facts.family == GDF__IMAGE_GOLANG)
        read_golang(&facts, tag, known);
    else if (known || !depends_on_tag(facts.family))
        read_family(&facts, &repository, tag);
    return facts;
}

const gdf__os_release *gdf__facts_find_image_release(const gdf__image_facts *facts)
{
    return gdf__facts_find_os_release(facts->life_cycle, facts->release);
}

const gdf__image_variable *gdf__facts_find_variable(const gdf__image_facts *facts, gdf_str name)
{
    for (uint32_t i = 0; i < facts->variable_count; i++) {
        if (gdf__str_is(name, facts->variables[i].name))
            return &facts->variables[i];
    }
    return NULL;
}

gdf__certainty gdf__facts_has_platform(const gdf__image_facts *facts, gdf_str platform)
{
    if (facts->platforms == 0)
        return GDF__FACT_UNKNOWN;
    if (gdf__str_is(platform, "linux/arm64/v8"))
        platform = gdf__str("linux/arm64");
    for (size_t i = 0; i < COUNT(platforms); i++) {
        if (gdf__str_is(platform, platforms[i].name))
            return fact((facts->platforms & platforms[i].bit) != 0);
    }
    return gdf__str_is(platform, "linux/arm") ? GDF__FACT_UNKNOWN : GDF__FACT_NO;
}
