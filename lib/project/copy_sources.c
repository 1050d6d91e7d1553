/* gdf_copy_sources: which files of the context a COPY or ADD takes. */
#include <godockerfile/copy_sources.h>

#include "base/ascii.h"
#include "base/path.h"
#include "base/slice.h"
#include "build/build.h"
#include "project/path_pattern.h"
#include "project/project.h"

typedef struct source_row {
    gdf_part part;
    gdf_str text;
    gdf_source_kind kind;
    bool is_found;
    bool is_required;
} source_row;

typedef struct file_row {
    gdf_str path;
    uint32_t source;
} file_row;

struct gdf_copy_sources {
    gdf__arena arena;
    gdf__table sources; /* of source_row */
    gdf__table files;   /* of file_row */
};

/* What holds for all sources of the instruction. */
typedef struct search {
    gdf_copy_sources *made;
    const gdf_build *build;
    const gdf_project *project;
    gdf_node instruction;
    gdf__ignore ignore;
    gdf__ignore excludes;
    bool keeps_parents;
    uint32_t *taken_by; /* a file by its rank: index of its first source + 1 */
} search;

/* One source of the context. */
typedef struct wanted {
    gdf_str directory; /* in which wildcards are looked for, or the source itself; "" is the root */
    gdf__path_pattern pattern; /* of what follows it */
    bool has_pattern;
    gdf__ignore includes; /* of --parents: what is taken inside the source */
    bool has_includes;
    bool is_required; /* the builder fails without it */
} wanted;

/* ---- flags ----------------------------------------------------------------------------------- */

static gdf_str flag_value(const search *work, gdf_part flag)
{
    const gdf_document *document = work->build->document;
    return gdf_part_get_value(document, gdf_part_find(document, flag, GDF_PART_FLAG_VALUE, 0));
}

static bool is_switched_on(const search *work, const char *name)
{
    gdf_part flag = gdf_instruction_find_flag(work->build->document, work->instruction, name, 0);
    gdf_str value = flag_value(work, flag);
    return flag && (value.len == 0 || gdf__str_is_nocase(value, "true"));
}

static void read_excludes(search *work)
{
    const gdf_document *document = work->build->document;
    gdf__table values; /* of gdf_str */
    gdf__table_init(&values, &work->made->arena.allocator, sizeof(gdf_str));
    uint32_t count = gdf_instruction_count_parts(document, work->instruction);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(document, work->instruction, i);
        gdf_part name = gdf_part_find(document, part, GDF_PART_FLAG_NAME, 0);
        if (gdf_part_get_kind(document, part) != GDF_PART_FLAG ||
            !gdf__str_is(gdf_part_get_value(document, name), "exclude"))
            continue;
        gdf_str *row = gdf__table_add(&values);
        if (row)
            *row = flag_value(work, part);
    }
    const gdf_str *patterns = values.count ? GDF__AT(values, gdf_str, 0) : NULL;
    work->excludes = gdf__ignore_compile(patterns, values.count, &work->made->arena);
    if (values.failed)
        work->made->arena.failed = true;
    gdf__table_free(&values);
}

/* ---- kinds ----------------------------------------------------------------------------------- */

static bool is_user_character(char c)
{
    return gdf__ascii_is_alnum(c) || c == '-' || c == '_';
}

static bool is_host_character(char c)
{
    return gdf__ascii_is_alnum(c) || c == '-' || c == '.';
}

/* git@host:path */
static bool is_secure_copy_address(gdf_str text)
{
    size_t at = 0;
    while (at < text.len && is_user_character(text.ptr[at]))
        at++;
    if (at == 0 || at == text.len || text.ptr[at] != '@')
        return false;
    size_t host = ++at;
    while (at < text.len && is_host_character(text.ptr[at]))
        at++;
    return at > host && at < text.len && text.ptr[at] == ':';
}

static bool is_remote(gdf_str text)
{
    static const char *const SCHEMES[] = {"http://", "https://", "git://", "ssh://"};
    for (size_t i = 0; i < sizeof SCHEMES / sizeof *SCHEMES; i++) {
        if (gdf__str_starts(text, SCHEMES[i]))
            return true;
    }
    return is_secure_copy_address(text);
}

static gdf_source_kind kind_of(const search *work, gdf_part part, const gdf__expansion *text)
{
    const gdf_document *document = work->build->document;
    gdf_part from = gdf_instruction_find_flag(document, work->instruction, "from", 0);
    gdf_node outer = gdf_node_get_parent(document, work->instruction);
    if (gdf_part_get_flags(document, part) & GDF_PART_FLAG_HEREDOC)
        return GDF_SOURCE_HEREDOC;
    if (!text->certain || gdf_node_get_kind(document, outer) == GDF_NODE_INSTRUCTION)
        return GDF_SOURCE_UNKNOWN;
    if (flag_value(work, from).len)
        return GDF_SOURCE_STAGE;
    return is_remote(text->text) ? GDF_SOURCE_REMOTE : GDF_SOURCE_CONTEXT;
}

/* ---- one source ------------------------------------------------------------------------------ */

/* From the root of the context, clean, without a slash in front; "" for the root itself. */
static gdf_str from_root(gdf_str path, gdf__arena *arena)
{
    gdf_str clean = gdf__path_join(GDF__LITERAL("/"), path, arena);
    return gdf__str_slice(clean, 1, clean.len);
}

/* Offset of the first "/./", where --parents cuts a source in two; path.len without one. */
static size_t find_pivot(gdf_str path)
{
    for (size_t at = gdf__str_find(path, '/', 0); at < path.len;
         at = gdf__str_find(path, '/', at + 1)) {
        if (gdf__str_starts(gdf__str_slice(path, at, path.len), "/./"))
            return at;
    }
    return path.len;
}

/* Takes the pattern of --parents from the source; what is left is where it is looked for. */
static gdf_str take_includes(search *work, gdf_str path, wanted *source)
{
    size_t pivot = find_pivot(path);
    bool has_pivot = pivot < path.len;
    gdf_str inner = gdf__str_slice(path, has_pivot ? pivot + 1 : 0, path.len);
    gdf_str pattern = from_root(inner, &work->made->arena);
    source->has_includes = true;
    source->includes = gdf__ignore_compile(&pattern, 1, &work->made->arena);
    source->is_required = !gdf__path_pattern_has_wildcard(pattern);
    return gdf__str_slice(path, 0, has_pivot ? pivot : 0);
}

static wanted read_wanted(search *work, gdf_str path)
{
    gdf__arena *arena = &work->made->arena;
    wanted source = {.is_required = true, .includes = {.error = gdf__empty}};
    if (work->keeps_parents)
        path = take_includes(work, path, &source);
    path = from_root(path, arena);
    size_t wildcard = gdf__path_pattern_find_wildcard(path);
    source.has_pattern = wildcard < path.len;
    source.directory = path;
    if (!source.has_pattern)
        return source;
    source.is_required = false;
    source.directory = gdf__str_slice(path, 0, wildcard ? wildcard - 1 : 0);
    source.pattern = gdf__path_pattern_compile(gdf__str_slice(path, wildcard, path.len), arena);
    return source;
}

/* Splits a path of the directory into the source that is copied and what is inside it. False when
 * no source matches. */
static bool find_inside(const wanted *source, gdf_str below, gdf_str *inside)
{
    *inside = below;
    if (!source->has_pattern)
        return true;
    size_t len = gdf__glob_match_prefix(source->pattern.items, source->pattern.count, below);
    if (len == GDF__GLOB_NO_MATCH)
        return false;
    *inside = gdf__str_slice(below, len + (len < below.len), below.len);
    return true;
}

/* --parents and --exclude look at what is inside a source, never at the source itself. */
static bool is_included(const wanted *source, gdf_str inside)
{
    return !source->has_includes || !inside.len || gdf__ignore_match(&source->includes, inside);
}

static bool is_excluded(const search *work, gdf_str inside)
{
    return inside.len && gdf__ignore_match(&work->excludes, inside);
}

static void try_file(search *work, const wanted *source, uint32_t index, uint32_t rank,
                     gdf_str below)
{
    gdf_str path = gdf__project_file_at(work->project, rank)->path;
    source_row *row = GDF__AT(work->made->sources, source_row, index);
    gdf_str inside;
    if (!find_inside(source, below, &inside) || !is_included(source, inside) ||
        gdf__ignore_match(&work->ignore, path))
        return;
    row->is_found = true;
    if (!is_excluded(work, inside) && !work->taken_by[rank])
        work->taken_by[rank] = index + 1;
}

/* The directory as a prefix of the paths in it: with its slash. */
static gdf_str as_prefix(gdf_str directory, gdf__arena *arena)
{
    char *bytes = directory.len ? gdf__arena_take_bytes(arena, directory.len + 1) : NULL;
    if (!bytes)
        return gdf__empty;
    memcpy(bytes, directory.ptr, directory.len);
    bytes[directory.len] = '/';
    return (gdf_str){bytes, directory.len + 1};
}

static void find_files(search *work, const wanted *source, uint32_t index)
{
    uint32_t count = gdf_project_count_files(work->project);
    gdf_str prefix = as_prefix(source->directory, &work->made->arena);
    if (work->made->arena.failed)
        return;
    uint32_t rank = gdf__project_lower_bound(work->project, source->directory);
    const gdf__project_file *itself = gdf__project_file_at(work->project, rank);
    if (itself && !source->has_pattern && gdf__str_equal(itself->path, source->directory))
        try_file(work, source, index, rank, gdf__empty);
    for (rank = gdf__project_lower_bound(work->project, prefix); rank < count; rank++) {
        gdf_str path = gdf__project_file_at(work->project, rank)->path;
        if (!gdf__str_equal(gdf__str_slice(path, 0, prefix.len), prefix))
            break;
        try_file(work, source, index, rank, gdf__str_slice(path, prefix.len, path.len));
    }
}

/* ---- all of them ----------------------------------------------------------------------------- */

static void add_source(search *work, gdf_part part)
{
    gdf__arena *arena = &work->made->arena;
    gdf_str written = gdf_part_get_value(work->build->document, part);
    gdf__expansion text = gdf__build_expand(work->build, work->instruction, written, arena);
    gdf_source_kind kind = kind_of(work, part, &text);
    source_row *row = gdf__table_add(&work->made->sources);
    if (!row)
        return;
    *row = (source_row){
        .part = part, .text = kind == GDF_SOURCE_HEREDOC ? written : text.text, .kind = kind};
    if (kind != GDF_SOURCE_CONTEXT)
        return;
    wanted source = read_wanted(work, row->text);
    row->is_required = source.is_required;
    if (!source.includes.error.len && !work->excludes.error.len)
        find_files(work, &source, work->made->sources.count - 1);
}

static void list_files(search *work)
{
    uint32_t count = gdf_project_count_files(work->project);
    for (uint32_t rank = 0; rank < count; rank++) {
        if (!work->taken_by[rank])
            continue;
        file_row *row = gdf__table_add(&work->made->files);
        if (row)
            *row = (file_row){gdf__project_file_at(work->project, rank)->path,
                              work->taken_by[rank] - 1};
    }
}

static void find_sources(search *work)
{
    const gdf_document *document = work->build->document;
    gdf_copy_sources *made = work->made;
    work->ignore =
        gdf__project_read_ignore_file(work->project, document->context_path, &made->arena, NULL);
    work->keeps_parents = is_switched_on(work, "parents");
    read_excludes(work);
    uint32_t count = gdf_instruction_count_parts(document, work->instruction);
    for (uint32_t i = 0; i < count && !made->arena.failed && !made->sources.failed; i++) {
        gdf_part part = gdf_instruction_get_part(document, work->instruction, i);
        if (gdf_part_get_kind(document, part) == GDF_PART_SOURCE)
            add_source(work, part);
    }
    if (!made->arena.failed && !made->sources.failed)
        list_files(work);
}

gdf_copy_sources *gdf_copy_sources_create(const gdf_build *build, const gdf_project *project,
                                          gdf_node instruction)
{
    const gdf_allocator *allocator = build ? &build->arena.allocator : NULL;
    gdf_copy_sources *made = build ? gdf__allocate_zeroed(allocator, sizeof *made) : NULL;
    if (!made)
        return NULL;
    gdf__arena_init(&made->arena, allocator);
    gdf__table_init(&made->sources, allocator, sizeof(source_row));
    gdf__table_init(&made->files, allocator, sizeof(file_row));
    size_t size = (size_t)gdf_project_count_files(project) + 1;
    search work = {.made = made, .build = build, .project = project, .instruction = instruction};
    if (gdf__multiply(size, sizeof *work.taken_by, &size))
        work.taken_by = gdf__allocate_zeroed(allocator, size);
    if (work.taken_by)
        find_sources(&work);
    bool failed =
        !work.taken_by || made->arena.failed || made->sources.failed || made->files.failed;
    gdf__release(allocator, work.taken_by);
    if (!failed)
        return made;
    gdf_copy_sources_free(made);
    return NULL;
}

void gdf_copy_sources_free(gdf_copy_sources *sources)
{
    if (!sources)
        return;
    gdf_allocator allocator = sources->arena.allocator;
    gdf__table_free(&sources->files);
    gdf__table_free(&sources->sources);
    gdf__arena_free(&sources->arena);
    gdf__release(&allocator, sources);
}

/* ---- readers --------------------------------------------------------------------------------- */

static const source_row *source_at(const gdf_copy_sources *sources, uint32_t index)
{
    static const source_row NOTHING = {.text = {"", 0}};
    return sources && index < sources->sources.count
               ? GDF__AT(sources->sources, const source_row, index)
               : &NOTHING;
}

static const file_row *file_at(const gdf_copy_sources *sources, uint32_t index)
{
    static const file_row NOTHING = {.path = {"", 0}};
    return sources && index < sources->files.count ? GDF__AT(sources->files, const file_row, index)
                                                   : &NOTHING;
}

uint32_t gdf_copy_sources_count(const gdf_copy_sources *sources)
{
    return sources ? sources->sources.count : 0;
}

gdf_source_kind gdf_copy_sources_get_kind(const gdf_copy_sources *sources, uint32_t index)
{
    return source_at(sources, index)->kind;
}

gdf_part gdf_copy_sources_get_part(const gdf_copy_sources *sources, uint32_t index)
{
    return source_at(sources, index)->part;
}

gdf_str gdf_copy_sources_get_text(const gdf_copy_sources *sources, uint32_t index)
{
    return source_at(sources, index)->text;
}

int gdf_copy_sources_is_found(const gdf_copy_sources *sources, uint32_t index)
{
    return source_at(sources, index)->is_found;
}

int gdf_copy_sources_is_required(const gdf_copy_sources *sources, uint32_t index)
{
    return source_at(sources, index)->is_required;
}

uint32_t gdf_copy_sources_count_files(const gdf_copy_sources *sources)
{
    return sources ? sources->files.count : 0;
}

gdf_str gdf_copy_sources_get_file(const gdf_copy_sources *sources, uint32_t index)
{
    return file_at(sources, index)->path;
}

uint32_t gdf_copy_sources_get_file_source(const gdf_copy_sources *sources, uint32_t index)
{
    return file_at(sources, index)->source;
}
