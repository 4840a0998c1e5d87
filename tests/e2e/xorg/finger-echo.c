/* SPDX-License-Identifier: EUPL-1.2 */
/* A wall that shows and says which fingers touch it: the player's own window (render/output) with nothing behind. Opens over all
 * displays, fills them with a pattern, prints "ready WIDTH HEIGHT", then a line an event: "down DEVICE FINGER X Y", "move ...", "up ..."
 * (window pixels, to a tenth), "pointer", "button" or "key" for any event of these. Where a finger goes down a white square of 20 pixels
 * appears. Ends on SIGTERM. */
#include <SDL.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/output.h"

enum { SQUARE = 20 };

static uint32_t pattern(int x, int y)
{
    return 0xff000000u | (uint32_t)(x % 251) << 16 | (uint32_t)(y % 241) << 8 | (uint32_t)(x / 251 + y / 241) % 128;
}

static bool mark(struct sw_output *output, uint32_t *pixels, int width, int height, double x, double y)
{
    struct sw_box_px box = {(int)x - SQUARE / 2, (int)y - SQUARE / 2, SQUARE, SQUARE};
    box = sw_box_px_intersect(box, (struct sw_box_px){0, 0, width, height});
    for (int row = box.y; row < box.y + box.height; row++)
        for (int column = box.x; column < box.x + box.width; column++)
            pixels[row * width + column] = 0xffffffff;
    return sw_output_put(output, pixels, width * 4, (struct sw_damage){&box, 1});
}

static void tell(const char *what, const SDL_TouchFingerEvent *finger, double x, double y)
{
    printf("%s %" PRId64 " %" PRId64 " %.1f %.1f\n", what, finger->touchId, finger->fingerId, x, y);
    fflush(stdout);
}

static bool say(const char *word)
{
    puts(word);
    fflush(stdout);
    return true;
}

static bool handle(const SDL_Event *event, struct sw_output *output, uint32_t *pixels, int width, int height)
{
    double x = (double)event->tfinger.x * (width - 1), y = (double)event->tfinger.y * (height - 1); /* SDL: the last pixel is 1 */
    switch (event->type) {
    case SDL_FINGERDOWN:
        tell("down", &event->tfinger, x, y);
        return mark(output, pixels, width, height, x, y);
    case SDL_FINGERMOTION: tell("move", &event->tfinger, x, y); return true;
    case SDL_FINGERUP: tell("up", &event->tfinger, x, y); return true;
    case SDL_MOUSEMOTION: return say("pointer");
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP: return say("button");
    case SDL_KEYDOWN:
    case SDL_KEYUP: return say("key");
    case SDL_WINDOWEVENT:
        sw_output_refresh(output);
        return sw_output_put(output, pixels, width * 4, (struct sw_damage){NULL, 0});
    default: return event->type != SDL_QUIT;
    }
}

int main(void)
{
    struct sw_output_options options = {.kind = SW_OUTPUT_FULLSCREEN, .width = 64, .height = 64, .title = "finger-echo"};
    struct sw_output *output = sw_output_create(&options);
    if (output == NULL)
        return 1;
    int width, height;
    sw_output_size(output, &width, &height);
    sw_output_destroy(output);
    options.width = width;
    options.height = height;
    output = sw_output_create(&options); /* now as large as the displays: pixel by pixel */
    uint32_t *pixels = malloc((size_t)width * (size_t)height * 4);
    if (output == NULL || pixels == NULL)
        return 1;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            pixels[y * width + x] = pattern(x, y);
    bool running = sw_output_put(output, pixels, width * 4, (struct sw_damage){NULL, 0}) && sw_output_heartbeat(output, pixels, width * 4);
    printf("ready %d %d\n", width, height);
    fflush(stdout);
    SDL_Event event;
    while (running && SDL_WaitEvent(&event))
        running = handle(&event, output, pixels, width, height);
    sw_output_destroy(output);
    free(pixels);
    return 0;
}
