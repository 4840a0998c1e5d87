/* SPDX-License-Identifier: EUPL-1.2 */
/* What an element must be able to do: one `struct sw_behaviour` a kind, filled in by elements/. From elements to pixels in four steps,
 * each a walk over the tree of boxes: *expand* (elements to boxes: `when`, `switch`, `repeat`, parts), *measure*, *arrange*, *draw*.
 * A tree is built anew when something it read has changed; boxes live in the view's arena until then. Main thread. */
#ifndef SW_VIEW_BEHAVIOUR_H
#define SW_VIEW_BEHAVIOUR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/data.h"
#include "exhibition/exhibition.h"
#include "view/asset.h"
#include "view/bezel.h"
#include "view/choice.h"
#include "view/draw.h"
#include "view/geometry.h"
#include "view/morph.h"
#include "view/reel.h"
#include "view/text.h"
#include "view/vector.h"

/* An action with its operands as they were when the box was made: what a touch does. */
struct sw_action {
    enum sw_action_kind kind;
    const char *target, *name;
    struct sw_value value;
    uint64_t identity; /* CHOOSE: what `value`, a whole number, is chosen of; TOGGLE: of the video; PLAY, PAUSE, SEEK: of the box that
                        * does it, from which the video called `name` is looked for */
};

/* Text style and colours that children inherit, resolved for canvas, contrast and text size. */
struct sw_look_of_text {
    const char *role;
    double size, line, tracking; /* design units, factor, em */
    uint32_t colour;             /* 0xAARRGGBB */
};

/* Words as a box shows them, for who judges them (struct sw_view_context, `judged`). Lengths are design units, of the box's own place. */
struct sw_said {
    const void *of;       /* which of the box's texts; the box arranged anew says it anew */
    const char *text;     /* with marks */
    const char *role;     /* of its font */
    double size;          /* as it was set */
    double factor;        /* of the size that its style has: 1, or what it was shrunk by */
    struct sw_rect rect;  /* where its lines are */
    struct sw_rect room;  /* that they were given */
    double word;          /* the width of its widest word */
    bool cut;             /* lines of it are left out */
    uint32_t colour;      /* 0xAARRGGBB */
    struct sw_said *next;
};

#define SW_BOX_MEASUREMENTS 4

enum sw_align { SW_ALIGN_NONE, SW_ALIGN_START, SW_ALIGN_CENTER, SW_ALIGN_END, SW_ALIGN_STRETCH };

struct sw_arrangement;

struct sw_box {
    const struct sw_element *element;     /* NULL: the root of a page or popup */
    const struct sw_behaviour *behaviour;
    uint64_t identity;                    /* hash of its way from the root: stable over rebuilds */
    const struct sw_value *common;        /* SW_COMMON_COUNT, resolved */
    const struct sw_value *own;           /* element->kind->count, resolved */
    struct sw_look_of_text text;
    struct sw_box *parent, *first, *last, *next;
    struct sw_rect rect;                  /* design units on the canvas, set by arrange */
    const struct sw_panes *panes;         /* the displays that its content lies on, set by arrange; NULL: there are no gaps */
    const struct sw_slices *slices;       /* what gaps cut it into, set by arrange: `rect` and what is inside are as uncut; NULL: whole */
    double padding[4];                    /* top, end, bottom, start */
    bool cut;                             /* a gap between displays runs through its letters, set by arrange */
    struct sw_said *said;                 /* its words, where somebody judges them, set by arrange; NULL: it has none */
    uint32_t ground;                      /* its fill, where somebody judges it, set by arrange: 0xAARRGGBB; 0: none */
    bool hidden;                          /* `keep`: takes its place, is neither drawn nor touched */
    bool clips;                           /* children are cut at its edge */
    bool feels;                           /* fingers on it are shown to its draw: it can be read by touch */
    struct sw_reel *reel;                 /* what it plays; NULL: nothing */
    uint64_t controls;                    /* identity of the box with a reel that it belongs to the controls of; 0: of none */
    bool scrubs;                          /* a finger along it moves what it controls */
    uint64_t shows;                       /* a hash of the data that it shows: when they change it fades (view/fade.h); 0: never */
    int64_t shows_lasts;                  /* how long that takes, microseconds */
    const struct sw_action *actions;      /* of a touch; none: not touchable */
    size_t action_count;
    const struct sw_scope *scope;         /* in which it was expanded: for slots */
    void *data;                           /* the behaviour's own, of the view's arena */
    struct {                              /* the last measurements: a column asks more than once */
        double width_limit, height_limit, width, height;
        bool valid;
    } measured[SW_BOX_MEASUREMENTS];
    int measured_next;                    /* which of them is overwritten next */
    /* resolved from `common` when the box is made */
    bool right_to_left;                   /* what is in it is laid out from right to left */
    double given_width, given_height;     /* by width, height or size; NAN: its own */
    double grow, opacity;
    uint32_t fill, stroke;                /* 0xAARRGGBB; 0: none */
    enum sw_align align;
    const struct sw_arrangement *arrangement; /* how its children are laid out (view/layout.h); NULL: on top of each other */
    double flex_size, flex_least;         /* the parent's notes while it lays out */
};

struct sw_masks;
struct sw_mask;
struct sw_fades;

/* Everything that the steps are given. */
struct sw_view_context {
    const struct sw_exhibition *exhibition;
    const struct sw_canvas *canvas;
    const struct sw_evaluation *evaluation; /* outermost scope, language, now */
    bool high_contrast;
    bool right_to_left;
    double text_factor;                     /* 1, or the theme's `large` */
    const struct sw_panes *panes;           /* the displays of the zone; NULL: no gap runs through it */
    struct sw_arena *arena;
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;               /* NULL while only laying out */
    const struct sw_pictures *pictures;
    const struct sw_videos *videos;         /* NULL: there are none, posters take their places */
    const struct sw_choices *choices;       /* of the visitor; NULL: none */
    const struct sw_data *data;             /* of the sources: histories for charts; NULL: none */
    struct sw_masks *masks;                 /* view/mask.h; NULL: pictures keep their corners */
    struct sw_reads *needs;                 /* takes in the sources that elements say something of; NULL: not wanted */
    bool judged;                            /* boxes note what stands on what: `said`, `ground` */
    struct sw_reads *told;                  /* takes in those of which an element says itself how old they are; NULL: not wanted */
};

/* What expand is given: it makes children with sw_view_expand_elements. */
struct sw_expansion {
    const struct sw_view_context *context;
    const struct sw_scope *scope; /* for the children of the box at hand */
    size_t budget;                /* boxes that may still be made (SW_VIEW_BOXES_MAX at first) */
    int depth;                    /* SW_VIEW_DEPTH_MAX */
    bool told;                    /* that a limit was met: logged once a tree */
    struct sw_reads read;         /* of all elements made so far; the context's evaluation holds what the one at hand reads itself */
    size_t gone;                  /* elements so far that left with what their source lacks (view/lack.h) */
    bool lacking;                 /* some source has nothing to show, and elements may have to leave or say so */
};

#define SW_VIEW_BOXES_MAX 20000
#define SW_VIEW_DEPTH_MAX 64

/* A finger that reads a box which feels. */
struct sw_finger {
    uint64_t identity; /* of the box */
    double x, y;       /* on the canvas, design units; it may have slid off the box */
    double reach;      /* half the side of what it hides, design units */
    double presence;   /* 1; after it was lifted, down to 0 */
};

/* Drawing: where on the zone a box goes, and how (animation). */
struct sw_painter {
    const struct sw_view_context *context;
    struct sw_draw_list *list;
    const struct sw_draw_list *before; /* what was drawn last: shown on where a drawing is still being baked; NULL: none */
    double scale;                 /* zone pixels a design unit */
    double offset_x, offset_y;    /* zone pixels of the canvas' origin, whole */
    double shift_x, shift_y;      /* design units: what animation adds */
    double zoom, zoom_x, zoom_y;  /* 1, and the point in design units that stays */
    double opacity;
    struct sw_box_px clip;
    struct sw_box_px window;      /* of a slice (view/bezel.h), which is drawn at the moment */
    uint64_t slice;               /* which one it is; 0: none */
    size_t pending;               /* assets that were not there yet */
    size_t late;                  /* of those: texts that are being drawn, which takes milliseconds */
    size_t frames;                /* of those: pictures of videos, by which nothing else changes when they come */
    size_t failed;                /* assets that never will be */
    bool moving;                  /* some animation goes on: draw again in the next frame */
    sw_tick next_due;             /* when a video has another picture; SW_NEVER: none has, as far as is known */
    bool awaits;                  /* pictures of videos come at times that nobody knows: draw again whenever something has woken the loop */
    uint64_t pressed;             /* identity of the box under a finger; 0: none */
    const struct sw_finger *fingers; /* that read something; NULL: none */
    size_t finger_count;
    struct sw_playback *playbacks;   /* where videos are; those that are drawn tell back; NULL: none */
    size_t playback_count;
    struct sw_fades *fades;       /* of what has changed (view/fade.h); NULL: nothing fades */
    int64_t now;                  /* the tick that those count to */
    double time_s;                /* seconds since the scene began, for boxes without a time of their own */
    /* Seconds since the box appeared; NULL: all since the scene began. */
    double (*age)(const void *context, uint64_t identity);
    const void *age_context;
    bool still;                   /* reduced motion, or a picture of the end state: everything in its place */
    const struct sw_glide *glides; /* named boxes on their way from page to page (view/morph.h) */
    size_t glide_count;
};

struct sw_size {
    double width, height;
};

/* By what a box is held on its way to its like on another page: a point of the canvas, and the length that tells how much it grows. */
struct sw_grip {
    double x, y, size; /* design units */
};

struct sw_behaviour {
    /* Makes the box's children and resolves what is its own. NULL: no children. */
    void (*expand)(struct sw_expansion *expansion, struct sw_box *box);
    /* The size its content wants inside `width` x `height` (INFINITY: any), without padding. */
    struct sw_size (*measure)(const struct sw_view_context *context, struct sw_box *box, double width, double height);
    /* The smallest height its content can do with at `width`; NULL: the measured one. Rows and columns squeeze down to it. */
    double (*least)(const struct sw_view_context *context, struct sw_box *box, double width);
    /* Places the children in `content` (the rect less padding), by sw_view_arrange. NULL: no children. */
    void (*arrange)(const struct sw_view_context *context, struct sw_box *box, struct sw_rect content);
    /* Draws what is between ground and children. NULL: nothing. */
    void (*draw)(struct sw_painter *painter, const struct sw_box *box);
    /* Ground, border and text colour where they are not the common ones (buttons). NULL: the common ones. Ground and border 0: none. */
    void (*ground)(const struct sw_painter *painter, const struct sw_box *box, uint32_t *fill, double *radius, uint32_t *stroke,
                   double *stroke_width);
    /* The smallest width its content can do with; NULL: what it measures at no width. Rows squeeze down to it. */
    double (*least_width)(const struct sw_view_context *context, struct sw_box *box);
    /* NULL: its middle, and the root of its area. */
    struct sw_grip (*grip)(const struct sw_box *box);
    bool vanishes; /* a box without children gives up its place: switch, slot ... */
    bool hoists;   /* a box that says nothing of its own (but `when` and `name`) leaves its place to its children: switch, slot */
    bool decides;  /* what it reads itself says what is shown, and is not shown: switch */
    bool presses;  /* it shows by itself that a finger is on it; else the view shades it */
};

/* The name under which a frame finds its page's elements: no expression can say it. */
#define SW_FRAME_SLOT ":page"

/* What a part's parameter of type `elements` or `actions` holds (as SW_VALUE_OPAQUE): to be read in the scope of who handed it in. */
struct sw_handed {
    struct sw_elements elements;
    const struct sw_actions_model *actions;
    const struct sw_scope *scope;
};

/* -- for elements/ -- */

/* Makes boxes for `elements` as children of `box` in `scope`: `when` is judged, values are resolved, their own expand is called. */
void sw_view_expand_elements(struct sw_expansion *expansion, struct sw_box *box, struct sw_elements elements, const struct sw_scope *scope,
                             uint64_t identity);
/* Makes boxes for a part's elements: they see its parameters and the outermost scope. `arguments` are read, when first asked for, in
 * `user`; `page`, if not NULL, is what the slot "page" of a frame shows. */
void sw_view_expand_part(struct sw_expansion *expansion, struct sw_box *box, const struct sw_part *part,
                         const struct sw_property *arguments, const struct sw_scope *user, const struct sw_handed *page);
/* A property's value in a scope. Rows that mean an expression are not resolved into `own`: their behaviour asks here when it wants them. */
struct sw_value sw_view_value(const struct sw_view_context *context, const struct sw_scope *scope, const struct sw_property *property);
/* The same for row `row` of the box's own, in the scope of the box. */
struct sw_value sw_view_own(const struct sw_view_context *context, const struct sw_box *box, int row);
/* The actions of row `row` of its own as they are now, of the context's arena; those without a target are left out. Returns how many;
 * *actions is left where there are none. */
size_t sw_view_own_actions(const struct sw_view_context *context, const struct sw_box *box, int row, const struct sw_action **actions);
/* Puts a text style's font, size, spacing and, if it has one, colour into `text`. NULL leaves it. */
void sw_view_text_style(const struct sw_view_context *context, const struct sw_text_style *style, struct sw_look_of_text *text);
/* What the box wants within the limits, padding and given sizes included; cached. */
struct sw_size sw_view_measure(const struct sw_view_context *context, struct sw_box *box, double width, double height);
double sw_view_least(const struct sw_view_context *context, struct sw_box *box, double width);
double sw_view_least_width(const struct sw_view_context *context, struct sw_box *box);
/* Gives the box its place, cuts it where gaps between displays ask for it, and arranges what is in it. */
void sw_view_arrange(const struct sw_view_context *context, struct sw_box *box, struct sw_rect rect);
/* The box's rectangle less its padding: where its content is. */
struct sw_rect sw_view_content(const struct sw_box *box);
/* Where on the canvas a rectangle is that lies in the box's parent, or (`inside`) in the box: what gaps cut is somewhere else. */
struct sw_rect sw_view_on_canvas(const struct sw_box *box, struct sw_rect rect, bool inside);
/* The other way round: what of the box is shown at a point of the canvas. */
void sw_view_inside(const struct sw_box *box, double *x, double *y);
/* Places a child of a stack by its `in`, `at`, `size`, `anchor` inside `content`. */
void sw_view_place(const struct sw_view_context *context, struct sw_box *child, struct sw_rect content);
void sw_view_draw(struct sw_painter *painter, const struct sw_box *box);
/* Appends one draw; `rect` in design units; the painter's place, zoom, opacity and clip are applied. Its size in pixels is that of the box
 * at rest, so that nothing is baked anew while it moves. `part` (0..9, and from SW_PARTS_MANY on; those between are the view's own) tells
 * several draws of one box apart. */
#define SW_PARTS_MANY 64
void sw_painter_fill(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, uint32_t colour);
void sw_painter_bitmap(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, struct sw_bitmap *bitmap,
                       uint32_t mask_colour);
/* The bitmap that this part of the box was drawn with last; NULL: none. Borrowed until the end of this frame. */
struct sw_bitmap *sw_painter_former(const struct sw_painter *painter, const struct sw_box *box, int part);
/* Where the video of the box with this identity is; NULL: it stands still, at its beginning. */
struct sw_playback *sw_painter_playback(const struct sw_painter *painter, uint64_t identity);
/* A picture of a video: the part `seen` of it (shares of its sides; 0, 0, 1, 1 is all) fills `rect`, with round corners (view/mask.h,
 * pixels at rest; NULL: none). */
void sw_painter_video(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, struct sw_bitmap *bitmap,
                      struct sw_rect seen, const struct sw_mask *mask);
/* The pixels of the zone that `rect` covers, from whole to whole. */
struct sw_box_px sw_painter_box(const struct sw_painter *painter, struct sw_rect rect);
/* Whole pixels that `rect` has at rest: what a bitmap for it must have. */
void sw_painter_pixels(const struct sw_painter *painter, struct sw_rect rect, int *width, int *height);
/* A filled and bordered rectangle with round corners; colours of 0: none. The border is inside and whole pixels wide. */
void sw_painter_frame(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect, uint32_t fill, double radius,
                      uint32_t stroke, double stroke_width);
/* Bakes and draws paths given in design units from the corner of `rect`; what lies outside is cut. */
void sw_painter_paths(struct sw_painter *painter, const struct sw_box *box, int part, struct sw_rect rect,
                      const struct sw_vector_path *paths, size_t count);
/* Draws a text that was laid out with `request`, its box's corner at x, y (design units). */
void sw_painter_text(struct sw_painter *painter, const struct sw_box *box, int part, double x, double y,
                     const struct sw_text_request *request, uint32_t colour);
/* A colour value (name or #) for the current contrast; `otherwise` where it is missing or unknown. */
uint32_t sw_view_colour(const struct sw_view_context *context, struct sw_value value, uint32_t otherwise);
double sw_value_number_or(struct sw_value value, double otherwise);
/* Which of `words` (NULL-terminated) the value is; -1: none. */
int sw_value_word(struct sw_value value, const char *const *words);
/* The number at `index` of a list. */
double sw_value_item_or(struct sw_value value, size_t index, double otherwise);

#endif
