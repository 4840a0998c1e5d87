/* SPDX-License-Identifier: EUPL-1.2 */
/* An arrow that says where a number is going: up, down or neither, as its history's last stretch tells. Where that is not known nothing is
 * drawn: no arrow is better than a false one. It points as a chart's line goes, from left to right in every language. */
#include "elements/elements.h"

#include <math.h>
#include <string.h>

#include "base/must.h"
#include "elements/history.h"
#include "elements/words.h"
#include "exhibition/language.h"
#include "view/behaviour.h"

#define OVER (2 * SW_HOUR)
#define GAP_STEPS 2.5     /* as a history counts its gaps (data/series.h) */
#define NEAR_SHARE 8      /* of the stretch: how far from its beginning a point may be */
#define ARROW 0.95        /* of the letters' size: its side */
#define GAP 0.3           /* between arrow and word */
#define EIGHTH 0.78539816339744830962 /* of a turn */

enum { ROW_TREND, ROW_OVER, ROW_STEADY, ROW_SHOW };
enum show { SHOW_BOTH, SHOW_ARROW, SHOW_WORD };
static const char *const shows[] = {"both", "arrow", "word", NULL};

static const struct sw_row rows[] = {
    [ROW_TREND] = {.key = "trend", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_HISTORY, .flags = SW_ROW_KIND | SW_ROW_REQUIRED,
        .meaning = "The history: a source and its field, such as rhein.level.",
        .example = "\"rhein.level\""},
    [ROW_OVER] = {.key = "over", .type = SW_TYPE_DURATION, .flags = SW_ROW_PER_CANVAS, .minimum = 60, .maximum = 366.0 * 86400,
        .otherwise = "\"2h\"", .meaning = "The stretch whose two ends are compared."},
    [ROW_STEADY] = {.key = "steady", .type = SW_TYPE_NUMBER, .flags = SW_ROW_DYNAMIC, .minimum = 0, .maximum = INFINITY, .otherwise = "0",
        .meaning = "Up to this change, in the field's unit, it is steady."},
    [ROW_SHOW] = {.key = "show", .type = SW_TYPE_ENUM, .words = shows, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"both\"",
        .meaning = "The arrow, the word in the visitor's language, or both."},
};

enum direction { UP, DOWN, STEADY, UNKNOWN };

struct trend {
    enum direction direction;
    enum show show;
    struct sw_words words;
};

/* -- what it says -- */

struct names {
    const char *language, *words[3]; /* as enum direction */
};
static const struct names all_names[] = {
    {"en", {"rising", "falling", "steady"}},
    {"de-leicht", {"wird mehr", "wird weniger", "bleibt gleich"}},
    {"de", {"steigend", "fallend", "gleichbleibend"}},
    {"tr", {"yükseliyor", "düşüyor", "değişmiyor"}},
    {"ar", {"في ارتفاع", "في انخفاض", "مستقر"}},
    {"pl", {"rośnie", "spada", "bez zmian"}},
    {"uk", {"зростає", "знижується", "без змін"}},
};

static const char *word_of(const char *language, enum direction direction)
{
    const struct names *names = sw_language_row(all_names, SW_COUNT(all_names), sizeof all_names[0], language);
    return names->words[direction];
}

/* The point nearest to `at`; `count` is not 0. */
static const struct sw_point *nearest(const struct sw_point *points, size_t count, sw_instant at)
{
    size_t place = sw_points_place(points, count, at);
    if (place == count || (place > 0 && at - points[place - 1].at <= points[place].at - at)) {
        place--;
    }
    return &points[place];
}

/* `end`: until when numbers are known, at the latest. *holds: until when this is so if nothing comes. */
static enum direction direction_of(const struct sw_series *history, sw_instant end, int64_t over, double steady, sw_instant *holds)
{
    size_t count = 0;
    const struct sw_point *points = sw_series_points(history, &count);
    int64_t step = sw_series_step(history), near = over / NEAR_SHARE;
    near = (double)step * GAP_STEPS > (double)near ? (int64_t)((double)step * GAP_STEPS) : near;
    while (count > 0 && points[count - 1].at > end) {
        count--;
    }
    if (count == 0 || end - points[count - 1].at > near) {
        return UNKNOWN;
    }
    const struct sw_point *last = &points[count - 1], *first = nearest(points, count, last->at - over);
    int64_t beside = first->at > last->at - over ? first->at - (last->at - over) : last->at - over - first->at;
    *holds = last->at + near;
    if (first == last || beside > near || beside > over / 2) {
        return UNKNOWN;
    }
    double change = last->value - first->value, close = 1e-9 * fmax(fabs(last->value), fabs(first->value));
    return fabs(change) <= steady + close ? STEADY : change > 0 ? UP : DOWN;
}

static enum direction read_direction(const struct sw_view_context *context, const struct sw_box *box)
{
    const struct sw_field *field = box->own[ROW_TREND].field;
    struct sw_history history = field != NULL ? sw_history_read(context, field) : (struct sw_history){.series = NULL};
    if (history.series == NULL) {
        return UNKNOWN;
    }
    sw_instant holds = SW_NEVER;
    struct sw_value over = box->own[ROW_OVER];
    enum direction direction = direction_of(history.series, history.end, over.type == SW_VALUE_DURATION ? over.as.duration : OVER,
                                            fmax(0, sw_value_number_or(box->own[ROW_STEADY], 0)), &holds);
    if (history.live && context->evaluation->reads != NULL && holds != SW_NEVER) {
        sw_reads_until(context->evaluation->reads, holds + 1);
    }
    return direction;
}

/* -- how it looks -- */

/* What it shows is its name for those who do not see it, unless one is given. */
static void name_it(const struct sw_view_context *context, struct sw_box *box, const char *word)
{
    if (box->common[SW_COMMON_ALT].type != SW_VALUE_MISSING) {
        return;
    }
    struct sw_value *common = sw_arena_array(context->arena, SW_COMMON_COUNT, sizeof *common);
    memcpy(common, box->common, SW_COMMON_COUNT * sizeof *common);
    common[SW_COMMON_ALT] = sw_value_string(word);
    box->common = common;
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    struct trend *trend = sw_arena_alloc(context->arena, sizeof *trend);
    trend->direction = read_direction(context, box);
    trend->show = (enum show)fmax(0, sw_value_word(box->own[ROW_SHOW], shows));
    const char *word = trend->direction == UNKNOWN ? "" : word_of(context->evaluation->language, trend->direction);
    trend->words = (struct sw_words){
        .text = trend->show == SHOW_ARROW ? "" : word, .shrink = 1, .align = sw_words_align(box), .valign = SW_ALIGN_START};
    box->data = trend;
    if (trend->direction != UNKNOWN) {
        name_it(context, box, word);
    }
}

static double arrow_side(const struct sw_box *box, const struct trend *trend)
{
    return trend->direction == UNKNOWN || trend->show == SHOW_WORD ? 0 : box->text.size * ARROW;
}

/* The arrow and what is between it and the word. */
static double before_word(const struct sw_box *box, const struct trend *trend)
{
    double side = arrow_side(box, trend);
    return side > 0 && trend->show == SHOW_BOTH ? side + box->text.size * GAP : side;
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)height;
    const struct trend *trend = box->data;
    double before = before_word(box, trend);
    struct sw_size size = sw_words_measure(context, box, &trend->words, fmax(0, width - before));
    return (struct sw_size){before + size.width, fmax(size.height, before > 0 ? box->text.size * box->text.line : 0)};
}

static double least_width(const struct sw_view_context *context, struct sw_box *box)
{
    const struct trend *trend = box->data;
    return before_word(box, trend) + sw_words_least_width(context, box, &trend->words);
}

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    struct trend *trend = box->data;
    double before = before_word(box, trend);
    content.x += box->right_to_left ? 0 : before;
    content.width = fmax(0, content.width - before);
    sw_words_fit(context, box, &trend->words, content);
}

static void draw_arrow(struct sw_painter *painter, const struct sw_box *box, const struct trend *trend, double side)
{
    static const double points[][2] = {{-0.4, 0}, {0.4, 0}, {0.1, -0.3}, {0.4, 0}, {0.1, 0.3}};
    struct sw_rect content = sw_view_content(box);
    double turn = trend->direction == UP ? -EIGHTH : trend->direction == DOWN ? EIGHTH : 0;
    struct sw_vector_step steps[SW_COUNT(points)];
    for (size_t i = 0; i < SW_COUNT(points); i++) {
        double x = points[i][0] * cos(turn) - points[i][1] * sin(turn), y = points[i][0] * sin(turn) + points[i][1] * cos(turn);
        enum sw_vector_op op = i == 0 || i == 2 ? SW_VECTOR_MOVE : SW_VECTOR_LINE;
        steps[i] = (struct sw_vector_step){op, {side * (0.5 + x), side * (0.5 + y)}};
    }
    struct sw_vector_path path = {.steps = steps, .count = SW_COUNT(steps), .stroke = box->text.colour, .width = side * 0.13};
    double x = box->right_to_left ? content.x + content.width - side : content.x;
    struct sw_rect rect = {x, content.y + (box->text.size * box->text.line - side) / 2, side, side};
    sw_painter_paths(painter, box, 1, rect, &path, 1);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    const struct trend *trend = box->data;
    double side = arrow_side(box, trend);
    if (side > 0) {
        draw_arrow(painter, box, trend, side);
    }
    sw_words_draw(painter, box, 0, &trend->words, box->text.colour);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .arrange = arrange,
    .draw = draw,
    .least_width = least_width,
};

const struct sw_kind sw_element_trend = {
    .name = "trend",
    .meaning = "Where a number is going: an arrow and a word; nothing while that is not known.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
