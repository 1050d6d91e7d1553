#include "base/slice.h"
#include "base/unicode_case.h"
#include "base/utf8.h"
#include "instruction/values.h"

static const char *const NAMES[] = {
    "ABRT", "ALRM",   "BUS",  "CHLD",   "CLD",   "CONT", "FPE",  "HUP",   "ILL",
    "INT",  "IO",     "IOT",  "KILL",   "PIPE",  "POLL", "PROF", "PWR",   "QUIT",
    "SEGV", "STKFLT", "STOP", "SYS",    "TERM",  "TRAP", "TSTP", "TTIN",  "TTOU",
    "URG",  "USR1",   "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
};

/* Longest offset of RTMIN+n and RTMAX-n. */
enum { MAX_AFTER_RTMIN = 15, MAX_BEFORE_RTMAX = 14, LONGEST_NAME = 16 };

static bool is_name(gdf_str name)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (gdf__str_is(name, NAMES[i]))
            return true;
    }
    return false;
}

/* `prefix` and a number from 1 to `most`, written without leading zeros. */
static bool is_real_time(gdf_str name, const char *prefix, int64_t most)
{
    int64_t offset = 0;
    if (!gdf__str_starts(name, prefix))
        return false;
    gdf_str digits = gdf__str_slice(name, gdf__str(prefix).len, name.len);
    return digits.len && digits.ptr[0] >= '1' && digits.ptr[0] <= '9' &&
           gdf__number_parse(digits, 32, &offset) == GDF__NUMBER_OK && offset <= most;
}

/* The text in upper case, in `bytes`; empty when it is longer than any name. */
static gdf_str to_upper(gdf_str text, char bytes[LONGEST_NAME])
{
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        gdf__rune rune = gdf__utf8_decode(text, at);
        uint32_t upper = gdf__utf8_upper(rune.value);
        if (upper >= 0x80 || len == LONGEST_NAME)
            return gdf__empty;
        bytes[len++] = (char)upper;
        at += rune.len;
    }
    return (gdf_str){bytes, len};
}

bool gdf__signal_is_valid(gdf_str text)
{
    int64_t number = 0;
    if (gdf__number_parse(text, 64, &number) == GDF__NUMBER_OK)
        return number != 0;
    char bytes[LONGEST_NAME];
    gdf_str name = to_upper(text, bytes);
    if (gdf__str_starts(name, "SIG"))
        name = gdf__str_slice(name, 3, name.len);
    return is_name(name) || is_real_time(name, "RTMIN+", MAX_AFTER_RTMIN) ||
           is_real_time(name, "RTMAX-", MAX_BEFORE_RTMAX);
}
