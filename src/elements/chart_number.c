/* SPDX-License-Identifier: EUPL-1.2 */
/* Numbers as a chart writes them: with a real minus, and in millions where there are millions, as newspapers do. */
#include "elements/chart.h"

#include <math.h>
#include <string.h>

#include "base/must.h"
#include "exhibition/language.h"

#define MILLION 1e6
#define MILLIARD 1e9
#define LARGEST 1e15 /* beyond it nothing is said in words */
#define MINUS "\xe2\x88\x92" /* − */
#define NO_BREAK_SPACE "\xc2\xa0"

struct words {
    const char *language, *million, *milliard;
};
static const struct words all_words[] = {
    {"", NULL, NULL}, /* all others keep all digits */
    {"de-leicht", "Millionen", "Milliarden"}, {"de", "Mio.", "Mrd."}, {"en", "million", "billion"}, {"tr", "milyon", "milyar"},
    {"ar", "مليون", "مليار"}, {"pl", "mln", "mld"}, {"uk", "млн", "млрд"},
};

static const struct words *words_of(const struct sw_chart_pen *pen)
{
    return sw_language_row(all_words, SW_COUNT(all_words), sizeof all_words[0], pen->context->evaluation->language);
}

void sw_chart_scale(struct sw_chart_pen *pen, double low, double high)
{
    double most = fmax(fabs(low), fabs(high));
    pen->scale = most < MILLION || most >= LARGEST || words_of(pen)->million == NULL ? 1 : most < MILLIARD ? MILLION : MILLIARD;
}

static const char *with_minus(const struct sw_chart_pen *pen, const char *text)
{
    const char *hyphen = strchr(text, '-');
    if (hyphen == NULL || (hyphen != text && (unsigned char)hyphen[-1] < 0x80)) {
        return text;
    }
    return sw_arena_printf(pen->context->arena, "%.*s" MINUS "%s", (int)(hyphen - text), text, hyphen + 1);
}

static const char *written(const struct sw_chart_pen *pen, double number, int digits, const char *unit)
{
    return with_minus(pen, sw_language_amount(pen->context->arena, pen->context->evaluation->language, number, digits, unit));
}

/* "Mio. m³" */
static const char *scaled_unit(const struct sw_chart_pen *pen, const char *unit)
{
    if (!(pen->scale > 1)) {
        return unit;
    }
    const char *word = pen->scale < MILLIARD ? words_of(pen)->million : words_of(pen)->milliard;
    return unit[0] == '\0' ? word : sw_arena_printf(pen->context->arena, "%s" NO_BREAK_SPACE "%s", word, unit);
}

const char *sw_chart_amount(const struct sw_chart_pen *pen, const struct sw_chart_series *series, double number)
{
    if (!(pen->scale > 1)) {
        return written(pen, number, series->digits, series->unit);
    }
    double scaled = fabs(number / pen->scale);
    int digits = scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
    return written(pen, number / pen->scale, digits, scaled_unit(pen, series->unit));
}

const char *sw_chart_tick(const struct sw_chart_pen *pen, int index, bool with_unit)
{
    const char *unit = with_unit && pen->chart->series_count > 0 ? scaled_unit(pen, pen->chart->series[0].unit) : "";
    double number = sw_number_axis_tick(&pen->axis, index), scale = pen->scale > 1 ? pen->scale : 1;
    int digits = scale > 1 ? (int)fmin(6, fmax(0, -floor(log10(pen->axis.step / scale) + 1e-9))) : pen->axis.digits;
    return written(pen, number / scale, digits, unit);
}
