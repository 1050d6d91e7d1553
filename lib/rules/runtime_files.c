/* RFS001: files that a Go program needs of the image that it runs in. */
#include "base/slice.h"
#include "rules/support.h"

/* Where Go looks for certificates on Linux (crypto/x509, root_linux.go). */
static const char *const BUNDLE_PATHS[] = {"/etc/ssl/certs",
                                           "/etc/pki/tls/certs",
                                           "/etc/ssl/ca-bundle.pem",
                                           "/etc/pki/tls/cacert.pem",
                                           "/etc/pki/ca-trust/extracted/pem",
                                           "/etc/ssl/cert.pem",
                                           "/etc/ssl"};
#define BUNDLE "/etc/ssl/certs/ca-certificates.crt"

enum { MAX_CHAIN = 32 };

/* True when the COPY may bring certificates: to one of the places, or a whole tree around them. */
static bool may_copy_bundle(const gdf__check *check, gdf_node node)
{
    gdf_str to = gdf__support_destination(check, node);
    gdf_part source = gdf_instruction_find_part(check->document, node, GDF_PART_SOURCE, 0);
    gdf_str from = gdf_part_get_value(check->document, source);
    if (to.len == 0 || gdf__str_is(to, "/etc") || gdf__str_is(to, "/etc/pki"))
        return true;
    if (gdf__str_is(to, "/"))
        return !gdf__golang_find_artefact(
                   check->golang, gdf_build_find_stage(check->build, node),
                   gdf__support_text(check, "/%S", gdf__path_base(from))) ||
               gdf_instruction_find_part(check->document, node, GDF_PART_SOURCE, 1);
    for (size_t i = 0; i < sizeof BUNDLE_PATHS / sizeof *BUNDLE_PATHS; i++) {
        if (gdf__path_is_below(to, gdf__str(BUNDLE_PATHS[i])))
            return true;
    }
    return gdf__str_contains(from, "cert");
}

static bool installs_bundle(const gdf__check *check, gdf_node run)
{
    const gdf__step *step = gdf__build_step(check->build, run);
    const gdf__shell *shell = &check->build->shell;
    if (!step->understood)
        return true;
    for (uint32_t i = 0; i < step->command_count; i++) {
        uint32_t count = gdf__shell_count_arguments(shell, step->first_command + i);
        for (uint32_t w = 0; w < count; w++) {
            const gdf__word *word = gdf__shell_argument(shell, step->first_command + i, w);
            if (gdf__str_contains(word->value, "ca-certificates") ||
                gdf__str_contains(word->value, "/ssl/") ||
                gdf__str_contains(word->value, "update-ca"))
                return true;
        }
    }
    return false;
}

static bool gets_bundle(const gdf__check *check, gdf_stage stage)
{
    for (int links = 0; stage && links < MAX_CHAIN; links++) {
        uint32_t count = gdf_stage_count_instructions(check->build, stage);
        for (uint32_t i = 1; i < count; i++) {
            gdf_node node = gdf__support_instruction(check, stage, i);
            gdf_instruction_kind kind = gdf_node_get_instruction(check->document, node);
            if ((kind == GDF_INSTRUCTION_COPY || kind == GDF_INSTRUCTION_ADD)
                    ? may_copy_bundle(check, node)
                    : kind == GDF_INSTRUCTION_RUN && installs_bundle(check, node))
                return true;
        }
        stage = gdf_stage_get_base_stage(check->build, stage);
    }
    return false;
}

static bool points_elsewhere(const gdf__check *check, gdf_stage stage)
{
    return gdf__build_find_environment(check->build, stage, GDF__LITERAL("SSL_CERT_FILE")).state ==
               GDF__VARIABLE_SET ||
           gdf__build_find_environment(check->build, stage, GDF__LITERAL("SSL_CERT_DIR")).state ==
               GDF__VARIABLE_SET;
}

/* A stage whose image has the bundle: the one that built the program. */
static gdf_stage stage_with_bundle(const gdf__check *check, const gdf__artefact *artefact)
{
    gdf_stage stage = gdf__golang_command(check->golang, artefact->go_command)->stage;
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    return row && row->facts.has_ca_bundle == GDF__FACT_YES ? stage : 0;
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

static void fix_bundle(gdf__check *check, gdf_stage stage, gdf_stage source)
{
    gdf_node copy = first_copy(check, stage);
    if (!source || source == stage || !copy) {
        gdf__note(check, "no stage of the file is known to have the bundle: install "
                         "ca-certificates in the build stage and copy " BUNDLE);
        return;
    }
    gdf__fix *fix = gdf__fix_begin(check, GDF_FIX_SUGGESTED,
                                   "Copy the CA bundle from the stage that built the program");
    gdf_str name = gdf_stage_get_name(check->build, source);
    if (name.len == 0)
        name = gdf__support_text(check, "%d", (int)source - 1);
    gdf_str line = gdf__support_text(check, "%S --from=%S " BUNDLE " /etc/ssl/certs/",
                                     gdf__edit_keyword(&fix->edits, check->document, "COPY"), name);
    gdf__fix_end(check, gdf__edit_insert_before(&fix->edits, check->document, copy, line));
}

void gdf__check_ca_certificates(gdf__check *check, gdf_stage stage)
{
    const gdf__go_stage *row = gdf__golang_stage(check->golang, stage);
    bool lacks =
        gdf__build_is_scratch(check->build, stage) || row->facts.has_ca_bundle == GDF__FACT_NO;
    if (!row->is_runtime || !lacks)
        return;
    const gdf__artefact *artefact = gdf__golang_started_artefact(check->golang, stage);
    if (!artefact || gets_bundle(check, stage) || points_elsewhere(check, stage))
        return;
    gdf_node from = gdf_stage_get_instruction(check->build, stage);
    gdf__report_part(check, GDF__RULE_RFS001,
                     gdf_instruction_find_part(check->document, from, GDF_PART_IMAGE, 0));
    gdf__say(check, "%S has no CA certificates: every TLS connection that %S opens will fail",
             gdf_stage_get_root_image(check->build, stage), gdf__path_base(artefact->path));
    fix_bundle(check, stage, stage_with_bundle(check, artefact));
}
