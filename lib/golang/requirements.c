/* What the direct requirements of go.mod tell of the programs of the module. */
#include "base/ascii.h"
#include "base/slice.h"
#include "golang/model.h"

typedef enum purpose { PURPOSE_CLIENT, PURPOSE_ROOTS, PURPOSE_SERVER } purpose;

typedef struct known_module {
    const char *path;
    purpose purpose;
} known_module;

static const known_module KNOWN[] = {
#define GDF_GO_MODULE(path, what) {path, PURPOSE_##what},
#include "golang/known_modules.def"
#undef GDF_GO_MODULE
};

static bool is_module(gdf_str path, const char *known)
{
    return gdf__str_starts(path, known) &&
           (path.len == strlen(known) || path.ptr[strlen(known)] == '/');
}

static gdf_str next_word(gdf_str *line)
{
    *line = gdf__str_trim(*line);
    size_t end = 0;
    while (end < line->len && !gdf__ascii_is_space(line->ptr[end]))
        end++;
    gdf_str word = gdf__str_slice(*line, 0, end);
    *line = gdf__str_slice(*line, end, line->len);
    return word;
}

static gdf_str *place_of(gdf__requirements *found, purpose what)
{
    switch (what) {
    case PURPOSE_CLIENT: return &found->client;
    case PURPOSE_ROOTS: return &found->roots;
    default: return &found->server;
    }
}

static void note_module(gdf__requirements *found, gdf_str path)
{
    for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) {
        gdf_str *first = place_of(found, KNOWN[i].purpose);
        if (first->len == 0 && is_module(path, KNOWN[i].path))
            *first = path;
    }
}

/* One line of go.mod; `inside` tells whether it stands between `require (` and `)`. */
static void read_line(gdf__requirements *found, gdf_str line, bool *inside)
{
    bool indirect = gdf__str_contains(line, "// indirect");
    gdf_str word = next_word(&line);
    if (gdf__str_is(word, ")")) {
        *inside = false;
        return;
    }
    if (!*inside) {
        if (!gdf__str_is(word, "require"))
            return;
        word = next_word(&line);
        *inside = gdf__str_is(word, "(");
    }
    if (word.len && !indirect)
        note_module(found, word);
}

void gdf__golang_read_requirements(gdf__golang *golang)
{
    gdf__requirements *found = &golang->requirements;
    *found = (gdf__requirements){.client = gdf__empty, .roots = gdf__empty, .server = gdf__empty};
    if (!golang->project)
        return;
    gdf_str text = gdf_project_get_content(golang->project, "go.mod", strlen("go.mod"));
    bool inside = false;
    for (size_t at = 0; at < text.len;) {
        size_t end = gdf__str_find(text, '\n', at);
        read_line(found, gdf__str_slice(text, at, end), &inside);
        at = end + 1;
    }
}
