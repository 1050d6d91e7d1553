/* A rule's fixes applied until nothing changes. */
#ifndef GDF_TESTS_SPEC_CASE_FIXES_H
#define GDF_TESTS_SPEC_CASE_FIXES_H

#include "case_setup.h"

typedef struct case_result {
    gdf__builder text;
    gdf__builder file_name; /* of the new file that a fix writes, or empty */
    gdf__builder file;
    gdf_str problem; /* what went wrong on the way, or empty; static */
} case_result;

/* Applies the preferred fix of each finding of `rule`. Free with case_result_free(). */
void case_apply_fixes(const case_setup *setup, gdf_rule rule, gdf_str text, case_result *result);
void case_result_free(case_result *result);

#endif
