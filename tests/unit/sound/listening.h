/* SPDX-License-Identifier: EUPL-1.2 */
/* A mixer, its clock, and all that was heard of it so far. The sound of clips is known by its samples: a frame says where in the clip it
 * is. */
#ifndef LISTENING_H
#define LISTENING_H

#include "sound/mixer.h"

#define LISTENING_BUFFER 960
#define LISTENING_START (1000 * SW_SECOND) /* the tick of the first frame that is heard */

struct listening {
    struct sw_mixer *mixer;
    sw_tick tick;      /* of the next frame */
    int16_t *heard;    /* the left samples so far */
    size_t count, capacity;
    bool differs;      /* left and right were not the same once */
};

void listening_begin(struct listening *listening);
void listening_end(struct listening *listening);
/* Hears so many frames more, buffer by buffer. True: not all was silence. */
bool listening_hear(struct listening *listening, size_t frames);
/* The largest step between two samples from `first` up to `end`. */
int listening_step(const struct listening *listening, size_t first, size_t end);

/* Microseconds of so many frames. */
int64_t listening_length(int64_t frames);
/* Puts a block of equal samples in, all `value`, from frame `first` of the clip on. */
bool listening_put_flat(struct listening *listening, uint64_t key, int64_t first, size_t frames, sw_tick due, int16_t value);
/* The same with samples that say where they are: up and down within two seconds, two frames a step. */
bool listening_put_wave(struct listening *listening, uint64_t key, int64_t first, size_t frames, sw_tick due);
int16_t listening_wave(int64_t frame);

#endif
