/* SPDX-License-Identifier: EUPL-1.2 */
/* Reading a chart by touch: a finger anywhere on it shows the nearest instant that has a number, on a thin line, with what every series
 * says then. The label is above the finger, or beside it where there is no room; never below it, and never outside of the chart. Nothing
 * of it is baked anew while the finger moves. */
#include "elements/chart.h"

#include <math.h>
#include <stdlib.h>

#include "exhibition/language.h"

#define ROWS_MOST 16
#define LABELS_MOST 16 /* as many as fingers can read */
#define PARTS_A_FINGER 64
#define FIRST_PART (1 << 16) /* behind all labels of a chart */
#define PADDING 0.5          /* of the letters' size */
#define ABOVE 0.6            /* of what the finger hides: how far above that the label ends */
#define DOT_WORTH 0.2        /* of a square of the letters' size: a covered dot is bad, a covered finger worse */
#define DAYS_WITHOUT_TIME (20 * SW_HOUR) /* points so far apart stand for days */
#define NOTHING "\xe2\x80\x93" /* – */

struct row {
    const char *name, *amount;
    uint32_t colour;
};

/* What one finger reads. */
struct reading {
    const char *title;
    double x;                     /* of the line, and of the label's middle */
    double line_top, line_bottom; /* equal: there is none */
    struct row rows[ROWS_MOST];
    size_t row_count;
    struct {
        double x, y;
        uint32_t colour;
    } dots[ROWS_MOST];
    size_t dot_count;
};

/* Labels and fingers that a further label keeps clear of. */
struct taken {
    struct sw_rect items[2 * LABELS_MOST];
    size_t count;
};

/* -- what is read -- */

static int64_t apart(sw_instant a, sw_instant b) { return a > b ? a - b : b - a; }

/* The point nearest to an instant; NULL: there is none. Points stand in order. */
static const struct sw_point *nearest(const struct sw_chart_series *series, sw_instant at)
{
    size_t place = sw_points_place(series->points, series->count, at);
    const struct sw_point *best = NULL;
    for (size_t i = place; i < series->count && best == NULL; i++) {
        best = isnan(series->points[i].value) ? NULL : &series->points[i];
    }
    for (size_t i = place; i > 0; i--) {
        const struct sw_point *before = &series->points[i - 1];
        if (!isnan(before->value)) {
            return best == NULL || at - before->at <= best->at - at ? before : best;
        }
    }
    return best;
}

static const char *time_text(const struct sw_chart_pen *pen, sw_instant at, int64_t step)
{
    const struct sw_evaluation *evaluation = pen->context->evaluation;
    struct sw_arena *arena = pen->context->arena;
    struct sw_civil civil = sw_civil_at(evaluation->zone, at);
    const char *day = sw_language_date(arena, evaluation->language, &civil, SW_DATE_WEEKDAY_DAY);
    if (pen->chart->end - pen->chart->begin > 300 * 24 * SW_HOUR) {
        return sw_language_date(arena, evaluation->language, &civil, SW_DATE_SHORT);
    }
    if (step >= DAYS_WITHOUT_TIME) {
        return day;
    }
    return sw_arena_printf(arena, "%s, %s", day, sw_language_date(arena, evaluation->language, &civil, SW_DATE_TIME));
}

static bool read_time(const struct sw_chart_pen *pen, double x, struct reading *reading)
{
    const struct sw_chart *chart = pen->chart;
    double share = fmin(1, fmax(0, (x - pen->plot.x) / pen->plot.width));
    sw_instant at = chart->begin + (sw_instant)(share * (double)(chart->end - chart->begin));
    const struct sw_point *anchor = NULL;
    int64_t step = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct sw_point *point = nearest(&chart->series[i], at);
        if (point != NULL && (anchor == NULL || apart(point->at, at) < apart(anchor->at, at))) {
            anchor = point;
        }
        step = chart->series[i].step > step ? chart->series[i].step : step;
    }
    if (anchor == NULL) {
        return false;
    }
    int64_t near = step > 0 ? step / 2 : 0, pixel = (int64_t)((double)(chart->end - chart->begin) / fmax(1, pen->plot.width));
    near = near > 2 * pixel ? near : 2 * pixel;
    reading->title = time_text(pen, anchor->at, step);
    reading->x = sw_chart_x(pen, anchor->at);
    reading->line_top = pen->plot.y;
    reading->line_bottom = pen->plot.y + pen->plot.height;
    for (size_t i = 0; i < chart->series_count && reading->row_count < ROWS_MOST; i++) {
        const struct sw_chart_series *series = &chart->series[i];
        const struct sw_point *point = nearest(series, anchor->at);
        bool known = point != NULL && apart(point->at, anchor->at) <= near;
        const char *amount = known ? sw_chart_amount(pen, series, point->value) : NOTHING;
        reading->rows[reading->row_count++] = (struct row){series->label, amount, series->colour};
        if (known) {
            size_t dot = reading->dot_count++;
            reading->dots[dot].x = sw_chart_point_x(pen, i, point);
            reading->dots[dot].y = sw_chart_point_y(pen, series, point);
            reading->dots[dot].colour = series->colour;
        }
    }
    return true;
}

static bool read_category(const struct sw_chart_pen *pen, double y, struct reading *reading)
{
    const struct sw_chart *chart = pen->chart;
    if (chart->row_count == 0 || !(chart->row > 0)) {
        return false;
    }
    double row = floor((y - pen->chart->picture.rect.y) / chart->row);
    size_t index = (size_t)fmin((double)(chart->row_count - 1), fmax(0, row));
    const struct sw_chart_series *series = &chart->series[0];
    double number = series->points[index].value;
    reading->title = chart->categories[index];
    reading->rows[0] = (struct row){NULL, isnan(number) ? NOTHING : sw_chart_amount(pen, series, number), series->colour};
    reading->row_count = 1;
    reading->x = sw_chart_across(pen, isnan(number) ? 0 : number);
    return true;
}

/* -- where its label goes -- */

static double held(double position, double size, double from, double room) { return fmax(from, fmin(position, from + room - size)); }

/* How much of what is taken it would lie on. */
static double covered(const struct taken *taken, struct sw_rect rect)
{
    double area = 0;
    for (size_t i = 0; i < taken->count; i++) {
        struct sw_rect both = sw_rect_intersect(taken->items[i], rect);
        area += both.width * both.height;
    }
    return area;
}

static double dots_under(const struct reading *reading, struct sw_rect rect)
{
    double count = 0;
    for (size_t i = 0; i < reading->dot_count; i++) {
        count += sw_rect_contains(rect, reading->dots[i].x, reading->dots[i].y);
    }
    return count * DOT_WORTH;
}

/* Above the finger, else beside it, else at the chart's top: where least is covered. */
static struct sw_rect place(const struct sw_chart_pen *pen, const struct sw_rect *finger, const struct reading *reading,
                            struct sw_size size, const struct taken *taken)
{
    struct sw_rect all = pen->chart->picture.rect;
    double above = finger->y - finger->height / 2 * ABOVE - size.height, gap = pen->em * 0.5;
    double left = finger->x - gap - size.width, right = finger->x + finger->width + gap, middle = reading->x - size.width / 2;
    const double tries[][2] = {
        {middle, above}, {right, above}, {left, above}, {right, all.y}, {left, all.y}, {middle, all.y}, {right, all.y + all.height},
        {left, all.y + all.height},
    };
    struct sw_rect best = {0, 0, size.width, size.height};
    double least = INFINITY;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        double left_edge = held(tries[i][0], size.width, all.x, all.width), top_edge = held(tries[i][1], size.height, all.y, all.height);
        struct sw_rect rect = {left_edge, top_edge, size.width, size.height};
        double covers = covered(taken, rect) + dots_under(reading, rect) * pen->em * pen->em;
        if (covers < least) {
            least = covers;
            best = rect;
        }
    }
    return best;
}

/* -- drawing it -- */

struct label {
    struct sw_painter *painter;
    const struct sw_chart_pen *pen;
    int part;
    uint32_t ground, ink;
    double swatch, names, amounts, line; /* widths of the columns; how high a row is */
};

/* White or black, whichever is seen better on `ground`. */
static uint32_t ink_on(uint32_t ground)
{
    double light = 0.2126 * pow((ground >> 16 & 0xff) / 255.0, 2.2) + 0.7152 * pow((ground >> 8 & 0xff) / 255.0, 2.2) +
                   0.0722 * pow((ground & 0xff) / 255.0, 2.2);
    return light > 0.18 ? 0xff000000u : 0xffffffffu;
}

static void draw_text(struct label *label, const char *text, double x, double y, bool strong)
{
    struct sw_text_request request = sw_chart_request(label->painter->context, label->pen->box, text, strong);
    sw_painter_text(label->painter, label->pen->box, label->part++, x, y, &request, label->ink);
}

static void draw_dot(struct label *label, double x, double y, double radius, uint32_t colour, uint32_t ring)
{
    double side = ceil(radius * 2 + label->pen->line * 1.2);
    struct sw_vector_step step = {SW_VECTOR_CIRCLE, {side / 2, side / 2, radius}};
    struct sw_vector_path path = {
        .steps = &step, .count = 1, .fill = {.from = colour, .to = colour}, .stroke = ring, .width = label->pen->line * 0.6};
    struct sw_rect rect = {x - side / 2, y - side / 2, side, side};
    sw_painter_paths(label->painter, label->pen->box, label->part++, rect, &path, 1);
}

static struct sw_size size_of(struct label *label, const struct reading *reading)
{
    const struct sw_chart_pen *pen = label->pen;
    struct sw_size title = sw_chart_measure(pen, reading->title, false);
    label->swatch = reading->row_count > 1 ? pen->em * 0.9 : 0;
    for (size_t i = 0; i < reading->row_count; i++) {
        const struct row *row = &reading->rows[i];
        label->names = row->name != NULL ? fmax(label->names, sw_chart_measure(pen, row->name, false).width + pen->em * 0.6) : label->names;
        label->amounts = fmax(label->amounts, sw_chart_measure(pen, row->amount, true).width);
    }
    label->line = title.height;
    double width = fmax(title.width, label->swatch + label->names + label->amounts);
    return (struct sw_size){width + 2 * PADDING * pen->em, label->line * (double)(reading->row_count + 1) + 2 * PADDING * pen->em};
}

/* In a right-to-left session its columns go from right to left. */
static void draw_label(struct label *label, const struct reading *reading, struct sw_rect rect)
{
    const struct sw_chart_pen *pen = label->pen;
    bool mirrored = label->painter->context->right_to_left;
    struct sw_rect inner = sw_rect_inset(rect, PADDING * pen->em, PADDING * pen->em, PADDING * pen->em, PADDING * pen->em);
    double y = inner.y, start = mirrored ? inner.x + inner.width : inner.x, end = mirrored ? inner.x : inner.x + inner.width;
    sw_painter_frame(label->painter, pen->box, label->part++, rect, label->ground, pen->em * 0.25, 0, 0);
    draw_text(label, reading->title, start - (mirrored ? sw_chart_measure(pen, reading->title, false).width : 0), y, false);
    for (size_t i = 0; i < reading->row_count; i++) {
        const struct row *row = &reading->rows[i];
        y += label->line;
        if (label->swatch > 0) {
            draw_dot(label, start + pen->em * (mirrored ? -0.35 : 0.35), y + label->line / 2, pen->em * 0.26, row->colour, label->ink);
        }
        if (row->name != NULL) {
            double width = sw_chart_measure(pen, row->name, false).width;
            draw_text(label, row->name, mirrored ? start - label->swatch - width : start + label->swatch, y, false);
        }
        double width = sw_chart_measure(pen, row->amount, true).width;
        bool alone = reading->row_count == 1 && row->name == NULL; /* stands below the title's start */
        double x = alone ? start - (mirrored ? width : 0) : end - (mirrored ? 0 : width);
        draw_text(label, row->amount, x, y, true);
    }
}

static struct sw_rect finger_rect(const struct sw_box *box, const struct sw_finger *finger)
{
    double x = finger->x, y = finger->y;
    sw_view_inside(box, &x, &y);
    return (struct sw_rect){x - finger->reach, y - finger->reach, 2 * finger->reach, 2 * finger->reach};
}

static void draw_finger(struct label *label, struct sw_rect finger, struct taken *taken)
{
    const struct sw_chart_pen *pen = label->pen;
    struct reading reading = {.title = ""};
    double x = finger.x + finger.width / 2, y = finger.y + finger.height / 2;
    bool any = pen->chart->categories != NULL ? read_category(pen, y, &reading) : read_time(pen, x, &reading);
    if (!any) {
        return;
    }
    struct sw_size size = size_of(label, &reading);
    struct sw_rect all = pen->chart->picture.rect;
    size.width = fmin(size.width, all.width);
    while (size.height > all.height && reading.row_count > 1) {
        reading.row_count--;
        size.height -= label->line;
    }
    double thin = fmax(1 / label->painter->scale, pen->thin);
    if (reading.line_bottom > reading.line_top) {
        struct sw_rect line = {reading.x - thin / 2, reading.line_top, thin, reading.line_bottom - reading.line_top};
        sw_painter_fill(label->painter, pen->box, label->part++, line, label->ground);
    }
    for (size_t i = 0; i < reading.dot_count; i++) {
        draw_dot(label, reading.dots[i].x, reading.dots[i].y, pen->line * 2.2, reading.dots[i].colour, label->ink);
    }
    struct sw_rect rect = place(pen, &finger, &reading, size, taken);
    draw_label(label, &reading, rect);
    taken->items[taken->count++] = rect;
}

void sw_chart_read(struct sw_painter *painter, const struct sw_box *box, const struct sw_chart *chart)
{
    if (chart->pen == NULL || painter->finger_count == 0) {
        return;
    }
    struct taken taken = {.count = 0};
    for (size_t i = 0; i < painter->finger_count && taken.count < LABELS_MOST; i++) {
        if (painter->fingers[i].identity == box->identity) {
            taken.items[taken.count++] = finger_rect(box, &painter->fingers[i]);
        }
    }
    struct sw_chart_pen pen = *chart->pen;
    pen.context = painter->context;
    double opacity = painter->opacity;
    size_t count = taken.count, next = 0;
    for (size_t i = 0; i < painter->finger_count && next < count; i++) {
        if (painter->fingers[i].identity != box->identity) {
            continue;
        }
        uint32_t ground = box->text.colour | 0xff000000u;
        struct label label = {.painter = painter, .pen = &pen, .part = FIRST_PART + (int)i * PARTS_A_FINGER, .ground = ground};
        label.ink = ink_on(ground);
        painter->opacity = opacity * painter->fingers[i].presence;
        draw_finger(&label, taken.items[next++], &taken);
    }
    painter->opacity = opacity;
}
