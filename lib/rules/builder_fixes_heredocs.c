/* The fix of CHK011 for scripts in heredocs: quotes around the delimiter. */
#include "base/ascii.h"
#include "base/slice.h"
#include "build/work.h"
#include "rules/builder_checks.h"
#include "syntax/heredoc_words.h"

static bool is_set(const gdf__builder_walk *walk, const gdf__word_reference *reference)
{
    return reference->is_set ||
           gdf__builder_images_sets(&walk->images, walk->image, reference->name);
}

/* True for a backslash in front of `$` or another one: it is there for the builder. */
static bool escapes(gdf_str body)
{
    return gdf__str_contains(body, "\\$") || gdf__str_contains(body, "\\\\");
}

/* True when no variable is set, and nothing is escaped for the builder. */
static bool is_of_shell(gdf__builder_walk *walk, const gdf__builder_command *command, gdf_str body,
                        bool is_script)
{
    gdf__word_rules rules = {.mode = GDF__WORD_SKIP_QUOTES | GDF__WORD_SKIP_UNSET, .escape = '\\'};
    gdf__word_expansion raw = gdf__word_expand(&rules, body, walk->arena);
    gdf__expansion expansion =
        gdf__scope_expand(&command->scope, body, GDF__WORD_SKIP_QUOTES, '\\', walk->arena);
    for (uint32_t i = 0; i < expansion.references.count; i++) {
        if (is_set(walk, &expansion.references.items[i]))
            return false;
    }
    return raw.status == GDF__WORD_OK &&
           (gdf__str_equal(raw.text, body) || (is_script && !escapes(body)));
}

void gdf__builder_judge_heredoc(gdf__builder_walk *walk, const gdf__builder_command *command,
                                gdf__builder_word *body)
{
    gdf_part to = gdf_instruction_find_part(walk->document, command->node, GDF_PART_DESTINATION, 0);
    if (!gdf__str_has_byte(body->text, '$'))
        return;
    body->is_script = gdf__str_starts(gdf__str_trim(body->text), "#!") ||
                      gdf__str_ends(gdf_part_get_value(walk->document, to), ".sh");
    body->is_of_shell = is_of_shell(walk, command, body->text, body->is_script);
}

/* `$1`, `$@`: nothing but a shell has them. */
static bool is_parameter(gdf_str name)
{
    return name.len == 1 && !gdf__ascii_is_alpha(name.ptr[0]) && name.ptr[0] != '_';
}

void gdf__builder_quote_heredoc(gdf__builder_walk *walk, const gdf__builder_word *word,
                                gdf_str name)
{
    gdf__heredoc_word heredoc;
    gdf_str text = gdf_part_get_value(walk->document, word->heredoc);
    bool is_plain =
        gdf__heredoc_word_read(&heredoc, text, walk->arena) && text.len > heredoc.name.len &&
        gdf__str_equal(gdf__str_slice(text, text.len - heredoc.name.len, text.len), heredoc.name) &&
        gdf_part_get_flags(walk->document, word->heredoc) & GDF_PART_FLAG_EXACT;
    bool is_meant = is_parameter(name) || word->is_script;
    if (!is_plain || !is_meant || !word->is_of_shell) {
        gdf__note(walk->check,
                  "the builder expands the text: quote the delimiter (<<\"EOF\") when "
                  "nothing in it is for the builder, else write \\$%S",
                  name);
        return;
    }
    uint32_t end = gdf_part_get_end(walk->document, word->heredoc);
    gdf__edit_range range = {end - (uint32_t)heredoc.name.len, end};
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED,
                                   "Quote the delimiter: the text is left as it is");
    gdf__fix_end(walk->check,
                 gdf__edit_replace_text(&fix->edits, walk->document, range,
                                        gdf__support_text(walk->check, "\"%S\"", heredoc.name)));
}
