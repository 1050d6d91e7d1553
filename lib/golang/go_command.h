/* One command line of the go tool, taken apart. */
#ifndef GDF_GOLANG_GO_COMMAND_H
#define GDF_GOLANG_GO_COMMAND_H

#include "golang/environment.h"
#include "golang/golang.h"

/* True when the program is the go tool or a wrapper that runs it for another platform (xx-go,
 * goxx). */
bool gdf__is_go_program(gdf_str program);

/* Reads the words of `command`, whose program is the go tool, in the given environment. */
gdf__go_command gdf__go_command_read(const gdf_build *build, gdf_command command,
                                     const gdf__environment *environment);

#endif
