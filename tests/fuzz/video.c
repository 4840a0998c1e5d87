/* SPDX-License-Identifier: EUPL-1.2 */
/* Bytes as the words of a video worker, to one that plays: most are words with fields of their own choice, some are raw. Whatever comes of
 * it is a picture in memory of ours, sound of a length that can be, or the end of the worker. */
#include <assert.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "media/projector.h"

#define CHOICE 16 /* bytes for a word */
#define HELD 3

struct game {
    struct sw_projector projector;
    int worker; /* the other end */
    sw_tick now;
    struct sw_bitmap *held[HELD];
    int next;
};

static int32_t number_at(const uint8_t *bytes) { return (int32_t)(bytes[0] | (uint32_t)bytes[1] << 8); }

/* Near what would be right, so that some of it is. */
static void say_word(const struct game *game, const uint8_t *choice)
{
    const struct sw_projector *projector = &game->projector;
    struct sw_video_word word = {.version = SW_VIDEO_VERSION, .said = choice[0] % 9};
    word.clip = word.said == SW_VIDEO_ALIVE ? 0 : projector->clip + choice[1] % 3 - 1;
    if (word.said == SW_VIDEO_INFO || word.said == SW_VIDEO_FORMAT) {
        word.width = number_at(choice + 2);
        word.height = choice[4];
    }
    if (word.said == SW_VIDEO_INFO) {
        word.length = number_at(choice + 5) * SW_MS;
        word.rate = choice[7];
        word.rate_scale = choice[8];
        memcpy(word.codec, "avc1", 4);
    }
    if (word.said == SW_VIDEO_FORMAT || word.said == SW_VIDEO_FRAME)
        word.format = projector->format + (word.said == SW_VIDEO_FORMAT) + (choice[9] == 0);
    if (word.said == SW_VIDEO_FRAME || word.said == SW_VIDEO_ENDED)
        word.jump = choice[10] > 250 ? choice[10] : projector->jump;
    if (word.said == SW_VIDEO_FRAME) {
        word.slot = choice[11] % 10;
        word.colours = choice[12] % 5;
        word.number = projector->number + 1 + choice[13] % 8 - (choice[13] > 250);
    }
    if (word.said == SW_VIDEO_FRAME || word.said == SW_VIDEO_ENDED)
        word.position = (int64_t)choice[14] * SW_MS - (choice[15] == 0);
    word.reason = word.said == SW_VIDEO_FAILED ? choice[2] : 0;
    (void)!sw_message_send(game->worker, &word, sizeof word, -1);
}

static void hold(struct game *game, struct sw_bitmap *bitmap)
{
    assert(bitmap->width >= 1 && bitmap->width <= SW_VIDEO_SIDE_MAX && bitmap->height >= 1 && bitmap->height <= SW_VIDEO_SIDE_MAX);
    assert(bitmap->pixels[0] == 0 && bitmap->chroma[0][0] == 0 && (unsigned)bitmap->colours < SW_COLOURS_COUNT);
    const uint8_t *end = bitmap->chroma[1] + (size_t)bitmap->chroma_stride * (size_t)((bitmap->height + 1) / 2) - 1;
    assert(*end == 0);
    for (int i = 0; i < HELD; i++)
        assert(game->held[i] == NULL || game->held[i]->pixels != bitmap->pixels);
    sw_bitmap_release(game->held[game->next]);
    game->held[game->next] = bitmap;
    game->next = (game->next + 1) % HELD;
}

static void listen_to(struct game *game)
{
    struct sw_projector_news news;
    enum sw_projector_event event;
    while ((event = sw_projector_hear(&game->projector, game->now, &news)) != SW_PROJECTOR_NOTHING) {
        if (event == SW_PROJECTOR_PICTURE)
            hold(game, news.bitmap);
        if (event == SW_PROJECTOR_SOUND)
            assert(news.sound->frames >= 1 && news.sound->frames <= SW_VIDEO_SOUND_FRAMES_MAX);
        if (event == SW_PROJECTOR_LOST)
            assert(game->projector.end < 0 && news.how != NULL);
        if (event == SW_PROJECTOR_KNOWS)
            assert(news.facts.width >= 1 && news.facts.height >= 1 && news.facts.length >= 0 && news.period >= 0);
    }
    if (game->projector.end >= 0)
        sw_projector_free(&game->projector, game->now);
    (void)sw_projector_stands_still(&game->projector, game->now);
}

static void play(struct game *game, const uint8_t *bytes, size_t length)
{
    for (size_t at = 0; at + CHOICE <= length && game->projector.end >= 0; at += CHOICE) {
        const uint8_t *choice = bytes + at;
        game->now += choice[15] * SW_MS;
        if (choice[0] == 255 && length - at > CHOICE)
            (void)!sw_message_send(game->worker, bytes + at + 1, length - at - 1 < SW_MESSAGE_MAX ? length - at - 1 : SW_MESSAGE_MAX, -1);
        else if (choice[0] == 254)
            sw_projector_steer(&game->projector, game->now, choice[1] * SW_MS, choice[2] % 2 == 0, choice[3] % 2 == 0);
        else
            say_word(game, choice);
        listen_to(game);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct game game = {.now = SW_HOUR};
    int ends[2], bell = open("/dev/null", O_WRONLY | O_CLOEXEC), file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (length < 1 || !sw_message_pair(ends))
        return 0;
    game.worker = ends[1];
    sw_projector_init(&game.projector, bell);
    sw_projector_join(&game.projector, ends[0], game.now);
    struct sw_projector_order order = {.loop = true, .sound = true};
    bool sent = bytes[0] % 8 == 0 ? sw_projector_probe(&game.projector, file, game.now)
                                  : sw_projector_open(&game.projector, file, &order, game.now);
    assert(sent);
    play(&game, bytes + 1, length - 1);
    sw_projector_finish(&game.projector);
    for (int i = 0; i < HELD; i++)
        sw_bitmap_release(game.held[i]);
    close(game.worker);
    close(bell);
    close(file);
    return 0;
}
