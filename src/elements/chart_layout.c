/* SPDX-License-Identifier: EUPL-1.2 */
/* A chart's frame: how its room is shared out, both axes, thresholds and bands. */
#include "elements/chart.h"

#include <math.h>

#include "base/must.h"
#include "exhibition/language.h"

#define TICKS_MAX 64
#define SPARE 0.75 /* of a step: what an axis may go on beyond its numbers to end at a tick */
#define LONG_UNIT 2.4 /* of the letters' size */
#define NOTHING "\xe2\x80\x93" /* – */

double sw_chart_x(const struct sw_chart_pen *pen, sw_instant at)
{
    const struct sw_chart *chart = pen->chart;
    return pen->plot.x + pen->plot.width * ((double)(at - chart->begin) / (double)(chart->end - chart->begin));
}

double sw_chart_y(const struct sw_chart_pen *pen, double number)
{
    double share = (number - pen->axis.from) / (pen->axis.to - pen->axis.from);
    return pen->plot.y + pen->plot.height * (1 - fmin(1, fmax(0, share)));
}

/* -- number axis -- */

/* Given ends hold unless a number lies beyond them: what is, is shown. */
static void make_number_axis(struct sw_chart_pen *pen, double low, double high, double height)
{
    const struct sw_chart *chart = pen->chart;
    bool from_zero = chart->form != SW_CHART_LINE && chart->form != SW_CHART_SPARKLINE;
    if (from_zero || (low >= 0 && low <= (high - low) / 2)) {
        low = fmin(low, 0);
        high = fmax(high, 0);
    }
    bool low_fixed = chart->low <= low, high_fixed = chart->high >= high; /* false for NaN */
    if (low_fixed) {
        low = chart->low;
    }
    if (high_fixed) {
        high = chart->high;
    }
    int most = chart->ticks >= 2 ? chart->ticks : (int)fmin(6, fmax(3, height / (pen->em * 3)));
    pen->axis = sw_number_axis(low, high, low_fixed, high_fixed, most);
    double above = pen->axis.to - high, below = low - pen->axis.from, spare = pen->axis.step * SPARE, more = (high - low) * 0.05;
    if ((above > spare && high > 0) || below > spare) { /* few ticks: the room is for the numbers, with ticks inside */
        high_fixed = high_fixed || (above > spare && high > 0);
        low_fixed = low_fixed || below > spare;
        double bottom = below > spare ? low - more : low, top = above > spare ? high + more : high;
        pen->axis = sw_number_axis(bottom, top, low_fixed, high_fixed, most);
    }
    if (chart->form == SW_CHART_SPARKLINE) { /* nothing is read off it: all of its height for the line */
        pen->axis.from = low;
        pen->axis.to = high > low ? high : low + 1;
    }
}

static const char *tick_text(const struct sw_chart_pen *pen, int index)
{
    return sw_chart_tick(pen, index, index == pen->axis.count - 1 && !pen->unit_above);
}

/* The topmost tick bears the unit; a long one would take its width from all of the chart. */
static double number_labels_width(struct sw_chart_pen *pen)
{
    double width = 0;
    int top = pen->axis.count - 1;
    double bare = sw_chart_measure(pen, sw_chart_tick(pen, top, false), false).width;
    pen->unit_above = sw_chart_measure(pen, sw_chart_tick(pen, top, true), false).width - bare > pen->em * LONG_UNIT;
    for (int i = 0; i < pen->axis.count && i < TICKS_MAX; i++) {
        width = fmax(width, sw_chart_measure(pen, tick_text(pen, i), false).width);
    }
    return width;
}

static void draw_number_axis(const struct sw_chart_pen *pen)
{
    double base = fmax(pen->axis.from, fmin(pen->axis.to, 0)), end = pen->plot.x + pen->plot.width;
    for (int i = 0; i < pen->axis.count && i < TICKS_MAX; i++) {
        double number = sw_number_axis_tick(&pen->axis, i), y = sw_chart_y(pen, number);
        bool strong = fabs(number - base) < pen->axis.step * 1e-6, above = pen->unit_above && i == pen->axis.count - 1;
        uint32_t colour = strong ? sw_chart_quiet(pen) : sw_chart_grid(pen);
        sw_chart_stroke(pen, above ? pen->chart->picture.rect.x : pen->plot.x, y, end, y, colour, pen->thin);
        const char *text = above ? sw_chart_tick(pen, i, true) : tick_text(pen, i);
        double height = sw_chart_measure(pen, text, false).height;
        if (above) {
            sw_chart_label(pen, text, pen->chart->picture.rect.x, y - height, 0, sw_chart_quiet(pen), false);
        } else {
            sw_chart_label(pen, text, pen->plot.x - pen->em * 0.5, y - height / 2, 1, sw_chart_quiet(pen), false);
        }
    }
}

/* -- time axis -- */

static const char *date_text(const struct sw_chart_pen *pen, const struct sw_civil *civil, enum sw_date_form form)
{
    return sw_language_date(pen->context->arena, pen->context->evaluation->language, civil, form);
}

/* How the ticks of an axis are labelled. */
struct time_axis {
    struct sw_time_step step;
    bool centred; /* names of days stand in the middle of the day, not at its midnight */
    bool brief;   /* days without their weekday */
};

static double date_width(const struct sw_chart_pen *pen, enum sw_date_form form)
{
    struct sw_civil wide = {.date = {2028, 12, 28}, .hour = 20, .minute = 0, .weekday = 3};
    return sw_chart_measure(pen, date_text(pen, &wide, form), false).width;
}

/* As many ticks as their labels leave room for, but not so few that there may be only one: rather are labels left out. Among hours stand
 * days, which are wider: half of each is on either side. */
static struct time_axis make_time_axis(const struct sw_chart_pen *pen)
{
    int64_t span = pen->chart->end - pen->chart->begin;
    double weekday = date_width(pen, SW_DATE_WEEKDAY_DAY), day = date_width(pen, SW_DATE_DAY);
    double month = date_width(pen, SW_DATE_MONTH_YEAR);
    double hour = fmax(date_width(pen, SW_DATE_HOUR), date_width(pen, SW_DATE_TIME));
    for (size_t i = 0; i < SW_TIME_STEPS; i++) {
        struct time_axis axis = {.step = sw_time_step_at(i)};
        double room = pen->plot.width * (double)sw_time_step_length(axis.step) / (double)span - pen->em * 0.6;
        axis.centred = axis.step.days == 1 && span >= 3 * sw_time_step_length(axis.step);
        axis.brief = axis.step.days > 1 || (axis.centred && room < weekday);
        double width = axis.step.micros > 0 ? (hour + weekday) / 2 : axis.step.months > 0 ? month : axis.brief ? day : weekday;
        if (room >= width || i + 1 == SW_TIME_STEPS || 2 * sw_time_step_length(sw_time_step_at(i + 1)) > span) {
            return axis;
        }
    }
    return (struct time_axis){.step = sw_time_step_at(SW_TIME_STEPS - 1)};
}

static const char *time_text(const struct sw_chart_pen *pen, const struct sw_time_tick *tick, const struct time_axis *axis)
{
    if (axis->step.months > 0) {
        return date_text(pen, &tick->civil, SW_DATE_MONTH_YEAR);
    }
    if (axis->brief) {
        return date_text(pen, &tick->civil, SW_DATE_DAY);
    }
    if (tick->midnight) {
        return date_text(pen, &tick->civil, SW_DATE_WEEKDAY_DAY);
    }
    return date_text(pen, &tick->civil, axis->step.micros < SW_HOUR ? SW_DATE_TIME : SW_DATE_HOUR);
}

static void draw_time_label(const struct sw_chart_pen *pen, const struct sw_time_tick *tick, const struct time_axis *axis, double *taken)
{
    const struct sw_chart *chart = pen->chart;
    const char *text = time_text(pen, tick, axis);
    double width = sw_chart_measure(pen, text, false).width, x = sw_chart_x(pen, tick->at), end = pen->plot.x + pen->plot.width;
    if (axis->centred) {
        x = sw_chart_x(pen, tick->at + 12 * SW_HOUR);
    }
    double left = x - width / 2;
    bool inside = axis->centred ? left >= pen->plot.x && left + width <= end : x >= pen->plot.x && x <= end;
    if (!axis->centred) { /* one at the edge may lean inwards, so that it is not cut */
        left = fmax(chart->picture.rect.x, fmin(left, chart->picture.rect.x + chart->picture.rect.width - width));
    }
    if (inside && left >= *taken) {
        sw_chart_label(pen, text, left, pen->plot.y + pen->plot.height + pen->em * 0.45, 0, sw_chart_quiet(pen), false);
        *taken = left + width + pen->em * 0.5;
    }
}

static void draw_time_axis(const struct sw_chart_pen *pen)
{
    struct sw_time_tick ticks[TICKS_MAX];
    struct time_axis axis = make_time_axis(pen);
    const struct sw_chart *chart = pen->chart;
    sw_instant from = axis.centred ? chart->begin - 24 * SW_HOUR : chart->begin; /* of the day that has begun, the name */
    size_t count = sw_time_ticks(pen->context->evaluation->zone, from, chart->end, axis.step, ticks, TICKS_MAX);
    double bottom = pen->plot.y + pen->plot.height, taken = -INFINITY;
    sw_chart_stroke(pen, pen->plot.x, bottom, pen->plot.x + pen->plot.width, bottom, sw_chart_quiet(pen), pen->thin);
    for (size_t i = 0; i < count; i++) {
        double x = sw_chart_x(pen, ticks[i].at);
        if (ticks[i].at >= chart->begin) {
            sw_chart_stroke(pen, x, bottom, x, bottom + pen->em * (ticks[i].midnight ? 0.45 : 0.25), sw_chart_quiet(pen), pen->thin);
        }
        draw_time_label(pen, &ticks[i], &axis, &taken);
    }
}

/* -- thresholds and bands -- */

static double mark_top(const struct sw_chart_pen *pen, const struct sw_chart_mark *mark)
{
    return sw_chart_y(pen, fmax(mark->from, mark->to));
}

/* How much of the series runs through a rectangle. */
static size_t crossings(const struct sw_chart_pen *pen, struct sw_rect rect)
{
    size_t count = 0;
    for (size_t i = 0; i < pen->chart->series_count; i++) {
        const struct sw_chart_series *series = &pen->chart->series[i];
        for (size_t k = 0; k < series->count; k++) {
            double x = sw_chart_x(pen, series->points[k].at), y = sw_chart_point_y(pen, series, &series->points[k]);
            bool across = x >= rect.x && x <= rect.x + rect.width;
            bool bar = pen->chart->form != SW_CHART_LINE && pen->chart->form != SW_CHART_AREA;
            count += across && (bar ? y <= rect.y + rect.height : fabs(y - rect.y - rect.height / 2) < rect.height * 0.7);
        }
    }
    return count;
}

/* Above its line or below it, at one end or the other: where the least is in the way. A band's is inside of it, at its top. */
static void draw_mark_label(const struct sw_chart_pen *pen, const struct sw_chart_mark *mark)
{
    bool band = mark->from != mark->to;
    const struct sw_rect *plot = &pen->plot, *all = &pen->chart->picture.rect;
    struct sw_size size = sw_chart_measure(pen, mark->label, false);
    double top = mark_top(pen, mark), near = pen->em * 0.1, below = top + near;
    double above = band ? below : fmax(all->y, top - size.height - near);
    double left = plot->x + pen->em * 0.4, right = plot->x + plot->width - size.width - pen->em * 0.4;
    const struct sw_rect places[] = {
        {left, above, size.width, size.height},
        {right, above, size.width, size.height},
        {left, below, size.width, size.height},
        {right, below, size.width, size.height},
    };
    size_t best = 0;
    for (size_t i = 1; i < SW_COUNT(places); i++) {
        bool fits = places[i].y + size.height <= plot->y + plot->height;
        best = fits && crossings(pen, places[i]) < crossings(pen, places[best]) ? i : best;
    }
    sw_chart_label(pen, mark->label, places[best].x, places[best].y, 0, pen->box->text.colour, false);
}

static bool mark_inside(const struct sw_chart_pen *pen, const struct sw_chart_mark *mark)
{
    return fmax(mark->from, mark->to) >= pen->axis.from && fmin(mark->from, mark->to) <= pen->axis.to;
}

static void draw_bands(const struct sw_chart_pen *pen)
{
    for (size_t i = 0; i < pen->chart->mark_count; i++) {
        const struct sw_chart_mark *mark = &pen->chart->marks[i];
        double top = mark_top(pen, mark), bottom = sw_chart_y(pen, fmin(mark->from, mark->to));
        uint32_t tint = sw_chart_tint(pen, mark->colour);
        if (mark->from == mark->to || !mark_inside(pen, mark)) {
            continue;
        }
        if (tint != 0) {
            sw_chart_block(pen, (struct sw_rect){pen->plot.x, top, pen->plot.width, bottom - top}, tint);
        } else {
            sw_chart_stroke(pen, pen->plot.x, top, pen->plot.x + pen->plot.width, top, mark->colour, pen->thin);
        }
    }
}

static void draw_mark_lines(const struct sw_chart_pen *pen)
{
    for (size_t i = 0; i < pen->chart->mark_count; i++) {
        const struct sw_chart_mark *mark = &pen->chart->marks[i];
        if (mark->from == mark->to && mark_inside(pen, mark)) {
            double y = mark_top(pen, mark);
            struct sw_vector_path *path =
                sw_chart_stroke(pen, pen->plot.x, y, pen->plot.x + pen->plot.width, y, mark->colour, pen->thin * 1.5);
            path->dash[0] = path->dash[1] = pen->em * 0.35;
        }
    }
}

static void draw_mark_labels(const struct sw_chart_pen *pen)
{
    for (size_t i = 0; i < pen->chart->mark_count; i++) {
        if (pen->chart->marks[i].label != NULL && mark_inside(pen, &pen->chart->marks[i])) {
            draw_mark_label(pen, &pen->chart->marks[i]);
        }
    }
}

/* -- all of it -- */

/* A calm frame: nothing is known yet, or any more. */
static void draw_nothing(const struct sw_chart_pen *pen, struct sw_rect content)
{
    double y = content.y + content.height;
    sw_chart_stroke(pen, content.x, y - pen->thin, content.x + content.width, y - pen->thin, sw_chart_quiet(pen), pen->thin);
    double height = sw_chart_measure(pen, NOTHING, false).height;
    sw_chart_label(pen, NOTHING, content.x + content.width / 2, content.y + (content.height - height) / 2, 0.5, sw_chart_quiet(pen), false);
}

static void lay_out_sparkline(struct sw_chart_pen *pen, struct sw_rect content)
{
    double margin = pen->line * 2.2;
    pen->plot = sw_rect_inset(content, margin, margin, margin, margin);
    sw_chart_series_draw(pen);
}

/* The plot is what labels leave. */
static bool share_out(struct sw_chart_pen *pen, struct sw_rect content)
{
    double left = number_labels_width(pen) + pen->em * 0.5, bottom = pen->em * 1.8;
    sw_chart_ends_fit(pen, (struct sw_size){content.width - left, content.height - bottom + pen->em * 0.6});
    double right = sw_chart_ends_margin(pen);
    double top = pen->em * (pen->above ? 1.5 : pen->unit_above ? 1.25 : 0.7);
    pen->plot = sw_rect_inset(content, top, right, bottom, left);
    return pen->plot.width >= pen->em && pen->plot.height >= pen->em;
}

/* What was drawn can be read. */
static void keep_pen(const struct sw_chart_pen *pen)
{
    pen->chart->pen = sw_arena_alloc(pen->context->arena, sizeof *pen);
    *pen->chart->pen = *pen;
}

void sw_chart_lay_out(const struct sw_view_context *context, const struct sw_box *box, struct sw_chart *chart, struct sw_rect content)
{
    struct sw_chart_pen pen = {.context = context, .box = box, .chart = chart, .em = box->text.size};
    chart->pen = NULL;
    double low, high;
    pen.thin = fmax(1, pen.em * 0.06);
    pen.line = fmax(2, pen.em * 0.15);
    chart->picture = (struct sw_chart_picture){.rect = content};
    sw_chart_thin(context, chart, content.width);
    if (content.width < pen.em || content.height < pen.em) {
        return;
    }
    if (!sw_chart_range(chart, &low, &high)) {
        draw_nothing(&pen, content);
        return;
    }
    sw_chart_scale(&pen, low, high);
    if (chart->categories != NULL) {
        sw_chart_categories_draw(&pen, content);
        keep_pen(&pen);
        return;
    }
    make_number_axis(&pen, low, high, content.height);
    if (chart->form == SW_CHART_SPARKLINE) {
        lay_out_sparkline(&pen, content);
        return;
    }
    if (!share_out(&pen, content)) {
        return;
    }
    bool solid = chart->form != SW_CHART_LINE && chart->form != SW_CHART_AREA; /* a threshold is seen on it, a line on the threshold */
    draw_bands(&pen);
    draw_number_axis(&pen);
    draw_time_axis(&pen);
    if (!solid) {
        draw_mark_lines(&pen);
    }
    sw_chart_series_draw(&pen);
    if (solid) {
        draw_mark_lines(&pen);
    }
    draw_mark_labels(&pen);
    keep_pen(&pen);
}
