/* Fixes of CHK016: a secret of the build comes by a mount, an empty placeholder goes. */
#include "base/ascii.h"
#include "base/slice.h"
#include "build/work.h"
#include "rules/builder_checks.h"
#include "syntax/directives.h"

/* The first minor of the Dockerfile frontend with `env` in secret mounts. */
enum { FIRST_MINOR_WITH_ENV = 10 };

/* ---- where a name is used -------------------------------------------------------------------- */

/* Instructions that use the name of a pair; stages of one image may all see it. */
typedef struct name_uses {
    uint32_t runs; /* RUNs behind it in its stage */
    bool others;
} name_uses;

static gdf_stage root_of(const gdf__builder_walk *walk, gdf_node node)
{
    return gdf__build_stage(walk->build, gdf_build_find_stage(walk->build, node))->root;
}

/* True for a RUN of the stage behind the declaration that has no such mount yet. */
static bool is_run(const gdf__builder_walk *walk, gdf_node declaration, gdf_node node)
{
    return gdf_node_get_instruction(walk->document, node) == GDF_INSTRUCTION_RUN &&
           node > declaration &&
           gdf_build_find_stage(walk->build, node) ==
               gdf_build_find_stage(walk->build, declaration) &&
           !gdf__str_contains(gdf__support_flags_text(walk->check, node), "env=");
}

static name_uses count_uses(gdf__builder_walk *walk, gdf_node declaration, gdf_str name)
{
    name_uses uses = {.runs = 0};
    gdf_stage root = root_of(walk, declaration);
    const gdf__builder_use *use = gdf__builder_names_use(&walk->names, name, root, 0);
    for (uint32_t i = 0; use && !uses.others;
         use = gdf__builder_names_use(&walk->names, name, root, ++i)) {
        bool runs = is_run(walk, declaration, use->node);
        uses.runs += runs;
        uses.others = !runs && use->node != declaration;
    }
    return uses;
}

/* True for a value that is written as nothing. */
static bool is_empty_text(gdf_str text)
{
    return text.len == 0 || gdf__str_is(text, "\"\"") || gdf__str_is(text, "''");
}

/* ---- ARG ------------------------------------------------------------------------------------- */

static uint32_t read_number(gdf_str text, size_t *at)
{
    enum { MAX = 1000 };
    uint32_t number = 0;
    for (; *at < text.len && gdf__ascii_is_digit(text.ptr[*at]); ++*at)
        number = number < MAX ? number * 10 + (uint32_t)(text.ptr[*at] - '0') : MAX;
    return number;
}

/* True unless the file asks for a frontend that does not know `env`. */
static bool knows_secret_variables(const gdf_document *document)
{
    static const char *const ROLLING[] = {"", "1", "1-labs", "labs", "latest"};
    gdf__directive syntax = gdf__directive_find(document, "syntax");
    gdf__image_reference image = gdf__image_reference_split(syntax.command);
    if (!syntax.found)
        return true;
    if (!gdf__str_is(image.repository, "docker/dockerfile"))
        return false;
    size_t at = strlen("1.");
    return GDF__IS_ONE_OF(image.tag, ROLLING) ||
           (gdf__str_starts(image.tag, "1.") &&
            read_number(image.tag, &at) >= FIRST_MINOR_WITH_ENV);
}

/* The outermost node of the instruction that begins where the pair does; nodes are in the order of
 * their starts, parents first. */
static gdf_node pair_node(const gdf_document *document, gdf_node instruction, gdf_part pair)
{
    uint32_t start = gdf_part_get_start(document, pair);
    gdf_node low = instruction + 1;
    gdf_node high = gdf__document_node(document, instruction)->next;
    while (low < high) {
        gdf_node middle = low + (high - low) / 2;
        if (gdf__document_node(document, middle)->start < start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The pair, or the whole instruction with its comments when it has no other. */
static gdf_status remove_pair(const gdf__builder_walk *walk, gdf__fix *fix, gdf_node instruction,
                              gdf_part pair)
{
    const gdf_document *document = walk->document;
    if (!gdf_instruction_find_part(document, instruction, GDF_PART_PAIR, 1))
        return gdf__edit_remove_block(&fix->edits, document, instruction);
    return gdf__edit_remove_argument(&fix->edits, document, pair_node(document, instruction, pair));
}

/* True for a value that gives nothing away: a switch, a path, the fingerprint of a public key. */
static bool is_harmless(gdf_str name, gdf_str value)
{
    static const char *const SWITCHES[] = {"0",     "1",  "False", "No", "True", "Yes",
                                           "false", "no", "off",   "on", "true", "yes"};
    while (value.len > 1 && (*value.ptr == '"' || *value.ptr == '\'') &&
           value.ptr[value.len - 1] == *value.ptr)
        value = gdf__str_slice(value, 1, value.len - 1);
    return GDF__IS_ONE_OF(value, SWITCHES) || gdf__str_starts(value, "/") ||
           (gdf__str_contains(name, "GPG") && value.len > 0);
}

static void note_harmless(const gdf__builder_walk *walk)
{
    gdf__note(walk->check, "its value is no secret, as it seems: the comment "
                           "`# check=skip=SecretsUsedInArgOrEnv` above the instruction silences "
                           "the check");
}

static void mount_secret(gdf__builder_walk *walk, gdf_node argument, gdf_part pair, gdf_str name)
{
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(walk->check,
                                   "Mount it where it is read; build with --secret id=%S", name);
    gdf_str mount = gdf__support_text(walk->check, "type=secret,id=%S,env=%S", name, name);
    gdf_status status = remove_pair(walk, fix, argument, pair);
    gdf_stage root = root_of(walk, argument);
    gdf_node last = 0;
    const gdf__builder_use *use = gdf__builder_names_use(&walk->names, name, root, 0);
    for (uint32_t i = 0; use && status == GDF_OK;
         use = gdf__builder_names_use(&walk->names, name, root, ++i)) {
        if (use->node != last && use->node != argument)
            status = gdf__edit_add_flag(&fix->edits, walk->document, use->node, "mount", mount);
        last = use->node;
    }
    gdf__fix_end(walk->check, status);
}

static void move_argument(gdf__builder_walk *walk, gdf_node argument, gdf_part pair, gdf_str name)
{
    name_uses uses = count_uses(walk, argument, name);
    const gdf__stage *stage =
        gdf__build_stage(walk->build, gdf_build_find_stage(walk->build, argument));
    gdf_part value = gdf_part_find(walk->document, pair, GDF_PART_VALUE, 0);
    if (is_harmless(name, gdf_part_get_value(walk->document, value)))
        note_harmless(walk);
    else if (!is_empty_text(gdf_part_get_value(walk->document, value)))
        gdf__note(walk->check, "the default stands in the file for everybody to read: a secret "
                               "comes by RUN --mount=type=secret, and this one is to be changed");
    else if (uses.others)
        gdf__note(walk->check, "not only RUN uses it: how else the secret gets there is to be "
                               "worked out by hand");
    else if (uses.runs == 0)
        gdf__note(walk->check,
                  "no RUN names it: give it by --mount=type=secret,id=%S,env=%S to "
                  "the RUN whose program reads it",
                  name, name);
    else if (stage->is_windows || !knows_secret_variables(walk->document))
        gdf__note(walk->check, "the syntax line asks for a frontend before 1.10, where a secret "
                               "mount cannot set a variable");
    else
        mount_secret(walk, argument, pair, name);
}

/* ---- ENV ------------------------------------------------------------------------------------- */

static void remove_placeholder(gdf__builder_walk *walk, gdf_node env, gdf_part pair, gdf_str name)
{
    name_uses uses = count_uses(walk, env, name);
    gdf_part value = gdf_part_find(walk->document, pair, GDF_PART_VALUE, 0);
    if (value && is_harmless(name, gdf_part_get_value(walk->document, value))) {
        note_harmless(walk);
        return;
    }
    if (!value || !is_empty_text(gdf_part_get_value(walk->document, value))) {
        gdf__note(walk->check, "what needs it is not known: give it to the container when it "
                               "starts, or to one command of the build by RUN --mount=type=secret");
        return;
    }
    if (uses.runs || uses.others) {
        gdf__note(walk->check, "other instructions name it, too: remove it by hand");
        return;
    }
    gdf__fix *fix = gdf__fix_begin(walk->check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(walk->check,
                                   "Delete the empty placeholder; the container is given %S, or "
                                   "%S_FILE where the program reads that",
                                   name, name);
    gdf__fix_end(walk->check, remove_pair(walk, fix, env, pair));
}

void gdf__builder_move_secret(gdf__builder_walk *walk, const gdf__builder_command *command,
                              gdf_part key)
{
    const gdf_document *document = walk->document;
    gdf_str name = gdf_part_get_value(document, key);
    gdf_part pair = gdf_part_get_parent(document, key);
    if (gdf__str_has_byte(name, '$') || gdf__str_has_byte(name, '"') ||
        gdf__str_has_byte(name, '\'')) {
        gdf__note(walk->check, "how the secret reaches the build is the caller's to say: "
                               "RUN --mount=type=secret gives it to one command");
    } else if (command->kind == GDF_INSTRUCTION_ARG) {
        move_argument(walk, command->node, pair, name);
    } else {
        remove_placeholder(walk, command->node, pair, name);
    }
}
