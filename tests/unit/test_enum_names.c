/* Names of the enums: each value has one, and is found by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <godockerfile.h>

#include "base/ascii.h"
#include "base/slice.h"

/* One enum: its functions, and the values that have names. */
typedef struct enum_case {
    const char *what;
    const char *(*name)(int value);
    int (*find)(const char *name, size_t len);
    int first;
    int last;
    int otherwise; /* what an unknown name gives */
} enum_case;

#define FUNCTIONS_OF(subject, type)                         \
    static const char *name_of_##subject(int value)         \
    {                                                       \
        return gdf_##subject##_name((type)value);           \
    }                                                       \
    static int find_##subject(const char *name, size_t len) \
    {                                                       \
        return (int)gdf_##subject##_find(name, len);        \
    }

FUNCTIONS_OF(instruction_kind, gdf_instruction_kind)
FUNCTIONS_OF(node_kind, gdf_node_kind)
FUNCTIONS_OF(token_kind, gdf_token_kind)
FUNCTIONS_OF(operator, gdf_operator)
FUNCTIONS_OF(edge_kind, gdf_edge_kind)
FUNCTIONS_OF(source_kind, gdf_source_kind)
FUNCTIONS_OF(expansion_mode, gdf_expansion_mode)
FUNCTIONS_OF(variable_state, gdf_variable_state)
FUNCTIONS_OF(variable_origin, gdf_variable_origin)
FUNCTIONS_OF(severity, gdf_severity)
FUNCTIONS_OF(fix_class, gdf_fix_class)

#define ENUM(subject, first, last, otherwise)                                     \
    {                                                                             \
#subject, name_of_##subject, find_##subject, (first), (last), (otherwise) \
    }

static const enum_case ENUMS[] = {
    ENUM(instruction_kind, 1, GDF_INSTRUCTION_WORKDIR, GDF_INSTRUCTION_UNKNOWN),
    ENUM(node_kind, 1, GDF_NODE_UNPARSED, GDF_NODE_NONE),
    ENUM(token_kind, 1, GDF_TOKEN_UNPARSED, GDF_TOKEN_NONE),
    ENUM(operator, 0, GDF_OPERATOR_BACKGROUND, GDF_OPERATOR_NONE),
    ENUM(edge_kind, 0, GDF_EDGE_MOUNT, GDF_EDGE_NONE),
    ENUM(source_kind, 0, GDF_SOURCE_UNKNOWN, GDF_SOURCE_NONE),
    ENUM(expansion_mode, 0, GDF_EXPANSION_REFUSED, GDF_EXPANSION_NONE),
    ENUM(variable_state, 0, GDF_VARIABLE_BASE, GDF_VARIABLE_UNSET),
    ENUM(variable_origin, 0, GDF_ORIGIN_BASE_IMAGE, GDF_ORIGIN_NONE),
    ENUM(severity, 0, GDF_SEVERITY_ERROR, GDF_SEVERITY_NONE),
    ENUM(fix_class, 0, GDF_FIX_SUGGESTED, GDF_FIX_NONE),
};
enum { ENUM_COUNT = sizeof ENUMS / sizeof *ENUMS };

static void every_value_is_found_by_its_name_in_either_case(void **state)
{
    (void)state;
    for (size_t i = 0; i < ENUM_COUNT; i++) {
        for (int value = ENUMS[i].first; value <= ENUMS[i].last; value++) {
            gdf_str name = gdf__str(ENUMS[i].name(value));
            char turned[32];
            if (name.len == 0 || name.len > sizeof turned)
                fail_msg("%s %d: no name", ENUMS[i].what, value);
            for (size_t at = 0; at < name.len; at++) {
                char c = name.ptr[at];
                turned[at] = gdf__ascii_is_lower(c) ? gdf__ascii_upper(c) : gdf__ascii_lower(c);
            }
            if (ENUMS[i].find(name.ptr, name.len) != value ||
                ENUMS[i].find(turned, name.len) != value)
                fail_msg("%s: %s is not %d", ENUMS[i].what, name.ptr, value);
        }
    }
}

static void foreign_values_and_names_have_no_partner(void **state)
{
    (void)state;
    for (size_t i = 0; i < ENUM_COUNT; i++) {
        assert_string_equal(ENUMS[i].name(ENUMS[i].last + 1), "");
        assert_string_equal(ENUMS[i].name(ENUMS[i].first - 1), "");
        assert_int_equal(ENUMS[i].find("no such name", 12), ENUMS[i].otherwise);
        assert_int_equal(ENUMS[i].find("", 0), ENUMS[i].otherwise);
        assert_int_equal(ENUMS[i].find(NULL, 4), ENUMS[i].otherwise);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_value_is_found_by_its_name_in_either_case),
        cmocka_unit_test(foreign_values_and_names_have_no_partner),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
