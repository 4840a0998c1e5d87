/* SPDX-License-Identifier: EUPL-1.2 */
#include "render/crew.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/thread.h"

#define HELPERS_MAX 3

struct sw_crew {
    /* constant after create */
    struct sw_thread helpers[HELPERS_MAX];
    int helper_count;
    struct sw_mutex lock;
    struct sw_condition wanted; /* parts to take, or the end */
    struct sw_condition done;   /* the last part is finished */
    /* guarded by lock */
    void (*work)(void *context, int part);
    void *context;
    int next, parts, unfinished; /* the part to take next; how many there are; how many are not finished */
    bool (*spare)(void *context); /* NULL: none */
    void *spare_context;
    bool sparing; /* a piece of it is under way */
    bool end;
};

/* Takes and does parts until none is left. Called and returns with the lock held. */
static void do_parts(struct sw_crew *crew)
{
    while (crew->next < crew->parts) {
        int part = crew->next++;
        void (*work)(void *context, int part) = crew->work;
        void *context = crew->context;
        sw_mutex_unlock(&crew->lock);
        work(context, part);
        sw_mutex_lock(&crew->lock);
        if (--crew->unfinished == 0)
            sw_condition_signal(&crew->done);
    }
}

/* A piece of it. Called and returns with the lock held. */
static void do_spare(struct sw_crew *crew)
{
    bool (*work)(void *context) = crew->spare;
    void *context = crew->spare_context;
    crew->sparing = true;
    sw_mutex_unlock(&crew->lock);
    bool more = work(context);
    sw_mutex_lock(&crew->lock);
    crew->sparing = false;
    if (!more)
        crew->spare = NULL;
    sw_condition_signal(&crew->done);
}

static void help(void *context)
{
    struct sw_crew *crew = context;
    sw_mutex_lock(&crew->lock);
    while (!crew->end) {
        do_parts(crew);
        if (crew->end)
            break;
        if (crew->spare != NULL && !crew->sparing)
            do_spare(crew);
        else
            sw_condition_wait(&crew->wanted, &crew->lock);
    }
    sw_mutex_unlock(&crew->lock);
}

struct sw_crew *sw_crew_create(int threads)
{
    assert(threads >= 1 && threads <= HELPERS_MAX + 1);
    struct sw_crew *crew = sw_alloc(sizeof *crew);
    sw_mutex_init(&crew->lock);
    sw_condition_init(&crew->wanted);
    sw_condition_init(&crew->done);
    while (crew->helper_count < threads - 1 && sw_thread_start(&crew->helpers[crew->helper_count], "compose", help, crew))
        crew->helper_count++;
    return crew;
}

void sw_crew_destroy(struct sw_crew *crew)
{
    if (crew == NULL)
        return;
    sw_crew_stop_spare(crew);
    sw_mutex_lock(&crew->lock);
    assert(crew->unfinished == 0);
    crew->end = true;
    sw_condition_broadcast(&crew->wanted);
    sw_mutex_unlock(&crew->lock);
    for (int i = 0; i < crew->helper_count; i++)
        sw_thread_join(&crew->helpers[i]);
    sw_condition_finish(&crew->done);
    sw_condition_finish(&crew->wanted);
    sw_mutex_finish(&crew->lock);
    free(crew);
}

int sw_crew_size(const struct sw_crew *crew)
{
    return crew->helper_count + 1;
}

void sw_crew_run(struct sw_crew *crew, void (*work)(void *context, int part), void *context, int parts)
{
    sw_mutex_lock(&crew->lock);
    crew->work = work;
    crew->context = context;
    crew->next = 0;
    crew->parts = crew->unfinished = parts;
    if (parts > 1)
        sw_condition_broadcast(&crew->wanted);
    do_parts(crew);
    while (crew->unfinished > 0)
        sw_condition_wait(&crew->done, &crew->lock);
    crew->parts = crew->next = 0;
    sw_mutex_unlock(&crew->lock);
}

void sw_crew_spare(struct sw_crew *crew, bool (*work)(void *context), void *context)
{
    sw_mutex_lock(&crew->lock);
    assert(crew->spare == NULL && !crew->sparing);
    crew->spare = crew->helper_count > 0 ? work : NULL;
    crew->spare_context = context;
    sw_condition_signal(&crew->wanted);
    sw_mutex_unlock(&crew->lock);
}

bool sw_crew_spares(struct sw_crew *crew)
{
    sw_mutex_lock(&crew->lock);
    bool spares = crew->spare != NULL || crew->sparing;
    sw_mutex_unlock(&crew->lock);
    return spares;
}

void sw_crew_stop_spare(struct sw_crew *crew)
{
    sw_mutex_lock(&crew->lock);
    crew->spare = NULL;
    while (crew->sparing)
        sw_condition_wait(&crew->done, &crew->lock);
    sw_mutex_unlock(&crew->lock);
}
