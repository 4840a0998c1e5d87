/* SPDX-License-Identifier: EUPL-1.2 */
/* How a box enters: a pure function of its age. Shift and zoom are about the box's own rectangle and hold for all that is in it. */
#include <math.h>

#include "view/paint.h"

#define RISE 24.0 /* design units */
#define ENTER_US (500 * SW_MS)

enum enter { ENTER_FADE, ENTER_RISE, ENTER_MOVE, ENTER_SCALE };
enum ease { EASE_OUT, EASE_IN, EASE_IN_OUT, EASE_LINEAR };

static double eased(enum ease ease, double t)
{
    switch (ease) {
    case EASE_OUT: return 1 - pow(1 - t, 3);
    case EASE_IN: return pow(t, 3);
    case EASE_IN_OUT: return t < 0.5 ? 4 * pow(t, 3) : 1 - pow(2 - 2 * t, 3) / 2;
    case EASE_LINEAR: return t;
    }
    return t;
}

static double seconds(struct sw_value value, double otherwise)
{
    return value.type == SW_VALUE_DURATION ? (double)value.as.duration / SW_SECOND : otherwise;
}

/* Adds a zoom about `x`, `y` and then a shift, inside of what the painter does already. */
static void add(struct sw_painter *painter, double zoom, double x, double y, double shift_x, double shift_y)
{
    double outer = painter->zoom;
    /* painter: p -> zoom_x + (p - zoom_x) * zoom + shift; the point that stays is moved to 0 first */
    double base_x = painter->zoom_x * (1 - outer) + painter->shift_x, base_y = painter->zoom_y * (1 - outer) + painter->shift_y;
    painter->zoom_x = painter->zoom_y = 0;
    painter->zoom = outer * zoom;
    painter->shift_x = base_x + outer * (x * (1 - zoom) + shift_x);
    painter->shift_y = base_y + outer * (y * (1 - zoom) + shift_y);
}

void sw_view_animate(struct sw_painter *painter, const struct sw_box *box)
{
    static const char *const enters[] = {"fade", "rise", "move", "scale", NULL};
    static const char *const eases[] = {"out", "in", "in-out", "linear", NULL};
    struct sw_value animation = box->common[SW_COMMON_ANIMATE];
    if (animation.type != SW_VALUE_RECORD || painter->still) {
        return;
    }
    int enter = sw_value_word(sw_value_member(animation, "enter"), enters);
    double age = painter->age != NULL ? painter->age(painter->age_context, box->identity) : painter->time_s;
    double after = seconds(sw_value_member(animation, "delay"), 0);
    double lasts = seconds(sw_value_member(animation, "for"), (double)ENTER_US / SW_SECOND);
    double t = age >= after + lasts ? 1 : fmax(0, (age - after) / lasts);
    if (t >= 1) {
        return;
    }
    painter->moving = true;
    int word = sw_value_word(sw_value_member(animation, "ease"), eases);
    double rest = 1 - eased(word < 0 ? EASE_OUT : (enum ease)word, t);
    struct sw_value from = sw_value_member(animation, "from");
    double side = box->parent != NULL && box->parent->right_to_left ? -1 : 1;
    switch (enter < 0 ? ENTER_FADE : (enum enter)enter) {
    case ENTER_FADE: break;
    case ENTER_RISE: add(painter, 1, 0, 0, 0, RISE * rest); break;
    case ENTER_MOVE: add(painter, 1, 0, 0, side * sw_value_item_or(from, 0, 0) * rest, sw_value_item_or(from, 1, 0) * rest); break;
    case ENTER_SCALE: {
        double scale = sw_value_number_or(sw_value_member(animation, "scale"), 0.9);
        add(painter, 1 - (1 - scale) * rest, box->rect.x + box->rect.width / 2, box->rect.y + box->rect.height / 2, 0, 0);
        break;
    }
    }
    /* What moves in from afar is whole while it moves; before its time nothing is seen of anything. */
    painter->opacity *= enter == ENTER_MOVE ? (age > after ? 1 : 0) : 1 - rest;
}
