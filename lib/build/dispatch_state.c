/* Runs the instructions of the states, all but COPY, ADD and RUN. */
#include "base/path.h"
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/work.h"
#include "instruction/values.h"

static const gdf_str DEFAULT_PATH = {"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                                     60};

/* ---- variables ------------------------------------------------------------------------------- */

/* Values for the builder's own use: they never are variables. */
static bool is_for_builder(gdf_str name)
{
    return gdf__str_is(name, "BUILDKIT_SBOM_SCAN_CONTEXT") ||
           gdf__str_is(name, "BUILDKIT_SBOM_SCAN_STAGE");
}

static void list_argument(gdf__dispatch *work, gdf_str name, gdf_str value)
{
    if (!gdf__dispatch_keeps_image(work))
        return;
    const gdf__name_entry *entry =
        gdf__name_map_add(&work->argument_places, name, work->arguments.count);
    if (!entry)
        return;
    gdf__argument *row = entry->value < work->arguments.count
                             ? GDF__AT(work->arguments, gdf__argument, entry->value)
                             : gdf__table_add(&work->arguments);
    if (row)
        *row = (gdf__argument){name, value};
}

static void add_to_line(const gdf__dispatch *work, gdf__builder *line, gdf_str name,
                        const gdf_str *value)
{
    if (!gdf__dispatch_keeps_image(work))
        return;
    gdf__builder_add_byte(line, ' ');
    gdf__builder_add(line, name);
    if (value) {
        gdf__builder_add_byte(line, '=');
        gdf__builder_add(line, *value);
    }
}

static bool run_pair(gdf__dispatch *work, const gdf__pair *pair, gdf__builder *line)
{
    gdf_str value = gdf__empty;
    const gdf_str *given = gdf__find_build_argument(work->build, pair->key);
    bool is_set = given || pair->has_value || gdf__dispatch_find_global(work, pair->key, &value);
    if (given)
        value = *given;
    else if (pair->has_value && !gdf__dispatch_expand(work, pair->value, &value))
        return false;
    if (is_set && !is_for_builder(pair->key))
        gdf__dispatch_set_variable(work, pair->key, value, false);
    list_argument(work, pair->key, value);
    add_to_line(work, line, pair->key, is_set ? &value : NULL);
    return true;
}

static bool run_arg(gdf__dispatch *work)
{
    gdf__builder line = gdf__dispatch_begin_line(work, "ARG");
    gdf__pairs pairs = gdf__pairs_of(work->command->document, work->command->node);
    gdf__pair pair;
    while (gdf__pairs_next(&pairs, &pair) && run_pair(work, &pair, &line))
        continue;
    gdf__dispatch_commit(work, &line, false);
    return !work->stopped;
}

static bool expand_pair(gdf__dispatch *work, uint32_t environment, gdf__pair *pair)
{
    uint32_t now = work->environment;
    work->environment = environment;
    bool is_good = gdf__dispatch_expand(work, pair->key, &pair->key) &&
                   gdf__dispatch_expand(work, pair->value, &pair->value);
    work->environment = now;
    return is_good;
}

static void set_environment(gdf__dispatch *work, const gdf__pair *pair)
{
    gdf__dispatch_set_variable(work, pair->key, pair->value, true);
    gdf__dispatch_list_environment(work, pair->key, pair->value);
}

static void set_label(gdf__dispatch *work, const gdf__pair *pair)
{
    gdf__dispatch_set_label(work, pair->key, pair->value);
}

/* All pairs see the variables in front of the instruction. */
static bool run_pairs(gdf__dispatch *work, const char *name,
                      void (*set)(gdf__dispatch *work, const gdf__pair *pair))
{
    uint32_t before = work->environment;
    gdf__builder line = gdf__dispatch_begin_line(work, name);
    gdf__pairs pairs = gdf__pairs_of(work->command->document, work->command->node);
    gdf__pair pair;
    while (gdf__pairs_next(&pairs, &pair) && expand_pair(work, before, &pair)) {
        set(work, &pair);
        add_to_line(work, &line, pair.key, &pair.value);
    }
    gdf__dispatch_commit(work, &line, false);
    return !work->stopped;
}

static bool run_env(gdf__dispatch *work)
{
    return run_pairs(work, "ENV", set_environment);
}

static bool run_label(gdf__dispatch *work)
{
    return run_pairs(work, "LABEL", set_label);
}

/* ---- one text -------------------------------------------------------------------------------- */

static bool expand_argument(gdf__dispatch *work, gdf_str *text)
{
    const gdf_document *document = work->command->document;
    gdf_node argument = gdf__next_argument(document, work->command->node, 0);
    return gdf__dispatch_expand(work, gdf_node_get_value(document, argument), text);
}

static void commit_text(gdf__dispatch *work, const char *name, gdf_str text, bool is_layer)
{
    if (!gdf__dispatch_keeps_image(work))
        return;
    gdf__builder line = gdf__dispatch_begin_line(work, name);
    gdf__builder_add_byte(&line, ' ');
    gdf__builder_add(&line, text);
    gdf__dispatch_commit(work, &line, is_layer);
}

static bool run_user(gdf__dispatch *work)
{
    gdf_str user;
    if (!expand_argument(work, &user))
        return false;
    gdf__dispatch_set_text(work, GDF_CONFIG_USER, user);
    commit_text(work, "USER", user, false);
    return true;
}

static bool run_stop_signal(gdf__dispatch *work)
{
    gdf_str name;
    if (!expand_argument(work, &name))
        return false;
    if (!gdf__signal_is_valid(name)) {
        gdf__builder message = gdf__dispatch_begin_line(work, "invalid signal: ");
        gdf__builder_add(&message, name);
        return gdf__dispatch_fail_with(work, &message);
    }
    gdf__dispatch_set_text(work, GDF_CONFIG_STOP_SIGNAL, name);
    commit_text(work, "STOPSIGNAL", name, false);
    return true;
}

static bool run_maintainer(gdf__dispatch *work)
{
    gdf_str author = gdf__dispatch_part(work, GDF_PART_AUTHOR);
    gdf__dispatch_set_text(work, GDF_CONFIG_AUTHOR, author);
    commit_text(work, "MAINTAINER", author, false);
    return true;
}

/* Slashes one way, and no drive. */
static gdf_str unix_path(gdf__dispatch *work, gdf_str path)
{
    gdf__builder text = gdf__dispatch_text(work);
    size_t drive = path.len > 1 && path.ptr[1] == ':' ? 2 : 0;
    for (size_t i = drive; i < path.len; i++)
        gdf__builder_add_byte(&text, path.ptr[i] == '\\' ? '/' : path.ptr[i]);
    return gdf__builder_to_arena(&text, work->arena);
}

static gdf_str windows_path(gdf__dispatch *work, gdf_str path)
{
    gdf__builder text = gdf__dispatch_text(work);
    for (size_t i = 0; i < path.len; i++)
        gdf__builder_add_byte(&text, path.ptr[i] == '/' ? '\\' : path.ptr[i]);
    return gdf__builder_to_arena(&text, work->arena);
}

void gdf__dispatch_enter_directory(gdf__dispatch *work, gdf_str path)
{
    gdf__dispatch_state *state = gdf__dispatch_current(work);
    if (state->is_windows)
        path = unix_path(work, path);
    gdf_str parent = state->workdir.len ? state->workdir : GDF__LITERAL("/");
    if (!gdf__path_is_absolute(parent))
        parent = gdf__path_join(GDF__LITERAL("/"), parent, work->arena);
    state->workdir = gdf__workdir_join(parent, path, work->arena);
    gdf__dispatch_spend(work, state->workdir.len);
    gdf__dispatch_set_text(work, GDF_CONFIG_WORKING_DIR,
                           state->is_windows ? windows_path(work, state->workdir) : state->workdir);
}

static bool run_workdir(gdf__dispatch *work)
{
    gdf_str path;
    if (!expand_argument(work, &path))
        return false;
    gdf__dispatch_enter_directory(work, path);
    gdf_str directory = gdf__dispatch_current(work)->workdir;
    commit_text(work, "WORKDIR", directory, !gdf__str_is(directory, "/"));
    return !work->stopped;
}

/* ---- lists of words -------------------------------------------------------------------------- */

static void set_command_line(gdf__dispatch *work, gdf_config_field field, const char *name)
{
    if (!gdf__dispatch_keeps_image(work))
        return;
    gdf__table words;
    gdf__dispatch_init_words(work, &words);
    if (gdf__dispatch_is_exec_form(work))
        gdf__dispatch_add_parts(work, &words, GDF_PART_EXEC_ARGUMENT);
    else
        gdf__dispatch_add_shell_form(work, &words, gdf__dispatch_part(work, GDF_PART_COMMAND));
    gdf__dispatch_replace_list(work, field, &words);
    gdf__builder line = gdf__dispatch_begin_line(work, name);
    gdf__dispatch_add_quoted_words(&line, &words);
    gdf__dispatch_commit(work, &line, false);
    gdf__dispatch_free_words(work, &words);
}

static bool run_cmd(gdf__dispatch *work)
{
    work->sets_command = true;
    set_command_line(work, GDF_CONFIG_CMD, "CMD ");
    if (gdf__dispatch_keeps_image(work))
        *gdf__config_number(work->config, GDF_CONFIG_ARGS_ESCAPED) = 1;
    return !work->stopped;
}

static bool run_entrypoint(gdf__dispatch *work)
{
    set_command_line(work, GDF_CONFIG_ENTRYPOINT, "ENTRYPOINT ");
    if (!work->sets_command)
        gdf__dispatch_clear_list(work, GDF_CONFIG_CMD);
    return !work->stopped;
}

static bool run_shell(gdf__dispatch *work)
{
    gdf__table words;
    gdf__dispatch_init_words(work, &words);
    gdf__dispatch_add_parts(work, &words, GDF_PART_EXEC_ARGUMENT);
    gdf__dispatch_replace_list(work, GDF_CONFIG_SHELL, &words);
    gdf__builder line = gdf__dispatch_begin_line(work, "SHELL ");
    gdf__dispatch_add_plain_words(&line, &words);
    gdf__dispatch_commit(work, &line, false);
    gdf__dispatch_free_words(work, &words);
    return !work->stopped;
}

static bool run_onbuild(gdf__dispatch *work)
{
    gdf__dispatch_add_item(
        work, GDF_CONFIG_ON_BUILD,
        gdf__dispatch_trigger_text(work, work->command->document, work->command->node));
    return true;
}

static bool expand_words(gdf__dispatch *work, gdf__table *words)
{
    for (uint32_t i = 0; i < words->count; i++) {
        gdf_str *word = GDF__AT(*words, gdf_str, i);
        if (!gdf__dispatch_expand(work, *word, word))
            return false;
    }
    return true;
}

static bool add_volumes(gdf__dispatch *work, const gdf__table *words)
{
    for (uint32_t i = 0; i < words->count; i++) {
        gdf_str path = *GDF__AT(*words, gdf_str, i);
        if (path.len == 0)
            return gdf__dispatch_fail(work,
                                      GDF__LITERAL("VOLUME specified can not be an empty string"));
        if (gdf__dispatch_keeps_image(work))
            gdf__name_map_add(&work->volumes, path, 0);
    }
    return true;
}

static bool run_volume(gdf__dispatch *work)
{
    gdf__table words;
    gdf__dispatch_init_words(work, &words);
    gdf__dispatch_add_parts(work, &words, GDF_PART_PATH);
    if (expand_words(work, &words) && add_volumes(work, &words)) {
        gdf__builder line = gdf__dispatch_begin_line(work, "VOLUME ");
        gdf__dispatch_add_plain_words(&line, &words);
        gdf__dispatch_commit(work, &line, false);
    }
    gdf__dispatch_free_words(work, &words);
    return !work->stopped;
}

/* ---- running --------------------------------------------------------------------------------- */

static bool (*const RUN[])(gdf__dispatch *work) = {
    [GDF_INSTRUCTION_ADD] = gdf__dispatch_copy,
    [GDF_INSTRUCTION_ARG] = run_arg,
    [GDF_INSTRUCTION_CMD] = run_cmd,
    [GDF_INSTRUCTION_COPY] = gdf__dispatch_copy,
    [GDF_INSTRUCTION_ENTRYPOINT] = run_entrypoint,
    [GDF_INSTRUCTION_ENV] = run_env,
    [GDF_INSTRUCTION_EXPOSE] = gdf__dispatch_expose,
    [GDF_INSTRUCTION_HEALTHCHECK] = gdf__dispatch_healthcheck,
    [GDF_INSTRUCTION_LABEL] = run_label,
    [GDF_INSTRUCTION_MAINTAINER] = run_maintainer,
    [GDF_INSTRUCTION_ONBUILD] = run_onbuild,
    [GDF_INSTRUCTION_RUN] = gdf__dispatch_run_command,
    [GDF_INSTRUCTION_SHELL] = run_shell,
    [GDF_INSTRUCTION_STOPSIGNAL] = run_stop_signal,
    [GDF_INSTRUCTION_USER] = run_user,
    [GDF_INSTRUCTION_VOLUME] = run_volume,
    [GDF_INSTRUCTION_WORKDIR] = run_workdir,
};

static bool run_command(gdf__dispatch *work, uint32_t index)
{
    work->command = GDF__AT(work->commands, gdf__dispatch_command, index);
    work->lines = work->command->lines;
    work->values_of_mounts = 0;
    size_t kind = (size_t)gdf_node_get_instruction(work->command->document, work->command->node);
    if (kind < sizeof RUN / sizeof *RUN && RUN[kind] && !RUN[kind](work))
        return false;
    return !work->stopped && !gdf__config_failed(work->config);
}

/* `earlier` commands of the state have run before. */
static bool run_commands(gdf__dispatch *work, uint32_t first, uint32_t count, uint32_t earlier)
{
    gdf_config *config = work->config;
    for (uint32_t i = 0; i < count; i++) {
        if (run_command(work, first + i))
            continue;
        config->error_stage = gdf__dispatch_current(work)->stage;
        config->error_command = earlier + i;
        config->error_values = work->values_of_mounts;
        return false;
    }
    return true;
}

static void keep_platform(gdf__dispatch *work, const gdf__platform *platform)
{
    gdf__dispatch_set_text(work, GDF_CONFIG_ARCHITECTURE, platform->architecture);
    gdf__dispatch_set_text(work, GDF_CONFIG_OS, platform->os);
    gdf__dispatch_set_text(work, GDF_CONFIG_OS_VERSION, platform->os_version);
    gdf__dispatch_set_text(work, GDF_CONFIG_VARIANT, platform->variant);
}

/* The builder gives every image a PATH, but for Windows. */
static void start_without_config(gdf__dispatch *work)
{
    gdf__dispatch_state *state = gdf__dispatch_current(work);
    bool is_scratch = gdf__str_is(state->base_name, "scratch");
    if (is_scratch) {
        gdf__dispatch_state target = {.stage = 0};
        gdf__platform host = state->platform;
        if (gdf__platform_parse(work->build->platform, &host, &target.platform, work->arena).len ==
            0)
            state->platform = target.platform;
        state->workdir = GDF__LITERAL("/");
    }
    work->config->is_base_known =
        work->config->is_base_known || (is_scratch && gdf__dispatch_keeps_image(work));
    keep_platform(work, &state->platform);
}

static void start_from_config(gdf__dispatch *work)
{
    gdf__dispatch_state *state = gdf__dispatch_current(work);
    const gdf__base_config *base = GDF__AT(work->bases, gdf__base_config, state->base_config - 1);
    if (!base->is_good) {
        start_without_config(work);
        return;
    }
    state->workdir = base->workdir;
    work->environment = base->environment;
    keep_platform(work, &base->platform);
    if (!state->is_image_kept)
        return;
    work->config->is_base_known = true;
    gdf__base_config_keep(work, state->base_config);
}

static void start(gdf__dispatch *work)
{
    gdf__dispatch_state *state = gdf__dispatch_current(work);
    const gdf__dispatch_state *base = gdf__dispatch_state_at(work, state->base);
    gdf_str path;
    if (base) {
        state->platform = base->platform;
        state->workdir = base->workdir;
        work->environment = base->child_environment;
        gdf__dispatch_clear_list(work, GDF_CONFIG_ON_BUILD);
    } else {
        work->environment = 0;
        if (state->base_config)
            start_from_config(work);
        else
            start_without_config(work);
    }
    state->is_windows = gdf__str_is(state->platform.os, "windows");
    if (!state->is_windows && !gdf__dispatch_find_variable(work, GDF__LITERAL("PATH"), &path)) {
        gdf__dispatch_set_variable(work, GDF__LITERAL("PATH"), DEFAULT_PATH, true);
        gdf__dispatch_list_environment(work, GDF__LITERAL("PATH"), DEFAULT_PATH);
    }
    if (state->workdir.len)
        gdf__dispatch_enter_directory(work, state->workdir);
}

static bool run_state(gdf__dispatch *work, uint32_t id)
{
    gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
    state->is_dispatched = true;
    work->state = id;
    work->lines = state->lines;
    work->sets_command = false;
    work->shadowed.count = 0;
    start(work);
    if (!run_commands(work, state->first_triggered, state->triggered_count, 0) ||
        !run_commands(work, state->first_command, state->command_count, state->triggered_count))
        return false;
    state->environment = work->environment;
    state->child_environment = gdf__dispatch_child_environment(work);
    return !work->stopped;
}

/* An explicit target platform is written into the image. */
static void set_target_platform(gdf__dispatch *work)
{
    gdf__platform target;
    gdf__platform host = {gdf__empty, gdf__empty, gdf__empty, gdf__empty};
    if (!work->build->has_platform ||
        gdf__platform_parse(work->build->platform, &host, &target, work->arena).len)
        return;
    gdf_str *os = gdf__config_text(work->config, GDF_CONFIG_OS);
    gdf_str *architecture = gdf__config_text(work->config, GDF_CONFIG_ARCHITECTURE);
    bool is_same =
        gdf__str_equal(*os, target.os) && gdf__str_equal(*architecture, target.architecture);
    *os = target.os;
    *architecture = target.architecture;
    if (target.variant.len || !is_same)
        *gdf__config_text(work->config, GDF_CONFIG_VARIANT) = target.variant;
    if (target.os_version.len || !is_same)
        *gdf__config_text(work->config, GDF_CONFIG_OS_VERSION) = target.os_version;
}

bool gdf__dispatch_run_states(gdf__dispatch *work)
{
    for (uint32_t id = 1; id <= work->states.count; id++) {
        const gdf__dispatch_state *state = gdf__dispatch_state_at(work, id);
        if (!gdf__dispatch_is_wanted(work, state) || state->is_dispatched)
            continue;
        if (!run_state(work, id))
            return false;
    }
    set_target_platform(work);
    return true;
}
