/* CTX001, CTX007: what comes along with the build context. */
#include "base/path.h"
#include "base/slice.h"
#include "project/ignore.h"
#include "rules/support.h"

#define IGNORE_FILE ".dockerignore"

/* True when a stage of the file has Go: without one the sources may be what runs. */
static bool builds_go(const gdf__check *check)
{
    for (uint32_t i = 0; i < check->golang->stages.count; i++) {
        const gdf__go_stage *row = GDF__AT(check->golang->stages, gdf__go_stage, i);
        if (row->has_toolchain || row->runs_go)
            return true;
    }
    return false;
}

/* ---- CTX001: the new ignore file ------------------------------------------------------------- */

typedef struct ignore_line {
    const char *text;
    bool is_pattern;
} ignore_line;

static const ignore_line IGNORE_LINES[] = {
#define GDF_IGNORE_COMMENT(text) {text, false},
#define GDF_IGNORE_PATTERN(text) {text, true},
#include "rules/ignore_file.def"
#undef GDF_IGNORE_COMMENT
#undef GDF_IGNORE_PATTERN
};

enum { LINE_COUNT = sizeof IGNORE_LINES / sizeof *IGNORE_LINES };

/* True for files that a build reads though nothing names them. */
static bool is_build_input(gdf_str path)
{
    gdf_str name = gdf__str_has_byte(path, '/') ? gdf__path_base(path) : path;
    return gdf__str_ends(name, ".go") || gdf__str_is(name, "go.mod") ||
           gdf__str_is(name, "go.sum") || gdf__str_is(name, "go.work");
}

static bool hides_project_file(const gdf__check *check, const gdf__ignore_pattern *pattern)
{
    uint32_t count = gdf_project_count_files(check->project);
    for (uint32_t i = 0; i < count; i++) {
        gdf_str path = gdf_project_get_path(check->project, i);
        if (is_build_input(path) && gdf__ignore_pattern_matches(pattern, path))
            return true;
    }
    return false;
}

static bool hides_source(gdf__check *check, const gdf__ignore_pattern *pattern, gdf_node copy)
{
    if (gdf_instruction_find_flag(check->document, copy, "from", 0))
        return false;
    gdf_part part = 0;
    while ((part = gdf__instruction_next_part(check->document, copy, GDF_PART_SOURCE, part)) != 0) {
        gdf_str path =
            gdf__path_clean(gdf_part_get_value(check->document, part), gdf__support_arena(check));
        while (gdf__str_starts(path, "/"))
            path = gdf__str_slice(path, 1, path.len);
        if (path.len && !gdf__str_is(path, ".") && gdf__ignore_pattern_matches(pattern, path))
            return true;
    }
    return false;
}

/* True when a command of the file asks git about the sources. */
static bool uses_git(const gdf__check *check)
{
    static const char *const QUESTIONS[] = {"describe", "diff",      "log",
                                            "rev-list", "rev-parse", "status"};
    uint32_t count = gdf_build_count_commands(check->build);
    for (gdf_command id = 1; id <= count; id++) {
        const gdf__word *word = gdf__shell_argument(&check->build->shell, id, 1);
        if (word && gdf__str_is(gdf__shell_program(&check->build->shell, id), "git") &&
            GDF__IS_ONE_OF(word->value, QUESTIONS))
            return true;
    }
    return false;
}

/* True when the build needs what the pattern leaves out. */
static bool hides_needed(gdf__check *check, gdf_str text)
{
    if (gdf__str_is(text, "**/.git") && uses_git(check))
        return true;
    gdf__ignore ignore = gdf__ignore_parse(text, gdf__support_arena(check));
    if (ignore.count == 0 || ignore.patterns[0].is_exception)
        return false;
    if (hides_project_file(check, &ignore.patterns[0]))
        return true;
    for (uint32_t i = 0; i < check->document->instructions.count; i++) {
        gdf_node node = *GDF__AT(check->document->instructions, gdf_node, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
        if ((kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD) &&
            hides_source(check, &ignore.patterns[0], node))
            return true;
    }
    return false;
}

static gdf_str ignore_file_text(gdf__check *check)
{
    gdf__builder text;
    gdf__builder_init(&text, &gdf__support_arena(check)->allocator);
    for (int i = 0; i < LINE_COUNT; i++) {
        gdf_str line = gdf__str(IGNORE_LINES[i].text);
        if (IGNORE_LINES[i].is_pattern && hides_needed(check, line))
            continue;
        gdf__builder_add(&text, line);
        gdf__builder_add_byte(&text, '\n');
    }
    return gdf__builder_to_arena(&text, gdf__support_arena(check));
}

/* ---- CTX001: the finding --------------------------------------------------------------------- */

/* True for a bind mount of the context itself: no from, the root as source. */
static bool is_of_context(const gdf_document *document, gdf_part flag)
{
    bool bind = true;
    bool root = true;
    gdf_part option = 0;
    while ((option = gdf__part_next_inside(document, flag, GDF_PART_OPTION, option)) != 0) {
        gdf_str key =
            gdf_part_get_value(document, gdf_part_find(document, option, GDF_PART_OPTION_KEY, 0));
        gdf_str value =
            gdf_part_get_value(document, gdf_part_find(document, option, GDF_PART_OPTION_VALUE, 0));
        if (gdf__str_is_nocase(key, "type"))
            bind = gdf__str_is_nocase(value, "bind");
        else if (gdf__str_is_nocase(key, "from"))
            bind = false;
        else if (gdf__str_is_nocase(key, "source") || gdf__str_is_nocase(key, "src"))
            root = gdf__str_is(value, ".") || gdf__str_is(value, "/") || value.len == 0;
    }
    return bind && root;
}

static bool binds_context(const gdf__check *check, gdf_node run)
{
    gdf_part flag = 0;
    while ((flag = gdf__instruction_next_flag(check->document, run, "mount", flag)) != 0) {
        if (is_of_context(check->document, flag))
            return true;
    }
    return false;
}

/* Files that are looked at for all sources together. */
enum { MAX_FILES_LOOKED_AT = 1 << 20 };

/* True when the context has Go files below the directory. */
static bool has_go_files(const gdf__check *check, gdf_str path, uint32_t *left)
{
    gdf_str below = gdf__support_text(check, "%S/", path);
    uint32_t i = gdf__project_lower_bound(check->project, below);
    for (; *left > 0; --*left, i++) {
        const gdf__project_file *file = gdf__project_file_at(check->project, i);
        if (!file || !gdf__str_equal(gdf__str_slice(file->path, 0, below.len), below))
            return false;
        if (gdf__str_ends(file->path, ".go"))
            return true;
    }
    return false;
}

/* True for a COPY or ADD of a directory with Go files. */
static bool copies_sources(gdf__check *check, gdf_node node, uint32_t *left)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
    if ((kind != GDF_INSTRUCTION_COPY && kind != GDF_INSTRUCTION_ADD) ||
        gdf_instruction_find_flag(check->document, node, "from", 0))
        return false;
    gdf_part part = 0;
    while ((part = gdf__instruction_next_part(check->document, node, GDF_PART_SOURCE, part)) != 0) {
        gdf_str path =
            gdf__path_clean(gdf_part_get_value(check->document, part), gdf__support_arena(check));
        while (gdf__str_starts(path, "/"))
            path = gdf__str_slice(path, 1, path.len);
        if (!(gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_HEREDOC) && path.len &&
            has_go_files(check, path, left))
            return true;
    }
    return false;
}

/* An instruction that takes all of the context or, without one, a directory of sources. */
typedef struct broad_use {
    gdf_node node; /* 0: none */
    bool takes_all;
} broad_use;

static broad_use first_broad_use(gdf__check *check)
{
    broad_use found = {.node = 0};
    uint32_t left = MAX_FILES_LOOKED_AT;
    for (uint32_t i = 0; i < check->document->instructions.count; i++) {
        gdf_node node = *GDF__AT(check->document->instructions, gdf_node, i);
        bool run = gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_RUN;
        if (run ? binds_context(check, node) : gdf__golang_copies_context_root(check->golang, node))
            return (broad_use){node, true};
        if (!found.node && copies_sources(check, node, &left))
            found.node = node;
    }
    return found;
}

static gdf_str name_of_use(const gdf__check *check, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
    return kind == GDF_INSTRUCTION_RUN ? GDF__LITERAL("the bind mount")
                                       : gdf__str(gdf_instruction_kind_name(kind));
}

void gdf__check_missing_ignore_file(gdf__check *check)
{
    if (!check->project)
        return;
    gdf_str name = check->document->context_path;
    if (gdf_project_find_ignore_file(check->project, name.ptr, name.len).len)
        return;
    broad_use use = first_broad_use(check);
    if (!use.node)
        return;
    gdf__report_node(check, GDF__RULE_CTX001, use.node);
    gdf__say(check,
             "the build context has no " IGNORE_FILE ": %S takes whatever lies %s, and any change "
             "of it costs the cache",
             name_of_use(check, use.node),
             use.takes_all ? "beside the sources, .git and local .env files too"
                           : "among the sources, local .env files and editor backups too");
    if (!builds_go(check) && !gdf__project_find(check->project, GDF__LITERAL("go.mod"))) {
        gdf__note(check, "the ignore file that is known here is one for Go projects");
        return;
    }
    gdf__fix *fix =
        gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Write a " IGNORE_FILE " for a Go project");
    fix->file = GDF__LITERAL(IGNORE_FILE);
    gdf__fix_end(check, gdf__edit_list_add(&fix->edits, 0, 0, ignore_file_text(check)));
}

/* ---- CTX007 ---------------------------------------------------------------------------------- */

/* True when the ignore file lets in only what it names. */
static bool has_allow_list(gdf__check *check)
{
    if (!check->project)
        return false;
    gdf__ignore ignore = gdf__project_read_ignore_file(
        check->project, check->document->context_path, gdf__support_arena(check), NULL);
    return gdf__ignore_excludes_all(&ignore);
}

static void check_copy(gdf__check *check, gdf_node copy)
{
    const gdf__go_stage *stage =
        gdf__golang_stage(check->golang, gdf_build_find_stage(check->build, copy));
    if (!stage || !stage->in_runtime_chain || stage->has_toolchain || stage->chain_runs_go ||
        !gdf__golang_copies_context_root(check->golang, copy) || !builds_go(check) ||
        has_allow_list(check))
        return;
    gdf__report_node(check, GDF__RULE_CTX007, copy);
    gdf__say(check,
             "%s takes the whole build context into the image that runs: the sources and whatever "
             "lies beside them ship with the program; copy by name what it reads",
             gdf_instruction_kind_name(gdf_node_get_instruction(check->document, copy)));
}

void gdf__check_context_in_runtime(gdf__check *check, gdf_node copy)
{
    if (gdf_node_get_parent(check->document, copy) == 1)
        check_copy(check, copy);
}
