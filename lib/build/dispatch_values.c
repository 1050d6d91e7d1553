/* EXPOSE and HEALTHCHECK. */
#include "base/slice.h"
#include "base/sort.h"
#include "base/unicode_case.h"
#include "build/dispatch.h"
#include "build/scope.h"
#include "build/work.h"
#include "instruction/values.h"

/* ---- EXPOSE ---------------------------------------------------------------------------------- */

static int compare_texts(const void *a, const void *b)
{
    return gdf__str_compare(*(const gdf_str *)a, *(const gdf_str *)b);
}

static bool find_value(void *context, gdf_str name, gdf_str *value)
{
    return gdf__dispatch_find_variable(context, name, value);
}

/* One word as written may become several. */
static bool split_word(gdf__dispatch *work, gdf_str text, gdf__table *words)
{
    gdf__word_rules rules =
        gdf__rules_for(work->build, text, (gdf__word_environment){find_value, work});
    rules.escape = work->document->escape;
    gdf__word_list list = gdf__word_split(&rules, text, work->arena);
    if (list.status == GDF__WORD_REFUSED)
        return gdf__dispatch_fail(work, list.error);
    if (list.status == GDF__WORD_LIMIT)
        return gdf__dispatch_give_up_word(work);
    for (uint32_t i = 0; i < list.count; i++) {
        gdf__dispatch_add_word(words, list.words[i].text);
        if (!gdf__dispatch_spend(work, list.words[i].text.len))
            return false;
    }
    return true;
}

static gdf_str port_text(gdf__dispatch *work, uint32_t number, gdf_str protocol)
{
    gdf__builder text = gdf__dispatch_text(work);
    gdf__builder_add_number(&text, number);
    gdf__builder_add_byte(&text, '/');
    gdf__builder_add(&text, gdf__to_lower(protocol, work->arena));
    return gdf__builder_to_arena(&text, work->arena);
}

/* The port in the container stands behind the last colon. */
static bool add_ports(gdf__dispatch *work, gdf_str word, gdf__table *ports)
{
    gdf_str error = gdf__port_check(word, work->arena);
    if (error.len)
        return gdf__dispatch_fail(work, error);
    size_t start = word.len;
    while (start > 0 && word.ptr[start - 1] != ':')
        start--;
    gdf_str port = gdf__str_slice(word, start, word.len);
    size_t slash = gdf__str_find(port, '/', 0);
    gdf_str protocol = gdf__str_slice(port, slash + 1, port.len);
    if (protocol.len == 0)
        protocol = GDF__LITERAL("tcp");
    uint32_t first = 0;
    uint32_t last = 0;
    gdf__port_range_parse(gdf__str_slice(port, 0, slash), &first, &last);
    for (uint32_t number = first; number <= last && gdf__dispatch_keeps_image(work); number++) {
        gdf_str text = port_text(work, number, protocol);
        gdf__dispatch_add_word(ports, text);
        gdf__name_map_add(&work->ports, text, 0);
        if (!gdf__dispatch_spend(work, text.len + sizeof text))
            return false;
    }
    return true;
}

static bool expose_words(gdf__dispatch *work, gdf__table *written, gdf__table *words,
                         gdf__table *ports)
{
    for (uint32_t i = 0; i < written->count; i++) {
        if (!split_word(work, *GDF__AT(*written, gdf_str, i), words))
            return false;
    }
    for (uint32_t i = 0; i < words->count; i++) {
        if (!add_ports(work, *GDF__AT(*words, gdf_str, i), ports))
            return false;
    }
    return true;
}

/* The builder sorts the words as they are written. */
bool gdf__dispatch_expose(gdf__dispatch *work)
{
    gdf__table written;
    gdf__table words;
    gdf__table ports;
    gdf__dispatch_init_words(work, &written);
    gdf__dispatch_init_words(work, &words);
    gdf__dispatch_init_words(work, &ports);
    gdf__dispatch_add_parts(work, &written, GDF_PART_PORT);
    gdf__table_sort(&written, compare_texts);
    if (expose_words(work, &written, &words, &ports)) {
        gdf__builder line = gdf__dispatch_begin_line(work, "EXPOSE ");
        gdf__dispatch_add_plain_words(&line, &ports);
        gdf__dispatch_commit(work, &line, false);
    }
    gdf__dispatch_free_words(work, &written);
    gdf__dispatch_free_words(work, &words);
    gdf__dispatch_free_words(work, &ports);
    return !work->stopped;
}

/* ---- HEALTHCHECK ----------------------------------------------------------------------------- */

static const uint64_t MICROSECOND = 1000;
static const uint64_t MILLISECOND = 1000000;
static const uint64_t SECOND = 1000000000;

/* `nanoseconds` in units, the fraction without zeros at its end. */
static void add_decimal(gdf__builder *line, uint64_t nanoseconds, uint64_t unit)
{
    uint64_t fraction = nanoseconds % unit;
    gdf__builder_add_number(line, nanoseconds / unit);
    if (fraction)
        gdf__builder_add_byte(line, '.');
    for (uint64_t place = unit / 10; fraction; place /= 10) {
        gdf__builder_add_byte(line, (char)('0' + fraction / place));
        fraction %= place;
    }
}

/* Go's time.Duration.String. */
static void add_duration(gdf__builder *line, uint64_t nanoseconds)
{
    uint64_t minutes = nanoseconds / SECOND / 60;
    if (nanoseconds && nanoseconds < MICROSECOND) {
        gdf__builder_add_number(line, nanoseconds);
        gdf__builder_add_text(line, "ns");
        return;
    }
    if (nanoseconds && nanoseconds < SECOND) {
        bool is_small = nanoseconds < MILLISECOND;
        add_decimal(line, nanoseconds, is_small ? MICROSECOND : MILLISECOND);
        gdf__builder_add_text(line, is_small ? "\xC2\xB5s" : "ms");
        return;
    }
    if (minutes >= 60) {
        gdf__builder_add_number(line, minutes / 60);
        gdf__builder_add_byte(line, 'h');
    }
    if (minutes) {
        gdf__builder_add_number(line, minutes % 60);
        gdf__builder_add_byte(line, 'm');
    }
    add_decimal(line, nanoseconds - minutes * 60 * SECOND, SECOND);
    gdf__builder_add_byte(line, 's');
}

static const struct {
    const char *flag;
    const char *label;
    gdf_config_field field;
} TIMES[] = {
    {"interval", " Interval:", GDF_CONFIG_HEALTHCHECK_INTERVAL},
    {"timeout", " Timeout:", GDF_CONFIG_HEALTHCHECK_TIMEOUT},
    {"start-period", " StartPeriod:", GDF_CONFIG_HEALTHCHECK_START_PERIOD},
    {"start-interval", " StartInterval:", GDF_CONFIG_HEALTHCHECK_START_INTERVAL},
};

static uint64_t read_time(gdf__dispatch *work, const char *flag)
{
    int64_t time = 0;
    gdf_str text = gdf__dispatch_flag(work->command->document, work->command->node, flag);
    if (text.len)
        gdf__duration_parse(text, &time, work->arena);
    return time > 0 ? (uint64_t)time : 0;
}

static uint64_t read_retries(const gdf__dispatch *work)
{
    int64_t retries = 0;
    gdf_str text = gdf__dispatch_flag(work->command->document, work->command->node, "retries");
    if (text.len)
        gdf__number_parse(text, 32, &retries);
    return retries > 0 ? (uint64_t)retries : 0;
}

static bool read_test(gdf__dispatch *work, gdf__table *test)
{
    gdf__table types;
    gdf__dispatch_init_words(work, &types);
    gdf__dispatch_add_parts(work, &types, GDF_PART_HEALTHCHECK_TYPE);
    bool is_none = types.count && gdf__utf8_upper_is(*GDF__AT(types, gdf_str, 0), "NONE");
    gdf__dispatch_free_words(work, &types);
    if (is_none) {
        gdf__dispatch_add_word(test, GDF__LITERAL("NONE"));
        return false;
    }
    bool is_exec = gdf__dispatch_is_exec_form(work);
    gdf__dispatch_add_word(test, is_exec ? GDF__LITERAL("CMD") : GDF__LITERAL("CMD-SHELL"));
    gdf__dispatch_add_parts(work, test, is_exec ? GDF_PART_EXEC_ARGUMENT : GDF_PART_COMMAND);
    return true;
}

bool gdf__dispatch_healthcheck(gdf__dispatch *work)
{
    if (!gdf__dispatch_keeps_image(work))
        return true;
    gdf__table test;
    gdf__dispatch_init_words(work, &test);
    bool has_flags = read_test(work, &test);
    gdf__dispatch_replace_list(work, GDF_CONFIG_HEALTHCHECK_TEST, &test);
    gdf__builder line = gdf__dispatch_begin_line(work, "HEALTHCHECK {Test:");
    gdf__dispatch_add_plain_words(&line, &test);
    for (size_t i = 0; i < sizeof TIMES / sizeof *TIMES; i++) {
        uint64_t time = has_flags ? read_time(work, TIMES[i].flag) : 0;
        *gdf__config_number(work->config, TIMES[i].field) = time;
        gdf__builder_add_text(&line, TIMES[i].label);
        add_duration(&line, time);
    }
    uint64_t retries = has_flags ? read_retries(work) : 0;
    *gdf__config_number(work->config, GDF_CONFIG_HEALTHCHECK_RETRIES) = retries;
    gdf__builder_add_text(&line, " Retries:");
    gdf__builder_add_number(&line, retries);
    gdf__builder_add_byte(&line, '}');
    gdf__dispatch_commit(work, &line, false);
    gdf__dispatch_free_words(work, &test);
    return !work->stopped;
}
