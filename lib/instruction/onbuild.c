#include "base/unicode_case.h"
#include "base/utf8.h"
#include "instruction/reader.h"

/* What ONBUILD refuses of its trigger; the rest is checked by the build that runs it. */
static const struct {
    const char *name;
    const char *message;
} REFUSED[] = {
    {"ONBUILD", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"},
    {"FROM", "FROM isn't allowed as an ONBUILD trigger"},
    {"MAINTAINER", "MAINTAINER isn't allowed as an ONBUILD trigger"},
};

void gdf__onbuild_read(gdf__reader *reader)
{
    if (reader->nested)
        gdf__part_add_trigger(reader);
}

void gdf__onbuild_check(gdf__reader *reader)
{
    if (!reader->nested)
        gdf__refuse_arguments(reader, " requires at least one argument");
    gdf__flags_check(reader);
    if (!reader->nested)
        return;
    gdf__span keyword = gdf__reader_span(reader, reader->nested + 1);
    for (size_t i = 0; i < sizeof REFUSED / sizeof *REFUSED; i++) {
        if (gdf__utf8_upper_is(gdf__utf8_trim(keyword.text), REFUSED[i].name))
            gdf__refuse(reader, &keyword, REFUSED[i].message);
    }
}
