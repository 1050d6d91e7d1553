/* STG001: the image that runs still holds the Go toolchain. Its fix splits the file into stages. */
#include "base/slice.h"
#include "facts/image_contents.h"
#include "facts/runtime.h"
#include "rules/support.h"

static const uint64_t BYTES_PER_MEGABYTE = 1000000;

/* ---- the finding ----------------------------------------------------------------------------- */

/* True when the chain of the stage compiles packages of the project, or may do so unseen. */
static bool builds_program(const gdf__check *check, gdf_stage stage, const gdf__go_stage *row)
{
    if (row->has_opaque_build || gdf__golang_started_artefact(check->golang, stage))
        return true;
    for (uint32_t i = 0; i < check->golang->artefacts.count; i++) {
        const gdf__artefact *artefact = GDF__AT(check->golang->artefacts, gdf__artefact, i);
        if (artefact->stage == stage &&
            !gdf__golang_command(check->golang, artefact->go_command)->versioned)
            return true;
    }
    return false;
}

static void describe(gdf__check *check, gdf_stage stage, const gdf__go_stage *row)
{
    gdf_str image = gdf_stage_get_root_image(check->build, stage);
    gdf__image_size size = gdf__facts_find_size(&row->facts);
    if (row->has_toolchain_base && size.compressed)
        gdf__say(check,
                 "the image that runs is built on %S: compiler, sources and a distribution of "
                 "about %d MB (compressed, %s) ship with the program",
                 image, (int)(size.compressed / BYTES_PER_MEGABYTE), GDF__FACTS_DATE);
    else if (row->has_toolchain_base)
        gdf__say(check,
                 "the image that runs is built on %S: compiler and sources ship with the "
                 "program",
                 image);
    else
        gdf__say(check, "Go is installed in the image that runs: compiler and sources ship with "
                        "the program");
}

/* ---- the split ------------------------------------------------------------------------------- */

/* What is known of the split before anything is written. */
typedef struct split_plan {
    gdf_stage stage;
    gdf_node from;
    gdf_node cut;    /* the last RUN that makes a program: the new stage begins behind it */
    gdf_str program; /* absolute path of the started program */
    gdf__runtime_image runtime;
    gdf__image_facts runtime_facts;
    const char *refusal; /* why it cannot be done; NULL when it can */
} split_plan;

static gdf__runtime_need need_of(gdf__linkage linkage)
{
    switch (linkage) {
    case GDF__LINKAGE_GLIBC:
    case GDF__LINKAGE_MAYBE_DYNAMIC: return GDF__RUNTIME_GLIBC;
    case GDF__LINKAGE_MUSL: return GDF__RUNTIME_MUSL;
    default: return GDF__RUNTIME_STATIC;
    }
}

static gdf_node last_building_run(const gdf__check *check, gdf_stage stage)
{
    gdf_node last = 0;
    for (uint32_t i = 0; i < check->golang->artefacts.count; i++) {
        const gdf__artefact *row = GDF__AT(check->golang->artefacts, gdf__artefact, i);
        if (row->stage == stage && row->placed_by > last)
            last = row->placed_by;
    }
    return last;
}

/* The image state gives the path of a program that is started by a relative path. */
static gdf_str started_path(gdf__check *check, const gdf__artefact *artefact, gdf_stage stage)
{
    if (!artefact->any_name)
        return artefact->path;
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf_str program = gdf__golang_started_program(check->golang,
                                                  row->entrypoint ? row->entrypoint : row->command);
    return gdf__golang_absolute_path(gdf__support_arena(check),
                                     gdf__build_state_at_end(check->build, stage)->workdir.text,
                                     program);
}

static bool user_exists(const split_plan *plan, gdf_str user)
{
    user = gdf__str_slice(user, 0, gdf__str_find(user, ':', 0));
    for (size_t i = 0; i < user.len; i++) {
        if (user.ptr[i] < '0' || user.ptr[i] > '9')
            return gdf__facts_find_user(&plan->runtime_facts, user, NULL, NULL) == GDF__FACT_YES;
    }
    return user.len > 0;
}

static bool starts_program(const gdf__check *check, const split_plan *plan, gdf_node node)
{
    gdf_str program = gdf__golang_started_program(check->golang, node);
    const gdf__image_state *state = gdf__build_state_at_end(check->build, plan->stage);
    gdf_str path =
        gdf__golang_absolute_path(gdf__support_arena(check), state->workdir.text, program);
    return gdf__str_equal(path, plan->program);
}

/* Packages that a build needs, or that the runtime images have. */
static const char *const BUILD_PACKAGES[] = {"alpine-sdk",
                                             "bash",
                                             "binutils",
                                             "build-base",
                                             "build-essential",
                                             "ca-certificates",
                                             "curl",
                                             "g++",
                                             "gcc",
                                             "git",
                                             "gnupg",
                                             "go",
                                             "golang",
                                             "golang-go",
                                             "libc-dev",
                                             "libc6-dev",
                                             "make",
                                             "mercurial",
                                             "musl-dev",
                                             "openssh",
                                             "pkg-config",
                                             "pkgconf",
                                             "protobuf-compiler",
                                             "protoc",
                                             "tzdata",
                                             "unzip",
                                             "upx",
                                             "wget",
                                             "xz-utils"};

/* True when the command installs packages that the program may run or be linked with. */
static bool installs_for_program(const gdf__shell *shell, gdf_command command)
{
    static const char *const INSTALLERS[] = {"apk", "apt", "apt-get", "dnf", "microdnf", "yum"};
    static const char *const ACTIONS[] = {"add", "install"};
    if (!GDF__IS_ONE_OF(gdf__shell_program(shell, command), INSTALLERS))
        return false;
    bool installs = false;
    const gdf__word *word = NULL;
    while ((word = gdf__support_next_argument(shell, command, word)) != NULL) {
        gdf_str name = gdf__str_slice(word->value, 0, gdf__str_find(word->value, '=', 0));
        bool is_option = gdf__str_starts(name, "-") || gdf__str_starts(name, ".");
        if (installs && !is_option && !GDF__IS_ONE_OF(name, BUILD_PACKAGES))
            return true;
        installs = installs || GDF__IS_ONE_OF(name, ACTIONS);
    }
    return false;
}

static bool run_installs_for_program(const gdf__check *check, gdf_node run)
{
    const gdf__step *step = gdf__build_step(check->build, run);
    for (uint32_t i = 0; i < step->command_count; i++) {
        if (installs_for_program(&check->build->shell, step->first_command + i))
            return true;
    }
    return false;
}

/* True for a place of the build: the directory of the sources, a parent of it or of the program,
 * the temporary and Go's own ones. */
static bool is_place_of_build(const gdf__check *check, const split_plan *plan, gdf_str place)
{
    gdf_str workdir = gdf__build_state_before(check->build, plan->cut)->workdir.text;
    return place.len == 0 || gdf__path_is_below(place, workdir) ||
           gdf__path_is_below(workdir, place) || gdf__path_is_below(plan->program, place) ||
           gdf__path_is_below(place, GDF__LITERAL("/go")) ||
           gdf__path_is_below(place, GDF__LITERAL("/tmp"));
}

static bool makes_directory_elsewhere(const gdf__check *check, const split_plan *plan, gdf_node run)
{
    const gdf__step *step = gdf__build_step(check->build, run);
    const gdf__shell *shell = &check->build->shell;
    for (uint32_t i = 0; i < step->command_count; i++) {
        const gdf__word *word = NULL;
        gdf_command id = step->first_command + i;
        if (!gdf__str_is(gdf__shell_program(shell, id), "mkdir"))
            continue;
        while ((word = gdf__support_next_argument(shell, id, word)) != NULL) {
            if (gdf__str_starts(word->value, "/") && !is_place_of_build(check, plan, word->value))
                return true;
        }
    }
    return false;
}

/* Why an instruction in front of the cut cannot stay behind; NULL when it can. */
static const char *refuse_build_step(const gdf__check *check, const split_plan *plan, gdf_node node)
{
    switch (gdf_node_get_instruction(check->document, node)) {
    case GDF_INSTRUCTION_USER: return "USER is changed before the build";
    case GDF_INSTRUCTION_RUN:
        return makes_directory_elsewhere(check, plan, node)
                   ? "a directory is made that the program may need"
                   : NULL;
    case GDF_INSTRUCTION_COPY:
    case GDF_INSTRUCTION_ADD:
        return is_place_of_build(check, plan, gdf__support_destination(check, node))
                   ? NULL
                   : "files are copied to a place outside the sources, where the program may look "
                     "for them";
    default: return NULL;
    }
}

/* Why an instruction behind the cut cannot stand in the new stage; NULL when it can. */
static const char *refuse_instruction(const gdf__check *check, const split_plan *plan,
                                      gdf_node node)
{
    gdf_part user = 0;
    switch (gdf_node_get_instruction(check->document, node)) {
    case GDF_INSTRUCTION_RUN:
        return "commands run in the image after the build: decide which of them the runtime needs";
    case GDF_INSTRUCTION_COPY:
    case GDF_INSTRUCTION_ADD:
        return gdf__golang_is_broad_copy(check->golang, node)
                   ? "the sources are copied again after the build"
                   : NULL;
    case GDF_INSTRUCTION_USER:
        user = gdf_instruction_find_part(check->document, node, GDF_PART_USER_NAME, 0);
        return user_exists(plan, gdf_part_get_value(check->document, user))
                   ? NULL
                   : "USER names a user that the runtime image does not have";
    case GDF_INSTRUCTION_HEALTHCHECK:
        return starts_program(check, plan, node)
                   ? NULL
                   : "the health check runs a program that the runtime image does not have";
    case GDF_INSTRUCTION_VOLUME:
        return "the VOLUME belongs to root, and the runtime image runs as somebody else";
    case GDF_INSTRUCTION_SHELL:
    case GDF_INSTRUCTION_ONBUILD:
    case GDF_INSTRUCTION_UNKNOWN: return "an instruction after the build needs a shell";
    default: return NULL;
    }
}

static bool is_exec_form(const gdf__check *check, gdf_node node)
{
    return !node || gdf_node_get_flags(check->document, node) & GDF_NODE_FLAG_JSON;
}

/* Instructions that describe the image or its process: they move to the new stage wherever they
 * stand. */
static bool belongs_to_runtime(gdf_instruction_kind kind)
{
    switch (kind) {
    case GDF_INSTRUCTION_CMD:
    case GDF_INSTRUCTION_ENTRYPOINT:
    case GDF_INSTRUCTION_EXPOSE:
    case GDF_INSTRUCTION_HEALTHCHECK:
    case GDF_INSTRUCTION_LABEL:
    case GDF_INSTRUCTION_MAINTAINER:
    case GDF_INSTRUCTION_STOPSIGNAL:
    case GDF_INSTRUCTION_VOLUME: return true;
    default: return false;
    }
}

/* ENV of the build that the process may want: what Go itself reads stays behind. */
static bool is_runtime_environment(const gdf__check *check, gdf_node node)
{
    gdf_part key = 0;
    while ((key = gdf__instruction_next_part(check->document, node, GDF_PART_KEY, key)) != 0) {
        gdf_str name = gdf_part_get_value(check->document, key);
        if (gdf__str_starts(name, "GO") || gdf__str_starts(name, "CGO_") ||
            gdf__str_is(name, "PATH") || gdf__str_is(name, "DEBIAN_FRONTEND"))
            return false;
    }
    return !gdf__support_has_variables(check, node);
}

/* True when the new stage has the variable, too: it is set behind the cut, or copied with its ENV.
 */
static bool is_carried(const gdf__check *check, const split_plan *plan, gdf_node node, gdf_str name)
{
    gdf__variable variable = gdf__build_find_variable(check->build, node, name);
    bool is_env = gdf_node_get_instruction(check->document, variable.node) == GDF_INSTRUCTION_ENV;
    return gdf__str_is(name, "PATH") || variable.node > plan->cut ||
           (is_env && gdf_build_find_stage(check->build, variable.node) == plan->stage &&
            is_runtime_environment(check, variable.node));
}

static bool uses_variable_of_build(const gdf__check *check, const split_plan *plan, gdf_node node)
{
    uint32_t count = gdf_instruction_count_parts(check->document, node);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(check->document, node, i);
        if (!(gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_VARIABLE))
            continue;
        gdf__expansion value =
            gdf__build_expand(check->build, node, gdf_part_get_value(check->document, part),
                              gdf__support_arena(check));
        for (uint32_t k = 0; k < value.references.count; k++) {
            if (!is_carried(check, plan, node, value.references.items[k].name))
                return true;
        }
    }
    return false;
}

static const char *refuse_instructions(const gdf__check *check, const split_plan *plan)
{
    gdf_node node = 0;
    for (uint32_t i = 1; (node = gdf__support_instruction(check, plan->stage, i)) != 0; i++) {
        gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
        bool moves = belongs_to_runtime(kind);
        if ((node > plan->cut || moves) && uses_variable_of_build(check, plan, node))
            return "an instruction of the runtime uses a variable of the build";
        const char *problem = node < plan->cut ? refuse_build_step(check, plan, node) : NULL;
        if (problem)
            return problem;
        if (kind == GDF_INSTRUCTION_RUN && run_installs_for_program(check, node))
            return "packages are installed that the program may need: decide which of them";
        const char *refusal =
            node > plan->cut || moves ? refuse_instruction(check, plan, node) : NULL;
        if (refusal)
            return refusal;
    }
    return NULL;
}

/* An argument that looks like a file of the project, which the new image would lack. */
static bool names_file(const gdf__check *check, gdf_node node)
{
    static const char *const ENDINGS[] = {".conf", ".crt", ".html", ".ini",  ".json", ".key",
                                          ".pem",  ".sql", ".toml", ".yaml", ".yml"};
    gdf_part part = 0;
    for (uint32_t i = 1; node && (part = gdf_instruction_find_part(check->document, node,
                                                                   GDF_PART_EXEC_ARGUMENT, i)) != 0;
         i++) {
        gdf_str value = gdf_part_get_value(check->document, part);
        for (size_t e = 0; e < sizeof ENDINGS / sizeof *ENDINGS; e++) {
            if (gdf__str_ends(value, ENDINGS[e]))
                return true;
        }
    }
    return false;
}

static split_plan plan_split(gdf__check *check, gdf_stage stage, const gdf__go_stage *row)
{
    split_plan plan = {.stage = stage,
                       .from = gdf_stage_get_instruction(check->build, stage),
                       .cut = last_building_run(check, stage),
                       .program = gdf__empty};
    const gdf__artefact *started = gdf__golang_started_artefact(check->golang, stage);
    if (stage != gdf_build_count_stages(check->build))
        plan.refusal = "it is not the last stage";
    else if (row->has_opaque_build)
        plan.refusal = "what the build does cannot be seen from here";
    else if (!started || started->stage != stage || !plan.cut)
        plan.refusal = "it cannot be told which program of this stage the image starts";
    else if (!is_exec_form(check, row->entrypoint) || !is_exec_form(check, row->command))
        plan.refusal = "a command in shell form needs a shell, which the runtime image lacks";
    else if (names_file(check, row->entrypoint) || names_file(check, row->command))
        plan.refusal = "the program is given a file of the project, which must be copied, too";
    if (plan.refusal)
        return plan;
    const gdf__go_command *go = gdf__golang_command(check->golang, started->go_command);
    plan.program = started_path(check, started, stage);
    plan.runtime =
        gdf__facts_find_runtime(need_of(go->linkage), &row->facts, gdf__support_now(check));
    gdf_str repository = gdf__short_text_get(&plan.runtime.repository);
    plan.runtime_facts = gdf__facts_find_image(repository, gdf__short_text_get(&plan.runtime.tag));
    if (go->linkage == GDF__LINKAGE_UNKNOWN || repository.len == 0 || plan.program.len == 0)
        plan.refusal = "it cannot be told which C library the program needs";
    else
        plan.refusal = refuse_instructions(check, &plan);
    return plan;
}

/* ---- writing it ------------------------------------------------------------------------------ */

static const char *free_stage_name(const gdf__check *check)
{
    static const char *const NAMES[] = {"build", "builder", "compile", "go-build"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (!gdf_build_find_stage_by_name(check->build, NAMES[i], strlen(NAMES[i])))
            return NAMES[i];
    }
    return NULL;
}

/* Names the old stage `build`; a name that it has goes to the new one, since it is what is asked
 * for by --target. */
static gdf_status name_stages(gdf__check *check, gdf__fix *fix, const split_plan *plan,
                              gdf_str *old_name)
{
    const char *name = free_stage_name(check);
    if (!name)
        return GDF_ERROR_CONFLICT;
    gdf_part part = gdf_instruction_find_part(check->document, plan->from, GDF_PART_STAGE_NAME, 0);
    *old_name = gdf_part_get_value(check->document, part);
    return gdf__edit_set_stage_name(&fix->edits, check->document, plan->from, gdf__str(name));
}

static void add_environment(gdf__check *check, const split_plan *plan, gdf__builder *lines)
{
    gdf_node node = 0;
    for (uint32_t i = 1;
         (node = gdf__support_instruction(check, plan->stage, i)) != 0 && node < plan->cut; i++) {
        if (gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_ENV ||
            !is_runtime_environment(check, node))
            continue;
        gdf__builder_add_byte(lines, '\n');
        gdf__builder_add(lines, gdf__support_source_text(check, node));
    }
}

static void add_program_copies(gdf__check *check, const split_plan *plan, gdf__fix *fix,
                               const char *stage_name, gdf__builder *lines)
{
    gdf_str copy = gdf__edit_keyword(&fix->edits, check->document, "COPY");
    gdf_str previous = gdf__empty;
    for (uint32_t i = 0; i < check->golang->artefacts.count; i++) {
        const gdf__artefact *row = GDF__AT(check->golang->artefacts, gdf__artefact, i);
        const gdf__go_command *go = gdf__golang_command(check->golang, row->go_command);
        gdf_str path = row->any_name ? plan->program : row->path;
        if (row->stage != plan->stage || go->versioned || gdf__str_equal(path, previous))
            continue;
        gdf_str line =
            gdf__support_text(check, "\n%S --from=%s %S %S", copy, stage_name, path, path);
        gdf__builder_add(lines, line);
        previous = path;
    }
}

static gdf_str new_stage(gdf__check *check, const split_plan *plan, gdf__fix *fix, gdf_str old_name)
{
    gdf__builder lines;
    gdf__builder_init(&lines, &gdf__support_arena(check)->allocator);
    gdf_str from = gdf__edit_keyword(&fix->edits, check->document, "FROM");
    gdf__builder_add(&lines, gdf__support_text(check, "\n%S %S:%S", from,
                                               gdf__short_text_get(&plan->runtime.repository),
                                               gdf__short_text_get(&plan->runtime.tag)));
    if (old_name.len)
        gdf__builder_add(&lines,
                         gdf__support_text(check, " %S %S",
                                           gdf__edit_keyword(&fix->edits, check->document, "AS"),
                                           old_name));
    gdf__image_setting workdir = gdf__build_state_before(check->build, plan->cut)->workdir;
    if (workdir.node && !gdf__str_is(workdir.text, "/"))
        gdf__builder_add(
            &lines, gdf__support_text(check, "\n%S %S",
                                      gdf__edit_keyword(&fix->edits, check->document, "WORKDIR"),
                                      workdir.text));
    add_environment(check, plan, &lines);
    add_program_copies(check, plan, fix, free_stage_name(check), &lines);
    return gdf__builder_to_arena(&lines, gdf__support_arena(check));
}

static gdf_status move_descriptions(gdf__check *check, const split_plan *plan, gdf__fix *fix)
{
    gdf_status status = GDF_OK;
    gdf_node node = 0;
    for (uint32_t i = 1;
         status == GDF_OK && (node = gdf__support_instruction(check, plan->stage, i)) != 0 &&
         node < plan->cut;
         i++) {
        if (belongs_to_runtime(gdf_node_get_instruction(check->document, node)))
            status = gdf__edit_move_after(&fix->edits, check->document, node, plan->cut);
    }
    return status;
}

/* The program's path made absolute: the new image has the same working directory, but nobody should
 * have to look it up. */
static gdf_status make_absolute(gdf__check *check, const split_plan *plan, gdf__fix *fix,
                                gdf_node node)
{
    gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_EXEC_ARGUMENT, 0);
    gdf_str value = gdf_part_get_value(check->document, part);
    if (!part || gdf__str_starts(value, "/") || !starts_program(check, plan, node))
        return GDF_OK;
    return gdf__edit_set_part(&fix->edits, check->document, part, plan->program);
}

static void split(gdf__check *check, const split_plan *plan, const gdf__go_stage *row)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Build in one stage and run the program in another on a small "
                                   "image; other files that it opens must be copied, too");
    fix->structural = 1;
    gdf_str old_name = gdf__empty;
    gdf_status status = name_stages(check, fix, plan, &old_name);
    if (status == GDF_OK)
        status = gdf__edit_insert_after(&fix->edits, check->document, plan->cut,
                                        new_stage(check, plan, fix, old_name));
    if (status == GDF_OK)
        status = move_descriptions(check, plan, fix);
    gdf_node programs[] = {row->entrypoint, row->entrypoint ? 0 : row->command, row->healthcheck};
    for (size_t i = 0; i < sizeof programs / sizeof *programs && status == GDF_OK; i++) {
        if (programs[i] > plan->cut)
            status = make_absolute(check, plan, fix, programs[i]);
    }
    gdf__fix_end(check, status);
}

void gdf__check_final_stage_has_toolchain(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    bool has_command = row->entrypoint || row->command;
    if (!row->is_runtime || !row->ships_toolchain || !has_command ||
        !builds_program(check, stage, row))
        return;
    gdf_part image = gdf_instruction_find_part(
        check->document, gdf_stage_get_instruction(check->build, stage), GDF_PART_IMAGE, 0);
    gdf__report_part(check, GDF__RULE_STG001, image);
    describe(check, stage, row);
    split_plan plan = plan_split(check, stage, row);
    if (plan.refusal)
        gdf__note(check, "not split: %s", plan.refusal);
    else
        split(check, &plan, row);
}
