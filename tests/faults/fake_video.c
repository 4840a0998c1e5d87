/* SPDX-License-Identifier: EUPL-1.2 */
/* Stands in for schauwand-worker-video, with pictures of its own making: so that what is said of the player does not hang on a decoder. Its
 * "clips" are files of one line, `fake WIDTH HEIGHT RATE PICTURES`: picture n is of the grey 16 + n % 200. A file that goes on with a word
 * says how it fails: `dies N`, `hangs N`, `floods N` or `lies N` when picture N is due; or `sounds`: from second 1 to second 1.5 of every
 * two there is a tone of 1 kHz. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/link.h"
#include "base/shared.h"
#include "worker/video_protocol.h"

struct fake {
    uint64_t clip; /* 0: none */
    int width, height, rate;
    int64_t pictures, next, said; /* of the clip; to be made next; number of the last */
    char word[16];
    int64_t when;
    bool loop, ended, sounds;
    int64_t heard; /* pairs of samples that have been sent */
    uint32_t jump, free; /* slots */
    uint32_t count;
    struct sw_video_layout layout;
    uint8_t *slots;
    size_t size;
};

static void say(struct sw_video_word word)
{
    word.version = SW_VIDEO_VERSION;
    while (sw_message_send(SW_LINK_FD, &word, sizeof word, -1) == SW_MESSAGE_AGAIN)
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static int64_t period_of(const struct fake *fake) { return SW_SECOND / fake->rate; }

static void open_clip(struct fake *fake, const struct sw_video_order *order, int file)
{
    char text[128] = "";
    sw_shared_unmap(fake->slots, fake->size);
    *fake = (struct fake){.clip = order->clip, .loop = order->loop != 0};
    FILE *stream = fdopen(dup(file), "r");
    if (stream == NULL || fgets(text, sizeof text, stream) == NULL)
        text[0] = '\0';
    if (stream != NULL)
        fclose(stream);
    char *rest = text + 5;
    if (strncmp(text, "fake ", 5) != 0) {
        say((struct sw_video_word){.said = SW_VIDEO_FAILED, .clip = fake->clip, .reason = SW_VIDEO_NOT_A_VIDEO});
        fake->clip = 0;
        return;
    }
    fake->width = (int)strtol(rest, &rest, 10);
    fake->height = (int)strtol(rest, &rest, 10);
    fake->rate = (int)strtol(rest, &rest, 10);
    fake->pictures = strtol(rest, &rest, 10);
    rest += strspn(rest, " ");
    size_t length = strcspn(rest, " \n");
    memcpy(fake->word, rest, length < sizeof fake->word ? length : 0);
    fake->when = strtol(rest + length, NULL, 10);
    bool sounds = strcmp(fake->word, "sounds") == 0;
    fake->sounds = sounds && order->sound != 0;
    say((struct sw_video_word){.said = SW_VIDEO_INFO, .clip = fake->clip, .width = fake->width, .height = fake->height,
                               .length = fake->pictures * period_of(fake), .rate = fake->rate, .rate_scale = 1, .sounds = sounds,
                               .codec = "fake"});
    if (order->op == SW_VIDEO_OPEN)
        say((struct sw_video_word){.said = SW_VIDEO_FORMAT, .clip = fake->clip, .width = fake->width, .height = fake->height, .format = 1});
}

static void misbehave(const struct fake *fake, uint32_t slot)
{
    if (strcmp(fake->word, "dies") == 0)
        raise(SIGSEGV);
    while (strcmp(fake->word, "hangs") == 0)
        pause();
    while (strcmp(fake->word, "floods") == 0)
        say((struct sw_video_word){.said = SW_VIDEO_ALIVE});
    if (strcmp(fake->word, "lies") == 0)
        say((struct sw_video_word){.said = SW_VIDEO_FRAME, .clip = fake->clip, .format = 1, .slot = slot, .number = 1});
}

static void make_picture(struct fake *fake, uint32_t slot)
{
    uint8_t *picture = fake->slots + fake->layout.slot * slot;
    if (fake->next % fake->pictures == fake->when && fake->word[0] != '\0')
        misbehave(fake, slot);
    memset(picture, (int)(16 + fake->next % 200), fake->layout.offsets[1]);
    memset(picture + fake->layout.offsets[1], 128, fake->layout.slot - fake->layout.offsets[1]);
    fake->free &= ~(1u << slot);
    say((struct sw_video_word){.said = SW_VIDEO_FRAME, .clip = fake->clip, .format = 1, .jump = fake->jump, .slot = slot,
                               .number = ++fake->said, .position = fake->next++ * period_of(fake)});
}

/* As far ahead as the pictures, and a little further. */
static void make_sound(struct fake *fake)
{
    if (!fake->sounds || fake->count == 0)
        return;
    int64_t until = fake->next * period_of(fake) + SW_SECOND / 4, end = fake->pictures * period_of(fake);
    until = fake->loop || until < end ? until : end;
    while (fake->heard * SW_SECOND / SW_VIDEO_SOUND_RATE < until) {
        struct sw_video_sound sound = {.version = SW_VIDEO_VERSION,
                                       .said = SW_VIDEO_SOUND,
                                       .clip = fake->clip,
                                       .jump = fake->jump,
                                       .frames = SW_VIDEO_SOUND_FRAMES_MAX,
                                       .position = fake->heard * SW_SECOND / SW_VIDEO_SOUND_RATE};
        for (int64_t i = 0; i < SW_VIDEO_SOUND_FRAMES_MAX; i++) {
            int64_t at = (fake->heard + i) % (2 * SW_VIDEO_SOUND_RATE), half = SW_VIDEO_SOUND_RATE / 2000;
            bool tone = at >= SW_VIDEO_SOUND_RATE && at < SW_VIDEO_SOUND_RATE * 3 / 2;
            sound.samples[2 * i] = sound.samples[2 * i + 1] = (int16_t)(!tone ? 0 : at / half % 2 == 0 ? 16000 : -16000);
        }
        while (sw_message_send(SW_LINK_FD, &sound, sw_video_sound_size(sound.frames), -1) == SW_MESSAGE_AGAIN)
            nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        fake->heard += SW_VIDEO_SOUND_FRAMES_MAX;
    }
}

static void make_pictures(struct fake *fake)
{
    for (uint32_t slot = 0; slot < fake->count && !fake->ended; slot++) {
        if ((fake->free & 1u << slot) == 0)
            continue;
        if (fake->next >= fake->pictures && !fake->loop) {
            say((struct sw_video_word){.said = SW_VIDEO_ENDED, .clip = fake->clip, .jump = fake->jump,
                                       .position = fake->pictures * period_of(fake)});
            fake->ended = true;
        } else {
            make_picture(fake, slot);
        }
    }
}

static void obey(struct fake *fake, const struct sw_video_order *order, int fd)
{
    void *bytes;
    switch ((enum sw_video_op)order->op) {
    case SW_VIDEO_OPEN:
    case SW_VIDEO_PROBE: open_clip(fake, order, fd); return;
    case SW_VIDEO_SLOTS:
        if (!sw_video_layout_of(fake->width, fake->height, &fake->layout) ||
            !sw_shared_map_sized(fd, fake->layout.slot * order->count, &bytes))
            exit(5);
        fake->slots = bytes;
        fake->size = fake->layout.slot * order->count;
        fake->count = order->count;
        fake->free = (1u << order->count) - 1;
        return;
    case SW_VIDEO_STEER:
        if (order->jump != fake->jump) {
            fake->next = order->position / period_of(fake);
            fake->heard = order->position * SW_VIDEO_SOUND_RATE / SW_SECOND;
        }
        fake->ended = fake->ended && order->jump == fake->jump;
        fake->jump = order->jump;
        return;
    case SW_VIDEO_FREE: fake->free |= 1u << order->slot; return;
    case SW_VIDEO_STOP: fake->count = 0; return;
    }
}

int main(void)
{
    struct fake fake = {.clip = 0};
    for (int64_t alive = 0;;) {
        struct pollfd poller = {.fd = SW_LINK_FD, .events = POLLIN};
        struct sw_video_order order;
        size_t length;
        int fd = -1;
        enum sw_message_status status;
        poll(&poller, 1, 50);
        if (sw_tick_now() - alive > SW_VIDEO_ALIVE_MS * SW_MS / 2) {
            say((struct sw_video_word){.said = SW_VIDEO_ALIVE});
            alive = sw_tick_now();
        }
        while ((status = sw_message_receive(SW_LINK_FD, &order, sizeof order, &length, &fd)) == SW_MESSAGE_OK) {
            if (length != sizeof order || !sw_video_order_valid(&order))
                return 4;
            if (order.clip == fake.clip || order.op == SW_VIDEO_OPEN || order.op == SW_VIDEO_PROBE)
                obey(&fake, &order, fd);
            if (fd >= 0)
                close(fd);
        }
        if (status == SW_MESSAGE_CLOSED)
            return 0;
        make_pictures(&fake);
        make_sound(&fake);
    }
}
