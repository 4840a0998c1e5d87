/* SPDX-License-Identifier: EUPL-1.2 */
/* `check --full`: every page, every popup and the overlay laid out in every language, for every zone that shows them (on every canvas,
 * where none does), and judged (judge.h). A scene is a piece of work; threads share them, each with a typesetter of its own, and
 * what comes out is the same however many there are. Nothing is drawn. */
#ifndef SW_PLAYER_CHECK_SURVEY_H
#define SW_PLAYER_CHECK_SURVEY_H

#include "player/check/judge.h"
#include "player/check/known.h"
#include "player/edition.h"

#define SW_SURVEY_THREADS_MAX 64

/* One scene, or the overlay. */
struct sw_surveyed {
    const struct sw_scene *scene; /* NULL: the overlay */
    int64_t duration;             /* how long playlists show it at the shortest, microseconds; 0: none does */
    uint64_t shown;               /* zones that do */
    /* found out */
    bool done;
    struct sw_findings findings;
    struct sw_needs needs;
    struct sw_fact **asked; /* the pictures and clips whose size was asked for */
    size_t asked_count;
    bool lists;       /* it says something of other scenes */
    sw_instant until; /* it would be the same until then */
    bool recalled;    /* all of this is remembered */
};

struct sw_survey {
    struct sw_edition *edition;
    struct sw_known *known;
    int threads;
    sw_instant instant;           /* as of then */
    uint64_t program;             /* which program this is: another one may judge differently */
    struct sw_vantage *vantages;  /* zones first, then bare canvases */
    size_t vantage_count;
    struct sw_surveyed *items;    /* the exhibition's scenes in their order, then the overlay, where there is one */
    size_t count;
    struct sw_arena arena;
};

/* What is to be done. `known` has what has been looked into so far. */
void sw_survey_init(struct sw_survey *survey, struct sw_edition *edition, struct sw_known *known, int threads, sw_instant instant);
/* Looks into the files that somebody has asked for and nobody has looked into. False: there were none. Main thread. */
bool sw_survey_look(struct sw_survey *survey);
/* Does all of it that is not done; main thread, which looks into the files that are asked for. */
void sw_survey_run(struct sw_survey *survey);
/* Appends what was found, and a warning for each scene that needs more than there is. */
void sw_survey_say(struct sw_survey *survey, struct sw_diags *diags);
void sw_survey_finish(struct sw_survey *survey);

/* Whether the scene is seen so. */
bool sw_survey_sees(const struct sw_surveyed *item, const struct sw_vantage *vantage);
/* -- survey_page.c -- */
/* Lays out all of one scene on the calling thread. */
void sw_survey_scene(const struct sw_survey *survey, struct sw_surveyed *item, struct sw_typesetter *typesetter, struct sw_asking *asking);

#endif
