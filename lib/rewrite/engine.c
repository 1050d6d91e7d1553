/* The rounds of a rewrite.
 *
 * A round takes all fixes that can be applied together, tries them, and keeps the result when it
 * proves right. When it does not, the round goes on with fewer of them: the one that seems guilty,
 * or the first half, until the guilty one stands alone and is withheld. */
#include "base/options.h"
#include "base/slice.h"
#include "rewrite/places.h"
#include "rewrite/proof.h"
#include "rewrite/rewrite.h"

/* Trials that a round may cost on average, those that fail included. */
enum { TRIALS_PER_ROUND = 8 };

/* A text that was seen. A false match withholds a fix and does no other harm. */
typedef struct fingerprint {
    uint64_t hash;
    uint64_t len;
} fingerprint;

typedef struct fix_engine {
    gdf_rewrite *rewrite;
    const gdf_options *options;
    const gdf__analyser *analyser;
    gdf__permission permission;
    gdf__version version;  /* the text so far */
    gdf__table candidates; /* of gdf__candidate */
    gdf__table seen;       /* of fingerprint */
    uint64_t rounds_left;
    uint64_t trials_left;
    uint32_t most;         /* fixes to try at once */
    uint32_t suspect;      /* index of the finding whose fix to try alone, or GDF__NO_FIX */
    bool suspect_was_good; /* the last suspect was not guilty: halve instead */
    bool withheld_before;  /* a fix was applied after one was withheld */
    bool failed;           /* memory was short */
} fix_engine;

static bool failed(const fix_engine *engine)
{
    const gdf_rewrite *rewrite = engine->rewrite;
    return engine->failed || engine->candidates.failed || engine->seen.failed ||
           engine->permission.rules.failed || rewrite->arena.failed || rewrite->applied.failed ||
           rewrite->withheld.failed || rewrite->files.failed;
}

/* ---- texts that were seen -------------------------------------------------------------------- */

/* FNV-1a. */
static fingerprint take_fingerprint(gdf_str text)
{
    static const uint64_t OFFSET_BASIS = 0xcbf29ce484222325u;
    static const uint64_t PRIME = 0x100000001b3u;
    uint64_t hash = OFFSET_BASIS;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * PRIME;
    return (fingerprint){hash, text.len};
}

static bool is_seen(const fix_engine *engine, gdf_str text)
{
    fingerprint print = take_fingerprint(text);
    for (uint32_t i = 0; i < engine->seen.count; i++) {
        const fingerprint *row = GDF__AT(engine->seen, fingerprint, i);
        if (row->hash == print.hash && row->len == print.len)
            return true;
    }
    return false;
}

static void remember(fix_engine *engine, gdf_str text)
{
    fingerprint *row = gdf__table_add(&engine->seen);
    if (row)
        *row = take_fingerprint(text);
}

/* ---- withholding ----------------------------------------------------------------------------- */

static void withhold(fix_engine *engine, const gdf__candidate *candidate, const char *reason,
                     gdf_str detail)
{
    gdf__arena *arena = &engine->rewrite->arena;
    gdf__builder builder;
    gdf__builder_init(&builder, &arena->allocator);
    gdf__builder_add_text(&builder, reason);
    if (detail.len)
        gdf__builder_add_text(&builder, ": ");
    gdf__builder_add(&builder, detail);
    gdf__withheld_add(&engine->rewrite->withheld,
                      (gdf__withheld){.rule = candidate->finding->rule,
                                      .place = candidate->finding->start,
                                      .title = gdf__arena_copy(arena, candidate->fix->title),
                                      .reason = gdf__builder_to_arena(&builder, arena)});
}

static void try_all_again(fix_engine *engine)
{
    engine->most = UINT32_MAX;
    engine->suspect = GDF__NO_FIX;
    engine->suspect_was_good = false;
}

/* What failed on an earlier text may hold on the last one; a second rewrite would try it. */
static bool give_withheld_another_chance(fix_engine *engine)
{
    if (!engine->withheld_before || !engine->rewrite->withheld.count)
        return false;
    engine->rewrite->withheld.count = 0;
    engine->withheld_before = false;
    try_all_again(engine);
    return true;
}

/* ---- candidates ------------------------------------------------------------------------------ */

/* Takes out fixes that want a new file, and those that change nothing. */
static bool remove_needless(fix_engine *engine)
{
    gdf__table *candidates = &engine->candidates;
    gdf_str text = gdf_document_get_text(engine->version.document);
    uint32_t kept = 0;
    bool any_withheld = false;
    for (uint32_t i = 0; i < candidates->count; i++) {
        gdf__candidate candidate = *GDF__AT(*candidates, gdf__candidate, i);
        if (candidate.fix->file.len)
            continue;
        if (gdf__fix_is_empty(candidate.fix, text)) {
            withhold(engine, &candidate, "it changes nothing", gdf__empty);
            any_withheld = true;
        } else {
            *GDF__AT(*candidates, gdf__candidate, kept++) = candidate;
        }
    }
    candidates->count = kept;
    return any_withheld;
}

static void collect(fix_engine *engine)
{
    engine->candidates.count = 0;
    gdf__candidates_collect(&engine->candidates, &engine->version.analysis.findings,
                            &engine->permission, &engine->rewrite->withheld);
}

/* The next alternative takes the place of a fix that changes nothing. */
static void collect_useful(fix_engine *engine)
{
    do {
        collect(engine);
    } while (!failed(engine) && remove_needless(engine));
}

/* Leaves the suspect, or as many as may be tried at once. */
static void narrow(fix_engine *engine)
{
    gdf__table *candidates = &engine->candidates;
    for (uint32_t i = 0; i < candidates->count && engine->suspect != GDF__NO_FIX; i++) {
        gdf__candidate candidate = *GDF__AT(*candidates, gdf__candidate, i);
        if (candidate.order != engine->suspect)
            continue;
        *GDF__AT(*candidates, gdf__candidate, 0) = candidate;
        candidates->count = 1;
        return;
    }
    if (candidates->count > engine->most)
        candidates->count = engine->most;
}

/* ---- trials ---------------------------------------------------------------------------------- */

static gdf__verdict out_of_memory(void)
{
    return (gdf__verdict){.failed = true, .detail = gdf__empty, .suspect = GDF__NO_FIX};
}

/* Makes the version after the trial and proves it. */
static gdf__verdict prove(fix_engine *engine, gdf__trial *trial)
{
    gdf_str text = gdf__builder_get(&trial->text);
    if (gdf__trial_failed(trial))
        return out_of_memory();
    if (is_seen(engine, text))
        return (gdf__verdict){.reason = "it would lead back to an earlier text",
                              .detail = gdf__empty,
                              .suspect = GDF__NO_FIX};
    if (!gdf__version_parse(&trial->after, text, engine->options))
        return out_of_memory();
    gdf__verdict verdict = gdf__prove_tree(trial);
    if (verdict.failed || verdict.reason)
        return verdict;
    if (!gdf__version_analyse(&trial->after, engine->analyser))
        return out_of_memory();
    return gdf__prove_findings(trial);
}

static void note_applied(fix_engine *engine)
{
    gdf_rewrite *rewrite = engine->rewrite;
    for (uint32_t i = 0; i < engine->candidates.count; i++) {
        const gdf__candidate *candidate = GDF__AT(engine->candidates, gdf__candidate, i);
        gdf__applied *row = gdf__table_add(&rewrite->applied);
        if (row)
            *row =
                (gdf__applied){candidate->finding->rule, (gdf_fix_class)candidate->fix->fix_class,
                               gdf__arena_copy(&rewrite->arena, candidate->fix->title)};
    }
}

static void accept(fix_engine *engine, gdf__trial *trial)
{
    note_applied(engine);
    gdf__withheld_move(&engine->rewrite->withheld, &trial->edits.edits);
    remember(engine, gdf__builder_get(&trial->text));
    engine->withheld_before |= engine->rewrite->withheld.count > 0;
    bool whole = engine->most == UINT32_MAX && engine->suspect == GDF__NO_FIX;
    engine->rounds_left -= whole;
    engine->suspect_was_good = engine->suspect != GDF__NO_FIX;
    engine->suspect = GDF__NO_FIX;
    engine->most = engine->most > UINT32_MAX / 2 ? UINT32_MAX : engine->most * 2;
    gdf__version_free(&engine->version, engine->analyser);
    engine->version = trial->after;
}

static void reject(fix_engine *engine, gdf__trial *trial, const gdf__verdict *verdict)
{
    uint32_t count = engine->candidates.count;
    if (count == 1) {
        withhold(engine, GDF__AT(engine->candidates, gdf__candidate, 0), verdict->reason,
                 verdict->detail);
        try_all_again(engine);
    } else if (verdict->suspect < count && !engine->suspect_was_good) {
        engine->suspect = GDF__AT(engine->candidates, gdf__candidate, verdict->suspect)->order;
    } else {
        engine->most = count / 2;
    }
    gdf__version_free(&trial->after, engine->analyser);
}

static void try_candidates(fix_engine *engine)
{
    gdf__trial trial;
    engine->trials_left--;
    gdf__trial_init(&trial, &engine->version, &engine->candidates);
    gdf__verdict verdict = prove(engine, &trial);
    if (verdict.failed) {
        engine->failed = true;
        gdf__version_free(&trial.after, engine->analyser);
    } else if (verdict.reason) {
        reject(engine, &trial, &verdict);
    } else {
        accept(engine, &trial);
    }
    gdf__trial_free(&trial);
}

/* ---- rounds ---------------------------------------------------------------------------------- */

static void withhold_all(fix_engine *engine, const char *reason)
{
    for (uint32_t i = 0; i < engine->candidates.count; i++)
        withhold(engine, GDF__AT(engine->candidates, gdf__candidate, i), reason, gdf__empty);
}

/* Why no more can be tried, or NULL. */
static const char *find_end(const fix_engine *engine)
{
    if (engine->version.analysis.findings.dropped)
        return gdf__too_many_findings;
    if (!engine->rounds_left || !engine->trials_left)
        return "the limit of rounds was reached before it";
    return NULL;
}

static void run_rounds(fix_engine *engine)
{
    while (!failed(engine)) {
        collect_useful(engine);
        if (engine->candidates.count == 0) {
            if (!give_withheld_another_chance(engine))
                return;
            continue;
        }
        const char *reason = find_end(engine);
        if (reason) {
            withhold_all(engine, reason);
            return;
        }
        gdf__candidates_reconcile(&engine->candidates);
        narrow(engine);
        if (!failed(engine))
            try_candidates(engine);
    }
}

/* ---- the result ------------------------------------------------------------------------------ */

static bool has_file(const gdf_rewrite *rewrite, gdf_str name)
{
    for (uint32_t i = 0; i < rewrite->files.count; i++) {
        if (gdf__str_equal(GDF__AT(rewrite->files, gdf__new_file, i)->name, name))
            return true;
    }
    return false;
}

/* The files that findings of the last text want; of one name the first. */
static void collect_files(fix_engine *engine)
{
    gdf_rewrite *rewrite = engine->rewrite;
    collect(engine);
    for (uint32_t i = 0; i < engine->candidates.count; i++) {
        const gdf__fix *fix = GDF__AT(engine->candidates, gdf__candidate, i)->fix;
        if (!fix->file.len || has_file(rewrite, fix->file))
            continue;
        gdf_str content =
            fix->edits.edits.count ? GDF__AT(fix->edits.edits, gdf__edit, 0)->text : gdf__empty;
        gdf__new_file *row = gdf__table_add(&rewrite->files);
        if (row)
            *row = (gdf__new_file){gdf__arena_copy(&rewrite->arena, fix->file),
                                   gdf__arena_copy(&rewrite->arena, content)};
    }
}

static void take_text(fix_engine *engine)
{
    gdf_rewrite *rewrite = engine->rewrite;
    rewrite->text =
        engine->version.owned
            ? gdf__arena_copy(&rewrite->arena, gdf_document_get_text(engine->version.document))
            : rewrite->original;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

static void engine_init(fix_engine *engine, gdf_rewrite *rewrite, const gdf_document *document,
                        const gdf_options *options, const gdf__analyser *analyser)
{
    *engine = (fix_engine){.rewrite = rewrite,
                           .options = options,
                           .analyser = analyser,
                           .version = {.document = document}};
    gdf__permission_init(&engine->permission, options, &rewrite->allocator);
    gdf__table_init(&engine->candidates, &rewrite->allocator, sizeof(gdf__candidate));
    gdf__table_init(&engine->seen, &rewrite->allocator, sizeof(fingerprint));
    engine->rounds_left = gdf_options_get_number(options, GDF_OPTION_MAX_FIX_ROUNDS);
    engine->trials_left = engine->rounds_left * TRIALS_PER_ROUND;
    try_all_again(engine);
    remember(engine, rewrite->original);
}

static void engine_free(fix_engine *engine)
{
    gdf__version_free(&engine->version, engine->analyser);
    gdf__permission_free(&engine->permission);
    gdf__table_free(&engine->candidates);
    gdf__table_free(&engine->seen);
}

static gdf_rewrite *create_empty(const gdf_document *document, const gdf_options *options)
{
    gdf_allocator allocator = gdf__options_allocator(options);
    gdf_rewrite *rewrite = gdf__allocate(&allocator, sizeof *rewrite);
    if (!rewrite)
        return NULL;
    *rewrite = (gdf_rewrite){.allocator = allocator};
    gdf__arena_init(&rewrite->arena, &allocator);
    gdf__table_init(&rewrite->applied, &allocator, sizeof(gdf__applied));
    gdf__table_init(&rewrite->withheld, &allocator, sizeof(gdf__withheld));
    gdf__table_init(&rewrite->files, &allocator, sizeof(gdf__new_file));
    rewrite->original = gdf__arena_copy(&rewrite->arena, gdf_document_get_text(document));
    rewrite->file_name = gdf__arena_copy(&rewrite->arena, gdf_document_get_file_name(document));
    return rewrite;
}

gdf_rewrite *gdf__rewrite_run(const gdf_document *document, const gdf_options *options,
                              const gdf__analyser *analyser)
{
    gdf_rewrite *rewrite = create_empty(document, options);
    if (!rewrite)
        return NULL;
    fix_engine engine;
    engine_init(&engine, rewrite, document, options, analyser);
    engine.failed = !gdf__version_analyse(&engine.version, analyser);
    run_rounds(&engine);
    if (!failed(&engine)) {
        collect_files(&engine);
        take_text(&engine);
    }
    bool short_of_memory = failed(&engine);
    engine_free(&engine);
    if (short_of_memory) {
        gdf_rewrite_free(rewrite);
        return NULL;
    }
    return rewrite;
}
