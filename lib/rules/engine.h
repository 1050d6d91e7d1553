/* One check: the model it asks, and how a rule says what it found.
 *
 * A rule is a function that looks at the model and reports:
 *
 *     static void shell_form(gdf__check *check, gdf_node instruction)
 *     {
 *         if (...)
 *             return;
 *         gdf__report(check, GDF__RULE_PRC001, start, end);
 *         gdf__say(check, "ENTRYPOINT in shell form: %s gets no SIGTERM", name);
 *         gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Write it as a JSON array");
 *         gdf__edit_replace(...)                     // edit/ works on &fix->edits
 *     }
 *
 * gdf__report() begins a finding; what follows belongs to it until the next one. */
#ifndef GDF_RULES_ENGINE_H
#define GDF_RULES_ENGINE_H

#include <stdarg.h>

#include <godockerfile/build.h>
#include <godockerfile/config.h>
#include <godockerfile/project.h>
#include <godockerfile/report.h>
#include <godockerfile/rules.h>

#include "edit/edit.h"
#include "golang/golang.h"
#include "rules/builder_control.h"
#include "rules/catalogue.h"
#include "rules/suppression.h"
#include "text/finding.h"

typedef struct gdf__check {
    const gdf_document *document;
    const gdf_build *build;
    gdf__golang *golang;
    const gdf_project *project; /* NULL: nothing is known of the context */
    const gdf_ruleset *ruleset;
    const gdf_options *options;
    gdf__suppressions *suppressions;
    gdf__builder_control *control;
    const gdf_config *config; /* the error of the build; NULL: not asked for */
    bool is_builder;          /* reports what the builder does and nothing else: profile buildkit */
    gdf__findings *findings;
    bool reporting;         /* a finding is open: it was not dropped */
    bool fixing;            /* a fix of it is open */
    gdf__fix discarded_fix; /* takes the edits when no fix is open */
    uint64_t max_findings;
} gdf__check;

/* Begins a finding of `rule` at [start, end) with the severity of the rule set. When the rule is
 * off, a comment silences it there, or the limit is reached, everything up to the next report is
 * dropped. */
void gdf__report(gdf__check *check, gdf__rule_id rule, uint32_t start, uint32_t end);
/* At a whole instruction, a node, a part, a word. */
void gdf__report_node(gdf__check *check, gdf__rule_id rule, gdf_node node);

/* The same for a check of the builder at a whole instruction. The builder's own comments may
 * silence it, those above `instruction`, too, unless that is 0. */
void gdf__report_check(gdf__check *check, gdf__rule_id rule, gdf_node place, gdf_node instruction);
/* At a line of the file; only what the file asks of all of it counts. */
void gdf__report_check_line(gdf__check *check, gdf__rule_id rule, uint32_t line);

/* The builder's lines of the current finding, 0 for none; both included. */
void gdf__set_lines(gdf__check *check, uint32_t first, uint32_t last);

/* Message of the current finding. %s takes a C string, %S a gdf_str, %q a gdf_str in Go's quotes,
 * %d an int, %% a percent sign. */
void gdf__say(gdf__check *check, const char *format, ...);
/* Why no fix is offered. Same format. */
void gdf__note(gdf__check *check, const char *format, ...);
/* Another place that matters. Same format. */
void gdf__relate(gdf__check *check, uint32_t start, uint32_t end, const char *format, ...);
/* Severity of the current finding where the circumstances change it; a severity that the user set
 * for the rule wins. */
void gdf__set_severity(gdf__check *check, gdf_severity severity);

/* Appends formatted text to `builder`, in the format of gdf__say(). */
void gdf__format_list(gdf__builder *builder, const char *format, va_list *arguments);

/* Adds a fix to the current finding; alternatives in order of preference. Never NULL: when the
 * finding is dropped, the edits go nowhere. Fill `&fix->edits` by the functions of edit/. A fix of
 * which any edit fails is dropped by gdf__fix_end(). */
gdf__fix *gdf__fix_begin(gdf__check *check, gdf_fix_class fix_class, const char *title);
/* Ends the fix; `status` other than GDF_OK (a conflict inside the fix, say) takes it back. */
void gdf__fix_end(gdf__check *check, gdf_status status);

#endif
