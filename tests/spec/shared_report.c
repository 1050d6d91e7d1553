#include "shared_case.h"

static const char *const REPORT_FORMATS[] = {"text", "json", "buildkit", NULL};

/* ---- findings as a whole --------------------------------------------------------------------- */

json_t *answer_report(const shared_case *test)
{
    json_t *texts = json_object();
    gdf_report *report = gdf_report_create(test->document, test->rules, NULL, test->options);
    const char *form = NULL;
    json_t *text = NULL;
    json_object_foreach(json_object_get(test->json, "report"), form, text)
    {
        gdf_report_format format = (gdf_report_format)find_name(REPORT_FORMATS, form);
        json_object_set_new(texts, form,
                            take_text(gdf_report_render(report, format, test->options)));
    }
    gdf_report_free(report);
    return texts;
}

json_t *answer_totals(const shared_case *test)
{
    gdf_report *report = gdf_report_create(test->document, test->rules, NULL, test->options);
    json_t *totals = json_pack("[o, o, o, s]", number_of(gdf_report_count_findings(report)),
                               number_of(gdf_report_count_dropped(report)),
                               number_of(gdf_report_count_suppressed(report)),
                               gdf_severity_name(gdf_report_get_worst(report)));
    gdf_report_free(report);
    return totals;
}

/* ---- new files of a rewrite ------------------------------------------------------------------ */

json_t *answer_files_of_fixes(const shared_case *test)
{
    json_t *names = json_array();
    gdf_rewrite *rewrite =
        gdf_rewrite_create(test->document, test->rules, test->project, test->options);
    for (uint32_t i = 0; i < gdf_rewrite_count_files(rewrite); i++)
        json_array_append_new(names, text_of(gdf_rewrite_get_file_name(rewrite, i)));
    gdf_rewrite_free(rewrite);
    return names;
}

/* ---- rules and options ----------------------------------------------------------------------- */

json_t *answer_catalogue(const shared_case *test)
{
    json_t *rows = json_object();
    const char *name = NULL;
    json_t *wanted = NULL;
    json_object_foreach(json_object_get(test->json, "catalogue"), name, wanted)
    {
        gdf_rule rule = gdf_rule_find(name, strlen(name));
        json_object_set_new(rows, name,
                            json_pack("[s, s, s, s, s, s, s, s, s]", gdf_rule_get_code(rule),
                                      gdf_rule_get_name(rule), gdf_rule_get_category(rule),
                                      gdf_severity_name(gdf_rule_get_severity(rule)),
                                      gdf_fix_class_name(gdf_rule_get_fix_class(rule)),
                                      gdf_rule_get_summary(rule), gdf_rule_get_help(rule),
                                      gdf_rule_get_example(rule),
                                      gdf_rule_get_fixed_example(rule)));
    }
    return rows;
}

/* Each setting of the table with whether it is accepted. */
json_t *answer_limits(const shared_case *test)
{
    json_t *rows = json_array();
    size_t i;
    json_t *row;
    json_array_foreach(member(test->json, "limits"), i, row)
    {
        const char *name = text_in(row, 0);
        uint64_t value = (uint64_t)json_integer_value(json_array_get(row, 1));
        gdf_options *options = gdf_options_create(NULL);
        gdf_status status =
            gdf_options_set_number(options, gdf_option_find(name, strlen(name)), value);
        json_array_append_new(rows,
                              json_pack("[s, o, b]", name, number_of(value), status == GDF_OK));
        gdf_options_free(options);
    }
    return rows;
}
