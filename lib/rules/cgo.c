/* CGO001, CGO006: programs that need a C library which is not there, and cgo left to chance. */
#include "base/slice.h"
#include "facts/runtime.h"
#include "rules/go_command_edits.h"

/* From so many builds on one ENV is better than an assignment in front of each. */
enum { BUILDS_FOR_ENV = 3 };

static const char *const INSTALLERS[] = {"apk", "apt",      "apt-get", "aptitude",
                                         "dnf", "microdnf", "tdnf",    "yum"};

/* ---- what is known of cgo -------------------------------------------------------------------- */

static bool is_c_library(gdf_str package)
{
    package = gdf__str_slice(package, 0, gdf__str_find(package, '=', 0));
    return gdf__str_ends(package, "-dev") || gdf__str_ends(package, "-devel");
}

static bool installs_c_library(const gdf__shell *shell, gdf_command command)
{
    if (!GDF__IS_ONE_OF(gdf__shell_program(shell, command), INSTALLERS))
        return false;
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        if (is_c_library(gdf__shell_argument(shell, command, i)->value))
            return true;
    }
    return false;
}

/* Headers of the C library itself, which each base with a loader has the other half of. */
static bool is_own_library(gdf_str package)
{
    static const char *const OWN[] = {"libc-dev", "libc6-dev", "linux-libc-dev", "musl-dev"};
    return GDF__IS_ONE_OF(gdf__str_slice(package, 0, gdf__str_find(package, '=', 0)), OWN);
}

/* True when libraries are installed in front of the command that a small base does not have. */
static bool links_libraries(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__shell *shell = &check->build->shell;
    for (gdf_command id = 1; id < go->command; id++) {
        if (!GDF__IS_ONE_OF(gdf__shell_program(shell, id), INSTALLERS))
            continue;
        const gdf__word *word = NULL;
        while ((word = gdf__support_next_argument(shell, id, word)) != NULL) {
            if (is_c_library(word->value) && !is_own_library(word->value))
                return true;
        }
    }
    return false;
}

/* True when something in front of the command shows that the program uses C: an installed compiler
 * or C library. */
static bool shows_cgo_need(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, go->stage);
    if (stage->has_compiler)
        return true;
    for (gdf_command id = 1; id < go->command; id++) {
        if (installs_c_library(&check->build->shell, id))
            return true;
    }
    return false;
}

/* True when `go env -w CGO_ENABLED=…` ran before the command. */
static bool is_set_by_go_env(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__go_command *row = NULL;
    for (uint32_t i = 0; (row = gdf__golang_command(check->golang, i)) != NULL && row != go; i++) {
        uint32_t count = gdf__shell_count_arguments(shell, row->command);
        for (uint32_t k = 2; gdf__str_is(row->subcommand, "env") && k < count; k++) {
            if (gdf__str_starts(gdf__shell_argument(shell, row->command, k)->value, "CGO_ENABLED"))
                return true;
        }
    }
    return false;
}

/* True when the builder's image may set CGO_ENABLED itself. */
static bool may_be_inherited(const gdf__check *check, const gdf__go_command *go)
{
    return gdf__build_find_variable(check->build, go->instruction, GDF__LITERAL("CGO_ENABLED"))
               .state == GDF__VARIABLE_BASE;
}

/* ---- CGO001 ---------------------------------------------------------------------------------- */

static gdf_str expand_part(const gdf__check *check, gdf_node node, gdf_part part)
{
    gdf__expansion expansion = gdf__build_expand(
        check->build, node, gdf_part_get_value(check->document, part), gdf__support_arena(check));
    return expansion.certain ? expansion.text : gdf__empty;
}

/* True for the places of the loader and of libraries; /usr may be copied as a whole. */
static bool is_library_path(gdf_str path)
{
    static const char *const PLACES[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64"};
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        if (gdf__path_is_below(path, gdf__str(PLACES[i])))
            return true;
    }
    return gdf__str_is(path, "/usr") || gdf__str_is(path, "/usr/local/lib");
}

/* True when the COPY may bring a loader: to a place of libraries, or a directory to the root. */
static bool may_bring_loader(const gdf__check *check, gdf_node copy, gdf_stage from)
{
    gdf_str target = gdf__support_destination(check, copy);
    if (target.len == 0 || is_library_path(target))
        return true;
    if (!gdf__str_is(target, "/"))
        return false;
    gdf_part source = 0;
    while ((source = gdf__instruction_next_part(check->document, copy, GDF_PART_SOURCE, source)) !=
           0) {
        gdf_str path = gdf__golang_absolute_path(gdf__support_arena(check), GDF__LITERAL("/"),
                                                 expand_part(check, copy, source));
        const gdf__artefact *program = gdf__golang_find_artefact(check->golang, from, path);
        bool is_file = gdf__str_has_byte(gdf__path_base(path), '.') &&
                       gdf_node_get_instruction(check->document, copy) == GDF_INSTRUCTION_COPY;
        if (!is_file && (!program || gdf__str_is(path, "/")))
            return true;
    }
    return false;
}

static gdf_stage source_of(const gdf__check *check, const gdf__stage *stage, gdf_node copy)
{
    for (uint32_t i = 0; i < stage->edge_count; i++) {
        const gdf__edge *edge = gdf__build_edge(check->build, stage->first_edge + i);
        if (edge->instruction == copy)
            return edge->source;
    }
    return 0;
}

/* True when an instruction of the chain may add a dynamic loader. */
static bool may_get_loader(const gdf__check *check, gdf_stage id)
{
    const gdf__stage *stage = gdf__build_stage(check->build, id);
    for (; stage; stage = gdf__build_stage(check->build, stage->base_stage)) {
        for (uint32_t i = 1; i < stage->instruction_count; i++) {
            gdf_node node =
                *GDF__AT(check->document->instructions, gdf_node, stage->first_instruction + i);
            gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
            bool copies = kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD;
            if (kind == GDF_INSTRUCTION_RUN ||
                (copies && may_bring_loader(check, node, source_of(check, stage, node))))
                return true;
        }
    }
    return false;
}

static bool lacks_loader(const gdf__check *check, gdf_stage id)
{
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, id);
    bool absent =
        gdf__build_is_scratch(check->build, id) || stage->facts.has_loader == GDF__FACT_NO;
    return absent && !may_get_loader(check, id);
}

static bool is_dynamic(gdf__linkage linkage)
{
    return linkage == GDF__LINKAGE_GLIBC || linkage == GDF__LINKAGE_MUSL ||
           linkage == GDF__LINKAGE_MAYBE_DYNAMIC;
}

/* The artefact that ENTRYPOINT, CMD or HEALTHCHECK of a runtime target starts and cannot start. */
static const gdf__artefact *find_broken(const gdf__check *check, gdf_stage id)
{
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, id);
    const gdf__artefact *found[] = {gdf__golang_started_artefact(check->golang, id), NULL};
    if (stage->healthcheck) {
        gdf_str program = gdf__golang_started_program(check->golang, stage->healthcheck);
        gdf_str workdir = gdf__build_state_at_end(check->build, id)->workdir.text;
        found[1] = gdf__golang_find_artefact(
            check->golang, id,
            gdf__golang_absolute_path(gdf__support_arena(check), workdir, program));
    }
    for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
        const gdf__go_command *go =
            found[i] ? gdf__golang_command(check->golang, found[i]->go_command) : NULL;
        /* With -extldflags -static the program is static when it has C code of its own. */
        if (go && is_dynamic(go->linkage) && !gdf__str_contains(go->ldflags, "-static") &&
            !is_set_by_go_env(check, go) &&
            (go->cgo != GDF__CGO_UNSET || !may_be_inherited(check, go)))
            return found[i];
    }
    return NULL;
}

/* A base with the C library that the program was linked with. */
static void suggest_base(gdf__check *check, gdf_stage id, const gdf__go_command *go)
{
    const gdf__go_stage *builder = gdf__golang_stage(check->golang, go->stage);
    gdf__runtime_need need =
        builder->facts.libc == GDF__LIBC_MUSL ? GDF__RUNTIME_MUSL : GDF__RUNTIME_GLIBC;
    gdf__runtime_image image =
        gdf__facts_find_runtime(need, &builder->facts, gdf__support_now(check));
    gdf_str repository = gdf__short_text_get(&image.repository);
    gdf_part part =
        gdf__edit_image_of(check->document, gdf_stage_get_instruction(check->build, id));
    if (repository.len == 0 || gdf__build_stage(check->build, id)->base_stage ||
        links_libraries(check, go) ||
        gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_VARIABLE) {
        gdf__note(check, "the program seems to need cgo: link it statically, or take a base with "
                         "the C library of the build stage and install the libraries there");
        return;
    }
    gdf_str reference =
        gdf__support_text(check, "%S:%S", repository, gdf__short_text_get(&image.tag));
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Run it on %S, which has the C library (tables of %s)",
                                   reference, GDF__FACTS_DATE);
    gdf__fix_end(check, gdf__edit_set_image(&fix->edits, check->document, part, reference));
}

static void suggest_static(gdf__check *check, const gdf__go_command *go)
{
    if (!gdf__go_is_editable(check, go)) {
        gdf__note(check, "the command stands in quotes: set CGO_ENABLED=0 by hand");
        return;
    }
    gdf__fix *fix =
        gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Build a static program with CGO_ENABLED=0");
    gdf__fix_end(check, gdf__go_insert_assignment(check, &fix->edits, go, "CGO_ENABLED=0"));
}

static gdf_str describe_base(const gdf__check *check, gdf_stage id)
{
    gdf_str image = gdf_stage_get_root_image(check->build, id);
    return gdf__build_is_scratch(check->build, id) || image.len == 0 ? GDF__LITERAL("scratch")
                                                                     : image;
}

void gdf__check_dynamic_on_no_libc(gdf__check *check, gdf_stage id)
{
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, id);
    if (!stage->is_runtime || !lacks_loader(check, id))
        return;
    const gdf__artefact *artefact = find_broken(check, id);
    if (!artefact)
        return;
    const gdf__go_command *go = gdf__golang_command(check->golang, artefact->go_command);
    bool certain = go->linkage != GDF__LINKAGE_MAYBE_DYNAMIC;
    gdf__report_go(check, GDF__RULE_CGO001, go);
    if (certain)
        gdf__say(check,
                 "%S is linked dynamically (CGO_ENABLED=1) and runs on %S, which has no dynamic "
                 "loader: the container ends with \"no such file or directory\"",
                 artefact->path, describe_base(check, id));
    else
        gdf__say(check,
                 "%S may be linked dynamically: CGO_ENABLED is not set and the build stage has a C "
                 "compiler, while %S has no dynamic loader to start it",
                 artefact->path, describe_base(check, id));
    if (!certain)
        gdf__set_severity(check, GDF_SEVERITY_WARNING);
    gdf_node from = gdf_stage_get_instruction(check->build, id);
    gdf__relate(check, gdf_node_get_start(check->document, from),
                gdf_node_get_end(check->document, from), "the image that it runs in");
    if (go->cgo == GDF__CGO_ON || shows_cgo_need(check, go))
        suggest_base(check, id, go);
    else
        suggest_static(check, go);
}

/* ---- CGO006 ---------------------------------------------------------------------------------- */

/* True when CGO001 speaks of the command. */
static bool is_broken_somewhere(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__go_stage *runtime = gdf__golang_stage(check->golang, go->runtime);
    if (!is_dynamic(go->linkage) || !runtime->is_runtime || !lacks_loader(check, go->runtime))
        return false;
    const gdf__artefact *artefact = find_broken(check, go->runtime);
    return artefact && gdf__golang_command(check->golang, artefact->go_command) == go;
}

/* Programs for WebAssembly cannot use cgo; the race detector cannot do without. */
static bool has_no_choice(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__word *architecture = gdf__shell_assignment(shell, go->command, "GOARCH");
    gdf_str value =
        architecture
            ? gdf__word_assigned_value(architecture)
            : gdf__build_find_variable(check->build, go->instruction, GDF__LITERAL("GOARCH")).value;
    return gdf__str_is(value, "wasm") || gdf__go_find_flag(check, go, "race") ||
           gdf__go_find_flag(check, go, "msan") || gdf__go_find_flag(check, go, "asan");
}

static bool leaves_cgo_open(const gdf__check *check, const gdf__go_command *go)
{
    bool external = gdf__str_contains(go->ldflags, "external");
    return gdf__go_makes_runtime_program(check, go) && go->cgo == GDF__CGO_UNSET && !external &&
           !has_no_choice(check, go) && !may_be_inherited(check, go) &&
           !is_set_by_go_env(check, go);
}

/* The first RUN of the stage whose builds leave it open, when there are enough for one ENV. */
static gdf_node shared_run(const gdf__check *check, gdf_stage stage)
{
    uint32_t open = 0;
    gdf_node first = 0;
    const gdf__go_command *go = NULL;
    for (uint32_t i = 0; (go = gdf__golang_command(check->golang, i)) != NULL; i++) {
        if (go->stage != stage || !leaves_cgo_open(check, go))
            continue;
        open++;
        if (!first)
            first = go->instruction;
    }
    return open >= BUILDS_FOR_ENV ? first : 0;
}

static void suggest_setting(gdf__check *check, const gdf__go_command *go)
{
    bool need = shows_cgo_need(check, go);
    const char *assignment = need ? "CGO_ENABLED=1" : "CGO_ENABLED=0";
    gdf_node run = shared_run(check, go->stage);
    if (need && go->cross) {
        gdf__note(check, "the build stage has C libraries, but cgo is off when Go builds for "
                         "another platform: decide whether the program needs it");
        return;
    }
    if (!run && !gdf__go_is_editable(check, go)) {
        gdf__note(check, "the command stands in quotes: set CGO_ENABLED by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   need ? "Say CGO_ENABLED=1, which is what happens now"
                                        : "Build without cgo: CGO_ENABLED=0");
    gdf_status status =
        run ? gdf__edit_insert_before(
                  &fix->edits, check->document, run,
                  gdf__support_text(check, "%S %s",
                                    gdf__edit_keyword(&fix->edits, check->document, "ENV"),
                                    assignment))
            : gdf__go_insert_assignment(check, &fix->edits, go, assignment);
    gdf__fix_end(check, status);
}

void gdf__check_cgo_implicit(gdf__check *check, const gdf__go_command *go)
{
    if (!leaves_cgo_open(check, go) || is_broken_somewhere(check, go))
        return;
    gdf__report_go(check, GDF__RULE_CGO006, go);
    gdf__say(check,
             "CGO_ENABLED is not set for %S: cgo is used when Go builds for its own platform and "
             "finds a C compiler, else not, so image and platform decide how it is linked",
             gdf__go_program_name(check, go));
    suggest_setting(check, go);
}
