/* SEC001, SEC002: who the container runs as. */
#include "base/ascii.h"
#include "base/slice.h"
#include "facts/image_contents.h"
#include "rules/accounts.h"

/* The user that distroless images call nonroot; it needs no entry in a passwd file. */
#define NONROOT "65532"
/* Above the ids that distributions give out. */
#define NEW_USER "10001"

typedef struct user_parts {
    gdf_str user;
    gdf_str group;
} user_parts;

static user_parts split_user(gdf_str text)
{
    size_t colon = gdf__str_find(text, ':', 0);
    return (user_parts){gdf__str_slice(text, 0, colon), gdf__str_slice(text, colon + 1, text.len)};
}

static bool is_root(gdf_str text)
{
    gdf_str user = split_user(text).user;
    return user.len == 0 || gdf__str_is(user, "0") || gdf__str_is(user, "root");
}

static bool is_number(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_digit(text.ptr[i]))
            return false;
    }
    return text.len > 0;
}

/* ---- SEC001 ---------------------------------------------------------------------------------------- */

/* Programs that start another one as another user. */
static const char *const DROPPERS[] = {"gosu", "runuser", "setpriv", "su", "su-exec", "s6-setuidgid",
                                       "chpst"};

static bool drops_privileges(const gdf__check *check, gdf_node node)
{
    const gdf__step *step = node ? gdf__build_step(check->build, node) : NULL;
    for (uint32_t i = 0; step && i < step->command_count; i++) {
        gdf_str program = gdf__shell_program(&check->build->shell, step->first_command + i);
        if (gdf__is_one_of(program, DROPPERS, sizeof DROPPERS / sizeof *DROPPERS))
            return true;
    }
    return false;
}

/* A dropper that the stage installs or copies is there to be used by an entrypoint script. */
static bool brings_dropper(const gdf__check *check, gdf_stage stage)
{
    static const char *const BROUGHT[] = {"gosu", "su-exec", "setpriv"};
    const gdf__shell *shell = &check->build->shell;
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__step *step =
            gdf__build_step(check->build, gdf__support_instruction(check, stage, i));
        for (uint32_t c = 0; c < step->command_count; c++) {
            uint32_t words = gdf__shell_count_arguments(shell, step->first_command + c);
            for (uint32_t w = 1; w < words; w++) {
                gdf_str word = gdf__shell_argument(shell, step->first_command + c, w)->value;
                if (gdf__is_one_of(gdf__path_base(word), BROUGHT, sizeof BROUGHT / sizeof *BROUGHT))
                    return true;
            }
        }
    }
    return false;
}

/* In front of the commands that describe the process, behind everything that changes files. */
static gdf_status insert_user(gdf__check *check, gdf__fix *fix, gdf_stage stage, gdf_str lines)
{
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    gdf_node place = 0;
    for (uint32_t i = count; i-- > 1;) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
        if (kind == GDF_INSTRUCTION_RUN || kind == GDF_INSTRUCTION_COPY ||
            kind == GDF_INSTRUCTION_ADD || kind == GDF_INSTRUCTION_USER ||
            kind == GDF_INSTRUCTION_WORKDIR)
            break;
        if (kind == GDF_INSTRUCTION_ENTRYPOINT || kind == GDF_INSTRUCTION_CMD)
            place = node;
    }
    if (place)
        return gdf__edit_insert_before(&fix->edits, check->document, place, lines);
    return gdf__edit_insert_after(&fix->edits, check->document,
                                  gdf__support_instruction(check, stage, count - 1), lines);
}

static gdf_str user_line(gdf__check *check, gdf__fix *fix, gdf_str user)
{
    return gdf__support_text(check, "%S %S",
                             gdf__edit_keyword(&fix->edits, check->document, "USER"), user);
}

static void fix_with_user(gdf__check *check, gdf_stage stage, gdf_str user)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Run as user %S", user);
    gdf__fix_end(check, insert_user(check, fix, stage, user_line(check, fix, user)));
}

/* The command that creates a user and a group of number NEW_USER on that system. */
static const char *creating_command(const gdf__image_facts *facts)
{
    switch (facts->package_manager) {
    case GDF__PACKAGES_APK:
        return "addgroup -g " NEW_USER " app && adduser -D -H -u " NEW_USER " -G app app";
    case GDF__PACKAGES_APT:
        return "groupadd --gid " NEW_USER " app && useradd --uid " NEW_USER " --gid " NEW_USER
               " --no-create-home --shell /usr/sbin/nologin app";
    default: return NULL;
    }
}

static void fix_with_new_user(gdf__check *check, gdf_stage stage, const char *command)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Create the user " NEW_USER " and run as it");
    gdf_str lines = gdf__support_text(
        check, "%S %s\n%S", gdf__edit_keyword(&fix->edits, check->document, "RUN"), command,
        user_line(check, fix, GDF__LITERAL(NEW_USER ":" NEW_USER)));
    gdf__fix_end(check, insert_user(check, fix, stage, lines));
}

static bool is_distroless(const gdf__image_facts *facts)
{
    return facts->life_cycle == GDF__OS_DISTROLESS;
}

static void fix_root(gdf__check *check, gdf_stage stage, const gdf__go_stage *row)
{
    gdf__account account;
    const char *command = creating_command(&row->facts);
    if (row->has_toolchain)
        gdf__note(check, "split the image first (STG001): the runtime image brings its own user");
    else if (gdf__accounts_find(check, stage, gdf__empty, &account))
        fix_with_user(check, stage, account.uid);
    else if (gdf__build_is_scratch(check->build, stage) || is_distroless(&row->facts))
        fix_with_user(check, stage, GDF__LITERAL(NONROOT ":" NONROOT));
    else if (command && row->facts.has_shell == GDF__FACT_YES)
        fix_with_new_user(check, stage, command);
    else
        gdf__note(check, "how a user is created on this image is not known");
}

void gdf__check_runs_as_root(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf__image_setting user = gdf__build_state_at_end(check->build, stage)->user;
    bool known = !(user.flags & GDF__VALUE_UNKNOWN);
    if (!row->is_runtime || (user.node && !known) || (known && !is_root(user.text)) ||
        drops_privileges(check, row->entrypoint) || drops_privileges(check, row->command) ||
        brings_dropper(check, stage))
        return;
    gdf_node from = gdf_stage_get_instruction(check->build, stage);
    if (user.node && gdf_build_find_stage(check->build, user.node) == stage)
        gdf__report_node(check, GDF__RULE_SEC001, user.node);
    else
        gdf__report_part(check, GDF__RULE_SEC001,
                         gdf_instruction_find_part(check->document, from, GDF_PART_IMAGE, 0));
    if (user.node)
        gdf__say(check, "the container runs as root: the last USER is `%S`", user.text);
    else if (known)
        gdf__say(check, "the container runs as root: %S sets no other user and no USER follows",
                 gdf_stage_get_root_image(check->build, stage));
    else
        gdf__say(check, "no USER is set; if %S does not set one, the container runs as root",
                 gdf_stage_get_root_image(check->build, stage));
    if (!known) {
        gdf__set_severity(check, GDF_SEVERITY_INFO);
        return;
    }
    fix_root(check, stage, row);
}

/* ---- SEC002 ---------------------------------------------------------------------------------------- */

/* The number of a user of the chain or the base image, as text; empty when it is not known. */
static gdf_str find_uid(gdf__check *check, gdf_stage stage, const gdf__image_facts *facts,
                        gdf_str name, gdf_str *group)
{
    gdf__account account;
    *group = name;
    if (gdf__accounts_find(check, stage, name, &account)) {
        if (account.group.len)
            *group = account.group;
        return account.uid;
    }
    uint32_t uid = 0;
    if (gdf__facts_find_user(facts, name, &uid, NULL) != GDF__FACT_YES || uid == GDF__ID_UNSURE)
        return gdf__empty;
    return gdf__support_text(check, "%d", (int)uid);
}

static void fix_name(gdf__check *check, gdf_node node, gdf_str uid)
{
    gdf_part part = gdf_instruction_find_part(check->document, node, GDF_PART_USER_NAME, 0);
    gdf_part group = gdf_instruction_find_part(check->document, node, GDF_PART_GROUP_NAME, 0);
    gdf_part last = group ? group : part;
    bool exact = gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_EXACT &&
                 !(gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_VARIABLE);
    if (!exact) {
        gdf__note(check, "the name comes from a variable: give it the number %S", uid);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SAFE, "");
    fix->title = gdf__support_text(check, "Write the user's number, %S", uid);
    gdf__edit_range range = {gdf_part_get_start(check->document, part),
                             gdf_part_get_end(check->document, last)};
    gdf__fix_end(check, gdf__edit_replace_text(&fix->edits, check->document, range, uid));
}

void gdf__check_user_non_numeric(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf__image_setting setting = gdf__build_state_at_end(check->build, stage)->user;
    user_parts parts = split_user(setting.text);
    if (!row->is_runtime || !setting.node || setting.flags & GDF__VALUE_UNKNOWN ||
        is_root(setting.text) || is_number(parts.user))
        return;
    gdf__report_node(check, GDF__RULE_SEC002, setting.node);
    gdf__say(check,
             "USER %S is a name: Kubernetes cannot tell that it is not root and refuses "
             "runAsNonRoot",
             setting.text);
    gdf_str group = gdf__empty;
    gdf_str uid = find_uid(check, stage, &row->facts, parts.user, &group);
    if (uid.len == 0)
        gdf__note(check, "the number of %S is not known from the file", parts.user);
    else if (parts.group.len && !gdf__str_equal(parts.group, group))
        gdf__note(check, "%S may not be the primary group of %S: write both numbers by hand",
                  parts.group, parts.user);
    else if (gdf_build_find_stage(check->build, setting.node) == stage)
        fix_name(check, setting.node, uid);
}
