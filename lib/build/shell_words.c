/* SHELL, and which programs read POSIX shell text. */
#include "base/ascii.h"
#include "base/slice.h"
#include "build/work.h"

static gdf_str base_name(gdf_str program)
{
    size_t start = program.len;
    while (start > 0 && program.ptr[start - 1] != '/' && program.ptr[start - 1] != '\\')
        start--;
    gdf_str name = gdf__str_slice(program, start, program.len);
    const size_t extension = strlen(".exe");
    if (name.len > extension &&
        gdf__str_is_nocase(gdf__str_slice(name, name.len - extension, name.len), ".exe"))
        name.len -= extension;
    return name;
}

static const gdf_str SHELLS[] = {
    GDF__TEXT("sh"),  GDF__TEXT("bash"), GDF__TEXT("ash"), GDF__TEXT("dash"), GDF__TEXT("busybox"),
    GDF__TEXT("ksh"), GDF__TEXT("mksh"), GDF__TEXT("zsh"), GDF__TEXT("yash"), GDF__TEXT("ksh93")};
enum { SHELL_COUNT = sizeof SHELLS / sizeof *SHELLS };

/* Their last bytes: few other programs have one of these, and every command asks. */
static uint32_t ends_of_shells(void)
{
    uint32_t ends = 0;
    for (size_t i = 0; i < SHELL_COUNT; i++)
        ends |= gdf__ascii_bit(SHELLS[i].ptr[SHELLS[i].len - 1]);
    return ends;
}

bool gdf__is_posix_shell(gdf_str program)
{
    gdf_str name = base_name(program);
    if (name.len == 0 || !(ends_of_shells() & gdf__ascii_bit(name.ptr[name.len - 1])))
        return false;
    for (size_t i = 0; i < SHELL_COUNT; i++) {
        if (gdf__str_equal_nocase(name, SHELLS[i]))
            return true;
    }
    return false;
}

/* `-e`, `-eux`, `-o`: true when the bundle of letters has `letter`. */
static bool has_letter(gdf_str word, char letter)
{
    return word.len > 1 && word.ptr[0] == '-' && word.ptr[1] != '-' &&
           gdf__str_has_byte(word, letter);
}

void gdf__shell_option(gdf__shell_options *options, gdf_str word)
{
    if (options->names_option) {
        options->errexit = options->errexit || gdf__str_is(word, "errexit");
        options->pipefail = options->pipefail || gdf__str_is(word, "pipefail");
        options->names_option = false;
        return;
    }
    options->errexit = options->errexit || has_letter(word, 'e');
    options->names_option = has_letter(word, 'o');
}

void gdf__use_shell(const gdf_document *document, gdf_node instruction, gdf__image_state *state)
{
    gdf__shell_options options = {.errexit = false};
    bool is_posix = false;
    for (gdf_node node = gdf__next_argument(document, instruction, 0); node;
         node = gdf__next_argument(document, instruction, node + 1)) {
        gdf_str word = gdf_node_get_value(document, node);
        if (is_posix)
            gdf__shell_option(&options, word);
        is_posix = is_posix || gdf__is_posix_shell(word);
    }
    state->reads_posix = is_posix;
    state->errexit = options.errexit;
    state->pipefail = options.pipefail;
}

/* ---- for the layers above -------------------------------------------------------------------- */

uint32_t gdf__build_count_shell_words(const gdf_build *build, gdf_node node)
{
    gdf_node shell = gdf__build_state_before(build, node)->shell;
    uint32_t count = 0;
    for (gdf_node word = gdf__next_argument(build->document, shell, 0); word;
         word = gdf__next_argument(build->document, shell, word + 1))
        count++;
    return count;
}

gdf_str gdf__build_get_shell_word(const gdf_build *build, gdf_node node, uint32_t index)
{
    gdf_node shell = gdf__build_state_before(build, node)->shell;
    gdf_node word = gdf__next_argument(build->document, shell, 0);
    while (word && index-- > 0)
        word = gdf__next_argument(build->document, shell, word + 1);
    return gdf_node_get_value(build->document, word);
}
