#include "rules/engine.h"

#include "base/slice.h"

static gdf__finding *current(gdf__check *check)
{
    gdf__table *table = &check->findings->findings;
    return check->reporting && table->count ? GDF__AT(*table, gdf__finding, table->count - 1)
                                            : NULL;
}

static void close_finding(gdf__check *check)
{
    check->reporting = false;
    check->fixing = false;
}

static void open_finding(gdf__check *check, gdf__rule_id rule, uint32_t start, uint32_t end)
{
    gdf__findings *findings = check->findings;
    if (findings->findings.count >= check->max_findings) {
        findings->dropped++;
        return;
    }
    gdf__finding *row = gdf__table_add(&findings->findings);
    if (!row)
        return;
    *row = (gdf__finding){.rule = rule,
                          .start = start,
                          .end = end,
                          .first_related = findings->related.count,
                          .first_fix = findings->fixes.count,
                          .order = findings->findings.count - 1,
                          .severity = (uint8_t)gdf_ruleset_get_severity(check->ruleset, rule),
                          .message = gdf__empty,
                          .note = gdf__empty};
    check->reporting = true;
}

/* The builder knows no comments but its own. */
static bool is_covered(const gdf__check *check, gdf__rule_id rule, uint32_t start)
{
    return !check->is_builder && gdf__suppressions_cover(check->suppressions, rule, start);
}

void gdf__report(gdf__check *check, gdf__rule_id rule, uint32_t start, uint32_t end)
{
    close_finding(check);
    if (!gdf_ruleset_is_enabled(check->ruleset, rule))
        return;
    if (is_covered(check, rule, start))
        check->findings->suppressed++;
    else
        open_finding(check, rule, start, end);
}

static void report_check(gdf__check *check, gdf__rule_id rule, gdf__edit_range place,
                         gdf_node instruction)
{
    close_finding(check);
    bool is_wanted = gdf__rule_is_experimental(rule) &&
                     gdf__builder_control_wants(check->control, rule, instruction);
    if (!is_wanted && !gdf_ruleset_is_enabled(check->ruleset, rule))
        return;
    if (gdf__builder_control_skips(check->control, rule, instruction) ||
        is_covered(check, rule, place.start))
        check->findings->suppressed++;
    else
        open_finding(check, rule, place.start, place.end);
}

void gdf__set_lines(gdf__check *check, uint32_t first, uint32_t last)
{
    gdf__finding *finding = current(check);
    if (!finding)
        return;
    finding->first_line = first;
    finding->last_line = last;
}

void gdf__report_check(gdf__check *check, gdf__rule_id rule, gdf_node place, gdf_node instruction)
{
    gdf__edit_range range = {gdf_node_get_start(check->document, place),
                             gdf_node_get_end(check->document, place)};
    report_check(check, rule, range, instruction);
    gdf__set_lines(check, gdf_node_get_first_line(check->document, place),
                   gdf_node_get_last_line(check->document, place));
}

void gdf__report_check_line(gdf__check *check, gdf__rule_id rule, uint32_t line)
{
    const gdf__source *source = &check->document->source;
    gdf__edit_range range = {gdf__source_line_start(source, line),
                             gdf__source_line_end(source, line)};
    report_check(check, rule, range, 0);
    gdf__set_lines(check, line, line);
}

void gdf__report_node(gdf__check *check, gdf__rule_id rule, gdf_node node)
{
    gdf__report(check, rule, gdf_node_get_start(check->document, node),
                gdf_node_get_end(check->document, node));
}

/* ---- text ------------------------------------------------------------------------------------ */

static void add_argument(gdf__builder *builder, char verb, va_list *arguments)
{
    switch (verb) {
    case 's': gdf__builder_add_text(builder, va_arg(*arguments, const char *)); break;
    case 'S': gdf__builder_add(builder, va_arg(*arguments, gdf_str)); break;
    case 'q': gdf__builder_add_go_quoted(builder, va_arg(*arguments, gdf_str)); break;
    case 'd': {
        int number = va_arg(*arguments, int);
        if (number < 0)
            gdf__builder_add_byte(builder, '-');
        gdf__builder_add_number(builder, (uint64_t)(number < 0 ? -(int64_t)number : number));
        break;
    }
    default: gdf__builder_add_byte(builder, verb); break;
    }
}

void gdf__format_list(gdf__builder *builder, const char *format, va_list *arguments)
{
    while (*format) {
        size_t plain = strcspn(format, "%");
        gdf__builder_add(builder, (gdf_str){format, plain});
        format += plain;
        if (*format == '\0')
            return;
        char verb = format[1];
        if (verb == '\0') {
            gdf__builder_add_byte(builder, '%');
            return;
        }
        add_argument(builder, verb, arguments);
        format += strlen("%s");
    }
}

static gdf_str format_to_arena(gdf__check *check, const char *format, va_list *arguments)
{
    gdf__builder builder;
    gdf__builder_init(&builder, &check->findings->arena->allocator);
    gdf__format_list(&builder, format, arguments);
    return gdf__builder_to_arena(&builder, check->findings->arena);
}

void gdf__say(gdf__check *check, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (check->reporting) {
        gdf_str text = format_to_arena(check, format, &arguments);
        current(check)->message = text;
    }
    va_end(arguments);
}

void gdf__note(gdf__check *check, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (check->reporting) {
        gdf_str text = format_to_arena(check, format, &arguments);
        current(check)->note = text;
    }
    va_end(arguments);
}

void gdf__relate(gdf__check *check, uint32_t start, uint32_t end, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    gdf__related *row = check->reporting ? gdf__table_add(&check->findings->related) : NULL;
    if (row) {
        *row = (gdf__related){start, end, format_to_arena(check, format, &arguments)};
        current(check)->related_count++;
    }
    va_end(arguments);
}

void gdf__set_severity(gdf__check *check, gdf_severity severity)
{
    gdf__finding *finding = current(check);
    if (finding && !gdf__ruleset_has_own_severity(check->ruleset, finding->rule))
        finding->severity = (uint8_t)severity;
}

/* ---- fixes ----------------------------------------------------------------------------------- */

gdf__fix *gdf__fix_begin(gdf__check *check, gdf_fix_class fix_class, const char *title)
{
    gdf__findings *findings = check->findings;
    uint32_t limit = check->document->source.len;
    gdf__fix *fix = check->reporting ? gdf__table_add(&findings->fixes) : NULL;
    check->fixing = fix != NULL;
    if (!fix) {
        fix = &check->discarded_fix;
        gdf__edit_list_free(&fix->edits);
    }
    *fix = (gdf__fix){.fix_class = fix_class,
                      .title = gdf__arena_copy(findings->arena, gdf__str(title)),
                      .file = gdf__empty};
    gdf__edit_list_init(&fix->edits, findings->arena, limit);
    return fix;
}

void gdf__fix_end(gdf__check *check, gdf_status status)
{
    if (!check->fixing)
        return;
    check->fixing = false;
    if (status == GDF_ERROR_MEMORY)
        check->findings->arena->failed = true;
    gdf__table *fixes = &check->findings->fixes;
    gdf__fix *fix = GDF__AT(*fixes, gdf__fix, fixes->count - 1);
    if (status == GDF_OK && (fix->edits.edits.count || fix->file.len)) {
        current(check)->fix_count++;
        return;
    }
    gdf__edit_list_free(&fix->edits);
    fixes->count--;
}
