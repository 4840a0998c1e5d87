/* SPDX-License-Identifier: EUPL-1.2 */
/* Something to press: a label, perhaps with a picture, in a look of the theme. */
#include "elements/elements.h"

#include <math.h>

#include "base/must.h"
#include "elements/picture.h"
#include "elements/words.h"
#include "view/behaviour.h"

static const char *const icon_places[] = {"start", "end", "top", NULL};

enum { ROW_BUTTON, ROW_LOOK, ROW_SELECTED, ROW_ENABLED, ROW_ICON, ROW_ICON_AT };

static const struct sw_row rows[] = {
    [ROW_BUTTON] = {.key = "button", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_TEXT,
        .flags = SW_ROW_KIND | SW_ROW_REQUIRED | SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "The label: it says what a touch does.",
        .example = "{\"de\": \"Weiter\", \"en\": \"Next\"}"},
    [ROW_LOOK] = {.key = "look", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_LOOK, .flags = SW_ROW_PER_CANVAS | SW_ROW_DYNAMIC,
        .meaning = "The theme's look; without one, its `default_button`."},
    [ROW_SELECTED] = {.key = "selected", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CONDITION,
        .meaning = "While true it is shown as the one that is chosen.",
        .example = "\"span == 'day'\""},
    [ROW_ENABLED] = {.key = "enabled", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_CONDITION,
        .meaning = "While this is not true it is shown as disabled and does nothing.",
        .example = "\"step < 9\""},
    [ROW_ICON] = {.key = "icon", .type = SW_TYPE_CUSTOM, .means = SW_MEANS_MEDIA, .flags = SW_ROW_PER_LANGUAGE | SW_ROW_DYNAMIC,
        .meaning = "A picture at the label."},
    [ROW_ICON_AT] = {.key = "icon_at", .type = SW_TYPE_ENUM, .words = icon_places, .flags = SW_ROW_PER_CANVAS, .otherwise = "\"start\"",
        .meaning = "Where the picture is, seen from the label."},
};

#define LEAST_WIDTH 200.0 /* 60 mm and more on a panel of 55 inches */
#define LEAST_HEIGHT 96.0
#define SHRINK 0.8        /* of a label that a language makes too long */
#define PRESSED_SHADE 0x33000000u

enum { AT_START, AT_END, AT_TOP };

struct button {
    struct sw_words words;
    const struct sw_look *look; /* NULL: the theme has none */
    bool selected, enabled;
    int icon_at;
    struct sw_picture icon;
    struct sw_rect icon_place;
};

static const struct sw_look no_look = {.padding = {16, 32, 16, 32}, .radius = 16};

static const struct sw_look *look_of(const struct sw_view_context *context, const struct sw_box *box)
{
    const struct sw_theme *theme = &context->exhibition->theme;
    struct sw_value name = box->own[ROW_LOOK];
    const struct sw_look *look = name.type == SW_VALUE_STRING ? sw_theme_look(theme, name.as.string) : NULL;
    look = look != NULL ? look : theme->default_look;
    return look != NULL ? look : &no_look;
}

static void expand(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    struct button *button = sw_arena_alloc(context->arena, sizeof *button);
    box->data = button;
    const struct sw_look *look = button->look = look_of(context, box);
    button->selected = sw_value_true(sw_view_own(context, box, ROW_SELECTED));
    button->enabled = box->element->own[ROW_ENABLED].form == SW_PROPERTY_NONE || sw_value_true(sw_view_own(context, box, ROW_ENABLED));
    if (!button->enabled) {
        box->action_count = 0;
    }
    if (box->common[SW_COMMON_STYLE].type == SW_VALUE_MISSING && look->style != NULL) {
        sw_view_text_style(context, sw_theme_style(&context->exhibition->theme, look->style), &box->text);
    }
    if (box->common[SW_COMMON_PADDING].type == SW_VALUE_MISSING) {
        for (int i = 0; i < 4; i++) {
            box->padding[i] = look->padding[i];
        }
    }
    struct sw_value label = box->own[ROW_BUTTON], icon = box->own[ROW_ICON];
    button->words = (struct sw_words){
        .text = label.type == SW_VALUE_STRING ? label.as.string : "–",
        .shrink = SHRINK,
        .align = box->align == SW_ALIGN_NONE || box->align == SW_ALIGN_STRETCH ? SW_TEXT_CENTER : sw_words_align(box),
        .valign = SW_ALIGN_CENTER,
    };
    button->icon_at = (int)fmax(0, sw_value_word(box->own[ROW_ICON_AT], icon_places));
    button->icon = (struct sw_picture){.path = icon.type == SW_VALUE_STRING ? icon.as.string : NULL, .focus_x = 0.5, .focus_y = 0.5};
}

/* The icon's size, with the room between it and the label: 0, 0 without one. */
static struct sw_size icon_size(const struct sw_view_context *context, const struct sw_box *box, double *gap)
{
    const struct button *button = box->data;
    *gap = 0;
    if (button->icon.path == NULL) {
        return (struct sw_size){0, 0};
    }
    struct sw_size own = sw_picture_size(context, button->icon.path);
    double height = box->text.size * (button->icon_at == AT_TOP ? 2 : 1.3);
    *gap = box->text.size * 0.4;
    return (struct sw_size){own.height > 0 ? height * own.width / own.height : height, height};
}

static struct sw_size with_icon(const struct sw_view_context *context, const struct sw_box *box, struct sw_size label)
{
    const struct button *button = box->data;
    double gap = 0;
    struct sw_size icon = icon_size(context, box, &gap);
    if (button->icon_at == AT_TOP) {
        return (struct sw_size){fmax(label.width, icon.width), label.height + gap + icon.height};
    }
    return (struct sw_size){label.width + gap + icon.width, fmax(label.height, icon.height)};
}

static struct sw_size measure(const struct sw_view_context *context, struct sw_box *box, double width, double height)
{
    (void)height;
    const struct button *button = box->data;
    double gap = 0;
    struct sw_size icon = icon_size(context, box, &gap);
    double beside = button->icon_at == AT_TOP ? 0 : icon.width + gap;
    struct sw_size size = with_icon(context, box, sw_words_measure(context, box, &button->words, fmax(0, width - beside)));
    size.width = fmax(size.width, LEAST_WIDTH - box->padding[1] - box->padding[3]);
    size.height = fmax(size.height, LEAST_HEIGHT - box->padding[0] - box->padding[2]);
    return size;
}

static double least_width(const struct sw_view_context *context, struct sw_box *box)
{
    const struct button *button = box->data;
    struct sw_size label = {sw_words_least_width(context, box, &button->words), 0};
    return fmax(with_icon(context, box, label).width, LEAST_WIDTH - box->padding[1] - box->padding[3]);
}

/* Where a group of `wanted` begins in `room`, as the label's lines stand. */
static double group_offset(enum sw_text_align align, double room, double wanted)
{
    double left = fmax(0, room - wanted);
    return align == SW_TEXT_CENTER ? left / 2 : align == SW_TEXT_END ? left : 0;
}

static void arrange_top(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content, struct sw_size icon, double gap)
{
    struct button *button = box->data;
    struct sw_rect label = {content.x, content.y, content.width, fmax(0, content.height - icon.height - gap)};
    sw_words_fit(context, box, &button->words, label);
    double height = icon.height + gap + sw_words_size(context, box, &button->words).height;
    double top = content.y + (content.height - height) / 2;
    button->icon_place = (struct sw_rect){content.x, top, content.width, icon.height};
    button->words.place.y = top + icon.height + gap;
}

static void arrange_beside(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content, struct sw_size icon,
                           double gap)
{
    struct button *button = box->data;
    double room = fmax(0, content.width - icon.width - gap);
    sw_words_fit(context, box, &button->words, (struct sw_rect){content.x, content.y, room, content.height});
    double wide = fmin(room, sw_words_size(context, box, &button->words).width);
    double start = content.x + group_offset(button->words.align, content.width, wide + gap + icon.width);
    bool icon_left = (button->icon_at == AT_START) != box->right_to_left;
    button->icon_place = (struct sw_rect){icon_left ? start : start + wide + gap, content.y, icon.width, content.height};
    /* the lines stand in the full width that they were wrapped at: moved so that their widest is where the group wants it */
    double line = group_offset(button->words.align, room, wide);
    button->words.place.x = start + (icon_left ? icon.width + gap : 0) - line;
}

static uint32_t label_colour(const struct sw_painter *painter, const struct sw_box *box);

static void arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    struct button *button = box->data;
    double gap = 0;
    struct sw_size icon = icon_size(context, box, &gap);
    if (button->icon.path == NULL) {
        sw_words_fit(context, box, &button->words, content);
    } else if (button->icon_at == AT_TOP) {
        arrange_top(context, box, content, icon, gap);
    } else {
        arrange_beside(context, box, content, icon, gap);
    }
    if (box->said != NULL) {
        const struct sw_painter nobody = {.context = context};
        box->said->colour = label_colour(&nobody, box);
    }
}

static const struct sw_look_state *state_of(const struct sw_painter *painter, const struct sw_box *box)
{
    const struct button *button = box->data;
    if (!button->enabled) {
        return &button->look->disabled;
    }
    if (painter->pressed == box->identity) {
        return &button->look->pressed;
    }
    return button->selected ? &button->look->selected : &button->look->normal;
}

/* The colour of a state; where it names none: the element's own, the normal state's, or `otherwise`. */
static uint32_t state_colour(const struct sw_view_context *context, const char *state, struct sw_value own, const char *normal,
                             uint32_t otherwise)
{
    uint32_t colour = sw_view_colour(context, own, sw_view_colour(context, sw_value_string(normal), otherwise));
    return sw_view_colour(context, sw_value_string(state == normal ? NULL : state), colour);
}

static void ground(const struct sw_painter *painter, const struct sw_box *box, uint32_t *fill, double *radius, uint32_t *stroke,
                   double *stroke_width)
{
    const struct button *button = box->data;
    const struct sw_look *look = button->look;
    const struct sw_look_state *state = state_of(painter, box);
    *fill = state_colour(painter->context, state->fill, box->common[SW_COMMON_FILL], look->normal.fill, 0);
    *stroke = state_colour(painter->context, state->stroke, box->common[SW_COMMON_STROKE], look->normal.stroke, 0);
    *radius = sw_value_number_or(box->common[SW_COMMON_RADIUS], look->radius);
    double width = state->stroke_width >= 0 ? state->stroke_width : look->normal.stroke_width;
    *stroke_width = sw_value_number_or(box->common[SW_COMMON_STROKE_WIDTH], width);
}

static uint32_t label_colour(const struct sw_painter *painter, const struct sw_box *box)
{
    const struct button *button = box->data;
    return state_colour(painter->context, state_of(painter, box)->colour, box->common[SW_COMMON_COLOUR], button->look->normal.colour,
                        box->text.colour);
}

static void draw(struct sw_painter *painter, const struct sw_box *box)
{
    const struct button *button = box->data;
    const struct sw_look *look = button->look;
    const struct sw_look_state *state = state_of(painter, box);
    if (state == &look->pressed && state->fill == NULL && state->colour == NULL && state->stroke == NULL) {
        double radius = sw_value_number_or(box->common[SW_COMMON_RADIUS], look->radius);
        sw_painter_frame(painter, box, 2, box->rect, PRESSED_SHADE, radius, 0, 0);
    }
    sw_words_draw(painter, box, 0, &button->words, label_colour(painter, box));
    sw_picture_draw(painter, box, 1, button->icon_place, &button->icon);
}

static const struct sw_behaviour behaviour = {
    .expand = expand,
    .measure = measure,
    .arrange = arrange,
    .draw = draw,
    .ground = ground,
    .least_width = least_width,
    .presses = true,
};

const struct sw_kind sw_element_button = {
    .name = "button",
    .meaning = "Something to press, in one of the looks of the theme.",
    .rows = rows,
    .count = SW_COUNT(rows),
    .behaviour = &behaviour,
};
