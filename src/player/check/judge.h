/* SPDX-License-Identifier: EUPL-1.2 */
/* `check --full`: one page as it has been laid out, judged: what of it people cannot read, reach or hit from where they stand. What the
 * numbers come from is in scenes/README.md. Any thread, with a typesetter of its own. */
#ifndef SW_PLAYER_CHECK_JUDGE_H
#define SW_PLAYER_CHECK_JUDGE_H

#include "player/check/finding.h"
#include "stage/show.h"

/* Where a page is seen. */
struct sw_vantage {
    const struct sw_wall *wall;      /* NULL: a bare canvas, of which nobody knows how large it will hang */
    const struct sw_wall_zone *zone; /* of the wall */
    const struct sw_canvas *canvas;  /* with the areas in reach where they are on the wall */
    const struct sw_panes *panes;    /* the displays of the zone; NULL: no gap runs through it */
    int width, height;               /* pixels */
    double mm_per_px;                /* 0: bare */
    uint64_t zones;                  /* that see it so (exhibition/exhibition.h, `shown`) */
    const char *where;               /* "wall foyer", "canvas wide" */
};

/* What a page needs of the player, as far as is known. */
struct sw_needs {
    double bytes;   /* pixels in memory */
    double seconds; /* to decode them, on the machine that SW_JUDGE_MPX_PER_S is of */
};

#define SW_JUDGE_BYTES_MAX ((double)((size_t)256 << 20)) /* half of what media keep: two scenes are ready at once */
#define SW_JUDGE_SECONDS_MAX 3.0                         /* a wall shows its first picture within so long */
#define SW_JUDGE_RASTER_MPX_PER_S 60.0                   /* of the file's pixels: JPEG, PNG, WebP */
#define SW_JUDGE_SVG_MPX_PER_S 20.0                      /* of the pixels that are shown */
#define SW_JUDGE_CLIP_S 0.3                              /* until a clip's first picture is there */

struct sw_judging {
    const struct sw_exhibition *exhibition;
    const struct sw_vantage *vantage;
    const struct sw_show *show; /* laid out, `judged` */
    struct sw_typesetter *typesetter;
    const char *language;
    double rank;          /* of the language, tiny: of cases that are as bad the one of the first language is told */
    int64_t duration;     /* how long the page stays by itself, microseconds; 0: nobody knows */
    bool alone;           /* only its topmost layer is judged: what is below has been */
    struct sw_findings *findings;
    struct sw_needs *needs; /* grows to what this page needs */
};

void sw_judge_page(const struct sw_judging *judging);

/* -- arithmetic -- */
/* How two opaque colours contrast (WCAG 2.2), 1..21. */
double sw_judge_contrast(uint32_t a, uint32_t b);
/* `over` (0xAARRGGBB, not premultiplied) on an opaque ground. */
uint32_t sw_judge_blend(uint32_t over, uint32_t ground);
/* Words of a text with marks: stretches with a letter or digit between blanks. */
size_t sw_judge_words(const char *text);
/* How long so many words are read, microseconds. */
int64_t sw_judge_reading(size_t words);
/* What a capital of that height is worth to somebody so far away: true and its severity where it is too small. */
bool sw_judge_letters(double capital_mm, double distance_mm, enum sw_severity *severity);

#endif
