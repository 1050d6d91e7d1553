/* What the build means for a Go program: the go commands it runs, the programs they make, how those
 * are linked, which stage is which, and which program ends in which runtime image. */
#ifndef GDF_GOLANG_GOLANG_H
#define GDF_GOLANG_GOLANG_H

#include "build/build.h"
#include "facts/images.h"
#include "golang/paths.h"
#include "project/project.h"

/* What a stage is for. */
typedef enum gdf__stage_role {
    GDF__ROLE_NONE = 0,    /* nothing says */
    GDF__ROLE_BUILD = 1,   /* named build, builder… */
    GDF__ROLE_DEV = 2,     /* named dev, debug, or its command runs go, dlv, air, a shell */
    GDF__ROLE_TEST = 3,    /* named test, lint, vet, coverage… */
    GDF__ROLE_ARTIFACT = 4 /* FROM scratch with files only */
} gdf__stage_role;

typedef struct gdf__go_stage {
    gdf__image_facts facts; /* of the image at the root of its chain */
    gdf_stage root;         /* the stage of the chain that names that image */
    gdf__stage_role role;
    bool base_known;         /* the root image's name is known */
    bool has_toolchain;      /* the chain provides Go: a toolchain image, or Go was installed */
    bool has_toolchain_base; /* the root image is a toolchain image */
    bool ships_toolchain;    /* what it provides stays: no condition, no removal in the same RUN */
    bool runs_go;            /* an instruction of the stage itself runs go */
    bool chain_runs_go;      /* of the stage or a stage that it is built on */
    bool has_compiler;       /* the chain installs a C compiler */
    bool is_base;            /* another stage is built FROM it */
    bool is_source;          /* another stage copies or mounts files of it */
    bool is_runtime;         /* a runtime target: reachable end of a build that starts a program */
    bool in_runtime_chain;   /* it or a stage built FROM it is a runtime target */
    bool has_opaque_build;   /* runs programs whose effects cannot be seen (make, scripts…) */
    gdf_node entrypoint;     /* in force at its end, from its own chain; 0 = none */
    gdf_node command;        /* CMD in force */
    gdf_node healthcheck;
} gdf__go_stage;

/* CGO_ENABLED as a go command sees it. */
typedef enum gdf__cgo {
    GDF__CGO_UNSET = 0,
    GDF__CGO_OFF = 1,
    GDF__CGO_ON = 2,
    GDF__CGO_UNKNOWN = 3 /* set to something that is not known here */
} gdf__cgo;

typedef enum gdf__linkage {
    GDF__LINKAGE_UNKNOWN = 0,
    GDF__LINKAGE_STATIC = 1,
    GDF__LINKAGE_MAYBE_DYNAMIC = 2, /* CGO_ENABLED unset and a C compiler at hand */
    GDF__LINKAGE_GLIBC = 3,
    GDF__LINKAGE_MUSL = 4
} gdf__linkage;

typedef struct gdf__go_command {
    gdf_command command;
    gdf_node instruction;
    gdf_stage stage;
    gdf_str subcommand; /* "build", "install", "mod", "run"…; empty when it is not literal */
    gdf_str action;     /* of mod, work: "download", "tidy", "vendor"… */
    gdf_word name_word; /* `go` */
    gdf_word subcommand_word;
    gdf_word output_word;   /* holds the value of -o, attached or not; 0 = none */
    gdf_str output;         /* the value; empty when absent */
    gdf_word ldflags_word;  /* holds the value of the last -ldflags; 0 = none */
    gdf_str ldflags;        /* the value, GOFLAGS considered when the flag is absent */
    gdf_word force_word;    /* `-a` */
    gdf_word first_package; /* first package argument; they are contiguous; 0 = none */
    uint32_t package_count;
    gdf_str tags;
    gdf_str mod; /* -mod, from the flag or GOFLAGS */
    gdf_str buildmode;
    gdf_str workdir; /* absolute; empty when not known */
    gdf_str bin;     /* where go install puts programs; empty when not known */
    bool trimpath;
    bool debug_build; /* -gcflags with -N */
    bool versioned;   /* all packages are path@version: no local module */
    bool understood;  /* all flags are known, no word of unknown content among them */
    gdf__cgo cgo;
    bool cross; /* GOOS or GOARCH is set, or a cross wrapper runs it */
    gdf__linkage linkage;
    gdf_stage runtime; /* the first runtime target that its program reaches, or 0 */
    bool started;      /* a runtime target starts its program */
} gdf__go_command;

/* A program file in a stage. */
typedef struct gdf__artefact {
    gdf_stage stage;
    gdf_str path;        /* absolute; for `any_name` the directory that it lies in */
    bool any_name;       /* the go command chose a name that only the module knows */
    uint32_t go_command; /* index of the command that made it */
    gdf_node placed_by;  /* the RUN that built it there, or the COPY that brought it */
} gdf__artefact;

/* Modules among the direct requirements of go.mod that show what a program does; empty when none is
 * seen, or the context is not known. */
typedef struct gdf__requirements {
    gdf_str client; /* calls services over TLS */
    gdf_str roots;  /* brings CA certificates of its own */
    gdf_str server; /* listens */
} gdf__requirements;

typedef struct gdf__golang {
    gdf__arena arena;
    const gdf_build *build;
    const gdf_project *project;
    gdf__table stages;    /* of gdf__go_stage; index = stage - 1 */
    gdf__table commands;  /* of gdf__go_command, in file order */
    gdf__table artefacts; /* of gdf__artefact, in file order */
    gdf__requirements requirements;
} gdf__golang;

/* The model of `build`; `project` may be NULL. False when memory is short; free it all the same. */
bool gdf__golang_init(gdf__golang *golang, const gdf_build *build, const gdf_project *project);
void gdf__golang_free(gdf__golang *golang);

const gdf__go_stage *gdf__golang_stage(const gdf__golang *golang, gdf_stage stage);
const gdf__go_command *gdf__golang_command(const gdf__golang *golang, uint32_t index);
/* The go command that a shell command is, or NULL. */
const gdf__go_command *gdf__golang_find_command(const gdf__golang *golang, gdf_command command);
/* The artefact at `path` (absolute) that exists at the end of the stage, its chain included; NULL.
 */
const gdf__artefact *gdf__golang_find_artefact(const gdf__golang *golang, gdf_stage stage,
                                               gdf_str path);
/* The artefact that the stage's ENTRYPOINT or CMD starts, or NULL. */
const gdf__artefact *gdf__golang_started_artefact(gdf__golang *golang, gdf_stage stage);
/* True for build and install: commands that make a program. */
bool gdf__go_command_builds(const gdf__go_command *command);
/* True when the command compiles packages of the project (build, install, run, test, vet…). */
bool gdf__go_command_compiles(const gdf__go_command *command);
/* True when the source of a COPY/ADD is broad: the context root, a directory that may hold Go
 * files, or a glob of them. Sources from other stages, URLs and heredocs are not. */
bool gdf__golang_is_broad_copy(const gdf__golang *golang, gdf_node instruction);
/* True when one of its sources is the context root itself. */
bool gdf__golang_copies_context_root(const gdf__golang *golang, gdf_node instruction);
/* True when the RUN only installs packages of the distribution (apk, apt-get, dnf…). */
bool gdf__golang_installs_packages(const gdf__golang *golang, gdf_node run);
/* True when the text is one of the names. */
bool gdf__is_one_of(gdf_str text, const char *const *names, size_t count);
#define GDF__IS_ONE_OF(text, names) gdf__is_one_of(text, names, sizeof(names) / sizeof *(names))
/* First word that the program of exec or shell form starts with (the executed file), literal, after
 * looking through `exec` and `sh -c`; empty when it cannot be told. */
gdf_str gdf__golang_started_program(const gdf__golang *golang, gdf_node instruction);

#endif
