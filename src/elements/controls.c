/* SPDX-License-Identifier: EUPL-1.2 */
#include "elements/controls.h"

#include <math.h>

#include "base/hash.h"
#include "base/must.h"
#include "exhibition/kind.h"
#include "exhibition/language.h"
#include "view/layout.h"

/* Design units. What is touched is as high as a button (elements/button.c). */
#define HEIGHT 112.0
#define LEAST 64.0      /* of a video that has no more room */
#define MARGIN 24.0     /* around the bar, in the video */
#define EDGE 8.0        /* around what is in the bar */
#define AIR 24.0        /* between what is in it; the track keeps its own */
#define END 20.0        /* behind what stands last */
#define TRACK_LEAST 120.0
#define LINE 6.0
#define PLAYED 12.0     /* thicker, so that it is told by more than its colour */
#define KNOB 20.0       /* radius */
#define KNOB_HELD 28.0
#define SIGN 0.6        /* of the button's height */
#define LABEL_AIR 8.0
#define LABEL_WORTH 900.0 /* a bar as wide as this says in a word what its button does */
#define REST_ALPHA 0x8cu  /* of the text's colour: what of the line has not been played */
#define HOUR 3600

enum { PART_GROUND, PART_ELAPSED, PART_TOTAL };

/* What the button does next. */
enum face { FACE_PLAY, FACE_PAUSE, FACE_AGAIN, FACE_COUNT };

struct words {
    const char *language, *faces[FACE_COUNT];
};
static const struct words all_words[] = {
    {"en", {"Play", "Pause", "Play again"}},
    {"de", {"Abspielen", "Pause", "Noch einmal"}},
    {"de-leicht", {"Film ansehen", "Film anhalten", "Film noch einmal"}},
    {"tr", {"Oynat", "Duraklat", "Yeniden oynat"}},
    {"ar", {"تشغيل", "إيقاف", "إعادة التشغيل"}},
};

/* What all the boxes of one bar know. */
struct controls {
    struct sw_box *video;
    struct sw_box *button, *track; /* track: NULL where there is no room, or nobody knows how long it is */
    const struct sw_look *look;
    const char *faces[FACE_COUNT]; /* "": the sign alone */
    double label;                  /* the width of the longest; 0: the sign alone */
    double scale;                  /* of the track: a low bar has a small knob */
    struct sw_rect elapsed, total; /* empty: not said */
};

static const struct sw_look no_look = {.radius = 16};

/* -- making the boxes -- */

static void expand_bar(struct sw_expansion *expansion, struct sw_box *box);

static void draw_bar(struct sw_painter *painter, const struct sw_box *box);
static void draw_button(struct sw_painter *painter, const struct sw_box *box);
static void draw_track(struct sw_painter *painter, const struct sw_box *box);
static void arrange_bar(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content);

/* Elements that nobody writes: as if they stood in the video. */
static const struct sw_row bar_row = {.key = "controls"}, button_row = {.key = "play"}, track_row = {.key = "track"};
static const struct sw_behaviour bar_behaviour = {.expand = expand_bar, .arrange = arrange_bar, .draw = draw_bar};
static const struct sw_behaviour button_behaviour = {.draw = draw_button, .presses = true};
static const struct sw_behaviour track_behaviour = {.draw = draw_track, .presses = true};
static const struct sw_kind bar_kind = {.name = "controls", .rows = &bar_row, .count = 1, .behaviour = &bar_behaviour};
static const struct sw_kind button_kind = {.name = "play", .rows = &button_row, .count = 1, .behaviour = &button_behaviour};
static const struct sw_kind track_kind = {.name = "track", .rows = &track_row, .count = 1, .behaviour = &track_behaviour};

/* The box of an element of that kind in `parent`; NULL: there are too many boxes. */
static struct sw_box *make(struct sw_expansion *expansion, struct sw_box *parent, const struct sw_kind *kind)
{
    struct sw_arena *arena = expansion->context->arena;
    const struct sw_element *like = parent->element;
    struct sw_element *element = sw_arena_alloc(arena, sizeof *element);
    *element = (struct sw_element){.kind = kind,
                                   .file = like->file,
                                   .line = like->line,
                                   .column = like->column,
                                   .path = like->path,
                                   .identity = sw_hash_text(SW_HASH_START, kind->name),
                                   .common = sw_arena_array(arena, SW_COMMON_COUNT, sizeof(struct sw_property)),
                                   .own = sw_arena_array(arena, kind->count, sizeof(struct sw_property))};
    const struct sw_element **items = sw_arena_array(arena, 1, sizeof *items);
    struct sw_box *before = parent->last;
    items[0] = element;
    sw_view_expand_elements(expansion, parent, (struct sw_elements){.items = items, .count = 1}, parent->scope, parent->identity);
    return parent->last != before ? parent->last : NULL;
}

static void expand_bar(struct sw_expansion *expansion, struct sw_box *box)
{
    const struct sw_view_context *context = expansion->context;
    struct controls *controls = sw_arena_alloc(context->arena, sizeof *controls);
    const struct sw_look *look = context->exhibition->theme.default_look;
    *controls = (struct controls){.video = box->parent, .look = look != NULL ? look : &no_look};
    box->data = controls;
    box->controls = box->parent->identity;
    sw_view_text_style(context, context->exhibition->theme.default_style, &box->text);
    box->text.line = 1;
    controls->button = make(expansion, box, &button_kind);
    if (controls->button != NULL) {
        struct sw_action *toggle = sw_arena_alloc(context->arena, sizeof *toggle);
        *toggle = (struct sw_action){.kind = SW_ACTION_TOGGLE, .identity = box->controls};
        controls->button->actions = toggle;
        controls->button->action_count = 1;
        const char *style = controls->look->style;
        sw_view_text_style(context, style != NULL ? sw_theme_style(&context->exhibition->theme, style) : NULL, &controls->button->text);
        controls->button->data = controls;
        controls->button->controls = box->controls;
    }
    if (box->parent->reel->length > 0) {
        controls->track = make(expansion, box, &track_kind);
    }
    if (controls->track != NULL) {
        controls->track->data = controls;
        controls->track->controls = box->controls;
        controls->track->scrubs = true;
    }
}

void sw_controls_create(struct sw_expansion *expansion, struct sw_box *box)
{
    box->reel->controls = make(expansion, box, &bar_kind);
}

/* -- texts -- */

static struct sw_text_request request_for(const struct sw_view_context *context, const struct sw_box *box, const char *text)
{
    return (struct sw_text_request){.text = text,
                                    .role = box->text.role,
                                    .size = fmin(2000, fmax(1, box->text.size)),
                                    .line = 1.2,
                                    .tracking = box->text.tracking,
                                    .width = INFINITY,
                                    .lines = 1,
                                    .language = context->evaluation->language};
}

static struct sw_size measure_text(const struct sw_view_context *context, const struct sw_box *box, const char *text)
{
    if (context->typesetter == NULL || text[0] == '\0') {
        return (struct sw_size){0, 0};
    }
    struct sw_text_request request = request_for(context, box, text);
    const struct sw_text_layout *layout = sw_text_layout(context->typesetter, &request);
    return (struct sw_size){layout->width, layout->height};
}

/* From the left edge of `rect` on, in its middle. */
static void draw_text(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, const char *text,
                      uint32_t colour)
{
    struct sw_text_request request = request_for(painter->context, box, text);
    double height = measure_text(painter->context, box, text).height;
    sw_painter_text(painter, box, part, rect.x, rect.y + (rect.height - height) / 2, &request, colour);
}

/* 0:42, 1:02:03: as many places as `longest` has hours. */
static const char *time_text(struct sw_arena *arena, int64_t time, int64_t longest)
{
    int seconds = (int)(time / SW_SECOND);
    if (longest / SW_SECOND < HOUR) {
        return sw_arena_printf(arena, "%d:%02d", seconds / 60, seconds % 60);
    }
    return sw_arena_printf(arena, "%d:%02d:%02d", seconds / HOUR, seconds / 60 % 60, seconds % 60);
}

/* -- places -- */

/* Where the bar is in the picture; it shrinks with it. */
static struct sw_rect bar_in(struct sw_rect place)
{
    double height = fmax(fmin(HEIGHT, place.height / 3), fmin(LEAST, place.height));
    double margin = MARGIN * height / HEIGHT;
    margin = place.height < height + 2 * margin ? 0 : margin;
    return (struct sw_rect){place.x + margin, place.y + place.height - margin - height, fmax(0, place.width - 2 * margin), height};
}

void sw_controls_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect place)
{
    if (box->reel->controls != NULL) {
        sw_view_arrange(context, box->reel->controls, bar_in(place));
    }
}

double sw_controls_height(const struct sw_painter *painter, const struct sw_box *box, struct sw_rect place)
{
    const struct sw_playback *playback = sw_painter_playback(painter, box->identity);
    const struct sw_box *bar = box->reel->controls;
    bool seen = bar != NULL && !bar->hidden && playback != NULL && playback->presence > 0;
    return seen ? fmax(0, place.y + place.height - bar->rect.y) : 0;
}

/* What stands in the bar from its start on. */
struct rest {
    const struct sw_box *bar;
    struct sw_rect room;
};

/* Takes so much, and `air` beside it, from the start of the room, or from its end. */
static struct sw_rect take(struct rest *rest, double width, double air, bool at_end)
{
    struct sw_rect all = rest->room, taken = {at_end ? all.x + all.width - width : all.x, all.y, width, all.height};
    rest->room.x += at_end ? 0 : width + air;
    rest->room.width = fmax(0, all.width - width - air);
    return taken;
}

static double label_width(const struct sw_view_context *context, struct controls *controls, bool worth)
{
    const struct words *words = sw_language_row(all_words, SW_COUNT(all_words), sizeof all_words[0], context->evaluation->language);
    double widest = 0;
    for (int i = 0; i < FACE_COUNT; i++) {
        controls->faces[i] = worth ? words->faces[i] : "";
        widest = fmax(widest, measure_text(context, controls->button, controls->faces[i]).width);
    }
    return widest;
}

static struct sw_rect mirrored(const struct sw_box *bar, struct sw_rect rect)
{
    return sw_layout_mirror(bar, bar->rect, rect);
}

/* Both times have a place where there is room for them beside a track of some length; else none, or only how far it is. */
static void place_times(const struct sw_view_context *context, const struct sw_box *box, struct controls *controls, struct rest *rest)
{
    int64_t length = controls->video->reel->length;
    double wide = ceil(measure_text(context, box, time_text(context->arena, length, length)).width) + 1;
    if (controls->track == NULL) {
        controls->elapsed = rest->room.width >= wide ? mirrored(box, take(rest, wide, 0, false)) : controls->elapsed;
        return;
    }
    int fit = (int)floor((rest->room.width - TRACK_LEAST) / wide);
    if (fit >= 1) {
        controls->elapsed = mirrored(box, take(rest, wide, 0, false));
    }
    if (fit >= 2) {
        rest->room.width -= END;
        controls->total = mirrored(box, take(rest, wide, 0, true));
    }
}

static void arrange_bar(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content)
{
    struct controls *controls = box->data;
    struct sw_reel *reel = controls->video->reel;
    struct rest rest = {box, sw_rect_inset(content, EDGE, EDGE, EDGE, EDGE)};
    double side = rest.room.height;
    if (controls->button != NULL) {
        controls->label = label_width(context, controls, content.width >= LABEL_WORTH);
        double wide = controls->label > 0 ? side * SIGN + LABEL_AIR + controls->label + 2 * AIR : side;
        sw_view_arrange(context, controls->button, mirrored(box, take(&rest, fmin(wide, rest.room.width), AIR, false)));
    }
    place_times(context, box, controls, &rest);
    if (controls->track == NULL) {
        return;
    }
    controls->scale = content.height / HEIGHT;
    double inset = KNOB_HELD * controls->scale;
    bool enough = rest.room.width > 2 * inset + 1;
    controls->track->hidden = !enough;
    sw_view_arrange(context, controls->track, mirrored(box, rest.room));
    struct sw_rect track = controls->track->rect;
    reel->track = enough ? controls->track : NULL;
    reel->track_start = track.x + (box->right_to_left ? track.width - inset : inset);
    reel->track_end = track.x + (box->right_to_left ? inset : track.width - inset);
}

/* -- drawing -- */

/* Draws with the presence that the controls have now. */
static struct sw_playback playback_of(struct sw_painter *painter, const struct sw_box *box)
{
    const struct sw_playback *found = sw_painter_playback(painter, box->controls);
    struct sw_playback playback = found != NULL ? *found : (struct sw_playback){.presence = 1};
    painter->opacity *= playback.presence;
    return playback;
}

static uint32_t ground_colour(const struct sw_view_context *context)
{
    return sw_view_colour(context, sw_value_string(context->exhibition->theme.ground), 0xffffffffu) | 0xff000000u;
}

static uint32_t look_colour(const struct sw_view_context *context, const char *state, const char *normal, uint32_t otherwise)
{
    return sw_view_colour(context, sw_value_string(state), sw_view_colour(context, sw_value_string(normal), otherwise));
}

static uint32_t accent(const struct sw_view_context *context, const struct controls *controls, const struct sw_box *box)
{
    return look_colour(context, NULL, controls->look->normal.fill, box->text.colour);
}

static void draw_bar(struct sw_painter *painter, const struct sw_box *box)
{
    const struct controls *controls = box->data;
    double opacity = painter->opacity;
    struct sw_playback playback = playback_of(painter, box);
    struct sw_arena *arena = painter->context->arena;
    int64_t length = controls->video->reel->length;
    double radius = fmin(controls->look->radius + EDGE, box->rect.height / 2);
    sw_painter_frame(painter, box, PART_GROUND, box->rect, ground_colour(painter->context), radius, 0, 0);
    if (controls->elapsed.width > 0) {
        draw_text(painter, box, PART_ELAPSED, controls->elapsed, time_text(arena, playback.shown, length), box->text.colour);
    }
    if (controls->total.width > 0) {
        draw_text(painter, box, PART_TOTAL, controls->total, time_text(arena, length, length), box->text.colour);
    }
    if (playback.running) { /* a second later it says something else */
        sw_tick next = playback.tick + SW_SECOND - playback.shown % SW_SECOND;
        painter->next_due = next < painter->next_due ? next : painter->next_due;
    }
    painter->opacity = opacity;
}

/* Each sign in a square of 48; none is mirrored: they are pictures of a machine. */
static size_t sign_of(enum face face, struct sw_vector_step steps[16], bool *open)
{
    static const struct sw_vector_step play[] = {
        {SW_VECTOR_MOVE, {15, 10}}, {SW_VECTOR_LINE, {38, 24}}, {SW_VECTOR_LINE, {15, 38}}, {SW_VECTOR_CLOSE, {0}}};
    static const struct sw_vector_step pause[] = {{SW_VECTOR_RECTANGLE, {13, 11, 7, 26, 1}}, {SW_VECTOR_RECTANGLE, {28, 11, 7, 26, 1}}};
    static const struct sw_vector_step again[] = {
        {SW_VECTOR_MOVE, {36.1, 17}}, {SW_VECTOR_CURVE, {33.7, 12.9, 29.2, 10, 24, 10}}, {SW_VECTOR_CURVE, {16.3, 10, 10, 16.3, 10, 24}},
        {SW_VECTOR_CURVE, {10, 31.7, 16.3, 38, 24, 38}}, {SW_VECTOR_CURVE, {30.5, 38, 35.9, 33.6, 37.5, 27.6}},
        {SW_VECTOR_MOVE, {37.5, 8}}, {SW_VECTOR_LINE, {37.5, 18}}, {SW_VECTOR_LINE, {27.5, 18}}};
    const struct sw_vector_step *of[] = {play, pause, again};
    const size_t counts[] = {SW_COUNT(play), SW_COUNT(pause), SW_COUNT(again)};
    for (size_t i = 0; i < counts[face]; i++) {
        steps[i] = of[face][i];
    }
    *open = face == FACE_AGAIN;
    return counts[face];
}

static void draw_sign(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, enum face face, uint32_t colour)
{
    struct sw_vector_step steps[16];
    bool open = false;
    size_t count = sign_of(face, steps, &open);
    double scale = rect.width / 48;
    for (size_t i = 0; i < count; i++) {
        for (int k = 0; k < 6; k++) {
            steps[i].numbers[k] *= scale;
        }
    }
    struct sw_vector_path path = {.steps = steps, .count = count, .stroke = colour, .width = 4 * scale};
    if (!open) {
        path.fill = (struct sw_vector_paint){.from = colour, .to = colour};
    }
    sw_painter_paths(painter, box, part, rect, &path, 1);
}

static void draw_button(struct sw_painter *painter, const struct sw_box *box)
{
    const struct controls *controls = box->data;
    const struct sw_view_context *context = painter->context;
    const struct sw_look *look = controls->look;
    const struct sw_look_state *state = painter->pressed == box->identity ? &look->pressed : &look->normal;
    double opacity = painter->opacity;
    struct sw_playback playback = playback_of(painter, box);
    enum face face = playback.plays ? FACE_PAUSE : playback.ended ? FACE_AGAIN : FACE_PLAY;
    uint32_t fill = look_colour(context, state->fill, look->normal.fill, box->text.colour);
    uint32_t ink = look_colour(context, state->colour, look->normal.colour, ground_colour(context));
    sw_painter_frame(painter, box, 0, box->rect, fill, fmin(look->radius, box->rect.height / 2), 0, 0);
    double sign = box->rect.height * SIGN, label = measure_text(context, box, controls->faces[face]).width;
    double group = sign + (label > 0 ? LABEL_AIR + label : 0), left = box->rect.x + (box->rect.width - group) / 2;
    struct sw_rect square = {box->right_to_left ? left + group - sign : left, box->rect.y + (box->rect.height - sign) / 2, sign, sign};
    draw_sign(painter, box, 1 + (int)face, square, face, ink);
    if (label > 0) {
        struct sw_rect rect = {box->right_to_left ? left : left + group - label, box->rect.y, label, box->rect.height};
        draw_text(painter, box, 1 + FACE_COUNT, rect, controls->faces[face], ink);
    }
    painter->opacity = opacity;
}

static void draw_round(struct sw_painter *painter, const struct sw_box *box, int part, double x, double y, double radius, uint32_t fill)
{
    double side = 2 * ceil(radius);
    struct sw_vector_step step = {SW_VECTOR_CIRCLE, {side / 2, side / 2, radius}};
    struct sw_vector_path path = {.steps = &step, .count = 1, .fill = {.from = fill, .to = fill}};
    sw_painter_paths(painter, box, part, (struct sw_rect){x - side / 2, y - side / 2, side, side}, &path, 1);
}

/* Nothing of it is baked anew while it moves. */
static void draw_track(struct sw_painter *painter, const struct sw_box *box)
{
    const struct controls *controls = box->data;
    const struct sw_reel *reel = controls->video->reel;
    double opacity = painter->opacity;
    struct sw_playback playback = playback_of(painter, box);
    double share = fmin(1, fmax(0, (double)playback.shown / (double)reel->length));
    double x = reel->track_start + share * (reel->track_end - reel->track_start), y = box->rect.y + box->rect.height / 2;
    uint32_t colour = accent(painter->context, controls, box), rest = (box->text.colour & 0xffffffu) | REST_ALPHA << 24;
    double from = fmin(reel->track_start, reel->track_end), to = fmax(reel->track_start, reel->track_end);
    double line = LINE * controls->scale, played = PLAYED * controls->scale, knob = (playback.held ? KNOB_HELD : KNOB) * controls->scale;
    sw_painter_frame(painter, box, 0, (struct sw_rect){from, y - line / 2, to - from, line}, rest, line / 2, 0, 0);
    draw_round(painter, box, 1, reel->track_start, y, played / 2, colour);
    double left = fmin(reel->track_start, x), right = fmax(reel->track_start, x);
    sw_painter_fill(painter, box, 2, (struct sw_rect){left, y - played / 2, right - left, played}, colour);
    draw_round(painter, box, playback.held ? 3 : 4, x, y, knob, colour);
    painter->opacity = opacity;
}
