#include "golang/go_command.h"

#include <string.h>

#include "base/slice.h"
#include "golang/model.h"

typedef struct go_flag {
    const char *name;
    bool takes_value;
} go_flag;

static const go_flag FLAGS[] = {
#define GDF_GO_FLAG(name, takes_value) {name, takes_value},
#include "golang/go_flags.def"
#undef GDF_GO_FLAG
};

/* Programs that run the go tool with the platform of the target set. */
static const char *const CROSS_WRAPPERS[] = {"goxx-go", "xx-go"};

/* Subcommands that have subcommands themselves. */
static const char *const GROUPS[] = {"mod", "work", "tool"};

/* A flag in front of the packages. */
typedef struct flag_use {
    gdf_str name;    /* without dashes */
    gdf_str value;   /* behind `=` or in the next word */
    gdf_word word;   /* the word with the flag */
    gdf_word holder; /* the word that holds the value */
    bool is_off;     /* -flag=false */
} flag_use;

static bool is_cross_wrapper(gdf_str program)
{
    return GDF__IS_ONE_OF(program, CROSS_WRAPPERS);
}

bool gdf__is_go_program(gdf_str program)
{
    return gdf__str_is(program, "go") || is_cross_wrapper(program);
}

static const go_flag *find_flag(gdf_str name)
{
    for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++) {
        if (gdf__str_is(name, FLAGS[i].name))
            return &FLAGS[i];
    }
    return NULL;
}

/* The text without one or two leading dashes; empty when it has none. */
static gdf_str flag_text(gdf_str value)
{
    if (!gdf__str_starts(value, "-") || value.len < 2)
        return gdf__empty;
    return gdf__str_slice(value, gdf__str_starts(value, "--") ? 2 : 1, value.len);
}

static void apply_flag(gdf__go_command *go, const flag_use *flag)
{
    gdf_str name = flag->name;
    if (gdf__str_is(name, "o")) {
        go->output_word = flag->holder;
        go->output = flag->value;
    } else if (gdf__str_is(name, "ldflags")) {
        go->ldflags_word = flag->holder;
        go->ldflags = flag->value;
    } else if (gdf__str_is(name, "a")) {
        go->force_word = flag->is_off ? 0 : flag->word;
    } else if (gdf__str_is(name, "trimpath")) {
        go->trimpath = !flag->is_off;
    } else if (gdf__str_is(name, "tags")) {
        go->tags = flag->value;
    } else if (gdf__str_is(name, "mod")) {
        go->mod = flag->value;
    } else if (gdf__str_is(name, "buildmode")) {
        go->buildmode = flag->value;
    } else if (gdf__str_is(name, "gcflags")) {
        go->debug_build = gdf__str_contains(flag->value, "-N");
    } else if (gdf__str_is(name, "C")) {
        go->workdir = gdf__empty; /* runs elsewhere */
    }
}

/* Reads the flag in argument `*index`; moves the index to its value when that is a word of its own.
 * False when the flag is not known. */
static bool read_flag(const gdf_build *build, gdf__go_command *go, uint32_t *index)
{
    const gdf__shell *shell = &build->shell;
    const gdf__word *word = gdf__shell_argument(shell, go->command, *index);
    gdf_str text = flag_text(word->value);
    size_t equals = gdf__str_find(text, '=', 0);
    const go_flag *known = find_flag(gdf__str_slice(text, 0, equals));
    if (!known)
        return false;
    flag_use flag = {.name = gdf__str_slice(text, 0, equals),
                     .value = gdf__str_slice(text, equals + 1, text.len),
                     .word = gdf__shell_word_id(shell, word)};
    flag.holder = flag.word;
    flag.is_off = equals < text.len && gdf__str_is(flag.value, "false");
    if (known->takes_value && equals == text.len) {
        const gdf__word *next = gdf__shell_argument(shell, go->command, *index + 1);
        if (!next)
            return false;
        flag.value = next->value;
        flag.holder = gdf__shell_word_id(shell, next);
        (*index)++;
    }
    apply_flag(go, &flag);
    return true;
}

/* The words of GOFLAGS count as flags that the command line overrides. */
static void read_goflags(gdf__go_command *go, gdf_str goflags)
{
    for (size_t at = 0; at < goflags.len;) {
        size_t end = gdf__str_find(goflags, ' ', at);
        gdf_str text = flag_text(gdf__str_slice(goflags, at, end));
        size_t equals = gdf__str_find(text, '=', 0);
        flag_use flag = {.name = gdf__str_slice(text, 0, equals),
                         .value = gdf__str_slice(text, equals + 1, text.len)};
        if (text.len && find_flag(flag.name))
            apply_flag(go, &flag);
        at = end + 1;
    }
}

static void read_packages(const gdf_build *build, gdf__go_command *go, uint32_t index)
{
    const gdf__shell *shell = &build->shell;
    uint32_t count = gdf__shell_count_arguments(shell, go->command);
    go->versioned = index < count;
    for (uint32_t i = index; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, go->command, i);
        if (!go->first_package)
            go->first_package = gdf__shell_word_id(shell, word);
        go->package_count++;
        if (!gdf__str_has_byte(word->value, '@'))
            go->versioned = false;
    }
}

static void read_arguments(const gdf_build *build, gdf__go_command *go, uint32_t index)
{
    const gdf__shell *shell = &build->shell;
    uint32_t count = gdf__shell_count_arguments(shell, go->command);
    for (; index < count; index++) {
        const gdf__word *word = gdf__shell_argument(shell, go->command, index);
        if (!flag_text(word->value).len) {
            /* An unquoted expansion may bring flags of its own. */
            bool opaque = !(word->flags & GDF_WORD_FLAG_LITERAL) &&
                          gdf__str_starts(word->value, "$") && !gdf__str_has_byte(word->value, '/');
            if (!opaque)
                break;
            go->understood = false;
            continue;
        }
        if (!read_flag(build, go, &index)) {
            go->understood = false;
            if (!gdf__str_is(go->subcommand, "build") && !gdf__str_is(go->subcommand, "install"))
                return;
        }
    }
    read_packages(build, go, index);
}

static gdf__cgo read_cgo(const gdf__environment *environment)
{
    gdf__go_setting setting = gdf__environment_get(environment, GDF__GO_VARIABLE_CGO_ENABLED);
    if (setting.state == GDF__SETTING_UNSET)
        return GDF__CGO_UNSET;
    if (setting.state == GDF__SETTING_UNKNOWN)
        return GDF__CGO_UNKNOWN;
    if (gdf__str_is(setting.value, "0"))
        return GDF__CGO_OFF;
    if (setting.value.len == 0)
        return GDF__CGO_UNSET;
    return gdf__str_is(setting.value, "1") ? GDF__CGO_ON : GDF__CGO_UNKNOWN;
}

static bool is_set(const gdf__environment *environment, gdf__go_variable variable)
{
    return gdf__environment_get(environment, variable).state != GDF__SETTING_UNSET;
}

/* In the images of Docker Hub, whose GOPATH is /go. */
#define DEFAULT_GOBIN "/go/bin"

/* GOBIN, else bin of the first directory of GOPATH. */
static gdf_str read_bin(const gdf__environment *environment)
{
    gdf__go_setting bin = gdf__environment_get(environment, GDF__GO_VARIABLE_GOBIN);
    gdf__go_setting path = gdf__environment_get(environment, GDF__GO_VARIABLE_GOPATH);
    bool has_bin = bin.state == GDF__SETTING_KNOWN && bin.value.len;
    if (has_bin || bin.state == GDF__SETTING_UNKNOWN)
        return bin.value;
    if (path.state == GDF__SETTING_UNSET || (path.state == GDF__SETTING_KNOWN && !path.value.len))
        return GDF__LITERAL(DEFAULT_GOBIN);
    gdf_str first = gdf__str_slice(path.value, 0, gdf__str_find(path.value, ':', 0));
    return first.len ? gdf__golang_absolute_path(environment->arena, first, GDF__LITERAL("bin"))
                     : gdf__empty;
}

gdf__go_command gdf__go_command_read(const gdf_build *build, gdf_command command,
                                     const gdf__environment *environment)
{
    const gdf__shell *shell = &build->shell;
    const gdf__command *row = gdf__shell_command(shell, command);
    gdf__go_command go = {.command = command,
                          .instruction = row->instruction,
                          .stage = gdf_build_find_stage(build, row->instruction),
                          .subcommand = gdf__empty,
                          .action = gdf__empty,
                          .name_word = row->name,
                          .output = gdf__empty,
                          .ldflags = gdf__empty,
                          .tags = gdf__empty,
                          .mod = gdf__empty,
                          .buildmode = gdf__empty,
                          .workdir = environment->workdir,
                          .bin = read_bin(environment),
                          .understood = true,
                          .cgo = read_cgo(environment)};
    go.cross = is_cross_wrapper(gdf__shell_program(shell, command)) ||
               is_set(environment, GDF__GO_VARIABLE_GOARCH) ||
               is_set(environment, GDF__GO_VARIABLE_GOOS);
    gdf__go_setting goflags = gdf__environment_get(environment, GDF__GO_VARIABLE_GOFLAGS);
    if (goflags.state == GDF__SETTING_KNOWN)
        read_goflags(&go, goflags.value);
    else if (goflags.state == GDF__SETTING_UNKNOWN)
        go.understood = false;
    uint32_t index = 1;
    const gdf__word *word = gdf__shell_argument(shell, command, index);
    while (word && gdf__str_starts(word->value, "-C")) { /* go -C dir build */
        go.workdir = gdf__empty;
        index += word->value.len == 2 ? 2 : 1;
        word = gdf__shell_argument(shell, command, index);
    }
    if (!word || !(word->flags & GDF_WORD_FLAG_LITERAL)) {
        go.understood = false;
        return go;
    }
    go.subcommand = word->value;
    go.subcommand_word = gdf__shell_word_id(shell, word);
    index++;
    if (GDF__IS_ONE_OF(go.subcommand, GROUPS)) {
        const gdf__word *action = gdf__shell_argument(shell, command, index);
        go.action = action ? action->value : gdf__empty;
        index++;
    }
    read_arguments(build, &go, index);
    return go;
}

bool gdf__go_command_builds(const gdf__go_command *go)
{
    return gdf__str_is(go->subcommand, "build") || gdf__str_is(go->subcommand, "install");
}

bool gdf__go_command_compiles(const gdf__go_command *go)
{
    static const char *const COMPILING[] = {"build", "install", "run", "test", "vet", "generate"};
    return GDF__IS_ONE_OF(go->subcommand, COMPILING);
}
