/* SPDX-License-Identifier: EUPL-1.2 */
/* A booth whose workers are played by the test, on a clock of its own: what they say, and when, is up to it. Supervisor too: whoever is
 * needed comes at once. */
#ifndef SW_TEST_THEATRE_H
#define SW_TEST_THEATRE_H

#include <stdbool.h>
#include <stdint.h>

#include "media/booth.h"
#include "worker/video_protocol.h"

#define PERIOD (SW_SECOND / 25)

struct fake {
    int end; /* -1: it is not there */
    uint64_t clip;
    uint32_t format, jump;
    int count; /* of slots */
    int64_t number;
    void *slots;
    size_t size;
};

struct theatre {
    struct sw_programme *programme;
    struct sw_booth *booth;
    int link, bell;
    int needs[SW_LINK_VIDEOS]; /* how often each was needed */
    bool absent;               /* nobody comes who is needed */
    bool stillborn;            /* or only a dead end */
    int opened;                /* files */
    bool missing;              /* none can be opened */
    int answered;              /* inquiries */
    bool woken;
    sw_tick now;
    struct fake workers[SW_LINK_VIDEOS];
};

void theatre_open(struct theatre *theatre, const struct sw_sound_sink *sound);
void theatre_close(struct theatre *theatre);
/* The booth looks; whoever is needed then comes, and it looks again. */
void theatre_step(struct theatre *theatre);
/* Time goes by in steps of 50 ms, and all workers that are there say that they live. */
void theatre_pass(struct theatre *theatre, int64_t time);

/* The next order to this worker, whose clip, jump and slots become the worker's; the test fails where none has come. */
struct sw_video_order fake_hear(struct fake *fake);
/* The same, of this kind, FREE and STEER before it being passed over. */
struct sw_video_order fake_await(struct fake *fake, enum sw_video_op op);
bool fake_has_order(const struct fake *fake);
/* Whether the other side has hung up. */
bool fake_is_alone(struct fake *fake);
void fake_say(struct fake *fake, struct sw_video_word word);
void fake_alive(struct fake *fake);
void fake_info(struct fake *fake, int width, int height, int64_t length);
void fake_format(struct fake *fake, int width, int height);
void fake_frame(struct fake *fake, int slot, int64_t position);
void fake_leave(struct fake *fake);

/* The cue `key` of "clip.mp4" as if it had begun at tick `since` (running), or stands at `since`. */
enum sw_asset_state theatre_ask(struct theatre *theatre, uint64_t key, int64_t since, bool running, struct sw_frame *frame);
enum sw_asset_state theatre_ask_cue(struct theatre *theatre, struct sw_cue cue, struct sw_frame *frame);
/* Whoever plays it now, and has been told so: OPEN, INFO, FORMAT and SLOTS are done. */
struct fake *theatre_play(struct theatre *theatre, uint64_t key, int64_t since, bool running);
/* The worker that has an order; the test fails where none has. */
struct fake *theatre_worker(struct theatre *theatre);

#endif
