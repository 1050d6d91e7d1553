/* Small grammars of instruction values: numbers, durations, sizes, file modes, signals, ports. All
 * of them read the text as the builder does, quirks included. */
#ifndef GDF_INSTRUCTION_VALUES_H
#define GDF_INSTRUCTION_VALUES_H

#include <stdbool.h>

#include "base/arena.h"

/* ---- numbers (number.c) ---------------------------------------------------------------------- */

typedef enum gdf__number_result {
    GDF__NUMBER_OK = 0,
    GDF__NUMBER_SYNTAX = 1, /* Go's "invalid syntax" */
    GDF__NUMBER_RANGE = 2   /* Go's "value out of range" */
} gdf__number_result;

/* Go's strconv.ParseInt in base 10 for a signed integer of `bits` (1-64). `*value` is set on OK. */
gdf__number_result gdf__number_parse(gdf_str text, unsigned bits, int64_t *value);

/* Go's strconv.ParseBool: 1 t T TRUE true True, 0 f F FALSE false False. False when it is neither.
 */
bool gdf__boolean_parse(gdf_str text, bool *value);

/* ---- durations (duration.c) ------------------------------------------------------------------ */

/* Go's time.ParseDuration: `*nanoseconds` is set and the result is empty, or the result is Go's
 * error text, in the arena. */
gdf_str gdf__duration_parse(gdf_str text, int64_t *nanoseconds, gdf__arena *arena);

/* ---- sizes (size.c) -------------------------------------------------------------------------- */

/* A RAM size such as `512m`, `1.5 GiB`, `1000`: a number, perhaps one blank, and a binary suffix.
 * False when the builder refuses it. */
bool gdf__size_parse(gdf_str text, int64_t *bytes);

/* ---- file modes (mode.c) --------------------------------------------------------------------- */

/* The builder's error text for a --chmod that is not empty, or empty when it accepts it: octal up
 * to 07777, or symbolic as in chmod(1). The text is in the arena or static. */
gdf_str gdf__mode_check(gdf_str text, gdf__arena *arena);

/* ---- signals (signal.c) ---------------------------------------------------------------------- */

/* True for what STOPSIGNAL accepts after expansion: any integer but 0, or a Linux signal's name
 * with or without SIG, in any case. */
bool gdf__signal_is_valid(gdf_str text);

/* ---- stage names (from.c) -------------------------------------------------------------------- */

/* True when the builder accepts the name behind AS, in any case: `[a-z][a-z0-9-_.]*`. */
bool gdf__stage_name_is_valid(gdf_str name);

/* ---- ports (port.c) -------------------------------------------------------------------------- */

/* An EXPOSE word taken apart: `[address:][host:]port[/protocol]`. A `:` or `/` inside `${…}`
 * belongs to the variable. Missing pieces are empty. */
typedef struct gdf__port {
    gdf_str address;
    gdf_str host;
    gdf_str number;
    gdf_str protocol;
} gdf__port;

gdf__port gdf__port_split(gdf_str text);
/* The same for a word after expansion, where `${` means nothing. */
gdf__port gdf__port_split_expanded(gdf_str text);

/* The builder's error text for an expanded EXPOSE word, or empty when it accepts it. */
gdf_str gdf__port_check(gdf_str text, gdf__arena *arena);

/* A range such as `8000-8010` or a single port; false when the builder refuses it. */
bool gdf__port_range_parse(gdf_str text, uint32_t *first, uint32_t *last);

#endif
