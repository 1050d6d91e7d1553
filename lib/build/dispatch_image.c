/* The image of the target while it grows, the lines of its history, and the words in them. */
#include "base/slice.h"
#include "build/dispatch.h"
#include "build/work.h"

bool gdf__dispatch_keeps_image(const gdf__dispatch *work)
{
    return gdf__dispatch_current(work)->is_image_kept;
}

/* ---- the image ------------------------------------------------------------------------------- */

void gdf__dispatch_set_text(gdf__dispatch *work, gdf_config_field field, gdf_str text)
{
    if (gdf__dispatch_keeps_image(work))
        *gdf__config_text(work->config, field) = text;
}

void gdf__dispatch_add_item(gdf__dispatch *work, gdf_config_field field, gdf_str text)
{
    if (gdf__dispatch_keeps_image(work))
        gdf__config_add(work->config, field, text);
}

void gdf__dispatch_clear_list(gdf__dispatch *work, gdf_config_field field)
{
    if (gdf__dispatch_keeps_image(work))
        gdf__config_list(work->config, field)->count = 0;
}

void gdf__dispatch_replace_list(gdf__dispatch *work, gdf_config_field field,
                                const gdf__table *words)
{
    gdf__dispatch_clear_list(work, field);
    for (uint32_t i = 0; i < words->count; i++)
        gdf__dispatch_add_item(work, field, *GDF__AT(*words, gdf_str, i));
}

void gdf__dispatch_commit(gdf__dispatch *work, gdf__builder *line, bool is_layer)
{
    if (!gdf__dispatch_keeps_image(work)) {
        gdf__builder_free(line);
        return;
    }
    gdf_str text = gdf__builder_to_arena(line, work->arena);
    bool *layer = gdf__table_add(&work->config->layers);
    if (layer)
        *layer = is_layer;
    gdf__config_add(work->config, GDF_CONFIG_HISTORY, text);
    gdf__dispatch_spend(work, text.len);
}

static gdf_str join_pair(gdf__dispatch *work, gdf_str name, gdf_str value)
{
    gdf__builder text = gdf__dispatch_text(work);
    gdf__builder_add(&text, name);
    gdf__builder_add_byte(&text, '=');
    gdf__builder_add(&text, value);
    return gdf__builder_to_arena(&text, work->arena);
}

/* The builder finds an entry by what stands before its first `=`. */
void gdf__dispatch_list_environment(gdf__dispatch *work, gdf_str name, gdf_str value)
{
    if (!gdf__dispatch_keeps_image(work))
        return;
    gdf__table *list = gdf__config_list(work->config, GDF_CONFIG_ENV);
    gdf_str text = join_pair(work, name, value);
    gdf_str key = gdf__str_slice(name, 0, gdf__str_find(name, '=', 0));
    uint32_t count = work->environment_places.entries.count;
    const gdf__name_entry *entry = gdf__name_map_add(&work->environment_places, key, list->count);
    bool is_new = work->environment_places.entries.count > count;
    if (entry && !is_new && key.len == name.len)
        *GDF__AT(*list, gdf_str, entry->value) = text;
    else
        gdf__config_add(work->config, GDF_CONFIG_ENV, text);
}

void gdf__dispatch_set_label(gdf__dispatch *work, gdf_str name, gdf_str value)
{
    if (!gdf__dispatch_keeps_image(work))
        return;
    const gdf__name_entry *entry = gdf__name_map_add(&work->labels, name, work->label_values.count);
    if (!entry)
        return;
    gdf_str *row = entry->value < work->label_values.count
                       ? GDF__AT(work->label_values, gdf_str, entry->value)
                       : gdf__table_add(&work->label_values);
    if (row)
        *row = value;
}

void gdf__dispatch_list_sorted(gdf__dispatch *work, const gdf__name_map *map,
                               gdf_config_field field)
{
    uint32_t count = gdf__name_map_failed(map) ? 0 : map->entries.count;
    for (uint32_t rank = 0; rank < count; rank++)
        gdf__config_add(work->config, field, gdf__name_map_at_rank(map, rank)->name);
}

void gdf__dispatch_finish_image(gdf__dispatch *work)
{
    gdf__dispatch_list_sorted(work, &work->ports, GDF_CONFIG_EXPOSED_PORTS);
    gdf__dispatch_list_sorted(work, &work->volumes, GDF_CONFIG_VOLUMES);
    gdf__dispatch_list_sorted(work, &work->labels, GDF_CONFIG_LABELS);
    uint32_t count = gdf__config_list(work->config, GDF_CONFIG_LABELS)->count;
    for (uint32_t rank = 0; rank < count; rank++) {
        uint32_t index = gdf__name_map_at_rank(&work->labels, rank)->value;
        gdf_str *value = gdf__table_add(&work->config->label_values);
        if (value)
            *value = index < work->label_values.count ? *GDF__AT(work->label_values, gdf_str, index)
                                                      : gdf__empty;
    }
}

/* ---- words in lines of the history ----------------------------------------------------------- */

gdf__builder gdf__dispatch_begin_line(const gdf__dispatch *work, const char *name)
{
    gdf__builder line = gdf__dispatch_text(work);
    gdf__builder_add_text(&line, name);
    return line;
}

/* Go's %v of a list of strings. */
void gdf__dispatch_add_plain_words(gdf__builder *line, const gdf__table *words)
{
    gdf__builder_add_byte(line, '[');
    for (uint32_t i = 0; i < words->count; i++) {
        if (i)
            gdf__builder_add_byte(line, ' ');
        gdf__builder_add(line, *GDF__AT(*words, gdf_str, i));
    }
    gdf__builder_add_byte(line, ']');
}

/* Go's %q of a list of strings. */
void gdf__dispatch_add_quoted_words(gdf__builder *line, const gdf__table *words)
{
    gdf__builder_add_byte(line, '[');
    for (uint32_t i = 0; i < words->count; i++) {
        if (i)
            gdf__builder_add_byte(line, ' ');
        gdf__builder_add_go_quoted(line, *GDF__AT(*words, gdf_str, i));
    }
    gdf__builder_add_byte(line, ']');
}

void gdf__dispatch_init_words(gdf__dispatch *work, gdf__table *words)
{
    gdf__table_init(words, &work->arena->allocator, sizeof(gdf_str));
}

void gdf__dispatch_add_word(gdf__table *words, gdf_str text)
{
    gdf_str *row = gdf__table_add(words);
    if (row)
        *row = text;
}

void gdf__dispatch_free_words(gdf__dispatch *work, gdf__table *words)
{
    work->arena->failed = work->arena->failed || words->failed;
    gdf__table_free(words);
}

/* The values of the parts of that kind. */
void gdf__dispatch_add_parts(gdf__dispatch *work, gdf__table *words, gdf_part_kind kind)
{
    gdf_part id = 0;
    const gdf_document *document = work->command->document;
    for (const gdf__part *part = gdf__first_part(document, work->command->node, &id); part;
         part = gdf__next_part(document, &id)) {
        if (part->kind == kind)
            gdf__dispatch_add_word(words, gdf__part_value(part));
    }
}

bool gdf__dispatch_is_exec_form(const gdf__dispatch *work)
{
    return gdf_node_get_flags(work->command->document, work->command->node) & GDF_NODE_FLAG_JSON;
}

gdf_str gdf__dispatch_part(const gdf__dispatch *work, gdf_part_kind kind)
{
    const gdf_document *document = work->command->document;
    return gdf_part_get_value(document,
                              gdf_instruction_find_part(document, work->command->node, kind, 0));
}

static void add_default_shell(gdf__dispatch *work, gdf__table *words)
{
    static const char *const UNIX[] = {"/bin/sh", "-c"};
    static const char *const WINDOWS[] = {"cmd", "/S", "/C"};
    bool is_windows = gdf__str_is(*gdf__config_text(work->config, GDF_CONFIG_OS), "windows");
    size_t count = is_windows ? sizeof WINDOWS / sizeof *WINDOWS : sizeof UNIX / sizeof *UNIX;
    for (size_t i = 0; i < count; i++)
        gdf__dispatch_add_word(words, gdf__str(is_windows ? WINDOWS[i] : UNIX[i]));
}

void gdf__dispatch_add_shell_form(gdf__dispatch *work, gdf__table *words, gdf_str command)
{
    const gdf__table *shell = gdf__config_list(work->config, GDF_CONFIG_SHELL);
    for (uint32_t i = 0; i < shell->count; i++)
        gdf__dispatch_add_word(words, *GDF__AT(*shell, gdf_str, i));
    if (shell->count == 0)
        add_default_shell(work, words);
    gdf__dispatch_add_word(words, command);
}
