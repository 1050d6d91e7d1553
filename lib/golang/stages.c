#include "base/ascii.h"
#include "base/slice.h"
#include "golang/go_command.h"
#include "golang/model.h"

/* What the words of a stage name tell. A trailing `*` matches any rest. */
typedef struct role_word {
    const char *word;
    gdf__stage_role role;
} role_word;

static const role_word ROLE_WORDS[] = {
    {"bench*", GDF__ROLE_TEST},   {"build*", GDF__ROLE_BUILD},   {"check*", GDF__ROLE_TEST},
    {"ci", GDF__ROLE_TEST},       {"compil*", GDF__ROLE_BUILD},  {"coverage", GDF__ROLE_TEST},
    {"debug*", GDF__ROLE_DEV},    {"deps", GDF__ROLE_BUILD},     {"dev*", GDF__ROLE_DEV},
    {"docs", GDF__ROLE_TEST},     {"lint*", GDF__ROLE_TEST},     {"local", GDF__ROLE_DEV},
    {"modules", GDF__ROLE_BUILD}, {"test*", GDF__ROLE_TEST},     {"tools", GDF__ROLE_BUILD},
    {"update*", GDF__ROLE_TEST},  {"validate*", GDF__ROLE_TEST}, {"vendor*", GDF__ROLE_TEST},
    {"vet", GDF__ROLE_TEST},
};

/* Programs that show, as the command of an image, that people work in it. */
static const char *const DEV_PROGRAMS[] = {
    "CompileDaemon", "air",  "ash",  "bash",    "dlv",    "fish", "gin",  "go",        "gofmt",
    "golangci-lint", "make", "mage", "nodemon", "reflex", "sh",   "task", "watchexec", "zsh"};

/* Programs whose effects on Go builds cannot be seen. */
static const char *const OPAQUE_PROGRAMS[] = {"bazel", "bazelisk", "buck2", "cmake", "earthly",
                                              "just",  "ko",       "mage",  "make",  "goreleaser",
                                              "ninja", "please",   "task",  "goxc"};

static const char *const INSTALLERS[] = {"apk", "apt", "apt-get", "dnf", "microdnf", "yum"};

static bool role_word_fits(const char *pattern, gdf_str word)
{
    size_t len = strlen(pattern);
    if (pattern[len - 1] != '*')
        return gdf__str_is(word, pattern);
    return word.len >= len - 1 && memcmp(word.ptr, pattern, len - 1) == 0;
}

static gdf__stage_role role_of_name(gdf_str name)
{
    gdf__stage_role role = GDF__ROLE_NONE;
    for (size_t at = 0; at < name.len;) {
        size_t end = at;
        while (end < name.len && gdf__ascii_is_alnum(name.ptr[end]))
            end++;
        gdf_str word = gdf__str_slice(name, at, end);
        for (size_t i = 0; i < sizeof ROLE_WORDS / sizeof *ROLE_WORDS; i++) {
            /* A test or dev stage may be named after what it builds on: the stronger word wins. */
            if (role_word_fits(ROLE_WORDS[i].word, word) && ROLE_WORDS[i].role > role)
                role = ROLE_WORDS[i].role;
        }
        at = end + 1;
    }
    return role;
}

/* ---- what the shell text of a stage shows ---------------------------------------------------- */

/* What a command adds to the image or takes from it. */
typedef struct package_changes {
    bool installs_go;
    bool installs_compiler;
    bool removes; /* packages, or the directory of an unpacked Go */
} package_changes;

/* Packages that bring a C compiler. */
static const char *const COMPILER_PACKAGES[] = {
    "alpine-sdk", "build-base", "build-essential", "clang", "g++", "gcc", "musl-dev", "zig"};

static void read_installed(package_changes *changes, gdf_str word)
{
    static const char *const REMOVALS[] = {"autoremove", "del", "erase", "purge", "remove"};
    gdf_str name = gdf__str_slice(word, 0, gdf__str_find(word, '=', 0));
    changes->installs_go =
        changes->installs_go || gdf__str_is(name, "go") || gdf__str_starts(name, "golang");
    changes->installs_compiler =
        changes->installs_compiler || GDF__IS_ONE_OF(name, COMPILER_PACKAGES);
    changes->removes = changes->removes || GDF__IS_ONE_OF(word, REMOVALS);
}

static void read_unpacked(package_changes *changes, gdf_str word)
{
    gdf_str file = gdf__path_base(word);
    changes->installs_go =
        changes->installs_go || (gdf__str_starts(file, "go") && gdf__str_contains(file, "linux") &&
                                 gdf__str_ends(file, ".tar.gz"));
}

static void read_deleted(package_changes *changes, gdf_str word)
{
    changes->removes = changes->removes || gdf__str_starts(word, "/usr/local/go");
}

/* What the words of a command with that program tell; NULL: nothing. */
static void (*reader_of(gdf_str program))(package_changes *changes, gdf_str word)
{
    if (GDF__IS_ONE_OF(program, INSTALLERS))
        return read_installed;
    if (gdf__str_is(program, "tar"))
        return read_unpacked;
    return gdf__str_is(program, "rm") ? read_deleted : NULL;
}

static package_changes read_changes(const gdf__shell *shell, gdf_command command)
{
    package_changes changes = {false, false, false};
    void (*read)(package_changes *, gdf_str) = reader_of(gdf__shell_program(shell, command));
    uint32_t count = read ? gdf__shell_count_arguments(shell, command) : 0;
    for (uint32_t i = 1; i < count; i++)
        read(&changes, gdf__shell_argument(shell, command, i)->value);
    return changes;
}

static bool is_script(gdf_str path)
{
    return gdf__str_ends(path, ".sh") || gdf__str_ends(path, ".bash") ||
           gdf__str_starts(path, "./") || gdf__str_starts(path, "scripts/") ||
           gdf__str_starts(path, "hack/");
}

static bool is_opaque(const gdf__shell *shell, gdf_command command)
{
    gdf_str program = gdf__shell_program(shell, command);
    const gdf__word *name = gdf__shell_argument(shell, command, 0);
    if (GDF__IS_ONE_OF(program, OPAQUE_PROGRAMS) || (name && is_script(name->value)))
        return true;
    bool runs_file =
        gdf__is_posix_shell(program) || gdf__str_is(program, "source") || gdf__str_is(program, ".");
    bool runs_go = gdf__str_is(program, "go");
    const gdf__word *first = runs_file || runs_go ? gdf__shell_argument(shell, command, 1) : NULL;
    return first && (runs_file ? is_script(first->value) : gdf__str_is(first->value, "run"));
}

static bool may_not_run(const gdf__shell *shell, gdf_command command)
{
    return (gdf__shell_command(shell, command)->flags & GDF_COMMAND_FLAG_CONDITIONAL) != 0;
}

static void read_commands(gdf__golang *golang, gdf__go_stage *row, const gdf__stage *stage)
{
    const gdf_build *build = golang->build;
    for (uint32_t i = 0; i < stage->instruction_count; i++) {
        gdf_node node =
            *GDF__AT(build->document->instructions, gdf_node, stage->first_instruction + i);
        if (gdf_node_get_instruction(build->document, node) != GDF_INSTRUCTION_RUN)
            continue;
        const gdf__step *step = gdf__build_step(build, node);
        if (!step->understood)
            row->has_opaque_build = true;
        bool leaves_go = false;
        for (uint32_t c = 0; c < step->command_count; c++) {
            gdf_command command = step->first_command + c;
            package_changes changes = read_changes(&build->shell, command);
            bool stays = changes.installs_go && !may_not_run(&build->shell, command);
            row->has_toolchain = row->has_toolchain || changes.installs_go;
            row->has_compiler = row->has_compiler || changes.installs_compiler;
            leaves_go = (leaves_go || stays) && !changes.removes;
            row->has_opaque_build = row->has_opaque_build || is_opaque(&build->shell, command);
            row->runs_go =
                row->runs_go || gdf__is_go_program(gdf__shell_program(&build->shell, command));
        }
        row->ships_toolchain = row->ships_toolchain || leaves_go;
    }
}

bool gdf__golang_installs_packages(const gdf__golang *golang, gdf_node run)
{
    static const char *const BESIDE[] = {"cd", "echo", "mkdir",
                                         "rm", "set",  "update-ca-certificates"};
    const gdf__step *step = gdf__build_step(golang->build, run);
    bool only = step && step->understood && step->command_count;
    for (uint32_t i = 0; only && i < step->command_count; i++) {
        gdf_str program = gdf__shell_program(&golang->build->shell, step->first_command + i);
        only = GDF__IS_ONE_OF(program, INSTALLERS) || GDF__IS_ONE_OF(program, BESIDE);
    }
    return only;
}

/* ---- roles and runtime targets --------------------------------------------------------------- */

static bool starts_dev_program(const gdf__golang *golang, const gdf__go_stage *row)
{
    gdf_node node = row->entrypoint ? row->entrypoint : row->command;
    gdf_str program = gdf__path_base(gdf__golang_started_program(golang, node));
    return program.len && GDF__IS_ONE_OF(program, DEV_PROGRAMS);
}

static bool only_copies(const gdf__golang *golang, const gdf__stage *stage)
{
    const gdf_document *document = golang->build->document;
    for (uint32_t i = 1; i < stage->instruction_count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, stage->first_instruction + i);
        gdf_instruction_kind kind = gdf_node_get_instruction(document, node);
        if (kind != GDF_INSTRUCTION_COPY && kind != GDF_INSTRUCTION_ADD &&
            kind != GDF_INSTRUCTION_ARG && kind != GDF_INSTRUCTION_LABEL)
            return false;
    }
    return true;
}

static void find_role(const gdf__golang *golang, gdf__go_stage *row, const gdf__stage *stage)
{
    row->role = role_of_name(stage->name);
    if (stage->is_scratch && stage->root == row->root && !row->entrypoint && !row->command &&
        only_copies(golang, stage))
        row->role = GDF__ROLE_ARTIFACT;
    else if (row->role == GDF__ROLE_NONE && starts_dev_program(golang, row))
        row->role = GDF__ROLE_DEV;
}

static void mark_sources(gdf__golang *golang)
{
    for (uint32_t i = 0; i < golang->build->edges.count; i++) {
        const gdf__edge *edge = gdf__build_edge(golang->build, i);
        gdf__go_stage *source = gdf__golang_stage_row(golang, edge->source);
        if (source && edge->kind == GDF_EDGE_BASE)
            source->is_base = true;
        else if (source)
            source->is_source = true;
    }
}

static void find_runtime(gdf__golang *golang, gdf_stage id)
{
    gdf__go_stage *row = gdf__golang_stage_row(golang, id);
    bool is_last = id == golang->stages.count;
    bool starts = row->entrypoint || row->command;
    bool serves = row->is_base || (row->is_source && row->has_toolchain);
    if (row->role != GDF__ROLE_NONE || (!is_last && (!starts || serves)))
        return;
    row->is_runtime = true;
    for (gdf_stage stage = id; stage; stage = gdf__build_stage(golang->build, stage)->base_stage) {
        gdf__go_stage *member = gdf__golang_stage_row(golang, stage);
        if (member->in_runtime_chain)
            break;
        member->in_runtime_chain = true;
    }
}

static void read_stage(gdf__golang *golang, gdf_stage id)
{
    const gdf_build *build = golang->build;
    const gdf__stage *stage = gdf__build_stage(build, id);
    gdf__go_stage *row = gdf__table_add(&golang->stages);
    if (!row)
        return;
    const gdf__image_state *state = gdf__build_state_at_end(build, id);
    *row = (gdf__go_stage){.facts = gdf__build_find_image(build, id),
                           .root = stage->root,
                           .base_known = !stage->is_base_unknown,
                           .entrypoint = state->entrypoint,
                           .command = state->command,
                           .healthcheck = state->healthcheck};
    const gdf__go_stage *base = gdf__golang_stage(golang, stage->base_stage);
    row->has_toolchain_base = row->facts.is_go_toolchain == GDF__FACT_YES;
    row->has_toolchain = row->has_toolchain_base || (base && base->has_toolchain);
    row->ships_toolchain = row->has_toolchain_base || (base && base->ships_toolchain);
    row->has_opaque_build = base && base->has_opaque_build;
    row->has_compiler = base && base->has_compiler;
    read_commands(golang, row, stage);
    row->chain_runs_go = row->runs_go || (base && base->chain_runs_go);
    find_role(golang, row, stage);
}

void gdf__golang_read_stages(gdf__golang *golang)
{
    uint32_t count = golang->build->stages.count;
    for (gdf_stage id = 1; id <= count; id++)
        read_stage(golang, id);
    mark_sources(golang);
    for (gdf_stage id = 1; id <= golang->stages.count; id++)
        find_runtime(golang, id);
}
