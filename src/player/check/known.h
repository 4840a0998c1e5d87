/* SPDX-License-Identifier: EUPL-1.2 */
/* How large pictures and clips are, for threads that lay out and draw nothing (survey.h): none of them waits. What nobody has looked
 * into yet is PENDING and noted; whoever may wait looks into it, and the page is laid out again. */
#ifndef SW_PLAYER_CHECK_KNOWN_H
#define SW_PLAYER_CHECK_KNOWN_H

#include "base/arena.h"
#include "base/thread.h"
#include "view/asset.h"

struct sw_fact {
    const char *path;
    bool is_clip;
    enum sw_asset_state state;
    int width, height; /* READY */
    struct sw_clip clip;
    struct sw_fact *next; /* in its bucket */
    struct sw_fact *after; /* in the order in which they became known of */
};

#define SW_KNOWN_BUCKETS 4096

/* Shared by all threads. Facts are never taken away. */
struct sw_known {
    struct sw_mutex lock;
    struct sw_arena arena;
    struct sw_fact *buckets[SW_KNOWN_BUCKETS];
    struct sw_fact *first, **last;
};

void sw_known_init(struct sw_known *known);
void sw_known_finish(struct sw_known *known);
/* The fact of a file, made PENDING where nobody knew of it. Any thread; its state and size change while no thread lays out. */
struct sw_fact *sw_known_fact(struct sw_known *known, const char *path, bool is_clip);

/* One thread's view of it; notes what it is asked for. */
struct sw_asking {
    struct sw_known *known;
    struct sw_fact **asked; /* each once */
    size_t count, capacity;
    struct sw_pictures pictures;
    struct sw_videos videos;
};

void sw_asking_init(struct sw_asking *asking, struct sw_known *known); /* stays where it is */
void sw_asking_finish(struct sw_asking *asking);
void sw_asking_begin(struct sw_asking *asking); /* nothing has been asked for */
/* Whether something that was asked for is PENDING. */
bool sw_asking_pends(const struct sw_asking *asking);

#endif
