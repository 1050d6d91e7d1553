/* Checks of names and values: variables that nothing sets, and secrets. */
#include "base/name_map.h"
#include "base/slice.h"
#include "build/work.h"
#include "instruction/suggestion.h"
#include "rules/builder_checks.h"
#include "syntax/heredoc_words.h"

/* ---- CHK011 UndefinedVar --------------------------------------------------------------------- */

/* Names that the builder knows without a declaration. */
static bool is_of_builder(gdf_str name)
{
    return gdf__str_is(name, "BUILDKIT_SBOM_SCAN_CONTEXT") ||
           gdf__str_is(name, "BUILDKIT_SBOM_SCAN_STAGE");
}

static bool is_undefined(const gdf__builder_walk *walk, const gdf__scope *scope,
                         const gdf__word_reference *reference)
{
    if (reference->is_set || reference->is_repeated || is_of_builder(reference->name) ||
        gdf__builder_images_sets(&walk->images, walk->image, reference->name))
        return false;
    gdf__variable variable = gdf__scope_find(scope, reference->name);
    return variable.state == GDF__VARIABLE_UNSET && !variable.is_declared;
}

/* An ARG of the stage gives the name the value of the one in front of the first FROM. */
static void declare_in_stage(gdf__builder_walk *walk, const gdf__builder_command *command,
                             gdf_str name)
{
    gdf_node from =
        gdf_stage_get_instruction(walk->build, gdf_build_find_stage(walk->build, command->node));
    gdf__fix *fix =
        gdf__fix_begin(walk->check, GDF_FIX_BUGFIX, "Declare the argument in the stage");
    gdf_str keyword = gdf__edit_keyword(&fix->edits, walk->document, "ARG");
    gdf__fix_end(walk->check,
                 gdf__edit_insert_after(&fix->edits, walk->document, from,
                                        gdf__support_text(walk->check, "%S %S", keyword, name)));
}

static void use_suggestion(gdf__builder_walk *walk, const gdf__builder_word *expanded,
                           const gdf__word_reference *reference, gdf_str suggestion)
{
    if (!(gdf_part_get_flags(walk->document, expanded->part) & GDF_PART_FLAG_EXACT))
        return;
    uint32_t start = gdf_part_get_start(walk->document, expanded->part) +
                     (uint32_t)(reference->name.ptr - expanded->text.ptr);
    gdf__edit_range range = {start, start + (uint32_t)reference->name.len};
    gdf__fix *fix =
        gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED, "Use the variable that is defined");
    gdf__fix_end(walk->check,
                 gdf__edit_replace_text(&fix->edits, walk->document, range, suggestion));
}

static void report_undefined(gdf__builder_walk *walk, const gdf__builder_command *command,
                             const gdf__scope *scope, const gdf__builder_word *expanded,
                             const gdf__word_reference *reference)
{
    gdf_str name = reference->name;
    gdf_str suggestion = gdf__builder_suggest(walk, scope, name);
    gdf__builder_report(walk, GDF__RULE_CHK011, command);
    if (suggestion.len)
        gdf__say(walk->check, "Usage of undefined variable '$%S' (did you mean $%S?)", name,
                 suggestion);
    else
        gdf__say(walk->check, "Usage of undefined variable '$%S'", name);
    gdf__builder_relate(walk, command);
    gdf__scope global = {.build = walk->build, .variables = walk->build->global_variables};
    bool is_trigger = command->is_trigger;
    if (!is_trigger && gdf__scope_find(&global, name).is_declared)
        declare_in_stage(walk, command, name);
    else if (!is_trigger && expanded->heredoc)
        gdf__builder_quote_heredoc(walk, expanded, name);
    else if (!is_trigger && gdf__builder_trusts(suggestion) && expanded->part)
        use_suggestion(walk, expanded, reference, suggestion);
    else
        gdf__note(walk->check, "nothing in the file or the base image says what it holds");
}

/* False when the builder refuses the word. */
static bool check_word(gdf__builder_walk *walk, const gdf__builder_command *command,
                       const gdf__builder_word *expanded)
{
    gdf__expansion result = gdf__scope_expand(&command->scope, expanded->text, expanded->mode,
                                              expanded->escape, walk->arena);
    for (uint32_t i = 0; i < result.references.count; i++) {
        if (is_undefined(walk, &command->scope, &result.references.items[i]))
            report_undefined(walk, command, &command->scope, expanded, &result.references.items[i]);
    }
    if (result.is_limited)
        gdf__builder_meet_limit(walk, command, gdf__word_limit_text);
    return result.error.len == 0;
}

static bool check_part(gdf__builder_walk *walk, const gdf__builder_command *command, gdf_part part)
{
    gdf__builder_word expanded = {.text = gdf_part_get_value(walk->document, part),
                                  .part = part,
                                  .escape = walk->document->escape};
    return check_word(walk, command, &expanded);
}

/* ---- words of each instruction --------------------------------------------------------------- */

static bool check_flag(gdf__builder_walk *walk, const gdf__builder_command *command,
                       const char *name)
{
    gdf_part flag = gdf_instruction_find_flag(walk->document, command->node, name, 0);
    gdf_part value = gdf_part_find(walk->document, flag, GDF_PART_FLAG_VALUE, 0);
    return !value || check_part(walk, command, value);
}

/* All parts of two kinds, in their order. */
static bool check_parts(gdf__builder_walk *walk, const gdf__builder_command *command,
                        gdf_part_kind kind, gdf_part_kind other)
{
    gdf_part id = 0;
    const gdf__part *part = gdf__first_part(walk->document, command->node, &id);
    for (; part; part = gdf__next_part(walk->document, &id)) {
        bool is_wanted = part->kind == kind || part->kind == other;
        if (is_wanted && !(part->flags & GDF_PART_FLAG_HEREDOC) && !check_part(walk, command, id))
            return false;
    }
    return true;
}

/* The heredocs of the instruction by name; the last of a name is the one that all of them get. */
static void read_heredocs(const gdf__builder_walk *walk, gdf_node node, gdf__name_map *heredocs)
{
    const gdf_document *document = walk->document;
    gdf_node top = node;
    if (gdf_node_get_kind(document, gdf_node_get_parent(document, node)) == GDF_NODE_INSTRUCTION)
        top = gdf_node_get_parent(document, node);
    gdf_node end = gdf__document_node(document, top)->next;
    for (gdf_node child = top + 1; child < end; child++) {
        const gdf__node *row = gdf__document_node(document, child);
        if (row->kind != GDF_NODE_HEREDOC)
            continue;
        gdf__name_entry *entry = gdf__name_map_add(
            heredocs, GDF__AT(document->heredocs, gdf__heredoc, row->detail)->name, child);
        if (entry)
            entry->value = child;
    }
}

static bool check_heredoc(gdf__builder_walk *walk, const gdf__builder_command *command,
                          const gdf__name_map *heredocs, gdf_part source)
{
    gdf__heredoc_word heredoc;
    gdf_str text = gdf_part_get_value(walk->document, source);
    if (!gdf__heredoc_word_read(&heredoc, text, walk->arena) || !heredoc.expand)
        return true;
    const gdf__name_entry *entry = gdf__name_map_find(heredocs, heredoc.name);
    const gdf__node *row = entry ? gdf__document_node(walk->document, entry->value) : NULL;
    if (!row)
        return true;
    gdf__builder_word body = {
        .text = GDF__AT(walk->document->heredocs, gdf__heredoc, row->detail)->body,
        .heredoc = source,
        .mode = GDF__WORD_SKIP_QUOTES,
        .escape = '\\'};
    gdf__builder_judge_heredoc(walk, command, &body);
    return check_word(walk, command, &body);
}

static bool check_heredocs(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf__name_map heredocs;
    bool accepted = true;
    gdf_part id = 0;
    gdf__name_map_init(&heredocs, &walk->arena->allocator);
    read_heredocs(walk, command->node, &heredocs);
    const gdf__part *part = gdf__first_part(walk->document, command->node, &id);
    for (; part && accepted; part = gdf__next_part(walk->document, &id)) {
        if (part->kind == GDF_PART_SOURCE && part->flags & GDF_PART_FLAG_HEREDOC)
            accepted = check_heredoc(walk, command, &heredocs, id);
    }
    walk->arena->failed = walk->arena->failed || gdf__name_map_failed(&heredocs);
    gdf__name_map_free(&heredocs);
    return accepted;
}

static bool check_copy(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    bool is_add = command->kind == GDF_INSTRUCTION_ADD;
    return check_flag(walk, command, "chown") && check_flag(walk, command, "chmod") &&
           (!is_add || check_flag(walk, command, "checksum")) &&
           check_parts(walk, command, GDF_PART_SOURCE, GDF_PART_DESTINATION) &&
           check_heredocs(walk, command);
}

/* Values of --mount, up to the one that the builder ends at. */
static bool check_mounts(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf_part id = 0;
    bool is_mount = false;
    const gdf__part *part = gdf__first_part(walk->document, command->node, &id);
    for (; part && walk->mount_values; part = gdf__next_part(walk->document, &id)) {
        if (part->kind == GDF_PART_FLAG_NAME)
            is_mount = gdf__str_is(gdf__part_value(part), "mount");
        if (part->kind != GDF_PART_OPTION_VALUE || !is_mount)
            continue;
        walk->mount_values--;
        if (!check_part(walk, command, id))
            return false;
    }
    return true;
}

/* What follows the keyword and the flags, as one word. */
static bool check_argument(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf_node node = gdf__next_argument(walk->document, command->node, 0);
    gdf__builder_word whole = {.text = gdf_node_get_value(walk->document, node),
                               .escape = walk->document->escape};
    uint32_t count = gdf_instruction_count_parts(walk->document, command->node);
    gdf_part first = count ? gdf_instruction_get_part(walk->document, command->node, 0) : 0;
    for (gdf_part part = first; part < first + count && !whole.part; part++) {
        gdf_str value = gdf_part_get_value(walk->document, part);
        if (gdf_part_get_kind(walk->document, part) != GDF_PART_KEYWORD &&
            gdf__str_equal(value, whole.text))
            whole.part = part;
    }
    if (whole.part)
        whole.text = gdf_part_get_value(walk->document, whole.part);
    return !node || check_word(walk, command, &whole);
}

bool gdf__builder_check_words(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    switch (command->kind) {
    case GDF_INSTRUCTION_ADD:
    case GDF_INSTRUCTION_COPY: return check_copy(walk, command);
    case GDF_INSTRUCTION_ENV:
    case GDF_INSTRUCTION_LABEL: return check_parts(walk, command, GDF_PART_KEY, GDF_PART_VALUE);
    case GDF_INSTRUCTION_RUN: return check_mounts(walk, command);
    case GDF_INSTRUCTION_VOLUME: return check_parts(walk, command, GDF_PART_PATH, GDF_PART_PATH);
    case GDF_INSTRUCTION_STOPSIGNAL:
    case GDF_INSTRUCTION_USER:
    case GDF_INSTRUCTION_WORKDIR: return check_argument(walk, command);
    default: return true;
    }
}

/* ---- CHK016 SecretsUsedInArgOrEnv ------------------------------------------------------------ */

static void check_secret(gdf__builder_walk *walk, const gdf__builder_command *command,
                         const char *instruction, gdf_part key, gdf_str name)
{
    if (!gdf__builder_is_secret(name))
        return;
    gdf__builder_report(walk, GDF__RULE_CHK016, command);
    gdf__say(walk->check, "Do not use ARG or ENV instructions for sensitive data (%s %q)",
             instruction, name);
    gdf__builder_relate(walk, command);
    if (!command->is_trigger)
        gdf__builder_move_secret(walk, command, key);
}

void gdf__builder_check_env(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf_part id = 0;
    const gdf__part *part = gdf__first_part(walk->document, command->node, &id);
    for (; part; part = gdf__next_part(walk->document, &id)) {
        if (part->kind != GDF_PART_KEY)
            continue;
        gdf__expansion name = gdf__scope_expand(&command->scope, gdf__part_value(part), 0,
                                                walk->document->escape, walk->arena);
        check_secret(walk, command, "ENV", id, name.text);
    }
}

/* ---- ARG ------------------------------------------------------------------------------------- */

/* A pair sees those in front of it: what they declare is put out of sight. */
static bool check_default(gdf__builder_walk *walk, const gdf__builder_command *command,
                          const gdf__name_map *declared, gdf_part part)
{
    gdf__builder_word value = {.text = gdf_part_get_value(walk->document, part),
                               .part = part,
                               .escape = walk->document->escape};
    gdf__scope scope =
        command->is_trigger ? command->scope : gdf__scope_before_part(walk->build, part);
    gdf__expansion result = gdf__scope_expand(&scope, value.text, 0, value.escape, walk->arena);
    for (uint32_t i = 0; i < result.references.count; i++) {
        const gdf__word_reference *reference = &result.references.items[i];
        if (is_undefined(walk, &scope, reference) && !gdf__name_map_find(declared, reference->name))
            report_undefined(walk, command, &scope, &value, reference);
    }
    return result.error.len == 0;
}

void gdf__builder_check_arg(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf__name_map declared;
    gdf_str name = gdf__empty;
    bool accepted = true;
    gdf_part id = 0;
    gdf__name_map_init(&declared, &walk->arena->allocator);
    const gdf__part *part = gdf__first_part(walk->document, command->node, &id);
    for (; part && accepted; part = gdf__next_part(walk->document, &id)) {
        if (part->kind == GDF_PART_KEY) {
            if (name.len)
                gdf__name_map_add(&declared, name, 0);
            name = gdf__part_value(part);
            check_secret(walk, command, "ARG", id, name);
        } else if (part->kind == GDF_PART_VALUE && !gdf__find_build_argument(walk->build, name)) {
            accepted = check_default(walk, command, &declared, id);
        }
    }
    walk->arena->failed = walk->arena->failed || gdf__name_map_failed(&declared);
    gdf__name_map_free(&declared);
}
