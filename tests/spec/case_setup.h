/* What a case's options section asks for. */
#ifndef GDF_TESTS_SPEC_CASE_SETUP_H
#define GDF_TESTS_SPEC_CASE_SETUP_H

#include "base/builder.h"
#include "case_file.h"

typedef struct case_setup {
    gdf_options *options;
    gdf_ruleset *ruleset;
    gdf_project *project; /* NULL: nothing is known of the context */
    bool safe_only;
    bool crlf;
    bool no_final_line_end;
} case_setup;

/* Reads the section. False, and a line on stderr, for what it does not know. Free it all the same.
 */
bool case_setup_read(case_setup *setup, gdf_str text);
void case_setup_free(case_setup *setup);

/* A text of the case with the line ends that the options ask for, added to `out`. */
void case_setup_add_text(const case_setup *setup, gdf_str text, gdf__builder *out);

#endif
