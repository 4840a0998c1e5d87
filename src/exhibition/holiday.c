/* SPDX-License-Identifier: EUPL-1.2 */
#include "exhibition/schedule.h"

/* Western Easter as Lilius and Clavius reckoned it (after Knuth, The Art of Computer Programming 1.3.2, exercise 14): the golden number,
 * the century's corrections and the epact give the Paschal full moon; Easter is the Sunday after it. */
struct sw_date sw_easter(int year)
{
    int golden = year % 19 + 1;
    int century = year / 100 + 1;
    int dropped_leap_days = 3 * century / 4 - 12;
    int moon_drift = (8 * century + 5) / 25 - 5;
    int sunday = 5 * year / 4 - dropped_leap_days - 10; /* the day -sunday of March (modulo 7) is a Sunday */
    int epact = (11 * golden + 20 + moon_drift - dropped_leap_days) % 30;
    if (epact < 0) {
        epact += 30;
    }
    if ((epact == 25 && golden > 11) || epact == 24) {
        epact++;
    }
    int moon = 44 - epact; /* a day of March, perhaps beyond 31 */
    if (moon < 21) {
        moon += 30;
    }
    int day = moon + 7 - (sunday + moon) % 7;
    return day > 31 ? (struct sw_date){year, 4, day - 31} : (struct sw_date){year, 3, day};
}

/* Feiertagsgesetz NW, section 2, and for 3 October the Treaty of Unification, article 2. */
bool sw_holiday_nrw(struct sw_date date)
{
    static const struct {
        int month, day;
    } fixed[] = {{1, 1}, {5, 1}, {10, 3}, {11, 1}, {12, 25}, {12, 26}};
    /* Days after Easter Sunday: Good Friday, Easter Monday, Ascension, Whit Monday, Corpus Christi. */
    static const int moving[] = {-2, 1, 39, 50, 60};

    for (size_t i = 0; i < SW_COUNT(fixed); i++) {
        if (fixed[i].month == date.month && fixed[i].day == date.day) {
            return true;
        }
    }
    if (date.year < 1583) {
        return false;
    }
    int64_t since_easter = sw_date_to_days(date) - sw_date_to_days(sw_easter(date.year));
    for (size_t i = 0; i < SW_COUNT(moving); i++) {
        if (moving[i] == since_easter) {
            return true;
        }
    }
    return false;
}
