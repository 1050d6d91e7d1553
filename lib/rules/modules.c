/* MOD001, MOD002: modules are downloaded in a layer of their own, before the sources are there. */
#include "base/slice.h"
#include "rules/support.h"

/* What one stage does with its module, in file order. */
typedef struct module_story {
    bool has_own_module; /* false: `go mod init` makes it, or there is none (GOPATH mode) */
    gdf_node broad_copy; /* the first COPY of the sources; 0 = none */
    gdf_node download;   /* the first RUN with a go mod download */
    const gdf__go_command *download_command;
    const gdf__go_command *compile; /* the first that compiles packages of the project */
    gdf_node change;                /* the first RUN that writes go.mod itself; 0 = none */
} module_story;

static bool downloads_modules(const gdf__go_command *go)
{
    return gdf__str_is(go->subcommand, "mod") &&
           (gdf__str_is(go->action, "download") || gdf__str_is(go->action, "vendor"));
}

/* True for commands that write go.mod, or read the sources to know what it shall say. */
static bool changes_module(const gdf__go_command *go)
{
    static const char *const ACTIONS[] = {"edit", "init", "tidy"};
    static const char *const SUBCOMMANDS[] = {"generate", "get", "work"};
    return gdf__str_is(go->subcommand, "mod") ? GDF__IS_ONE_OF(go->action, ACTIONS)
                                              : GDF__IS_ONE_OF(go->subcommand, SUBCOMMANDS);
}

/* True for a single file given as package: a script without a module of its own. */
static bool is_script(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__word *package = gdf__shell_word(&check->build->shell, go->first_package);
    return package && gdf__str_ends(package->value, ".go");
}

static bool compiles_module(const gdf__check *check, const gdf__go_command *go)
{
    return gdf__go_command_compiles(go) && !go->versioned && go->understood &&
           !gdf__str_is(go->subcommand, "generate") && !is_script(check, go);
}

/* The stage's own go commands are contiguous in the model. */
static uint32_t first_command(const gdf__check *check, gdf_stage stage)
{
    uint32_t low = 0;
    uint32_t high = check->golang->commands.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (gdf__golang_command(check->golang, middle)->stage < stage)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void read_copies(const gdf__check *check, gdf_stage stage, module_story *story)
{
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    for (uint32_t i = 1; i < count && !story->broad_copy; i++) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        if (gdf__golang_is_broad_copy(check->golang, node))
            story->broad_copy = node;
    }
}

/* The first release that needs a go.mod also below GOPATH. */
enum { FIRST_MODULE_RELEASE = 16 };

static bool is_gopath_mode(const gdf__check *check, gdf_stage stage, gdf_node copy)
{
    gdf__variable modules =
        gdf__build_find_variable(check->build, copy, GDF__LITERAL("GO111MODULE"));
    if (modules.state == GDF__VARIABLE_SET && gdf__str_is(modules.value, "off"))
        return true;
    int32_t minor = gdf__golang_stage(check->golang, stage)->facts.go_minor;
    return minor != GDF__GO_NONE && minor < FIRST_MODULE_RELEASE &&
           gdf__path_is_below(gdf__support_destination(check, copy), GDF__LITERAL("/go/src")) &&
           !(modules.state == GDF__VARIABLE_SET && gdf__str_is(modules.value, "on"));
}

static module_story read_story(const gdf__check *check, gdf_stage stage)
{
    module_story story = {.has_own_module = true};
    const gdf__go_command *go = NULL;
    for (uint32_t i = first_command(check, stage);
         (go = gdf__golang_command(check->golang, i)) != NULL && go->stage == stage; i++) {
        if (gdf__str_is(go->subcommand, "mod") && gdf__str_is(go->action, "init"))
            story.has_own_module = false;
        if (!story.download && downloads_modules(go)) {
            story.download = go->instruction;
            story.download_command = go;
        }
        if (!story.compile && compiles_module(check, go))
            story.compile = go;
        if (!story.change && changes_module(go))
            story.change = go->instruction;
    }
    if (story.has_own_module && (story.download || story.compile))
        read_copies(check, stage, &story);
    if (story.broad_copy && is_gopath_mode(check, stage, story.broad_copy))
        story.broad_copy = 0;
    return story;
}

/* The directory of the context that a COPY takes as a whole, "" for the root; false when it takes
 * single files, several sources, or what cannot be told. */
static bool source_directory(const gdf__check *check, gdf_node copy, gdf_str *directory)
{
    gdf_part part = gdf_instruction_find_part(check->document, copy, GDF_PART_SOURCE, 0);
    *directory = gdf__empty;
    if (gdf_instruction_find_part(check->document, copy, GDF_PART_SOURCE, 1))
        return false;
    if (gdf__golang_copies_context_root(check->golang, copy))
        return true;
    gdf_str source = gdf_part_get_value(check->document, part);
    while (gdf__str_ends(source, "/"))
        source.len--;
    static const char SPECIAL[] = "*?[$\"' :";
    for (size_t i = 0; i < sizeof SPECIAL - 1; i++) {
        if (gdf__str_has_byte(source, SPECIAL[i]))
            return false;
    }
    *directory = source;
    return source.len > 0 && !gdf__str_ends(source, ".go");
}

/* Where the module lies in the image: what the COPY of its directory is copied to; else empty. */
static gdf_str module_directory(const gdf__check *check, gdf_node copy)
{
    gdf_str source = gdf__empty;
    return source_directory(check, copy, &source) ? gdf__support_destination(check, copy)
                                                  : gdf__empty;
}

/* `COPY go.mod go.sum ./` with the flags and destination of the broad COPY. */
static gdf_str copy_of_module_files(gdf__check *check, gdf__fix *fix, gdf_node copy)
{
    gdf_part part = gdf_instruction_find_part(check->document, copy, GDF_PART_DESTINATION, 0);
    gdf_str destination = gdf_part_get_value(check->document, part);
    const char *slash = gdf__str_ends(destination, "/") ? "" : "/";
    gdf_str source = gdf__empty;
    source_directory(check, copy, &source);
    gdf_str prefix = source.len ? gdf__support_text(check, "%S/", source) : gdf__empty;
    gdf_str sum = gdf__support_lacks_file(check, "go.sum") && source.len == 0
                      ? gdf__empty
                      : gdf__support_text(check, "%Sgo.sum ", prefix);
    return gdf__support_text(check, "%S %S%Sgo.mod %S%S%s",
                             gdf__edit_keyword(&fix->edits, check->document, "COPY"),
                             gdf__support_flags_text(check, copy), prefix, sum, destination, slash);
}

/* True unless the context is known and the module's go.mod is not in it. */
static bool has_go_mod(const gdf__check *check, gdf_node copy)
{
    gdf_str source = gdf__empty;
    return source_directory(check, copy, &source) &&
           (source.len || !gdf__support_lacks_file(check, "go.mod"));
}

/* True when a download needs more than go.mod and go.sum: modules in other directories. */
static bool needs_other_modules(const gdf__check *check)
{
    if (!check->project)
        return false;
    gdf_str text = gdf_project_get_content(check->project, "go.mod", strlen("go.mod"));
    return gdf__str_contains(text, "=> .") || gdf__str_contains(text, "=> /") ||
           gdf_project_has_file(check->project, "go.work", strlen("go.work"));
}

/* What cannot be seen cannot be proven: a module without dependencies has no go.sum. */
static bool module_files_are_certain(const gdf__check *check, gdf_node copy)
{
    gdf_str source = gdf__empty;
    return check->project && source_directory(check, copy, &source) && source.len == 0 &&
           !gdf__support_lacks_file(check, "go.mod");
}

/* ---- MOD001 ---------------------------------------------------------------------------------- */

/* True when the RUN does nothing but download modules (and print or set things up around it). */
static bool only_downloads(const gdf__check *check, gdf_node run)
{
    static const char *const HARMLESS[] = {"cd", "echo",  "env",    "export", "git",
                                           "go", "mkdir", "printf", "set",    "true"};
    const gdf__step *step = gdf__build_step(check->build, run);
    const gdf__shell *shell = &check->build->shell;
    bool only = step->understood;
    for (uint32_t i = 0; i < step->command_count && only; i++) {
        gdf_command command = step->first_command + i;
        gdf_str program = gdf__shell_program(shell, command);
        const gdf__go_command *go = gdf__golang_find_command(check->golang, command);
        if (go)
            only = downloads_modules(go) || gdf__str_is(go->subcommand, "env") ||
                   gdf__str_is(go->subcommand, "version") ||
                   (gdf__str_is(go->subcommand, "mod") && gdf__str_is(go->action, "verify")) ||
                   go->versioned;
        else
            only = gdf__is_one_of(program, HARMLESS, sizeof HARMLESS / sizeof *HARMLESS);
    }
    return only;
}

/* What stands between the COPY and the download allows the COPY to move behind it. */
typedef enum between { BETWEEN_NOTHING, BETWEEN_RUNS, BETWEEN_READS } between;

/* True when the files of the two copies cannot meet, so that either may come first. */
static bool are_apart(const gdf__check *check, gdf_node copy, gdf_node other)
{
    gdf_str one = gdf__support_destination(check, copy);
    gdf_str two = gdf__support_destination(check, other);
    return one.len && two.len && !gdf__path_is_below(one, two) && !gdf__path_is_below(two, one);
}

static between judge_between(const gdf__check *check, const module_story *story)
{
    between worst = BETWEEN_NOTHING;
    gdf_part destination =
        gdf_instruction_find_part(check->document, story->broad_copy, GDF_PART_DESTINATION, 0);
    bool absolute = gdf__str_starts(gdf_part_get_value(check->document, destination), "/");
    gdf_stage stage = gdf_build_find_stage(check->build, story->broad_copy);
    uint32_t at = gdf__support_position(check, story->broad_copy) + 1;
    gdf_node node = 0;
    for (; (node = gdf__support_instruction(check, stage, at)) != 0 && node != story->download;
         at++) {
        switch (gdf_node_get_instruction(check->document, node)) {
        case GDF_INSTRUCTION_ARG:
        case GDF_INSTRUCTION_ENV:
        case GDF_INSTRUCTION_LABEL:
        case GDF_INSTRUCTION_EXPOSE: break;
        case GDF_INSTRUCTION_ADD:
        case GDF_INSTRUCTION_COPY:
            if (!are_apart(check, story->broad_copy, node))
                return BETWEEN_READS;
            break;
        case GDF_INSTRUCTION_WORKDIR:
            if (!absolute)
                return BETWEEN_READS;
            break;
        case GDF_INSTRUCTION_RUN:
            if (gdf__golang_installs_packages(check->golang, node))
                worst = BETWEEN_RUNS;
            else
                return BETWEEN_READS;
            break;
        default: return BETWEEN_READS;
        }
    }
    return worst;
}

#define OTHER_MODULES                                                                           \
    "the module needs others of the context (replace, go.work): copy their go.mod files, too, " \
    "before the download"

static void fix_order(gdf__check *check, const module_story *story)
{
    if (needs_other_modules(check)) {
        gdf__note(check, OTHER_MODULES);
        return;
    }
    between found = judge_between(check, story);
    gdf_str directory = module_directory(check, story->broad_copy);
    if (found == BETWEEN_READS || directory.len == 0 ||
        !gdf__str_equal(directory, story->download_command->workdir) ||
        !has_go_mod(check, story->broad_copy)) {
        gdf__note(check, "instructions between the two may need the sources, or the module is not "
                         "at the root of what is copied: move the COPY by hand");
        return;
    }
    bool proven = found == BETWEEN_NOTHING && module_files_are_certain(check, story->broad_copy);
    gdf__fix *fix =
        gdf__fix_begin(check, proven ? GDF_FIX_SAFE : GDF_FIX_SUGGESTED,
                       "Copy go.mod and go.sum first, and the sources after the download");
    fix->structural = 1;
    gdf_status status = gdf__edit_insert_after(&fix->edits, check->document, story->broad_copy,
                                               copy_of_module_files(check, fix, story->broad_copy));
    if (status == GDF_OK)
        status =
            gdf__edit_move_after(&fix->edits, check->document, story->broad_copy, story->download);
    gdf__fix_end(check, status);
}

static bool uses_bind_mount(const gdf__check *check, gdf_node run)
{
    return gdf__support_has_mount(check, run, "bind",
                                  gdf__build_state_before(check->build, run)->workdir.text);
}

/* The module cache that a go command uses. */
static gdf_str module_cache(const gdf__check *check, const gdf__go_command *go)
{
    gdf__variable cache =
        gdf__build_find_variable(check->build, go->instruction, GDF__LITERAL("GOMODCACHE"));
    if (cache.state == GDF__VARIABLE_SET && cache.value.len)
        return cache.value;
    gdf__variable path =
        gdf__build_find_variable(check->build, go->instruction, GDF__LITERAL("GOPATH"));
    gdf_str root =
        path.state == GDF__VARIABLE_SET && path.value.len ? path.value : GDF__LITERAL("/go");
    return gdf__golang_absolute_path(gdf__support_arena(check), root, GDF__LITERAL("pkg/mod"));
}

void gdf__check_source_before_download(gdf__check *check, gdf_stage stage)
{
    module_story story = read_story(check, stage);
    if (!story.broad_copy || !story.download || story.download < story.broad_copy ||
        (story.change && story.change < story.download) || !only_downloads(check, story.download) ||
        uses_bind_mount(check, story.download))
        return;
    gdf__report_node(check, GDF__RULE_MOD001, story.broad_copy);
    gdf__say(check,
             "the sources are copied before `go %S %S`: every change of a file downloads all "
             "modules again",
             story.download_command->subcommand, story.download_command->action);
    gdf__relate(check, gdf_node_get_start(check->document, story.download),
                gdf_node_get_end(check->document, story.download), "the download");
    if (gdf__support_has_mount(check, story.download, "cache",
                               module_cache(check, story.download_command)))
        gdf__set_severity(check, GDF_SEVERITY_INFO);
    fix_order(check, &story);
}

/* ---- MOD002 ---------------------------------------------------------------------------------- */

static bool vendors(const gdf__check *check, const gdf__go_command *go)
{
    return gdf__str_is(go->mod, "vendor") ||
           (check->project && gdf_project_has_file(check->project, "vendor/modules.txt",
                                                   strlen("vendor/modules.txt")));
}

/* A download in a RUN of its own, or of a stage that this one is built on, makes the layer. */
static bool has_download_layer(const gdf__check *check, gdf_stage stage, const module_story *story)
{
    if (story->download &&
        (story->download < story->broad_copy || story->download != story->compile->instruction))
        return true;
    gdf_stage base = gdf_stage_get_base_stage(check->build, stage);
    return base && gdf__golang_stage(check->golang, base)->chain_runs_go;
}

/* The WORKDIR behind the COPY that names its directory, when it can stand in front of it as well;
 * 0 = none. */
static gdf_node movable_workdir(const gdf__check *check, const module_story *story,
                                gdf_str directory)
{
    gdf_stage stage = gdf_build_find_stage(check->build, story->broad_copy);
    uint32_t at = gdf__support_position(check, story->broad_copy);
    gdf_node node = story->broad_copy;
    for (; node && node < story->compile->instruction;
         node = gdf__support_instruction(check, stage, ++at)) {
        gdf_part target = gdf_instruction_find_part(check->document, node, GDF_PART_DESTINATION, 0);
        switch (gdf_node_get_instruction(check->document, node)) {
        case GDF_INSTRUCTION_COPY:
        case GDF_INSTRUCTION_ADD:
            if (!gdf__str_starts(gdf_part_get_value(check->document, target), "/"))
                return 0;
            break;
        case GDF_INSTRUCTION_LABEL:
        case GDF_INSTRUCTION_EXPOSE: break;
        case GDF_INSTRUCTION_WORKDIR: {
            gdf__image_setting next = gdf__build_state_after(check->build, node)->workdir;
            return gdf__str_equal(next.text, directory) && !gdf__support_has_variables(check, node)
                       ? node
                       : 0;
        }
        default: return 0;
        }
    }
    return 0;
}

/* Takes the download out of the compiling RUN when it stands there by itself: it has nothing left
 * to do. */
static gdf_status remove_download(gdf__check *check, gdf__fix *fix, const module_story *story)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__go_command *download = story->download_command;
    if (!download || download->instruction != story->compile->instruction)
        return GDF_OK;
    gdf_command id = download->command;
    const gdf__command *row = gdf__shell_command(shell, id);
    bool plain = gdf__str_is(download->action, "download") && !row->parent &&
                 !row->redirection_count && row->after == GDF_OPERATOR_AND &&
                 (row->before == GDF_OPERATOR_NONE || row->before == GDF_OPERATOR_AND) &&
                 gdf__shell_count_arguments(shell, id) == 3;
    gdf__edit_commands commands = gdf__edit_commands_of(shell, id, id);
    return plain ? gdf__edit_remove_commands(&fix->edits, check->document, &commands) : GDF_OK;
}

static gdf_status add_download(gdf__check *check, gdf__fix *fix, const module_story *story,
                               gdf_str directory)
{
    const gdf__image_state *state = gdf__build_state_before(check->build, story->broad_copy);
    gdf_str run = gdf__edit_keyword(&fix->edits, check->document, "RUN");
    gdf_str copy = copy_of_module_files(check, fix, story->broad_copy);
    bool here = gdf__str_equal(directory, state->workdir.text);
    gdf_node workdir = here ? 0 : movable_workdir(check, story, directory);
    gdf_status status = GDF_OK;
    if (workdir)
        status = gdf__edit_move_before(&fix->edits, check->document, workdir, story->broad_copy);
    gdf_str lines = here || workdir ? gdf__support_text(check, "%S\n%S go mod download", copy, run)
                                    : gdf__support_text(check, "%S\n%S cd %S && go mod download",
                                                        copy, run, directory);
    if (status == GDF_OK)
        status = remove_download(check, fix, story);
    return status == GDF_OK
               ? gdf__edit_insert_before(&fix->edits, check->document, story->broad_copy, lines)
               : status;
}

static void fix_download(gdf__check *check, const module_story *story)
{
    gdf_str directory = module_directory(check, story->broad_copy);
    if (needs_other_modules(check)) {
        gdf__note(check, OTHER_MODULES);
        return;
    }
    if (directory.len == 0 || !gdf__str_equal(directory, story->compile->workdir) ||
        !has_go_mod(check, story->broad_copy)) {
        gdf__note(check,
                  "the module is not at the root of what is copied: add the download by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Copy go.mod and go.sum and download before the sources");
    fix->structural = 1;
    gdf__fix_end(check, add_download(check, fix, story, directory));
}

void gdf__check_no_dependency_layer(gdf__check *check, gdf_stage stage)
{
    module_story story = read_story(check, stage);
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    if (!story.broad_copy || !story.compile || story.compile->instruction < story.broad_copy ||
        row->has_opaque_build || has_download_layer(check, stage, &story) ||
        vendors(check, story.compile) ||
        gdf__support_has_mount(check, story.compile->instruction, "cache",
                               module_cache(check, story.compile)))
        return;
    gdf__report_node(check, GDF__RULE_MOD002, story.broad_copy);
    gdf__say(check, "the modules are downloaded in the step that compiles, after the sources are "
                    "copied: every change of a file downloads them all again");
    gdf__relate(check, gdf_node_get_start(check->document, story.compile->instruction),
                gdf_node_get_end(check->document, story.compile->instruction),
                "the compiling step");
    fix_download(check, &story);
}
