/* GEN001: what the builder refuses, in its own words. */
#include "base/slice.h"
#include "build/config.h"
#include "rules/hooks.h"

/* An error may have several places, as stages that need each other do. */
static void relate_places(gdf__check *check, const gdf_config *config)
{
    const gdf__source *source = &check->document->source;
    for (uint32_t i = 1; i < gdf_config_count_error_places(config); i++) {
        gdf__relate(check,
                    gdf__source_line_start(source, gdf_config_get_error_first_line(config, i)),
                    gdf__source_line_end(source, gdf_config_get_error_last_line(config, i)),
                    "the same error");
    }
}

/* The one error that the builder stops at, where it shows it; without a place at the start. */
static void report_error_of_build(gdf__check *check)
{
    const gdf__source *source = &check->document->source;
    gdf_config *config = gdf__config_create_for_check(check->build, check->options);
    if (!config)
        check->findings->arena->failed = true;
    if (gdf_config_get_error(config).len) {
        uint32_t first = gdf_config_get_error_first_line(config, 0);
        uint32_t last = gdf_config_get_error_last_line(config, 0);
        gdf__report(check, GDF__RULE_GEN001, first ? gdf__source_line_start(source, first) : 0,
                    last ? gdf__source_line_end(source, last) : 0);
        gdf__say(check, "%S", gdf_config_get_error(config));
        gdf__set_lines(check, first, last);
        relate_places(check, config);
    }
    gdf_config_free(config);
}

static void report_problems(gdf__check *check)
{
    const gdf__builder_control *control = check->control;
    if (control->error.len) {
        gdf__report(check, GDF__RULE_GEN001, control->error_start, control->error_end);
        gdf__say(check, "%S", control->error);
    }
    for (uint32_t i = 0; i < check->document->problems.count; i++) {
        const gdf__problem *problem = GDF__AT(check->document->problems, gdf__problem, i);
        gdf__report(check, GDF__RULE_GEN001, problem->start, problem->end);
        gdf__say(check, "%S", problem->message);
        gdf__set_lines(check, problem->first_line, problem->last_line);
    }
}

void gdf__check_problems(gdf__check *check)
{
    if (check->is_builder)
        report_error_of_build(check);
    else
        report_problems(check);
}
