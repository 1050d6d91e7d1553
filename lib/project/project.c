#include "project/project.h"

#include "base/options.h"
#include "base/path.h"
#include "base/slice.h"

#define IGNORE_SUFFIX ".dockerignore"

gdf_project *gdf_project_create(const gdf_options *options)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf_project *project = gdf__allocate(&allocator, sizeof *project);
    if (!project)
        return NULL;
    gdf__arena_init(&project->arena, &allocator);
    gdf__table_init(&project->files, &allocator, sizeof(gdf__project_file));
    gdf__name_map_init(&project->by_path, &allocator);
    project->unreadable = gdf__empty;
    return project;
}

void gdf_project_free(gdf_project *project)
{
    if (!project)
        return;
    gdf_allocator allocator = project->arena.allocator;
    gdf__name_map_free(&project->by_path);
    gdf__table_free(&project->files);
    gdf__arena_free(&project->arena);
    gdf__release(&allocator, project);
}

gdf_str gdf_project_get_unreadable(const gdf_project *project)
{
    return project ? project->unreadable : gdf__empty;
}

/* ---- adding ---------------------------------------------------------------------------------- */

/* A later call may succeed again. */
static gdf_status out_of_memory(gdf_project *project)
{
    project->arena.failed = false;
    project->files.failed = false;
    project->by_path.entries.failed = false;
    project->by_path.branches.failed = false;
    return GDF_ERROR_MEMORY;
}

static gdf_str without_slash(gdf_str path)
{
    return gdf__path_is_absolute(path) ? gdf__str_slice(path, 1, path.len) : path;
}

/* The row of a path that is clean and lives in the arena. */
static gdf__project_file *find_or_add(gdf_project *project, gdf_str path)
{
    gdf__name_entry *entry = gdf__name_map_find(&project->by_path, path);
    if (entry)
        return GDF__AT(project->files, gdf__project_file, entry->value);
    gdf__project_file *file = gdf__table_add(&project->files);
    if (!file)
        return NULL;
    *file = (gdf__project_file){.path = path, .content = gdf__empty};
    if (gdf__name_map_add(&project->by_path, path, project->files.count - 1))
        return file;
    project->files.count--;
    return NULL;
}

gdf_status gdf_project_add_file(gdf_project *project, const char *path, size_t path_len,
                                const char *content, size_t content_len)
{
    if (!project || !path || path_len > UINT32_MAX || (!content && content_len))
        return GDF_ERROR_ARGUMENT;
    gdf__arena *arena = &project->arena;
    gdf_str copy = gdf__arena_copy(arena, (gdf_str){path, path_len});
    gdf_str clean = without_slash(gdf__path_clean(copy, arena));
    gdf_str text = gdf__arena_copy(arena, (gdf_str){content ? content : "", content_len});
    if (arena->failed)
        return out_of_memory(project);
    if (clean.len == 0 || gdf__str_is(clean, ".") || gdf__str_is(clean, "..") ||
        gdf__str_starts(clean, "../"))
        return GDF_ERROR_ARGUMENT;
    gdf__project_file *file = find_or_add(project, clean);
    if (!file)
        return out_of_memory(project);
    file->content = text;
    file->has_content = content != NULL;
    return GDF_OK;
}

/* ---- asking ---------------------------------------------------------------------------------- */

static gdf_str from_root(gdf_str path)
{
    while (gdf__str_starts(path, "./"))
        path = gdf__str_slice(path, 2, path.len);
    return without_slash(path);
}

const gdf__project_file *gdf__project_find(const gdf_project *project, gdf_str path)
{
    const gdf__name_entry *entry =
        project ? gdf__name_map_find(&project->by_path, from_root(path)) : NULL;
    return entry ? GDF__AT(project->files, gdf__project_file, entry->value) : NULL;
}

const gdf__project_file *gdf__project_file_at(const gdf_project *project, uint32_t index)
{
    const gdf__name_entry *entry = project ? gdf__name_map_at_rank(&project->by_path, index) : NULL;
    return entry ? GDF__AT(project->files, gdf__project_file, entry->value) : NULL;
}

uint32_t gdf__project_lower_bound(const gdf_project *project, gdf_str path)
{
    return project ? gdf__name_map_rank(&project->by_path, path) : 0;
}

/* <0, 0, >0 as `path` stands to `stem` with `suffix` behind it. */
static int compare_with_joined(gdf_str path, gdf_str stem, gdf_str suffix)
{
    int order = gdf__str_compare(gdf__str_slice(path, 0, stem.len), stem);
    return order ? order : gdf__str_compare(gdf__str_slice(path, stem.len, path.len), suffix);
}

/* The first file whose path is not before the joined one, or NULL. */
static const gdf__project_file *first_from(const gdf_project *project, gdf_str stem, gdf_str suffix)
{
    uint32_t low = 0;
    uint32_t high = gdf_project_count_files(project);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        gdf_str path = gdf__project_file_at(project, middle)->path;
        if (compare_with_joined(path, stem, suffix) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return gdf__project_file_at(project, low);
}

bool gdf__project_has_directory(const gdf_project *project, gdf_str path)
{
    path = from_root(path);
    while (gdf__str_ends(path, "/"))
        path = gdf__str_slice(path, 0, path.len - 1);
    if (path.len == 0 || gdf__str_is(path, "."))
        return gdf_project_count_files(project) > 0;
    const gdf__project_file *file = first_from(project, path, GDF__LITERAL("/"));
    return file && file->path.len > path.len && file->path.ptr[path.len] == '/' &&
           gdf__str_equal(gdf__str_slice(file->path, 0, path.len), path);
}

uint32_t gdf_project_count_files(const gdf_project *project)
{
    return project ? project->files.count : 0;
}

gdf_str gdf_project_get_path(const gdf_project *project, uint32_t index)
{
    const gdf__project_file *file = gdf__project_file_at(project, index);
    return file ? file->path : gdf__empty;
}

int gdf_project_has_file(const gdf_project *project, const char *path, size_t len)
{
    return path && gdf__project_find(project, (gdf_str){path, len}) != NULL;
}

gdf_str gdf_project_get_content(const gdf_project *project, const char *path, size_t len)
{
    const gdf__project_file *file = path ? gdf__project_find(project, (gdf_str){path, len}) : NULL;
    return file ? file->content : gdf__empty;
}

gdf_str gdf_project_find_ignore_file(const gdf_project *project, const char *dockerfile, size_t len)
{
    gdf_str stem = from_root((gdf_str){dockerfile ? dockerfile : "", dockerfile ? len : 0});
    gdf_str suffix = GDF__LITERAL(IGNORE_SUFFIX);
    const gdf__project_file *file = first_from(project, stem, suffix);
    if (!file || compare_with_joined(file->path, stem, suffix) != 0)
        file = gdf__project_find(project, suffix);
    return file ? file->path : gdf__empty;
}

gdf__ignore gdf__project_read_ignore_file(const gdf_project *project, gdf_str dockerfile,
                                          gdf__arena *arena, gdf_str *path)
{
    gdf_str found = gdf_project_find_ignore_file(project, dockerfile.ptr, dockerfile.len);
    if (path)
        *path = found;
    return gdf__ignore_parse(gdf_project_get_content(project, found.ptr, found.len), arena);
}
