/* SPDX-License-Identifier: EUPL-1.2 */
/* A chart between its files: what it was asked for, the numbers, and what is drawn of them. Private to src/elements; all of it is of the
 * view's arena, main thread. */
#ifndef SW_ELEMENTS_CHART_H
#define SW_ELEMENTS_CHART_H

#include "data/series.h"
#include "elements/chart_axis.h"
#include "view/behaviour.h"

enum sw_chart_form { SW_CHART_LINE, SW_CHART_AREA, SW_CHART_BAR, SW_CHART_STACKED, SW_CHART_STACKED_BAR, SW_CHART_SPARKLINE };

/* One line, area or set of bars: a history, or points that rows gave. */
struct sw_chart_series {
    const struct sw_series *history; /* NULL: `points` as they are */
    int64_t last;                    /* of the history, microseconds; 0: all */
    struct sw_point *points;         /* by arrange of the history, thinned; a NaN is a gap; of categories `at` is their place */
    size_t count;
    double *base;                    /* of what is stacked: on which each point stands; NULL: it is not */
    int64_t step;                    /* how far apart points are meant to be; 0: not known */
    const char *label;               /* NULL: none */
    const char *unit;                /* "": none */
    int digits;
    uint32_t colour;
};

struct sw_chart_mark {
    double from, to; /* a mark: the same */
    const char *label;
    uint32_t colour;
};

struct sw_chart_label {
    const char *text;
    double x, y, width, height; /* design units on the canvas, the corner */
    uint32_t colour;
    bool strong;
    double wrap; /* at which it breaks, with `lines` at most; 0: it does not */
    int lines;
    bool against; /* its lines end together: it stands before its bar */
};

/* What arrange makes and draw shows. */
struct sw_chart_picture {
    struct sw_rect rect; /* of the paths, whose numbers count from its corner */
    struct sw_vector_path *paths;
    size_t path_count, path_capacity;
    struct sw_chart_label *labels;
    size_t label_count, label_capacity;
};

struct sw_chart_pen;

struct sw_chart {
    enum sw_chart_form form;
    struct sw_chart_series *series;
    size_t series_count;
    const char *const *categories; /* of rows whose x is no instant; NULL: a time axis */
    size_t category_count;
    sw_instant begin, end;         /* of the time axis */
    double low, high;              /* given ends of the number axis, NAN: nice ones */
    int ticks;                     /* of it, at most; 0: as fit */
    struct sw_chart_mark *marks;
    size_t mark_count;
    struct sw_chart_picture picture;
    struct sw_chart_pen *pen;      /* with which it was drawn, for what is read off it; NULL: there is nothing to read */
    double row;                    /* of categories: how high one is, design units */
    double row_middle;             /* of its bar, from the row's top */
    size_t row_count;              /* those that are shown */
};

/* -- chart_data.c -- */
bool sw_chart_has_bars(const struct sw_chart *chart);
bool sw_chart_is_stacked(const struct sw_chart *chart);
/* Of a history all that is known of it, else the points as they are. */
const struct sw_point *sw_chart_points(const struct sw_chart_series *series, size_t *count);
/* Reads series or rows, and notes what was read. */
void sw_chart_collect(const struct sw_view_context *context, struct sw_box *box, struct sw_chart *chart);
/* Of the numbers that it was given: of a history its newest ones, as it only ever grows. */
uint64_t sw_chart_hash(const struct sw_chart *chart);
/* Thins histories to what `width` design units can show. */
void sw_chart_thin(const struct sw_view_context *context, struct sw_chart *chart, double width);
/* The least and the largest number that is to be seen; false: there is none. */
bool sw_chart_range(const struct sw_chart *chart, double *low, double *high);
/* While a picture is made: what for, and the measures that all of it shares. All places are on the canvas, in design units. */
struct sw_chart_pen {
    const struct sw_view_context *context;
    const struct sw_box *box;
    struct sw_chart *chart;
    struct sw_rect plot;         /* between the axes */
    struct sw_number_axis axis;
    double em, thin, line;       /* the letters' size; width of what is below and of the subject */
    double scale;                /* what numbers are counted in: 1, a million ... */
    bool brief;                  /* labels at the ends have one line */
    bool above;                  /* the label at the end stands above it: beside it there is no room */
    bool unit_above;             /* the unit is long: the topmost tick is written above its line */
};

/* -- chart_layout.c -- */
/* Makes the picture for `content`. */
void sw_chart_lay_out(const struct sw_view_context *context, const struct sw_box *box, struct sw_chart *chart, struct sw_rect content);
double sw_chart_x(const struct sw_chart_pen *pen, sw_instant at);
double sw_chart_y(const struct sw_chart_pen *pen, double number);
/* -- chart_number.c -- */
/* Chooses what the numbers low..high are counted in: ones, millions ... */
void sw_chart_scale(struct sw_chart_pen *pen, double low, double high);
/* The tick at `index` of the number axis. */
const char *sw_chart_tick(const struct sw_chart_pen *pen, int index, bool with_unit);
/* A number with its unit as the language writes it. */
const char *sw_chart_amount(const struct sw_chart_pen *pen, const struct sw_chart_series *series, double number);
/* -- chart_series.c -- */
void sw_chart_series_draw(const struct sw_chart_pen *pen);
/* Where a point of the series at `index` is shown: of bars the middle of theirs, of what is stacked the upper edge. */
double sw_chart_point_x(const struct sw_chart_pen *pen, size_t index, const struct sw_point *point);
double sw_chart_point_y(const struct sw_chart_pen *pen, const struct sw_chart_series *series, const struct sw_point *point);
/* -- chart_stack.c -- */
/* Brings the series to common instants and puts each on those before it. */
void sw_chart_stack(const struct sw_view_context *context, struct sw_chart *chart, double width);
/* -- chart_ends.c -- */
/* Chooses how the labels at the ends are written, so that they fit into `room`; how wide they are, with what is before them. */
void sw_chart_ends_fit(struct sw_chart_pen *pen, struct sw_size room);
double sw_chart_ends_margin(const struct sw_chart_pen *pen);
void sw_chart_ends_draw(const struct sw_chart_pen *pen);
/* One series that bears its newest number above it, within the chart. */
void sw_chart_end_above_draw(const struct sw_chart_pen *pen);
/* -- chart_category.c -- */
void sw_chart_categories_draw(struct sw_chart_pen *pen, struct sw_rect content);
/* Where a number is on the axis of its bars, which lie. */
double sw_chart_across(const struct sw_chart_pen *pen, double number);
/* -- chart_picture.c -- */
/* Begins a path with room for `steps`; they are added with sw_chart_to. */
struct sw_vector_path *sw_chart_path(const struct sw_chart_pen *pen, size_t steps);
void sw_chart_to(const struct sw_chart_pen *pen, struct sw_vector_path *path, enum sw_vector_op op, double x, double y);
/* A straight line of `width`; a rectangle; a dot. */
struct sw_vector_path *sw_chart_stroke(const struct sw_chart_pen *pen, double x1, double y1, double x2, double y2, uint32_t colour,
                                       double width);
struct sw_vector_path *sw_chart_block(const struct sw_chart_pen *pen, struct sw_rect rect, uint32_t colour);
struct sw_vector_path *sw_chart_dot(const struct sw_chart_pen *pen, double x, double y, double radius, uint32_t colour);
struct sw_size sw_chart_measure(const struct sw_chart_pen *pen, const char *text, bool strong);
/* Adds a label; `x` is where its start, middle or end (`align` 0, 0.5, 1) goes, `y` its top. Until the next one is added. */
struct sw_chart_label *sw_chart_label(const struct sw_chart_pen *pen, const char *text, double x, double y, double align, uint32_t colour,
                                      bool strong);
/* Of the texts' colour: for grid lines, for labels that step back, and as a tint of `colour` (0 in high contrast, which has none). */
uint32_t sw_chart_grid(const struct sw_chart_pen *pen);
uint32_t sw_chart_quiet(const struct sw_chart_pen *pen);
uint32_t sw_chart_tint(const struct sw_chart_pen *pen, uint32_t colour);
/* Of a band of a stack: the series' own; in high contrast, where colours may be one, a shade of it. */
uint32_t sw_chart_band_colour(const struct sw_chart_pen *pen, size_t index);
/* How a text of the chart is set. */
struct sw_text_request sw_chart_request(const struct sw_view_context *context, const struct sw_box *box, const char *text, bool strong);
/* -- chart_reading.c -- */
/* What fingers read: at each the nearest point of every series. */
void sw_chart_read(struct sw_painter *painter, const struct sw_box *box, const struct sw_chart *chart);
/* Draws the picture. */
void sw_chart_draw(struct sw_painter *painter, const struct sw_box *box, const struct sw_chart *chart);

/* The rows of the tables in chart.c. */
enum sw_chart_row {
    SW_CHART_ROW_CHART,
    SW_CHART_ROW_SERIES,
    SW_CHART_ROW_ROWS,
    SW_CHART_ROW_AS,
    SW_CHART_ROW_X,
    SW_CHART_ROW_Y,
    SW_CHART_ROW_PAINT,
    SW_CHART_ROW_MARKS,
    SW_CHART_ROW_BANDS,
    SW_CHART_ROW_FROM,
    SW_CHART_ROW_TO,
    SW_CHART_ROW_TICKS,
};
enum sw_chart_series_row { SW_SERIES_OF, SW_SERIES_LAST, SW_SERIES_LABEL, SW_SERIES_COLOUR };
enum sw_chart_mark_row { SW_MARK_Y, SW_MARK_LABEL, SW_MARK_COLOUR };
enum sw_chart_band_row { SW_BAND_FROM, SW_BAND_TO, SW_BAND_LABEL, SW_BAND_COLOUR };

#endif
