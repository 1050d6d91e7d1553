/* The report as the builder's own check gives it, in its order. */
#include "base/slice.h"
#include "base/sort.h"
#include "report/json_writer.h"
#include "report/report.h"
#include "rules/catalogue.h"

#define ADDRESS "https://docs.docker.com/go/dockerfile/rule/"

/* Lines that all warnings together may list one by one; the ranges behind them hold all lines of a
 * warning. So the output stays linear in the file. */
enum { LINE_ALLOWANCE = 1 << 18 };

typedef struct builder_check {
    gdf__rule_id rule;
    const char *path;
    const char *description;
} builder_check;

static const builder_check CHECKS[] = {
#define GDF_BUILDER_CHECK(code, path, description) {GDF__RULE_##code, path, description},
#include "report/builder_checks.def"
#undef GDF_BUILDER_CHECK
};

static const builder_check *find_check(uint32_t rule)
{
    for (size_t i = 0; i < sizeof CHECKS / sizeof *CHECKS; i++) {
        if (CHECKS[i].rule == rule)
            return &CHECKS[i];
    }
    return NULL;
}

/* Members that are empty are left out. */
static void add_text(gdf__builder *out, const char *key, gdf_str value)
{
    if (value.len)
        gdf__json_text(out, key, value);
}

static void add_line(gdf__builder *out, const char *key, uint32_t line)
{
    gdf__json_key(out, key);
    gdf__builder_add_byte(out, '{');
    gdf__json_number(out, "line", line);
    gdf__builder_add_byte(out, '}');
}

static void add_range(gdf__builder *out, uint32_t first, uint32_t last)
{
    gdf__json_item(out);
    gdf__builder_add_byte(out, '{');
    add_line(out, "start", first);
    add_line(out, "end", last);
    gdf__builder_add_byte(out, '}');
}

/* One range for all lines, or one a line. */
static void add_ranges(gdf__builder *out, const gdf__finding *finding, bool merged)
{
    for (uint32_t line = finding->first_line; line <= finding->last_line && !merged; line++)
        add_range(out, line, line);
    if (merged)
        add_range(out, finding->first_line, finding->last_line);
}

static void begin_location(gdf__builder *out)
{
    gdf__json_key(out, "location");
    gdf__builder_add_byte(out, '{');
}

static void begin_ranges(gdf__builder *out)
{
    gdf__json_key(out, "ranges");
    gdf__builder_add_byte(out, '[');
}

/* A finding without lines has no ranges. */
static void add_location(gdf__builder *out, const gdf__finding *finding, bool merged)
{
    begin_location(out);
    if (finding->first_line) {
        begin_ranges(out);
        add_ranges(out, finding, merged);
        gdf__builder_add_byte(out, ']');
    }
    gdf__builder_add_byte(out, '}');
}

/* An error goes on at its related places. */
static void add_error_location(gdf__builder *out, const gdf_report *report,
                               const gdf__finding *finding)
{
    const gdf__source *source = &report->document->source;
    begin_location(out);
    if (finding->first_line) {
        begin_ranges(out);
        add_ranges(out, finding, true);
        for (uint32_t i = 0; i < finding->related_count; i++) {
            const gdf__related *place = GDF__AT(report->analysis.findings.related, gdf__related,
                                                finding->first_related + i);
            add_range(out, gdf__source_line_at(source, place->start),
                      gdf__source_line_at(source, place->end));
        }
        gdf__builder_add_byte(out, ']');
    }
    gdf__builder_add_byte(out, '}');
}

/* Takes the lines of the finding off the allowance; false when there is none left. */
static bool spend_lines(const gdf__finding *finding, uint32_t *allowance)
{
    uint32_t lines = finding->last_line - finding->first_line + 1;
    bool has_enough = lines <= *allowance;
    *allowance -= has_enough ? lines : *allowance;
    return has_enough;
}

static void add_warning(gdf__builder *out, const gdf__finding *finding, const builder_check *check,
                        bool merged)
{
    gdf__json_item_on_line(out);
    gdf__builder_add_byte(out, '{');
    gdf__json_text(out, "ruleName", gdf__str(gdf_rule_get_name(finding->rule)));
    gdf__json_text(out, "description", gdf__str(check->description));
    if (*check->path) {
        gdf__json_key(out, "url");
        gdf__builder_add_text(out, "\"" ADDRESS);
        gdf__builder_add_text(out, check->path);
        gdf__builder_add_text(out, "/\"");
    }
    add_text(out, "detail", finding->message);
    add_location(out, finding, merged);
    gdf__builder_add_byte(out, '}');
}

static int compare_orders(const void *left, const void *right)
{
    const gdf__finding *a = left;
    const gdf__finding *b = right;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void copy_findings(const gdf_report *report, gdf__table *findings)
{
    const gdf__table *all = &report->analysis.findings.findings;
    for (uint32_t i = 0; i < all->count; i++) {
        gdf__finding *row = gdf__table_add(findings);
        if (row)
            *row = *GDF__AT(*all, gdf__finding, i);
    }
    gdf__table_sort(findings, compare_orders);
}

static void add_warnings(gdf__builder *out, const gdf__table *findings)
{
    bool any = false;
    uint32_t lines = LINE_ALLOWANCE;
    gdf__json_key(out, "warnings");
    gdf__builder_add_byte(out, '[');
    for (uint32_t i = 0; i < findings->count; i++) {
        const gdf__finding *finding = GDF__AT(*findings, gdf__finding, i);
        const builder_check *check = find_check(finding->rule);
        if (check)
            add_warning(out, finding, check, !spend_lines(finding, &lines));
        any = any || check;
    }
    gdf__builder_add_text(out, any ? "\n]" : "]");
}

/* The first error that was found. */
static void add_error(gdf__builder *out, const gdf_report *report, const gdf__table *findings)
{
    for (uint32_t i = 0; i < findings->count; i++) {
        const gdf__finding *finding = GDF__AT(*findings, gdf__finding, i);
        if (finding->rule != GDF__RULE_GEN001)
            continue;
        gdf__json_key(out, "buildError");
        gdf__builder_add_byte(out, '{');
        add_text(out, "message", finding->message);
        add_error_location(out, report, finding);
        gdf__builder_add_byte(out, '}');
        return;
    }
}

bool gdf__render_buildkit(const gdf_report *report, const gdf_options *options, gdf__builder *out)
{
    (void)options;
    gdf__table findings; /* of gdf__finding */
    gdf__table_init(&findings, &out->allocator, sizeof(gdf__finding));
    copy_findings(report, &findings);
    gdf__builder_add_byte(out, '{');
    add_warnings(out, &findings);
    add_error(out, report, &findings);
    gdf__builder_add_text(out, "}\n");
    bool done = !findings.failed;
    gdf__table_free(&findings);
    return done;
}
