/* BLD001, BLD003, BLD005: flags of go build. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/go_command_edits.h"

static const int32_t FIRST_MINOR_WITH_CACHE = 10;
static const int32_t FIRST_MINOR_WITH_TRIMPATH = 13;

/* Compiler flags from outside, as debugging tools give them. */
static bool may_debug(const gdf__check *check, const gdf__go_command *go)
{
    const gdf__word *word =
        gdf__shell_word(&check->build->shell, gdf__go_find_flag(check, go, "gcflags"));
    return go->debug_build || (word && !(word->flags & GDF_WORD_FLAG_LITERAL));
}

/* A build that people debug or test with keeps its symbols and paths. */
static bool is_production_build(const gdf__check *check, const gdf__go_command *go)
{
    return gdf__go_makes_runtime_program(check, go) && !may_debug(check, go) &&
           !gdf__go_find_flag(check, go, "race") && !gdf__go_find_flag(check, go, "cover");
}

/* ---- words of a flag's value ----------------------------------------------------------------- */

/* Offset behind the word that begins at `at`; quotes and `$(…)` hold blanks together. */
static size_t word_end(gdf_str text, size_t at)
{
    size_t depth = 0;
    char quote = '\0';
    for (; at < text.len; at++) {
        char byte = text.ptr[at];
        if (quote) {
            quote = byte == quote ? '\0' : quote;
        } else if (byte == '\'' || byte == '"' || byte == '`') {
            quote = byte;
        } else if (byte == '(' || byte == '{') {
            depth++;
        } else if (byte == ')' || byte == '}') {
            depth -= depth > 0;
        } else if (depth == 0 && gdf__ascii_is_space(byte)) {
            break;
        }
    }
    return at;
}

static bool next_word(gdf_str text, size_t *at, gdf_str *word)
{
    while (*at < text.len && gdf__ascii_is_space(text.ptr[*at]))
        ++*at;
    size_t start = *at;
    *at = word_end(text, start);
    *word = gdf__str_slice(text, start, *at);
    return word->len > 0;
}

static bool has_word(gdf_str text, const char *wanted)
{
    gdf_str word;
    for (size_t at = 0; next_word(text, &at, &word);) {
        if (gdf__str_is(word, wanted))
            return true;
    }
    return false;
}

/* ---- BLD001 ---------------------------------------------------------------------------------- */

/* True when the linker flags strip the program, or may do so: a word is a variable as a whole. */
static bool may_strip(gdf_str ldflags)
{
    gdf_str word;
    for (size_t at = 0; next_word(ldflags, &at, &word);) {
        if (gdf__str_is(word, "-s") || gdf__str_is(word, "-w") || gdf__str_is(word, "--s") ||
            gdf__str_is(word, "--w") || gdf__str_starts(word, "-s=") ||
            gdf__str_starts(word, "-w=") || word.ptr[0] == '$' || word.ptr[0] == '`')
            return true;
    }
    return false;
}

/* True when strip runs in a stage that the program may pass through: behind it, whichever it is. */
static bool is_stripped_later(const gdf__check *check, const gdf__go_command *go)
{
    uint32_t count = gdf_build_count_commands(check->build);
    for (gdf_command id = go->command + 1; id <= count; id++) {
        gdf_str program = gdf__shell_program(&check->build->shell, id);
        if (gdf__str_is(program, "strip") || gdf__str_ends(program, "-strip"))
            return true;
    }
    return false;
}

/* Where the value begins in the source bytes of the word with -ldflags, or of the next word. */
static size_t value_offset(gdf_str source)
{
    size_t at = 0;
    size_t quotes = source.len && (source.ptr[0] == '"' || source.ptr[0] == '\'');
    gdf_str text = gdf__str_slice(source, quotes, source.len);
    if (gdf__str_starts(text, "-ldflags=") || gdf__str_starts(text, "--ldflags="))
        at = quotes + gdf__str_find(text, '=', 0) + 1;
    else
        return quotes;
    if (!quotes && at < source.len && (source.ptr[at] == '"' || source.ptr[at] == '\''))
        at++;
    return at;
}

/* Adds -s -w in front of what the flag has. */
static gdf_status extend_ldflags(gdf__check *check, gdf__edit_list *edits, const gdf__word *word,
                                 gdf_str value)
{
    gdf_str source = gdf__source_slice(&check->document->source, word->start, word->end);
    size_t at = value_offset(source);
    char before = at ? source.ptr[at - 1] : ' ';
    bool quoted = (source.len && (source.ptr[0] == '"' || source.ptr[0] == '\'')) ||
                  before == '"' || before == '\'';
    uint32_t offset = word->start + (uint32_t)at;
    gdf__edit_range place = {offset, offset};
    gdf_str trimmed = gdf__str_trim(value);
    /* `pattern=flags` and a value in pieces have no place to add to. */
    if (trimmed.len && trimmed.ptr[0] != '-' && trimmed.ptr[0] != '\'' && trimmed.ptr[0] != '"')
        return GDF_ERROR_ARGUMENT;
    bool apart = trimmed.len == 0 || gdf__ascii_is_space(*value.ptr);
    if (quoted)
        return gdf__edit_replace_text(edits, check->document, place,
                                      apart ? GDF__LITERAL("-s -w") : GDF__LITERAL("-s -w "));
    if (word->flags & GDF_WORD_FLAG_QUOTED)
        return GDF_ERROR_ARGUMENT;
    place.end = word->end;
    gdf_str text = gdf__support_text(check, "\"-s -w %S\"", gdf__str_slice(source, at, source.len));
    return gdf__edit_replace_text(edits, check->document, place, text);
}

/* What parts the flags when each has a line of its own: a continuation and the indentation; else
 * empty. */
static gdf_str line_gap(const gdf__check *check, const gdf__go_command *go, uint32_t *next)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__word *word = gdf__shell_word(shell, go->subcommand_word);
    const gdf__word *argument = gdf__support_next_argument(shell, go->command, word);
    if (!argument)
        return gdf__empty;
    *next = argument->start;
    gdf_str gap = gdf__source_slice(&check->document->source, word->end, argument->start);
    bool simple = gdf__str_has_byte(gap, '\n') && !gdf__str_has_byte(gap, '#') &&
                  !gdf__str_has_byte(gap, '\r');
    return simple ? gap : gdf__empty;
}

static gdf_status insert_flag(gdf__check *check, gdf__edit_list *edits, const gdf__go_command *go,
                              const char *flag)
{
    const gdf__word *word = gdf__shell_word(&check->build->shell, go->subcommand_word);
    uint32_t next = 0;
    gdf_str gap = line_gap(check, go, &next);
    if (gap.len)
        return gdf__edit_replace_text(edits, check->document, (gdf__edit_range){next, next},
                                      gdf__support_text(check, "%s%S", flag, gap));
    return gdf__edit_insert_word_after(edits, check->document, word->end, gdf__str(flag));
}

void gdf__check_not_stripped(gdf__check *check, const gdf__go_command *go)
{
    if (!is_production_build(check, go) || may_strip(go->ldflags) || is_stripped_later(check, go))
        return;
    gdf__report_go(check, GDF__RULE_BLD001, go);
    gdf__say(check,
             "%S is built without -ldflags=\"-s -w\": about 30 %% of it is symbols and debug data. "
             "Without them debuggers and symbol-level scanners see less; panics, pprof and the "
             "build information stay",
             gdf__go_program_name(check, go));
    const gdf__word *word = gdf__shell_word(&check->build->shell, go->ldflags_word);
    if (!word && go->ldflags.len) {
        gdf__note(check, "the linker flags come from GOFLAGS: add -s -w there");
        return;
    }
    if (!gdf__go_is_editable(check, go)) {
        gdf__note(check, "the command stands in quotes: add -ldflags=\"-s -w\" by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Strip the program with -s -w");
    gdf_status status = word ? extend_ldflags(check, &fix->edits, word, go->ldflags)
                             : insert_flag(check, &fix->edits, go, "-ldflags=\"-s -w\"");
    gdf__fix_end(check, status);
    if (status == GDF_ERROR_ARGUMENT)
        gdf__note(check, "the linker flags are put together in a way that is left alone: add "
                         "-s -w by hand");
}

/* ---- BLD003 ---------------------------------------------------------------------------------- */

/* True for a Go that does not know the flag. */
static bool predates_trimpath(const gdf__check *check, gdf_stage id)
{
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, id);
    return stage && stage->facts.go_minor > 0 && stage->facts.go_minor < FIRST_MINOR_WITH_TRIMPATH;
}

void gdf__check_no_trimpath(gdf__check *check, const gdf__go_command *go)
{
    if (!is_production_build(check, go) || go->trimpath || predates_trimpath(check, go->stage))
        return;
    gdf__report_go(check, GDF__RULE_BLD003, go);
    gdf__say(check,
             "%S is built without -trimpath: it holds the paths of the build machine, and the same "
             "sources give another program in another directory",
             gdf__go_program_name(check, go));
    if (!gdf__go_is_editable(check, go)) {
        gdf__note(check, "the command stands in quotes: add -trimpath by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Add -trimpath; -ldflags are then left out of the build "
                                   "information");
    gdf__fix_end(check, insert_flag(check, &fix->edits, go, "-trimpath"));
}

/* ---- BLD005 ---------------------------------------------------------------------------------- */

/* True for `go install -a std` and its like, which say what they rebuild. */
static bool rebuilds_standard_library(const gdf__check *check, const gdf__go_command *go)
{
    for (uint32_t i = 0; i < go->package_count; i++) {
        const gdf__word *word = gdf__shell_word(&check->build->shell, go->first_package + i);
        if (gdf__str_is(word->value, "std"))
            return true;
    }
    return false;
}

/* Before the build cache -a was the way to get a standard library without cgo or with -race. */
static bool predates_cache(const gdf__check *check, gdf_stage id)
{
    const gdf__go_stage *stage = gdf__golang_stage(check->golang, id);
    return stage && stage->facts.go_minor > 0 && stage->facts.go_minor < FIRST_MINOR_WITH_CACHE;
}

void gdf__check_force_rebuild(gdf__check *check, const gdf__go_command *go)
{
    const gdf__word *word = gdf__shell_word(&check->build->shell, go->force_word);
    if (!word || !gdf__go_command_builds(go) || rebuilds_standard_library(check, go) ||
        predates_cache(check, go->stage))
        return;
    gdf__report_word(check, GDF__RULE_BLD005, go->force_word);
    gdf__say(check,
             "go %S -a compiles every package again, the standard library included, whatever is in "
             "the build cache; since Go 1.10 the cache itself knows what is stale",
             go->subcommand);
    const gdf__command *row = gdf__shell_command(&check->build->shell, go->command);
    if (row->flags & GDF_COMMAND_FLAG_EXEC_FORM) {
        gdf__note(check, "the command is a JSON array: remove \"-a\" by hand");
        return;
    }
    bool pure_go = go->cgo == GDF__CGO_OFF;
    gdf__fix *fix = gdf__fix_begin(check, pure_go ? GDF_FIX_SAFE : GDF_FIX_SUGGESTED,
                                   pure_go ? "Remove -a"
                                           : "Remove -a; the cache does not notice new C headers "
                                             "and libraries");
    gdf__fix_end(check, gdf__edit_remove_words(&fix->edits, check->document,
                                               (gdf__edit_range){word->start, word->end}));
}

/* The value of GOFLAGS without its words `-a`. */
static gdf_str without_force(gdf__check *check, gdf_str flags)
{
    gdf__builder text;
    gdf__builder_init(&text, &gdf__support_arena(check)->allocator);
    gdf_str word;
    for (size_t at = 0; next_word(flags, &at, &word);) {
        if (gdf__str_is(word, "-a"))
            continue;
        if (gdf__builder_get(&text).len)
            gdf__builder_add_byte(&text, ' ');
        gdf__builder_add(&text, word);
    }
    return gdf__builder_to_arena(&text, gdf__support_arena(check));
}

void gdf__check_force_rebuild_variable(gdf__check *check, gdf_node env)
{
    gdf_part pair = 0;
    while ((pair = gdf__instruction_next_part(check->document, env, GDF_PART_PAIR, pair)) != 0) {
        gdf_str key = gdf_part_get_value(check->document,
                                         gdf_part_find(check->document, pair, GDF_PART_KEY, 0));
        if (!gdf__str_is(key, "GOFLAGS"))
            continue;
        gdf_part part = gdf_part_find(check->document, pair, GDF_PART_VALUE, 0);
        gdf__expansion value =
            gdf__build_expand(check->build, env, gdf_part_get_value(check->document, part),
                              gdf__support_arena(check));
        if (!has_word(value.text, "-a") ||
            predates_cache(check, gdf_build_find_stage(check->build, env)))
            continue;
        gdf__report_part(check, GDF__RULE_BLD005, pair);
        gdf__say(check, "GOFLAGS has -a: each go command compiles every package again, whatever is "
                        "in the build cache");
        if (value.has_variables)
            continue;
        gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Remove -a from GOFLAGS");
        gdf__fix_end(check, gdf__edit_set_pair(&fix->edits, check->document, env, key,
                                               without_force(check, value.text)));
    }
}
