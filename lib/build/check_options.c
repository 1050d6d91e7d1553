#include "build/check_options.h"

#include "base/builder.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "build/work.h"
#include "instruction/values.h"
#include "syntax/directives.h"

/* Parts that the options are split into; further semicolons belong to the last one. */
enum { MAX_OPTIONS = 3 };

static bool refuse(gdf__builder *message, gdf_str text)
{
    gdf__builder_add_text(message, "invalid check option ");
    gdf__builder_add_go_quoted(message, text);
    return false;
}

/* `key=value`; false, and the reason behind what `message` holds, when it is no good. */
static bool check_option(gdf__builder *message, gdf_str option)
{
    size_t equals = gdf__str_find(option, '=', 0);
    gdf_str key = gdf__utf8_trim(gdf__str_slice(option, 0, equals));
    gdf_str value = gdf__utf8_trim(gdf__str_slice(option, equals + 1, option.len));
    bool flag = false;
    if (equals == option.len)
        return refuse(message, option);
    if (gdf__str_is(key, "skip") || gdf__str_is(key, "experimental"))
        return true;
    if (!gdf__str_is(key, "error"))
        return refuse(message, key);
    if (gdf__boolean_parse(value, &flag))
        return true;
    gdf__builder_add_text(message, "failed to parse check option ");
    gdf__builder_add_go_quoted(message, option);
    gdf__builder_add_text(message, ": strconv.ParseBool: parsing ");
    gdf__builder_add_go_quoted(message, value);
    gdf__builder_add_text(message, ": invalid syntax");
    return false;
}

static gdf_str check_options(gdf_str text, const char *prefix, gdf__arena *arena)
{
    text = gdf__utf8_trim(text);
    gdf__builder message;
    gdf__builder_init(&message, &arena->allocator);
    gdf__builder_add_text(&message, prefix);
    bool is_good = true;
    size_t at = 0;
    for (int i = 1; text.len && at <= text.len && i <= MAX_OPTIONS && is_good; i++) {
        size_t end = i < MAX_OPTIONS ? gdf__str_find(text, ';', at) : text.len;
        is_good = check_option(&message, gdf__str_slice(text, at, end));
        at = end + 1;
    }
    gdf_str error = gdf__builder_to_arena(&message, arena);
    return is_good ? gdf__empty : error;
}

static const gdf_str *find_argument(const gdf_build *build)
{
    return gdf__find_build_argument(build, GDF__LITERAL("BUILDKIT_DOCKERFILE_CHECK"));
}

gdf_str gdf__check_argument_error(const gdf_build *build, gdf__arena *arena)
{
    const gdf_str *argument = find_argument(build);
    return argument ? check_options(*argument,
                                    "failed to parse build-arg:BUILDKIT_DOCKERFILE_CHECK: ", arena)
                    : gdf__empty;
}

gdf_str gdf__check_directive_error(const gdf_build *build, gdf__arena *arena)
{
    gdf__directive directive = gdf__directive_find(build->document, "check");
    return directive.found && !find_argument(build)
               ? check_options(directive.command, "failed to parse check options: ", arena)
               : gdf__empty;
}
