#include "rules/accounts.h"

#include "base/ascii.h"
#include "base/slice.h"

/* Stages of a chain that are looked through; real files have a handful. */
enum { MAX_CHAIN = 32 };

/* Options of adduser and useradd (busybox, Debian, shadow) that take a value. */
static const char SHORT_WITH_VALUE[] = "GKZbcdefghkpsu";
static const char *const LONG_WITH_VALUE[] = {"--base-dir", "--comment", "--gecos",   "--gid",
                                              "--group",    "--groups",  "--home",    "--home-dir",
                                              "--ingroup",  "--shell",   "--skel",    "--uid"};

static bool is_number(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_digit(text.ptr[i]))
            return false;
    }
    return text.len > 0;
}

typedef struct option_word {
    gdf_str name; /* "-u", "--uid" */
    gdf_str value;
    bool takes_value;
    bool attached;
} option_word;

static option_word read_option(gdf_str word)
{
    option_word option = {.name = word, .value = gdf__empty};
    if (gdf__str_starts(word, "--")) {
        size_t equals = gdf__str_find(word, '=', 0);
        option.name = gdf__str_slice(word, 0, equals);
        option.attached = equals < word.len;
        option.value = gdf__str_slice(word, equals + 1, word.len);
        option.takes_value = gdf__is_one_of(option.name, LONG_WITH_VALUE,
                                            sizeof LONG_WITH_VALUE / sizeof *LONG_WITH_VALUE);
        return option;
    }
    for (size_t i = 1; i < word.len; i++) {
        if (!strchr(SHORT_WITH_VALUE, word.ptr[i]) || !word.ptr[i])
            continue;
        option.name = gdf__str_slice(word, i, i + 1);
        option.value = gdf__str_slice(word, i + 1, word.len);
        option.attached = option.value.len > 0;
        option.takes_value = true;
        break;
    }
    return option;
}

static void apply_option(gdf__account *account, const option_word *option, bool busybox_style)
{
    if (gdf__str_is(option->name, "u") || gdf__str_is(option->name, "--uid"))
        account->uid = is_number(option->value) ? option->value : gdf__empty;
    else if (gdf__str_is(option->name, busybox_style ? "G" : "g") ||
             gdf__str_is(option->name, "--gid") || gdf__str_is(option->name, "--ingroup"))
        account->group = option->value;
}

static bool read_command(const gdf__check *check, gdf_command command, gdf__account *account)
{
    const gdf__shell *shell = &check->build->shell;
    gdf_str program = gdf__shell_program(shell, command);
    bool adduser = gdf__str_is(program, "adduser");
    if (!adduser && !gdf__str_is(program, "useradd"))
        return false;
    *account = (gdf__account){gdf__empty, gdf__empty, gdf__empty};
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, command, i);
        if (!(word->flags & GDF_WORD_FLAG_LITERAL))
            return false;
        if (!gdf__str_starts(word->value, "-")) {
            /* `adduser USER GROUP` adds to a group: only the first name is the user. */
            if (account->name.len == 0)
                account->name = word->value;
            continue;
        }
        option_word option = read_option(word->value);
        const gdf__word *next = gdf__shell_argument(shell, command, i + 1);
        if (option.takes_value && !option.attached && next) {
            option.value = next->value;
            i++;
        }
        apply_option(account, &option, adduser);
    }
    return account->name.len > 0;
}

static bool find_in_run(const gdf__check *check, gdf_node run, gdf_str name, gdf__account *account)
{
    const gdf__step *step = gdf__build_step(check->build, run);
    for (uint32_t i = step->command_count; i-- > 0;) {
        gdf__account found;
        if (!read_command(check, step->first_command + i, &found))
            continue;
        if (name.len ? gdf__str_equal(found.name, name) : found.uid.len > 0) {
            *account = found;
            return true;
        }
    }
    return false;
}

bool gdf__accounts_find(const gdf__check *check, gdf_stage stage, gdf_str name,
                        gdf__account *account)
{
    for (int links = 0; stage && links < MAX_CHAIN; links++) {
        for (uint32_t i = gdf_stage_count_instructions(check->build, stage); i-- > 1;) {
            gdf_node node = gdf__support_instruction(check, stage, i);
            if (gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_RUN &&
                find_in_run(check, node, name, account))
                return true;
        }
        stage = gdf_stage_get_base_stage(check->build, stage);
    }
    return false;
}
