/* Days as numbers that compare: 20261123 is 2026-11-23; 0 is "no day known". */
#ifndef GDF_FACTS_DATES_H
#define GDF_FACTS_DATES_H

#include "facts/data_date.h"
#include "facts/short_text.h"

typedef uint32_t gdf__date;

/* Added to a day: the same day one year later. */
#define GDF__DATE_YEAR 10000u

/* The UTC day of a time in seconds since 1970. 0 gives the data date, as GDF_OPTION_NOW promises.
 */
gdf__date gdf__date_from_seconds(uint64_t seconds);

/* `now`, or the data date for 0. */
gdf__date gdf__date_or_data_date(gdf__date now);

/* True when `end` is a known day that is not after `now` (0: the data date). */
bool gdf__date_is_past(gdf__date end, gdf__date now);

/* "2026-11-23"; empty for 0. */
gdf__short_text gdf__date_format(gdf__date date);

#endif
