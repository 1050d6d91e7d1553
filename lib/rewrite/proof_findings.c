/* Comparing the findings of two versions. */
#include "base/slice.h"
#include "base/sort.h"
#include "rewrite/places.h"
#include "rewrite/proof.h"
#include "rules/catalogue.h"

const char *const gdf__too_many_findings =
    "there are more findings than the option max-findings allows to compare";

typedef struct record {
    const gdf__finding *finding;
    uint32_t place; /* start in the text after */
    uint32_t fix;   /* the fix of the trial that removes it, or GDF__NO_FIX */
    bool matched;
} record;

typedef struct both_records {
    gdf__table before; /* of record */
    gdf__table after;
} both_records;

/* ---- orders ---------------------------------------------------------------------------------- */

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

static int by_rule(const void *left, const void *right)
{
    return compare_numbers(((const record *)left)->finding->rule,
                           ((const record *)right)->finding->rule);
}

static int by_place(const void *left, const void *right)
{
    int order = by_rule(left, right);
    return order ? order
                 : compare_numbers(((const record *)left)->place, ((const record *)right)->place);
}

static int by_words(const void *left, const void *right)
{
    return gdf__str_compare(((const record *)left)->finding->message,
                            ((const record *)right)->finding->message);
}

static int by_message(const void *left, const void *right)
{
    int order = by_rule(left, right);
    return order ? order : by_words(left, right);
}

static int by_everything(const void *left, const void *right)
{
    int order = by_place(left, right);
    return order ? order : by_words(left, right);
}

/* ---- matching -------------------------------------------------------------------------------- */

static record *first_unmatched(const gdf__table *table, uint32_t *index, bool promised)
{
    for (; *index < table->count; ++*index) {
        record *row = GDF__AT(*table, record, *index);
        if (!row->matched && (promised || row->fix == GDF__NO_FIX))
            return row;
    }
    return NULL;
}

/* Matches findings that are equal in `compare`, one to one. With `promised` also those that a fix
 * removes; gives the first of these that is still there, or NULL. */
static const record *match(both_records *records, gdf__compare compare, bool promised)
{
    uint32_t i = 0;
    uint32_t j = 0;
    for (;;) {
        record *old = first_unmatched(&records->before, &i, promised);
        record *new = first_unmatched(&records->after, &j, true);
        if (!old || !new)
            return NULL;
        int order = compare(old, new);
        if (order == 0) {
            old->matched = true;
            new->matched = true;
            if (old->fix != GDF__NO_FIX)
                return old;
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static void sort_both(both_records *records, gdf__compare compare)
{
    gdf__table_sort(&records->before, compare);
    gdf__table_sort(&records->after, compare);
}

/* Matches as closely as possible: a finding may move, change its words, or both, but it may not
 * multiply. Those that stay come first, so that only a promise that is broken meets a finding. */
static const record *match_all(both_records *records)
{
    sort_both(records, by_everything);
    match(records, by_everything, false);
    const record *stays = match(records, by_everything, true);
    if (stays)
        return stays;
    match(records, by_place, false);
    stays = match(records, by_place, true);
    if (stays)
        return stays;
    sort_both(records, by_message);
    match(records, by_message, false);
    match(records, by_rule, false);
    return NULL;
}

/* ---- collecting ------------------------------------------------------------------------------ */

static void collect(gdf__table *table, const gdf__findings *findings, const gdf__table *edits)
{
    gdf__places places;
    gdf__places_init(&places, edits);
    for (uint32_t i = 0; i < findings->findings.count; i++) {
        const gdf__finding *finding = GDF__AT(findings->findings, gdf__finding, i);
        record *row = gdf__table_add(table);
        if (row)
            *row = (record){.finding = finding,
                            .place = gdf__places_map(&places, finding->start),
                            .fix = GDF__NO_FIX};
    }
}

/* Notes which findings the fixes remove; gives the mildest severity among them. */
static uint8_t note_promises(gdf__table *before, const gdf__table *fixes)
{
    uint8_t mildest = GDF_SEVERITY_ERROR;
    for (uint32_t fix = 0; fix < fixes->count; fix++) {
        const gdf__candidate *candidate = GDF__AT(*fixes, gdf__candidate, fix);
        GDF__AT(*before, record, candidate->order)->fix = fix;
        if (candidate->finding->severity < mildest)
            mildest = candidate->finding->severity;
    }
    return mildest;
}

/* True for an error of the build, of which nothing is said as long as the file cannot be read. */
static bool comes_to_light(const gdf__trial *trial, const gdf__finding *finding)
{
    return finding->rule == GDF__RULE_GEN001 && trial->before->document->problems.count > 0 &&
           trial->after.document->problems.count == 0;
}

/* The first new finding that is not milder than all that the fixes remove, or NULL. */
static const record *find_new(const gdf__trial *trial, const gdf__table *after, uint8_t mildest)
{
    const record *found = NULL;
    for (uint32_t i = 0; i < after->count; i++) {
        const record *row = GDF__AT(*after, record, i);
        bool counts = !row->matched && row->finding->severity >= mildest &&
                      !comes_to_light(trial, row->finding);
        if (counts && (!found || row->place < found->place))
            found = row;
    }
    return found;
}

/* ---- the verdict ----------------------------------------------------------------------------- */

static void judge(const gdf__trial *trial, both_records *records, gdf__verdict *verdict)
{
    uint8_t mildest = note_promises(&records->before, trial->fixes);
    const record *found = match_all(records);
    if (found) {
        verdict->reason = "its finding would stay";
        verdict->suspect = found->fix;
        return;
    }
    found = find_new(trial, &records->after, mildest);
    if (found) {
        verdict->reason = "it would bring a new finding";
        verdict->detail = found->finding->message;
        verdict->suspect = gdf__trial_find_fix(trial, found->place);
    }
}

gdf__verdict gdf__prove_findings(const gdf__trial *trial)
{
    const gdf__findings *before = &trial->before->analysis.findings;
    const gdf__findings *after = &trial->after.analysis.findings;
    gdf__verdict verdict = {.detail = gdf__empty, .suspect = GDF__NO_FIX};
    if (before->dropped || after->dropped) {
        verdict.reason = gdf__too_many_findings;
        return verdict;
    }
    both_records records;
    gdf__table none;
    gdf__table_init(&none, &trial->owners.allocator, sizeof(gdf__edit));
    gdf__table_init(&records.before, &trial->owners.allocator, sizeof(record));
    gdf__table_init(&records.after, &trial->owners.allocator, sizeof(record));
    collect(&records.before, before, &trial->edits.edits);
    collect(&records.after, after, &none);
    verdict.failed = records.before.failed || records.after.failed;
    if (!verdict.failed)
        judge(trial, &records, &verdict);
    gdf__table_free(&records.before);
    gdf__table_free(&records.after);
    return verdict;
}
