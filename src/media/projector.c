/* SPDX-License-Identifier: EUPL-1.2 */
#include "media/projector.h"

#include <unistd.h>

#define STILL_US (3 * SW_SECOND)       /* without a picture, in the midst of a clip */
#define STILL_UNEVEN_US (15 * SW_SECOND) /* of one whose pictures do not come evenly */
#define FIRST_US (8 * SW_SECOND)       /* a long file on a slow disk, or a long way from a key frame */
#define SLOTS_USUAL 6                  /* for up to ... */
#define RATE_USUAL 31                  /* ... so many pictures a second */

void sw_projector_init(struct sw_projector *projector, int bell)
{
    *projector = (struct sw_projector){.end = -1, .bell = bell};
}

static void forget_slots(struct sw_projector *projector)
{
    sw_slots_leave(projector->slots);
    projector->slots = NULL;
    projector->format = 0;
}

void sw_projector_leave(struct sw_projector *projector)
{
    if (projector->end >= 0)
        close(projector->end);
    projector->end = -1;
    projector->task = SW_PROJECTOR_IDLE;
    forget_slots(projector);
}

void sw_projector_finish(struct sw_projector *projector) { sw_projector_leave(projector); }

void sw_projector_join(struct sw_projector *projector, int end, sw_tick now)
{
    sw_projector_leave(projector);
    *projector = (struct sw_projector){.end = end, .bell = projector->bell, .heard = now + SW_PROJECTOR_START_US, .second = now};
}

/* -- orders -- */

/* One whose orders find no room has not read for a long time. */
static bool order(struct sw_projector *projector, struct sw_video_order what, int fd)
{
    what.version = SW_VIDEO_VERSION;
    what.clip = projector->clip;
    return projector->end >= 0 && sw_message_send(projector->end, &what, sizeof what, fd) == SW_MESSAGE_OK;
}

static void begin(struct sw_projector *projector, enum sw_projector_task task, sw_tick now)
{
    forget_slots(projector);
    projector->task = task;
    projector->clip++;
    projector->told = false;
    projector->sought = true;
    projector->jump = 0;
    projector->number = 0;
    projector->position = 0;
    projector->period = 0;
    projector->pictured = now;
}

bool sw_projector_open(struct sw_projector *projector, int file, const struct sw_projector_order *what, sw_tick now)
{
    begin(projector, SW_PROJECTOR_PLAYS, now);
    return order(projector,
                 (struct sw_video_order){
                     .op = SW_VIDEO_OPEN, .from = what->from, .until = what->until, .loop = what->loop, .sound = what->sound},
                 file);
}

bool sw_projector_probe(struct sw_projector *projector, int file, sw_tick now)
{
    begin(projector, SW_PROJECTOR_PROBES, now);
    return order(projector, (struct sw_video_order){.op = SW_VIDEO_PROBE}, file);
}

void sw_projector_steer(struct sw_projector *projector, sw_tick now, int64_t position, bool running, bool jump)
{
    if (jump) {
        projector->jump++;
        projector->position = 0;
        projector->pictured = now;
        projector->sought = true;
    }
    (void)order(projector,
                (struct sw_video_order){
                    .op = SW_VIDEO_STEER, .tick = now, .position = position, .running = running, .jump = projector->jump},
                -1);
}

void sw_projector_stop(struct sw_projector *projector)
{
    if (projector->task != SW_PROJECTOR_IDLE)
        (void)order(projector, (struct sw_video_order){.op = SW_VIDEO_STOP}, -1);
    projector->task = SW_PROJECTOR_IDLE;
    forget_slots(projector);
}

static bool has_no_room(const struct sw_projector *projector)
{
    return projector->slots != NULL && sw_slots_out(projector->slots) == sw_slots_count(projector->slots);
}

static bool free_slot(struct sw_projector *projector, int slot)
{
    sw_slots_free(projector->slots, slot);
    return order(projector, (struct sw_video_order){.op = SW_VIDEO_FREE, .format = projector->format, .slot = (uint32_t)slot}, -1);
}

void sw_projector_free(struct sw_projector *projector, sw_tick now)
{
    struct sw_slots *slots = projector->slots;
    if (slots != NULL && has_no_room(projector) && projector->pictured != SW_NEVER)
        projector->pictured = now;
    for (int slot; slots != NULL && (slot = sw_slots_returned(slots)) >= 0;)
        (void)free_slot(projector, slot);
}

/* -- words -- */

static int slots_for(const struct sw_projector *projector, const struct sw_video_layout *layout)
{
    bool usual = projector->period >= SW_SECOND / RATE_USUAL;
    int count = usual ? SLOTS_USUAL : SW_VIDEO_SLOTS_MAX;
    while (count > SW_VIDEO_SLOTS_MIN && layout->slot * (size_t)count > SW_PROJECTOR_MEMORY_MAX)
        count--;
    return count;
}

/* NULL: good; else how it was lost. */
static const char *take_format(struct sw_projector *projector, const struct sw_video_word *word)
{
    struct sw_video_layout layout;
    int fd;
    if (!projector->told || word->format != projector->format + 1 || !sw_video_layout_of(word->width, word->height, &layout))
        return "lies about its pictures";
    int count = slots_for(projector, &layout);
    forget_slots(projector);
    projector->slots = sw_slots_create(word->width, word->height, count, projector->bell, &fd);
    if (projector->slots == NULL)
        return "wants more memory than there is";
    projector->format = word->format;
    struct sw_video_order slots = {.op = SW_VIDEO_SLOTS, .format = word->format, .count = (uint32_t)count};
    bool sent = order(projector, slots, fd);
    close(fd);
    return sent ? NULL : "does not listen";
}

static const char *take_frame(struct sw_projector *projector, const struct sw_video_word *word, sw_tick now,
                              struct sw_projector_news *news, enum sw_projector_event *event)
{
    struct sw_slots *slots = projector->slots;
    if (slots == NULL || word->format != projector->format || word->jump > projector->jump || word->number <= projector->number)
        return "lies about its pictures";
    struct sw_bitmap *bitmap = sw_slots_picture(slots, word->slot, (enum sw_colours)word->colours);
    if (bitmap == NULL)
        return "lies about its slots";
    uint64_t missed = (uint64_t)(word->number - projector->number - 1);
    projector->number = word->number;
    if (word->jump < projector->jump || word->position < projector->position) { /* of before, or out of order: not to be shown */
        sw_bitmap_release(bitmap);
        sw_projector_free(projector, now);
        return NULL;
    }
    projector->position = word->position;
    projector->pictured = now;
    projector->sought = false;
    news->bitmap = bitmap;
    news->position = word->position;
    news->missed = missed;
    *event = SW_PROJECTOR_PICTURE;
    return NULL;
}

static const char *take_info(struct sw_projector *projector, const struct sw_video_word *word, struct sw_projector_news *news,
                             enum sw_projector_event *event)
{
    if (projector->told)
        return "says what makes no sense";
    projector->told = true;
    news->facts = (struct sw_clip){.width = word->width, .height = word->height, .length = word->length, .sounds = word->sounds != 0};
    news->period = projector->period = word->rate > 0 ? SW_SECOND * word->rate_scale / word->rate : 0;
    if (projector->task == SW_PROJECTOR_PROBES)
        projector->task = SW_PROJECTOR_IDLE;
    *event = SW_PROJECTOR_KNOWS;
    return NULL;
}

/* A word of the clip that it is at. NULL: good; else how it was lost. */
static const char *take_word(struct sw_projector *projector, const struct sw_video_word *word, sw_tick now,
                             struct sw_projector_news *news, enum sw_projector_event *event)
{
    bool plays = projector->task == SW_PROJECTOR_PLAYS;
    switch ((enum sw_video_said)word->said) {
    case SW_VIDEO_INFO: return take_info(projector, word, news, event);
    case SW_VIDEO_FORMAT: return plays ? take_format(projector, word) : "says what makes no sense";
    case SW_VIDEO_FRAME: return plays ? take_frame(projector, word, now, news, event) : "says what makes no sense";
    case SW_VIDEO_SOUND:
        if (plays && news->message.sound.jump == projector->jump) {
            news->sound = &news->message.sound;
            *event = SW_PROJECTOR_SOUND;
        }
        return plays && news->message.sound.jump <= projector->jump ? NULL : "says what makes no sense";
    case SW_VIDEO_ENDED:
        if (plays && word->jump == projector->jump) {
            news->position = word->position;
            projector->pictured = SW_NEVER;
            *event = SW_PROJECTOR_ENDED;
        }
        return plays && word->jump <= projector->jump ? NULL : "says what makes no sense";
    case SW_VIDEO_FAILED:
        news->reason = (enum sw_video_reason)word->reason;
        projector->task = SW_PROJECTOR_IDLE;
        *event = SW_PROJECTOR_FAILED;
        return NULL;
    case SW_VIDEO_ALIVE: break;
    }
    return NULL;
}

/* Too many words in one second. */
static bool floods(struct sw_projector *projector, sw_tick now)
{
    if (now - projector->second >= SW_SECOND || now < projector->second) {
        projector->second = now;
        projector->words = 0;
    }
    return ++projector->words > SW_PROJECTOR_WORDS_MAX;
}

static enum sw_projector_event lose(struct sw_projector *projector, const char *how, struct sw_projector_news *news)
{
    sw_projector_leave(projector);
    news->how = how;
    return SW_PROJECTOR_LOST;
}

enum sw_projector_event sw_projector_hear(struct sw_projector *projector, sw_tick now, struct sw_projector_news *news)
{
    while (projector->end >= 0) {
        size_t length;
        int fd = -1;
        enum sw_projector_event event = SW_PROJECTOR_NOTHING;
        const struct sw_video_word *word = &news->message.word;
        enum sw_message_status status = sw_message_receive(projector->end, &news->message, sizeof news->message, &length, &fd);
        if (fd >= 0)
            close(fd);
        if (status == SW_MESSAGE_AGAIN)
            return now - projector->heard >= SW_VIDEO_SILENT_MS * SW_MS ? lose(projector, "is silent", news) : SW_PROJECTOR_NOTHING;
        if (status == SW_MESSAGE_CLOSED)
            return lose(projector, "died", news);
        if (floods(projector, now))
            return lose(projector, "talks too much", news);
        if (fd >= 0 || !sw_video_message_valid(&news->message, length) || (word->said != SW_VIDEO_ALIVE && word->clip > projector->clip))
            return lose(projector, "says what makes no sense", news);
        projector->heard = now;
        projector->spoken = true;
        if (word->said == SW_VIDEO_ALIVE || word->clip < projector->clip || projector->task == SW_PROJECTOR_IDLE)
            continue;
        const char *how = take_word(projector, word, now, news, &event);
        if (how != NULL)
            return lose(projector, how, news);
        if (event != SW_PROJECTOR_NOTHING)
            return event;
    }
    return SW_PROJECTOR_NOTHING;
}

bool sw_projector_stands_still(const struct sw_projector *projector, sw_tick now)
{
    if (projector->task == SW_PROJECTOR_IDLE || projector->pictured == SW_NEVER || has_no_room(projector))
        return false;
    int64_t most = projector->sought ? FIRST_US : projector->period == 0 ? STILL_UNEVEN_US : STILL_US + 3 * projector->period;
    return now - projector->pictured >= most;
}

const char *sw_projector_fault(enum sw_video_reason reason)
{
    switch (reason) {
    case SW_VIDEO_EMPTY: return "is empty";
    case SW_VIDEO_NOT_A_VIDEO: return "is no video that is shown: MP4, MOV, Matroska or WebM";
    case SW_VIDEO_NO_PICTURES: return "has no pictures that can be decoded";
    case SW_VIDEO_DAMAGED: return "is damaged or cut short";
    case SW_VIDEO_TOO_LARGE: return "is too large; at most 8192 pixels a side";
    case SW_VIDEO_TOO_MANY_BYTES: return "is too large; at most 64 GiB";
    case SW_VIDEO_BROKEN: return "could not be decoded";
    }
    return "could not be decoded";
}
