#include "settings.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "context.h"
#include "files.h"
#include "nearest.h"

gdf_rule find_rule(const char *command, const char *name)
{
    gdf_rule rule = gdf_rule_find(name, strlen(name));
    if (rule)
        return rule;
    nearest search = {.word = name};
    for (gdf_rule other = 1; other <= gdf_rule_count(); other++) {
        nearest_try(&search, gdf_rule_get_code(other));
        nearest_try(&search, gdf_rule_get_name(other));
    }
    fail_usage(command, "there is no rule '%s'%s", name, nearest_question(&search));
    return 0;
}

static int set_text(const struct settings *settings, gdf_option option, const char *value)
{
    gdf_status status = gdf_options_set_text(settings->options, option, value, strlen(value));
    return status == GDF_OK ? STATUS_DONE : fail_memory();
}

static int set_size_limit(struct settings *settings, const struct arguments *arguments,
                          const char *value)
{
    char *end = NULL;
    errno = 0;
    unsigned long long size = strtoull(value, &end, 10);
    bool is_number = value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0;
    if (is_number &&
        gdf_options_set_number(settings->options, GDF_OPTION_MAX_DOCUMENT_SIZE, size) == GDF_OK)
        return STATUS_DONE;
    return fail_usage(arguments->command_name, "--max-document-size: '%s' is no possible size",
                      value);
}

static int set_build_argument(struct settings *settings, const struct arguments *arguments,
                              const char *value)
{
    const char *equals = strchr(value, '=');
    if (!equals || equals == value)
        return fail_usage(arguments->command_name, "--build-arg: '%s' is not NAME=VALUE", value);
    return set_text(settings, GDF_OPTION_BUILD_ARG, value);
}

/* Takes the image's name, `len` bytes in front of the file's. */
static int add_image(struct settings *settings, const char *value, size_t len)
{
    const char *path = value + len + 1;
    size_t content_len = 0;
    char *content = file_read(path, &content_len);
    if (!content)
        return fail_file("read", path);
    gdf_status status =
        gdf_options_add_image_config(settings->options, value, len, content, content_len);
    free(content);
    if (status == GDF_ERROR_ARGUMENT)
        return fail("%s is neither an OCI image config nor what `docker image inspect` prints of "
                    "one image",
                    path);
    return status == GDF_OK ? STATUS_DONE : fail_memory();
}

static int set_image_config(struct settings *settings, const struct arguments *arguments,
                            const char *value)
{
    size_t len = strcspn(value, "=");
    if (len == 0 || value[len] == '\0' || value[len + 1] == '\0')
        return fail_usage(arguments->command_name, "--image-config: '%s' is not IMAGE=FILE", value);
    return add_image(settings, value, len);
}

/* A rule of the command line is applied whatever the profile says; a check applies no other. */
static int use_rule(struct settings *settings, const struct arguments *arguments, const char *value)
{
    gdf_rule rule = find_rule(arguments->command_name, value);
    if (!rule)
        return STATUS_ERROR;
    gdf_ruleset_enable(settings->ruleset, rule, 1);
    return arguments->command == COMMAND_FIX ? set_text(settings, GDF_OPTION_FIX_RULE, value)
                                             : STATUS_DONE;
}

static int apply_option(struct settings *settings, const struct arguments *arguments,
                        given_option given)
{
    switch (given.option) {
    case OPTION_BUILD_ARG: return set_build_argument(settings, arguments, given.value);
    case OPTION_IMAGE_CONFIG: return set_image_config(settings, arguments, given.value);
    case OPTION_MAX_DOCUMENT_SIZE: return set_size_limit(settings, arguments, given.value);
    case OPTION_PLATFORM: return set_text(settings, GDF_OPTION_PLATFORM, given.value);
    case OPTION_RULE: return use_rule(settings, arguments, given.value);
    case OPTION_TARGET: return set_text(settings, GDF_OPTION_TARGET, given.value);
    default: return STATUS_DONE;
    }
}

static void choose_rules(struct settings *settings, const struct arguments *arguments)
{
    const char *profile = arguments_get(arguments, OPTION_PROFILE);
    if (!profile && arguments_choice(arguments, OPTION_FORMAT) == GDF_REPORT_BUILDKIT)
        profile = "buildkit";
    if (profile)
        gdf_ruleset_use_profile(settings->ruleset, profile, strlen(profile));
    if (arguments->command != COMMAND_CHECK || !arguments_has(arguments, OPTION_RULE))
        return;
    for (gdf_rule rule = 1; rule <= gdf_rule_count(); rule++)
        gdf_ruleset_enable(settings->ruleset, rule, 0);
}

/* NULL for none. */
static const char *context_of(const struct arguments *arguments)
{
    if (arguments->command != COMMAND_SOURCES)
        return arguments_get(arguments, OPTION_CONTEXT);
    const char *given = arguments_get(arguments, OPTION_SOURCE_CONTEXT);
    return given ? given : ".";
}

int settings_make(struct settings *settings, const struct arguments *arguments)
{
    *settings = (struct settings){.options = gdf_options_create(NULL)};
    settings->ruleset = gdf_ruleset_create(settings->options);
    if (!settings->options || !settings->ruleset)
        return fail_memory();
    choose_rules(settings, arguments);
    int status = STATUS_DONE;
    for (size_t i = 0; i < arguments->option_count && status == STATUS_DONE; i++)
        status = apply_option(settings, arguments, arguments->options[i]);
    const char *context = context_of(arguments);
    if (status == STATUS_DONE && context)
        status = context_read(settings, context);
    return status;
}

void settings_free(struct settings *settings)
{
    free(settings->context_root);
    gdf_project_free(settings->project);
    gdf_ruleset_free(settings->ruleset);
    gdf_options_free(settings->options);
}

gdf_document *settings_parse(const struct settings *settings, const char *name)
{
    size_t len = 0;
    char *bytes = file_read(name, &len);
    if (!bytes) {
        fail_file("read", name);
        return NULL;
    }
    gdf_document *document = NULL;
    int status = set_text(settings, GDF_OPTION_FILE_NAME, name);
    if (status == STATUS_DONE)
        status = context_place(settings, name);
    if (status == STATUS_DONE) {
        document = gdf_document_parse(bytes, len, settings->options);
        if (!document)
            fail_memory();
    }
    free(bytes);
    return document;
}

int settings_check_size(const struct settings *settings, const gdf_document *document,
                        const char *name)
{
    uint64_t most = gdf_options_get_number(settings->options, GDF_OPTION_MAX_DOCUMENT_SIZE);
    if (gdf_document_get_text(document).len <= most)
        return STATUS_DONE;
    gdf_str message = gdf_document_get_problem_message(document, 0);
    return fail("%s: %.*s", name, (int)message.len, message.ptr);
}

int work_on_document(const struct arguments *arguments, document_work *work)
{
    if (arguments->path_count != 1)
        return fail_usage(arguments->command_name, "one PATH is needed: a file, or -");
    struct settings settings;
    int status = settings_make(&settings, arguments);
    if (status == STATUS_DONE) {
        const char *name = arguments->paths[0];
        gdf_document *document = settings_parse(&settings, name);
        status = document ? STATUS_DONE : STATUS_ERROR;
        if (document && arguments->command != COMMAND_DUMP)
            status = settings_check_size(&settings, document, name);
        if (status == STATUS_DONE)
            status = work(&settings, arguments, document);
        gdf_document_free(document);
    }
    settings_free(&settings);
    return status;
}
