/* The proof that every fix carries: what must hold between the versions before and after a trial.
 */
#ifndef GDF_REWRITE_PROOF_H
#define GDF_REWRITE_PROOF_H

#include "rewrite/trial.h"

#define GDF__NO_FIX UINT32_MAX

typedef struct gdf__verdict {
    const char *reason; /* why the proof fails, static; NULL when it holds */
    gdf_str detail;     /* words of the version after, or empty */
    uint32_t suspect;   /* the fix that seems guilty, or GDF__NO_FIX */
    bool failed;        /* memory was short: the verdict says nothing */
} gdf__verdict;

/* The reason when findings were dropped: what is not known cannot be compared. */
extern const char *const gdf__too_many_findings;

/* The builder refuses nothing that it did not refuse before; every instruction and parser directive
 * that no edit touches is there in the same order with the same tree, and no other came up outside
 * the edits. Needs both documents. */
gdf__verdict gdf__prove_tree(const gdf__trial *trial);

/* The findings that the fixes are for are gone, and no new one is as bad as one of them. Needs both
 * analyses. */
gdf__verdict gdf__prove_findings(const gdf__trial *trial);

#endif
