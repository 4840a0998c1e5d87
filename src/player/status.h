/* SPDX-License-Identifier: EUPL-1.2 */
/* `--status FILE`: what is on the wall, for operators' tools and tests, as one small JSON file that is always whole:
 *   {"player": "0.1.0", "release": null, "wall": "foyer", "card": null, "backend": "cpu", "hours": "open", "hours_until": 1795453200,
 *    "screens": "on", "sound": "off", "frames": 12, "heartbeats": 3,
 *    "zones": [{"zone": "foyer", "scene": "hub", "page": null, "language": "de", "visit": true, "countdown": false, "changing": false,
 *               "changes": 4, "contacts": 0, "volume": 40}],
 *    "videos": {...}}
 * `card` is the code of the card that stands in for the exhibition ("SW-2"); `hours`: "open", "closing", "closed", "opening" or "blank",
 * open or closed until `hours_until` (seconds since 1970, null: not known);
 * `sound`: sw_status_sound; `volume`: per cent, as told or written; `frames` counts pictures that differed from the one before; `videos` is
 * described in player/videos.h; a file that has not changed for ten seconds is that of a player that is gone. Main thread. */
#ifndef SW_PLAYER_STATUS_H
#define SW_PLAYER_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/tick.h"
#include "media/cinema.h"
#include "player/hours.h"
#include "player/volume.h"
#include "sound/sound.h"
#include "stage/stage.h"

#define SW_STATUS_EVERY (50 * SW_MS) /* what changes more often is written together */

/* What is not the stage's to know. */
struct sw_status_facts {
    const char *wall, *card;      /* NULL: none */
    int64_t release, generation;  /* version of what is followed, and its number here; 0: played from a folder, or nothing plays */
    int64_t playlists;            /* version of the operators'; 0: the release's own */
    const char *refused;          /* why the last one that was offered does not play; NULL: it does */
    size_t faults;                /* of what was saved last, in a curator's window */
    const char *backend;          /* who draws: "cpu", "gpu" */
    const struct sw_wall_hours *hours;
    const struct sw_volumes *volumes;
    struct sw_sound_status sound;
    sw_instant now;               /* what is told of volumes ends by it */
    const struct sw_stage *stage; /* NULL: the card is on */
    struct sw_cinema *cinema;
    uint64_t frames, heartbeats;
};

/* What of the wall is heard: NULL: no zone has a volume; "off": it could be, but nothing sounds; "quiet": it is quiet, closed or black;
 * "on": the device is open; "opening"; "absent": there is no device, or it is gone. */
const char *sw_status_sound(const struct sw_status_facts *facts);
/* How loud a zone is, per cent, whether it is quiet or not. */
int sw_status_volume(const struct sw_status_facts *facts, const char *zone);
/* The same as the file says, into `out`, emptied before. */
void sw_status_describe(struct sw_buffer *out, const struct sw_status_facts *facts);

struct sw_status_file {
    const char *path; /* NULL: none is wanted */
    char *temporary;  /* beside it */
    struct sw_buffer text, written;
    sw_tick last; /* when it was written; SW_NEVER: never */
    bool faulty;  /* it could not be written, which has been said */
};

/* `path` outlives it; NULL: nothing is ever written. */
void sw_status_init(struct sw_status_file *status, const char *path);
void sw_status_finish(struct sw_status_file *status); /* accepts a zeroed one; the file stays */
/* Writes the file if what it says has changed. Returns when to call again (SW_NEVER: when something happens). It does not wait for the
 * disk: the file says what is now, and is of no use after a power cut. */
sw_tick sw_status_step(struct sw_status_file *status, const struct sw_status_facts *facts, sw_tick now);

#endif
