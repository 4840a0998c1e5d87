/* SPDX-License-Identifier: EUPL-1.2 */
/* A stage to test: a small exhibition written to disk and loaded, a virtual clock that begins at a local midnight, pictures made up by
 * their names, and looking at what the zones show. A wall pixel is a millimetre; a zone is 1000 x 600. What can be touched are cells of 80
 * x 80 on a grid of 100 (see bed.c); what a scene says of itself is a fill of one colour. */
#ifndef BED_H
#define BED_H

#include "base/diag.h"
#include "data/data.h"
#include "stage/stage.h"
#include "view/mask.h"

#define BED_MIDNIGHT (1795388400 * SW_SECOND) /* 2026-11-23, 00:00 in Berlin, a Monday */

struct bed {
    char folder[256];
    struct sw_diags diags;
    struct sw_exhibition *exhibition;
    struct sw_typesetter *typesetter;
    struct sw_bakery *bakery;
    struct sw_masks *masks;
    struct sw_data *data; /* NULL: there are no sources */
    struct sw_pictures pictures;
    struct sw_bitmap *bitmap;
    struct sw_videos videos; /* clips of 10 s, with a picture every 40 ms */
    struct sw_bitmap *film;  /* I420, 64 x 36: what they show */
    struct {                 /* what was asked last of each clip, by its path */
        char path[64];
        struct sw_cue cue;
        int asked, jumps;    /* jumps: to a place that does not follow on */
    } films[8];
    size_t film_count;
    bool film_late, film_broken; /* there are no pictures yet; there are none */
    bool film_unpaced;           /* nobody knows when the next picture is due */
    struct sw_stage *stage;
    struct sw_time now;
    sw_tick next;
    bool late_is_there; /* media/late.png */
    int late_asked, broken_asked;
    int soon[8];    /* how often each source was wanted soon */
    uint64_t steps; /* of the stage, so far */
};

struct bed_file {
    const char *name, *text; /* "scenes/a.json" */
};

struct bed_options {
    const char *wall;     /* NULL: "one"; "two": zones left and right side by side */
    const char *playlist; /* the JSON of zone one's playlist; NULL: scene a for 12 s, b for 8 s */
    const char *defaults; /* the JSON of the exhibition's defaults; NULL: 60 s idle, 20 s countdown, a fade of 600 ms */
    const char *language; /* NULL: each zone's own */
    const struct bed_file *files; /* besides those of bed.c, or in place of them; up to one without a name; NULL: none */
    bool reduced_motion;
    int bake_threads; /* 0: drawings are baked at once */
};

/* At midnight, before the first step. Faults fail the test. */
void bed_open(struct bed *bed, struct bed_options options);
void bed_close(struct bed *bed);
/* The exhibition is written and loaded anew, and another stage goes on as the present one is (sw_stage_carry), at the same instant; a step
 * follows. False: it is not ready yet, and the present one goes on. */
bool bed_reload(struct bed *bed, struct bed_options options);

/* Live data: a body of a source, as it comes now; and that asking for it failed. No step follows. */
void bed_put(struct bed *bed, const char *source, const char *body);
void bed_put_failure(struct bed *bed, const char *source, const char *text);

/* One step at the present instant. `assets`: something came in. */
void bed_step(struct bed *bed, bool assets);
/* Time passes, with a step whenever the stage wants one, frames at least 1/60 s apart. */
void bed_pass(struct bed *bed, int64_t duration);
/* Passes until no zone is changing. */
void bed_settle(struct bed *bed);

/* Fingers, at wall pixels; a step follows each. */
void bed_down(struct bed *bed, uint64_t finger, double x, double y);
void bed_move(struct bed *bed, uint64_t finger, double x, double y);
void bed_up(struct bed *bed, uint64_t finger);
/* Down, 80 ms, up. */
void bed_tap(struct bed *bed, double x, double y);
/* What was asked last of the clip with that in its path. */
const struct sw_cue *bed_cue(const struct bed *bed, const char *name);
int bed_jumps(const struct bed *bed, const char *name);
/* A tap on cell (column, row) of the left or only zone, and everything has come to rest. */
void bed_press(struct bed *bed, int column, int row);

/* Columns of the row of cells that every scene has (row 5). */
enum bed_bar { BED_NEXT, BED_PREVIOUS, BED_BACK, BED_HOME, BED_RESTART, BED_ENGLISH, BED_LEICHT, BED_CONTRAST };
#define BED_BAR 5
/* Columns of scene hub's cells (row 0). */
enum bed_hub { BED_HUB_A, BED_HUB_B, BED_HUB_A_TWO, BED_HUB_LONG, BED_HUB_NOWHERE };
/* Columns of scene a's cells (row 0). */
enum bed_a { BED_A_MORE, BED_A_TOO_MUCH, BED_A_MODAL, BED_A_OPEN, BED_A_B, BED_A_THREE };
/* What scene a's n is shown by, and the popups. */
#define BED_N(n) (0xff000100u + (n))
#define BED_MODAL_FILL 0xff0000f1u
#define BED_OPEN_FILL 0xff0000f2u
#define BED_ENGLISH_FILL 0xff0000e1u
#define BED_COUNTDOWN_FILL 0xff0000c1u
/* Empty ground in every scene. */
#define BED_EMPTY_X 950
#define BED_EMPTY_Y 350

struct sw_zone_status bed_status(const struct bed *bed, size_t zone);
/* "hub", "a#one": what zone `zone` shows; kept in a place of its own for a few calls. */
const char *bed_shown(const struct bed *bed, size_t zone);
/* Whether the zone's present scene draws a fill of this colour (0xAARRGGBB). */
bool bed_fills(const struct bed *bed, size_t zone, uint32_t colour);
/* The same of what lies above the scenes. */
bool bed_top_fills(const struct bed *bed, size_t zone, uint32_t colour);
/* That fill's opacity; 0: there is none. */
double bed_top_opacity(const struct bed *bed, size_t zone, uint32_t colour);
/* Marks of fingers above the zone's scenes. */
size_t bed_marks(const struct bed *bed, size_t zone);

#define assert_shown(bed, zone, wanted) assert_string_equal(bed_shown(bed, zone), wanted)

#endif
