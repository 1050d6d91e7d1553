/* SEC001, SEC002: who the container runs as. */
#include "base/ascii.h"
#include "base/slice.h"
#include "facts/image_contents.h"
#include "rules/accounts.h"

/* The user that distroless images call nonroot; it needs no entry in a passwd file. */
#define NONROOT "65532"
/* Above the ids that distributions give out. */
#define NEW_ID "10001"
#define NEW_NAME "app"

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

static bool is_windows(const gdf__check *check, gdf_stage stage)
{
    return gdf__build_stage(check->build, stage)->is_windows;
}

/* The stage of the chain that the effective USER stands in; 0 when the base image decides. */
static gdf_stage stage_of_user(const gdf__check *check, gdf_stage stage)
{
    gdf_node node = gdf__build_state_at_end(check->build, stage)->user.node;
    return node ? gdf_build_find_stage(check->build, node) : 0;
}

/* ---- SEC001: programs that give up root ------------------------------------------------------ */

/* Start another program as another user. */
static const gdf_str DROPPERS[] = {
    GDF__TEXT("chpst"),        GDF__TEXT("gosu"),    GDF__TEXT("runuser"),
    GDF__TEXT("s6-setuidgid"), GDF__TEXT("setpriv"), GDF__TEXT("su-exec"),
};

/* Their last bytes: few words have one of these, and all of a RUN are looked at. */
static uint32_t ends_of_droppers(void)
{
    uint32_t ends = 0;
    for (size_t i = 0; i < sizeof DROPPERS / sizeof *DROPPERS; i++)
        ends |= gdf__ascii_bit(DROPPERS[i].ptr[DROPPERS[i].len - 1]);
    return ends;
}

static bool names_dropper(gdf_str path)
{
    if (path.len == 0 || !(ends_of_droppers() & gdf__ascii_bit(path.ptr[path.len - 1])))
        return false;
    gdf_str base = gdf__path_base(path);
    for (size_t i = 0; i < sizeof DROPPERS / sizeof *DROPPERS; i++) {
        if (gdf__str_equal(base, DROPPERS[i]))
            return true;
    }
    return false;
}

/* Commands of a start line that are looked at; real ones have a handful. */
enum { MAX_START_COMMANDS = 64 };

static bool starts_dropper(const gdf__check *check, gdf_node node)
{
    const gdf__shell *shell = &check->build->shell;
    const gdf__step *step = node ? gdf__build_step(check->build, node) : NULL;
    for (uint32_t i = 0; step && i < step->command_count && i < MAX_START_COMMANDS; i++) {
        gdf_str program = gdf__shell_program(shell, step->first_command + i);
        if (names_dropper(program) || gdf__str_is(program, "su") || gdf__str_is(program, "sudo"))
            return true;
    }
    return false;
}

static bool command_names_dropper(const gdf__shell *shell, gdf_command command)
{
    const gdf__command *row = gdf__shell_command(shell, command);
    for (gdf_word id = row->name; id && id < row->first_word + row->word_count; id++) {
        const gdf__word *word = gdf__shell_word(shell, id);
        if (word->role == GDF_WORD_ARGUMENT && names_dropper(word->value))
            return true;
    }
    return false;
}

static bool parts_name_dropper(const gdf__check *check, gdf_node copy)
{
    uint32_t count = gdf_instruction_count_parts(check->document, copy);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(check->document, copy, i);
        gdf_part_kind kind = gdf_part_get_kind(check->document, part);
        if ((kind == GDF_PART_SOURCE || kind == GDF_PART_DESTINATION) &&
            names_dropper(gdf_part_get_value(check->document, part)))
            return true;
    }
    return false;
}

/* A dropper that is installed or copied is there to be used by an entrypoint script. */
static bool brings_dropper(const gdf__check *check, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
    const gdf__step *step = gdf__build_step(check->build, node);
    if (kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD)
        return parts_name_dropper(check, node);
    for (uint32_t i = 0; kind == GDF_INSTRUCTION_RUN && i < step->command_count; i++) {
        if (command_names_dropper(&check->build->shell, step->first_command + i))
            return true;
    }
    return false;
}

/* ---- SEC001: the place of the new USER ------------------------------------------------------- */

static bool uses_user(gdf_instruction_kind kind)
{
    return kind == GDF_INSTRUCTION_RUN || kind == GDF_INSTRUCTION_COPY ||
           kind == GDF_INSTRUCTION_ADD || kind == GDF_INSTRUCTION_WORKDIR;
}

/* Where the USER goes: instead of the last one when nothing ran under it, else in front of the
 * commands that describe the process, behind everything that changes files. */
typedef struct user_place {
    gdf_node replaced; /* the USER to rewrite, or 0 */
    gdf_node before;   /* the instruction that follows the new lines, or 0: at the stage's end */
    gdf_node last;     /* of the stage */
} user_place;

static user_place find_place(const gdf__check *check, gdf_stage stage)
{
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    user_place place = {.last = gdf__support_instruction(check, stage, count - 1)};
    for (uint32_t i = count; i-- > 1;) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
        if (kind == GDF_INSTRUCTION_USER &&
            is_root(gdf__build_state_before(check->build, node)->user.text))
            place.replaced = node;
        if (uses_user(kind) || kind == GDF_INSTRUCTION_USER)
            break;
        if (kind == GDF_INSTRUCTION_ENTRYPOINT || kind == GDF_INSTRUCTION_CMD)
            place.before = node;
    }
    return place;
}

static gdf_status insert_lines(gdf__check *check, gdf__fix *fix, const user_place *place,
                               gdf_str lines)
{
    if (place->before)
        return gdf__edit_insert_before(&fix->edits, check->document, place->before, lines);
    return gdf__edit_insert_after(&fix->edits, check->document, place->last, lines);
}

static gdf_status replace_user(gdf__check *check, gdf__fix *fix, gdf_node node, gdf_str user)
{
    gdf_part name = gdf_instruction_find_part(check->document, node, GDF_PART_USER_NAME, 0);
    gdf_part group = gdf_instruction_find_part(check->document, node, GDF_PART_GROUP_NAME, 0);
    gdf__edit_range range = {gdf_part_get_start(check->document, name),
                             gdf_part_get_end(check->document, group ? group : name)};
    return name ? gdf__edit_replace_text(&fix->edits, check->document, range, user)
                : GDF_ERROR_ARGUMENT;
}

/* Writes the USER, and `command` in a RUN in front of it. */
static gdf_status set_user(gdf__check *check, gdf__fix *fix, gdf_stage stage, const char *command,
                           gdf_str user)
{
    user_place place = find_place(check, stage);
    gdf_str run = gdf__empty;
    if (command)
        run = gdf__support_text(check, "%S %s",
                                gdf__edit_keyword(&fix->edits, check->document, "RUN"), command);
    if (place.replaced) {
        gdf_status status = GDF_OK;
        if (command)
            status = gdf__edit_insert_before(&fix->edits, check->document, place.replaced, run);
        return status ? status : replace_user(check, fix, place.replaced, user);
    }
    return insert_lines(check, fix, &place,
                        gdf__support_text(check, command ? "%S\n%S %S" : "%S%S %S", run,
                                          gdf__edit_keyword(&fix->edits, check->document, "USER"),
                                          user));
}

/* ---- SEC001: the fix ------------------------------------------------------------------------- */

static void fix_with_user(gdf__check *check, gdf_stage stage, gdf_str user)
{
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED, "");
    fix->title = gdf__support_text(check, "Run as user %S", user);
    gdf__fix_end(check, set_user(check, fix, stage, NULL, user));
}

/* The command that creates a user and a group of number NEW_ID on that system. */
static const char *creating_command(const gdf__image_facts *facts)
{
    if (facts->package_manager == GDF__PACKAGES_APK || facts->family == GDF__IMAGE_BUSYBOX)
        return "addgroup -g " NEW_ID " " NEW_NAME " && adduser -D -H -u " NEW_ID " -G " NEW_NAME
               " " NEW_NAME;
    if (facts->package_manager == GDF__PACKAGES_APT)
        return "groupadd --gid " NEW_ID " " NEW_NAME " && useradd --uid " NEW_ID " --gid " NEW_ID
               " --no-create-home --shell /usr/sbin/nologin " NEW_NAME;
    return NULL;
}

/* Nobody but root may enter /root. */
static bool lies_in_root_home(const gdf__check *check, gdf_stage stage, const gdf__go_stage *row)
{
    gdf_str workdir = gdf__build_state_at_end(check->build, stage)->workdir.text;
    gdf_str program = gdf__golang_started_program(check->golang,
                                                  row->entrypoint ? row->entrypoint : row->command);
    return gdf__path_is_below(workdir, GDF__LITERAL("/root")) || gdf__str_starts(program, "/root/");
}

static void fix_with_new_user(gdf__check *check, gdf_stage stage, const char *command)
{
    gdf__fix *fix =
        gdf__fix_begin(check, GDF_FIX_SUGGESTED, "Create the user " NEW_ID " and run as it");
    gdf__fix_end(check, set_user(check, fix, stage, command, GDF__LITERAL(NEW_ID ":" NEW_ID)));
}

static bool reads_posix(const gdf__check *check, gdf_stage stage)
{
    return gdf__build_state_at_end(check->build, stage)->reads_posix;
}

/* True when a script starts the container: such scripts often prepare directories as root. */
static bool starts_script(const gdf__check *check, const gdf__go_stage *row)
{
    static const char *const ENDINGS[] = {".ash", ".bash", ".sh", "entrypoint"};
    gdf_str program = gdf__golang_started_program(check->golang,
                                                  row->entrypoint ? row->entrypoint : row->command);
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (gdf__str_ends(program, ENDINGS[i]))
            return true;
    }
    return false;
}

static bool declares_volume(const gdf__check *check, gdf_node node)
{
    return gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_VOLUME;
}

/* True for a RUN that puts something into the home of root, where nobody else may look. */
static bool fills_root_home(const gdf__check *check, gdf_node node)
{
    static const char *const REMOVERS[] = {"find", "rm"};
    const gdf__step *step = gdf__build_step(check->build, node);
    const gdf__shell *shell = &check->build->shell;
    if (!step || gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_RUN)
        return false;
    for (uint32_t i = 0; i < step->command_count; i++) {
        const gdf__word *word = NULL;
        gdf_command id = step->first_command + i;
        if (GDF__IS_ONE_OF(gdf__shell_program(shell, id), REMOVERS))
            continue;
        while ((word = gdf__support_next_argument(shell, id, word)) != NULL) {
            if (gdf__str_starts(word->raw, "~/") || gdf__str_starts(word->value, "/root/"))
                return true;
        }
    }
    return false;
}

/* True when the environment is that of root. */
static bool names_root(const gdf__check *check, gdf_stage stage)
{
    gdf__variable home = gdf__build_find_environment(check->build, stage, GDF__LITERAL("HOME"));
    gdf__variable user = gdf__build_find_environment(check->build, stage, GDF__LITERAL("USER"));
    return (home.state == GDF__VARIABLE_SET &&
            gdf__path_is_below(home.value, GDF__LITERAL("/root"))) ||
           (user.state == GDF__VARIABLE_SET && gdf__str_is(user.value, "root"));
}

/* What is asked of the instructions of a chain, once for each. */
typedef struct chain_facts {
    gdf__chain_search droppers;
    gdf__chain_search volumes;
    gdf__chain_search homes;
} chain_facts;

/* What a user that the image was not made for could not do; NULL when nothing is seen. */
static const char *refuse_new_user(const gdf__check *check, const chain_facts *chains,
                                   gdf_stage stage, const gdf__go_stage *row)
{
    if (!row->entrypoint && !row->command)
        return "there is no ENTRYPOINT and no CMD: whether what runs in it needs root is not known";
    if (names_root(check, stage))
        return "ENV says that the program runs as root: look into why before you set USER";
    if (gdf__support_chain_has(&chains->homes, stage))
        return "a RUN writes to the home of root, which nobody else may enter: give it another "
               "place first";
    if (starts_script(check, row))
        return "a script starts the container and may need root: look into it before you set USER";
    if (gdf__support_chain_has(&chains->volumes, stage))
        return "the VOLUME belongs to root: create it for the new user before you set USER";
    return NULL;
}

static void fix_root(gdf__check *check, const gdf__account_list *accounts,
                     const chain_facts *chains, gdf_stage stage, const gdf__go_stage *row)
{
    const char *refusal = refuse_new_user(check, chains, stage, row);
    const gdf__account *created = gdf__accounts_last_user(accounts, stage);
    const char *command = creating_command(&row->facts);
    bool has_new_group =
        gdf__accounts_find(check, accounts, stage, true, GDF__LITERAL(NEW_NAME)) != NULL;
    if (row->has_toolchain)
        gdf__note(check, "split the image first (STG001): the runtime image brings its own user");
    else if (lies_in_root_home(check, stage, row))
        gdf__note(check, "the program lies in /root, which nobody else may enter: give it another "
                         "directory first");
    else if (created && created->id.len && !is_root(created->id))
        fix_with_user(check, stage, created->id);
    else if (created)
        gdf__note(check, "the image creates the user %S: give it a fixed number and set USER to it",
                  created->name);
    else if (refusal)
        gdf__note(check, "%s", refusal);
    else if (gdf__build_is_scratch(check->build, stage) ||
             row->facts.life_cycle == GDF__OS_DISTROLESS)
        fix_with_user(check, stage, GDF__LITERAL(NONROOT ":" NONROOT));
    else if (command && row->facts.has_shell == GDF__FACT_YES && !has_new_group &&
             reads_posix(check, stage))
        fix_with_new_user(check, stage, command);
    else
        gdf__note(check, "how a user is created on this image is not known");
}

/* ---- SEC001: the finding --------------------------------------------------------------------- */

/* A server image that starts its own program may give up root by itself. */
static bool starts_own_program(const gdf__go_stage *row)
{
    return row->facts.family == GDF__IMAGE_OFFICIAL && !row->entrypoint && !row->command;
}

static void describe_root(gdf__check *check, gdf_stage stage, const gdf__image_setting *user)
{
    gdf_str base = gdf__support_base_text(check, stage);
    if (user->node)
        gdf__say(check, "the container runs as root: the last USER is `%S`", user->text);
    else if (gdf__build_is_scratch(check->build, stage))
        gdf__say(check, "the container runs as root: no USER is set");
    else if (user->flags & GDF__VALUE_UNKNOWN)
        gdf__say(check, "no USER is set: unless %S sets one, the container runs as root", base);
    else
        gdf__say(check, "the container runs as root: %S sets no other user and no USER follows",
                 base);
}

static void report_root(gdf__check *check, gdf_stage stage, const gdf__image_setting *user)
{
    gdf_node from = gdf_stage_get_instruction(check->build, stage);
    gdf_stage owner = stage_of_user(check, stage);
    if (owner == stage)
        gdf__report_node(check, GDF__RULE_SEC001, user->node);
    else
        gdf__report_part(check, GDF__RULE_SEC001,
                         gdf_instruction_find_part(check->document, from, GDF_PART_IMAGE, 0));
    describe_root(check, stage, user);
    if (owner && owner != stage)
        gdf__relate(check, gdf_node_get_start(check->document, user->node),
                    gdf_node_get_end(check->document, user->node), "the USER that is in force");
}

/* True when the user is root, or may be: nobody sets one and the base image is not known. */
static bool may_be_root(const gdf__image_setting *user)
{
    bool unknown = user->flags & GDF__VALUE_UNKNOWN;
    return unknown ? user->node == 0 : is_root(user->text);
}

static void check_root(gdf__check *check, const gdf__account_list *accounts,
                       const chain_facts *chains, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    const gdf__image_setting *user = &gdf__build_state_at_end(check->build, stage)->user;
    report_root(check, stage, user);
    if (user->flags & GDF__VALUE_UNKNOWN) {
        gdf__set_severity(check, GDF_SEVERITY_INFO);
    } else if (!user->node && starts_own_program(row)) {
        gdf__set_severity(check, GDF_SEVERITY_INFO);
        gdf__note(check, "the program that the image starts by itself may give up root");
    } else {
        fix_root(check, accounts, chains, stage, row);
    }
}

void gdf__check_runs_as_root(gdf__check *check)
{
    gdf__account_list accounts;
    gdf__accounts_read(check, &accounts);
    chain_facts chains = {.droppers = gdf__support_search_chains(check, brings_dropper),
                          .volumes = gdf__support_search_chains(check, declares_volume),
                          .homes = gdf__support_search_chains(check, fills_root_home)};
    uint32_t count = gdf_build_count_stages(check->build);
    for (gdf_stage stage = 1; stage <= count; stage++) {
        const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
        if (row->is_runtime && !is_windows(check, stage) &&
            may_be_root(&gdf__build_state_at_end(check->build, stage)->user) &&
            !starts_dropper(check, row->entrypoint) && !starts_dropper(check, row->command) &&
            !gdf__support_chain_has(&chains.droppers, stage))
            check_root(check, &accounts, &chains, stage);
    }
    gdf__accounts_free(&accounts);
}

/* ---- SEC002 ---------------------------------------------------------------------------------- */

/* The numbers behind a USER, as text; empty when they are not known. */
typedef struct user_numbers {
    gdf_str uid;
    gdf_str gid;        /* of the group that USER names */
    bool group_is_main; /* that is the user's primary group: it need not be written */
} user_numbers;

static gdf_str number_text(const gdf__check *check, uint32_t number)
{
    return number == GDF__ID_UNSURE ? gdf__empty : gdf__support_text(check, "%d", (int)number);
}

static gdf_str find_gid(const gdf__check *check, const gdf__account_list *accounts, gdf_stage stage,
                        const gdf__image_facts *facts, gdf_str group)
{
    const gdf__account *created = gdf__accounts_find(check, accounts, stage, true, group);
    uint32_t gid = GDF__ID_UNSURE;
    if (is_number(group))
        return group;
    if (created)
        return created->id;
    if (gdf__facts_find_group(facts, group, &gid) != GDF__FACT_YES)
        return gdf__empty;
    return number_text(check, gid);
}

static user_numbers find_numbers(const gdf__check *check, const gdf__account_list *accounts,
                                 gdf_stage stage, user_parts parts)
{
    const gdf__image_facts *facts = &gdf__golang_stage(check->golang, stage)->facts;
    user_numbers numbers = {.uid = gdf__empty, .gid = gdf__empty};
    if (parts.group.len)
        numbers.gid = find_gid(check, accounts, stage, facts, parts.group);
    const gdf__account *created = gdf__accounts_find(check, accounts, stage, false, parts.user);
    if (created) {
        numbers.uid = created->id;
        numbers.group_is_main = created->knows_group && gdf__str_equal(created->group, parts.group);
        return numbers;
    }
    uint32_t uid = GDF__ID_UNSURE;
    uint32_t gid = GDF__ID_UNSURE;
    if (gdf__facts_find_user(facts, parts.user, &uid, &gid) == GDF__FACT_YES) {
        numbers.uid = number_text(check, uid);
        numbers.group_is_main =
            numbers.gid.len && gdf__str_equal(numbers.gid, number_text(check, gid));
    }
    return numbers;
}

static bool is_plain(const gdf__check *check, gdf_part part)
{
    uint32_t flags = part ? gdf_part_get_flags(check->document, part) : GDF_PART_FLAG_EXACT;
    return flags & GDF_PART_FLAG_EXACT && !(flags & GDF_PART_FLAG_VARIABLE);
}

static void fix_name(gdf__check *check, gdf_node node, user_parts parts,
                     const user_numbers *numbers)
{
    gdf_part name = gdf_instruction_find_part(check->document, node, GDF_PART_USER_NAME, 0);
    gdf_part group = gdf_instruction_find_part(check->document, node, GDF_PART_GROUP_NAME, 0);
    bool names_group = parts.group.len && !numbers->group_is_main;
    if (numbers->uid.len == 0 || (names_group && numbers->gid.len == 0)) {
        gdf__note(check, "the number of %S is not known from the file",
                  numbers->uid.len ? parts.group : parts.user);
        return;
    }
    if (!name || !is_plain(check, name) || !is_plain(check, group)) {
        gdf__note(check, "the name comes from a variable: give it the number %S", numbers->uid);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, names_group ? GDF_FIX_SUGGESTED : GDF_FIX_SAFE, "");
    gdf_str text = numbers->uid;
    if (names_group)
        text = gdf__support_text(check, "%S:%S", numbers->uid, numbers->gid);
    fix->title = gdf__support_text(check, "Write the user's number, %S", text);
    gdf__fix_end(check, replace_user(check, fix, node, text));
}

static void check_name(gdf__check *check, const gdf__account_list *accounts,
                       const gdf__image_setting *user)
{
    user_parts parts = split_user(user->text);
    user_numbers numbers =
        find_numbers(check, accounts, gdf_build_find_stage(check->build, user->node), parts);
    gdf__report_node(check, GDF__RULE_SEC002, user->node);
    gdf__say(check,
             "USER %S is a name: Kubernetes cannot tell that it is not root and refuses "
             "runAsNonRoot",
             user->text);
    fix_name(check, user->node, parts, &numbers);
}

/* Each USER once, though several runtime images may be built on its stage. */
void gdf__check_user_non_numeric(gdf__check *check)
{
    uint32_t count = gdf_build_count_stages(check->build);
    gdf__account_list accounts;
    gdf__accounts_read(check, &accounts);
    bool *reported = gdf__arena_take(gdf__support_arena(check), count * sizeof *reported);
    if (reported)
        memset(reported, 0, count * sizeof *reported);
    for (gdf_stage stage = 1; reported && stage <= count; stage++) {
        const gdf__image_setting *user = &gdf__build_state_at_end(check->build, stage)->user;
        gdf_stage owner = stage_of_user(check, stage);
        if (!gdf__golang_stage(check->golang, stage)->is_runtime || !owner || reported[owner - 1] ||
            user->flags & GDF__VALUE_UNKNOWN || is_root(user->text) ||
            is_number(split_user(user->text).user) || is_windows(check, stage))
            continue;
        reported[owner - 1] = true;
        check_name(check, &accounts, user);
    }
    gdf__accounts_free(&accounts);
}
