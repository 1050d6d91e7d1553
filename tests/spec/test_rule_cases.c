/* Runs the cases of one file: test_rule_cases RULE.txt [text of a title]. README.md tells how they
 * are written. Exit status 1 when a case fails; the difference is on stdout. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "case_fixes.h"
#include "support/read_file.h"

/* A case while it runs. */
typedef struct run {
    const char *path;
    const rule_case *test;
    gdf_rule rule;
    case_setup setup;
    gdf_document *document;
    gdf_report *report;
    bool failed;
} run;

static void fail(run *this, const char *reason, gdf_str detail)
{
    if (!this->failed)
        printf("%s:%u: FAILED: %.*s\n", this->path, this->test->line, (int)this->test->title.len,
               this->test->title.ptr);
    this->failed = true;
    printf("  %s%.*s\n", reason, (int)detail.len, detail.ptr);
}

/* ---- findings -------------------------------------------------------------------------------- */

static bool is_wanted(const run *this, gdf_finding finding)
{
    return this->test->all_rules || gdf_finding_get_rule(this->report, finding) == this->rule;
}

/* The next finding that the case is about, behind `finding`; 0 at the end. */
static gdf_finding next_finding(const run *this, gdf_finding finding)
{
    uint32_t count = gdf_report_count_findings(this->report);
    for (finding++; finding <= count; finding++) {
        if (is_wanted(this, finding))
            return finding;
    }
    return 0;
}

static const char *class_of(const run *this, gdf_finding finding)
{
    gdf_fix fix = gdf_finding_get_fix(this->report, finding, 0);
    return fix ? gdf_fix_class_name(gdf_fix_get_class(this->report, fix)) : "none";
}

static void format_place(const run *this, uint32_t offset, char *place, size_t size)
{
    (void)snprintf(place, size, "%u:%u", gdf_document_find_line(this->document, offset),
                   gdf_document_find_column(this->document, offset, GDF_COLUMN_BYTES));
}

static void print_finding(const run *this, gdf_finding finding)
{
    char place[32];
    format_place(this, gdf_finding_get_start(this->report, finding), place, sizeof place);
    gdf_str message = gdf_finding_get_message(this->report, finding);
    gdf_str note = gdf_finding_get_note(this->report, finding);
    printf("    %s %s %s %s\n      ~ %.*s\n",
           gdf_rule_get_code(gdf_finding_get_rule(this->report, finding)), place,
           gdf_severity_name(gdf_finding_get_severity(this->report, finding)),
           class_of(this, finding), (int)message.len, message.ptr);
    if (note.len)
        printf("      ! %.*s\n", (int)note.len, note.ptr);
    for (uint32_t i = 0; i < gdf_finding_count_related(this->report, finding); i++) {
        gdf_str text = gdf_finding_get_related_message(this->report, finding, i);
        format_place(this, gdf_finding_get_related_start(this->report, finding, i), place,
                     sizeof place);
        printf("      > %s %.*s\n", place, (int)text.len, text.ptr);
    }
}

static bool has_related(const run *this, gdf_finding finding, gdf_str expected)
{
    gdf_str wanted_place = case_take_word(&expected);
    for (uint32_t i = 0; i < gdf_finding_count_related(this->report, finding); i++) {
        char place[32];
        format_place(this, gdf_finding_get_related_start(this->report, finding, i), place,
                     sizeof place);
        if (gdf__str_is(wanted_place, place) &&
            case_holds(gdf_finding_get_related_message(this->report, finding, i), expected))
            return true;
    }
    return false;
}

/* `CODE line:column severity [class]` */
static bool head_fits(const run *this, gdf_finding finding, gdf_str line)
{
    char place[32];
    format_place(this, gdf_finding_get_start(this->report, finding), place, sizeof place);
    gdf_rule rule = gdf_finding_get_rule(this->report, finding);
    gdf_severity severity = gdf_finding_get_severity(this->report, finding);
    if (!gdf__str_is(case_take_word(&line), gdf_rule_get_code(rule)) ||
        !gdf__str_is(case_take_word(&line), place) ||
        !gdf__str_is(case_take_word(&line), gdf_severity_name(severity)))
        return false;
    return line.len == 0 || gdf__str_is(line, class_of(this, finding));
}

/* An indented line below a finding. */
static bool detail_fits(const run *this, gdf_finding finding, gdf_str line)
{
    gdf_str text = case_rest(line, 2);
    if (!finding || text.len < 2)
        return false;
    gdf_str expected = case_rest(text, 1);
    switch (text.ptr[0]) {
    case '~': return case_holds(gdf_finding_get_message(this->report, finding), expected);
    case '!': return case_holds(gdf_finding_get_note(this->report, finding), expected);
    case '>': return has_related(this, finding, expected);
    default: return false;
    }
}

static bool compare_findings(run *this)
{
    gdf_str left = this->test->findings.text;
    gdf_str line;
    gdf_finding finding = 0;
    bool at_end = false;
    while (case_take_line(&left, &line)) {
        if (case_rest(line, 0).len == 0)
            continue;
        bool detail = case_starts(line, "  ");
        if (!detail) {
            finding = at_end ? 0 : next_finding(this, finding);
            at_end = finding == 0;
        }
        bool fits =
            finding && (detail ? detail_fits(this, finding, line) : head_fits(this, finding, line));
        if (!fits) {
            fail(this, "this does not fit: ", line);
            return false;
        }
    }
    if (!at_end && next_finding(this, finding)) {
        fail(this, "there are further findings", gdf__empty);
        return false;
    }
    return true;
}

static void print_findings(const run *this)
{
    printf("  the findings are:\n");
    for (gdf_finding id = next_finding(this, 0); id; id = next_finding(this, id))
        print_finding(this, id);
}

/* ---- texts ----------------------------------------------------------------------------------- */

static void print_line(char sign, gdf_str line)
{
    bool carriage_return = line.len && line.ptr[line.len - 1] == '\r';
    printf("    %c%.*s%s\n", sign, (int)(line.len - carriage_return), line.ptr,
           carriage_return ? "\\r" : "");
}

/* The lines that differ, between what both texts begin and end with. */
static void print_difference(gdf_str expected, gdf_str actual)
{
    size_t start = 0;
    size_t least = expected.len < actual.len ? expected.len : actual.len;
    for (size_t i = 0; i < least && expected.ptr[i] == actual.ptr[i]; i++) {
        if (expected.ptr[i] == '\n')
            start = i + 1;
    }
    size_t tail = 0;
    for (size_t i = 1;
         i <= least - start && expected.ptr[expected.len - i] == actual.ptr[actual.len - i]; i++) {
        if (i < least - start && expected.ptr[expected.len - i - 1] == '\n')
            tail = i;
    }
    gdf_str texts[] = {gdf__str_slice(expected, start, expected.len - tail),
                       gdf__str_slice(actual, start, actual.len - tail)};
    for (int i = 0; i < 2; i++) {
        gdf_str line;
        while (case_take_line(&texts[i], &line))
            print_line(i == 0 ? '-' : '+', line);
    }
}

static void compare_text(run *this, const char *what, gdf_str expected, gdf_str actual)
{
    if (gdf__str_equal(expected, actual))
        return;
    fail(this, what, GDF__LITERAL(" (- expected, + actual):"));
    print_difference(expected, actual);
}

static void compare_fixed(run *this, gdf_str source)
{
    const rule_case *test = this->test;
    if (!test->fixed.present && !test->file.present)
        return;
    case_result result;
    case_apply_fixes(&this->setup, this->rule, source, &result);
    if (result.problem.len)
        fail(this, "", result.problem);
    gdf__builder expected;
    gdf__builder_init(&expected, &gdf__default_allocator);
    if (test->fixed.present) {
        case_setup_add_text(&this->setup, test->fixed.text, &expected);
        compare_text(this, "the fixed text differs", gdf__builder_get(&expected),
                     gdf__builder_get(&result.text));
    }
    if (test->file.present) {
        compare_text(this, "the new file's name differs", test->file_name,
                     gdf__builder_get(&result.file_name));
        compare_text(this, "the new file differs", test->file.text, gdf__builder_get(&result.file));
    }
    gdf__builder_free(&expected);
    case_result_free(&result);
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void run_case(run *this)
{
    gdf__builder source;
    gdf__builder_init(&source, &gdf__default_allocator);
    if (case_setup_read(&this->setup, this->test->options.text)) {
        case_setup_add_text(&this->setup, this->test->source.text, &source);
        gdf_str text = gdf__builder_get(&source);
        this->document = gdf_document_parse(text.ptr, text.len, this->setup.options);
        this->report = gdf_report_create(this->document, this->setup.ruleset, this->setup.project,
                                         this->setup.options);
        if (!this->test->findings.present)
            fail(this, "it has no section `--- findings`", gdf__empty);
        else if (!compare_findings(this))
            print_findings(this);
        compare_fixed(this, text);
        gdf_report_free(this->report);
        gdf_document_free(this->document);
    } else {
        fail(this, "its options are wrong", gdf__empty);
    }
    gdf__builder_free(&source);
    case_setup_free(&this->setup);
}

/* The rule that the file is named after. */
static gdf_rule rule_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    return gdf_rule_find(name, strcspn(name, "."));
}

int main(int count, char **arguments)
{
    gdf_str file;
    if (count < 2 || !read_file(arguments[1], &file)) {
        (void)fprintf(stderr, "usage: test_rule_cases RULE.txt [text of a title]\n");
        return EXIT_FAILURE;
    }
    gdf_rule rule = rule_of(arguments[1]);
    gdf_str wanted = gdf__str(count > 2 ? arguments[2] : "");
    unsigned cases = 0;
    unsigned failures = 0;
    unsigned line = 0;
    size_t at = 0;
    rule_case test;
    while (case_file_next(file, &at, &line, &test)) {
        if (!case_holds(test.title, wanted))
            continue;
        run this = {.path = arguments[1], .test = &test, .rule = rule};
        run_case(&this);
        cases++;
        failures += this.failed;
    }
    printf("%u cases, %u failed\n", cases, failures);
    read_file_free(file);
    return rule && cases && !failures ? EXIT_SUCCESS : EXIT_FAILURE;
}
