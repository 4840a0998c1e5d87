/* SPDX-License-Identifier: EUPL-1.2 */
/* A small exhibition written to disk and loaded, with one scene made of what a test says: for tests of layout and elements. Canvas "wide"
 * is 1000 x 600 with areas main [100, 50, 600, 400] and side [750, 50, 200, 400]; "tall" is 500 x 1000. Pictures are made up by their
 * names: media/400x200.png is 400 x 200 pixels. Text is DejaVu Sans 20. There is a clip media/film.mp4 with subtitles in German and
 * English. */
#ifndef BENCH_H
#define BENCH_H

#include "base/diag.h"
#include "view/mask.h"
#include "view/view.h"

#define BENCH_NAMES 16

struct bench {
    char folder[256];
    struct sw_diags diags;
    struct sw_exhibition *exhibition;
    struct sw_arena arena;
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;
    struct sw_masks *masks;
    struct sw_pictures pictures;
    struct sw_reads reads;
    struct sw_evaluation evaluation;
    struct sw_view_context context;
    struct sw_scope builtins, state;
    struct {
        const char *name;
        struct sw_value value;
    } values[BENCH_NAMES];  /* of the scene's state, set by bench_set */
    struct sw_value scenes; /* what the built-in `scenes` is */
    struct sw_box *root;
    struct sw_draw_list list;
    struct sw_picture_request asked; /* the last picture that was asked for */
    int asks;
};

struct bench_part {
    const char *id, *json;
};

/* Loads scene "test" with the members `scene` ("\"elements\": [...]") and the parts, up to one without an id. Faults fail the test. */
void bench_open(struct bench *bench, const char *scene, const struct bench_part *parts);
/* The same for a list of elements, with the state that most tests want: word ("a", "b", "c"), number 0..9, flag. */
void bench_elements(struct bench *bench, const char *elements, const struct bench_part *parts);
void bench_close(struct bench *bench);
void bench_set(struct bench *bench, const char *name, struct sw_value value);
/* Chooses canvas, language and direction; all may be called before bench_make only. */
void bench_canvas(struct bench *bench, const char *canvas);
void bench_language(struct bench *bench, const char *language);
/* Makes the tree of the first page, in the scene's frame where it has one; again after something was set. */
void bench_make(struct bench *bench);
/* The box of the element with this name, the `nth` (from 0) of them in drawing order; NULL: none. */
const struct sw_box *bench_find(const struct bench *bench, const char *name, int nth);
size_t bench_count(const struct bench *bench);
/* Paints at one pixel a design unit into bench->list, `age` seconds after the scene began. */
struct sw_painter bench_painter(struct bench *bench, double age);
struct sw_painter bench_paint(struct bench *bench, double age);
/* Compares boxes by name with "name x y width height" lines parted by ';'; "name -": there is none. */
void bench_expect(const struct bench *bench, const char *expected, const char *label);

#endif
