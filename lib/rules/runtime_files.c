/* RFS001: files that a Go program needs of the image that it runs in. */
#include "base/slice.h"
#include "rules/support.h"

#define BUNDLE "/etc/ssl/certs/ca-certificates.crt"

/* ---- what brings certificates ---------------------------------------------------------------- */

/* Where Go looks for certificates on Linux (crypto/x509, root_linux.go), and the files'
 * directories. */
static const char *const BUNDLE_PLACES[] = {"/etc/ssl", "/etc/pki"};

/* Directories that a whole tree may be copied to. */
static const char *const PARENTS[] = {"/", "/etc"};

static bool source_may_be_bundle(const gdf__check *check, gdf_node copy, gdf_str to, gdf_str source)
{
    if (gdf__str_contains(source, "cert") || gdf__str_contains(source, "/ssl"))
        return true;
    if (!GDF__IS_ONE_OF(to, PARENTS))
        return false;
    gdf_str path = gdf__support_text(check, "/%S", gdf__path_base(source));
    return !gdf__str_is(to, "/") ||
           !gdf__golang_find_artefact(check->golang, gdf_build_find_stage(check->build, copy),
                                      path);
}

/* True when the COPY may bring certificates: to one of their places, or a whole tree around them.
 */
static bool copies_bundle(const gdf__check *check, gdf_node copy)
{
    gdf_str to = gdf__support_destination(check, copy);
    if (to.len == 0)
        return true;
    for (size_t i = 0; i < sizeof BUNDLE_PLACES / sizeof *BUNDLE_PLACES; i++) {
        if (gdf__path_is_below(to, gdf__str(BUNDLE_PLACES[i])))
            return true;
    }
    uint32_t count = gdf_instruction_count_parts(check->document, copy);
    for (uint32_t i = 0; i < count; i++) {
        gdf_part part = gdf_instruction_get_part(check->document, copy, i);
        if (gdf_part_get_kind(check->document, part) == GDF_PART_SOURCE &&
            source_may_be_bundle(check, copy, to, gdf_part_get_value(check->document, part)))
            return true;
    }
    return false;
}

static bool command_names_bundle(const gdf__shell *shell, gdf_command command)
{
    const gdf__word *word = NULL;
    while ((word = gdf__support_next_argument(shell, command, word)) != NULL) {
        if (gdf__str_contains(word->value, "ca-certificates") ||
            gdf__str_contains(word->value, "/ssl/") || gdf__str_contains(word->value, "update-ca"))
            return true;
    }
    return false;
}

static bool installs_bundle(const gdf__check *check, gdf_node run)
{
    const gdf__step *step = gdf__build_step(check->build, run);
    bool installs = !step->understood;
    for (uint32_t i = 0; !installs && i < step->command_count; i++)
        installs = command_names_bundle(&check->build->shell, step->first_command + i);
    return installs;
}

static bool brings_bundle(const gdf__check *check, gdf_node node)
{
    gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
    if (kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD)
        return copies_bundle(check, node);
    return kind == GDF_INSTRUCTION_RUN && installs_bundle(check, node);
}

static bool points_elsewhere(const gdf__check *check, gdf_stage stage)
{
    return gdf__build_find_environment(check->build, stage, GDF__LITERAL("SSL_CERT_FILE")).state ==
               GDF__VARIABLE_SET ||
           gdf__build_find_environment(check->build, stage, GDF__LITERAL("SSL_CERT_DIR")).state ==
               GDF__VARIABLE_SET;
}

/* ---- the fix --------------------------------------------------------------------------------- */

/* The stage that built the program, when its image has the bundle where Debian and Alpine put it,
 * as each tag of golang has. */
static gdf_stage stage_with_bundle(const gdf__check *check, const gdf__artefact *artefact)
{
    gdf_stage stage = gdf__golang_command(check->golang, artefact->go_command)->stage;
    const gdf__image_facts *facts = &gdf__golang_stage(check->golang, stage)->facts;
    bool known =
        facts->has_ca_bundle == GDF__FACT_YES &&
        (facts->os == GDF__OS_ALPINE || facts->os == GDF__OS_DEBIAN || facts->os == GDF__OS_UBUNTU);
    bool golang =
        facts->family == GDF__IMAGE_GOLANG && !gdf__build_stage(check->build, stage)->is_windows;
    return known || golang ? stage : 0;
}

static gdf_node first_copy(const gdf__check *check, gdf_stage stage)
{
    uint32_t count = gdf_stage_count_instructions(check->build, stage);
    for (uint32_t i = 1; i < count; i++) {
        gdf_node node = gdf__support_instruction(check, stage, i);
        if (gdf_node_get_instruction(check->document, node) == GDF_INSTRUCTION_COPY)
            return node;
    }
    return 0;
}

/* What COPY --from= calls the stage: its name, unless a later stage has it too. */
static gdf_str reference_to(const gdf__check *check, gdf_stage stage)
{
    gdf_str name = gdf_stage_get_name(check->build, stage);
    if (name.len && gdf_build_find_stage_by_name(check->build, name.ptr, name.len) == stage)
        return name;
    return gdf__support_text(check, "%d", (int)stage - 1);
}

static void fix_bundle(gdf__check *check, gdf_stage stage, gdf_stage source)
{
    gdf_node copy = first_copy(check, stage);
    if (!source || source >= stage || !copy) {
        gdf__note(check, "no stage of the file is known to have the bundle: install "
                         "ca-certificates in the build stage and copy " BUNDLE);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Copy the CA bundle from the stage that built the program");
    gdf_str line = gdf__support_text(check, "%S --from=%S " BUNDLE " /etc/ssl/certs/",
                                     gdf__edit_keyword(&fix->edits, check->document, "COPY"),
                                     reference_to(check, source));
    gdf__fix_end(check, gdf__edit_insert_before(&fix->edits, check->document, copy, line));
}

/* ---- the finding ----------------------------------------------------------------------------- */

static bool lacks_bundle(const gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    return row->is_runtime &&
           (gdf__build_is_scratch(check->build, stage) || row->facts.has_ca_bundle == GDF__FACT_NO);
}

/* go.mod speaks of the programs of its own module. */
static gdf__requirements requirements_of(const gdf__check *check, const gdf__artefact *artefact)
{
    gdf__requirements none = {.client = gdf__empty};
    bool foreign = gdf__golang_command(check->golang, artefact->go_command)->versioned;
    return foreign ? none : check->golang->requirements;
}

static void report_bundle(gdf__check *check, gdf_stage stage, const gdf__artefact *artefact)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    gdf_str program = gdf__golang_started_program(check->golang,
                                                  row->entrypoint ? row->entrypoint : row->command);
    gdf_node from = gdf_stage_get_instruction(check->build, stage);
    gdf__report_part(check, GDF__RULE_RFS001,
                     gdf_instruction_find_part(check->document, from, GDF_PART_IMAGE, 0));
    gdf_str base = gdf__support_base_text(check, stage);
    gdf_str name = gdf__path_base(program);
    gdf_str client = requirements_of(check, artefact).client;
    if (client.len) {
        gdf__say(check,
                 "%S has no CA certificates, and go.mod requires %S, which opens TLS connections: "
                 "those of %S will fail",
                 base, client, name);
        gdf__set_severity(check, GDF_SEVERITY_ERROR);
    } else {
        gdf__say(check, "%S has no CA certificates: every TLS connection that %S opens will fail",
                 base, name);
    }
    fix_bundle(check, stage, stage_with_bundle(check, artefact));
}

void gdf__check_ca_certificates(gdf__check *check)
{
    gdf__chain_search bundles = gdf__support_search_chains(check, brings_bundle);
    uint32_t count = gdf_build_count_stages(check->build);
    for (gdf_stage stage = 1; stage <= count; stage++) {
        if (!lacks_bundle(check, stage) || points_elsewhere(check, stage) ||
            gdf__support_chain_has(&bundles, stage))
            continue;
        const gdf__artefact *artefact = gdf__golang_started_artefact(check->golang, stage);
        if (artefact && requirements_of(check, artefact).roots.len == 0)
            report_bundle(check, stage, artefact);
    }
}
