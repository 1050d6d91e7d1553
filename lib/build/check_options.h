/* Options of the builder's checks: the `# check=` directive, or the build argument in its place. */
#ifndef GDF_BUILD_CHECK_OPTIONS_H
#define GDF_BUILD_CHECK_OPTIONS_H

#include "build/build.h"

/* Why the builder refuses the build argument, or the directive; empty when it does not. The text is
 * in `arena`. With the build argument the directive is not looked at. */
gdf_str gdf__check_argument_error(const gdf_build *build, gdf__arena *arena);
gdf_str gdf__check_directive_error(const gdf_build *build, gdf__arena *arena);

#endif
