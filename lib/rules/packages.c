/* HYG001, HYG002: package indexes and lists that stay in the layers of the image that runs. */
#include "base/slice.h"
#include "rules/support.h"

#define APK_CACHE "/var/cache/apk"
#define APT_LISTS "/var/lib/apt/lists"
#define REMOVE_LISTS "rm -rf " APT_LISTS "/*"

/* ---- command lines --------------------------------------------------------------------------- */

/* Options of apk and of apt-get whose value is the next word. */
static const char *const APK_WITH_VALUE[] = {"--arch",
                                             "--cache-dir",
                                             "--cache-max-age",
                                             "--keys-dir",
                                             "--progress-fd",
                                             "--repository",
                                             "--repositories-file",
                                             "--root",
                                             "--timeout",
                                             "--virtual",
                                             "--wait",
                                             "-X",
                                             "-p",
                                             "-t"};
static const char *const APT_WITH_VALUE[] = {
    "--config-file", "--option", "--target-release", "--default-release", "-a", "-c", "-o", "-t"};

static bool is_apt(gdf_str program)
{
    static const char *const PROGRAMS[] = {"apt", "apt-get", "aptitude"};
    return GDF__IS_ONE_OF(program, PROGRAMS);
}

/* The subcommand of apk or apt: the first word that is no option. NULL when there is none. */
static const gdf__word *find_subcommand(const gdf__shell *shell, gdf_command command)
{
    bool apk = gdf__str_is(gdf__shell_program(shell, command), "apk");
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, command, i);
        if (!gdf__str_starts(word->value, "-"))
            return word;
        if (apk ? GDF__IS_ONE_OF(word->value, APK_WITH_VALUE)
                : GDF__IS_ONE_OF(word->value, APT_WITH_VALUE))
            i++;
    }
    return NULL;
}

static bool has_argument(const gdf__shell *shell, gdf_command command, const char *text)
{
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        if (gdf__str_is(gdf__shell_argument(shell, command, i)->value, text))
            return true;
    }
    return false;
}

/* True when the command removes files below `directory`, one of its parents included. */
static bool removes(const gdf__shell *shell, gdf_command command, const char *directory)
{
    gdf_str program = gdf__shell_program(shell, command);
    bool find = gdf__str_is(program, "find") &&
                (has_argument(shell, command, "-delete") || has_argument(shell, command, "-exec"));
    if (!gdf__str_is(program, "rm") && !find)
        return false;
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        gdf_str path = gdf__shell_argument(shell, command, i)->value;
        while (path.len > 1 && (path.ptr[path.len - 1] == '*' || path.ptr[path.len - 1] == '/'))
            path.len--;
        if (path.len > 1 && path.ptr[0] == '/' &&
            (gdf__str_starts(path, directory) || gdf__path_is_below(gdf__str(directory), path)))
            return true;
    }
    return false;
}

/* A RUN of the file itself whose shell text is all known. */
static const gdf__step *readable_run(const gdf__check *check, gdf_node node)
{
    const gdf__step *step = gdf__build_step(check->build, node);
    bool run = gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_RUN;
    return run && step && step->understood && step->command_count ? step : NULL;
}

static bool has_volatile_mount(const gdf__check *check, gdf_node run, const char *path)
{
    return gdf__support_has_mount(check, run, "cache", gdf__str(path)) ||
           gdf__support_has_mount(check, run, "tmpfs", gdf__str(path));
}

/* True when the RUN is a top-level instruction of a stage that ends in the image that runs. */
static bool is_shipped(const gdf__check *check, gdf_node node)
{
    const gdf__go_stage *stage =
        gdf__golang_stage(check->golang, gdf_build_find_stage(check->build, node));
    return stage && stage->in_runtime_chain && gdf_node_get_parent(check->document, node) == 1;
}

/* The command, or the outermost wrapper that runs it. */
static const gdf__command *outermost(const gdf__shell *shell, gdf_command id)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    while (row->parent)
        row = gdf__shell_command(shell, row->parent);
    return row;
}

/* ---- HYG001 ---------------------------------------------------------------------------------- */

/* What a RUN does with apk. */
typedef struct apk_story {
    gdf_command first_bad; /* an add without --no-cache, else the update beside an add */
    gdf_command last;      /* last command that leaves an index */
    uint32_t adds;
    bool indexes; /* by an add or upgrade */
    bool indexes_by_add;
    bool needs_index; /* a subcommand that only reads the index */
} apk_story;

/* Words such as $APK_OPTIONS may bring the flag. */
static bool may_have_no_cache(const gdf__shell *shell, gdf_command command)
{
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, command, i);
        if (gdf__str_is(word->value, "--no-cache") || gdf__str_is(word->value, "--no-network"))
            return true;
        if (gdf__str_starts(word->value, "$") &&
            (gdf__str_contains(word->value, "OPT") || gdf__str_contains(word->value, "FLAG") ||
             gdf__str_contains(word->value, "ARG") || gdf__str_contains(word->value, "CACHE")))
            return true;
    }
    return false;
}

/* With another root, the index lies there. */
static bool is_elsewhere(const gdf__shell *shell, gdf_command command)
{
    static const char *const OPTIONS[] = {"--root", "-p", "--cache-dir"};
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        gdf_str word = gdf__shell_argument(shell, command, i)->value;
        if (GDF__IS_ONE_OF(gdf__str_slice(word, 0, gdf__str_find(word, '=', 0)), OPTIONS))
            return true;
    }
    return false;
}

static bool is_installing(gdf_str subcommand)
{
    return gdf__str_is(subcommand, "add") || gdf__str_is(subcommand, "upgrade");
}

static void read_apk(const gdf__shell *shell, gdf_command id, apk_story *story)
{
    static const char *const READERS[] = {"fetch", "fix", "list", "policy", "search"};
    const gdf__word *subcommand = find_subcommand(shell, id);
    if (!subcommand || is_elsewhere(shell, id))
        return;
    bool add = gdf__str_is(subcommand->value, "add");
    story->adds += add;
    story->needs_index = story->needs_index || GDF__IS_ONE_OF(subcommand->value, READERS);
    bool update = gdf__str_is(subcommand->value, "update");
    if ((!is_installing(subcommand->value) && !update) || may_have_no_cache(shell, id))
        return;
    story->last = id;
    story->indexes = story->indexes || !update;
    if (!story->first_bad || (add && !story->indexes_by_add))
        story->first_bad = id;
    story->indexes_by_add = story->indexes_by_add || add;
}

static apk_story read_apk_story(const gdf__check *check, const gdf__step *step)
{
    const gdf__shell *shell = &check->build->shell;
    apk_story story = {.first_bad = 0};
    for (gdf_command id = step->first_command; id < step->first_command + step->command_count;
         id++) {
        if (gdf__str_is(gdf__shell_program(shell, id), "apk"))
            read_apk(shell, id, &story);
        else if (story.last && removes(shell, id, APK_CACHE))
            story = (apk_story){.adds = story.adds};
    }
    return story;
}

static gdf_status drop_words(gdf__check *check, gdf__edit_list *edits, gdf_command id)
{
    static const char *const POINTLESS[] = {"--update", "--update-cache", "-U"};
    const gdf__shell *shell = &check->build->shell;
    uint32_t count = gdf__shell_count_arguments(shell, id);
    gdf_status status = GDF_OK;
    for (uint32_t i = 1; i < count && status == GDF_OK; i++) {
        const gdf__word *word = gdf__shell_argument(shell, id, i);
        if (GDF__IS_ONE_OF(word->value, POINTLESS))
            status = gdf__edit_remove_words(edits, check->document,
                                            (gdf__edit_range){word->start, word->end});
    }
    return status;
}

/* What becomes of one command: an update goes, an add gets the flag. */
static gdf_status fix_apk(gdf__check *check, gdf__edit_list *edits, gdf_command id)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__word *subcommand = find_subcommand(shell, id);
    const gdf__command *row = gdf__shell_command(shell, id);
    if (!subcommand || is_elsewhere(shell, id))
        return GDF_OK;
    if (gdf__str_is(subcommand->value, "update")) {
        bool plain = !row->parent && !row->redirection_count &&
                     (row->before == GDF_OPERATOR_NONE || row->before == GDF_OPERATOR_AND ||
                      row->before == GDF_OPERATOR_SEMICOLON) &&
                     (row->after == GDF_OPERATOR_AND || row->after == GDF_OPERATOR_SEMICOLON);
        gdf__edit_commands commands = gdf__edit_commands_of(shell, id, id);
        return plain ? gdf__edit_remove_commands(edits, check->document, &commands)
                     : GDF_ERROR_ARGUMENT;
    }
    if (!is_installing(subcommand->value))
        return GDF_OK;
    gdf_status status = drop_words(check, edits, id);
    if (status == GDF_OK && !may_have_no_cache(shell, id))
        status = gdf__edit_insert_word_after(edits, check->document, subcommand->end,
                                             GDF__LITERAL("--no-cache"));
    return status;
}

static void suggest_no_cache(gdf__check *check, const gdf__step *step, const apk_story *story)
{
    if (step->is_exec_form || story->needs_index) {
        gdf__note(check, story->needs_index
                             ? "another apk command of this RUN reads the index: add --no-cache "
                               "by hand"
                             : "the command is a JSON array: add \"--no-cache\" by hand");
        return;
    }
    gdf__fix *fix =
        gdf__fix_begin(check, GDF_FIX_SAFE,
                       story->adds ? "Use apk add --no-cache, which needs no apk update"
                                   : "Use apk upgrade --no-cache, which needs no apk update");
    gdf_status status = GDF_OK;
    for (gdf_command id = step->first_command;
         id < step->first_command + step->command_count && status == GDF_OK; id++) {
        if (gdf__str_is(gdf__shell_program(&check->build->shell, id), "apk"))
            status = fix_apk(check, &fix->edits, id);
    }
    gdf__fix_end(check, status);
    if (status == GDF_ERROR_ARGUMENT || status == GDF_ERROR_CONFLICT)
        gdf__note(check, "apk update stands where it cannot be taken out by itself");
}

/* What the apk commands of a RUN do with an index that was there before. */
typedef enum apk_use { APK_USE_NONE, APK_USE_OWN, APK_USE_EARLIER } apk_use;

static apk_use use_of_index(const gdf__shell *shell, const gdf__step *step)
{
    for (uint32_t i = 0; i < step->command_count; i++) {
        gdf_command id = step->first_command + i;
        const gdf__word *subcommand =
            gdf__str_is(gdf__shell_program(shell, id), "apk") ? find_subcommand(shell, id) : NULL;
        if (!subcommand || may_have_no_cache(shell, id) || gdf__str_is(subcommand->value, "del"))
            continue;
        return gdf__str_is(subcommand->value, "update") ? APK_USE_OWN : APK_USE_EARLIER;
    }
    return APK_USE_NONE;
}

/* True when nothing that is seen behind the RUN uses its index. */
static bool index_is_unused(const gdf__check *check, gdf_node run)
{
    gdf_stage stage = gdf_build_find_stage(check->build, run);
    if (gdf__golang_stage(check->golang, stage)->is_base)
        return false;
    uint32_t at = gdf__support_position(check, run);
    for (gdf_node node = 0; (node = gdf__support_instruction(check, stage, ++at)) != 0;) {
        const gdf__step *step = readable_run(check, node);
        apk_use use = step ? use_of_index(&check->build->shell, step) : APK_USE_NONE;
        if (use != APK_USE_NONE)
            return use == APK_USE_OWN;
    }
    return true;
}

/* A RUN that does nothing but update. */
static void report_lone_update(gdf__check *check, gdf_node run)
{
    gdf__report_node(check, GDF__RULE_HYG001, run);
    gdf__say(check, "apk update in a RUN of its own leaves the package index in " APK_CACHE
                    " and in the layer; apk add --no-cache needs none");
    if (!index_is_unused(check, run)) {
        gdf__note(check, "a later RUN may use the index: give its apk commands --no-cache first");
        return;
    }
    gdf__fix *fix =
        gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Remove it, unless a script searches the index");
    fix->structural = 1;
    gdf__fix_end(check, gdf__edit_remove_block(&fix->edits, check->document, run));
}

/* True for an Alpine whose apk does not know the flag yet. */
static bool predates_no_cache(const gdf__check *check, gdf_node run)
{
    static const char *const RELEASES[] = {"2.6", "2.7", "3.0", "3.1", "3.2"};
    const gdf__go_stage *stage =
        gdf__golang_stage(check->golang, gdf_build_find_stage(check->build, run));
    return stage->facts.os == GDF__OS_ALPINE && GDF__IS_ONE_OF(stage->facts.release, RELEASES);
}

void gdf__check_apk_no_cache(gdf__check *check, gdf_node run)
{
    const gdf__step *step = readable_run(check, run);
    if (!step || !is_shipped(check, run) || predates_no_cache(check, run))
        return;
    apk_story story = read_apk_story(check, step);
    if (!story.first_bad || has_volatile_mount(check, run, APK_CACHE))
        return;
    if (!story.indexes && step->command_count == 1)
        report_lone_update(check, run);
    if (!story.adds && !story.indexes)
        return;
    const gdf__word *subcommand = find_subcommand(&check->build->shell, story.first_bad);
    const gdf__command *row = gdf__shell_command(&check->build->shell, story.first_bad);
    const gdf__word *name = gdf__shell_word(&check->build->shell, row->name);
    gdf__report(check, GDF__RULE_HYG001, name->start, subcommand->end);
    if (gdf__str_is(subcommand->value, "update"))
        gdf__say(check,
                 "apk update leaves the package index in " APK_CACHE " and in the layer, and "
                 "apk %s --no-cache does not use it",
                 story.adds ? "add" : "upgrade");
    else
        gdf__say(check,
                 "apk %S without --no-cache leaves the package index in " APK_CACHE
                 " and in the layer",
                 subcommand->value);
    suggest_no_cache(check, step, &story);
}

/* ---- HYG002 ---------------------------------------------------------------------------------- */

/* What a RUN does with the lists of apt. */
typedef struct apt_story {
    gdf_command update; /* the last one whose lists stay; 0 = none */
    gdf_command last;   /* the last apt command */
    bool updates;
    bool uses;        /* installs behind an update */
    bool needs_lists; /* installs before an update of its own */
    bool is_opaque;   /* runs something that may install, too, behind the last apt command */
} apt_story;

/* What the instructions behind a RUN do with the lists that it leaves. */
typedef struct later_use {
    bool needed;   /* an apt command installs from them */
    bool possible; /* a script may */
} later_use;

/* True for scripts, and for tools that call apt themselves. */
static bool may_install(const gdf__shell *shell, gdf_command id)
{
    static const char *const TOOLS[] = {".",      "add-apt-repository", "gdebi",  "mk-build-deps",
                                        "npx",    "playwright",         "rosdep", "source",
                                        "tasksel"};
    gdf_str program = gdf__shell_program(shell, id);
    const gdf__word *name = gdf__shell_argument(shell, id, 0);
    bool system_path =
        name && (gdf__str_starts(name->value, "/usr/") || gdf__str_starts(name->value, "/bin/") ||
                 gdf__str_starts(name->value, "/sbin/"));
    if (!name || GDF__IS_ONE_OF(program, TOOLS) || gdf__str_ends(program, ".sh"))
        return name != NULL;
    if (gdf__is_posix_shell(program))
        return !(gdf__shell_command(shell, id)->flags & GDF_COMMAND_FLAG_WRAPPER);
    return !system_path && gdf__str_has_byte(name->value, '/');
}

static bool cleans_lists(const gdf__shell *shell, gdf_command id, const gdf__word *subcommand)
{
    bool apt = is_apt(gdf__shell_program(shell, id));
    if (apt && subcommand)
        return gdf__str_is(subcommand->value, "dist-clean") ||
               gdf__str_is(subcommand->value, "distclean");
    const gdf__word *name = gdf__shell_argument(shell, id, 0);
    bool script = name && gdf__str_contains(name->value, "clean");
    return removes(shell, id, APT_LISTS) || (script && !apt);
}

static apt_story read_apt_story(const gdf__check *check, const gdf__step *step)
{
    static const char *const USERS[] = {"build-dep", "dist-upgrade", "download", "full-upgrade",
                                        "install",   "source",       "upgrade"};
    const gdf__shell *shell = &check->build->shell;
    apt_story story = {.update = 0};
    for (gdf_command id = step->first_command; id < step->first_command + step->command_count;
         id++) {
        bool apt = is_apt(gdf__shell_program(shell, id));
        const gdf__word *subcommand = apt ? find_subcommand(shell, id) : NULL;
        if (cleans_lists(shell, id, subcommand)) {
            story.update = 0;
            continue;
        }
        if (!subcommand) {
            story.is_opaque = story.is_opaque || may_install(shell, id);
            continue;
        }
        story.last = id;
        story.is_opaque = false;
        bool user = GDF__IS_ONE_OF(subcommand->value, USERS);
        if (gdf__str_is(subcommand->value, "update")) {
            story.update = id;
            story.updates = true;
            story.uses = false;
        } else if (user && story.updates) {
            story.uses = true;
        } else if (user) {
            story.needs_lists = true;
        }
    }
    return story;
}

/* The edits write the file's own line ends. */
static gdf_str plain_line_ends(const gdf__check *check, gdf_str text)
{
    gdf__builder plain;
    gdf__builder_init(&plain, &gdf__support_arena(check)->allocator);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != '\r')
            gdf__builder_add_byte(&plain, text.ptr[i]);
    }
    return gdf__builder_to_arena(&plain, gdf__support_arena(check));
}

/* A line of its own behind a command that goes over several, at the indentation of its last one. */
static gdf_str own_line(gdf__check *check, gdf_str command)
{
    size_t start = command.len;
    while (start > 0 && command.ptr[start - 1] != '\n')
        start--;
    gdf_str last = gdf__str_slice(command, start, command.len);
    size_t end = 0;
    while (end < last.len && (last.ptr[end] == ' ' || last.ptr[end] == '\t'))
        end++;
    char escape[] = {check->document->escape, '\0'};
    return gdf__support_text(check, " %s\n%S&& ", escape, gdf__str_slice(last, 0, end));
}

/* What parts the command from the one before it, blanks and continuation included; ` && ` when
 * there is nothing to go by. */
static gdf_str separator_of(gdf__check *check, const gdf__step *step, const gdf__command *command)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__source *source = &check->document->source;
    gdf_str own = gdf__source_slice(source, command->start, command->end);
    bool tall = gdf__str_has_byte(own, '\n');
    gdf_str usual = tall ? own_line(check, own) : GDF__LITERAL(" && ");
    for (gdf_command id = step->first_command + step->command_count; id-- > step->first_command;) {
        const gdf__command *before = gdf__shell_command(shell, id);
        if (before->parent || before->start >= command->start || before->group != command->group)
            continue;
        gdf_str text = gdf__source_slice(source, before->end, command->start);
        bool follows = (!tall || gdf__str_has_byte(text, '\n')) && !gdf__str_has_byte(text, '#');
        return follows ? plain_line_ends(check, text) : usual;
    }
    return usual;
}

/* What must stand in front of rm: sudo when apt has it. NULL for a wrapper that may change more. */
static const char *prefix_of(const gdf__shell *shell, gdf_command id)
{
    const gdf__command *row = gdf__shell_command(shell, id);
    const char *prefix = "";
    for (gdf_command parent = row->parent; parent;
         parent = gdf__shell_command(shell, parent)->parent) {
        gdf_str program = gdf__shell_program(shell, parent);
        if (gdf__str_is(program, "sudo"))
            prefix = "sudo ";
        else if (!gdf__str_is(program, "env"))
            return NULL;
    }
    return prefix;
}

static gdf_status append_to_chain(gdf__check *check, gdf__edit_list *edits, const gdf__step *step,
                                  gdf_command last)
{
    const gdf__command *row = outermost(&check->build->shell, last);
    const char *prefix = prefix_of(&check->build->shell, last);
    if (!prefix)
        return GDF_ERROR_ARGUMENT;
    gdf_str text =
        gdf__support_text(check, "%S%s" REMOVE_LISTS, separator_of(check, step, row), prefix);
    return gdf__edit_replace_text(edits, check->document, (gdf__edit_range){row->end, row->end},
                                  text);
}

/* A final line in the body of the heredoc. */
static gdf_status append_to_heredoc(gdf__check *check, gdf__edit_list *edits, gdf_node heredoc)
{
    const gdf_document *document = check->document;
    gdf_node body = gdf_node_get_first_child(document, heredoc);
    while (body && gdf_node_get_kind(document, body) != GDF_NODE_HEREDOC_BODY)
        body = gdf_node_get_next_sibling(document, body);
    uint32_t end = gdf_node_get_end(document, body);
    gdf_str text = gdf__source_slice(&document->source, gdf_node_get_start(document, body), end);
    if (!body || !gdf__str_ends(text, "\n"))
        return GDF_ERROR_ARGUMENT;
    gdf_str line = gdf__support_text(check, REMOVE_LISTS "%S", gdf_document_get_line_end(document));
    return gdf__edit_list_add(edits, end, end, line);
}

/* Why the lists cannot go; NULL when they can. */
static const char *refuse_removal(const gdf__step *step, const apt_story *story, later_use later)
{
    if (later.needed)
        return "a later RUN installs from these lists: put update, install and rm into one RUN";
    if (!story->uses)
        return "nothing that is seen here installs from the lists: remove the update, or install "
               "in "
               "the same RUN";
    bool heredoc = step->heredoc && step->errexit;
    if (step->is_exec_form || (!step->pure_and_chain && !heredoc))
        return "the commands are not one chain of &&: add `" REMOVE_LISTS
               "` behind the last apt command";
    return NULL;
}

static void suggest_removal(gdf__check *check, const gdf__step *step, const apt_story *story,
                            later_use later)
{
    const char *refusal = refuse_removal(step, story, later);
    if (refusal) {
        gdf__note(check, "%s", refusal);
        return;
    }
    bool scripts = story->is_opaque || later.possible;
    gdf__fix *fix = gdf__fix_begin(check, scripts ? GDF_FIX_SUGGESTED : GDF_FIX_SAFE,
                                   scripts ? "Remove the lists in the same RUN, unless a script "
                                             "behind it installs from them"
                                           : "Remove the lists in the same RUN");
    gdf_status status = step->pure_and_chain
                            ? append_to_chain(check, &fix->edits, step, story->last)
                            : append_to_heredoc(check, &fix->edits, step->heredoc);
    gdf__fix_end(check, status);
}

static void report_lists(gdf__check *check, const gdf__step *step, const apt_story *story,
                         later_use later)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__command *row = gdf__shell_command(shell, story->update);
    const gdf__word *name = gdf__shell_word(shell, row->name);
    gdf__report(check, GDF__RULE_HYG002, name->start, find_subcommand(shell, story->update)->end);
    gdf__say(check,
             "the lists that %S update writes to " APT_LISTS
             " stay in the layer; only an rm in the "
             "same RUN keeps them out",
             gdf__shell_program(shell, story->update));
    suggest_removal(check, step, story, later);
}

/* From the last instruction to the first. `later` tells what the stages built on this one do; the
 * result is what this one and they do. */
static later_use check_stage(gdf__check *check, gdf_stage stage, later_use later)
{
    for (uint32_t i = gdf_stage_count_instructions(check->build, stage); i-- > 1;) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        const gdf__step *step = readable_run(check, node);
        if (!step)
            continue;
        apt_story story = read_apt_story(check, step);
        if (story.update && is_shipped(check, node) && !has_volatile_mount(check, node, APT_LISTS))
            report_lists(check, step, &story, later);
        later.needed = story.needs_lists || (later.needed && !story.updates);
        later.possible = !story.updates && (later.possible || story.is_opaque);
    }
    return later;
}

static bool uses_apt(const gdf__shell *shell)
{
    for (gdf_command id = 1; id <= shell->commands.count; id++) {
        if (is_apt(gdf__shell_program(shell, id)))
            return true;
    }
    return false;
}

void gdf__check_apt_lists(gdf__check *check)
{
    if (!uses_apt(&check->build->shell))
        return;
    size_t size = 0;
    uint32_t count = gdf_build_count_stages(check->build);
    if (!gdf__multiply((size_t)count + 1, sizeof(later_use), &size))
        return;
    later_use *later = gdf__arena_take(gdf__support_arena(check), size);
    if (!later)
        return;
    memset(later, 0, size);
    for (gdf_stage stage = count; stage > 0; stage--) {
        later_use own = check_stage(check, stage, later[stage]);
        later_use *base = &later[gdf__build_stage(check->build, stage)->base_stage];
        base->needed = base->needed || own.needed;
        base->possible = base->possible || own.possible;
    }
}
