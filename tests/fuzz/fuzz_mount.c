/* Any value of RUN --mount or --device is fields and options that lie in it, and the builder takes
 * it or refuses it in words that it has. */
#include "base/arena.h"
#include "base/builder.h"
#include "base/slice.h"
#include "fuzz/fuzz_support.h"
#include "instruction/csv.h"
#include "support/fuzz_target.h"
#include "support/promises.h"

/* Choices, by bit. */
enum { DEVICE, ESCAPED, TWICE, WITH_STAGES, IN_TRIGGER };

/* How every refusal of such a value begins; "" stands for none. */
static const char *const REFUSALS[] = {
    "'from' doesn't support variable expansion",
    "both source and id can't be set",
    "cannot mount from stage ",
    "circular dependency detected on stage: ",
    "device feature is only supported in Dockerfile frontend 1.14.0-labs or later",
    "device name already set to ",
    "failed to parse csv devices: ",
    "failed to parse csv mounts: ",
    "failed to parse stage name ",
    "failed to process ",
    "gid not allowed for ",
    "invalid cache sharing set for ",
    "invalid field '",
    "invalid mount target \"/\"",
    "invalid secret mount. one of source, target required",
    "invalid value ",
    "mode not allowed for ",
    "secret mount should not ",
    "ssh does not support source",
    "uid not allowed for ",
    "unexpected key '",
    "unsupported mount type ",
    "unsupported sharing value ",
};

/* Where the text is no longer one flag, the builder may refuse anything else. */
static const char PARSE_ERROR[] = "dockerfile parse error on line ";

/* ---- fields ---------------------------------------------------------------------------------- */

/* Each field in quotes, its own quotes doubled. */
static void add_quoted(gdf__builder *record, gdf_str value)
{
    gdf__builder_add_byte(record, '"');
    for (size_t i = 0; i < value.len; i++)
        gdf__builder_add_repeated(record, value.ptr[i], value.ptr[i] == '"' ? 2 : 1);
    gdf__builder_add_byte(record, '"');
}

static uint32_t check_fields(gdf_str text, gdf__builder *quoted, gdf__arena *arena)
{
    gdf__csv csv;
    gdf__csv_field field;
    uint32_t count = 0;
    size_t at = 0;
    gdf__csv_init(&csv, text);
    for (; gdf__csv_next(&csv, &field); count++) {
        gdf_str value = gdf__csv_value(&csv, &field, arena);
        fuzz_demand_that(field.start == at && field.start <= field.inner_start &&
                             field.inner_start <= field.inner_end && field.inner_end <= field.end &&
                             field.end <= text.len,
                         "a field stands behind the comma of the one in front");
        fuzz_demand_that(value.len <= field.inner_end - field.inner_start,
                         "a field's value is no longer than the field");
        if (count)
            gdf__builder_add_byte(quoted, ',');
        add_quoted(quoted, value);
        at = field.end + 1;
    }
    fuzz_demand_that(csv.error ? csv.column <= text.len + 1 : at > csv.text.len,
                     "the fields reach the end of the text, or an error has a place");
    return csv.error ? 0 : count;
}

/* What is quoted reads as what it was. */
static void check_round_trip(gdf_str text, gdf__arena *arena)
{
    gdf__builder quoted;
    gdf__builder again;
    gdf__builder_init(&quoted, &gdf__default_allocator);
    gdf__builder_init(&again, &gdf__default_allocator);
    uint32_t count = check_fields(text, &quoted, arena);
    if (count) {
        uint32_t same = check_fields(gdf__builder_get(&quoted), &again, arena);
        fuzz_demand_that(same == count &&
                             gdf__str_equal(gdf__builder_get(&quoted), gdf__builder_get(&again)),
                         "quoted fields read as what they were");
    }
    gdf__builder_free(&quoted);
    gdf__builder_free(&again);
}

/* ---- options --------------------------------------------------------------------------------- */

/* `*at` goes behind the option, which stands at or behind it. */
static void check_option(const gdf_document *document, gdf_part option, uint32_t *at)
{
    gdf_part key = gdf_part_find(document, option, GDF_PART_OPTION_KEY, 0);
    gdf_part value = gdf_part_find(document, option, GDF_PART_OPTION_VALUE, 0);
    gdf_str whole = gdf_part_get_value(document, option);
    gdf_str key_text = gdf_part_get_value(document, key);
    gdf_str value_text = gdf_part_get_value(document, value);
    fuzz_demand_that(gdf__str_equal(gdf__str_slice(whole, 0, key_text.len), key_text),
                     "an option begins with its key");
    fuzz_demand_that(
        !value ||
            (whole.len == key_text.len + 1 + value_text.len && whole.ptr[key_text.len] == '=' &&
             gdf__str_equal(gdf__str_slice(whole, key_text.len + 1, whole.len), value_text)),
        "an option is key=value");
    bool is_exact = gdf_part_get_flags(document, option) & GDF_PART_FLAG_EXACT;
    fuzz_demand_that(!is_exact || gdf_part_get_start(document, option) >= *at,
                     "options are in order");
    if (is_exact)
        *at = gdf_part_get_end(document, option);
}

static uint32_t count_fields(gdf_str text)
{
    gdf__csv csv;
    gdf__csv_field field;
    uint32_t count = 0;
    gdf__csv_init(&csv, text);
    while (gdf__csv_next(&csv, &field))
        count++;
    return count;
}

static void check_flag(const gdf_document *document, gdf_part flag)
{
    gdf_part value = gdf_part_find(document, flag, GDF_PART_FLAG_VALUE, 0);
    uint32_t at = gdf_part_get_start(document, flag);
    uint32_t count = 0;
    for (gdf_part option; (option = gdf_part_find(document, flag, GDF_PART_OPTION, count)); count++)
        check_option(document, option, &at);
    fuzz_demand_that(count == count_fields(gdf_part_get_value(document, value)),
                     "each field is an option");
}

static void check_flags(const gdf_document *document, const char *name)
{
    for (gdf_node node = 1; node <= gdf_document_count_nodes(document); node++) {
        gdf_part flag = 0;
        if (gdf_node_get_instruction(document, node) != GDF_INSTRUCTION_RUN)
            continue;
        for (uint32_t i = 0; (flag = gdf_instruction_find_flag(document, node, name, i)); i++)
            check_flag(document, flag);
    }
}

/* ---- the file -------------------------------------------------------------------------------- */

/* Every byte behind an escape character reaches the flag; other than ASCII it is one rune each. */
static void add_value(gdf__builder *file, fuzz_input input)
{
    for (size_t i = 0; i < input.text.len; i++) {
        if (fuzz_has_choice(input, ESCAPED) && input.text.ptr[i] != '\n')
            gdf__builder_add_byte(file, '\\');
        gdf__builder_add_byte(file, input.text.ptr[i]);
    }
}

static void write_file(gdf__builder *file, fuzz_input input, bool twice)
{
    const char *flag = fuzz_has_choice(input, DEVICE) ? " --device=" : " --mount=";
    if (fuzz_has_choice(input, WITH_STAGES))
        gdf__builder_add_text(file,
                              "FROM scratch AS a\nFROM scratch AS b\nARG V=/v\nENV T=cache\n");
    else
        gdf__builder_add_text(file, "FROM scratch\n");
    gdf__builder_add_text(file, fuzz_has_choice(input, IN_TRIGGER) ? "ONBUILD RUN" : "RUN");
    for (int i = 0; i <= twice; i++) {
        gdf__builder_add_text(file, flag);
        add_value(file, input);
    }
    gdf__builder_add_text(file, " x\n");
}

static bool is_known_refusal(gdf_str error)
{
    for (size_t i = 0; i < sizeof REFUSALS / sizeof *REFUSALS; i++) {
        if (gdf__str_starts(error, REFUSALS[i]))
            return true;
    }
    return error.len == 0 || gdf__str_starts(error, PARSE_ERROR);
}

/* The builder's error for the file, in the arena. */
static gdf_str check_file(fuzz_input input, bool twice, gdf__arena *arena)
{
    gdf__builder file;
    gdf__builder_init(&file, &gdf__default_allocator);
    write_file(&file, input, twice);
    gdf_str text = gdf__builder_get(&file);
    gdf_document *document = gdf_document_parse(text.ptr, text.len, NULL);
    gdf_build *build = gdf_build_create(document, NULL);
    gdf_config *config = gdf_config_create(build, NULL);
    fuzz_demand_that(config != NULL, "every text has a config");
    fuzz_demand(promises_broken_by_document(document, text));
    fuzz_demand(promises_broken_by_build(build, document));
    check_flags(document, fuzz_has_choice(input, DEVICE) ? "device" : "mount");
    gdf_str error = gdf__arena_copy(arena, gdf_config_get_error(config));
    gdf_config_free(config);
    gdf_build_free(build);
    gdf_document_free(document);
    gdf__builder_free(&file);
    return error;
}

static bool is_one_line(gdf_str text)
{
    return !gdf__str_has_byte(text, '\n');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_input input = fuzz_read(data, size);
    gdf__arena arena;
    gdf__arena_init(&arena, &gdf__default_allocator);
    check_round_trip(input.text, &arena);
    gdf_str once = check_file(input, false, &arena);
    if (fuzz_has_choice(input, ESCAPED) && is_one_line(input.text)) {
        fuzz_demand_that(is_known_refusal(once), "a refusal is one that the builder has");
        if (fuzz_has_choice(input, TWICE))
            fuzz_demand_that(gdf__str_equal(check_file(input, true, &arena), once),
                             "the same mount again changes nothing");
    }
    fuzz_demand_that(!arena.failed, "memory was there");
    gdf__arena_free(&arena);
    return 0;
}
