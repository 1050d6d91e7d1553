#include "rules/accounts.h"

#include "base/ascii.h"
#include "base/slice.h"
#include "base/sort.h"

/* Stages of a chain that are looked through for a name; real files have a handful, and a look-up
 * stays cheap whatever the input. */
enum { MAX_CHAIN = 32 };

/* ---- options --------------------------------------------------------------------------------- */

/* Options of adduser, useradd, addgroup and groupadd (busybox, Debian, shadow) that take a value.
 */
static const char SHORT_WITH_VALUE[] = "GKPRZbcdefghkpsu";
static const char *const LONG_WITH_VALUE[] = {
    "--base-dir", "--comment", "--conf",     "--expiredate", "--firstuid", "--gecos", "--gid",
    "--groups",   "--home",    "--home-dir", "--inactive",   "--ingroup",  "--key",   "--lastuid",
    "--password", "--prefix",  "--root",     "--shell",      "--skel",     "--uid"};

typedef struct option_word {
    gdf_str name; /* "u", "--uid" */
    gdf_str value;
    bool takes_value;
    bool attached;
} option_word;

static bool is_number(gdf_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!gdf__ascii_is_digit(text.ptr[i]))
            return false;
    }
    return text.len > 0;
}

static option_word read_option(gdf_str word)
{
    option_word option = {.name = word, .value = gdf__empty};
    if (gdf__str_starts(word, "--")) {
        size_t equals = gdf__str_find(word, '=', 0);
        option.name = gdf__str_slice(word, 0, equals);
        option.attached = equals < word.len;
        option.value = gdf__str_slice(word, equals + 1, word.len);
        option.takes_value = GDF__IS_ONE_OF(option.name, LONG_WITH_VALUE);
        return option;
    }
    for (size_t i = 1; i < word.len; i++) {
        if (!word.ptr[i] || !strchr(SHORT_WITH_VALUE, word.ptr[i]))
            continue;
        option.name = gdf__str_slice(word, i, i + 1);
        option.value = gdf__str_slice(word, i + 1, word.len);
        option.attached = option.value.len > 0;
        option.takes_value = true;
        break;
    }
    return option;
}

/* ---- commands -------------------------------------------------------------------------------- */

typedef enum account_program {
    NO_PROGRAM,
    ADDUSER,
    USERADD,
    ADDGROUP,
    GROUPADD,
    USERMOD,
    DELUSER
} account_program;

static account_program program_of(gdf_str name)
{
    static const struct {
        const char *name;
        account_program program;
    } PROGRAMS[] = {{"adduser", ADDUSER},   {"useradd", USERADD}, {"addgroup", ADDGROUP},
                    {"groupadd", GROUPADD}, {"usermod", USERMOD}, {"userdel", DELUSER},
                    {"deluser", DELUSER}};
    for (size_t i = 0; i < sizeof PROGRAMS / sizeof *PROGRAMS; i++) {
        if (gdf__str_is(name, PROGRAMS[i].name))
            return PROGRAMS[i].program;
    }
    return NO_PROGRAM;
}

static void take_id(gdf__account *account, gdf_str value)
{
    account->id = is_number(value) ? value : gdf__empty;
}

static void take_group(gdf__account *account, gdf_str value)
{
    account->group = value;
    account->knows_group = value.len > 0;
}

static void apply_option(gdf__account *account, const option_word *option, account_program program)
{
    gdf_str name = option->name;
    bool gid = gdf__str_is(name, "g") || gdf__str_is(name, "--gid");
    bool uid = gdf__str_is(name, "u") || gdf__str_is(name, "--uid");
    if (program == USERMOD) {
        account->knows_group = account->knows_group && !uid && !gid;
        return;
    }
    if (program == ADDGROUP || program == GROUPADD) {
        if (gid)
            take_id(account, option->value);
        return;
    }
    if (uid)
        take_id(account, option->value);
    else if (gdf__str_is(name, "--ingroup") ||
             (program == ADDUSER ? gdf__str_is(name, "G") || gdf__str_is(name, "--gid") : gid))
        take_group(account, option->value);
}

/* Options without a value that change which group a new user gets: `adduser --system` and
 * `useradd -N` give it none of its own. */
static void apply_switch(gdf__account *account, gdf_str word, account_program program)
{
    bool is_short = !gdf__str_starts(word, "--");
    if (program == ADDUSER && gdf__str_is(word, "--group"))
        take_group(account, account->group);
    bool shared =
        program == ADDUSER
            ? gdf__str_is(word, "--system") || (is_short && gdf__str_has_byte(word, 'S'))
            : gdf__str_is(word, "--no-user-group") || (is_short && gdf__str_has_byte(word, 'N'));
    if (shared && account->group.len == 0)
        account->knows_group = false;
}

/* True when every run of the command ends with what it says: not for one that an earlier command
 * may skip, or whose failure is put up with. */
static bool is_certain(const gdf__command *row)
{
    const unsigned unsure = GDF_COMMAND_FLAG_CONDITIONAL | GDF_COMMAND_FLAG_LOOP |
                            GDF_COMMAND_FLAG_FUNCTION | GDF_COMMAND_FLAG_NEGATED;
    return !(row->flags & unsure) && row->before != GDF_OPERATOR_OR &&
           row->after != GDF_OPERATOR_OR;
}

static bool read_command(const gdf__shell *shell, gdf_command command, gdf__account *account)
{
    account_program program = program_of(gdf__shell_program(shell, command));
    if (program == NO_PROGRAM)
        return false;
    account->is_group = program == ADDGROUP || program == GROUPADD;
    account->knows_group = true;
    const gdf__word *word = gdf__support_next_argument(shell, command, NULL);
    while ((word = gdf__support_next_argument(shell, command, word)) != NULL) {
        if (!gdf__str_starts(word->value, "-")) {
            /* `adduser USER GROUP` adds to a group: it makes nobody. */
            if (account->name.len)
                return false;
            if (!(word->flags & GDF_WORD_FLAG_LITERAL))
                return false;
            account->name = word->value;
            continue;
        }
        option_word option = read_option(word->value);
        apply_switch(account, word->value, program);
        if (option.takes_value && !option.attached) {
            const gdf__word *next = gdf__support_next_argument(shell, command, word);
            if (!next)
                break;
            option.value = next->flags & GDF_WORD_FLAG_LITERAL ? next->value : gdf__empty;
            word = next;
        }
        apply_option(account, &option, program);
    }
    if (program == DELUSER || !is_certain(gdf__shell_command(shell, command)))
        account->id = gdf__empty;
    bool unchanged = program == USERMOD && account->knows_group;
    return account->name.len && !unchanged;
}

/* ---- the list -------------------------------------------------------------------------------- */

static int compare_key(const gdf__account *row, gdf_stage stage, bool is_group, gdf_str name)
{
    if (row->stage != stage)
        return row->stage < stage ? -1 : 1;
    if (row->is_group != is_group)
        return row->is_group ? 1 : -1;
    return gdf__str_compare(row->name, name);
}

static int compare_accounts(const void *left, const void *right)
{
    const gdf__account *a = left;
    const gdf__account *b = right;
    int order = compare_key(a, b->stage, b->is_group, b->name);
    if (order)
        return order;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void add_account(const gdf__check *check, gdf__account_list *list, gdf_command command)
{
    const gdf__shell *shell = &check->build->shell;
    gdf__account account = {.name = gdf__empty, .id = gdf__empty, .group = gdf__empty};
    if (!read_command(shell, command, &account))
        return;
    gdf_node node = gdf__shell_command(shell, command)->instruction;
    if (gdf_node_get_instruction(check->document, node) != GDF_INSTRUCTION_RUN ||
        gdf__support_is_nested(check, node))
        return;
    account.node = node;
    account.stage = gdf_build_find_stage(check->build, node);
    account.order = list->rows.count;
    if (account.group.len == 0)
        account.group = account.name;
    gdf__account *row = gdf__table_add(&list->rows);
    if (row)
        *row = account;
}

/* The last user of every stage, from the stages they are built on. */
static void find_last_users(const gdf__check *check, gdf__account_list *list)
{
    uint32_t count = gdf_build_count_stages(check->build);
    size_t size = 0;
    if (!gdf__multiply(count, sizeof *list->last, &size))
        return;
    list->last = gdf__arena_take(gdf__support_arena(check), size);
    if (!list->last)
        return;
    memset(list->last, 0, size);
    for (uint32_t i = 0; i < list->rows.count; i++) {
        const gdf__account *row = GDF__AT(list->rows, gdf__account, i);
        if (row->is_group || row->stage == 0)
            continue;
        uint32_t *last = &list->last[row->stage - 1];
        if (!*last || GDF__AT(list->rows, gdf__account, *last - 1)->order < row->order)
            *last = i + 1;
    }
    for (gdf_stage stage = 1; stage <= count; stage++) {
        gdf_stage base = gdf_stage_get_base_stage(check->build, stage);
        if (!list->last[stage - 1] && base)
            list->last[stage - 1] = list->last[base - 1];
    }
}

void gdf__accounts_read(const gdf__check *check, gdf__account_list *list)
{
    *list = (gdf__account_list){.last = NULL};
    gdf__table_init(&list->rows, &check->document->arena.allocator, sizeof(gdf__account));
    uint32_t count = gdf_build_count_commands(check->build);
    for (gdf_command command = 1; command <= count; command++)
        add_account(check, list, command);
    gdf__table_sort(&list->rows, compare_accounts);
    find_last_users(check, list);
    gdf__support_arena(check)->failed |= list->rows.failed;
    if (list->rows.failed || !list->last)
        *list = (gdf__account_list){.rows = list->rows, .last = NULL};
}

void gdf__accounts_free(gdf__account_list *list)
{
    gdf__table_free(&list->rows);
}

/* The row behind the last one with that key. */
static uint32_t end_of_key(const gdf__account_list *list, gdf_stage stage, bool is_group,
                           gdf_str name)
{
    uint32_t low = 0;
    uint32_t high = list->rows.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const gdf__account *row = GDF__AT(list->rows, gdf__account, middle);
        if (compare_key(row, stage, is_group, name) <= 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const gdf__account *gdf__accounts_find(const gdf__check *check, const gdf__account_list *list,
                                       gdf_stage stage, bool is_group, gdf_str name)
{
    for (int links = 0; stage && links < MAX_CHAIN; links++) {
        uint32_t end = end_of_key(list, stage, is_group, name);
        const gdf__account *row = end ? GDF__AT(list->rows, gdf__account, end - 1) : NULL;
        if (row && compare_key(row, stage, is_group, name) == 0)
            return row;
        stage = gdf_stage_get_base_stage(check->build, stage);
    }
    return NULL;
}

const gdf__account *gdf__accounts_last_user(const gdf__account_list *list, gdf_stage stage)
{
    uint32_t last = list->last && stage ? list->last[stage - 1] : 0;
    return last ? GDF__AT(list->rows, gdf__account, last - 1) : NULL;
}
