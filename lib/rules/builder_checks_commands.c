/* Checks of single instructions: what they set in the image, and in which form. */
#include "base/ascii.h"
#include "base/path.h"
#include "base/slice.h"
#include "rules/builder_checks.h"
#include "rules/exec_form.h"

/* ---- CHK008 MaintainerDeprecated ------------------------------------------------------------- */

void gdf__builder_check_maintainer(gdf__builder_walk *walk, gdf_node node)
{
    gdf__check *check = walk->check;
    gdf__report_check(check, GDF__RULE_CHK008, node, node);
    gdf__say(check, "Maintainer instruction is deprecated in favor of using label");
    gdf_part author = gdf_instruction_find_part(walk->document, node, GDF_PART_AUTHOR, 0);
    gdf_str quoted = gdf__empty;
    if (!author ||
        !gdf__edit_quote_value(walk->arena, walk->document->escape,
                               gdf_part_get_value(walk->document, author), &quoted) ||
        gdf__support_has_inner_comments(check, node)) {
        gdf__note(check, "the text cannot be moved as it stands: write the label by hand");
        return;
    }
    if (!gdf__str_starts(quoted, "\""))
        quoted = gdf__support_text(check, "\"%S\"", quoted);
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE,
                                   "Write the label org.opencontainers.image.authors instead");
    gdf_str line =
        gdf__support_text(check, "%S org.opencontainers.image.authors=%S",
                          gdf__edit_keyword(&fix->edits, walk->document, "LABEL"), quoted);
    gdf__fix_end(check, gdf__edit_replace_instruction(&fix->edits, walk->document, node, line));
}

/* ---- CHK007 JSONArgsRecommended -------------------------------------------------------------- */

static void check_json(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf__check *check = walk->check;
    if (gdf_node_get_flags(walk->document, command->node) & GDF_NODE_FLAG_JSON ||
        command->state->shell || (walk->image && walk->image->has_shell))
        return;
    gdf__builder_report(walk, GDF__RULE_CHK007, command);
    gdf__say(check,
             "JSON arguments recommended for %S to prevent unintended behavior related to OS "
             "signals",
             command->keyword);
    gdf__builder_relate(walk, command);
    if (command->is_trigger)
        return;
    gdf_stage stage = gdf_build_find_stage(walk->build, command->node);
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    bool no_shell =
        gdf__build_is_scratch(walk->build, stage) || (row && row->facts.has_shell == GDF__FACT_NO);
    gdf__exec_form_fix(check, command->node, GDF_FIX_SUGGESTED, no_shell);
}

/* ---- CHK012 MultipleInstructionsDisallowed --------------------------------------------------- */

/* True when a line between the two is no instruction, such as the condition of a template: which of
 * them the builder gets to see is not known. */
static bool is_template_between(const gdf_document *document, gdf_node earlier, gdf_node later)
{
    gdf_node id = gdf__document_node(document, earlier)->next;
    for (; id && id < later; id = gdf__document_node(document, id)->next) {
        if (gdf_node_get_kind(document, id) == GDF_NODE_INSTRUCTION &&
            gdf_node_get_instruction(document, id) == GDF_INSTRUCTION_UNKNOWN)
            return true;
    }
    return false;
}

/* The lines of the text, each made a comment. */
static gdf_str commented_out(gdf__check *check, gdf_str text)
{
    gdf__builder lines;
    gdf__builder_init(&lines, &gdf__support_arena(check)->allocator);
    for (size_t at = 0; at <= text.len;) {
        size_t end = gdf__str_find(text, '\n', at);
        gdf_str line = gdf__str_slice(text, at, end);
        gdf__builder_add_text(&lines, at ? "\n# " : "# ");
        gdf__builder_add(&lines,
                         gdf__str_ends(line, "\r") ? gdf__str_slice(line, 0, line.len - 1) : line);
        at = end + 1;
    }
    return gdf__builder_to_arena(&lines, gdf__support_arena(check));
}

static void fix_single(gdf__check *check, gdf_node earlier, gdf_node later)
{
    if (is_template_between(check->document, earlier, later)) {
        gdf__note(check, "lines that are no instructions stand between the two: which of them "
                         "counts is not known");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Delete the one that has no effect");
    gdf__fix_end(check, gdf__edit_remove_block(&fix->edits, check->document, earlier));
    fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Make the one that has no effect a comment");
    gdf_str text = commented_out(check, gdf__support_source_text(check, earlier));
    gdf__fix_end(check, gdf__edit_replace_instruction(&fix->edits, check->document, earlier, text));
}

/* The warning is shown at the earlier instruction, in the words of the later one. */
static void check_single(gdf__builder_walk *walk, const gdf__builder_command *command,
                         gdf__single single)
{
    gdf__check *check = walk->check;
    gdf_node earlier = walk->last_single[single];
    walk->last_single[single] = command->place;
    if (!earlier)
        return;
    gdf__report_check(check, GDF__RULE_CHK012, earlier, command->control);
    gdf__say(check,
             "Multiple %S instructions should not be used in the same stage because only the last "
             "one will be used",
             command->keyword);
    gdf__relate(check, gdf_node_get_start(check->document, command->place),
                gdf_node_get_end(check->document, command->place), "the one that counts");
    if (command->is_trigger || gdf_node_get_instruction(walk->document, earlier) != command->kind)
        return;
    fix_single(check, earlier, command->place);
}

/* ---- CHK010 WorkdirRelativePath -------------------------------------------------------------- */

/* True for text that can only mean a path: no home directory, no drive, no placeholder. */
static bool is_plain_path(gdf_str path)
{
    if (path.len == 0 || gdf__str_has_byte(path, '"') || gdf__str_has_byte(path, '\'') ||
        gdf__str_has_byte(path, ':'))
        return false;
    char first = path.ptr[0];
    return gdf__ascii_is_word(first) || first == '.' || first == '-' || first == '$';
}

static gdf_str join_path(gdf__check *check, gdf_str base, gdf_str path)
{
    const char *between = gdf__str_ends(base, "/") ? "" : "/";
    gdf_str joined = gdf__support_text(check, "%S%s%S", base, between, path);
    return gdf__str_has_byte(path, '$') ? joined
                                        : gdf__path_clean(joined, gdf__support_arena(check));
}

/* The directory that the path is relative to, as far as it is known. */
static void fix_workdir(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    const gdf__image_setting *workdir = &command->state->workdir;
    gdf_part part = gdf_instruction_find_part(walk->document, command->node, GDF_PART_PATH, 0);
    gdf_str path = gdf_part_get_value(walk->document, part);
    if (!(gdf_part_get_flags(walk->document, part) & GDF_PART_FLAG_EXACT) || !is_plain_path(path)) {
        gdf__note(walk->check, "how the path is meant cannot be told: write it by hand");
        return;
    }
    bool is_known = !(workdir->flags & GDF__VALUE_UNKNOWN);
    gdf_str text = join_path(walk->check, is_known ? workdir->text : gdf__empty, path);
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED,
                                   is_known ? "Write the absolute path"
                                            : "Write the absolute path; the base image's directory "
                                              "is not known and taken for /");
    gdf__fix_end(walk->check, gdf__edit_set_part(&fix->edits, walk->document, part, text));
}

/* `C:\app` on Windows; the builder asks as if it were Linux. */
static bool is_drive_path(const gdf__builder_walk *walk, gdf_stage stage, gdf_str path)
{
    const gdf__stage *row = gdf__build_stage(walk->build, stage);
    return !walk->check->is_builder && row && row->is_windows && path.len > 1 && path.ptr[1] == ':';
}

static void check_workdir(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    gdf_node argument = gdf__builder_argument(walk, command->node, 0);
    gdf__expansion path =
        gdf__scope_expand(&command->scope, gdf_node_get_value(walk->document, argument), 0,
                          walk->document->escape, walk->arena);
    if (command->state->has_workdir || gdf__path_is_absolute(path.text) ||
        is_drive_path(walk, command->scope.stage, path.text) ||
        (!path.certain && !walk->check->is_builder))
        return;
    gdf__builder_report(walk, GDF__RULE_CHK010, command);
    gdf__say(walk->check,
             "Relative workdir %q can have unexpected results if the base image changes",
             path.text);
    gdf__builder_relate(walk, command);
    if (!command->is_trigger)
        fix_workdir(walk, command);
}

/* ---- all ------------------------------------------------------------------------------------- */

void gdf__builder_check_command(gdf__builder_walk *walk, const gdf__builder_command *command)
{
    switch (command->kind) {
    case GDF_INSTRUCTION_CMD:
        check_single(walk, command, GDF__SINGLE_CMD);
        check_json(walk, command);
        break;
    case GDF_INSTRUCTION_ENTRYPOINT:
        check_single(walk, command, GDF__SINGLE_ENTRYPOINT);
        check_json(walk, command);
        break;
    case GDF_INSTRUCTION_HEALTHCHECK: check_single(walk, command, GDF__SINGLE_HEALTHCHECK); break;
    case GDF_INSTRUCTION_WORKDIR: check_workdir(walk, command); break;
    case GDF_INSTRUCTION_ENV:
        gdf__builder_check_legacy_pair(walk, command);
        gdf__builder_check_env(walk, command);
        break;
    case GDF_INSTRUCTION_LABEL: gdf__builder_check_legacy_pair(walk, command); break;
    default: break;
    }
}
