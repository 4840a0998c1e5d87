/* SPDX-License-Identifier: EUPL-1.2 */
/* Facts after Unicode CLDR (cldr.unicode.org), with two choices of our own: English is the British one (23 November 2026, 14:05), and
 * short English dates name the month, since 05/04 is read in two ways. NBSP = U+00A0. */
#include "exhibition/language_internal.h"

#include <string.h>

#include "base/must.h"
#include "exhibition/language.h"

#define NBSP "\xc2\xa0"
#define LRM "\xe2\x80\x8e"

#define GERMAN_MONTHS \
    {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"}
#define GERMAN_WEEKDAYS \
    {"Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"}
#define GERMAN_AGO \
    { \
        {"# Minute", "# Minuten"}, {"# Stunde", "# Stunden"}, {"# Tag", "# Tagen"}, {"# Monat", "# Monaten"}, {"# Jahr", "# Jahren"}, \
    }

static const struct sw_language languages[] = {
    {
        .code = "en",
        .plural = SW_PLURAL_ONE_OTHER,
        .point = ".", .group = ",", .minus = "-", .grouped_from = 4,
        .percent_before = "", .percent_after = "%",
        .date_short = "d S y", .date_long = "d N y", .time_after = "",
        .months = {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
                   "December"},
        .months_short = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
        .weekdays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
        .weekdays_short = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}, .hour = "H:00", .day = "d" NBSP "S",
        .past = "# ago", .future = "in #", .just_now = "just now", .soon = "in a moment",
        .ago_forms = 2,
        .ago = {{"# minute", "# minutes"}, {"# hour", "# hours"}, {"# day", "# days"}, {"# month", "# months"}, {"# year", "# years"}},
    },
    {
        .code = "de",
        .plural = SW_PLURAL_ONE_OTHER,
        .point = ",", .group = ".", .minus = "-", .grouped_from = 4,
        .percent_before = "", .percent_after = NBSP "%",
        .date_short = "D.M.y", .date_long = "d. N y", .time_after = "",
        .months = GERMAN_MONTHS,
        .weekdays = GERMAN_WEEKDAYS,
        .weekdays_short = {"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"}, .hour = "h" NBSP "Uhr", .day = "d.m.",
        .past = "vor #", .future = "in #", .just_now = "gerade eben", .soon = "gleich",
        .ago_forms = 2,
        .ago = GERMAN_AGO,
    },
    {
        .code = "de-leicht",
        .plural = SW_PLURAL_ONE_OTHER,
        .point = ",", .group = ".", .minus = "-", .grouped_from = 4,
        .percent_before = "", .percent_after = NBSP "%",
        .date_short = "D.M.y", .date_long = "d. N y", .time_after = NBSP "Uhr",
        .months = GERMAN_MONTHS,
        .weekdays = GERMAN_WEEKDAYS,
        .weekdays_short = {"Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"}, .hour = "h" NBSP "Uhr", .day = "d.m.",
        .past = "vor #", .future = "in #", .just_now = "gerade eben", .soon = "gleich",
        .ago_forms = 2,
        .ago = GERMAN_AGO,
    },
    {
        .code = "tr",
        .plural = SW_PLURAL_ONE_OTHER,
        .point = ",", .group = ".", .minus = "-", .grouped_from = 4,
        .percent_before = "%", .percent_after = "",
        .date_short = "D.M.y", .date_long = "d N y", .time_after = "",
        .months = {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
        .weekdays = {"Pazartesi", "Salı", "Çarşamba", "Perşembe", "Cuma", "Cumartesi", "Pazar"},
        .weekdays_short = {"Pzt", "Sal", "Çar", "Per", "Cum", "Cmt", "Paz"}, .hour = "H:00", .day = "d.m",
        .past = "# önce", .future = "# sonra", .just_now = "az önce", .soon = "birazdan",
        .ago_forms = 1,
        .ago = {{"# dakika"}, {"# saat"}, {"# gün"}, {"# ay"}, {"# yıl"}},
    },
    {
        .code = "ar",
        .plural = SW_PLURAL_ARABIC,
        .point = ".", .group = ",", .minus = LRM "-", .grouped_from = 4,
        .percent_before = "", .percent_after = "%",
        .date_short = "d/m/y", .date_long = "d N y", .time_after = "",
        .months = {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
        .weekdays = {"الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"},
        .weekdays_short = {"الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"}, .hour = "h:00", .day = "d/m",
        .past = "قبل #", .future = "بعد #", .just_now = "قبل لحظات", .soon = "بعد لحظات",
        .ago_forms = 6,
        .ago =
            {
                {"# دقيقة", "دقيقة واحدة", "دقيقتين", "# دقائق", "# دقيقة", "# دقيقة"},
                {"# ساعة", "ساعة واحدة", "ساعتين", "# ساعات", "# ساعة", "# ساعة"},
                {"# يوم", "يوم واحد", "يومين", "# أيام", "# يومًا", "# يوم"},
                {"# شهر", "شهر واحد", "شهرين", "# أشهر", "# شهرًا", "# شهر"},
                {"# سنة", "سنة واحدة", "سنتين", "# سنوات", "# سنة", "# سنة"},
            },
    },
    {
        .code = "pl",
        .plural = SW_PLURAL_POLISH,
        .point = ",", .group = NBSP, .minus = "-", .grouped_from = 5,
        .percent_before = "", .percent_after = "%",
        .date_short = "D.M.y", .date_long = "d N y", .time_after = "",
        .months = {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
                   "października", "listopada", "grudnia"},
        .weekdays = {"poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela"},
        .weekdays_short = {"pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz."}, .hour = "h:00", .day = "d.M",
        .past = "# temu", .future = "za #", .just_now = "przed chwilą", .soon = "za chwilę",
        .ago_forms = 3,
        .ago = {{"# minutę", "# minuty", "# minut"},
                {"# godzinę", "# godziny", "# godzin"},
                {"# dzień", "# dni", "# dni"},
                {"# miesiąc", "# miesiące", "# miesięcy"},
                {"# rok", "# lata", "# lat"}},
    },
    {
        .code = "uk",
        .plural = SW_PLURAL_UKRAINIAN,
        .point = ",", .group = NBSP, .minus = "-", .grouped_from = 4,
        .percent_before = "", .percent_after = "%",
        .date_short = "D.M.y", .date_long = "d N y" NBSP "р.", .time_after = "",
        .months = {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня",
                   "листопада", "грудня"},
        .weekdays = {"понеділок", "вівторок", "середа", "четвер", "пʼятниця", "субота", "неділя"},
        .weekdays_short = {"пн", "вт", "ср", "чт", "пт", "сб", "нд"}, .hour = "H:00", .day = "d.M",
        .past = "# тому", .future = "через #", .just_now = "щойно", .soon = "за мить",
        .ago_forms = 3,
        .ago = {{"# хвилину", "# хвилини", "# хвилин"},
                {"# годину", "# години", "# годин"},
                {"# день", "# дні", "# днів"},
                {"# місяць", "# місяці", "# місяців"},
                {"# рік", "# роки", "# років"}},
    },
};

/* The row of this code. */
static const void *find_code(const void *rows, size_t count, size_t size, const char *code, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        const void *row = (const char *)rows + i * size;
        const char *own = *(const char *const *)row;
        if (strlen(own) == length && memcmp(own, code, length) == 0) {
            return row;
        }
    }
    return NULL;
}

const void *sw_language_row(const void *rows, size_t count, size_t size, const char *language)
{
    const void *found = language != NULL ? find_code(rows, count, size, language, strlen(language)) : NULL;
    if (found == NULL && language != NULL) {
        found = find_code(rows, count, size, language, strcspn(language, "-"));
    }
    return found != NULL ? found : rows;
}

const struct sw_language *sw_language_find(const char *language)
{
    return sw_language_row(languages, SW_COUNT(languages), sizeof languages[0], language);
}
