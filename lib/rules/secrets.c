/* SCR001: files that hold secrets are copied into the image. */
#include "base/ascii.h"
#include "base/slice.h"
#include "rules/support.h"

/* Names, and how they are compared: with the last part of a path, or with its last parts. */
typedef enum name_kind { NAME_IS, NAME_STARTS, NAME_ENDS, PATH_IS } name_kind;

typedef struct secret_name {
    name_kind kind;
    gdf_str text;
    const char *what;
} secret_name;

#define PRIVATE_KEY "a private key"
#define CREDENTIALS "credentials"

static const secret_name SECRETS[] = {
    {NAME_IS, GDF__TEXT(".env"), "settings with secrets"},
    {NAME_STARTS, GDF__TEXT(".env."), "settings with secrets"},
    {NAME_STARTS, GDF__TEXT("id_rsa"), PRIVATE_KEY},
    {NAME_STARTS, GDF__TEXT("id_ed25519"), PRIVATE_KEY},
    {NAME_STARTS, GDF__TEXT("id_ecdsa"), PRIVATE_KEY},
    {NAME_ENDS, GDF__TEXT(".pem"), PRIVATE_KEY},
    {NAME_ENDS, GDF__TEXT(".key"), PRIVATE_KEY},
    {NAME_ENDS, GDF__TEXT(".p12"), "a key store"},
    {NAME_ENDS, GDF__TEXT(".pfx"), "a key store"},
    {NAME_ENDS, GDF__TEXT(".jks"), "a key store"},
    {NAME_IS, GDF__TEXT(".netrc"), CREDENTIALS},
    {NAME_IS, GDF__TEXT("_netrc"), CREDENTIALS},
    {NAME_IS, GDF__TEXT(".git-credentials"), CREDENTIALS},
    {NAME_IS, GDF__TEXT(".npmrc"), "a registry token"},
    {NAME_IS, GDF__TEXT(".pypirc"), "a registry token"},
    {NAME_IS, GDF__TEXT("secrets.yml"), "secrets"},
    {NAME_IS, GDF__TEXT("secrets.yaml"), "secrets"},
    {NAME_IS, GDF__TEXT("kubeconfig"), "cluster credentials"},
    {NAME_IS, GDF__TEXT(".aws"), "cloud credentials"},
    {NAME_IS, GDF__TEXT(".ssh"), "private keys"},
    {NAME_IS, GDF__TEXT(".vault-token"), "a token"},
    {PATH_IS, GDF__TEXT(".docker/config.json"), "registry credentials"},
    {PATH_IS, GDF__TEXT(".aws/credentials"), "cloud credentials"},
};

/* Settings files: `credentials.go` and a package `credentials` are code. */
static const char *const DATA_ENDINGS[] = {".csv",  ".env", ".ini", ".json", ".properties",
                                           ".toml", ".txt", ".xml", ".yaml", ".yml"};

/* Parts of a name that tell a public file. */
static const char *const PUBLIC_WORDS[] = {
    ".dist",   ".example", ".pub", ".sample", ".template", "bundle", "cert", "chain",
    "dhparam", "example",  "gpg",  "pub.",    "public",    "pubkey", "root", "sample"};

/* Where public keys and certificates are kept. */
static const char *const PUBLIC_PLACES[] = {"/etc/apk/keys",
                                            "/etc/apt",
                                            "/etc/pki/ca-trust",
                                            "/etc/pki/rpm-gpg",
                                            "/etc/ssl/certs",
                                            "/usr/local/share/ca-certificates",
                                            "/usr/share/ca-certificates",
                                            "/usr/share/keyrings"};

static gdf_str tail_of(gdf_str text, size_t len)
{
    return gdf__str_slice(text, text.len - len, text.len);
}

/* True for the path itself, and for one below any directory. */
static bool path_fits(gdf_str wanted, gdf_str path)
{
    return path.len >= wanted.len && gdf__str_equal(tail_of(path, wanted.len), wanted) &&
           (path.len == wanted.len || path.ptr[path.len - wanted.len - 1] == '/');
}

static bool name_fits(const secret_name *row, gdf_str name, gdf_str path)
{
    switch (row->kind) {
    case NAME_IS: return gdf__str_equal(name, row->text);
    case NAME_STARTS: return gdf__str_equal(gdf__str_slice(name, 0, row->text.len), row->text);
    case NAME_ENDS:
        return path.len > row->text.len && gdf__str_equal(tail_of(path, row->text.len), row->text);
    case PATH_IS: return path_fits(row->text, path);
    }
    return false;
}

static bool is_data_file(gdf_str name)
{
    for (size_t i = 0; i < sizeof DATA_ENDINGS / sizeof *DATA_ENDINGS; i++) {
        if (gdf__str_ends(name, DATA_ENDINGS[i]))
            return true;
    }
    return false;
}

/* True for `ca.pem`, `my-ca.pem`, `ca_2024.key`: `ca` stands as a word of its own. */
static bool names_authority(gdf_str name)
{
    for (size_t i = 0; i + 1 < name.len; i++) {
        bool begins = i == 0 || !gdf__ascii_is_alnum(name.ptr[i - 1]);
        bool ends = i + 2 >= name.len || !gdf__ascii_is_alnum(name.ptr[i + 2]);
        if (begins && ends && gdf__ascii_lower(name.ptr[i]) == 'c' &&
            gdf__ascii_lower(name.ptr[i + 1]) == 'a')
            return true;
    }
    return gdf__str_starts(name, "ca") && gdf__str_ends(name, ".pem");
}

static bool is_public(gdf_str name)
{
    for (size_t i = 0; i < sizeof PUBLIC_WORDS / sizeof *PUBLIC_WORDS; i++) {
        if (gdf__str_contains(name, PUBLIC_WORDS[i]))
            return true;
    }
    return names_authority(name) && !gdf__str_ends(name, ".key");
}

/* What a file of that name holds, or NULL. Another stage may hold keys and certificates that it
 * made itself, so there an ending tells nothing. */
static const char *secret_of_name(gdf_str name, gdf_str path, bool of_stage)
{
    if (gdf__str_is(name, ".env*"))
        return SECRETS[0].what;
    for (size_t i = 0; i < sizeof SECRETS / sizeof *SECRETS; i++) {
        if (name_fits(&SECRETS[i], name, path) && !(of_stage && SECRETS[i].kind == NAME_ENDS))
            return SECRETS[i].what;
    }
    bool credentials = gdf__str_starts(name, "credentials") && is_data_file(name);
    bool account = gdf__str_contains(name, "service-account") && gdf__str_ends(name, ".json");
    return credentials || account ? CREDENTIALS : NULL;
}

/* What the path holds, or NULL. */
static const char *secret_in(gdf_str path, bool of_stage)
{
    while (gdf__str_ends(path, "/"))
        path.len--;
    gdf_str name = gdf__str_has_byte(path, '/') ? gdf__path_base(path) : path;
    const char *what = secret_of_name(name, path, of_stage);
    return what && !is_public(name) ? what : NULL;
}

static bool is_remote(gdf_str source)
{
    return gdf__str_contains(source, "://") || gdf__str_starts(source, "git@");
}

static bool goes_to_public_place(const gdf__check *check, gdf_node copy)
{
    gdf_str target = gdf__support_destination(check, copy);
    for (size_t i = 0; i < sizeof PUBLIC_PLACES / sizeof *PUBLIC_PLACES; i++) {
        if (target.len && gdf__path_is_below(target, gdf__str(PUBLIC_PLACES[i])))
            return true;
    }
    return false;
}

static void check_source(gdf__check *check, gdf_node copy, gdf_part part,
                         const gdf__go_stage *stage, bool of_stage)
{
    gdf__expansion source = gdf__build_expand(
        check->build, copy, gdf_part_get_value(check->document, part), gdf__support_arena(check));
    if (!source.certain || is_remote(source.text))
        return;
    const char *what = secret_in(source.text, of_stage);
    bool fixture =
        stage && stage->role == GDF__ROLE_TEST && gdf__str_contains(source.text, "testdata/");
    if (!what || fixture || goes_to_public_place(check, copy))
        return;
    bool ships = stage && stage->in_runtime_chain;
    gdf__report_part(check, GDF__RULE_SCR001, part);
    gdf__say(check,
             ships ? "%S usually holds %s; copied, it stays in a layer of the image for whoever "
                     "pulls it, also when a later instruction deletes it"
                   : "%S usually holds %s; copied, it stays in the build cache, and goes wherever "
                     "that is sent",
             source.text, what);
    if (!ships)
        gdf__set_severity(check, GDF_SEVERITY_WARNING);
}

void gdf__check_secret_file_copied(gdf__check *check, gdf_node copy)
{
    const gdf__go_stage *stage =
        gdf__golang_stage(check->golang, gdf_build_find_stage(check->build, copy));
    bool of_stage = gdf_instruction_find_flag(check->document, copy, "from", 0) != 0;
    gdf_part part = 0;
    while ((part = gdf__instruction_next_part(check->document, copy, GDF_PART_SOURCE, part)) != 0) {
        if (!(gdf_part_get_flags(check->document, part) & GDF_PART_FLAG_HEREDOC))
            check_source(check, copy, part, stage, of_stage);
    }
}
