/* lib/facts: what base images hold, by name and tag, and the order of the tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "facts/image_contents.h"
#include "support/assertions.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* ---- images ---------------------------------------------------------------------------------- */

static const char *mark(gdf__certainty certainty)
{
    static const char *const marks[] = {"?", "-", "+"};
    return marks[certainty];
}

static const char *libc_name(gdf__libc libc)
{
    static const char *const names[] = {"?", "no-libc", "glibc", "musl"};
    return names[libc];
}

static const char *shell_name(gdf__shell_family shell)
{
    static const char *const names[] = {"?", "no-shell", "dash", "ash", "bash"};
    return names[shell];
}

static const char *manager_name(gdf__package_manager manager)
{
    static const char *const names[] = {"?",   "no-packages", "apk",  "apt",   "dnf",
                                        "yum", "microdnf",    "tdnf", "zypper"};
    return names[manager];
}

static void describe(const gdf__image_facts *facts, char *out, size_t size)
{
    int written = snprintf(
        out, size,
        "%s %s %.*s %.*s %s%s%.*s %s %s ca%s zone%s tmp%s cc%s ld%s closed%s user%s%.*s root%s "
        "dir%s%.*s",
        gdf__image_family_name(facts->family), gdf__os_family_name(facts->os),
        (int)facts->release.len, facts->release.ptr, (int)facts->codename.len, facts->codename.ptr,
        libc_name(facts->libc), facts->libc_version.len ? "-" : "", (int)facts->libc_version.len,
        facts->libc_version.ptr, shell_name(facts->shell), manager_name(facts->package_manager),
        mark(facts->has_ca_bundle), mark(facts->has_zone_data), mark(facts->has_tmp),
        mark(facts->has_c_compiler), mark(facts->has_loader), mark(facts->is_closed),
        mark(facts->knows_user), (int)facts->user.len, facts->user.ptr, mark(facts->is_root),
        mark(facts->knows_workdir), (int)facts->workdir.len, facts->workdir.ptr);
    assert_true(written > 0 && (size_t)written < size);
}

typedef struct image_case {
    const char *repository;
    const char *tag;
    const char *expected; /* see describe(); then the Go release of a toolchain */
} image_case;

static const image_case images[] = {
    {"scratch", "",
     "scratch    no-libc no-shell no-packages ca- zone- tmp- cc- ld- closed+ user+ root+ dir+/"},
    {"alpine", "",
     "alpine alpine 3.24  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "latest",
     "alpine alpine 3.24  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "3",
     "alpine alpine 3.24  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "3.20",
     "alpine alpine 3.20  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "3.8",
     "alpine alpine 3.8  musl ash apk ca? zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "3.18.4",
     "alpine alpine 3.18  musl ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "edge",
     "alpine alpine   musl ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "20260805",
     "alpine alpine   musl ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"alpine", "3.99",
     "alpine alpine 3.99  musl ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"docker.io/library/alpine", "3.23",
     "alpine alpine 3.23  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"index.docker.io/library/alpine", "3.23",
     "alpine alpine 3.23  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"public.ecr.aws/docker/library/alpine", "3.23",
     "alpine alpine 3.23  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"mirror.gcr.io/library/alpine", "3.23",
     "alpine alpine 3.23  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"arm64v8/alpine", "3.23",
     "alpine alpine 3.23  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"debian", "",
     "debian debian 13 trixie glibc-2.41 dash apt ca- zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "trixie-slim",
     "debian debian 13 trixie glibc-2.41 dash apt ca- zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "stable-slim",
     "debian debian 13 trixie glibc-2.41 dash apt ca- zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "oldstable",
     "debian debian 12 bookworm glibc-2.36 dash apt ca- zone+ tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "bookworm",
     "debian debian 12 bookworm glibc-2.36 dash apt ca- zone+ tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "12.5-slim",
     "debian debian 12 bookworm glibc-2.36 dash apt ca- zone+ tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "11",
     "debian debian 11 bullseye glibc-2.31 dash apt ca- zone+ tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"debian", "sid-slim",
     "debian debian   glibc dash apt ca- zone? tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"debian", "bullseye-20260803-slim",
     "debian debian 11 bullseye glibc-2.31 dash apt ca- zone+ tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"ubuntu", "",
     "ubuntu ubuntu 26.04 resolute glibc dash apt ca- zone- tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"ubuntu", "24.04",
     "ubuntu ubuntu 24.04 noble glibc-2.39 dash apt ca- zone- tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"ubuntu", "jammy-20260810",
     "ubuntu ubuntu 22.04 jammy glibc-2.35 dash apt ca- zone- tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"ubuntu", "rolling",
     "ubuntu ubuntu   glibc dash apt ca- zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"busybox", "",
     "busybox busybox   ? ash no-packages ca- zone- tmp+ cc- ld? closed- user+ root+ dir+/"},
    {"busybox", "1.37-musl",
     "busybox busybox   musl ash no-packages ca- zone- tmp+ cc- ld- closed- user+ root+ dir+/"},
    {"busybox", "glibc",
     "busybox busybox   glibc ash no-packages ca- zone- tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"golang", "",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.27"},
    {"golang", "1",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.27"},
    {"golang", "alpine",
     "golang alpine 3.24  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/go "
     "go1.27"},
    {"golang", "1.27",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.27"},
    {"golang", "1.26.7",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.26.7"},
    {"golang", "1.24",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.24"},
    {"golang", "1.24.5",
     "golang debian 12 bookworm glibc-2.36 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.24.5"},
    {"golang", "1.24.6",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.24.6"},
    {"golang", "1.19",
     "golang debian 12 bookworm glibc-2.36 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.19"},
    {"golang", "1.22-alpine",
     "golang alpine 3.21  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/go "
     "go1.22"},
    {"golang", "1.22.4-alpine",
     "golang alpine 3.20  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/go "
     "go1.22.4"},
    {"golang", "1.26-alpine3.23",
     "golang alpine 3.23  musl-1.2.5 ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/go "
     "go1.26"},
    {"golang", "1.21-bookworm",
     "golang debian 12 bookworm glibc-2.36 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.21"},
    {"golang", "1.27-windowsservercore-ltsc2025",
     "golang windows   no-libc no-shell no-packages ca+ zone- tmp? cc? ld? closed- user? root? "
     "dir?/go go1.27"},
    {"golang", "1.28rc1-alpine",
     "golang alpine   musl ash apk ca+ zone- tmp+ cc- ld+ closed- user+ root+ dir+/go go1.28"},
    {"golang", "1.99",
     "golang debian   glibc dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ dir+/go go1.99"},
    {"golang", "${V}", "golang    ? ? ? ca? zone? tmp? cc? ld? closed? user+ root+ dir+/go go"},
    {"docker.io/golang", "1.27-trixie",
     "golang debian 13 trixie glibc-2.41 dash apt ca+ zone+ tmp+ cc+ ld+ closed- user+ root+ "
     "dir+/go go1.27"},
    {"gcr.io/distroless/static", "",
     "distroless-static debian 13 trixie no-libc no-shell no-packages ca+ zone+ tmp+ cc- ld- "
     "closed+ user+ root+ dir+/"},
    {"gcr.io/distroless/static", "nonroot",
     "distroless-static debian 13 trixie no-libc no-shell no-packages ca+ zone+ tmp+ cc- ld- "
     "closed+ user+65532 root- dir+/home/nonroot"},
    {"gcr.io/distroless/static-debian12", "debug-nonroot",
     "distroless-static debian 12 bookworm no-libc ash no-packages ca+ zone+ tmp+ cc- ld- closed? "
     "user+65532 root- dir+/home/nonroot"},
    {"gcr.io/distroless/static-debian13", "nonroot",
     "distroless-static debian 13 trixie no-libc no-shell no-packages ca+ zone+ tmp+ cc- ld- "
     "closed+ user+65532 root- dir+/home/nonroot"},
    {"gcr.io/distroless/base-debian12", "",
     "distroless-base debian 12 bookworm glibc-2.36 no-shell no-packages ca+ zone+ tmp+ cc- ld+ "
     "closed+ user+ root+ dir+/"},
    {"gcr.io/distroless/base-nossl-debian13", "latest",
     "distroless-base-nossl debian 13 trixie glibc-2.41 no-shell no-packages ca+ zone+ tmp+ cc- "
     "ld+ closed+ user+ root+ dir+/"},
    {"gcr.io/distroless/cc-debian13", "debug",
     "distroless-cc debian 13 trixie glibc-2.41 ash no-packages ca+ zone+ tmp+ cc- ld+ closed? "
     "user+ root+ dir+/"},
    {"gcr.io/distroless/java17-debian12", "nonroot",
     "distroless debian 12 bookworm glibc-2.36 no-shell no-packages ca+ zone+ tmp+ cc- ld+ closed? "
     "user+65532 root- dir+/home/nonroot"},
    {"cgr.dev/chainguard/static", "latest",
     "chainguard-static wolfi   no-libc no-shell no-packages ca+ zone+ tmp+ cc- ld- closed+ "
     "user+65532 root- dir?"},
    {"cgr.dev/chainguard/glibc-dynamic", "latest",
     "chainguard-glibc-dynamic wolfi   glibc no-shell no-packages ca+ zone+ tmp+ cc- ld+ closed+ "
     "user+65532 root- dir?"},
    {"cgr.dev/chainguard/wolfi-base", "latest",
     "chainguard-base wolfi   glibc ash apk ca+ zone? tmp+ cc? ld+ closed- user+ root+ dir?"},
    {"cgr.dev/chainguard/go", "latest-dev",
     "chainguard-go wolfi   glibc ash apk ca+ zone? tmp+ cc+ ld+ closed- user? root? dir? go"},
    {"cgr.dev/chainguard/node", "latest",
     "chainguard wolfi   glibc ? ? ca+ zone? tmp+ cc? ld+ closed- user? root? dir?"},
    {"registry.access.redhat.com/ubi9/ubi", "9.5",
     "ubi rhel 9  glibc-2.34 bash dnf ca+ zone? tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"registry.access.redhat.com/ubi9/ubi-minimal", "",
     "ubi-minimal rhel 9  glibc-2.34 bash microdnf ca+ zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"registry.access.redhat.com/ubi8-minimal", "8.10",
     "ubi-minimal rhel 8  glibc-2.28 bash microdnf ca+ zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"redhat/ubi9-micro", "",
     "ubi-micro rhel 9  glibc-2.34 bash no-packages ca? zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"registry.access.redhat.com/ubi9/go-toolset", "1.23",
     "ubi-go-toolset rhel 9  glibc-2.34 bash dnf ca+ zone? tmp+ cc+ ld+ closed- user+1001 root- "
     "dir+/opt/app-root/src go"},
    {"registry.access.redhat.com/ubi9/nodejs-20", "",
     "ubi-other rhel 9  glibc-2.34 bash ? ca+ zone? tmp+ cc? ld+ closed- user? root? dir?"},
    {"amazonlinux", "2",
     "amazonlinux amazonlinux 2  glibc-2.26 bash yum ca+ zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"amazonlinux", "latest",
     "amazonlinux amazonlinux 2023  glibc-2.34 bash dnf ca+ zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"fedora", "43",
     "fedora fedora 43  glibc bash dnf ca+ zone? tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"rockylinux", "9",
     "enterprise-linux rhel 9  glibc-2.34 bash dnf ca+ zone? tmp+ cc- ld+ closed- user+ root+ "
     "dir+/"},
    {"centos", "7",
     "enterprise-linux rhel 7  glibc bash yum ca+ zone? tmp+ cc- ld+ closed- user+ root+ dir+/"},
    {"mcr.microsoft.com/oss/go/microsoft/golang", "1.26-azurelinux3.0",
     "go-toolchain azurelinux 3.0  glibc bash tdnf ca? zone? tmp+ cc? ld+ closed- user? root? dir? "
     "go1.26"},
    {"cimg/go", "1.26.1",
     "go-toolchain ubuntu   glibc dash apt ca+ zone? tmp+ cc? ld+ closed- user+circleci root- "
     "dir+/home/circleci/project go1.26.1"},
    {"bitnami/golang", "1.26",
     "go-toolchain debian   glibc dash apt ca+ zone? tmp+ cc? ld+ closed- user? root? dir? go1.26"},
    {"golangci/golangci-lint", "v2.1-alpine",
     "go-toolchain alpine   musl ash apk ca+ zone? tmp+ cc? ld+ closed- user+ root+ dir? go"},
    {"node", "22-alpine3.22",
     "official alpine 3.22  musl-1.2.5 ash apk ca+ zone? tmp+ cc? ld+ closed- user+ root+ dir?"},
    {"node", "22",
     "official debian   glibc dash apt ca? zone? tmp+ cc? ld+ closed- user+ root+ dir?"},
    {"python", "3.12-slim-bookworm",
     "official debian 12 bookworm glibc-2.36 dash apt ca? zone+ tmp+ cc? ld+ closed- user+ root+ "
     "dir?"},
    {"nginx", "mainline",
     "official debian   glibc dash apt ca? zone? tmp+ cc? ld+ closed- user+ root+ dir?"},
    {"buildpack-deps", "trixie-scm",
     "buildpack-deps debian 13 trixie glibc-2.41 dash apt ca+ zone? tmp+ cc- ld+ closed- user+ "
     "root+ dir+/"},
    {"buildpack-deps", "bookworm",
     "buildpack-deps debian 12 bookworm glibc-2.36 dash apt ca+ zone? tmp+ cc+ ld+ closed- user+ "
     "root+ dir+/"},
    {"example.com/golang", "1.27", "    ? ? ? ca? zone? tmp? cc? ld? closed? user? root? dir?"},
    {"library", "1", "    ? ? ? ca? zone? tmp? cc? ld? closed? user? root? dir?"},
};

static void describe_go(const gdf__image_facts *facts, char *out, size_t size)
{
    size_t used = strlen(out);
    if (facts->is_go_toolchain != GDF__FACT_YES)
        return;
    if (facts->go_patch != GDF__GO_NONE)
        snprintf(out + used, size - used, " go1.%d.%d", facts->go_minor, facts->go_patch);
    else if (facts->go_minor != GDF__GO_NONE)
        snprintf(out + used, size - used, " go1.%d", facts->go_minor);
    else
        snprintf(out + used, size - used, " go");
}

static void name_and_tag_tell_what_an_image_holds(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(images); i++) {
        char actual[512];
        gdf__image_facts facts =
            gdf__facts_find_image(gdf__str(images[i].repository), gdf__str(images[i].tag));
        describe(&facts, actual, sizeof actual);
        describe_go(&facts, actual, sizeof actual);
        if (strcmp(actual, images[i].expected) != 0)
            print_error("%s:%s\n", images[i].repository, images[i].tag);
        assert_string_equal(actual, images[i].expected);
    }
}

static gdf__image_facts image(const char *repository, const char *tag)
{
    return gdf__facts_find_image(gdf__str(repository), gdf__str(tag));
}

static void a_debug_image_has_its_shell_elsewhere(void **state)
{
    (void)state;
    gdf__image_facts plain = image("gcr.io/distroless/static-debian13", "nonroot");
    gdf__image_facts debug = image("gcr.io/distroless/static-debian13", "debug");
    gdf__image_facts developer = image("cgr.dev/chainguard/static", "latest-dev");
    assert_int_equal(plain.is_debug, GDF__FACT_NO);
    assert_int_equal(plain.has_shell, GDF__FACT_NO);
    assert_slice_is(plain.shell_path, "");
    assert_int_equal(debug.is_debug, GDF__FACT_YES);
    assert_int_equal(debug.has_shell, GDF__FACT_YES);
    assert_slice_is(debug.shell_path, "/busybox/sh");
    assert_int_equal(developer.is_debug, GDF__FACT_YES);
    assert_slice_is(developer.shell_path, "/bin/sh");
    assert_slice_is(image("debian", "13").shell_path, "/bin/sh");
}

static void end_of_life_follows_the_image_and_not_only_its_system(void **state)
{
    (void)state;
    gdf__image_facts debian = image("debian", "12");
    gdf__image_facts distroless = image("gcr.io/distroless/base-debian12", "");
    gdf__image_facts golang = image("golang", "1.25-alpine");
    gdf__image_facts scratch = image("scratch", "");
    assert_int_equal(gdf__facts_find_image_release(&debian)->end_of_life, 20260711);
    assert_int_equal(gdf__facts_find_image_release(&debian)->extended, 20280630);
    assert_int_equal(gdf__facts_find_image_release(&distroless)->end_of_life, 20260930);
    assert_string_equal(gdf__facts_find_image_release(&golang)->release, "3.24");
    assert_null(gdf__facts_find_image_release(&scratch));
}

static const char *variable(const gdf__image_facts *facts, const char *name)
{
    const gdf__image_variable *found = gdf__facts_find_variable(facts, gdf__str(name));
    if (!found)
        return "unset";
    return found->value ? found->value : "some value";
}

static void images_begin_with_their_environment(void **state)
{
    (void)state;
    gdf__image_facts golang = image("golang", "1.27");
    assert_string_equal(variable(&golang, "GOPATH"), "/go");
    assert_string_equal(variable(&golang, "GOTOOLCHAIN"), "local");
    assert_string_equal(variable(&golang, "GOLANG_VERSION"), "some value");
    assert_string_equal(variable(&golang, "PATH"),
                        "/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:"
                        "/usr/bin:/sbin:/bin");
    assert_string_equal(variable(&golang, "GOBIN"), "unset");
    assert_int_equal(golang.knows_all_variables, GDF__FACT_YES);
    gdf__image_facts old = image("golang", "1.20");
    assert_string_equal(variable(&old, "GOTOOLCHAIN"), "unset");
    gdf__image_facts distroless = image("gcr.io/distroless/base-debian13", "debug");
    assert_string_equal(variable(&distroless, "SSL_CERT_FILE"),
                        "/etc/ssl/certs/ca-certificates.crt");
    assert_non_null(strstr(variable(&distroless, "PATH"), "/busybox"));
    gdf__image_facts python = image("python", "3.12");
    assert_string_equal(variable(&python, "PATH"), "some value");
    assert_int_equal(python.knows_all_variables, GDF__FACT_UNKNOWN);
    gdf__image_facts unknown = image("example.com/app", "1");
    assert_string_equal(variable(&unknown, "PATH"), "unset");
}

static void platforms_are_told_where_they_are_known(void **state)
{
    static const struct {
        const char *repository;
        const char *tag;
        const char *platform;
        gdf__certainty expected;
    } rows[] = {
        {"golang", "1.27-trixie", "linux/riscv64", GDF__FACT_YES},
        {"golang", "1.27-bookworm", "linux/riscv64", GDF__FACT_NO},
        {"golang", "1.27-bookworm", "linux/s390x", GDF__FACT_NO},
        {"golang", "1.27", "linux/arm/v6", GDF__FACT_NO},
        {"golang", "1.27-alpine", "linux/arm/v6", GDF__FACT_YES},
        {"golang", "1.27", "linux/arm64/v8", GDF__FACT_YES},
        {"golang", "1.20", "linux/riscv64", GDF__FACT_UNKNOWN},
        {"gcr.io/distroless/static-debian13", "nonroot", "linux/riscv64", GDF__FACT_YES},
        {"gcr.io/distroless/static-debian12", "nonroot", "linux/riscv64", GDF__FACT_NO},
        {"gcr.io/distroless/static-debian12", "nonroot", "linux/386", GDF__FACT_NO},
        {"cgr.dev/chainguard/static", "latest", "linux/arm/v7", GDF__FACT_NO},
        {"debian", "13", "linux/amd64", GDF__FACT_UNKNOWN},
        {"example.com/app", "1", "linux/amd64", GDF__FACT_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__image_facts facts = image(rows[i].repository, rows[i].tag);
        assert_int_equal(gdf__facts_has_platform(&facts, gdf__str(rows[i].platform)),
                         rows[i].expected);
    }
}

/* ---- contents -------------------------------------------------------------------------------- */

static void users_and_groups_have_their_numbers(void **state)
{
    static const struct {
        const char *repository;
        const char *tag;
        const char *name;
        gdf__certainty user;
        uint32_t uid;
        gdf__certainty group;
        uint32_t gid;
    } rows[] = {
        {"alpine", "3.24", "root", GDF__FACT_YES, 0, GDF__FACT_YES, 0},
        {"alpine", "3.24", "nobody", GDF__FACT_YES, 65534, GDF__FACT_YES, 65534},
        {"alpine", "3.24", "guest", GDF__FACT_YES, 405, GDF__FACT_NO, 0},
        {"alpine", "3.24", "nogroup", GDF__FACT_NO, 0, GDF__FACT_YES, 65533},
        {"alpine", "3.24", "www-data", GDF__FACT_NO, 0, GDF__FACT_YES, 82},
        {"alpine", "3.24", "postmaster", GDF__FACT_UNKNOWN, 0, GDF__FACT_NO, 0},
        {"debian", "13", "www-data", GDF__FACT_YES, 33, GDF__FACT_YES, 33},
        {"debian", "13", "nonroot", GDF__FACT_NO, 0, GDF__FACT_NO, 0},
        {"debian", "13", "nogroup", GDF__FACT_NO, 0, GDF__FACT_YES, 65534},
        {"debian", "13", "_apt", GDF__FACT_UNKNOWN, 0, GDF__FACT_NO, 0},
        {"ubuntu", "24.04", "nobody", GDF__FACT_YES, 65534, GDF__FACT_UNKNOWN, 0},
        {"golang", "1.27", "games", GDF__FACT_YES, 5, GDF__FACT_YES, 60},
        {"gcr.io/distroless/static-debian13", "", "nonroot", GDF__FACT_YES, 65532, GDF__FACT_YES,
         65532},
        {"gcr.io/distroless/static-debian13", "", "app", GDF__FACT_NO, 0, GDF__FACT_NO, 0},
        {"scratch", "", "root", GDF__FACT_NO, 0, GDF__FACT_NO, 0},
        {"node", "22", "node", GDF__FACT_UNKNOWN, 0, GDF__FACT_UNKNOWN, 0},
        {"example.com/app", "1", "root", GDF__FACT_UNKNOWN, 0, GDF__FACT_UNKNOWN, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__image_facts facts = image(rows[i].repository, rows[i].tag);
        gdf_str name = gdf__str(rows[i].name);
        uint32_t uid = 0, gid = 0;
        assert_int_equal(gdf__facts_find_user(&facts, name, &uid, NULL), rows[i].user);
        assert_int_equal(uid, rows[i].uid);
        assert_int_equal(gdf__facts_find_group(&facts, name, &gid), rows[i].group);
        assert_int_equal(gid, rows[i].gid);
    }
}

static void a_number_finds_the_user_that_has_it(void **state)
{
    (void)state;
    gdf__image_facts alpine = image("alpine", "3.24"), scratch = image("scratch", "");
    assert_slice_is(gdf__facts_find_user_name(&alpine, 405), "guest");
    assert_slice_is(gdf__facts_find_user_name(&alpine, 10001), "");
    assert_slice_is(gdf__facts_find_user_name(&alpine, GDF__ID_UNSURE), "");
    assert_slice_is(gdf__facts_find_user_name(&scratch, 0), "");
}

static void programs_and_packages_are_known_by_image(void **state)
{
    static const struct {
        const char *repository;
        const char *tag;
        const char *name;
        gdf__certainty program;
        gdf__certainty package;
    } rows[] = {
        {"golang", "1.27", "git", GDF__FACT_YES, GDF__FACT_YES},
        {"golang", "1.27-alpine", "git", GDF__FACT_NO, GDF__FACT_NO},
        {"golang", "1.27-alpine", "wget", GDF__FACT_YES, GDF__FACT_NO},
        {"golang", "1.27-alpine", "ca-certificates", GDF__FACT_UNKNOWN, GDF__FACT_YES},
        {"alpine", "3.24", "wget", GDF__FACT_YES, GDF__FACT_NO},
        {"alpine", "3.24", "curl", GDF__FACT_NO, GDF__FACT_NO},
        {"debian", "13", "curl", GDF__FACT_NO, GDF__FACT_NO},
        {"debian", "13", "useradd", GDF__FACT_YES, GDF__FACT_UNKNOWN},
        {"debian", "13", "apk", GDF__FACT_NO, GDF__FACT_UNKNOWN},
        {"debian", "13", "some-program", GDF__FACT_UNKNOWN, GDF__FACT_UNKNOWN},
        {"scratch", "", "some-program", GDF__FACT_NO, GDF__FACT_NO},
        {"gcr.io/distroless/static-debian13", "", "wget", GDF__FACT_NO, GDF__FACT_NO},
        {"gcr.io/distroless/static-debian13", "debug", "wget", GDF__FACT_UNKNOWN,
         GDF__FACT_UNKNOWN},
        {"node", "22", "curl", GDF__FACT_UNKNOWN, GDF__FACT_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        gdf__image_facts facts = image(rows[i].repository, rows[i].tag);
        gdf_str name = gdf__str(rows[i].name);
        assert_int_equal(gdf__facts_has_program(&facts, name), rows[i].program);
        assert_int_equal(gdf__facts_has_package(&facts, name), rows[i].package);
    }
}

static void sizes_are_told_in_bytes_or_not_at_all(void **state)
{
    (void)state;
    gdf__image_facts slim = image("debian", "13-slim"), whole = image("debian", "13");
    gdf__image_facts alpine = image("golang", "1.27-alpine"), unknown = image("node", "22");
    assert_int_equal(gdf__facts_find_size(&slim).compressed, 29800000);
    assert_int_equal(gdf__facts_find_size(&whole).compressed, 49300000);
    assert_int_equal(gdf__facts_find_size(&alpine).compressed, 75200000);
    assert_int_equal(gdf__facts_find_size(&unknown).compressed, 0);
}

/* ---- repositories ---------------------------------------------------------------------------- */

static void mirrors_of_official_images_are_one_repository(void **state)
{
    static const char *const rows[][2] = {
        {"golang", "golang"},
        {"library/golang", "golang"},
        {"docker.io/golang", "golang"},
        {"docker.io/library/golang", "golang"},
        {"index.docker.io/library/golang", "golang"},
        {"registry-1.docker.io/library/golang", "golang"},
        {"public.ecr.aws/docker/library/golang", "golang"},
        {"mirror.gcr.io/library/golang", "golang"},
        {"mirror.gcr.io/golang", "golang"},
        {"docker.io/cimg/go", "cimg/go"},
        {"quay.io/library/golang", "quay.io/library/golang"},
        {"public.ecr.aws/lambda/go", "public.ecr.aws/lambda/go"},
        {"docker.io.example.com/golang", "docker.io.example.com/golang"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_slice_is(gdf__facts_normalise_repository(gdf__str(rows[i][0])), rows[i][1]);
}

static void an_architecture_namespace_is_split_off(void **state)
{
    (void)state;
    gdf_str rest = gdf__empty;
    assert_slice_is(gdf__facts_split_architecture(gdf__str("arm32v7/golang"), &rest), "arm32v7");
    assert_slice_is(rest, "golang");
    assert_slice_is(gdf__facts_split_architecture(gdf__str("arm64/golang"), &rest), "");
    assert_slice_is(rest, "arm64/golang");
    assert_slice_is(gdf__facts_split_architecture(gdf__str("amd64"), NULL), "");
    assert_int_equal(gdf__facts_find_repository(gdf__str("amd64/golang")).family,
                     GDF__IMAGE_GOLANG);
}

static void registry_and_repository_of_one_text_join(void **state)
{
    (void)state;
    gdf_str text = gdf__str("gcr.io/distroless/static:nonroot");
    gdf_str joined = gdf__facts_join_name(gdf__str_slice(text, 0, 6), gdf__str_slice(text, 7, 24));
    assert_slice_is(joined, "gcr.io/distroless/static");
    assert_slice_is(gdf__facts_join_name(gdf__empty, gdf__str("golang")), "golang");
}

static void odd_names_are_unknown_and_harmless(void **state)
{
    static const char *const names[] = {
        "",
        "/",
        "cgr.dev/",
        "cgr.dev/chainguard",
        "gcr.io/distroless/",
        "redhat/ubi",
        "redhat/ubi99x",
        "docker.io/",
        "gcr.io/distroless/a/b",
        "-debian13",
    };
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        gdf__image_facts facts = image(names[i], "1");
        bool distroless = facts.family == GDF__IMAGE_DISTROLESS_OTHER;
        assert_true(facts.family == GDF__IMAGE_UNKNOWN || distroless);
    }
    gdf__image_facts facts = gdf__facts_find_image((gdf_str){"a\0b", 3}, (gdf_str){"\xff\0", 2});
    assert_int_equal(facts.family, GDF__IMAGE_UNKNOWN);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void assert_ascending(const char *before, const char *after)
{
    if (strcmp(before, after) >= 0)
        fail_msg("\"%s\" stands before \"%s\"", before, after);
}

#define NAME_ONLY(name, ...) name,

static const char *const program_names[] = {
#define GDF_PROGRAM NAME_ONLY
#include "facts/programs.def"
#undef GDF_PROGRAM
};

static const char *const package_names[] = {
#define GDF_PACKAGE NAME_ONLY
#include "facts/packages.def"
#undef GDF_PACKAGE
};

static const char *const codenames[] = {
#define GDF_OS_CODENAME NAME_ONLY
#include "facts/os_codenames.def"
#undef GDF_OS_CODENAME
};

static const char *const moving_words[] = {
#define GDF_MOVING_TAG(word) word,
#include "facts/moving_tags.def"
#undef GDF_MOVING_TAG
};

static const char *const user_names[] = {
#define GDF_USER(set, name, uid, gid) #set " " name,
#define GDF_GROUP(set, name, gid)
#include "facts/accounts.def"
#undef GDF_USER
#undef GDF_GROUP
};

static const char *const group_names[] = {
#define GDF_USER(set, name, uid, gid)
#define GDF_GROUP(set, name, gid) #set " " name,
#include "facts/accounts.def"
#undef GDF_USER
#undef GDF_GROUP
};

static const char *const family_ids[] = {
#define GDF_OS_FAMILY(id, ...) #id,
#include "facts/os_families.def"
#undef GDF_OS_FAMILY
};

static void names_are_sorted_and_unique(void **state)
{
    static const struct {
        const char *const *names;
        size_t count;
    } tables[] = {
        {program_names, COUNT(program_names)}, {package_names, COUNT(package_names)},
        {codenames, COUNT(codenames)},         {moving_words, COUNT(moving_words)},
        {user_names, COUNT(user_names)},       {group_names, COUNT(group_names)},
        {family_ids, COUNT(family_ids)},
    };
    (void)state;
    for (size_t table = 0; table < COUNT(tables); table++) {
        for (size_t i = 1; i < tables[table].count; i++)
            assert_ascending(tables[table].names[i - 1], tables[table].names[i]);
    }
    for (uint32_t i = 1; i < gdf__facts_count_repositories(); i++)
        assert_ascending(gdf__facts_get_repository_name(i - 1), gdf__facts_get_repository_name(i));
}

static void every_repository_is_found_by_its_name(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < gdf__facts_count_repositories(); i++) {
        gdf_str name = gdf__str(gdf__facts_get_repository_name(i));
        assert_int_not_equal(gdf__facts_find_repository(name).family, GDF__IMAGE_UNKNOWN);
    }
}

static void os_releases_are_sorted_and_each_is_found(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < gdf__facts_count_os_releases(); i++) {
        const gdf__os_release *row = gdf__facts_get_os_release(i);
        assert_ptr_equal(gdf__facts_find_os_release(row->family, gdf__str(row->release)), row);
        assert_true(row->end_of_life == 0 || row->released < row->end_of_life);
        if (i == 0)
            continue;
        const gdf__os_release *before = gdf__facts_get_os_release(i - 1);
        assert_true(before->family <= row->family);
        if (before->family == row->family)
            assert_ascending(before->release, row->release);
    }
    for (size_t i = 0; i < COUNT(codenames); i++)
        assert_string_equal(gdf__facts_find_os_codename(gdf__str(codenames[i]))->codename,
                            codenames[i]);
}

static void golang_variants_are_sorted_and_each_is_found(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < gdf__facts_count_golang_variants(); i++) {
        const gdf__golang_variant *row = gdf__facts_get_golang_variant(i);
        assert_ptr_equal(gdf__facts_find_golang_variant(row->minor, gdf__str(row->variant)), row);
        assert_true(row->first_patch <= row->last_patch && row->first_listed <= row->last_listed);
        if (i == 0)
            continue;
        const gdf__golang_variant *before = gdf__facts_get_golang_variant(i - 1);
        assert_true(before->minor <= row->minor);
        if (before->minor == row->minor)
            assert_ascending(before->variant, row->variant);
    }
}

static void go_releases_are_one_row_a_minor_in_time_order(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < gdf__facts_count_go_releases(); i++) {
        const gdf__go_release *row = gdf__facts_get_go_release(i);
        assert_int_equal(row->minor, i);
        assert_true(row->newest_image_patch <= row->newest_patch);
        assert_true(i == 0 || gdf__facts_get_go_release(i - 1)->released < row->released);
    }
    assert_null(gdf__facts_get_go_release(gdf__facts_count_go_releases()));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_and_tag_tell_what_an_image_holds),
        cmocka_unit_test(a_debug_image_has_its_shell_elsewhere),
        cmocka_unit_test(end_of_life_follows_the_image_and_not_only_its_system),
        cmocka_unit_test(images_begin_with_their_environment),
        cmocka_unit_test(platforms_are_told_where_they_are_known),
        cmocka_unit_test(users_and_groups_have_their_numbers),
        cmocka_unit_test(a_number_finds_the_user_that_has_it),
        cmocka_unit_test(programs_and_packages_are_known_by_image),
        cmocka_unit_test(sizes_are_told_in_bytes_or_not_at_all),
        cmocka_unit_test(mirrors_of_official_images_are_one_repository),
        cmocka_unit_test(an_architecture_namespace_is_split_off),
        cmocka_unit_test(registry_and_repository_of_one_text_join),
        cmocka_unit_test(odd_names_are_unknown_and_harmless),
        cmocka_unit_test(names_are_sorted_and_unique),
        cmocka_unit_test(every_repository_is_found_by_its_name),
        cmocka_unit_test(os_releases_are_sorted_and_each_is_found),
        cmocka_unit_test(golang_variants_are_sorted_and_each_is_found),
        cmocka_unit_test(go_releases_are_one_row_a_minor_in_time_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
