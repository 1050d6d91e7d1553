/* Options as the other layers read them. */
#ifndef GDF_BASE_OPTIONS_H
#define GDF_BASE_OPTIONS_H

#include <godockerfile/options.h>

/* The allocator of the options; the default one for NULL. */
gdf_allocator gdf__options_allocator(const gdf_options *options);

#endif
