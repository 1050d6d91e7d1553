/* Platform specifiers such as linux/arm64/v8, as the builder reads them (containerd/platforms). */
#ifndef GDF_INSTRUCTION_PLATFORM_H
#define GDF_INSTRUCTION_PLATFORM_H

#include "base/arena.h"

/* A platform in its usual spelling: `x86_64` is amd64, `macos` is darwin. Missing pieces are empty.
 */
typedef struct gdf__platform {
    gdf_str os;
    gdf_str os_version;
    gdf_str architecture;
    gdf_str variant;
} gdf__platform;

/* Fills `*platform`, its texts static or in the arena, and returns the empty slice; or returns the
 * builder's error text. A missing part comes from `host`, where the builder takes its own. */
gdf_str gdf__platform_parse(gdf_str text, const gdf__platform *host, gdf__platform *platform,
                            gdf__arena *arena);

#endif
