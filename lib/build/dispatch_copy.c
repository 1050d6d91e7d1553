/* COPY and ADD. */
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/git_source.h"
#include "build/work.h"
#include "instruction/image_reference.h"
#include "instruction/values.h"
#include "syntax/heredoc_words.h"

/* Most copies have fewer sources. */
enum { USUAL_SOURCES = 8 };

/* An instruction that is run. */
typedef struct copy {
    bool is_add;
    gdf_str owner;
    gdf_str mode;
    gdf_str checksum;
    gdf__table sources;  /* of gdf_str: paths and URLs, expanded */
    gdf__table heredocs; /* of gdf_str: words that stand for a body */
    gdf_str destination;
    bool has_keep_git_dir;
    bool keep_git_dir;
} copy;

/* ---- expanding ------------------------------------------------------------------------------- */

static bool expand_flag(gdf__dispatch *work, const char *name, gdf_str *value)
{
    gdf_str text = gdf__dispatch_flag(work->command->document, work->command->node, name);
    return gdf__dispatch_expand(work, text, value);
}

static bool expand_flags(gdf__dispatch *work, copy *row)
{
    row->checksum = gdf__empty;
    return expand_flag(work, "chown", &row->owner) && expand_flag(work, "chmod", &row->mode) &&
           (!row->is_add || expand_flag(work, "checksum", &row->checksum));
}

static bool expand_paths(gdf__dispatch *work, copy *row)
{
    gdf_part id = 0;
    const gdf_document *document = work->command->document;
    row->destination = gdf__empty;
    for (const gdf__part *part = gdf__first_part(document, work->command->node, &id); part;
         part = gdf__next_part(document, &id)) {
        gdf_str text = gdf__part_value(part);
        bool is_heredoc = part->flags & GDF_PART_FLAG_HEREDOC;
        if (part->kind == GDF_PART_SOURCE && is_heredoc) {
            gdf__dispatch_add_word(&row->heredocs, text);
        } else if (part->kind == GDF_PART_SOURCE) {
            if (!gdf__dispatch_expand(work, text, &text))
                return false;
            gdf__dispatch_add_word(&row->sources, text);
        } else if (part->kind == GDF_PART_DESTINATION &&
                   !gdf__dispatch_expand(work, text, &row->destination)) {
            return false;
        }
    }
    return true;
}

/* The bodies of all heredocs with a name, the last one's for each. */
static void find_bodies(gdf__dispatch *work, gdf__name_map *bodies)
{
    const gdf_document *document = work->command->document;
    gdf_node end = gdf__document_node(document, work->command->node)->next;
    for (gdf_node node = work->command->node + 1; node < end;
         node = gdf__document_node(document, node)->next) {
        const gdf__node *row = gdf__document_node(document, node);
        if (row->kind != GDF_NODE_HEREDOC)
            continue;
        gdf_str name = GDF__AT(document->heredocs, gdf__heredoc, row->detail)->name;
        gdf__name_entry *entry = gdf__name_map_add(bodies, name, row->detail);
        if (entry)
            entry->value = row->detail;
    }
}

static bool expand_bodies(gdf__dispatch *work, copy *row, const gdf__name_map *bodies)
{
    const gdf_document *document = work->command->document;
    for (uint32_t i = 0; i < row->heredocs.count; i++) {
        gdf_str *word = GDF__AT(row->heredocs, gdf_str, i);
        gdf__heredoc_word heredoc;
        gdf_str ignored;
        if (!gdf__heredoc_word_read(&heredoc, *word, work->arena))
            continue;
        *word = heredoc.name;
        const gdf__name_entry *entry = gdf__name_map_find(bodies, heredoc.name);
        if (!entry || !heredoc.expand)
            continue;
        gdf_str body = GDF__AT(document->heredocs, gdf__heredoc, entry->value)->body;
        if (heredoc.chomp) {
            if (!gdf__dispatch_spend(work, body.len))
                return false;
            body = gdf__chomped_fragment(work->arena, body, 0).text;
        }
        if (!gdf__dispatch_expand_with(work, body, GDF__WORD_SKIP_QUOTES, '\\', &ignored))
            return false;
    }
    return true;
}

static bool expand_heredocs(gdf__dispatch *work, copy *row)
{
    if (row->heredocs.count == 0)
        return true;
    gdf__name_map bodies;
    gdf__name_map_init(&bodies, &work->arena->allocator);
    find_bodies(work, &bodies);
    bool is_good = expand_bodies(work, row, &bodies);
    work->arena->failed = work->arena->failed || gdf__name_map_failed(&bodies);
    gdf__name_map_free(&bodies);
    return is_good;
}

/* ---- checking -------------------------------------------------------------------------------- */

/* --from of a stage that comes later. */
static bool check_stage(gdf__dispatch *work)
{
    gdf_str from = gdf__dispatch_flag(work->command->document, work->command->node, "from");
    uint32_t index = work->command->first_source;
    if (from.len == 0 || index >= work->sources.count)
        return true;
    const gdf__dispatch_state *source =
        gdf__dispatch_state_at(work, *GDF__AT(work->sources, uint32_t, index));
    if (source->is_dispatched)
        return true;
    gdf__builder message = gdf__dispatch_begin_line(work, "cannot copy from stage ");
    gdf__builder_add_go_quoted(&message, from);
    gdf__builder_add_text(&message, ", it needs to be defined before current stage ");
    gdf__builder_add_go_quoted(&message, gdf__dispatch_current(work)->name);
    return gdf__dispatch_fail_with(work, &message);
}

static bool check_checksum(gdf__dispatch *work, const copy *row)
{
    if (row->checksum.len == 0)
        return true;
    if (row->sources.count != 1)
        return gdf__dispatch_fail(work,
                                  GDF__LITERAL("checksum can't be specified for multiple sources"));
    gdf_str source = *GDF__AT(row->sources, gdf_str, 0);
    gdf__git_source git = gdf__git_source_read(source, work->arena);
    if (gdf__is_http_source(source, work->arena) || (git.is_git && git.error.len == 0))
        return true;
    return gdf__dispatch_fail(work, GDF__LITERAL("checksum requires HTTP(S) or Git sources"));
}

static bool check_repository(gdf__dispatch *work, copy *row, const gdf__git_source *git)
{
    if (!row->is_add)
        return gdf__dispatch_fail(work, GDF__LITERAL("source can't be a git ref for COPY"));
    if (row->has_keep_git_dir && git->has_keep_git_dir && row->keep_git_dir != git->keep_git_dir)
        return gdf__dispatch_fail(work, GDF__LITERAL("inconsistent keep-git-dir configuration"));
    if (git->has_keep_git_dir) {
        row->has_keep_git_dir = true;
        row->keep_git_dir = git->keep_git_dir;
    }
    if (row->checksum.len && git->checksum.len && !gdf__str_equal(row->checksum, git->checksum)) {
        gdf__builder message = gdf__dispatch_begin_line(work, "checksum mismatch ");
        gdf__builder_add_go_quoted(&message, row->checksum);
        gdf__builder_add_text(&message, " != ");
        gdf__builder_add_go_quoted(&message, git->checksum);
        return gdf__dispatch_fail_with(work, &message);
    }
    if (git->checksum.len)
        row->checksum = git->checksum;
    return true;
}

static bool check_source(gdf__dispatch *work, copy *row, gdf_str source)
{
    gdf__git_source git = gdf__git_source_read(source, work->arena);
    if (git.error.len)
        return gdf__dispatch_fail(work, git.error);
    if (git.is_git && !git.is_local)
        return check_repository(work, row, &git);
    if (!gdf__is_http_source(source, work->arena))
        return true;
    if (!row->is_add)
        return gdf__dispatch_fail(work, GDF__LITERAL("source can't be a URL for COPY"));
    gdf_str error = row->checksum.len ? gdf__digest_check(row->checksum) : gdf__empty;
    return error.len == 0 || gdf__dispatch_fail(work, error);
}

static bool check(gdf__dispatch *work, copy *row)
{
    gdf_str error = row->mode.len ? gdf__mode_check(row->mode, work->arena) : gdf__empty;
    if (error.len)
        return gdf__dispatch_fail(work, error);
    if (!check_checksum(work, row))
        return false;
    for (uint32_t i = 0; i < row->sources.count; i++) {
        if (!check_source(work, row, *GDF__AT(row->sources, gdf_str, i)))
            return false;
    }
    return true;
}

/* ---- running --------------------------------------------------------------------------------- */

/* A flag that is there without a value, or with the value true. */
static bool read_switch(const gdf__dispatch *work, const char *name, bool *is_on)
{
    const gdf_document *document = work->command->document;
    if (!gdf_instruction_find_flag(document, work->command->node, name, 0))
        return false;
    gdf_str value = gdf__dispatch_flag(document, work->command->node, name);
    *is_on = !gdf__str_is_nocase(value, "false");
    return true;
}

static void add_flag(gdf__builder *line, const char *name, gdf_str value)
{
    if (value.len == 0)
        return;
    gdf__builder_add_text(line, name);
    gdf__builder_add(line, value);
}

static void commit(gdf__dispatch *work, const copy *row)
{
    bool has_parents = false;
    if (!gdf__dispatch_keeps_image(work))
        return;
    gdf__builder line = gdf__dispatch_begin_line(work, row->is_add ? "ADD" : "COPY");
    if (!row->is_add && read_switch(work, "parents", &has_parents) && has_parents)
        gdf__builder_add_text(&line, " --parents");
    add_flag(&line, " --chown=", row->owner);
    add_flag(&line, " --chmod=", row->mode);
    for (uint32_t i = 0; i < row->sources.count; i++) {
        gdf__builder_add_byte(&line, ' ');
        gdf__builder_add(&line, *GDF__AT(row->sources, gdf_str, i));
    }
    for (uint32_t i = 0; i < row->heredocs.count; i++) {
        gdf__builder_add_text(&line, " <<");
        gdf__builder_add(&line, *GDF__AT(row->heredocs, gdf_str, i));
    }
    gdf__builder_add_byte(&line, ' ');
    gdf__builder_add(&line, row->destination);
    gdf__builder_add_text(&line, " # buildkit");
    gdf__dispatch_commit(work, &line, true);
}

bool gdf__dispatch_copy(gdf__dispatch *work)
{
    copy row = {.is_add = gdf_node_get_instruction(work->command->document, work->command->node) ==
                          GDF_INSTRUCTION_ADD};
    gdf_str room[USUAL_SOURCES];
    gdf__dispatch_init_words(work, &row.sources);
    gdf__dispatch_init_words(work, &row.heredocs);
    gdf__table_lend(&row.sources, room, USUAL_SOURCES);
    row.has_keep_git_dir = row.is_add && read_switch(work, "keep-git-dir", &row.keep_git_dir);
    if (expand_flags(work, &row) && expand_paths(work, &row) && expand_heredocs(work, &row) &&
        (row.is_add || check_stage(work)) && check(work, &row))
        commit(work, &row);
    gdf__dispatch_free_words(work, &row.sources);
    gdf__dispatch_free_words(work, &row.heredocs);
    return !work->stopped;
}
