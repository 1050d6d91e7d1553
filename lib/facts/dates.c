#include "facts/dates.h"

#define SECONDS_A_DAY 86400u
#define FIRST_YEAR 1970u
#define MONTHS 12u
#define MONTH_FACTOR 100u
#define YEAR_DIGITS 4u
#define PART_DIGITS 2u
/* The proleptic Gregorian calendar repeats after this many years and days. */
#define CYCLE_YEARS 400u
#define CYCLE_DAYS 146097u
#define YEAR_DAYS 365u

static bool is_leap(uint64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % CYCLE_YEARS == 0;
}

static uint32_t month_days(uint64_t year, uint32_t month)
{
    static const uint8_t days[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month] + (month == 1 && is_leap(year) ? 1u : 0u);
}

gdf__date gdf__date_from_seconds(uint64_t seconds)
{
    if (seconds == 0)
        return GDF__FACTS_DATE_NUMBER;
    uint64_t days = seconds / SECONDS_A_DAY;
    uint64_t year = FIRST_YEAR + days / CYCLE_DAYS * CYCLE_YEARS;
    days %= CYCLE_DAYS;
    while (days >= YEAR_DAYS + (is_leap(year) ? 1u : 0u)) {
        days -= YEAR_DAYS + (is_leap(year) ? 1u : 0u);
        year++;
    }
    uint32_t month = 0;
    while (days >= month_days(year, month))
        days -= month_days(year, month++);
    if (year > UINT32_MAX / GDF__DATE_YEAR - 1)
        return UINT32_MAX;
    return (uint32_t)year * GDF__DATE_YEAR + (month + 1) * MONTH_FACTOR + (uint32_t)days + 1;
}

gdf__date gdf__date_or_data_date(gdf__date now)
{
    return now ? now : GDF__FACTS_DATE_NUMBER;
}

bool gdf__date_is_past(gdf__date end, gdf__date now)
{
    return end != 0 && end <= gdf__date_or_data_date(now);
}

gdf__short_text gdf__date_format(gdf__date date)
{
    gdf__short_text text = gdf__short_text_empty();
    if (date == 0)
        return text;
    gdf__short_text_add_number(&text, date / GDF__DATE_YEAR, YEAR_DIGITS);
    gdf__short_text_add_literal(&text, "-");
    gdf__short_text_add_number(&text, date / MONTH_FACTOR % MONTH_FACTOR, PART_DIGITS);
    gdf__short_text_add_literal(&text, "-");
    gdf__short_text_add_number(&text, date % MONTH_FACTOR, PART_DIGITS);
    return text;
}
