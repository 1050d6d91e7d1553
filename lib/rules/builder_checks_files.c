/* CHK019: sources of COPY and ADD that the ignore file leaves out of the context. */
#include "base/path.h"
#include "base/slice.h"
#include "build/work.h"
#include "rules/builder_checks.h"

enum {
    /* Bytes of patterns that all sources of a file together are compared with… */
    PATTERN_ALLOWANCE = 1 << 25,
    /* …by paths of up to this length: a longer one costs as much as several. */
    PATH_LENGTH = 64
};

bool gdf__builder_read_ignore_file(gdf__builder_walk *walk)
{
    gdf_str dockerfile = walk->document->context_path;
    gdf_str path =
        gdf_project_find_ignore_file(walk->check->project, dockerfile.ptr, dockerfile.len);
    gdf_str text = gdf_project_get_content(walk->check->project, path.ptr, path.len);
    walk->ignore = gdf__ignore_parse(text, walk->arena);
    walk->ignore_len = text.len;
    walk->pattern_bytes = PATTERN_ALLOWANCE;
    return walk->ignore.error.len == 0;
}

/* The whole context, which only some patterns leave out. */
static bool leaves_out_all(const gdf__ignore *ignore)
{
    static const char *const PATTERNS[] = {"*", "**", "**/*"};
    for (uint32_t i = 0; i < ignore->count; i++) {
        for (size_t k = 0; k < sizeof PATTERNS / sizeof *PATTERNS; k++) {
            if (gdf__str_is(ignore->patterns[i].text, PATTERNS[k]))
                return true;
        }
    }
    return false;
}

/* False when sources and patterns together are too many. */
static bool may_compare(gdf__builder_walk *walk, const gdf__builder_command *command, gdf_str path)
{
    uint64_t cost = (uint64_t)walk->ignore_len * (1 + path.len / PATH_LENGTH);
    if (cost <= walk->pattern_bytes) {
        walk->pattern_bytes -= (size_t)cost;
        return true;
    }
    walk->pattern_bytes = 0;
    gdf__builder_meet_limit(walk, command,
                            "more is copied than is compared with so long an ignore file");
    return false;
}

static bool is_left_out(gdf__builder_walk *walk, const gdf__builder_command *command, gdf_str path)
{
    if (gdf__str_is(path, ".") || gdf__str_is(path, "/"))
        return leaves_out_all(&walk->ignore);
    return may_compare(walk, command, path) && gdf__ignore_match(&walk->ignore, path);
}

/* `user@host:path`, as git has it. */
static bool is_scp_like(gdf_str source)
{
    size_t at = gdf__str_find(source, '@', 0);
    size_t colon = gdf__str_find(source, ':', at);
    if (at == 0 || colon == source.len || colon == at + 1)
        return false;
    for (size_t i = 0; i < colon; i++) {
        char c = source.ptr[i];
        bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (i != at && !is_letter && c != '-' && c != (i < at ? '_' : '.'))
            return false;
    }
    return true;
}

static bool is_remote(gdf_str source)
{
    static const char *const SCHEMES[] = {"http://", "https://", "ssh://", "git://"};
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        if (gdf__str_starts(source, SCHEMES[i]))
            return true;
    }
    return is_scp_like(source);
}

static void check_source(gdf__builder_walk *walk, const gdf__builder_command *command, gdf_str text)
{
    gdf__expansion source =
        gdf__scope_expand(&command->scope, text, 0, walk->document->escape, walk->arena);
    gdf_str path = gdf__path_clean(source.text, walk->arena);
    if (is_remote(source.text) || (!source.certain && !walk->check->is_builder) ||
        !is_left_out(walk, command, path))
        return;
    gdf__builder_report(walk, GDF__RULE_CHK019, command);
    gdf__say(walk->check, "Attempting to %s file %q that is excluded by .dockerignore",
             command->kind == GDF_INSTRUCTION_ADD ? "Add" : "Copy", path);
    gdf__builder_relate(walk, command);
    if (gdf__str_is(path, "."))
        gdf__note(walk->check, "the ignore file leaves out everything: let in what the build needs "
                               "by lines such as `!cmd` at its end");
    else
        gdf__note(walk->check,
                  "do without it, or let it in by a line `!%S` at the end of the "
                  "ignore file",
                  path);
}

void gdf__builder_check_sources(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf_part id = 0;
    if (walk->ignore.count == 0 || walk->ignore.has_exceptions || walk->ignore.error.len ||
        gdf_instruction_find_flag(walk->document, command->node, "from", 0))
        return;
    const gdf__part *part = gdf__first_part(walk->document, command->node, &id);
    for (; part; part = gdf__next_part(walk->document, &id)) {
        if (part->kind == GDF_PART_SOURCE && !(part->flags & GDF_PART_FLAG_HEREDOC))
            check_source(walk, command, gdf__part_value(part));
    }
}
