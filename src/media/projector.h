/* SPDX-License-Identifier: EUPL-1.2 */
/* The talk with one video worker (worker/video_protocol.h): orders out, words in, each of which is checked against what was ordered. What
 * the worker may say goes on as an event; one that dies, is silent, floods or lies is LOST, and nothing more is said to it. No clock is
 * read here. The cinema's thread. */
#ifndef SW_MEDIA_PROJECTOR_H
#define SW_MEDIA_PROJECTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bitmap.h"
#include "base/must.h"
#include "base/tick.h"
#include "media/slots.h"
#include "view/asset.h"
#include "worker/video_protocol.h"

#define SW_PROJECTOR_WORDS_MAX 1000                   /* a second: four times what the liveliest clip with sound needs */
#define SW_PROJECTOR_START_US (5 * SW_SECOND)         /* from a fresh end to the first word: loading libraries on a busy machine */
#define SW_PROJECTOR_MEMORY_MAX ((size_t)400 << 20)   /* bytes of slots, where fewer of them do */

enum sw_projector_task { SW_PROJECTOR_IDLE, SW_PROJECTOR_PROBES, SW_PROJECTOR_PLAYS };

struct sw_projector {
    int end;  /* -1: none */
    int bell; /* for slots, borrowed */
    enum sw_projector_task task;
    uint64_t clip;   /* of the last OPEN or PROBE */
    bool told;       /* INFO has come */
    bool sought;     /* no picture has come since it was opened, or of the last jump */
    int64_t period;  /* of INFO; 0: not known */
    uint32_t format; /* of the last FORMAT; 0: none yet */
    uint32_t jump;   /* of the last STEER */
    int64_t number, position; /* of the last FRAME */
    struct sw_slots *slots;     /* NULL: none yet */
    bool spoken;              /* the worker has said something; stays as it was when the end is gone */
    sw_tick heard;            /* may lie ahead: until then it is not expected to say anything */
    sw_tick pictured;         /* since when it has had room for a picture and none of use came; SW_NEVER: the clip has ended */
    sw_tick second;           /* in which `words` came */
    int words;
};

enum sw_projector_event {
    SW_PROJECTOR_NOTHING, /* no more for now */
    SW_PROJECTOR_KNOWS,   /* `facts`, `period` */
    SW_PROJECTOR_PICTURE, /* `bitmap`, which is the caller's; `position`, `number`: pictures left out before it; `jump` */
    SW_PROJECTOR_SOUND,   /* `sound`, of the newest jump */
    SW_PROJECTOR_ENDED,   /* `position`; of the newest jump */
    SW_PROJECTOR_FAILED,  /* `reason`; it is idle */
    SW_PROJECTOR_LOST,    /* `how`: "died", "is silent" ...; it has no end any more */
};

struct sw_projector_news {
    struct sw_clip facts;
    int64_t period;
    struct sw_bitmap *bitmap;
    int64_t position;
    uint64_t missed;
    const struct sw_video_sound *sound; /* until the next call */
    enum sw_video_reason reason;
    const char *how;
    union sw_video_message message; /* what `sound` is of */
};

/* Without an end. */
void sw_projector_init(struct sw_projector *projector, int bell);
void sw_projector_finish(struct sw_projector *projector);
/* A fresh end, taken over; whatever was before is gone. */
void sw_projector_join(struct sw_projector *projector, int end, sw_tick now);
/* Closes the end: a worker that is well ends by that. */
void sw_projector_leave(struct sw_projector *projector);

/* What to play; 0..., as in OPEN. `file` stays the caller's. */
struct sw_projector_order {
    int64_t from, until;
    bool loop, sound;
};
/* False: it does not listen, which sw_projector_hear will say. So for all orders. */
bool sw_projector_open(struct sw_projector *projector, int file, const struct sw_projector_order *order, sw_tick now) SW_MUST;
bool sw_projector_probe(struct sw_projector *projector, int file, sw_tick now) SW_MUST;
/* At `now` the clip is at `position`; `jump`: nothing that came before is of use. */
void sw_projector_steer(struct sw_projector *projector, sw_tick now, int64_t position, bool running, bool jump);
void sw_projector_stop(struct sw_projector *projector);
/* Hands slots back that nobody shows any more. */
void sw_projector_free(struct sw_projector *projector, sw_tick now);
/* The next of what it has said. */
enum sw_projector_event sw_projector_hear(struct sw_projector *projector, sw_tick now, struct sw_projector_news *news);
/* Whether it ought to have brought a picture before `now`: it has had room for one all the time. */
bool sw_projector_stands_still(const struct sw_projector *projector, sw_tick now);
/* Why a file cannot be played, in words that follow its name. */
const char *sw_projector_fault(enum sw_video_reason reason);

#endif
