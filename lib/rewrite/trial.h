/* A trial: fixes applied to one version of the text, and the version that comes out. */
#ifndef GDF_REWRITE_TRIAL_H
#define GDF_REWRITE_TRIAL_H

#include "rewrite/selection.h"
#include "rules/analysis.h"

/* What finds the findings. */
typedef struct gdf__analyser {
    /* Fills arena and findings of an analysis that is all zero. False when memory is short. */
    bool (*run)(const void *context, const gdf_document *document, gdf__analysis *analysis);
    void (*free)(gdf__analysis *analysis); /* also after a run that failed */
    const void *context;
} gdf__analyser;

/* A text, parsed and checked. */
typedef struct gdf__version {
    const gdf_document *document;
    gdf_document *owned; /* the document when the version made it itself */
    gdf__analysis analysis;
    bool analysed; /* the analysis is there to be freed */
} gdf__version;

/* False when memory is short. */
bool gdf__version_parse(gdf__version *version, gdf_str text, const gdf_options *options);
bool gdf__version_analyse(gdf__version *version, const gdf__analyser *analyser);
void gdf__version_free(gdf__version *version, const gdf__analyser *analyser);

typedef struct gdf__trial {
    const gdf__version *before;
    gdf__version after;
    const gdf__table *fixes; /* of gdf__candidate; their edits do not overlap */
    gdf__edit_list edits;    /* all of theirs; the texts are borrowed */
    gdf__table owners;       /* of uint32_t: the fix that each edit belongs to */
    gdf__builder text;       /* the result */
} gdf__trial;

/* Joins the edits of `fixes` and makes the new text; `after` is still empty. */
void gdf__trial_init(gdf__trial *trial, const gdf__version *before, const gdf__table *fixes);
/* Frees everything but `after`. */
void gdf__trial_free(gdf__trial *trial);
/* True when memory was short. */
bool gdf__trial_failed(const gdf__trial *trial);

/* The fix with the last edit at or before `place` of the new text; without one, the first fix. */
uint32_t gdf__trial_find_fix(const gdf__trial *trial, uint32_t place);

#endif
