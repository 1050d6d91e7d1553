/* The cost of a check grows with the text, whatever the text: memory requests at n and 4n are
 * compared, and inputs that a rule with a loop inside a loop would take hours for have to finish
 * within the test's time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include <godockerfile/report.h>

#include "base/builder.h"
#include "base/slice.h"
#include "support/counting_allocator.h"

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* A text made of pieces, each repeated; `#` stands for the number of the repetition. */
typedef struct piece {
    const char *text;
    uint32_t times; /* for each n; 0: once, whatever n is */
} piece;

enum { MAX_PIECES = 4, SMALL = 500, LARGE = 20000, FACTOR = 4 };

typedef struct growth_case {
    const char *title;
    piece pieces[MAX_PIECES];
} growth_case;

static const growth_case CASES[] = {
    {"stages on one base of many commands",
     {{"FROM alpine:3.22 AS base\n", 0}, {"RUN true\nRUN id\n", 1}, {"FROM base\nCMD x\n", 1}}},
    {"stages on one base of many copies",
     {{"FROM scratch AS base\n", 0}, {"COPY a /\nCOPY b c\n", 1}, {"FROM base\nCMD x\n", 1}}},
    {"stages on one base of many users",
     {{"FROM alpine:3.22 AS base\n", 0},
      {"RUN adduser -D -u 1# app#\n", 2},
      {"FROM base\nUSER app1\nCMD [\"x\"]\n", 1}}},
    {"stages on one base of many ports",
     {{"FROM alpine AS base\n", 0}, {"EXPOSE 80\n", 1}, {"FROM base\nCMD [\"x\"]\n", 1}}},
    {"stages on one base of many triggers",
     {{"FROM alpine AS base\n", 0}, {"ONBUILD CMD x\n", 1}, {"FROM base\n", 1}}},
    {"names in capitals and references to them",
     {{"FROM a AS B#\n", 1}, {"FROM scratch\n", 0}, {"COPY --from=B# /a /b\n", 1}}},
    {"one name again and again", {{"FROM a AS B\nCOPY --from=B /a /b\n", 1}}},
    {"a chain of stages", {{"FROM scratch AS s0\n", 0}, {"FROM s# AS t#\nCMD x\n", 1}}},
    {"comments that silence",
     {{"FROM a\n", 0}, {"# godockerfile ignore=all\n# check=skip=all\nCMD x\n", 1}}},
    {"comments in front of one instruction",
     {{"FROM a\n", 0}, {"# godockerfile ignore=CHK007\n# check\n\n", 1}, {"CMD x\n", 0}}},
    {"arrays with a tail and comments behind arguments",
     {{"FROM a\n", 0}, {"CMD [\"a\"] || x\nCOPY a b # c\nENV a b c\n", 1}}},
    {"programs of go and their copies",
     {{"FROM golang:1.26 AS b\n", 0},
      {"RUN go build -o /x# .\n", 1},
      {"FROM scratch\n", 0},
      {"COPY --from=b /x# /\nCMD /x#\n", 1}}},
};

static void add_piece(gdf__builder *out, const char *text, uint32_t number)
{
    for (; *text; text++) {
        if (*text == '#' && text[1] != ' ')
            gdf__builder_add_number(out, number);
        else
            gdf__builder_add_byte(out, *text);
    }
}

static void write_text(const growth_case *one, uint32_t n, gdf__builder *out)
{
    gdf__builder_init(out, &gdf__default_allocator);
    for (int i = 0; i < MAX_PIECES && one->pieces[i].text; i++) {
        uint32_t times = one->pieces[i].times ? one->pieces[i].times * n : 1;
        for (uint32_t k = 0; k < times; k++)
            add_piece(out, one->pieces[i].text, k);
    }
    assert_false(out->failed);
}

/* Checks the text; the memory requests that it took. */
static size_t check(const growth_case *one, uint32_t n)
{
    gdf__builder text;
    counting_allocator counter;
    write_text(one, n, &text);
    counting_allocator_init(&counter);
    gdf_options *options = gdf_options_create(&counter.allocator);
    assert_non_null(options);
    gdf_str source = gdf__builder_get(&text);
    gdf_document *document = gdf_document_parse(source.ptr, source.len, options);
    gdf_report *report = gdf_report_create(document, NULL, NULL, options);
    assert_non_null(report);
    gdf_report_free(report);
    gdf_document_free(document);
    gdf_options_free(options);
    counting_allocator_assert_no_leak(&counter);
    gdf__builder_free(&text);
    return counter.requests;
}

static void requests_grow_no_faster_than_the_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++) {
        size_t small = check(&CASES[i], SMALL);
        size_t large = check(&CASES[i], SMALL * FACTOR);
        if (large > small * (FACTOR + 1))
            fail_msg("%s: %zu requests, then %zu", CASES[i].title, small, large);
    }
}

static void large_inputs_come_to_an_end(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(CASES); i++)
        check(&CASES[i], LARGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(requests_grow_no_faster_than_the_text),
        cmocka_unit_test(large_inputs_come_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
