/* The programs that go commands make, and where COPY, cp and mv carry them. */
#include "base/ascii.h"
#include "base/slice.h"
#include "golang/go_command.h"
#include "golang/model.h"

/* More programs than any real image has, and longer chains of stages: beyond it they are not
 * followed, so that looking for one stays cheap whatever the input. */
enum { MAX_ARTEFACTS = 64, MAX_CHAIN = 32 };

static void add_artefact(gdf__golang *golang, gdf_stage stage, gdf_str path, bool any_name,
                         uint32_t command, gdf_node placed_by)
{
    if (path.len == 0 || golang->artefacts.count >= MAX_ARTEFACTS)
        return;
    gdf__artefact *row = gdf__table_add(&golang->artefacts);
    if (row)
        *row = (gdf__artefact){.stage = stage,
                               .path = path,
                               .any_name = any_name,
                               .go_command = command,
                               .placed_by = placed_by};
}

static gdf_str join(gdf__golang *golang, gdf_str directory, gdf_str name)
{
    return name.len ? gdf__golang_absolute_path(&golang->arena, directory, name) : gdf__empty;
}

/* True for the `v2` that ends the path of a major version. */
static bool is_major_version(gdf_str part)
{
    if (part.len < 2 || part.ptr[0] != 'v')
        return false;
    for (size_t i = 1; i < part.len; i++) {
        if (!gdf__ascii_is_digit(part.ptr[i]))
            return false;
    }
    return true;
}

/* The name that go gives to the program of a package path; empty when the module decides. */
static gdf_str program_name(gdf_str package)
{
    package = gdf__str_slice(package, 0, gdf__str_find(package, '@', 0));
    while (gdf__str_ends(package, "/"))
        package.len--;
    gdf_str name = gdf__path_base(package);
    if (is_major_version(name) && name.len < package.len)
        name = gdf__path_base(gdf__path_directory(package));
    if (gdf__str_ends(name, ".go"))
        name.len -= strlen(".go");
    bool own = gdf__str_is(name, ".") || gdf__str_is(name, "..") || gdf__str_is(name, "...");
    return own ? gdf__empty : name;
}

/* The program's name when it is built from the directory that the command stands in. */
static gdf_str module_name(const gdf__golang *golang)
{
    gdf_str text =
        golang->project ? gdf_project_get_content(golang->project, "go.mod", 6) : gdf__empty;
    if (!gdf__str_starts(text, "module "))
        return gdf__empty;
    size_t end = gdf__str_find(text, '\n', 0);
    return program_name(gdf__str_trim(gdf__str_slice(text, strlen("module "), end)));
}

static void add_program(gdf__golang *golang, const gdf__go_command *go, uint32_t index,
                        gdf_str directory, gdf_str package)
{
    gdf_str name = program_name(package);
    if (name.len == 0)
        name = module_name(golang);
    if (name.len)
        add_artefact(golang, go->stage, join(golang, directory, name), false, index,
                     go->instruction);
    else
        add_artefact(golang, go->stage, directory, true, index, go->instruction);
}

static void add_programs(gdf__golang *golang, const gdf__go_command *go, uint32_t index,
                         gdf_str directory)
{
    const gdf__shell *shell = &golang->build->shell;
    if (directory.len == 0)
        return;
    if (go->package_count == 0)
        add_program(golang, go, index, directory, GDF__LITERAL("."));
    for (uint32_t i = 0; i < go->package_count; i++)
        add_program(golang, go, index, directory,
                    gdf__shell_word(shell, go->first_package + i)->value);
}

static gdf_str output_path(gdf__golang *golang, const gdf__go_command *go)
{
    const gdf__word *word = gdf__shell_word(&golang->build->shell, go->output_word);
    gdf_str text = go->output;
    if (word && gdf__str_has_byte(text, '$')) {
        gdf__word value = *word;
        value.value = text;
        text = gdf__paths_expand(golang->build, go->instruction, &value, &golang->arena);
    }
    return gdf__golang_absolute_path(&golang->arena, go->workdir, text);
}

/* One package that go names itself is a file; with a slash at its end the output is a directory. */
static void add_built(gdf__golang *golang, const gdf__go_command *go, uint32_t index)
{
    if (gdf__str_is(go->subcommand, "install")) {
        add_programs(golang, go, index, go->bin);
    } else if (go->output.len == 0) {
        add_programs(golang, go, index, go->workdir);
    } else {
        gdf_str path = output_path(golang, go);
        bool directory =
            gdf__str_ends(go->output, "/") || gdf__str_is(go->output, ".") || go->package_count > 1;
        if (directory)
            add_programs(golang, go, index, path);
        else
            add_artefact(golang, go->stage, path, false, index, go->instruction);
    }
}

/* ---- carrying -------------------------------------------------------------------------------- */

static bool path_fits(const gdf__artefact *artefact, gdf_str path)
{
    if (artefact->any_name)
        return gdf__str_equal(gdf__path_directory(path), artefact->path);
    return gdf__str_equal(path, artefact->path);
}

static const gdf__artefact *find_in_stage(const gdf__golang *golang, gdf_stage stage, gdf_str path)
{
    const gdf__artefact *by_directory = NULL;
    for (uint32_t i = golang->artefacts.count; i-- > 0;) {
        const gdf__artefact *row = GDF__AT(golang->artefacts, gdf__artefact, i);
        if (row->stage != stage || !path_fits(row, path))
            continue;
        if (!row->any_name)
            return row;
        by_directory = row;
    }
    return by_directory;
}

const gdf__artefact *gdf__golang_find_artefact(const gdf__golang *golang, gdf_stage stage,
                                               gdf_str path)
{
    for (int links = 0; stage && path.len && links < MAX_CHAIN;
         stage = gdf__build_stage(golang->build, stage)->base_stage, links++) {
        const gdf__artefact *row = find_in_stage(golang, stage, path);
        if (row)
            return row;
    }
    return NULL;
}

/* Where the artefact comes to lie when `source` is copied to `destination`; empty when it is not
 * part of the source. */
static gdf_str carried_path(gdf__golang *golang, const gdf__artefact *artefact, gdf_str source,
                            gdf_str destination, bool into_directory)
{
    if (!artefact->any_name && gdf__str_equal(artefact->path, source))
        return into_directory ? join(golang, destination, gdf__path_base(source)) : destination;
    if (artefact->any_name && gdf__str_equal(gdf__path_directory(source), artefact->path))
        return into_directory ? join(golang, destination, gdf__path_base(source)) : destination;
    if (!gdf__path_is_below(artefact->path, source))
        return gdf__empty;
    gdf_str rest = gdf__str_slice(artefact->path, source.len, artefact->path.len);
    while (gdf__str_starts(rest, "/"))
        rest = gdf__str_slice(rest, 1, rest.len);
    return rest.len ? join(golang, destination, rest) : destination;
}

static bool is_in_chain(const gdf__golang *golang, gdf_stage stage, gdf_stage member)
{
    for (int links = 0; stage && links < MAX_CHAIN; links++) {
        if (stage == member)
            return true;
        stage = gdf__build_stage(golang->build, stage)->base_stage;
    }
    return false;
}

static void carry(gdf__golang *golang, gdf_stage from, gdf_stage to, gdf_str source,
                  gdf_str destination, bool into_directory, gdf_node placed_by)
{
    uint32_t count = golang->artefacts.count;
    for (uint32_t i = 0; i < count && source.len && destination.len; i++) {
        gdf__artefact artefact = *GDF__AT(golang->artefacts, gdf__artefact, i);
        if (!is_in_chain(golang, from, artefact.stage))
            continue;
        gdf_str path = carried_path(golang, &artefact, source, destination, into_directory);
        bool exact_source =
            artefact.any_name && gdf__str_equal(gdf__path_directory(source), artefact.path);
        add_artefact(golang, to, path, artefact.any_name && !exact_source, artefact.go_command,
                     placed_by);
    }
}

static gdf_str expand_part(gdf__golang *golang, gdf_node node, gdf_part part)
{
    gdf__expansion expansion = gdf__build_expand(
        golang->build, node, gdf_part_get_value(golang->build->document, part), &golang->arena);
    return expansion.certain ? expansion.text : gdf__empty;
}

static gdf_str drop_glob(gdf_str path)
{
    return gdf__str_ends(path, "/*") ? gdf__str_slice(path, 0, path.len - 1) : path;
}

/* True for a directory that is there already: of the image, or on the way to WORKDIR. */
static bool is_directory(const gdf__golang *golang, gdf_stage stage, gdf_str workdir,
                         gdf_str target)
{
    static const char *const USUAL[] = {"/bin",
                                        "/etc",
                                        "/home",
                                        "/opt",
                                        "/root",
                                        "/sbin",
                                        "/tmp",
                                        "/usr",
                                        "/usr/bin",
                                        "/usr/lib",
                                        "/usr/local",
                                        "/usr/local/bin",
                                        "/usr/local/sbin",
                                        "/usr/sbin",
                                        "/var"};
    if (target.len && workdir.len && gdf__path_is_below(workdir, target))
        return true;
    const gdf__go_stage *row = gdf__golang_stage(golang, stage);
    return row && !gdf__build_is_scratch(golang->build, stage) &&
           row->facts.has_shell != GDF__FACT_NO && GDF__IS_ONE_OF(target, USUAL);
}

static void carry_by_copy(gdf__golang *golang, gdf_node node, gdf_stage from)
{
    const gdf_document *document = golang->build->document;
    const gdf__step *step = gdf__build_step(golang->build, node);
    const gdf__image_state *state = gdf__build_state_before(golang->build, node);
    gdf_part target = gdf_instruction_find_part(document, node, GDF_PART_DESTINATION, 0);
    gdf_str destination = expand_part(golang, node, target);
    gdf_part second = gdf_instruction_find_part(document, node, GDF_PART_SOURCE, 1);
    bool into = second || gdf__str_ends(destination, "/") || gdf__str_is(destination, ".");
    destination = gdf__golang_absolute_path(&golang->arena, state->workdir.text, destination);
    into = into || is_directory(golang, step->stage, state->workdir.text, destination);
    gdf_part source = 0;
    for (uint32_t i = 0; i < MAX_ARTEFACTS; i++) {
        source = gdf__instruction_next_part(document, node, GDF_PART_SOURCE, source);
        if (!source)
            return;
        gdf_str path = drop_glob(expand_part(golang, node, source));
        carry(golang, from, step->stage,
              gdf__golang_absolute_path(&golang->arena, GDF__LITERAL("/"), path), destination, into,
              node);
    }
}

/* `cp a b`, `mv a b`, `install a b`: two literal paths. */
static void carry_by_command(gdf__golang *golang, gdf_node node, gdf_command command)
{
    static const char *const CARRIERS[] = {"cp", "install", "ln", "mv"};
    const gdf__shell *shell = &golang->build->shell;
    if (!GDF__IS_ONE_OF(gdf__shell_program(shell, command), CARRIERS))
        return;
    gdf_str paths[2] = {gdf__empty, gdf__empty};
    size_t found = 0;
    uint32_t count = gdf__shell_count_arguments(shell, command);
    for (uint32_t i = 1; i < count; i++) {
        const gdf__word *word = gdf__shell_argument(shell, command, i);
        if (gdf__str_starts(word->value, "-"))
            continue;
        if (found == 2)
            return;
        paths[found++] = gdf__paths_expand(golang->build, node, word, &golang->arena);
    }
    const gdf__step *step = gdf__build_step(golang->build, node);
    gdf_str workdir = gdf__build_state_before(golang->build, node)->workdir.text;
    gdf_str target = gdf__golang_absolute_path(&golang->arena, workdir, paths[1]);
    bool into = gdf__str_ends(paths[1], "/") || gdf__str_is(paths[1], ".") ||
                is_directory(golang, step->stage, workdir, target);
    if (found == 2)
        carry(golang, step->stage, step->stage,
              gdf__golang_absolute_path(&golang->arena, workdir, paths[0]), target, into, node);
}

/* ---- what an image starts -------------------------------------------------------------------- */

/* A bare name is looked for in the directories that PATH has in every image we know. */
static const gdf__artefact *find_in_path(const gdf__golang *golang, gdf_stage stage, gdf_str name)
{
    static const char *const DIRECTORIES[] = {
        "/go/bin", "/usr/local/bin", "/usr/local/sbin", "/usr/bin", "/usr/sbin", "/bin", "/sbin"};
    for (uint32_t i = golang->artefacts.count; i-- > 0;) {
        const gdf__artefact *row = GDF__AT(golang->artefacts, gdf__artefact, i);
        if (row->any_name || !gdf__str_equal(gdf__path_base(row->path), name) ||
            !GDF__IS_ONE_OF(gdf__path_directory(row->path), DIRECTORIES))
            continue;
        const gdf__artefact *found = gdf__golang_find_artefact(golang, stage, row->path);
        if (found)
            return found;
    }
    return NULL;
}

const gdf__artefact *gdf__golang_started_artefact(gdf__golang *golang, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(golang, stage);
    if (!row)
        return NULL;
    gdf_str program =
        gdf__golang_started_program(golang, row->entrypoint ? row->entrypoint : row->command);
    if (program.len && !gdf__str_has_byte(program, '/'))
        return find_in_path(golang, stage, program);
    const gdf__image_state *state = gdf__build_state_at_end(golang->build, stage);
    gdf_str path = gdf__golang_absolute_path(&golang->arena, state->workdir.text, program);
    return gdf__golang_find_artefact(golang, stage, path);
}

/* ---- the pass -------------------------------------------------------------------------------- */

static gdf_stage copy_source(const gdf_build *build, gdf_node node, uint32_t *edge)
{
    while (*edge < build->edges.count && gdf__build_edge(build, *edge)->instruction < node)
        (*edge)++;
    if (*edge < build->edges.count && gdf__build_edge(build, *edge)->instruction == node)
        return gdf__build_edge(build, *edge)->source;
    return 0;
}

static void read_run(gdf__golang *golang, gdf_node node, uint32_t *next_command)
{
    const gdf__step *step = gdf__build_step(golang->build, node);
    for (uint32_t i = 0; i < step->command_count; i++) {
        gdf_command command = step->first_command + i;
        const gdf__go_command *go = gdf__golang_command(golang, *next_command);
        if (go && go->command == command) {
            if (gdf__go_command_builds(go) && go->understood)
                add_built(golang, go, *next_command);
            (*next_command)++;
        } else if (golang->artefacts.count) {
            carry_by_command(golang, node, command);
        }
    }
}

static void mark_runtime(gdf__golang *golang)
{
    for (uint32_t i = 0; i < golang->artefacts.count; i++) {
        const gdf__artefact *artefact = GDF__AT(golang->artefacts, gdf__artefact, i);
        const gdf__go_stage *stage = gdf__golang_stage(golang, artefact->stage);
        gdf__go_command *command = GDF__AT(golang->commands, gdf__go_command, artefact->go_command);
        if (stage && stage->in_runtime_chain && !command->runtime)
            command->runtime = artefact->stage;
    }
}

static void mark_started(gdf__golang *golang)
{
    for (gdf_stage stage = 1; stage <= golang->stages.count && golang->artefacts.count; stage++) {
        const gdf__artefact *started = gdf__golang_stage(golang, stage)->is_runtime
                                           ? gdf__golang_started_artefact(golang, stage)
                                           : NULL;
        if (started)
            GDF__AT(golang->commands, gdf__go_command, started->go_command)->started = true;
    }
}

void gdf__golang_read_artefacts(gdf__golang *golang)
{
    const gdf_document *document = golang->build->document;
    uint32_t next_command = 0;
    uint32_t edge = 0;
    if (golang->commands.count == 0)
        return;
    for (uint32_t i = 0; i < document->instructions.count; i++) {
        gdf_node node = *GDF__AT(document->instructions, gdf_node, i);
        gdf_instruction_kind kind = gdf_node_get_instruction(document, node);
        gdf_stage from = copy_source(golang->build, node, &edge);
        if (kind == GDF_INSTRUCTION_RUN)
            read_run(golang, node, &next_command);
        else if (kind == GDF_INSTRUCTION_COPY && from && golang->artefacts.count)
            carry_by_copy(golang, node, from);
    }
    mark_runtime(golang);
    mark_started(golang);
}
