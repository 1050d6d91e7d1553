#include "rewrite/trial.h"

/* ---- versions -------------------------------------------------------------------------------- */

bool gdf__version_parse(gdf__version *version, gdf_str text, const gdf_options *options)
{
    *version = (gdf__version){.owned = gdf_document_parse(text.ptr, text.len, options)};
    version->document = version->owned;
    return version->document != NULL;
}

bool gdf__version_analyse(gdf__version *version, const gdf__analyser *analyser)
{
    version->analysed = true;
    return analyser->run(analyser->context, version->document, &version->analysis);
}

void gdf__version_free(gdf__version *version, const gdf__analyser *analyser)
{
    if (version->analysed)
        analyser->free(&version->analysis);
    gdf_document_free(version->owned);
    *version = (gdf__version){.document = NULL};
}

/* ---- trials ---------------------------------------------------------------------------------- */

static void join_edits(gdf__trial *trial)
{
    gdf__table pieces;
    gdf__table_init(&pieces, &trial->owners.allocator, sizeof(gdf__piece));
    gdf__pieces_collect(&pieces, trial->fixes);
    for (uint32_t i = 0; i < pieces.count; i++) {
        const gdf__piece *piece = GDF__AT(pieces, gdf__piece, i);
        gdf__edit *edit = gdf__table_add(&trial->edits.edits);
        uint32_t *owner = gdf__table_add(&trial->owners);
        if (!edit || !owner)
            break;
        *edit = piece->edit;
        *owner = piece->owner;
    }
    trial->owners.failed |= pieces.failed;
    gdf__table_free(&pieces);
}

void gdf__trial_init(gdf__trial *trial, const gdf__version *before, const gdf__table *fixes)
{
    const gdf_allocator *allocator = &fixes->allocator;
    gdf_str text = gdf_document_get_text(before->document);
    *trial = (gdf__trial){.before = before, .fixes = fixes};
    trial->edits.limit = (uint32_t)text.len;
    gdf__table_init(&trial->edits.edits, allocator, sizeof(gdf__edit));
    gdf__table_init(&trial->owners, allocator, sizeof(uint32_t));
    gdf__builder_init(&trial->text, allocator);
    join_edits(trial);
    if (!gdf__trial_failed(trial))
        gdf__edit_list_apply(&trial->edits, text, &trial->text);
}

void gdf__trial_free(gdf__trial *trial)
{
    gdf__edit_list_free(&trial->edits);
    gdf__table_free(&trial->owners);
    gdf__builder_free(&trial->text);
}

bool gdf__trial_failed(const gdf__trial *trial)
{
    return trial->edits.edits.failed || trial->owners.failed || trial->text.failed;
}

uint32_t gdf__trial_find_fix(const gdf__trial *trial, uint32_t place)
{
    const gdf__table *edits = &trial->edits.edits;
    uint64_t added = 0;
    uint64_t removed = 0;
    uint32_t found = 0;
    for (uint32_t i = 0; i < edits->count; i++) {
        const gdf__edit *edit = GDF__AT(*edits, gdf__edit, i);
        if (edit->start + added - removed > place)
            break;
        found = *GDF__AT(trial->owners, uint32_t, i);
        added += edit->text.len;
        removed += edit->end - edit->start;
    }
    return found;
}
