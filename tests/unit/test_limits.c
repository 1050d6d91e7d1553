/* The limits that options set, on both sides of each, and texts made to burst them: they end soon,
 * in little memory, and it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile.h>

#include "base/builder.h"
#include "base/slice.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

/* A bound that memory which grows with the square would break by far. Time is bounded by the test's
 * TIMEOUT: a cost that grows with the square would not come to its end. */
enum { MOST_BYTES = 256 << 20 };

typedef struct answers {
    gdf_options *options;
    gdf_document *document;
    gdf_build *build;
    gdf_config *config;
    gdf_report *report;
} answers;

/* Everything of a text, with one option set. */
static answers answers_with(gdf_str text, gdf_option option, uint64_t value,
                            const gdf_allocator *allocator)
{
    answers made = {.options = gdf_options_create(allocator)};
    if (option)
        assert_int_equal(gdf_options_set_number(made.options, option, value), GDF_OK);
    made.document = gdf_document_parse(text.ptr, text.len, made.options);
    made.build = gdf_build_create(made.document, made.options);
    made.config = gdf_config_create(made.build, made.options);
    made.report = gdf_report_create(made.document, NULL, NULL, made.options);
    assert_non_null(made.config);
    assert_non_null(made.report);
    return made;
}

static void answers_free(answers *made)
{
    gdf_report_free(made->report);
    gdf_config_free(made->config);
    gdf_build_free(made->build);
    gdf_document_free(made->document);
    gdf_options_free(made->options);
}

static bool says(const gdf_report *report, const char *words)
{
    for (gdf_finding i = 1; i <= gdf_report_count_findings(report); i++) {
        if (gdf__str_contains(gdf_finding_get_message(report, i), words))
            return true;
    }
    return false;
}

/* ---- options --------------------------------------------------------------------------------- */

static void a_text_over_the_size_is_kept_but_not_read(void **state)
{
    (void)state;
    static const char TEXT[] = "FROM scratch\nUSER 1\n";
    const size_t len = strlen(TEXT);
    answers within = answers_with(gdf__str(TEXT), GDF_OPTION_MAX_DOCUMENT_SIZE, len, NULL);
    assert_int_equal(gdf_document_count_instructions(within.document), 2);
    assert_false(says(within.report, "max-document-size"));
    answers_free(&within);
    answers over = answers_with(gdf__str(TEXT), GDF_OPTION_MAX_DOCUMENT_SIZE, len - 1, NULL);
    assert_int_equal(gdf_document_count_instructions(over.document), 0);
    assert_slice_is(gdf_document_get_text(over.document), TEXT);
    assert_true(says(over.report, "input of 20 bytes is over the limit of 19 and was not "
                                  "analysed; raise the option max-document-size"));
    assert_false(gdf_config_is_complete(over.config));
    assert_slice_is(gdf_config_get_error(over.config), "");
    assert_slice_is(gdf_config_get_limit(over.config),
                    "the input is over the limit of option max-document-size");
    answers_free(&over);
}

/* A line has its line end with it, in the builder's buffer of 65,536 bytes. */
static void a_line_over_the_builders_buffer_is_refused(void **state)
{
    (void)state;
    static const struct {
        size_t len;
        const char *end;
        bool is_refused;
    } LINES[] = {{65535, "\n", false}, {65536, "\n", true}, {65535, "", false}, {65536, "", true}};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        gdf__builder text;
        gdf__builder_init(&text, &gdf__default_allocator);
        gdf__builder_add_text(&text, "FROM scratch\n#");
        gdf__builder_add_repeated(&text, 'x', LINES[i].len - 1);
        gdf__builder_add_text(&text, LINES[i].end);
        answers made = answers_with(gdf__builder_get(&text), GDF_OPTION_NONE, 0, NULL);
        assert_slice_is(
            gdf_config_get_error(made.config),
            LINES[i].is_refused ? "dockerfile line greater than max allowed size of 65535" : "");
        answers_free(&made);
        gdf__builder_free(&text);
    }
}

static void findings_over_the_number_are_counted(void **state)
{
    (void)state;
    static const char TEXT[] = "FROM scratch\nUSER 1\nFRMO a\nFRMO b\nFRMO c\n";
    answers all = answers_with(gdf__str(TEXT), GDF_OPTION_NONE, 0, NULL);
    uint32_t count = gdf_report_count_findings(all.report);
    assert_true(count > 1);
    answers_free(&all);
    for (uint32_t less = 0; less < 2; less++) {
        answers some = answers_with(gdf__str(TEXT), GDF_OPTION_MAX_FINDINGS, count - less, NULL);
        assert_int_equal(gdf_report_count_findings(some.report), count - less);
        assert_int_equal(gdf_report_count_dropped(some.report), less);
        answers_free(&some);
    }
}

static void shell_text_deeper_than_allowed_is_not_understood(void **state)
{
    (void)state;
    static const char TEXT[] = "FROM scratch\nRUN a $(b $(c $(d)))\n";
    for (uint32_t depth = 1; depth <= 4; depth++) {
        answers made = answers_with(gdf__str(TEXT), GDF_OPTION_MAX_SHELL_DEPTH, depth, NULL);
        gdf_node run = gdf_document_get_instruction(made.document, 1);
        assert_int_equal(gdf_build_is_shell_understood(made.build, run), depth >= 3);
        answers_free(&made);
    }
}

/* What the USER of a file expands to; `*certain` tells whether it is known. */
static void assert_user(const char *text, gdf_option option, uint64_t value, size_t len,
                        bool is_known)
{
    answers made = answers_with(gdf__str(text), option, value, NULL);
    uint32_t last = gdf_document_count_instructions(made.document) - 1;
    gdf_node user = gdf_document_get_instruction(made.document, last);
    gdf_part part = gdf_instruction_find_part(made.document, user, GDF_PART_USER_NAME, 0);
    gdf_expansion *expansion = gdf_expansion_create(made.build, part);
    assert_int_equal(gdf_expansion_is_certain(expansion), is_known);
    assert_int_equal(gdf_expansion_get_text(expansion).len, len);
    static const char LIMIT[] =
        "a word expands to more than the options max-expansion and max-regex-steps allow";
    assert_int_equal(gdf_config_is_complete(made.config), is_known);
    assert_slice_is(gdf_config_get_limit(made.config), is_known ? "" : LIMIT);
    assert_slice_is(gdf_config_get_error(made.config), "");
    assert_int_equal(says(made.report, LIMIT), !is_known);
    gdf_expansion_free(expansion);
    answers_free(&made);
}

static void values_over_the_expansion_are_unknown(void **state)
{
    (void)state;
    static const char TEXT[] = "FROM scratch\nENV A=1234\nUSER u$A$A\n";
    assert_user(TEXT, GDF_OPTION_MAX_EXPANSION, 8, 9, true);
    assert_user(TEXT, GDF_OPTION_MAX_EXPANSION, 7, 0, false);
}

/* Each of `count` runes costs one step to read and one to compare, and so does the pattern's. */
static void patterns_over_the_steps_are_unknown(void **state)
{
    (void)state;
    for (size_t over = 0; over < 2; over++) {
        enum { COUNT = 499 };
        gdf__builder text;
        gdf__builder_init(&text, &gdf__default_allocator);
        gdf__builder_add_text(&text, "FROM scratch\nENV A=");
        gdf__builder_add_repeated(&text, 'a', (size_t)COUNT + over);
        gdf__builder_add_text(&text, "\nUSER ${A//b/}\n");
        gdf__builder_add_byte(&text, '\0');
        assert_user(text.bytes, GDF_OPTION_MAX_REGEX_STEPS, 1000, over ? 0 : COUNT, !over);
        gdf__builder_free(&text);
    }
}

/* Each is looked at once. */
static void many_texts_of_an_option_cost_what_they_are(void **state)
{
    (void)state;
    static const char TEXT[] = "ARG A1\nFROM $A1\n";
    enum { COUNT = 700000, LONGEST = 32 };
    gdf_options *options = gdf_options_create(NULL);
    for (int i = 0; i < COUNT; i++) {
        char argument[LONGEST];
        int len = snprintf(argument, sizeof argument, "A%d=scratch", i);
        gdf_options_set_text(options, GDF_OPTION_BUILD_ARG, argument, (size_t)len);
    }
    gdf_document *document = gdf_document_parse(TEXT, strlen(TEXT), options);
    gdf_build *build = gdf_build_create(document, options);
    assert_slice_is(gdf_stage_get_base(build, 1), "scratch");
    gdf_build_free(build);
    gdf_document_free(document);
    gdf_options_free(options);
}

/* ---- bombs ----------------------------------------------------------------------------------- */

/* A text made of `count` times the opening and `count` times the closing piece. */
typedef struct bomb {
    const char *name;
    unsigned count;
    const char *before;
    const char *opening;
    const char *between;
    const char *closing;
    const char *after;
    bool has_config; /* no limit ends the work on the image config */
    bool is_told;    /* a finding names the limit */
} bomb;

#define SIXTEEN "0123456789abcdef"
#define HUNDREDS \
    SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN
static const bomb BOMBS[] = {
    {"values that double", 40, "FROM scratch\nENV A=" SIXTEEN "\n", "ENV A=$A$A\n", "", "",
     "USER $A\n", false, true},
    {"arguments that double", 40, "ARG A=" SIXTEEN "\n", "ARG A=$A$A\n", "", "", "FROM $A\n", false,
     true},
    {"arguments of stages", 2000, "ARG A=" SIXTEEN "\nFROM scratch AS b\nARG A\n",
     "FROM b AS b\nENV A=$A$A\n", "", "", "", false, true},
    {"patterns that multiply", 40, "FROM scratch\nENV A=a\n", "ENV A=${A//?/aaaa}\n", "", "", "",
     false, true},
    {"patterns in one word", 4000, "FROM scratch\nENV A=" HUNDREDS "\nENV B=", "${A//?/bbbb}", "",
     "", "\n", false, true},
    {"patterns of a long value", 3000, "FROM scratch\nENV A=", SIXTEEN, "\n", "ENV B=${A##*}\n", "",
     false, true},
    {"patterns that nearly match", 2000, "FROM scratch\nENV A=", "abababab", "c\nENV P=${A#????}\n",
     "ENV B=${A//b$P/}\n", "", false, true},
    {"defaults in defaults", 100000, "FROM scratch\nENV A=", "${B:-\\\n", "x", "}\\\n", "\n", false,
     true},
    {"defaults in the image", 100000, "FROM ", "${B:-\\\n", "x", "}\\\n", "\n", false, true},
    {"defaults in a port", 100000, "FROM scratch\nEXPOSE ", "${B:-\\\n", "1", "}\\\n", "\n", false,
     true},
    {"defaults in a mount", 100000, "FROM scratch\nRUN --mount=type=cache,target=", "${B:-\\\n",
     "/x", "}\\\n", " x\n", false, true},
    {"defaults in a heredoc", 10001, "FROM scratch\nCOPY <<E /x\n", "${B:-", "x", "}", "\nE\n",
     false, true},
    {"options of a mount", 100000, "FROM scratch\nRUN --mount=type=cache", ",target=/a\\\n", "", "",
     " x\n", true, false},
    {"mounts", 30000, "FROM scratch\nRUN ", "--mount=type=cache,target=/a \\\n", "", "", "x\n",
     true, false},
    {"values of triggers", 1000, "FROM scratch AS b\nENV A=", SIXTEEN,
     "\nONBUILD ENV B=$A C=$A D=$A E=$A F=$A G=$A H=$A I=$A\n", "FROM b\n", "", false, true},
    {"triggers of children", 1000, "FROM scratch AS b\n", "ONBUILD ENV A=x\n", "", "FROM b\n", "",
     true, true},
    {"pairs of a trigger", 5000, "FROM scratch AS b\nONBUILD ENV", " A@=x", "\n", "FROM b\n", "",
     true, true},
    {"a chain of triggers", 5000, "FROM scratch AS s0\n", "FROM s@ AS s^\nONBUILD ENV A=$A$A\n", "",
     "", "", true, false},
    {"onbuild of onbuild", 10000, "FROM scratch\n", "ONBUILD ", "RUN x\n", "", "", true, false},
    {"a chain of environments", 5000, "FROM scratch AS s0\n", "FROM s@ AS s^\nENV A@=x\n", "", "",
     "", true, false},
    {"children of a long stage", 10000, "FROM scratch AS b\n", "USER a\n", "", "FROM b\n", "", true,
     false},
    {"directories", 20000, "FROM scratch\n", "WORKDIR " SIXTEEN "\n", "", "", "", false, true},
    {"ranges of ports", 1000, "FROM scratch\n", "EXPOSE 1-65535\n", "", "", "", false, false},
};

static void add_numbered(gdf__builder *text, const char *piece, unsigned number)
{
    for (; *piece; piece++) {
        if (*piece == '@' || *piece == '^')
            gdf__builder_add_number(text, number + (*piece == '^'));
        else
            gdf__builder_add_byte(text, *piece);
    }
}

static void write_bomb(gdf__builder *text, const bomb *row)
{
    gdf__builder_init(text, &gdf__default_allocator);
    gdf__builder_add_text(text, row->before);
    for (unsigned i = 0; i < row->count; i++)
        add_numbered(text, row->opening, i);
    gdf__builder_add_text(text, row->between);
    for (unsigned i = 0; i < row->count; i++)
        add_numbered(text, row->closing, i);
    gdf__builder_add_text(text, row->after);
}

static void explode(const bomb *row)
{
    gdf__builder text;
    counting_allocator counter;
    counting_allocator_init(&counter);
    write_bomb(&text, row);
    answers made = answers_with(gdf__builder_get(&text), GDF_OPTION_NONE, 0, &counter.allocator);
    bool has_config = gdf_config_is_complete(made.config);
    bool is_told = says(made.report, "counts as unknown");
    size_t bytes = counter.peak_bytes;
    assert_int_equal(gdf_config_get_limit(made.config).len == 0, has_config);
    answers_free(&made);
    counting_allocator_assert_no_leak(&counter);
    gdf__builder_free(&text);
    if (has_config != row->has_config || is_told != row->is_told || bytes > MOST_BYTES)
        fail_msg("%s: %s, %s, %zu bytes", row->name, has_config ? "has a config" : "has no config",
                 is_told ? "told" : "not told", bytes);
}

static void bombs_end_soon_in_little_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BOMBS / sizeof *BOMBS; i++)
        explode(&BOMBS[i]);
}

/* Sources and patterns multiply. */
static void a_long_ignore_file_is_not_compared_for_ever(void **state)
{
    (void)state;
    static const bomb FILE = {
        "copies", 20000, "FROM scratch\n", "COPY a/b/c/d/e@ /f\n", "", "", "USER 1\n", true, true};
    static const bomb PATTERNS = {"patterns", 20000, "", "**/*a*b*c*@\n", "", "", "", true, true};
    gdf__builder text;
    gdf__builder patterns;
    write_bomb(&text, &FILE);
    write_bomb(&patterns, &PATTERNS);
    gdf_project *project = gdf_project_create(NULL);
    gdf_project_add_file(project, ".dockerignore", strlen(".dockerignore"), patterns.bytes,
                         patterns.len);
    gdf_document *document = gdf_document_parse(text.bytes, text.len, NULL);
    gdf_report *report = gdf_report_create(document, NULL, project, NULL);
    assert_true(says(report, "than is compared with so long an ignore file"));
    gdf_report_free(report);
    gdf_document_free(document);
    gdf_project_free(project);
    gdf__builder_free(&patterns);
    gdf__builder_free(&text);
}

/* ---- ignore files ---------------------------------------------------------------------------- */

static void ignore_files_made_to_burst_are_matched_at_once(void **state)
{
    (void)state;
    static const bomb FILES[] = {
        {"stars over directories", 10000, "", "**/", "", "", "x\n", true, false},
        {"stars and names", 10000, "", "**/a/*", "", "", "x\n", true, false},
        {"classes", 10000, "", "[^a-b]*", "", "", "[x]\n", true, false},
        {"one class", 20000, "[", "a-z", "", "", "]*[y]\n", true, false},
        {"open classes", 30000, "", "[", "", "", "\n", true, false},
        {"lines", 2000, "", "**/a*a*a*@*b\n", "", "", "", true, false},
        {"exceptions", 5000, "", "**\n!**/a*\n", "", "", "", true, false},
    };
    gdf__builder path;
    gdf__builder_init(&path, &gdf__default_allocator);
    for (int i = 0; i < 500; i++)
        gdf__builder_add_text(&path, "aaaa/a/");
    gdf__builder_add_text(&path, "a");
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        gdf__builder text;
        write_bomb(&text, &FILES[i]);
        gdf_ignore *ignore = gdf_ignore_parse(text.bytes, text.len, NULL);
        assert_non_null(ignore);
        assert_false(gdf_ignore_match(ignore, path.bytes, path.len));
        gdf_ignore_free(ignore);
        gdf__builder_free(&text);
    }
    gdf__builder_free(&path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_over_the_size_is_kept_but_not_read),
        cmocka_unit_test(a_line_over_the_builders_buffer_is_refused),
        cmocka_unit_test(findings_over_the_number_are_counted),
        cmocka_unit_test(shell_text_deeper_than_allowed_is_not_understood),
        cmocka_unit_test(values_over_the_expansion_are_unknown),
        cmocka_unit_test(patterns_over_the_steps_are_unknown),
        cmocka_unit_test(many_texts_of_an_option_cost_what_they_are),
        cmocka_unit_test(bombs_end_soon_in_little_memory),
        cmocka_unit_test(a_long_ignore_file_is_not_compared_for_ever),
        cmocka_unit_test(ignore_files_made_to_burst_are_matched_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
