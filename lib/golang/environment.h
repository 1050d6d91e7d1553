/* The environment and working directory that a shell command sees, as far as Go cares. */
#ifndef GDF_GOLANG_ENVIRONMENT_H
#define GDF_GOLANG_ENVIRONMENT_H

#include "build/build.h"

/* Variables that the go command reads and we follow. */
typedef enum gdf__go_variable {
#define GDF_GO_VARIABLE(name) GDF__GO_VARIABLE_##name,
#include "golang/go_variables.def"
#undef GDF_GO_VARIABLE
    GDF__GO_VARIABLE_COUNT
} gdf__go_variable;

typedef enum gdf__go_setting_state {
    GDF__SETTING_UNSET = 0,
    GDF__SETTING_KNOWN = 1,
    GDF__SETTING_UNKNOWN = 2 /* set, but to what cannot be told */
} gdf__go_setting_state;

typedef struct gdf__go_setting {
    gdf__go_setting_state state;
    gdf_str value;
} gdf__go_setting;

typedef struct gdf__environment {
    const gdf_build *build;
    gdf__arena *arena;
    gdf_node instruction;
    gdf__go_setting settings[GDF__GO_VARIABLE_COUNT]; /* as exported so far */
    gdf_str workdir;                                  /* absolute; empty when not known */
    uint32_t subshell_group; /* the list whose `cd` and exports end with it; UINT32_MAX = none */
    gdf__go_setting outer_settings[GDF__GO_VARIABLE_COUNT]; /* to return to behind a subshell */
    gdf_str outer_workdir;
} gdf__environment;

/* The environment at the start of an instruction. */
void gdf__environment_begin(gdf__environment *environment, const gdf_build *build,
                            gdf_node instruction, gdf__arena *arena);

/* Comes to `command`: call it for every command in order, before the two below. */
void gdf__environment_enter(gdf__environment *environment, gdf_command command);

/* What `command` itself sees: assignments in front of it and its wrappers' included. The returned
 * value is for that command only. */
gdf__environment gdf__environment_for(const gdf__environment *environment, gdf_command command);

/* Goes on behind `command`: cd, export. */
void gdf__environment_after(gdf__environment *environment, gdf_command command);

gdf__go_setting gdf__environment_get(const gdf__environment *environment,
                                     gdf__go_variable variable);

#endif
