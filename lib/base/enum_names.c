#include "base/enum_names.h"

#include "base/slice.h"

const char *gdf__enum_name(const char *const *names, size_t count, size_t index)
{
    return index < count ? names[index] : "";
}

size_t gdf__enum_find(const char *const *names, size_t count, const char *name, size_t len,
                      size_t otherwise)
{
    gdf_str wanted = {name ? name : "", name ? len : 0};
    for (size_t i = 0; i < count; i++) {
        if (gdf__str_is_nocase(wanted, names[i]))
            return i;
    }
    return otherwise;
}
