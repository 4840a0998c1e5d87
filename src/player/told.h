/* SPDX-License-Identifier: EUPL-1.2 */
/* What operators have told a wall and what still holds of it, as it is kept for the player after this one: a table of words, each with its
 * end, that is a small text; and the clock by which they end. With them are kept the hours of the next days, for a player that has nothing
 * to read them from. Pure. */
#ifndef SW_PLAYER_TOLD_H
#define SW_PLAYER_TOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/control.h"
#include "base/must.h"
#include "exhibition/hours.h"

#define SW_TOLD_MAX 144 /* four a zone, and some for the wall */
#define SW_TOLD_NAME_MAX 65
#define SW_TOLD_HOURS_MAX 64
#define SW_TOLD_BYTES_MAX ((size_t)64 << 10)

struct sw_told_word {
    enum sw_control_verb verb;   /* OPEN, CLOSE, BLANK, OVERRIDE, CLEANING, VOLUME, MUTE */
    char zone[SW_TOLD_NAME_MAX]; /* "": the wall's */
    char text[SW_TOLD_NAME_MAX]; /* what is told behind the verb; "": nothing */
    char by[SW_CONTROL_BY_MAX];  /* who told it; "": not known */
    sw_instant until;            /* SW_NEVER: until it is taken back */
};

/* What the wall's file says of the next days, one after the other. */
struct sw_told_hours {
    struct sw_hours items[SW_TOLD_HOURS_MAX]; /* `until` rises */
    size_t count;                             /* 0: it is always open */
};

struct sw_told {
    char wall[SW_TOLD_NAME_MAX]; /* whose words these are */
    sw_instant as_of;            /* when they were written, or a little earlier; 0: none of them has an end */
    struct sw_told_word words[SW_TOLD_MAX];
    size_t count;
    struct sw_told_hours hours;
};

/* The next word, zeroed but for its verb; NULL: there is no room for more. */
struct sw_told_word *sw_told_add(struct sw_told *told, enum sw_control_verb verb, const char *zone, const char *text);
/* Notes what comes after what is noted. True: it goes beyond `horizon`, or there is no room for more. */
bool sw_told_foresee(struct sw_told_hours *hours, struct sw_hours next, sw_instant horizon);
/* The table as text, behind what is in `out`. `now`, in the words' own clock: becomes as_of, rounded down, so that it seldom changes. */
void sw_told_write(const struct sw_told *told, sw_instant now, struct sw_buffer *out);
/* False: it is not whole, or something in it is not by the rules; *told is untouched. */
bool sw_told_read(struct sw_told *told, const char *text, size_t length) SW_MUST;

/* The clock of the words. Where the player's clock is to be doubted, this one goes on from where the words were written: they last as long
 * as was left of them, neither for ever nor not at all. Where the player's clock is right, they are the same. */
struct sw_told_clock {
    int64_t ahead;    /* of the player's */
    sw_instant least; /* when words were written last: a clock before it is not right */
    bool doubted;     /* the player's, at the last look */
    sw_tick tick;     /* of the last look, in the player's clock */
    sw_instant instant;
};

/* `as_of`: of the words that are kept. `instant`: the player's at `tick`. */
void sw_told_clock_begin(struct sw_told_clock *clock, sw_instant as_of, sw_tick tick, sw_instant instant, enum sw_clock_doubt doubt);
/* To be asked each frame. Not 0: the player's clock has jumped so far into doubt, in doubt or out of it: by so much what has been told to
 * this player ends later in its clock, and what was kept by as much as `ahead` has become less. */
int64_t sw_told_clock_look(struct sw_told_clock *clock, sw_tick tick, sw_instant instant, enum sw_clock_doubt doubt);

#endif
