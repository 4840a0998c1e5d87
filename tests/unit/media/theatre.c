/* SPDX-License-Identifier: EUPL-1.2 */
#include "theatre.h"

#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/shared.h"

static enum sw_file_status open_file(void *context, uint32_t hall, const char *path, int *file)
{
    struct theatre *theatre = context;
    assert_int_equal(hall, 1);
    assert_true(strncmp(path, "clip", 4) == 0);
    if (theatre->missing)
        return SW_FILE_MISSING;
    *file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    theatre->opened++;
    return SW_FILE_OK;
}

static void note_answer(void *context, struct sw_inquiry *inquiry)
{
    struct theatre *theatre = context;
    inquiry->done = true;
    theatre->answered++;
}

void theatre_open(struct theatre *theatre, const struct sw_sound_sink *sound)
{
    int ends[2];
    sw_log_init("test", SW_LOG_ERROR);
    *theatre = (struct theatre){.programme = sw_programme_create(), .now = SW_HOUR, .bell = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        theatre->workers[i].end = -1;
    assert_true(sw_message_pair(ends));
    theatre->link = ends[0];
    theatre->booth = sw_booth_create(&(struct sw_booth_config){.link = ends[1], .bell = theatre->bell, .programme = theatre->programme,
                                                               .sound = sound, .open = open_file, .done = note_answer,
                                                               .context = theatre});
}

void fake_leave(struct fake *fake)
{
    if (fake->end >= 0)
        close(fake->end);
    sw_shared_unmap(fake->slots, fake->size);
    *fake = (struct fake){.end = -1};
}

void theatre_close(struct theatre *theatre)
{
    sw_booth_destroy(theatre->booth);
    sw_programme_destroy(theatre->programme);
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        fake_leave(&theatre->workers[i]);
    close(theatre->link);
    close(theatre->bell);
}

static bool serve_needs(struct theatre *theatre)
{
    struct sw_link_message message;
    bool any = false;
    int fd, ends[2];
    while (sw_link_receive(theatre->link, &message, &fd) == SW_MESSAGE_OK) {
        assert_true(message.type == SW_LINK_NEED && message.peer == SW_LINK_VIDEO);
        theatre->needs[message.number]++;
        if (theatre->absent)
            continue;
        fake_leave(&theatre->workers[message.number]); /* it would be killed */
        assert_true(sw_message_pair(ends));
        theatre->workers[message.number].end = ends[0];
        if (theatre->stillborn)
            fake_leave(&theatre->workers[message.number]);
        else
            fake_alive(&theatre->workers[message.number]);
        sw_booth_attach(theatre->booth, (int)message.number, ends[1], theatre->now);
        any = true;
    }
    return any;
}

void theatre_step(struct theatre *theatre)
{
    bool wake;
    do {
        (void)sw_booth_step(theatre->booth, theatre->now, &wake);
        theatre->woken = theatre->woken || wake;
    } while (serve_needs(theatre));
}

void theatre_pass(struct theatre *theatre, int64_t time)
{
    for (int64_t passed = 0; passed < time; passed += 50 * SW_MS) {
        theatre->now += 50 * SW_MS;
        for (int i = 0; i < SW_LINK_VIDEOS; i++)
            if (theatre->workers[i].end >= 0)
                fake_alive(&theatre->workers[i]);
        theatre_step(theatre);
    }
}

bool fake_has_order(const struct fake *fake)
{
    struct pollfd poller = {.fd = fake->end, .events = POLLIN};
    return fake->end >= 0 && poll(&poller, 1, 0) == 1 && (poller.revents & POLLIN) != 0;
}

bool fake_is_alone(struct fake *fake)
{
    struct sw_video_order order;
    size_t length;
    int fd;
    enum sw_message_status status;
    while ((status = sw_message_receive(fake->end, &order, sizeof order, &length, &fd)) == SW_MESSAGE_OK)
        if (fd >= 0)
            close(fd);
    return status == SW_MESSAGE_CLOSED;
}

static void take_slots(struct fake *fake, const struct sw_video_order *order, int fd)
{
    struct sw_video_layout layout;
    assert_int_equal(order->format, fake->format);
    assert_true(sw_video_layout_of((int32_t)(fake->size >> 16), (int32_t)(fake->size & 0xffff), &layout));
    fake->count = (int)order->count;
    fake->size = layout.slot * order->count;
    assert_true(sw_shared_map_sized(fd, fake->size, &fake->slots));
}

struct sw_video_order fake_hear(struct fake *fake)
{
    struct sw_video_order order;
    size_t length;
    int fd = -1;
    assert_int_equal(sw_message_receive(fake->end, &order, sizeof order, &length, &fd), SW_MESSAGE_OK);
    assert_true(length == sizeof order && sw_video_order_valid(&order));
    assert_int_equal(fd >= 0, order.op == SW_VIDEO_OPEN || order.op == SW_VIDEO_PROBE || order.op == SW_VIDEO_SLOTS);
    if (order.op == SW_VIDEO_OPEN || order.op == SW_VIDEO_PROBE) {
        assert_true(order.clip > fake->clip);
        *fake = (struct fake){.end = fake->end, .clip = order.clip};
    }
    assert_true(order.clip == fake->clip);
    if (order.op == SW_VIDEO_SLOTS)
        take_slots(fake, &order, fd);
    if (order.op == SW_VIDEO_STEER)
        fake->jump = order.jump;
    if (fd >= 0)
        close(fd);
    return order;
}

struct sw_video_order fake_await(struct fake *fake, enum sw_video_op op)
{
    for (;;) {
        struct sw_video_order order = fake_hear(fake);
        if (order.op == (uint32_t)op)
            return order;
        assert_true(order.op == SW_VIDEO_STEER || order.op == SW_VIDEO_FREE);
    }
}

void fake_say(struct fake *fake, struct sw_video_word word)
{
    word.version = SW_VIDEO_VERSION;
    assert_int_equal(sw_message_send(fake->end, &word, sizeof word, -1), SW_MESSAGE_OK);
}

void fake_alive(struct fake *fake)
{
    struct sw_video_word word = {.version = SW_VIDEO_VERSION, .said = SW_VIDEO_ALIVE};
    (void)!sw_message_send(fake->end, &word, sizeof word, -1); /* one that was let go has nobody to say it to */
}

void fake_info(struct fake *fake, int width, int height, int64_t length)
{
    fake_say(fake, (struct sw_video_word){.said = SW_VIDEO_INFO, .clip = fake->clip, .width = width, .height = height, .length = length,
                                          .rate = 25, .rate_scale = 1, .sounds = 1});
}

/* Until its slots have come `size` says what it asked for. */
void fake_format(struct fake *fake, int width, int height)
{
    sw_shared_unmap(fake->slots, fake->size);
    fake->slots = NULL;
    fake->size = (size_t)width << 16 | (size_t)height;
    fake_say(fake, (struct sw_video_word){.said = SW_VIDEO_FORMAT, .clip = fake->clip, .width = width, .height = height,
                                          .format = ++fake->format});
}

void fake_frame(struct fake *fake, int slot, int64_t position)
{
    if (fake->slots != NULL && slot < fake->count)
        memset((char *)fake->slots + fake->size / (size_t)fake->count * (size_t)slot, (int)(position / PERIOD), 16);
    fake_say(fake, (struct sw_video_word){.said = SW_VIDEO_FRAME, .clip = fake->clip, .format = fake->format, .jump = fake->jump,
                                          .slot = (uint32_t)slot, .number = ++fake->number, .position = position});
}

enum sw_asset_state theatre_ask_cue(struct theatre *theatre, struct sw_cue cue, struct sw_frame *frame)
{
    cue.path = cue.path != NULL ? cue.path : "clip.mp4";
    cue.tick = theatre->now;
    (void)sw_programme_collect(theatre->programme);
    return sw_programme_frame(theatre->programme, 1, &cue, frame);
}

enum sw_asset_state theatre_ask(struct theatre *theatre, uint64_t key, int64_t since, bool running, struct sw_frame *frame)
{
    return theatre_ask_cue(
        theatre, (struct sw_cue){.key = key, .loop = true, .running = running, .position = running ? theatre->now - since : since}, frame);
}

struct fake *theatre_worker(struct theatre *theatre)
{
    for (int i = 0; i < SW_LINK_VIDEOS; i++)
        if (fake_has_order(&theatre->workers[i]))
            return &theatre->workers[i];
    fail_msg("nobody has been asked for anything");
    return NULL;
}

struct fake *theatre_play(struct theatre *theatre, uint64_t key, int64_t since, bool running)
{
    struct sw_frame frame;
    (void)theatre_ask(theatre, key, since, running, &frame);
    theatre_step(theatre);
    struct fake *fake = theatre_worker(theatre);
    fake_await(fake, SW_VIDEO_OPEN);
    while (fake_has_order(fake))
        assert_int_equal(fake_hear(fake).op, SW_VIDEO_STEER);
    fake_info(fake, 64, 48, 10 * SW_SECOND);
    fake_format(fake, 64, 48);
    theatre_step(theatre);
    fake_await(fake, SW_VIDEO_SLOTS);
    return fake;
}
