/* SPDX-License-Identifier: EUPL-1.2 */
#include "framebuffer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_NS = 300000, HEADER_WORDS = 25 };

_Noreturn void framebuffer_fail(const char *what)
{
    fprintf(stderr, "screen: %s\n", what);
    exit(2);
}

int64_t framebuffer_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void framebuffer_pause(void)
{
    struct timespec pause = {.tv_nsec = PAUSE_NS};
    nanosleep(&pause, NULL);
}

static uint32_t word(const uint8_t *header, int index)
{
    const uint8_t *at = header + 4 * index;
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* An X window dump: header, colours of 12 bytes, pixels. */
struct framebuffer framebuffer_open(const char *path)
{
    int file = open(path, O_RDONLY);
    struct stat facts;
    if (file < 0 || fstat(file, &facts) != 0 || facts.st_size < 4 * HEADER_WORDS)
        framebuffer_fail("the file cannot be read");
    const uint8_t *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, file, 0);
    if (bytes == MAP_FAILED || word(bytes, 11) != 32)
        framebuffer_fail("the file is of another kind");
    close(file);
    const uint8_t *pixels = bytes + word(bytes, 0) + 12 * (size_t)word(bytes, 19);
    return (struct framebuffer){pixels, word(bytes, 12), (int)word(bytes, 4), (int)word(bytes, 5)};
}

const uint8_t *framebuffer_pixel(const struct framebuffer *screen, int x, int y)
{
    if (x < 0 || y < 0 || x >= screen->width || y >= screen->height)
        framebuffer_fail("not on the screen");
    return screen->pixels + screen->line * (size_t)y + 4 * (size_t)x;
}
